"""What only the internal report holds: views that differ, own words, individual ratings, the way to the target."""

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from scoring.assess.result import Counted
from scoring.follow.trend import Pair
from scoring.model.questionnaire import Item, Perspective
from scoring.model.spreads import Counts
from selfcheck.charts.profile import written
from selfcheck.ground.i18n import Translate
from selfcheck.reports.blocks import Block, Bullets, FactList, Heading, NewPage, Paragraph, ReportColumn, Table
from selfcheck.words.findings import Findings
from selfcheck.words.result import hard_to_understand, no_comparison


def internal(findings: Findings, _: Translate) -> Iterator[Block]:
    """A chapter on what is still to be talked about, and on target and last time."""
    yield NewPage()
    yield Heading(1, _("For internal use"))
    found = [*_open_points(findings, _), *_target(findings, _), *_last_time(findings, _)]
    yield from found or [
        Paragraph(_("No dissent, no item hard to understand, no target and no earlier check is recorded."))
    ]


def _open_points(findings: Findings, _: Translate) -> Iterator[Block]:
    if findings.dissents:
        yield Heading(2, _("Where not everybody agrees"))
        yield FactList(tuple((findings.say.item(id), dissent) for id, dissent in findings.dissents))
    if findings.not_agreed:
        yield Heading(2, _("Medians that are not agreed yet"))
        trace = [step for result in findings.result.perspectives for step in result.trace]
        yield Bullets(tuple(findings.say.step(step) for step in trace if isinstance(step, Counted) and step.median_of))
    if findings.unclear:
        yield Heading(2, _("Hard to understand"))
        yield Paragraph(hard_to_understand(_))
        yield Bullets(tuple(findings.say.item(item.id) for item in findings.unclear))


def _target(findings: Findings, _: Translate) -> Iterator[Block]:
    target = findings.sheet.target
    if target is None or not findings.towards:
        return
    yield Heading(2, _("The way to the target"))
    rows = []
    for result in findings.result.perspectives:
        if way := findings.towards.get(result.perspective):
            gap = "–" if way.gap is None else findings.say.number(way.gap)
            share = "–" if way.share is None else findings.say.percent(way.share)
            rows.append((_name(findings, way.perspective), findings.value(result), str(way.wanted), gap, share))
    columns = (
        ReportColumn(_("Perspective"), 9),
        ReportColumn(_("Value"), 4, number=True),
        ReportColumn(_("Target {year}").format(year=target.year), 3, number=True),
        ReportColumn(_("Still to go"), 3, number=True),
        ReportColumn(_("Reached"), 3, number=True),
    )
    yield Table(_("Stages wanted by {year}, and how far it is").format(year=target.year), columns, tuple(rows))


def _last_time(findings: Findings, _: Translate) -> Iterator[Block]:
    if findings.earlier is None or not findings.since:
        return
    yield Heading(2, _("Last time and today"))
    rows = []
    for result in findings.result.perspectives:
        then, pair = findings.since[result.perspective].values[0], findings.since[result.perspective].pairs[0]
        before = "–" if then is None else findings.say.number(then)
        row = (_name(findings, result.perspective), before, findings.value(result), _change(findings, pair, _))
        rows.append(row)
    date = written(findings.earlier.date, findings.language)
    columns = (
        ReportColumn(_("Perspective"), 9),
        ReportColumn(_("Last time ({date})").format(date=date) if date else _("Last time"), 4, number=True),
        ReportColumn(_("Today"), 4, number=True),
        ReportColumn(_("Change"), 6),
    )
    yield Table(_("What has changed since last time"), columns, tuple(rows))


def _change(findings: Findings, pair: Pair, _: Translate) -> str:
    if pair.why_not:
        return no_comparison(pair.why_not, _)
    return _("a value is missing") if pair.change is None else findings.say.change(pair.change)


def _name(findings: Findings, perspective: str) -> str:
    return f"{perspective} {findings.say.say(findings.questionnaire.perspective(perspective).name)}"


def spreads(findings: Findings, perspective: Perspective, _: Translate) -> Iterator[Block]:
    """How the individual ratings of a perspective lie; the sheet holds only what the rules of disclosure release."""
    found = [item for item in findings.asked_in(perspective) if item.id in findings.sheet.spreads]
    if not found:
        return
    columns = [
        ReportColumn(_("Item"), 6),
        ReportColumn(_("Ratings"), 2, number=True),
        ReportColumn(_("Lowest to highest"), 3, number=True),
        ReportColumn(_("Median"), 2, number=True),
        ReportColumn(_("Cannot judge"), 2, number=True),
    ]
    roles = any(findings.sheet.spreads[item.id].roles for item in found)
    if roles:
        columns.append(ReportColumn(_("Role groups (ratings: lowest to highest)"), 6))
    rows = tuple(_spread_row(findings, item)[: len(columns)] for item in found)
    yield Table(_("Individual ratings of {id}").format(id=perspective.id), tuple(columns), rows)


def _spread_row(findings: Findings, item: Item) -> tuple[str, ...]:
    spread = findings.sheet.spreads[item.id]
    labels = {role.key: findings.say.say(role.label) for role in findings.questionnaire.roles}
    roles = [
        f"{labels.get(role, role)} ({sum(counts.values())}: {_between(findings, item, counts)})"
        for role, counts in spread.roles.items()
    ]
    return (
        findings.say.item(item.id),
        str(spread.ratings),
        _between(findings, item, spread.counts),
        findings.say.number(item.scale.options[spread.median].points),
        str(spread.cannot_judge),
        "; ".join(roles) or "–",
    )


def _between(findings: Findings, item: Item, counts: Counts) -> str:
    low, high = (findings.say.number(_points(item, place)) for place in (min(counts), max(counts)))
    return low if low == high else f"{low}–{high}"


def _points(item: Item, place: Fraction) -> Fraction:
    """The points at a place of the scale; a half step lies in the middle of its neighbours."""
    below, rest = floor(place), place - floor(place)
    points = item.scale.options[below].points
    return points + rest * (item.scale.options[below + 1].points - points) if rest else points


def notes(findings: Findings, perspective: Perspective, _: Translate) -> Iterator[Block]:
    """Remarks and evidence of a perspective, and the remarks of individual ratings, as people wrote them."""
    entries = [entry for item in findings.asked_in(perspective) for entry in _notes_on(findings, item, _)]
    if entries:
        yield Heading(2, _("Remarks and evidence"))
        yield FactList(tuple(entries))


def _notes_on(findings: Findings, item: Item, _: Translate) -> Iterator[tuple[str, str]]:
    answer, spread = findings.sheet.answers.get(item.id), findings.sheet.spreads.get(item.id)
    if answer and answer.remark:
        yield _("{item} remark").format(item=item.id), answer.remark
    if answer and answer.evidence:
        yield _("{item} evidence").format(item=item.id), answer.evidence
    for remark in spread.remarks if spread else ():
        yield _("{item} individual remark").format(item=item.id), remark
