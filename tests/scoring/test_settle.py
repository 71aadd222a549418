"""Which missing answers settle most."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.assess.applicability import asked_items
from scoring.assess.assess import assess
from scoring.assess.result import PerspectiveResult
from scoring.follow.settle import Settling, most_settling
from scoring.model.answers import Answer, Sheet
from scoring.model.conditions import ContextIs
from scoring.model.questionnaire import Item, Questionnaire
from tests.builders import (
    Given,
    applicability,
    choice_question,
    item,
    perspective,
    questionnaire,
    scale,
    sheet,
)
from tests.drawn import examples
from tests.scoring.strategies import OUR_OWN, RANDOM_ONES, choices_of

Filled = st.SearchStrategy[tuple[Questionnaire, Sheet]]

everywhere = pytest.mark.parametrize("filled", [RANDOM_ONES, OUR_OWN], ids=["random", "integrated-planning"])
some = examples()

TWO = questionnaire(perspective("P1", "a", "b", "c", "d"), perspective("P2", "e", "f", "g", "h"))


def settling(
    id: str, of: str, before: tuple[int, int], width_after: int | Fraction, gives_value: bool = False
) -> Settling:
    return Settling(id, of, (Fraction(before[0]), Fraction(before[1])), Fraction(width_after), gives_value)


def named(here: Questionnaire, answers: dict[str, Given], count: int = 3) -> list[str]:
    return [one.item for one in most_settling(here, sheet(here, answers), count)]


def test_the_width_that_is_left_holds_for_every_answer() -> None:
    """Of a, b, c, d the stages 2 2 ? ? leave 1–3. With c = 0 it is 1–2, with c = 2 it is 2–2, with c = 4 it is 2–3."""
    answers: dict[str, Given] = {"a": 2, "b": 2, **dict.fromkeys("efgh", 1)}
    assert most_settling(TWO, sheet(TWO, answers)) == (
        settling("c", "P1", (1, 3), 1),
        settling("d", "P1", (1, 3), 0),
    )


def test_an_answer_that_gives_a_perspective_its_value_comes_first() -> None:
    """P2 has one answer and needs two; 2 ? ? ? leaves 0–4, and with f = 0 still 0–3."""
    first, *others = most_settling(TWO, sheet(TWO, {"a": 2, "b": 2, "e": 2}))
    assert first == settling("f", "P2", (0, 4), 3, gives_value=True)
    assert not any(other.gives_value for other in others)


@pytest.mark.parametrize(("count", "items"), [(1, ["c"]), (2, ["e", "f"]), (3, ["e", "f", "g"])])
def test_answers_that_lead_to_a_value_together_come_first_if_there_are_enough_of_them(
    count: int, items: list[str]
) -> None:
    """P2 lacks two answers. Then 2 2 ? ? in P1 and ? ? in P2 are left: g narrows 4 to 2 at least, as c narrows 2 to 1."""
    assert named(TWO, {"a": 2, "b": 2}, count) == items


def test_the_perspective_that_lacks_fewest_answers_gets_its_value_first() -> None:
    assert named(TWO, {"e": 2}) == ["f", "a", "b"]
    assert [one.gives_value for one in most_settling(TWO, sheet(TWO, {"e": 2}))] == [True, False, True]


def test_where_no_answer_promises_anything_the_average_over_the_options_decides() -> None:
    """0 0 4 4 ? ? ? stays at 0–4 for each answer; 0 0 4 ? ? ? has 0–4, left are 2, 5/2, 3, 7/2 or 4."""
    here = questionnaire(perspective("P1", *"abcdefg"), perspective("P2", *"hijklm"))
    answers: dict[str, Given] = {"a": 0, "b": 0, "c": 4, "d": 4, "h": 0, "i": 0, "j": 4}
    assert most_settling(here, sheet(here, answers), 1) == (settling("k", "P2", (0, 4), 4),)


def test_the_answer_that_weighs_most_comes_first() -> None:
    """(a + 3b + 2 + 2) / 6 lies in 2/3–10/3; with b known a is worth 4/6."""
    members = (item("a"), item("b", weight=3), item("c"), item("d"))
    here = questionnaire(perspective("P1", *members, aggregate="weighted-mean"))
    before = (Fraction(2, 3), Fraction(10, 3))
    assert most_settling(here, sheet(here, {"c": 2, "d": 2})) == (
        Settling("b", "P1", before, Fraction(2, 3), gives_value=False),
        Settling("a", "P1", before, Fraction(0), gives_value=False),
    )


def test_equals_stay_in_the_order_of_the_questionnaire() -> None:
    """Both perspectives have 2 2 ? ?; each first answer promises 1, and on the average 7/5, each second one 1 and 3/5."""
    assert named(TWO, {"c": 2, "d": 2, "g": 2, "h": 2}, 4) == ["a", "e", "b", "f"]


def test_equals_on_different_scales_stay_in_the_order_of_the_questionnaire_too() -> None:
    alike = scale("other", {f"option {points}": points for points in range(5)})
    here = questionnaire(perspective("P1", "a", item("b", on=alike), "c", aggregate="sum"))
    assert named(here, {}) == ["a", "b", "c"]


def test_where_nothing_can_change_nothing_is_named() -> None:
    lowest = questionnaire(perspective("P1", "a", "b", "c", aggregate="minimum"))
    assert named(lowest, {"a": 0, "b": 4}) == []
    assert named(TWO, dict.fromkeys("abcdefgh", 2)) == []
    assert named(TWO, {}, 0) == []


def test_what_nobody_could_judge_is_worth_asking_too_and_what_is_not_asked_is_not() -> None:
    here = questionnaire(
        perspective("P1", item("a", core=True), item("b", core=True), "c", "d"),
        context=[choice_question("K1", "town", "county")],
        rules=[applicability("R1", ContextIs("K1", ("town",)), "d")],
    )
    answers: dict[str, Given] = {"a": 2, "b": "cannot-judge"}
    names = {
        "everywhere": most_settling(here, sheet(here, answers)),
        "town": most_settling(here, sheet(here, answers, choices={"K1": "town"})),
        "short": most_settling(here, sheet(here, answers, scope="short")),
    }
    assert {where: [one.item for one in found] for where, found in names.items()} == {
        "everywhere": ["b", "c", "d"],
        "town": ["b", "c"],
        "short": ["b"],
    }


def width(result: PerspectiveResult) -> Fraction:
    assert result.lowest is not None
    assert result.highest is not None
    return result.highest - result.lowest


def with_answer(sheet: Sheet, id: str, answer: Answer) -> Sheet:
    return replace(sheet, answers={**sheet.answers, id: answer})


@everywhere
@some
@given(data=st.data())
def test_no_answer_leaves_more_open_than_was_promised(filled: Filled, data: st.DataObject) -> None:
    here, now = data.draw(filled)
    before = assess(here, now)
    for one in most_settling(here, now, data.draw(st.integers(1, 3))):
        now = with_answer(now, one.item, data.draw(choices_of(here.items[one.item])))
        was, after = before[one.perspective], assess(here, now)[one.perspective]
        assert one.before == (was.lowest, was.highest)
        assert after.lowest is not None
        assert after.highest is not None
        assert one.before[0] <= after.lowest <= after.highest <= one.before[1]
        assert width(after) <= one.width_after
        assert not one.gives_value or (was.value is None and after.value is not None)


@some
@given(filled=RANDOM_ONES)
def test_no_other_single_answer_promises_more(filled: tuple[Questionnaire, Sheet]) -> None:
    here, now = filled
    before = assess(here, now)

    def narrowed(item: Item) -> Fraction:
        id = here.perspective_of[item.id].id
        answered = [with_answer(now, item.id, Answer(option.key)) for option in item.scale.options]
        return width(before[id]) - max(width(assess(here, one)[id]) for one in answered)

    found = most_settling(here, now, 1)
    assume(found and not found[0].gives_value)
    missing = [item for item in asked_items(here, now) if not isinstance(before.facts.stages[item.id], Fraction)]
    assert narrowed(here.items[found[0].item]) == max(narrowed(item) for item in missing)


@everywhere
@some
@given(data=st.data())
def test_each_item_is_named_once_and_is_missing(filled: Filled, data: st.DataObject) -> None:
    here, now = data.draw(filled)
    found = [one.item for one in most_settling(here, now, 3)]
    stages = assess(here, now).facts.stages
    assert len(set(found)) == len(found) <= 3
    assert set(found) <= {item.id for item in asked_items(here, now) if not isinstance(stages[item.id], Fraction)}
