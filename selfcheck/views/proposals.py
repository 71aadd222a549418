"""A municipality proposes itself as a good example: what it tells, what exactly is sent, and taking it back."""

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scoring.model.practices import Practice
from scoring.model.questionnaire import Item, Perspective
from selfcheck.extensions import commit_deletion, database_session, language
from selfcheck.forms.kit import changed_meanwhile
from selfcheck.forms.proposals import ProposalForm, proposal_form, told_in
from selfcheck.models import Agency, Assessment, Proposal
from selfcheck.services import agencies, proposals
from selfcheck.services.proposals import Told
from selfcheck.views import once
from selfcheck.views.desk import findings_here
from selfcheck.views.doors import ASSESSMENT
from selfcheck.views.progress import progress
from selfcheck.words.findings import Findings

bp = ASSESSMENT.pages("proposals", "/proposals")


@bp.get("/")
def index() -> ResponseReturnValue:
    """What has been proposed, and what could be."""
    findings = findings_here()
    return render_template(
        "proposals/index.html",
        findings=findings,
        places=progress(findings),
        agencies=agencies.listed(database_session),
        unfinished=_unfinished(findings),
        possible=[one for one in findings.questionnaire.perspectives if _items(findings, one)],
        proposals=[(one, proposals.told(one) if one.content else None) for one in reversed(g.assessment.proposals)],
    )


def _unfinished(findings: Findings) -> tuple[str, ...]:
    """The perspectives in which something asked is still open."""
    return tuple(place.id for place in progress(findings) if place.id != "context" and place.done < place.total)


def _items(findings: Findings, perspective: Perspective) -> tuple[Item, ...]:
    """The items of a perspective that can be told of."""
    stages = findings.result.facts.stages
    return tuple(i for i in findings.asked_in(perspective) if proposals.can_be_told(stages[i.id]))


@bp.route("/new/<perspective_id>", methods=["GET", "POST"])
@once.only
def tell(perspective_id: str) -> ResponseReturnValue:
    """Tell of one perspective, look at what is sent, send it."""
    return _tell(perspective_id, None)


@bp.route("/<proposal_id>/change", methods=["GET", "POST"])
@once.only
def change(proposal_id: str) -> ResponseReturnValue:
    """Send another text in place of the one before."""
    found = _proposal_or_404(proposal_id)
    return _tell(proposals.told(found).perspective, found)


def _tell(perspective_id: str, before: Proposal | None) -> ResponseReturnValue:
    findings, known = findings_here(), agencies.listed(database_session)
    perspective = next((one for one in findings.questionnaire.perspectives if one.id == perspective_id), None)
    if perspective is None or not known or _unfinished(findings) or not (items := _items(findings, perspective)):
        abort(404)
    form = proposal_form(findings, items, known, proposals.told(before) if before else None, *_sent_to(before))
    page = {"findings": findings, "places": progress(findings), "perspective": perspective, "form": form}
    step = request.form.get("step", "")
    if not form.validate_on_submit() or step == "back":
        return render_template("proposals/tell.html", **page, before=before), 422 if form.errors else 200
    if before and changed_meanwhile(form):
        return render_template("proposals/tell.html", **page, before=before, conflict=True), 409
    text, agency = told_in(form, findings, perspective), next(one for one in known if one.id == form.agency.data)
    if step == "send":
        return _sent(before, agency, text, form)
    practice = _as_read(text, findings, agency)
    return render_template("proposals/look.html", **page, told=text, practice=practice, agency=agency, before=before)


def _sent_to(before: Proposal | None) -> tuple[str, object]:
    """The agency a text was sent to, and what it has answered."""
    return (before.agency_id, (before.state, before.reason)) if before else ("", None)


def _sent(before: Proposal | None, agency: Agency, text: Told, form: ProposalForm) -> ResponseReturnValue:
    if before:
        proposals.change(before, agency, text)
    else:
        try:
            before = proposals.propose(database_session, g.assessment, agency, text)
        except proposals.TooMany:
            abort(404)
    there = once.remember(url_for(".show", proposal_id=before.id))
    commit_deletion()
    return redirect(there)


def _as_read(text: Told, findings: Findings, agency: Agency, proposal: Proposal | None = None) -> Practice:
    return proposals.as_practice(text, findings.questionnaire, language(), agency.name, proposal)


@bp.get("/<proposal_id>")
def show(proposal_id: str) -> ResponseReturnValue:
    """One proposal: where it stands, what was sent."""
    found, findings = _proposal_or_404(proposal_id), findings_here()
    text = proposals.told(found)
    practice = _as_read(text, findings, found.agency, found)
    return render_template(
        "proposals/show.html",
        findings=findings,
        places=progress(findings),
        proposal=found,
        told=text,
        practice=practice,
        can_change=not _unfinished(findings),
    )


@bp.post("/<proposal_id>/withdraw")
def withdraw(proposal_id: str) -> ResponseReturnValue:
    """Take a proposal back; its text is gone on both sides."""
    proposals.withdraw(_proposal_or_404(proposal_id))
    there = url_for(".index")
    commit_deletion()
    return redirect(there)


def _proposal_or_404(id: str) -> Proposal:
    here: Assessment = g.assessment
    for proposal in here.proposals:
        if proposal.id == id and proposal.state != proposals.WITHDRAWN:
            return proposal
    return abort(404)
