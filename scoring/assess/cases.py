"""Worked examples beside a questionnaire: answers and the values a domain expert expects, to be checked by hand."""

from collections.abc import Iterator, Mapping
from typing import Any

from scoring.assess.applicability import applied_rules, asked_items
from scoring.assess.assess import assess
from scoring.assess.compare import compare, suitable
from scoring.assess.hints import hints
from scoring.assess.result import CountsAlike, PerspectiveResult, Result
from scoring.assess.steps import next_steps
from scoring.model.answers import Sheet
from scoring.model.questionnaire import Questionnaire
from scoring.model.wording import Wording
from scoring.plain.problems import Invalid, Problem
from scoring.plain.reading import Node
from scoring.plain.sheets import parse_sheet

NUMBERS = ("value", "minimum", "lowest", "highest", "coverage")
EXPECTABLE = (*NUMBERS, "applicable", "certainty", "level", "answered", "asked")


def failed_cases(questionnaire: Questionnaire, data: Any) -> list[Problem]:
    """Everything in which the worked examples and the questionnaire disagree, with its place in the file."""
    problems: list[Problem] = []
    for node in Node(data, (), problems).sequence():
        entries = node.fields(("name", "expect"), ("context", "scope", "all", "answers", "why"))
        entries["name"].wording()
        given = entries.get("answers")
        if not isinstance(node.value, Mapping) or (given is not None and not given.is_mapping()):
            continue
        try:
            sheet = _sheet(questionnaire, node)
        except Invalid as invalid:
            problems.extend(Problem((*node.place, *problem.place), problem.message) for problem in invalid.problems)
            continue
        problems.extend(_differences(questionnaire, sheet, entries["expect"]))
    return problems


def _sheet(questionnaire: Questionnaire, node: Node) -> Sheet:
    """The sheet of a case; `all` answers every item before `answers` replaces some."""
    data = node.value
    answers = dict.fromkeys(questionnaire.items, data["all"]) if "all" in data else {}
    whole = {
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "scope": data.get("scope", "full"),
        "context": data.get("context", {}),
        "answers": {**answers, **data.get("answers", {})},
    }
    return parse_sheet(whole, questionnaire)


def _differences(questionnaire: Questionnaire, sheet: Sheet, node: Node) -> Iterator[Problem]:
    result = assess(questionnaire, sheet)
    others = (
        "hints",
        "steps",
        "first_step",
        "priorities",
        "suitable",
        "comparison",
        "not_asked",
        "reworded",
        "counts_alike",
    )
    perspectives = [perspective.id for perspective in questionnaire.perspectives]
    for key, expected in node.fields((), (*perspectives, "every", *others)).items():
        if key in perspectives:
            yield from _perspective(result[key], expected)
        elif key == "every":
            for one in result.perspectives:
                yield from _perspective(one, expected)
        else:
            yield from _same(expected, _found(questionnaire, sheet, result, key, expected))


def _found(questionnaire: Questionnaire, sheet: Sheet, result: Result, key: str, expected: Node) -> Any:
    match key:
        case "hints":
            return [rule.id for rule in hints(questionnaire, result)]
        case "steps":
            return [step.recommendation.id for step in next_steps(questionnaire, result)]
        case "first_step":
            return next((step.recommendation.id for step in next_steps(questionnaire, result)), None)
        case "priorities":
            steps = next_steps(questionnaire, result)
            return list(dict.fromkeys(step.recommendation.perspective for step in steps if step.priority))
        case "reworded":
            in_force = applied_rules(questionnaire, sheet.context).in_force
            return [item for rule in in_force for item in rule.rewords]
        case "counts_alike":
            steps_of_trace = (step for one in result.perspectives for step in one.trace)
            return list(dict.fromkeys(step.rule for step in steps_of_trace if isinstance(step, CountsAlike)))
        case "not_asked":
            asked = {item.id for item in asked_items(questionnaire, sheet)}
            return [item for item in questionnaire.items if item not in asked]
        case "suitable":
            comparisons = compare(questionnaire, result)
            return {p: [c.practice.id for c in suitable(questionnaire, comparisons, p)] for p in expected.entries()}
        case _:
            return _statuses(questionnaire, result, expected)


def _statuses(questionnaire: Questionnaire, result: Result, expected: Node) -> dict[str, dict[str, str]]:
    """What the named examples say about the named items and conditions."""
    by_id = {comparison.practice.id: comparison for comparison in compare(questionnaire, result)}
    found: dict[str, dict[str, str]] = {}
    for practice, entry in expected.fields((), tuple(by_id)).items():
        comparison = by_id[practice]
        statuses: dict[str, str] = {item.documented.item: item.status for item in comparison.items}
        statuses |= {condition.condition.id: condition.status for condition in comparison.conditions}
        found[practice] = {key: statuses.get(key, "absent") for key in entry.entries()}
    return found


def _perspective(result: PerspectiveResult, node: Node) -> Iterator[Problem]:
    for key, expected in node.fields((), EXPECTABLE).items():
        actual = getattr(result, key)
        if key in NUMBERS and expected.value is not None and actual is not None:
            if expected.number() != actual:
                yield _difference(expected, f"{result.perspective}: {actual}")
        elif expected.value != actual:
            yield _difference(expected, f"{result.perspective}: {actual}")


def _same(expected: Node, actual: Any) -> Iterator[Problem]:
    if expected.value != actual:
        yield _difference(expected, actual)


def _difference(expected: Node, actual: Any) -> Problem:
    return Problem(
        expected.place,
        Wording(
            f"erwartet ist {expected.value}, herauskommt {actual}", f"expected is {expected.value}, found is {actual}"
        ),
    )
