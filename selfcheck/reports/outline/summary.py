"""At a glance: one page for councillors."""

from collections.abc import Iterator
from fractions import Fraction

from selfcheck.ground.i18n import Translate
from selfcheck.reports.blocks import Block, Bullets, Callout, FactList, Heading, Paragraph
from selfcheck.reports.outline.steps import special_reasons, stages
from selfcheck.words.findings import Findings
from selfcheck.words.result import disagreed, not_agreed, nothing_reached, partial, rated
from selfcheck.words.steps import no_steps

MOST_STRENGTHS = 6
MOST_PRIORITIES = 3


def strengths(findings: Findings) -> tuple[str, ...]:
    """What to build on, each with its stage, strongest first: agreed or better; where nothing is, the first attempts."""
    reached = {item.id: findings.result.facts.stages[item.id] for item in findings.asked}
    for least in (2, 1):
        found = [(points, id) for id, points in reached.items() if isinstance(points, Fraction) and points >= least]
        if found:
            ordered = sorted(found, key=lambda pair: -pair[0])
            return tuple(f"{findings.say.item(id)} – {findings.stage_name(points)}" for points, id in ordered)
    return ()


def summary(findings: Findings, full: bool, _: Translate) -> Iterator[Block]:
    """What the report is for, what to build on, and what should come next with its reasons."""
    yield Heading(1, _("At a glance"))
    yield Paragraph(_purpose(findings, _), "lead")
    yield Paragraph(" ".join(_rated(findings, _)))
    yield from _strengths(findings, full, _)
    yield from _priorities(findings, _)


def _purpose(findings: Findings, _: Translate) -> str:
    name = findings.sheet.municipality
    if name:
        text = _(
            "This report shows where {name} stands in integrated planning, by its own rating, and which steps come next."
        )
        return text.format(name=name)
    return _(
        "This report shows where the municipality stands in integrated planning, by its own rating, and which steps come next."
    )


def _rated(findings: Findings, _: Translate) -> Iterator[str]:
    yield rated(findings, _)
    yield from partial(findings, _)
    yield from not_agreed(findings, _)
    yield from disagreed(findings, _)


def _strengths(findings: Findings, full: bool, _: Translate) -> Iterator[Block]:
    yield Heading(2, _("What to build on"))
    strong = strengths(findings)
    if not strong:
        yield Paragraph(nothing_reached(_))
        return
    yield Bullets(strong[:MOST_STRENGTHS])
    more = len(strong) - MOST_STRENGTHS
    if more > 0 and full:
        yield Paragraph(_("and {count} more, see the chapters on the perspectives.").format(count=more), "note")
    elif more > 0:
        yield Paragraph(_("and {count} more, see the full report.").format(count=more), "note")


def _priorities(findings: Findings, _: Translate) -> Iterator[Block]:
    yield Heading(2, _("What should come next"))
    priorities = [step for step in findings.steps if step.priority and step.possible_now][:MOST_PRIORITIES]
    if not priorities:
        yield Paragraph(no_steps(findings, _))
    for step in priorities:
        perspective = findings.questionnaire.perspective(step.recommendation.perspective)
        title = f"{findings.say.say(perspective.name)}: {stages(step, _)}"
        reasons = FactList(((_("Why now"), special_reasons(findings, step)),))
        yield Callout("step", title, findings.say.say(step.recommendation.step), reasons)
