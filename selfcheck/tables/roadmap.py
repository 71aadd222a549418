"""The roadmap as a table, and as plain data."""

from collections.abc import Iterator
from typing import Any

from scoring.roadmap.entries import Asked, write_entries
from scoring.roadmap.plan import RoadmapPlan, Scheduled, Unscheduled
from scoring.roadmap.problem import Goal, RoadmapStep
from scoring.roadmap.words import DAYS_FROM, contradiction, missing, status, why_no_way
from selfcheck.ground.i18n import Translate
from selfcheck.tables.columns import Cell, DataColumn, DataTable, answered, computed, shipped
from selfcheck.words.findings import Findings
from selfcheck.words.plans import reached, why_not_earlier


def roadmap(findings: Findings, _: Translate) -> DataTable | None:
    """One row for each step of the kept plan, also for those without a place; nothing where no plan was kept that fits."""
    if findings.roadmap is None or findings.roadmap.plan is None:
        return None
    plan = findings.roadmap.plan
    rows = [_row(findings, plan, one.step, one, _) for one in plan.scheduled]
    rows += [_row(findings, plan, one.step, one, _) for one in plan.unscheduled]
    about = _("The roadmap that was kept: a proposal, computed from the entries of the municipality and our estimates.")
    return DataTable(_("Roadmap"), about, (*_columns(_), *_needs(_)), tuple(rows), heads=2) if rows else None


def _columns(_: Translate) -> Iterator[DataColumn]:
    yield shipped("id", _("Step"), 9, _("The id of the recommendation: perspective, from stage, to stage."))
    yield shipped("name", _("Perspective"), 22, _("The practice perspective."))
    yield shipped("step", _("What to do"), 42, _("The recommended step."))
    planned = _("By the solver, so that all rules of the calendar are kept.")
    text = _("The first day of the half-year in which it begins; empty without a place in the roadmap.")
    yield computed("begins", _("Begins"), 12, text, kind="fact", computed=planned)
    text = _("The last day of the half-year in which it ends; empty without a place in the roadmap.")
    yield computed("ends", _("Ends"), 12, text, kind="fact", computed=planned)


def _needs(_: Translate) -> Iterator[DataColumn]:
    """What the step takes, and what keeps it from beginning earlier."""
    yield computed("days", _("Person-days"), 10, _("The work of the step."), kind="count", unit=_("person-days"))
    whose = _("our estimate or an entry of the municipality")
    yield computed("days_from", _("Days from"), 26, _("Whose number the person-days are."), range=whose)
    yield shipped("decides", _("Decides"), 18, _("Who decides on it."))
    text = _("What keeps the step from beginning earlier, or from having a place at all.")
    yield computed("reason", _("Why not earlier"), 48, text, computed=_("From the rules of the calendar."))
    yes = _("yes or empty")
    yield computed("body", _("Body"), 8, _("Whether a body decides."), range=yes, printed=False)
    yield answered("money", _("Money"), 8, _("Whether it needs money from the budget."), range=yes, printed=False)


def _row(
    findings: Findings, plan: RoadmapPlan, step: RoadmapStep, found: Scheduled | Unscheduled, _: Translate
) -> tuple[Cell, ...]:
    say, calendar, language = findings.say, plan.problem.calendar, findings.language
    recommendation = findings.questionnaire.recommendation(step.id)
    if isinstance(found, Scheduled):
        begins, ends = calendar.half_year(found.begin).days[0], calendar.half_year(found.end).days[1]
        why = why_not_earlier(found, calendar)
    else:
        begins, ends, why = None, None, missing(found.why, calendar)
    return (
        step.id,
        f"{step.perspective} {say.say(findings.questionnaire.perspective(step.perspective).name)}",
        say.say(recommendation.step),
        begins,
        ends,
        step.size.days,
        DAYS_FROM[step.size.days_from].text(language),
        say.say(recommendation.decides),
        why.text(language) or None,
        _("yes") if step.size.body else None,
        _("yes") if step.size.money else None,
    )


def plan_data(findings: Findings, asked: Asked, plan: RoadmapPlan) -> dict[str, Any]:
    """A plan as plain data: entries, steps with reasons, what has no place, person-days, stages."""
    calendar, language = plan.problem.calendar, findings.language
    contradictions = getattr(plan.status, "contradictions", ())
    return {
        "questionnaire": findings.questionnaire.id,
        "version": findings.questionnaire.version,
        "entries": write_entries(asked.entries) | {"first": asked.first.written, "count": str(asked.count)},
        "status": type(plan.status).__name__.lower(),
        "status_text": status(plan.status).text(language),
        "contradictions": [contradiction(one, calendar).text(language) for one in contradictions],
        "steps": [_step_data(findings, plan, one) for one in plan.scheduled],
        "not_planned": [
            {"step": one.step.id, "why": missing(one.why, calendar).text(language)} for one in plan.unscheduled
        ],
        "half_years": [
            {"half_year": calendar.half_year(at).written, "used": days, "free": free, "staff": calendar.staff_days[at]}
            for at, (days, free) in enumerate(zip(plan.days, plan.problem.free, strict=True))
        ],
        "goals": [_goal_data(plan, goal) for goal in plan.problem.goals],
        "left_out": [
            {"perspective": one.perspective, "why": why_no_way(one).text(language)} for one in plan.problem.left_out
        ],
    }


def _goal_data(plan: RoadmapPlan, goal: Goal) -> dict[str, Any]:
    return {
        "perspective": goal.perspective,
        "today": goal.today,
        "reached": reached(plan, goal.perspective),
        "wanted": goal.wanted,
    }


def _step_data(findings: Findings, plan: RoadmapPlan, one: Scheduled) -> dict[str, Any]:
    calendar, language = plan.problem.calendar, findings.language
    recommendation = findings.questionnaire.recommendation(one.step.id)
    return {
        "step": one.step.id,
        "perspective": one.step.perspective,
        "what": findings.say.say(recommendation.step),
        "begins": calendar.half_year(one.begin).written,
        "ends": calendar.half_year(one.end).written,
        "days": one.step.size.days,
        "days_from": one.step.size.days_from,
        "body": one.step.size.body,
        "money": one.step.size.money,
        "decides": findings.say.say(recommendation.decides),
        "why_not_earlier": why_not_earlier(one, calendar).text(language),
    }
