"""Which items a municipality is asked: the applicability rules read against its context, within the chosen scope."""

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.assess import context as context_of
from scoring.model.answers import Context, Sheet
from scoring.model.conditions import Facts, holds, questions_in
from scoring.model.questionnaire import Item, Questionnaire
from scoring.model.rules import Applicability


@dataclass(frozen=True, slots=True)
class Applied:
    """The applicability rules in force: which rule takes out which item, and which are undecided and why."""

    removed: Mapping[str, str]
    in_force: tuple[Applicability, ...]
    undecided: Mapping[str, tuple[str, ...]]


def applied_rules(questionnaire: Questionnaire, context: Context) -> Applied:
    """Read the applicability rules against the context; an undecided rule takes nothing out."""
    facts = Facts({}, {}, context.choices, context_of.numbers(questionnaire, context))
    missing = context_of.open_questions(questionnaire, context)
    removed: dict[str, str] = {}
    undecided: dict[str, tuple[str, ...]] = {}
    in_force: list[Applicability] = []
    for rule in questionnaire.rules:
        if not isinstance(rule, Applicability):
            continue
        match holds(rule.when, facts):
            case True:
                in_force.append(rule)
                for item in items_named(questionnaire, rule.removes):
                    removed.setdefault(item.id, rule.id)
            case None:
                undecided[rule.id] = tuple(q for q in questions_in(rule.when) if q in missing)
            case False:
                pass
    return Applied(removed, tuple(in_force), undecided)


def asked_items(questionnaire: Questionnaire, sheet: Sheet) -> tuple[Item, ...]:
    """The items this municipality is asked: inside the chosen scope and not taken out by a rule."""
    removed = applied_rules(questionnaire, sheet.context).removed
    return tuple(i for i in questionnaire.items.values() if in_scope(questionnaire, i, sheet) and i.id not in removed)


def in_scope(questionnaire: Questionnaire, item: Item, sheet: Sheet) -> bool:
    """Whether the chosen check (full, short or some perspectives) holds the item."""
    match sheet.scope:
        case "full":
            return True
        case "short":
            return item.core
        case perspectives:
            return questionnaire.perspective_of[item.id].id in perspectives


def items_named(questionnaire: Questionnaire, targets: tuple[str, ...]) -> list[Item]:
    """The items meant by ids of items and perspectives."""
    perspectives = {perspective.id: perspective.items for perspective in questionnaire.perspectives}
    return [
        item
        for target in targets
        for item in (perspectives[target] if target in perspectives else (questionnaire.items[target],))
    ]
