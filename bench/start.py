"""From nothing to an answer: commands in a new process each, beside an interpreter that does nothing."""

import json
import re
import subprocess
import sys
from collections.abc import Callable

from bench.answers import EXAMPLE, example
from bench.timing import Row, medians, show
from selfcheck.tables import result_data

SCORE = ("-m", "selfcheck", "score", str(EXAMPLE), "--json")
HELP = ("-m", "selfcheck", "--help")
HEAVY = {"flask", "sqlalchemy", "pandas", "plotly", "typst", "jinja2"}
IMPORTED = re.compile(r"^import time:\s+\d+ \|\s+\d+ \|\s+([\w.]+)$", re.MULTILINE)


def run() -> None:
    """Commands as multiples of a bare interpreter."""
    printed = json.loads(_python(*SCORE).stdout)
    wanted = json.loads(json.dumps(result_data(example())))
    assert {key: printed[key] for key in wanted} == wanted
    jobs = {
        "python -c pass": _job("-c", "pass"),
        "selfcheck --help": _job(*HELP),
        "selfcheck score --json": _job(*SCORE),
    }
    times = medians(jobs, rounds=10, slice=0)
    notes = {"selfcheck --help": _loaded(*HELP), "selfcheck score --json": _loaded(*SCORE)}
    show(
        "Cold start",
        [Row(name, seconds, notes.get(name, "")) for name, seconds in times.items()],
        base="python -c pass",
        compared="a new process each time; score prints exactly what the engine finds in this process",
    )


def _loaded(*arguments: str) -> str:
    """How many modules were imported, and that none of the heavy ones was among them."""
    modules = IMPORTED.findall(_python("-X", "importtime", *arguments).stderr)
    assert modules
    heavy = sorted(HEAVY & {module.partition(".")[0] for module in modules})
    assert not heavy, heavy
    return f"{len(modules)} modules, none of {', '.join(sorted(HEAVY))}"


def _job(*arguments: str) -> Callable[[], object]:
    return lambda: _python(*arguments)


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True)
