"""What is said of steps wherever they stand: effort, kind, what one would change, and why there is none."""

from scoring.assess.steps import Ahead, Behind, NextStep
from scoring.follow.measures import Effect
from scoring.model.recommendations import EffortClass, StepKind
from selfcheck.ground.i18n import Translate, translator
from selfcheck.words.findings import Findings


def effort_words(_: Translate) -> dict[EffortClass, str]:
    """Effort classes in words."""
    return {
        "low": _("low: up to 5 person-days"),
        "medium": _("medium: up to 6 months"),
        "high": _("high: longer than 6 months, or a body must decide"),
    }


def kind_words(_: Translate) -> dict[StepKind, str]:
    """Kinds of steps in words."""
    return {
        "immediate": _("immediate step"),
        "short-term": _("short-term step"),
        "medium-term": _("medium-term step"),
        "structural": _("structural step"),
        "routine": _("routine step"),
    }


def no_steps(findings: Findings, _: Translate) -> str:
    """Why nothing is recommended."""
    if all(result.value is None for result in findings.result.perspectives):
        return _("There are too few answers for recommendations. Rate at least half of the items of a perspective.")
    return _("No step is due: every rated item has reached the highest stage.")


def catching_up(step: NextStep) -> tuple[Ahead | Behind, ...]:
    """The reasons that name items: those that have to catch up, and those that are there already."""
    return tuple(reason for reason in step.reasons if isinstance(reason, Ahead | Behind))


def would_change(findings: Findings, effect: Effect) -> str:
    """What a step would change, as an if: the value first, then what every rated item would have reached."""
    _ = translator(findings.language)
    if not effect.moves:
        return _nothing(effect, _)
    return " ".join(filter(None, (_value(findings, effect, _), _throughout(findings, effect, _))))


def value_if(findings: Findings, effect: Effect) -> str:
    """The value today and the value if the stage is reached, for a cell of a table."""
    before, after = effect.value
    if before is None or after is None:
        return "–"
    return f"{findings.say.number(before)} → {findings.say.number(after)}"


def _nothing(effect: Effect, _: Translate) -> str:
    text = _("Would change nothing in the profile: no rated item of {id} lies below stage {stage}.")
    return text.format(id=effect.perspective, stage=effect.stage)


def _value(findings: Findings, effect: Effect, _: Translate) -> str:
    say, (before, after) = findings.say, effect.value
    named = {"id": effect.perspective, "stage": effect.stage, "items": say.list([move.item for move in effect.moves])}
    one = len(effect.moves) == 1
    if before is None or after is None:
        return _("{id} has no value yet; these would reach stage {stage}: {items}.").format(**named)
    if before == after:
        single = _("Would leave {id} at {value}, even if {items} reaches stage {stage}.")
        several = _("Would leave {id} at {value}, even if {items} reach stage {stage}.")
        return (single if one else several).format(value=say.number(before), **named)
    single = _("Would lift {id} from {before} to {after} if {items} reaches stage {stage}.")
    several = _("Would lift {id} from {before} to {after} if {items} reach stage {stage}.")
    return (single if one else several).format(before=say.number(before), after=say.number(after), **named)


def _throughout(findings: Findings, effect: Effect, _: Translate) -> str:
    before, after = effect.throughout
    if before is None or after is None or before == after:
        return ""
    text = _("Reached throughout would then be stage {after} instead of {before}.")
    return text.format(before=findings.say.number(before), after=findings.say.number(after))
