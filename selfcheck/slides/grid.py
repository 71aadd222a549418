"""The tables of the slides measured out: widths of the columns, heights of the rows, and the size of the letters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from selfcheck.reports.blocks import Table
from selfcheck.slides.deck import Steps, ValuesBody
from selfcheck.slides.fit import Frame, longest_word, room_for, shortened, text_height

ASIDE, ABOVE = 8, 3
"""Room in a cell beside and above its text, in points."""
SIZES = (18, 17, 16, 15, 14)
ALL_SAID = (18, 17, 16)
"""A step is said in full only in letters that are easily read; fewer words come before smaller ones."""
DOTS = 160
"""The column of the dots."""
_WIDEST = 90
"""A column of numbers."""
_TALLEST, _AIRIEST = 40, 14
"""How high a row of values becomes; how much more than its text needs a row gets."""

Widths = tuple[float, ...]
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in its place; the first row is its head."""

    rows: Rows
    numbers: tuple[bool, ...]
    widths: Widths
    heights: tuple[float, ...]
    size: float


def values_grid(values: ValuesBody, frame: Frame, smallest: float) -> Grid:
    """The values; the last column is left free for the dots."""
    tables = [
        (table, tuple((*row, "") for row in (tuple(one.title for one in table.columns), *table.rows)))
        for table in values.tables
    ]
    versions = [(table, ((*rows[0][:-1], values.scale), *rows[1:])) for table, rows in tables]
    made = _measured(
        versions, frame, smallest, lambda table, rows, size: _value_widths(table, rows, frame.width, size), even=True
    )
    head, even = made.heights[0], max(made.heights[1:])
    even = max(even, min(_TALLEST, (frame.height - head) / (len(made.rows) - 1)))
    return _with_heights(made, (head, *(even for _row in made.rows[1:])))


def _value_widths(table: Table, rows: Rows, width: float, size: float) -> Widths:
    """Numbers get what they need, the dots their place, names and stages share the rest."""
    numbers = [
        max(min(max(room_for(row[place], size, bold=True) for row in rows), _WIDEST) + 2 * ASIDE + 2, 52)
        for place, column in enumerate(table.columns)
        if column.number
    ]
    rest = width - DOTS - sum(numbers)
    wanted = [column.share for column in table.columns if not column.number]
    names = [rest * share / sum(wanted) for share in wanted]
    return (*names, *numbers, DOTS)


def steps_grid(steps: Steps, frame: Frame, smallest: float) -> Grid:
    """The priorities side by side, all columns equally wide but the first, which names the rows."""

    def widths(_table: Table, rows: Rows, size: float) -> Widths:
        label = min(longest_word([row[0] for row in rows], size, bold=True) + ASIDE + 2, frame.width / 4)
        count = len(rows[0]) - 1
        return (label, *((frame.width - label) / count for _place in range(count)))

    versions = [(table, (tuple(one.title for one in table.columns), *table.rows)) for table in steps.tables]
    made = _measured(versions, frame, smallest, widths, first=ALL_SAID)
    return _airy(made, frame)


def _airy(grid: Grid, frame: Frame) -> Grid:
    """The same with more room in each row, where there is some left."""
    spare = min((frame.height - sum(grid.heights)) / len(grid.heights), _AIRIEST)
    return _with_heights(grid, tuple(height + max(0, spare) for height in grid.heights))


def _with_heights(grid: Grid, heights: tuple[float, ...]) -> Grid:
    return Grid(grid.rows, grid.numbers, grid.widths, heights, grid.size)


def _measured(
    versions: Sequence[tuple[Table, Rows]],
    frame: Frame,
    smallest: float,
    widths_of: Callable[[Table, Rows, float], Widths],
    *,
    even: bool = False,
    first: Sequence[float] = SIZES,
) -> Grid:
    """The longest version that fits in one of the sizes; below them only what no real municipality writes."""
    for place, (table, rows) in enumerate(versions):
        for size in SIZES if place else first:
            made = _grid(table, rows, size, widths_of(table, rows, size), even=even)
            if sum(made.heights) <= frame.height and _whole(made):
                return made
    table, rows = versions[-1]
    size, most = float(SIZES[-1]), max(len(cell) for row in rows for cell in row)
    while True:
        made = _grid(table, rows, size, widths_of(table, rows, size), even=even)
        if sum(made.heights) <= frame.height:
            return made
        if size > smallest:
            size -= 1
        else:
            most = most * 3 // 4
            rows = tuple(tuple(shortened(cell, most) for cell in row) for row in rows)


def _grid(table: Table, rows: Rows, size: float, widths: Widths, *, even: bool) -> Grid:
    numbers = (*(column.number for column in table.columns), *(False for _more in rows[0][len(table.columns) :]))
    head, *heights = (_height(row, widths, size, bold=not place) for place, row in enumerate(rows))
    return Grid(rows, numbers, widths, (head, *(max(heights) if even else height for height in heights)), size)


def _height(row: Sequence[str], widths: Widths, size: float, *, bold: bool) -> float:
    cells = enumerate(row)
    return max(text_height(cell, room(widths, place), size, bold=bold) for place, cell in cells) + 2 * ABOVE


def room(widths: Widths, place: int) -> float:
    """What a cell leaves for its text; the first column begins where the title begins."""
    return widths[place] - ASIDE * (1 if place == 0 else 2)


def _whole(grid: Grid) -> bool:
    """Whether no word has to be broken."""
    return all(
        longest_word([cell], grid.size, bold=not line) <= room(grid.widths, place)
        for line, row in enumerate(grid.rows)
        for place, cell in enumerate(row)
    )
