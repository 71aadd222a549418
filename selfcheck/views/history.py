"""Where the municipality wants to go and where it came from: target, snapshots, trend, the repeated check."""

from fractions import Fraction

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from scoring.follow.trend import DatedCheck, trend
from selfcheck.charts.profile import written
from selfcheck.charts.trend import CheckMoment, Panel, Trend, trend_svg
from selfcheck.extensions import commit_deletion, database_session, language
from selfcheck.forms.history import SnapshotForm, target_form, target_in
from selfcheck.forms.kit import changed_meanwhile
from selfcheck.ground.i18n import translator
from selfcheck.models import now
from selfcheck.services import assessments, rounds, snapshots
from selfcheck.views import once
from selfcheck.views.desk import findings_here
from selfcheck.views.doors import ASSESSMENT
from selfcheck.views.progress import progress
from selfcheck.words import result as result_words
from selfcheck.words.findings import Findings

bp = ASSESSMENT.pages("history")


@bp.route("/target", methods=["GET", "POST"])
def target() -> ResponseReturnValue:
    """Agree on the stages wanted in two or three years."""
    findings = findings_here()
    form = target_form(findings, now().year)
    valid = form.validate_on_submit()
    conflict = valid and changed_meanwhile(form)
    if valid and not conflict:
        assessments.aim(g.assessment, target_in(form, findings))
        database_session.commit()
        reached = any(one.reached for one in findings_here().towards.values())
        return redirect(url_for(".target", saved="y") if reached else url_for("assessment.result"))
    saved = request.args.get("saved") == "y" and not form.errors
    page = {"findings": findings, "places": progress(findings), "form": form, "saved": saved, "conflict": conflict}
    status = 409 if conflict else 422 if request.method == "POST" else 200
    return render_template("assessment/target.html", **page), status


@bp.get("/history")
def show() -> ResponseReturnValue:
    """All snapshots, the way from one to the next, and the repeated check."""
    return _page(SnapshotForm())


def _page(form: SnapshotForm, status: int = 200, refused: str = "") -> ResponseReturnValue:
    findings = findings_here()
    checks = snapshots.moments(g.assessment)
    so_far = trend(checks)
    page = render_template(
        "assessment/history.html",
        findings=findings,
        places=progress(findings),
        form=form,
        snapshots=[(one, snapshots.is_intact(one)) for one in reversed(g.assessment.snapshots)],
        chart=trend_svg(_chart(findings, checks)) if len(checks) > 1 else "",
        trend=so_far,
        dates=[written(date, findings.language) for date in so_far.dates],
        day=lambda date: written(date, findings.language),
        refused=refused,
        said=result_words,
        translate=translator(language()),
    )
    return page, status


def _chart(findings: Findings, checks: list[DatedCheck]) -> Trend:
    found = trend(checks)
    return Trend(
        title=findings.say.say(findings.questionnaire.title),
        moments=tuple(
            CheckMoment(written(check.date, findings.language), check.questionnaire.version) for check in checks
        ),
        panels=tuple(
            Panel(
                perspective.id,
                findings.say.say(perspective.short),
                found[perspective.id].values,
                tuple(pair.comparable for pair in found[perspective.id].pairs),
                _wanted(findings, perspective.id),
            )
            for perspective in findings.questionnaire.perspectives
        ),
        maximum=int(findings.questionnaire.scales[0].highest),
        language=findings.language,
    )


def _wanted(findings: Findings, perspective: str) -> Fraction | None:
    target = findings.sheet.target
    return Fraction(target.stages[perspective]) if target and perspective in target.stages else None


@bp.post("/snapshots")
@once.only
def take() -> ResponseReturnValue:
    """Seal the assessment as it stands."""
    form = SnapshotForm()
    if not form.validate_on_submit():
        return _page(form, 422)
    snapshots.take(database_session, g.assessment, form.label.data)
    there = once.remember(url_for(".show"))
    database_session.commit()
    return redirect(there)


@bp.post("/repeat")
@once.only
def repeat() -> ResponseReturnValue:
    """Begin the check after a year or two: only what should have changed is asked again."""
    form = SnapshotForm()
    if not form.validate_on_submit():
        return _page(form, 422)
    try:
        snapshots.begin_again(database_session, g.assessment, form.label.data)
    except rounds.RoundClosed:
        return _page(form, 409, refused="running")
    except snapshots.Unfinished:
        return _page(form, 409, refused="unfinished")
    there = once.remember(url_for("assessment.overview"))
    database_session.commit()
    return redirect(there)


@bp.post("/snapshots/<snapshot_id>/delete")
def delete(snapshot_id: str) -> ResponseReturnValue:
    """Delete one snapshot."""
    found = next((one for one in g.assessment.snapshots if one.id == snapshot_id), None)
    if found is None:
        abort(404)
    g.assessment.snapshots.remove(found)
    after = url_for(".show")
    commit_deletion()
    return redirect(after)
