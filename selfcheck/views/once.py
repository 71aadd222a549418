"""Once: forms that create something carry a random value, by which a second sending of the same form is known.

The value alone is not enough: it counts together with the browser's session, the address and everything that was sent.
Whoever goes back and sends the page with something else means something else.
"""

import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import ParamSpec

from flask import Flask, Response, abort, current_app, g, redirect, request, session
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from selfcheck.extensions import csrf, database_session
from selfcheck.ground.tokens import hashed, new_token
from selfcheck.models import Seat
from selfcheck.services import doors, sent
from selfcheck.views import device

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]

VALUE = re.compile(r"[\w-]{22}", re.ASCII)
PLAIN = "application/x-www-form-urlencoded"
MOST_KEPT = 12
"""A cookie has little room."""
_only_once: set[str] = set()


def install(app: Flask) -> None:
    """Give templates the field, and answer a second sending before anybody asks for the way in."""
    app.jinja_env.globals["once"] = field
    app.url_value_preprocessor(_before_the_door)


def field() -> Markup:
    """The hidden field of a form that shall do what it asks for once."""
    return Markup('<input type="hidden" name="once" value="{}">').format(new_token())


def only(view: View[P]) -> View[P]:
    """A page that does what its form asks for once; it says by `remember` where that led to."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if again := _answer():
            return again
        try:
            return view(*args, **kwargs)
        except IntegrityError:  # where writers run side by side, the other sending was a moment faster
            database_session.rollback()
            if again := _answer():
                return again
            raise

    _only_once.add(f"{view.__module__}.{view.__name__}")
    return answered


def is_only(view: Callable[..., object]) -> bool:
    """Whether a page does what its form asks for once."""
    return f"{view.__module__}.{view.__name__}" in _only_once


def token() -> str:
    """The token of a private link that is handed over: the same for the same sending."""
    sending = _sending()
    return _token(sending, _salt()) if sending else new_token()


def traceless_token() -> str:
    """The same, of which no row is kept: for what shall leave no trace of when it was, and cannot be created twice."""
    return _token(_sending(), "") if _sending() else new_token()


def remember(place: str, handed: str = "") -> str:
    """Keep, in this request's transaction, where it leads to; returns that place.

    `handed` names what a token, or a place in a workshop, is kept for in the browser: `fresh:` and the id of a link.
    """
    if sending := _sending():
        sent.remember(database_session, sending, _salt(), place.replace(_token(sending, _salt()), sent.TOKEN), handed)
    return place


def forget() -> None:
    """Let the same form be sent again: it came to nothing."""
    sent.forget(database_session, _sending())


def earlier() -> str | None:
    """The place that the same form led to before."""
    found = sent.earlier(database_session, _sending()) if request.method == "POST" and _sending() else None
    return found.place if found else None


def _before_the_door(endpoint: str | None, _values: object) -> None:
    """A first sending may have replaced the very link by which the second comes."""
    view = current_app.view_functions.get(endpoint or "")
    if view and request.method == "POST" and request.mimetype == PLAIN and is_only(view) and request.form.get("once"):
        csrf.protect()
        if again := _answer():
            abort(again)


def _answer() -> Response | None:
    """What the first sending of this form was answered with."""
    sending = _sending() if request.method == "POST" else ""
    found = sent.earlier(database_session, sending) if sending else None
    if found is None:
        return None
    handed = _token(sending, found.salt)
    if found.handed:
        kept_as, _, id = found.handed.partition(":")
        _hand_over(kept_as, id, handed)
    answer = redirect(found.place.replace(sent.TOKEN, handed))
    assert isinstance(answer, Response)
    return answer


def _hand_over(kept_as: str, id: str, token: str) -> None:
    """Let this browser have what the answer to the first sending would have given it."""
    if kept_as != "seat":
        session[kept_as] = dict([*session.get(kept_as, {}).items(), (id, token)][-MOST_KEPT:])
    elif seat := database_session.get(Seat, id):
        device.hand_key("seat", seat.member.team_code, doors.new_key(database_session, seat))
        database_session.commit()


def _sending() -> str:
    """What this sending is known by; empty when its form carries no value."""
    if "sending" not in g:
        value = request.form.get("once", "")
        g.sending = (
            hashed(repr((value, session.get("csrf_token"), request.path, _body()))) if VALUE.fullmatch(value) else ""
        )
    return str(g.sending)


def _body() -> list[object]:
    fields = [(name, values) for name, values in sorted(request.form.lists()) if name != "csrf_token"]
    return [*fields, *((name, file.filename, _digest(file)) for name, file in request.files.items(multi=True))]


def _digest(file: FileStorage) -> str:
    digest = sha256(file.stream.read()).hexdigest()
    file.stream.seek(0)
    return digest


def _salt() -> str:
    if "salt" not in g:
        g.salt = sent.new_salt()
    return str(g.salt)


def _token(sending: str, salt: str) -> str:
    return sent.token_of(sending, salt, str(current_app.config["SECRET_KEY"]))
