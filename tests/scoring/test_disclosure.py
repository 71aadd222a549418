"""What is shown of covered municipalities, attacked with everything an attacker may know and compute.

The attacker knows the values of all that appear by themselves, sees every number ever shown over all filters and moments,
knows who was counted in each, and adds and subtracts. They win when they find the sum of the values of fewer covered
municipalities than the threshold.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scoring.workshop.disclosure import (
    CoveredPart,
    Derivable,
    GroupTooSmall,
    Ledger,
    MemberGroup,
    element,
    pieces,
)
from tests.scoring.linear import follows, reduced

KEY = b"key of an installation"
KINDS, LANDS = ("county", "city"), ("SN", "TH", "NI")
FILTERS = [{k: v for k, v in (("K1", kind), ("K2", land)) if v} for kind, land in product(("", *KINDS), ("", *LANDS))]


@dataclass
class Somebody:
    """A municipality of a random workshop, with one value of one quantity; `id` is what it is called in the ledger."""

    who: str
    shown: str
    traits: dict[str, str]
    value: int
    id: str

    @property
    def mark(self) -> str:
        return element(KEY, self.id, "P1", Fraction(self.value))

    @property
    def secret(self) -> str:
        """What the attacker looks for, and knows to be the same whatever the ledger calls it."""
        return f"{self.who} {self.value}"


@dataclass
class Room:
    """A workshop that shows everything that may be shown, and remembers what was shown.

    A careless one looks at sizes alone; a forgetful one takes whoever comes back for somebody new.
    """

    threshold: int
    people: list[Somebody]
    ledger: Ledger = field(default_factory=Ledger)
    shown: list[frozenset[str]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    gone: list[Somebody] = field(default_factory=list)
    careless: bool = False
    forgetful: bool = False

    def appear(self, one: Somebody) -> bool:
        """Whether somebody may be seen as they are now; from then on their value is known."""
        if one.shown == "aggregate":
            return True
        if not self.careless and not self.ledger.may_appear({"P1": one.mark}, self.threshold):
            return False
        self.known.add(one.secret)
        self.ledger = self.ledger.with_known({"P1": one.mark})
        return True

    def look(self) -> None:
        """Show the numbers under every filter, as far as they may be shown."""
        for filter in FILTERS:
            group = self.group(filter)
            if self.may_be_shown(group):
                self.ledger = self.ledger.with_shown(group)
                self.show(group.covered)
            elif part := self.ledger.still_shown(group, self.threshold):
                self.show(part)

    def show(self, covered: CoveredPart) -> None:
        """Show the numbers of everybody that appears together with these covered ones."""
        self.shown.append(frozenset(one.secret for one in self.people if one.mark in covered))

    def may_be_shown(self, group: MemberGroup) -> bool:
        if self.careless:
            return group.size >= self.threshold and not 0 < len(group.covered) < self.threshold
        return self.ledger.against(group, self.threshold) is None

    def group(self, filter: dict[str, str]) -> MemberGroup:
        counted = [
            one for one in self.people if not filter or (one.shown != "alias" and filter.items() <= one.traits.items())
        ]
        covered = frozenset(one.mark for one in counted if one.shown == "aggregate")
        return MemberGroup("P1", sum(one.shown != "aggregate" for one in counted), covered)

    def change(self, rnd: random.Random) -> None:
        """Somebody joins, leaves, comes back, changes a value, or changes how they appear – where that may be."""
        match rnd.choice(("join", "leave", "return", "value", "appear", "cover")):
            case "join":
                self.enter(somebody(rnd, str(rnd.random())))
            case "leave" if self.people:
                self.gone.append(self.people.pop(rnd.randrange(len(self.people))))
            case "return" if self.gone:
                back = self.gone.pop(rnd.randrange(len(self.gone)))
                back.id = str(rnd.random()) if self.forgetful else back.id
                back.shown = rnd.choice((back.shown, "aggregate", "named"))
                self.enter(back)
            case "value" if self.people:
                self.become(rnd.choice(self.people), value=rnd.randint(0, 4))
            case "appear" if covered := [one for one in self.people if one.shown == "aggregate"]:
                self.become(rnd.choice(covered), shown="named")
            case "cover" if self.people:
                self.become(rnd.choice(self.people), shown="aggregate")

    def enter(self, one: Somebody) -> None:
        """Somebody is in from now on, where that may be."""
        if self.appear(one):
            self.people.append(one)

    def become(self, one: Somebody, **changed: Any) -> None:
        """Somebody changes, where that may be."""
        other = replace(one, **changed)
        if self.appear(other):
            self.people[self.people.index(one)] = other


def somebody(rnd: random.Random, who: str) -> Somebody:
    shown = rnd.choices(("named", "alias", "aggregate"), (2, 2, 5))[0]
    return Somebody(who, shown, {"K1": rnd.choice(KINDS), "K2": rnd.choice(LANDS)}, rnd.randint(0, 4), who)


def workshop(seed: int, careless: bool = False, forgetful: bool = False) -> Room:
    rnd = random.Random(seed)
    room = Room(rnd.choice((3, 4, 5)), [], careless=careless, forgetful=forgetful)
    for number in range(rnd.randint(5, 15)):
        room.enter(somebody(rnd, str(number)))
    room.look()
    for _ in range(rnd.randint(1, 8)):
        for _ in range(rnd.choice((1, 1, 2, 6))):
            room.change(rnd)
        room.look()
    return room


def found_out(room: Room) -> set[frozenset[str]]:
    """Sets of fewer than the threshold whose sum follows from the numbers shown, by exact elimination."""
    unknown = [part - room.known for part in room.shown if part - room.known]
    names = sorted(set().union(*unknown)) if unknown else []
    rows = reduced([[Fraction(name in part) for name in names] for part in unknown])
    return {
        frozenset(few)
        for size in range(1, room.threshold)
        for few in combinations(names, size)
        if follows(rows, [Fraction(name in few) for name in names])
    }


def cornered(room: Room) -> bool:
    """Whether multiples of the numbers shown, whatever they are, leave only values of fewer than the threshold."""
    parts = [part - room.known for part in room.shown if part - room.known]
    names = sorted(frozenset().union(*parts))
    rows = reduced([[Fraction(name in part) for name in names] for part in dict.fromkeys(parts)])
    few = min(room.threshold - 1, len(names))
    return any(
        len(reduced([[row[at] for at in range(len(names)) if at not in left] for row in rows])) < len(rows)
        for left in combinations(range(len(names)), few)
    )


def test_no_sum_of_fewer_than_the_threshold_is_found_in_300_random_workshops() -> None:
    shown = 0
    for seed in range(300):
        room = workshop(seed)
        assert not found_out(room), f"workshop {seed}"
        shown += sum(bool(part) for part in room.shown)
    assert shown > 300, "the protection shows something: otherwise it would be easy"


def test_the_same_attack_succeeds_where_only_sizes_are_looked_at() -> None:
    assert sum(bool(found_out(workshop(seed, careless=True))) for seed in range(40)) > 10


def test_the_same_attack_succeeds_where_whoever_comes_back_is_taken_for_somebody_new() -> None:
    assert any(found_out(workshop(seed, forgetful=True)) for seed in range(300))


def test_no_multiples_of_numbers_corner_fewer_than_the_threshold() -> None:
    assert not any(cornered(workshop(seed)) for seed in range(300))
    assert any(cornered(workshop(seed, careless=True)) for seed in range(5))


def test_no_difference_of_two_numbers_is_about_fewer_than_the_threshold() -> None:
    for seed in range(60):
        room = workshop(seed)
        for one, other in combinations(room.shown, 2):
            for rest in (one - other, other - one, one & other):
                assert not 0 < len(rest - room.known) < room.threshold, f"workshop {seed}"


def group(covered: Iterable[str], visible: int = 0) -> MemberGroup:
    return MemberGroup("P1", visible, frozenset(covered))


def test_a_group_needs_the_threshold_and_none_or_as_many_covered_ones() -> None:
    ledger = Ledger()
    assert ledger.against(group("", 2), 3) == GroupTooSmall(3)
    assert ledger.against(group("", 3), 3) is None
    assert ledger.against(group("ab", 5), 3) == GroupTooSmall(3)
    assert ledger.against(group("abc"), 3) is None


def test_after_one_leaves_the_rest_is_withheld_until_enough_has_changed() -> None:
    ledger = Ledger().with_shown(group("abcdef"))
    assert ledger.against(group("abcde"), 3) == Derivable(3)
    assert ledger.against(group("abc"), 3) is None, "the three others are a piece of their own"
    assert ledger.against(group("abcdefghi"), 3) is None, "three more"
    assert ledger.against(group("abcdefgh"), 3) == Derivable(3)


def test_two_harmless_numbers_may_be_harmful_together_with_a_third() -> None:
    ledger = Ledger().with_shown(group("abcdefgh"))
    assert ledger.against(group("abcd"), 3) is None
    after = ledger.with_shown(group("abcd"))
    assert ledger.against(group("bcde"), 3) == Derivable(3) or after.against(group("bcde"), 3) == Derivable(3)
    assert after.against(group("bcde"), 3) == Derivable(3)


def test_what_was_shown_may_be_shown_again() -> None:
    ledger = Ledger().with_shown(group("abcde"))
    assert ledger.holds(group("abcde"))
    assert not ledger.holds(group("abcd"))
    assert ledger.against(group("abcde"), 3) is None


def test_items_are_looked_at_apart() -> None:
    ledger = Ledger().with_shown(group("abcdef"))
    assert ledger.against(MemberGroup("P2", 0, frozenset("abcde")), 3) is None


def test_whoever_has_appeared_covers_nobody_any_more() -> None:
    ledger = Ledger().with_known({"P1": "a"})
    assert ledger.against(group("abc"), 3) == GroupTooSmall(3)
    assert ledger.against(group("abcd"), 3) is None


def test_nobody_appears_who_would_take_the_cover_from_others() -> None:
    ledger = Ledger().with_shown(group("abc"))
    assert not ledger.may_appear({"P1": "a"}, 3)
    assert ledger.may_appear({"P1": "x"}, 3)
    assert Ledger().with_shown(group("abcd")).may_appear({"P1": "a"}, 3)


def test_a_mark_tells_neither_who_nor_which_value_and_changes_with_both() -> None:
    marks = {element(KEY, who, quantity, Fraction(value)) for who in "ab" for quantity in "PQ" for value in range(5)}
    assert len(marks) == 20
    assert element(b"another key", "a", "P", Fraction(1)) not in marks
    assert element(KEY, "a", "P", Fraction(1)) in marks, "the same again is the same"


parts = st.lists(st.frozensets(st.sampled_from("abcdefghij"), min_size=1), max_size=6)


@given(parts)
def test_pieces_are_apart_and_cover_every_part(shown: list[CoveredPart]) -> None:
    found = pieces(shown)
    assert found.total() == len(set().union(*shown)) if shown else not found
    for number, part in enumerate(shown):
        assert sum(count for inside, count in found.items() if number in inside) == len(part)


@given(parts, st.frozensets(st.sampled_from("abcdefghij")))
def test_a_ledger_comes_back_from_plain_data_as_it_was(shown: list[CoveredPart], known: CoveredPart) -> None:
    ledger = Ledger().with_known(dict.fromkeys(("P1", "P2.3"), "x"))
    for part in shown:
        ledger = ledger.with_shown(MemberGroup("P1", 0, part))
    for one in known:
        ledger = ledger.with_known({"P1": one})
    assert Ledger.read(ledger.written()) == ledger
    assert Ledger.read({}) == Ledger()
