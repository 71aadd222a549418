"""The way into one workshop, for its moderation and its agency, and into one municipality's part in it."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, current_app, g, request, session

from scoring.assess.words import Speaker, neutral
from scoring.model.wording import Language
from selfcheck import extensions
from selfcheck.extensions import database_session, language
from selfcheck.models import Participation, Workshop
from selfcheck.reports.invitation import Occasion
from selfcheck.services import packages, ways_in, workshops

MOST_KEPT = 20
"""A cookie has little room."""


def blueprint(name: str, folder: str = "") -> Blueprint:
    """Pages of one workshop, open only to whoever came through the moderation's link."""
    pages = Blueprint(name, f"selfcheck.views.{name}", url_prefix=f"/workshop/<workshop_id>{folder}")
    pages.url_value_preprocessor(_open)
    pages.context_processor(_for_its_pages)
    return pages


def keep(entered: Workshop | Participation) -> None:
    """Let this browser in from now on."""
    place = "workshops" if isinstance(entered, Workshop) else "participations"
    kept = session.get(place, {}) | {entered.id: ways_in.proof_of(entered)}
    session.permanent = True
    session[place] = dict([*kept.items()][-MOST_KEPT:])


def _open(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Find the workshop; for everybody without its link, it does not exist."""
    id = (values or {}).pop("workshop_id", "")
    found = ways_in.opened(database_session, id, session.get("workshops", {}).get(id, ""))
    by_agency = ways_in.opened_by_agency(database_session, id, session.get("agencies", {}))
    if found is None and by_agency is None:
        abort(404)
    g.workshop, g.by_agency = found or by_agency, by_agency is not None
    if packages.any_seat_is_over(g.workshop, date.today()):
        _forget_expired()


def _forget_expired() -> None:
    """Whose package is over is out before anything is looked at; a request that only reads lets another session do it."""
    if request.method not in extensions.READING:
        packages.forget_expired(database_session, date.today())
        return
    with extensions.kept().database.writer() as writing:
        packages.forget_expired(writing, date.today())
        writing.commit()
    database_session.rollback()


def same_workshop(endpoint: str, values: dict[str, Any]) -> None:
    """Addresses lead to the workshop of this request unless they name another."""
    if "workshop" in g and current_app.url_map.is_endpoint_expecting(endpoint, "workshop_id"):
        values.setdefault("workshop_id", g.workshop.id)


def _for_its_pages() -> dict[str, Any]:
    return {"workshop": g.get("workshop"), "by_agency": g.get("by_agency", False)}


def workshop_here() -> Workshop:
    """The workshop of this request."""
    here: Workshop = g.workshop
    return here


def occasion(workshop: Workshop) -> Occasion:
    """What a municipality is told about a workshop before it agrees."""
    plan = workshops.plan_of(workshop)
    return Occasion(plan.title, plan.purpose, plan.day, plan.start, plan.keep_until, plan.threshold)


def say_here() -> Speaker:
    """The workshop's questionnaire in neutral words, in the language of the request."""
    return neutral(workshops.questionnaire_of(workshop_here()), wanted())


def wanted() -> Language:
    """The language of the request."""
    return language()
