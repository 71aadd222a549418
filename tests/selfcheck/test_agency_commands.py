"""`selfcheck agency` and `selfcheck practices add` as an operator calls them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from selfcheck.app import create_app
from selfcheck.ground.config import from_environment
from tests.commands import run
from tests.web import Person

pytestmark = pytest.mark.thorough

FILE = Path(__file__).parent / "own_examples.yaml"


def selfcheck(home: Path, *arguments: object, keys: str = "") -> Result:
    return run(*arguments, folder=home.parent, home=home, keys=keys)


def listed(home: Path) -> list[dict[str, Any]]:
    return list(json.loads(selfcheck(home, "agency", "list", "--json").stdout))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "instance"


def test_an_agency_is_added_listed_given_a_new_link_and_deleted(home: Path) -> None:
    assert selfcheck(home, "agency", "list").stdout == "Hier hat keine Agentur einen Bereich.\n"
    added = selfcheck(home, "agency", "add", "  Transferagentur   Musterland ")
    first = re.findall(r"/a/\S{22}", added.stdout)
    [row] = listed(home)
    assert (row["name"], row["files"], row["proposals"]) == ("Transferagentur Musterland", 0, 0)
    assert "Transferagentur" in selfcheck(home, "agency", "list", "--lang", "en").stdout
    renewed = re.findall(r"/a/\S{22}", selfcheck(home, "agency", "link", row["id"]).stdout)
    assert len(first) == len(renewed) == 1
    person = Person(create_app(from_environment({"SELFCHECK_HOME": str(home)})).test_client())
    assert person.get(first[0]).status_code == 404
    assert person.get(renewed[0]).status_code == 200
    assert "nichts gelöscht" in selfcheck(home, "agency", "delete", row["id"], keys="n\n").stdout
    assert len(listed(home)) == 1
    assert selfcheck(home, "agency", "delete", row["id"], "--yes").exit_code == 0
    assert listed(home) == []


def test_examples_are_added_for_an_agency_and_a_bad_file_is_refused_with_its_lines(home: Path, tmp_path: Path) -> None:
    selfcheck(home, "agency", "add", "Agentur")
    id = listed(home)[0]["id"]
    bad = tmp_path / "bad.yaml"
    bad.write_text(FILE.read_text(encoding="utf-8").replace("year: 2024", "year: bald"), encoding="utf-8")
    refused = selfcheck(home, "practices", "add", bad, "--agency", id)
    assert refused.exit_code == 2
    assert re.search(r"bad\.yaml:\d+: practices\[0\]\.source\.year: ", refused.stderr)
    assert listed(home)[0]["files"] == 0
    kept = selfcheck(home, "practices", "add", FILE, "--agency", id)
    assert kept.exit_code == 0, kept.stderr
    assert listed(home)[0]["files"] == 1
    assert selfcheck(home, "practices", "add", FILE, "--agency", "nobody").exit_code == 2


@pytest.mark.parametrize("arguments", [["agency", "link", "x"], ["agency", "delete", "x"], ["agency", "add", " "]])
def test_what_does_not_exist_or_has_no_name_is_refused(home: Path, arguments: list[str]) -> None:
    answer = selfcheck(home, *arguments)
    assert answer.exit_code == 2


def test_listing_examples_needs_no_further_word_and_help_names_both_commands(home: Path) -> None:
    plain = selfcheck(home, "practices", "--perspective", "P8").stdout
    assert plain == selfcheck(home, "practices", "list", "--perspective", "P8").stdout
    assert "Pinneberg" in plain
    assert "add" in selfcheck(home, "practices", "--help").stdout
