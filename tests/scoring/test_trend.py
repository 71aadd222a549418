"""Several checks of one municipality one after the other."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.follow.trend import DatedCheck, Pair, trend
from scoring.model.answers import Scope, Sheet
from scoring.model.conditions import ContextIs
from scoring.model.questionnaire import Questionnaire
from tests.builders import Given, applicability, choice_question, item, perspective, questionnaire, sheet
from tests.drawn import examples
from tests.scoring.strategies import OUR_OWN, RANDOM_ONES, sheets

Filled = st.SearchStrategy[tuple[Questionnaire, Sheet]]

HERE = questionnaire(
    perspective("P1", item("a", core=True), "b"),
    perspective("P2", item("c", core=True)),
    context=[choice_question("K1", "town", "county", "district")],
    rules=[
        applicability("R1", ContextIs("K1", ("town",)), "b"),
        applicability("R2", ContextIs("K1", ("district",)), "P2"),
    ],
)
LATER = replace(HERE, version="2")


def moment(
    date: str, answers: dict[str, Given], *, here: Questionnaire = HERE, kind: str = "county", scope: Scope = "full"
) -> DatedCheck:
    return DatedCheck(date, here, sheet(here, answers, choices={"K1": kind}, scope=scope))


FIRST = moment("2026", {"a": 1, "b": 2, "c": 3})


def test_between_two_checks_that_asked_the_same_the_change_is_the_difference_of_the_values() -> None:
    found = trend([FIRST, moment("2028", {"a": 3, "b": 2, "c": 3})])
    assert found.dates == ("2026", "2028")
    assert found["P1"].values == (Fraction(3, 2), Fraction(5, 2))
    assert found["P1"].pairs == (Pair(None, Fraction(1)),)
    assert found["P2"].pairs == (Pair(None, Fraction(0)),)


def test_a_value_may_go_down() -> None:
    assert trend([FIRST, moment("2028", {"a": 0, "b": 0, "c": 2})])["P1"].pairs[0].change == Fraction(-3, 2)


@pytest.mark.parametrize(
    ("second", "why_not"),
    [
        (moment("2028", {"a": 1, "b": 2, "c": 3}, here=LATER), {"P1": "version", "P2": "version"}),
        (moment("2028", {"a": 1, "b": 2, "c": 3}, here=replace(HERE, id="x")), {"P1": "version", "P2": "version"}),
        (moment("2028", {"a": 1, "b": 2, "c": 3}, scope="short"), {"P1": "items", "P2": None}),
        (moment("2028", {"a": 1, "b": 2, "c": 3}, scope=("P1",)), {"P1": None, "P2": "not-applicable"}),
        (moment("2028", {"a": 1, "b": 2, "c": 3}, kind="town"), {"P1": "items", "P2": None}),
        (moment("2028", {"a": 1, "b": 2, "c": 3}, kind="district"), {"P1": None, "P2": "not-applicable"}),
    ],
)
def test_where_something_else_was_asked_nothing_is_compared(second: DatedCheck, why_not: dict[str, str | None]) -> None:
    for moments in ([FIRST, second], [second, FIRST]):
        found = trend(moments)
        assert {one.perspective: one.pairs[0].why_not for one in found.perspectives} == why_not
        assert all(one.pairs[0].change is None for one in found.perspectives if not one.pairs[0].comparable)


def test_without_both_values_there_is_no_change_though_the_same_was_asked() -> None:
    found = trend([FIRST, moment("2028", {"a": 3, "b": 2})])
    assert found["P2"].values == (Fraction(3), None)
    assert found["P2"].pairs == (Pair(None, None),)


def test_each_check_is_compared_with_the_one_before() -> None:
    second, third = moment("2028", {"a": 2, "b": 2}, scope="short"), moment("2030", {"a": 4, "b": 0}, scope="short")
    assert trend([FIRST, second, third])["P1"].pairs == (Pair("items", None), Pair(None, Fraction(2)))
    assert trend([FIRST])["P1"].pairs == ()
    assert trend([]).perspectives == ()


def test_perspectives_stand_as_in_the_latest_questionnaire_and_those_that_are_gone_follow() -> None:
    later = questionnaire(perspective("P3", "e"), perspective("P2", "c"))
    found = trend([FIRST, DatedCheck("2028", replace(later, version="2"), sheet(later, {"c": 4}))])
    assert [one.perspective for one in found.perspectives] == ["P3", "P2", "P1"]
    assert found["P1"].values == (Fraction(3, 2), None)
    assert found["P3"].pairs == (Pair("version", None),)


@pytest.mark.parametrize("filled", [RANDOM_ONES, OUR_OWN], ids=["random", "integrated-planning"])
@examples()
@given(data=st.data())
def test_the_way_back_is_the_way_there_with_the_other_sign(filled: Filled, data: st.DataObject) -> None:
    here, first = data.draw(filled)
    moments = [DatedCheck("2026", here, first), DatedCheck("2028", here, data.draw(sheets(here)))]
    for there, back in zip(trend(moments).perspectives, trend(moments[::-1]).perspectives, strict=True):
        assert there.values == back.values[::-1]
        assert there.pairs[0].why_not == back.pairs[0].why_not
        assert (there.pairs[0].change is None) == (back.pairs[0].change is None)
        assert there.pairs[0].change is None or there.pairs[0].change == -(back.pairs[0].change or 0)
