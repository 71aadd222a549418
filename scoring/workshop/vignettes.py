"""How strictly municipalities rate, seen at a vignette that all have read. It is shown, and corrects nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.model.spreads import lower_median

FEWEST_VOTES = 2
"""So many people of a municipality must have voted before its middle is shown: one vote would be one person's."""


@dataclass(frozen=True, slots=True)
class Strictness:
    """The middle of one municipality's votes beside that of all; below it, the municipality rates more strictly."""

    member: str
    votes: int
    median: Fraction
    apart: Fraction


def strictness(votes: Mapping[str, Sequence[Fraction]]) -> tuple[Strictness, ...]:
    """By member with enough votes, in the order given; `votes` holds every member's, shown or not."""
    everybody = [vote for given in votes.values() for vote in given]
    if not everybody:
        return ()
    middle = _median(everybody)
    return tuple(
        Strictness(member, len(given), _median(given), _median(given) - middle)
        for member, given in votes.items()
        if len(given) >= FEWEST_VOTES
    )


def _median(given: Sequence[Fraction]) -> Fraction:
    return lower_median({place: list(given).count(place) for place in given})
