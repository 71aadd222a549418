"""What the checker finds in a questionnaire, and where. Each test breaks a sound questionnaire in one place."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from scoring.model.conditions import ContextIs, FactBetween, StageAtLeast, StageAtMost
from scoring.model.logic import AllOf
from scoring.model.origin import OptionKey, Origin
from scoring.model.questionnaire import Questionnaire
from scoring.model.recommendations import Recommendation
from scoring.model.rules import Rewording
from scoring.model.wording import Wording
from scoring.plain.problems import Invalid, Place, Problem
from scoring.plain.questionnaire import parse
from scoring.plain.writing import dump
from tests.builders import (
    STAGES,
    YES_PARTLY_NO,
    applicability,
    choice,
    choice_question,
    equivalence,
    group,
    item,
    level,
    matrix_question,
    perspective,
    plausibility,
    practice,
    precondition,
    questionnaire,
    recommendation,
    recommendations,
    reference,
    stages,
    term,
    terms_question,
    word,
    wording,
)

Change = tuple[Place, Any]
"""A place and what is put there; a function makes it of what stood there."""

ANCHORS: Mapping[OptionKey, Wording] = {1: wording("one"), 2: wording("two")}


def sound() -> Questionnaire:
    """A questionnaire that uses everything the checker looks at."""
    first = perspective("P1", item("P1.1", on=stages(2), anchors=ANCHORS), item("P1.2", on=stages(2)))
    nested = group("P2.g", item("P2.2", on=YES_PARTLY_NO), aggregate="mean", weight=2)
    second = perspective(
        "P2",
        item("P2.1", on=YES_PARTLY_NO),
        nested,
        aggregate="weighted-mean",
        levels=[level(1, "1/4"), level(2, "1/2", {"P2.1": "1/2", "P2.g": 1})],
    )
    reworded = {"P1.1": Rewording(wording("Other words"), {1: wording("Other anchor")})}
    return questionnaire(
        first,
        second,
        context=[
            choice_question("K1", "town", "county"),
            matrix_question("K4", "youth", "health"),
            terms_question("K6", term("council", word("rat"), word("kreistag", "county")), kind_from="K1"),
        ],
        rules=[
            applicability("A1", ContextIs("K1", ("town",)), "P1.2", rewords=reworded),
            precondition("V1", "P1-1-2", StageAtLeast("P2.1", Fraction(1)), "P2-0-1"),
            plausibility(
                "H1",
                AllOf(
                    (StageAtMost("P1.1", Fraction(0)), FactBetween("K4", "missing", 0, 1), ContextIs("K1", ("town",)))
                ),
            ),
            equivalence("E1", "P2.1", question="K1"),
        ],
        steps=[
            recommendation("P1", 0, "P1.1", "P1.2", examples=["jena"]),
            recommendation("P1", 1, "P1.1", "P1.2"),
            recommendation("P2", 0, "P2.1", "P2.2"),
        ],
        practices=[practice("jena", ["P1"], {"P1.1": 2, "P1.2": None}, {"small": ContextIs("K1", ("town",))})],
        references=[reference("book")],
        roles=[choice("planning")],
        sequence=["P2", "P1"],
    )


def changed(data: dict[str, Any], *changes: Change) -> dict[str, Any]:
    """The data with other values at some places."""
    data = deepcopy(data)
    for place, value in changes:
        inside: Any = data
        for key in place[:-1]:
            inside = inside[key]
        inside[place[-1]] = value(deepcopy(inside[place[-1]])) if callable(value) else value
    return data


def without(*keys: str) -> Callable[[Any], Any]:
    return lambda entries: {key: value for key, value in entries.items() if key not in keys}


def plus(*elements: Any) -> Callable[[list[Any]], list[Any]]:
    return lambda elements_so_far: [*elements_so_far, *elements]


def doubled(elements: list[Any]) -> list[Any]:
    return [*elements, elements[0]]


def rule(*entries: tuple[str, Any]) -> Mapping[str, Any]:
    common = {"id": "X", "text": {"de": "Regel", "en": "Rule"}, "origin": {"kind": "beyond"}, "confidence": "low"}
    return common | dict(entries)


def problems(data: Any) -> list[Problem]:
    try:
        parse(data)
    except Invalid as invalid:
        return list(invalid.problems)
    return []


def step(perspective: str, from_stage: int, to_stage: int, *items: str) -> dict[str, Any]:
    whole: Recommendation = replace(recommendation(perspective, from_stage, *items), to_stage=to_stage, id="X")
    entries: dict[str, Any] = dump(replace(sound(), recommendations=(whole,)))["recommendations"][0]
    return entries


Q, P1, P2 = "questionnaire", ("questionnaire", "perspectives", 0), ("questionnaire", "perspectives", 1)
ITEM = (*P1, "items", 0)
UNKNOWN_ORIGIN = {"kind": "beyond", "references": ["nowhere"]}


def precondition_on(before: str, first: str) -> Mapping[str, Any]:
    holds = {"stage_at_least": {"item": "P2.1", "stage": 1}}
    return rule(("kind", "precondition"), ("before", [before]), ("first", [first]), ("requires", holds))


def hint(condition: Any) -> Change:
    return ("rules", 2, "when"), condition


MISTAKES: Mapping[str, tuple[list[Change], str, str]] = {
    # order of steps
    "preconditions that run in a circle": (
        [(("rules",), plus(precondition_on("P2-0-1", "P1-1-2")))],
        "rules",
        "preconditions run in a circle: P1-1-2 → P2-0-1 → P1-1-2",
    ),
    "a precondition against the order of stages": (
        [(("rules",), plus(precondition_on("P1-0-1", "P1-1-2")))],
        "rules",
        "preconditions run in a circle: P1-0-1 → P1-1-2 → P1-0-1",
    ),
    "a step that waits for itself": (
        [(("rules",), plus(precondition_on("P2-0-1", "P2-0-1")))],
        "rules",
        "preconditions run in a circle: P2-0-1 → P2-0-1",
    ),
    # recommendations
    "a step from the highest stage": (
        [(("recommendations",), plus(step("P1", 2, 3, "P1.1")))],
        "recommendations[3]",
        '"X" can never be recommended',
    ),
    "two steps for one transition": (
        [(("recommendations",), plus(step("P1", 0, 1, "P1.1")))],
        "recommendations[3]",
        '"X" can never be recommended',
    ),
    "a step over two stages": (
        [(("recommendations",), plus(step("P2", 0, 2, "P2.1")))],
        "recommendations[3]",
        '"X" can never be recommended',
    ),
    "a transition without a step": (
        [(("recommendations",), lambda steps: steps[1:])],
        "recommendations",
        "P1 has no recommendation from stage 0 to 1",
    ),
    "an item that no step lifts": (
        [(("recommendations", 2, "items"), ["P2.1"])],
        "recommendations",
        "no recommendation lifts P2.2",
    ),
    "a step for an unknown perspective": (
        [(("recommendations",), plus(step("P9", 0, 1)))],
        "recommendations[3].perspective",
        'there is no perspective "P9"',
    ),
    "a step that lifts an item of another perspective": (
        [(("recommendations", 0, "items"), plus("P2.1"))],
        "recommendations[0].items",
        'there is no item of P1 "P2.1"',
    ),
    "a step with an unknown example": (
        [(("recommendations", 1, "examples"), ["atlantis"])],
        "recommendations[1].examples",
        'there is no practice "atlantis"',
    ),
    "a step with an unknown reference": (
        [(("recommendations", 1, "origin"), UNKNOWN_ORIGIN)],
        "recommendations[1].origin.references",
        'there is no reference "nowhere"',
    ),
    # rules
    "a precondition before an unknown step": (
        [(("rules", 1, "before"), ["P7-0-1"])],
        "rules[1].before",
        'there is no recommendation "P7-0-1"',
    ),
    "a precondition with an unknown first step": (
        [(("rules", 1, "first"), ["P7-0-1"])],
        "rules[1].first",
        'there is no recommendation "P7-0-1"',
    ),
    "a precondition on an unknown item": (
        [(("rules", 1, "requires"), {"stage_at_least": {"item": "P9.9", "stage": 1}})],
        "rules[1].requires",
        'there is no item "P9.9"',
    ),
    "a question about an unknown item": (
        [hint({"stage_at_most": {"item": "P9.9", "stage": 1}})],
        "rules[2].when",
        'there is no item "P9.9"',
    ),
    "a question about an unknown item inside other conditions": (
        [hint({"not": {"any": [{"items_at_least": {"count": 1, "stage": 1, "of": ["P9.9"]}}]}})],
        "rules[2].when",
        'there is no item "P9.9"',
    ),
    "a stage that the item's scale does not have": (
        [hint({"stage_at_least": {"item": "P1.1", "stage": 3}})],
        "rules[2].when",
        'there is no stage of P1.1 "3"',
    ),
    "more items wanted than there are": (
        [hint({"items_at_least": {"count": 3, "stage": 1, "of": ["P1.1", "P1.2"]}})],
        "rules[2].when",
        "count 3: there are not so many items",
    ),
    "a question about an unknown perspective": (
        [hint({"perspective_at_least": {"perspective": "P9", "stage": 1}})],
        "rules[2].when",
        'there is no perspective "P9"',
    ),
    "a question about an unknown context question": (
        [hint({"context": {"question": "K9", "is": "town"}})],
        "rules[2].when",
        'there is no choice question "K9"',
    ),
    "a choice read from an organisation matrix": (
        [hint({"context": {"question": "K4", "is": "town"}})],
        "rules[2].when",
        'there is no choice question "K4"',
    ),
    "an answer the context question does not have": (
        [hint({"context": {"question": "K1", "is": ["town", "moon"]}})],
        "rules[2].when",
        'there is no answer to K1 "moon"',
    ),
    "a fact of a question that is no matrix": (
        [hint({"fact": {"question": "K1", "name": "missing", "at_least": 1}})],
        "rules[2].when",
        'there is no organisation matrix "K1"',
    ),
    "bounds that exclude each other": (
        [hint({"fact": {"question": "K4", "name": "missing", "at_least": 2, "at_most": 1}})],
        "rules[2].when",
        "at_least exceeds at_most: never true",
    ),
    "applicability that looks at an answer": (
        [(("rules", 0, "when"), {"stage_at_least": {"item": "P2.1", "stage": 1}})],
        "rules[0].when",
        "may only look at context questions",
    ),
    "applicability that looks at an answer behind other conditions": (
        [
            (
                ("rules", 0, "when"),
                lambda when: {"any": [when, {"not": {"perspective_at_most": {"perspective": "P1", "stage": 1}}}]},
            )
        ],
        "rules[0].when",
        "may only look at context questions",
    ),
    "applicability that takes out an unknown item": (
        [(("rules", 0, "removes"), ["P1.2", "P9.9"])],
        "rules[0].removes",
        'there is no item or perspective "P9.9"',
    ),
    "applicability that rewords an unknown item": (
        [(("rules", 0, "rewords"), lambda rewords: {"P9.9": rewords["P1.1"]})],
        "rules[0].rewords.P9.9",
        'there is no item "P9.9"',
    ),
    "applicability that rewords an unknown stage": (
        [(("rules", 0, "rewords", "P1.1", "anchors"), lambda anchors: {3: anchors[1]})],
        "rules[0].rewords.P1.1.anchors[3]",
        'there is no stage "3"',
    ),
    "applicability without effect": ([(("rules", 0), without("removes", "rewords"))], "rules[0]", "has no effect"),
    "equivalence of an unknown item": (
        [(("rules", 3, "items"), ["P2.1", "P9.9"])],
        "rules[3].items",
        'there is no item "P9.9"',
    ),
    "equivalence of an unknown question": (
        [(("rules", 3, "question"), "K9")],
        "rules[3].question",
        'there is no context question "K9"',
    ),
    "equivalence broken by a rule that takes its item out": (
        [(("rules", 0, "removes"), ["P2.1"])],
        "rules[3]",
        "rule A1 treats answers to K1 differently, so they would not count alike",
    ),
    "equivalence broken by a rule that takes its perspective out": (
        [(("rules", 0, "removes"), ["P2"])],
        "rules[3]",
        "rule A1 treats answers to K1 differently, so they would not count alike",
    ),
    "equivalence broken by a rule on the organisation": (
        [
            (("rules", 3, "question"), "K4"),
            (("rules", 0, "removes"), ["P2.1"]),
            (("rules", 0, "when"), {"fact": {"question": "K4", "name": "missing", "at_least": 1}}),
        ],
        "rules[3]",
        "rule A1 treats answers to K4 differently, so they would not count alike",
    ),
    "a rule with an unknown reference": (
        [(("rules", 2, "origin"), UNKNOWN_ORIGIN)],
        "rules[2].origin.references",
        'there is no reference "nowhere"',
    ),
    # local words
    "a placeholder with an unknown word": (
        [((*ITEM, "statement", "en"), "The {mayor:nom} decides.")],
        "questionnaire",
        'P1.1 (en): "{mayor:nom}" is no local word or no form',
    ),
    "a placeholder with an unknown form": (
        [(("rules", 2, "text", "de"), "Wegen {council:abl}?")],
        "rules",
        'H1 (de): "{council:abl}" is no local word or no form',
    ),
    "a placeholder without a form": (
        [((*ITEM, "name", "de"), "Beschluss {council}")],
        "questionnaire",
        "P1.1 (de): ",
    ),
    "a placeholder with a space": (
        [(("practices", 0, "limits", "en"), "Only {council: gen}.")],
        "practices",
        "jena (en): ",
    ),
    "a word for an unknown kind of municipality": (
        [((Q, "context", 2, "terms", 0, "words", 1, "kinds"), ["moon"])],
        "questionnaire.context[2].terms[0].words[1].kinds",
        'there is no answer "moon"',
    ),
    "words that depend on an unknown question": (
        [((Q, "context", 2, "kind_from"), "K9"), ((Q, "context", 2, "terms", 0, "words", 1), without("kinds"))],
        "questionnaire.context[2].kind_from",
        'there is no choice question "K9"',
    ),
    # languages
    "a text without English": (
        [((*ITEM, "statement"), without("en"))],
        f"{Q}.perspectives[0].items[0].statement",
        '"en"',
    ),
    "a text with empty English": (
        [((*ITEM, "statement", "en"), " ")],
        f"{Q}.perspectives[0].items[0].statement.en",
        "expected is a text",
    ),
    "a word without English": (
        [((Q, "context", 2, "terms", 0, "words", 0), without("en"))],
        f"{Q}.context[2].terms[0].words[0]",
        '"en" is missing',
    ),
    # ids
    "an item and a group with one id": (
        [((*P2, "groups", 0, "id"), "P1.1"), ((*P2, "levels"), [])],
        f"{Q}.perspectives",
        'the id "P1.1" occurs 2 times',
    ),
    "two context questions with one id": ([((Q, "context"), doubled)], f"{Q}.context", 'the id "K1" occurs 2'),
    "two references with one id": ([((Q, "references"), doubled)], f"{Q}.references", 'the id "book" occurs 2'),
    "two roles with one key": ([((Q, "roles"), doubled)], f"{Q}.roles", 'the id "planning" occurs 2'),
    "two rules with one id": ([(("rules", 1, "id"), "A1")], "rules", 'the id "A1" occurs 2 times'),
    "two practices with one id": ([(("practices",), doubled)], "practices", 'the id "jena" occurs 2 times'),
    "two recommendations with one id": (
        [(("recommendations", 2, "id"), "P1-0-1"), (("rules",), [])],
        "recommendations",
        'the id "P1-0-1" occurs 2 times',
    ),
    "two scales with one id": ([((Q, "scales"), doubled)], f"{Q}.scales", 'the id "stages-0-2" occurs 2 times'),
    "two options with one key": (
        [((Q, "scales", 1, "options", 1, "key"), "no")],
        f"{Q}.scales[1].options",
        'the id "no" occurs 2 times',
    ),
    "two choices with one key": (
        [((Q, "context", 0, "choices"), doubled)],
        f"{Q}.context[0].choices",
        'the id "town" occurs 2 times',
    ),
    "two rows with one key": (
        [((Q, "context", 1, "rows"), doubled)],
        f"{Q}.context[1].rows",
        'the id "youth" occurs 2 times',
    ),
    "two labels alike": (
        [((Q, "context", 1, "labels"), doubled)],
        f"{Q}.context[1].labels",
        'the id "A" occurs 2 times',
    ),
    "two terms with one id": ([((Q, "context", 2, "terms"), doubled)], f"{Q}.context[2].terms", 'the id "council"'),
    "two words of a term with one id": (
        [((Q, "context", 2, "terms", 0, "words", 1, "id"), "rat")],
        f"{Q}.context[2].terms[0].words",
        'the id "rat" occurs 2 times',
    ),
    # what is counted
    "a sequence that forgets a perspective": ([((Q, "sequence"), ["P2"])], f"{Q}.sequence", "exactly once"),
    "a minimum coverage of nothing": (
        [((Q, "minimum_coverage"), 0)],
        f"{Q}.minimum_coverage",
        "must be above 0 and at most 1",
    ),
    "a minimum coverage of more than all": ([((Q, "minimum_coverage"), "3/2")], f"{Q}.minimum_coverage", "at most 1"),
    "an item that weighs nothing": (
        [((*P2, "items", 0, "weight"), 0)],
        f"{Q}.perspectives[1]",
        'the weight of "P2.1" must be above 0',
    ),
    "a group that weighs less than nothing": (
        [((*P2, "groups", 0, "weight"), -1)],
        f"{Q}.perspectives[1]",
        'the weight of "P2.g" must be above 0',
    ),
    "an item inside a group that weighs nothing": (
        [((*P2, "groups", 0, "items", 0, "weight"), 0)],
        f"{Q}.perspectives[1].groups[0]",
        'the weight of "P2.2" must be above 0',
    ),
    "a sum inside a mean": (
        [((*P2, "groups", 0, "aggregate"), "sum")],
        f"{Q}.perspectives[1]",
        "can only be combined by sum or weighted-sum",
    ),
    # ladders
    "levels out of order": ([((*P2, "levels", 1, "key"), 3)], f"{Q}.perspectives[1].levels", "levels must be 1, 2, 3"),
    "thresholds that do not rise": (
        [((*P2, "levels", 1, "from"), "1/4")],
        f"{Q}.perspectives[1].levels",
        "thresholds (from) must rise",
    ),
    "a gate on an unknown member": (
        [((*P2, "levels", 1, "gates", 1, "member"), "P2.9")],
        f"{Q}.perspectives[1].levels[1].gates[1]",
        'there is no item or group "P2.9"',
    ),
    "a gate on an item of another perspective": (
        [((*P2, "levels", 1, "gates", 1, "member"), "P1.1")],
        f"{Q}.perspectives[1].levels[1].gates[1]",
        'there is no item or group "P1.1"',
    ),
    "a gate that is always open": (
        [((*P2, "levels", 1, "gates", 0, "at_least"), 0)],
        f"{Q}.perspectives[1].levels[1].gates[0]",
        "at_least must be above 0",
    ),
    # items and scales
    "a stage without its description": (
        [((*ITEM, "anchors"), lambda anchors: {2: anchors[2]}), (("rules", 0, "rewords", "P1.1"), without("anchors"))],
        f"{Q}.perspectives[0].items[0].anchors",
        "the description of stage 1 is missing",
    ),
    "a description of a stage that the scale does not have": (
        [((*ITEM, "anchors"), lambda anchors: anchors | {3: anchors[1]})],
        f"{Q}.perspectives[0].items[0].anchors[3]",
        'the scale has no option "3"',
    ),
    "an item judged by an unknown role": (
        [((*ITEM, "judged_by"), ["mayor"])],
        f"{Q}.perspectives[0].items[0].judged_by",
        'there is no role "mayor"',
    ),
    "an item with an unknown reference": (
        [((*ITEM, "origin"), UNKNOWN_ORIGIN)],
        f"{Q}.perspectives[0].items[0].origin.references",
        'there is no reference "nowhere"',
    ),
    "a perspective with an unknown reference": (
        [((*P1, "origin"), UNKNOWN_ORIGIN)],
        f"{Q}.perspectives[0].origin.references",
        'there is no reference "nowhere"',
    ),
    "an item with an unknown scale": (
        [((*ITEM, "scale"), "decibel")],
        f"{Q}.perspectives[0].items[0].scale",
        "one of: stages-0-2, yes-partly-no",
    ),
    "an origin in the source without lines": (
        [((*ITEM, "origin"), {"kind": "source"})],
        f"{Q}.perspectives[0].items[0].origin",
        "without lines of the source",
    ),
    "points that do not rise": (
        [((Q, "scales", 1, "options", 1, "points"), 0)],
        f"{Q}.scales[1].options",
        "at least two options with rising points",
    ),
    "a context question without choices": (
        [
            (
                (Q, "context"),
                plus({"id": "K9", "kind": "choice", "question": {"de": "Was?", "en": "What?"}, "choices": []}),
            )
        ],
        f"{Q}.context[3].choices",
        "",
    ),
    "a matrix without labels": ([((Q, "context", 1, "labels"), [])], f"{Q}.context[1].labels", ""),
    "a term without words": ([((Q, "context", 2, "terms", 0, "words"), [])], f"{Q}.context[2].terms[0].words", ""),
    # practices
    "an example for an unknown item": (
        [(("practices", 0, "items", 0, "item"), "P9.9")],
        "practices[0].items[0]",
        'there is no item "P9.9"',
    ),
    "an example at a stage without description": (
        [(("practices", 0, "items", 1, "stage"), 1)],
        "practices[0].items[1].stage",
        'there is no stage of P1.2 "1"',
    ),
    "an example that names an item twice": (
        [(("practices", 0, "items"), doubled)],
        "practices[0].items",
        'the id "P1.1" occurs 2 times',
    ),
    "an example under the wrong perspective": (
        [(("practices", 0, "perspectives"), ["P1", "P2"])],
        "practices[0].perspectives",
        "does not match the items, which lie in: P1",
    ),
    "an example under a condition on an unknown question": (
        [(("practices", 0, "conditions", 0, "holds", "context", "question"), "K9")],
        "practices[0].conditions[0].holds",
        'there is no choice question "K9"',
    ),
    "an example with news from an unknown reference": (
        [(("practices", 0), lambda p: p | {"since": [{"text": {"de": "Neu", "en": "New"}, "reference": "nowhere"}]})],
        "practices[0].since[0].reference",
        'there is no reference "nowhere"',
    ),
}


def test_the_questionnaire_of_these_tests_is_sound() -> None:
    assert problems(dump(sound())) == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_checker_finds_with_its_exact_place(mistake: str) -> None:
    changes, place, message = MISTAKES[mistake]
    found = problems(changed(dump(sound()), *changes))
    assert [problem.path for problem in found] == [place]
    assert message in found[0].message.en
    assert found[0].message.de != found[0].message.en


SEVERAL = (
    "two rules with one id",
    "an item that weighs nothing",
    "a gate on an unknown member",
    "a stage without its description",
    "an item that no step lifts",
    "a question about an unknown perspective",
    "a placeholder with an unknown form",
    "an example under the wrong perspective",
)


def test_several_mistakes_at_once_are_all_reported() -> None:
    changes = [change for mistake in SEVERAL for change in MISTAKES[mistake][0]]
    found = problems(changed(dump(sound()), *changes))
    assert sorted(problem.path for problem in found) == sorted(MISTAKES[mistake][1] for mistake in SEVERAL)


def test_several_unreadable_values_at_once_are_all_reported() -> None:
    changes: list[Change] = [
        ((*ITEM, "statement"), without("en")),
        ((*P1, "aggregate"), "average"),
        (("rules", 1), without("first")),
        (("rules", 2, "when"), {"stage_above": 3}),
        (("recommendations", 0, "effort", "class"), "huge"),
        (("practices", 0, "facts", 0, "lines"), ["one"]),
    ]
    assert sorted(problem.path for problem in problems(changed(dump(sound()), *changes))) == [
        "practices[0].facts[0].lines[0]",
        "questionnaire.perspectives[0].aggregate",
        "questionnaire.perspectives[0].items[0].statement",
        "recommendations[0].effort.class",
        "rules[1]",
        "rules[2].when",
    ]


def test_a_problem_is_raised_as_one_text_with_every_place() -> None:
    with pytest.raises(Invalid, match=r"rules: the id .* occurs 2 times.*; questionnaire\.sequence: must name"):
        parse(changed(dump(sound()), (("rules", 1, "id"), "A1"), (("questionnaire", "sequence"), ["P1"])))


def test_a_published_version_is_read_without_the_checks_of_the_whole() -> None:
    data = changed(dump(sound()), (("rules", 1, "id"), "A1"))
    assert [rule.id for rule in parse(data, checked=False).rules] == ["A1", "A1", "H1", "E1"]


def sums(*members: Any) -> Questionnaire:
    return questionnaire(perspective("P1", *members, aggregate="sum"))


def test_a_sum_takes_items_of_any_scale_that_begins_at_nothing() -> None:
    assert problems(dump(sums(item("a", on=STAGES), item("b", on=YES_PARTLY_NO)))) == []


def sums_with_a_lowest_value() -> Iterator[Any]:
    from_one = item("a", on=stages(5, lowest=1))
    yield pytest.param(sums(from_one), "questionnaire.perspectives[0]", id="item")
    yield pytest.param(sums(group("g", from_one, aggregate="sum")), "questionnaire.perspectives[0].groups[0]", id="sum")
    yield pytest.param(sums(group("g", from_one, aggregate="mean")), "questionnaire.perspectives[0]", id="mean")
    deep = group("h", group("g", from_one, aggregate="minimum"), aggregate="median")
    yield pytest.param(sums(item("b"), deep), "questionnaire.perspectives[0]", id="deep")


@pytest.mark.parametrize(("unsound", "place"), list(sums_with_a_lowest_value()))
def test_in_a_sum_everything_must_be_able_to_be_worth_nothing(unsound: Questionnaire, place: str) -> None:
    """A sum leaves open members out; were they worth something at least, the value would lie below its range."""
    assert [problem.path for problem in problems(dump(unsound))] == [place]


@pytest.mark.parametrize("place", [("scales", 0, "options"), ("scales",), ("perspectives",)])
def test_a_questionnaire_has_a_scale_with_options_and_a_perspective(place: Place) -> None:
    data = changed(dump(questionnaire(perspective("P1", "a"))), ((Q, *place), []))
    assert [problem.place for problem in problems(data)] == [(Q, *place)]


@pytest.mark.parametrize("aggregate", ["median", "mean", "weighted-mean", "minimum", "maximum"])
def test_only_a_sum_combines_different_scales(aggregate: Any) -> None:
    unsound = questionnaire(perspective("P1", item("a"), item("b", on=YES_PARTLY_NO), aggregate=aggregate))
    assert [problem.path for problem in problems(dump(unsound))] == ["questionnaire.perspectives[0]"]


@pytest.mark.parametrize("aggregate", ["median", "mean", "weighted-mean", "minimum", "maximum"])
def test_only_a_sum_combines_sums(aggregate: Any) -> None:
    unsound = questionnaire(perspective("P1", item("a"), group("g", item("b"), aggregate="sum"), aggregate=aggregate))
    assert [problem.path for problem in problems(dump(unsound))] == ["questionnaire.perspectives[0]"]
    alone = questionnaire(perspective("P1", group("g", item("b"), aggregate="weighted-sum"), aggregate=aggregate))
    assert [problem.path for problem in problems(dump(alone))] == ["questionnaire.perspectives[0]"]


def test_a_questionnaire_that_recommends_nothing_needs_no_steps() -> None:
    assert problems(dump(questionnaire(perspective("P1", "a")))) == []


def test_steps_begin_at_the_lowest_stage_of_the_scale() -> None:
    one_to_three = perspective("P1", item("a", on=stages(3, lowest=1)))
    steps = [recommendation("P1", 1, "a"), recommendation("P1", 2, "a")]
    assert problems(dump(questionnaire(one_to_three, steps=steps))) == []
    never = [recommendation("P1", 0, "a"), *steps]
    assert [problem.path for problem in problems(dump(questionnaire(one_to_three, steps=never)))] == [
        "recommendations[0]"
    ]


def test_no_option_is_called_like_the_answer_cannot_judge() -> None:
    data = changed(dump(sound()), ((Q, "scales", 1, "options", 0, "key"), "cannot-judge"))
    assert [problem.path for problem in problems(data)] == [f"{Q}.scales[1].options"]


def test_a_reference_that_is_known_may_be_cited_everywhere() -> None:
    cited = Origin("beyond", references=("book",))
    q = sound()
    assert problems(dump(replace(q, rules=tuple(replace(rule, origin=cited) for rule in q.rules)))) == []


def test_a_local_word_that_is_known_may_stand_in_every_form() -> None:
    text = Wording("{Council:nom} {council:pl-gen}", "{Council:bare} {council:acc}")
    q = sound()
    assert problems(dump(replace(q, rules=tuple(replace(rule, text=text) for rule in q.rules)))) == []


def test_a_sum_has_no_stages_and_so_no_recommendations() -> None:
    mixed = perspective("P1", item("a", on=stages(2)), item("b"), aggregate="sum")
    found = problems(dump(questionnaire(mixed, steps=recommendations(mixed))))
    assert [problem.path for problem in found] == ["recommendations"]
