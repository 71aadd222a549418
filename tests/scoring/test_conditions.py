"""The condition language: true, false, or undecided while an answer is open."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import pytest

from scoring.model.conditions import (
    Absent,
    Condition,
    ContextIs,
    FactBetween,
    Facts,
    ItemsAtLeast,
    PerspectiveAtLeast,
    PerspectiveAtMost,
    StageAtLeast,
    StageAtMost,
    holds,
    items_in,
    leaves,
    perspectives_in,
    questions_in,
)
from scoring.model.logic import AllOf, AnyOf, Not

OPEN, CANNOT_JUDGE, NOT_APPLICABLE = Absent.OPEN, Absent.CANNOT_JUDGE, Absent.NOT_APPLICABLE
TRUE, FALSE, UNKNOWN = ContextIs("K", ("yes",)), ContextIs("K", ("no",)), ContextIs("open", ("yes",))
TRUTH: Mapping[Condition, bool | None] = {TRUE: True, FALSE: False, UNKNOWN: None}


def facts(
    stages: Mapping[str, int | Absent] | None = None,
    values: Mapping[str, Fraction | None] | None = None,
    numbers: Mapping[tuple[str, str], int] | None = None,
) -> Facts:
    known = {id: Fraction(stage) if isinstance(stage, int) else stage for id, stage in (stages or {}).items()}
    return Facts(known, values or {}, {"K": "yes"}, numbers or {})


@pytest.mark.parametrize(("left", "right"), list(product(TRUTH, repeat=2)))
def test_all_is_false_with_one_false_part_and_else_undecided_with_one_undecided(
    left: Condition, right: Condition
) -> None:
    parts = {TRUTH[left], TRUTH[right]}
    expected = False if False in parts else None if None in parts else True
    assert holds(AllOf((left, right)), facts()) is expected


@pytest.mark.parametrize(("left", "right"), list(product(TRUTH, repeat=2)))
def test_any_is_true_with_one_true_part_and_else_undecided_with_one_undecided(
    left: Condition, right: Condition
) -> None:
    parts = {TRUTH[left], TRUTH[right]}
    expected = True if True in parts else None if None in parts else False
    assert holds(AnyOf((left, right)), facts()) is expected


@pytest.mark.parametrize(("part", "expected"), [(TRUE, False), (FALSE, True), (UNKNOWN, None)])
def test_not_turns_true_and_false_round_and_leaves_undecided_alone(part: Condition, expected: bool | None) -> None:
    assert holds(Not(part), facts()) is expected


@pytest.mark.parametrize("parts", list(product(TRUTH, repeat=3)))
def test_not_all_is_any_not(parts: tuple[Condition, ...]) -> None:
    assert holds(Not(AllOf(parts)), facts()) is holds(AnyOf(tuple(Not(part) for part in parts)), facts())


@pytest.mark.parametrize(
    ("stage", "at_least", "at_most"),
    [(1, False, True), (2, True, True), (3, True, False), (OPEN, None, None), (CANNOT_JUDGE, None, None)],
)
def test_an_item_reaches_a_stage_or_stays_below_and_without_an_answer_nobody_knows(
    stage: int | Absent, at_least: bool | None, at_most: bool | None
) -> None:
    here = facts({"a": stage})
    assert holds(StageAtLeast("a", Fraction(2)), here) is at_least
    assert holds(StageAtMost("a", Fraction(2)), here) is at_most


def test_an_item_that_does_not_apply_stands_at_no_stage() -> None:
    here = facts({"a": NOT_APPLICABLE})
    assert holds(StageAtLeast("a", Fraction(0)), here) is False
    assert holds(StageAtMost("a", Fraction(4)), here) is False


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        ([2, 2, 0], True),
        ([2, 3, OPEN], True),
        ([2, OPEN, 0], None),
        ([OPEN, CANNOT_JUDGE, 0], None),
        ([2, 1, 0], False),
        ([2, NOT_APPLICABLE, 0], False),
        ([2, NOT_APPLICABLE, OPEN], None),
        ([NOT_APPLICABLE, NOT_APPLICABLE, OPEN], False),
    ],
)
def test_enough_items_are_at_a_stage_when_no_open_one_is_needed_for_it(
    stages: list[int | Absent], expected: bool | None
) -> None:
    here = facts(dict(zip("abc", stages, strict=True)))
    assert holds(ItemsAtLeast(2, Fraction(2)), here) is expected
    assert holds(ItemsAtLeast(2, Fraction(2), ("a", "b", "c")), here) is expected


def test_items_at_least_counts_only_the_items_it_names() -> None:
    here = facts({"a": 3, "b": 0, "c": 3})
    assert holds(ItemsAtLeast(2, Fraction(3), ("a", "b")), here) is False
    assert holds(ItemsAtLeast(2, Fraction(3), ("a", "c")), here) is True


@pytest.mark.parametrize(
    ("value", "at_least", "at_most"),
    [
        (Fraction(3, 2), False, True),
        (Fraction(2), True, True),
        (Fraction(5, 2), True, False),
        (None, None, None),
    ],
)
def test_a_perspective_is_compared_by_its_exact_value(
    value: Fraction | None, at_least: bool | None, at_most: bool | None
) -> None:
    here = facts(values={"P": value})
    assert holds(PerspectiveAtLeast("P", Fraction(2)), here) is at_least
    assert holds(PerspectiveAtMost("P", Fraction(2)), here) is at_most


def test_a_context_question_is_answered_with_one_of_the_options() -> None:
    assert holds(ContextIs("K", ("no", "yes")), facts()) is True
    assert holds(ContextIs("K", ("no", "maybe")), facts()) is False
    assert holds(ContextIs("other", ("no",)), facts()) is None


@pytest.mark.parametrize(
    ("at_least", "at_most", "expected"),
    [(2, None, True), (3, None, False), (None, 2, True), (None, 1, False), (2, 2, True), (0, 1, False), (3, 4, False)],
)
def test_a_number_of_the_organisation_lies_within_the_bounds_that_are_given(
    at_least: int | None, at_most: int | None, expected: bool
) -> None:
    here = facts(numbers={("K4", "missing"): 2})
    assert holds(FactBetween("K4", "missing", at_least, at_most), here) is expected
    assert holds(FactBetween("K4", "distinct_units", at_least, at_most), here) is None


def test_a_condition_names_the_items_questions_and_perspectives_it_looks_at_once() -> None:
    condition: Condition = AllOf(
        (
            StageAtLeast("b", Fraction(1)),
            Not(AnyOf((StageAtMost("a", Fraction(1)), ItemsAtLeast(1, Fraction(1), ("b", "c"))))),
            ContextIs("K1", ("x",)),
            FactBetween("K4", "missing", 1),
            AnyOf(
                (ContextIs("K1", ("y",)), PerspectiveAtLeast("P2", Fraction(1)), PerspectiveAtMost("P1", Fraction(1)))
            ),
        )
    )
    assert items_in(condition) == ("b", "a", "c")
    assert questions_in(condition) == ("K1", "K4")
    assert perspectives_in(condition) == ("P2", "P1")
    assert not any(isinstance(leaf, AllOf | AnyOf | Not) for leaf in leaves(condition))
