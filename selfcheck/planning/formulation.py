"""A roadmap as an integer programme, without any library: variables, rows, and the objectives one after the other.

There is a variable for each step and each half-year in which it can begin; it is 1 when it does. What waits for a step
may have begun by a half-year only as far as that step is ready by then. This is stated for every half-year, which
keeps the search short. Another variable for each half-year is 1 when a step ends in it or later.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from scoring.roadmap.plan import ObjectiveName
from scoring.roadmap.problem import RoadmapProblem, RoadmapStep
from scoring.roadmap.rules import Begins, Objective, earliest, end, hindrance

OBJECTIVES: tuple[ObjectiveName, ...] = ("stages", "gaps", "days", "last", "ends")
"""In the order of importance; each is made as small as those before it allow."""

Coefficients = Mapping[int, int]
"""By variable; what is not named is 0."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """The sum of these multiples of variables lies between the bounds; None: no bound."""

    of: Coefficients
    lower: int | None = None
    upper: int | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What is made small: a constant and multiples of variables."""

    constant: int
    of: Coefficients


class Rows(Protocol):
    """Any programme: so many variables that are 0 or 1, and the rows they have to keep."""

    @property
    def size(self) -> int:
        """The number of variables."""

    def rows(self) -> Iterator[Constraint]:
        """What has to be kept."""


@dataclass(frozen=True)
class Formulation:
    """The programme of a problem whose inputs do not contradict each other outright."""

    problem: RoadmapProblem

    @cached_property
    def begins(self) -> Mapping[tuple[str, int], int]:
        """The variables of beginnings, by step and half-year."""
        possible = earliest(self.problem)
        pairs = [
            (step.id, at)
            for step in self.problem.steps
            if step.id in possible
            for at in range(possible[step.id], self.problem.calendar.length)
            if self._can_begin(step, at)
        ]
        return {pair: number for number, pair in enumerate(pairs)}

    @property
    def size(self) -> int:
        """The number of variables, each 0 or 1."""
        return len(self.begins) + self.problem.calendar.length

    def values(self, begins: Begins) -> list[int]:
        """The variables of a plan that keeps the rules."""
        ends = [end(self.problem.by_id[id], at) for id, at in begins.items()]
        last = max(ends, default=-1)
        chosen = [int(begins.get(id) == at) for id, at in self.begins]
        return chosen + [int(half_year <= last) for half_year in range(self.problem.calendar.length)]

    def plan(self, values: list[int]) -> Begins:
        """The beginnings these values of the variables stand for."""
        return {id: at for (id, at), number in self.begins.items() if values[number]}

    def rows(self) -> Iterator[Constraint]:
        """Everything a plan has to keep."""
        for step in self.problem.steps:
            promised = step.id in self.problem.finish_by
            yield Constraint({number: 1 for _, number in self._of(step)}, 1 if promised else None, 1)
            yield from self._ends_by(step)
            for wait in step.after:
                yield from self._order(self.problem.by_id[wait.step], step)
        yield from self._staff()

    def cost(self, name: ObjectiveName) -> Cost:
        """One objective."""
        match name:
            case "stages":
                return self._stages()
            case "gaps":
                return self._gaps()
            case "days":
                return self._sum({step.id: (step.size.days, 0) for step in self.problem.steps})
            case "last":
                places = range(self.problem.calendar.length)
                return Cost(0, {len(self.begins) + place: 1 for place in places})
            case "ends":
                return self._sum({step.id: (0, 1) for step in self.problem.steps})

    def value(self, name: ObjectiveName, of: Objective) -> int:
        """The value of an objective as the programme counts it; the same as for people, except for gaps."""
        values = {"stages": of.missing, "gaps": (of.gaps - of.missing) // 2, "days": of.days, "last": of.last}
        return values.get(name, of.ends)

    def _can_begin(self, step: RoadmapStep, at: int) -> bool:
        """Whether the step could begin in this half-year if it were the only one and waited for nothing.

        Whether an application for money can be made in time for it is part of it.
        """
        if end(step, at) > self.problem.finish_by.get(step.id, self.problem.calendar.length):
            return False
        return hindrance(self.problem, {}, replace(step, after=()), at) is None

    def _of(self, step: RoadmapStep) -> Iterator[tuple[int, int]]:
        """The half-years in which the step can begin, with the variables."""
        for at in range(self.problem.calendar.length):
            if (step.id, at) in self.begins:
                yield at, self.begins[step.id, at]

    def _order(self, first: RoadmapStep, then: RoadmapStep) -> Iterator[Constraint]:
        """A step that needs money has to wait no later than in the half-year of the deadline."""
        for half_year in range(self.problem.calendar.length):
            begun = {number: 1 for at, number in self._of(then) if self._asks(then, at) <= half_year}
            ready = {number: -1 for at, number in self._of(first) if first.ready(at) <= half_year}
            if begun:
                yield Constraint({**begun, **ready}, upper=0)

    def _asks(self, step: RoadmapStep, begin: int) -> int:
        """The half-year by which everything has to be ready for the step to begin in a half-year."""
        deadline = self.problem.calendar.application(begin) if step.size.money else None
        return begin if deadline is None else deadline

    def _staff(self) -> Iterator[Constraint]:
        for half_year, free in enumerate(self.problem.free):
            days = {
                number: step.size.days_in(half_year - at)
                for step in self.problem.steps
                for at, number in self._of(step)
                if at <= half_year <= end(step, at)
            }
            yield Constraint(days, upper=free)

    def _ends_by(self, step: RoadmapStep) -> Iterator[Constraint]:
        for half_year in range(self.problem.calendar.length):
            ending = {number: 1 for at, number in self._of(step) if end(step, at) >= half_year}
            if ending:
                yield Constraint({**ending, len(self.begins) + half_year: -1}, upper=0)

    def _stages(self) -> Cost:
        """The missing stages: each step of a goal saves one."""
        steps = {id: (-1, 0) for goal in self.problem.goals for id in goal.steps}
        return replace(self._sum(steps), constant=sum(goal.wanted - goal.today for goal in self.problem.goals))

    def _gaps(self) -> Cost:
        """With the number of missing stages settled, the squares of gaps change by even numbers only.

        So half of what they are above that number is counted: smaller numbers, and every whole one can come up.
        """
        constant, saved = 0, dict[str, tuple[int, int]]()
        for goal in self.problem.goals:
            gap = goal.wanted - goal.today
            constant += gap * (gap - 1) // 2
            saved |= {id: (1 - left, 0) for id, left in zip(goal.steps, range(gap, 0, -1), strict=False)}
        return replace(self._sum(saved), constant=constant)

    def _sum(self, of: Mapping[str, tuple[int, int]]) -> Cost:
        """For each planned step a fixed amount and one for each half-year until it ends."""
        costs: dict[int, int] = {}
        for (id, at), number in self.begins.items():
            fixed, each = of.get(id, (0, 0))
            costs[number] = fixed + each * (end(self.problem.by_id[id], at) + 1)
        return Cost(0, costs)
