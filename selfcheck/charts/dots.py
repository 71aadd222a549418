"""The same values as on the radar, as dots on one scale: one row a perspective, easier to compare than axes.

Decisions a reader of the chart could ask about:

* Series differ by marker: result ●, reached throughout |, target ◇, last time □, what is still open a grey bar.
* Markers on one place are drawn round each other (● in □ in ◇), so that none hides another.
* Only the result bears its number, above the dot; every value stands in the text alternative.
* Documented practice ✚ stands below the line, each mark by itself with the number of items that document it.
* A missing value is no dot and says so beside its label; it is never zero.
* On a narrow page labels stand above their rows, and the stages are listed below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from scoring.model.wording import LANGUAGES, Language
from selfcheck.charts.lettering import (
    LABEL,
    LEGEND,
    REMARK,
    STAGE_NUMBER,
    VALUE,
    Lettering,
    Text,
    clean,
    grid,
    longest_piece,
    one_decimal,
    placed,
    stages_listed,
    wrapped,
)
from selfcheck.charts.sheet import ChartFrame, ChartLook, ChartSheet, Drawn, drawing_id, refuse
from selfcheck.ground.i18n import translator

Kind = Literal["reached", "earlier", "target", "value"]
_BACK_TO_FRONT: tuple[Kind, ...] = ("reached", "earlier", "target", "value")
_SMALL = Lettering(11.5, 14, tone="muted")
_SIDE_BY_SIDE = 516
"""From this width on there is room for labels beside the scale."""
_ABOVE, _BELOW, _DOCUMENTED = 32.0, 18.0, 18.0
"""What a row needs over and under its middle: the number with its dot, the tick, and below it documented practice."""


@dataclass(frozen=True, slots=True)
class DotRow:
    """One perspective; None is a gap, never zero. `why` says in place of "not applicable" why nothing stands here."""

    id: str
    label: str
    applicable: bool = True
    value: Fraction | None = None
    lowest: Fraction | None = None
    highest: Fraction | None = None
    reached: Fraction | None = None
    target: Fraction | None = None
    earlier: Fraction | None = None
    why: str = ""
    documented: tuple[tuple[Fraction, int], ...] = ()
    """Stages that a documented practice shows, each with the number of items that document it."""

    def marks(self) -> Iterator[tuple[Kind, Fraction]]:
        """What is drawn in this row besides the range, back to front."""
        for kind, value in zip(_BACK_TO_FRONT, (self.reached, self.earlier, self.target, self.value), strict=True):
            if self.applicable and value is not None:
                yield kind, value

    def open(self) -> tuple[Fraction, Fraction] | None:
        """The range that the value can still take; none where nothing is open."""
        if not self.applicable or self.lowest is None or self.highest is None or self.lowest == self.highest:
            return None
        return self.lowest, self.highest


@dataclass(frozen=True, slots=True)
class Dots:
    """All that one chart says."""

    title: str
    rows: tuple[DotRow, ...]
    maximum: int = 4
    stage_names: tuple[str, ...] = ()
    language: Language = "de"
    subtitle: str = ""
    source: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """What the legend says instead of its own words (see `_words`): the year of the target, the date of last time."""
    practice: str = ""
    """Which documented practice the marks of the rows show."""

    def said(self, kind: str) -> str:
        """A word of the chart."""
        return self.names.get(kind) or _words(self.language)[kind]

    def __post_init__(self) -> None:
        """Refuse what could only be drawn wrongly."""
        refuse(_problems(self))


@lru_cache(maxsize=len(LANGUAGES))
def _words(language: Language) -> Mapping[str, str]:
    """The words of the chart itself, by which it may replace them."""
    _ = translator(language)
    return {
        "value": _("Result"),
        "reached": _("Reached throughout"),
        "target": _("Target"),
        "earlier": _("Last time"),
        "range": _("Range of what is still open"),
        "no value": _("no value"),
        "not applicable": _("not applicable"),
        "chart": _("Dot plot"),
        "scale": _("Dot plot with stages 0 to {maximum}."),
        "stages": _("Stages"),
        "evidence": _("{name} (documented by so many items)"),
        "evidence one": _("{name} {stage} (documented by 1 item)"),
        "evidence many": _("{name} {stage} (documented by {count} items)"),
    }


def _problems(chart: Dots) -> Iterator[str]:
    if chart.maximum < 1:
        yield f"maximum: must be at least 1, is {chart.maximum}"
    if chart.stage_names and len(chart.stage_names) != chart.maximum + 1:
        yield f"stage_names: expected {chart.maximum + 1}, there are {len(chart.stage_names)}"
    for row in chart.rows:
        yield from _problems_of(row, chart.maximum)


def _problems_of(row: DotRow, maximum: int) -> Iterator[str]:
    for value in (row.value, row.lowest, row.highest, row.reached, row.target, row.earlier):
        if value is not None and not 0 <= value <= maximum:
            yield f"{row.id}: {value} does not lie between 0 and {maximum}"
    for stage, items in row.documented:
        if not (0 <= stage <= maximum and items > 0):
            yield f"{row.id}: nothing can be documented at {stage} by {items} items"
    if row.lowest is not None and row.highest is not None and row.lowest > row.highest:
        yield f"{row.id}: the range {row.lowest} to {row.highest} is upside down"


def _said(chart: Dots, row: DotRow) -> Iterator[str]:
    """What the chart says about one row, in words."""
    if not row.applicable:
        yield row.why or chart.said("not applicable")
        return
    if row.value is None:
        yield chart.said("no value")
    for kind, value in reversed(list(row.marks())):
        colon = ":" if kind in chart.names else ""  # a year before a number would read as one number
        yield f"{chart.said(kind)}{colon} {one_decimal(value, chart.language)}"
    if span := row.open():
        yield f"{chart.said('range')} {'–'.join(one_decimal(end, chart.language) for end in span)}"
    for stage, items in row.documented:
        text = chart.said("evidence one" if items == 1 else "evidence many")
        yield text.format(name=chart.practice, stage=one_decimal(stage, chart.language), count=items)


def _description(chart: Dots) -> str:
    rows = (f"{row.label}: {', '.join(_said(chart, row))}." for row in chart.rows)
    return clean(" ".join((chart.said("scale").replace("{maximum}", str(chart.maximum)), *rows)))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where labels and stages stand, and how wide a label may be."""

    start: float
    left: float
    step: float
    label: float
    beside: bool
    above: float = _ABOVE
    below: float = _BELOW

    def at(self, value: Fraction | int) -> float:
        return self.left + self.step * float(value)


def _scale(start: float, width: float, maximum: int, *, beside: bool) -> _Scale:
    if not beside:
        return _Scale(start + 2, start + 16, (width - 32) / maximum, width - 4, beside=False)
    label = min(230, width * 0.29)
    left = label + 28
    return _Scale(start + 2, start + left, (width - left) / (maximum + 0.5), label, beside=True)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row in its place."""

    id: str
    applicable: bool
    y: float
    net: tuple[float, float]
    bottom: float
    texts: tuple[Text, ...]
    number: Text | None
    bar: tuple[float, float] | None
    marks: tuple[tuple[str, float, float], ...]


def _row(chart: Dots, row: DotRow, scale: _Scale, top: float) -> _Row:
    value = row.value if row.applicable else None
    documented = row.documented if row.applicable else ()
    lines = _label_lines(chart, row, scale.label)
    y, start, bottom = _down(scale, top, len(lines) * LABEL.leading, value is not None, bool(documented))
    lower = y + scale.below + _DOCUMENTED / 2 - 4
    texts = [placed(line, how, scale.start, start + (n + 0.5) * LABEL.leading) for n, (line, how) in enumerate(lines)]
    texts += [_documented_by(items, scale, stage, lower, last=stage == chart.maximum) for stage, items in documented]
    span = row.open()
    written = None
    if value is not None:
        written = placed(one_decimal(value, chart.language), VALUE, scale.at(value), y - 24, "middle")
    return _Row(
        id=clean(row.id),
        applicable=row.applicable,
        y=y,
        net=(top, bottom) if scale.beside else (y - 13, y + 13),
        bottom=bottom,
        texts=tuple(texts),
        number=written,
        bar=None if span is None else (scale.at(span[0]), scale.at(span[1])),
        marks=(
            *((kind, scale.at(value), y) for kind, value in row.marks()),
            *(("evidence", scale.at(stage), lower) for stage, _items in documented),
        ),
    )


def _label_lines(chart: Dots, row: DotRow, room: float) -> list[tuple[str, Lettering]]:
    """The name of the row, below it why it has no value."""
    remark = ""
    if not row.applicable:
        remark = row.why or chart.said("not applicable")
    elif row.value is None:
        remark = chart.said("no value")
    lines = [(line, LABEL) for line in wrapped(clean(row.label), room, LABEL.size)]
    return lines + [(line, REMARK) for line in wrapped(clean(remark), room, REMARK.size)]


def _down(scale: _Scale, top: float, written: float, valued: bool, documented: bool) -> tuple[float, float, float]:
    """The middle of a row, where its label begins, and where the row ends."""
    under = scale.below + (_DOCUMENTED if documented else 0)
    if scale.beside:
        y = top + max(scale.above, written / 2 + 8)
        return y, y - written / 2, y + max(under, written / 2 + 8)
    y = top + written + (_ABOVE + 8 if valued else _BELOW + 10)
    return y, top + 8, y + (under + 4.0)


def _documented_by(items: int, scale: _Scale, stage: Fraction, y: float, *, last: bool) -> Text:
    """How many items document a stage; beyond the last stage is no room."""
    return placed(str(items), REMARK, scale.at(stage) + (-9 if last else 9), y, "end" if last else "start")


def _heads(chart: Dots, scale: _Scale, top: float, *, listed: bool) -> tuple[list[Text], float, bool]:
    """The stages over their columns, where the rows may begin, and whether the names of the stages found room.

    `listed` leaves the names to the legend in any case.
    """
    texts = [
        placed(str(stage), STAGE_NUMBER, scale.at(stage), top + 10, "middle") for stage in range(chart.maximum + 1)
    ]
    room = scale.step - 10
    names = [clean(name) for name in chart.stage_names]
    if listed or not scale.beside or max((longest_piece(name, _SMALL.size) for name in names), default=0) > room:
        return texts, top + (26 if listed else 22), not names
    deepest = 0
    for stage, name in enumerate(names):
        lines = wrapped(name, room, _SMALL.size)
        deepest = max(deepest, len(lines))
        texts += [
            placed(line, _SMALL, scale.at(stage), top + 26 + n * _SMALL.leading, "middle")
            for n, line in enumerate(lines)
        ]
    return texts, top + 22 + deepest * _SMALL.leading, True


_Samples = list[tuple[str, float, float]]


def _key(
    chart: Dots, left: float, top: float, room: float, *, stages: bool, beside: bool
) -> tuple[list[Text], _Samples, float]:
    """A legend of what occurs and nothing else; below it the stages, if they have no room over the columns."""
    drawn = {kind for row in chart.rows for kind, _ in row.marks()}
    kinds: list[str] = [kind for kind in reversed(_BACK_TO_FRONT) if kind in drawn]
    kinds += ["range"] if any(row.open() for row in chart.rows) else []
    kinds += ["evidence"] if any(row.documented for row in chart.rows if row.applicable) else []
    names = [clean(chart.said(kind).replace("{name}", chart.practice)) for kind in kinds]
    texts, places, bottom = grid(names, LEGEND, left, top, room, lead=32)
    samples = [(kind, x + 13, y) for kind, (x, y) in zip(kinds, places, strict=True)]
    if not stages:
        return texts, samples, bottom
    listed, bottom = stages_listed(chart.said("stages"), chart.stage_names, left, bottom + 6, room, beside=beside)
    return [*texts, *listed], samples, bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing(Drawn):
    """Everything in its place."""

    columns: tuple[float, ...]
    rows: tuple[_Row, ...]
    samples: _Samples
    texts: tuple[Text, ...]


_SHARE = 0.7
"""How much of a slide rows and scale take; the rest is for the legend."""


def _drawn(chart: Dots, sheet: ChartSheet, frame: ChartFrame) -> _Drawing:
    start, width = sheet.margin - 2, sheet.inner + 4
    wide = width * _SHARE if sheet.beside else width
    scale = _scale(start, wide, chart.maximum, beside=sheet.beside or sheet.inner >= _SIDE_BY_SIDE)
    if sheet.beside:
        scale = replace(scale, above=_ABOVE - 3, below=_BELOW - 2)
    heads, top, named = _heads(chart, scale, frame.top, listed=sheet.beside)
    rows: list[_Row] = []
    for row in chart.rows:
        rows.append(_row(chart, row, scale, rows[-1].bottom if rows else top))
    bottom = rows[-1].bottom if rows else top
    if sheet.beside:
        left = start + wide + 16
        key, samples, end = _key(chart, left, frame.top, start + width - left, stages=not named, beside=True)
    else:
        key, samples, end = _key(chart, scale.start, bottom + 10, width - 4, stages=not named, beside=False)
    foot, height = frame.closed(max(bottom, end))
    return _Drawing(
        id=drawing_id("dots", chart, sheet),
        title=clean(chart.title) or chart.said("chart"),
        description=_description(chart),
        language=chart.language,
        width=sheet.width,
        height=height,
        columns=tuple(scale.at(stage) for stage in range(chart.maximum + 1)),
        rows=tuple(rows),
        samples=samples,
        texts=(*frame.head, *heads, *key, *foot),
    )


LOOK = ChartLook("charts/dots.svg.jinja", _drawn)
