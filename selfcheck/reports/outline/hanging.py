"""How much hangs on single answers, in sentences."""

from fractions import Fraction
from math import floor

from scoring.follow.sensitivity import Lift, one_stage, smallest_lift
from scoring.model.questionnaire import Perspective
from selfcheck.ground.i18n import Translate, translator
from selfcheck.words.findings import Findings


def hanging(findings: Findings, perspective: Perspective) -> tuple[str, ...]:
    """Which answers turn the value, and the least that would reach the next stage; nothing while there is no value."""
    _ = translator(findings.language)
    value = findings.result[perspective.id].value
    if value is None:
        return ()
    around = one_stage(perspective, findings.result)
    turning = [one.item for one in around if any(other not in (None, value) for other in (one.lower, one.higher))]
    sentences = [_turning(findings, turning, len(around), _)]
    wanted = floor(value) + 1
    lift = smallest_lift(perspective, findings.result, Fraction(wanted))
    if lift is not None:
        sentences.append(_lift(findings, lift, _))
    return tuple(sentences)


def _turning(findings: Findings, items: list[str], answered: int, _: Translate) -> str:
    if not items:
        return _("One stage more or less in a single item changes nothing of this value.")
    if len(items) == answered:
        return _("Every single answer can change this value: one stage more or less is enough.")
    said = _("One stage more or less in a single item changes this value only here: {items}.")
    return said.format(items=findings.say.list([findings.say.item(id) for id in items]))


def _lift(findings: Findings, lift: Lift, _: Translate) -> str:
    change = _("{item} from {before} to {after}")
    number = findings.say.number
    parts = [
        change.format(item=findings.say.item(one.item), before=number(one.before), after=number(one.after))
        for one in lift.changes
    ]
    said = _("By the numbers this is enough for stage {stage}: {changes}.")
    return said.format(stage=number(lift.wanted), changes=findings.say.list(parts))
