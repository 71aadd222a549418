"""Choose learning tandems: an integer programme, one objective after the other, each kept by those that follow.

The same task always gives the same tandems. Nothing of the solver is loaded before `solve`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from scoring.workshop.tandems import (
    MOST_COUNTED,
    Help,
    Matching,
    NoMatching,
    Pairing,
    Pin,
    PinsTogether,
    Task,
    counted_helps,
    matching_of,
)
from selfcheck.planning.formulation import Constraint, Cost

SECONDS = 20.0
"""For each objective. A workshop's tandems are found in a few seconds at most; this is only a guard."""


@dataclass(frozen=True)
class Formulation:
    """A variable for each pairing (1: it is chosen), each municipality (1: it gets something), each help (1: it counts)."""

    task: Task

    @property
    def pairings(self) -> tuple[Pairing, ...]:
        """In the order of their variables."""
        return self.task.possible

    @cached_property
    def members(self) -> tuple[str, ...]:
        """In the order of their variables."""
        return tuple(self.task.places)

    @cached_property
    def helps(self) -> tuple[Help, ...]:
        """In the order of their variables."""
        return tuple(dict.fromkeys(help for one in self.pairings for help in one.helps))

    @property
    def size(self) -> int:
        """How many variables there are."""
        return self._before_helps + len(self.helps)

    @property
    def _before_helps(self) -> int:
        return len(self.pairings) + len(self.members)

    def rows(self) -> Iterator[Constraint]:
        """Places, no two meet twice, pins, and nobody gets something without a pairing that gives it."""
        yield from self._member_rows()
        yield from self._meeting_rows()
        yield from self._help_rows()

    def _member_rows(self) -> Iterator[Constraint]:
        for number, member in enumerate(self.members):
            if inside := {at: 1 for at, one in self._numbered if member in one.members}:
                yield Constraint(inside, upper=self.task.places[member])
            giving = {at: -1 for at, one in self._numbered if member in one.takers}
            yield Constraint({**giving, len(self.pairings) + number: 1}, upper=0)

    def _meeting_rows(self) -> Iterator[Constraint]:
        for pair in map(frozenset, combinations(self.members, 2)):
            meeting = {at: 1 for at, one in self._numbered if pair <= frozenset(one.members)}
            if pair in self.together:
                yield Constraint(meeting, lower=1, upper=1)
            elif meeting:
                yield Constraint(meeting, upper=1)

    def _help_rows(self) -> Iterator[Constraint]:
        """A help counts where a pairing gives it, up to a limit for each taker; the last row only keeps the search short."""
        for number, help in enumerate(self.helps, self._before_helps):
            yield Constraint({**{at: -1 for at, one in self._numbered if help in one.helps}, number: 1}, upper=0)
        for member in self.members:
            if own := {n: 1 for n, (taker, _) in enumerate(self.helps, self._before_helps) if taker == member}:
                given = {at: -counted_helps(h for h in one.helps if h[0] == member) for at, one in self._numbered}
                yield Constraint(own, upper=MOST_COUNTED)
                yield Constraint({**{at: by for at, by in given.items() if by}, **own}, upper=0)

    @cached_property
    def together(self) -> frozenset[frozenset[str]]:
        """Who is pinned together."""
        return frozenset(pin.members for pin in self.task.pins if pin.together)

    @property
    def _numbered(self) -> Iterator[tuple[int, Pairing]]:
        return enumerate(self.pairings)

    @cached_property
    def costs(self) -> tuple[Cost, ...]:
        """What is made small, the most important first: the parts of the score with the sign turned round."""
        numbered = tuple(self._numbered)
        return (
            Cost(0, {len(self.pairings) + number: -1 for number in range(len(self.members))}),
            Cost(0, {self._before_helps + number: -1 for number in range(len(self.helps))}),
            Cost(0, {at: -one.alike for at, one in numbered}),
            Cost(0, {at: 1 for at, one in numbered if len(one.members) == 3}),
        )


def solve(task: Task) -> Matching | NoMatching:
    """The best tandems that keep every place and pin, or why there are none."""
    if task.contradictions:
        return NoMatching(task.contradictions)
    chosen = _best(task)
    if chosen is None:
        return NoMatching((PinsTogether(_needed(task)),))
    assert task.allows(chosen), "the tandems found break a rule"
    return matching_of(task, chosen)


def _best(task: Task, objectives: int | None = None) -> tuple[Pairing, ...] | None:
    """The pairings of a best choice by so many objectives; nothing when the pins cannot be kept together."""
    formulation = Formulation(task)
    if any(row.lower and not row.of for row in formulation.rows()):
        return None
    if not formulation.pairings:
        return ()
    from selfcheck.planning.highs import Programme  # noqa: PLC0415 – the solver is loaded when something is solved

    programme, values = Programme(formulation), [0] * formulation.size
    for cost in formulation.costs[:objectives]:
        outcome = programme.minimise(cost, SECONDS, values if any(values) else None, None)
        if outcome.values is None:
            assert outcome.proven, "no tandems were found in time"
            return None
        values = outcome.values
        programme.add(Constraint(cost.of, upper=sum(values[at] * by for at, by in cost.of.items())))
    return tuple(one for at, one in enumerate(formulation.pairings) if values[at])


def _needed(task: Task) -> tuple[Pin, ...]:
    """Pins that cannot be kept together, none of them without need."""
    kept = task.pins
    for pin in task.pins:
        fewer = tuple(one for one in kept if one != pin)
        if _best(replace(task, pins=fewer), objectives=1) is None:
            kept = fewer
    return kept
