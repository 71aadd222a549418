"""Several workshops of one agency: each municipality counts once, and nobody is looked at alone.

A number is asked for as a `View`: one quantity with the value of each municipality. What of it may be shown decides the
same ledger that protects covered municipalities in workshops. A change is read beside the workshops that lay between;
nothing here says that it came about because of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from scoring.model.questionnaire import ChoiceQuestion, Questionnaire
from scoring.model.spreads import Counts, lower_median
from scoring.workshop.comparable import Comparability, NoValue
from scoring.workshop.disclosure import Withheld
from scoring.workshop.members import Member
from scoring.workshop.views import GAP

FEWEST = 5
"""Municipalities that agencies look at together at least."""
LAND, KIND = "K2", "K1"
NOT_SAID = Fraction(-1)
"""Stands for a question of the context that a municipality has not answered."""
UP, SAME, DOWN = Fraction(1), Fraction(0), Fraction(-1)
MORE_WANTED, ENOUGH = Fraction(1), Fraction(0)


@dataclass(frozen=True, slots=True)
class Copy:
    """What one municipality (`who`) shared at one time. `workshop` is empty for a package that came by itself.

    `day` (ISO) puts copies in order, `answered` (ISO) is when the answers were last changed; `facts` holds values by
    quantity: perspectives as far as they may be compared, demand, and answers about the municipality.
    """

    who: str
    workshop: str
    day: str
    answered: str
    facts: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class View:
    """One number that could be shown: the value of each municipality for a quantity.

    `still` holds all values of the quantity that municipalities share at present, older ones included: what was released
    earlier may be shown as long as all of it is still among them.
    """

    key: str
    quantity: str
    values: Mapping[str, Fraction]
    still: frozenset[tuple[str, Fraction]]


@dataclass(frozen=True, slots=True)
class Released:
    """How many municipalities have which value. `earlier`: something has changed since that is not counted yet."""

    counts: Counts
    earlier: bool = False

    @property
    def size(self) -> int:
        """How many municipalities are counted."""
        return sum(self.counts.values())

    @property
    def median(self) -> Fraction:
        """The middle one; of two in the middle the lower."""
        return lower_median(self.counts)

    @property
    def low(self) -> int:
        """How many stand below the stage from which nothing is a gap."""
        return sum(count for place, count in self.counts.items() if place < GAP)


@dataclass(frozen=True, slots=True)
class Releasable:
    """The number may be shown once the agency releases it."""


Seen = Released | Releasable | Withheld


def demand_in(perspective: str) -> str:
    """The quantity that says whether a target lies above today's value."""
    return f"{perspective} demand"


def change_in(perspective: str) -> str:
    """The quantity that says in which direction a value has changed."""
    return f"{perspective} change"


def facts_of(member: Member, comparable: Comparability) -> dict[str, Fraction]:
    """What a municipality brings into the evaluation, by quantity."""
    values = {
        one.id: value
        for one in member.questionnaire.perspectives
        if comparable.allows(one.id) and (value := member.value(one.id)) is not None
    }
    return values | derived(member, values)


def facts_of_values(
    member: Member, comparable: Comparability, values: Mapping[str, Fraction | None]
) -> dict[str, Fraction]:
    """The same where values alone were handed over; the member's sheet then holds no answers to items."""
    allowed = {
        id: value
        for id, value in values.items()
        if value is not None and (comparable.allows(id) or isinstance(comparable.against[id], NoValue))
    }
    return allowed | derived(member, allowed)


def derived(member: Member, values: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Demand of a municipality with these values, and where it belongs."""
    wanted = {id: member.wanted(id) for id in values}
    demand = {
        demand_in(id): MORE_WANTED if target > values[id] else ENOUGH
        for id, target in wanted.items()
        if target is not None
    }
    choices = member.sheet.context.choices
    return demand | {one.id: place_of(one, choices.get(one.id)) for one in place_questions(member.questionnaire)}


def place_questions(questionnaire: Questionnaire) -> tuple[ChoiceQuestion, ...]:
    """The questions by which coverage is told: federal state and kind of municipality."""
    found = {one.id: one for one in questionnaire.context if isinstance(one, ChoiceQuestion)}
    return tuple(found[id] for id in (LAND, KIND) if id in found)


def place_of(question: ChoiceQuestion, choice: str | None) -> Fraction:
    """The number that stands for an answer about the municipality."""
    keys = [one.key for one in question.choices]
    return Fraction(keys.index(choice)) if choice in keys else NOT_SAID


def newest(copies: Sequence[Copy]) -> tuple[Copy, ...]:
    """The newest copy of each municipality."""
    return tuple(own[-1] for own in _by_municipality(copies))


def changes(copies: Sequence[Copy], perspective: str) -> dict[str, Fraction]:
    """By municipality: whether its value was higher, the same or lower when it came to a later workshop with newer answers."""
    found = {}
    for own in _by_municipality([one for one in copies if one.workshop and perspective in one.facts]):
        first, last = own[0], own[-1]
        if first.workshop != last.workshop and first.answered < last.answered:
            difference = last.facts[perspective] - first.facts[perspective]
            found[first.who] = UP if difference > 0 else DOWN if difference < 0 else SAME
    return found


def _by_municipality(copies: Sequence[Copy]) -> Iterator[list[Copy]]:
    ordered = sorted(copies, key=lambda one: (one.who, one.day, one.answered, one.workshop))
    return (list(own) for _, own in groupby(ordered, key=lambda one: one.who))


def views(questionnaire: Questionnaire, copies: Sequence[Copy], workshops: Sequence[str]) -> dict[str, View]:
    """Everything that an agency may ask for, by key, the most important first."""
    perspectives = [one.id for one in questionnaire.perspectives]
    asked = [*(all_of(id, copies) for id in perspectives), *(all_of(demand_in(id), copies) for id in perspectives)]
    asked += [_change(id, copies) for id in perspectives]
    for question in place_questions(questionnaire):
        asked += _places(question, copies)
    for workshop in workshops:
        among = [one for one in copies if one.workshop == workshop]
        asked += [all_of(id, among, f"{workshop} {id}") for id in perspectives]
    return {view.key: view for view in asked}


def all_of(quantity: str, copies: Sequence[Copy], key: str = "") -> View:
    """A quantity over all municipalities, each with its newest copy."""
    values = {one.who: one.facts[quantity] for one in newest(copies) if quantity in one.facts}
    still = frozenset((one.who, one.facts[quantity]) for one in copies if quantity in one.facts)
    return View(key or quantity, quantity, values, still)


def _change(perspective: str, copies: Sequence[Copy]) -> View:
    values = changes(copies, perspective)
    return View(change_in(perspective), change_in(perspective), values, frozenset(values.items()))


def _places(question: ChoiceQuestion, copies: Sequence[Copy]) -> list[View]:
    """All municipalities, then those of each answer, the most frequent first: what is left over stays large enough."""
    whole = all_of(question.id, copies)
    cells = [_cell(whole, one.key, place_of(question, one.key)) for one in question.choices]
    return [whole, *sorted(cells, key=lambda one: -len(one.values))]


def _cell(whole: View, choice: str, place: Fraction) -> View:
    values = {who: value for who, value in whole.values.items() if value == place}
    still = frozenset(pair for pair in whole.still if pair[1] == place)
    return View(f"{whole.quantity} {choice}", whole.quantity, values, still)
