"""The ways in which a group makes one value of its members' values."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, assert_never, get_args

Aggregate = Literal["median", "mean", "weighted-mean", "sum", "weighted-sum", "minimum", "maximum"]
AGGREGATES: tuple[Aggregate, ...] = get_args(Aggregate)
SUMS: tuple[Aggregate, ...] = ("sum", "weighted-sum")

WEIGHTED: tuple[Aggregate, ...] = ("weighted-mean", "weighted-sum")

Weighted = tuple[Fraction, Fraction]
"""A weight and a value."""


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value; of an even number of values the mean of the two in the middle."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def combined(aggregate: Aggregate, parts: Sequence[Weighted]) -> Fraction:
    """The value of at least one weighted part; weights count only where the aggregate says so."""
    values = [value for _, value in parts]
    match aggregate:
        case "median":
            return median(values)
        case "mean":
            return sum(values, Fraction(0)) / len(values)
        case "weighted-mean":
            return _weighted_sum(parts) / sum((weight for weight, _ in parts), Fraction(0))
        case "sum":
            return sum(values, Fraction(0))
        case "weighted-sum":
            return _weighted_sum(parts)
        case "minimum":
            return min(values)
        case "maximum":
            return max(values)
        case _:
            assert_never(aggregate)


def _weighted_sum(parts: Sequence[Weighted]) -> Fraction:
    return sum((weight * value for weight, value in parts), Fraction(0))
