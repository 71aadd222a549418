"""What a table is made of: columns that carry their own entry of the data dictionary, and rows of exact values."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal, TypedDict, Unpack

from scoring.model.answers import Sheet

CellKind = Literal["text", "stage", "number", "count", "share", "change", "fact"]
"""What a column holds. A `stage` is whole unless the scale says otherwise; a `fact` is text, number or date, as it comes."""
ColumnOrigin = Literal["answers", "ratings", "questionnaire", "computed", "product"]
"""Where the content of a column comes from."""
Cell = str | Fraction | int | date | None
"""What stands in a cell; None says that there is nothing, which is not zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataColumn:
    """A column and what the data dictionary says of it. `width` is in characters.

    An `optional` column is left out where it would be empty. What is not `printed` stands beside the page.
    `cut` ends a long text of people that stands whole in another table.
    """

    key: str
    title: str
    width: int
    meaning: str
    origin: ColumnOrigin
    kind: CellKind = "text"
    unit: str = ""
    range: str = ""
    computed: str = ""
    optional: bool = False
    printed: bool = True
    cut: str = ""


class More(TypedDict, total=False):
    """What else the data dictionary says of a column, and how it is printed; see `Column`."""

    kind: CellKind
    unit: str
    range: str
    computed: str
    optional: bool
    printed: bool
    cut: str


def shipped(key: str, title: str, width: int, meaning: str, **more: Unpack[More]) -> DataColumn:
    """A column that the questionnaire brings along."""
    return DataColumn(key=key, title=title, width=width, meaning=meaning, origin="questionnaire", **more)


def answered(key: str, title: str, width: int, meaning: str, **more: Unpack[More]) -> DataColumn:
    """A column of what the municipality answered."""
    return DataColumn(key=key, title=title, width=width, meaning=meaning, origin="answers", **more)


def rated(key: str, title: str, width: int, meaning: str, **more: Unpack[More]) -> DataColumn:
    """A column of individual ratings."""
    return DataColumn(key=key, title=title, width=width, meaning=meaning, origin="ratings", **more)


def computed(key: str, title: str, width: int, meaning: str, **more: Unpack[More]) -> DataColumn:
    """A column of what follows from the answers."""
    return DataColumn(key=key, title=title, width=width, meaning=meaning, origin="computed", **more)


def ours(key: str, title: str, width: int, meaning: str, **more: Unpack[More]) -> DataColumn:
    """A column of what the product itself says."""
    return DataColumn(key=key, title=title, width=width, meaning=meaning, origin="product", **more)


@dataclass(frozen=True, slots=True)
class DataTable:
    """Rows under columns; the first `heads` columns say what a row is about. `about` says what the table shows."""

    name: str
    about: str
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 1

    def without_empty(self) -> "DataTable":
        """The table without the optional columns in which no row has anything."""
        filled = [not column.optional or any(row[at] is not None for row in self.rows) for at, column in self.numbered]
        columns = tuple(column for column, keep in zip(self.columns, filled, strict=True) if keep)
        rows = tuple(tuple(cell for cell, keep in zip(row, filled, strict=True) if keep) for row in self.rows)
        return replace(self, columns=columns, rows=rows)

    @property
    def numbered(self) -> tuple[tuple[int, DataColumn], ...]:
        """The columns with their places."""
        return tuple(enumerate(self.columns))


def answered_on(sheet: Sheet) -> date | str | None:
    """The date of the answers; as it was written when it is no calendar date."""
    return day(sheet.date)


def day(written: str) -> date | str | None:
    """A calendar date as such, anything else as it was written."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return written or None
