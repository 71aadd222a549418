"""Whether conditions look at what the questionnaire has, and can be met at all."""

from fractions import Fraction
from typing import assert_never

from scoring.model.conditions import (
    Condition,
    ContextIs,
    FactBetween,
    ItemsAtLeast,
    PerspectiveAtLeast,
    PerspectiveAtMost,
    StageAtLeast,
    StageAtMost,
    leaves,
)
from scoring.model.questionnaire import ChoiceQuestion, MatrixQuestion, Questionnaire
from scoring.plain.problems import Place, Problems, problem, unknown


def condition(q: Questionnaire, place: Place, condition: Condition) -> Problems:
    """What is wrong with a condition, leaf by leaf."""
    for leaf in leaves(condition):
        match leaf:
            case StageAtLeast(item, stage) | StageAtMost(item, stage):
                yield from _stage_of_item(q, place, item, stage)
            case ItemsAtLeast():
                yield from _items_at_least(q, place, leaf)
            case PerspectiveAtLeast(perspective, _) | PerspectiveAtMost(perspective, _):
                if perspective not in {p.id for p in q.perspectives}:
                    yield unknown(place, "Die Praxisperspektive", "perspective", perspective)
            case ContextIs():
                yield from _context_is(q, place, leaf)
            case FactBetween():
                yield from _fact_between(q, place, leaf)
            case _:
                assert_never(leaf)


def _items_at_least(q: Questionnaire, place: Place, leaf: ItemsAtLeast) -> Problems:
    items = leaf.of or tuple(q.items)
    for item in items:
        yield from _stage_of_item(q, place, item, leaf.stage)
    if leaf.count > len(items):
        de, en = "so viele Merkmale gibt es nicht", "there are not so many items"
        yield problem(place, f"count {leaf.count}: {de}", f"count {leaf.count}: {en}")


def _stage_of_item(q: Questionnaire, place: Place, item: str, stage: Fraction) -> Problems:
    if item not in q.items:
        yield unknown(place, "Das Merkmal", "item", item)
    elif stage not in {option.points for option in q.items[item].scale.options}:
        yield unknown(place, f"Für {item} die Stufe", f"stage of {item}", stage)


def _context_is(q: Questionnaire, place: Place, leaf: ContextIs) -> Problems:
    asked = next((question for question in q.context if question.id == leaf.question), None)
    if not isinstance(asked, ChoiceQuestion):
        yield unknown(place, "Die Auswahlfrage", "choice question", leaf.question)
        return
    for option in set(leaf.options) - {choice.key for choice in asked.choices}:
        yield unknown(place, f"In {leaf.question} die Antwort", f"answer to {leaf.question}", option)


def _fact_between(q: Questionnaire, place: Place, leaf: FactBetween) -> Problems:
    if leaf.question not in {question.id for question in q.context if isinstance(question, MatrixQuestion)}:
        yield unknown(place, "Die Organisationsmatrix", "organisation matrix", leaf.question)
    if leaf.at_least is not None and leaf.at_most is not None and leaf.at_least > leaf.at_most:
        de, en = "at_least ist größer als at_most: nie erfüllt", "at_least exceeds at_most: never true"
        yield problem(place, de, en)
