"""How conditions of every kind are put together, and when the whole of one holds: three-valued logic, once.

What a condition looks at itself (an answer, an entry) is a leaf; every language of conditions brings its own.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar, Union, assert_never

Truth = bool | None
"""None: what is still open can decide it either way."""

L = TypeVar("L")
P = TypeVar("P")
P_co = TypeVar("P_co", covariant=True)

Formula = Union[L, "AllOf[Formula[L]]", "AnyOf[Formula[L]]", "Not[Formula[L]]"]
"""A leaf, or formulas put together."""


@dataclass(frozen=True, slots=True)
class AllOf(Generic[P_co]):
    """Every part holds."""

    parts: tuple[P_co, ...]


@dataclass(frozen=True, slots=True)
class AnyOf(Generic[P_co]):
    """One part holds."""

    parts: tuple[P_co, ...]


@dataclass(frozen=True, slots=True)
class Not(Generic[P_co]):
    """The part does not hold."""

    part: P_co


Compound = AllOf[P] | AnyOf[P] | Not[P]


def leaves(condition: Formula[L]) -> Iterator[L]:
    """What a condition looks at, in the order it stands there."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case leaf:
            yield leaf


def holds(compound: Compound[P], part_holds: Callable[[P], Truth]) -> Truth:
    """Whether it is true, when that is known, or unknown, of each part.

    Kleene's strong logic: one false part makes *all* false and one true part makes *any* true, whatever the unknown
    ones turn out to be; short of that one unknown part leaves them unknown, and so it does *not*.
    """
    match compound:
        case AllOf(parts):
            return every(part_holds(part) for part in parts)
        case AnyOf(parts):
            return some(part_holds(part) for part in parts)
        case Not(part):
            found = part_holds(part)
            return None if found is None else not found
        case _:
            assert_never(compound)


def every(found: Iterable[Truth]) -> Truth:
    """Whether all are true; one unknown leaves it undecided, unless one is false."""
    truths = set(found)
    if False in truths:
        return False
    return None if None in truths else True


def some(found: Iterable[Truth]) -> Truth:
    """Whether one is true; if none is, one unknown leaves it undecided."""
    truths = set(found)
    if True in truths:
        return True
    return None if None in truths else False
