"""The questionnaire of the eight practice perspectives: sound, complete, and every rule proven by a worked example."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from scoring.assess.cases import failed_cases
from scoring.model.conditions import questions_in
from scoring.model.origin import Origin
from scoring.model.practices import DocumentedItem, Fact
from scoring.model.questionnaire import Questionnaire
from scoring.model.rules import Applicability, Equivalence, Plausibility, Precondition, Rule
from selfcheck.reading import catalogue
from selfcheck.reading.files import read_file
from tests.scoring.strategies import REAL

FOLDER = catalogue.folder("integrated-planning", "2026-1")
CASES = FOLDER / "cases.yaml"
LAST_LINE = 407


def cases() -> list[Any]:
    found: list[Any] = read_file(CASES, catalogue.LIMIT).data
    return found


def names() -> list[Any]:
    """Every worked example; one that is missing when the file is, so that the test fails and is not skipped."""
    if not CASES.exists():
        return [pytest.param({}, id="cases.yaml is missing")]
    return [pytest.param(case, id=case["name"]["en"]) for case in cases()]


def test_the_questionnaire_is_sound() -> None:
    assert catalogue.read(FOLDER) == REAL


@pytest.mark.parametrize("case", names())
def test_the_worked_example_holds(case: Any) -> None:
    assert [(problem.path, problem.message.en) for problem in failed_cases(REAL, [case])] == []


@pytest.mark.parametrize("case", names())
def test_the_worked_example_expects_something_and_says_why_in_both_languages(case: Any) -> None:
    assert case["expect"]
    assert {language for language, text in case.get("why", {}).items() if text.strip()} == {"de", "en"}


def decisive(rule: Rule) -> bool:
    """Whether leaving the rule out changes what a municipality is told."""
    return isinstance(rule, Precondition | Plausibility) or (isinstance(rule, Applicability) and bool(rule.removes))


@pytest.mark.parametrize("rule", [rule for rule in REAL.rules if decisive(rule)], ids=lambda rule: rule.id)
def test_a_worked_example_fails_without_the_rule(rule: Rule) -> None:
    without = replace(REAL, rules=tuple(other for other in REAL.rules if other is not rule))
    assert failed_cases(without, cases())


REWORDING = [rule for rule in REAL.rules if isinstance(rule, Applicability) and rule.rewords]


@pytest.mark.parametrize("rule", REWORDING, ids=lambda rule: rule.id)
def test_a_worked_example_fails_without_the_other_wording(rule: Applicability) -> None:
    plain = tuple(replace(other, rewords={}) if other is rule else other for other in REAL.rules)
    assert failed_cases(replace(REAL, rules=plain), cases())


EQUIVALENT = [rule for rule in REAL.rules if isinstance(rule, Equivalence)]


@pytest.mark.parametrize("rule", EQUIVALENT, ids=lambda rule: rule.id)
def test_a_worked_example_fails_without_the_equivalence(rule: Equivalence) -> None:
    without = replace(REAL, rules=tuple(other for other in REAL.rules if other is not rule))
    assert failed_cases(without, cases())


def inside(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Everything inside the questionnaire, with where it stands."""
    yield place, value
    if is_dataclass(value):
        at = f"{place} {getattr(value, 'id', '')}".strip()
        for field in fields(value):
            yield from inside(getattr(value, field.name), at)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from inside(part, place)
    elif isinstance(value, dict):
        for part in value.values():
            yield from inside(part, place)


def test_every_cited_line_lies_within_the_source() -> None:
    cited = [
        (place, line)
        for place, value in inside(REAL)
        if isinstance(value, Origin | Fact | DocumentedItem)
        for line in value.lines
    ]
    assert len(cited) > 200
    assert [(place, line) for place, line in cited if not 1 <= line <= LAST_LINE] == []


def test_cited_lines_rise_and_none_is_cited_twice_in_one_place() -> None:
    for place, value in inside(REAL):
        if isinstance(value, Origin | Fact | DocumentedItem):
            assert list(value.lines) == sorted(set(value.lines)), place


def test_every_fact_and_every_comparison_of_an_example_has_a_line() -> None:
    for practice in REAL.practices:
        assert practice.facts
        assert all(fact.lines for fact in practice.facts), practice.id
        assert all(item.lines for item in practice.items), practice.id


def test_there_are_49_items_and_two_core_items_in_each_of_eight_perspectives() -> None:
    assert [perspective.id for perspective in REAL.perspectives] == [f"P{number}" for number in range(1, 9)]
    assert len(REAL.items) == 49
    assert [sum(item.core for item in perspective.items) for perspective in REAL.perspectives] == [2] * 8


def test_every_item_describes_every_stage_above_0_and_says_who_can_judge_it() -> None:
    for item in REAL.items.values():
        assert [option.key for option in item.scale.options] == [0, 1, 2, 3, 4]
        assert list(item.anchors) == [1, 2, 3, 4], item.id
        assert item.judged_by, item.id
        assert item.evidence, item.id


def test_every_value_is_a_median_and_none_is_a_total() -> None:
    for perspective in REAL.perspectives:
        assert perspective.root.aggregate == "median"
        assert not perspective.root.groups
        assert not perspective.levels
        assert {item.weight for item in perspective.items} == {1}


def test_one_recommendation_leads_from_each_stage_to_the_next() -> None:
    transitions = [(step.perspective, step.from_stage, step.to_stage) for step in REAL.recommendations]
    assert transitions == [(f"P{number}", stage, stage + 1) for number in range(1, 9) for stage in range(4)]
    assert len(transitions) == 32


def test_a_recommendation_is_named_after_its_transition() -> None:
    for step in REAL.recommendations:
        assert step.id == f"{step.perspective}-{step.from_stage}-{step.to_stage}"


def test_eight_municipalities_give_good_examples() -> None:
    assert {practice.municipality for practice in REAL.practices} == {
        "Düsseldorf",
        "Emden",
        "Jena",
        "Kreis Pinneberg",
        "Landkreis Sömmerda",
        "Landkreis Vorpommern-Greifswald",
        "Landkreis Zwickau",
        "Rheinisch-Bergischer Kreis",
    }


def test_every_rule_of_the_report_is_there() -> None:
    numbers = {rule.id.rstrip("abc") for rule in REAL.rules}
    assert numbers >= {f"R{number}" for number in range(1, 21)}


def test_every_rule_that_reads_the_context_has_a_worked_example_that_gives_it() -> None:
    given = {question for case in cases() for question in case.get("context", {})}
    read = {question for rule in REAL.rules if rule.when is not None for question in questions_in(rule.when)}
    assert read <= given


def test_the_sequence_for_beginners_names_the_leader_first() -> None:
    assert REAL.sequence == ("P7", "P2", "P1", "P3", "P4", "P5", "P6", "P8")


def languages(questionnaire: Questionnaire) -> Iterator[tuple[str, str, str]]:
    for place, value in inside(questionnaire):
        if hasattr(value, "de") and isinstance(value.de, str):
            yield place, value.de, value.en


def test_no_text_is_the_same_in_both_languages_unless_it_is_a_name() -> None:
    """A German sentence left in the English column is the mistake this finds."""
    assert [(place, de) for place, de, en in languages(REAL) if de == en and len(de.split()) > 4] == []
