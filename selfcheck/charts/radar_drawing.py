"""A radar drawn: net, series, band and evidence as paths and marks, with its key, as SVG."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from selfcheck.charts.lettering import LEGEND, RING, Text, clean, grid, one_decimal, plain, stages_listed
from selfcheck.charts.radar import NARROWEST_MM, Axis, Radar, Series, SeriesKind, documented, text_alternative, word
from selfcheck.charts.radar_labels import SHARE, Label, Marker, Sample, Web, net
from selfcheck.charts.sheet import ChartFrame, ChartLook, ChartSheet, Drawn, drawing_id


@dataclass(frozen=True, slots=True)
class Spoke:
    """The line of one axis; `ticks` strike it out where the axis does not apply."""

    id: str
    path: str
    ticks: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """One series: lines only between neighbours that both have a value, and a marker for each value."""

    kind: SeriesKind
    lines: tuple[str, ...]
    marks: tuple[Marker, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
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
    evidence: tuple[Marker, ...]
    labels: tuple[Label, ...]
    texts: tuple[Text, ...]
    samples: tuple[Marker, ...]
    rule: str


def draw(chart: Radar, sheet: ChartSheet, frame: ChartFrame) -> Drawing:
    """Put everything in its place."""
    place = ChartSheet(sheet.width * SHARE, sheet.margin) if sheet.beside else sheet
    web, labels = net(chart, place, frame.room)
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
        id=drawing_id("radar", chart, sheet),
        language=chart.language,
        title=clean(chart.title) or clean(word(chart, "chart")),
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
    )


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
    marks: list[Marker] = []
    for index, value in enumerate(values):
        if value is not None:
            title = f"{chart.axes[index].label}: {series.name} {one_decimal(value, chart.language)}"
            marks.append(Marker(series.kind, *places[index], turn=360 * index / web.axes, title=clean(title)))
    return Trace(series.kind, tuple(lines), tuple(marks))


_Value = TypeVar("_Value")


def _where_applicable(chart: Radar, values: Sequence[_Value | None]) -> list[_Value | None]:
    return [value if axis.applicable else None for axis, value in zip(chart.axes, values, strict=True)]


_FRONT: Mapping[SeriesKind, int] = {"earlier": 0, "target": 1, "reached": 2, "result": 3}


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


def _documented_marks(chart: Radar, web: Web) -> Iterator[Marker]:
    """Beside the axis, so that they hide no value; never joined."""
    if chart.evidence is None:
        return
    for index, stage, count in chart.evidence.marks:
        if chart.axes[index].applicable:
            title = f"{chart.axes[index].label}: {chart.evidence.name}, {documented(chart, count)}"
            yield Marker("evidence", *web.at(index, stage, aside=15), title=clean(title))


_SAMPLE = 56
"""Room for a sample of line and marker before its name."""


def _key(
    chart: Radar, left: float, top: float, room: float, *, beside: bool = False
) -> tuple[list[Text], tuple[Marker, ...], float]:
    """The legend, below it the names of the stages."""
    named: list[tuple[Sample, str]] = [(series.kind, series.name) for series in reversed(_back_to_front(chart.series))]
    if chart.band is not None and any(chart.band.ranges):
        named.append(("band", chart.band.name))
    if chart.evidence is not None and chart.evidence.marks:
        named.append(("evidence", chart.evidence.name))
    names = [clean(name) for _, name in named]
    texts, places, bottom = grid(names, LEGEND, left, top, room, lead=_SAMPLE)
    samples = [Marker(kind, x + 24, y) for (kind, _), (x, y) in zip(named, places, strict=True)]
    listed, bottom = stages_listed(word(chart, "stages"), chart.stage_names, left, bottom + 6, room, beside=beside)
    return [*texts, *listed], tuple(samples), bottom


LOOK = ChartLook("charts/radar.svg.jinja", draw, width=520, margin=4, narrowest_mm=NARROWEST_MM)
