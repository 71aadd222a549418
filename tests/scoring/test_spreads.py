"""What an evaluation of individual ratings shows, and what it never lets anyone find out."""

from collections import Counter
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model.spreads import (
    SMALLEST_GROUP,
    Rating,
    Ratings,
    Spread,
    TooFewRatings,
    evaluate,
    lower_median,
    most_discussed,
    shown_roles,
)

PLACES = [Fraction(half, 2) for half in range(9)]


def people(*places: float, role: str = "planning", item: str = "P1.1") -> list[Ratings]:
    return [Ratings(role, {item: Rating(Fraction(place))}) for place in places]


def spread(*places: float) -> Spread:
    return Spread(dict(Counter(Fraction(place) for place in places)))


def test_four_people_are_not_evaluated_at_all() -> None:
    with pytest.raises(TooFewRatings) as refused:
        evaluate(people(0, 1, 2, 3))
    assert refused.value.people == 4


def test_somebody_who_left_everything_open_does_not_make_up_the_number() -> None:
    with pytest.raises(TooFewRatings):
        evaluate([*people(0, 1, 2, 3), Ratings("planning", {"P1.1": Rating(remark="nur ein Satz")})])


def test_five_people_make_a_spread() -> None:
    assert evaluate(people(0, 1, 1, 2.5, 3))["P1.1"].counts == {0: 1, 1: 2, Fraction(5, 2): 1, 3: 1}


def test_an_item_that_only_four_of_nine_rated_has_no_spread_and_shows_no_remark() -> None:
    few = [Ratings("", {"P1.2": Rating(Fraction(1), remark="vier")}) for _ in range(4)]
    unable = Ratings("", {"P1.2": Rating(cannot_judge=True, remark="keine Stufe")})
    assert set(evaluate([*people(0, 1, 1, 2, 3), *few, unable])) == {"P1.1"}


def test_cannot_judge_and_unclear_are_counted_and_are_no_rating() -> None:
    unable = Ratings("", {"P1.1": Rating(cannot_judge=True, unclear=True)})
    found = evaluate([*people(2, 2, 2, 2, 2), unable])["P1.1"]
    assert (found.ratings, found.cannot_judge, found.unclear) == (5, 1, 1)


def test_remarks_stand_in_alphabetical_order_so_that_nobody_is_known_by_their_place() -> None:
    texts = ["z", "a", "m", "b", "y"]
    found = evaluate([Ratings("", {"P1.1": Rating(Fraction(1), remark=text)}) for text in texts])
    assert found["P1.1"].remarks == tuple(sorted(texts))


def test_a_role_of_four_is_not_broken_down() -> None:
    found = evaluate([*people(0, 1, 2, 3), *people(1, 1, 1, 1, 1, role="council")])
    assert found["P1.1"].roles == {}, "with five of nine broken down, the other four could be found by subtraction"


def test_two_roles_of_five_are_broken_down() -> None:
    found = evaluate([*people(0, 1, 2, 3, 4), *people(1, 1, 1, 1, 1, role="council")])
    assert {role: sum(counts.values()) for role, counts in found["P1.1"].roles.items()} == {"council": 5, "planning": 5}


def test_people_without_a_role_can_not_be_found_by_subtraction() -> None:
    groups = {"planning": {Fraction(1): 6}, "council": {Fraction(2): 5}, "": {Fraction(4): 1}}
    assert shown_roles(groups) == {"planning": {1: 6}}, "five and one stay together"


@given(st.dictionaries(st.sampled_from(["", "a", "b", "c", "d"]), st.lists(st.sampled_from(PLACES), max_size=9)))
def test_no_sum_of_what_is_shown_leaves_fewer_than_five_people(groups: dict[str, list[Fraction]]) -> None:
    by_role = {role: Counter(places) for role, places in groups.items() if places}
    total = sum(len(places) for places in groups.values())
    shown = {role: sum(counts.values()) for role, counts in shown_roles(by_role).items()}
    assert all(size >= SMALLEST_GROUP for size in shown.values())
    for count in range(len(shown) + 1):
        for some in combinations(shown.values(), count):
            assert total - sum(some) == 0 or total - sum(some) >= min(SMALLEST_GROUP, total)


@given(st.lists(st.sampled_from(PLACES), min_size=5, max_size=30))
def test_the_median_is_a_real_stage_that_at_least_half_have_reached(places: list[Fraction]) -> None:
    found = evaluate(people(*(float(place) for place in places)))["P1.1"]
    assert found.median in range(5)
    assert 2 * sum(place >= found.median for place in places) >= len(places)


@pytest.mark.parametrize(
    ("places", "median"),
    [((0, 1, 2, 3, 4), 2), ((1, 1, 2, 3, 3, 3), 2), ((1, 1.5, 1.5, 2, 3), 1), ((2, 2.5, 2.5, 3), 2)],
)
def test_of_two_in_the_middle_the_lower_counts_and_a_half_step_only_as_the_stage_reached(
    places: tuple[float, ...], median: int
) -> None:
    assert spread(*places).median == median


def test_the_lower_median_of_nothing_does_not_exist() -> None:
    with pytest.raises(ValueError, match="no ratings"):
        lower_median({})


@pytest.mark.parametrize(
    ("places", "talk"), [((1, 1, 2, 2, 2.5), False), ((1, 1, 2, 2, 3), True), ((0, 0, 0, 0, 2), True)]
)
def test_ratings_two_stages_apart_need_a_talk(places: tuple[float, ...], talk: bool) -> None:
    assert spread(*places).needs_talk is talk


def test_two_camps_come_before_a_lone_voice_and_what_needs_a_talk_before_all_else() -> None:
    spreads = {"narrow": spread(1, 1, 1, 1, 2), "camps": spread(0, 0, 2, 2, 2, 2), "wide": spread(0, 1, 2, 3, 4, 4)}
    spreads |= {"lone": spread(1, 1, 1, 1, 1, 4), "halves": spread(1, 1, 1, 2.5, 2.5, 2.5)}
    assert most_discussed(spreads) == ["wide", "camps", "lone", "halves", "narrow"]
