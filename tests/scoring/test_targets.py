"""On the way to the profile a municipality wants."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.assess.assess import assess
from scoring.follow.targets import TowardsTarget, towards
from scoring.model.answers import Sheet, Target
from scoring.model.questionnaire import Questionnaire
from tests.builders import Given, assessed, perspective, questionnaire
from tests.drawn import examples
from tests.scoring.strategies import OUR_OWN, RANDOM_ONES, targets

Filled = st.SearchStrategy[tuple[Questionnaire, Sheet]]

HERE = questionnaire(perspective("P1", "a", "b"), perspective("P2", "c", "d"), perspective("P3", "e"))


def on_the_way(answers: dict[str, Given], **stages: int) -> list[TowardsTarget]:
    return list(towards(assessed(HERE, answers), Target(2028, stages)))


def test_the_gap_is_what_is_missing_to_the_stage_wanted_and_the_share_what_is_done_of_it() -> None:
    (one,) = on_the_way({"a": 1, "b": 2}, P1=3)
    assert (one.value, one.wanted, one.gap, one.share) == (Fraction(3, 2), 3, Fraction(3, 2), Fraction(1, 2))
    assert one.reached is False


@pytest.mark.parametrize("wanted", [2, 4])
def test_at_the_stage_wanted_or_above_there_is_no_gap_and_never_more_than_all_of_it(wanted: int) -> None:
    (one,) = on_the_way({"c": 4, "d": 4}, P2=wanted)
    assert (one.gap, one.share, one.reached) == (Fraction(0), Fraction(1), True)


def test_without_a_value_nothing_is_said_of_the_way() -> None:
    (one,) = on_the_way({}, P1=0)
    assert (one.value, one.wanted, one.gap, one.share, one.reached) == (None, 0, None, None, None)


def test_to_stage_zero_there_is_no_way_and_so_no_share_of_it() -> None:
    (one,) = on_the_way({"e": 0}, P3=0)
    assert (one.gap, one.share, one.reached) == (Fraction(0), None, True)


def test_only_perspectives_with_a_target_are_named_in_the_order_of_the_questionnaire() -> None:
    assert [one.perspective for one in on_the_way({}, P3=1, P1=1)] == ["P1", "P3"]


def test_more_than_wanted_in_one_perspective_makes_up_for_nothing_in_another() -> None:
    low, high = on_the_way({"a": 1, "b": 1, "c": 4, "d": 4}, P1=2, P2=2)
    assert (low.gap, high.gap) == (Fraction(1), Fraction(0))


@pytest.mark.parametrize("filled", [RANDOM_ONES, OUR_OWN], ids=["random", "integrated-planning"])
@examples()
@given(data=st.data())
def test_a_target_is_reached_exactly_when_no_gap_is_left(filled: Filled, data: st.DataObject) -> None:
    here, sheet = data.draw(filled)
    for one in towards(assess(here, sheet), data.draw(targets(here))):
        assert one.reached == (None if one.gap is None else one.gap == 0)
        assert one.share is None or one.reached == (one.share == 1)
