"""Private links: whoever has the token gets in, and the database never holds the token itself."""

import secrets
from hashlib import sha256

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from selfcheck.models import Assessment, Link, now

TOKEN_BYTES = 16
"""128 bits: not to be guessed."""

COORDINATOR, READER = "coordinator", "reader"


def issue(session: Session, assessment: Assessment) -> str:
    """A new link to the assessment; returns its token, which cannot be read again later."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(Link(assessment=assessment, token_hash=hashed(token)))
    return token


def replace(session: Session, assessment: Assessment) -> str:
    """A new link in place of all earlier ones, which open nothing from now on; returns its token."""
    for link in assessment.links:
        link.revoked = link.revoked or now()
    return issue(session, assessment)


def by_token(session: Session, token: str) -> Link | None:
    """The link with this token, unless it was revoked or has expired."""
    return session.scalar(select(Link).where(Link.token_hash == hashed(token), *_valid()))


def opened(session: Session, ids: list[str], assessment_id: str) -> Link | None:
    """The link by which one of these ids opens the assessment; one that may do everything comes first."""
    found = session.scalars(select(Link).where(Link.id.in_(ids), Link.assessment_id == assessment_id, *_valid()))
    return min(found, key=lambda link: link.kind, default=None)


def _valid() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Link.revoked.is_(None), or_(Link.expires.is_(None), Link.expires > now())


def hashed(token: str) -> str:
    """What is stored of a token; its 128 random bits need no salt."""
    return sha256(token.encode()).hexdigest()
