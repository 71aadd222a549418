"""The cockpit of an agency: its workshops and packages over time, only in numbers of at least five municipalities.

Who takes part in it has agreed to later evaluations; whoever takes that back is gone from it with the next look. Numbers
are shown after the agency has released them; one ledger keeps what its workshops and its cockpit have shown, so that
nobody can be found out by comparing the two.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scoring.model.questionnaire import Questionnaire
from scoring.workshop.comparable import comparability
from scoring.workshop.disclosure import Element, Ledger, MemberGroup, element
from scoring.workshop.members import Member
from scoring.workshop.over_time import (
    FEWEST,
    Copy,
    Releasable,
    Released,
    Seen,
    View,
    facts_of,
    facts_of_values,
    views,
)
from selfcheck.ground.days import day_of
from selfcheck.models import Agency, ReceivedPackage, RegisterEntry, Workshop
from selfcheck.packages.fitting import sheet_of
from selfcheck.packages.package import Package
from selfcheck.reading import catalogue
from selfcheck.register.edition import TerritoryLevel
from selfcheck.services import copies, packages, register, workshops

RELEASED = "views"
"""Beside the ledger: what was released last for each view."""


@dataclass(frozen=True)
class Cockpit:
    """What an agency may see over all its workshops; computed when asked for."""

    agency: Agency
    questionnaire: Questionnaire
    rooms: tuple[Workshop, ...]
    views: Mapping[str, View]
    ledger: Ledger
    last: Mapping[str, frozenset[Element]]

    def seen(self, key: str) -> Seen:
        """What may be shown of a view, or why nothing may."""
        view = self.views[key]
        if marks := self.shown(key):
            return Released(Counter(marks.values()), earlier=marks != self._counted(view))
        group = MemberGroup(view.quantity, 0, frozenset(self._counted(view)))
        return self.ledger.against(group, FEWEST) or Releasable()

    def shown(self, key: str) -> Mapping[Element, Fraction]:
        """The elements behind the number that is shown of a view; empty when none is.

        That is everybody who counts now, if just this was shown before, or else what was released last, as long as all
        who were counted then still agree and still share the same.
        """
        view = self.views[key]
        marks, last = self._counted(view), self.last.get(key, frozenset())
        if len(marks) >= FEWEST and self.ledger.holds(MemberGroup(view.quantity, 0, frozenset(marks))):
            return marks
        still = {self._mark(who, view.quantity, value): value for who, value in view.still}
        return {mark: still[mark] for mark in last} if last <= still.keys() else {}

    @cached_property
    def unreleased(self) -> tuple[tuple[str, MemberGroup], ...]:
        """The views that could be released now with what would be counted, each admitted after the ones before it."""
        return tuple((key, group) for key, group, _ in self._admitted())

    @cached_property
    def after_release(self) -> Ledger:
        """The ledger once all of them are released."""
        ledger = self.ledger
        for _, _, after in self._admitted():
            ledger = after
        return ledger

    def _admitted(self) -> Iterator[tuple[str, MemberGroup, Ledger]]:
        ledger = self.ledger
        for key, view in self.views.items():
            group = MemberGroup(view.quantity, 0, frozenset(self._counted(view)))
            new = self.last.get(key) != group.covered
            if new and ledger.against(group, FEWEST) is None:
                ledger = ledger.with_shown(group)
                yield key, group, ledger

    def _counted(self, view: View) -> dict[Element, Fraction]:
        """Who is counted: everybody, or, while too few are covered, those alone that appear by themselves in workshops."""
        marks = {self._mark(who, view.quantity, value): value for who, value in view.values.items()}
        known = self.ledger.known.get(view.quantity, frozenset())
        covered = len(marks.keys() - known)
        return marks if covered == 0 or covered >= FEWEST else {mark: marks[mark] for mark in marks.keys() & known}

    def _mark(self, who: str, quantity: str, value: Fraction) -> Element:
        return element(self.agency.id.encode(), who, quantity, value)


def cockpit(session: Session, agency: Agency, today: date) -> Cockpit:
    """What an agency may see today."""
    rooms = tuple(one for one in agency.workshops if date.fromisoformat(one.keep_until) >= today)
    questionnaire = _questionnaire(rooms)
    copies = _copies(session, agency, rooms, questionnaire, today)
    kept = agency.ledger or {}
    last = {key: frozenset(marks) for key, marks in kept.get(RELEASED, {}).items()}
    asked = views(questionnaire, copies, [one.id for one in rooms])
    return Cockpit(agency, questionnaire, rooms, asked, Ledger.read(kept), last)


def release(session: Session, agency: Agency, today: date) -> int:
    """Release everything that may be shown now; returns how many numbers that are."""
    found = cockpit(session, agency, today)
    new = {key: sorted(group.covered) for key, group in found.unreleased}
    before = (agency.ledger or {}).get(RELEASED, {})
    still = {key: marks for key, marks in before.items() if key in found.views}
    agency.ledger = {**(agency.ledger or {}), **found.after_release.written(), RELEASED: still | new}
    return len(new)


def _questionnaire(rooms: Sequence[Workshop]) -> Questionnaire:
    """The version that the newest workshop compares; answers to others are not counted."""
    return workshops.questionnaire_of(rooms[-1]) if rooms else catalogue.load(catalogue.DEFAULT, catalogue.newest())


def _copies(
    session: Session, agency: Agency, rooms: Sequence[Workshop], questionnaire: Questionnaire, today: date
) -> tuple[Copy, ...]:
    """Everything that municipalities share now and agree to have counted."""
    present = [(room, member) for room in rooms for member in room.members if member.later]
    usable = packages.of_agency(session, agency, today)
    in_use = {(row.id, row.key) for row, _ in usable}
    seated = [(room, one) for room, one in present if not one.package_id or (one.package_id, one.package_key) in in_use]
    taken = {(one.package_id, one.package_key) for _, one in seated}
    alone = [
        (row, package)
        for row, package in usable
        if package.consents.later and (row.id, row.key) not in taken and _same(package, questionnaire)
    ]
    members = {one.id: copies.member_of(one) for _, one in seated}
    sent = {row.id: _member(row, package, questionnaire) for row, package in alone}
    comparable = comparability(questionnaire, [*members.values(), *sent.values()], today)
    from_rooms = (
        Copy(
            copies.municipality_of(one),
            room.id,
            room.day,
            members[one.id].sheet.date,
            facts_of(members[one.id], comparable[one.id]),
        )
        for room, one in seated
    )
    by_package = (
        Copy(
            copies.municipality_in(row),
            "",
            day_of(package.issued).isoformat(),
            package.answered.isoformat(),
            facts_of_values(
                sent[row.id], comparable[row.id], {id: figures.value for id, figures in package.values.items()}
            ),
        )
        for row, package in alone
    )
    return (*from_rooms, *by_package)


def _same(package: Package, questionnaire: Questionnaire) -> bool:
    return (package.questionnaire, package.version) == (questionnaire.id, questionnaire.version)


def _member(row: ReceivedPackage, package: Package, questionnaire: Questionnaire) -> Member:
    return Member(row.id, "", "", "aggregate", questionnaire, sheet_of(package, questionnaire), later=True)


# ------------------------------------------------------------------------------------------------------ the register
@dataclass(frozen=True, slots=True)
class InRegister:
    """How many counties and county-free cities each federal state (by key of the questionnaire) has on one day."""

    as_of: date
    counties: Mapping[str, int]
    cities: Mapping[str, int]


def in_register(session: Session) -> InRegister | None:
    """What the register of this installation says, or nothing before a file was taken in."""
    day = register.as_of(session)
    return InRegister(day, _by_state(session, "county"), _by_state(session, "city")) if day else None


def _by_state(session: Session, level: TerritoryLevel) -> dict[str, int]:
    rows = session.execute(
        select(RegisterEntry.state, func.count())
        .where(RegisterEntry.valid_to.is_(None), RegisterEntry.level == level)
        .group_by(RegisterEntry.state)
    )
    return {register.STATE_KEYS[state]: count for state, count in rows if state in register.STATE_KEYS}
