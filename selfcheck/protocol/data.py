"""The data of a workshop: what those share that appear in the protocol, and what was released of all together.

Nothing about how a municipality is built goes with it: kind, size and Land would tell who stands behind an alias.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from io import StringIO
from typing import Any

from scoring.workshop import words
from scoring.workshop.members import Member
from selfcheck.office.bundle import ZipMember
from selfcheck.protocol.minutes import Minutes
from selfcheck.services.looking import Together
from selfcheck.tables.flat import decimal
from selfcheck.tables.texts import harmless

Cell = str | int | Fraction | None
Row = tuple[Cell, ...]


def files(minutes: Minutes) -> Iterator[ZipMember]:
    """Two tables, the same as JSON, and what the columns mean."""
    folder, values, together, both, about = _names(minutes)
    yield ZipMember(f"{folder}/{values}", _csv(minutes, VALUE_KEYS, _values(minutes)))
    yield ZipMember(f"{folder}/{together}", _csv(minutes, TOGETHER_KEYS, _together(minutes)))
    yield ZipMember(f"{folder}/{both}", _json(minutes))
    yield ZipMember(f"{folder}/{about}", _about(minutes).encode())


def _names(minutes: Minutes) -> tuple[str, str, str, str, str]:
    """What the folder and its files are called."""
    _ = minutes.translate
    return _("data"), _("values.csv"), _("together.csv"), _("workshop.json"), _("read-me.txt")


def _columns(minutes: Minutes) -> dict[str, tuple[str, str]]:
    """Each column by its key, with its title and what it means."""
    _ = minutes.translate
    return {
        "municipality": (_("Municipality"), _("The name, or the alias it appears under.")),
        "kind": (_("Kind"), _("Perspective, or an item of it.")),
        "id": (_("Id"), _("The id in the questionnaire.")),
        "name": (_("Name"), _("The name in the questionnaire.")),
        "value": (_("Value"), _("Stage of an item, or value of a perspective: the median of its rated items; 0 to 4.")),
        "why": (_("Why there is no number"), _("What cannot be compared or may not be shown, in words.")),
        "counted": (_("Municipalities counted"), _("How many have a value that can be compared.")),
        "median": (_("Lower median"), _("The middle; of an even number the lower one of the two in the middle.")),
        "place": (_("Stage"), _("A place on the scale at which at least one of those counted stands.")),
        "count": (_("Municipalities there"), _("How many stand at this place.")),
    }


VALUE_KEYS = ("municipality", "kind", "id", "name", "value", "why")
TOGETHER_KEYS = ("kind", "id", "name", "counted", "median", "place", "count", "why")


def _values(minutes: Minutes) -> Iterator[Row]:
    for member in minutes.shown:
        for quantity in minutes.look.quantities:
            value = minutes.look.own(member, quantity)
            yield minutes.label(member), *_named(minutes, quantity), value, _why(minutes, member, quantity, value)


def _why(minutes: Minutes, member: Member, quantity: str, value: Fraction | None) -> str:
    _ = minutes.translate
    if value is not None:
        return ""
    items = minutes.look.questionnaire.perspective_of
    perspective = items[quantity].id if quantity in items else quantity
    against = minutes.look.comparable[member.id].against.get(perspective)
    return words.reason(against).text(minutes.language) if against else _("no stage")


def _together(minutes: Minutes) -> Iterator[Row]:
    for quantity in minutes.look.quantities:
        state = minutes.look.together(quantity)
        if isinstance(state, Together):
            for place, count in sorted(state.counts.items()):
                yield *_named(minutes, quantity), state.size, state.median, place, count, ""
        else:
            yield *_named(minutes, quantity), None, None, None, None, minutes.together(state)[1]


def _named(minutes: Minutes, quantity: str) -> tuple[str, str, str]:
    """Kind, id and name of a perspective or an item."""
    _ = minutes.translate
    questionnaire, say = minutes.look.questionnaire, minutes.say.say
    if quantity in questionnaire.items:
        return _("item"), quantity, say(questionnaire.items[quantity].name)
    return _("perspective"), quantity, say(questionnaire.perspective(quantity).name)


def _csv(minutes: Minutes, keys: Sequence[str], rows: Iterator[Row]) -> bytes:
    """UTF-8 with a mark at the beginning, CRLF; separators and decimals as the language has them."""
    out = StringIO()
    separator = ";" if minutes.language == "de" else ","
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    columns = _columns(minutes)
    writer.writerow([columns[key][0] for key in keys])
    for row in rows:
        writer.writerow([_written(minutes, cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _written(minutes: Minutes, cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return harmless(cell)
        case _:
            return decimal(cell, minutes.language)


def _json(minutes: Minutes) -> bytes:
    """The same as plain data, with keys in English; numbers are exact as text where they are no decimals."""
    content = {
        "workshop": {
            "title": minutes.workshop.title,
            "day": minutes.workshop.day,
            "purpose": minutes.plan.purpose,
            "delete_after": minutes.workshop.keep_until,
            "fewest_together": minutes.workshop.threshold,
            "questionnaire": minutes.workshop.questionnaire,
            "version": minutes.workshop.version,
        },
        "use": _use(minutes),
        "values": [dict(zip(VALUE_KEYS, map(_plain, row), strict=True)) for row in _values(minutes)],
        "together": [dict(zip(TOGETHER_KEYS, map(_plain, row), strict=True)) for row in _together(minutes)],
        "columns": {key: meaning for key, (_title, meaning) in _columns(minutes).items()},
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _plain(cell: Cell) -> Any:
    return float(cell) if isinstance(cell, Fraction) else cell


def _use(minutes: Minutes) -> str:
    """What the data may be used for, and until when."""
    _ = minutes.translate
    text = _(
        "For this purpose alone: {purpose} No open licence: the values belong to the municipalities that share them. Whoever "
        "took part may use them for this purpose; they are not passed on or published, and deleted after {day}. A "
        "municipality that leaves before is to be taken out of copies as well."
    )
    purpose = minutes.plan.purpose.strip()
    return text.format(
        purpose=purpose if purpose.endswith((".", "!", "?")) else f"{purpose}.",
        day=minutes.day(minutes.workshop.keep_until),
    )


def _about(minutes: Minutes) -> str:
    """The data dictionary as text."""
    _ = minutes.translate
    _folder, values, together, both, _about_it = _names(minutes)
    named = _("the values of those that appear in the protocol, by name or under their alias")
    released = _("what was released of all together, one row for each place on the scale")
    plain = _("both in one file, with keys in English")
    lines = [
        minutes.workshop.title,
        minutes.day(minutes.workshop.day),
        "",
        _use(minutes),
        "",
        _("What there is"),
        f"- {values}: {named}",
        f"- {together}: {released}",
        f"- {both}: {plain}",
        "",
        _("Columns"),
        *(f"- {title}: {meaning}" for title, meaning in _columns(minutes).values()),
        "",
        _(
            "Nothing about kind, size and Land of a municipality goes with it: it would tell who stands behind an alias."
        ),
        "",
    ]
    return "\r\n".join(lines)
