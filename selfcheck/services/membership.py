"""The municipalities of a workshop: they join, agree, renew what they share, and leave at any time."""

import random
from collections.abc import Sequence
from typing import Literal
from uuid import uuid4

from sqlalchemy import delete as deletion
from sqlalchemy import select
from sqlalchemy.orm import Session

from scoring.model import names
from scoring.model.answers import Sheet
from selfcheck.ground.tokens import hashed, new_token
from selfcheck.models import Assessment, Participation, ReceivedPackage, Workshop, now
from selfcheck.services import assessments, protocols
from selfcheck.services.copies import Consent, consent_of, self_check_of, shared
from selfcheck.services.ledgers import appear
from selfcheck.services.ways_in import TEAM_CODE, new_code
from selfcheck.services.workshops import touch

MOST_MEMBERS = 15


ALIASES = "ABCDEFGHJKLMNPQRSTUVWXYZ"


Way = Literal["self-check", "paper", "package"]


class Full(Exception):
    """No more municipalities can join."""


class Closed(Exception):
    """The workshop is over: nobody joins and nothing is shared any more."""


class InByPackage(Exception):
    """The self-check takes part already, by a package that was signed for it on this installation."""


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


def enter_on_paper(
    session: Session, workshop: Workshop, sheet: Sheet, consent: Consent, token: str = ""
) -> tuple[Participation, str]:
    """Bring in what a municipality handed over on paper; the token opens its page about the consent. Raises Closed, Full."""
    return _seated(session, workshop, sheet, consent, "paper", token=token)


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
    token: str = "",
) -> tuple[Participation, str]:
    if workshop.closed:
        raise Closed
    if len(workshop.members) >= MOST_MEMBERS:
        raise Full
    token = token or new_token()
    member = Participation(
        id=uuid4().hex,
        workshop=workshop,
        assessment_id=assessment_id,
        token_hash=hashed(token),
        team_code=new_code(TEAM_CODE),
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
    appear(member, consent.shown, member.content)
    member.shown, member.name = consent.shown, consent.name
    member.tandems, member.capacity = consent.tandems, consent.capacity
    member.protocol, member.later = consent.protocol, consent.later
    touch(member.workshop)


def renew(member: Participation) -> None:
    """Share the present answers of the self-check in place of the earlier copy. Raises Closed."""
    assert member.assessment is not None
    correct(member, assessments.sheet_of(member.assessment))


def correct(member: Participation, sheet: Sheet) -> None:
    """Replace what is shared. Raises Closed and StaysCovered."""
    if member.workshop.closed:
        raise Closed
    content = shared(sheet)
    appear(member, consent_of(member).shown, content)
    member.content, member.shared = content, now()
    touch(member.workshop)


def leave(session: Session, member: Participation) -> None:
    """Take everything back: copy, consent, phones and their votes are deleted at once, also after the workshop.

    Where the name stands in what was written down, it stands no longer.
    """
    workshop = member.workshop
    protocols.forget(workshop, member)
    session.execute(deletion(Participation).where(Participation.id == member.id))
    session.expire(workshop, ["members", "rounds"])
    touch(workshop)
    session.flush()


def participations(session: Session, assessment: Assessment) -> Sequence[Participation]:
    """The workshops a self-check takes part in."""
    return session.scalars(
        select(Participation).join(Workshop).where(Participation.assessment_id == assessment.id).order_by(Workshop.day)
    ).all()


def alike(workshop: Workshop) -> dict[str, list[Participation]]:
    """The other municipalities that may be the same, by their names; for the id of each, the first that shared first."""
    members = sorted(workshop.members, key=lambda one: one.shared)
    return {
        one.id: [other for other in members if other is not one and names.alike(other.name, one.name)]
        for one in members
    }


def _free_alias(members: Sequence[Participation]) -> str:
    """A letter that nobody has, at random: the order of joining must not show."""
    taken = {one.alias for one in members}
    return random.SystemRandom().choice([letter for letter in ALIASES if letter not in taken])
