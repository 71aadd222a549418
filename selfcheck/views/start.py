"""The way in: start page, beginning an assessment, private links, language, method."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from scoring.answers import Sheet
from scoring.wording import LANGUAGES
from selfcheck import catalogue
from selfcheck.extensions import database_session, language
from selfcheck.findings import Findings
from selfcheck.forms.context import StartForm, scope_in
from selfcheck.services import assessments, links

bp = Blueprint("start", __name__)


@bp.get("/")
def index() -> ResponseReturnValue:
    """What this is, for whom, and the way to begin."""
    return render_template(
        "start.html", form=StartForm(), questionnaire=catalogue.load(catalogue.DEFAULT, catalogue.newest())
    )


@bp.post("/assessments")
def begin() -> ResponseReturnValue:
    """Begin an assessment and hand over its private link."""
    form = StartForm()
    questionnaire = catalogue.load(catalogue.DEFAULT, catalogue.newest())
    if not form.validate_on_submit():
        return render_template("start.html", form=form, questionnaire=questionnaire), 422
    assessment = assessments.start(
        database_session, questionnaire, scope_in(form), (form.municipality.data or "").strip()
    )
    token = links.issue(database_session, assessment)
    database_session.commit()
    session["fresh"] = {assessment.id: token}
    return redirect(url_for(".enter", token=token))


@bp.get("/l/<token>")
def enter(token: str) -> ResponseReturnValue:
    """Swap a private link for a cookie, so that the token leaves the address bar at once."""
    link = links.by_token(database_session, token)
    if link is None:
        return render_template("link_unknown.html"), 404
    session.permanent = True
    session["links"] = list(dict.fromkeys([*session.get("links", []), link.id]))[-20:]
    return redirect(url_for("assessment.overview", assessment_id=link.assessment_id))


@bp.post("/language/<code>")
def choose_language(code: str) -> ResponseReturnValue:
    """Remember the language and return to the page."""
    if code not in LANGUAGES:
        abort(404)
    session["language"] = code
    came_from = urlsplit(request.form.get("next", "/"))
    local = came_from.path.startswith("/") and not came_from.path.startswith("//") and not came_from.netloc
    return redirect(came_from.path if local else "/")


@bp.get("/method")
def method() -> ResponseReturnValue:
    """How values come about, and what they do not say."""
    id, version = catalogue.DEFAULT, catalogue.newest()
    findings = Findings(catalogue.load(id, version), Sheet(id, version), language())
    return render_template("method.html", findings=findings)
