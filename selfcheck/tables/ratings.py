"""Individual ratings as a table: how many stand where, as far as the rules of disclosure release it."""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from math import floor

from scoring.model.questionnaire import Item
from scoring.model.spreads import Counts, Spread
from selfcheck.ground.i18n import Translate
from selfcheck.tables.columns import Cell, DataColumn, DataTable, rated, shipped
from selfcheck.words.findings import Findings

HALF = Fraction(1, 2)


def ratings(findings: Findings, _: Translate) -> DataTable | None:
    """One row for each item and each role group that may be shown; nothing where there are no ratings."""
    found = [item for item in findings.asked if item.id in findings.sheet.spreads]
    if not found:
        return None
    places = [n * HALF for n in range(2 * max(len(item.scale.options) for item in found) - 1)]
    rows = [row for item in found for row in _rows(findings, item, findings.sheet.spreads[item.id], places, _)]
    about = _("How many individual ratings stand where, for each item and each role group that may be shown.")
    columns = (*_head(_), *_counts(findings, places, _))
    return DataTable(_("Individual ratings"), about, columns, tuple(rows), heads=2)


def place_on_scale(item: Item, place: Fraction) -> Fraction:
    """The points at a place of the scale; a half step lies in the middle of its neighbours."""
    below, rest = floor(place), place - floor(place)
    points = item.scale.options[below].points
    return points + rest * (item.scale.options[below + 1].points - points) if rest else points


def _head(_: Translate) -> Iterator[DataColumn]:
    yield shipped("id", _("Id"), 10, _("The id of the item; it begins with that of its perspective."))
    yield shipped("name", _("Item"), 32, _("The item in short."))
    yield rated(
        "group",
        _("Role group"),
        26,
        _(
            "Whose ratings these are. A role group is shown when it and the rest of the others have at least five ratings."
        ),
    )


def _counts(findings: Findings, places: list[Fraction], _: Translate) -> Iterator[DataColumn]:
    people = partial(rated, kind="count", unit=_("ratings"))
    yield people("ratings", _("Ratings"), 15, _("How many people rated the item."))
    text = _("How many people say that they cannot judge the item; only known for all together.")
    yield people("cannot_judge", _("Cannot judge"), 12, text)
    text = _("How many people marked the item as hard to understand; only known for all together.")
    yield people("unclear", _("Hard to understand"), 15, text)
    text = _("How many ratings stand at this place of the scale: 0 is its first stage, halves lie between two stages.")
    for place in places:
        title = _("at {place}").format(place=findings.say.number(place))
        yield people(f"at_{float(place):g}", title, 9, text)


def _rows(
    findings: Findings, item: Item, spread: Spread, places: list[Fraction], _: Translate
) -> Iterator[tuple[Cell, ...]]:
    labels = {role.key: findings.say.say(role.label) for role in findings.questionnaire.roles}
    name = findings.say.say(item.name)
    yield (
        item.id,
        name,
        _("all together"),
        spread.ratings,
        spread.cannot_judge,
        spread.unclear,
        *_at(spread.counts, places),
    )
    for role, counts in spread.roles.items():
        yield item.id, name, labels.get(role, role), sum(counts.values()), None, None, *_at(counts, places)


def _at(counts: Counts, places: list[Fraction]) -> Iterator[int]:
    return (counts.get(place, 0) for place in places)
