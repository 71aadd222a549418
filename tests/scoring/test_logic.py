"""Three-valued logic: what holds whatever a language of conditions looks at."""

from collections.abc import Mapping
from typing import assert_never

from hypothesis import given
from hypothesis import strategies as st

from scoring.model.logic import AllOf, AnyOf, Formula, Not, Truth, holds, leaves

Lamps = Formula[str]
"""Conditions about lamps, of which some are on, some are off, and of the others nobody knows."""
NAMES = "abcd"
TRUTHS = st.sampled_from([True, False, None])
SEEN = st.fixed_dictionaries(dict.fromkeys(NAMES, TRUTHS))


def _compound(part: st.SearchStrategy[Lamps]) -> st.SearchStrategy[Lamps]:
    parts = st.lists(part, max_size=3).map(tuple)
    return st.one_of(parts.map(AllOf), parts.map(AnyOf), part.map(Not))


LAMPS: st.SearchStrategy[Lamps] = st.recursive(st.sampled_from(NAMES), _compound, max_leaves=8)
PARTS = st.lists(LAMPS, max_size=4).map(tuple)


def truth(lamps: Lamps, seen: Mapping[str, Truth]) -> Truth:
    match lamps:
        case str():
            return seen[lamps]
        case AllOf() | AnyOf() | Not():
            return holds(lamps, lambda part: truth(part, seen))
        case _:
            assert_never(lamps)


@given(PARTS, SEEN)
def test_not_all_is_any_not_and_not_any_is_all_not(parts: tuple[Lamps, ...], seen: Mapping[str, Truth]) -> None:
    turned = tuple(Not(part) for part in parts)
    assert truth(Not(AllOf(parts)), seen) is truth(AnyOf(turned), seen)
    assert truth(Not(AnyOf(parts)), seen) is truth(AllOf(turned), seen)


@given(LAMPS, SEEN)
def test_not_twice_is_as_if_nothing_had_been_said(lamps: Lamps, seen: Mapping[str, Truth]) -> None:
    assert truth(Not(Not(lamps)), seen) is truth(lamps, seen)


@given(LAMPS, SEEN, SEEN)
def test_what_is_known_stays_so_whatever_becomes_known(
    lamps: Lamps, seen: Mapping[str, Truth], later: Mapping[str, Truth]
) -> None:
    before = truth(lamps, seen)
    after = truth(lamps, {name: later[name] if known is None else known for name, known in seen.items()})
    assert before is None or after is before


@given(LAMPS, st.fixed_dictionaries({name: st.booleans() for name in NAMES}))
def test_where_every_leaf_is_known_so_is_the_whole(lamps: Lamps, seen: Mapping[str, bool]) -> None:
    assert truth(lamps, seen) is not None


def test_nothing_at_all_is_all_of_it_and_none_of_it() -> None:
    nothing: Lamps = AllOf(())
    assert truth(nothing, {}) is True
    assert truth(AnyOf(()), {}) is False


def test_leaves_stand_in_the_order_they_are_written() -> None:
    lamps: Lamps = AllOf(("b", Not(AnyOf(("a", "b"))), "c"))
    assert list(leaves(lamps)) == ["b", "a", "b", "c"]
