"""Tables of a Word document: widths that follow the words, a header row that repeats, rows that stay whole."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from selfcheck.charts.lettering import width_of
from selfcheck.office.text import one_line
from selfcheck.reports.blocks import ReportColumn, Table
from selfcheck.reports.word.bricks import element, words
from selfcheck.reports.word.styles import WordLook

INSET = 90
"""Room beside the words of a cell, in twentieths of a point; a text beside numbers has more."""
AFTER_NUMBERS = 240
WIDEST_WORD = 2040
"""A word longer than this (36 mm) does not decide about the width of its column."""
LINES_KEPT = 22
"""A row of more lines may be cut between pages."""
STEPS = range(100, 1000, 100)
"""How much a column may take over from another at once, in twentieths of a point."""
LONGEST_TITLE = 200
NAME = 80
"""Characters of a text that is a name rather than a sentence."""


def table_of(it: Table, roles: dict[str, str], look: WordLook, description: str) -> Any:
    """The table as Word keeps it; the description is for those who do not see it."""
    cells = Cells(it, look)
    widths = widths_of(cells)
    lines = cells.lines(widths)
    made = element(
        "w:tbl",
        _properties(it, roles, sum(widths), description),
        element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths)),
        _header(cells, widths, roles),
    )
    for place, row in enumerate(it.rows):
        kept = near_an_end(place, len(it.rows))
        whole = [element("w:trPr", element("w:cantSplit"))] if lines[place + 1] <= LINES_KEPT else []
        row_cells = (_cell(text, at, cells, widths, roles, kept) for at, text in enumerate(row))
        made.append(element("w:tr", *whole, *row_cells))
    return made


def _properties(it: Table, roles: dict[str, str], width: int, description: str) -> Any:
    look = element("w:tblLook", val="00A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=1, noVBand=1)
    return element(
        "w:tblPr",
        element("w:tblStyle", val=roles["table"]),
        element("w:tblW", w=width, type="dxa"),
        element("w:tblInd", w=0, type="dxa"),
        element("w:tblLayout", type="fixed"),
        look,
        *([element("w:tblCaption", val=one_line(it.caption, 500))] if it.caption.strip() else []),
        element("w:tblDescription", val=one_line(description, 1000)),
    )


def _header(cells: "Cells", widths: Sequence[int], roles: dict[str, str]) -> Any:
    columns = cells.it.columns
    repeats = all(len(column.title) < LONGEST_TITLE for column in columns)
    row = element("w:tr", element("w:trPr", element("w:cantSplit"), element("w:tblHeader")))
    if not repeats:  # a header that fills the page would leave no room for its rows
        row[0].remove(row[0][0])
    for place, column in enumerate(columns):
        row.append(_cell(column.title, place, cells, widths, roles, True, role="head"))
    return row


def _cell(
    text: str, place: int, cells: "Cells", widths: Sequence[int], roles: dict[str, str], kept: bool, role: str = "cell"
) -> Any:
    it = cells.it
    left, right = _insets(it.columns, place)
    inside = element("w:tcMar", element("w:left", w=left, type="dxa"), element("w:right", w=right, type="dxa"))
    keeps = [element("w:keepNext")] if kept else []
    end = [element("w:jc", val="right")] if it.columns[place].number else []
    whole = [element("w:suppressAutoHyphens")] if role == "cell" and cells.unbroken(place, text, widths[place]) else []
    look = element("w:pPr", element("w:pStyle", val=roles[role]), *keeps, *whole, *end)
    said = words(text, roles, "strong" if place == 0 and role == "cell" else None)
    return element(
        "w:tc", element("w:tcPr", element("w:tcW", w=widths[place], type="dxa"), inside), element("w:p", look, *said)
    )


def near_an_end(place: int, count: int) -> bool:
    """Whether what stands here stays with what follows, so that nothing stands alone above or below the end of a page."""
    return place + 1 < count and place in {0, count - 2}


def _insets(columns: Sequence[ReportColumn], place: int) -> tuple[int, int]:
    beside = place > 0 and columns[place - 1].number and not columns[place].number
    left = 0 if place == 0 else AFTER_NUMBERS if beside else INSET
    return left, 0 if place == len(columns) - 1 else INSET


# --- how wide columns are --------------------------------------------------------------------------------------------


class Cells:
    """The words of a table, header first, and how many lines they take in columns of some width."""

    def __init__(self, it: Table, look: WordLook) -> None:
        self.it, self.look = it, look
        self.columns = tuple(zip(tuple(column.title for column in it.columns), *it.rows, strict=True))
        self._heights: dict[tuple[int, int], tuple[int, ...]] = {}
        self._rooms: dict[str, float] = {}

    def length(self, widths: Sequence[int]) -> tuple[int, int]:
        """The lines of all rows; where these are equal, fewer lines in single cells look better."""
        return sum(self.lines(widths)), sum(sum(self._height(at, width)) for at, width in enumerate(widths))

    def lines(self, widths: Sequence[int]) -> list[int]:
        """About how many lines each row takes."""
        return [
            max(heights) for heights in zip(*(self._height(at, width) for at, width in enumerate(widths)), strict=True)
        ]

    def unbroken(self, place: int, text: str, width: int) -> bool:
        """Whether a short text fits without breaking any of its words."""
        room = width - sum(_insets(self.it.columns, place))
        return len(text) < NAME and all(self._room(piece) <= room for piece in _pieces(text))

    def needed(self, place: int) -> float:
        """Room for the longest word of a column; German compounds may break at their hyphens."""
        longest = max((self._room(piece) for text in self.columns[place] for piece in _pieces(text)), default=0.0)
        return min(longest, WIDEST_WORD) + sum(_insets(self.it.columns, place)) + 40

    def _height(self, place: int, width: int) -> tuple[int, ...]:
        if (place, width) not in self._heights:
            room = width - sum(_insets(self.it.columns, place))
            self._heights[place, width] = tuple(self._lines(text, room) for text in self.columns[place])
        return self._heights[place, width]

    def _lines(self, text: str, room: float) -> int:
        count = 0
        for line in text.split("\n"):
            count, used = count + 1, 0.0
            for piece in _pieces(line):
                used += self._room(piece)
                if used > room:
                    count, used = count + 1, self._room(piece)
                used += self._room(" ")
        return count

    def _room(self, text: str) -> float:
        """In twentieths of a point; the estimate holds for the bold letters of Arial too."""
        if text not in self._rooms:
            self._rooms[text] = width_of(text[:80], self.look.cell) * self.look.widening * 20
        return self._rooms[text]


def widths_of(cells: Cells) -> list[int]:
    """The shares of the outline, moved as far as it makes the table shorter or a long word needs it."""
    widths, floors = _shares(cells), [cells.needed(place) for place in range(len(cells.columns))]
    shortest = cells.length(widths)
    for step in STEPS:
        for taker in range(len(widths)):
            for tried in _moved(widths, floors, taker, step):
                if (length := cells.length(tried)) < shortest:
                    widths, shortest = tried, length
    return widths


def _moved(widths: list[int], floors: list[float], taker: int, step: int) -> Iterator[list[int]]:
    """The widths when one column takes so much from another, or from all others by what they can spare."""
    spare = [0 if at == taker else max(0, int(width - floors[at])) for at, width in enumerate(widths)]
    for giver in range(len(widths)):
        if spare[giver] >= step:
            yield [width + step * ((at == taker) - (at == giver)) for at, width in enumerate(widths)]
    if sum(spare) >= step:
        given = [step * part // sum(spare) for part in spare]
        yield [width - given[at] + (sum(given) if at == taker else 0) for at, width in enumerate(widths)]


def _shares(cells: Cells) -> list[int]:
    """The shares of the outline, but no column is narrower than its longest word, within reason."""
    columns, room = cells.it.columns, cells.look.width
    total = sum(column.share for column in columns)
    wished = [room * column.share / total for column in columns]
    needed = [cells.needed(place) for place in range(len(columns))]
    if sum(needed) > room:
        wished = [room * need / sum(needed) for need in needed]
    slack = [max(0.0, wish - need) for wish, need in zip(wished, needed, strict=True)]
    lacking = sum(max(0.0, need - wish) for wish, need in zip(wished, needed, strict=True))
    if 0 < lacking <= sum(slack):
        kept = 1 - lacking / sum(slack)
        wished = [need + spare * kept for need, spare in zip(needed, slack, strict=True)]
    widths = [int(wish) for wish in wished]
    widths[-1] += room - sum(widths)
    return widths


def _pieces(text: str) -> Iterator[str]:
    return (piece for word in text.split() for piece in re.split(r"(?<=[^\W\d_]-)(?=\w)", word))
