"""Private links: whoever has the token gets in, and the database never holds the token itself."""

import secrets
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from selfcheck.models import Assessment, Link, now

TOKEN_BYTES = 16
"""128 bits: not to be guessed."""


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
    """The link with this token, unless it was revoked."""
    return session.scalar(select(Link).where(Link.token_hash == hashed(token), Link.revoked.is_(None)))


def opened(session: Session, ids: list[str], assessment_id: str) -> Assessment | None:
    """The assessment, if one of the link ids opens it and is not revoked."""
    link = session.scalar(
        select(Link).where(Link.id.in_(ids), Link.assessment_id == assessment_id, Link.revoked.is_(None)).limit(1)
    )
    return link.assessment if link else None


def hashed(token: str) -> str:
    """What is stored of a token; its 128 random bits need no salt."""
    return sha256(token.encode()).hexdigest()
