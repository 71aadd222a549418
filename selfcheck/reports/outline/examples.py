"""Documented examples: each is described once, in a chapter of its own; the perspectives say how it compares."""

from collections.abc import Iterator

from scoring.assess.compare import Comparison, Status
from scoring.model.questionnaire import Perspective
from selfcheck.ground.i18n import Translate
from selfcheck.reports.blocks import Block, Bullets, FactList, Heading, Paragraph, ReportColumn, Table
from selfcheck.words.findings import Findings
from selfcheck.words.result import not_yet_suitable


def status_words(_: Translate) -> dict[Status, str]:
    """What a comparison found, in words with a mark that also tells in grey."""
    return {
        "met": _("● met here"),
        "missing": _("○ missing here"),
        "unknown": _("? unknown here"),
        "illustrates": _("· illustrates only"),
        "not-applicable": _("– not applicable here"),
    }


def beside(findings: Findings, perspective: Perspective, _: Translate) -> Iterator[Block]:
    """The items of a perspective beside the examples that fit it; which others would fit."""
    if not findings.result[perspective.id].applicable:
        return
    names = _names(findings, _)
    later = findings.say.list([names[one.practice.id] for one in findings.not_yet_suitable(perspective.id)])
    said = _("Not yet suitable, because at least one condition is missing here: {examples}.").format(examples=later)
    rows = tuple(_rows(findings, perspective, names, _))
    none = "" if rows else _("No suitable example is documented.")
    if texts := [text for text in (none, said if later else "") if text]:
        yield Paragraph(" ".join(texts))
    if rows:
        columns = (
            ReportColumn(_("Item"), 11),
            ReportColumn(_("Example"), 8),
            ReportColumn(_("Documented there"), 9),
            ReportColumn(_("Here"), 10),
        )
        yield Table(_("Items of {id} beside the examples described below").format(id=perspective.id), columns, rows)


def _rows(
    findings: Findings, perspective: Perspective, names: dict[str, str], _: Translate
) -> Iterator[tuple[str, ...]]:
    words, ids = status_words(_), {item.id for item in perspective.items}
    for comparison in findings.suitable(perspective.id):
        for item in comparison.items:
            if item.documented.item in ids:
                stage = _documented(item.documented.stage, _)
                name = findings.say.item(item.documented.item)
                yield name, names[comparison.practice.id], stage, words[item.status]


def _documented(stage: int | str | None, _: Translate) -> str:
    return _("no stage documented") if stage is None else _("facts reach stage {stage}").format(stage=stage)


def _names(findings: Findings, _: Translate) -> dict[str, str]:
    """Number and municipality of every example of this report, by the id of its practice."""
    suitable, later = _told(findings)
    text = _("E{number} {municipality}")
    return {
        one.practice.id: text.format(number=number, municipality=one.practice.municipality)
        for number, one in enumerate([*suitable, *later], 1)
    }


def _told(findings: Findings) -> tuple[list[Comparison], list[Comparison]]:
    """The examples that fit, and those that do not yet, in the order in which the perspectives name them."""
    suitable: dict[str, Comparison] = {}
    later: dict[str, Comparison] = {}
    for result in findings.result.perspectives:
        if result.applicable:
            suitable |= {c.practice.id: c for c in findings.suitable(result.perspective)}
            later |= {c.practice.id: c for c in findings.not_yet_suitable(result.perspective)}
    return list(suitable.values()), list(later.values())


def examples(findings: Findings, _: Translate) -> Iterator[Block]:
    """Every example that a perspective names, with its conditions, its limits and its source."""
    suitable, later = _told(findings)
    if not suitable and not later:
        return
    names = _names(findings, _)
    yield Heading(1, _("Documented examples"))
    yield Paragraph(
        _(
            "An example is evidence, not a rating. With each one stands under which conditions it works, whether they are met "
            "here, and what it does not show. Lines are those of the source."
        )
    )
    for comparison in suitable:
        yield from _example(findings, names[comparison.practice.id], comparison, _)
    if later:
        yield Heading(2, not_yet_suitable(_))
        yield Bullets(tuple(_missing(findings, names[one.practice.id], one, _) for one in later))


def _example(findings: Findings, name: str, comparison: Comparison, _: Translate) -> Iterator[Block]:
    say, practice, words = findings.say, comparison.practice, status_words(_)
    yield Heading(2, f"{name}: {say.say(practice.title)}")
    if marked := findings.provenance(practice):
        yield Paragraph(f"{marked}.")
    yield Paragraph(f"{say.say(practice.summary)} ({say.say(practice.as_of)})")
    yield FactList(
        (
            *((words[one.status], say.say(one.condition.text)) for one in comparison.conditions),
            (_("Does not show"), say.say(practice.limits)),
            (_("Source"), findings.documented_by(practice)),
        )
    )


def _missing(findings: Findings, name: str, comparison: Comparison, _: Translate) -> str:
    """An example and what is missing here for it."""
    missing = " ".join(findings.say.say(condition.text) for condition in comparison.missing)
    title, marked = findings.say.say(comparison.practice.title), findings.provenance(comparison.practice)
    text = _("{municipality}, {title}. Missing here: {missing}")
    return text.format(municipality=name, title=f"{title} ({marked})" if marked else title, missing=missing)
