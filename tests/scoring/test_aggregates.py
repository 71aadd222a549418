"""How a group makes one value of several."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model.aggregates import AGGREGATES, SUMS, Aggregate, combined, median
from tests.drawn import examples

POINTS = st.integers(-40, 40).map(lambda sixths: Fraction(sixths, 6))
WEIGHTS = st.integers(1, 30).map(lambda sixths: Fraction(sixths, 6))
ANY = st.sampled_from(AGGREGATES)
PARTS = st.lists(st.tuples(WEIGHTS, POINTS), min_size=1, max_size=6)
few = examples(150)


@pytest.mark.parametrize(
    ("aggregate", "expected"),
    [
        ("median", "3/2"),  # of 0, 1, 2, 4 the two in the middle are 1 and 2
        ("mean", "7/4"),  # 7 : 4
        ("weighted-mean", "2"),  # 18 : 9
        ("sum", "7"),
        ("weighted-sum", "18"),  # 3·4 + 1·0 + 1·2 + 4·1
        ("minimum", "0"),
        ("maximum", "4"),
    ],
)
def test_each_aggregate_makes_its_own_value_of_the_same_parts(aggregate: Aggregate, expected: str) -> None:
    parts = [(Fraction(weight), Fraction(points)) for weight, points in ((3, 4), (1, 0), (1, 2), (4, 1))]
    assert combined(aggregate, parts) == Fraction(expected)


def test_weights_count_where_the_aggregate_says_so_and_nowhere_else() -> None:
    parts = [(Fraction(3), Fraction(0)), (Fraction(1), Fraction(2))]
    assert combined("weighted-mean", parts) == Fraction(1, 2)
    assert combined("mean", parts) == 1
    assert combined("median", parts) == 1


@few
@given(st.lists(POINTS, min_size=1, max_size=9))
def test_as_many_values_lie_below_the_median_as_above(values: list[Fraction]) -> None:
    middle = median(values)
    assert sum(value < middle for value in values) <= len(values) // 2
    assert sum(value > middle for value in values) <= len(values) // 2
    assert min(values) <= middle <= max(values)


@few
@given(aggregate=ANY, parts=PARTS)
def test_only_sums_leave_the_range_of_their_values(
    aggregate: Aggregate, parts: Sequence[tuple[Fraction, Fraction]]
) -> None:
    values = [value for _, value in parts]
    inside = min(values) <= combined(aggregate, parts) <= max(values)
    assert inside or aggregate in SUMS


@few
@given(aggregate=ANY, parts=PARTS, rise=WEIGHTS, place=st.integers(0, 5))
def test_a_higher_value_never_lowers_the_whole(
    aggregate: Aggregate, parts: list[tuple[Fraction, Fraction]], rise: Fraction, place: int
) -> None:
    at = place % len(parts)
    weight, value = parts[at]
    raised = [*parts[:at], (weight, value + rise), *parts[at + 1 :]]
    assert combined(aggregate, parts) <= combined(aggregate, raised)


@few
@given(aggregate=ANY, parts=PARTS, data=st.data())
def test_the_order_of_the_parts_does_not_matter(
    aggregate: Aggregate, parts: list[tuple[Fraction, Fraction]], data: st.DataObject
) -> None:
    assert combined(aggregate, parts) == combined(aggregate, data.draw(st.permutations(parts)))
