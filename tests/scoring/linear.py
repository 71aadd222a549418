"""What somebody can compute who adds and subtracts numbers: exact elimination."""

from collections.abc import Iterable, Sequence
from fractions import Fraction


def reduced(rows: Iterable[list[Fraction]]) -> list[list[Fraction]]:
    """The rows in echelon form."""
    made: list[list[Fraction]] = []
    for row in rows:
        left = remainder(made, row)
        if any(left):
            first = next(value for value in left if value)
            made.append([value / first for value in left])
    return made


def remainder(rows: Sequence[list[Fraction]], row: list[Fraction]) -> list[Fraction]:
    for other in rows:
        at = next(n for n, value in enumerate(other) if value)
        if row[at]:
            row = [a - row[at] * b for a, b in zip(row, other, strict=True)]
    return row


def follows(rows: Sequence[list[Fraction]], wanted: list[Fraction]) -> bool:
    """Whether the wanted sum is a sum of multiples of rows."""
    return not any(remainder(rows, wanted))
