"""A roadmap that was kept: its entries and beginnings, and whether it still fits the answers and the target of today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scoring.assess.result import Result
from scoring.model.answers import Target
from scoring.model.questionnaire import Questionnaire
from scoring.roadmap.calendar import HalfYear
from scoring.roadmap.entries import Asked, problem_asked
from scoring.roadmap.plan import Kept, RoadmapPlan, plan_of, verify
from scoring.roadmap.problem import RoadmapProblem
from scoring.roadmap.rules import Violation, violations

Beginnings = Mapping[str, HalfYear | None]
"""By step of a plan the half-year in which it begins; None for a step that found no place in it."""


@dataclass(frozen=True, slots=True)
class KeptRoadmap:
    """A kept roadmap as it reads today. `plan` is None when it no longer fits, and then one of these says why.

    `new`: steps to plan that it does not know. `gone`: its steps that need no planning any more. `broken`: rules that it
    breaks. With none of them there is no target any more.
    """

    asked: Asked
    kept: datetime
    plan: RoadmapPlan | None
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    broken: tuple[Violation, ...] = ()


def beginnings(plan: RoadmapPlan) -> dict[str, HalfYear | None]:
    """What has to be kept of a plan so that it can be told later whether it still fits."""
    begins, calendar = plan.begins, plan.problem.calendar
    return {step.id: calendar.half_year(begins[step.id]) if step.id in begins else None for step in plan.problem.steps}


def reopened(
    questionnaire: Questionnaire,
    result: Result,
    target: Target | None,
    asked: Asked,
    begins: Beginnings,
    kept: datetime,
) -> KeptRoadmap:
    """The roadmap read again with the answers of today; nothing is solved, and every rule is checked."""
    if target is None or asked.calendar is None:
        return KeptRoadmap(asked, kept, None)
    problem = problem_asked(questionnaire, result, target, asked)
    new = tuple(step.id for step in problem.steps if step.id not in begins)
    gone = tuple(step for step in begins if step not in problem.by_id)
    places = {step: problem.calendar.place(at) for step, at in begins.items() if at and step in problem.by_id}
    broken = tuple(violations(problem, places))
    plan = None if new or gone or broken else _plan(problem, places)
    return KeptRoadmap(asked, kept, plan, new, gone, broken)


def _plan(problem: RoadmapProblem, begins: Mapping[str, int]) -> RoadmapPlan:
    plan = plan_of(problem, begins, Kept())
    assert not verify(plan, problem), "a plan without violations may be shown"
    return plan
