"""From answers to values, ranges, levels and a trace."""

from dataclasses import replace
from fractions import Fraction

import pytest

from scoring.assess.applicability import applied_rules, asked_items
from scoring.assess.result import (
    Combined,
    Counted,
    CountsAlike,
    LeftOut,
    LevelReached,
    NotAsked,
    PerspectiveResult,
    Ranged,
    Throughout,
    TooFew,
    Undecided,
)
from scoring.model.answers import Answer
from scoring.model.conditions import Absent, ContextIs, PerspectiveAtLeast
from scoring.model.questionnaire import Level, Questionnaire
from scoring.plain.checks import check
from tests.builders import (
    YES_PARTLY_NO,
    Given,
    applicability,
    assessed,
    choice_question,
    equivalence,
    group,
    item,
    level,
    perspective,
    questionnaire,
    sheet,
    stages,
)

FOUR = questionnaire(perspective("P1", "a", "b", "c", "d"))
SETTING = choice_question("K1", "town", "county")
IN_TOWN = ContextIs("K1", ("town",))


def numbers(result: PerspectiveResult) -> tuple[object, ...]:
    return result.lowest, result.value, result.highest


def test_the_value_is_the_median_and_of_an_even_number_the_mean_of_the_two_in_the_middle() -> None:
    assert assessed(FOUR, {"a": 0, "b": 1, "c": 4})["P1"].value == 1
    assert assessed(FOUR, {"a": 0, "b": 1, "c": 2, "d": 4})["P1"].value == Fraction(3, 2)


def test_an_open_item_widens_the_range_and_is_not_zero() -> None:
    result = assessed(FOUR, {"a": 3, "b": 3})["P1"]
    assert numbers(result) == (Fraction(3, 2), 3, Fraction(7, 2))


@pytest.mark.parametrize("given", [None, "cannot-judge", Answer(remark="not yet known")])
def test_open_and_cannot_judge_both_leave_an_item_out(given: Given) -> None:
    result = assessed(FOUR, {"a": 3, "b": 3, "c": 3, "d": given})["P1"]
    assert (result.answered, result.asked, result.coverage) == (3, 4, Fraction(3, 4))
    assert numbers(result) == (3, 3, 3)


def test_the_trace_tells_open_from_cannot_judge() -> None:
    trace = assessed(FOUR, {"a": 3, "b": "cannot-judge"})["P1"].trace
    assert LeftOut("b", Absent.CANNOT_JUDGE) in trace
    assert LeftOut("c", Absent.OPEN) in trace


def test_below_the_minimum_coverage_there_is_a_range_but_no_value() -> None:
    result = assessed(FOUR, {"a": 4})["P1"]
    assert numbers(result) == (0, None, 4)
    assert (result.minimum, result.level, result.certainty) == (None, None, "open")
    assert TooFew(1, 4, 2) in result.trace


def test_exactly_the_minimum_coverage_is_enough() -> None:
    assert assessed(FOUR, {"a": 4, "b": 4})["P1"].value == 4
    three = questionnaire(perspective("P1", "a", "b", "c"), minimum_coverage="1/2")
    assert assessed(three, {"a": 4})["P1"].value is None
    assert assessed(three, {"a": 4, "b": 4})["P1"].value == 4


@pytest.mark.parametrize(
    ("answers", "certainty"),
    [
        ({"a": 2, "b": 2, "c": 2, "d": 2}, "settled"),
        ({"a": 2, "b": 2, "c": 2}, "settled"),  # the median is 2 whatever d is
        ({"a": 2, "b": 3, "c": 2}, "likely"),  # 2 to 5/2
        ({"a": 0, "b": 4, "c": 2}, "open"),  # 1 to 3
        ({"a": 2, "b": 3}, "open"),  # 1 to 7/2
    ],
)
def test_a_value_is_settled_without_a_range_likely_within_one_stage_and_else_open(
    answers: dict[str, Given], certainty: str
) -> None:
    assert assessed(FOUR, answers)["P1"].certainty == certainty


def test_reached_throughout_is_the_lowest_answered_stage_and_names_its_items() -> None:
    result = assessed(FOUR, {"a": 1, "b": 3, "c": 1})["P1"]
    assert result.minimum == 1
    assert Throughout(Fraction(1), ("a", "c"), 1) in result.trace


def test_items_on_different_scales_reach_no_stage_throughout() -> None:
    mixed = questionnaire(perspective("P1", item("a"), item("b", on=YES_PARTLY_NO), aggregate="sum"))
    assert assessed(mixed, {"a": 3, "b": "partly"})["P1"].minimum is None
    assert assessed(mixed, {"a": 3, "b": "partly"})["P1"].value == Fraction(7, 2)


def test_groups_inside_groups_each_count_in_their_own_way() -> None:
    """Inside: (2·1 + 1·4) : 3 = 2, and the maximum of 0 and 3 is 3; together the mean of 4, 2 and 3 is 3."""
    inner = group("weighted", item("a", weight=2), item("b"), aggregate="weighted-mean")
    best = group("best", item("c"), item("d"), aggregate="maximum")
    nested = questionnaire(perspective("P1", item("e"), inner, best, aggregate="mean"))
    result = assessed(nested, {"a": 1, "b": 4, "c": 0, "d": 3, "e": 4})["P1"]
    assert result.value == 3
    combined = {step.group: step.value for step in result.trace if isinstance(step, Combined)}
    assert combined == {"weighted": Fraction(2), "best": Fraction(3), "P1": Fraction(3)}


def test_a_group_without_any_answer_is_left_out_of_the_value() -> None:
    nested = questionnaire(perspective("P1", item("a"), group("g", item("b"), item("c")), aggregate="mean"))
    assert assessed(nested, {"a": 3, "b": None})["P1"].value is None
    assert assessed(replace(nested, minimum_coverage=Fraction(1, 3)), {"a": 3})["P1"].value == 3


def test_an_item_that_does_not_apply_is_not_counted() -> None:
    here = questionnaire(perspective("P1", "a", "b", "c"), context=[SETTING], rules=[applicability("R1", IN_TOWN, "c")])
    result = assessed(here, {"a": 2, "b": 4, "c": 0}, choices={"K1": "town"})["P1"]
    assert numbers(result) == (3, 3, 3)
    assert (result.answered, result.asked) == (2, 2)
    assert NotAsked("R1", "c") in result.trace


def test_a_perspective_that_does_not_apply_has_no_value_and_says_by_which_rule() -> None:
    here = questionnaire(
        perspective("P1", "a", "b"),
        perspective("P2", "c"),
        context=[SETTING],
        rules=[applicability("R1", IN_TOWN, "P1")],
    )
    result = assessed(here, {"a": 4, "b": 4, "c": 1}, choices={"K1": "town"})
    assert numbers(result["P1"]) == (None, None, None)
    assert result["P1"].applicable is False
    assert result["P1"].trace == (NotAsked("R1"),)
    assert result["P2"].value == 1


def test_while_the_context_is_open_everything_is_asked_and_the_trace_says_what_is_missing() -> None:
    here = questionnaire(perspective("P1", "a", "b"), context=[SETTING], rules=[applicability("R1", IN_TOWN, "b")])
    assert [one.id for one in asked_items(here, sheet(here))] == ["a", "b"]
    assert Undecided("R1", ("K1",)) in assessed(here)["P1"].trace
    assert applied_rules(here, sheet(here).context).undecided == {"R1": ("K1",)}


def test_a_rule_whose_condition_is_not_met_changes_nothing() -> None:
    here = questionnaire(perspective("P1", "a", "b"), context=[SETTING], rules=[applicability("R1", IN_TOWN, "b")])
    plain = replace(here, rules=())
    answers: dict[str, Given] = {"a": 1, "b": 4}
    assert assessed(here, answers, choices={"K1": "county"})["P1"] == assessed(plain, answers)["P1"]


def test_the_first_rule_that_takes_an_item_out_is_the_one_named() -> None:
    rules = [applicability("R1", IN_TOWN, "b"), applicability("R2", IN_TOWN, "P1")]
    here = questionnaire(perspective("P1", "a", "b"), context=[SETTING], rules=rules)
    trace = assessed(here, choices={"K1": "town"})["P1"].trace
    assert trace == (NotAsked("R2", "a"), NotAsked("R1", "b"))


def test_the_short_check_asks_core_items_only_and_a_choice_of_perspectives_only_theirs() -> None:
    here = questionnaire(perspective("P1", item("a", core=True), item("b")), perspective("P2", item("c", core=True)))
    answers: dict[str, Given] = {"a": 1, "b": 4, "c": 2}
    assert assessed(here, answers, scope="short")["P1"].value == 1
    assert assessed(here, answers, scope=("P1",))["P1"].value == Fraction(5, 2)
    assert assessed(here, answers, scope=("P1",))["P2"].value is None


def test_an_item_outside_the_chosen_check_is_open_for_every_rule() -> None:
    here = questionnaire(perspective("P1", item("a", core=True), item("b")))
    assert assessed(here, {"b": 4}, scope="short").facts.stages["b"] is Absent.OPEN


def test_variants_that_count_alike_are_named_in_the_trace_where_the_rule_holds() -> None:
    here = questionnaire(
        perspective("P1", "a"),
        perspective("P2", "b"),
        context=[SETTING],
        rules=[equivalence("E1", "a"), equivalence("E2", "b", when=IN_TOWN)],
    )
    assert CountsAlike("E1") in assessed(here)["P1"].trace
    assert CountsAlike("E2") not in assessed(here)["P2"].trace
    assert CountsAlike("E2") in assessed(here, choices={"K1": "town"})["P2"].trace


def test_an_equivalence_may_depend_on_the_value_of_a_perspective() -> None:
    here = questionnaire(
        perspective("P1", "a"), rules=[equivalence("E1", "a", when=PerspectiveAtLeast("P1", Fraction(2)))]
    )
    assert check(here) == []
    assert CountsAlike("E1") in assessed(here, {"a": 2})["P1"].trace
    assert CountsAlike("E1") not in assessed(here, {"a": 1})["P1"].trace


def test_an_answer_is_an_option_of_the_same_type_so_true_is_no_stage() -> None:
    assert stages().option(1) is not None
    assert stages().option(True) is None
    assert stages().option("1") is None


def ladder(*levels: Level) -> Questionnaire:
    return questionnaire(perspective("P1", "a", "b", group("g", item("c"), item("d")), aggregate="mean", levels=levels))


LADDER = ladder(level(1, 1), level(2, 2, {"a": 2}), level(3, 3, {"g": 3}))


@pytest.mark.parametrize(
    ("answers", "reached"),
    [
        ({"a": 0, "b": 0, "c": 4, "d": 4}, 1),  # (0 + 0 + 4) : 3 = 4/3
        ({"a": 1, "b": 4, "c": 4, "d": 4}, 1),  # value 3, but the gate on a is shut
        ({"a": 2, "b": 4, "c": 2, "d": 3}, 2),  # value (2 + 4 + 5/2) : 3 = 17/6
        ({"a": 4, "b": 4, "c": 2, "d": 3}, 2),  # value 7/2, but the gate on g is shut at 5/2
        ({"a": 2, "b": 4, "c": 3, "d": 3}, 3),
        ({"a": 0, "b": 0, "c": 1, "d": 1}, 0),
    ],
)
def test_a_level_is_reached_with_its_value_its_gates_and_all_levels_below(
    answers: dict[str, Given], reached: int
) -> None:
    assert assessed(LADDER, answers)["P1"].level == reached


def test_no_level_is_jumped_over() -> None:
    shut_below = ladder(level(1, 0, {"a": 4}), level(2, 1))
    assert assessed(shut_below, {"a": 3, "b": 4, "c": 4, "d": 4})["P1"].level == 0


def test_an_open_gate_item_leaves_a_range_of_levels() -> None:
    result = assessed(LADDER, {"b": 4, "c": 4, "d": 4})["P1"]
    assert result.level == 1
    assert LevelReached(1, 1, 3) in result.trace


def test_a_gate_on_an_item_that_does_not_apply_keeps_no_level_out_of_reach() -> None:
    here = questionnaire(
        perspective("P1", "a", "b", levels=[level(1, 1, {"a": 1})]),
        context=[SETTING],
        rules=[applicability("R1", IN_TOWN, "a")],
    )
    assert assessed(here, {"b": 4}, choices={"K1": "town"})["P1"].level == 1


def test_the_level_lies_within_the_levels_that_are_possible_even_when_the_lowest_answer_opens_a_gate() -> None:
    one_to_five = stages(5, lowest=1)
    members = (item("a", on=one_to_five), item("b", on=one_to_five))
    here = questionnaire(perspective("P1", *members, levels=[level(1, gates={"a": 1})]))
    reached = [step for step in assessed(here, {"b": 3})["P1"].trace if isinstance(step, LevelReached)]
    assert [step.lowest <= step.level <= step.highest for step in reached] == [True]


def test_the_trace_leads_from_every_answer_to_the_value() -> None:
    trace = assessed(FOUR, {"a": 1, "b": 2, "c": 4})["P1"].trace
    assert trace == (
        Counted("a", 1, Fraction(1)),
        Counted("b", 2, Fraction(2)),
        Counted("c", 4, Fraction(4)),
        LeftOut("d", Absent.OPEN),
        Combined("P1", "median", (Fraction(1), Fraction(2), Fraction(4)), Fraction(2)),
        Throughout(Fraction(1), ("a",), 1),
        Ranged(Fraction(3, 2), Fraction(3), ("d",)),
    )
