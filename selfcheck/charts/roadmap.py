"""A plan as a timeline."""

from datetime import date

from scoring.roadmap.calendar import Calendar
from scoring.roadmap.plan import RoadmapPlan
from selfcheck.charts.profile import provenance, whose
from selfcheck.charts.timeline import Bar, DayMark, Lane, Timeline
from selfcheck.ground.i18n import translator
from selfcheck.ground.written import written_day
from selfcheck.words.findings import Findings


def timeline(findings: Findings, plan: RoadmapPlan) -> Timeline:
    """Every step of a plan over its half-years, by perspective in the order of the questionnaire."""
    _ = translator(findings.language)
    calendar, spans = plan.problem.calendar, {one.step.id: (one.begin, one.end) for one in plan.scheduled}
    lanes = []
    for perspective in findings.questionnaire.perspectives:
        steps = sorted((s for s in plan.problem.steps if s.perspective == perspective.id), key=lambda s: s.from_stage)
        bars = tuple(Bar(s.id, s.size.days, spans.get(s.id), s.size.body, s.size.money) for s in steps)
        if bars:
            lanes.append(Lane(perspective.id, findings.say.say(perspective.short), bars))
    estimate = _("A proposal. Person-days of steps are our estimates.")
    half_years = [calendar.half_year(place) for place in range(calendar.length)]
    return Timeline(
        title=_("Roadmap to the target"),
        half_years=tuple((one.year, one.half) for one in half_years),
        lanes=tuple(lanes),
        staff=tuple(zip(plan.days, plan.problem.free, strict=True)),
        meetings=_marks(findings, calendar, calendar.committee_dates),
        deadlines=_marks(findings, calendar, tuple(budget.deadline for budget in calendar.budgets)),
        subtitle=whose(findings),
        source=f"{estimate} {provenance(findings)}",
        language=findings.language,
    )


def _marks(findings: Findings, calendar: Calendar, days: tuple[date, ...]) -> tuple[DayMark, ...]:
    """The days that lie in the roadmap."""
    inside = [day for day in days if 0 <= calendar.place(day) < calendar.length]
    return tuple(DayMark(_at(calendar, day), written_day(day, findings.language)) for day in inside)


def _at(calendar: Calendar, day: date) -> float:
    place = calendar.place(day)
    first, last = calendar.half_year(place).days
    return place + (day - first).days / ((last - first).days + 1)
