"""Small roadmap problems, written by hand or drawn at random."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from scoring.model.answers import Target
from scoring.model.conditions import Condition, PerspectiveAtLeast, StageAtLeast
from scoring.model.questionnaire import Questionnaire
from scoring.model.recommendations import EFFORT_CLASSES, Effort
from scoring.roadmap.calendar import Budget, Calendar, HalfYear
from scoring.roadmap.problem import (
    Commitment,
    DaysBound,
    FinishBy,
    Goal,
    NotBefore,
    RoadmapProblem,
    RoadmapStep,
    Wait,
    problem_for,
)
from scoring.roadmap.sizes import StepSize
from tests.builders import assessed, item, perspective, precondition, questionnaire, recommendations, stages, wording

FIRST = HalfYear(2027, 1)
FOUR = (date(2027, 3, 1), date(2027, 9, 1), date(2028, 3, 1), date(2028, 9, 1))
"""A day in each of the first four half-years."""


def at(place: int) -> HalfYear:
    """A half-year by its place."""
    return FIRST.later(place)


def calendar(
    *staff_days: int, meetings: Sequence[date] = FOUR, budgets: Sequence[Budget] = (), known_to: HalfYear | None = None
) -> Calendar:
    """Half-years from 2027 on; a body meets in each of the first four unless said otherwise."""
    return Calendar(FIRST, staff_days, tuple(meetings), known_to, tuple(budgets))


def step(
    id: str,
    *after: str,
    days: int = 10,
    half_years: int = 1,
    body: bool = False,
    money: bool = False,
    quick: bool = False,
) -> RoadmapStep:
    """A step of the perspective its first letter names, after others; its number says to which stage."""
    stage = int(id[1:])
    waits = tuple(Wait(one) for one in after)
    return RoadmapStep(id, id[0], stage - 1, stage, StepSize(days, half_years, body, money), quick, waits)


def problem(
    of: Calendar, *steps: RoadmapStep, goals: Mapping[str, int] | None = None, commitments: Sequence[Commitment] = ()
) -> RoadmapProblem:
    """Goals from stage 0 for the perspectives named with a target; without any, all steps are wanted."""
    chains: dict[str, list[str]] = {}
    for one in steps:
        chains.setdefault(one.perspective, []).append(one.id)
    wanted = {key: len(chain) for key, chain in chains.items()} if goals is None else goals
    ways = tuple(Goal(key, 0, stage, tuple(chains.get(key, ())[:stage])) for key, stage in wanted.items())
    return RoadmapProblem(of, tuple(steps), ways, tuple(commitments))


DAYS = st.integers(1, 6)
SIZES = st.builds(StepSize, DAYS, st.sampled_from([1, 1, 1, 2]), *(st.sampled_from([False, False, True]),) * 2)
BUDGETS = st.builds(Budget, st.sampled_from(FOUR), st.integers(2027, 2029))


@st.composite
def calendars(draw: st.DrawFn, longest: int = 4) -> Calendar:
    """One to four half-years with little staff, some meetings, and budgets that begin after their deadlines."""
    staff = tuple(draw(st.lists(st.sampled_from([0, 3, 5, 6, 8, 11, 15]), min_size=1, max_size=longest)))
    meetings = draw(st.just(FOUR) | st.lists(st.sampled_from(FOUR), unique=True))
    known = draw(st.none() | st.integers(0, 3).map(at))
    return Calendar(FIRST, staff, tuple(meetings), known, tuple(draw(st.lists(BUDGETS, max_size=2))))


@st.composite
def instruments(draw: st.DrawFn) -> Questionnaire:
    """Two or three perspectives with two or three stages, and steps that wait for each other across them."""
    number = draw(st.integers(2, 3))
    on = stages(6 // number)
    axes = [perspective(f"P{n}", *(item(f"P{n}.{m}", on=on) for m in (1, 2))) for n in range(1, number + 1)]
    plain = [
        replace(one, effort=Effort(draw(st.sampled_from(EFFORT_CLASSES)), wording("?")))
        for one in recommendations(*axes)
    ]
    order = sorted(plain, key=lambda one: (one.from_stage, one.perspective))
    rules = []
    for n in range(draw(st.integers(0, 3))):
        later = draw(st.integers(1, len(order) - 1))
        first = order[draw(st.integers(0, later - 1))]
        reached = on.options[first.to_stage].points
        requires: Condition = StageAtLeast(f"{first.perspective}.1", reached)
        if draw(st.booleans()):
            requires = PerspectiveAtLeast(first.perspective, reached)
        rules.append(precondition(f"V{n}", order[later].id, requires, first.id))
    return questionnaire(*axes, rules=rules, steps=plain)


def commitments_for(of: Questionnaire, longest: int) -> st.SearchStrategy[list[Commitment]]:
    """Promises, later beginnings and days bound by other work."""
    steps, half_years = st.sampled_from([one.id for one in of.recommendations]), st.integers(0, longest - 1).map(at)
    return st.lists(
        st.builds(DaysBound, half_years, st.integers(1, 3))
        | st.builds(FinishBy, steps, half_years)
        | st.builds(NotBefore, steps, half_years),
        max_size=2,
    )


@st.composite
def municipalities(draw: st.DrawFn) -> RoadmapProblem:
    """A random municipality with one to six steps to plan in at most four half-years."""
    here = draw(instruments())
    highest = len(here.scales[0].options) - 1
    low = st.integers(0, max(0, highest - 1))
    result = assessed(here, {id: draw(low) for id in here.items})
    target = Target(2029, {one.id: draw(st.integers(1, highest)) for one in here.perspectives})
    limits = draw(calendars() | calendars().filter(lambda drawn: drawn.length == 4))
    sizes = {one.id: draw(SIZES) for one in here.recommendations}
    given = draw(st.just([]) | commitments_for(here, limits.length))
    return problem_for(here, result, target, limits, sizes=sizes, commitments=given)
