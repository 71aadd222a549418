"""`selfcheck roadmap`: the steps of an answer file towards its target, in half-years; with the reason for every delay."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from scoring.model.answers import Target
from scoring.roadmap.entries import Asked, RoadmapEntries, problem_asked, read_entries
from scoring.roadmap.kept import KeptRoadmap
from scoring.roadmap.plan import Bounded, Infeasible, NotFound, RoadmapPlan
from scoring.roadmap.words import OBJECTIVE_NAMES, contradiction, idle, missing, proof, status, why_no_way
from selfcheck.cli.options import FILE, JSON, with_findings
from selfcheck.cli.papers import CHARTS, ending_of, save
from selfcheck.cli.terminal import console, write_json
from selfcheck.ground.days import day_of
from selfcheck.ground.i18n import N_, Translate, translator
from selfcheck.reading.files import unusable
from selfcheck.words.findings import Findings
from selfcheck.words.plans import entered, reached, what_numbers_are, when, why_not_earlier

if TYPE_CHECKING:
    from rich.table import Table

    from selfcheck.planning.solver import Progress


class Wanted(TypedDict):
    """What the command line asks for: the entries of the plan as people write them, and what is done with it."""

    staff: str
    bound: str
    first: str
    count: str
    dates: str
    deadline: str
    double: bool
    money: tuple[str, ...]
    by: tuple[str, ...]
    after: tuple[str, ...]
    seconds: float
    as_json: bool
    ics: Path | None
    chart: Path | None
    xlsx: Path | None


@click.command()
@click.option("--staff", metavar=N_("DAYS"), required=True, help=N_("Person-days in each half-year: 40, or 40,40,20."))
@click.option("--bound", metavar=N_("DAYS"), default="", help=N_("Of these bound by other work: 10, or 10,10,0."))
@click.option(
    "--first",
    metavar=N_("HALF-YEAR"),
    default="",
    help=N_("First half-year, such as 2027-1. [default: the next one]"),
)
@click.option("--count", metavar=N_("NUMBER"), default="", help=N_("How many half-years. [default: 6]"))
@click.option("--dates", metavar=N_("DATES"), default="", help=N_("Meetings that can decide: 24.03.2027,22.09.2027."))
@click.option(
    "--deadline",
    metavar=N_("DAY"),
    default="",
    help=N_("Money is applied for by, such as 30.06. of the year before."),
)
@click.option("--double", is_flag=True, help=N_("The budget covers two years."))
@click.option("--money", metavar=N_("STEP"), multiple=True, help=N_("This step needs money from the budget."))
@click.option(
    "--by",
    metavar=N_("STEP=HALF-YEAR"),
    multiple=True,
    help=N_("The step is finished by then: P2-1-2=2027-2."),
)
@click.option(
    "--after",
    metavar=N_("STEP=HALF-YEAR"),
    multiple=True,
    help=N_("The step does not begin before: P2-1-2=2027-2."),
)
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 3600),
    default=30.0,
    show_default=True,
    help=N_("How long to look for the best."),
)
@JSON
@click.option("--ics", type=FILE, help=N_("Write the plan for a calendar (.ics)."))
@click.option("--chart", type=FILE, help=N_("Draw the plan as .svg, .png or .pdf."))
@click.option("--xlsx", type=FILE, help=N_("Write all values with the plan as a workbook (.xlsx)."))
@with_findings
def roadmap(findings: Findings, **wanted: Unpack[Wanted]) -> None:
    """Plan the steps towards the target in half-years; Ctrl+C cancels. Status 1: no plan keeps all entries."""
    _ = translator(findings.language)
    entries = _entries(wanted)
    target = findings.sheet.target
    if target is None:
        answers = click.get_current_context().params["answers"]
        raise unusable(str(answers), None, "ein Fahrplan braucht ein Soll (target)", "a roadmap needs a target")
    steps = [step.id for step in findings.questionnaire.recommendations]
    moment = datetime.now(UTC)
    asked = read_entries(entries, steps, day_of(moment))
    if asked.problems:
        raise click.UsageError("\n".join(_said(asked, findings)))
    _check_endings(wanted, _)
    plan = _solved(findings, target, asked, wanted["seconds"], _)
    if plan.scheduled:
        _write(replace(findings, roadmap=KeptRoadmap(asked, moment, plan)), plan, wanted, moment, _)
    if wanted["as_json"]:
        from selfcheck.tables.roadmap import plan_data

        write_json(plan_data(findings, asked, plan))
    else:
        _show(findings, asked, plan)
    if isinstance(plan.status, Infeasible | NotFound):
        sys.exit(1)


def _entries(wanted: Wanted) -> RoadmapEntries:
    return RoadmapEntries(
        first=wanted["first"],
        count=wanted["count"],
        staff=wanted["staff"],
        bound=wanted["bound"],
        dates=wanted["dates"],
        deadline=wanted["deadline"],
        double=wanted["double"],
        money=wanted["money"],
        by=_named_steps(wanted["by"], "--by"),
        after=_named_steps(wanted["after"], "--after"),
    )


def _named_steps(given: tuple[str, ...], option: str) -> dict[str, str]:
    """Half-years by step, written STEP=2027-2."""
    pairs = [one.partition("=") for one in given]
    for step, sign, at in pairs:
        if not (step and sign and at):
            raise click.BadParameter("P2-1-2=2027-2", param_hint=option)
    return {step.strip(): at.strip() for step, _, at in pairs}


def _said(asked: Asked, findings: Findings) -> list[str]:
    """Every mistake with the option it stands in."""
    options = {place: f"--{place.partition('-')[0]}" for place in asked.problems}
    return [f"{options[place]}: {why.text(findings.language)}" for place, why in asked.problems.items()]


def _check_endings(wanted: Wanted, _: Translate) -> None:
    """Nothing is planned for a file that could not be written."""
    files = (
        ("--ics", wanted["ics"], (".ics",)),
        ("--chart", wanted["chart"], tuple(CHARTS)),
        ("--xlsx", wanted["xlsx"], (".xlsx",)),
    )
    for option, file, known in files:
        if file is not None:
            ending_of(file, known, _, option)


def _solved(findings: Findings, target: Target, asked: Asked, seconds: float, _: Translate) -> RoadmapPlan:
    """The best plan, with how far the search is on standard error; Ctrl+C ends it."""
    from selfcheck.planning.solver import solve

    problem = problem_asked(findings.questionnaire, findings.result, target, asked)
    waiting = _("Looking for the best plan …")
    try:
        with console(stderr=True).status(waiting) as line:
            return solve(problem, seconds, _teller(findings, line.update, _))
    except KeyboardInterrupt as error:
        raise click.ClickException(_("interrupted; no plan was made")) from error


def _teller(findings: Findings, tell: Callable[[str], None], _: Translate) -> "Callable[[Progress], None]":
    from selfcheck.planning.formulation import OBJECTIVES

    def told(now: "Progress") -> None:
        name = OBJECTIVE_NAMES[now.objective].text(findings.language)
        place = OBJECTIVES.index(now.objective) + 1
        begun = _("{place} of {all}: {name}, {seconds} s")
        found = _("{place} of {all}: {name}: {value} in the plan, at best {best}, {seconds} s")
        text = begun if now.value is None or now.best is None else found
        numbers = {"value": now.value, "best": now.best, "seconds": round(now.seconds)}
        tell(text.format(place=place, all=len(OBJECTIVES), name=name, **numbers))

    return told


def _write(findings: Findings, plan: RoadmapPlan, wanted: Wanted, moment: datetime, _: Translate) -> None:
    aside = wanted["as_json"]
    if wanted["ics"]:
        from selfcheck.planning.days import calendar_of

        save(wanted["ics"], calendar_of(findings, plan, moment), _, aside=aside)
    if wanted["chart"]:
        from selfcheck.charts.files import chart_file

        made = chart_file(findings, "roadmap", "full", CHARTS[wanted["chart"].suffix.lower()])
        save(wanted["chart"], made, _, aside=aside)
    if wanted["xlsx"]:
        from selfcheck.tables.files import xlsx

        save(wanted["xlsx"], xlsx(findings), _, aside=aside)


def _show(findings: Findings, asked: Asked, plan: RoadmapPlan) -> None:
    from rich.markup import escape
    from rich.table import Table

    _ = translator(findings.language)
    out, language, calendar = console(), findings.language, plan.problem.calendar
    for name, text in entered(findings, asked, _):
        out.print(f"[dim]{escape(name)}:[/dim] {escape(text)}")
    out.print(f"\n{status(plan.status).text(language)}")
    if isinstance(plan.status, Bounded):
        for one in plan.status.proofs:
            out.print(f" • {proof(one).text(language)}")
    if isinstance(plan.status, Infeasible):
        for found in plan.status.contradictions:
            out.print(f" • {escape(contradiction(found, calendar).text(language))}")
    if plan.scheduled:
        out.print(_table(findings, plan, Table(title=_("Roadmap"), title_justify="left", title_style="bold"), _))
        _print_days(findings, plan, Table(header_style="bold"), _)
    _print_reasons(findings, plan, _)
    for goal in plan.problem.goals if plan.scheduled else ():
        words = _("{perspective}: today stage {today}, at the end {end}, target {wanted}")
        end = reached(plan, goal.perspective)
        out.print(words.format(perspective=goal.perspective, today=goal.today, end=end, wanted=goal.wanted))
    for left in plan.problem.left_out:
        out.print(f"{left.perspective}: {why_no_way(left).text(language)}")
    for useless in plan.problem.idle:
        out.print(escape(idle(useless).text(language)))
    out.print(f"\n[dim]{what_numbers_are(_)}[/dim]")


def _table(findings: Findings, plan: RoadmapPlan, table: "Table", _: Translate) -> "Table":
    from rich.markup import escape

    for heading in (_("Step"), _("When"), _("Days"), _("Decides")):
        table.add_column(heading, justify="right" if heading == _("Days") else "left")
    for one in plan.scheduled:
        step = findings.questionnaire.recommendation(one.step.id)
        at = when(one, plan.problem.calendar).text(findings.language)
        table.add_row(one.step.id, at, str(one.step.size.days), escape(findings.say.say(step.decides)))
    return table


def _print_days(findings: Findings, plan: RoadmapPlan, table: "Table", _: Translate) -> None:
    calendar = plan.problem.calendar
    table.add_column(_("Person-days"))
    for at in range(calendar.length):
        half = calendar.half_year(at)
        table.add_column(half.written, justify="right")
    table.add_row(_("used"), *(str(days) for days in plan.days))
    table.add_row(_("free"), *(str(days) for days in plan.problem.free))
    console().print(table)


def _print_reasons(findings: Findings, plan: RoadmapPlan, _: Translate) -> None:
    from rich.markup import escape

    out, language, calendar = console(), findings.language, plan.problem.calendar
    delayed = [one for one in plan.scheduled if one.delays]
    if delayed:
        heading = _("Why these steps do not begin earlier")
        out.print(f"\n[bold]{heading}[/bold]")
        for one in delayed:
            out.print(f" • {one.step.id}: {escape(why_not_earlier(one, calendar).text(language))}")
    if plan.unscheduled:
        heading = _("Without a place in these half-years:")
        out.print(f"\n[bold]{heading}[/bold]")
        for left in plan.unscheduled:
            out.print(f" • {left.step.id}: {escape(missing(left.why, calendar).text(language))}")
    out.print()
