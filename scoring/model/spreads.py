"""From individual ratings to the spread of an item: what may be shown of them, and nothing else.

The rules of disclosure, which nobody can get round because the ratings themselves are deleted at the evaluation:

* Below `SMALLEST_GROUP` ratings of an item there is no spread of it, no median and no remark.
* A role is broken down only where it has `SMALLEST_GROUP` ratings of its own, and only if those of all other roles
  together are none or as many: otherwise the rest could be found by subtraction.
* An evaluation happens once, over all ratings together. There is no earlier or later one to subtract it from.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

SMALLEST_GROUP = 5
"""Fewest ratings that are shown together."""

TO_DISCUSS = 2
"""Ratings this many stages apart, or more, need a talk."""

Counts = Mapping[Fraction, int]
"""How many ratings stand at a place of the scale: 0 is its first stage, 3/2 lies between the second and the third."""


@dataclass(frozen=True, slots=True)
class Rating:
    """What one person says of one item: a place on the scale, or *cannot judge*, or nothing when both are missing."""

    place: Fraction | None = None
    cannot_judge: bool = False
    remark: str = ""
    unclear: bool = False

    @property
    def is_open(self) -> bool:
        """Neither rated nor declared impossible to judge."""
        return self.place is None and not self.cannot_judge


@dataclass(frozen=True, slots=True)
class Ratings:
    """All ratings of one person, known by role group alone ("": none given)."""

    role: str
    by_item: Mapping[str, Rating] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spread:
    """The ratings of one item together. `cannot_judge` and `unclear` count people; remarks stand in no order of theirs."""

    counts: Counts
    cannot_judge: int = 0
    unclear: int = 0
    roles: Mapping[str, Counts] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def ratings(self) -> int:
        """How many people rated."""
        return sum(self.counts.values())

    @property
    def lowest(self) -> Fraction:
        """The lowest rating."""
        return min(self.counts)

    @property
    def highest(self) -> Fraction:
        """The highest rating."""
        return max(self.counts)

    @property
    def width(self) -> Fraction:
        """How many stages lie between the lowest and the highest rating."""
        return self.highest - self.lowest

    @property
    def needs_talk(self) -> bool:
        """The ratings lie so far apart that a median would hide it."""
        return self.width >= TO_DISCUSS

    @property
    def apart(self) -> Fraction:
        """How far a rating lies from the middle on average, in stages."""
        middle = lower_median(self.counts)
        return sum((abs(place - middle) * count for place, count in self.counts.items()), Fraction(0)) / self.ratings

    @property
    def median(self) -> int:
        """The lower median as a real stage: of two in the middle the lower one, of a half step the stage reached."""
        return floor(lower_median(self.counts))


def lower_median(counts: Counts) -> Fraction:
    """The middle rating; of an even number the lower one of the two in the middle."""
    half, passed = (sum(counts.values()) + 1) // 2, 0
    for place in sorted(counts):
        passed += counts[place]
        if passed >= half:
            return place
    raise ValueError("no ratings")


class TooFewRatings(Exception):
    """Fewer people have rated than may be shown together; nothing is evaluated."""

    def __init__(self, people: int) -> None:
        super().__init__(f"{people} of {SMALLEST_GROUP}")
        self.people = people


def evaluate(people: Iterable[Ratings]) -> dict[str, Spread]:
    """The spread of every item with enough ratings. Raises TooFewRatings when too few people rated anything."""
    rated = [one for one in people if any(not rating.is_open for rating in one.by_item.values())]
    if len(rated) < SMALLEST_GROUP:
        raise TooFewRatings(len(rated))
    items = sorted({item for one in rated for item in one.by_item})
    spreads = {item: _spread([(one.role, one.by_item[item]) for one in rated if item in one.by_item]) for item in items}
    return {item: spread for item, spread in spreads.items() if spread.ratings >= SMALLEST_GROUP}


def _spread(ratings: list[tuple[str, Rating]]) -> Spread:
    by_role: dict[str, Counter[Fraction]] = {}
    for role, rating in ratings:
        if rating.place is not None:
            by_role.setdefault(role, Counter())[rating.place] += 1
    return Spread(
        counts=dict(sum(by_role.values(), Counter())),
        cannot_judge=sum(rating.cannot_judge for _, rating in ratings),
        unclear=sum(rating.unclear for _, rating in ratings),
        roles=shown_roles(by_role),
        remarks=tuple(sorted(rating.remark for _, rating in ratings if rating.remark)),
    )


def shown_roles(by_role: Mapping[str, Counts]) -> dict[str, Counts]:
    """The roles that may be broken down: large enough, and the others can't be found by subtraction."""
    sizes = {role: sum(counts.values()) for role, counts in by_role.items()}
    shown = sorted((role for role, size in sizes.items() if role and size >= SMALLEST_GROUP), key=sizes.__getitem__)
    while shown and 0 < (rest := sum(sizes.values()) - sum(sizes[role] for role in shown)) < SMALLEST_GROUP:
        smallest = shown.pop(0)
        assert rest + sizes[smallest] >= SMALLEST_GROUP
    return {role: dict(by_role[role]) for role in sorted(shown)}


def most_discussed(spreads: Mapping[str, Spread]) -> list[str]:
    """The items that need a talk first; among them those whose ratings lie farthest from the middle on average, so that
    two camps come before one lone voice; then the widest, most *unclear*, most *cannot judge*; equals stay in order."""

    def order(item: str) -> tuple[bool, Fraction, Fraction, int, int]:
        spread = spreads[item]
        return (not spread.needs_talk, -spread.apart, -spread.width, -spread.unclear, -spread.cannot_judge)

    return sorted(spreads, key=order)
