"""What the result promises for every questionnaire and every sheet."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.assess.applicability import asked_items
from scoring.assess.assess import assess
from scoring.assess.result import LevelReached, Result
from scoring.model.aggregates import SUMS
from scoring.model.answers import Answer, Context, Sheet
from scoring.model.questionnaire import Group, Item, Questionnaire
from scoring.plain.checks import check
from tests.drawn import examples
from tests.scoring.strategies import OUR_OWN, RANDOM_ONES, choices_of, questionnaires

T = TypeVar("T")
Filled = st.SearchStrategy[tuple[Questionnaire, Sheet]]

everywhere = pytest.mark.parametrize("filled", [RANDOM_ONES, OUR_OWN], ids=["random", "integrated-planning"])
some = examples()


def with_answers(sheet: Sheet, answers: Mapping[str, Answer]) -> Sheet:
    return replace(sheet, answers={**sheet.answers, **answers})


def open_items(questionnaire: Questionnaire, sheet: Sheet) -> list[Item]:
    """The asked items that have no stage."""
    return [
        item
        for item in asked_items(questionnaire, sheet)
        if sheet.answers.get(item.id) is None or sheet.answers[item.id].choice is None
    ]


def completed(data: st.DataObject, questionnaire: Questionnaire, sheet: Sheet) -> Sheet:
    """The sheet with any answer in every open place."""
    return with_answers(sheet, {i.id: data.draw(choices_of(i)) for i in open_items(questionnaire, sheet)})


def limits(group: Group, asked: set[str]) -> tuple[Fraction, Fraction] | None:
    """The lowest and the highest value a group can ever have, from the points of its scales alone."""
    parts: list[tuple[Fraction, Fraction, Fraction]] = [
        (item.weight, item.scale.lowest, item.scale.highest) for item in group.items if item.id in asked
    ]
    parts += [(inner.weight, *inside) for inner in group.groups if (inside := limits(inner, asked))]
    if not parts:
        return None
    if group.aggregate in SUMS:
        weights = [weight if group.aggregate == "weighted-sum" else Fraction(1) for weight, _, _ in parts]
        low = sum((w * low for w, (_, low, _) in zip(weights, parts, strict=True)), Fraction(0))
        return low, sum((w * high for w, (_, _, high) in zip(weights, parts, strict=True)), Fraction(0))
    return min(low for _, low, _ in parts), max(high for _, _, high in parts)


@some
@given(questionnaires())
def test_the_random_questionnaires_of_these_tests_are_sound(questionnaire: Questionnaire) -> None:
    assert check(questionnaire) == []


@everywhere
@some
@given(data=st.data())
def test_every_value_lies_within_what_the_scales_allow(filled: Filled, data: st.DataObject) -> None:
    questionnaire, sheet = data.draw(filled)
    asked = {item.id for item in asked_items(questionnaire, sheet)}
    for result in assess(questionnaire, sheet).perspectives:
        if bounds := limits(questionnaire.perspective(result.perspective).root, asked):
            for number in (result.value, result.lowest, result.highest):
                assert number is None or bounds[0] <= number <= bounds[1]


@everywhere
@some
@given(data=st.data())
def test_the_value_lies_between_the_lowest_and_the_highest_possible(filled: Filled, data: st.DataObject) -> None:
    for result in assess(*data.draw(filled)).perspectives:
        if result.applicable:
            assert result.lowest is not None
            assert result.highest is not None
            assert result.lowest <= (result.lowest if result.value is None else result.value) <= result.highest
        for step in result.trace:
            if isinstance(step, LevelReached):
                assert step.lowest <= step.level <= step.highest


@everywhere
@some
@given(data=st.data())
def test_however_the_open_items_are_answered_the_value_stays_in_the_range(filled: Filled, data: st.DataObject) -> None:
    questionnaire, sheet = data.draw(filled)
    before = assess(questionnaire, sheet)
    after = assess(questionnaire, completed(data, questionnaire, sheet))
    for was, result in zip(before.perspectives, after.perspectives, strict=True):
        if was.lowest is not None and was.highest is not None:
            assert result.value is not None
            assert was.lowest <= result.value <= was.highest


@everywhere
@some
@given(data=st.data())
def test_answering_an_open_item_never_widens_a_range(filled: Filled, data: st.DataObject) -> None:
    questionnaire, sheet = data.draw(filled)
    missing = open_items(questionnaire, sheet)
    assume(missing)
    item = data.draw(st.sampled_from(missing))
    before = assess(questionnaire, sheet)
    after = assess(questionnaire, with_answers(sheet, {item.id: data.draw(choices_of(item))}))
    for was, result in zip(before.perspectives, after.perspectives, strict=True):
        assert (was.lowest is None) == (result.lowest is None)
        if was.lowest is not None and was.highest is not None:
            assert result.lowest is not None
            assert result.highest is not None
            assert was.lowest <= result.lowest <= result.highest <= was.highest


@everywhere
@some
@given(data=st.data())
def test_a_better_answer_never_lowers_a_number_of_any_perspective(filled: Filled, data: st.DataObject) -> None:
    questionnaire, sheet = data.draw(filled)
    better = {
        id: [option.key for option in questionnaire.items[id].scale.options if option.points > points]
        for id, points in assess(questionnaire, sheet).facts.stages.items()
        if isinstance(points, Fraction)
    }
    can_rise = [id for id, options in better.items() if options]
    assume(can_rise)
    id = data.draw(st.sampled_from(can_rise))
    improved = with_answers(sheet, {id: Answer(data.draw(st.sampled_from(better[id])))})
    before, after = assess(questionnaire, sheet), assess(questionnaire, improved)
    for was, result in zip(before.perspectives, after.perspectives, strict=True):
        for key in ("value", "lowest", "highest", "minimum", "level"):
            old, new = getattr(was, key), getattr(result, key)
            assert (old is None) == (new is None)
            assert old is None or old <= new


@everywhere
@some
@given(data=st.data())
def test_with_nothing_open_there_is_one_settled_value(filled: Filled, data: st.DataObject) -> None:
    questionnaire, sheet = data.draw(filled)
    for result in assess(questionnaire, completed(data, questionnaire, sheet)).perspectives:
        if result.applicable:
            assert result.lowest == result.value == result.highest
            assert result.certainty == "settled"
            assert result.answered == result.asked


@everywhere
@some
@given(data=st.data())
def test_a_perspective_of_which_nothing_is_asked_has_no_numbers(filled: Filled, data: st.DataObject) -> None:
    questionnaire, sheet = data.draw(filled)
    asked = {questionnaire.perspective_of[item.id].id for item in asked_items(questionnaire, sheet)}
    for result in assess(questionnaire, sheet).perspectives:
        assert result.applicable == (result.perspective in asked)
        if not result.applicable:
            numbers = (result.value, result.minimum, result.lowest, result.highest, result.level, result.coverage)
            assert numbers == (None,) * 6
            assert result.certainty is None
            assert (result.asked, result.answered) == (0, 0)


def backwards(entries: Mapping[str, T]) -> dict[str, T]:
    return dict(list(entries.items())[::-1])


def reversed_order(sheet: Sheet) -> Sheet:
    """The same answers and context answers, written down the other way round."""
    context = Context(
        backwards(sheet.context.choices),
        backwards({id: backwards(rows) for id, rows in sheet.context.placements.items()}),
        backwards({id: backwards(words) for id, words in sheet.context.words.items()}),
    )
    return replace(sheet, context=context, answers=backwards(sheet.answers))


@everywhere
@some
@given(data=st.data())
def test_the_order_of_answers_and_of_context_does_not_matter(filled: Filled, data: st.DataObject) -> None:
    questionnaire, sheet = data.draw(filled)
    assert assess(questionnaire, reversed_order(sheet)).perspectives == assess(questionnaire, sheet).perspectives


def numbers_of(result: Result) -> list[tuple[object, ...]]:
    return [
        (one.asked, one.answered, one.value, one.minimum, one.lowest, one.highest, one.certainty, one.level)
        for one in result.perspectives
    ]


@everywhere
@some
@given(data=st.data())
def test_cannot_judge_counts_like_open_and_remarks_count_nothing(filled: Filled, data: st.DataObject) -> None:
    questionnaire, sheet = data.draw(filled)
    other = {
        id: Answer(answer.choice, not answer.cannot_judge and answer.choice is None, "a remark", "evidence")
        for id, answer in sheet.answers.items()
    }
    changed = replace(sheet, answers=other)
    assert numbers_of(assess(questionnaire, changed)) == numbers_of(assess(questionnaire, sheet))
