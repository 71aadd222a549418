"""This device: what it opens, and leaving it."""

from typing import TypeVar

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from selfcheck.extensions import database_session
from selfcheck.models import Agency, Assessment, Link, Participation, Workshop
from selfcheck.services import doors, links
from selfcheck.services.doors import Opened
from selfcheck.views import device

Row = TypeVar("Row", Link, Agency, Workshop, Participation)
bp = Blueprint("devices", __name__)


@bp.get("/device")
def show() -> ResponseReturnValue:
    """What this device opens."""
    return render_template("device/show.html", assessments=_assessments(), others=_others())


def _assessments() -> dict[str, Assessment]:
    return {link.assessment_id: link.assessment for link in _rows(Link) if links.state(link) == "valid"}


def _others() -> list[tuple[str, str, str]]:
    """Kind, id and name of everything else that is open."""
    agencies, rooms, parts = _rows(Agency), _rows(Workshop), _rows(Participation)
    return [
        *(("agency", one.id, one.name) for one in agencies),
        *(("workshop", one.id, one.title) for one in rooms),
        *(("participation", one.id, one.name) for one in parts),
    ]


def _rows(kind: type[Row]) -> list[Row]:
    return [row for id in device.opened(kind) if (row := database_session.get(kind, id))]


@bp.get("/form-token")
def form_token() -> ResponseReturnValue:
    """A fresh token for the forms of a page that has stood open while cookies were lost."""
    return jsonify(csrf_token=generate_csrf())


@bp.post("/device/leave")
def leave() -> ResponseReturnValue:
    """Let this device open nothing any more."""
    device.leave_device()
    database_session.commit()
    return redirect(url_for(".left"))


@bp.get("/device/left")
def left() -> ResponseReturnValue:
    """Confirm that this device opens nothing any more."""
    return render_template("device/left.html")


@bp.post("/device/leave/<kind>/<id>")
def leave_one(kind: str, id: str) -> ResponseReturnValue:
    """Let this device open one thing no more; it still opens the others."""
    here = _left(kind, id)
    if here:
        doors.leave(database_session, device.tokens(), *here)
        device.forget_shown(id, *(one.id for one in here))
        database_session.commit()
    flash(_("Left. To come back, open the private link again."), "device")
    return redirect(url_for(".show"))


def _left(kind: str, id: str) -> list[Opened]:
    """What is left with one press: a self-check by all the links that opened it."""
    match kind:
        case "assessment":
            return [link for link in _rows(Link) if link.assessment_id == id]
        case "agency":
            return [one for one in _rows(Agency) if one.id == id]
        case "workshop":
            return [one for one in _rows(Workshop) if one.id == id]
        case "participation":
            return [one for one in _rows(Participation) if one.id == id]
        case _:
            return abort(404)
