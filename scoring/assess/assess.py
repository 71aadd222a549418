"""From answers to a result: which items count, what value they make, how far it is settled, and why."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil

from scoring.assess import context as context_of
from scoring.assess.applicability import Applied, applied_rules, in_scope, items_named
from scoring.assess.result import (
    Certainty,
    Combined,
    Counted,
    CountsAlike,
    LeftOut,
    LevelReached,
    NotAsked,
    PerspectiveResult,
    Ranged,
    Result,
    Step,
    Throughout,
    TooFew,
    Undecided,
)
from scoring.model.aggregates import WEIGHTED, combined
from scoring.model.answers import Sheet
from scoring.model.conditions import Absent, Facts, holds
from scoring.model.questionnaire import Group, Item, Level, Perspective, Questionnaire
from scoring.model.rules import Applicability, Equivalence

Points = Mapping[str, Fraction]


def assess(questionnaire: Questionnaire, sheet: Sheet) -> Result:
    """The result of one municipality's answers.

    An item left open widens the range; one that does not apply is not counted; neither is zero.
    """
    rules = applied_rules(questionnaire, sheet.context)
    stages = _stages(questionnaire, sheet, rules)
    choices = sheet.context.choices
    numbers = context_of.numbers(questionnaire, sheet.context)
    asked = {p.id: _asked(questionnaire, p, sheet, stages) for p in questionnaire.perspectives}
    values = {p.id: _value(questionnaire, p, asked[p.id], stages) for p in questionnaire.perspectives}
    facts = Facts(stages, values, choices, numbers)
    return Result(
        tuple(_perspective(questionnaire, p, asked[p.id], sheet, rules, facts) for p in questionnaire.perspectives),
        facts,
    )


def _stages(questionnaire: Questionnaire, sheet: Sheet, rules: Applied) -> dict[str, Fraction | Absent]:
    return {item.id: _stage(questionnaire, sheet, rules, item) for item in questionnaire.items.values()}


def _stage(questionnaire: Questionnaire, sheet: Sheet, rules: Applied, item: Item) -> Fraction | Absent:
    if item.id in rules.removed:
        return Absent.NOT_APPLICABLE
    if not in_scope(questionnaire, item, sheet):
        return Absent.OPEN
    choice, _ = sheet.standing(item)
    if option := item.scale.option(choice) if choice is not None else None:
        return option.points
    answer = sheet.answers.get(item.id)
    return Absent.CANNOT_JUDGE if answer and answer.cannot_judge else Absent.OPEN


def _known(perspective: Perspective, stages: Mapping[str, Fraction | Absent]) -> Points:
    reached = ((item.id, stages[item.id]) for item in perspective.items)
    return {item: points for item, points in reached if isinstance(points, Fraction)}


def _needed(questionnaire: Questionnaire, asked: int) -> int:
    return max(1, ceil(questionnaire.minimum_coverage * asked))


def _asked(
    questionnaire: Questionnaire, perspective: Perspective, sheet: Sheet, stages: Mapping[str, Fraction | Absent]
) -> list[Item]:
    return [
        item
        for item in perspective.items
        if in_scope(questionnaire, item, sheet) and stages[item.id] is not Absent.NOT_APPLICABLE
    ]


def _value(
    questionnaire: Questionnaire, perspective: Perspective, asked: list[Item], stages: Mapping[str, Fraction | Absent]
) -> Fraction | None:
    known = _known(perspective, stages)
    return value_of(perspective.root, known) if known and len(known) >= _needed(questionnaire, len(asked)) else None


def _perspective(
    questionnaire: Questionnaire,
    perspective: Perspective,
    asked: list[Item],
    sheet: Sheet,
    rules: Applied,
    facts: Facts,
) -> PerspectiveResult:
    inside = [item.id for item in perspective.items if in_scope(questionnaire, item, sheet)]
    notes = _rule_steps(questionnaire, inside, rules, facts)
    if not asked:
        return PerspectiveResult(perspective.id, False, 0, 0, None, None, None, None, None, None, notes)
    known = _known(perspective, facts.stages)
    missing = [item for item in asked if item.id not in known]
    lowest, highest = (value_of(perspective.root, points) for points in _bounds(known, missing))
    assert lowest is not None
    assert highest is not None
    value = facts.values[perspective.id]
    minimum = _minimum(asked, known) if value is not None else None
    level = _level_step(perspective, known, asked, missing) if perspective.levels and value is not None else None
    steps: list[Step] = [*notes, *_item_steps(asked, sheet, facts)]
    if value is None:
        steps.append(TooFew(len(known), len(asked), _needed(questionnaire, len(asked))))
    else:
        steps.extend(_group_steps(perspective.root, known))
    if minimum is not None:
        steps.append(_throughout(minimum, known, missing))
    if missing:
        steps.append(Ranged(lowest, highest, tuple(item.id for item in missing)))
    if level:
        steps.append(level)
    return PerspectiveResult(
        perspective=perspective.id,
        applicable=True,
        asked=len(asked),
        answered=len(known),
        value=value,
        minimum=minimum,
        lowest=lowest,
        highest=highest,
        certainty=_certainty(questionnaire, value, lowest, highest),
        level=level.level if level else None,
        trace=tuple(steps),
    )


def _bounds(known: Points, missing: list[Item]) -> tuple[Points, Points]:
    """The points there could be at least and at most, once everything is answered."""
    lowest = {item.id: item.scale.lowest for item in missing}
    highest = {item.id: item.scale.highest for item in missing}
    return {**known, **lowest}, {**known, **highest}


def _throughout(minimum: Fraction, known: Points, missing: list[Item]) -> Throughout:
    at_minimum = tuple(item for item, points in known.items() if points == minimum)
    return Throughout(minimum, at_minimum, len(missing))


def value_of(group: Group, points: Points) -> Fraction | None:
    """The group's value from the points of its items; nothing when no item inside has points."""
    parts = [(member.weight, value) for member, value in _member_values(group, points) if value is not None]
    return combined(group.aggregate, parts) if parts else None


def _member_values(group: Group, points: Points) -> list[tuple[Item | Group, Fraction | None]]:
    return [
        (member, points.get(member.id) if isinstance(member, Item) else value_of(member, points))
        for member in group.members
    ]


def _minimum(asked: list[Item], known: Points) -> Fraction | None:
    """The stage that every answered item has reached; only where all items share one scale."""
    return min(known.values()) if len({item.scale.id for item in asked}) == 1 else None


def _certainty(questionnaire: Questionnaire, value: Fraction | None, lowest: Fraction, highest: Fraction) -> Certainty:
    if lowest == highest and value is not None:
        return "settled"
    return "likely" if value is not None and highest - lowest <= questionnaire.likely_within else "open"


def level_at(perspective: Perspective, points: Points, asked: list[Item]) -> int:
    """The highest level whose value, gates and lower levels are all reached; 0 when none is.

    What is open counts as the lowest answer at a gate; a gate on something that does not apply stands open.
    """
    at_gates = {item.id: points.get(item.id, item.scale.lowest) for item in asked}
    reached = 0
    for level in perspective.levels:
        if not _reaches(level, perspective, points, at_gates):
            break
        reached = level.key
    return reached


def _reaches(level: Level, perspective: Perspective, points: Points, at_gates: Points) -> bool:
    value = value_of(perspective.root, points)
    if level.from_value is not None and (value is None or value < level.from_value):
        return False
    groups = {group.id: value_of(group, at_gates) for group in perspective.root.all_groups()}
    members: dict[str, Fraction | None] = {**groups, **at_gates}
    reached = ((members.get(gate.member), gate.at_least) for gate in level.gates)
    return all(here is None or here >= wanted for here, wanted in reached)


def _level_step(perspective: Perspective, known: Points, asked: list[Item], missing: list[Item]) -> LevelReached:
    lowest, highest = _bounds(known, missing)
    return LevelReached(*(level_at(perspective, points, asked) for points in (known, lowest, highest)))


def _rule_steps(questionnaire: Questionnaire, items: list[str], rules: Applied, facts: Facts) -> tuple[Step, ...]:
    """What rules say about these items, which are those of one perspective inside the chosen check."""
    undecided = _undecided(questionnaire, items, rules)
    return (*_not_asked(items, rules), *undecided, *_counting_alike(questionnaire, items, facts))


def _not_asked(items: list[str], rules: Applied) -> list[NotAsked]:
    """Which rules take items out; one that takes out all of them is named once."""
    by = {rules.removed.get(item) for item in items}
    whole = by.pop() if len(by) == 1 else None
    if whole:
        return [NotAsked(whole)]
    return [NotAsked(rules.removed[item], item) for item in items if item in rules.removed]


def _undecided(questionnaire: Questionnaire, items: list[str], rules: Applied) -> Iterator[Undecided]:
    for rule_id, questions in rules.undecided.items():
        rule = questionnaire.rule(rule_id)
        assert isinstance(rule, Applicability)
        if any(item.id in items for item in items_named(questionnaire, rule.removes)):
            yield Undecided(rule_id, questions)


def _counting_alike(questionnaire: Questionnaire, items: list[str], facts: Facts) -> Iterator[CountsAlike]:
    for rule in questionnaire.rules:
        if not isinstance(rule, Equivalence) or set(items).isdisjoint(rule.items):
            continue
        if rule.when is None or holds(rule.when, facts):
            yield CountsAlike(rule.id)


def _item_steps(asked: list[Item], sheet: Sheet, facts: Facts) -> list[Step]:
    steps: list[Step] = []
    for item in asked:
        reached = facts.stages[item.id]
        if isinstance(reached, Absent):
            steps.append(LeftOut(item.id, reached))
        else:
            choice, ratings = sheet.standing(item)
            assert choice is not None
            steps.append(Counted(item.id, choice, reached, ratings))
    return steps


def _group_steps(group: Group, points: Points) -> list[Step]:
    steps = [step for inner in group.groups for step in _group_steps(inner, points)]
    parts = [(member.weight, value) for member, value in _member_values(group, points) if value is not None]
    value = value_of(group, points)
    if value is None:
        return steps
    weights = tuple(weight for weight, _ in parts) if group.aggregate in WEIGHTED else ()
    return [*steps, Combined(group.id, group.aggregate, tuple(value for _, value in parts), value, weights)]
