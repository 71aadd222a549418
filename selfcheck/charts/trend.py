"""The value of each perspective over several checks: one small panel a perspective, all on the same scale.

Decisions a reader of the chart could ask about:

* Checks stand at equal distances in their order, not by calendar: few of them are years apart.
* A line joins two neighbouring checks only where both have a value and the same was asked.
* Where they cannot be compared, a dashed vertical line stands between them, and the text alternative says so.
* A missing value is neither drawn nor bridged.
* Where dates have no room under the panels, or versions differ, checks are numbered and listed below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scoring.model.wording import Language
from selfcheck.charts.lettering import (
    LEGEND,
    REMARK,
    STAGE,
    STAGE_NUMBER,
    VALUE,
    Lettering,
    Text,
    clean,
    grid,
    longest_piece,
    one_decimal,
    placed,
    width_of,
    wrapped,
)
from selfcheck.charts.sheet import Drawn, drawing_id, inline, refuse
from selfcheck.ground.i18n import translator

_NAME = Lettering(13, 16, weight=600)
_DATE = Lettering(11.5, 14, tone="muted")
_GUTTER, _GAP, _STEP = 18, 24, 22
"""Room for the stage numbers at the left, between panels, and from one stage to the next."""
_STEEP = 0.6
"""A line that rises faster than this would touch the figure above its point."""


@dataclass(frozen=True, slots=True)
class CheckMoment:
    """One check, and the version of the questionnaire it was made with."""

    label: str
    version: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One perspective; `comparable` says of each two neighbouring moments whether a change may be read off."""

    id: str
    label: str
    values: tuple[Fraction | None, ...]
    comparable: tuple[bool, ...]
    target: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """All that one chart says."""

    title: str
    moments: tuple[CheckMoment, ...]
    panels: tuple[Panel, ...]
    maximum: int = 4
    language: Language = "de"

    def __post_init__(self) -> None:
        """Refuse what could only be drawn wrongly."""
        refuse(_problems(self))


def _problems(chart: Trend) -> Iterator[str]:
    count = len(chart.moments)
    if not count or not chart.panels:
        yield "moments, panels: a trend needs at least one of each"
    if chart.maximum < 1:
        yield f"maximum: must be at least 1, is {chart.maximum}"
    for panel in chart.panels:
        if len(panel.values) != count or len(panel.comparable) != count - 1:
            yield f"{panel.id}: expected {count} values and one comparison less"
        for value in (*panel.values, panel.target):
            if value is not None and not 0 <= value <= chart.maximum:
                yield f"{panel.id}: {value} does not lie between 0 and {chart.maximum}"


def _named(chart: Trend) -> list[str]:
    """The moments by their dates, with the version where it is not always the same."""
    if len({moment.version for moment in chart.moments}) == 1:
        return [clean(moment.label) for moment in chart.moments]
    _ = translator(chart.language)
    named = _("{label} (version {version})")
    return [clean(named.format(label=moment.label, version=moment.version)) for moment in chart.moments]


def _description(chart: Trend) -> str:
    _, names = translator(chart.language), _named(chart)
    said: list[str] = []
    for panel in chart.panels:
        values = [_("no value") if value is None else one_decimal(value, chart.language) for value in panel.values]
        parts = [f"{name} {value}" for name, value in zip(names, values, strict=True)]
        if panel.target is not None:
            parts.append(f"{_('Target')} {one_decimal(panel.target, chart.language)}")
        said.append(f"{panel.label}: {'; '.join(parts)}.")
        for may, (earlier, later) in zip(panel.comparable, pairwise(names), strict=True):
            if not may:
                said.append(_("Not comparable: {earlier} and {later}.").format(earlier=earlier, later=later))
    return clean(" ".join(said))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all panels have in common: how many stand side by side, how wide they are, where the moments stand."""

    columns: int
    width: float
    places: tuple[float, ...]
    dates: tuple[tuple[str, ...], ...]
    listed: bool


def _plan(chart: Trend, width: float) -> _Plan:
    moments, panels = len(chart.moments), len(chart.panels)
    fitting = int((width - _GUTTER + _GAP) // (max(140, 40 + 34 * (moments - 1)) + _GAP))
    fitting = min(panels, 4, max(2, fitting))
    columns = math.ceil(panels / math.ceil(panels / fitting))
    room = (width - _GUTTER - _GAP * (max(columns, 2) - 1)) / max(columns, 2)
    labels = [clean(moment.label) for moment in chart.moments]
    narrowest = max(longest_piece(label, _DATE.size) for label in labels)
    for widest in (max(width_of(label, _DATE.size) for label in labels), narrowest):
        places = _places(moments, room, max(14, widest / 2))
        apart = min((right - left for left, right in pairwise(places)), default=room)
        if apart >= widest + 6 and len({moment.version for moment in chart.moments}) == 1:
            dates = tuple(tuple(wrapped(label, widest + 1, _DATE.size)) for label in labels)
            return _Plan(columns, room, places, dates, listed=False)
    figures = tuple((str(n + 1),) for n in range(moments))
    return _Plan(columns, room, _places(moments, room, 14), figures, listed=True)


def _places(moments: int, room: float, inset: float) -> tuple[float, ...]:
    """Evenly over the panel, which keeps room at the right for the mark of the target."""
    left, right = inset, room - max(inset, 24)
    return tuple(left + (right - left) * (n / (moments - 1) if moments > 1 else 0.5) for n in range(moments))


_Segment = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Panel:
    """One panel in its place."""

    id: str
    left: float
    right: float
    stages: tuple[float, ...]
    points: tuple[tuple[float, float], ...]
    lines: tuple[_Segment, ...]
    breaks: tuple[float, ...]
    target: float | None
    numbers: tuple[Text, ...]
    texts: tuple[Text, ...]


_Point = tuple[float, float] | None


def _panel(chart: Trend, panel: Panel, plan: _Plan, left: float, top: float, zero: float) -> _Panel:
    xs = [left + place for place in plan.places]
    points = [
        None if value is None else (x, zero - float(value) * _STEP) for x, value in zip(xs, panel.values, strict=True)
    ]
    lines = _lines(panel, points)
    _ = translator(chart.language)
    remark = placed(_("no value"), REMARK, (xs[0] + xs[-1]) / 2, zero - _STEP / 2, "middle")
    return _Panel(
        id=clean(panel.id),
        left=left,
        right=left + plan.width,
        stages=tuple(zero - stage * _STEP for stage in range(chart.maximum + 1)),
        points=tuple(point for point in points if point),
        lines=tuple(line for line in lines if line),
        breaks=tuple(_breaks(panel, xs)) if any(points) else (),
        target=None if panel.target is None else zero - float(panel.target) * _STEP,
        numbers=tuple(_numbers(chart, panel, points, lines)) or (remark,),
        texts=(*_named_above(panel, plan, left, top), *_dated_below(plan, xs, zero)),
    )


def _lines(panel: Panel, points: Sequence[_Point]) -> list[_Segment | None]:
    """Between two neighbouring checks with a value each that may be compared."""
    return [
        (start, end) if may and start and end else None
        for may, (start, end) in zip(panel.comparable, pairwise(points), strict=True)
    ]


def _breaks(panel: Panel, xs: Sequence[float]) -> Iterator[float]:
    """In the middle of two checks that may not be compared."""
    for may, (before, after) in zip(panel.comparable, pairwise(xs), strict=True):
        if not may:
            yield (before + after) / 2


def _named_above(panel: Panel, plan: _Plan, left: float, top: float) -> Iterator[Text]:
    for n, name in enumerate(wrapped(clean(panel.label), plan.width, _NAME.size)):
        yield placed(name, _NAME, left, top + (n + 0.5) * _NAME.leading)


def _dated_below(plan: _Plan, xs: Sequence[float], zero: float) -> Iterator[Text]:
    for x, dates in zip(xs, plan.dates, strict=True):
        for n, date in enumerate(dates):
            yield placed(date, _DATE, x, zero + 28 + n * _DATE.leading, "middle")


def _numbers(chart: Trend, panel: Panel, points: Sequence[_Point], lines: Sequence[_Segment | None]) -> Iterator[Text]:
    """Above its point; below where a line leaves it so steeply upwards that it would run through the figure."""
    for value, point, before, after in zip(panel.values, points, (None, *lines), (*lines, None), strict=True):
        if value is None or point is None:
            continue
        x, y = point
        others = [*(before[:1] if before else ()), *(after[1:] if after else ())]
        slopes = [(y - other[1]) / abs(x - other[0]) for other in others]
        rise, fall = max(slopes, default=0), -min(slopes, default=0)
        yield placed(
            one_decimal(value, chart.language), VALUE, x, y + 14 if rise > max(fall, _STEEP) else y - 14, "middle"
        )


def _key(
    chart: Trend, plan: _Plan, width: float, top: float
) -> tuple[list[Text], list[tuple[str, float, float]], float]:
    """A legend of what occurs and nothing else; below it the checks, if they are numbered."""
    _ = translator(chart.language)
    names = {"value": _("Result"), "target": _("Target"), "break": _("not comparable")}
    occurs = {
        "value": any(value is not None for panel in chart.panels for value in panel.values),
        "target": any(panel.target is not None for panel in chart.panels),
        "break": not all(may for panel in chart.panels for may in panel.comparable),
    }
    kinds = [kind for kind, does in occurs.items() if does]
    texts, places, bottom = grid([names[kind] for kind in kinds], LEGEND, 2, top, width - 4, lead=40)
    samples = [(kind, x + 16, y) for kind, (x, y) in zip(kinds, places, strict=True)]
    if not plan.listed:
        return texts, samples, bottom
    listed, places, bottom = grid(_named(chart), STAGE, 2, bottom + 4, width - 4, lead=16)
    figures = [placed(str(n + 1), STAGE_NUMBER, *place) for n, place in enumerate(places)]
    return [*texts, *figures, *listed], samples, bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing(Drawn):
    """Everything in its place."""

    panels: tuple[_Panel, ...]
    samples: tuple[tuple[str, float, float], ...]
    texts: tuple[Text, ...]


def trend_svg(chart: Trend, width: int = 700) -> str:
    """The chart as one SVG for a page, drawn for the width in pixels; colours by CSS variables."""
    _, plan = translator(chart.language), _plan(chart, width)
    panels, texts, bottom = _panels(chart, plan)
    key, samples, end = _key(chart, plan, width, bottom)
    drawing = _Drawing(
        id=drawing_id("trend", chart, width),
        title=clean(chart.title) or _("Trend"),
        description=_description(chart),
        language=chart.language,
        width=width,
        height=end + 4,
        panels=tuple(panels),
        samples=tuple(samples),
        texts=(*texts, *key),
    )
    return inline("charts/trend.svg.jinja", drawing)


def _panels(chart: Trend, plan: _Plan) -> tuple[list[_Panel], list[Text], float]:
    """The panels row by row, the stages at the left of each row, and where the next thing may begin."""
    below = 28 + max(map(len, plan.dates)) * _DATE.leading
    panels: list[_Panel] = []
    texts: list[Text] = []
    bottom = 2.0
    for start in range(0, len(chart.panels), plan.columns):
        row = chart.panels[start : start + plan.columns]
        deepest = max(len(wrapped(clean(panel.label), plan.width, _NAME.size)) for panel in row)
        zero = bottom + deepest * _NAME.leading + 26 + chart.maximum * _STEP
        for column, panel in enumerate(row):
            left = _GUTTER + column * (plan.width + _GAP)
            panels.append(_panel(chart, panel, plan, left, bottom, zero))
        for stage in range(chart.maximum + 1):
            texts.append(placed(str(stage), _DATE, 2, zero - stage * _STEP))
        bottom = zero + below + 10
    return panels, texts, bottom
