"""Entries for a calendar: a plan with its half-years, meetings and deadlines, and the due dates of measures."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from scoring.follow.measures import Measure
from scoring.roadmap.plan import RoadmapPlan
from selfcheck.ground.calendar_files import CalendarEntry, calendar_file
from selfcheck.ground.i18n import Translate, translator
from selfcheck.words.findings import Findings
from selfcheck.words.measures import perspective_name, status_words
from selfcheck.words.plans import when, why_not_earlier


def calendar_of(findings: Findings, plan: RoadmapPlan, made: datetime) -> bytes:
    """The plan as an iCalendar file; importing a later one replaces what is still in it."""
    _ = translator(findings.language)
    municipality = findings.sheet.municipality
    name = _("Roadmap – {municipality}").format(municipality=municipality) if municipality else _("Roadmap")
    return calendar_file(name, entries(findings, plan), made)


def entries(findings: Findings, plan: RoadmapPlan) -> tuple[CalendarEntry, ...]:
    """One entry for each step from its first to its last day, and one for each meeting and deadline in the roadmap."""
    _ = translator(findings.language)
    whose = f"{findings.questionnaire.id} {findings.sheet.municipality}"
    key = sha256(whose.encode("utf-8", "replace")).hexdigest()[:12]
    return (*_steps(findings, plan, key, _), *_meetings(findings, plan, key, _), *_deadlines(findings, plan, key, _))


def _steps(findings: Findings, plan: RoadmapPlan, key: str, _: Translate) -> Iterator[CalendarEntry]:
    say, calendar = findings.say, plan.problem.calendar
    for one in plan.scheduled:
        step = findings.questionnaire.recommendation(one.step.id)
        name = say.say(findings.questionnaire.perspective(step.perspective).name)
        facts = (
            (_("When"), when(one, calendar).text(findings.language)),
            (_("Person-days (our estimate)"), str(one.step.size.days)),
            (_("Prepares"), say.say(step.prepares)),
            (_("Decides"), say.say(step.decides)),
        )
        why = why_not_earlier(one, calendar).text(findings.language)
        lines = (say.say(step.step), *(": ".join(fact) for fact in facts), why)
        first, last = calendar.half_year(one.begin).days[0], calendar.half_year(one.end).days[1]
        title = _("{id} {name}: stage {low} → {high}").format(
            id=step.id, name=name, low=step.from_stage, high=step.to_stage
        )
        yield CalendarEntry(f"roadmap-{key}-{step.id}", first, last, title, "\n".join(filter(None, lines)))


def _meetings(findings: Findings, plan: RoadmapPlan, key: str, _: Translate) -> Iterator[CalendarEntry]:
    calendar = plan.problem.calendar
    for day in calendar.committee_dates:
        if not 0 <= calendar.place(day) < calendar.length:
            continue
        ends = [one.step.id for one in plan.scheduled if one.step.size.body and one.end == calendar.place(day)]
        text = _("To be decided in this half-year: {steps}").format(steps=findings.say.list(ends)) if ends else ""
        yield CalendarEntry(f"roadmap-{key}-meeting-{day.isoformat()}", day, day, _("Meeting that can decide"), text)


def _deadlines(findings: Findings, plan: RoadmapPlan, key: str, _: Translate) -> Iterator[CalendarEntry]:
    calendar = plan.problem.calendar
    for budget in calendar.budgets:
        place = calendar.place(budget.deadline)
        if not 0 <= place < calendar.length:
            continue
        money = [one for one in plan.scheduled if one.step.size.money]
        due = [one.step.id for one in money if calendar.application(one.begin) == place]
        text = _("To be applied for: {steps}").format(steps=findings.say.list(due)) if due else ""
        title = _("Deadline of the budget for {year}").format(year=budget.first_year)
        yield CalendarEntry(f"roadmap-{key}-budget-{budget.first_year}", budget.deadline, budget.deadline, title, text)


def to_come(findings: Findings) -> tuple[Measure, ...]:
    """The measures with a due date that are planned or running."""
    found = (one.measure for one in findings.measures)
    return tuple(one for one in found if one.due and one.status in ("planned", "running"))


def measures_calendar(findings: Findings, made: datetime) -> bytes:
    """The due dates of what is to come as an iCalendar file; importing a later one replaces what is still in it."""
    _ = translator(findings.language)
    municipality = findings.sheet.municipality
    name = _("Measures – {municipality}").format(municipality=municipality) if municipality else _("Measures")
    return calendar_file(name, tuple(_dues(findings, _)), made)


def _dues(findings: Findings, _: Translate) -> Iterator[CalendarEntry]:
    words = status_words(_)
    for one in to_come(findings):
        assert one.due is not None
        facts = (
            (_("Perspective"), perspective_name(findings, one)),
            (_("Who sees to it"), one.owner),
            (_("State"), words[one.status]),
            (_("Own note"), one.note),
        )
        text = "\n".join(": ".join(fact) for fact in facts if fact[1])
        yield CalendarEntry(f"measure-{one.id}", one.due, one.due, _("Due: {title}").format(title=one.title), text)
