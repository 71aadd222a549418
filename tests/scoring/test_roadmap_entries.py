"""What people enter for a roadmap, how it is read, and whether a kept plan still fits."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model.answers import Target
from scoring.model.texts import line
from scoring.plain.problems import Invalid
from scoring.plain.reading import Node
from scoring.roadmap.calendar import HalfYear
from scoring.roadmap.entries import RoadmapEntries, half_year, parse_entries, problem_asked, read_entries, write_entries
from scoring.roadmap.kept import KeptRoadmap, beginnings, reopened
from scoring.roadmap.plan import Kept, Optimal, plan_of
from scoring.roadmap.problem import DaysBound, FinishBy, NotBefore
from scoring.roadmap.rules import Late, earliest
from scoring.roadmap.words import status, violation
from tests import builders as b
from tests.drawn import examples

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
TWO = (b.perspective("P1", "P1.1"), b.perspective("P2", "P2.1"))
QUESTIONNAIRE = b.questionnaire(*TWO, steps=b.recommendations(*TWO))
STEPS = [step.id for step in QUESTIONNAIRE.recommendations]
RESULT = b.assessed(QUESTIONNAIRE, {"P1.1": 1, "P2.1": 1})
TARGET = Target(2029, {"P1": 2, "P2": 2})
ENTRIES = RoadmapEntries(first="2027-1", count="4", staff="20")

texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=30)
filled = texts.map(line).filter(bool)


def kept(
    entries: RoadmapEntries = ENTRIES, answers: dict[str, b.Given] | None = None, target: Target | None = TARGET
) -> KeptRoadmap:
    """A plan made for stage 1 and a target of 2, read again later with these answers, entries and target."""
    before = read_entries(ENTRIES, STEPS, TODAY)
    problem = problem_asked(QUESTIONNAIRE, RESULT, TARGET, before)
    begins = beginnings(plan_of(problem, earliest(problem), Optimal()))
    result = b.assessed(QUESTIONNAIRE, answers or {"P1.1": 1, "P2.1": 1})
    return reopened(QUESTIONNAIRE, result, target, read_entries(entries, STEPS, TODAY), begins, NOW)


# ------------------------------------------------------------------------------------------------ reading
def test_one_number_holds_for_every_half_year_and_the_last_of_several_holds_on() -> None:
    for text, days in (("40", (40, 40, 40)), ("40, 20", (40, 20, 20)), ("40;30;0", (40, 30, 0))):
        asked = read_entries(RoadmapEntries(count="3", staff=text), STEPS, TODAY)
        assert asked.calendar is not None
        assert asked.calendar.staff_days == days


def test_without_a_first_half_year_it_is_the_next_one() -> None:
    assert read_entries(RoadmapEntries(staff="1"), STEPS, TODAY).first == HalfYear(2027, 1)
    assert read_entries(RoadmapEntries(staff="1", first="2030-2"), STEPS, TODAY).first == HalfYear(2030, 2)


def test_bound_days_become_a_commitment_for_each_half_year_that_has_some() -> None:
    asked = read_entries(RoadmapEntries(first="2027-1", count="3", staff="40", bound="10, 0, 5"), STEPS, TODAY)
    assert asked.commitments == (DaysBound(HalfYear(2027, 1), 10), DaysBound(HalfYear(2028, 1), 5))
    problem = problem_asked(QUESTIONNAIRE, RESULT, TARGET, asked)
    assert problem.free == (30, 40, 35)


def test_dates_of_steps_are_half_years_that_mean_the_same_next_year() -> None:
    asked = read_entries(replace(ENTRIES, by={"P1-1-2": "2028-1"}, after={"P2-1-2": "2027-2"}), STEPS, TODAY)
    assert asked.commitments == (FinishBy("P1-1-2", HalfYear(2028, 1)), NotBefore("P2-1-2", HalfYear(2027, 2)))


def test_meetings_may_be_written_in_both_languages_and_any_order() -> None:
    asked = read_entries(replace(ENTRIES, dates="22.09.2027, 2027-03-24 22.09.2027"), STEPS, TODAY)
    assert asked.calendar is not None
    assert asked.calendar.committee_dates == (date(2027, 3, 24), date(2027, 9, 22))
    assert asked.calendar.dates_known_to == HalfYear(2027, 2)


@pytest.mark.parametrize(
    ("entries", "place"),
    [
        (replace(ENTRIES, staff="viele"), "staff"),
        (replace(ENTRIES, staff=""), "staff"),
        (replace(ENTRIES, staff="5001"), "staff"),
        (replace(ENTRIES, bound="-1"), "bound"),
        (replace(ENTRIES, bound="1,2,3,4,5"), "bound"),
        (replace(ENTRIES, first="2027-3"), "first"),
        (replace(ENTRIES, first="9999-1"), "first"),
        (replace(ENTRIES, count="13"), "count"),
        (replace(ENTRIES, count="0"), "count"),
        (replace(ENTRIES, dates="31.02.2027"), "dates"),
        (replace(ENTRIES, dates="01.01.9999"), "dates"),
        (replace(ENTRIES, deadline="31.02."), "deadline"),
        (replace(ENTRIES, deadline="Juni"), "deadline"),
        (replace(ENTRIES, money=("P1-1-2",)), "deadline"),
        (replace(ENTRIES, money=("P9-1-2",), deadline="30.06."), "money"),
        (replace(ENTRIES, by={"P9-1-2": "2027-1"}), "by-P9-1-2"),
        (replace(ENTRIES, by={"P1-1-2": "bald"}), "by-P1-1-2"),
        (replace(ENTRIES, after={"P1-1-2": "2027"}), "after-P1-1-2"),
        (replace(ENTRIES, staff="1" * 501), "staff"),
        (replace(ENTRIES, dates="\x00"), "dates"),
    ],
)
def test_a_mistake_stands_at_its_entry_in_both_languages_and_there_is_no_calendar(
    entries: RoadmapEntries, place: str
) -> None:
    asked = read_entries(entries, STEPS, TODAY)
    assert list(asked.problems) == [place]
    assert asked.problems[place].de != asked.problems[place].en
    assert asked.calendar is None
    assert asked.entries == entries


def test_nothing_entered_is_no_mistake() -> None:
    asked = read_entries(RoadmapEntries(), STEPS, TODAY)
    assert (asked.problems, asked.calendar, asked.count) == ({}, None, 6)


@examples(100)
@given(
    st.builds(
        RoadmapEntries,
        *[texts] * 6,
        st.booleans(),
        st.lists(texts, max_size=3).map(tuple),
        st.dictionaries(texts, texts, max_size=3),
        st.dictionaries(texts, texts, max_size=3),
    )
)
def test_whatever_is_entered_is_read_without_falling_over(entries: RoadmapEntries) -> None:
    asked = read_entries(entries, STEPS, TODAY)
    assert (asked.calendar is None) == (bool(asked.problems) or not asked.entries.staff)


@examples(100)
@given(
    st.builds(
        RoadmapEntries,
        *[filled | st.just("")] * 6,
        st.booleans(),
        st.lists(filled, max_size=3).map(tuple),
        st.dictionaries(filled, filled, max_size=3),
        st.dictionaries(filled, filled, max_size=3),
    )
)
def test_entries_come_back_from_plain_data_as_they_were(entries: RoadmapEntries) -> None:
    node = Node(write_entries(entries))
    assert parse_entries(node) == entries
    node.raise_problems()


@pytest.mark.parametrize(
    "data", [{"staff": 40}, {"doubel": True}, {"money": "P1-1-2"}, {"by": ["P1-1-2"]}, [], {"staff": ""}]
)
def test_plain_data_is_read_strictly(data: object) -> None:
    node = Node(data)
    parse_entries(node)
    with pytest.raises(Invalid):
        node.raise_problems()


@examples(50)
@given(st.integers(2000, 2100), st.sampled_from([1, 2]))
def test_a_half_year_is_read_as_it_is_written(year: int, half: int) -> None:
    assert half_year(HalfYear(year, half).written) == HalfYear(year, half)


@examples(50)
@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_between_the_first_and_the_last_day_of_its_half_year(day: date) -> None:
    first, last = HalfYear.of(day).days
    assert first <= day <= last
    assert HalfYear.of(first) == HalfYear.of(last) == HalfYear.of(day)


# ------------------------------------------------------------------------------------------------ kept
def test_a_kept_plan_comes_back_with_its_reasons_and_says_what_was_not_examined() -> None:
    found = kept()
    assert found.plan is not None
    assert found.plan.status == Kept()
    assert found.plan.begins == {"P1-1-2": 0, "P2-1-2": 0}
    assert "nicht geprüft" in status(found.plan.status).de


def test_a_higher_target_asks_for_steps_that_the_plan_does_not_know() -> None:
    found = kept(target=Target(2029, {"P1": 3, "P2": 2}))
    assert (found.plan, found.new, found.gone) == (None, ("P1-2-3",), ())


def test_a_step_that_is_done_meanwhile_is_named() -> None:
    found = kept(answers={"P1.1": 2, "P2.1": 1})
    assert (found.plan, found.new, found.gone) == (None, (), ("P1-1-2",))


def test_a_plan_against_a_rule_is_never_shown() -> None:
    found = kept(replace(ENTRIES, staff="4"))
    assert found.plan is None
    assert found.broken
    late = kept(replace(ENTRIES, first="2027-2", by={"P1-1-2": "2026-1"}))
    assert late.plan is None
    for one in (*found.broken, *late.broken):
        assert late.asked.calendar is not None
        assert violation(one, late.asked.calendar).de
    assert any(isinstance(one.rule, Late) for one in late.broken)


def test_without_a_target_nothing_is_shown() -> None:
    found = kept(target=None)
    assert (found.plan, found.new, found.gone, found.broken) == (None, (), (), ())


def test_a_step_that_had_no_place_is_remembered_as_such() -> None:
    asked = read_entries(replace(ENTRIES, staff="5"), STEPS, TODAY)
    problem = problem_asked(QUESTIONNAIRE, RESULT, TARGET, asked)
    plan = plan_of(problem, {"P1-1-2": 0}, Optimal())
    assert beginnings(plan) == {"P1-1-2": HalfYear(2027, 1), "P2-1-2": None}
    again = reopened(QUESTIONNAIRE, RESULT, TARGET, asked, beginnings(plan), NOW)
    assert again.plan is not None
    assert [one.step.id for one in again.plan.unscheduled] == ["P2-1-2"]
