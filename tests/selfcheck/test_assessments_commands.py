"""`selfcheck assessments` as an operator calls it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from selfcheck.app import create_app
from selfcheck.ground.config import Settings, from_environment
from tests.commands import ROOT, run
from tests.web import Person

pytestmark = pytest.mark.thorough

EXAMPLE = ROOT / "examples" / "stadt-ein-dezernat.yaml"


def assessments(home: Path, *arguments: object, keys: str = "") -> Result:
    return run("assessments", *arguments, folder=home.parent, home=home, keys=keys)


def listed(home: Path) -> list[dict[str, Any]]:
    return list(json.loads(assessments(home, "list", "--json").stdout))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "instance"


@pytest.fixture
def id(home: Path) -> str:
    """A self-check that was begun with an answer file."""
    answer = assessments(home, "import", EXAMPLE)
    assert answer.exit_code == 0, answer.stderr
    return str(re.findall(r"Selbstcheck: (\w{32})", answer.stdout)[0])


def test_an_empty_installation_says_so(home: Path) -> None:
    assert assessments(home, "list").stdout == "Hier ist kein Selbstcheck gespeichert.\n"
    assert listed(home) == []


def test_the_list_says_how_far_each_is_and_shows_no_answer(home: Path, id: str) -> None:
    (one,) = listed(home)
    changed = one.pop("changed")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", changed)
    assert one == {
        "id": id,
        "municipality": "Stadt Beispielhafen (fiktiv)",
        "questionnaire": "integrated-planning",
        "version": "2026-1",
        "scope": "full",
        "answered": 43,
        "asked": 43,
        "mode": "open",
    }
    table = assessments(home, "list", "--lang", "en").stdout
    assert id in table
    for said in ("Beispielhafen", "2026-1", "full", "43/43", "open round"):
        assert said in table
    assert "Organisationsverfügung" not in table


def test_everything_goes_to_another_installation_and_is_the_same_there(home: Path, id: str, tmp_path: Path) -> None:
    file = tmp_path / "everything.json"
    assert assessments(home, "export", id, "-o", file).exit_code == 0
    assert file.read_text(encoding="utf-8") == assessments(home, "export", id).stdout
    assert file.stat().st_mode & 0o077 == 0, "for nobody else to read"
    elsewhere = tmp_path / "elsewhere" / "instance"
    elsewhere.parent.mkdir()
    for _ in range(2):
        assert assessments(elsewhere, "import", file).exit_code == 0
    one, two = listed(elsewhere)
    assert one["id"] != two["id"]
    assert assessments(elsewhere, "export", one["id"]).stdout == file.read_text(encoding="utf-8")


def test_the_link_that_import_prints_opens_the_self_check(home: Path) -> None:
    answer = assessments(home, "import", EXAMPLE)
    assert "nur jetzt gezeigt" in answer.stdout
    [path] = re.findall(r"/l/\S+", answer.stdout)
    person = Person(create_app(from_environment({"SELFCHECK_HOME": str(home)})).test_client())
    assert "Stadt Beispielhafen" in person.get(path).text


def test_a_file_is_not_written_over_unasked(home: Path, id: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    file.write_text("bleibt", encoding="utf-8")
    answer = assessments(home, "export", id, "-o", file)
    assert answer.exit_code == 1
    assert "--force" in answer.stderr
    assert file.read_text(encoding="utf-8") == "bleibt"
    assert assessments(home, "export", id, "-o", file, "--force").exit_code == 0
    assert json.loads(file.read_text(encoding="utf-8"))["selfcheck-export"] == 1


def test_a_folder_that_is_not_there_is_named(home: Path, id: str, tmp_path: Path) -> None:
    answer = assessments(home, "export", id, "-o", tmp_path / "nowhere" / "x.json", "--lang", "en")
    assert answer.exit_code == 1
    assert "cannot be written" in answer.stderr


def test_a_bad_file_begins_nothing_and_is_named_with_its_line(home: Path, id: str, tmp_path: Path) -> None:
    file = tmp_path / "everything.json"
    sound = assessments(home, "export", id).stdout
    for bad, says in (
        (sound[:5000], "is no valid JSON"),
        (sound.replace('"mode": "open"', '"mode": "x"'), 'everything.json:4: mode: "x" does not fit'),
    ):
        file.write_text(bad, encoding="utf-8")
        answer = assessments(home, "import", file, "--lang", "en")
        assert (answer.exit_code, answer.stdout) == (2, "")
        assert says in answer.stderr
    assert len(listed(home)) == 1


def test_another_wording_of_the_questionnaire_is_said(home: Path, id: str, tmp_path: Path) -> None:
    file = tmp_path / "everything.json"
    data = json.loads(assessments(home, "export", id).stdout) | {"questionnaire_fingerprint": "0" * 64}
    file.write_text(json.dumps(data), encoding="utf-8")
    answer = assessments(home, "import", file)
    assert answer.exit_code == 0
    assert "lautet hier anders" in answer.stderr


def test_deleting_says_what_goes_and_asks(home: Path, id: str) -> None:
    answer = assessments(home, "delete", id, keys="n\n")
    assert "Stadt Beispielhafen" in answer.stdout
    assert "43 Merkmalen" in answer.stdout
    assert "nichts gelöscht" in answer.stdout
    assert assessments(home, "delete", id).exit_code == 1, "nobody there to ask"
    assert len(listed(home)) == 1
    assert assessments(home, "delete", id, keys="y\n").exit_code == 0
    assert listed(home) == []


def test_a_script_deletes_without_a_question(home: Path, id: str) -> None:
    assert assessments(home, "delete", id, "--yes").exit_code == 0
    assert listed(home) == []


@pytest.mark.parametrize("command", ["export", "delete"])
def test_an_unknown_id_is_a_clear_mistake(home: Path, command: str) -> None:
    answer = assessments(home, command, "unbekannt")
    assert answer.exit_code == 2
    assert "es gibt keinen Selbstcheck unbekannt" in answer.stderr


def test_a_setting_that_does_not_fit_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    answer = assessments(tmp_path / "file", "list")
    assert answer.exit_code == 1
    assert "docs/operation.md" in answer.stderr


def test_the_commands_work_beside_a_running_application(home: Path, settings: Settings, app: Flask) -> None:
    person = Person(app.test_client())
    place = person.start(municipality="Musterkreis [bold]")
    assert person.answer(place, "P1.1", "3").status_code == 200
    (one,) = listed(home)
    assert (one["answered"], one["asked"], one["id"] in place) == (1, 49, True)
    assert "[bold]" in assessments(home, "list").stdout
    assert assessments(home, "import", EXAMPLE).exit_code == 0
    assert person.answer(place, "P1.2", "2").status_code == 200
    assert assessments(home, "delete", one["id"], "--yes").exit_code == 0
    assert person.get(f"{place}result").status_code == 404


def test_the_commands_load_no_web_framework(home: Path, id: str) -> None:
    program = (
        "import sys; from selfcheck.cli.main import main\ntry: main()\nexcept SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    for command in (["list"], ["export", id], ["import", str(EXAMPLE)], ["delete", id, "--yes"]):
        answer = subprocess.run(
            [sys.executable, "-c", program, "assessments", *command],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env=os.environ | {"SELFCHECK_HOME": str(home)},
        )
        loaded = set(answer.stderr.split())
        assert "selfcheck.services.transfer" in loaded
        assert not loaded & {"flask", "wtforms", "werkzeug", "plotly", "typst"}
