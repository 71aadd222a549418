"""A later check that asks again only what should have changed."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.assess.applicability import asked_items
from scoring.assess.steps import next_steps
from scoring.follow.repeat import Repeat, repeat
from scoring.model.answers import Answer, Context, Placement, Sheet, Target
from scoring.model.conditions import ContextIs
from scoring.model.questionnaire import Perspective, Questionnaire
from scoring.model.rules import Rewording
from scoring.model.spreads import Spread
from scoring.model.wording import Wording
from scoring.plain.sheets import parse_sheet, write_sheet
from tests.builders import (
    Given,
    applicability,
    assessed,
    choice,
    choice_question,
    item,
    matrix_question,
    perspective,
    questionnaire,
    recommendation,
    recommendations,
    sheet,
    stages,
    term,
    terms_question,
    word,
    wording,
)
from tests.drawn import examples
from tests.scoring.strategies import OUR_OWN, RANDOM_ONES, remarked

Filled = st.SearchStrategy[tuple[Questionnaire, Sheet]]

everywhere = pytest.mark.parametrize("filled", [RANDOM_ONES, OUR_OWN], ids=["random", "integrated-planning"])
some = examples()

HERE = questionnaire(perspective("P1", "a", "b"), perspective("P2", "c", "d"))
ANSWERED: dict[str, Given] = {"a": 3, "b": 1, "c": 0, "d": 4}


def version(*perspectives: Perspective, **rest: Any) -> Questionnaire:
    """A later version."""
    return replace(questionnaire(*perspectives, **rest), version="2")


def again(found: Repeat) -> dict[str, str]:
    return {one.item: one.why for one in found.again}


def test_what_was_open_or_could_not_be_judged_is_asked_again_and_all_else_is_kept() -> None:
    before = sheet(HERE, {"a": 3, "b": "cannot-judge", "c": None})
    found = repeat(HERE, HERE, before)
    assert again(found) == {"b": "cannot-judge", "c": "open", "d": "open"}
    assert (found.kept, found.sheet.answers) == (("a",), {"a": Answer(3)})


def test_a_kept_answer_is_copied_whole_and_the_new_check_has_a_date_of_its_own() -> None:
    told = Answer(3, remark="a remark", evidence="a paper")
    before = replace(sheet(HERE, {**ANSWERED, "a": told}), date="2026-03-16", municipality="Musterau")
    now = repeat(HERE, HERE, before).sheet
    assert now == replace(before, date="")


def test_with_a_target_the_items_below_it_are_asked_again_where_there_is_one() -> None:
    before = replace(sheet(HERE, ANSWERED), target=Target(2028, {"P1": 3}))
    found = repeat(HERE, HERE, before)
    assert (again(found), found.kept) == ({"b": "below-target"}, ("a", "c", "d"))
    assert found.sheet.target == Target(2028, {"P1": 3})


FOUR = [perspective(f"P{number}", f"a{number}", f"b{number}") for number in range(1, 5)]


def test_without_a_target_the_first_next_steps_say_which_items_should_have_moved() -> None:
    """P1 has 0 and 2, so the first step leads from 0 to 1 and is about a1 alone. Three perspectives are priorities."""
    here = questionnaire(*FOUR, steps=recommendations(*FOUR))
    answers: dict[str, Given] = {"a1": 0, "b1": 2, "a2": 1, "b2": 1, "a3": 4, "b3": 4, "a4": 3, "b4": 3}
    assert [step.recommendation.id for step in next_steps(here, assessed(here, answers)) if step.priority] == [
        "P1-0-1",
        "P2-1-2",
        "P4-3-4",
    ]
    found = repeat(here, here, sheet(here, answers))
    assert again(found) == dict.fromkeys(["a1", "a2", "b2", "a4", "b4"], "next-step")
    assert found.kept == ("b1", "a3", "b3")


def test_steps_that_are_no_priority_and_items_a_step_does_not_name_ask_nothing_again() -> None:
    first = [recommendation(one.id, 0, f"a{number}") for number, one in enumerate(FOUR, 1)]
    rest = [step for step in recommendations(*FOUR) if step.from_stage]
    here = questionnaire(*FOUR, steps=[*first, *rest])
    assert again(repeat(here, here, sheet(here, dict.fromkeys(here.items, 0)))) == dict.fromkeys(
        ["a1", "a2", "a3"], "next-step"
    )


def test_a_target_takes_the_place_of_next_steps() -> None:
    here = questionnaire(*FOUR, steps=recommendations(*FOUR))
    before = replace(sheet(here, dict.fromkeys(here.items, 0)), target=Target(2028, {"P4": 1}))
    assert again(repeat(here, here, before)) == dict.fromkeys(["a4", "b4"], "below-target")
    without_stages = replace(before, target=Target(2028, {}))
    assert set(again(repeat(here, here, without_stages)).values()) == {"next-step"}


def test_new_items_are_asked_and_answers_to_items_that_are_gone_are_dropped() -> None:
    found = repeat(HERE, version(perspective("P1", "a", "x"), perspective("P2", "c", "d")), sheet(HERE, ANSWERED))
    assert again(found) == {"x": "new"}
    assert found.sheet.answers == {"a": Answer(3), "c": Answer(0), "d": Answer(4)}
    assert found.sheet.version == "2"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (item("a"), {}),
        (replace(item("a"), statement=wording("Another statement")), {"a": "changed"}),
        (replace(item("a"), statement=Wording(wording("Statement a").de, "a better translation")), {}),
        (replace(item("a"), name=wording("Another name"), note=wording("Note"), core=True), {}),
        (item("a", anchors={3: wording("What 3 means")}), {"a": "changed"}),
        (item("a", on=stages(5)), {"a": "changed"}),
        (item("a", on=stages(2)), {"a": "changed"}),
    ],
)
def test_an_item_is_asked_again_when_its_statement_or_the_meaning_of_a_stage_has_changed(
    changed: Any, why: Mapping[str, str]
) -> None:
    new = version(perspective("P1", changed, "b"), perspective("P2", "c", "d"))
    found = repeat(HERE, new, sheet(HERE, ANSWERED))
    assert again(found) == why
    assert ("a" in found.sheet.answers) == (not why)


def test_an_item_that_a_rule_now_words_otherwise_here_has_changed() -> None:
    def here(statement: Wording) -> Questionnaire:
        rewords = {"a": Rewording(statement), "b": Rewording(anchors={1: wording("What 1 means")})}
        return questionnaire(
            perspective("P1", "a", "b"),
            context=[choice_question("K1", "town", "county")],
            rules=[applicability("R1", ContextIs("K1", ("town",)), rewords=rewords)],
        )

    old, new = here(wording("In towns")), replace(here(wording("In our towns")), version="2")
    in_town, in_county = (sheet(old, {"a": 3, "b": 1}, choices={"K1": kind}) for kind in ("town", "county"))
    assert again(repeat(old, new, in_town)) == {"a": "changed"}
    assert again(repeat(old, new, in_county)) == {}


def test_of_several_reasons_that_which_says_most_about_the_old_answer_is_given() -> None:
    changed = replace(item("a"), statement=wording("Another statement"))
    new = version(perspective("P1", changed, "b", "x"))
    target = Target(2028, {"P1": 4})
    old = questionnaire(perspective("P1", "a", "b"))
    assert again(repeat(old, new, replace(sheet(old, {"a": 0, "b": 0}), target=target))) == {
        "a": "changed",
        "b": "below-target",
        "x": "new",
    }
    assert again(repeat(old, new, replace(sheet(old, {"a": "cannot-judge"}), target=target))) == {
        "a": "cannot-judge",
        "b": "open",
        "x": "new",
    }


def test_what_is_not_asked_here_waits_unless_it_has_changed() -> None:
    before = sheet(HERE, ANSWERED, scope=("P1",))
    assert repeat(HERE, HERE, before).sheet.answers == before.answers
    assert repeat(HERE, HERE, before).kept == ("a", "b")
    other = version(perspective("P1", "a", "b"), perspective("P2", item("c", on=stages(3)), "d"))
    assert set(repeat(HERE, other, before).sheet.answers) == {"a", "b", "d"}


def test_a_median_of_individual_ratings_counts_as_an_answer_and_is_kept_with_its_spread() -> None:
    here = questionnaire(perspective("P1", "a", "b", "c"), roles=[choice("planning")])
    ratings = {Fraction(2): 5}
    spread = Spread(ratings, roles={"planning": ratings})
    before = replace(sheet(here, {"c": 1}), spreads={"a": spread, "c": spread}, target=Target(2028, {"P1": 2}))
    found = repeat(here, here, before)
    assert (again(found), found.kept) == ({"b": "open", "c": "below-target"}, ("a",))
    assert (found.sheet.spreads, found.sheet.answers) == ({"a": spread}, {})
    without_roles = repeat(here, replace(here, roles=(), version="2"), before).sheet.spreads
    assert without_roles == {"a": replace(spread, roles={})}


def test_what_the_new_version_does_not_know_is_dropped_from_context_scope_and_target() -> None:
    def context(kinds: tuple[str, ...], labels: tuple[str, ...], *words: str) -> Any:
        council = term("council", *(word(id) for id in words))
        return (
            choice_question("K1", *kinds),
            matrix_question("K4", "youth", "health", labels=labels),
            terms_question("K6", council),
        )

    old = questionnaire(*HERE.perspectives, context=context(("town", "county"), ("A", "B"), "rat", "senat"))
    given = sheet(
        old,
        choices={"K1": "county"},
        placements={"K4": {"youth": Placement("A", "B"), "health": None}},
        words={"K6": {"council": "senat"}},
        scope=("P1", "P2"),
    )
    before = replace(given, target=Target(2028, {"P1": 4, "P2": 2}))
    less = version(perspective("P2", item("c", on=stages(3)), "d"), context=context(("town",), ("A",), "rat"))
    now = repeat(old, less, before).sheet
    assert now.context == Context({}, {"K4": {"health": None}}, {"K6": {}})
    assert (now.scope, now.target) == (("P2",), Target(2028, {"P2": 2}))
    assert repeat(old, less, replace(before, scope=("P1",))).sheet.scope == "full"
    assert repeat(old, version(perspective("P1", "a")), before).sheet.context == Context()


@everywhere
@some
@given(data=st.data())
def test_every_asked_item_is_either_asked_again_and_open_or_kept_whole(filled: Filled, data: st.DataObject) -> None:
    here, plain = data.draw(filled)
    before = data.draw(remarked(plain))
    found = repeat(here, here, before)
    asked = [one.id for one in asked_items(here, found.sheet)]
    assert sorted([*again(found), *found.kept]) == sorted(asked)
    assert {id: found.sheet.answers.get(id) for id in found.kept} == {id: before.answers[id] for id in found.kept}
    assert not set(again(found)) & set(found.sheet.answers)
    assert found.sheet.context == before.context
    assert parse_sheet(write_sheet(found.sheet), here) == found.sheet


@everywhere
@some
@given(data=st.data())
def test_a_new_version_asks_again_what_the_old_one_would_and_what_it_changed(
    filled: Filled, data: st.DataObject
) -> None:
    here, before = data.draw(filled)
    chosen = data.draw(st.sampled_from(sorted(here.items)))
    new = replace(here, version="later", perspectives=tuple(_changed(one, chosen) for one in here.perspectives))
    same, later = repeat(here, here, before), repeat(here, new, before)
    assert set(again(later)) == set(again(same)) | ({chosen} & {one.id for one in asked_items(new, later.sheet)})
    assert chosen not in later.sheet.answers
    assert parse_sheet(write_sheet(later.sheet), new) == later.sheet


def _changed(one: Perspective, id: str) -> Perspective:
    """The perspective with another option meaning for the item, if it holds it."""

    def group(old: Any) -> Any:
        items = tuple(
            replace(inner, anchors={**inner.anchors, inner.scale.options[0].key: wording("Something else")})
            if inner.id == id
            else inner
            for inner in old.items
        )
        return replace(old, items=items, groups=tuple(group(inner) for inner in old.groups))

    return replace(one, root=group(one.root))
