"""Entries of a module as marks: a mark in each column of a row, or a mark for each row of a group.

Decisions a reader of the chart could ask about:

* Marks differ in shape, not in colour: full, half, empty, dotted, a dash. What is open is never drawn as a no.
* All marks are equally large; nothing is more important, and nothing is summed up.
* Where a cell holds many marks, each is one row of the group, in the order of the module: the third mark of every
  column is the same row.
* A way joins the marks of its rows by a line; its rows stand in the order of the module, whatever their state.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scoring.model.wording import Language
from selfcheck.charts.lettering import (
    LABEL,
    LEGEND,
    Lettering,
    Text,
    clean,
    grid,
    longest_piece,
    placed,
    width_of,
    wrapped,
)
from selfcheck.charts.sheet import ChartFrame, ChartLook, ChartSheet, Drawn, drawing_id, refuse
from selfcheck.ground.i18n import translator
from selfcheck.words.modules import MARKS, Mark


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One row: its marks in each column, one or many; `aside` is what else is written there."""

    id: str
    label: str
    cells: tuple[tuple[Mark, ...], ...]
    aside: str = ""


@dataclass(frozen=True, slots=True)
class MarkGroup:
    """Rows under one heading, or under none."""

    label: str
    rows: tuple[MarkRow, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """All that one chart says. `names` says what the marks mean; `joined` makes a way of the rows."""

    title: str
    columns: tuple[str, ...]
    groups: tuple[MarkGroup, ...]
    names: Mapping[Mark, str]
    joined: bool = False
    subtitle: str = ""
    source: str = ""
    language: Language = "de"

    def __post_init__(self) -> None:
        """Refuse what could only be drawn wrongly."""
        refuse(_problems(self))

    @property
    def rows(self) -> tuple[MarkRow, ...]:
        """All rows."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def occurring(self) -> tuple[Mark, ...]:
        """The marks that occur."""
        found = {mark for row in self.rows for cell in row.cells for mark in cell}
        return tuple(mark for mark in MARKS if mark in found)


def _problems(chart: Marks) -> Iterator[str]:
    if not chart.columns:
        yield "columns: a chart needs at least one column"
    if chart.joined and len(chart.columns) > 1:
        yield "columns: a way has one column"
    for row in chart.rows:
        if len(row.cells) != len(chart.columns):
            yield f"{row.id}: {len(row.cells)} cells for {len(chart.columns)} columns"
        if chart.joined and any(len(cell) != 1 for cell in row.cells):
            yield f"{row.id}: a way has one mark in each row"
    for mark in chart.occurring:
        if mark not in chart.names:
            yield f"names: nothing says what {mark} means"


# --- in words ----------------------------------------------------------------------------------------


def description(chart: Marks) -> str:
    """Everything the chart shows, for people who do not see it."""
    return clean(" ".join(_said(chart)))


def _said(chart: Marks) -> Iterator[str]:
    for group in chart.groups:
        if group.label:
            yield f"{group.label}:"
        for row in group.rows:
            cells = "; ".join(
                f"{column}: {said_marks(cell, chart.names)}"
                for column, cell in zip(chart.columns, row.cells, strict=True)
            )
            yield f"{row.label} – {cells}{f' ({row.aside})' if row.aside else ''}."


def said_marks(marks: Sequence[Mark], names: Mapping[Mark, str]) -> str:
    """One mark by its name, several by how often each occurs."""
    if len(marks) == 1:
        return names[marks[0]]
    counts = Counter(marks)
    return ", ".join(f"{counts[mark]} {names[mark]}" for mark in MARKS if counts[mark]) or "–"


# --- where everything stands -------------------------------------------------------------------------

RADIUS = 5.5
_SMALL = 4.5
_ROW, _GROUP, _LINE = 21.0, 24.0, 12.0
_HEAD = Lettering(11.5, 14, tone="muted")
_HEADING = Lettering(13, 16, weight=600)
_ASIDE = Lettering(11.5, 14, tone="muted")
_SAMPLE = 20.0
_WIDEST, _TILTED = 120.0, 44.0
"""The widest column with one mark, under a level name and under a tilted one."""
_STATION = 26.0
"""Room before the name of a station."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark in its place."""

    mark: Mark
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class _Head:
    """The name of a column, tilted where it has no room."""

    x: float
    y: float
    texts: tuple[Text, ...]
    tilted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing(Drawn):
    """Everything in its place."""

    rows: tuple[tuple[str, tuple[Placed, ...]], ...]
    heads: tuple[_Head, ...]
    lines: tuple[float, ...]
    way: tuple[float, float, float] | None
    left: float
    right: float
    samples: tuple[Placed, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the columns stand."""

    left: float
    label: float
    column: float
    count: int
    aside: float
    tilted: bool

    @property
    def start(self) -> float:
        """Where the first column begins."""
        return self.left + self.label

    @property
    def end(self) -> float:
        """Where the last column ends."""
        return self.start + self.count * self.column

    def middle(self, column: int) -> float:
        return self.start + (column + 0.5) * self.column


def _plan(chart: Marks, left: float, room: float) -> _Plan:
    aside = room * 0.3 if any(row.aside for row in chart.rows) else 0
    if chart.joined:
        return _Plan(left + _STATION, room - _STATION - aside, 0, 0, aside, tilted=False)
    names = [clean(name) for name in chart.columns]
    many = any(len(cell) > 1 for row in chart.rows for cell in row.cells)
    least = min(46.0 if many else 2 * RADIUS + 8, room / 2 / len(names))
    label = _label_room(chart, room * (0.36 if many else 0.42), room - aside - len(names) * least - 12) + 12
    rest = room - label - aside
    column = rest / len(names) if many else min(_WIDEST, rest / len(names))
    if _level(names, column - 6):
        return _Plan(left, label, column, len(names), aside, tilted=False)
    fitting = ((rest - _reach(name)) / (at + 0.5) for at, name in enumerate(names))
    return _Plan(left, label, max(least, min(column, _TILTED, *fitting)), len(names), aside, tilted=True)


def _label_room(chart: Marks, usual: float, most: float) -> float:
    """How wide the names of the rows are: no word breaks as long as the columns have room."""
    labels = [clean(row.label) for row in chart.rows]
    widest = max((width_of(label, LABEL.size) for label in labels), default=0)
    longest = max((longest_piece(label, LABEL.size) for label in labels), default=0)
    return min(widest, max(longest, usual), most)


def _level(names: Sequence[str], room: float) -> bool:
    """Whether the names of columns have room without being tilted: in three lines at most, no word broken."""
    return max(longest_piece(name, _HEAD.size) for name in names) <= room and all(
        len(wrapped(name, room, _HEAD.size)) <= 3 for name in names
    )


def _reach(name: str) -> float:
    """How far a tilted name reaches to the right of the middle of its column, and above it."""
    return width_of(name, _HEAD.size) * math.sqrt(0.5) + _HEAD.leading / 2


def _heads(chart: Marks, plan: _Plan, top: float) -> tuple[list[_Head], float]:
    if chart.joined:
        return [], top
    names = [clean(name) for name in chart.columns]
    if plan.tilted:
        bottom = top + max(map(_reach, names))
        heads = [
            _Head(plan.middle(at), bottom, (placed(name, _HEAD, 0, 0),), tilted=True) for at, name in enumerate(names)
        ]
        return heads, bottom + 8
    lines = [wrapped(name, plan.column - 6, _HEAD.size) for name in names]
    deepest = max(map(len, lines))
    heads = []
    for at, broken in enumerate(lines):
        y = top + (deepest - len(broken)) * _HEAD.leading
        texts = (
            placed(line, _HEAD, plan.middle(at), y + (n + 0.5) * _HEAD.leading, "middle")
            for n, line in enumerate(broken)
        )
        heads.append(_Head(0, 0, tuple(texts), tilted=False))
    return heads, top + deepest * _HEAD.leading + 4


@dataclass(slots=True)
class _Body:
    """The rows so far."""

    y: float
    texts: list[Text] = field(default_factory=list)
    rows: list[tuple[str, tuple[Placed, ...]]] = field(default_factory=list)
    lines: list[float] = field(default_factory=list)


def _body(chart: Marks, plan: _Plan, top: float) -> _Body:
    body = _Body(top, lines=[top])
    for group in chart.groups:
        if group.label and group.rows:
            for n, line in enumerate(wrapped(clean(group.label), plan.label + plan.count * plan.column, LABEL.size)):
                body.texts.append(placed(line, _HEADING, plan.left, body.y + _GROUP / 2 + 2))
                body.y += _GROUP if n == 0 else _HEADING.leading
        for row in group.rows:
            _row(chart, plan, row, body)
    return body


def _row(chart: Marks, plan: _Plan, row: MarkRow, body: _Body) -> None:
    lines = wrapped(clean(row.label), plan.label - 12, LABEL.size)
    asides = wrapped(clean(row.aside), plan.aside - 8, _ASIDE.size) if row.aside else []
    across = max(1, int((plan.column - 8) // _LINE)) if plan.count else 1
    deepest = max((math.ceil(len(cell) / across) for cell in row.cells), default=1)
    height = max(_ROW, len(lines) * LABEL.leading + 5, len(asides) * _ASIDE.leading + 5, deepest * _LINE + 9)
    middle = body.y + height / 2
    for n, line in enumerate(lines):
        body.texts.append(placed(line, LABEL, plan.left, middle + (n - (len(lines) - 1) / 2) * LABEL.leading))
    for n, line in enumerate(asides):
        y = middle + (n - (len(asides) - 1) / 2) * _ASIDE.leading
        body.texts.append(placed(line, _ASIDE, plan.end + 8, y))
    if chart.joined:
        marks = [Placed(row.cells[0][0], plan.left - _STATION + RADIUS + 3, middle, RADIUS)]
    else:
        marks = [mark for at, cell in enumerate(row.cells) for mark in _cell(cell, plan, at, middle, across)]
    body.rows.append((clean(row.id), tuple(marks)))
    body.y += height
    body.lines.append(body.y)


def _cell(cell: tuple[Mark, ...], plan: _Plan, column: int, middle: float, across: int) -> Iterator[Placed]:
    """One mark in the middle of its column, many in lines from its left."""
    if len(cell) == 1 and plan.column <= _WIDEST:
        yield Placed(cell[0], plan.middle(column), middle, RADIUS)
        return
    deepest = math.ceil(len(cell) / across)
    for place, mark in enumerate(cell):
        line, step = divmod(place, across)
        x = plan.start + column * plan.column + 4 + (step + 0.5) * _LINE
        yield Placed(mark, x, middle + (line - (deepest - 1) / 2) * _LINE, _SMALL)


def _key(chart: Marks, left: float, top: float, room: float) -> tuple[list[Text], list[Placed], float]:
    """A legend of what occurs and nothing else."""
    marks = chart.occurring
    texts, places, bottom = grid([clean(chart.names[mark]) for mark in marks], LEGEND, left, top, room, lead=_SAMPLE)
    samples = [Placed(mark, x + RADIUS + 1, y, RADIUS) for mark, (x, y) in zip(marks, places, strict=True)]
    return texts, samples, bottom


def _drawn(chart: Marks, sheet: ChartSheet, frame: ChartFrame) -> _Drawing:
    _, left, room = translator(chart.language), sheet.margin, sheet.inner
    plan = _plan(chart, left, room)
    heads, y = _heads(chart, plan, frame.top)
    body = _body(chart, plan, y)
    key, samples, below = _key(chart, left, body.y + 10, room)
    foot, height = frame.closed(below)
    stations = [mark for _, marks in body.rows for mark in marks] if chart.joined else []
    return _Drawing(
        id=drawing_id("marks", chart, sheet),
        title=clean(chart.title) or _("Entries"),
        description=description(chart),
        language=chart.language,
        width=sheet.width,
        height=height,
        rows=tuple(body.rows),
        heads=tuple(heads),
        lines=() if chart.joined else tuple(body.lines),
        way=(stations[0].x, stations[0].y, stations[-1].y) if stations else None,
        left=left,
        right=plan.end + plan.aside if plan.aside else plan.end,
        samples=tuple(samples),
        texts=(*frame.head, *body.texts, *key, *foot),
    )


LOOK = ChartLook("charts/marks.svg.jinja", _drawn)
