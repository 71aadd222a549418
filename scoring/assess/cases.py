"""Worked examples beside a questionnaire: answers and the values a domain expert expects, to be checked by hand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
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
    perspectives = [perspective.id for perspective in questionnaire.perspectives]
    for key, expected in node.fields((), (*perspectives, "every", *FOUND)).items():
        if key in perspectives:
            yield from _perspective(result[key], expected)
        elif key == "every":
            for one in result.perspectives:
                yield from _perspective(one, expected)
        else:
            yield from _same(expected, FOUND[key](_Case(questionnaire, sheet, result, expected)))


@dataclass(frozen=True, slots=True)
class _Case:
    """One expectation of a worked example, and what it is held against."""

    questionnaire: Questionnaire
    sheet: Sheet
    result: Result
    expected: Node


def _hints(case: _Case) -> list[str]:
    return [rule.id for rule in hints(case.questionnaire, case.result)]


def _steps(case: _Case) -> list[str]:
    return [step.recommendation.id for step in next_steps(case.questionnaire, case.result)]


def _first_step(case: _Case) -> str | None:
    return next(iter(_steps(case)), None)


def _priorities(case: _Case) -> list[str]:
    steps = next_steps(case.questionnaire, case.result)
    return list(dict.fromkeys(step.recommendation.perspective for step in steps if step.priority))


def _suitable(case: _Case) -> dict[str, list[str]]:
    """The examples that fit, in each perspective named."""
    comparisons = compare(case.questionnaire, case.result)
    found = {named: suitable(case.questionnaire, comparisons, named) for named in case.expected.entries()}
    return {named: [comparison.practice.id for comparison in fitting] for named, fitting in found.items()}


def _comparison(case: _Case) -> dict[str, dict[str, str]]:
    """What the named examples say about the named items and conditions."""
    by_id = {comparison.practice.id: comparison for comparison in compare(case.questionnaire, case.result)}
    found: dict[str, dict[str, str]] = {}
    for practice, entry in case.expected.fields((), tuple(by_id)).items():
        comparison = by_id[practice]
        statuses: dict[str, str] = {item.documented.item: item.status for item in comparison.items}
        statuses |= {condition.condition.id: condition.status for condition in comparison.conditions}
        found[practice] = {key: statuses.get(key, "absent") for key in entry.entries()}
    return found


def _not_asked(case: _Case) -> list[str]:
    asked = {item.id for item in asked_items(case.questionnaire, case.sheet)}
    return [item for item in case.questionnaire.items if item not in asked]


def _reworded(case: _Case) -> list[str]:
    in_force = applied_rules(case.questionnaire, case.sheet.context).in_force
    return [item for rule in in_force for item in rule.rewords]


def _counts_alike(case: _Case) -> list[str]:
    steps = (step for one in case.result.perspectives for step in one.trace)
    return list(dict.fromkeys(step.rule for step in steps if isinstance(step, CountsAlike)))


FOUND: Mapping[str, Callable[[_Case], Any]] = {
    "hints": _hints,
    "steps": _steps,
    "first_step": _first_step,
    "priorities": _priorities,
    "suitable": _suitable,
    "comparison": _comparison,
    "not_asked": _not_asked,
    "reworded": _reworded,
    "counts_alike": _counts_alike,
}
"""What can be expected of the whole, by the word for it in `cases.yaml`."""


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
