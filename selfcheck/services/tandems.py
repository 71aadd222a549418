"""Learning tandems of a workshop: what the moderation fixes, the proposal that was made, and who it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from scoring.workshop.members import Member
from scoring.workshop.tandems import Benefit, Matching, NoMatching, Pin, Task, task
from selfcheck.models import Workshop
from selfcheck.planning.tandems import solve
from selfcheck.services import copies, looking, workshops

PROPOSED = "tandems"
"""Where the notes of a workshop hold the proposal."""
FIXED = "tandems_fixed"
"""Where they hold what was fixed when it was made."""


@dataclass(frozen=True, slots=True)
class Tandem:
    """Two or three municipalities that were proposed to each other, and what each can give to whom."""

    members: tuple[Member, ...]
    why: tuple[Benefit, ...]

    @property
    def is_open(self) -> bool:
        """Whether it may be told to all: partners know each other's names and would find an alias by its tandem."""
        return all(one.shown == "named" for one in self.members)


def task_of(workshop: Workshop, today: date) -> Task:
    """Whom to match, with what the moderation has fixed so far."""
    here = looking.look(workshop, {}, today)
    return task(here.questionnaire, here.members, here.comparable, pins_of(workshop))


def pins_of(workshop: Workshop) -> tuple[Pin, ...]:
    """What the moderation has fixed about municipalities that are still here."""
    present = {one.id for one in workshop.members}
    read = (Pin(frozenset(one["members"]), one["together"]) for one in workshop.pins)
    return tuple(pin for pin in read if pin.members <= present)


def fix(workshop: Workshop, one: str, other: str, *, together: bool) -> None:
    """Put two municipalities together or keep them apart, in place of what was fixed about them before."""
    free(workshop, one, other)
    workshop.pins = [*workshop.pins, {"members": sorted((one, other)), "together": together}]


def free(workshop: Workshop, one: str, other: str) -> None:
    """Fix nothing about two municipalities any more."""
    workshop.pins = [pin for pin in workshop.pins if pin["members"] != sorted((one, other))]


def propose(workshop: Workshop, today: date) -> Matching | NoMatching:
    """The best tandems; kept as the proposal when there are any."""
    found = solve(task_of(workshop, today))
    if isinstance(found, Matching):
        chosen = [
            {"members": list(one.members), "why": [_written(help) for help in one.benefits]} for one in found.chosen
        ]
        workshop.notes = workshop.notes | {PROPOSED: chosen, FIXED: workshop.pins}
        workshops.touch(workshop)
    return found


def proposed(workshop: Workshop) -> tuple[Tandem, ...]:
    """The proposal, as far as its municipalities are still here and still agree to tandems."""
    members = {one.id: copies.member_of(one) for one in workshop.members if one.tandems}
    return tuple(
        Tandem(found, _helps(one, found))
        for one in workshop.notes.get(PROPOSED, [])
        if len(found := tuple(members[id] for id in one["members"] if id in members)) > 1
    )


def outdated(workshop: Workshop) -> bool:
    """Whether something else is fixed now than when the proposal was made."""
    return PROPOSED in workshop.notes and workshop.notes.get(FIXED, []) != workshop.pins


def not_kept(workshop: Workshop) -> tuple[tuple[Member, Member, bool], ...]:
    """What is fixed and the proposal does not keep, as `fixed_pairs` tells it."""
    met = {frozenset((a.id, b.id)) for one in proposed(workshop) for a, b in combinations(one.members, 2)}
    return tuple(
        (first, second, together)
        for first, second, together in fixed_pairs(workshop)
        if (frozenset((first.id, second.id)) in met) != together
    )


def of_member(workshop: Workshop, member: str) -> tuple[Tandem, ...]:
    """The tandems that one municipality was proposed for."""
    return tuple(one for one in proposed(workshop) if member in {other.id for other in one.members})


def fixed_pairs(workshop: Workshop) -> tuple[tuple[Member, Member, bool], ...]:
    """What is fixed, with the municipalities in the order of their names."""
    members = {one.id: copies.member_of(one) for one in workshop.members}
    found = []
    for pin in pins_of(workshop):
        first, second = sorted((members[id] for id in pin.members), key=lambda one: one.name.casefold())
        found.append((first, second, pin.together))
    return tuple(found)


def _written(help: Benefit) -> dict[str, str]:
    return {"giver": help.giver, "taker": help.taker, "perspective": help.perspective}


def _helps(one: Mapping[str, Any], members: tuple[Member, ...]) -> tuple[Benefit, ...]:
    pairs = {frozenset((a.id, b.id)) for a, b in combinations(members, 2)}
    helps = (Benefit(**help) for help in one["why"])
    return tuple(help for help in helps if frozenset((help.giver, help.taker)) in pairs)
