"""Private links: whoever has the token gets in, and the database never holds the token itself."""

from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from selfcheck.ground.days import day_of, end_of, today
from selfcheck.ground.tokens import hashed, new_token
from selfcheck.models import Assessment, Link, now

COORDINATOR, READER = "coordinator", "reader"
READING_DAYS = (7, 30, 90)

State = Literal["valid", "revoked", "expired"]


class StillNeeded(Exception):
    """The link stays: it is one's own, or without it nobody could work on the assessment any more."""


def issue(session: Session, assessment: Assessment, label: str = "", token: str = "") -> tuple[Link, str]:
    """A new link for coordination; returns it with its token (a new one, if none is given), which cannot be read later."""
    return _issued(session, assessment, COORDINATOR, label, None, token)


def share(session: Session, assessment: Assessment, label: str, days: int, token: str = "") -> tuple[Link, str]:
    """A new link that only reads, until the end of the day so many days ahead."""
    last = today() + timedelta(days=days)
    return _issued(session, assessment, READER, label, end_of(last), token)


def _issued(
    session: Session, assessment: Assessment, kind: str, label: str, expires: datetime | None, token: str
) -> tuple[Link, str]:
    token = token or new_token()
    link = Link(assessment=assessment, token_hash=hashed(token), kind=kind, label=label, expires=expires)
    session.add(link)
    session.flush()
    return link, token


def replace(session: Session, link: Link, token: str = "") -> tuple[Link, str]:
    """A new link in place of this one, which opens nothing from now on; all others stay."""
    link.revoked = now()
    return _issued(session, link.assessment, link.kind, link.label, link.expires, token)


def revoke(link: Link, own: Link) -> None:
    """Let a link open nothing from now on. Raises StillNeeded."""
    others = (one for one in valid(link.assessment) if one.kind == COORDINATOR and one.id != link.id)
    if link.id == own.id or (link.kind == COORDINATOR and not any(others)):
        raise StillNeeded
    link.revoked = link.revoked or now()


def valid(assessment: Assessment) -> list[Link]:
    """The links that open the assessment, oldest first."""
    return [link for link in assessment.links if state(link) == "valid"]


def state(link: Link) -> State:
    """Whether a link opens anything, and if not, why."""
    if link.revoked:
        return "revoked"
    return "expired" if link.expires and link.expires <= now() else "valid"


def last_day(link: Link) -> date | None:
    """The last day on which the link opens something."""
    return day_of(link.expires - timedelta(microseconds=1)) if link.expires else None


def by_token(session: Session, token: str) -> Link | None:
    """The link with this token, valid or not."""
    return session.scalar(select(Link).where(Link.token_hash == hashed(token)))


def opened(session: Session, ids: list[str], assessment_id: str) -> Link | None:
    """The link by which one of these ids opens the assessment: one that may do everything, then the first of them."""
    found = session.scalars(select(Link).where(Link.id.in_(ids), Link.assessment_id == assessment_id, *_valid()))
    return min(found, key=lambda link: (link.kind, ids.index(link.id)), default=None)


def of_browser(session: Session, id: str) -> Link | None:
    """The link with this id, while it opens something."""
    return session.scalar(select(Link).where(Link.id == id, *_valid()))


def once_opened(session: Session, ids: list[str], assessment_id: str) -> Link | None:
    """The latest of these links that used to open the assessment."""
    found = session.scalars(select(Link).where(Link.id.in_(ids), Link.assessment_id == assessment_id))
    return max(found, key=lambda link: ids.index(link.id), default=None)


def _valid() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Link.revoked.is_(None), or_(Link.expires.is_(None), Link.expires > now())
