"""A module as frozen data: sections with rows and columns, documented cases, and findings that rest on them.

One model serves every module. What a module asks, and what follows from the entries, stands in its data alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from scoring.model.origin import Origin
from scoring.model.wording import Wording
from scoring.modules.conditions import EntryCondition, Selection, Where

Grade = Literal["yes", "partly", "no", "apart"]
"""How an option counts. `apart` is left out of every share: the matter does not arise here."""
GRADES: tuple[Grade, ...] = get_args(Grade)

ColumnKind = Literal["choice", "several", "text"]
COLUMN_KINDS: tuple[ColumnKind, ...] = get_args(ColumnKind)

ReadingStatus = Literal["corrected", "reconstructed"]
READING_STATUSES: tuple[ReadingStatus, ...] = get_args(ReadingStatus)

FindingKind = Literal["gap", "strength", "question"]
FINDING_KINDS: tuple[FindingKind, ...] = get_args(FindingKind)

PictureKind = Literal["rows", "groups", "route", "network"]
"""A mark in each column of every row; a mark for each row of a group; rows as stations of a way; rows around a centre."""
PICTURE_KINDS: tuple[PictureKind, ...] = get_args(PictureKind)


@dataclass(frozen=True, slots=True)
class ColumnOption:
    """One possible entry; without `counts` it is only tallied."""

    key: str
    name: Wording
    counts: Grade | None = None


@dataclass(frozen=True, slots=True)
class ColumnGate:
    """A column is asked only of rows whose entry in another column is one of these options."""

    column: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One question asked of every row of a section: one option, several options, or a short text."""

    id: str
    name: Wording
    question: Wording
    kind: ColumnKind
    origin: Origin
    options: tuple[ColumnOption, ...] = ()
    asked_if: ColumnGate | None = None

    @property
    def is_graded(self) -> bool:
        """Whether its entries count as yes, partly or no."""
        return self.kind == "choice" and any(option.counts for option in self.options)

    def option(self, key: str) -> ColumnOption:
        """The option with this key; KeyError when there is none."""
        for option in self.options:
            if option.key == key:
                return option
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Reading:
    """The source is misread where the row comes from: corrected when the reading is certain, else reconstructed.

    Neither is a quotation: the name of the row is our wording.
    """

    status: ReadingStatus
    note: Wording


@dataclass(frozen=True, slots=True)
class Row:
    """One thing the columns ask about, and where it comes from; `skips` names columns that make no sense for it."""

    id: str
    name: Wording
    origin: Origin
    note: Wording | None = None
    reading: Reading | None = None
    skips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows that belong together."""

    id: str
    name: Wording
    rows: tuple[Row, ...]
    note: Wording | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the module. `own` names what a municipality may add as a row of its own; none: it may not."""

    id: str
    name: Wording
    about: Wording
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    own: Wording | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row that comes with the module."""
        return tuple(row for group in self.groups for row in group.rows)

    def column(self, id: str) -> Column:
        """The column with this id; KeyError when there is none."""
        for column in self.columns:
            if column.id == id:
                return column
        raise KeyError(id)


@dataclass(frozen=True, slots=True)
class DocumentedEntry:
    """What a case documents about some rows: what its own entries would show, the fact and its lines."""

    rows: Selection
    shows: Where
    text: Wording
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentedCase:
    """One municipality as the source documents it, shown beside one's own entries. It never gets a value of its own."""

    id: str
    municipality: str
    title: Wording
    as_of: Wording
    entries: tuple[DocumentedEntry, ...]
    limits: Wording


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence that holds when its condition does; it bears on items of the main questionnaire, and changes no value."""

    id: str
    kind: FindingKind
    when: EntryCondition
    text: Wording
    items: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Picture:
    """What one section is drawn as. A way and a network show its first graded column alone."""

    kind: PictureKind
    section: str


@dataclass(frozen=True)
class Module:
    """One in-depth module in one version."""

    id: str
    version: str
    questionnaire: str
    title: Wording
    about: Wording
    perspective: str
    items: tuple[str, ...]
    sections: tuple[Section, ...]
    pictures: tuple[Picture, ...]
    documented: tuple[DocumentedCase, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Every row by id."""
        return {row.id: row for section in self.sections for row in section.rows}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section a row or group belongs to, by the id of the row or group."""
        return {id: section for section in self.sections for id in _ids_in(section)}

    def section(self, id: str) -> Section:
        """The section with this id; KeyError when there is none."""
        for section in self.sections:
            if section.id == id:
                return section
        raise KeyError(id)


def _ids_in(section: Section) -> Iterator[str]:
    for group in section.groups:
        yield group.id
        yield from (row.id for row in group.rows)
