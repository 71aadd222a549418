"""The next steps in an order that respects preconditions, each with the reasons why it comes now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from scoring.assess.result import Result
from scoring.model.conditions import Condition, holds
from scoring.model.questionnaire import Perspective, Questionnaire
from scoring.model.recommendations import Recommendation
from scoring.model.rules import Precondition

PRIORITIES = 3
"""At most so many perspectives are named as priorities."""


@dataclass(frozen=True, slots=True)
class Unlocks:
    """Other steps wait for this one, by these rules."""

    steps: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuickWin:
    """It can be done at once with little effort."""


@dataclass(frozen=True, slots=True)
class NextStage:
    """In the middle of the items the perspective has reached this stage, so the next one follows."""

    perspective: str
    stage: int


@dataclass(frozen=True, slots=True)
class Behind:
    """These items lie below what the perspective has reached in the middle: they have to catch up."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """These items have reached the stage already: the step is about the others."""

    stage: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeededFirst:
    """The step itself is no gap of the profile, but another step needs it, by these rules."""

    steps: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unclear:
    """Whether the requirement of this rule is met is unknown, because these items are open."""

    rule: str


Reason = Unlocks | QuickWin | NextStage | Behind | Ahead | NeededFirst | Unclear


@dataclass(frozen=True, slots=True)
class NextStep:
    """A recommendation at its place in the order. `after` names the recommended steps that come before it."""

    recommendation: Recommendation
    after: tuple[str, ...]
    reasons: tuple[Reason, ...]
    priority: bool

    @property
    def possible_now(self) -> bool:
        """Nothing has to be done before it."""
        return not self.after


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step waits for another by a rule, or by the order of stages when there is no rule."""

    step: str
    needs: str
    rule: str | None


def next_steps(questionnaire: Questionnaire, result: Result) -> tuple[NextStep, ...]:
    """One step for each perspective that has a gap, and every step that must come before one of them.

    Order: what must come first; then what unlocks most others; quick wins; the lowest stage; the questionnaire's sequence.
    A perspective without a value (too little answered) or without a gap gets no step of its own.
    """
    own = {step.id: step for step in _own_steps(questionnaire, result)}
    waits = _waits(questionnaire, result, tuple(own))
    chosen = tuple(own) + tuple(wait.needs for wait in waits if wait.needs not in own)
    ordered = _ordered(questionnaire, tuple(dict.fromkeys(chosen)), waits)
    first = list(dict.fromkeys(step.perspective for step in ordered))[:PRIORITIES]
    steps: list[NextStep] = []
    for step in ordered:
        after = tuple(dict.fromkeys(wait.needs for wait in waits if wait.step == step.id))
        reasons = tuple(_reasons(questionnaire, result, step, step.id in own, waits))
        earlier = any(done.recommendation.perspective == step.perspective for done in steps)
        steps.append(NextStep(step, after, reasons, step.perspective in first and not earlier))
    return tuple(steps)


def stage_of(questionnaire: Questionnaire, result: Result, perspective: Perspective) -> int | None:
    """The whole stage from which the next step starts: one that at least half of the answered items have reached.

    Never above the perspective's value, and below the top while an item is; None without a value.
    """
    value = result[perspective.id].value
    if value is None:
        return None
    top = max(r.to_stage for r in questionnaire.recommendations if r.perspective == perspective.id)
    behind = bool(items_behind(result, perspective, top))
    return min(floor(value), floor(reached_by_half(result, perspective)), top - 1 if behind else top)


def reached_by_half(result: Result, perspective: Perspective) -> Fraction:
    """The highest stage that at least half of the answered items have reached."""
    stages = sorted(s for item in perspective.items if isinstance(s := result.facts.stages[item.id], Fraction))
    return stages[(len(stages) - 1) // 2]


def items_behind(result: Result, perspective: Perspective, stage: int) -> tuple[str, ...]:
    """The answered items below a stage."""
    stages = ((item.id, result.facts.stages[item.id]) for item in perspective.items)
    return tuple(item for item, points in stages if isinstance(points, Fraction) and points < stage)


def items_ahead(result: Result, perspective: Perspective, stage: int) -> tuple[str, ...]:
    """The answered items that have reached a stage."""
    stages = ((item.id, result.facts.stages[item.id]) for item in perspective.items)
    return tuple(item for item, points in stages if isinstance(points, Fraction) and points >= stage)


def _own_steps(questionnaire: Questionnaire, result: Result) -> Iterator[Recommendation]:
    for perspective in questionnaire.perspectives:
        recommendations = [r for r in questionnaire.recommendations if r.perspective == perspective.id]
        if recommendations:
            stage = stage_of(questionnaire, result, perspective)
            yield from (r for r in recommendations if r.from_stage == stage)


def _waits(questionnaire: Questionnaire, result: Result, wanted: tuple[str, ...]) -> tuple[Waiting, ...]:
    """What each wanted step waits for, and what those wait for in turn."""
    waits: list[Waiting] = []
    to_do, seen = list(wanted), set(wanted)
    while to_do:
        step = questionnaire.recommendation(to_do.pop(0))
        for wait in waits_of(questionnaire, result, step):
            waits.append(wait)
            if wait.needs not in seen:
                seen.add(wait.needs)
                to_do.append(wait.needs)
    return tuple(waits)


def waits_of(questionnaire: Questionnaire, result: Result, step: Recommendation) -> Iterator[Waiting]:
    """What one step waits for today: what precondition rules put first, then the step to the stage where it begins."""
    for rule in preconditions(questionnaire, step):
        if in_force(rule.when, result) and holds(rule.requires, result.facts) is False:
            applying = (first for first in rule.first if _applies(questionnaire, result, first))
            yield from (Waiting(step.id, first, rule.id) for first in applying)
    stage = stage_of(questionnaire, result, questionnaire.perspective(step.perspective))
    if stage is not None and stage < step.from_stage:
        yield Waiting(step.id, _step_to(questionnaire, step.perspective, step.from_stage), None)


def _step_to(questionnaire: Questionnaire, perspective: str, stage: int) -> str:
    steps = questionnaire.recommendations
    return next(step.id for step in steps if (step.perspective, step.to_stage) == (perspective, stage))


def _applies(questionnaire: Questionnaire, result: Result, step: str) -> bool:
    return result[questionnaire.recommendation(step).perspective].applicable


def preconditions(questionnaire: Questionnaire, step: Recommendation) -> tuple[Precondition, ...]:
    """The precondition rules that stand before a step."""
    return tuple(r for r in questionnaire.rules if isinstance(r, Precondition) and step.id in r.before)


def in_force(when: Condition | None, result: Result) -> bool:
    """Whether a rule speaks at all: without a condition always, else only when it certainly holds."""
    return when is None or holds(when, result.facts) is True


def _ordered(
    questionnaire: Questionnaire, chosen: tuple[str, ...], waits: tuple[Waiting, ...]
) -> tuple[Recommendation, ...]:
    """Steps whose needs are done come next, the most useful first."""
    left = {id: questionnaire.recommendation(id) for id in chosen}
    unlocked = _unlocked(waits)
    ordered: list[Recommendation] = []
    while left:
        ready = [r for r in left.values() if not any(w.step == r.id and w.needs in left for w in waits)]
        best = min(ready, key=lambda r: _urgency(questionnaire, r, unlocked.get(r.id, ())))
        ordered.append(left.pop(best.id))
    return tuple(ordered)


def _urgency(
    questionnaire: Questionnaire, step: Recommendation, unlocked: tuple[str, ...]
) -> tuple[int, bool, int, int]:
    sequence = questionnaire.sequence or [perspective.id for perspective in questionnaire.perspectives]
    return (-len(unlocked), step.kind != "immediate", step.from_stage, sequence.index(step.perspective))


def _unlocked(waits: tuple[Waiting, ...]) -> Mapping[str, tuple[str, ...]]:
    """The steps that each step unlocks, directly or through others."""
    direct: dict[str, set[str]] = {}
    for wait in waits:
        direct.setdefault(wait.needs, set()).add(wait.step)

    def reached(step: str) -> set[str]:
        return {found for next_ in direct.get(step, ()) for found in {next_} | reached(next_)}

    return {step: tuple(sorted(reached(step))) for step in direct}


def _reasons(
    questionnaire: Questionnaire, result: Result, step: Recommendation, own: bool, waits: tuple[Waiting, ...]
) -> Iterator[Reason]:
    waiting = [wait for wait in waits if wait.needs == step.id]
    steps = tuple(dict.fromkeys(wait.step for wait in waiting))
    rules = tuple(dict.fromkeys(wait.rule for wait in waiting if wait.rule))
    at_top = own and _at_top(questionnaire, result, step)
    if own and not at_top:
        yield NextStage(step.perspective, step.from_stage)
    if own and waiting:
        yield Unlocks(steps, rules)
    if not own:
        yield NeededFirst(steps, rules)
    if step.kind == "immediate":
        yield QuickWin()
    if own:
        yield from _of_items(questionnaire, result, step, at_top)
    yield from (Unclear(rule) for rule in unclear_rules(questionnaire, result, step))


def _at_top(questionnaire: Questionnaire, result: Result, step: Recommendation) -> bool:
    """Whether value and middle have reached the stage of the step already, so that single items are left."""
    value = result[step.perspective].value
    perspective = questionnaire.perspective(step.perspective)
    return value is not None and min(value, reached_by_half(result, perspective)) >= step.to_stage


def _of_items(
    questionnaire: Questionnaire, result: Result, step: Recommendation, at_top: bool
) -> Iterator[Behind | Ahead]:
    perspective = questionnaire.perspective(step.perspective)
    if behind := items_behind(result, perspective, step.to_stage if at_top else step.from_stage):
        yield Behind(behind)
    if not at_top and (ahead := items_ahead(result, perspective, step.to_stage)):
        yield Ahead(step.to_stage, ahead)


def unclear_rules(questionnaire: Questionnaire, result: Result, step: Recommendation) -> tuple[str, ...]:
    """The precondition rules before a step whose requirement cannot be judged, because answers are open."""
    rules = preconditions(questionnaire, step)
    return tuple(r.id for r in rules if in_force(r.when, result) and holds(r.requires, result.facts) is None)
