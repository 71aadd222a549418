"""What an agency has released of several workshops, as a workbook and as one flat CSV file: counts and medians alone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scoring.assess.words import Speaker
from scoring.workshop.over_time import (
    DOWN,
    FEWEST,
    MORE_WANTED,
    SAME,
    UP,
    Released,
    Seen,
    change_in,
    demand_in,
    place_of,
    place_questions,
)
from selfcheck.ground.i18n import Translate, translator
from selfcheck.ground.typesetting import UNDATED
from selfcheck.register.edition import SOURCE
from selfcheck.tables import flat, workbook
from selfcheck.tables.columns import Cell, DataColumn, DataTable, computed, ours, shipped
from selfcheck.tables.dictionary import dictionary


@dataclass(frozen=True)
class OverTime:
    """What goes into the files: `seen` says of a view what is shown; `rooms` are id, title and day of the workshops.

    `counties` and `cities` are how many there are by federal state in the register of `as_of`; empty without a register.
    """

    agency: str
    day: date
    say: Speaker
    seen: Callable[[str], Seen]
    rooms: Sequence[tuple[str, str, date]]
    counties: dict[str, int]
    cities: dict[str, int]
    as_of: date | None


def xlsx(found: OverTime) -> bytes:
    """The workbook; the same numbers give the same bytes."""
    _ = translator(found.say.language)
    mark = _("Only numbers of at least five municipalities")
    return workbook.book(tables(found), found.agency, mark, found.say.language, UNDATED)


def csv(found: OverTime) -> bytes:
    """Every number in one row."""
    _ = translator(found.say.language)
    headings = (_("Sheet"), _("Id"), _("Name"), _("Key"), _("Column"), _("Numeric value"), _("Text"))
    return flat.lines(headings, _rows(found), found.say.language)


def _rows(found: OverTime) -> Iterator[tuple[Cell, ...]]:
    *data, _dictionary, about = tables(found)
    for table in data:
        for row in table.rows:
            for at, column in table.numbered[table.heads :]:
                number, text = (None, row[at]) if column.kind == "text" else (row[at], None)
                yield (table.name, row[0], row[1], column.key, column.title, number, text)
    for row in about.rows:
        yield (about.name, row[0], None, "content", about.columns[1].title, None, str(row[1]))


def tables(found: OverTime) -> tuple[DataTable, ...]:
    """One table for each sheet, the dictionary and what they rest on at the end."""
    _ = translator(found.say.language)
    first, last = (_perspectives(found, _), _rounds(found, _), _coverage(found, _)), _about(found, _)
    data = tuple(table.without_empty() for table in first)
    return (*data, dictionary(data, last, _), last)


def _perspectives(found: OverTime, _: Translate) -> DataTable:
    columns = (
        shipped("perspective", _("Perspective"), 13, _("The practice perspective.")),
        shipped("name", _("Name"), 42, _("What the perspective is called.")),
        *_about_values(_),
        _number("with_target", _("With a target"), _("Municipalities that have a target for the perspective.")),
        _number("wanted", _("Target above today"), _("Municipalities whose target lies above their value.")),
        _number("twice", _("Looked at twice"), _("Municipalities with newer answers in a later workshop.")),
        _number("higher", _("Higher"), _("Of these, whose value is higher than before.")),
        _number("same", _("Unchanged"), _("Of these, whose value is the same as before.")),
        _number("lower", _("Lower"), _("Of these, whose value is lower than before.")),
        _note(_),
    )
    rows = tuple(
        (
            one.id,
            found.say.say(one.name),
            *_values(found.seen(one.id)),
            *_wanted(found, one.id),
            *_changed(found, one.id),
        )
        for one in found.say.questionnaire.perspectives
    )
    noted = tuple((*row, _why(found.seen(str(row[0])), _)) for row in rows)
    about = _("All municipalities together, each with what it shared last. A change is no effect of a workshop.")
    return DataTable(_("Perspectives"), about, columns, noted, heads=2)


def _about_values(_: Translate) -> tuple[DataColumn, ...]:
    return (
        _number("counted", _("Municipalities"), _("How many municipalities are counted.")),
        computed("median", _("Median"), 10, _("The middle value; of two in the middle the lower."), kind="number"),
        _number("low", _("Below stage 2"), _("How many of those counted stand below stage 2.")),
        computed("share", _("Share"), 10, _("Their share of those counted."), kind="share"),
    )


def _number(key: str, title: str, meaning: str) -> DataColumn:
    return computed(key, title, 15, meaning, kind="count")


def _note(_: Translate) -> DataColumn:
    return ours("note", _("Note"), 44, _("Why there is no number, or what to keep in mind."), optional=True)


def _values(seen: Seen) -> tuple[Cell, ...]:
    if not isinstance(seen, Released):
        return (None, None, None, None)
    return (seen.size, seen.median, seen.low, Fraction(seen.low, seen.size))


def _wanted(found: OverTime, perspective: str) -> tuple[Cell, ...]:
    seen = found.seen(demand_in(perspective))
    return (seen.size, seen.counts.get(MORE_WANTED, 0)) if isinstance(seen, Released) else (None, None)


def _changed(found: OverTime, perspective: str) -> tuple[Cell, ...]:
    seen = found.seen(change_in(perspective))
    if not isinstance(seen, Released):
        return (None, None, None, None)
    return (seen.size, *(seen.counts.get(way, 0) for way in (UP, SAME, DOWN)))


def _why(seen: Seen, _: Translate) -> str | None:
    if isinstance(seen, Released):
        return _("As released last; changes since then are not counted yet.") if seen.earlier else None
    return _("Not shown or not released; see “About”.")


def _rounds(found: OverTime, _: Translate) -> DataTable:
    columns = (
        ours("workshop", _("Workshop"), 40, _("The name of the workshop.")),
        shipped("perspective", _("Perspective"), 13, _("The practice perspective.")),
        ours("day", _("Day"), 13, _("The day of the workshop."), kind="fact"),
        *_about_values(_),
        _note(_),
    )
    rows = tuple(
        (title, one.id, day, *_values(seen := found.seen(f"{id} {one.id}")), _why(seen, _))
        for id, title, day in found.rooms
        for one in found.say.questionnaire.perspectives
    )
    about = _("The workshops in the order of their days; whoever took part in two is counted in both.")
    return DataTable(_("Workshops"), about, columns, rows, heads=2)


def _coverage(found: OverTime, _: Translate) -> DataTable:
    columns = (
        shipped("question", _("Question"), 24, _("What about the municipality is told.")),
        shipped("answer", _("Answer"), 36, _("The answer.")),
        _number("municipalities", _("Municipalities"), _("How many municipalities are counted.")),
        _number("counties", _("Counties in the register"), _("How many counties the federal state has.")),
        _number(
            "cities", _("County-free cities in the register"), _("How many county-free cities the federal state has.")
        ),
        _note(_),
    )
    rows = tuple(
        (
            found.say.say(question.name or question.question),
            found.say.say(choice.label),
            _place(seen := found.seen(f"{question.id} {choice.key}"), place_of(question, choice.key)),
            found.counties.get(choice.key),
            found.cities.get(choice.key),
            None if isinstance(seen, Released) else _("fewer than five, not released, or withheld to protect others"),
        )
        for question in place_questions(found.say.questionnaire)
        for choice in question.choices
    )
    about = _("Where the municipalities come from and what kind they are, one question at a time.")
    return DataTable(_("Coverage"), about, columns, rows, heads=2)


def _place(seen: Seen, place: Fraction) -> int | None:
    return seen.counts.get(place, 0) if isinstance(seen, Released) else None


def _about(found: OverTime, _: Translate) -> DataTable:
    columns = (
        ours("entry", _("Entry"), 31, _("What the row is about.")),
        ours("content", _("Content"), 112, _("What there is to say about it."), kind="fact"),
    )
    k = _(
        "Every number counts at least {count} municipalities, and none could be found by subtracting numbers that were shown "
        "earlier, over workshops and over time. Only municipalities are counted that agree to later evaluations; whoever "
        "takes that back is no longer counted from the next look on."
    )
    rows: list[tuple[Cell, ...]] = [
        (_("Agency"), found.agency),
        (_("Day"), found.day),
        (_("Questionnaire"), f"{found.say.questionnaire.id} {found.say.questionnaire.version}"),
        (_("Fewest municipalities"), k.format(count=FEWEST)),
        (
            _("Change"),
            _("Differences between two self-assessments. They are no effect of a workshop: much else happened."),
        ),
        (_("Limits"), _("Self-assessments of municipalities that chose to take part; not representative.")),
    ]
    if found.as_of:
        rows += [(_("Register as of"), found.as_of), (_("Source of the register"), SOURCE)]
    what = _("What the tables of this file are about, what they rest on and what they cannot say.")
    return DataTable(_("About"), what, columns, tuple(rows))
