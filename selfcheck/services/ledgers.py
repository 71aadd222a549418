"""The ledger of a workshop or an agency: what has been shown together, and whose values are known."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from scoring.assess.assess import assess
from scoring.model.answers import Sheet
from scoring.workshop import over_time
from scoring.workshop.disclosure import Element, Ledger, element
from scoring.workshop.members import Member, Shown
from selfcheck.models import Participation, Workshop
from selfcheck.services.copies import member_of, municipality_of, read_copy


class StaysCovered(Exception):
    """The municipality was counted among covered ones; if it appeared by itself now, others could be found out."""


def ledger_of(workshop: Workshop) -> Ledger:
    """What has been shown of covered municipalities, and whose values are known: by all workshops of an agency together."""
    return Ledger.read((workshop.agency.ledger if workshop.agency else workshop.ledger) or {})


def keep_ledger(workshop: Workshop, ledger: Ledger) -> None:
    """Note what has been shown by now."""
    keeper = workshop.agency or workshop
    keeper.ledger = (keeper.ledger or {}) | ledger.written()


def mark_of(workshop: Workshop, member: str, quantity: str, value: Fraction) -> Element:
    """What stands in the ledger for a municipality with a value; the same when it leaves and comes back."""
    key = workshop.agency_id or (workshop.ledger or {}).get("agency") or workshop.id
    who = next((municipality_of(one) for one in workshop.members if one.id == member), member)
    return element(key.encode(), who, quantity, value)


def appear(member: Participation, shown: Shown, content: dict[str, Any]) -> None:
    """Note that the values of a municipality are known from now on, if it appears by itself. Raises StaysCovered."""
    if shown == "aggregate":
        return
    workshop, ledger = member.workshop, ledger_of(member.workshop)
    for facts in _facts_known(member, content):
        marks = {quantity: mark_of(workshop, member.id, quantity, value) for quantity, value in facts.items()}
        if not ledger.may_appear(marks, workshop.threshold) or (shown == "alias" and not ledger.may_hide(marks)):
            raise StaysCovered
        ledger = ledger.with_known(marks)
    keep_ledger(workshop, ledger)


def _facts_known(member: Participation, content: dict[str, Any]) -> Iterator[dict[str, Fraction]]:
    """What is known of a municipality that appears by itself; in an agency's workshops also beside its other copies."""
    questionnaire, sheet = read_copy(content)
    result = assess(questionnaire, sheet)
    values = {one.perspective: one.value for one in result.perspectives if one.value is not None}
    yield values | {item: stage for item, stage in result.facts.stages.items() if isinstance(stage, Fraction)}
    if member.workshop.agency:
        yield over_time.derived(
            Member(member.id, "", "", shown="named", questionnaire=questionnaire, sheet=sheet), values
        )
        own = _bare_copy(member, sheet, values)
        for other in _others(member):
            pair = [own, _bare_copy(other, (found := member_of(other)).sheet, _values(found))]
            moved = {over_time.change_in(id): over_time.changes(pair, id).get(own.who) for id in values}
            yield {quantity: change for quantity, change in moved.items() if change is not None}


def _others(member: Participation) -> Iterator[Participation]:
    """The same municipality in other workshops of the agency."""
    agency, who = member.workshop.agency, municipality_of(member)
    for workshop in agency.workshops if agency else ():
        if workshop is not member.workshop:
            yield from (one for one in workshop.members if municipality_of(one) == who)


def _values(member: Member) -> dict[str, Fraction]:
    return {one.perspective: one.value for one in member.result.perspectives if one.value is not None}


def _bare_copy(member: Participation, sheet: Sheet, values: dict[str, Fraction]) -> over_time.Copy:
    return over_time.Copy(municipality_of(member), member.workshop_id or "-", member.workshop.day, sheet.date, values)
