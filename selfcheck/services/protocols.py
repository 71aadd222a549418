"""What is kept of a workshop: what the moderation writes down, who appears in the protocol, and what one municipality sees.

Whoever appears by itself in the room but does not agree to the protocol is neither shown nor counted in it: what it says
of all together is about those that it shows and the covered ones, whose numbers were released in the room. It thereby
tells nothing of anybody who did not agree, however many versions of it are laid side by side.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from scoring.model import names
from scoring.workshop.members import Member
from selfcheck.models import Participation, Workshop
from selfcheck.services import ledgers, looking, workshops
from selfcheck.services.looking import Look, State, Together

Everybody = Literal["agency", "all", "another"]
"""Who does something, where it is no municipality by itself: the moderation's agency, every municipality, one that is not
named here."""
EVERYBODY: tuple[Everybody, ...] = ("agency", "all", "another")
PARTS_OF_A_STAGE = 4
"""Values lie on quarters of a stage at the finest: the middle of two half steps."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done, by whom (the id of a municipality, or one of `EVERYBODY`) and by when (an ISO day, or empty)."""

    what: str
    who: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """What the moderation writes down for the protocol. Texts name municipalities by `{id}`, so that they can leave."""

    themes: tuple[str, ...] = ()
    steps: tuple[NextStep, ...] = ()
    support: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnowsItself:
    """A covered municipality knows its own value: without it, too few others would be left in the number."""

    threshold: int


def entries_of(workshop: Workshop) -> Entries:
    """What has been written down; a step of a municipality that has left is one of another municipality."""
    notes, here = workshop.notes or {}, {one.id for one in workshop.members}
    steps = (NextStep(one["what"], one["who"], one["by"]) for one in notes.get("next", ()))
    kept = (step if step.who in here or step.who in EVERYBODY else replace(step, who="another") for step in steps)
    return Entries(tuple(notes.get("themes", ())), tuple(kept), tuple(notes.get("support", ())))


def record(workshop: Workshop, entries: Entries) -> None:
    """Keep what was written down, in place of what was kept before."""
    steps = [{"what": one.what, "who": one.who, "by": one.by} for one in entries.steps]
    written = {"themes": list(entries.themes), "next": steps, "support": list(entries.support)}
    workshop.notes = (workshop.notes or {}) | written
    workshops.touch(workshop)


def look(workshop: Workshop, today: date) -> Look:
    """The workshop as the protocol shows it."""
    here = looking.look(workshop, {}, today)
    return replace(here, left_out=frozenset(one.id for one in here.members if one.visible and not one.protocol))


def appears(member: Member) -> bool:
    """Whether a municipality appears by itself in the protocol, by name or under its alias."""
    return member.visible and member.protocol


# --- names in texts ---------------------------------------------------------------------------------------------------


def marked(text: str, labels: Mapping[str, Sequence[str]]) -> str:
    """The text with the id of each municipality that may be named (`labels` by id) in place of what it is called."""
    ids = {label: id for id, called in labels.items() for label in called}
    return _replaced(text, ((one.start, one.stem, f"{{{ids[one.name]}}}") for one in names.called(text, ids)))


def named_in(text: str, hidden: Sequence[str], allowed: Sequence[str] = ()) -> tuple[str, ...]:
    """Which of these names stand in a text, however they are written, apart from those inside names that are allowed."""
    may = names.called(text, allowed)
    found = (one for one in names.mentions(text, hidden) if not any(one.within(other) for other in may))
    return tuple(dict.fromkeys(one.name for one in found))


def forget(workshop: Workshop, member: Participation) -> None:
    """Take the name of a municipality that leaves out of what was written down, where it does not stand as an id already."""
    kept = entries_of(workshop)
    steps = tuple(replace(step, what=_without(step.what, member)) for step in kept.steps)
    themes, support = (tuple(_without(one, member) for one in listed) for listed in (kept.themes, kept.support))
    if (masked := Entries(themes, steps, support)) != kept:
        record(workshop, masked)
    for round in workshop.rounds:
        round.dissent = _without(round.dissent, member) if round.dissent else round.dissent


def _without(text: str, member: Participation) -> str:
    return _replaced(text, ((one.start, one.end, f"{{{member.id}}}") for one in names.mentions(text, [member.name])))


def spoken(text: str, labels: Mapping[str, str], hidden: Sequence[str], instead: str) -> str:
    """The text with what each municipality is called now (`labels` by id); whoever may not be named is `instead`."""
    without = _replaced(text, ((one.start, one.end, instead) for one in names.mentions(text, hidden)))
    return re.sub(r"\{([0-9a-f]{32})\}", lambda found: labels.get(found[1], instead), without)


def _replaced(text: str, by: Iterable[tuple[int, int, str]]) -> str:
    """The text with something else from one place to another, for places in order."""
    parts, at = list[str](), 0
    for start, end, instead in by:
        parts += [text[at:start], instead]
        at = end
    return "".join([*parts, text[at:]])


# --- what one municipality sees ---------------------------------------------------------------------------------------


def beside(look: Look, member: Member, quantity: str) -> State | KnowsItself:
    """What one municipality is shown of all together, on papers for its own eyes.

    A covered one takes its own values out in its head, those it shared before as well: what remains must still be about
    enough others whom nobody knows.
    """
    state = look.together(quantity)
    if member.visible or not isinstance(state, Together):
        return state
    ledger = look.ledger
    for mark in _own_marks(look, member, quantity):
        if not ledger.may_appear({quantity: mark}, look.room.threshold):
            return KnowsItself(look.room.threshold)
        ledger = ledger.with_known({quantity: mark})
    return state


def _own_marks(look: Look, member: Member, quantity: str) -> Iterator[str]:
    """The marks in the ledger behind which a municipality recognises itself, with whichever value it ever had."""
    counted = frozenset[str]().union(*look.ledger.shown.get(quantity, ()))
    top = int(look.questionnaire.scales[0].highest)
    tried = [Fraction(part, PARTS_OF_A_STAGE) for part in range(PARTS_OF_A_STAGE * top + 1)]
    own = look.own(member, quantity)
    for value in dict.fromkeys((*tried, *([own] if own is not None else []))):
        if (mark := ledgers.mark_of(look.room, member.id, quantity, value)) in counted:
            yield mark
