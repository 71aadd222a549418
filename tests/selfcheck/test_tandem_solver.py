"""Learning tandems: the best there are, compared with trying every choice, and always within what was agreed."""

import random
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.workshop.tandems import (
    Benefit,
    Both,
    Left,
    Matching,
    NoConsent,
    NoMatching,
    Pairing,
    Pin,
    PinsTogether,
    Task,
    TooManyPartners,
)
from selfcheck.planning.tandems import solve
from tests.drawn import examples


def random_task(seed: int, most: int = 6) -> Task:
    """A small task: random helps, traits, places and pins."""
    rnd = random.Random(seed)
    members = [f"m{n}" for n in range(rnd.randint(2, most))]
    helps = [
        Benefit(giver, taker, perspective)
        for giver in members
        for taker in members
        for perspective in ("P1", "P2", "P3")
        if giver != taker and rnd.random() < 0.2
    ]
    pairings = []
    for group in [*combinations(members, 2), *combinations(members, 3)]:
        inside = tuple(one for one in helps if {one.giver, one.taker} <= set(group))
        if inside or rnd.random() < 0.3:
            pairings.append(Pairing(group, inside, rnd.randint(0, 3)))
    pairs = [frozenset(pair) for pair in combinations(members, 2)]
    pins = tuple(Pin(pair, rnd.random() < 0.4) for pair in rnd.sample(pairs, min(len(pairs), rnd.choice((0, 1, 2, 3)))))
    return Task({member: rnd.choice((1, 1, 1, 2)) for member in members}, tuple(pairings), pins)


def choices(task: Task, begun: tuple[Pairing, ...] = (), at: int = 0) -> Iterator[tuple[Pairing, ...]]:
    """Every choice that keeps the places; read from the task's own words and nothing of the solver."""
    yield begun
    for number in range(at, len(task.possible)):
        chosen = (*begun, task.possible[number])
        taken = [member for one in chosen for member in one.members]
        met = [frozenset(pair) for one in chosen for pair in combinations(one.members, 2)]
        if all(taken.count(member) <= task.places[member] for member in taken) and len(set(met)) == len(met):
            yield from choices(task, chosen, number + 1)


def best_by_trying(task: Task) -> tuple[int, int, int, int] | None:
    return max((task.score(chosen) for chosen in choices(task) if task.allows(chosen)), default=None)


@pytest.mark.thorough
def test_200_random_tasks_are_solved_as_well_as_by_trying_every_choice() -> None:
    solved = refused = 0
    for seed in range(200):
        task = random_task(seed, most=7)
        found = solve(task)
        best = None if task.contradictions else best_by_trying(task)
        if isinstance(found, Matching):
            assert task.score(found.chosen) == best, f"task {seed}"
            solved += 1
        else:
            assert best is None, f"task {seed}"
            refused += 1
    assert solved > 100
    assert refused > 5


@examples(40)
@given(st.integers(0, 10_000))
def test_every_place_pin_and_consent_is_kept(seed: int) -> None:
    task = random_task(seed, most=9)
    found = solve(task)
    if isinstance(found, NoMatching):
        assert found.contradictions
        return
    assert task.allows(found.chosen)
    met = {frozenset(pair) for one in found.chosen for pair in combinations(one.members, 2)}
    assert all((pin.members in met) == pin.together for pin in task.pins)
    in_tandem = {member for one in found.chosen for member in one.members}
    assert in_tandem | {one.member for one in found.left} == set(task.places)
    assert solve(task) == found, "the same task gives the same tandems"


def pair(*members: str, gives: tuple[str, str] | None = None, alike: int = 0) -> Pairing:
    return Pairing(members, (Benefit(*gives, "P1"),) if gives else (), alike)


def pinned(*members: str, together: bool = True) -> Pin:
    return Pin(frozenset(members), together)


def test_contradicting_pins_are_named() -> None:
    task = Task({"a": 1, "b": 1}, (pair("a", "b"),), (pinned("a", "b"), pinned("a", "b", together=False)))
    assert solve(task) == NoMatching((Both(frozenset("ab")),))


def test_a_pin_of_somebody_without_consent_is_named() -> None:
    task = Task({"a": 1, "b": 1}, (pair("a", "b"),), (pinned("a", "c"),))
    assert solve(task) == NoMatching((NoConsent("c"),))


def test_a_pin_beyond_the_places_is_named() -> None:
    places = dict.fromkeys("abcd", 1)
    task = Task(places, (), tuple(pinned("a", other) for other in "bcd"))
    assert solve(task) == NoMatching((TooManyPartners("a", 1),))


def test_pins_that_cannot_be_kept_together_are_named_and_no_others() -> None:
    pairings = (pair("a", "b"), pair("b", "c"), pair("c", "d"), pair("e", "f", gives=("e", "f")))
    pins = (pinned("a", "b"), pinned("b", "c"), pinned("c", "d"), pinned("e", "f"))
    found = solve(Task(dict.fromkeys("abcdef", 1), pairings, pins))
    assert isinstance(found, NoMatching)
    (together,) = found.contradictions
    assert isinstance(together, PinsTogether)
    assert len(together.pins) == 2
    assert pinned("e", "f") not in together.pins


def test_what_is_kept_apart_is_named_where_it_is_part_of_the_contradiction() -> None:
    pairings = (pair("a", "b"), pair("b", "c"), pair("a", "b", "c"))
    together, apart = (pinned("a", "b"), pinned("b", "c")), pinned("a", "c", together=False)
    assert isinstance(solve(Task(dict.fromkeys("abc", 1), pairings, together)), Matching)
    assert solve(Task(dict.fromkeys("abc", 1), pairings, (*together, apart))) == NoMatching(
        (PinsTogether((*together, apart)),)
    )


def test_where_nobody_can_be_matched_nothing_contradicts_itself() -> None:
    assert solve(Task({}, (), ())) == Matching((), ())
    assert solve(Task({"a": 1}, (), (pinned("a", "b", together=False),))) == Matching((), (Left("a", "nobody-fits"),))


def test_the_same_help_from_two_sides_counts_once_and_no_more_than_three_helps_count_for_one() -> None:
    def helped(by: str, *perspectives: str) -> Pairing:
        return Pairing((by, "t"), tuple(Benefit(by, "t", perspective) for perspective in perspectives), 0)

    first, same, other = helped("a", "P1"), helped("b", "P1"), helped("c", "P2", "P3", "P4")
    task = Task({"a": 1, "b": 1, "c": 1, "t": 2}, (first, same, other), ())
    assert task.score((first, same))[:2] == (1, 1)
    assert task.score((first, other))[:2] == (1, 3)
    two = Task(task.places, (first, same, helped("c", "P2")), ())
    found = solve(two)
    assert isinstance(found, Matching)
    assert two.score(found.chosen)[:2] == (1, 2)
    assert ("c", "t") in [one.members for one in found.chosen]


def test_who_gets_something_counts_more_than_how_much() -> None:
    rich = Pairing(("a", "b"), tuple(Benefit("a", "b", p) for p in ("P1", "P2", "P3")), 3)
    task = Task(
        dict.fromkeys("abcd", 1), (rich, pair("a", "c", gives=("a", "c")), pair("b", "d", gives=("b", "d"))), ()
    )
    found = solve(task)
    assert isinstance(found, Matching)
    assert [one.members for one in found.chosen] == [("a", "c"), ("b", "d")]


def test_who_is_left_over_is_told_why() -> None:
    pairings = (pair("a", "b", gives=("a", "b")), pair("a", "c", gives=("a", "c")), pair("d", "e", gives=("d", "e")))
    task = Task(dict.fromkeys("abcdefg", 1), pairings, (pinned("a", "b"), pinned("d", "e", together=False)))
    found = solve(task)
    assert isinstance(found, Matching)
    assert {one.member: one.why for one in found.left} == {
        "c": "no-place",
        "d": "kept-apart",
        "e": "kept-apart",
        "f": "nobody-fits",
        "g": "nobody-fits",
    }
