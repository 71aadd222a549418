"""The profile: the radar and the values behind it."""

from collections.abc import Iterator

from scoring.assess.result import PerspectiveResult
from scoring.follow.targets import TowardsTarget
from selfcheck.charts import profile as charts
from selfcheck.ground.i18n import Translate, translator
from selfcheck.reports.blocks import Block, Figure, Heading, NewPage, Paragraph, ReportColumn, Table
from selfcheck.words.findings import Findings
from selfcheck.words.result import how_to_read


def profile(findings: Findings, _: Translate) -> Iterator[Block]:
    """The radar, its values, and how to read them."""
    yield NewPage()
    yield Heading(1, _("Profile"))
    yield Figure(charts.profile(findings), _("Profile of the eight practice perspectives"))
    yield profile_table(findings)
    yield Paragraph(" ".join(_how_to_read(findings, _)), "note")


def _how_to_read(findings: Findings, _: Translate) -> Iterator[str]:
    yield (how_to_read(_))
    if findings.sheet.target:
        text = _("Target: the stage wanted by {year}; in brackets the part of it that the value has reached.")
        yield text.format(year=findings.sheet.target.year)
    if findings.since and findings.earlier:
        text = _("Last time: {date}. A change is shown only where the same was asked both times.")
        yield text.format(date=charts.written(findings.earlier.date, findings.language) or "–")


def profile_table(findings: Findings) -> Table:
    """The values behind the radar; with the target and the last time where there are any."""
    _ = translator(findings.language)
    columns = [
        ReportColumn(_("Perspective"), 10),
        ReportColumn(_("Value"), 3, number=True),
        ReportColumn(_("Throughout"), 4, number=True),
        ReportColumn(_("Range"), 3, number=True),
        ReportColumn(_("Certainty"), 4),
        ReportColumn(_("Rated"), 4, number=True),
    ]
    if findings.towards:
        columns.append(ReportColumn(_("Target (reached)"), 4, number=True))
    if findings.since:
        columns.append(ReportColumn(_("Last time (change)"), 4, number=True))
    rows = tuple(_row(findings, result) for result in findings.result.perspectives)
    return Table(_("Values of the profile"), tuple(columns), rows)


def _row(findings: Findings, result: PerspectiveResult) -> tuple[str, ...]:
    say = findings.say
    row = [
        f"{result.perspective} {say.say(findings.questionnaire.perspective(result.perspective).name)}",
        findings.value(result),
        "–" if result.minimum is None else say.number(result.minimum),
        findings.range(result),
        findings.certainty(result),
        f"{result.answered}/{result.asked}" if result.asked else "–",
    ]
    if findings.towards:
        way = findings.towards.get(result.perspective)
        row.append(_beside(str(way.wanted), _so_far(findings, way)) if way else "–")
    if findings.since:
        before = findings.last_value(result.perspective)
        change = findings.since[result.perspective].pairs[0].change
        row.append(_beside("" if before is None else say.number(before), "" if change is None else say.change(change)))
    return tuple(row)


def _so_far(findings: Findings, way: TowardsTarget) -> str:
    """How much of the way to a target is done."""
    _ = translator(findings.language)
    if way.reached:
        return _("reached")
    return "" if way.share is None else findings.say.percent(way.share)


def _beside(main: str, more: str) -> str:
    return f"{main} ({more})" if more else main or "–"
