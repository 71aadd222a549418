"""A plan: when each step begins and ends, why not earlier, what is left out and why, and what is reached by when."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from scoring.roadmap.problem import DaysBound, FinishBy, RoadmapProblem, RoadmapStep
from scoring.roadmap.rules import (
    After,
    Begins,
    BeyondEnd,
    Hindrance,
    Violation,
    all_before,
    earliest,
    end,
    hindrance,
    reached,
    used,
    violations,
    without_staff_limits,
)


@dataclass(frozen=True, slots=True)
class Delay:
    """From half-year `first` to half-year `last` the step cannot begin, for this reason."""

    first: int
    last: int
    why: Hindrance


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A step with the half-years in which it begins and ends, and why it does not begin in each earlier one."""

    step: RoadmapStep
    begin: int
    end: int
    delays: tuple[Delay, ...]

    @property
    def binding(self) -> Hindrance | None:
        """Why the step does not begin one half-year earlier; None when it begins with the roadmap."""
        return self.delays[-1].why if self.delays else None


@dataclass(frozen=True, slots=True)
class TooLong:
    """Even with any number of person-days the step would not be finished in the roadmap, for this reason."""

    why: Hindrance


@dataclass(frozen=True, slots=True)
class StaffShort:
    """The person-days are not enough: the step and what has to come before it needs more than is left for it.

    `needed`: person-days of the step and of what it waits for and is not planned. `left`: person-days of all
    half-years that nothing uses; when they are as many as needed, they lie in the wrong half-years.
    """

    needed: int
    left: int


@dataclass(frozen=True, slots=True)
class OnlyFor:
    """The step would only have been needed for these, which are not planned."""

    steps: tuple[str, ...]


Missing = After | TooLong | StaffShort | OnlyFor


@dataclass(frozen=True, slots=True)
class Unscheduled:
    """A step that is not in the plan, and why."""

    step: RoadmapStep
    why: Missing


ObjectiveName = Literal["stages", "gaps", "days", "last", "ends"]
"""What is made as good as possible, one after the other: stages, gaps, person-days, the last end, ends."""


@dataclass(frozen=True, slots=True)
class Proof:
    """How good the plan is in one respect, and how good any plan can be at most; the same when that is proven.

    None: nothing is proven about the best. Units: stages missing, half of what squares of
    gaps are above that, person-days, half-years counted from 1, their sum.
    """

    objective: ObjectiveName
    value: int
    best: int | None


@dataclass(frozen=True, slots=True)
class Optimal:
    """No plan is better; this is proven."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """The time was over before it was proven that no plan is better. `proofs` says how far it can be from the best."""

    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class BookedOut:
    """In this half-year more person-days are bound than there are."""

    half_year: int
    bound: int
    staff: int


@dataclass(frozen=True, slots=True)
class NoSuchStep:
    """A commitment names a step that the questionnaire does not have."""

    step: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """The step is promised for a half-year in which it cannot be finished even with any number of person-days.

    `ends`: the earliest half-year in which it can; None when not in the roadmap. `why`: what keeps it from its latest
    possible beginning.
    """

    commitment: FinishBy
    ends: int | None
    why: Hindrance


@dataclass(frozen=True, slots=True)
class PromisesTogether:
    """These promises cannot be kept together; without any one of them the others could. It is the person-days."""

    commitments: tuple[FinishBy, ...]


Contradiction = BookedOut | NoSuchStep | Impossible | PromisesTogether


@dataclass(frozen=True, slots=True)
class Infeasible:
    """No plan keeps all inputs; these contradict each other."""

    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    """The time was over before a plan was found that keeps every promise; there may be one."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The plan was kept earlier and still keeps every rule; whether another one would be better is not examined."""


PlanStatus = Optimal | Bounded | Infeasible | NotFound | Kept


@dataclass(frozen=True, slots=True)
class RoadmapPlan:
    """A proposal. All tuples by half-year are as long as the calendar.

    `days`: person-days that steps use in each half-year. `reached`: the stage of each perspective with a goal at the
    end of each half-year. Without a plan (infeasible, not found) nothing is scheduled and nothing unscheduled.
    """

    problem: RoadmapProblem
    status: PlanStatus
    scheduled: tuple[Scheduled, ...]
    unscheduled: tuple[Unscheduled, ...]
    days: tuple[int, ...]
    reached: tuple[Mapping[str, int], ...]

    @property
    def begins(self) -> Begins:
        """The half-year in which each planned step begins."""
        return {one.step.id: one.begin for one in self.scheduled}


def plan_of(problem: RoadmapProblem, begins: Begins, status: PlanStatus) -> RoadmapPlan:
    """The plan with these beginnings: its steps in the order of their beginnings, with every reason."""
    scheduled = [_scheduled(problem, begins, step) for step in problem.steps if step.id in begins]
    places = range(problem.calendar.length)
    return RoadmapPlan(
        problem,
        status,
        tuple(sorted(scheduled, key=lambda one: (one.begin, one.end))),
        _unscheduled(problem, begins),
        tuple(used(problem, begins, at) for at in places),
        tuple({goal.perspective: reached(problem, goal, begins, at) for goal in problem.goals} for at in places),
    )


def no_plan(problem: RoadmapProblem, status: Infeasible | NotFound) -> RoadmapPlan:
    """A plan of nothing, because none keeps all inputs or none was found."""
    return RoadmapPlan(problem, status, (), (), (0,) * problem.calendar.length, ({},) * problem.calendar.length)


def verify(plan: RoadmapPlan, problem: RoadmapProblem) -> tuple[Violation, ...]:
    """Every rule of the problem that the plan breaks; none for a plan that may be shown.

    Without a plan there is nothing to break. Ends, days, stages and reasons are computed again from the beginnings;
    AssertionError when the plan says others.
    """
    if isinstance(plan.status, Infeasible | NotFound):
        assert not plan.scheduled, "there is no plan, but steps are scheduled"
        return ()
    if broken := tuple(violations(problem, plan.begins)):
        return broken
    assert plan == plan_of(problem, plan.begins, plan.status), "the plan says something else than its beginnings"
    return ()


def _scheduled(problem: RoadmapProblem, begins: Begins, step: RoadmapStep) -> Scheduled:
    begin = begins[step.id]
    delays: list[Delay] = []
    for at in range(begin):
        why = hindrance(problem, begins, step, at)
        if delays and why == delays[-1].why and delays[-1].last == at - 1:
            delays[-1] = replace(delays[-1], last=at)
        elif why is not None:
            delays.append(Delay(at, at, why))
    return Scheduled(step, begin, end(step, begin), tuple(delays))


def _unscheduled(problem: RoadmapProblem, begins: Begins) -> tuple[Unscheduled, ...]:
    left = [step for step in problem.steps if step.id not in begins]
    possible = earliest(problem) if left else {}
    return tuple(Unscheduled(step, _missing(problem, begins, possible, step)) for step in left)


def _missing(problem: RoadmapProblem, begins: Begins, possible: Begins, step: RoadmapStep) -> Missing:
    """Too little time is named first, then that it is no aim in itself, then an aim before it, then staff."""
    if step.id not in possible:
        return TooLong(_too_late(problem, possible, step, problem.calendar.length - 1))
    aims = {id for goal in problem.goals for id in goal.steps} - set(begins)
    if step.id not in aims:
        return OnlyFor(tuple(one.id for one in problem.steps if any(wait.step == step.id for wait in one.after)))
    if before := tuple(wait.step for wait in step.after if wait.step in aims):
        return After(before)
    return _staff_short(problem, begins, step)


def _staff_short(problem: RoadmapProblem, begins: Begins, step: RoadmapStep) -> StaffShort:
    needed = sum(problem.by_id[id].size.days for id in all_before(problem, step.id) - set(begins))
    unused = (free - used(problem, begins, at) for at, free in enumerate(problem.free))
    return StaffShort(needed, sum(unused))


def contradictions(problem: RoadmapProblem) -> tuple[Contradiction, ...]:
    """Inputs that contradict each other whatever the plan. That promises compete for staff is found by the solver."""
    return (*_booked_out(problem), *_no_such_steps(problem), *_impossible(problem))


def _booked_out(problem: RoadmapProblem) -> Iterator[BookedOut]:
    for half_year, free in enumerate(problem.free):
        if free < 0:
            yield BookedOut(half_year, problem.bound[half_year], problem.calendar.staff_days[half_year])


def _no_such_steps(problem: RoadmapProblem) -> Iterator[NoSuchStep]:
    known = set(problem.by_id) | {one.step for one in problem.idle}
    named = (one.step for one in problem.commitments if not isinstance(one, DaysBound))
    yield from (NoSuchStep(step) for step in dict.fromkeys(named) if step not in known)


def _impossible(problem: RoadmapProblem) -> Iterator[Impossible]:
    possible = earliest(problem)
    for promise in promises(problem):
        step, latest = problem.by_id[promise.step], problem.calendar.place(promise.half_year)
        ends = end(step, possible[step.id]) if step.id in possible else None
        if ends is None or ends > latest:
            yield Impossible(promise, ends, _too_late(problem, possible, step, latest))


def _too_late(problem: RoadmapProblem, possible: Begins, step: RoadmapStep, latest: int) -> Hindrance:
    """What keeps a step, with any number of person-days, from ending in this half-year."""
    begin = latest + 1 - step.size.half_years
    why = hindrance(without_staff_limits(problem), possible, step, begin) if begin >= 0 else BeyondEnd()
    assert why is not None, "a step that can end then is not too late"
    return why


def promises(problem: RoadmapProblem) -> tuple[FinishBy, ...]:
    """The promises about steps to be planned: for each step the earliest half-year it is promised for."""
    latest = ((id, at) for id, at in problem.finish_by.items() if id in problem.by_id)
    return tuple(FinishBy(id, problem.calendar.half_year(at)) for id, at in latest)


def without_promises(problem: RoadmapProblem, dropped: Collection[FinishBy]) -> RoadmapProblem:
    """The same without the promises about these steps; they stay among the steps."""
    steps = {one.step for one in dropped}
    kept = tuple(one for one in problem.commitments if not (isinstance(one, FinishBy) and one.step in steps))
    return replace(problem, commitments=kept)
