"""The commands as people call them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from selfcheck.reading import catalogue, fingerprints
from tests.commands import ROOT, run, started

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
NUMBERS = {"value", "minimum", "coverage", "lowest", "highest", "applicable", "trace"}
SHEET = {"file", "questionnaire", "version", "municipality", "date", "language", "perspectives", "hints", "steps"}

PUBLISHED = {"integrated-planning 2026-1": "a0f7e6619799851bafe38516c58315c352325c00f293e7a721a3319ec62ecc8b"}


def written(folder: Path, text: str, name: str = "answers.yaml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_published_questionnaire_never_changes() -> None:
    """Whoever changes a wording, a rule or an anchor makes a new version (or, before the first release, a new seal)."""
    found = {
        f"{id} {version}": fingerprints.of_folder(catalogue.folder(id, version))
        for id, versions in catalogue.versions().items()
        for version in versions
    }
    assert found == PUBLISHED


def test_every_shipped_questionnaire_is_sound() -> None:
    answer = run("questionnaires", "check", "--lang", "en")
    assert answer.exit_code == 0, answer.stderr
    assert "49" in answer.stdout


def test_score_gives_every_number_of_every_perspective_and_never_a_total() -> None:
    answer = started("score", *EXAMPLES, "--json")
    sheets = json.loads(answer.stdout)
    assert len(sheets) == len(EXAMPLES) == 4
    for sheet in sheets:
        assert set(sheet) == SHEET
        assert list(sheet["perspectives"]) == [f"P{number}" for number in range(1, 9)]
        for perspective in sheet["perspectives"].values():
            assert set(perspective) >= NUMBERS
            assert perspective["trace"]


def test_explain_leads_from_the_value_to_answers_rules_and_source_lines() -> None:
    text = run("score", ROOT / "examples" / "zersplitterter-kreis.yaml", "--explain", "P4").stdout
    assert "Median" in text
    assert "P4.1" in text
    assert "Zeile" in text


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_charts_come_out_the_same_every_time(ending: str, tmp_path: Path) -> None:
    assert run("chart", EXAMPLES[0], "-o", tmp_path / f"one.{ending}").exit_code == 0
    assert started("chart", EXAMPLES[0], "-o", tmp_path / f"two.{ending}").returncode == 0
    assert (tmp_path / f"one.{ending}").read_bytes() == (tmp_path / f"two.{ending}").read_bytes()


@pytest.mark.parametrize("language", ["de", "en"])
def test_reports_are_written_in_both_languages(language: str, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    assert run("report", EXAMPLES[0], "-o", file, "--lang", language).exit_code == 0
    assert f'lang="{language}"' in file.read_text(encoding="utf-8")


def test_practices_say_what_is_met_missing_or_unknown_here() -> None:
    plain = run("practices", "--perspective", "P2").stdout
    compared = run("practices", "--perspective", "P2", ROOT / "examples" / "stadt-ein-dezernat.yaml").stdout
    assert "Jena" in plain
    assert "hier erfüllt" not in plain
    assert "hier erfüllt" in compared


BAD = {
    "an unknown item": ("answers: {P9.9: 1}", "P9.9", "4"),
    "a stage that does not exist": ("answers: {P1.1: 7}", "0, 1, 2, 3, 4, cannot-judge", "4"),
    "a text where a number belongs": ("answers: {P1.1: drei}", "0, 1, 2, 3, 4, cannot-judge", "4"),
    "a key that stands twice": ("answers:\n  P1.1: 1\n  P1.1: 2", "zweimal", "6"),
    "an unknown context question": ("context: {K99: x}", "K1, K2", "4"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_answer_file_is_refused_with_file_line_and_what_is_allowed(case: str, tmp_path: Path) -> None:
    text, says, line = BAD[case]
    file = written(tmp_path, f'questionnaire: integrated-planning\nversion: "2026-1"\n\n{text}\n')
    for command in (
        ("score", file),
        ("chart", file, "-o", "x.svg"),
        ("report", file, "-o", "x.pdf"),
        ("practices", file),
    ):
        answer = run(*command, folder=tmp_path)
        assert answer.exit_code == 2
        assert answer.stdout == ""
        assert f"answers.yaml:{line}: " in answer.stderr
        assert says in answer.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["answers.yaml"]


def test_the_process_ends_with_the_status_and_the_problems_of_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, 'questionnaire: integrated-planning\nversion: "2026-1"\nanswers: {P1.1: 7}\n')
    answer = started("score", file, folder=tmp_path)
    assert (answer.returncode, answer.stdout, answer.stderr) == (2, "", run("score", file).stderr)


def test_every_problem_of_a_file_is_named_at_once_in_the_language_asked_for(tmp_path: Path) -> None:
    file = written(
        tmp_path, 'questionnaire: integrated-planning\nversion: "2026-1"\nanswers: {P1.1: 7, P9.9: 1, P1.2: x}\n'
    )
    lines = run("score", file, "--lang", "en").stderr.splitlines()
    assert len(lines) == 3
    assert 'there is no item "P9.9"' in lines[1]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('questionnaire: integrated-planning\nversion: "1999-1"', "2026-1"),
        ('questionnaire: other\nversion: "1"', "integrated-planning 2026-1"),
        ("", "questionnaire"),
        ("[" * 1_000_000, "verschachtelt"),
        ("x" * 2_000_001, "Bytes"),
    ],
)
def test_a_file_that_is_no_answer_file_is_refused_clearly(text: str, says: str, tmp_path: Path) -> None:
    answer = run("score", written(tmp_path, text))
    assert answer.exit_code == 2
    assert says in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = written(tmp_path, '\ufeffquestionnaire: integrated-planning\nversion: "2026-1"\nanswers: {P1.1: 2}\n')
    assert run("score", file).exit_code == 0


def test_scoring_starts_without_web_framework_database_or_typesetter() -> None:
    program = (
        "import sys; from selfcheck.cli.main import main\ntry: main()\nexcept SystemExit: pass\nprint(*sys.modules)"
    )
    command = [sys.executable, "-c", program, "score", str(EXAMPLES[0]), "--json"]
    loaded = set(
        subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        .stdout.rpartition("\n}")[2]
        .split()
    )
    assert "scoring.assess.assess" in loaded
    assert not loaded & {"flask", "sqlalchemy", "wtforms", "pandas", "plotly", "typst", "jinja2", "rich", "babel"}
