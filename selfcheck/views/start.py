"""The way in: start page, beginning an assessment, private links, language, method."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from scoring.assess.words import Speaker, neutral
from scoring.model.answers import Sheet
from scoring.model.wording import LANGUAGES
from selfcheck.extensions import database_session, language
from selfcheck.forms.context import FileForm
from selfcheck.forms.scope import StartForm, scope_in, start_form
from selfcheck.models import Assessment
from selfcheck.reading import catalogue
from selfcheck.reading.files import FileProblem, UnusableFile, read_bytes, unusable
from selfcheck.services import assessments, links, transfer
from selfcheck.views import device, once
from selfcheck.views.desk import hand_over
from selfcheck.views.doors import closed
from selfcheck.words.findings import Findings

bp = Blueprint("start", __name__)


@bp.url_value_preprocessor
def _let_files_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A file with everything may be larger than what forms send."""
    if endpoint == "start.begin_from_file":
        request.max_content_length = transfer.PARCEL_LIMIT


@bp.get("/")
def index() -> ResponseReturnValue:
    """What this is, for whom, and the way to begin."""
    return _start_page(start_form(_neutral()))


@bp.post("/assessments")
@once.only
def begin() -> ResponseReturnValue:
    """Begin an assessment and hand over its private link."""
    say = _neutral()
    form = start_form(say)
    if not form.validate_on_submit():
        return _start_page(form), 422
    assessment = assessments.start(database_session, say.questionnaire, scope_in(form), form.municipality.data)
    return _handed_over(assessment)


@bp.post("/assessments/from-file")
@once.only
def begin_from_file() -> ResponseReturnValue:
    """Begin an assessment with an answer file or with everything taken out elsewhere; mistakes begin nothing."""
    upload = FileForm().file.data
    try:
        if not upload:
            raise unusable("–", None, "bitte zuerst eine Datei auswählen", "please choose a file first")
        document = read_bytes(upload.read(), upload.filename)
        assessment, warnings = transfer.adopt_file(database_session, document)
    except UnusableFile as error:
        return _start_page(start_form(_neutral()), error.problems), 422
    for warning in warnings:
        flash(warning.text(language()), "begun")
    return _handed_over(assessment)


def _start_page(form: StartForm, problems: tuple[FileProblem, ...] = ()) -> str:
    return render_template("start.html", form=form, file=FileForm(), say=_neutral(), problems=problems)


def _neutral() -> Speaker:
    """The newest questionnaire in neutral words."""
    return neutral(catalogue.load(catalogue.DEFAULT, catalogue.newest()), language())


def _handed_over(assessment: Assessment) -> ResponseReturnValue:
    """Store a new assessment and hand over its private link."""
    link, token = links.issue(database_session, assessment, token=once.token())
    there = once.remember(url_for(".enter", token=token), f"fresh:{link.id}")
    database_session.commit()
    hand_over(link, token)
    return redirect(there)


@bp.get("/deleted")
def deleted() -> ResponseReturnValue:
    """Confirm that a self-check is gone."""
    return render_template("deleted.html")


@bp.get("/l/<token:token>")
def enter(token: str) -> ResponseReturnValue:
    """Swap a private link for a cookie, so that the token leaves the address bar at once."""
    link = links.by_token(database_session, token)
    if link is None:
        return render_template("link_unknown.html"), 404
    if links.state(link) != "valid":
        return closed(link), 404
    device.admit(link)
    page = "assessment.result" if link.kind == links.READER else "assessment.overview"
    return redirect(url_for(page, assessment_id=link.assessment_id))


@bp.get("/language/<code>")
def language_asked(code: str) -> ResponseReturnValue:
    """The address of the language button, opened as a page: nothing changes."""
    return redirect(url_for(".index"))


@bp.post("/language/<code>")
def choose_language(code: str) -> ResponseReturnValue:
    """Remember the language and return to the page."""
    if code not in LANGUAGES:
        abort(404)
    session["language"] = code
    came_from = urlsplit(request.form.get("next", "/"))
    local = came_from.path.startswith("/") and not came_from.path.startswith("//") and not came_from.netloc
    return redirect(came_from.path if local else url_for(".index"))


@bp.get("/method")
def method() -> ResponseReturnValue:
    """How values come about, and what they do not say."""
    id, version = catalogue.DEFAULT, catalogue.newest()
    findings = Findings(catalogue.load(id, version), Sheet(id, version), language())
    return render_template("method.html", findings=findings)
