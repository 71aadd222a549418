"""Which missing answers would settle most: what is worth asking somebody about before anything else."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from scoring.assess.assess import Points, assess, value_of
from scoring.assess.result import Ranged, Result, TooFew
from scoring.model.aggregates import WEIGHTED
from scoring.model.answers import Sheet
from scoring.model.questionnaire import Item, Perspective, Questionnaire

Range = tuple[Fraction, Fraction]
"""The lowest and the highest value still possible."""
_Place = tuple[str, str, Fraction]
"""Group, scale and weight."""


@dataclass(frozen=True, slots=True)
class Settling:
    """An item worth answering.

    `before` is the range of its perspective today. `width_after` is how wide that range can at most still be once
    this item and those named before it have a stage, whichever stages these are. `gives_value` marks the answer with
    which the perspective gets a value, because enough items are answered then.
    """

    item: str
    perspective: str
    before: Range
    width_after: Fraction
    gives_value: bool


@dataclass(frozen=True, slots=True)
class _Unsettled:
    """A perspective that can still change, and what is left of its width once the chosen items are answered."""

    perspective: Perspective
    known: Points
    missing: tuple[Item, ...]
    before: Range
    lacking: int
    widest: Fraction
    average: Fraction
    chosen: tuple[Item, ...] = ()


def most_settling(questionnaire: Questionnaire, sheet: Sheet, count: int = 3) -> tuple[Settling, ...]:
    """The asked items without a stage whose answers settle most, chosen one after the other to be best together.

    First comes what leads a perspective to a value, where the answers still to be chosen are enough for that; the
    perspective that lacks fewest leads. Then comes what narrows a range most in the worst case, so whatever the answer
    is. A single answer often promises nothing to a median: then comes what narrows a range most on the average over
    the options. Equals stay in the order of the questionnaire. Where nothing can change any more nothing is named.

    The worst case is found by trying all combinations of answers within a perspective, so `count` is a handful.
    """
    states = {state.perspective.id: state for state in _unsettled(questionnaire, assess(questionnaire, sheet))}
    offers = {id: _offers(state) for id, state in states.items()}
    found: list[Settling] = []
    while len(found) < count and any(offers.values()):
        best = _best(states, offers, count - len(found))
        id, item = best.perspective.id, best.chosen[-1].id
        gives_value = states[id].lacking > best.lacking == 0
        found.append(Settling(item, id, best.before, best.widest, gives_value))
        states[id], offers[id] = best, _offers(best)
    return tuple(found)


def _unsettled(questionnaire: Questionnaire, result: Result) -> Iterator[_Unsettled]:
    """The perspectives in which an item is missing, as they stand today."""
    for perspective in questionnaire.perspectives:
        trace = result[perspective.id].trace
        for ranged in (step for step in trace if isinstance(step, Ranged)):
            stages = ((item.id, result.facts.stages[item.id]) for item in perspective.items)
            known = {item: points for item, points in stages if isinstance(points, Fraction)}
            missing = tuple(questionnaire.items[item] for item in ranged.missing)
            lacking = sum(step.needed - step.answered for step in trace if isinstance(step, TooFew))
            width = ranged.highest - ranged.lowest
            yield _Unsettled(perspective, known, missing, (ranged.lowest, ranged.highest), lacking, width, width)


def _offers(state: _Unsettled) -> tuple[_Unsettled, ...]:
    """The perspective with one more item answered, for each; of items that count alike only the first."""
    if state.lacking == 0 and state.widest == 0:
        return ()
    alike = _alike(state.perspective)
    first: dict[_Place, Item] = {}
    for item in state.missing:
        if item not in state.chosen:
            first.setdefault(alike[item.id], item)
    return tuple(_answered(state, item) for item in first.values())


def _alike(perspective: Perspective) -> Mapping[str, _Place]:
    """Where an item counts, by id: at the same place, answers may be exchanged without changing the value."""
    return {
        item.id: (group.id, item.scale.id, item.weight if group.aggregate in WEIGHTED else Fraction(1))
        for group in perspective.root.all_groups()
        for item in group.items
    }


def _answered(state: _Unsettled, item: Item) -> _Unsettled:
    """The state once one more item is answered; what counts alike is tried once and weighed by how often it comes."""
    alike = _alike(state.perspective)
    chosen = sorted((*state.chosen, item), key=lambda one: alike[one.id])
    places = [alike[one.id] for one in chosen]
    numbers = [places.index(place) for place in places]
    combinations = product(*(range(len(one.scale.options)) for one in chosen))
    ways = Counter(tuple(sorted(zip(numbers, options, strict=True))) for options in combinations)
    widths = {
        answers: _width(state, {i.id: i.scale.options[o].points for i, (_, o) in zip(chosen, answers, strict=True)})
        for answers in ways
    }
    return replace(
        state,
        chosen=(*state.chosen, item),
        lacking=max(0, state.lacking - 1),
        widest=max(widths.values()),
        average=sum((widths[answers] * number for answers, number in ways.items()), Fraction(0)) / ways.total(),
    )


def _width(state: _Unsettled, answered: Points) -> Fraction:
    """The width of the range once these items are answered too."""
    known = {**state.known, **answered}
    left = [item for item in state.missing if item.id not in known]
    lowest = value_of(state.perspective.root, known | {item.id: item.scale.lowest for item in left})
    highest = value_of(state.perspective.root, known | {item.id: item.scale.highest for item in left})
    assert lowest is not None
    assert highest is not None
    return highest - lowest


def _best(
    states: Mapping[str, _Unsettled], offers: Mapping[str, tuple[_Unsettled, ...]], still_to_choose: int
) -> _Unsettled:
    def rank(offer: _Unsettled) -> tuple[int, Fraction, Fraction]:
        before = states[offer.perspective.id]
        within_reach = 0 < before.lacking <= still_to_choose
        to_a_value = before.lacking if within_reach else still_to_choose + 1
        return to_a_value, offer.widest - before.widest, offer.average - before.average

    return min((offer for of in offers.values() for offer in of), key=rank)
