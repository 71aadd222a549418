"""The next steps, in an order that respects what must come first."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.assess.assess import assess
from scoring.assess.result import Result
from scoring.assess.steps import (
    Ahead,
    Behind,
    NeededFirst,
    NextStage,
    NextStep,
    QuickWin,
    Unclear,
    Unlocks,
    next_steps,
    reached_by_half,
)
from scoring.model.answers import Sheet
from scoring.model.conditions import ContextIs, StageAtLeast, holds
from scoring.model.questionnaire import Perspective, Questionnaire
from scoring.model.recommendations import Recommendation
from scoring.model.rules import Precondition, Rule
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
)
from tests.drawn import examples
from tests.scoring.strategies import OUR_OWN, filled_in, questionnaires

Filled = st.SearchStrategy[tuple[Questionnaire, Sheet]]

ADVISING = filled_in(questionnaires(recommends=True))
everywhere = pytest.mark.parametrize("filled", [ADVISING, OUR_OWN], ids=["random", "integrated-planning"])
some = examples()


def drawn(filled: Filled, data: st.DataObject) -> tuple[Questionnaire, Result, tuple[NextStep, ...]]:
    questionnaire, sheet = data.draw(filled)
    result = assess(questionnaire, sheet)
    return questionnaire, result, next_steps(questionnaire, result)


def ids(steps: Sequence[NextStep]) -> list[str]:
    return [step.recommendation.id for step in steps]


def own_steps(steps: Sequence[NextStep]) -> list[Recommendation]:
    """The steps that follow from the profile itself and not only from another step."""
    return [step.recommendation for step in steps if not any(isinstance(r, NeededFirst) for r in step.reasons)]


def low_items(result: Result, perspective: Perspective) -> list[str]:
    """The answered items that can still rise."""
    stages = result.facts.stages
    return [i.id for i in perspective.items if isinstance(at := stages[i.id], Fraction) and at < int(i.scale.highest)]


@everywhere
@some
@given(data=st.data())
def test_no_step_comes_before_one_it_waits_for(filled: Filled, data: st.DataObject) -> None:
    _, _, steps = drawn(filled, data)
    order = ids(steps)
    assert len(order) == len(set(order))
    for place, step in enumerate(steps):
        assert set(step.after) <= set(order[:place])
        assert step.possible_now == (not step.after)


@everywhere
@some
@given(data=st.data())
def test_a_step_whose_precondition_fails_has_what_leads_to_it_before_it(filled: Filled, data: st.DataObject) -> None:
    questionnaire, result, steps = drawn(filled, data)
    order = ids(steps)
    for rule in (rule for rule in questionnaire.rules if isinstance(rule, Precondition)):
        in_force = rule.when is None or holds(rule.when, result.facts)
        if not in_force or holds(rule.requires, result.facts) is not False:
            continue
        for step in set(rule.before) & set(order):
            for first in rule.first:
                if result[questionnaire.recommendation(first).perspective].applicable:
                    assert first in order[: order.index(step)]
                    assert first in steps[order.index(step)].after


@everywhere
@some
@given(data=st.data())
def test_a_perspective_rises_stage_by_stage(filled: Filled, data: st.DataObject) -> None:
    _, _, steps = drawn(filled, data)
    for id in {step.recommendation.perspective for step in steps}:
        rising = [step.recommendation.from_stage for step in steps if step.recommendation.perspective == id]
        assert rising == sorted(rising)


@everywhere
@some
@given(data=st.data())
def test_every_perspective_with_a_value_and_a_low_item_gets_one_step_and_no_other_does(
    filled: Filled, data: st.DataObject
) -> None:
    questionnaire, result, steps = drawn(filled, data)
    of_their_own = [step.perspective for step in own_steps(steps)]
    expected = [
        perspective.id
        for perspective in questionnaire.perspectives
        if result[perspective.id].value is not None and low_items(result, perspective)
    ]
    assert sorted(of_their_own) == sorted(expected)


@everywhere
@some
@given(data=st.data())
def test_the_step_of_a_perspective_begins_where_its_value_stands_or_below(filled: Filled, data: st.DataObject) -> None:
    questionnaire, result, steps = drawn(filled, data)
    for step in own_steps(steps):
        value = result[step.perspective].value
        assert value is not None
        assert step.from_stage <= value
        reached_top = step.to_stage == max(
            r.to_stage for r in questionnaire.recommendations if r.perspective == step.perspective
        )
        here = questionnaire.perspective(step.perspective)
        assert min(value, reached_by_half(result, here)) < step.to_stage or reached_top


@everywhere
@some
@given(data=st.data())
def test_at_most_three_perspectives_are_priorities_and_they_come_first(filled: Filled, data: st.DataObject) -> None:
    _, _, steps = drawn(filled, data)
    order = list(dict.fromkeys(step.recommendation.perspective for step in steps))
    assert {step.recommendation.perspective for step in steps if step.priority} == set(order[:3])


@everywhere
@some
@given(data=st.data())
def test_every_step_says_why_it_is_there(filled: Filled, data: st.DataObject) -> None:
    _, _, steps = drawn(filled, data)
    for step in steps:
        assert any(isinstance(reason, NextStage | Behind | NeededFirst) for reason in step.reasons)


P1, P2, P3 = (perspective(id, f"{id}.1", f"{id}.2") for id in ("P1", "P2", "P3"))


def three(*rules: Rule, sequence: Sequence[str] = (), quick: str = "") -> Questionnaire:
    """Three perspectives with a step for every stage; `quick` may be done at once."""
    steps = [
        recommendation(s.perspective, s.from_stage, *s.items, kind="immediate") if s.id == quick else s
        for s in recommendations(P1, P2, P3)
    ]
    return questionnaire(
        P1, P2, P3, context=[choice_question("K1", "town", "county")], rules=rules, steps=steps, sequence=sequence
    )


def everywhere_at(stage: int, **other: Given) -> dict[str, Given]:
    answers: dict[str, Given] = {f"P{number}.{item}": stage for number in (1, 2, 3) for item in (1, 2)}
    return answers | {id.replace("_", "."): given for id, given in other.items()}


def steps_of(questionnaire: Questionnaire, answers: dict[str, Given], **choices: str) -> list[str]:
    return ids(next_steps(questionnaire, assessed(questionnaire, answers, choices=choices)))


def test_between_equal_steps_the_sequence_of_the_questionnaire_decides() -> None:
    assert steps_of(three(), everywhere_at(1)) == ["P1-1-2", "P2-1-2", "P3-1-2"]
    assert steps_of(three(sequence=["P3", "P1", "P2"]), everywhere_at(1)) == ["P3-1-2", "P1-1-2", "P2-1-2"]


def test_a_lower_stage_comes_first_and_a_quick_win_before_it() -> None:
    answers = everywhere_at(2, P3_1=0, P3_2=0)
    assert steps_of(three(), answers) == ["P3-0-1", "P1-2-3", "P2-2-3"]
    assert steps_of(three(quick="P2-2-3"), answers) == ["P2-2-3", "P3-0-1", "P1-2-3"]


def test_what_unlocks_most_comes_before_a_quick_win() -> None:
    rule = precondition("V", "P1-0-1", StageAtLeast("P3.1", Fraction(1)), "P3-0-1")
    assert steps_of(three(rule, quick="P2-0-1"), everywhere_at(0)) == ["P3-0-1", "P2-0-1", "P1-0-1"]


def test_what_must_come_first_is_added_with_every_stage_that_leads_there() -> None:
    rule = precondition("V", "P1-0-1", StageAtLeast("P2.1", Fraction(3)), "P2-2-3")
    steps = next_steps(three(rule), assessed(three(rule), everywhere_at(0)))
    assert ids(steps) == ["P2-0-1", "P2-1-2", "P2-2-3", "P1-0-1", "P3-0-1"]
    reasons = {step.recommendation.id: step.reasons for step in steps}
    assert Unlocks(("P2-1-2",), ()) in reasons["P2-0-1"]
    assert NeededFirst(("P1-0-1",), ("V",)) in reasons["P2-2-3"]


def test_a_step_that_others_need_comes_even_where_the_perspective_is_beyond_it() -> None:
    """Most of P2 stands at the top, so its own step is P2-3-4; but the item that counts is still at 1."""
    wide = perspective("P2", "P2.1", "P2.2", "P2.3")
    rule = precondition("V", "P1-1-2", StageAtLeast("P2.1", Fraction(2)), "P2-1-2")
    here = questionnaire(P1, wide, rules=[rule], steps=recommendations(P1, wide))
    answers: dict[str, Given] = {"P1.1": 1, "P1.2": 1, "P2.1": 1, "P2.2": 4, "P2.3": 4}
    assert steps_of(here, answers) == ["P2-1-2", "P1-1-2", "P2-3-4"]


def test_where_items_lie_far_apart_the_step_begins_where_at_least_half_of_them_stand() -> None:
    """The value of 0 and 4 is 2, but nothing stands at 2: nobody is told to extend what does not exist."""
    assert steps_of(three(), {"P1.1": 0, "P1.2": 4}) == ["P1-0-1"]


def test_a_precondition_that_is_met_or_does_not_speak_changes_nothing() -> None:
    met = precondition("V", "P1-1-2", StageAtLeast("P3.1", Fraction(1)), "P3-0-1")
    silent = precondition("V", "P1-1-2", StageAtLeast("P3.1", Fraction(4)), "P3-3-4", when=ContextIs("K1", ("county",)))
    plain = steps_of(three(), everywhere_at(1), K1="town")
    assert steps_of(three(met), everywhere_at(1), K1="town") == plain
    assert steps_of(three(silent), everywhere_at(1), K1="town") == plain
    assert steps_of(three(silent), everywhere_at(1), K1="county") != plain


def test_an_unknown_requirement_holds_nothing_up_but_is_named() -> None:
    rule = precondition("V", "P1-1-2", StageAtLeast("P3.1", Fraction(4)), "P3-3-4")
    here = three(rule)
    steps = next_steps(here, assessed(here, everywhere_at(1, P3_1=None)))
    assert ids(steps) == ["P1-1-2", "P2-1-2", "P3-1-2"]
    assert Unclear("V") in steps[0].reasons


def test_nothing_waits_for_a_perspective_that_does_not_apply() -> None:
    rules = (
        precondition("V", "P1-0-1", StageAtLeast("P3.1", Fraction(1)), "P3-0-1"),
        applicability("A", ContextIs("K1", ("town",)), "P3"),
    )
    assert steps_of(three(*rules), everywhere_at(0), K1="town") == ["P1-0-1", "P2-0-1"]
    assert steps_of(three(*rules), everywhere_at(0), K1="county") == ["P3-0-1", "P1-0-1", "P2-0-1"]


def test_a_perspective_at_the_top_in_the_middle_still_catches_up_where_an_item_is_low() -> None:
    trio = perspective("P1", "a", "b", "c")
    here = questionnaire(trio, steps=recommendations(trio))
    steps = next_steps(here, assessed(here, {"a": 4, "b": 4, "c": 1}))
    assert ids(steps) == ["P1-3-4"]
    assert steps[0].reasons == (Behind(("c",)),)


def test_the_items_that_lie_behind_or_ahead_are_named_and_a_quick_win_is_called_one() -> None:
    wide = perspective("P1", "P1.1", "P1.2", "P1.3")
    steps = [replace(step, kind="immediate") for step in recommendations(wide)]
    here = questionnaire(wide, steps=steps)
    step = next_steps(here, assessed(here, {"P1.1": 1, "P1.2": 2, "P1.3": 3}))[0]
    assert step.reasons == (NextStage("P1", 2), QuickWin(), Behind(("P1.1",)), Ahead(3, ("P1.3",)))


def test_without_a_value_there_is_no_step() -> None:
    assert steps_of(three(), {}) == []
    assert steps_of(questionnaire(P1), {"P1.1": 0, "P1.2": 0}) == []
