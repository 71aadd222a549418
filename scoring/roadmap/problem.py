"""The roadmap: which steps lead from a result to the target, under which limits, and what a plan of them says.

`problem_for` says what is to be planned. A solver (`selfcheck.planning`) chooses the half-years; `scoring.roadmap.plan`
makes a `RoadmapPlan` of them, with the reason for every delay. Rules of the calendar: docs/roadmap.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from scoring.assess.result import Result
from scoring.assess.steps import stage_of, unclear_rules, waits_of
from scoring.follow.targets import TowardsTarget, towards
from scoring.model.answers import Target
from scoring.model.questionnaire import Questionnaire
from scoring.model.recommendations import Recommendation
from scoring.roadmap.calendar import Calendar, HalfYear
from scoring.roadmap.sizes import StepSize, is_quick, size_of


@dataclass(frozen=True, slots=True)
class Wait:
    """A step begins after another one: by these rules, or (when there are none) by the order of stages."""

    step: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoadmapStep:
    """A recommendation to be planned. `quick`: what waits for it may begin in the half-year in which it ends."""

    id: str
    perspective: str
    from_stage: int
    to_stage: int
    size: StepSize
    quick: bool
    after: tuple[Wait, ...]
    unclear: tuple[str, ...] = ()
    """Rules whose requirement cannot be judged because answers are open: to be clarified first, they hold nothing up."""

    def ready(self, begin: int) -> int:
        """The first half-year in which what waits for it may begin."""
        return begin + self.size.half_years - self.quick


@dataclass(frozen=True, slots=True)
class Goal:
    """A perspective on the way from the stage where it stands today to the one wanted, with the steps in order."""

    perspective: str
    today: int
    wanted: int
    steps: tuple[str, ...]


NoWay = Literal["not-applicable", "no-value", "no-steps", "reached"]


@dataclass(frozen=True, slots=True)
class PerspectiveLeftOut:
    """A perspective with a target that gets no steps of its own.

    It does not apply here, has no value because too little is answered, has no recommendations, or is there already.
    """

    perspective: str
    why: NoWay


@dataclass(frozen=True, slots=True)
class DaysBound:
    """So many person-days of a half-year are bound by something else."""

    half_year: HalfYear
    days: int


@dataclass(frozen=True, slots=True)
class FinishBy:
    """The step is promised: it has to be finished in this half-year at the latest, even if no target needs it."""

    step: str
    half_year: HalfYear


@dataclass(frozen=True, slots=True)
class NotBefore:
    """The step may not begin before this half-year."""

    step: str
    half_year: HalfYear


Commitment = DaysBound | FinishBy | NotBefore


@dataclass(frozen=True)
class RoadmapProblem:
    """What is to be planned.

    `steps` come in the order of the questionnaire, which decides between plans that are equal otherwise; each step
    that another one waits for is among them. `idle` are commitments about steps that need not be planned: they are
    done already or do not apply.
    """

    calendar: Calendar
    steps: tuple[RoadmapStep, ...]
    goals: tuple[Goal, ...]
    commitments: tuple[Commitment, ...] = ()
    left_out: tuple[PerspectiveLeftOut, ...] = ()
    idle: tuple[FinishBy | NotBefore, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, RoadmapStep]:
        """The steps by id."""
        return {step.id: step for step in self.steps}

    @cached_property
    def in_turn(self) -> tuple[RoadmapStep, ...]:
        """The steps so that each comes after all it waits for."""
        left, ordered = dict(self.by_id), list[RoadmapStep]()
        while left:
            step = next(one for one in left.values() if not any(wait.step in left for wait in one.after))
            ordered.append(left.pop(step.id))
        return tuple(ordered)

    @cached_property
    def bound(self) -> tuple[int, ...]:
        """The person-days of each half-year that commitments bind."""
        places = range(self.calendar.length)
        bound = [one for one in self.commitments if isinstance(one, DaysBound)]
        return tuple(sum(one.days for one in bound if self.calendar.place(one.half_year) == at) for at in places)

    @cached_property
    def free(self) -> tuple[int, ...]:
        """The person-days of each half-year that are left for steps; negative when more is bound than there is."""
        return tuple(days - bound for days, bound in zip(self.calendar.staff_days, self.bound, strict=True))

    @cached_property
    def not_before(self) -> Mapping[str, int]:
        """The first half-year in which a step may begin, for steps with such a commitment."""
        named = [one for one in self.commitments if isinstance(one, NotBefore)]
        return {one.step: max(self._places(named, one.step)) for one in named}

    @cached_property
    def finish_by(self) -> Mapping[str, int]:
        """The half-year in which a step has to be finished at the latest, for steps with such a commitment.

        At the latest means in the roadmap: a commitment to a later half-year asks for the last one.
        """
        named = [one for one in self.commitments if isinstance(one, FinishBy)]
        last = self.calendar.length - 1
        return {one.step: min(last, *self._places(named, one.step)) for one in named}

    def _places(self, named: Sequence[FinishBy | NotBefore], step: str) -> list[int]:
        return [self.calendar.place(one.half_year) for one in named if one.step == step]


def problem_for(
    questionnaire: Questionnaire,
    result: Result,
    target: Target,
    calendar: Calendar,
    *,
    sizes: Mapping[str, StepSize] | None = None,
    commitments: Sequence[Commitment] = (),
) -> RoadmapProblem:
    """What has to be planned to get from the result to the target.

    Needed are the steps of each perspective from where it stands to its target, the steps that are promised, and what
    preconditions put before any of these. Rules are read with today's answers, like the next steps: a requirement that
    is unknown holds nothing up, and nothing waits for a perspective that does not apply. `sizes` replace ours.
    """
    goals, left_out = _ways(questionnaire, result, target)
    promised = [one.step for one in commitments if isinstance(one, FinishBy)]
    open_ones = [step for step in promised if _to_do(questionnaire, result, step)]
    wanted = [step for goal in goals for step in goal.steps] + open_ones
    waits = _closure(questionnaire, result, wanted)
    steps = sorted(waits, key=lambda step: _turn(questionnaire, questionnaire.recommendation(step)))
    return RoadmapProblem(
        calendar,
        tuple(_step(questionnaire, result, id, waits[id], (sizes or {}).get(id)) for id in steps),
        goals,
        tuple(commitments),
        left_out,
        tuple(one for one in commitments if not isinstance(one, DaysBound) and _idle(questionnaire, one.step, waits)),
    )


def half_staff(problem: RoadmapProblem) -> RoadmapProblem:
    """The same with half the staff days in every half-year, rounded down. What is bound stays bound."""
    half = tuple(days // 2 for days in problem.calendar.staff_days)
    return replace(problem, calendar=replace(problem.calendar, staff_days=half))


def _ways(
    questionnaire: Questionnaire, result: Result, target: Target
) -> tuple[tuple[Goal, ...], tuple[PerspectiveLeftOut, ...]]:
    ways = [_way(questionnaire, result, one) for one in towards(result, target)]
    goals = tuple(way for way in ways if isinstance(way, Goal))
    return goals, tuple(way for way in ways if isinstance(way, PerspectiveLeftOut))


def _way(questionnaire: Questionnaire, result: Result, towards: TowardsTarget) -> Goal | PerspectiveLeftOut:
    """A value at the target is enough, as on the page about the target, even where single items lie below."""
    perspective, wanted = towards.perspective, towards.wanted
    if not result[perspective].applicable:
        return PerspectiveLeftOut(perspective, "not-applicable")
    if towards.reached is None:
        return PerspectiveLeftOut(perspective, "no-value")
    if towards.reached:
        return PerspectiveLeftOut(perspective, "reached")
    steps = {r.from_stage: r for r in questionnaire.recommendations if r.perspective == perspective}
    today = stage_of(questionnaire, result, questionnaire.perspective(perspective)) if steps else None
    chain = () if today is None else _chain(steps, today, wanted)
    if today is None or not chain:
        return PerspectiveLeftOut(perspective, "no-steps")
    return Goal(perspective, today, wanted, chain)


def _chain(steps: Mapping[int, Recommendation], today: int, wanted: int) -> tuple[str, ...]:
    """The steps from a stage on, none of them beyond the one wanted."""
    chain: list[str] = []
    while (step := steps.get(today + len(chain))) and step.to_stage <= wanted:
        chain.append(step.id)
    return tuple(chain)


def _closure(questionnaire: Questionnaire, result: Result, wanted: Sequence[str]) -> dict[str, tuple[Wait, ...]]:
    """The wanted steps and all that must come before them, each with what it waits for."""
    waits: dict[str, tuple[Wait, ...]] = {}
    to_do = list(wanted)
    while to_do:
        id = to_do.pop()
        if id not in waits:
            waits[id] = _waits(questionnaire, result, questionnaire.recommendation(id))
            to_do += [wait.step for wait in waits[id]]
    return waits


def _waits(questionnaire: Questionnaire, result: Result, step: Recommendation) -> tuple[Wait, ...]:
    """What a step waits for, each with all the rules that say so; first the step to the stage where it begins."""
    rules: dict[str, tuple[str, ...]] = {}
    for wait in sorted(waits_of(questionnaire, result, step), key=lambda wait: wait.rule is not None):
        rules[wait.needs] = rules.get(wait.needs, ()) + ((wait.rule,) if wait.rule else ())
    return tuple(Wait(before, by) for before, by in rules.items())


def _step(
    questionnaire: Questionnaire, result: Result, id: str, after: tuple[Wait, ...], own: StepSize | None
) -> RoadmapStep:
    recommendation = questionnaire.recommendation(id)
    size = own or size_of(recommendation)
    return RoadmapStep(
        id,
        recommendation.perspective,
        recommendation.from_stage,
        recommendation.to_stage,
        size,
        is_quick(recommendation, size),
        after,
        unclear_rules(questionnaire, result, recommendation),
    )


def _turn(questionnaire: Questionnaire, step: Recommendation) -> tuple[int, int]:
    sequence = questionnaire.sequence or [perspective.id for perspective in questionnaire.perspectives]
    return sequence.index(step.perspective), step.from_stage


def _to_do(questionnaire: Questionnaire, result: Result, id: str) -> bool:
    """Whether a promised step is one that still has to be done here."""
    recommendation = next((r for r in questionnaire.recommendations if r.id == id), None)
    if recommendation is None or not result[recommendation.perspective].applicable:
        return False
    today = stage_of(questionnaire, result, questionnaire.perspective(recommendation.perspective))
    return today is None or today < recommendation.to_stage


def _idle(questionnaire: Questionnaire, id: str, planned: Mapping[str, tuple[Wait, ...]]) -> bool:
    return id not in planned and any(r.id == id for r in questionnaire.recommendations)
