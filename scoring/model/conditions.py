"""What rules and practices ask of a municipality's answers: a closed language, evaluated by one `match`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import assert_never


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


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


Condition = (
    StageAtLeast
    | StageAtMost
    | ItemsAtLeast
    | PerspectiveAtLeast
    | PerspectiveAtMost
    | ContextIs
    | FactBetween
    | AllOf
    | AnyOf
    | Not
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known when a condition is read: points by item, values by perspective, context by question."""

    stages: Mapping[str, Fraction | Absent]
    values: Mapping[str, Fraction | None]
    choices: Mapping[str, str]
    numbers: Mapping[tuple[str, str], int]


def holds(condition: Condition, facts: Facts) -> bool | None:
    """Whether the condition is true of the facts; None when an open answer leaves it undecided.

    An item that does not apply reaches no stage and stands at none, so no stage condition holds for it.
    """
    match condition:
        case StageAtLeast(item, stage):
            reached = facts.stages[item]
            return reached >= stage if isinstance(reached, Fraction) else _undecided(reached)
        case StageAtMost(item, stage):
            reached = facts.stages[item]
            return reached <= stage if isinstance(reached, Fraction) else _undecided(reached)
        case ItemsAtLeast(count, stage, of):
            return _enough(count, (holds(StageAtLeast(item, stage), facts) for item in of or facts.stages))
        case PerspectiveAtLeast(perspective, stage):
            value = facts.values[perspective]
            return None if value is None else value >= stage
        case PerspectiveAtMost(perspective, stage):
            value = facts.values[perspective]
            return None if value is None else value <= stage
        case ContextIs(question, options):
            choice = facts.choices.get(question)
            return None if choice is None else choice in options
        case FactBetween(question, name, at_least, at_most):
            number = facts.numbers.get((question, name))
            if number is None:
                return None
            return (at_least is None or number >= at_least) and (at_most is None or number <= at_most)
        case AllOf(parts):
            found = [holds(part, facts) for part in parts]
            return False if False in found else None if None in found else True
        case AnyOf(parts):
            found = [holds(part, facts) for part in parts]
            return True if True in found else None if None in found else False
        case Not(part):
            found_part = holds(part, facts)
            return None if found_part is None else not found_part
        case _:
            assert_never(condition)


def _undecided(absent: Absent) -> bool | None:
    return False if absent is Absent.NOT_APPLICABLE else None


def _enough(count: int, found: Iterable[bool | None]) -> bool | None:
    certain = possible = 0
    for one in found:
        certain += one is True
        possible += one is not False
    return True if certain >= count else None if possible >= count else False


def leaves(condition: Condition) -> Iterator[Condition]:
    """The conditions inside that speak of one thing each."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield condition


def items_in(condition: Condition) -> tuple[str, ...]:
    """The items a condition looks at, each once, in the order they are named."""
    named: list[str] = []
    for leaf in leaves(condition):
        match leaf:
            case StageAtLeast(item, _) | StageAtMost(item, _):
                named.append(item)
            case ItemsAtLeast(_, _, of):
                named.extend(of)
            case _:
                pass
    return tuple(dict.fromkeys(named))


def questions_in(condition: Condition) -> tuple[str, ...]:
    """The context questions a condition looks at, each once."""
    named = [leaf.question for leaf in leaves(condition) if isinstance(leaf, ContextIs | FactBetween)]
    return tuple(dict.fromkeys(named))


def perspectives_in(condition: Condition) -> tuple[str, ...]:
    """The perspectives a condition looks at as a whole, each once."""
    named = [leaf.perspective for leaf in leaves(condition) if isinstance(leaf, PerspectiveAtLeast | PerspectiveAtMost)]
    return tuple(dict.fromkeys(named))
