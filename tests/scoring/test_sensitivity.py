"""How much hangs on single answers."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.assess.assess import assess, value_of
from scoring.assess.result import Result
from scoring.follow.sensitivity import Change, Lift, OneStage, one_stage, smallest_lift
from scoring.model.answers import Answer, Sheet
from scoring.model.questionnaire import Perspective, Questionnaire
from tests.builders import assessed, perspective, questionnaire
from tests.drawn import examples
from tests.scoring.strategies import OUR_OWN, RANDOM_ONES

Filled = st.SearchStrategy[tuple[Questionnaire, Sheet]]

everywhere = pytest.mark.parametrize("filled", [RANDOM_ONES, OUR_OWN], ids=["random", "integrated-planning"])
some = examples()

HERE = questionnaire(perspective("P1", "a", "b", "c", "d", "e"))
P1 = HERE.perspective("P1")


def result(**answers: int) -> Result:
    return assessed(HERE, answers)


def lifted(wanted: int, **answers: int) -> tuple[tuple[str, int, int], ...] | None:
    found = smallest_lift(P1, result(**answers), Fraction(wanted))
    return None if found is None else tuple((one.item, int(one.before), int(one.after)) for one in found.changes)


def test_a_median_turns_on_the_item_in_the_middle() -> None:
    by_item = {one.item: one for one in one_stage(P1, result(a=0, b=1, c=2, d=3, e=4))}
    assert by_item["c"] == OneStage("c", Fraction(1), Fraction(3))
    assert by_item["a"] == OneStage("a", None, Fraction(2))
    assert by_item["e"] == OneStage("e", Fraction(2), None)


def test_the_fewest_items_are_lifted_and_no_further_than_needed() -> None:
    assert lifted(2, a=1, b=1, c=1, d=3, e=4) == (("a", 1, 2),)
    assert lifted(3, a=0, b=1, c=2, d=2, e=2) == (("c", 2, 3), ("d", 2, 3), ("e", 2, 3))


def test_where_the_value_is_reached_nothing_has_to_change() -> None:
    assert lifted(2, a=2, b=2, c=2, d=0, e=0) == ()


def test_what_is_open_stays_open_and_without_a_value_nothing_is_said() -> None:
    assert lifted(3, a=2, b=2, c=2) == (("a", 2, 3), ("b", 2, 3))
    assert lifted(1, a=0) is None
    assert one_stage(P1, result(a=0)) == ()


def test_more_than_the_highest_stage_is_out_of_reach() -> None:
    assert lifted(5, a=4, b=4, c=4, d=4, e=4) is None


@everywhere
@some
@given(st.data())
def test_one_stage_is_what_a_new_assessment_says(filled: Filled, data: st.DataObject) -> None:
    here, answers = data.draw(filled)
    found = assess(here, answers)
    for of in here.perspectives:
        for one in one_stage(of, found):
            item = here.items[one.item]
            keys = {option.points: option.key for option in item.scale.options}
            now = found.facts.stages[one.item]
            assert isinstance(now, Fraction)
            for said, points in ((one.lower, _next(keys, now, -1)), (one.higher, _next(keys, now, 1))):
                if points is None:
                    assert said is None
                else:
                    changed = {**answers.answers, one.item: Answer(keys[points])}
                    again = assess(here, _with(answers, changed))
                    assert again[of.id].value == said


def _next(keys: dict[Fraction, int | str], now: Fraction, by: int) -> Fraction | None:
    stages = sorted(keys)
    place = stages.index(now) + by
    return stages[place] if 0 <= place < len(stages) else None


def _with(answers: Sheet, changed: dict[str, Answer]) -> Sheet:
    return replace(answers, answers=changed, spreads={})


@everywhere
@some
@given(st.data(), st.integers(1, 4))
def test_no_way_with_fewer_items_or_points_reaches_it(filled: Filled, data: st.DataObject, wanted: int) -> None:
    here, answers = data.draw(filled)
    found = assess(here, answers)
    of = data.draw(st.sampled_from(here.perspectives))
    known = {i.id: p for i in of.items if isinstance(p := found.facts.stages[i.id], Fraction)}
    assume(len(known) <= 5)
    lift = smallest_lift(of, found, Fraction(wanted))
    costs = list(_costs(of, found, known, Fraction(wanted)))
    if found[of.id].value is None or not costs:
        assert lift is None
    else:
        assert lift is not None
        assert (len(lift.changes), sum(one.after - one.before for one in lift.changes)) == min(costs)


def _costs(
    of: Perspective, found: Result, known: dict[str, Fraction], wanted: Fraction
) -> Iterator[tuple[int, Fraction]]:
    """How many items and points every way that reaches it takes."""
    if found[of.id].value is None:
        return
    items = [item for item in of.items if item.id in known]
    options = [[o.points for o in item.scale.options if o.points >= known[item.id]] for item in items]
    for points in product(*options):
        after = dict(zip((item.id for item in items), points, strict=True))
        value = value_of(of.root, after)
        if value is not None and value >= wanted:
            raised = [after[id] - known[id] for id in after if after[id] > known[id]]
            yield len(raised), sum(raised, Fraction(0))


def test_a_lift_says_what_it_is_about() -> None:
    assert smallest_lift(P1, result(a=1, b=1, c=1, d=1, e=1), Fraction(2)) == Lift(
        "P1", Fraction(2), tuple(Change(id, Fraction(1), Fraction(2)) for id in "abc")
    )
