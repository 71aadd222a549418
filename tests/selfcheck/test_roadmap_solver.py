"""The roadmap as the solver finds it: the same as trying every way, and never against a rule."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.assess.assess import assess
from scoring.model.answers import Sheet, Target
from scoring.model.questionnaire import Questionnaire
from scoring.roadmap.calendar import Calendar, HalfYear, budgets
from scoring.roadmap.plan import (
    Bounded,
    Impossible,
    Infeasible,
    NotFound,
    Optimal,
    PromisesTogether,
    RoadmapPlan,
    verify,
)
from scoring.roadmap.problem import FinishBy, NotBefore, RoadmapProblem, RoadmapStep, half_staff, problem_for
from scoring.roadmap.rules import Objective, hindrance, objective, violations
from scoring.roadmap.sizes import StepSize
from selfcheck.planning.solver import Progress, solve
from tests.builders import Given, sheet
from tests.drawn import examples
from tests.scoring.roadmaps import at, calendar, calendars, municipalities, problem, step
from tests.scoring.strategies import REAL, filled_in, questionnaires

pytestmark = pytest.mark.thorough


Begins = dict[str, int]


def ways(of: RoadmapProblem) -> Iterator[Begins]:
    """Every plan that keeps the rules, read again from the documentation and not from the code under test."""
    free = list(of.calendar.staff_days)
    for bound in of.commitments:
        if not isinstance(bound, FinishBy | NotBefore) and 0 <= (place := of.calendar.place(bound.half_year)) < len(
            free
        ):
            free[place] -= bound.days
    if min(free) < 0:
        return
    for begins in _ways(of, list(of.in_turn), {}, free):
        if all(_kept(of, begins, one) for one in of.commitments if isinstance(one, FinishBy)):
            yield begins


def _ways(of: RoadmapProblem, left: list[RoadmapStep], begins: Begins, free: list[int]) -> Iterator[Begins]:
    if not left:
        yield dict(begins)
        return
    first, rest = left[0], left[1:]
    yield from _ways(of, rest, begins, free)
    for begin in range(len(free) - first.size.half_years + 1):
        share, odd = divmod(first.size.days, first.size.half_years)
        then = list(free)
        for number in range(first.size.half_years):
            then[begin + number] -= share + (1 if number < odd else 0)
        if min(then) >= 0 and _allowed(of, first, begin, begins):
            yield from _ways(of, rest, {**begins, first.id: begin}, then)


def _allowed(of: RoadmapProblem, one: RoadmapStep, begin: int, begins: Begins) -> bool:
    """Meeting, commitment, steps before it, money."""
    last = begin + one.size.half_years - 1
    day_in_time = any(HalfYear.of(day) == at(last) for day in of.calendar.committee_dates)
    beyond = of.calendar.dates_known_to is not None and at(last) > of.calendar.dates_known_to
    if one.size.body and not day_in_time and not beyond:
        return False
    if any(isinstance(c, NotBefore) and c.step == one.id and at(begin) < c.half_year for c in of.commitments):
        return False
    if not _done(of, one, begin, begins):
        return False
    return not one.size.money or any(
        HalfYear.of(b.deadline) >= at(0)
        and HalfYear.of(b.deadline) < at(begin)
        and b.first_year <= at(begin).year
        and _done(of, one, HalfYear.of(b.deadline).since(at(0)), begins)
        for b in of.calendar.budgets
    )


def _done(of: RoadmapProblem, one: RoadmapStep, by: int, begins: Begins) -> bool:
    for wait in one.after:
        first = of.by_id[wait.step]
        if first.id not in begins:
            return False
        last = begins[first.id] + first.size.half_years - 1
        if last > by or (last == by and not first.quick):
            return False
    return True


def _kept(of: RoadmapProblem, begins: Begins, promise: FinishBy) -> bool:
    if promise.step not in of.by_id:
        return True
    length = of.by_id[promise.step].size.half_years
    return promise.step in begins and at(begins[promise.step] + length - 1) <= promise.half_year


def weighed(of: RoadmapProblem, begins: Begins) -> Objective:
    """How good a plan is, counted once more."""
    gaps = []
    for goal in of.goals:
        done = 0
        while done < len(goal.steps) and goal.steps[done] in begins:
            done += 1
        gaps.append(goal.wanted - goal.today - done)
    ends = [begin + of.by_id[id].size.half_years for id, begin in begins.items()]
    days = sum(of.by_id[id].size.days for id in begins)
    return Objective(sum(gaps), sum(gap**2 for gap in gaps), days, max(ends, default=0), sum(ends))


def quality(plan: RoadmapPlan) -> Objective:
    return objective(plan.problem, plan.begins)


@examples(200)
@given(municipalities())
def test_on_200_random_municipalities_no_way_that_can_be_tried_is_better(of: RoadmapProblem) -> None:
    assume(1 <= len(of.steps) <= 6)
    best = min((weighed(of, begins) for begins in ways(of)), default=None)
    plan = solve(of)
    if best is None:
        assert isinstance(plan.status, Infeasible)
    else:
        assert plan.status == Optimal()
        assert quality(plan) == best


@examples(60)
@given(municipalities(), st.data())
def test_what_the_rules_allow_is_what_the_documentation_allows(of: RoadmapProblem, data: st.DataObject) -> None:
    assume(1 <= len(of.steps) <= 3)
    places = st.none() | st.integers(0, of.calendar.length - 1)
    drawn = {one.id: data.draw(places) for one in of.steps}
    begins = {id: begin for id, begin in drawn.items() if begin is not None}
    assert (not any(violations(of, begins))) == (begins in list(ways(of)))


ADVISING = filled_in(questionnaires(recommends=True))


def stage_four_everywhere(of: Calendar) -> RoadmapProblem:
    """The whole instrument: every item at 0, stage 4 wanted everywhere."""
    result = assess(REAL, sheet(REAL, dict.fromkeys(REAL.items, 0)))
    return problem_for(REAL, result, Target(2032, {one.id: 4 for one in REAL.perspectives}), of)


def six_years(staff: int) -> Calendar:
    """Twelve half-years with meetings in spring and autumn, and double budgets."""
    dates = tuple(date(year, month, 15) for year in range(2027, 2033) for month in (3, 10))
    return Calendar(at(0), (staff,) * 12, dates, None, budgets(2028, 2032, 7, 31, double=True))


@examples(60)
@given(ADVISING, calendars(), st.data())
def test_no_plan_breaks_a_rule_whatever_the_questionnaire(
    filled: tuple[Questionnaire, Sheet], limits: Calendar, data: st.DataObject
) -> None:
    here, answers = filled
    target = Target(2030, {one.id: data.draw(st.integers(1, 5)) for one in here.perspectives})
    sizes = {
        one.id: data.draw(st.builds(StepSize, st.integers(1, 9), st.integers(1, 2))) for one in here.recommendations[:4]
    }
    of = problem_for(here, assess(here, answers), target, limits, sizes=sizes)
    plan = solve(of, time_limit=2.0)
    assert verify(plan, of) == ()
    for one in plan.scheduled:
        assert (one.binding is None) == (one.begin == 0)
    assert set(plan.begins) | {one.step.id for one in plan.unscheduled} == set(of.by_id)


LOW = st.fixed_dictionaries({id: st.integers(0, 2) for id in REAL.items})


@examples(10)
@given(LOW, calendars(), st.integers(10, 80))
def test_no_plan_of_the_instrument_breaks_a_rule(answers: dict[str, Given], limits: Calendar, staff: int) -> None:
    limits = replace(limits, staff_days=tuple(days * staff // 10 for days in limits.staff_days))
    result = assess(REAL, sheet(REAL, answers))
    of = problem_for(REAL, result, Target(2030, {one.id: 4 for one in REAL.perspectives}), limits)
    plan = solve(of, time_limit=1.0)
    assert verify(plan, of) == ()
    for one in plan.scheduled:
        rest = {id: begin for id, begin in plan.begins.items() if id != one.step.id}
        assert all(hindrance(of, rest, one.step, earlier) is not None for earlier in range(one.begin))


@examples(40)
@given(municipalities(), st.data())
def test_more_staff_never_gives_a_worse_profile(of: RoadmapProblem, data: st.DataObject) -> None:
    more = tuple(days + data.draw(st.integers(0, 5)) for days in of.calendar.staff_days)
    before, after = solve(of), solve(replace(of, calendar=replace(of.calendar, staff_days=more)))
    if not isinstance(before.status, Infeasible):
        assert quality(after) <= quality(before)


def tightened(of: RoadmapProblem, data: st.DataObject) -> RoadmapProblem:
    """The same with one limit tighter."""
    limits, given_ = of.calendar, of.commitments
    match data.draw(st.sampled_from(["meeting", "deadline", "money", "budget", "promise", "later", "known"])):
        case "meeting":
            return replace(of, calendar=replace(limits, committee_dates=limits.committee_dates[1:]))
        case "deadline":
            earlier = tuple(replace(one, deadline=one.deadline.replace(year=2026)) for one in limits.budgets)
            return replace(of, calendar=replace(limits, budgets=earlier))
        case "money":
            later = tuple(replace(one, first_year=one.first_year + 1) for one in limits.budgets)
            return replace(of, calendar=replace(limits, budgets=later))
        case "budget":
            return replace(of, calendar=replace(limits, budgets=limits.budgets[1:]))
        case "promise":
            sooner = [replace(c, half_year=c.half_year.later(-1)) if isinstance(c, FinishBy) else c for c in given_]
            return replace(of, commitments=tuple(sooner))
        case "later":
            begins = [NotBefore(one.id, at(data.draw(st.integers(0, 2)))) for one in of.steps]
            return replace(of, commitments=(*given_, *begins))
        case _:
            return replace(of, calendar=replace(limits, dates_known_to=None))


@examples(40)
@given(municipalities(), st.data())
def test_an_earlier_deadline_a_missing_date_or_money_that_comes_later_never_helps(
    of: RoadmapProblem, data: st.DataObject
) -> None:
    before, after = solve(of), solve(tightened(of, data))
    if isinstance(before.status, Infeasible):
        assert isinstance(after.status, Infeasible)
    elif not isinstance(after.status, Infeasible):
        assert quality(before) <= quality(after)


def test_promises_that_only_staff_keeps_apart_are_named_and_no_more_of_them_than_needed() -> None:
    steps = [step("A1"), step("B1"), step("C1")]
    promises = [FinishBy("A1", at(0)), FinishBy("B1", at(0)), FinishBy("C1", at(1))]
    plan = solve(problem(calendar(15, 15), *steps, commitments=promises))
    assert plan.status == Infeasible((PromisesTogether((promises[0], promises[1])),))
    assert not plan.scheduled
    assert not plan.unscheduled


def test_a_promise_that_no_staff_could_keep_is_explained_without_searching() -> None:
    plan = solve(problem(calendar(99, meetings=()), step("A1", body=True), commitments=[FinishBy("A1", at(0))]))
    assert isinstance(plan.status, Infeasible)
    assert isinstance(plan.status.contradictions[0], Impossible)


@examples(25)
@given(municipalities(), st.data())
def test_without_the_promises_named_as_contradicting_there_is_a_plan(of: RoadmapProblem, data: st.DataObject) -> None:
    assume(of.steps)
    promised = [FinishBy(one.id, at(data.draw(st.integers(0, 2)))) for one in of.steps]
    of = replace(of, commitments=tuple(promised))
    plan = solve(of)
    if isinstance(plan.status, Infeasible):
        named = [one for one in plan.status.contradictions if isinstance(one, PromisesTogether)]
        for one in (promise for together in named for promise in together.commitments):
            only = [other for together in named for other in together.commitments if other != one]
            assert not isinstance(solve(replace(of, commitments=tuple(only))).status, Infeasible)


def test_when_all_stages_do_not_fit_two_small_gaps_are_better_than_a_large_one() -> None:
    steps = [step("A1"), step("A2", "A1"), step("B1"), step("B2", "B1")]
    assert solve(problem(calendar(20, 20), *steps)).reached[-1] == {"A": 2, "B": 2}
    assert solve(problem(calendar(10, 10), *steps)).reached[-1] == {"A": 1, "B": 1}


def test_of_stages_alike_those_with_least_effort_are_chosen() -> None:
    steps = [step("A1", days=9), step("B1", days=4), step("C1", days=5)]
    assert set(solve(problem(calendar(9), *steps)).begins) == {"B1", "C1"}


def test_steps_that_are_equal_otherwise_come_in_the_order_of_the_questionnaire() -> None:
    steps = [step("C1"), step("A1"), step("B1"), step("D1")]
    assert solve(problem(calendar(10, 10, 10, 10), *steps)).begins == {"C1": 0, "A1": 1, "B1": 2, "D1": 3}


def test_a_step_that_no_target_needs_is_not_planned_unless_it_is_promised() -> None:
    steps = [step("A1"), step("B1")]
    assert set(solve(problem(calendar(50), *steps, goals={"A": 1})).begins) == {"A1"}
    promised = problem(calendar(50), *steps, goals={"A": 1}, commitments=[FinishBy("B1", at(0))])
    assert set(solve(promised).begins) == {"A1", "B1"}


def test_after_a_missed_deadline_a_double_budget_makes_wait_for_two_years() -> None:
    """B is ready half a year after the deadline of the budget for 2028 and 2029."""
    steps = [step("A1", half_years=2), step("A2", "A1", money=True)]
    yearly = replace(six_years(10), budgets=budgets(2028, 2032, 7, 31))
    assert solve(problem(yearly, *steps)).begins == {"A1": 0, "A2": 4}
    assert solve(problem(six_years(10), *steps)).begins == {"A1": 0, "A2": 6}


def test_the_whole_instrument_from_0_to_4_is_solved_in_twelve_half_years() -> None:
    of = stage_four_everywhere(six_years(60))
    told: list[Progress] = []
    plan = solve(of, progress=told.append)
    assert plan.status == Optimal()
    assert set(plan.reached[-1].values()) == {4}
    assert [one.objective for one in told if one.value is None] == ["stages", "gaps", "days", "last", "ends"]
    assert [one.seconds for one in told] == sorted(one.seconds for one in told)
    assert solve(of) == plan


def test_beside_it_stands_the_plan_with_half_the_staff() -> None:
    of = problem(calendar(21, 21), step("A1"), step("B1"), step("C1"))
    half = solve(half_staff(of))
    assert half.problem.calendar.staff_days == (10, 10)
    assert (len(solve(of).scheduled), len(half.scheduled)) == (3, 2)


def test_when_the_time_is_over_the_plan_keeps_the_rules_and_says_how_far_it_can_be_from_the_best() -> None:
    of = stage_four_everywhere(six_years(25))
    plan = solve(of, time_limit=0.0)
    assert isinstance(plan.status, Bounded)
    assert verify(plan, of) == ()
    assert sum(plan.reached[-1].values()) > 20
    missing = plan.status.proofs[0]
    assert (missing.objective, missing.value) == ("stages", 32 - sum(plan.reached[-1].values()))


def test_when_the_time_is_over_and_promises_are_not_kept_there_is_no_plan() -> None:
    """The quick plan begins with the promises in the order given and misses the one that is more urgent."""
    steps = [step("A1"), step("A2", "A1"), step("B1")]
    promises = [FinishBy("A2", at(2)), FinishBy("B1", at(0))]
    of = problem(calendar(10, 10, 10), *steps, commitments=promises)
    assert solve(of, time_limit=0.0).status == NotFound()
    assert solve(of).begins == {"B1": 0, "A1": 1, "A2": 2}


def test_the_solver_is_loaded_only_when_something_is_solved() -> None:
    code = "import sys, selfcheck.planning.solver; sys.exit('highspy' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
