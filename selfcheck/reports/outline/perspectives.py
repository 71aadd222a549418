"""Perspective by perspective: where it stands and why, its next step, and what examples show."""

from collections.abc import Iterator
from fractions import Fraction

from scoring.assess.result import Counted, LeftOut, PerspectiveResult
from scoring.model.questionnaire import Item, Perspective
from selfcheck.ground.i18n import Translate, translator
from selfcheck.reports.blocks import Block, Bullets, Callout, Heading, Paragraph, ReportColumn, Table
from selfcheck.reports.outline.examples import beside
from selfcheck.reports.outline.internal import notes, spreads
from selfcheck.reports.outline.steps import step_facts_with_effect
from selfcheck.words.findings import Findings


def perspectives(findings: Findings, inside: bool, _: Translate) -> Iterator[Block]:
    """A chapter for each perspective; inside the house also what people wrote and how ratings differ."""
    for perspective in findings.questionnaire.perspectives:
        yield from _stand(findings, perspective, _)
        if inside:
            yield from spreads(findings, perspective, _)
            yield from notes(findings, perspective, _)
        yield from _steps(findings, perspective, _)
        yield from beside(findings, perspective, _)


def standing(findings: Findings, perspective: Perspective, result: PerspectiveResult) -> str:
    """Where the perspective stands, in a sentence."""
    _ = translator(findings.language)
    if not findings.chosen(perspective.id):
        return _("This perspective is not part of this check; that is neither zero nor a gap.")
    if not result.applicable:
        return _("This perspective is not applicable here; it is neither zero nor a gap.")
    if result.value is None:
        return _(
            "Too few items are rated for a value ({answered} of {asked}). Possible is anything from {range}."
        ).format(answered=result.answered, asked=result.asked, range=findings.range(result))
    points = [p for item in perspective.items if isinstance(p := findings.result.facts.stages[item.id], Fraction)]
    spread = {"low": findings.say.number(min(points)), "high": findings.say.number(max(points))}
    if result.value.denominator == 1:
        text = _("Value {value} ({name}). The rated items range from stage {low} to stage {high}.")
        return text.format(value=findings.value(result), name=findings.stage_name(result.value), **spread)
    text = _("Value {value}, between “{below}” and “{above}”. The rated items range from stage {low} to stage {high}.")
    names = {"below": findings.stage_name(result.value), "above": findings.stage_name(result.value + 1)}
    return text.format(value=findings.value(result), **names, **spread)


def _stand(findings: Findings, perspective: Perspective, _: Translate) -> Iterator[Block]:
    result = findings.result[perspective.id]
    yield Heading(1, f"{perspective.id} {findings.say.say(perspective.name)}")
    yield Paragraph(findings.say.say(perspective.definition), "lead")
    yield Paragraph(standing(findings, perspective, result))
    if items := findings.asked_in(perspective):
        columns = (ReportColumn(_("Item"), 10), ReportColumn(_("Stage"), 7), ReportColumn(_("What this means"), 18))
        rows = tuple(_item_row(findings, item, _) for item in items)
        yield Table(_("Items of {id}").format(id=perspective.id), columns, rows)
    if trace := tuple(_unlisted(findings, result)):
        yield Heading(2, _("How the value comes about"))
        yield Bullets(trace)


def _item_row(findings: Findings, item: Item, _: Translate) -> tuple[str, str, str]:
    name, (key, median_of) = findings.say.item(item.id), findings.sheet.standing(item)
    if key is None:
        answer = findings.sheet.answers.get(item.id)
        judged = answer is not None and answer.cannot_judge
        return name, _("cannot be judged") if judged else _("open"), "–"
    option = item.scale.option(key)
    assert option is not None
    stage = f"{key} {findings.say.say(option.name)}"
    if median_of:
        stage = _("{stage} (median of {count} ratings, not agreed yet)").format(stage=stage, count=median_of)
    return name, stage, findings.anchor(item, key)


def _unlisted(findings: Findings, result: PerspectiveResult) -> Iterator[str]:
    """The steps of the trace that the table of items does not show already."""
    for step in result.trace:
        if not isinstance(step, Counted | LeftOut):
            yield findings.say.step(step)


def _steps(findings: Findings, perspective: Perspective, _: Translate) -> Iterator[Block]:
    for step in findings.steps:
        if step.recommendation.perspective == perspective.id:
            title = _("From stage {from_stage} to {to_stage}").format(
                from_stage=step.recommendation.from_stage, to_stage=step.recommendation.to_stage
            )
            facts = step_facts_with_effect(findings, step)
            yield Callout("step", title, findings.say.say(step.recommendation.step), facts)
