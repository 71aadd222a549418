"""Once: a form that is sent twice, by a double click on a slow line, does what it asks for one time.

Whoever sends it a second time is led to where the first sending led, also when both arrive at the same moment: the second
waits for the write lock, then finds what the first has remembered in the same transaction.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from selfcheck.ground.days import today
from selfcheck.ground.tokens import TOKEN_BYTES
from selfcheck.models import Sent

KEPT_DAYS = 3
"""Days that it is known what was sent; nobody sends the same page twice after that."""
TOKEN = "{token}"  # noqa: S105
"""Stands in a place for the token of a private link."""


def token_of(sending: str, salt: str, key: str) -> str:
    """The token of the link that a sending hands over: made anew with the installation's key, never stored.

    Its strength is that of the random part of `sending`, which only the browser knows; with the salt, no two are alike.
    """
    made = hmac.digest(key.encode(), f"sent {sending} {salt}".encode(), "sha256")
    return urlsafe_b64encode(made[:TOKEN_BYTES]).rstrip(b"=").decode()


def new_salt() -> str:
    """What makes the tokens of a sending its own."""
    return secrets.token_hex(16)


def earlier(session: Session, sending: str) -> Sent | None:
    """The same sending, when it came before."""
    return session.get(Sent, sending)


def remember(session: Session, sending: str, salt: str, place: str, handed: str = "") -> None:
    """Keep where a sending led to, together with what it created."""
    session.add(Sent(id=sending, day=today().isoformat(), salt=salt, place=place, handed=handed))
    session.flush()


def forget(session: Session, sending: str) -> None:
    """Let a sending that came to nothing be tried again."""
    session.execute(delete(Sent).where(Sent.id == sending))


def forget_about(session: Session, id: str) -> None:
    """Delete what led to something that is deleted."""
    session.execute(delete(Sent).where(Sent.place.contains(id, autoescape=True)))


def forget_old(session: Session) -> None:
    """Delete what nobody sends a second time any more."""
    session.execute(delete(Sent).where(Sent.day < (today() - timedelta(days=KEPT_DAYS)).isoformat()))
