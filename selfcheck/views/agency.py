"""The area of a transfer agency: its workshops, its own examples, and what municipalities propose to it."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scoring.model.answers import Sheet
from scoring.model.questionnaire import Questionnaire
from selfcheck.extensions import commit_deletion, database_session, language
from selfcheck.forms.agency import ExamplesForm
from selfcheck.forms.kit import mark, seen_otherwise
from selfcheck.forms.proposals import ACCEPT, ASK, DecisionForm, seen
from selfcheck.forms.workshop import plan_in, workshop_form
from selfcheck.ground.days import today
from selfcheck.models import OwnPractices, Proposal
from selfcheck.reading import catalogue, example_files
from selfcheck.reading.files import FileProblem, UnusableFile, unusable
from selfcheck.services import agencies, packages, practices, proposals, workshops
from selfcheck.services.seen import ChangedMeanwhile
from selfcheck.views import device, once
from selfcheck.views.answering import download
from selfcheck.views.doors import AGENCY, agency_here
from selfcheck.views.workshops import handed_over
from selfcheck.words.findings import Findings

way_in = Blueprint("agencies", __name__)
bp = AGENCY.pages("agency")


@way_in.get("/a/<token:token>")
def enter(token: str) -> ResponseReturnValue:
    """Swap an agency's link for a cookie, so that the token leaves the address bar at once."""
    found = agencies.by_token(database_session, token)
    if found is None:
        return render_template("agency/unknown.html"), 404
    device.admit(found)
    return redirect(url_for("agency.show", agency_id=found.id))


@way_in.get("/agencies")
def about() -> ResponseReturnValue:
    """What an agency's area is for, and how it gets one."""
    return render_template("agency/about.html")


@bp.get("/")
def show() -> ResponseReturnValue:
    """What can be done here."""
    return _page()


def _page(problems: tuple[FileProblem, ...] = (), other: str | bool = False) -> str:
    """`other`: the file that was not kept, since others are stored by now than were seen."""
    files = practices.of_agency(database_session, agency_here())
    return render_template(
        "agency/show.html",
        files=[(kept, practices.examples_in(kept)) for kept in files],
        proposals=[(one, proposals.told(one)) for one in _open_proposals()],
        withdrawn=sum(one.state == proposals.WITHDRAWN for one in proposals.of_agency(database_session, agency_here())),
        form=ExamplesForm(),
        say=_findings(catalogue.load(catalogue.DEFAULT, catalogue.newest())).say,
        problems=problems,
        other=other,
        seen=mark(_examples_here()),
        rooms=[(one, workshops.plan_of(one)) for one in reversed(agency_here().workshops)],
        usable=len(packages.of_agency(database_session, agency_here(), today())),
    )


def _examples_here() -> list[tuple[str, str, str]]:
    """The files of examples as they are stored."""
    return [
        (one.questionnaire, one.version, one.content) for one in practices.of_agency(database_session, agency_here())
    ]


def _open_proposals() -> list[Proposal]:
    return [one for one in proposals.of_agency(database_session, agency_here()) if one.state != proposals.WITHDRAWN]


def _findings(questionnaire: Questionnaire) -> Findings:
    return Findings(questionnaire, Sheet(questionnaire.id, questionnaire.version), language())


@bp.route("/workshops/new", methods=["GET", "POST"])
@once.only
def prepare() -> ResponseReturnValue:
    """Prepare a workshop of the agency and hand over the moderation's private link."""
    form = workshop_form(fewest=workshops.fewest(agency_here().id))
    if form.validate_on_submit():
        questionnaire = catalogue.load(catalogue.DEFAULT, catalogue.newest())
        workshop, token = workshops.prepare(
            database_session, questionnaire, plan_in(form), agency_here().id, once.token()
        )
        return handed_over(workshop, token)
    return render_template("workshop/prepare.html", form=form), 422 if form.errors else 200


@bp.get("/examples/template.yaml")
def template() -> ResponseReturnValue:
    """An empty file for examples, with comments."""
    questionnaire = catalogue.load(catalogue.DEFAULT, catalogue.newest())
    content = example_files.template(questionnaire, language())
    return download(content.encode(), "application/yaml", f"{_('examples')}.yaml")


@bp.post("/examples")
@once.only
def load() -> ResponseReturnValue:
    """Keep a file of examples in place of the one before; mistakes change nothing."""
    upload = ExamplesForm().file.data
    try:
        if not upload:
            raise unusable("–", None, "bitte zuerst eine Datei auswählen", "please choose a file first")
        if seen_otherwise(_examples_here()):
            return _page(other=upload.filename), 409
        practices.keep(database_session, agency_here(), upload.read(), upload.filename)
    except UnusableFile as error:
        return _page(error.problems), 422
    there = once.remember(url_for(".show", _anchor="examples"))
    database_session.commit()
    return redirect(there)


@bp.get("/examples/<questionnaire_id>/<version>.yaml")
def examples(questionnaire_id: str, version: str) -> ResponseReturnValue:
    """The file as it was handed in."""
    kept = _kept_or_404(questionnaire_id, version)
    return download(kept.content.encode(), "application/yaml", f"{_('examples')}-{kept.version}.yaml")


@bp.post("/examples/<questionnaire_id>/<version>/delete")
@once.only
def remove(questionnaire_id: str, version: str) -> ResponseReturnValue:
    """Forget a file of examples after a deliberate tick."""
    kept, there = _kept_or_404(questionnaire_id, version), url_for(".show", _anchor="examples")
    if seen_otherwise(_examples_here()):
        return _page(other=True), 409
    if request.form.get("sure"):
        practices.remove(database_session, kept)
        once.remember(there)
        commit_deletion()
    return redirect(there)


def _kept_or_404(questionnaire_id: str, version: str) -> OwnPractices:
    found = practices.of_agency(database_session, agency_here())
    return next((o for o in found if (o.questionnaire, o.version) == (questionnaire_id, version)), None) or abort(404)


@bp.route("/proposals/<proposal_id>", methods=["GET", "POST"])
@once.only
def proposal(proposal_id: str) -> ResponseReturnValue:
    """Read what a municipality tells of itself, and answer."""
    found = _proposal_or_404(proposal_id)
    form = DecisionForm()
    if not form.validate_on_submit():
        return _proposal_page(found, form), 422 if form.is_submitted() else 200
    try:
        _answer(found, form)
    except ChangedMeanwhile:
        return _proposal_page(found, form, changed=True), 409
    there = once.remember(url_for(".show", _anchor="proposals"))
    database_session.commit()
    return redirect(there)


def _answer(found: Proposal, form: DecisionForm) -> None:
    if form.answer.data == ASK:
        proposals.ask_back(found, seen(form), form.reason.data)
    elif form.answer.data == ACCEPT:
        proposals.decide(found, seen(form), "accepted")
    else:
        proposals.decide(found, seen(form), "declined", form.reason.data)


def _proposal_page(found: Proposal, form: DecisionForm, *, changed: bool = False) -> str:
    form.seen.data = str(found.revision)
    questionnaire = catalogue.load(found.questionnaire, found.version)
    text = proposals.told(found)
    practice = proposals.as_practice(text, questionnaire, language(), found.agency.name, found)
    return render_template(
        "agency/proposal.html",
        findings=_findings(questionnaire),
        proposal=found,
        told=text,
        practice=practice,
        form=form,
        changed=changed,
    )


def _proposal_or_404(id: str) -> Proposal:
    return next((one for one in _open_proposals() if one.id == id), None) or abort(404)
