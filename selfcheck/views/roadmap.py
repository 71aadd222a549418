"""The roadmap of an assessment: the steps towards the target in half-years, under staff, meetings and the budget."""

from collections.abc import Callable, Iterable, Sequence
from threading import BoundedSemaphore

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from scoring.roadmap.calendar import HalfYear
from scoring.roadmap.entries import Asked, RoadmapEntries, half_year, problem_asked
from scoring.roadmap.kept import KeptRoadmap, beginnings
from scoring.roadmap.plan import RoadmapPlan
from scoring.roadmap.problem import RoadmapProblem, half_staff
from scoring.roadmap.words import contradiction, delay, idle, missing, status, why_no_way
from selfcheck.charts.looks import on_page
from selfcheck.charts.roadmap import timeline
from selfcheck.extensions import commit_deletion, database_session, language
from selfcheck.forms.kit import mark, seen_otherwise
from selfcheck.forms.roadmap import KeepForm, begins_in, entries_in, fields_of
from selfcheck.ground.days import today
from selfcheck.models import now
from selfcheck.planning.days import calendar_of
from selfcheck.planning.solver import Progress, solve
from selfcheck.services import roadmaps
from selfcheck.views import once
from selfcheck.views.answering import download
from selfcheck.views.desk import findings_here
from selfcheck.views.doors import ASSESSMENT
from selfcheck.views.progress import progress
from selfcheck.words.findings import Findings
from selfcheck.words.plans import half_years, reached, when, why_no_longer

bp = ASSESSMENT.pages("roadmap")

SECONDS = 15.0
"""So long a page may look for a plan; it then says how far from the best one it can still be."""
AT_ONCE = BoundedSemaphore(2)
"""Plans that are looked for at the same time; half of the server's threads stay free for everybody else."""
PATIENCE = 2.0
"""Seconds a page waits for its turn before it says that others are being served."""


class Left(Exception):
    """Nobody waits for the page any more."""


class Busy(Exception):
    """Others are being served."""


@bp.get("/roadmap")
def show() -> ResponseReturnValue:
    """The form, and the plan it asks for with the plan at half the staff beside it; without entries what was kept."""
    findings, entries = findings_here(), entries_in(request.args)
    kept = roadmaps.kept(g.assessment, findings)
    if entries == RoadmapEntries():
        return _page(findings, kept.asked if kept else roadmaps.asked(findings, entries, now()), kept)
    asked = roadmaps.asked(findings, entries, now())
    try:
        return _page(findings, asked, kept, _plans(findings, asked), 422 if asked.problems else 200)
    except Busy:
        return _page(findings, asked, kept, status=503, refused="busy")
    except Left:
        return "", 204


@bp.post("/roadmap/keep")
@once.only
def keep() -> ResponseReturnValue:
    """Keep the plan that was shown, in place of an earlier one."""
    findings, entries = findings_here(), entries_in(request.form)
    if seen_otherwise(roadmaps.stored(g.assessment)):
        return _faster(findings, fields_of(entries, begins_in(request.form)))
    try:
        if KeepForm().validate_on_submit():
            roadmaps.keep(g.assessment, findings, entries, begins_in(request.form))
    except roadmaps.NoLongerFits:
        asked = roadmaps.asked(findings, entries, now())
        return _page(findings, asked, roadmaps.kept(g.assessment, findings), status=409, refused="changed")
    there = once.remember(url_for(".show"))
    database_session.commit()
    return redirect(there)


@bp.post("/roadmap/discard")
@once.only
def discard() -> ResponseReturnValue:
    """Forget the plan that was kept."""
    after = url_for(".show")
    if seen_otherwise(roadmaps.stored(g.assessment)):
        return _faster(findings_here())
    if KeepForm().validate_on_submit():
        roadmaps.discard(g.assessment)
        once.remember(after)
        commit_deletion()
    return redirect(after)


@bp.get("/roadmap.ics")
def days() -> ResponseReturnValue:
    """The plan that was kept, for a calendar."""
    findings = findings_here()
    kept = roadmaps.kept(g.assessment, findings)
    if kept is None or kept.plan is None:
        abort(404)
    made = calendar_of(findings, kept.plan, kept.kept)
    return download(made, "text/calendar; charset=utf-8", f"{gettext('roadmap')}.ics")


def _faster(findings: Findings, mine: Iterable[tuple[str, str]] = ()) -> ResponseReturnValue:
    """The plan that somebody else has kept meanwhile, and one's own to be kept in its place."""
    kept = roadmaps.kept(g.assessment, findings)
    asked = kept.asked if kept else roadmaps.asked(findings, RoadmapEntries(), now())
    return _page(findings, asked, kept, status=409, refused="meanwhile", mine=tuple(mine))


def _plans(findings: Findings, asked: Asked) -> tuple[RoadmapPlan, RoadmapPlan] | None:
    """The best plan and the one at half the staff. Raises Busy or Left when there is no use in looking for them."""
    problem = roadmaps.problem(findings, asked)
    if problem is None:
        return None
    database_session.rollback()  # nobody else shall wait while a plan is looked for
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise Busy
    try:
        watch = _watch()
        return solve(problem, SECONDS, watch), solve(half_staff(problem), SECONDS, watch)
    finally:
        AT_ONCE.release()


def _watch() -> Callable[[Progress], None]:
    """Ends a search when the browser has gone; only our own server can tell."""
    gone = request.environ.get("waitress.client_disconnected", lambda: False)

    def watch(_: Progress) -> None:
        if gone():
            raise Left

    return watch


def _page(
    findings: Findings,
    asked: Asked,
    kept: KeptRoadmap | None,
    plans: tuple[RoadmapPlan, RoadmapPlan] | None = None,
    status: int = 200,
    refused: str = "",
    mine: Sequence[tuple[str, str]] = (),
) -> ResponseReturnValue:
    looked_for, half = plans or (None, None)
    shown = kept.plan if kept and asked == kept.asked else None
    plan = looked_for or shown
    page = render_template(
        "assessment/roadmap.html",
        findings=findings,
        places=progress(findings),
        asked=asked,
        kept=kept,
        plan=plan,
        half=half,
        picture=Markup(on_page(timeline(findings, plan), 900)) if plan and plan.problem.steps else "",  # noqa: S704
        fields=tuple(fields_of(roadmaps.with_first(asked), beginnings(looked_for))) if looked_for else (),
        form=KeepForm(formdata=None),
        problem=_any_problem(findings, asked),
        firsts=half_years(HalfYear.of(today()), 4, asked.first),
        choices=lambda *chosen: half_years(asked.first, asked.count, *chosen),
        words=_WORDS,
        why_no_longer=why_no_longer,
        said=lambda wording: wording.text(language()),
        step_of=findings.questionnaire.recommendation,
        read=half_year,
        known=[step.id for step in findings.questionnaire.recommendations],
        refused=refused,
        mine=mine,
        seen=mark(roadmaps.stored(g.assessment)),
    )
    return page, status


def _any_problem(findings: Findings, asked: Asked) -> RoadmapProblem | None:
    """What there is to plan, also while entries are missing or wrong: its steps have fields of their own."""
    target = findings.sheet.target
    return problem_asked(findings.questionnaire, findings.result, target, asked) if target else None


_WORDS = {
    "status": status,
    "delay": delay,
    "missing": missing,
    "contradiction": contradiction,
    "no way": why_no_way,
    "idle": idle,
    "when": when,
    "reached": reached,
}
