"""What is said of a plan wherever it stands: what was entered, when steps are worked on, why not earlier, whose numbers."""

from collections.abc import Iterator

from scoring.model.wording import Wording
from scoring.roadmap.calendar import Calendar, HalfYear
from scoring.roadmap.entries import Asked
from scoring.roadmap.kept import KeptRoadmap
from scoring.roadmap.plan import RoadmapPlan, Scheduled
from scoring.roadmap.problem import DaysBound
from scoring.roadmap.words import commitment, delay, violation
from selfcheck.ground.i18n import Translate
from selfcheck.ground.written import written_day
from selfcheck.words.findings import Findings


def when(step: Scheduled, calendar: Calendar) -> Wording:
    """The half-years in which a step is worked on."""
    first, last = (calendar.half_year(at).name for at in (step.begin, step.end))
    return first if first == last else Wording(f"{first.de} – {last.de}", f"{first.en} – {last.en}")


def why_not_earlier(step: Scheduled, calendar: Calendar) -> Wording:
    """Every reason for the half-year in which a step begins; nothing when it begins with the roadmap."""
    reasons = [delay(one, calendar) for one in step.delays]
    return Wording(" ".join(one.de for one in reasons), " ".join(one.en for one in reasons))


def entered(findings: Findings, asked: Asked, _: Translate) -> Iterator[tuple[str, str]]:
    """What was entered for a plan, each with its name; nothing without a calendar."""
    calendar, language = asked.calendar, findings.language
    if calendar is None:
        return
    first, last = (calendar.half_year(at).name.text(language) for at in (0, calendar.length - 1))
    span = _("{first} to {last} ({count})").format(first=first, last=last, count=calendar.length)
    yield _("Half-years"), first if calendar.length == 1 else span
    yield _("Person-days in each half-year"), ", ".join(str(days) for days in calendar.staff_days)
    bound = {one.half_year: one.days for one in asked.commitments if isinstance(one, DaysBound)}
    if bound:
        days = [bound.get(calendar.half_year(at), 0) for at in range(calendar.length)]
        yield _("Of these bound by other work"), ", ".join(str(one) for one in days)
    meetings = [written_day(day, language) for day in calendar.committee_dates]
    unknown = _("none entered: every half-year counts as one with a meeting")
    later = _("{dates}; afterwards every half-year counts as one with a meeting").format(dates=", ".join(meetings))
    yield _("Meetings"), later if meetings else unknown
    if asked.entries.deadline:
        by = _("by {day} of the year before").format(day=asked.entries.deadline)
        double = _("{by}; double budget, the first one for {first} and {second}")
        years = {"first": calendar.first.year, "second": calendar.first.year + 1}
        yield _("Deadline of the budget"), double.format(by=by, **years) if asked.entries.double else by
    if asked.entries.money:
        yield _("Need money from the budget"), findings.say.list(asked.entries.money)
    fixed = [commitment(one).text(language) for one in asked.commitments if not isinstance(one, DaysBound)]
    if fixed:
        yield _("Fixed for single steps"), " ".join(fixed)


def what_numbers_are(_: Translate) -> str:
    """Whose numbers these are and what a plan does not say."""
    return _(
        "Person-days for integrated planning, meetings and the deadline are entries of the municipality. Person-days, half-years "
        "and whether a body decides are estimates of the authors for each step, never from the source. The plan is a proposal: "
        "it says what fits together. Whether a step has raised a stage, the next self-check says."
    )


def why_no_longer(kept: KeptRoadmap, _: Translate) -> Iterator[Wording]:
    """Why a kept plan no longer fits; nothing for one that does."""
    if kept.plan is not None:
        return
    calendar = kept.asked.calendar
    if kept.new:
        yield _listed("Neu zu planen: {steps}.", "New to be planned: {steps}.", kept.new)
    if kept.gone:
        yield _listed("Nicht mehr nötig: {steps}.", "No longer needed: {steps}.", kept.gone)
    if calendar:
        yield from (violation(one, calendar) for one in kept.broken)
    if not (kept.new or kept.gone or kept.broken):
        yield Wording("Es gibt kein Soll mehr.", "There is no target any more.")


def _listed(de: str, en: str, steps: tuple[str, ...]) -> Wording:
    return Wording(de.format(steps=", ".join(steps)), en.format(steps=", ".join(steps)))


def reached(plan: RoadmapPlan, perspective: str) -> int | None:
    """The stage of a perspective at the end of a plan."""
    return plan.reached[-1].get(perspective)


def half_years(first: HalfYear, count: int, *more: HalfYear | None) -> tuple[HalfYear, ...]:
    """So many half-years to choose from, with others that are chosen already, in order."""
    found = {first.later(at) for at in range(count)} | {one for one in more if one}
    return tuple(sorted(found))
