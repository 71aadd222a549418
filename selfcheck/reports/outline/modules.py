"""What the in-depth modules show: findings and coverage; nothing that people wrote in their own words."""

from collections.abc import Iterator

from scoring.modules.model import FindingKind
from scoring.modules.result import Coverage, ModuleResult, SectionResult
from selfcheck.findings import Findings
from selfcheck.i18n import Translate
from selfcheck.reports.blocks import Block, Bullets, Column, Heading, Paragraph, Table


def modules(findings: Findings, _: Translate) -> Iterator[Block]:
    """A part for every module in which something was entered."""
    if not findings.modules:
        return
    yield Heading(1, _("In-depth modules"))
    yield Paragraph(_("A module changes no value of the profile; it shows what lies behind it and what is missing."))
    for result in findings.modules:
        yield from _module(findings, result, _)


def kinds(_: Translate) -> dict[FindingKind, str]:
    """Kinds of findings in a word."""
    return {"gap": _("Gap"), "strength": _("Strength"), "question": _("Question")}


def _module(findings: Findings, result: ModuleResult, _: Translate) -> Iterator[Block]:
    say, words = findings.say, kinds(_)
    yield Heading(2, f"{result.module.perspective}: {say.say(result.module.title)}")
    holding = tuple(f"{words[one.finding.kind]}: {say.say(one.finding.text)}" for one in result.found(True))
    yield Bullets(holding) if holding else Paragraph(_("Nothing stands out in the entries."))
    for section in result.sections:
        if section.coverage:
            yield _coverage(findings, section, _)


def _coverage(findings: Findings, section: SectionResult, _: Translate) -> Table:
    say, of = findings.say, section.section
    columns = (Column(_("Group"), 3), *(Column(say.say(of.column(id).name), 2) for id in section.coverage))
    rows = tuple(
        (say.say(group.name), *(_counts(section.groups[group.id][id], _) for id in section.coverage))
        for group in of.groups
    )
    return Table(say.say(of.name), columns, rows)


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
