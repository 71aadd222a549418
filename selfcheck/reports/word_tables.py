"""Tables of a Word document: widths that follow the words, a header row that repeats, rows that stay whole."""

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

from selfcheck.charts.radar import width_of
from selfcheck.reports.blocks import Column, Table
from selfcheck.reports.word_styles import Look
from selfcheck.reports.word_xml import element, one_line, words

INSET = 90
"""Room beside the words of a cell, in twentieths of a point; a text beside numbers has more."""
AFTER_NUMBERS = 240
WIDEST_WORD = 2040
"""A word longer than this (36 mm) does not decide about the width of its column."""
LINES_KEPT = 22
"""A row of more lines may be cut between pages."""
HEIGHT_KEPT = 6500
"""A table lower than this (115 mm) stays on one page."""
LONGEST_TITLE = 200


def table_of(it: Table, roles: dict[str, str], look: Look, description: str) -> Any:
    """The table as Word keeps it; the description is for those who do not see it."""
    widths = widths_of(it, look)
    lines = [_lines(row, it, widths, look) for row in (tuple(column.title for column in it.columns), *it.rows)]
    together = sum(count * look.cell * 25.4 + 160 for count in lines) < HEIGHT_KEPT
    last = len(it.rows) - 1
    made = element(
        "w:tbl",
        _properties(it, roles, sum(widths), description),
        element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths)),
        _header(it, widths, roles),
    )
    for place, row in enumerate(it.rows):
        kept = (together and place < last) or (place == last - 1 and last > 1)
        whole = element("w:trPr", element("w:cantSplit")) if lines[place + 1] <= LINES_KEPT else None
        cells = (_cell(text, at, it, widths, roles, kept) for at, text in enumerate(row))
        made.append(element("w:tr", *(() if whole is None else (whole,)), *cells))
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


def _header(it: Table, widths: Sequence[int], roles: dict[str, str]) -> Any:
    repeats = all(len(column.title) < LONGEST_TITLE for column in it.columns)
    row = element("w:tr", element("w:trPr", element("w:cantSplit"), element("w:tblHeader")))
    if not repeats:  # a header that fills the page would leave no room for its rows
        row[0].remove(row[0][0])
    for place, column in enumerate(it.columns):
        row.append(_cell(column.title, place, it, widths, roles, True, role="head"))
    return row


def _cell(
    text: str, place: int, it: Table, widths: Sequence[int], roles: dict[str, str], kept: bool, role: str = "cell"
) -> Any:
    left, right = _insets(it.columns, place)
    inside = element("w:tcMar", element("w:left", w=left, type="dxa"), element("w:right", w=right, type="dxa"))
    keeps = [element("w:keepNext")] if kept else []
    end = [element("w:jc", val="right")] if it.columns[place].number else []
    look = element("w:pPr", element("w:pStyle", val=roles[role]), *keeps, *end)
    said = words(text, roles, "strong" if place == 0 and role == "cell" else None)
    return element(
        "w:tc", element("w:tcPr", element("w:tcW", w=widths[place], type="dxa"), inside), element("w:p", look, *said)
    )


def _insets(columns: Sequence[Column], place: int) -> tuple[int, int]:
    beside = place > 0 and columns[place - 1].number and not columns[place].number
    left = 0 if place == 0 else AFTER_NUMBERS if beside else INSET
    return left, 0 if place == len(columns) - 1 else INSET


# --- how wide columns are --------------------------------------------------------------------------------------------


def widths_of(it: Table, look: Look) -> list[int]:
    """The shares of the outline, but no column is narrower than its longest word, within reason."""
    total = sum(column.share for column in it.columns)
    wished = [look.width * column.share / total for column in it.columns]
    needed = [_needed(it, place, look) for place in range(len(it.columns))]
    slack = [max(0.0, wish - need) for wish, need in zip(wished, needed, strict=True)]
    lacking = sum(max(0.0, need - wish) for wish, need in zip(wished, needed, strict=True))
    if 0 < lacking <= sum(slack):
        spare = lacking / sum(slack)
        wished = [
            need if wish < need else wish - room * spare for wish, need, room in zip(wished, needed, slack, strict=True)
        ]
    widths = [int(wish) for wish in wished]
    widths[-1] += look.width - sum(widths)
    return widths


def _needed(it: Table, place: int, look: Look) -> float:
    """Room for the longest word of a column; German compounds may break at their hyphens."""
    texts = (it.columns[place].title, *(row[place] for row in it.rows))
    longest = max((_room(piece, look) for text in texts for piece in _pieces(text)), default=0.0)
    return min(longest, WIDEST_WORD) + sum(_insets(it.columns, place)) + 40


def _pieces(text: str) -> Iterator[str]:
    return (piece for word in text.split() for piece in re.split(r"(?<=[^\W\d_]-)(?=\w)", word))


def _room(text: str, look: Look) -> float:
    """In twentieths of a point; the estimate holds for the bold letters of Arial too."""
    return width_of(text[:80], look.cell) * 20


def _lines(row: Sequence[str], it: Table, widths: Sequence[int], look: Look) -> int:
    """About how many lines a row takes."""
    return max(
        (_height(text, widths[at] - sum(_insets(it.columns, at)), look) for at, text in enumerate(row)), default=1
    )


def _height(text: str, room: float, look: Look) -> int:
    return sum(max(1, math.ceil(width_of(line, look.cell) * 20 * 0.95 / max(room, 1))) for line in text.split("\n"))
