"""Solve a roadmap: one objective after the other, each kept by those that follow; the best plan or how far from it.

The same problem always gives the same plan, unless the time runs out. Nothing of the solver is loaded before `solve`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING

from scoring.roadmap.plan import (
    Bounded,
    Infeasible,
    NotFound,
    ObjectiveName,
    Optimal,
    PlanStatus,
    PromisesTogether,
    Proof,
    RoadmapPlan,
    contradictions,
    no_plan,
    plan_of,
    promises,
    verify,
    without_promises,
)
from scoring.roadmap.problem import RoadmapProblem
from scoring.roadmap.rules import Begins, first_fit, in_sequence, moved_forward, objective, violations
from selfcheck.planning.formulation import OBJECTIVES, Constraint, Cost, Formulation

if TYPE_CHECKING:
    from selfcheck.planning.highs import Programme

SECONDS = 30.0
"""So long a plan is looked for unless the caller says otherwise."""
_SECONDS_FOR_REASONS = 5.0
"""So long it may take for each promise to find out whether the others could be kept without it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the search is: the objective being worked on, its best value and bound so far, seconds since the start.

    Objectives come in the order of `OBJECTIVES`. Values are those of a `Proof`; None while there is none.
    """

    objective: ObjectiveName
    value: int | None
    best: int | None
    seconds: float


def solve(
    problem: RoadmapProblem, time_limit: float = SECONDS, progress: Callable[[Progress], None] | None = None
) -> RoadmapPlan:
    """The best plan; after `time_limit` seconds the best found, with what is proven about it.

    `progress` is told about five times a second how far the search is; whatever it raises ends the search and comes out
    here. When inputs contradict each other the plan is empty and names them. AssertionError when the plan found breaks a
    rule: that would be an error of ours.
    """
    if found := contradictions(problem):
        return no_plan(problem, Infeasible(found))
    plan = _Search(problem, monotonic(), time_limit, progress).plan()
    broken = verify(plan, problem)
    assert not broken, f"the plan breaks rules: {broken}"
    return plan


@dataclass(frozen=True)
class _Search:
    """One search for a plan, with its time and the one who wants to know how it goes."""

    problem: RoadmapProblem
    began: float
    time_limit: float
    progress: Callable[[Progress], None] | None

    @cached_property
    def formulation(self) -> Formulation:
        return Formulation(self.problem)

    def plan(self) -> RoadmapPlan:
        """Objective by objective, until one is not proven because the time is over."""
        programme = _programme(self.formulation)
        begins, bounds = self._start(), dict[ObjectiveName, int | None]()
        for name in OBJECTIVES:
            start = None if begins is None else self.formulation.values(begins)
            cost, seen = self.formulation.cost(name), self._seen(name)
            outcome = programme.minimise(cost, max(0.0, self.time_limit - self._seconds), start, seen)
            if outcome.values is not None:
                begins = moved_forward(self.problem, self.formulation.plan(outcome.values))
            elif outcome.proven:
                return no_plan(self.problem, Infeasible((self._together(),)))
            bounds[name] = outcome.best
            if begins is None or not outcome.proven:
                break
            value = self.formulation.value(name, objective(self.problem, begins))
            programme.add(Constraint(cost.of, upper=value - cost.constant))
        if begins is None:
            return no_plan(self.problem, NotFound())
        begins = self._tidied(begins)
        return plan_of(self.problem, begins, self._status(begins, bounds))

    @property
    def _seconds(self) -> float:
        return monotonic() - self.began

    def _start(self) -> Begins | None:
        """A quick plan to begin with, if it keeps every promise."""
        begins = first_fit(self.problem, {})
        return None if any(violations(self.problem, begins)) else begins

    def _tidied(self, begins: Begins) -> Begins:
        """The plan with what still fits in (where it is the best there is nothing), and in the questionnaire's order."""
        filled = first_fit(self.problem, begins)
        best = min(begins, filled, key=lambda one: objective(self.problem, one))
        return moved_forward(self.problem, in_sequence(self.problem, best))

    def _seen(self, name: ObjectiveName) -> Callable[[int | None, int | None], None] | None:
        if (tell := self.progress) is None:
            return None
        tell(Progress(name, None, None, self._seconds))

        def seen(value: int | None, best: int | None) -> None:
            tell(Progress(name, value, best, self._seconds))

        return seen

    def _status(self, begins: Begins, bounds: Mapping[ObjectiveName, int | None]) -> PlanStatus:
        reached = objective(self.problem, begins)
        values = {name: self.formulation.value(name, reached) for name in OBJECTIVES}
        if all(bounds.get(name) == value for name, value in values.items()):
            return Optimal()
        return Bounded(tuple(Proof(name, value, bounds.get(name)) for name, value in values.items()))

    def _together(self) -> PromisesTogether:
        """Promises that cannot be kept together: one after the other is dropped as long as the others still cannot."""
        kept, seen = list(promises(self.problem)), self._seen("stages")
        for promise in tuple(kept):
            dropped = [one for one in promises(self.problem) if one not in kept or one == promise]
            formulation = Formulation(without_promises(self.problem, dropped))
            outcome = _programme(formulation).minimise(Cost(0, {}), _SECONDS_FOR_REASONS, None, seen)
            if outcome.values is None and outcome.proven:
                kept.remove(promise)
        return PromisesTogether(tuple(kept))


def _programme(formulation: Formulation) -> Programme:
    from selfcheck.planning.highs import Programme  # noqa: PLC0415 – the solver is loaded when something is solved

    return Programme(formulation)
