"""The way into the area of one transfer agency; for everybody without its link, it does not exist."""

from typing import Any

from flask import Blueprint, abort, current_app, g, session

from selfcheck.extensions import database_session
from selfcheck.models import Agency
from selfcheck.services import agencies

MOST_KEPT = 10
"""A cookie has little room."""


def blueprint(name: str, folder: str = "") -> Blueprint:
    """Pages of one agency, open only to whoever came through its private link."""
    pages = Blueprint(name, f"selfcheck.views.{name}", url_prefix=f"/agency/<agency_id>{folder}")
    pages.url_value_preprocessor(_open)
    pages.context_processor(_for_its_pages)
    return pages


def keep(agency: Agency) -> None:
    """Let this browser in from now on, until the agency has another link."""
    kept = session.get("agencies", {}) | {agency.id: agencies.seal(agency)}
    session.permanent = True
    session["agencies"] = dict([*kept.items()][-MOST_KEPT:])


def _open(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    id = (values or {}).pop("agency_id", "")
    found = agencies.opened(database_session, session.get("agencies", {}), id)
    if found is None:
        abort(404)
    g.agency = found


def same_agency(endpoint: str, values: dict[str, Any]) -> None:
    """Addresses lead to the agency of this request unless they name another."""
    if "agency" in g and current_app.url_map.is_endpoint_expecting(endpoint, "agency_id"):
        values.setdefault("agency_id", g.agency.id)


def _for_its_pages() -> dict[str, Any]:
    return {"agency": g.get("agency")}


def agency_here() -> Agency:
    """The agency of this request."""
    here: Agency = g.agency
    return here
