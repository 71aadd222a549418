"""Codes and links: the ways into a workshop, for its moderation, its municipalities and their teams."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from scoring.model import texts
from selfcheck.ground.tokens import hashed, new_token
from selfcheck.models import Participation, Workshop
from selfcheck.services import doors

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No letter or digit that is easily taken for another one."""


JOIN_CODE, TEAM_CODE = 6, 8


def replace_link(session: Session, workshop: Workshop, token: str = "") -> str:
    """The token of a new link for the moderation; the old one opens nothing from now on, nor where it was opened."""
    doors.revoke(session, workshop)
    token = token or new_token()
    workshop.token_hash = hashed(token)
    return token


def by_token(session: Session, token: str) -> Workshop | None:
    """The workshop whose moderation has this token."""
    return session.scalar(select(Workshop).where(Workshop.token_hash == hashed(token)))


def by_code(session: Session, code: str) -> Workshop | None:
    """The workshop that is joined with this code, however it was typed."""
    return session.scalar(select(Workshop).where(Workshop.code == plain(code)))


def plain(code: str) -> str:
    """A code as it is stored, whatever spaces, dashes, unseen signs and small letters were typed."""
    return "".join(letter for letter in texts.code(code).upper() if letter in CODE_LETTERS)


def participating(session: Session, token: str) -> Participation | None:
    """The municipality whose page about its consent this token opens."""
    return session.scalar(select(Participation).where(Participation.token_hash == hashed(token)))


def way_back(session: Session, member: Participation, token: str = "") -> str:
    """The token of a new link to the page about the consent; an older one opens nothing from now on."""
    doors.revoke(session, member)
    token = token or new_token()
    member.token_hash = hashed(token)
    return token


def new_code(length: int) -> str:
    """A code of so many letters and digits, drawn at random."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(length))
