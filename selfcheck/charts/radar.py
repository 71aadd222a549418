"""The printed radar chart: what it shows, where everything stands, and the SVG drawn from it.

Decisions a reader of the chart could ask about:

* The first axis points up, the others follow clockwise; an axis that does not apply keeps its place.
* Stage 0 is a small inner ring, not the centre: eight zeros stay eight points, and a zero can be seen.
* A line joins two values only where both exist on neighbouring axes. A gap is neither bridged nor zero.
* No polygon is filled: the area of a radar means nothing. Only the range of what is still open is grey.
* Series differ by line style and marker, so that the chart says the same on a grey printer.
* Documented practice ✚ is single marks beside the axes, never joined: it shows where something is documented, it is no
  rating of anybody.
* Every value stands as a number at its axis and in the text alternative; only the stage reached throughout,
  which always lies on a ring, has no number: its bar before a figure would read as a minus.
* On paper the type keeps its size at any width (labels 9.2 pt); the width decides how long lines may be. Only the
  sizes `half` and `slide` have letters of their own (see `sheet`).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Literal, TypeVar

from selfcheck.charts.lettering import (
    LABEL,
    LEGEND,
    REMARK,
    RING,
    VALUE,
    Anchor,
    Language,
    Lettering,
    Text,
    clean,
    grid,
    longest_piece,
    number,
    placed,
    plain,
    stages_listed,
    width_of,
    wrapped,
)
from selfcheck.charts.sheet import (
    SCREEN,
    Drawn,
    Printed,
    Sheet,
    Size,
    fitted,
    framed,
    of_width,
    on_page,
    printed,
    unframed,
)

# --- what a chart shows ------------------------------------------------------------------------------

Kind = Literal["result", "target", "earlier", "reached"]

NARROWEST_MM = 100
"""Below this the labels of a radar have no room beside it."""

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "de": {
        "not applicable": "nicht anwendbar",
        "no value": "kein Wert",
        "stages": "Stufen",
        "chart": "Netzdiagramm",
        "evidence one": "belegt durch 1 Merkmal",
        "evidence many": "belegt durch {count} Merkmale",
    },
    "en": {
        "not applicable": "not applicable",
        "no value": "no value",
        "stages": "Stages",
        "chart": "Radar chart",
        "evidence one": "documented by 1 item",
        "evidence many": "documented by {count} items",
    },
}


@dataclass(frozen=True, slots=True)
class Axis:
    """One perspective; where it does not apply, its place stays and says why, and no value is drawn there."""

    id: str
    label: str
    applicable: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One value per axis; None is a gap: never zero, never bridged.

    result: solid line ●, target: dashed ◇, earlier: dotted ▫, reached (throughout): bars on the axes, no line.
    """

    name: str
    kind: Kind
    values: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """What is still open: the lowest and the highest value that each axis could take."""

    name: str
    ranges: tuple[tuple[Fraction, Fraction] | None, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Documented practice as single marks: index of the axis, stage, number of items that document it."""

    name: str
    marks: tuple[tuple[int, Fraction, int], ...]


@dataclass(frozen=True, slots=True)
class Radar:
    """All that one chart says; `words` replaces the chart's own words (see `_WORDS` for the keys).

    `description` is the text alternative and has to hold every value; left empty, the values are listed.
    """

    title: str
    subtitle: str
    axes: tuple[Axis, ...]
    series: tuple[Series, ...]
    band: Band | None = None
    evidence: Evidence | None = None
    maximum: int = 4
    stage_names: tuple[str, ...] = ()
    source: str = ""
    language: Language = "de"
    description: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what could only be drawn wrongly."""
        problems = list(_problems(self))
        if problems:
            raise ValueError("; ".join(problems))


def _problems(chart: Radar) -> Iterator[str]:
    count = len(chart.axes)
    if count < 3:
        yield f"axes: a radar needs at least three, there are {count}"
    if chart.maximum < 1:
        yield f"maximum: must be at least 1, is {chart.maximum}"
    if chart.stage_names and len(chart.stage_names) != chart.maximum + 1:
        yield f"stage_names: expected {chart.maximum + 1}, there are {len(chart.stage_names)}"
    if len({series.kind for series in chart.series}) < len(chart.series):
        yield "series: two of one kind would look alike"
    for series in chart.series:
        spans = ((value, value) if value is not None else None for value in series.values)
        yield from _outside(f"series {series.name!r}", tuple(spans), count, chart.maximum)
    if chart.band is not None:
        yield from _outside(f"band {chart.band.name!r}", chart.band.ranges, count, chart.maximum)
    for index, stage, items in chart.evidence.marks if chart.evidence is not None else ():
        if not (0 <= index < count and 0 <= stage <= chart.maximum and items > 0):
            yield f"evidence: no such mark: axis {index}, stage {stage}, {items} items"


def _outside(name: str, spans: Sequence[tuple[Fraction, Fraction] | None], count: int, maximum: int) -> Iterator[str]:
    if len(spans) != count:
        yield f"{name}: expected one value for each of {count} axes, there are {len(spans)}"
    for span in spans:
        if span is not None and not 0 <= span[0] <= span[1] <= maximum:
            yield f"{name}: {span[0]} to {span[1]} does not lie between 0 and {maximum}"


def text_alternative(chart: Radar) -> str:
    """The description, or else every axis with all its values, as a list."""
    if chart.description:
        return clean(chart.description)
    said = (f"{axis.label} – {', '.join(_said(chart, index))}." for index, axis in enumerate(chart.axes))
    return clean(" ".join(said))


def _said(chart: Radar, index: int) -> Iterator[str]:
    """What the chart says about one axis, in words."""
    if not chart.axes[index].applicable:
        yield chart.axes[index].why or _word(chart, "not applicable")
        return
    for series in chart.series:
        value = series.values[index]
        if value is not None:
            yield f"{series.name}: {number(value, chart.language)}"
        elif series.kind == "result":
            yield f"{series.name}: {_word(chart, 'no value')}"
    if chart.band is not None and (span := chart.band.ranges[index]) is not None:
        yield f"{chart.band.name}: {_span(span, chart.language)}"
    if chart.evidence is not None:
        for at, stage, count in chart.evidence.marks:
            if at == index:
                said = f"{number(stage, chart.language)} ({_documented(chart, count)})"
                yield f"{chart.evidence.name}: {said}"


def _span(span: tuple[Fraction, Fraction], language: Language) -> str:
    lowest, highest = (number(end, language) for end in span)
    return lowest if lowest == highest else f"{lowest}–{highest}"


def _word(chart: Radar, key: str) -> str:
    return chart.words.get(key) or _WORDS[chart.language][key]


def _documented(chart: Radar, count: int) -> str:
    return _word(chart, "evidence one" if count == 1 else "evidence many").replace("{count}", str(count))


# --- where everything stands -------------------------------------------------------------------------

Sample = Literal["result", "target", "earlier", "reached", "band", "evidence"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One marker; `turn` lays a bar across its axis; `title` is what a pointer shows."""

    kind: Sample
    x: float
    y: float
    turn: float = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Spoke:
    """The line of one axis; `ticks` strike it out where the axis does not apply."""

    id: str
    path: str
    ticks: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """One series: lines only between neighbours that both have a value, and a marker for each value."""

    kind: Kind
    lines: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """All that is written at the end of one axis: its name, its values, what is missing."""

    axis: str
    texts: tuple[Text, ...]
    marks: tuple[Mark, ...]
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Drawing(Drawn):
    """Everything in its place, ready for the template; nothing is left to decide there but the look.

    Rings, spokes, band, traces, evidence and labels stand round the centre; texts and samples on the sheet.
    """

    centre: tuple[float, float]
    rings: tuple[str, ...]
    ring_numbers: tuple[Text, ...]
    spokes: tuple[Spoke, ...]
    band_area: str
    band_bars: tuple[str, ...]
    traces: tuple[Trace, ...]
    evidence: tuple[Mark, ...]
    labels: tuple[Label, ...]
    texts: tuple[Text, ...]
    samples: tuple[Mark, ...]
    rule: str
    width_mm: float | None = None
    height_mm: float | None = None


_TIP = 15
"""From the end of an axis to its label."""
_MARK = 14
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


def draw(chart: Radar, *, width_mm: int = 160, inline: bool = False) -> Drawing:
    """Put everything in its place: on a sheet with title and source, or inline for a page that has them."""
    if width_mm < NARROWEST_MM:
        raise ValueError(f"width_mm: a radar needs at least {NARROWEST_MM}, got {width_mm}")
    return _drawn(chart, SCREEN if inline else of_width(width_mm), inline=inline)


_SHARE = 0.68
"""How much of a slide the net and its labels take; the rest is for the legend."""


def _drawn(chart: Radar, sheet: Sheet, *, inline: bool = False) -> Drawing:
    frame = unframed(sheet) if inline else framed(chart.title, chart.subtitle, chart.source, sheet)
    place = Sheet(sheet.width * _SHARE, sheet.margin) if sheet.beside else sheet
    web, labels = _net(chart, place, frame.room)
    tips = [web.at(index, chart.maximum)[1] for index in range(web.axes)]
    middle = frame.top - min(min(tips) - 10, *(label.top for label in labels))
    low = middle + max(max(tips) + 10, *(label.bottom for label in labels))
    if sheet.beside:
        room = sheet.width - sheet.margin - place.width
        key, samples, bottom = _key(chart, place.width, frame.top, room, beside=True)
        ends = [(place.width - 14, frame.top), (place.width - 14, max(low, bottom))]
    else:
        key, samples, bottom = _key(chart, sheet.margin, low + 22, sheet.inner)
        ends = [(sheet.margin, low + 14), (sheet.width - sheet.margin, low + 14)]
    foot, height = frame.closed(max(low, bottom))
    area, bars = _band(chart, web)
    return Drawing(
        id=f"radar-{hashlib.sha256(repr((chart, sheet)).encode('utf-8', 'replace')).hexdigest()[:10]}",
        language=chart.language,
        title=clean(chart.title) or clean(_word(chart, "chart")),
        description=text_alternative(chart),
        width=sheet.width,
        height=height,
        centre=(place.width / 2, middle),
        rings=tuple(ring(web, stage) for stage in range(chart.maximum + 1)),
        ring_numbers=tuple(_ring_number(web, stage) for stage in range(chart.maximum + 1)),
        spokes=tuple(spoke(axis, web, index) for index, axis in enumerate(chart.axes)),
        band_area=area,
        band_bars=bars,
        traces=tuple(trace(chart, series, web) for series in _back_to_front(chart.series)),
        evidence=tuple(_documented_marks(chart, web)),
        labels=labels,
        texts=(*frame.head, *key, *foot),
        samples=samples,
        rule=_path(ends),
        width_mm=None if inline else sheet.width / sheet.per_mm,
        height_mm=None if inline else height / sheet.per_mm,
    )


# the net and what lies on it


def _path(points: Sequence[tuple[float, float]], *, closed: bool = False) -> str:
    steps = " L".join(f"{plain(x)} {plain(y)}" for x, y in points)
    return f"M{steps}{' Z' if closed else ''}"


def ring(web: Web, stage: int) -> str:
    """Rings have corners on the axes, so that equal values lie on the ring."""
    return _path([web.at(index, stage) for index in range(web.axes)], closed=True)


def _ring_number(web: Web, stage: int) -> Text:
    """Between the last axis and the first, where no marker stands; zero inside its own small ring."""
    right, down = web.direction(-0.5)
    distance = web.distance(stage) * math.cos(math.pi / web.axes) if stage else 0
    return Text(right * distance, down * distance + RING.size * 0.35, str(stage), RING, "middle")


def spoke(axis: Axis, web: Web, index: int) -> Spoke:
    """The line of one axis."""
    path = _path([web.at(index, 0), web.at(index, web.maximum)])
    if axis.applicable:
        return Spoke(clean(axis.id), path)
    count = round(web.radius / 14)
    ends = [((tick - 0.3) * web.maximum / count, (tick + 0.3) * web.maximum / count) for tick in range(1, count)]
    ticks = (_path([web.at(index, near, aside=-5), web.at(index, far, aside=5)]) for near, far in ends)
    return Spoke(clean(axis.id), path, " ".join(ticks))


def _runs(present: Sequence[bool]) -> list[list[int]]:
    """Neighbouring axes that all have something; the last axis and the first are neighbours."""
    count = len(present)
    if all(present):
        return [list(range(count))]
    start = present.index(False)
    runs: list[list[int]] = [[]]
    for step in range(1, count + 1):
        index = (start + step) % count
        if present[index]:
            runs[-1].append(index)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def trace(chart: Radar, series: Series, web: Web) -> Trace:
    """No line over a gap: a value without neighbours is a marker and nothing else."""
    values = _where_applicable(chart, series.values)
    places = {index: web.at(index, value) for index, value in enumerate(values) if value is not None}
    lines = [
        _path([places[index] for index in run], closed=len(run) == web.axes)
        for run in _runs([value is not None for value in values])
        if len(run) > 1 and series.kind != "reached"
    ]
    marks: list[Mark] = []
    for index, value in enumerate(values):
        if value is not None:
            title = f"{chart.axes[index].label}: {series.name} {number(value, chart.language)}"
            marks.append(Mark(series.kind, *places[index], turn=360 * index / web.axes, title=clean(title)))
    return Trace(series.kind, tuple(lines), tuple(marks))


_Value = TypeVar("_Value")


def _where_applicable(chart: Radar, values: Sequence[_Value | None]) -> list[_Value | None]:
    return [value if axis.applicable else None for axis, value in zip(chart.axes, values, strict=True)]


_FRONT: Mapping[Kind, int] = {"earlier": 0, "target": 1, "reached": 2, "result": 3}


def _back_to_front(series: Iterable[Series]) -> list[Series]:
    """The result lies on top."""
    return sorted(series, key=lambda one: _FRONT[one.kind])


def _band(chart: Radar, web: Web) -> tuple[str, tuple[str, ...]]:
    """An area over neighbours that both have a range; a range without neighbours is a bar on its axis."""
    if chart.band is None:
        return "", ()
    ranges = _where_applicable(chart, chart.band.ranges)
    areas: list[str] = []
    bars: list[str] = []
    for run in _runs([span is not None for span in ranges]):
        low = [web.at(index, span[0]) for index in run if (span := ranges[index]) is not None]
        high = [web.at(index, span[1]) for index in run if (span := ranges[index]) is not None]
        if len(run) == 1:
            bars.append(_path([low[0], high[0]]))
        elif len(run) == web.axes:
            areas += [_path(high, closed=True), _path(low, closed=True)]
        else:
            areas.append(_path([*high, *reversed(low)], closed=True))
    return " ".join(areas), tuple(bars)


def _documented_marks(chart: Radar, web: Web) -> Iterator[Mark]:
    """Beside the axis, so that they hide no value; never joined."""
    if chart.evidence is None:
        return
    for index, stage, count in chart.evidence.marks:
        if chart.axes[index].applicable:
            title = f"{chart.axes[index].label}: {chart.evidence.name}, {_documented(chart, count)}"
            yield Mark("evidence", *web.at(index, stage, aside=15), title=clean(title))


# the labels at the ends of the axes


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a row: a text, perhaps with a marker before it."""

    text: str
    lettering: Lettering
    mark: Sample | None = None
    indent: float = 0

    def width(self, likely: float = 1) -> float:
        """The room it needs at most, or likely."""
        return width_of(self.text, self.lettering.size) * likely + (_MARK if self.mark else 0) + self.indent


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


def _room(web: Web, index: int, sheet: Sheet) -> float:
    """How wide the label of an axis may be."""
    right, _ = web.direction(index)
    if _upright(web, index):
        beside, _ = web.direction(1)
        return min(2 * (web.radius * beside - 6), sheet.inner * 0.5)
    return sheet.width / 2 - abs(right) * web.radius - _TIP - sheet.margin


def _upright(web: Web, index: int) -> bool:
    return abs(web.direction(index)[0]) < 0.2


def _net(chart: Radar, place: Sheet, high: float | None) -> tuple[Web, tuple[Label, ...]]:
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
        return rows + _remark(axis.why or _word(chart, "not applicable"), width)
    values = [
        _Piece(number(value, chart.language), VALUE, series.kind)
        for series in chart.series
        if series.kind != "reached" and (value := series.values[index]) is not None
    ]
    if chart.band is not None and (span := chart.band.ranges[index]) is not None and span[0] < span[1]:
        values.append(_Piece(_span(span, chart.language), VALUE, "band"))
    if any(series.kind == "result" and series.values[index] is None for series in chart.series):
        rows += _remark(_word(chart, "no value"), width)
    rows += _rows(values, width)
    for at, stage, count in chart.evidence.marks if chart.evidence is not None else ():
        if at == index:
            rows += _documented_rows(chart, stage, count, width)
    return rows


def _documented_rows(chart: Radar, stage: Fraction, count: int, width: float) -> list[list[_Piece]]:
    """The stage of the mark, and beside it or below it by how many items it is documented."""
    shown = _Piece(number(stage, chart.language), VALUE, "evidence")
    text, rest = clean(_documented(chart, count)), width - shown.width() - _GAP
    if longest_piece(text, REMARK.size) > rest:
        return [[shown], *_remark(text, width)]
    first, *others = wrapped(text, rest, REMARK.size)
    indent = shown.width(_LIKELY) + _GAP
    return [[shown, _Piece(first, REMARK)], *([_Piece(other, REMARK, indent=indent)] for other in others)]


def _remark(text: str, width: float) -> list[list[_Piece]]:
    return [[_Piece(line, REMARK)] for line in wrapped(clean(text), width, REMARK.size)]


def _labels(chart: Radar, web: Web, sheet: Sheet) -> tuple[Label, ...]:
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
        return tip - _TIP - height + 3 if down < 0 else tip + _TIP - 3
    if abs(down) < 0.2:
        return tip - height / 2
    return tip - height + _leading(rows[-1]) / 2 if down < 0 else tip - _leading(rows[0]) / 2


def _leading(row: Sequence[_Piece]) -> float:
    return max(piece.lettering.leading for piece in row)


def _label(chart: Radar, web: Web, index: int, rows: Sequence[Sequence[_Piece]], top: float) -> Label:
    right, _ = web.direction(index)
    anchor: Anchor = "middle" if _upright(web, index) else "start" if right > 0 else "end"
    x = {"start": right * web.radius + _TIP, "middle": 0.0, "end": right * web.radius - _TIP}[anchor]
    texts: list[Text] = []
    marks: list[Mark] = []
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
                marks.append(Mark(piece.mark, at + 5, y - _leading(row) / 2))
                at += _MARK
            texts.append(placed(piece.text, piece.lettering, at, y - _leading(row) / 2))
            at += width_of(piece.text, piece.lettering.size) * _LIKELY + _GAP
    return Label(clean(chart.axes[index].id), tuple(texts), tuple(marks), top, y)


_LIKELY = 0.93
"""How wide text mostly is, compared with the most that it can need."""


# title, legend, stages, source


_SAMPLE = 56
"""Room for a sample of line and marker before its name."""


def _key(
    chart: Radar, left: float, top: float, room: float, *, beside: bool = False
) -> tuple[list[Text], tuple[Mark, ...], float]:
    """The legend, below it the names of the stages."""
    named: list[tuple[Sample, str]] = [(series.kind, series.name) for series in reversed(_back_to_front(chart.series))]
    if chart.band is not None and any(chart.band.ranges):
        named.append(("band", chart.band.name))
    if chart.evidence is not None and chart.evidence.marks:
        named.append(("evidence", chart.evidence.name))
    names = [clean(name) for _, name in named]
    texts, places, bottom = grid(names, LEGEND, left, top, room, lead=_SAMPLE)
    samples = [Mark(kind, x + 24, y) for (kind, _), (x, y) in zip(named, places, strict=True)]
    listed, bottom = stages_listed(_word(chart, "stages"), chart.stage_names, left, bottom + 6, room, beside=beside)
    return [*texts, *listed], tuple(samples), bottom


# --- the SVG -----------------------------------------------------------------------------------------


_TEMPLATE = "charts/radar.svg.jinja"


def radar_svg(chart: Radar, *, inline: bool = False, width_mm: int = 160, paper: bool = True) -> str:
    """The chart as one SVG.

    Inline, for a page: no title, subtitle and source, which the page has; no size; colours by CSS variables.
    Legend and stages stay. Otherwise a sheet of the width, on white unless `paper` is False.
    """
    if inline:
        return on_page(_TEMPLATE, draw(chart, inline=True))
    return radar_of_width(chart, width_mm, paper=paper).svg


def radar_of_width(chart: Radar, width_mm: int, *, paper: bool = True) -> Printed:
    """The chart on a sheet of any width, with letters as large as in `full`."""
    return printed(_TEMPLATE, draw(chart, width_mm=width_mm), of_width(width_mm), paper=paper)


def radar_sheet(chart: Radar, size: Size, *, paper: bool = True) -> Printed:
    """The chart on a sheet of one of the sizes."""
    sheet, drawing = fitted(size, lambda sheet: _drawn(chart, sheet))
    return printed(_TEMPLATE, drawing, sheet, paper=paper)
