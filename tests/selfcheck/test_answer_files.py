"""Answer files: everything wrong is named with its line in both languages, and nothing is guessed."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from scoring.model.answers import Answer, Sheet
from scoring.model.questionnaire import Questionnaire
from selfcheck.reading import answer_files
from selfcheck.reading.files import FileProblem, UnusableFile, read_bytes
from tests.builders import sheet
from tests.drawn import examples
from tests.scoring.strategies import REAL, TEXTS, sheets

HEAD = 'questionnaire: integrated-planning\nversion: "2026-1"\n'


def read(text: str, name: str = "answers.yaml") -> tuple[Questionnaire, Sheet]:
    return answer_files.interpret(read_bytes(text.encode(), name))


def mistakes(text: str, name: str = "answers.yaml") -> list[FileProblem]:
    with pytest.raises(UnusableFile) as caught:
        read(text, name)
    return list(caught.value.problems)


def test_an_answer_file_brings_its_questionnaire() -> None:
    questionnaire, answers = read(HEAD + "answers:\n  P1.1: 3\n  P1.2: cannot-judge\n  P1.3:\n")
    assert questionnaire == REAL
    assert answers.answers == {"P1.1": Answer(3), "P1.2": Answer(cannot_judge=True), "P1.3": Answer()}


@pytest.mark.parametrize(
    ("entry", "path", "english", "german"),
    [
        ("P9.9: 3", "answers.P9.9", 'there is no item "P9.9"', "das Merkmal „P9.9“ gibt es in diesem Fragebogen nicht"),
        ("P1.1: 7", "answers.P1.1", "one of: 0, 1, 2, 3, 4, cannot-judge", "eins von: 0, 1, 2, 3, 4, cannot-judge"),
        ("P1.1: three", "answers.P1.1", '"three" does not fit', "„three“ passt nicht"),
        ("P1.1: yes", "answers.P1.1", '"yes" does not fit', "„yes“ passt nicht"),
        ("P1.1: true", "answers.P1.1", '"true" does not fit', "„true“ passt nicht"),
        ("P1.1: 2.0", "answers.P1.1", '"2.0" does not fit', "„2.0“ passt nicht"),
        ("P1.1: 2,5", "answers.P1.1", '"2,5" does not fit', "„2,5“ passt nicht"),
        ("P1.1: 1e400", "answers.P1.1", "", ""),
        ('P1.1: "2"', "answers.P1.1", "without quotation marks", "ohne Anführungszeichen"),
        ("P1.1: {stage: 2, remark: 4}", "answers.P1.1.remark", "expected is a text", "erwartet wird ein Text"),
        ("P1.1: {level: 2}", "answers.P1.1.level", "allowed are: stage, remark, evidence", "erlaubt sind: stage"),
        ("p1.1: 2", "answers.p1.1", 'there is no item "p1.1"', "das Merkmal „p1.1“ gibt es"),
        ('"P1.1 ": 2', "answers.P1.1 ", 'there is no item "P1.1', "das Merkmal „P1.1"),
    ],
)
def test_an_answer_that_does_not_fit_is_named_with_its_line_in_both_languages(
    entry: str, path: str, english: str, german: str
) -> None:
    (problem,) = mistakes(f"{HEAD}answers:\n  P1.2: 1\n  {entry}\n")
    assert (problem.path, problem.line) == (path, 5)
    assert english in problem.message.en
    assert german in problem.message.de


def test_several_mistakes_are_all_named_with_the_right_lines() -> None:
    text = HEAD + (
        "scope: half\n"  # line 3
        "context:\n"
        "  K1: moon\n"  # 5
        "  K4:\n"
        "    education: {department: A, unit: Z}\n"  # 7
        "answers:\n"
        "  P1.1: 7\n"  # 9
        "  P1.2: 2\n"
        "  X1: 2\n"  # 11
        "  P1.3:\n"
        "    stage: 2\n"
        "    remark: [x]\n"  # 14
    )
    found = {problem.path: problem.line for problem in mistakes(text)}
    expected = {"scope": 3, "context.K1": 5, "answers.P1.1": 9, "answers.X1": 11, "answers.P1.3.remark": 14}
    assert {path: found.get(path) for path in expected} == expected
    assert 7 in found.values()
    assert len(found) == 6


def test_the_lines_are_right_in_json_too() -> None:
    data = {"questionnaire": "integrated-planning", "version": "2026-1", "answers": {"P1.1": 7, "P1.2": 2, "X": 1}}
    found = {problem.path: problem.line for problem in mistakes(json.dumps(data, indent=2), "answers.json")}
    assert found == {"answers.P1.1": 5, "answers.X": 7}


@pytest.mark.parametrize(
    ("head", "english"),
    [
        ('questionnaire: integrated-planning\nversion: "1999-1"\n', "this questionnaire does not exist here"),
        ('questionnaire: other\nversion: "2026-1"\n', "this questionnaire does not exist here"),
        ('questionnaire: ../integrated-planning\nversion: "2026-1"\n', "this questionnaire does not exist here"),
    ],
)
def test_an_unknown_questionnaire_or_version_is_refused_with_those_that_exist(head: str, english: str) -> None:
    (problem,) = mistakes(head + "answers: {}\n")
    assert english in problem.message.en
    assert "integrated-planning 2026-1" in problem.message.en
    assert "integrated-planning 2026-1" in problem.message.de


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("answers: {}\n", ["questionnaire", "version"]),
        ("questionnaire: integrated-planning\nversion: 2026\n", ["version"]),
        ('questionnaire: [integrated-planning]\nversion: "2026-1"\n', ["questionnaire"]),
    ],
)
def test_a_file_that_does_not_say_where_it_belongs_is_refused(text: str, paths: list[str]) -> None:
    assert [problem.path for problem in mistakes(text)] == paths


@pytest.mark.parametrize("text", ["", "just a text\n", "- a list\n", "3\n"])
def test_a_file_that_is_no_answer_file_at_all_is_refused(text: str) -> None:
    found = mistakes(text)
    assert "mapping" in found[0].message.en
    assert "Zuordnung" in found[0].message.de


def test_every_problem_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "stadt.yaml"
    file.write_text(HEAD + "answers: {P1.1: 9, P1.2: 9}\n", encoding="utf-8")
    with pytest.raises(UnusableFile) as caught:
        answer_files.read(file)
    assert {problem.file for problem in caught.value.problems} == {str(file)}
    assert str(caught.value).count(str(file)) == 2


def test_nothing_is_guessed_from_what_is_left_out() -> None:
    _, answers = read(HEAD)
    assert (answers.scope, answers.answers, answers.municipality, answers.date) == ("full", {}, "", "")
    assert (answers.context.choices, answers.context.placements, answers.context.words) == ({}, {}, {})


def test_a_date_is_kept_as_it_is_written() -> None:
    assert read(HEAD + "date: 2026-11-22\n")[1].date == "2026-11-22"
    assert read(HEAD + 'date: "November 2026"\n')[1].date == "November 2026"


@pytest.mark.parametrize("character", ["\\u0000", "\\u0007", "\\ud800"])
def test_a_remark_with_characters_that_no_report_can_print_is_refused(character: str) -> None:
    text = json.dumps({"questionnaire": "integrated-planning", "version": "2026-1", "municipality": "?"}, indent=1)
    found = mistakes(text.replace("?", character), "answers.json")[0]
    assert found.path == "municipality"
    assert found.line == (None if character == "\\ud800" else 4)  # half a character is no YAML, so it has no line


def written(answers: Sheet) -> dict[str, str]:
    return {"answers.yaml": answer_files.as_yaml(answers), "answers.json": answer_files.as_json(answers)}


@examples(30)
@given(sheets(REAL))
def test_a_sheet_written_to_a_file_is_read_as_the_same_sheet(answers: Sheet) -> None:
    for name, text in written(answers).items():
        assert read(text, name)[1] == answers


@examples(100)
@given(TEXTS)
def test_whatever_stands_in_a_remark_comes_back_from_a_file(text: str) -> None:
    answers = sheet_with(remark=text)
    for name, content in written(answers).items():
        assert read(content, name)[1] == answers


@pytest.mark.parametrize(
    "text", ["0815", "1e3", "08", "+1", "2026-1", "yes", "no", "null", "~", "=", "<<", "0x1f", "1_0"]
)
def test_a_paper_number_or_a_word_with_a_meaning_in_yaml_stays_a_text(text: str) -> None:
    answers = sheet_with(evidence=text)
    for name, content in written(answers).items():
        assert read(content, name)[1] == answers


def sheet_with(**texts: Any) -> Sheet:
    return sheet(REAL, {"P1.1": Answer(1, **texts)})
