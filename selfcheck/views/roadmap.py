"""The roadmap of an assessment: the steps towards the target in half-years, under staff, meetings and the budget."""

from dataclasses import replace

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from scoring.roadmap import Problem, half_staff, problem_for
from scoring.roadmap_plan import Plan
from scoring.roadmap_sizes import size_of
from scoring.roadmap_words import contradiction, delay, missing, status, why_no_way
from selfcheck.extensions import database_session, language
from selfcheck.findings import Findings
from selfcheck.forms.roadmap import Asked, asked_in
from selfcheck.models import now
from selfcheck.planning.solver import solve
from selfcheck.views.desk import blueprint, findings_here
from selfcheck.views.progress import progress

bp = blueprint("roadmap")

SECONDS = 15.0
"""So long a page may look for a plan; it then says how far from the best one it can still be."""


@bp.get("/roadmap")
def show() -> ResponseReturnValue:
    """The form, and the plan it asks for with the plan at half the staff beside it."""
    findings = findings_here()
    money = frozenset(request.args.getlist("money"))
    steps = tuple(step.id for step in findings.questionnaire.recommendations)
    asked = asked_in(request.args, money, steps, now().date())
    places = progress(findings)
    database_session.rollback()  # nobody else shall wait while a plan is looked for
    problem = _problem(findings, asked)
    plan = solve(problem, SECONDS) if problem else None
    half = solve(half_staff(problem), SECONDS) if problem else None
    page = render_template(
        "assessment/roadmap.html",
        findings=findings,
        places=places,
        asked=asked,
        plan=plan,
        half=half,
        words={
            "status": status,
            "delay": delay,
            "missing": missing,
            "contradiction": contradiction,
            "no way": why_no_way,
        },
        said=lambda wording: wording.text(language()),
        step_of=findings.questionnaire.recommendation,
        reached=_reached,
        sent=bool(request.args),
        reads_only=g.reads_only,
    )
    return page, 422 if asked.problems else 200


def _problem(findings: Findings, asked: Asked) -> Problem | None:
    if asked.calendar is None or findings.sheet.target is None:
        return None
    recommendations = {step.id: step for step in findings.questionnaire.recommendations}
    sizes = {id: replace(size_of(recommendations[id]), money=True) for id in asked.money}
    return problem_for(
        findings.questionnaire,
        findings.result,
        findings.sheet.target,
        asked.calendar,
        sizes=sizes,
        commitments=asked.commitments,
    )


def _reached(plan: Plan, perspective: str) -> int | None:
    """The stage of a perspective at the end of the roadmap."""
    return plan.reached[-1].get(perspective) if plan.reached else None
