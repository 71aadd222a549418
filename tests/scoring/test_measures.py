"""What a step would change in the profile, and what is reached of it later."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.assess.assess import assess
from scoring.follow.measure_files import parse_effect, parse_measure, write_effect, write_measure
from scoring.follow.measures import Measure, MeasureStatus, Tracked, brought, by_date, predicted, realised, tracked
from scoring.follow.sensitivity import Change
from scoring.model.answers import CANNOT_JUDGE, Sheet
from scoring.model.questionnaire import Questionnaire
from scoring.model.recommendations import Recommendation
from scoring.plain.reading import Node
from tests.builders import Given, perspective, questionnaire, recommendation, recommendations, sheet
from tests.drawn import examples
from tests.scoring.strategies import OUR_OWN, filled_in, questionnaires

Filled = st.SearchStrategy[tuple[Questionnaire, Sheet]]
everywhere = pytest.mark.parametrize(
    "filled", [filled_in(questionnaires(recommends=True)), OUR_OWN], ids=["random", "integrated-planning"]
)
some = examples()

P1 = perspective("P1", "a", "b", "c", "d")
HERE = questionnaire(P1, steps=recommendations(P1))
MADE = datetime(2027, 1, 5, 9, tzinfo=UTC)


def answers(**given: Given) -> Sheet:
    return sheet(HERE, given)


def step(stage: int) -> Recommendation:
    return HERE.recommendation(f"P1-{stage}-{stage + 1}")


def measure(**given: object) -> Measure:
    """A step from stage 1 to 2, taken over where a and b lie below 2."""
    expected = predicted(HERE, answers(a=1, b=1, c=2, d=2), step(1))
    plain = Measure("m", "Title", "P1", MADE, "P1-1-2", expected=expected)
    return replace(plain, **given)  # type: ignore[arg-type]


def test_a_step_names_the_items_below_its_stage_and_the_value_they_would_make() -> None:
    found = predicted(HERE, answers(a=1, b=1, c=2, d=4), step(1))
    assert found.moves == (Change("a", Fraction(1), Fraction(2)), Change("b", Fraction(1), Fraction(2)))
    assert found.value == (Fraction(3, 2), Fraction(2))
    assert found.throughout == (Fraction(1), Fraction(2))


def test_what_is_open_or_cannot_be_judged_stays_so() -> None:
    found = predicted(HERE, answers(a=0, b=0, c=CANNOT_JUDGE), step(0))
    assert [move.item for move in found.moves] == ["a", "b"]
    assert found.value == (Fraction(0), Fraction(1))


def test_without_a_value_none_is_promised() -> None:
    found = predicted(HERE, answers(a=0), step(0))
    assert found.value == (None, None)
    assert [move.item for move in found.moves] == ["a"]


def test_where_the_stage_is_reached_nothing_would_change() -> None:
    found = predicted(HERE, answers(a=2, b=3, c=2, d=4), step(1))
    assert found.moves == ()
    assert found.value[0] == found.value[1]


@everywhere
@some
@given(st.data())
def test_a_step_never_lowers_a_value_and_is_what_a_new_assessment_says(filled: Filled, data: st.DataObject) -> None:
    here, given_answers = data.draw(filled)
    if not here.recommendations:
        return
    one = data.draw(st.sampled_from(here.recommendations))
    found, now = predicted(here, given_answers, one), assess(here, given_answers)
    before, after = found.value
    assert before == now[one.perspective].value
    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert after >= before
    if found.throughout[0] is not None and found.throughout[1] is not None:
        assert found.throughout[1] >= found.throughout[0]
    assert all(move.before < one.to_stage <= move.after for move in found.moves)
    assert found.moves or found.value[0] == found.value[1]


@everywhere
@some
@given(st.data())
def test_a_step_that_has_been_taken_changes_nothing_more(filled: Filled, data: st.DataObject) -> None:
    here, given_answers = data.draw(filled)
    if not here.recommendations:
        return
    one = data.draw(st.sampled_from(here.recommendations))
    found = predicted(here, given_answers, one)
    chosen = dict(given_answers.answers)
    for move in found.moves:
        options = here.items[move.item].scale.options
        key = next(option.key for option in options if option.points == move.after)
        chosen[move.item] = replace(chosen.get(move.item, sheet(here, {move.item: key}).answers[move.item]), choice=key)
    there = replace(given_answers, answers=chosen)
    again = predicted(here, there, one)
    assert again.moves == ()
    assert again.value == (found.value[1], found.value[1])
    if found.moves:
        seen = realised(found, here, there)
        assert seen.brought
        assert seen.value[0] == seen.value[1]


@everywhere
@some
@given(st.data())
def test_what_was_expected_is_read_back_as_it_was_written(filled: Filled, data: st.DataObject) -> None:
    here, given_answers = data.draw(filled)
    if not here.recommendations:
        return
    found = predicted(here, given_answers, data.draw(st.sampled_from(here.recommendations)))
    node = Node(write_effect(found))
    assert parse_effect(node, here) == found
    assert node.problems == []


def test_each_item_that_was_to_move_is_reached_below_or_unknown_today() -> None:
    expected = predicted(HERE, answers(a=1, b=1, c=1, d=4), step(1))
    today = realised(expected, HERE, answers(a=3, b=1, d=4))
    assert (today.reached, today.below, today.unknown) == (("a",), ("b",), ("c",))
    assert not today.brought


def test_an_item_that_waits_for_the_repeated_check_says_nothing_yet() -> None:
    expected = predicted(HERE, answers(a=1, b=1, c=2, d=2), step(1))
    today = realised(expected, HERE, answers(a=2, b=1, c=2, d=2), frozenset({"b"}))
    assert (today.reached, today.unknown) == (("a",), ("b",))
    assert not today.brought


def test_another_version_or_other_items_are_not_compared() -> None:
    expected = predicted(HERE, answers(a=1, b=1, c=2, d=2), step(1))
    new = replace(HERE, version="2")
    assert realised(expected, new, replace(answers(a=2), version="2")).why_not == "version"
    fewer = perspective("P1", "a", "b", "c")
    here = replace(HERE, perspectives=(fewer,))
    assert realised(expected, here, sheet(here, {"a": 2})).why_not == "items"
    assert realised(expected, HERE, replace(answers(a=2), scope=())).why_not == "not-applicable"


def test_a_measure_is_compared_only_after_a_later_check() -> None:
    same = answers(a=1, b=1, c=2, d=2)
    later, earlier = datetime(2028, 1, 5, tzinfo=UTC), datetime(2026, 1, 5, tzinfo=UTC)
    assert tracked(measure(), HERE, same).realised is None
    assert tracked(measure(), HERE, same, [earlier]).realised is None
    after = tracked(measure(), HERE, same, [later]).realised
    assert after
    assert after.below == ("a", "b")
    changed = tracked(measure(), HERE, answers(a=2, b=1, c=2, d=2)).realised
    assert changed
    assert changed.reached == ("a",)
    assert tracked(measure(expected=None), HERE, same, [later]).realised is None


def test_only_what_is_done_and_comparable_is_counted() -> None:
    def one(status: MeasureStatus, **today: int) -> Tracked:
        given_answers = answers(**{"a": 1, "b": 1, "c": 2, "d": 2, **today})
        return tracked(measure(status=status), HERE, given_answers, [datetime(2028, 1, 5, tzinfo=UTC)])

    unchecked = Tracked(measure(status="done"), None)
    counted = brought([one("done", a=2, b=2), one("done", a=2), one("running", a=2, b=2), unchecked])
    assert (counted.done, counted.compared, counted.reached) == (3, 2, 1)


def test_measures_stand_by_their_dates_and_those_without_one_last() -> None:
    dues = [None, date(2028, 1, 1), None, date(2027, 6, 30)]
    found = by_date([measure(id=str(place), due=due) for place, due in enumerate(dues)])
    assert [one.id for one in found] == ["3", "1", "0", "2"]


FULL = {
    "owner": "Steering group",
    "due": date(2027, 6, 30),
    "status": "done",
    "evidence": "Resolution",
    "note": "Later",
}


def test_a_measure_is_read_back_as_it_was_written() -> None:
    for one in (measure(), measure(**FULL), measure(recommendation="", expected=None, perspective="")):
        node = Node(write_measure(one))
        assert parse_measure(node, HERE) == replace(one, id="")
        assert node.problems == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"status": "begun"}, ("status",)),
        ({"due": "soon"}, ("due",)),
        ({"due": "1999-01-01"}, ("due",)),
        ({"made": "2027-01-05"}, ("made",)),
        ({"title": " "}, ("title",)),
        ({"title": "x" * 201}, ("title",)),
        ({"recommendation": "P1-8-9"}, ("recommendation",)),
        ({"perspective": "P9"}, ("perspective",)),
        ({"perspective": ""}, ("perspective",)),
        ({"mood": "fine"}, ("mood",)),
        ({"expected": {}}, ("expected",)),
    ],
)
def test_a_measure_that_is_not_sound_is_named_at_its_place(change: dict[str, object], place: tuple[str, ...]) -> None:
    node = Node(write_measure(measure()) | change)
    parse_measure(node, HERE)
    assert place in {problem.place for problem in node.problems}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"items": {"z": ["0", "1"]}}, ("items",)),
        ({"items": {"a": ["2", "1"]}}, ("items", "a")),
        ({"items": {"a": ["2"]}}, ("items", "a")),
        ({"items": {"a": ["x", "1"]}}, ("items", "a", 0)),
        ({"asked": ["a", "b", "z"]}, ("asked",)),
        ({"perspective": "P9"}, ("perspective",)),
        ({"stage": "two"}, ("stage",)),
        ({"value": "2"}, ("value",)),
    ],
)
def test_an_effect_that_is_not_sound_is_named_at_its_place(
    change: dict[str, object], place: tuple[str | int, ...]
) -> None:
    expected = predicted(HERE, answers(a=1, b=1, c=2, d=2), step(1))
    node = Node(write_effect(expected) | change)
    parse_effect(node, HERE)
    assert place in {problem.place for problem in node.problems}


def test_an_effect_of_another_version_may_name_what_this_one_does_not_have() -> None:
    written = write_measure(measure(recommendation="P7-8-9"))
    written["expected"] |= {"version": "0", "asked": ["a", "b", "z"]}
    node = Node(written)
    parse_measure(node, HERE)
    assert node.problems == []


def test_the_lowest_option_that_reaches_the_stage_is_enough() -> None:
    assert [move.after for move in predicted(HERE, answers(a=0, b=3, c=0, d=0), recommendation("P1", 1)).moves] == [
        2
    ] * 3
