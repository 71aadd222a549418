"""The next steps: their order, and what belongs to each of them."""

from collections.abc import Iterator

from scoring.assess.steps import NextStage, NextStep
from selfcheck.ground.i18n import Translate, translator
from selfcheck.reports.blocks import Block, FactList, Heading, Paragraph, ReportColumn, Table
from selfcheck.words.findings import Findings
from selfcheck.words.steps import effort_words, kind_words, no_steps, value_if, would_change


def step_facts(findings: Findings, step: NextStep) -> FactList:
    """Why it comes now, who prepares, who decides, how much work, what comes first."""
    _ = translator(findings.language)
    recommendation, say = step.recommendation, findings.say
    kind = kind_words(_)[recommendation.kind]
    effort = effort_words(_)[recommendation.effort.size]
    entries = [
        (_("Why now"), why_now(findings, step)),
        (_("Prepares"), say.say(recommendation.prepares)),
        (_("Decides"), say.say(recommendation.decides)),
        (_("Effort (our estimate)"), f"{say.say(recommendation.effort.estimate)} – {effort}"),
        (_("Kind"), kind),
    ]
    if step.after:
        entries.append((_("First"), say.list(step.after)))
    return FactList(tuple(entries))


def step_facts_with_effect(findings: Findings, step: NextStep) -> FactList:
    """The same, and what the step would change in the profile."""
    _ = translator(findings.language)
    effect = would_change(findings, findings.effects[step.recommendation.id])
    return FactList((*step_facts(findings, step).entries, (_("In the profile"), effect)))


def why_now(findings: Findings, step: NextStep) -> str:
    """The reasons for a step, one sentence after the other."""
    return " ".join(findings.say.reason(reason) for reason in step.reasons)


def special_reasons(findings: Findings, step: NextStep) -> str:
    """The reasons that go beyond its being the next stage, where there are any."""
    special = [reason for reason in step.reasons if not isinstance(reason, NextStage)]
    return " ".join(findings.say.reason(reason) for reason in special or step.reasons)


def stages(step: NextStep, _: Translate) -> str:
    """From which stage to which."""
    low, high = step.recommendation.from_stage, step.recommendation.to_stage
    return _("stage {low} → {high}").format(low=low, high=high)


def order(findings: Findings, _: Translate) -> Iterator[Block]:
    """The steps one after the other; their reasons stand with each perspective."""
    yield Heading(1, _("Next steps in order"))
    if not findings.steps:
        yield Paragraph(no_steps(findings, _))
        return
    yield Paragraph(
        _(
            "The order respects preconditions; then comes what unlocks most other steps, what can be done at once, and what "
            "lies lowest. ▲ marks the priorities, at most three perspectives. What to do and why now stands with each "
            "perspective."
        )
    )
    yield Paragraph(
        _(
            "The last column is an if, not a forecast: the value today, and the value if every rated item of the perspective "
            "that lies below reaches the stage of the step. Items that are open stay open."
        )
    )
    rows = tuple(_row(findings, place, step, _) for place, step in enumerate(findings.steps, 1))
    columns = (
        ReportColumn(_("Step"), 4),
        ReportColumn(_("Perspective"), 13),
        ReportColumn(_("First"), 5),
        ReportColumn(_("Value if reached"), 5),
    )
    yield Table(_("Next steps and what comes before them"), columns, rows)


def _row(findings: Findings, place: int, step: NextStep, _: Translate) -> tuple[str, ...]:
    recommendation = step.recommendation
    name = findings.say.say(findings.questionnaire.perspective(recommendation.perspective).name)
    return (
        f"{place}. {recommendation.id}{' ▲' if step.priority else ''}",
        f"{name}: {stages(step, _)}",
        findings.say.list(step.after) or _("now possible"),
        value_if(findings, findings.effects[recommendation.id]),
    )
