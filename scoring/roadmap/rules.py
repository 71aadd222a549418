"""What a roadmap must never do, what keeps a step from beginning earlier, and which of two roadmaps is better."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from scoring.roadmap.problem import DaysBound, Goal, RoadmapProblem, RoadmapStep

Begins = Mapping[str, int]
"""The half-year in which each planned step begins, by step; counted from 0. A step that is missing is not planned."""


@dataclass(frozen=True, slots=True)
class BeyondEnd:
    """The step would not be finished in the last half-year."""


@dataclass(frozen=True, slots=True)
class NotYet:
    """By a commitment the step may not begin before this half-year."""

    half_year: int


@dataclass(frozen=True, slots=True)
class After:
    """The step waits for these, which are not finished in time, or not planned."""

    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoMoney:
    """The step needs money, and there is no budget yet for which an application could have been made."""


@dataclass(frozen=True, slots=True)
class DeadlineMissed:
    """The step needs money; these steps are not finished by the half-year of the deadline of the budget."""

    deadline: int
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoMeeting:
    """A body has to decide, and does not meet in this half-year, in which the step would end."""

    half_year: int


@dataclass(frozen=True, slots=True)
class StaffFull:
    """In this half-year the step needs more person-days than the other steps and what else is bound leave."""

    half_year: int
    needed: int
    left: int
    steps: tuple[str, ...]
    bound: int


Hindrance = BeyondEnd | NotYet | After | NoMoney | DeadlineMissed | NoMeeting | StaffFull


@dataclass(frozen=True, slots=True)
class Late:
    """The step was promised for this half-year at the latest and ends later, or is not planned."""

    half_year: int


@dataclass(frozen=True, slots=True)
class Overbooked:
    """More person-days are used in this half-year than there are."""

    half_year: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """The step is none of the problem, or begins before the roadmap does."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a plan breaks, and the step that breaks it (None: all together)."""

    step: str | None
    rule: Hindrance | Late | Overbooked | Unknown


def violations(problem: RoadmapProblem, begins: Begins) -> Iterator[Violation]:
    """Every rule of the problem that these beginnings break."""
    known = {id: begin for id, begin in begins.items() if id in problem.by_id and begin >= 0}
    yield from (Violation(id, Unknown()) for id in begins if id not in known)
    for id, begin in known.items():
        if why := hindrance(problem, known, problem.by_id[id], begin):
            yield Violation(id, why)
    yield from _late(problem, known)
    for half_year, free in enumerate(problem.free):
        if free < 0 or used(problem, known, half_year) > free:
            yield Violation(None, Overbooked(half_year))


def _late(problem: RoadmapProblem, begins: Begins) -> Iterator[Violation]:
    for id, latest in problem.finish_by.items():
        if id in problem.by_id and (id not in begins or end(problem.by_id[id], begins[id]) > latest):
            yield Violation(id, Late(latest))


def hindrance(problem: RoadmapProblem, begins: Begins, step: RoadmapStep, begin: int) -> Hindrance | None:
    """What keeps the step from beginning in this half-year while all others stay where they are; None: nothing.

    The first that applies, in this order: the end of the roadmap, a commitment, a step before it, money, a body,
    staff. So staff is named only where nothing else would have held the step up.
    """
    if begin + step.size.half_years > problem.calendar.length:
        return BeyondEnd()
    if begin < problem.not_before.get(step.id, 0):
        return NotYet(problem.not_before[step.id])
    if waiting := _unfinished(problem, begins, step, begin):
        return After(waiting)
    if step.size.money and (money := _no_money(problem, begins, step, begin)):
        return money
    if step.size.body and not problem.calendar.meets(end(step, begin)):
        return NoMeeting(end(step, begin))
    return _no_staff(problem, begins, step, begin)


def _unfinished(problem: RoadmapProblem, begins: Begins, step: RoadmapStep, by: int) -> tuple[str, ...]:
    """The steps it waits for that are not ready when something that waits for them begins in this half-year."""
    ready = {wait.step: problem.by_id[wait.step].ready(begins[wait.step]) for wait in step.after if wait.step in begins}
    return tuple(wait.step for wait in step.after if wait.step not in ready or ready[wait.step] > by)


def _no_money(
    problem: RoadmapProblem, begins: Begins, step: RoadmapStep, begin: int
) -> NoMoney | DeadlineMissed | None:
    """An application is made once everything is done that the step waits for: it counts like a beginning of the step."""
    deadline = problem.calendar.application(begin)
    if deadline is None:
        return NoMoney()
    waiting = _unfinished(problem, begins, step, deadline)
    return DeadlineMissed(deadline, waiting) if waiting else None


def _no_staff(problem: RoadmapProblem, begins: Begins, step: RoadmapStep, begin: int) -> StaffFull | None:
    others = {id: at for id, at in begins.items() if id != step.id}
    for number in range(step.size.half_years):
        half_year, needed = begin + number, step.size.days_in(number)
        left = problem.free[half_year] - used(problem, others, half_year)
        if needed > left:
            working = [one for one in problem.steps if one.id in others]
            busy = tuple(one.id for one in working if days_of(one, others[one.id], half_year))
            return StaffFull(half_year, needed, max(left, 0), busy, problem.bound[half_year])
    return None


def end(step: RoadmapStep, begin: int) -> int:
    """The half-year in which a step ends."""
    return begin + step.size.half_years - 1


def days_of(step: RoadmapStep, begin: int, half_year: int) -> int:
    """The person-days a step takes in a half-year."""
    return step.size.days_in(half_year - begin) if begin <= half_year <= end(step, begin) else 0


def used(problem: RoadmapProblem, begins: Begins, half_year: int) -> int:
    """The person-days that all planned steps take in a half-year."""
    return sum(days_of(problem.by_id[id], begin, half_year) for id, begin in begins.items())


def reached(problem: RoadmapProblem, goal: Goal, begins: Begins, half_year: int) -> int:
    """The stage of a perspective at the end of a half-year: as far as the steps are done without a gap."""
    stage = goal.today
    for id in goal.steps:
        if id not in begins or end(problem.by_id[id], begins[id]) > half_year:
            break
        stage += 1
    return stage


@dataclass(frozen=True, slots=True, order=True)
class Objective:
    """What a good plan keeps small, the most important first. Half-years are counted from 1.

    `missing`: target stages not reached, each stage of each perspective alike. `gaps`: the sum of the squares of what
    is missing in each perspective, so that two small gaps are better than one large. `days`: person-days of all steps.
    `last`: the half-year in which the last step ends (0: no step). `ends`: the sum of the half-years in which steps end.
    """

    missing: int
    gaps: int
    days: int
    last: int
    ends: int


def objective(problem: RoadmapProblem, begins: Begins) -> Objective:
    """How good these beginnings are, whether or not they keep the rules."""
    last = problem.calendar.length - 1
    missing = [goal.wanted - reached(problem, goal, begins, last) for goal in problem.goals]
    ends = [end(problem.by_id[id], begin) + 1 for id, begin in begins.items()]
    return Objective(
        sum(missing),
        sum(gap * gap for gap in missing),
        sum(problem.by_id[id].size.days for id in begins),
        max(ends, default=0),
        sum(ends),
    )


def in_sequence(problem: RoadmapProblem, begins: Begins) -> Begins:
    """The same plan with two steps exchanged wherever it lets the one come first that the questionnaire names first.

    Only steps of the same length change places, so the plan is as good as before.
    """
    steps, exchanged, before = [one for one in problem.steps if one.id in begins], dict(begins), None
    while exchanged != before:
        before = dict(exchanged)
        for first, then in combinations(steps, 2):
            a, b = exchanged[first.id], exchanged[then.id]
            if first.size.half_years == then.size.half_years and b < a:
                other_way = {**exchanged, first.id: b, then.id: a}
                if not any(violations(problem, other_way)):
                    exchanged = other_way
    return exchanged


def moved_forward(problem: RoadmapProblem, begins: Begins) -> Begins:
    """The same steps, each as early as the others allow. A plan that keeps the rules keeps them."""
    moved, before = dict(begins), None
    while moved != before:
        before = dict(moved)
        for step in (one for one in problem.in_turn if one.id in moved):
            earlier = range(moved[step.id])
            moved[step.id] = next((at for at in earlier if hindrance(problem, moved, step, at) is None), moved[step.id])
    return moved


def earliest(problem: RoadmapProblem) -> Begins:
    """The earliest beginnings with any number of person-days; a step that cannot end in the roadmap is missing."""
    boundless = without_staff_limits(problem)
    begins: dict[str, int] = {}
    for step in boundless.in_turn:
        places = range(problem.calendar.length)
        begin = next((at for at in places if hindrance(boundless, begins, step, at) is None), None)
        if begin is not None:
            begins[step.id] = begin
    return begins


def without_staff_limits(problem: RoadmapProblem) -> RoadmapProblem:
    """The same with person-days for everything, and none of them bound."""
    plenty = sum(step.size.days for step in problem.steps)
    calendar = replace(problem.calendar, staff_days=(plenty,) * problem.calendar.length)
    kept = tuple(one for one in problem.commitments if not isinstance(one, DaysBound))
    return replace(problem, calendar=calendar, commitments=kept)


def first_fit(problem: RoadmapProblem, begins: Begins) -> Begins:
    """A plan made bigger: the next step of each goal in turn, with all before it, wherever there is room.

    Promises come first. It keeps the rules if the plan given does, promises aside, and is quick, but not the best.
    """
    made = dict(begins)
    promised = [id for id in problem.finish_by if id in problem.by_id]
    depth = max((len(goal.steps) for goal in problem.goals), default=0)
    by_turn = [goal.steps[place] for place in range(depth) for goal in problem.goals if place < len(goal.steps)]
    for id in (*promised, *by_turn):
        made = _with_step(problem, made, id) or made
    return made


def _with_step(problem: RoadmapProblem, begins: Begins, id: str) -> dict[str, int] | None:
    """The plan with this step and what must come before it, each as early as there is room; None when there is none."""
    made, needed = dict(begins), all_before(problem, id)
    for step in (one for one in problem.in_turn if one.id in needed and one.id not in begins):
        places = range(problem.calendar.length)
        begin = next((at for at in places if hindrance(problem, made, step, at) is None), None)
        if begin is None:
            return None
        made[step.id] = begin
    return made


def all_before(problem: RoadmapProblem, id: str) -> set[str]:
    """The step and everything it waits for, directly or through others."""
    found, to_do = {id}, [id]
    while to_do:
        before = {wait.step for wait in problem.by_id[to_do.pop()].after} - found
        found |= before
        to_do += before
    return found
