"""What the tables are about, what they rest on and what they cannot say."""

from collections.abc import Iterator

from selfcheck.ground.days import day_of
from selfcheck.ground.i18n import Translate
from selfcheck.reading import fingerprints
from selfcheck.tables.columns import Cell, DataTable, answered_on, day, ours
from selfcheck.words.findings import Findings, Variant
from selfcheck.words.plans import entered, what_numbers_are
from selfcheck.words.result import disagreed, how_to_read, limits, not_agreed


def about(findings: Findings, variant: Variant, _: Translate) -> DataTable:
    """Municipality, date, version and hashes, how to read the values, and the limits of the method."""
    columns = (
        ours("entry", _("Entry"), 31, _("What the row is about.")),
        ours("content", _("Content"), 112, _("What there is to say about it."), kind="fact"),
    )
    rows = (*_check(findings, variant, _), *_reading(findings, _), *_origin(findings, _))
    what = _("What the tables of this file are about, what they rest on and what they cannot say.")
    return DataTable(_("About"), what, columns, tuple(row for row in rows if row[1] is not None))


def _check(findings: Findings, variant: Variant, _: Translate) -> Iterator[tuple[Cell, ...]]:
    sheet, questionnaire = findings.sheet, findings.questionnaire
    yield _("Title"), findings.say.say(questionnaire.title)
    yield _("Municipality"), sheet.municipality or None
    yield _("Date of the answers"), answered_on(sheet)
    yield _("Version for"), _("For the public") if variant == "public" else _("Internal – not for publication")
    yield _("Scope"), scope(findings, _)
    answered = sum(result.answered for result in findings.result.perspectives)
    asked = sum(result.asked for result in findings.result.perspectives)
    yield _("Rated"), _("Rated items: {answered} of {asked}.").format(answered=answered, asked=asked)
    yield from ((_("Not agreed yet"), text) for text in not_agreed(findings, _))
    if findings.pending:
        text = _("Items that count as last time until they are rated anew: {count}.")
        yield _("Repeated check"), text.format(count=len(findings.pending))
    yield from ((_("Dissent"), text) for text in disagreed(findings, _))
    yield _("Target for the year"), sheet.target.year if sheet.target else None
    yield _("Last time"), day(findings.earlier.date) if findings.earlier else None
    if findings.roadmap and findings.roadmap.plan:
        yield _("Roadmap kept on"), day_of(findings.roadmap.kept)
        said = entered(findings, findings.roadmap.asked, _)
        yield from ((_("Roadmap: {entry}").format(entry=name), text) for name, text in said)


def scope(findings: Findings, _: Translate) -> str:
    """How much is rated, in words."""
    match findings.sheet.scope:
        case "full":
            return _("Full check: all items")
        case "short":
            return _("Short check: the core items")
        case chosen:
            return _("Only these perspectives: {ids}").format(ids=findings.say.list(chosen))


def _reading(findings: Findings, _: Translate) -> Iterator[tuple[Cell, ...]]:
    yield (
        _("How to read the values"),
        how_to_read(_),
    )
    for option in findings.questionnaire.scales[0].options:
        name, meaning = findings.say.say(option.name), option.meaning
        label = _("Stage {stage}").format(stage=option.key)
        yield label, f"{name}: {findings.say.say(meaning)}" if meaning else name
    yield (
        _("Empty cells"),
        _("Nothing is known or nothing applies; the state or the note beside it says which. Empty never means zero."),
    )
    yield (
        _("Numbers"),
        _("Cells hold exact numbers and show two decimals at most. They are results: nothing here computes anew."),
    )
    if findings.roadmap and findings.roadmap.plan:
        yield _("Numbers of the roadmap"), what_numbers_are(_)
    yield (
        _("Limits"),
        limits(_),
    )


def _origin(findings: Findings, _: Translate) -> Iterator[tuple[Cell, ...]]:
    questionnaire, say = findings.questionnaire, findings.say
    yield _("About the questionnaire"), say.say(questionnaire.about)
    yield _("Source"), say.say(questionnaire.source)
    yield _("Questionnaire"), f"{questionnaire.id} {questionnaire.version}"
    yield _("Hash of the questionnaire"), fingerprints.of_questionnaire(questionnaire.id, questionnaire.version)
    yield _("Hash of the answers"), fingerprints.of_answers(findings.sheet)
