"""Learning tandems: who is strong where another one wants to go, and what a matching of all of them has to keep."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Literal

from scoring.model.questionnaire import Questionnaire
from scoring.workshop.comparable import Comparability
from scoring.workshop.members import Member, filter_questions

AHEAD = 1
"""Without a target, whoever stands at least so many stages higher can help."""
WISHES = 3
"""Without targets, a municipality wishes to get on in so many perspectives, the lowest ones."""
MOST_COUNTED = 3
"""So many different helps to one municipality are counted; more do not make a choice better."""

Help = tuple[str, str]
"""Who gets something and in which perspective, from whomever."""


@dataclass(frozen=True, slots=True)
class Benefit:
    """In one perspective the giver stands where the taker wants to go."""

    giver: str
    taker: str
    perspective: str


@dataclass(frozen=True)
class Pairing:
    """Two or three municipalities that could work together, what each gives to whom, and how many traits they share."""

    members: tuple[str, ...]
    benefits: tuple[Benefit, ...]
    alike: int

    @cached_property
    def takers(self) -> frozenset[str]:
        """Who gets something."""
        return frozenset(one.taker for one in self.benefits)

    @cached_property
    def helps(self) -> tuple[Help, ...]:
        """The different helps in it."""
        return tuple(dict.fromkeys((one.taker, one.perspective) for one in self.benefits))

    def brings_together(self, pairs: Iterable[frozenset[str]]) -> bool:
        """Whether both of one of these pairs are in it."""
        return any(pair <= frozenset(self.members) for pair in pairs)


@dataclass(frozen=True, slots=True)
class Pin:
    """Two municipalities that the moderation puts together, or keeps apart."""

    members: frozenset[str]
    together: bool


@dataclass(frozen=True, slots=True)
class Both:
    """The same two are pinned together and kept apart."""

    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class NoConsent:
    """A municipality is pinned that does not agree to tandems, or is not here."""

    member: str


@dataclass(frozen=True, slots=True)
class TooManyPartners:
    """A municipality is pinned together with more others than it has places for."""

    member: str
    capacity: int


@dataclass(frozen=True, slots=True)
class PinsTogether:
    """Each of these pins could be kept, but not all of them at once; pins that keep two apart are among them."""

    pins: tuple[Pin, ...]


PinContradiction = Both | NoConsent | TooManyPartners | PinsTogether
WhyLeft = Literal["nobody-fits", "kept-apart", "no-place"]
"""Nobody stands where the municipality wants to go, or the other way round; only ones that are kept apart would fit;
whoever would fit has no place left."""


@dataclass(frozen=True, slots=True)
class Left:
    """A municipality that agrees to tandems and got none."""

    member: str
    why: WhyLeft


@dataclass(frozen=True, slots=True)
class Matching:
    """The pairings chosen, in the order of the municipalities, and who is left over."""

    chosen: tuple[Pairing, ...]
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class NoMatching:
    """The pins contradict each other."""

    contradictions: tuple[PinContradiction, ...]


@dataclass(frozen=True)
class Task:
    """Whom to match: places by municipality that agrees, the pairings there could be, and what the moderation fixed."""

    places: Mapping[str, int]
    pairings: tuple[Pairing, ...]
    pins: tuple[Pin, ...]

    @cached_property
    def contradictions(self) -> tuple[PinContradiction, ...]:
        """Why the moderation's pins cannot be kept; empty when they can."""
        return tuple(_contradictions(self))

    @cached_property
    def possible(self) -> tuple[Pairing, ...]:
        """The pairings that keep no two apart ones together; those without any help only where they are pinned."""
        apart = [pin.members for pin in self.pins if not pin.together]
        wanted = [pin.members for pin in self.pins if pin.together]
        return tuple(
            one
            for one in self.pairings
            if not one.brings_together(apart) and (one.benefits or one.brings_together(wanted))
        )

    def score(self, chosen: Sequence[Pairing]) -> tuple[int, int, int, int]:
        """How good a choice is, the most important first: municipalities that get something; different helps; traits
        shared; and, against it, how many work as three."""
        return (
            len(frozenset().union(*(one.takers for one in chosen))),
            counted_helps({help for one in chosen for help in one.helps}),
            sum(one.alike for one in chosen),
            -sum(len(one.members) == 3 for one in chosen),
        )

    def allows(self, chosen: Sequence[Pairing]) -> bool:
        """Whether a choice keeps every place and every pin, and no two meet twice."""
        met = [frozenset(pair) for one in chosen for pair in combinations(one.members, 2)]
        taken = [member for one in chosen for member in one.members]
        return (
            all(taken.count(member) <= self.places.get(member, 0) for member in taken)
            and len(met) == len(set(met))
            and all((pin.members in met) == pin.together for pin in self.pins)
        )


def counted_helps(helps: Iterable[Help]) -> int:
    """Different helps, over all tandems of a municipality, no more than `MOST_COUNTED` for one."""
    return sum(min(count, MOST_COUNTED) for count in Counter(taker for taker, _ in helps).values())


def matching_of(task: Task, chosen: Sequence[Pairing]) -> Matching:
    """A choice, with the reason for everybody who is left over."""
    in_tandem = {member for one in chosen for member in one.members}
    left = tuple(Left(member, _why_left(task, member)) for member in task.places if member not in in_tandem)
    return Matching(tuple(one for one in task.possible if one in chosen), left)


def _why_left(task: Task, member: str) -> WhyLeft:
    fitting = [one for one in task.pairings if member in one.members and one.benefits]
    if not fitting:
        return "nobody-fits"
    return "no-place" if any(one in task.possible for one in fitting) else "kept-apart"


def task(
    questionnaire: Questionnaire,
    members: Sequence[Member],
    comparable: Mapping[str, Comparability],
    pins: Sequence[Pin] = (),
) -> Task:
    """Whom to match. Only municipalities that agree to tandems are looked at, and only what may be compared."""
    agreeing = [one for one in members if one.tandems]
    helps = tuple(_benefits(questionnaire, agreeing, comparable))
    traits = [question.id for question in filter_questions(questionnaire)]
    groups = [*combinations(agreeing, 2), *combinations(agreeing, 3)]
    pairings = tuple(_pairing(group, helps, traits) for group in groups)
    wanted = [pin.members for pin in pins if pin.together]
    useful = tuple(one for one in pairings if _is_useful(one) or one.brings_together(wanted))
    return Task({one.id: one.capacity for one in agreeing}, useful, tuple(pins))


def wishes(questionnaire: Questionnaire, member: Member, comparable: Comparability) -> tuple[tuple[str, Fraction], ...]:
    """In which perspectives a municipality wants to get on, each with the value from which another one can help.

    With a target: where it has not reached it; help comes from whoever stands at the target. Without any target: the
    lowest perspectives, and help comes from whoever stands at least `AHEAD` higher.
    """
    valued = [
        (one.id, value)
        for one in questionnaire.perspectives
        if comparable.allows(one.id) and (value := member.value(one.id)) is not None
    ]
    if member.sheet.target:
        wanted = [(id, value, member.wanted(id)) for id, value in valued]
        return tuple((id, Fraction(target)) for id, value, target in wanted if target is not None and value < target)
    top = questionnaire.scales[0].highest
    lowest = sorted(valued, key=lambda one: one[1])[:WISHES]
    return tuple((id, value + AHEAD) for id, value in lowest if value + AHEAD <= top)


def _benefits(
    questionnaire: Questionnaire, members: Sequence[Member], comparable: Mapping[str, Comparability]
) -> Iterator[Benefit]:
    for taker in members:
        for perspective, needed in wishes(questionnaire, taker, comparable[taker.id]):
            for giver in members:
                value = giver.value(perspective)
                if giver is not taker and comparable[giver.id].allows(perspective) and value and value >= needed:
                    yield Benefit(giver.id, taker.id, perspective)


def _pairing(group: Sequence[Member], helps: Sequence[Benefit], traits: Sequence[str]) -> Pairing:
    ids = tuple(one.id for one in group)
    answers = [one.sheet.context.choices for one in group]
    alike = sum(
        first.get(trait) is not None and first.get(trait) == second.get(trait)
        for first, second in combinations(answers, 2)
        for trait in traits
    )
    pairs = len(group) * (len(group) - 1) // 2
    return Pairing(ids, tuple(one for one in helps if {one.giver, one.taker} <= set(ids)), alike // pairs)


def _is_useful(pairing: Pairing) -> bool:
    """Somebody gets something, and in a group of three nobody only looks on."""
    taking_part = {member for one in pairing.benefits for member in (one.giver, one.taker)}
    return taking_part == set(pairing.members)


def _contradictions(task: Task) -> Iterator[PinContradiction]:
    apart = {pin.members for pin in task.pins if not pin.together}
    together = [pin.members for pin in task.pins if pin.together]
    yield from (Both(pair) for pair in dict.fromkeys(together) if pair in apart)
    for member in dict.fromkeys(member for pair in together for member in sorted(pair)):
        if too_much := _too_much(task, member, together):
            yield too_much


def _too_much(task: Task, member: str, together: Sequence[frozenset[str]]) -> NoConsent | TooManyPartners | None:
    """What pins ask of a municipality that it has not agreed to, or has no places for."""
    if member not in task.places:
        return NoConsent(member)
    partners = frozenset[str]().union(*(pair for pair in together if member in pair)) - {member}
    return TooManyPartners(member, task.places[member]) if len(partners) > 2 * task.places[member] else None
