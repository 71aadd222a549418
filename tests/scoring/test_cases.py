"""Worked examples: every disagreement with the questionnaire is found, and bad examples never fall over."""

from fractions import Fraction
from typing import Any

import pytest

from scoring.assess.cases import failed_cases
from scoring.model.conditions import ContextIs, StageAtLeast
from tests.builders import (
    applicability,
    choice_question,
    equivalence,
    perspective,
    plausibility,
    practice,
    questionnaire,
    recommendations,
)

FIRST, SECOND = perspective("P1", "a", "b"), perspective("P2", "c")
IN_TOWN = ContextIs("K1", ("town",))
HERE = questionnaire(
    FIRST,
    SECOND,
    context=[choice_question("K1", "town", "county")],
    rules=[
        applicability("R1", IN_TOWN, "b"),
        plausibility("R2", StageAtLeast("a", Fraction(4))),
        equivalence("R3", "c"),
    ],
    steps=recommendations(FIRST, SECOND),
    practices=[practice("jena", ["P1"], {"a": 2})],
)
TRUE: dict[str, Any] = {
    "P1": {
        "value": "5/2",
        "minimum": 1,
        "lowest": 2.5,
        "highest": "5/2",
        "coverage": 1,
        "certainty": "settled",
        "level": None,
        "applicable": True,
        "asked": 2,
        "answered": 2,
    },
    "P2": {"value": None, "highest": 4, "coverage": 0},
    "every": {"applicable": True},
    "hints": ["R2"],
    "steps": ["P1-1-2"],
    "first_step": "P1-1-2",
    "priorities": ["P1"],
    "not_asked": [],
    "reworded": [],
    "counts_alike": ["R3"],
    "suitable": {"P1": []},
    "comparison": {"jena": {"a": "met"}},
}


def case(**entries: Any) -> dict[str, Any]:
    return {"name": {"de": "Fall", "en": "Case"}, "answers": {"a": 4, "b": 1}, "expect": {}} | entries


def places(*cases: Any) -> list[str]:
    return [problem.path for problem in failed_cases(HERE, list(cases))]


def test_a_case_that_expects_what_comes_out_holds() -> None:
    assert places(case(expect=TRUE)) == []


WRONG: dict[str, Any] = {
    "P1": {
        "value": 2,
        "minimum": None,
        "lowest": 2,
        "highest": 3,
        "coverage": "1/2",
        "certainty": "open",
        "level": 1,
        "applicable": False,
        "asked": 3,
        "answered": 1,
    },
    "P2": {"value": 0},
    "every": {"certainty": "settled"},
    "hints": [],
    "steps": [],
    "first_step": None,
    "priorities": ["P2"],
    "not_asked": ["b"],
    "reworded": ["a"],
    "counts_alike": [],
    "suitable": {"P1": ["jena"]},
    "comparison": {"jena": {"a": "missing"}},
}


@pytest.mark.parametrize("key", [key for key in WRONG if not isinstance(WRONG[key], dict)] + ["suitable", "comparison"])
def test_a_case_that_expects_something_else_is_named_with_its_place(key: str) -> None:
    assert places(case(expect={key: WRONG[key]})) == [f"[0].expect.{key}"]


@pytest.mark.parametrize(
    ("perspective", "key", "value"),
    [(id, key, value) for id in ("P1", "P2", "every") for key, value in WRONG[id].items()],
)
def test_a_number_that_differs_is_named_with_its_place(perspective: str, key: str, value: Any) -> None:
    assert places(case(), case(expect={perspective: {key: value}})) == [f"[1].expect.{perspective}.{key}"]


def test_what_is_expected_and_what_comes_out_stand_side_by_side() -> None:
    found = failed_cases(HERE, [case(expect={"P1": {"value": 3}})])
    assert found[0].message.en == "expected is 3, found is P1: 5/2"
    assert found[0].message.de == "erwartet ist 3, herauskommt P1: 5/2"


def test_all_answers_every_item_before_answers_replace_some() -> None:
    expected = {"P1": {"value": 2, "minimum": 1}, "P2": {"value": 3}}
    assert places(case(all=3, answers={"a": 1}, expect=expected)) == []


def test_a_case_may_choose_context_and_scope() -> None:
    assert places(case(context={"K1": "town"}, expect={"not_asked": ["b"], "P1": {"value": 4}})) == []
    assert places(case(scope=["P2"], expect={"not_asked": ["a", "b"]})) == []


@pytest.mark.parametrize(
    ("bad", "place"),
    [
        (case(answers={"a": 9}), "[0].answers.a"),
        (case(answers={"x": 1}), "[0].answers.x"),
        (case(context={"K9": 1}), "[0].context.K9"),
        (case(expect={"P9": {}}), "[0].expect.P9"),
        (case(expect={"P1": {"total": 3}}), "[0].expect.P1.total"),
        (case(expect={"P1": {"value": "high"}}), "[0].expect.P1.value"),
        (case(remark="?"), "[0].remark"),
        (case(name="only one language"), "[0].name"),
        ({"name": {"de": "Fall", "en": "Case"}}, "[0]"),
        ("no case", "[0]"),
        (case(answers=None), "[0].answers"),
        (case(answers=[1]), "[0].answers"),
        (case(expect={"comparison": {"atlantis": {"a": "met"}}}), "[0].expect.comparison.atlantis"),
    ],
)
def test_a_case_that_makes_no_sense_is_named_with_its_place(bad: Any, place: str) -> None:
    found = places(bad, case(expect={"P1": {"value": 0}}))
    assert place in found
    assert "[1].expect.P1.value" in found, "the cases after it are still checked"


def test_the_worked_examples_are_a_list() -> None:
    assert [problem.message.en for problem in failed_cases(HERE, {"name": "x"})] == [
        "\"{'name': 'x'}\" does not fit; expected is a list"
    ]
