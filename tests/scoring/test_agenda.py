"""The timed proposal for the meeting that agrees on the answers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.follow.agenda import SHORTEST, Agenda, Slot, agenda
from tests.drawn import examples

NINE = 9 * 60
TWELVE = tuple(f"i{number}" for number in range(1, 13))


def written(proposal: Agenda) -> list[tuple[str, str, str]]:
    """The slots by the clock."""
    return [(f"{one.begin // 60}:{one.begin % 60:02}", one.kind, " ".join(one.items)) for one in proposal.slots]


def test_half_a_day_has_time_for_nine_items_and_the_others_come_under_the_quick_agreement() -> None:
    proposal = agenda(TWELVE, NINE)
    assert written(proposal) == [
        ("9:00", "welcome", ""),
        ("9:15", "stages", ""),
        ("9:30", "spread", ""),
        ("9:50", "discussion", "i1"),
        ("10:00", "discussion", "i2"),
        ("10:10", "discussion", "i3"),
        ("10:20", "discussion", "i4"),
        ("10:30", "discussion", "i5"),
        ("10:40", "discussion", "i6"),
        ("10:50", "break", ""),
        ("11:05", "discussion", "i7"),
        ("11:15", "discussion", "i8"),
        ("11:25", "discussion", "i9"),
        ("11:35", "agreement", ""),
        ("11:50", "target", ""),
        ("12:20", "focus", ""),
        ("12:50", "closing", ""),
    ]
    assert proposal.slots[-1].end == 13 * 60
    assert proposal.not_discussed == ("i10", "i11", "i12")


def test_few_items_are_discussed_longer_and_the_rest_of_the_time_goes_to_the_agreement() -> None:
    proposal = agenda(TWELVE[:4], NINE)
    lengths = {one.kind: one.end - one.begin for one in proposal.slots}
    assert (lengths["discussion"], lengths["agreement"], proposal.not_discussed) == (15, 45, ())


def test_with_nothing_to_discuss_the_agreement_takes_the_time() -> None:
    assert [kind for _, kind, _ in written(agenda((), NINE))] == [
        "welcome",
        "stages",
        "spread",
        "agreement",
        "break",
        "target",
        "focus",
        "closing",
    ]


def test_two_hours_keep_every_part_but_shorter() -> None:
    proposal = agenda(TWELVE, NINE, SHORTEST)
    assert [(one.kind, one.end - one.begin) for one in proposal.slots] == [
        ("welcome", 10),
        ("stages", 10),
        ("spread", 10),
        *[("discussion", 10)] * 3,
        ("break", 5),
        ("discussion", 10),
        ("agreement", 10),
        ("target", 15),
        ("focus", 15),
        ("closing", 5),
    ]
    assert proposal.not_discussed == TWELVE[4:]


def test_three_hours_lie_between() -> None:
    lengths = {one.kind: one.end - one.begin for one in agenda(TWELVE, NINE, 180).slots}
    assert (lengths["spread"], lengths["break"], lengths["target"], lengths["focus"]) == (15, 10, 20, 20)


def test_below_two_hours_there_is_no_time_to_talk() -> None:
    with pytest.raises(ValueError, match="at least 120 minutes"):
        agenda(TWELVE, NINE, SHORTEST - 1)


@examples(100)
@given(st.integers(0, 60), st.integers(0, 23 * 60), st.integers(SHORTEST, 600))
def test_slots_join_without_gaps_end_exactly_and_leave_no_item_out(number: int, start: int, minutes: int) -> None:
    discussed = tuple(f"i{n}" for n in range(number))
    proposal = agenda(discussed, start, minutes)
    slots: tuple[Slot, ...] = proposal.slots
    assert (slots[0].begin, slots[-1].end) == (start, start + minutes)
    assert all(one.end == following.begin for one, following in pairwise(slots))
    assert all(one.begin < one.end for one in slots)
    assert (*(item for one in slots for item in one.items), *proposal.not_discussed) == discussed


@examples(100)
@given(st.integers(0, 60), st.integers(SHORTEST, 600))
def test_the_break_comes_once_and_as_close_to_the_middle_as_whole_parts_allow(number: int, minutes: int) -> None:
    slots = agenda([f"i{n}" for n in range(number)], 0, minutes).slots
    (at,) = [number for number, one in enumerate(slots) if one.kind == "break"]
    middle = (slots[at].begin + slots[at].end) / 2
    longest = max(slots[at - 1].end - slots[at - 1].begin, slots[at + 1].end - slots[at + 1].begin)
    assert abs(middle - minutes / 2) <= longest / 2
