"""Spreads in answer files: `ratings` counts people by their place on the scale, written as a text such as "1.5"."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from scoring.model.questionnaire import Item, Questionnaire
from scoring.model.spreads import SMALLEST_GROUP, Counts, Spread
from scoring.plain.reading import Node

MOST_PEOPLE = 10_000


def read_spread(node: Node, questionnaire: Questionnaire, item: Item) -> Spread | None:
    """The spread of one item; nothing when it can't be read, which is noted with its place."""
    entries = node.fields(("ratings",), ("cannot-judge", "unclear", "roles", "remarks"))
    counts = _counts(entries["ratings"], item)
    roles = entries["roles"].fields((), tuple(role.key for role in questionnaire.roles)) if "roles" in entries else {}
    if not counts or sum(counts.values()) < SMALLEST_GROUP:
        entries["ratings"].problem(
            f"weniger als {SMALLEST_GROUP} Einschätzungen werden nicht gezeigt und nicht gespeichert",
            f"fewer than {SMALLEST_GROUP} ratings are neither shown nor stored",
        )
        return None
    return Spread(
        counts,
        entries["cannot-judge"].whole(0, MOST_PEOPLE) if "cannot-judge" in entries else 0,
        entries["unclear"].whole(0, MOST_PEOPLE) if "unclear" in entries else 0,
        {role: _counts(entry, item) for role, entry in roles.items()},
        entries["remarks"].each(Node.writing) if "remarks" in entries else (),
    )


def _counts(node: Node, item: Item) -> Counts:
    places = {written_place(Fraction(half, 2)): Fraction(half, 2) for half in range(2 * len(item.scale.options) - 1)}
    return {places[key]: entry.whole(1, MOST_PEOPLE) for key, entry in node.fields((), tuple(places)).items()}


def write_spread(spread: Spread) -> dict[str, Any]:
    """The plain data of a spread; reading it again gives the same."""
    data: dict[str, Any] = {"ratings": _written_counts(spread.counts)}
    if spread.cannot_judge:
        data["cannot-judge"] = spread.cannot_judge
    if spread.unclear:
        data["unclear"] = spread.unclear
    if spread.roles:
        data["roles"] = {role: _written_counts(counts) for role, counts in spread.roles.items()}
    if spread.remarks:
        data["remarks"] = list(spread.remarks)
    return data


def _written_counts(counts: Mapping[Fraction, int]) -> dict[str, int]:
    return {written_place(place): counts[place] for place in sorted(counts)}


def written_place(place: Fraction) -> str:
    """A place on the scale as files write it."""
    return str(place.numerator) if place.denominator == 1 else str(float(place))
