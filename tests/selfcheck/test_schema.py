"""The JSON Schema for editors agrees with the questionnaire, with the examples and with the strict reader."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scoring.plain.sheets import parse_sheet
from selfcheck import schemas
from selfcheck.reading import catalogue
from selfcheck.reading.files import read_file
from selfcheck.schemas import answers_schema

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
KEPT = Path(schemas.__file__).with_name("answers.schema.json")
FOUR = ("anfaengerkreis", "leer", "stadt-ein-dezernat", "zersplitterter-kreis")
START = {"questionnaire": "integrated-planning", "version": "2026-1"}


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads(KEPT.read_text(encoding="utf-8"))


def example(name: str) -> Any:
    return read_file(EXAMPLES / f"{name}.yaml").data


def places(schema: Any, data: Any) -> list[str]:
    return [error.json_path for error in Draft202012Validator(schema).iter_errors(data)]


def test_the_kept_file_is_what_the_questionnaire_gives(schema: Any) -> None:
    made = answers_schema(catalogue.load("integrated-planning", "2026-1"))
    Draft202012Validator.check_schema(made)
    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    assert KEPT.read_text(encoding="utf-8") == text, "write the text of answers_schema(…) to answers.schema.json again"


@pytest.mark.parametrize("name", FOUR)
def test_examples_fit(schema: Any, name: str) -> None:
    assert places(schema, example(name)) == []
    first_line = (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first_line == "# yaml-language-server: $schema=../selfcheck/schemas/answers.schema.json"


@pytest.mark.parametrize(
    "answer", [None, 0, 4, "cannot-judge", {"stage": 2, "remark": "kurz"}, {"evidence": "Protokoll"}]
)
def test_every_way_to_answer_fits(schema: Any, answer: object) -> None:
    data = START | {"answers": {"P1.1": answer}}
    assert places(schema, data) == []
    parse_sheet(data, catalogue.load("integrated-planning", "2026-1"))


@pytest.mark.parametrize(
    "target", [None, {"year": 2028, "stages": {}}, {"year": 2028, "stages": {"P1": 4, "P2": 0, "P3": None}}]
)
def test_every_way_to_give_a_target_fits(schema: Any, target: object) -> None:
    data = START | {"target": target}
    assert places(schema, data) == []
    parse_sheet(data, catalogue.load("integrated-planning", "2026-1"))


@pytest.mark.parametrize("more", [{}, {"genitive": None, "english": "round"}])
def test_an_own_word_fits(schema: Any, more: dict[str, Any]) -> None:
    word = {"singular": "Amtsrunde", "gender": "die", "plural": "Amtsrunden"} | more
    data = START | {"context": {"K6": {"council": word}}}
    assert places(schema, data) == []
    parse_sheet(data, catalogue.load("integrated-planning", "2026-1"))


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ({"answers": {"P1.1": 7}}, "$.answers['P1.1']"),
        ({"answers": {"P1.1": True}}, "$.answers['P1.1']"),
        ({"answers": {"P1.1": "Stufe zwei"}}, "$.answers['P1.1']"),
        ({"answers": {"P1.1": {"stage": "2"}}}, "$.answers['P1.1']"),
        ({"answers": {"P1.1": {"stage": 2, "note": "?"}}}, "$.answers['P1.1']"),
        ({"answers": {"P9.1": 2}}, "$.answers"),
        ({"context": {"K1": "village"}}, "$.context.K1"),
        ({"context": {"K4": {"social": {"department": "A"}}}}, "$.context.K4.social"),
        ({"context": {"K6": {"council": "Kreistag"}}}, "$.context.K6.council"),
        ({"context": {"K6": {"council": {"singular": "Amtsrunde", "gender": "die"}}}}, "$.context.K6.council"),
        ({"scope": ["P9"]}, "$.scope"),
        ({"version": "2025-1"}, "$.version"),
        ({"target": {"year": 2028}}, "$.target"),
        ({"target": {"year": 1999, "stages": {}}}, "$.target.year"),
        ({"target": {"year": 2028, "stages": {"P1": 5}}}, "$.target.stages.P1"),
        ({"target": {"year": 2028, "stages": {"P9": 1}}}, "$.target.stages"),
        ({"name": "Musterau"}, "$"),
    ],
)
def test_mistakes_are_found_where_they_are(schema: Any, part: dict[str, Any], place: str) -> None:
    assert places(schema, START | part) == [place]


def test_the_empty_sheet_asks_everything_and_answers_nothing() -> None:
    questionnaire = catalogue.load("integrated-planning", "2026-1")
    data = example("leer")
    assert list(data["answers"]) == list(questionnaire.items)
    assert list(data["context"]) == [question.id for question in questionnaire.context]
    sheet = parse_sheet(data, questionnaire)
    assert all(answer.is_open for answer in sheet.answers.values())
    assert not sheet.context.choices


@pytest.mark.parametrize("name", FOUR)
def test_comment_lines_stay_readable(name: str) -> None:
    assert max(map(len, (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8").splitlines())) <= 120
