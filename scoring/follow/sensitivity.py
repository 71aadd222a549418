"""How much hangs on single answers: what one stage more or less changes, and the least that lifts a perspective."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

from scoring.assess.assess import Points, value_of
from scoring.assess.result import Result
from scoring.model.questionnaire import Item, Perspective


@dataclass(frozen=True, slots=True)
class OneStage:
    """The value of the perspective if this item alone were one stage lower or higher; None where there is no such stage."""

    item: str
    lower: Fraction | None
    higher: Fraction | None


@dataclass(frozen=True, slots=True)
class Change:
    """An item that would have to reach other points, and which option that is."""

    item: str
    before: Fraction
    after: Fraction


@dataclass(frozen=True, slots=True)
class Lift:
    """The fewest changes with which a perspective reaches a value, and of those the smallest; none when it is there."""

    perspective: str
    wanted: Fraction
    changes: tuple[Change, ...]


def one_stage(perspective: Perspective, result: Result) -> tuple[OneStage, ...]:
    """For every answered item what one stage more or less would make of the value; nothing while there is no value."""
    if result[perspective.id].value is None:
        return ()
    known = _known(perspective, result)
    return tuple(_around(perspective, known, item) for item in perspective.items if item.id in known)


def _around(perspective: Perspective, known: Points, item: Item) -> OneStage:
    stages = sorted({option.points for option in item.scale.options})
    place = stages.index(known[item.id])
    lower = _value(perspective, known, {item.id: stages[place - 1]}) if place else None
    higher = _value(perspective, known, {item.id: stages[place + 1]}) if place + 1 < len(stages) else None
    return OneStage(item.id, lower, higher)


def smallest_lift(perspective: Perspective, result: Result, wanted: Fraction) -> Lift | None:
    """The fewest answered items to lift, and the fewest points, so that the value reaches what is wanted.

    What is open stays open: an answer that is missing is to be found out, not to be worked on. Of equals the first in
    the order of the questionnaire. Nothing while there is no value, or when even the highest stages are not enough.
    All ways are tried, so this is for a perspective of about a dozen items at most.
    """
    known = _known(perspective, result)
    if result[perspective.id].value is None:
        return None
    if _value(perspective, known, {}) >= wanted:
        return Lift(perspective.id, wanted, ())

    def points(way: Mapping[str, Fraction]) -> Fraction:
        return sum((after - known[id] for id, after in way.items()), Fraction(0))

    items = [item for item in perspective.items if item.id in known and known[item.id] < item.scale.highest]
    for count in range(1, len(items) + 1):
        ways = [way for chosen in combinations(items, count) for way in _ways(perspective, known, chosen, wanted)]
        if ways:
            best = min(ways, key=points)
            return Lift(perspective.id, wanted, tuple(Change(id, known[id], after) for id, after in best.items()))
    return None


def _ways(
    perspective: Perspective, known: Points, chosen: tuple[Item, ...], wanted: Fraction
) -> Iterator[Mapping[str, Fraction]]:
    """The cheapest way to reach what is wanted by lifting exactly these items, if there is any."""
    if _value(perspective, known, {item.id: item.scale.highest for item in chosen}) < wanted:
        return
    above = [sorted({o.points for o in item.scale.options if o.points > known[item.id]}) for item in chosen]
    for points in sorted(product(*above), key=sum):
        lifted = {item.id: to for item, to in zip(chosen, points, strict=True)}
        if _value(perspective, known, lifted) >= wanted:
            yield lifted
            return


def _known(perspective: Perspective, result: Result) -> dict[str, Fraction]:
    stages = ((item.id, result.facts.stages[item.id]) for item in perspective.items)
    return {item: points for item, points in stages if isinstance(points, Fraction)}


def _value(perspective: Perspective, known: Points, changed: Points) -> Fraction:
    value = value_of(perspective.root, {**known, **changed})
    assert value is not None
    return value
