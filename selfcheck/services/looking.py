"""Look at several municipalities together: who may stand beside whom, and what may be said of all of them.

Numbers in which covered municipalities are counted are shown only after the moderation has released them, all at once:
what has been released is in the ledger and stays shown; who joins later is counted once enough others have joined.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from scoring.model.questionnaire import Questionnaire
from scoring.model.spreads import Counts, lower_median
from scoring.workshop import views
from scoring.workshop.comparable import Comparability, comparability
from scoring.workshop.disclosure import CoveredPart, Ledger, MemberGroup, Withheld, counted, wider
from scoring.workshop.members import Filter, Member, filter_questions, in_order
from selfcheck.models import Workshop
from selfcheck.services import copies, ledgers, workshops


@dataclass(frozen=True, slots=True)
class Together:
    """What is said of all that are counted: how many stand at each place, how many they are, their lower median."""

    counts: Counts
    earlier: bool = False
    """As released before: some have joined since that are not counted yet."""

    @property
    def size(self) -> int:
        """How many municipalities are counted."""
        return sum(self.counts.values())

    @property
    def median(self) -> Fraction:
        """The middle one; of two in the middle the lower."""
        return lower_median(self.counts)


@dataclass(frozen=True, slots=True)
class NotReleased:
    """The numbers may be shown, but the moderation has not released them yet."""


State = Together | NotReleased | Withheld


@dataclass(frozen=True)
class Look:
    """A workshop seen under a filter; computed when asked for."""

    room: Workshop
    questionnaire: Questionnaire
    members: tuple[Member, ...]
    filter: Filter
    ledger: Ledger
    today: date
    left_out: frozenset[str] = frozenset()
    """Who is compared as in the room but neither shown nor counted here: in the protocol, whoever does not agree to it."""

    @cached_property
    def comparable(self) -> Mapping[str, Comparability]:
        """What of each municipality may be compared."""
        return comparability(self.questionnaire, self.members, self.today)

    @cached_property
    def seen(self) -> tuple[Member, ...]:
        """Who appears by itself: under a filter only named ones, so that it betrays no alias."""
        return in_order(self._counted)

    @property
    def drawn(self) -> tuple[tuple[Member, Comparability], ...]:
        """Who is drawn by itself, with what of it may be compared: only the workshop's own version can be drawn."""
        version = (self.questionnaire.id, self.questionnaire.version)
        return tuple(
            (one, self.comparable[one.id])
            for one in self.seen
            if (one.questionnaire.id, one.questionnaire.version) == version
        )

    @property
    def quantities(self) -> tuple[str, ...]:
        """Every perspective and every item."""
        return (*(one.id for one in self.questionnaire.perspectives), *self.questionnaire.items)

    def own(self, member: Member, quantity: str) -> Fraction | None:
        """The value of one municipality, if it may be compared."""
        found = views.values(quantity, [member], self.comparable, self.questionnaire)
        return found[0][1] if found else None

    def together(self, quantity: str) -> State:
        """What may be said of all that have a value of a quantity, or why nothing may."""
        found = self._values(quantity)
        group = self._group(quantity, found)
        if group.size >= self.room.threshold and self.ledger.holds(group):
            return Together(views.counts(found))
        against = self.ledger.against(group, self.room.threshold)
        if against is None and not group.covered:
            return Together(views.counts(found))
        if part := self.ledger.still_shown(group, self.room.threshold):
            return Together(views.counts([one for one in found if self._is_in(part, one, quantity)]), earlier=True)
        return against or NotReleased()

    def _is_in(self, part: CoveredPart, one: tuple[Member, Fraction], quantity: str) -> bool:
        member, value = one
        return member.visible or ledgers.mark_of(self.room, member.id, quantity, value) in part

    @cached_property
    def medians(self) -> Mapping[str, Fraction]:
        """The middle of each perspective that may be shown."""
        found = {one.id: self.together(one.id) for one in self.questionnaire.perspectives}
        return {id: state.median for id, state in found.items() if isinstance(state, Together)}

    @cached_property
    def unreleased(self) -> tuple[MemberGroup, ...]:
        """The groups whose numbers could be released now, each admitted after the ones before it."""
        return tuple(group for group, _ in self._admitted())

    @cached_property
    def after_release(self) -> Ledger:
        """The ledger once all of them are released."""
        ledger = self.ledger
        for _, after in self._admitted():
            ledger = after
        return ledger

    def _admitted(self) -> Iterator[tuple[MemberGroup, Ledger]]:
        ledger = self.ledger
        for quantity in self.quantities:
            group = self._group(quantity, self._values(quantity))
            new = bool(group.covered) and not ledger.holds(group)
            if new and ledger.against(group, self.room.threshold) is None:
                ledger = ledger.with_shown(group)
                yield group, ledger

    def larger(self, quantity: str) -> Filter | None:
        """The nearest larger group of which something is shown or could be; none when there is none."""
        for filter in wider(self.filter):
            other = replace(self, filter=filter)
            if isinstance(other.together(quantity), Together | NotReleased):
                return filter
        return None

    def _values(self, quantity: str) -> Sequence[tuple[Member, Fraction]]:
        return views.values(quantity, self._counted, self.comparable, self.questionnaire)

    @cached_property
    def _counted(self) -> list[Member]:
        """Under a filter nobody covered whose values are known: the filter could betray an alias it had."""
        among = [one for one in counted(self.members, self.filter) if one.id not in self.left_out]
        return [one for one in among if not self.filter or one.visible or not self.ledger.knows(self._marks(one))]

    def _marks(self, member: Member) -> Mapping[str, str]:
        found = ((id, self.own(member, id)) for id in self.quantities)
        return {id: ledgers.mark_of(self.room, member.id, id, value) for id, value in found if value is not None}

    def _group(self, quantity: str, found: Sequence[tuple[Member, Fraction]]) -> MemberGroup:
        covered = (one for one in found if not one[0].visible)
        marks = frozenset(ledgers.mark_of(self.room, one.id, quantity, value) for one, value in covered)
        return MemberGroup(quantity, sum(one.visible for one, _ in found), marks)


def look(workshop: Workshop, filter: Filter, today: date) -> Look:
    """A workshop under a filter; choices that the questionnaire does not know are left out."""
    questionnaire = workshops.questionnaire_of(workshop)
    known = {one.id: {choice.key for choice in one.choices} for one in filter_questions(questionnaire)}
    kept = {question: choice for question, choice in filter.items() if choice in known.get(question, ())}
    members = tuple(copies.member_of(one) for one in workshop.members)
    return Look(workshop, questionnaire, members, kept, ledgers.ledger_of(workshop), today)


def release(workshop: Workshop, filter: Filter, today: date) -> int:
    """Release all numbers under a filter that may be shown; returns of how many quantities they are."""
    found = look(workshop, filter, today)
    if found.unreleased:
        ledgers.keep_ledger(workshop, found.after_release)
        workshops.touch(workshop)
    return len(found.unreleased)
