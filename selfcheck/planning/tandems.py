"""Choose learning tandems: an integer programme, one objective after the other, each kept by those that follow.

The same task always gives the same tandems. Nothing of the solver is loaded before `solve`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from scoring.workshop.tandems import Matching, NoMatching, Pairing, Pin, Task, Together, matching_of
from selfcheck.planning.formulation import Cost, Row

SECONDS = 20.0
"""A workshop's tandems are found in well under a second; this is only a guard."""


@dataclass(frozen=True)
class Formulation:
    """A variable for each pairing (1: it is chosen), then one for each municipality (1: it gets something)."""

    task: Task

    @property
    def pairings(self) -> tuple[Pairing, ...]:
        """In the order of their variables."""
        return self.task.possible

    @cached_property
    def members(self) -> tuple[str, ...]:
        """In the order of their variables."""
        return tuple(self.task.places)

    @property
    def size(self) -> int:
        """How many variables there are."""
        return len(self.pairings) + len(self.members)

    def rows(self) -> Iterator[Row]:
        """Places, no two meet twice, pins, and nobody gets something without a pairing that gives it."""
        for number, member in enumerate(self.members):
            if inside := {at: 1 for at, one in self._numbered if member in one.members}:
                yield Row(inside, upper=self.task.places[member])
            giving = {at: -1 for at, one in self._numbered if member in one.takers}
            yield Row({**giving, len(self.pairings) + number: 1}, upper=0)
        for pair in map(frozenset, combinations(self.members, 2)):
            meeting = {at: 1 for at, one in self._numbered if pair <= frozenset(one.members)}
            if pair in self.together:
                yield Row(meeting, lower=1, upper=1)
            elif meeting:
                yield Row(meeting, upper=1)

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
            Cost(0, {at: -one.counted for at, one in numbered}),
            Cost(0, {at: -one.alike for at, one in numbered}),
            Cost(0, {at: 1 for at, one in numbered if len(one.members) == 3}),
        )


def solve(task: Task) -> Matching | NoMatching:
    """The best tandems that keep every place and pin, or why there are none."""
    if task.contradictions:
        return NoMatching(task.contradictions)
    chosen = _best(task)
    if chosen is None:
        return NoMatching((Together(_needed(task)),))
    assert task.allows(chosen), "the tandems found break a rule"
    return matching_of(task, chosen)


def _best(task: Task) -> tuple[Pairing, ...] | None:
    """The pairings of a best choice; nothing when the pins cannot be kept together."""
    formulation = Formulation(task)
    if any(row.lower and not row.of for row in formulation.rows()):
        return None
    from selfcheck.planning.highs import Programme  # noqa: PLC0415 – the solver is loaded when something is solved

    programme, values = Programme(formulation), [0] * formulation.size
    for cost in formulation.costs:
        outcome = programme.minimise(cost, SECONDS, None, None)
        if outcome.values is None:
            return None
        values = outcome.values
        programme.add(Row(cost.of, upper=sum(values[at] * by for at, by in cost.of.items())))
    return tuple(one for at, one in enumerate(formulation.pairings) if values[at])


def _needed(task: Task) -> tuple[Pin, ...]:
    """Pins that cannot be kept together, none of them without need."""
    kept: Sequence[Pin] = [pin for pin in task.pins if pin.together]
    for pin in tuple(kept):
        fewer = [one for one in kept if one != pin]
        apart = [one for one in task.pins if not one.together]
        if _best(replace(task, pins=(*fewer, *apart))) is None:
            kept = fewer
    return tuple(kept)
