"""The way into one assessment, shared by all of its pages: who may see what, and the findings of this request."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, g, session

from selfcheck.extensions import database_session, language
from selfcheck.findings import Findings
from selfcheck.models import Assessment
from selfcheck.services import assessments, links

READABLE = frozenset({"assessment.result", "assessment.radar", "assessment.report"})
"""What a read-only link opens."""


def blueprint(name: str, folder: str = "") -> Blueprint:
    """Pages of one assessment, open only to whoever came through a private link."""
    pages = Blueprint(name, f"selfcheck.views.{name}", url_prefix=f"/assessment/<assessment_id>{folder}")
    pages.url_value_preprocessor(_open)
    pages.context_processor(_for_its_pages)
    return pages


def _open(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Find the assessment; for everybody without a link to it, it does not exist."""
    found = links.opened(database_session, session.get("links", []), (values or {}).pop("assessment_id", ""))
    if found is None or (found.kind == links.READER and endpoint not in READABLE):
        abort(404)
    g.assessment, g.reads_only = found.assessment, found.kind == links.READER


def same_assessment(endpoint: str, values: dict[str, Any]) -> None:
    """Addresses lead to the assessment of this request unless they name another."""
    if "assessment" in g and current_app.url_map.is_endpoint_expecting(endpoint, "assessment_id"):
        values.setdefault("assessment_id", g.assessment.id)


def _for_its_pages() -> dict[str, Any]:
    return {"assessment": g.get("assessment"), "reads_only": g.get("reads_only", False)}


def findings_here() -> Findings:
    """Everything about the assessment of this request, in its language."""
    here: Assessment = g.assessment
    return Findings(assessments.questionnaire_of(here), assessments.sheet_of(here), language())


def download(content: bytes, type: str, name: str) -> Response:
    """A file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="selfcheck-{name}"'}
    return Response(content, mimetype=type, headers=headers)
