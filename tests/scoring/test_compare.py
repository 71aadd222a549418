"""A municipality beside the documented examples."""

from fractions import Fraction

import pytest

from scoring.assess.compare import Comparison, compare, not_yet_suitable, suitable
from scoring.model.conditions import ContextIs, StageAtLeast
from scoring.model.questionnaire import Questionnaire
from tests.builders import Given, applicability, assessed, choice_question, perspective, practice, questionnaire

IN_TOWN = ContextIs("K1", ("town",))

HERE = questionnaire(
    perspective("P1", "a", "b"),
    perspective("P2", "c", "d"),
    context=[choice_question("K1", "town", "county")],
    rules=[applicability("R1", IN_TOWN, "d")],
    practices=[
        practice("plain", ["P1"], {"a": 2, "b": None}),
        practice("in-town", ["P1"], {"a": 3}, {"town": IN_TOWN}),
        practice("carried", ["P1", "P2"], {"a": 4, "d": 2}, {"led": StageAtLeast("c", Fraction(2)), "town": IN_TOWN}),
    ],
)


def compared(answers: dict[str, Given], town: str | None = None) -> dict[str, Comparison]:
    result = assessed(HERE, answers, choices={"K1": town} if town else {})
    return {comparison.practice.id: comparison for comparison in compare(HERE, result)}


def names(found: tuple[Comparison, ...]) -> list[str]:
    return [comparison.practice.id for comparison in found]


def suitable_names(answers: dict[str, Given], perspective: str, town: str | None = None) -> list[str]:
    result = assessed(HERE, answers, choices={"K1": town} if town else {})
    return names(suitable(HERE, compare(HERE, result), perspective))


@pytest.mark.parametrize(
    ("given", "status", "new"),
    [
        (1, "missing", True),
        (2, "met", False),
        (4, "met", False),
        (None, "unknown", True),
        ("cannot-judge", "unknown", True),
    ],
)
def test_an_item_of_an_example_is_met_missing_or_unknown_here(given: Given, status: str, new: bool) -> None:
    item = compared({"a": given})["plain"].items[0]
    assert (item.status, item.shows_something_new) == (status, new)


@pytest.mark.parametrize(("given", "new"), [(0, True), (3, True), (4, False), (None, True)])
def test_an_example_that_reaches_no_stage_only_illustrates_and_has_nothing_new_at_the_top(
    given: Given, new: bool
) -> None:
    item = compared({"b": given})["plain"].items[1]
    assert (item.status, item.shows_something_new) == ("illustrates", new)


def test_an_item_that_does_not_apply_here_is_not_compared() -> None:
    item = compared({"d": 0}, "town")["carried"].items[1]
    assert (item.status, item.shows_something_new) == ("not-applicable", False)


@pytest.mark.parametrize(
    ("answers", "town", "fits"),
    [
        ({"c": 2}, "town", True),
        ({"c": 2}, None, None),
        ({}, "town", None),
        ({"c": 1}, None, False),
        ({"c": 2}, "county", False),
    ],
)
def test_an_example_fits_when_all_conditions_are_met_and_not_when_one_is_missing(
    answers: dict[str, Given], town: str | None, fits: bool | None
) -> None:
    assert compared(answers, town)["carried"].fits is fits


def test_the_missing_conditions_are_named() -> None:
    assert [condition.id for condition in compared({"c": 1}, "town")["carried"].missing] == ["led"]
    assert compared({"c": 2}, "town")["carried"].missing == ()


def test_suitable_examples_show_something_new_and_are_ruled_out_by_nothing_with_certain_ones_first() -> None:
    assert suitable_names({"a": 0, "c": 2}, "P1") == ["plain", "in-town", "carried"]
    assert suitable_names({"a": 0}, "P1", "town") == ["plain", "in-town", "carried"]
    assert suitable_names({"a": 0}, "P1", "county") == ["plain"]
    assert suitable_names({"a": 2, "b": 4, "c": 2}, "P1", "town") == ["in-town", "carried"]


def test_an_example_helps_only_the_perspective_in_which_it_shows_something_new() -> None:
    assert suitable_names({"a": 0, "c": 2, "d": 4}, "P2") == []
    assert suitable_names({"a": 4, "b": 4, "c": 2, "d": 0}, "P1") == []
    assert suitable_names({"a": 4, "c": 2, "d": 0}, "P2") == ["carried"]


def test_no_suitable_example_is_an_answer_too() -> None:
    everything: dict[str, Given] = dict.fromkeys("abcd", 4)
    assert suitable_names(everything, "P1", "town") == []
    without: Questionnaire = questionnaire(perspective("P1", "a"))
    assert suitable(without, compare(without, assessed(without)), "P1") == ()


def test_examples_that_would_fit_under_other_conditions_are_kept_apart() -> None:
    result = assessed(HERE, {"a": 0, "c": 0}, choices={"K1": "county"})
    assert names(not_yet_suitable(HERE, compare(HERE, result), "P1")) == ["in-town", "carried"]
