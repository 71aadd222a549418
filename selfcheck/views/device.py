"""What a browser keeps to be let in: cookies with random tokens; what they open stands on the server (`services.doors`).

A device has one token for whatever it opened by private links. A rating and a seat have a cookie each, named after the
invitation, link or code they came by: an invitation opens no rating but the one begun with it.
"""

import secrets
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Literal

from flask import Response, after_this_request, current_app, g, request, session

from selfcheck import extensions
from selfcheck.extensions import database_session
from selfcheck.services import doors
from selfcheck.services.doors import Opened

MOST_TOKENS = 60
"""Cookies of one kind that are looked at; a browser has one of a device, and one for each rating or seat."""
DAY = 24 * 60 * 60
KeyKind = Literal["rating", "seat"]


def tokens() -> tuple[str, ...]:
    """The tokens of a device that this browser shows; two links opened at the same moment may have made two."""
    return tuple(value for _, value in _cookies("device"))


def opened(kind: type[Opened]) -> list[str]:
    """The ids of what this device may open, the first opened first; asked once a request."""
    asked: dict[type[Opened], list[str]] = g.setdefault("opened", {})
    if kind not in asked:
        asked[kind] = doors.opened(database_session, tokens(), kind)
    return asked[kind]


def admit(entered: Opened) -> None:
    """Let this device in from now on. Whoever only looks whether the address exists (HEAD) does not come in."""
    if request.method == "HEAD":
        return
    with extensions.kept().database.writer() as writing:
        token = doors.admit(writing, tokens(), entered)
        writing.commit()
    known = next((name for name, value in _cookies("device") if value == token), None)
    _keep(known or f"{_prefix('device')}{secrets.token_hex(4)}", token)


def keys(kind: KeyKind) -> Iterator[str]:
    """The keys of this kind that this browser shows."""
    return (value for _, value in _cookies(kind))


def key_by(kind: KeyKind, way: str) -> str:
    """The key that was handed over for this invitation or link in this browser; empty when there is none."""
    return request.cookies.get(f"{_prefix(kind)}{_mark(way)}", "")


def hand_key(kind: KeyKind, way: str, key: str) -> None:
    """Let this browser keep a key, under a name that only whoever has the invitation or link can find again."""
    _keep(f"{_prefix(kind)}{_mark(way)}", key)


def has_key(kind: KeyKind, id: str) -> bool:
    """Whether a key of this browser opens the rating or the seat with this id."""
    return any(_opens(kind, key) == id for key in keys(kind))


def _opens(kind: KeyKind, key: str) -> str | None:
    find = doors.rating_of if kind == "rating" else doors.seat_of
    return find(database_session, key)


def drop_keys(kind: KeyKind, id: str = "") -> None:
    """Let this browser's keys of a kind open nothing any more: those of one thing, or all."""
    found = [(name, key) for name, key in _cookies(kind) if not id or _opens(kind, key) == id]
    doors.drop_keys(database_session, [key for _, key in found])
    _forget([name for name, _ in found])


def leave_device() -> None:
    """Let this browser open nothing any more, and keep nothing of what it opened."""
    doors.leave(database_session, tokens())
    drop_keys("rating")
    drop_keys("seat")
    _forget([name for name, _ in _cookies("device")])
    chosen = session.get("language")
    session.clear()
    if chosen:
        session["language"] = chosen


def remembered() -> bool:
    """Whether this browser may open anything, so that leaving it makes sense."""
    return any(_cookies("device")) or any(keys("rating")) or any(keys("seat"))


def forget_shown(*ids: str) -> None:
    """Keep no more what this browser was shown of these: addresses of new links, and where it was last."""
    session["fresh"] = {id: token for id, token in session.get("fresh", {}).items() if id not in ids}
    session["ways_back"] = {id: token for id, token in session.get("ways_back", {}).items() if id not in ids}
    if session.get("here") in ids:
        session.pop("here")


def _mark(way: str) -> str:
    return sha256(f"cookie {way}".encode()).hexdigest()[:16]


def _prefix(kind: str) -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-{kind}-"


def _cookies(kind: str) -> list[tuple[str, str]]:
    prefix = _prefix(kind)
    return [(name, value) for name, value in request.cookies.items() if name.startswith(prefix)][:MOST_TOKENS]


def _keep(name: str, value: str) -> None:
    config = current_app.config

    @after_this_request
    def _set(response: Response) -> Response:
        response.set_cookie(
            name,
            value,
            max_age=doors.KEPT_DAYS * DAY,
            secure=config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite=config["SESSION_COOKIE_SAMESITE"],
        )
        return response


def _forget(names: Iterable[str]) -> None:
    config = current_app.config

    @after_this_request
    def _drop(response: Response) -> Response:
        for name in names:
            response.delete_cookie(
                name,
                secure=config["SESSION_COOKIE_SECURE"],
                httponly=True,
                samesite=config["SESSION_COOKIE_SAMESITE"],
            )
        return response
