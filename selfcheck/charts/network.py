"""Partners around a centre: those involved regularly stand near and are joined to it, those not involved stand apart.

Decisions a reader of the chart could ask about:

* Every partner has one place on its spoke, in the order of the module; only the ring depends on the entry.
* Nearness says how often a partner is involved, and nothing about its importance. No ring is a target.
* A group nobody belongs to keeps its part of the circle, so that its absence is seen.
* Names stand below with their numbers: round the circle they would have no room. Partners that do not exist here stand
  in the list alone.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scoring.model.wording import Language
from selfcheck.charts.lettering import LEGEND, Lettering, Text, clean, grid, placed, wrapped
from selfcheck.charts.sheet import ChartFrame, ChartLook, ChartSheet, Drawn, drawing_id, refuse
from selfcheck.ground.i18n import translator
from selfcheck.words.modules import MARKS, Mark


@dataclass(frozen=True, slots=True)
class Partner:
    """One kind of partner and how it is involved."""

    id: str
    label: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Sector:
    """Partners of one group."""

    label: str
    partners: tuple[Partner, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """All that one chart says. `names` says what the marks mean; `centre` stands in the middle."""

    title: str
    centre: str
    sectors: tuple[Sector, ...]
    names: Mapping[Mark, str]
    subtitle: str = ""
    source: str = ""
    language: Language = "de"

    def __post_init__(self) -> None:
        """Refuse what could only be drawn wrongly."""
        missing = [mark for mark in self.occurring if mark not in self.names]
        if not self.sectors or missing:
            refuse([f"a network needs sectors, and names for the marks {missing}"])

    @property
    def occurring(self) -> tuple[Mark, ...]:
        """The marks that occur."""
        found = {partner.mark for sector in self.sectors for partner in sector.partners}
        return tuple(mark for mark in MARKS if mark in found)


# --- in words ----------------------------------------------------------------------------------------


def description(chart: Network) -> str:
    """Everything the chart shows, for people who do not see it."""
    return clean(" ".join(_said(chart)))


def _said(chart: Network) -> Iterator[str]:
    for sector in chart.sectors:
        yield f"{sector.label}."
        for mark in MARKS:
            named = [partner.label for partner in sector.partners if partner.mark == mark]
            if named:
                yield f"{chart.names[mark]}: {'; '.join(named)}."


# --- where everything stands -------------------------------------------------------------------------

_NODE, _SPACE = 8.5, 1.5
"""How large a partner is at most, and the room between two."""
_RING = 29.0
"""From one ring to the next."""
_GAP = 1.4
"""Between two groups, in places of partners."""
_LEAST = 3.0
"""What a group without partners gets, in places of partners."""
_CENTRE = 42.0
_CENTRE_NAME = Lettering(12.5, 16, weight=600)
_LETTER = Lettering(16, 20, weight=600, tone="muted")
_NUMBER = Lettering(10, 12, weight=600)
_HEADING = Lettering(13, 20, weight=600)
_ENTRY = Lettering(11.5, 14)
_LEAD = 22.0
_GUTTER = 14.0
_SAMPLE = 26.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A partner in its place with its number; a sample has none."""

    id: str
    mark: Mark
    x: float
    y: float
    radius: float
    number: Text | None = None
    spoke: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing(Drawn):
    """Everything in its place."""

    middle: tuple[float, float]
    centre: float
    rings: tuple[float, ...]
    nodes: tuple[Node, ...]
    samples: tuple[Node, ...]
    limits: tuple[tuple[float, float, float, float], ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """The circle: its middle, rings from the inside, and how large a partner is."""

    x: float
    y: float
    rings: tuple[float, float, float]
    node: float
    step: float
    """Radians from one place to the next."""

    def at(self, place: float, radius: float) -> tuple[float, float]:
        """A point on the spoke of a place; places count clockwise from the top."""
        angle = place * self.step - math.pi / 2
        return self.x + radius * math.cos(angle), self.y + radius * math.sin(angle)


def _places(chart: Network) -> list[tuple[float, int]]:
    """For each sector where it begins, in places, and how many partners it shows."""
    found, at = [], 0.0
    for sector in chart.sectors:
        shown = sum(partner.mark != "apart" for partner in sector.partners)
        found.append((at, shown))
        at += max(shown, _LEAST) + _GAP
    return found


def _circle(chart: Network, left: float, room: float, top: float) -> _Plan:
    starts = _places(chart)
    places = starts[-1][0] + max(starts[-1][1], _LEAST) + _GAP
    widest = room / 2 - 30
    wanted = places * (2 * _NODE + _SPACE) / (2 * math.pi)
    outer = min(widest, max(wanted + 2 * _RING, _CENTRE + 4 * _RING))
    inner = min(max(wanted, outer - 2 * _RING), outer - 2 * _RING)
    node = min(_NODE, inner * math.pi / places - _SPACE / 2)
    rings = (inner, inner + _RING, inner + 2 * _RING)
    return _Plan(left + room / 2, top + outer + 30, rings, node, 2 * math.pi / places)


def _ring(mark: Mark) -> int:
    return {"yes": 0, "partly": 1}.get(mark, 2)


def _nodes(chart: Network, plan: _Plan) -> Iterator[Node]:
    number = 0
    for sector, (start, _) in zip(chart.sectors, _places(chart), strict=True):
        shown = [partner for partner in sector.partners if partner.mark != "apart"]
        for place, partner in enumerate(shown):
            number += 1
            ring = plan.rings[_ring(partner.mark)]
            x, y = plan.at(start + place + 0.5, ring)
            spoke = None
            if partner.mark in ("yes", "partly"):
                spoke = (*plan.at(start + place + 0.5, _CENTRE), *plan.at(start + place + 0.5, ring - plan.node))
            text = _numbered(number, x, y, plan.node)
            yield Node(id=clean(partner.id), mark=partner.mark, x=x, y=y, radius=plan.node, number=text, spoke=spoke)


def _numbered(number: int, x: float, y: float, radius: float) -> Text:
    """The number of a partner inside its mark."""
    size = min(_NUMBER.size, radius * 1.2)
    return placed(str(number), Lettering(round(size, 2), _NUMBER.leading, _NUMBER.weight), x, y, "middle")


def _letter(at: int) -> str:
    return chr(ord("A") + at % 26)


def _letters(chart: Network, plan: _Plan) -> Iterator[Text]:
    """A letter outside the rings in the middle of each group."""
    for at, (start, shown) in enumerate(_places(chart)):
        x, y = plan.at(start + max(shown, _LEAST) / 2, plan.rings[2] + 20)
        yield placed(_letter(at), _LETTER, x, y, "middle")


def _limits(chart: Network, plan: _Plan) -> Iterator[tuple[float, float, float, float]]:
    """A line between two groups."""
    if len(chart.sectors) > 1:
        for start, _ in _places(chart):
            place = start - _GAP / 2
            yield (*plan.at(place, _CENTRE + 10), *plan.at(place, plan.rings[2] + 14))


def _centre(chart: Network, plan: _Plan) -> Iterator[Text]:
    lines = wrapped(clean(chart.centre), 2 * _CENTRE - 12, _CENTRE_NAME.size)
    for n, line in enumerate(lines):
        y = plan.y + (n - (len(lines) - 1) / 2) * _CENTRE_NAME.leading
        yield placed(line, _CENTRE_NAME, plan.x, y, "middle")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the list below: the heading of a group, or a partner with its number."""

    lines: tuple[str, ...]
    number: int = 0
    mark: Mark | None = None

    @property
    def height(self) -> float:
        return _HEADING.leading + 6 if self.mark is None else max(1, len(self.lines)) * _ENTRY.leading + 5


def _entries(chart: Network, room: float) -> Iterator[_Entry]:
    number = 0
    for at, sector in enumerate(chart.sectors):
        yield _Entry((f"{_letter(at)} {clean(sector.label)}",))
        for partner in sector.partners:
            number += partner.mark != "apart"
            lines = wrapped(clean(partner.label), room - _LEAD, _ENTRY.size)
            yield _Entry(tuple(lines), number if partner.mark != "apart" else 0, partner.mark)


def _list(chart: Network, left: float, top: float, room: float) -> tuple[list[Text], list[Node], float]:
    """Columns of about equal height; a heading never stands last in one."""
    columns = 3 if room >= 560 else 1
    width = (room - (columns - 1) * _GUTTER) / columns
    entries = list(_entries(chart, width))
    texts: list[Text] = []
    nodes: list[Node] = []
    half, done, column, y, bottom = sum(one.height for one in entries) / columns, 0.0, 0, top, top
    for entry in entries:
        if column + 1 < columns and done >= half * (column + 1) - (entry.height if entry.mark is None else 0):
            column, y = column + 1, top
        x = left + column * (width + _GUTTER)
        if entry.mark is None:
            texts.append(placed(entry.lines[0], _HEADING, x, y + 6 + _HEADING.leading / 2))
        else:
            middle = y + 2.5 + _ENTRY.leading / 2
            lines = enumerate(entry.lines)
            texts += [placed(line, _ENTRY, x + _LEAD, middle + n * _ENTRY.leading) for n, line in lines]
            number = _numbered(entry.number, x + _NODE, middle, _NODE) if entry.number else None
            nodes.append(Node(id="", mark=entry.mark, x=x + _NODE, y=middle, radius=_NODE, number=number))
        done, y = done + entry.height, y + entry.height
        bottom = max(bottom, y)
    return texts, nodes, bottom


def _key(chart: Network, left: float, top: float, room: float) -> tuple[list[Text], list[Node], float]:
    """A legend of what occurs and nothing else, with how often."""
    counts = Counter(partner.mark for sector in chart.sectors for partner in sector.partners)
    marks = chart.occurring
    names = [f"{clean(chart.names[mark])} ({counts[mark]})" for mark in marks]
    texts, places, bottom = grid(names, LEGEND, left, top, room, lead=_SAMPLE)
    nodes = [
        Node(id="", mark=mark, x=x + _NODE, y=y, radius=_NODE - 2) for mark, (x, y) in zip(marks, places, strict=True)
    ]
    return texts, nodes, bottom


def _drawn(chart: Network, sheet: ChartSheet, frame: ChartFrame) -> _Drawing:
    _, left, room = translator(chart.language), sheet.margin, sheet.inner
    plan = _circle(chart, left, room / 2 if sheet.beside else room, frame.top)
    below = plan.y + plan.rings[2] + 34
    if sheet.beside:
        aside = left + room / 2 + _GUTTER
        key, samples, top = _key(chart, aside, frame.top, room / 2 - _GUTTER)
        names, listed, end = _list(chart, aside, top + 4, room / 2 - _GUTTER)
    else:
        key, samples, top = _key(chart, left, below, room)
        names, listed, end = _list(chart, left, top + 4, room)
    foot, height = frame.closed(max(below, end))
    return _Drawing(
        id=drawing_id("network", chart, sheet),
        title=clean(chart.title) or _("Network"),
        description=description(chart),
        language=chart.language,
        width=sheet.width,
        height=height,
        middle=(plan.x, plan.y),
        centre=_CENTRE,
        rings=plan.rings,
        nodes=tuple(_nodes(chart, plan)),
        samples=(*samples, *listed),
        limits=tuple(_limits(chart, plan)),
        texts=(*frame.head, *_letters(chart, plan), *_centre(chart, plan), *key, *names, *foot),
    )


LOOK = ChartLook("charts/network.svg.jinja", _drawn)
