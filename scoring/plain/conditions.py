"""Conditions as plain data: how they are put together is written alike in every language, each bringing its leaves."""

from collections.abc import Callable, Mapping
from typing import Any, assert_never

from scoring.model.logic import AllOf, AnyOf, Compound, Formula, L, Not, P
from scoring.plain.reading import Node


def read_condition(node: Node, leaves: Mapping[str, Callable[[Node], L]]) -> Formula[L]:
    """The condition at a place, when the language has these kinds of leaves."""
    entries = node.entries()
    kinds = (*leaves, "all", "any", "not")
    if len(entries) != 1 or (kind := next(iter(entries))) not in kinds:
        allowed = ", ".join(kinds)
        node.problem(f"erwartet wird genau eins von: {allowed}", f"expected is exactly one of: {allowed}")
        return AllOf(())
    inside = entries[kind]
    match kind:
        case "all":
            return AllOf(inside.each(lambda part: read_condition(part, leaves)))
        case "any":
            return AnyOf(inside.each(lambda part: read_condition(part, leaves)))
        case "not":
            return Not(read_condition(inside, leaves))
        case _:
            return leaves[kind](inside)


def write_compound(compound: Compound[P], write: Callable[[P], dict[str, Any]]) -> dict[str, Any]:
    """The plain data of parts put together, `write` writing each of them."""
    match compound:
        case AllOf(parts):
            return {"all": [write(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [write(part) for part in parts]}
        case Not(part):
            return {"not": write(part)}
        case _:
            assert_never(compound)
