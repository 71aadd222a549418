"""The measures: what is to be done by when, what was expected of it, and what is reached today."""

from collections.abc import Iterator

from scoring.follow.measures import Tracked, brought
from selfcheck.ground.days import day_of
from selfcheck.ground.i18n import Translate
from selfcheck.ground.written import written_day
from selfcheck.reports.blocks import Block, FactList, Heading, NewPage, Paragraph, ReportColumn, Table
from selfcheck.words.findings import Findings
from selfcheck.words.measures import brought_words, perspective_name, realised_facts, status_words
from selfcheck.words.steps import would_change


def measures(findings: Findings, inside: bool, _: Translate) -> Iterator[Block]:
    """Nothing where there are none. For the public, only what the questionnaire says of a measure, and its own words not."""
    if not findings.measures:
        return
    yield NewPage()
    yield Heading(1, _("Measures"))
    yield Paragraph(
        _("What the municipality sets out to do, by when, and what is reached today. A measure changes no value."),
        "lead",
    )
    if counted := brought_words(findings, brought(findings.measures)):
        yield Paragraph(counted)
    columns = (
        ReportColumn(_("No."), 2),
        ReportColumn(_("Measure"), 16),
        ReportColumn(_("To be done by"), 6),
        ReportColumn(_("State"), 4),
    )
    rows = tuple(_row(findings, place, one, inside, _) for place, one in enumerate(findings.measures, 1))
    yield Table(_("Measures by date"), columns, rows)
    for place, one in enumerate(findings.measures, 1):
        if facts := tuple(_facts(findings, one, inside, _)):
            yield Heading(2, f"{place}. {_named(findings, one, inside, _)}")
            yield FactList(facts)
    if not inside:
        yield Paragraph(_("What the municipality wrote in its own words stands in the internal report alone."), "note")


def _named(findings: Findings, one: Tracked, inside: bool, _: Translate) -> str:
    measure = one.measure
    if inside:
        return measure.title
    if not measure.recommendation:
        return _("Own measure")
    return _("Step {id}").format(id=measure.recommendation)


def _row(findings: Findings, place: int, one: Tracked, inside: bool, _: Translate) -> tuple[str, ...]:
    measure = one.measure
    return (
        str(place),
        f"{_named(findings, one, inside, _)} – {perspective_name(findings, measure)}",
        written_day(measure.due, findings.language) if measure.due else "–",
        status_words(_)[measure.status],
    )


def _facts(findings: Findings, one: Tracked, inside: bool, _: Translate) -> Iterator[tuple[str, str]]:
    measure = one.measure
    if inside and measure.owner:
        yield _("Who sees to it"), measure.owner
    if measure.expected:
        day = written_day(day_of(measure.made), findings.language)
        yield _("Expected, as of {day}").format(day=day), would_change(findings, measure.expected)
    if measure.status == "done" and one.realised:
        yield from realised_facts(findings, one.realised)
    elif measure.status == "done" and measure.expected and measure.expected.moves:
        yield _("Today"), _("Not checked again since it was taken over: all ratings are as they were.")
    if inside and measure.evidence:
        yield _("Evidence"), measure.evidence
    if inside and measure.note:
        yield _("Own note"), measure.note
