"""The roadmap that was kept: what it rests on, when which step is due, why not earlier, and what it does not reach."""

from collections.abc import Iterator

from scoring.roadmap.kept import KeptRoadmap
from scoring.roadmap.plan import RoadmapPlan, Scheduled
from scoring.roadmap.words import missing, status, why_no_way
from selfcheck.charts.roadmap import timeline
from selfcheck.ground.days import day_of
from selfcheck.ground.i18n import Translate
from selfcheck.ground.written import written_day
from selfcheck.reports.blocks import (
    Block,
    Bullets,
    Callout,
    FactList,
    Figure,
    Heading,
    NewPage,
    Paragraph,
    ReportColumn,
    Table,
)
from selfcheck.words.findings import Findings
from selfcheck.words.plans import entered, reached, what_numbers_are, when, why_no_longer, why_not_earlier


def roadmap(findings: Findings, _: Translate) -> Iterator[Block]:
    """Nothing where no plan was kept; one that no longer fits is not printed, and that is said."""
    kept = findings.roadmap
    if kept is None:
        return
    yield NewPage()
    yield Heading(1, _("Roadmap"))
    if kept.plan is None:
        yield _no_longer(findings, kept, _)
        return
    day = written_day(day_of(kept.kept), findings.language)
    lead = _("Which steps lead to the target, in which half-year, with the staff there is. A proposal, kept on {day}.")
    yield Paragraph(lead.format(day=day), "lead")
    yield FactList(tuple(entered(findings, kept.asked, _)))
    yield Figure(timeline(findings, kept.plan), _("The roadmap in half-years"))
    yield from _steps(findings, kept.plan, _)
    yield from _reached(findings, kept.plan, _)
    yield Heading(2, _("What the numbers are"))
    yield Paragraph(what_numbers_are(_))
    yield Paragraph(status(kept.plan.status).text(findings.language), "note")


def _no_longer(findings: Findings, kept: KeptRoadmap, _: Translate) -> Callout:
    day = written_day(day_of(kept.kept), findings.language)
    title = _("The roadmap kept on {day} no longer fits").format(day=day)
    why = [one.text(findings.language) for one in why_no_longer(kept, _)]
    lead = _("Answers or target have changed since. It is not printed here; it has to be planned again.")
    return Callout("note", title, " ".join((lead, *why)))


def _steps(findings: Findings, plan: RoadmapPlan, _: Translate) -> Iterator[Block]:
    """When each step is due and why not earlier; the wording of those that stand nowhere else in the report."""
    yield Heading(2, _("Steps with their half-years"))
    columns = (
        ReportColumn(_("Step"), 11),
        ReportColumn(_("When"), 9),
        ReportColumn(_("Person-days"), 5, number=True),
        ReportColumn(_("Decides"), 13),
    )
    rows = tuple(_row(findings, plan, one, _) for one in plan.scheduled)
    if rows:
        yield Table(_("The steps in the order in which they begin"), columns, rows)
    calendar = plan.problem.calendar
    whys = tuple((o.step.id, why_not_earlier(o, calendar).text(findings.language)) for o in plan.scheduled if o.delays)
    if whys:
        yield Table(
            _("Why these steps do not begin earlier"), (ReportColumn(_("Step"), 4), ReportColumn(_("Reason"), 29)), whys
        )
    told = {step.recommendation.id for step in findings.steps}
    if any(one.step.id in told for one in plan.scheduled):
        yield Paragraph(_("What to do in the first step of a perspective stands with that perspective."))
    later = [one.step.id for one in plan.scheduled if one.step.id not in told]
    if later:
        yield Heading(3, _("What to do in the later steps"))
        wording = findings.questionnaire.recommendation
        yield FactList(tuple((id, findings.say.say(wording(id).step)) for id in later))


def _row(findings: Findings, plan: RoadmapPlan, one: Scheduled, _: Translate) -> tuple[str, ...]:
    say, language = findings.say, findings.language
    step = findings.questionnaire.recommendation(one.step.id)
    name = _("{id} {name}: stage {low} → {high}").format(
        id=step.id,
        name=say.say(findings.questionnaire.perspective(step.perspective).short),
        low=step.from_stage,
        high=step.to_stage,
    )
    return name, when(one, plan.problem.calendar).text(language), str(one.step.size.days), say.say(step.decides)


def _reached(findings: Findings, plan: RoadmapPlan, _: Translate) -> Iterator[Block]:
    say, language, calendar = findings.say, findings.language, plan.problem.calendar
    yield Heading(2, _("What it reaches and what it does not"))
    columns = (
        ReportColumn(_("Perspective"), 10),
        ReportColumn(_("Today"), 3, number=True),
        ReportColumn(_("At the end"), 3, number=True),
        ReportColumn(_("Target"), 3, number=True),
    )
    rows = []
    for goal in plan.problem.goals:
        name = f"{goal.perspective} {say.say(findings.questionnaire.perspective(goal.perspective).name)}"
        end = reached(plan, goal.perspective)
        rows.append((name, str(goal.today), "–" if end is None else str(end), str(goal.wanted)))
    if rows:
        yield Table(_("Stages today, at the end of the roadmap, and wanted"), columns, tuple(rows))
    if plan.unscheduled:
        yield Paragraph(_("Without a place in these half-years:"))
        yield Bullets(tuple(f"{one.step.id}: {missing(one.why, calendar).text(language)}" for one in plan.unscheduled))
    elif rows:
        yield Paragraph(_("Every step to the target has its place in these half-years."))
    if plan.problem.left_out:
        left = (f"{one.perspective}: {why_no_way(one).text(language)}" for one in plan.problem.left_out)
        yield Paragraph(_("Perspectives with a target and without steps of their own:"))
        yield Bullets(tuple(left))
