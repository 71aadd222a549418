"""What a device may open: kept here, so that nothing is lost in a cookie and whatever is revoked is closed at once.

A device shows a random token; stored are its hash and what it may open. Ratings and seats have keys of their own: what
opens them is never in the rows of a device, so nothing on the server ties a rating to an invitation, to another rating
or to whoever coordinates.
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute

from selfcheck.ground.days import today
from selfcheck.ground.tokens import TOKEN_BYTES, hashed
from selfcheck.models import (
    Access,
    Agency,
    Device,
    Link,
    Participation,
    RatingKey,
    Respondent,
    Seat,
    SeatKey,
    Workshop,
)

KEPT_DAYS = 90
"""A device is forgotten so many days after the last link it opened."""
MOST_KEYS = 20
"""Browsers in which one rating or one seat is open at the same time; a further one closes the others."""

Opened = Link | Agency | Workshop | Participation
Keyed = Respondent | Seat

_OPENS: dict[type[Opened], InstrumentedAttribute[str | None]] = {
    Link: Access.link_id,
    Agency: Access.agency_id,
    Workshop: Access.workshop_id,
    Participation: Access.participation_id,
}


def admit(session: Session, tokens: Sequence[str], opened: Opened) -> str:
    """Let a device in, known by one of these tokens, else a new one; returns the token that it keeps."""
    by_hash = {hashed(token): token for token in tokens}
    device = next(iter(_devices(session, tokens)), None)
    if device is None:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        device = Device(token_hash=hashed(token))
        session.add(device)
    else:
        token = by_hash[device.token_hash]
    device.until = (today() + timedelta(days=KEPT_DAYS)).isoformat()
    session.flush()
    column = _OPENS[type(opened)]
    here = select(Access.id).where(Access.device_id == device.id, column == opened.id)
    if session.scalar(here) is None:
        session.add(Access(device_id=device.id, **{column.key: opened.id}))
    session.flush()
    return token


def opened(session: Session, tokens: Sequence[str], kind: type[Opened]) -> list[str]:
    """The ids of what a device with these tokens may open, the first opened first."""
    if not tokens:
        return []
    column = _OPENS[kind]
    found = session.scalars(select(column).join(Device).where(*_known(tokens), column.is_not(None)).order_by(Access.id))
    return list(dict.fromkeys(str(id) for id in found))


def leave(session: Session, tokens: Sequence[str], *left: Opened) -> None:
    """Let a device open these no more; without any, nothing at all."""
    devices = [device.id for device in _devices(session, tokens)]
    if not left:
        session.execute(delete(Device).where(Device.id.in_(devices)))
    for one in left:
        session.execute(delete(Access).where(Access.device_id.in_(devices), _OPENS[type(one)] == one.id))


def revoke(session: Session, revoked: Opened) -> None:
    """Let nobody in any more who is in already: the link has been replaced."""
    session.execute(delete(Access).where(_OPENS[type(revoked)] == revoked.id))


def forget_old(session: Session) -> None:
    """Forget the devices that have opened no link for long."""
    session.execute(delete(Device).where(Device.until < _today()))


def _devices(session: Session, tokens: Sequence[str]) -> list[Device]:
    return list(session.scalars(select(Device).where(*_known(tokens)).order_by(Device.id)))


def _known(tokens: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    return Device.token_hash.in_([hashed(token) for token in tokens]), Device.until >= _today()


def _today() -> str:
    return today().isoformat()


def new_key(session: Session, keyed: Keyed) -> str:
    """A key with which one browser gets back into a rating or to a seat; stored is its hash alone."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    if isinstance(keyed, Respondent):
        _make_room(session, RatingKey.respondent_id, keyed.id)
        session.add(RatingKey(token_hash=hashed(token), respondent_id=keyed.id))
    else:
        _make_room(session, SeatKey.seat_id, keyed.id)
        session.add(SeatKey(token_hash=hashed(token), seat_id=keyed.id))
    session.flush()
    return token


def _make_room(session: Session, column: InstrumentedAttribute[str], id: str) -> None:
    if (session.scalar(select(func.count()).where(column == id)) or 0) >= MOST_KEYS:
        session.execute(delete(column.class_).where(column == id))


def rating_of(session: Session, key: str) -> str | None:
    """The id of the respondent whose rating this key opens."""
    found = session.get(RatingKey, hashed(key))
    return found.respondent_id if found else None


def seat_of(session: Session, key: str) -> str | None:
    """The id of the seat that this key opens."""
    found = session.get(SeatKey, hashed(key))
    return found.seat_id if found else None


def drop_keys(session: Session, keys: Sequence[str]) -> None:
    """Let these keys open nothing any more."""
    hashes = [hashed(key) for key in keys]
    session.execute(delete(RatingKey).where(RatingKey.token_hash.in_(hashes)))
    session.execute(delete(SeatKey).where(SeatKey.token_hash.in_(hashes)))
