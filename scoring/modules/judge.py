"""Whether a condition holds of the entries: true, false, or unknown because something is open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from scoring.model import logic
from scoring.model.logic import AllOf, AnyOf, Not, Truth, some
from scoring.modules.conditions import (
    EntryCondition,
    EntryLeaf,
    GroupsBetween,
    RowIs,
    RowsBetween,
    Selection,
    Where,
    leaves,
    selection_of,
)
from scoring.modules.entries import Line


@dataclass(frozen=True, slots=True)
class EntryLook:
    """What one part of a condition saw: the rows that pass, those still undecided, and those that do not."""

    leaf: EntryLeaf
    holds: Truth
    passing: tuple[str, ...]
    undecided: tuple[str, ...]
    failing: tuple[str, ...]


def holds(condition: EntryCondition, lines: Sequence[Line]) -> Truth:
    """Whether the condition is true of the entries; None when open entries leave it undecided."""
    match condition:
        case RowIs(row, where):
            return next(passes(line, where) for line in lines if line.id == row)
        case RowsBetween(among, where, at_least, at_most):
            return _within((passes(line, where) for line in selected(lines, among)), at_least, at_most)
        case GroupsBetween(among, where, at_least, at_most):
            return _within(_by_group(selected(lines, among), where), at_least, at_most)
        case AllOf() | AnyOf() | Not():
            return logic.holds(condition, lambda part: holds(part, lines))
        case _:
            assert_never(condition)


def looks(condition: EntryCondition, lines: Sequence[Line]) -> tuple[EntryLook, ...]:
    """The entries behind a condition: what each part of it saw."""
    return tuple(_look(leaf, lines) for leaf in leaves(condition))


def _look(leaf: EntryLeaf, lines: Sequence[Line]) -> EntryLook:
    found = {line.id: passes(line, leaf.where) for line in selected(lines, selection_of(leaf))}
    passing, undecided, failing = (
        tuple(id for id, truth in found.items() if truth is kind) for kind in (True, None, False)
    )
    return EntryLook(leaf, holds(leaf, lines), passing, undecided, failing)


def selected(lines: Iterable[Line], among: Selection) -> tuple[Line, ...]:
    """The rows of a sheet that a selection takes, rows of one's own included."""
    return tuple(line for line in lines if among.takes(line.section.id, line.group, line.id))


def passes(line: Line, where: Where) -> Truth:
    """Whether a row passes every test. Each way the entries can come out is looked at, so nothing is guessed."""
    gates = tuple(dict.fromkeys(g.column for id in where if (g := line.section.column(id).asked_if)))
    outcomes: set[bool] = set()
    for world in line.worlds(gates):
        parts = [
            {choice is not None and wanted.passes(choice) for choice in line.choices_in(id, world)}
            for id, wanted in where.items()
        ]
        if all(True in part for part in parts):
            outcomes.add(True)
        if any(False in part for part in parts):
            outcomes.add(False)
    return outcomes.pop() if len(outcomes) == 1 else None


def _by_group(lines: Iterable[Line], where: Where) -> list[Truth]:
    groups: dict[str, list[Truth]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(passes(line, where))
    return [some(found) for found in groups.values()]


def _within(found: Iterable[Truth], at_least: int | None, at_most: int | None) -> Truth:
    """Whether the number of true ones lies within bounds, when undecided ones may turn out either way."""
    truths = list(found)
    fewest = sum(truth is True for truth in truths)
    most = sum(truth is not False for truth in truths)
    low, high = at_least or 0, len(truths) if at_most is None else at_most
    if low <= fewest and most <= high:
        return True
    return False if most < low or fewest > high else None
