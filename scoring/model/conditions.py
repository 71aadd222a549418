"""What rules and practices ask of a municipality's answers: a closed language, each leaf evaluated by one `match`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import assert_never

from scoring.model import logic
from scoring.model.logic import AllOf, AnyOf, Formula, Not, Truth


class Absent(Enum):
    """Why an item has no stage. Three different things, and none of them is zero."""

    OPEN = "open"
    CANNOT_JUDGE = "cannot-judge"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class StageAtLeast:
    """The item has reached the stage."""

    item: str
    stage: Fraction


@dataclass(frozen=True, slots=True)
class StageAtMost:
    """The item stands at the stage or below."""

    item: str
    stage: Fraction


@dataclass(frozen=True, slots=True)
class ItemsAtLeast:
    """At least `count` items have reached the stage; an empty `of` means all items."""

    count: int
    stage: Fraction
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PerspectiveAtLeast:
    """The perspective's value has reached the stage."""

    perspective: str
    stage: Fraction


@dataclass(frozen=True, slots=True)
class PerspectiveAtMost:
    """The perspective's value is the stage or lower."""

    perspective: str
    stage: Fraction


@dataclass(frozen=True, slots=True)
class ContextIs:
    """The context question is answered with one of the options."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactBetween:
    """A number derived from an organisation matrix lies within bounds; a bound left out is open."""

    question: str
    name: str
    at_least: int | None = None
    at_most: int | None = None


Number = Fraction | int

Leaf = StageAtLeast | StageAtMost | ItemsAtLeast | PerspectiveAtLeast | PerspectiveAtMost | ContextIs | FactBetween
Condition = Formula[Leaf]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known when a condition is read: points by item, values by perspective, context by question."""

    stages: Mapping[str, Fraction | Absent]
    values: Mapping[str, Fraction | None]
    choices: Mapping[str, str]
    numbers: Mapping[tuple[str, str], int]


def holds(condition: Condition, facts: Facts) -> Truth:
    """Whether the condition is true of the facts; None when an open answer leaves it undecided.

    An item that does not apply reaches no stage and stands at none, so no stage condition holds for it.
    """
    match condition:
        case StageAtLeast(item, stage):
            return _stands(facts.stages[item], at_least=stage)
        case StageAtMost(item, stage):
            return _stands(facts.stages[item], at_most=stage)
        case ItemsAtLeast(count, stage, of):
            return _enough(count, (_stands(facts.stages[item], at_least=stage) for item in of or facts.stages))
        case PerspectiveAtLeast(perspective, stage):
            return _lies(facts.values[perspective], at_least=stage)
        case PerspectiveAtMost(perspective, stage):
            return _lies(facts.values[perspective], at_most=stage)
        case ContextIs(question, options):
            choice = facts.choices.get(question)
            return None if choice is None else choice in options
        case FactBetween(question, name, at_least, at_most):
            return _lies(facts.numbers.get((question, name)), at_least, at_most)
        case AllOf() | AnyOf() | Not():
            return logic.holds(condition, lambda part: holds(part, facts))
        case _:
            assert_never(condition)


def _stands(stage: Fraction | Absent, at_least: Number | None = None, at_most: Number | None = None) -> Truth:
    """Whether an item stands within the bounds."""
    if stage is Absent.NOT_APPLICABLE:
        return False
    return _lies(None if isinstance(stage, Absent) else stage, at_least, at_most)


def _lies(number: Number | None, at_least: Number | None = None, at_most: Number | None = None) -> Truth:
    """Whether a number that may be unknown lies within the bounds; a bound left out is open."""
    if number is None:
        return None
    return (at_least is None or number >= at_least) and (at_most is None or number <= at_most)


def _enough(count: int, found: Iterable[Truth]) -> Truth:
    certain = possible = 0
    for one in found:
        certain += one is True
        possible += one is not False
    if certain >= count:
        return True
    return None if possible >= count else False


def leaves(condition: Condition) -> Iterator[Leaf]:
    """The conditions inside that speak of one thing each."""
    return logic.leaves(condition)


def items_in(condition: Condition) -> tuple[str, ...]:
    """The items a condition looks at, each once, in the order they are named."""
    named: list[str] = []
    for leaf in leaves(condition):
        match leaf:
            case StageAtLeast(item, _) | StageAtMost(item, _):
                named.append(item)
            case ItemsAtLeast(_, _, of):
                named.extend(of)
            case PerspectiveAtLeast() | PerspectiveAtMost() | ContextIs() | FactBetween():
                pass
            case _:
                assert_never(leaf)
    return tuple(dict.fromkeys(named))


def questions_in(condition: Condition) -> tuple[str, ...]:
    """The context questions a condition looks at, each once."""
    named = [leaf.question for leaf in leaves(condition) if isinstance(leaf, ContextIs | FactBetween)]
    return tuple(dict.fromkeys(named))


def perspectives_in(condition: Condition) -> tuple[str, ...]:
    """The perspectives a condition looks at as a whole, each once."""
    named = [leaf.perspective for leaf in leaves(condition) if isinstance(leaf, PerspectiveAtLeast | PerspectiveAtMost)]
    return tuple(dict.fromkeys(named))
