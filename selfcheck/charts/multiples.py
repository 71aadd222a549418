"""Small multiples: one little radar a municipality, to compare shapes without reading one off against the other.

Decisions a reader of the picture could ask about:

* All have the same axes, the same scale and the same size; the order is the one given, never by value.
* A key radar comes first and names the axes; the others carry no labels, so that at most four stand in a row.
* For a projector letters are larger than beside text, and the names of the axes stand in more columns.
* Only results are drawn: line and dots, broken at gaps and at axes that do not apply, which are dashed.
* Nothing is joined, averaged or ranked. The values of each stand in words in its own text alternative.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from selfcheck.charts.lettering import Lettering, Text, clean, paragraph, placed, width_of, wrapped
from selfcheck.charts.radar import Radar, text_alternative
from selfcheck.charts.radar_drawing import Spoke, Trace, ring, spoke, trace
from selfcheck.charts.radar_labels import Web
from selfcheck.charts.sheet import Drawn, drawing_id, inline, refuse
from selfcheck.ground.i18n import translator

_NAME = Lettering(13, 16, weight=600)
_AXIS = Lettering(11.5, 14, tone="muted")
_MOST = 4
"""Of how many a row consists at most."""
_GAP = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class _Panel:
    """One little radar in its place; the key has no trace but the ids of the axes."""

    id: str
    title: str
    description: str
    centre: tuple[float, float]
    spokes: tuple[Spoke, ...]
    trace: Trace | None = None
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing(Drawn):
    """Everything in its place; the rings are the same for all."""

    rings: tuple[str, ...]
    panels: tuple[_Panel, ...]
    texts: tuple[Text, ...]


def multiples(charts: Sequence[Radar], width: int = 700, most: int = _MOST, letters: float = 1) -> str:
    """The results of several charts as little radars in one SVG for a page; each is named by its subtitle, or its title.

    `most`: how many stand in a row; `letters`: how many times as large they are as beside text. Raises ValueError where
    axes or scales differ: such charts must not stand together.
    """
    return inline("charts/multiples.svg.jinja", _drawn(charts, width, most, letters))


def _sized(lettering: Lettering, letters: float) -> Lettering:
    return replace(lettering, size=lettering.size * letters, leading=lettering.leading * letters)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How many stand in a row, the room of each, the net that is the same in all, and how large letters are."""

    columns: int
    room: float
    web: Web
    letters: float

    @property
    def name(self) -> Lettering:
        """How the name over a radar is set."""
        return _sized(_NAME, self.letters)


def _plan(charts: Sequence[Radar], width: int, most: int, letters: float) -> _Plan:
    columns = min(most, max(2, width // 150), len(charts) + 1)
    room = (width - _GAP * (columns - 1)) / columns
    web = Web(len(charts[0].axes), charts[0].maximum, min(room / 2 - 22 * letters, 90))
    return _Plan(columns, room, web, letters)


def _drawn(charts: Sequence[Radar], width: int, most: int, letters: float) -> _Drawing:
    refuse(_problems(charts))
    first, plan = charts[0], _plan(charts, width, most, letters)
    _ = translator(first.language)
    panels, bottom = _panels(charts, plan)
    texts, bottom = _axes(first, width, bottom, letters)
    said = " ".join(f"{panel.title}: {panel.description}" for panel in panels[1:])
    return _Drawing(
        id=drawing_id("multiples", charts, width),
        title=_("Radar charts side by side"),
        description=clean(f"{_('{count} radar charts, all on the same scale.').format(count=len(charts))} {said}"),
        language=first.language,
        width=width,
        height=math.ceil(bottom),
        rings=tuple(ring(plan.web, stage) for stage in range(first.maximum + 1)),
        panels=tuple(panels),
        texts=tuple(texts),
    )


def _problems(charts: Sequence[Radar]) -> Iterator[str]:
    if not charts:
        yield "charts: there are none"
    if any(_scale(one) != _scale(other) for one, other in pairwise(charts)):
        yield "charts: axes and scales must be the same in all"


def _scale(chart: Radar) -> tuple[tuple[str, ...], int]:
    return tuple(axis.id for axis in chart.axes), chart.maximum


def _panels(charts: Sequence[Radar], plan: _Plan) -> tuple[list[_Panel], float]:
    """The key and all charts, row by row, and where the next thing may begin."""
    _ = translator(charts[0].language)
    named = [_("Axes"), *(clean(chart.subtitle) or clean(chart.title) for chart in charts)]
    high = 2 * plan.web.radius + 2 * (_AROUND * plan.letters)
    panels: list[_Panel] = []
    top = 0.0
    for start in range(0, len(named), plan.columns):
        titles = [wrapped(name, plan.room, plan.name.size) for name in named[start : start + plan.columns]]
        deepest = max(map(len, titles))
        for column, lines in enumerate(titles):
            centre = (
                column * (plan.room + _GAP) + plan.room / 2,
                top + deepest * plan.name.leading + high / 2,
            )
            title = [
                placed(line, plan.name, centre[0], top + (deepest - len(lines) + n + 0.5) * plan.name.leading, "middle")
                for n, line in enumerate(lines)
            ]
            place = start + column
            if place == 0:
                panels.append(_key(charts[0], plan, centre, title))
            else:
                panels.append(_panel(charts[place - 1], plan.web, centre, named[place], title))
        top += deepest * plan.name.leading + high + _GAP
    return panels, top


_AROUND = 18
"""Room round the net: in the key for the ids of the axes."""


def _key(chart: Radar, plan: _Plan, centre: tuple[float, float], title: list[Text]) -> _Panel:
    web, letters = plan.web, plan.letters
    texts = []
    for index, axis in enumerate(chart.axes):
        right, down = web.direction(index)
        x, y = centre[0] + right * (web.radius + 12 * letters), centre[1] + down * (web.radius + 10 * letters)
        texts.append(placed(clean(axis.id), _sized(_AXIS, letters), x, y, "middle"))
    spokes = tuple(spoke(replace(axis, applicable=True), web, index) for index, axis in enumerate(chart.axes))
    return _Panel(id="key", title="", description="", centre=centre, spokes=spokes, texts=(*title, *texts))


def _panel(chart: Radar, web: Web, centre: tuple[float, float], name: str, title: list[Text]) -> _Panel:
    drawn = [trace(chart, series, web) for series in chart.series if series.kind == "result"]
    spokes = tuple(spoke(axis, web, index) for index, axis in enumerate(chart.axes))
    return _Panel(
        id="radar",
        title=name,
        description=text_alternative(chart),
        centre=centre,
        spokes=spokes,
        trace=drawn[0] if drawn else None,
        texts=tuple(title),
    )


def _axes(chart: Radar, width: float, top: float, letters: float) -> tuple[list[Text], float]:
    """The names of the axes below, which the key names by id only: in two columns, or four where letters are large."""
    texts: list[Text] = []
    columns = 2 if letters == 1 else 4
    deep = math.ceil(len(chart.axes) / columns)
    named = _sized(Lettering(11.5, 15, tone="muted"), letters)
    bottom = top
    for column in range(columns):
        y = top
        for axis in chart.axes[column * deep : (column + 1) * deep]:
            left = column * (width + _GAP) / columns
            texts.append(placed(clean(axis.id), replace(named, weight=600), left, y + named.leading / 2))
            lead = width_of(clean(axis.id), named.size) + 8 * letters
            more, y = paragraph(axis.label, named, left + lead, y, (width + _GAP) / columns - _GAP - lead)
            texts += more
        bottom = max(bottom, y)
    return texts, bottom + 4
