"""What a roadmap has to plan, the rules of its calendar, and the reasons it gives."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.assess.assess import assess
from scoring.model.answers import Target
from scoring.model.conditions import ContextIs, StageAtLeast
from scoring.model.questionnaire import Questionnaire
from scoring.model.recommendations import Effort
from scoring.model.wording import Wording
from scoring.roadmap.calendar import Budget, Calendar, HalfYear, budgets
from scoring.roadmap.plan import (
    BookedOut,
    Bounded,
    Contradiction,
    Delay,
    Impossible,
    Infeasible,
    NoSuchStep,
    NotFound,
    OnlyFor,
    Optimal,
    PromisesTogether,
    Proof,
    StaffShort,
    TooLong,
    contradictions,
    no_plan,
    plan_of,
    verify,
)
from scoring.roadmap.problem import (
    Commitment,
    DaysBound,
    FinishBy,
    Goal,
    NotBefore,
    NoWay,
    PerspectiveLeftOut,
    RoadmapProblem,
    Wait,
    half_staff,
    problem_for,
)
from scoring.roadmap.rules import (
    After,
    Begins,
    BeyondEnd,
    DeadlineMissed,
    Hindrance,
    Late,
    NoMeeting,
    NoMoney,
    NotYet,
    Overbooked,
    StaffFull,
    Unknown,
    Violation,
    earliest,
    first_fit,
    moved_forward,
    objective,
    violations,
)
from scoring.roadmap.sizes import StepSize, is_quick, size_of
from scoring.roadmap.words import commitment, contradiction, delay, hindrance, missing, proof, status, why_no_way
from tests.builders import (
    Given,
    applicability,
    assessed,
    choice_question,
    perspective,
    precondition,
    questionnaire,
    recommendation,
    recommendations,
    sheet,
    wording,
)
from tests.drawn import examples
from tests.scoring.roadmaps import FOUR, at, calendar, municipalities, problem, step
from tests.scoring.strategies import REAL

P1, P2, P3 = (perspective(f"P{n}", f"P{n}.1", f"P{n}.2") for n in (1, 2, 3))
PLENTY = calendar(99, 99, 99, 99)


def three(*rules: object) -> Questionnaire:
    axes = (P1, P2, P3)
    context = [choice_question("K1", "town", "county")]
    return questionnaire(*axes, rules=rules, steps=recommendations(*axes), context=context)  # type: ignore[arg-type]


def planned(
    here: Questionnaire,
    answers: dict[str, Given],
    target: dict[str, int],
    commitments: Sequence[Commitment] = (),
    kind: str = "county",
) -> RoadmapProblem:
    result = assessed(here, answers, choices={"K1": kind})
    return problem_for(here, result, Target(2029, target), PLENTY, commitments=commitments)


def all_at(stage: int, **others: Given) -> dict[str, Given]:
    named = {id.replace("_", "."): given_ for id, given_ in others.items()}
    return {f"P{n}.{m}": stage for n in (1, 2, 3) for m in (1, 2)} | named


def ids(of: RoadmapProblem) -> list[str]:
    return [one.id for one in of.steps]


# what is to be planned


def test_each_perspective_with_a_target_gets_the_steps_from_where_it_stands() -> None:
    of = planned(three(), all_at(1), {"P1": 3, "P3": 2})
    assert ids(of) == ["P1-1-2", "P1-2-3", "P3-1-2"]
    assert of.goals == (Goal("P1", 1, 3, ("P1-1-2", "P1-2-3")), Goal("P3", 1, 2, ("P3-1-2",)))
    assert of.by_id["P1-1-2"].after == ()
    assert of.by_id["P1-2-3"].after == (Wait("P1-1-2"),)


def test_what_a_precondition_puts_first_is_planned_with_all_that_leads_to_it() -> None:
    rule = precondition("V", "P1-1-2", StageAtLeast("P2.1", Fraction(3)), "P2-2-3")
    of = planned(three(rule), all_at(1), {"P1": 2})
    assert ids(of) == ["P1-1-2", "P2-1-2", "P2-2-3"]
    assert of.by_id["P1-1-2"].after == (Wait("P2-2-3", ("V",)),)


def test_what_is_satisfied_or_unknown_or_silent_puts_nothing_first() -> None:
    met = precondition("V", "P1-1-2", StageAtLeast("P2.1", Fraction(1)), "P2-0-1")
    silent = precondition("W", "P1-1-2", StageAtLeast("P2.1", Fraction(4)), "P2-3-4", when=ContextIs("K1", ("town",)))
    unknown = precondition("X", "P1-1-2", StageAtLeast("P2.2", Fraction(4)), "P2-3-4")
    of = planned(three(met, silent, unknown), all_at(1, P2_2=None), {"P1": 2})
    assert ids(of) == ["P1-1-2"]
    assert of.steps[0].unclear == ("X",)


def test_nothing_waits_for_a_perspective_that_does_not_apply() -> None:
    rules = (
        precondition("V", "P1-1-2", StageAtLeast("P2.1", Fraction(3)), "P2-2-3"),
        applicability("A", ContextIs("K1", ("town",)), "P2"),
    )
    assert ids(planned(three(*rules), all_at(1), {"P1": 2}, kind="town")) == ["P1-1-2"]


def test_a_perspective_without_a_way_to_its_target_is_named_with_the_reason() -> None:
    rule = applicability("A", ContextIs("K1", ("town",)), "P1")
    answers: dict[str, Given] = {"P1.1": 0, "P1.2": 0, "P3.1": 3, "P3.2": 3}
    of = planned(three(rule), answers, {"P1": 2, "P2": 2, "P3": 3}, kind="town")
    assert of.left_out == (
        PerspectiveLeftOut("P1", "not-applicable"),
        PerspectiveLeftOut("P2", "no-value"),
        PerspectiveLeftOut("P3", "reached"),
    )
    assert (of.steps, of.goals) == ((), ())
    bare = questionnaire(P1)
    without = problem_for(bare, assessed(bare, all_at(0)), Target(2029, {"P1": 2}), PLENTY)
    assert without.left_out == (PerspectiveLeftOut("P1", "no-steps"),)


def test_a_value_at_the_target_is_enough_although_an_item_lies_below() -> None:
    """As on the page about the target: the value of 0 and 4 is 2."""
    of = planned(three(), all_at(0, P1_2=4), {"P1": 2})
    assert of.left_out == (PerspectiveLeftOut("P1", "reached"),)
    assert ids(planned(three(), all_at(0, P1_2=4), {"P1": 3})) == ["P1-0-1", "P1-1-2", "P1-2-3"]


def test_a_promised_step_is_planned_although_no_target_needs_it_unless_it_is_done() -> None:
    promises = (FinishBy("P2-1-2", at(1)), FinishBy("P3-0-1", at(1)), NotBefore("P1-3-4", at(1)))
    of = planned(three(), all_at(1), {"P1": 2}, promises)
    assert ids(of) == ["P1-1-2", "P2-1-2"]
    assert of.idle == (promises[1], promises[2])
    assert contradictions(of) == ()


def test_the_whole_instrument_needs_each_step_once() -> None:
    result = assess(REAL, sheet(REAL, dict.fromkeys(REAL.items, 0)))
    of = problem_for(REAL, result, Target(2032, {one.id: 4 for one in REAL.perspectives}), PLENTY)
    assert len(of.steps) == len(REAL.recommendations) == 32
    turns = [one.perspective for one in of.steps]
    assert list(dict.fromkeys(turns)) == list(REAL.sequence)
    assert {one.id for one in of.in_turn} == set(of.by_id)


# sizes


def test_days_are_the_highest_number_beside_the_step_or_the_default_of_its_class() -> None:
    days = {one.id: (size_of(one).days, size_of(one).days_from) for one in REAL.recommendations}
    assert days["P1-0-1"] == (4, "estimate")
    assert days["P1-2-3"] == (15, "estimate")
    assert days["P4-1-2"] == (8, "estimate")
    assert days["P4-0-1"] == (5, "class")
    assert days["P3-2-3"] == (15, "class")
    assert days["P4-2-3"] == (30, "class")
    assert sum(number for number, _ in days.values()) == 342
    assert sum(by == "class" for _, by in days.values()) == 7


def test_a_body_decides_where_the_council_or_a_committee_is_named() -> None:
    decided = {one.id for one in REAL.recommendations if size_of(one).body}
    assert decided == {
        *("P1-1-2", "P1-2-3", "P1-3-4", "P2-1-2", "P2-3-4", "P4-3-4", "P5-2-3", "P6-2-3", "P6-3-4", "P8-3-4")
    }


def test_only_a_small_step_without_a_body_lets_the_next_begin_at_once() -> None:
    small = recommendation("P1", 0)
    large = replace(small, effort=Effort("medium", wording("?")))
    assert is_quick(small, StepSize(5))
    assert not is_quick(small, StepSize(6))
    assert not is_quick(small, StepSize(5, half_years=2))
    assert not is_quick(small, StepSize(5, body=True))
    assert not is_quick(large, StepSize(5))


def test_days_are_spread_over_the_half_years_and_none_is_lost() -> None:
    assert [StepSize(8, 3).days_in(number) for number in range(3)] == [3, 3, 2]
    for days, half_years in ((0, 1), (1, 0)):
        with pytest.raises(ValueError, match="at least one"):
            StepSize(days, half_years)


# the calendar


def test_half_years_are_counted_over_the_years() -> None:
    assert HalfYear.of(date(2027, 6, 30)) == HalfYear(2027, 1)
    assert HalfYear.of(date(2027, 7, 1)) == HalfYear(2027, 2)
    assert HalfYear(2027, 2).later(3) == HalfYear(2029, 1)
    assert HalfYear(2027, 1).later(-1) == HalfYear(2026, 2)
    assert HalfYear(2029, 1).since(HalfYear(2027, 2)) == 3


def test_a_roadmap_has_one_to_twelve_half_years_and_no_negative_days() -> None:
    for days in ((), (1,) * 13, (-1,)):
        with pytest.raises(ValueError, match=r"half-years|negative"):
            Calendar(HalfYear(2027, 1), days)


def test_after_the_last_known_date_each_half_year_counts_as_one_with_a_meeting() -> None:
    known = calendar(1, 1, 1, 1, meetings=[date(2027, 9, 1)], known_to=at(1))
    assert [known.meets(place) for place in range(4)] == [False, True, True, True]
    assert [replace(known, dates_known_to=None).meets(place) for place in range(4)] == [False, True, False, False]


def test_money_is_there_from_the_year_of_the_budget_on_if_its_deadline_lies_ahead() -> None:
    once = calendar(1, 1, 1, 1, budgets=[Budget(date(2027, 7, 31), 2028)])
    assert [once.application(place) for place in range(4)] == [None, None, 1, 1]
    assert calendar(1, 1, 1, budgets=[Budget(date(2026, 7, 31), 2027)]).application(2) is None
    late = calendar(1, 1, 1, budgets=[Budget(date(2027, 8, 1), 2027)])
    assert [late.application(place) for place in range(3)] == [None, None, 1]


def test_a_double_budget_has_a_deadline_every_second_year() -> None:
    assert [one.first_year for one in budgets(2028, 2032, 7, 31)] == [2028, 2029, 2030, 2031, 2032]
    assert budgets(2028, 2030, 7, 31, double=True) == (
        Budget(date(2027, 7, 31), 2028),
        Budget(date(2029, 7, 31), 2030),
    )


def test_half_the_staff_is_rounded_down_and_bound_days_stay() -> None:
    bound = DaysBound(at(0), 3)
    half = half_staff(problem(calendar(9, 4), step("A1"), commitments=[bound]))
    assert half.calendar.staff_days == (4, 2)
    assert half.free == (1, 2)


# reasons


def first_reason(of: RoadmapProblem, begins: Begins, id: str) -> tuple[Delay, ...]:
    plan = plan_of(of, begins, Optimal())
    assert verify(plan, of) == ()
    return next(one.delays for one in plan.scheduled if one.step.id == id)


def test_a_step_waits_until_the_one_before_it_has_ended() -> None:
    of = problem(PLENTY, step("A1", half_years=2), step("A2", "A1"))
    assert first_reason(of, {"A1": 0, "A2": 2}, "A2") == (Delay(0, 1, After(("A1",))),)
    quick = problem(PLENTY, step("A1", quick=True), step("A2", "A1"))
    assert first_reason(quick, {"A1": 0, "A2": 0}, "A2") == ()


def test_a_step_waits_for_staff_and_the_steps_that_have_it_are_named() -> None:
    of = problem(calendar(15, 15), step("A1"), step("B1", days=8), commitments=[DaysBound(at(0), 2)])
    assert first_reason(of, {"A1": 0, "B1": 1}, "B1") == (Delay(0, 0, StaffFull(0, 8, 3, ("A1",), 2)),)


def test_a_step_waits_for_a_meeting() -> None:
    of = problem(calendar(50, 50, 50, meetings=FOUR[2:3]), step("A1", body=True))
    assert first_reason(of, {"A1": 2}, "A1") == (Delay(0, 0, NoMeeting(0)), Delay(1, 1, NoMeeting(1)))


def test_a_step_waits_for_money_and_all_before_it_has_to_be_done_by_the_deadline() -> None:
    of = calendar(50, 50, 50, 50, 50, budgets=[Budget(date(2027, 3, 1), 2028), Budget(date(2028, 3, 1), 2029)])
    alone = problem(of, step("A1", money=True))
    assert first_reason(alone, {"A1": 2}, "A1") == (Delay(0, 1, NoMoney()),)
    second = problem(of, step("A1"), step("A2", "A1", money=True))
    reasons = first_reason(second, {"A1": 0, "A2": 4}, "A2")
    assert reasons == (Delay(0, 0, After(("A1",))), Delay(1, 1, NoMoney()), Delay(2, 3, DeadlineMissed(0, ("A1",))))
    assert first_reason(problem(of, step("A1", quick=True), step("A2", "A1", money=True)), {"A1": 0, "A2": 2}, "A2")


def test_a_step_waits_for_the_half_year_before_which_it_may_not_begin() -> None:
    of = problem(PLENTY, step("A1"), commitments=[NotBefore("A1", at(1))])
    assert first_reason(of, {"A1": 1}, "A1") == (Delay(0, 0, NotYet(1)),)
    assert plan_of(of, {"A1": 1}, Optimal()).scheduled[0].binding == NotYet(1)


def test_each_step_left_out_has_a_reason() -> None:
    steps = [
        *(step("A1"), step("A2", "A1"), step("A3", "A2", body=True)),
        *(step("B1", "C1"), step("C1"), step("D1", half_years=3)),
    ]
    of = problem(calendar(9, 5, meetings=()), *steps, goals={"A": 3, "B": 1, "D": 1})
    assert {one.step.id: one.why for one in plan_of(of, {}, Optimal()).unscheduled} == {
        "A1": StaffShort(10, 14),
        "A2": After(("A1",)),
        "A3": TooLong(After(("A2",))),
        "B1": StaffShort(20, 14),
        "C1": OnlyFor(("B1",)),
        "D1": TooLong(BeyondEnd()),
    }


def test_a_plan_says_what_is_reached_and_used_in_each_half_year() -> None:
    of = problem(calendar(20, 20, 20), step("A1", days=3, half_years=2), step("A2", "A1"), step("B1"))
    plan = plan_of(of, {"A1": 0, "A2": 2, "B1": 1}, Optimal())
    assert plan.days == (2, 11, 10)
    assert plan.reached == ({"A": 0, "B": 0}, {"A": 1, "B": 1}, {"A": 2, "B": 1})
    assert [one.step.id for one in plan.scheduled] == ["A1", "B1", "A2"]


# what no plan may do


@pytest.mark.parametrize(
    ("begins", "broken"),
    [
        ({"A1": 0, "A2": 0}, Violation("A2", After(("A1",)))),
        ({"A2": 1}, Violation("A2", After(("A1",)))),
        ({"B1": 0}, Violation("B1", NoMeeting(0))),
        ({"C1": 1}, Violation("C1", NoMoney())),
        ({"D1": 0}, Violation("D1", NotYet(1))),
        ({"E1": 1}, Violation("E1", BeyondEnd())),
        ({"Z9": 0}, Violation("Z9", Unknown())),
        ({"A1": -1}, Violation("A1", Unknown())),
        ({"F1": 1}, Violation("F1", Late(0))),
        ({"A1": 0, "C1": 0, "F1": 0}, Violation(None, Overbooked(0))),
    ],
)
def test_a_plan_that_breaks_a_rule_is_found_out(begins: Begins, broken: Violation) -> None:
    steps = [
        *(step("A1"), step("A2", "A1"), step("B1", body=True), step("C1", money=True)),
        *(step("D1"), step("E1", half_years=2), step("F1")),
    ]
    given_ = (NotBefore("D1", at(1)), FinishBy("F1", at(0)))
    of = problem(calendar(25, 25, meetings=()), *steps, commitments=given_)
    assert broken in set(violations(of, begins))
    assert isinstance(broken.rule, Unknown) or broken in verify(plan_of(of, begins, Optimal()), of)


def test_a_plan_that_says_something_else_than_its_beginnings_is_found_out() -> None:
    of = problem(PLENTY, step("A1"))
    plan = plan_of(of, {"A1": 0}, Optimal())
    with pytest.raises(AssertionError, match="something else"):
        verify(replace(plan, days=(0, 0, 0, 0)), of)


@examples(60)
@given(municipalities())
def test_the_quick_plan_keeps_every_rule_and_moving_it_forward_keeps_it_and_makes_it_no_worse(
    of: RoadmapProblem,
) -> None:
    if min(of.free) < 0:
        return
    begins = first_fit(of, {})
    moved = moved_forward(of, begins)
    for one in (begins, moved):
        assert all(isinstance(broken.rule, Late) for broken in violations(of, one))
    assert objective(of, moved) <= objective(of, begins)
    assert all(begin >= earliest(of)[id] for id, begin in moved.items())


# inputs that contradict each other


def test_more_days_bound_than_there_are_is_a_contradiction() -> None:
    of = problem(calendar(5, 5), step("A1"), commitments=[DaysBound(at(1), 4), DaysBound(at(1), 2)])
    assert contradictions(of) == (BookedOut(1, 6, 5),)


def test_a_commitment_about_a_step_that_does_not_exist_is_a_contradiction() -> None:
    of = planned(three(), all_at(1), {"P1": 2}, [NotBefore("P9-0-1", at(1))])
    assert contradictions(of) == (NoSuchStep("P9-0-1"),)


def test_a_promise_that_comes_too_early_is_a_contradiction_and_says_when_it_could_be_kept() -> None:
    steps = [step("A1", days=500), step("A2", "A1")]
    promise = FinishBy("A2", at(0))
    assert contradictions(problem(PLENTY, *steps, commitments=[promise])) == (Impossible(promise, 1, After(("A1",))),)
    later = NotBefore("A1", at(9))
    never = problem(PLENTY, *steps, commitments=[promise, later])
    assert contradictions(never) == (Impossible(promise, None, After(("A1",))),)
    long = problem(PLENTY, step("A1", half_years=2), commitments=[FinishBy("A1", at(0))])
    assert contradictions(long) == (Impossible(FinishBy("A1", at(0)), 1, BeyondEnd()),)


def test_of_two_promises_about_a_step_the_earlier_one_counts_and_one_after_the_end_means_the_end() -> None:
    of = problem(PLENTY, step("A1"), commitments=[FinishBy("A1", at(3)), FinishBy("A1", at(1))])
    assert of.finish_by == {"A1": 1}
    assert problem(PLENTY, step("A1"), commitments=[FinishBy("A1", at(30))]).finish_by == {"A1": 3}


# words

HINDRANCES: tuple[Hindrance, ...] = (
    *(BeyondEnd(), NotYet(1), After(("A1", "B1")), NoMoney(), DeadlineMissed(1, ("A1",)), NoMeeting(2)),
    *(StaffFull(1, 8, 3, ("A1",), 0), StaffFull(1, 8, 3, (), 1)),
)
CONTRADICTIONS: tuple[Contradiction, ...] = (
    *(BookedOut(1, 6, 5), NoSuchStep("X"), Impossible(FinishBy("A1", at(0)), 1, NoMoney())),
    *(Impossible(FinishBy("A1", at(0)), None, NoMoney()), PromisesTogether((FinishBy("A1", at(0)),))),
    PromisesTogether((FinishBy("A1", at(0)), FinishBy("B1", at(1)))),
)


def everything_said() -> list[Wording]:
    proofs = (Proof("stages", 3, 2), Proof("days", 3, 3), Proof("ends", 3, None))
    statuses = (Optimal(), Bounded(proofs), Infeasible(()), NotFound())
    lacks = (After(("A1",)), TooLong(NoMoney()), StaffShort(9, 1), StaffShort(1, 9), StaffShort(9, 0), OnlyFor(("A1",)))
    commitments = (DaysBound(at(0), 1), FinishBy("A1", at(1)), NotBefore("A1", at(1)))
    return [
        *(hindrance(one, PLENTY) for one in HINDRANCES),
        *(delay(Delay(first, 1, NoMoney()), PLENTY) for first in (0, 1)),
        *(missing(one, PLENTY) for one in lacks),
        *(contradiction(one, PLENTY) for one in CONTRADICTIONS),
        *(commitment(one) for one in commitments),
        *(status(one) for one in statuses),
        *(proof(one) for one in proofs),
        *(why_no_way(PerspectiveLeftOut("P1", why)) for why in get_args(NoWay)),
    ]


def test_everything_is_said_in_whole_sentences_of_both_languages() -> None:
    said = everything_said()
    assert len({one.de for one in said}) == len({one.en for one in said}) == len(said)
    for one in (*(one.de for one in said), *(one.en for one in said)):
        assert one[-1] == "."
        assert "  " not in one
        assert one == one.strip()


def test_the_reasons_read_like_this() -> None:
    assert hindrance(StaffFull(1, 8, 3, ("A1", "B1"), 2), PLENTY).de == (
        "Im 2. Halbjahr 2027 reichen die Personentage nicht: nötig 8, frei 3. Sie gehen an A1 und B1. "
        "Anderweitig gebunden: 2 Personentage."
    )
    assert contradiction(PromisesTogether((FinishBy("A1", at(0)), FinishBy("B1", at(0)))), PLENTY).en == (
        "These commitments cannot be kept together with the person-days there are: A1 by the first half of 2027 and "
        "B1 by the first half of 2027. Without one of them they could."
    )


def test_without_a_plan_nothing_is_planned() -> None:
    of = problem(PLENTY, step("A1"))
    plan = no_plan(of, Infeasible((NoSuchStep("X"),)))
    assert verify(plan, of) == ()
    assert (plan.begins, plan.days) == ({}, (0, 0, 0, 0))


@given(st.integers(2000, 2100), st.integers(-40, 40))
@examples(20)
def test_half_years_later_and_since_belong_together(year: int, count: int) -> None:
    assert HalfYear(year, 2).later(count).since(HalfYear(year, 2)) == count
