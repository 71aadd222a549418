"""Comparative workshops: prepare one, bring municipalities in by their consent, let them go at any time.

What a municipality shares is a copy, taken when it joins or renews it, without remarks, evidence and dissent. It is
deleted when the municipality leaves, when its self-check is deleted, and on the day after the workshop's retention date.
"""

import hmac
import random
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import delete as deletion
from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from scoring.assess.assess import assess
from scoring.model.answers import Sheet
from scoring.model.questionnaire import Questionnaire
from scoring.plain.sheets import parse_sheet, write_sheet
from scoring.workshop import over_time
from scoring.workshop.disclosure import Element, Ledger, element
from scoring.workshop.members import Member, Shown
from selfcheck.ground.tokens import TOKEN_BYTES, hashed
from selfcheck.models import Assessment, IssuedPackage, Participation, ReceivedPackage, Workshop, now
from selfcheck.reading import catalogue
from selfcheck.services import agencies, assessments

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No letter or digit that is easily taken for another one."""
JOIN_CODE, TEAM_CODE = 6, 8
MOST_MEMBERS = 15
ALIASES = "ABCDEFGHJKLMNPQRSTUVWXYZ"
THRESHOLDS = (5, 4, 3)
"""How many municipalities there must be at least before something is shown of them together; the first is proposed."""

Way = Literal["self-check", "paper", "package"]
WiderField = Literal["purpose", "keep_until", "threshold"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the agenda."""

    minutes: int
    title: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is settled about a workshop before it begins; `start` is a time such as "09:00", or empty."""

    title: str
    purpose: str
    day: date
    keep_until: date
    threshold: int
    start: str
    agenda: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """What a municipality agrees to, purpose by purpose; each part can be changed or taken back at any time.

    `shown`: how it appears beside the others. `tandems`: its strengths and wishes may be used to propose up to
    `capacity` learning tandems. `protocol`: it appears in the protocol the same way. `later`: the agency may count its
    values in evaluations over several workshops.
    """

    shown: Shown
    name: str = ""
    tandems: bool = False
    capacity: int = 1
    protocol: bool = False
    later: bool = False


class Full(Exception):
    """No more municipalities can join."""


class Closed(Exception):
    """The workshop is over: nobody joins and nothing is shared any more."""


class Wider(Exception):
    """A plan goes beyond what the municipalities in the workshop have agreed to, in these fields."""

    def __init__(self, fields: tuple[WiderField, ...]) -> None:
        super().__init__(fields)
        self.fields = fields


class InByPackage(Exception):
    """The self-check takes part already, by a package that was signed for it on this installation."""


class StaysCovered(Exception):
    """The municipality was counted among covered ones; if it appeared by itself now, others could be found out."""


def prepare(
    session: Session, questionnaire: Questionnaire, plan: Plan, agency_id: str | None = None
) -> tuple[Workshop, str]:
    """A new workshop; returns it with the token of the moderation's link, which cannot be read again later."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    workshop = Workshop(
        agency_id=agency_id,
        token_hash=hashed(token),
        code=_code(JOIN_CODE),
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        pins=[],
        ledger={},
        screen={},
        revision=0,
    )
    _settle(workshop, plan)
    session.add(workshop)
    session.flush()
    return workshop, token


def settle(workshop: Workshop, plan: Plan) -> None:
    """Record what is planned, in place of what was planned before. Raises Wider.

    While municipalities take part, the purpose stays, deletion comes no later and the threshold gets no lower: they
    have agreed to these as they stood.
    """
    if workshop.members and (wider := _wider(plan_of(workshop), plan)):
        raise Wider(wider)
    _settle(workshop, plan)


def _wider(agreed: Plan, plan: Plan) -> tuple[WiderField, ...]:
    found: dict[WiderField, bool] = {
        "purpose": not same_purpose(plan.purpose, agreed.purpose),
        "keep_until": plan.keep_until > agreed.keep_until,
        "threshold": plan.threshold < agreed.threshold,
    }
    return tuple(field for field, is_wider in found.items() if is_wider)


def same_purpose(one: str, other: str) -> bool:
    """Whether two purposes say the same; blanks and line ends do not matter."""
    return one.split() == other.split()


def _settle(workshop: Workshop, plan: Plan) -> None:
    """Record a plan.

    Numbers of an agency's workshops stand beside one another over time, so they share the larger threshold.
    """
    workshop.title, workshop.purpose = plan.title, plan.purpose
    workshop.day, workshop.keep_until = plan.day.isoformat(), plan.keep_until.isoformat()
    workshop.threshold = max(plan.threshold, fewest(workshop.agency_id))
    workshop.agenda = [{"minutes": part.minutes, "title": part.title} for part in plan.agenda]
    workshop.notes = (workshop.notes or {}) | {"start": plan.start}
    touch(workshop)


def fewest(agency_id: str | None) -> int:
    """The smallest threshold that may be chosen."""
    return over_time.FEWEST if agency_id else THRESHOLDS[-1]


def plan_of(workshop: Workshop) -> Plan:
    """What is planned."""
    return Plan(
        workshop.title,
        workshop.purpose,
        date.fromisoformat(workshop.day),
        date.fromisoformat(workshop.keep_until),
        workshop.threshold,
        workshop.notes.get("start", ""),
        tuple(Part(one["minutes"], one["title"]) for one in workshop.agenda),
    )


def terms_of(workshop: Workshop) -> tuple[str, date, int]:
    """What of the plan municipalities agree to: purpose, day of deletion, fewest shown together."""
    plan = plan_of(workshop)
    return plan.purpose, plan.keep_until, plan.threshold


def timed(plan: Plan) -> list[tuple[str, Part]]:
    """The parts of the agenda with the time at which each begins; without a start, the minutes since then ("+15")."""
    passed, found = 0, []
    for part in plan.agenda:
        found.append((_clock(plan.start, passed) if plan.start else f"+{passed}", part))
        passed += part.minutes
    return found


def _clock(start: str, passed: int) -> str:
    hours, minutes = map(int, start.split(":"))
    at = hours * 60 + minutes + passed
    return f"{at // 60 % 24:02}:{at % 60:02}"


def questionnaire_of(workshop: Workshop) -> Questionnaire:
    """The questionnaire version the workshop compares."""
    return catalogue.load(workshop.questionnaire, workshop.version)


def replace_link(workshop: Workshop) -> str:
    """The token of a new link for the moderation; the old one opens nothing from now on."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    workshop.token_hash = hashed(token)
    return token


def by_token(session: Session, token: str) -> Workshop | None:
    """The workshop whose moderation has this token."""
    return session.scalar(select(Workshop).where(Workshop.token_hash == hashed(token)))


def by_code(session: Session, code: str) -> Workshop | None:
    """The workshop that is joined with this code, however it was typed."""
    return session.scalar(select(Workshop).where(Workshop.code == plain(code)))


def opened(session: Session, id: str, proof: str) -> Workshop | None:
    """The workshop with this id, for a browser that came in by the link which is still valid."""
    found = session.get(Workshop, id)
    return found if found and hmac.compare_digest(proof_of(found), proof) else None


def opened_by_agency(session: Session, id: str, seals: dict[str, str]) -> Workshop | None:
    """The workshop with this id, for a browser in which the area of its agency is open."""
    found = session.get(Workshop, id)
    return found if found and found.agency_id and agencies.opened(session, seals, found.agency_id) else None


def proof_of(entered: Workshop | Participation) -> str:
    """What a browser keeps to show that it came in by the present link."""
    return entered.token_hash[:24]


def plain(code: str) -> str:
    """A code as it is stored, whatever spaces, dashes and small letters were typed."""
    return "".join(letter for letter in code.upper() if letter in CODE_LETTERS)


def touch(workshop: Workshop) -> None:
    """Say that there is something new to see; screens and phones look for it every few seconds."""
    workshop.revision = (workshop.revision or 0) + 1 if workshop.id is None else Workshop.revision + 1


def close(workshop: Workshop) -> None:
    """Nobody joins or votes any more; everything can still be looked at and taken along."""
    workshop.closed = now()
    touch(workshop)


def reopen(workshop: Workshop) -> None:
    """Go on with a workshop that was closed."""
    workshop.closed = None
    touch(workshop)


def delete(session: Session, workshop: Workshop) -> None:
    """Delete a workshop with all that was shared in it. The self-checks stay with their municipalities."""
    session.delete(workshop)


def forget_old(session: Session) -> int:
    """Delete the workshops whose retention date has passed; returns how many."""
    old = session.scalars(select(Workshop).where(Workshop.keep_until < now().date().isoformat())).all()
    for workshop in old:
        session.delete(workshop)
    return len(old)


def join(session: Session, workshop: Workshop, assessment: Assessment, consent: Consent) -> Participation:
    """Bring a self-check in with what its municipality agrees to. Raises Closed, Full, InByPackage and StaysCovered.

    Who is in already keeps their place and what they shared: the consent alone is recorded anew.
    """
    present = next((one for one in workshop.members if one.assessment_id == assessment.id), None)
    if present is not None:
        agree(present, consent)
        return present
    if any(self_check_of(one) == assessment.id for one in workshop.members):
        raise InByPackage
    sheet = assessments.sheet_of(assessment)
    return _seated(session, workshop, sheet, consent, "self-check", assessment.id)[0]


def enter_on_paper(session: Session, workshop: Workshop, sheet: Sheet, consent: Consent) -> tuple[Participation, str]:
    """Bring in what a municipality handed over on paper; the token opens its page about the consent. Raises Closed, Full."""
    return _seated(session, workshop, sheet, consent, "paper")


def seat_package(
    session: Session, workshop: Workshop, sheet: Sheet, consent: Consent, received: ReceivedPackage
) -> None:
    """Bring in what a municipality has signed on another installation. Raises Closed, Full and StaysCovered."""
    _seated(session, workshop, sheet, consent, "package", received=received)


def _seated(
    session: Session,
    workshop: Workshop,
    sheet: Sheet,
    consent: Consent,
    way: Way,
    assessment_id: str | None = None,
    received: ReceivedPackage | None = None,
) -> tuple[Participation, str]:
    if workshop.closed:
        raise Closed
    if len(workshop.members) >= MOST_MEMBERS:
        raise Full
    token = secrets.token_urlsafe(TOKEN_BYTES)
    member = Participation(
        id=uuid4().hex,
        workshop=workshop,
        assessment_id=assessment_id,
        token_hash=hashed(token),
        team_code=_code(TEAM_CODE),
        way=way,
        alias=_free_alias(workshop.members),
        content=shared(sheet),
        shared=now(),
        package_id=received.id if received else None,
        package_key=received.key if received else None,
    )
    session.add(member)
    with session.no_autoflush:
        agree(member, consent)
    session.flush()
    return member, token


def agree(member: Participation, consent: Consent) -> None:
    """Record what a municipality agrees to, in place of what it agreed to before. Raises StaysCovered."""
    _appear(member, consent.shown, member.content)
    member.shown, member.name = consent.shown, consent.name
    member.tandems, member.capacity = consent.tandems, consent.capacity
    member.protocol, member.later = consent.protocol, consent.later
    touch(member.workshop)


def consent_of(member: Participation) -> Consent:
    """What a municipality agrees to at present."""
    shown: Shown = "named" if member.shown == "named" else "alias" if member.shown == "alias" else "aggregate"
    return Consent(shown, member.name, member.tandems, member.capacity, member.protocol, member.later)


def renew(member: Participation) -> None:
    """Share the present answers of the self-check in place of the earlier copy. Raises Closed."""
    assert member.assessment is not None
    correct(member, assessments.sheet_of(member.assessment))


def correct(member: Participation, sheet: Sheet) -> None:
    """Replace what is shared. Raises Closed and StaysCovered."""
    if member.workshop.closed:
        raise Closed
    content = shared(sheet)
    _appear(member, consent_of(member).shown, content)
    member.content, member.shared = content, now()
    touch(member.workshop)


def leave(session: Session, member: Participation) -> None:
    """Take everything back: copy, consent, phones and their votes are deleted at once, also after the workshop."""
    workshop = member.workshop
    session.execute(deletion(Participation).where(Participation.id == member.id))
    session.expire(workshop, ["members", "rounds"])
    touch(workshop)
    session.flush()


def participations(session: Session, assessment: Assessment) -> Sequence[Participation]:
    """The workshops a self-check takes part in."""
    return session.scalars(
        select(Participation).join(Workshop).where(Participation.assessment_id == assessment.id).order_by(Workshop.day)
    ).all()


def participating(session: Session, token: str) -> Participation | None:
    """The municipality whose page about its consent this token opens."""
    return session.scalar(select(Participation).where(Participation.token_hash == hashed(token)))


def alike(workshop: Workshop) -> dict[str, list[Participation]]:
    """The other municipalities with the same name, for the id of each one; the one that shared first comes first."""
    members = sorted(workshop.members, key=lambda one: one.shared)
    return {
        one.id: [other for other in members if other is not one and _plain_name(other) == _plain_name(one)]
        for one in members
    }


def _plain_name(member: Participation) -> str:
    """A name to compare: capital letters and blanks do not matter."""
    return " ".join(member.name.casefold().split())


def way_back(member: Participation) -> str:
    """The token of a new link to the page about the consent; an older one opens nothing from now on."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    member.token_hash = hashed(token)
    return token


def shared(sheet: Sheet) -> dict[str, Any]:
    """What of a sheet is copied into a workshop: all that values come from, and no text of anybody."""
    answers = {
        item: replace(one, remark="", evidence="", dissent="", unclear=False) for item, one in sheet.answers.items()
    }
    spreads = {item: replace(one, remarks=(), unclear=0) for item, one in sheet.spreads.items()}
    context = replace(sheet.context, words={})
    return write_sheet(replace(sheet, municipality="", context=context, answers=answers, spreads=spreads))


def sheet_of(member: Participation) -> Sheet:
    """What a municipality shares, as a sheet. Its name stands with its consent alone."""
    return _sheet(member.content)[1]


def _sheet(content: dict[str, Any]) -> tuple[Questionnaire, Sheet]:
    questionnaire = catalogue.load(content["questionnaire"], content["version"])
    return questionnaire, parse_sheet(content, questionnaire)


def member_of(member: Participation) -> Member:
    """A municipality in a workshop as the domain sees it."""
    questionnaire, sheet = _sheet(member.content)
    agreed = consent_of(member)
    return Member(
        member.id,
        member.name,
        member.alias,
        agreed.shown,
        questionnaire,
        sheet,
        agreed.tandems,
        agreed.capacity,
        agreed.protocol,
        agreed.later,
    )


def municipality_of(member: Participation) -> str:
    """What tells the same municipality in several workshops; on paper nothing does."""
    if member.package_id and (session := object_session(member)):
        received = session.get(ReceivedPackage, (member.package_id, member.package_key))
        return municipality_in(received) if received else member.id
    return member.assessment_id or member.id


def self_check_of(member: Participation) -> str | None:
    """The self-check of this installation that a municipality takes part with, also by a package that was signed here."""
    session = object_session(member)
    if member.package_id and session:
        return signed_here(session, member.package_id)
    return member.assessment_id


def signed_here(session: Session, package_id: str) -> str | None:
    """The self-check of this installation that a package was signed for; None for packages of other installations."""
    issued = session.get(IssuedPackage, package_id)
    return issued.assessment_id if issued else None


def municipality_in(received: ReceivedPackage) -> str:
    """What tells the same municipality in several packages; without a pseudonym nothing does."""
    content = received.content or {}
    return f"{received.key} {content.get('pseudonym') or received.id}"


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


def _appear(member: Participation, shown: Shown, content: dict[str, Any]) -> None:
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
    questionnaire, sheet = _sheet(content)
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


def _code(length: int) -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(length))


def _free_alias(members: Sequence[Participation]) -> str:
    """A letter that nobody has, at random: the order of joining must not show."""
    taken = {one.alias for one in members}
    return random.SystemRandom().choice([letter for letter in ALIASES if letter not in taken])
