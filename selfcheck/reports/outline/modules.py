"""What the in-depth modules show: findings, pictures and coverage; what people wrote themselves is for the house alone."""

from collections.abc import Iterator

from scoring.modules.model import FindingKind
from scoring.modules.result import Coverage, ModuleResult, SectionResult
from selfcheck.charts.modules import pictures
from selfcheck.ground.i18n import Translate
from selfcheck.reports.blocks import Block, Bullets, Figure, Heading, Paragraph, ReportColumn, Table
from selfcheck.words.findings import Findings


def modules(findings: Findings, inside: bool, _: Translate) -> Iterator[Block]:
    """A part for every module in which something was entered."""
    if not findings.modules:
        return
    yield Heading(1, _("In-depth modules"))
    yield Paragraph(_("A module changes no value of the profile; it shows what lies behind it and what is missing."))
    for result in findings.modules:
        yield from _module(findings, result, inside, _)


def kinds(_: Translate) -> dict[FindingKind, str]:
    """Kinds of findings in a word."""
    return {"gap": _("Gap"), "strength": _("Strength"), "question": _("Question")}


def _module(findings: Findings, result: ModuleResult, inside: bool, _: Translate) -> Iterator[Block]:
    say = findings.say
    yield Heading(2, f"{result.module.perspective}: {say.say(result.module.title)}")
    holding = standing_out(findings, result, _)
    yield Bullets(holding) if holding else Paragraph(_("Nothing stands out in the entries."))
    drawn = {picture.section: (picture.kind, chart) for picture, chart in pictures(findings, result, own_words=inside)}
    for section in result.sections:
        kind, chart = drawn.get(section.section.id, (None, None))
        if chart is not None:
            yield Figure(chart, say.say(section.section.name))
        if section.coverage and kind in (None, "groups"):
            yield coverage(findings, section, _)


def standing_out(findings: Findings, result: ModuleResult, _: Translate) -> tuple[str, ...]:
    """The findings that hold, each with its kind and the items it bears on."""
    words = kinds(_)
    return tuple(
        _("{kind}: {finding} ({items})").format(
            kind=words[one.finding.kind], finding=findings.say.say(one.finding.text), items=", ".join(one.finding.items)
        )
        for one in result.found(True)
    )


def coverage(findings: Findings, section: SectionResult, _: Translate) -> Table:
    """How many rows of each group count in each graded column."""
    say, of = findings.say, section.section
    columns = (ReportColumn(_("Group"), 3), *(ReportColumn(say.say(of.column(id).name), 2) for id in section.coverage))
    rows = tuple(
        (say.say(group.name), *(_counts(section.groups[group.id][id], _) for id in section.coverage))
        for group in of.groups
    )
    return Table(_("{section}: coverage").format(section=say.say(of.name)), columns, rows)


def _counts(found: Coverage, _: Translate) -> str:
    counted = len(found.yes) + len(found.partly) + len(found.no) + len(found.open)
    if not counted:
        return "–"
    parts = [_("{yes} of {all}").format(yes=len(found.yes), all=counted)]
    if found.partly:
        parts.append(_("{count} partly").format(count=len(found.partly)))
    if found.open:
        parts.append(_("{count} open").format(count=len(found.open)))
    return ", ".join(parts)
