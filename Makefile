# make run · make test · make thorough · make check · make bench. Everything is set up in .venv, in this folder alone.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
COMPILED := $(CATALOGUES:.po=.mo)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: run test thorough check quick bench setup assets catalogues locks format clean help

help:           ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ –/'

run: setup      ## set up and serve on http://127.0.0.1:8000 (PORT=… for another port)
	$(BIN)/selfcheck serve --host $(HOST) --port $(PORT)

test: setup-test ## set up and run the tests, browser tests included; what takes long by nature: make thorough
	$(BIN)/python -m pytest -n auto -m "not thorough"

thorough: setup-test ## set up and run what takes long by nature
	$(BIN)/python -m pytest -n auto -m thorough

check: setup-test ## format, lint, types, import contracts, catalogues, questionnaires, quick tests
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/selfcheck questionnaires check
	EXAMPLES=few $(BIN)/python -m pytest -n auto -m "not browser and not thorough" -q

bench: $(VENV)/.bench assets catalogues ## measure; numbers are ratios within one run
	$(BIN)/python -m bench

format:         ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

setup: $(VENV)/.run assets catalogues

.PHONY: setup-test
setup-test: $(VENV)/.test assets catalogues

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11+ is needed / wird gebraucht" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: deploy/locks/run.txt pyproject.toml | $(BIN)/python
	$(PIP) -r deploy/locks/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: deploy/locks/test.txt $(VENV)/.run
	$(PIP) -r deploy/locks/test.txt
	@touch $@

$(VENV)/.bench: deploy/locks/bench.txt $(VENV)/.run
	$(PIP) -r deploy/locks/bench.txt
	@touch $@

assets: $(VENV)/.run
	@$(BIN)/python -m selfcheck.frontend.assets

catalogues: $(COMPILED)

%.mo: %.po | $(VENV)/.run
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

locks:          ## renew the lock files (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --group build pyproject.toml -o deploy/locks/run.txt
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra test -c deploy/locks/run.txt pyproject.toml -o deploy/locks/test.txt
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra bench -c deploy/locks/run.txt pyproject.toml -o deploy/locks/bench.txt

clean:          ## remove everything that was made
	rm -rf $(VENV) selfcheck/static/vendor $(COMPILED)
