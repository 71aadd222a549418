"""The measures of an assessment: next steps taken over, measures of its own, and what they brought."""

from dataclasses import replace

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scoring.follow.measures import brought
from scoring.model.recommendations import Recommendation
from selfcheck.extensions import commit_deletion, database_session
from selfcheck.forms.kit import changed_meanwhile
from selfcheck.forms.measures import (
    DeleteForm,
    MeasureForm,
    TakeForm,
    chosen,
    entered,
    measure_form,
    take_form,
)
from selfcheck.ground.days import today
from selfcheck.ground.i18n import translator
from selfcheck.models import StoredMeasure, now
from selfcheck.planning.days import measures_calendar, to_come
from selfcheck.services import measures
from selfcheck.views import once
from selfcheck.views.answering import download
from selfcheck.views.desk import findings_here
from selfcheck.views.doors import ASSESSMENT
from selfcheck.views.progress import progress
from selfcheck.words.findings import Findings
from selfcheck.words.measures import brought_words, is_late, perspective_name, realised_facts, status_words
from selfcheck.words.steps import would_change

bp = ASSESSMENT.pages("measures")


@bp.get("/measures")
def show() -> ResponseReturnValue:
    """Every measure by its date, what those that are done brought, and the next steps to take over."""
    findings = _findings()
    return _page(findings, take_form(findings, _offered(findings), sent=False))


@bp.post("/measures/take")
@once.only
def take() -> ResponseReturnValue:
    """Make measures of the steps that are ticked."""
    findings = _findings()
    form = take_form(findings, _offered(findings))
    steps = chosen(form, _offered(findings)) if form.validate_on_submit() else ()
    if not steps:
        refused = "" if form.errors else gettext("Please tick at least one step.")
        return _page(findings, form, refused, 422)
    try:
        measures.take_over(database_session, g.assessment, findings, steps)
    except measures.TooMany:
        database_session.rollback()
        return _page(_findings(), form, _too_many(), 422)
    there = once.remember(url_for(".show", _anchor="measures"))
    database_session.commit()
    return redirect(there)


@bp.route("/measures/new", methods=["GET", "POST"])
@once.only
def add() -> ResponseReturnValue:
    """A measure of one's own."""
    findings = findings_here()
    form = measure_form(findings)
    if not form.validate_on_submit():
        return _entries(findings, form, None, 422 if request.method == "POST" else 200)
    try:
        found = measures.add(database_session, g.assessment, entered(form))
    except measures.TooMany:
        return _entries(findings, form, None, 422, refused=_too_many())
    there = once.remember(url_for(".show", _anchor=f"measure-{found.id}"))
    database_session.commit()
    return redirect(there)


@bp.route("/measures/<measure_id>", methods=["GET", "POST"])
def change(measure_id: str) -> ResponseReturnValue:
    """The entries of one measure. What somebody else changed meanwhile is never overwritten silently."""
    findings, found = findings_here(), _measure_or_404(measure_id)
    form = measure_form(findings, measures.measure_of(g.assessment, found))
    if not form.validate_on_submit():
        return _entries(findings, form, found, 422 if request.method == "POST" else 200)
    if changed_meanwhile(form):
        return _entries(findings, form, found, 409)
    measures.change(database_session, found, entered(form))
    database_session.commit()
    return redirect(url_for(".show", _anchor=f"measure-{measure_id}"))


@bp.post("/measures/<measure_id>/delete")
def delete(measure_id: str) -> ResponseReturnValue:
    """Forget a measure."""
    found, there = _measure_or_404(measure_id), url_for(".show")
    if DeleteForm().validate_on_submit():
        measures.delete(database_session, g.assessment, found)
        commit_deletion()
    return redirect(there)


@bp.get("/measures.ics")
def days() -> ResponseReturnValue:
    """The due dates of what is planned or running, for a calendar."""
    findings = _findings()
    if not to_come(findings):
        abort(404)
    made = measures_calendar(findings, now())
    return download(made, "text/calendar; charset=utf-8", f"{gettext('measures')}.ics")


def _findings() -> Findings:
    findings = findings_here()
    return replace(findings, measures=measures.followed(g.assessment, findings))


def _measure_or_404(id: str) -> StoredMeasure:
    return measures.stored(g.assessment, id) or abort(404)


def _offered(findings: Findings) -> tuple[Recommendation, ...]:
    """The next steps that are no measure under way already."""
    taken = measures.taken(findings)
    return tuple(step.recommendation for step in findings.steps if step.recommendation.id not in taken)


def _too_many() -> str:
    return str(gettext("More than %(most)s measures are not possible; please delete some first.", most=measures.MOST))


def _page(findings: Findings, form: TakeForm, refused: str = "", status: int = 200) -> ResponseReturnValue:
    taken = measures.taken(findings)
    page = render_template(
        "measures/index.html",
        findings=findings,
        places=progress(findings),
        form=form,
        refused=refused,
        offered=_offered(findings),
        taken=[step.recommendation.id for step in findings.steps if step.recommendation.id in taken],
        counted=brought_words(findings, brought(findings.measures)),
        statuses=status_words(translator(findings.language)),
        for_calendar=bool(to_come(findings)),
        today=today(),
        words={
            "perspective": perspective_name,
            "late": is_late,
            "would change": would_change,
            "realised": realised_facts,
        },
    )
    return page, status


def _entries(
    findings: Findings, form: MeasureForm, found: StoredMeasure | None, status: int, refused: str = ""
) -> ResponseReturnValue:
    measure = measures.measure_of(g.assessment, found) if found else None
    page = render_template(
        "measures/entries.html",
        findings=findings,
        places=progress(findings),
        form=form,
        measure=measure,
        remove=DeleteForm(formdata=None),
        conflict=status == 409,
        refused=refused,
        words={"perspective": perspective_name, "would change": would_change},
    )
    return page, status
