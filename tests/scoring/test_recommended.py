"""What the shipped questionnaire recommends: nothing before its turn, and something wherever anything is low."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.assess.assess import assess
from scoring.assess.result import Result
from scoring.assess.steps import NextStep, next_steps
from scoring.follow.measures import predicted
from scoring.model.answers import Answer, Sheet
from scoring.model.conditions import holds
from scoring.model.rules import Precondition
from scoring.plain.checks import check
from tests.drawn import examples
from tests.scoring.strategies import OUR_OWN, REAL

TOP = 4
ITEMS = tuple(REAL.items)
PRECONDITIONS = tuple(rule for rule in REAL.rules if isinstance(rule, Precondition))
many = examples(150)


def sheet(stages: dict[str, int]) -> Sheet:
    return Sheet(REAL.id, REAL.version, answers={id: Answer(stage) for id, stage in stages.items()})


def recommended(stages: dict[str, int]) -> tuple[NextStep, ...]:
    return next_steps(REAL, assess(REAL, sheet(stages)))


def failing(result: Result) -> list[Precondition]:
    """The preconditions that certainly speak and are certainly not met."""
    in_force = [rule for rule in PRECONDITIONS if rule.when is None or holds(rule.when, result.facts) is True]
    return [rule for rule in in_force if holds(rule.requires, result.facts) is False]


def too_early(result: Result, steps: tuple[NextStep, ...]) -> list[tuple[str, str]]:
    """Steps that stand in the order although what they need first does not stand before them, with the rule."""
    order = [step.recommendation.id for step in steps]
    return [
        (order[place], rule.id)
        for rule in failing(result)
        for place in (at for at, id in enumerate(order) if id in rule.before)
        for first in rule.first
        if result[REAL.recommendation(first).perspective].applicable and first not in order[:place]
    ]


@many
@given(OUR_OWN)
def test_no_step_whose_precondition_fails_comes_before_what_it_needs(filled: tuple[object, Sheet]) -> None:
    result = assess(REAL, filled[1])
    assert too_early(result, next_steps(REAL, result)) == []


def test_this_is_no_empty_promise() -> None:
    """With everything at the bottom preconditions do fail, steps wait, and an order turned round is found out."""
    result = assess(REAL, sheet(dict.fromkeys(ITEMS, 0)))
    steps = next_steps(REAL, result)
    assert failing(result)
    assert any(step.after for step in steps)
    assert too_early(result, tuple(reversed(steps)))


@pytest.mark.parametrize("rule", PRECONDITIONS, ids=lambda rule: rule.id)
def test_what_a_rule_puts_first_can_be_recommended(rule: Precondition) -> None:
    known = {step.id for step in REAL.recommendations}
    assert set(rule.before) | set(rule.first) <= known
    assert not set(rule.before) & set(rule.first)


@pytest.mark.parametrize("item", ITEMS)
def test_one_low_item_alone_has_a_recommendation_that_lifts_exactly_this_item(item: str) -> None:
    for stage in range(TOP):
        stages = dict.fromkeys(ITEMS, TOP) | {item: stage}
        perspective = REAL.perspective_of[item].id
        found = [one.recommendation for one in recommended(stages) if one.recommendation.perspective == perspective]
        assert found, (item, stage)
        moved = [move.item for one in found for move in predicted(REAL, sheet(stages), one).moves]
        assert set(moved) == {item}, (item, stage)


@many
@given(
    st.sampled_from(ITEMS),
    st.integers(0, TOP - 1),
    st.fixed_dictionaries({item: st.integers(0, TOP) for item in ITEMS}),
)
def test_whatever_the_others_say_a_low_item_has_a_recommendation_for_its_perspective(
    item: str, stage: int, others: dict[str, int]
) -> None:
    found = recommended(others | {item: stage})
    assert REAL.perspective_of[item].id in {one.recommendation.perspective for one in found}


def test_where_everything_is_at_the_top_nothing_is_recommended() -> None:
    assert recommended(dict.fromkeys(ITEMS, TOP)) == ()


@pytest.mark.parametrize("step", REAL.recommendations, ids=lambda step: step.id)
def test_without_a_recommendation_the_check_of_the_questionnaire_names_the_transition(step: object) -> None:
    missing = next(one for one in REAL.recommendations if one is step)
    kept = tuple(one for one in REAL.recommendations if one is not step)
    problems = [problem.message.en for problem in check(replace(REAL, recommendations=kept))]
    assert (
        f"{missing.perspective} has no recommendation from stage {missing.from_stage} to {missing.to_stage}" in problems
    )


def test_every_stage_transition_of_every_perspective_has_exactly_one_recommendation() -> None:
    found = [(one.perspective, one.from_stage, one.to_stage) for one in REAL.recommendations]
    wanted = [(one.id, stage, stage + 1) for one in REAL.perspectives for stage in range(TOP)]
    assert sorted(found) == sorted(wanted)
    assert {Fraction(TOP)} == {item.scale.highest for item in REAL.items.values()}
