"""A timed proposal for the meeting in which a municipality agrees on its answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

SlotKind = Literal["welcome", "stages", "spread", "discussion", "break", "agreement", "target", "focus", "closing"]
"""Purpose and rules of the talk; reading the stages; an overview of the spread; the talk about one item; a break; quick
agreement on the other items; the target; at most three focus perspectives and their next steps; what is written down."""

HALF_DAY = 240
SHORTEST = 120
"""A shorter meeting leaves no time to talk."""

FULL: dict[SlotKind, int] = {
    "welcome": 15,
    "stages": 15,
    "spread": 20,
    "break": 15,
    "agreement": 15,
    "target": 30,
    "focus": 30,
    "closing": 10,
}
"""Minutes in a half-day meeting."""

LEAST: dict[SlotKind, int] = {
    "welcome": 10,
    "stages": 10,
    "spread": 10,
    "break": 5,
    "agreement": 10,
    "target": 15,
    "focus": 15,
    "closing": 5,
}
"""Minutes in the shortest meeting."""

TALK = 10
"""Minutes to talk about one item."""
LONG_TALK = 15
"""Minutes for each item when there are few."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of the meeting from one minute of the day to another, and the items it is about."""

    begin: int
    end: int
    kind: SlotKind
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agenda:
    """The slots without gaps, and the items there is no time to discuss: they come under the quick agreement."""

    slots: tuple[Slot, ...]
    not_discussed: tuple[str, ...]


def agenda(discussed: Sequence[str], start_minutes: int, minutes: int = HALF_DAY) -> Agenda:
    """A meeting that begins at a minute of the day and ends exactly after so many minutes.

    The items to discuss are given most discussed first. Each gets ten minutes, as many as fit; few items get fifteen.
    Time left over goes to the agreement on the other items. The break is as close to the middle as it can be without
    interrupting anything. A meeting shorter than half a day has shorter parts; a longer one discusses more.
    Raises ValueError below two hours.
    """
    if minutes < SHORTEST:
        raise ValueError(f"a meeting takes at least {SHORTEST} minutes")
    parts = {kind: _minutes(kind, minutes) for kind in FULL}
    left = minutes - sum(parts.values())
    fitting = tuple(discussed[: left // TALK])
    talk = LONG_TALK if len(fitting) * LONG_TALK <= left else TALK
    parts["agreement"] += left - talk * len(fitting)
    lasting: list[tuple[SlotKind, int, tuple[str, ...]]] = [
        *((kind, parts[kind], ()) for kind in ("welcome", "stages", "spread")),
        *(("discussion", talk, (item,)) for item in fitting),
        *((kind, parts[kind], ()) for kind in ("agreement", "target", "focus", "closing")),
    ]
    ends = list(accumulate(length for _, length, _ in lasting))
    before_break = min(range(len(ends)), key=lambda number: abs(2 * ends[number] + parts["break"] - minutes))
    lasting.insert(before_break + 1, ("break", parts["break"], ()))
    begins = accumulate((length for _, length, _ in lasting), initial=start_minutes)
    slots = (Slot(b, b + length, kind, items) for b, (kind, length, items) in zip(begins, lasting, strict=False))
    return Agenda(tuple(slots), tuple(discussed[len(fitting) :]))


def _minutes(kind: SlotKind, minutes: int) -> int:
    """Between the least and the full time, in steps of five minutes."""
    more = (FULL[kind] - LEAST[kind]) * (min(minutes, HALF_DAY) - SHORTEST) // (HALF_DAY - SHORTEST)
    return LEAST[kind] + more // 5 * 5
