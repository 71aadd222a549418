"""The rules of a questionnaire as JSONLogic, and from there as text for ZEN and for Python. Only for comparison.

The three truth values become two questions, each with a plain answer: does it certainly hold, does it certainly not.
JSONLogic has no median, so the perspectives have to use the mean. It cannot count distinct things either: the numbers
of the organisation matrix are given to the others ready-made. Only the full check, one group a perspective.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, assert_never

from scoring.assess import context as context_of
from scoring.assess.applicability import items_named
from scoring.model.answers import Sheet
from scoring.model.conditions import (
    Condition,
    ContextIs,
    FactBetween,
    ItemsAtLeast,
    PerspectiveAtLeast,
    PerspectiveAtMost,
    StageAtLeast,
    StageAtMost,
)
from scoring.model.logic import AllOf, AnyOf, Not
from scoring.model.questionnaire import MATRIX_FACTS, ChoiceQuestion, MatrixQuestion, Perspective, Questionnaire
from scoring.model.rules import Applicability, Plausibility

Logic = Any
"""A JSONLogic expression."""
Data = dict[str, Any]

NOT_APPLICABLE = -1
UNANSWERED = -2
"""Open and *cannot judge* are the same to every rule."""
UNKNOWN = -1
"""A number of the organisation matrix that is not complete."""
NO_CHOICE = ""


def name_of(id: str, *rest: str) -> str:
    """An id without dots, which JSONLogic reads as a path."""
    return "_".join((id, *rest)).replace(".", "_")


@dataclass(frozen=True, slots=True)
class Program:
    """The lowered questionnaire: each stage may read the inputs and what earlier stages have named."""

    inputs: tuple[str, ...]
    stages: tuple[Mapping[str, Logic], ...]
    perspectives: tuple[str, ...]
    rules: tuple[str, ...]


def program(questionnaire: Questionnaire) -> Program:
    """Which rules take items out, which items are left, then the values and the questions about them."""
    rules = questionnaire.rules
    applicability = {rule.id: true(rule.when, questionnaire) for rule in rules if isinstance(rule, Applicability)}
    removed: dict[str, list[Logic]] = {}
    for rule in rules:
        if isinstance(rule, Applicability):
            for item in items_named(questionnaire, rule.removes):
                removed.setdefault(name_of(item.id), []).append(_var(rule.id))
    left = {item: {"if": [_any(by), NOT_APPLICABLE, _var(item)]} for item, by in removed.items()}
    values = {perspective.id: _mean(questionnaire, perspective) for perspective in questionnaire.perspectives}
    hints = {rule.id: true(rule.when, questionnaire) for rule in rules if isinstance(rule, Plausibility)}
    return Program(
        _inputs(questionnaire),
        (applicability, left, values | hints),
        tuple(values),
        (*applicability, *hints),
    )


def _inputs(questionnaire: Questionnaire) -> tuple[str, ...]:
    names: list[str] = []
    for question in questionnaire.context:
        if isinstance(question, ChoiceQuestion):
            names.append(name_of(question.id))
        elif isinstance(question, MatrixQuestion):
            names.extend(name_of(question.id, fact) for fact in MATRIX_FACTS)
    return (*names, *(name_of(item) for item in questionnaire.items))


def data_of(questionnaire: Questionnaire, sheet: Sheet) -> Data:
    """The answers as the flat data that the others read."""
    assert sheet.scope == "full"
    numbers = context_of.numbers(questionnaire, sheet.context)
    data: Data = {}
    for question in questionnaire.context:
        if isinstance(question, ChoiceQuestion):
            data[name_of(question.id)] = sheet.context.choices.get(question.id, NO_CHOICE)
        elif isinstance(question, MatrixQuestion):
            for fact in MATRIX_FACTS:
                data[name_of(question.id, fact)] = numbers.get((question.id, fact), UNKNOWN)
    for item in questionnaire.items.values():
        answer = sheet.answers.get(item.id)
        option = item.scale.option(answer.choice) if answer and answer.choice is not None else None
        data[name_of(item.id)] = _plain(option.points) if option else UNANSWERED
    return data


# --- to JSONLogic ------------------------------------------------------------------------------------------------


def true(condition: Condition, questionnaire: Questionnaire) -> Logic:
    """Whether the condition certainly holds."""
    match condition:
        case StageAtLeast(item, stage):
            return {">=": [_var(item), _plain(stage)]}
        case StageAtMost(item, stage):
            return _all([{">=": [_var(item), 0]}, {"<=": [_var(item), _plain(stage)]}])
        case ItemsAtLeast(count, stage, of):
            found = [true(StageAtLeast(item, stage), questionnaire) for item in of or questionnaire.items]
            return {">=": [_count(found), count]}
        case ContextIs(question, options):
            return {"in": [_var(question), list(options)]}
        case FactBetween(question, name, at_least, at_most):
            fact = _var(question, name)
            bounds = [] if at_least is None else [{">=": [fact, at_least]}]
            bounds += [] if at_most is None else [{"<=": [fact, at_most]}]
            return _all([{">=": [fact, 0]}, *bounds])
        case AllOf(parts):
            return _all([true(part, questionnaire) for part in parts])
        case AnyOf(parts):
            return _any([true(part, questionnaire) for part in parts])
        case Not(part):
            return false(part, questionnaire)
        case PerspectiveAtLeast() | PerspectiveAtMost():
            raise NotImplementedError("a hint or applicability rule that looks at a whole perspective")
        case _:
            assert_never(condition)


def false(condition: Condition, questionnaire: Questionnaire) -> Logic:
    """Whether the condition certainly does not hold. No stage condition holds for an item that does not apply."""
    match condition:
        case StageAtLeast(item, stage):
            below = _all([{">=": [_var(item), 0]}, {"<": [_var(item), _plain(stage)]}])
            return _any([{"==": [_var(item), NOT_APPLICABLE]}, below])
        case StageAtMost(item, stage):
            return _any([{"==": [_var(item), NOT_APPLICABLE]}, {">": [_var(item), _plain(stage)]}])
        case ItemsAtLeast(count, stage, of):
            ruled_out = [false(StageAtLeast(item, stage), questionnaire) for item in of or questionnaire.items]
            return {"<": [_count([{"!": [one]} for one in ruled_out]), count]}
        case ContextIs(question, options):
            return _all([{"!=": [_var(question), NO_CHOICE]}, {"!": [{"in": [_var(question), list(options)]}]}])
        case FactBetween(question, name):
            return _all([{">=": [_var(question, name), 0]}, {"!": [true(condition, questionnaire)]}])
        case AllOf(parts):
            return _any([false(part, questionnaire) for part in parts])
        case AnyOf(parts):
            return _all([false(part, questionnaire) for part in parts])
        case Not(part):
            return true(part, questionnaire)
        case PerspectiveAtLeast() | PerspectiveAtMost():
            raise NotImplementedError("a hint or applicability rule that looks at a whole perspective")
        case _:
            assert_never(condition)


def _mean(questionnaire: Questionnaire, perspective: Perspective) -> Logic:
    """The mean of the known items; nothing when too few of those that apply are known."""
    if perspective.root.groups or perspective.root.aggregate != "mean":
        raise NotImplementedError(f"{perspective.id}: only the mean of items")
    assert all(item.scale.lowest >= 0 for item in perspective.items), "negative points would look like no answer"
    items = [_var(item.id) for item in perspective.items]
    known = _count([{">=": [item, 0]} for item in items])
    asked = _count([{"!=": [item, NOT_APPLICABLE]} for item in items])
    share = questionnaire.minimum_coverage
    enough = {">=": [{"*": [known, share.denominator]}, {"*": [asked, share.numerator]}]}
    total = {"+": [{"if": [{">=": [item, 0]}, item, 0]} for item in items]}
    return {"if": [_all([{">": [known, 0]}, enough]), {"/": [total, known]}, None]}


def _var(id: str, *rest: str) -> Logic:
    return {"var": name_of(id, *rest)}


def _all(parts: list[Logic]) -> Logic:
    return parts[0] if len(parts) == 1 else {"and": parts}


def _any(parts: list[Logic]) -> Logic:
    return parts[0] if len(parts) == 1 else {"or": parts}


def _count(parts: list[Logic]) -> Logic:
    return {"+": [{"if": [part, 1, 0]} for part in parts]}


def _plain(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else float(number)


# --- from JSONLogic to text --------------------------------------------------------------------------------------


def zen_text(logic: Logic) -> str:
    """The expression in the language of ZEN."""
    match logic:
        case {"if": [condition, yes, no]}:
            return f"({zen_text(condition)} ? {zen_text(yes)} : {zen_text(no)})"
        case {"!": [part]}:
            return f"not ({zen_text(part)})"
        case None:
            return "null"
        case _:
            return _text(logic, zen_text)


def python_text(logic: Logic) -> str:
    """The expression in Python."""
    match logic:
        case {"if": [condition, yes, no]}:
            return f"({python_text(yes)} if {python_text(condition)} else {python_text(no)})"
        case {"!": [part]}:
            return f"(not {python_text(part)})"
        case _:
            return _text(logic, python_text)


def _text(logic: Logic, text: Any) -> str:
    match logic:
        case {"var": name}:
            return str(name)
        case {"in": [one, options]}:
            return f"({text(one)} in {options!r})"
        case dict():
            ((operator, parts),) = logic.items()
            return "(" + f" {operator} ".join(text(part) for part in parts) + ")"
        case _:
            return repr(logic)


def python_source(lowered: Program) -> str:
    """One function that does the whole program."""
    lines = ["def assessed(data):", *(f"    {name} = data[{name!r}]" for name in lowered.inputs)]
    lines += [f"    {name} = {python_text(logic)}" for stage in lowered.stages for name, logic in stage.items()]
    values, rules = (", ".join(names) for names in (lowered.perspectives, lowered.rules))
    return "\n".join([*lines, f"    return [{values}], [{rules}]", ""])
