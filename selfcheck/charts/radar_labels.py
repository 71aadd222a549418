"""The net of a radar and the words around it: how large it can be so that every label fits."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from selfcheck.charts.lettering import (
    LABEL,
    REMARK,
    VALUE,
    Anchor,
    Lettering,
    Text,
    clean,
    longest_piece,
    one_decimal,
    placed,
    width_of,
    wrapped,
)
from selfcheck.charts.radar import Radar, documented, range_in_words, word
from selfcheck.charts.sheet import ChartSheet

Sample = Literal["result", "target", "earlier", "reached", "band", "evidence"]


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker; `turn` lays a bar across its axis; `title` is what a pointer shows."""

    kind: Sample
    x: float
    y: float
    turn: float = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """All that is written at the end of one axis: its name, its values, what is missing."""

    axis: str
    texts: tuple[Text, ...]
    marks: tuple[Marker, ...]
    top: float
    bottom: float


TIP = 15
"""From the end of an axis to its label."""


MARK = 14
"""Room for a marker before its text."""


@dataclass(frozen=True, slots=True)
class Web:
    """The net of axes round the centre (0, 0); y grows downwards."""

    axes: int
    maximum: int
    radius: float

    def direction(self, index: float) -> tuple[float, float]:
        """One unit outwards along the axis; the first axis points up, the next is clockwise of it."""
        angle = 2 * math.pi * index / self.axes
        return round(math.sin(angle), 9), round(-math.cos(angle), 9)

    def distance(self, value: Fraction | float) -> float:
        """Zero lies on a small inner ring, so that zeros stay visible and lines do not meet in one point."""
        inner = self.radius * 0.13
        return inner + (self.radius - inner) * float(value) / self.maximum

    def at(self, index: int, value: Fraction | float, aside: float = 0) -> tuple[float, float]:
        """Where a value stands on its axis, or so far aside of it, clockwise."""
        right, down = self.direction(index)
        distance = self.distance(value)
        return right * distance - down * aside, down * distance + right * aside


SHARE = 0.68
"""How much of a slide the net and its labels take; the rest is for the legend."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a row: a text, perhaps with a marker before it."""

    text: str
    lettering: Lettering
    mark: Sample | None = None
    indent: float = 0

    def width(self, likely: float = 1) -> float:
        """The room it needs at most, or likely."""
        return width_of(self.text, self.lettering.size) * likely + (MARK if self.mark else 0) + self.indent


_GAP = 10
"""Between two pieces of a row."""


_APART = 6
"""Between two labels at least."""


def _row_width(row: Sequence[_Piece], likely: float = 1) -> float:
    return sum(piece.width(likely) for piece in row) + _GAP * (len(row) - 1)


def _rows(pieces: Iterable[_Piece], width: float) -> list[list[_Piece]]:
    """The pieces in rows that are not wider than the width."""
    rows: list[list[_Piece]] = []
    for piece in pieces:
        if rows and _row_width([*rows[-1], piece]) <= width:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _room(web: Web, index: int, sheet: ChartSheet) -> float:
    """How wide the label of an axis may be."""
    right, _ = web.direction(index)
    if _upright(web, index):
        beside, _ = web.direction(1)
        return min(2 * (web.radius * beside - 6), sheet.inner * 0.5)
    return sheet.width / 2 - abs(right) * web.radius - TIP - sheet.margin


def _upright(web: Web, index: int) -> bool:
    return abs(web.direction(index)[0]) < 0.2


def net(chart: Radar, place: ChartSheet, high: float | None) -> tuple[Web, tuple[Label, ...]]:
    """As large as it can be without breaking a word of a label, and within the height; never tiny.

    Where words break even beside the smallest net, nothing is gained by that one, and it is larger again.
    """
    for radius in range(round(place.width * 0.285), round(place.width * 0.18), -2):
        web = Web(len(chart.axes), chart.maximum, radius)
        if all(
            longest_piece(clean(axis.label), LABEL.size) <= _room(web, index, place)
            for index, axis in enumerate(chart.axes)
        ):
            labels = _labels(chart, web, place)
            if high is None or max(label.bottom for label in labels) - min(label.top for label in labels) <= high:
                return web, labels
    web = Web(len(chart.axes), chart.maximum, round(place.width * (0.225 if high is None else 0.18)))
    return web, _labels(chart, web, place)


def _label_rows(chart: Radar, index: int, width: float) -> list[list[_Piece]]:
    """The name of the axis, below it every value with its marker, or in words what is missing."""
    axis = chart.axes[index]
    rows = [[_Piece(line, LABEL)] for line in wrapped(clean(axis.label), width, LABEL.size)]
    if not axis.applicable:
        return rows + _remark(axis.why or word(chart, "not applicable"), width)
    if any(series.kind == "result" and series.values[index] is None for series in chart.series):
        rows += _remark(word(chart, "no value"), width)
    rows += _rows(list(_values(chart, index)), width)
    for at, stage, count in chart.evidence.marks if chart.evidence is not None else ():
        if at == index:
            rows += _documented_rows(chart, stage, count, width)
    return rows


def _values(chart: Radar, index: int) -> Iterator[_Piece]:
    """What has a number at the axis: all but the stage reached throughout."""
    for series in chart.series:
        value = series.values[index]
        if series.kind != "reached" and value is not None:
            yield _Piece(one_decimal(value, chart.language), VALUE, series.kind)
    if chart.band is not None and (span := chart.band.ranges[index]) is not None and span[0] < span[1]:
        yield _Piece(range_in_words(span, chart.language), VALUE, "band")


def _documented_rows(chart: Radar, stage: Fraction, count: int, width: float) -> list[list[_Piece]]:
    """The stage of the mark, and beside it or below it by how many items it is documented."""
    shown = _Piece(one_decimal(stage, chart.language), VALUE, "evidence")
    text, rest = clean(documented(chart, count)), width - shown.width() - _GAP
    if longest_piece(text, REMARK.size) > rest:
        return [[shown], *_remark(text, width)]
    first, *others = wrapped(text, rest, REMARK.size)
    indent = shown.width(_LIKELY) + _GAP
    return [[shown, _Piece(first, REMARK)], *([_Piece(other, REMARK, indent=indent)] for other in others)]


def _remark(text: str, width: float) -> list[list[_Piece]]:
    return [[_Piece(line, REMARK)] for line in wrapped(clean(text), width, REMARK.size)]


def _labels(chart: Radar, web: Web, sheet: ChartSheet) -> tuple[Label, ...]:
    """Labels end or begin at the tip of their axis; where two would collide, the outer one moves outwards."""
    rows = [_label_rows(chart, index, _room(web, index, sheet)) for index in range(web.axes)]
    heights = [sum(max(piece.lettering.leading for piece in row) for row in label) for label in rows]
    tops = [_top(web, index, rows[index], heights[index]) for index in range(web.axes)]
    for side in (1, -1):
        beside = [index for index in range(web.axes) if not _upright(web, index) and web.direction(index)[0] * side > 0]
        beside.sort(key=lambda index: web.direction(index)[1])
        level = min(range(len(beside)), key=lambda place: abs(web.direction(beside[place])[1]))
        for upper, lower in pairwise(beside[level:]):
            tops[lower] = max(tops[lower], tops[upper] + heights[upper] + _APART)
        for lower, upper in pairwise(beside[level::-1]):
            tops[upper] = min(tops[upper], tops[lower] - heights[upper] - _APART)
    return tuple(_label(chart, web, index, rows[index], tops[index]) for index in range(web.axes))


def _top(web: Web, index: int, rows: Sequence[Sequence[_Piece]], height: float) -> float:
    _, down = web.direction(index)
    tip = down * web.radius
    if _upright(web, index):
        return tip - TIP - height + 3 if down < 0 else tip + TIP - 3
    if abs(down) < 0.2:
        return tip - height / 2
    return tip - height + _leading(rows[-1]) / 2 if down < 0 else tip - _leading(rows[0]) / 2


def _leading(row: Sequence[_Piece]) -> float:
    return max(piece.lettering.leading for piece in row)


def _label(chart: Radar, web: Web, index: int, rows: Sequence[Sequence[_Piece]], top: float) -> Label:
    right, _ = web.direction(index)
    anchor: Anchor = "middle" if _upright(web, index) else "start" if right > 0 else "end"
    x = {"start": right * web.radius + TIP, "middle": 0.0, "end": right * web.radius - TIP}[anchor]
    texts: list[Text] = []
    marks: list[Marker] = []
    y = top
    for row in rows:
        y += _leading(row)
        if len(row) == 1 and row[0].mark is None and not row[0].indent:
            texts.append(placed(row[0].text, row[0].lettering, x, y - _leading(row) / 2, anchor))
            continue
        at = x - _row_width(row, _LIKELY) * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        for piece in row:
            at += piece.indent
            if piece.mark is not None:
                marks.append(Marker(piece.mark, at + 5, y - _leading(row) / 2))
                at += MARK
            texts.append(placed(piece.text, piece.lettering, at, y - _leading(row) / 2))
            at += width_of(piece.text, piece.lettering.size) * _LIKELY + _GAP
    return Label(clean(chart.axes[index].id), tuple(texts), tuple(marks), top, y)


_LIKELY = 0.93
"""How wide text mostly is, compared with the most that it can need."""
