"""Transfer agencies of this installation: the operator makes them, a private link opens their area."""

import secrets

from sqlalchemy import delete as deletion
from sqlalchemy import select
from sqlalchemy.orm import Session

from selfcheck.ground.tokens import TOKEN_BYTES, hashed
from selfcheck.models import Agency, ReceivedPackage
from selfcheck.services import doors
from selfcheck.services.sent import forget_about


def add(session: Session, name: str) -> tuple[Agency, str]:
    """A new agency with the token of its link, which cannot be read again later."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    agency = Agency(name=name, token_hash=hashed(token))
    session.add(agency)
    session.flush()
    return agency, token


def renew(session: Session, agency: Agency) -> str:
    """The token of a new link; the old one opens nothing from now on, also where it was opened already."""
    doors.revoke(session, agency)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    agency.token_hash = hashed(token)
    return token


def delete(session: Session, agency: Agency) -> None:
    """Delete an agency with its examples, packages and every proposal sent to it; its workshops stay with their moderation."""
    for workshop in list(agency.workshops):
        workshop.ledger = {**(agency.ledger or {}), "agency": agency.id}
    session.execute(deletion(ReceivedPackage).where(ReceivedPackage.agency_id == agency.id))
    forget_about(session, agency.id)
    session.delete(agency)


def listed(session: Session) -> list[Agency]:
    """Every agency, by name."""
    return list(session.scalars(select(Agency).order_by(Agency.name, Agency.id)))


def by_token(session: Session, token: str) -> Agency | None:
    """The agency that this token opens."""
    return session.scalar(select(Agency).where(Agency.token_hash == hashed(token)))
