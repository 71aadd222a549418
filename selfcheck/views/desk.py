"""The way into one assessment, shared by all of its pages: who may see what, and the findings of this request."""

from typing import Any

from flask import Blueprint, abort, current_app, g, make_response, render_template, session, url_for

from selfcheck.extensions import database_session, kept, language
from selfcheck.models import Assessment, Link
from selfcheck.services import assessments, links, practices, snapshots
from selfcheck.words.findings import Findings

READABLE = frozenset(
    {
        "assessment.result",
        "examples.show",
        "papers.chart",
        "papers.everything",
        "papers.report",
        "papers.show",
        "papers.slides",
        "papers.table",
    }
)
"""What a read-only link opens."""
MOST_FRESH = 12
"""A cookie has little room."""


def blueprint(name: str, folder: str = "") -> Blueprint:
    """Pages of one assessment, open only to whoever came through a private link."""
    pages = Blueprint(name, f"selfcheck.views.{name}", url_prefix=f"/assessment/<assessment_id>{folder}")
    pages.url_value_preprocessor(_open)
    pages.context_processor(_for_its_pages)
    return pages


def _open(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Find the assessment; for everybody without a link to it, it does not exist."""
    id, ids = (values or {}).pop("assessment_id", ""), session.get("links", [])
    found = links.opened(database_session, ids, id)
    if found is None:
        abort(make_response(closed(links.once_opened(database_session, ids, id)), 404))
    if found.kind == links.READER and endpoint not in READABLE:
        abort(404)
    if session.get("here") != found.assessment_id:
        session["here"] = found.assessment_id
    g.link, g.assessment, g.reads_only = found, found.assessment, found.kind == links.READER


def closed(link: Link | None) -> str:
    """The page that says why a link opens nothing; for a page without any link, that it needs one."""
    if link is None:
        return render_template("error.html", status=404)
    return render_template("link_unknown.html", state=links.state(link), last_day=links.last_day(link))


def hand_over(link: Link, token: str) -> None:
    """Let this browser see the address of a new link until the person says that it is kept."""
    session["fresh"] = dict([*session.get("fresh", {}).items(), (link.id, token)][-MOST_FRESH:])


def fresh_address(link: Link) -> str | None:
    """The address of a link that was just made in this browser."""
    token = session.get("fresh", {}).get(link.id)
    return url_for("start.enter", token=token, _external=True) if token else None


def fresh_links(opening: list[Link]) -> dict[str, Any]:
    """What a page needs to show the links that were just made in this browser."""
    addresses = {link.id: address for link in opening if (address := fresh_address(link))}
    return {"fresh": addresses, "mailed": session.get("mailed", []), "outbox": kept().settings.outbox, "mail": {}}


def same_assessment(endpoint: str, values: dict[str, Any]) -> None:
    """Addresses lead to the assessment of this request unless they name another."""
    if "assessment" in g and current_app.url_map.is_endpoint_expecting(endpoint, "assessment_id"):
        values.setdefault("assessment_id", g.assessment.id)


def _for_its_pages() -> dict[str, Any]:
    link: Link | None = g.get("link")
    until = links.last_day(link) if link else None
    return {"assessment": g.get("assessment"), "reads_only": g.get("reads_only", False), "until": until}


def findings_here() -> Findings:
    """Everything about the assessment of this request, in its language."""
    here: Assessment = g.assessment
    questionnaire = practices.with_own(database_session, assessments.questionnaire_of(here), language(), here.id)
    sheet = assessments.sheet_of(here)
    return Findings(questionnaire, sheet, language(), snapshots.last_time(here), snapshots.pending(here))
