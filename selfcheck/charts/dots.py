"""The same values as on the radar, as dots on one scale: one row a perspective, easier to compare than axes.

Decisions a reader of the chart could ask about:

* Series differ by marker: result ●, reached throughout |, target ◇, last time □, what is still open a grey bar.
* Markers on one place are drawn round each other (● in □ in ◇), so that none hides another.
* Only the result bears its number, above the dot; every value stands in the text alternative.
* A missing value is no dot and says so beside its label; it is never zero.
* On a narrow page labels stand above their rows, and the stages are listed below.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from selfcheck.charts.radar import (
    LABEL,
    LEGEND,
    REMARK,
    STAGE,
    STAGE_NUMBER,
    VALUE,
    Language,
    Lettering,
    Text,
    _clean,
    _environment,
    _grid,
    _line,
    longest_piece,
    number,
    wrapped,
)

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "de": {
        "value": "Ergebnis",
        "reached": "Durchgängig erreicht",
        "target": "Soll",
        "earlier": "Letztes Mal",
        "range": "Möglicher Bereich (noch offen)",
        "no value": "kein Wert",
        "not applicable": "nicht anwendbar",
        "chart": "Punktdiagramm",
        "scale": "Punktdiagramm mit den Stufen 0 bis {maximum}.",
    },
    "en": {
        "value": "Result",
        "reached": "Reached throughout",
        "target": "Target",
        "earlier": "Last time",
        "range": "Range of what is still open",
        "no value": "no value",
        "not applicable": "not applicable",
        "chart": "Dot plot",
        "scale": "Dot plot with stages 0 to {maximum}.",
    },
}

Kind = Literal["reached", "earlier", "target", "value"]
_BACK_TO_FRONT: tuple[Kind, ...] = ("reached", "earlier", "target", "value")
_SMALL = Lettering(11.5, 14, tone="muted")
_SIDE_BY_SIDE = 520
"""From this width on there is room for labels beside the scale."""
_ABOVE, _BELOW = 32, 18
"""What a row needs over and under its middle: the number with its dot, and the tick."""


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

    def __post_init__(self) -> None:
        """Refuse what could only be drawn wrongly."""
        problems = list(_problems(self))
        if problems:
            raise ValueError("; ".join(problems))


def _problems(chart: Dots) -> Iterator[str]:
    if chart.maximum < 1:
        yield f"maximum: must be at least 1, is {chart.maximum}"
    if chart.stage_names and len(chart.stage_names) != chart.maximum + 1:
        yield f"stage_names: expected {chart.maximum + 1}, there are {len(chart.stage_names)}"
    for row in chart.rows:
        for value in (row.value, row.lowest, row.highest, row.reached, row.target, row.earlier):
            if value is not None and not 0 <= value <= chart.maximum:
                yield f"{row.id}: {value} does not lie between 0 and {chart.maximum}"
        if row.lowest is not None and row.highest is not None and row.lowest > row.highest:
            yield f"{row.id}: the range {row.lowest} to {row.highest} is upside down"


def _said(chart: Dots, row: DotRow) -> Iterator[str]:
    """What the chart says about one row, in words."""
    words = _WORDS[chart.language]
    if not row.applicable:
        yield row.why or words["not applicable"]
        return
    if row.value is None:
        yield words["no value"]
    for kind, value in reversed(list(row.marks())):
        yield f"{words[kind]} {number(value, chart.language)}"
    if span := row.open():
        yield f"{words['range']} {'–'.join(number(end, chart.language) for end in span)}"


def _description(chart: Dots) -> str:
    rows = (f"{row.label}: {', '.join(_said(chart, row))}." for row in chart.rows)
    scale = _WORDS[chart.language]["scale"].replace("{maximum}", str(chart.maximum))
    return _clean(" ".join((scale, *rows)))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where the stages stand on the page, and how wide a label may be."""

    left: float
    step: float
    label: float
    beside: bool

    def at(self, value: Fraction | int) -> float:
        return self.left + self.step * float(value)


def _scale(width: float, maximum: int) -> _Scale:
    if width < _SIDE_BY_SIDE:
        return _Scale(16, (width - 32) / maximum, width - 4, beside=False)
    label = min(230, width * 0.29)
    left = label + 28
    return _Scale(left, (width - left) / (maximum + 0.5), label, beside=True)


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
    marks: tuple[tuple[Kind, float], ...]


def _row(chart: Dots, row: DotRow, scale: _Scale, top: float) -> _Row:
    words = _WORDS[chart.language]
    value = row.value if row.applicable else None
    remark = (row.why or words["not applicable"]) if not row.applicable else words["no value"] if value is None else ""
    lines = [(line, LABEL) for line in wrapped(_clean(row.label), scale.label, LABEL.size)]
    lines += [(line, REMARK) for line in wrapped(_clean(remark), scale.label, REMARK.size)]
    written = len(lines) * LABEL.leading
    if scale.beside:
        y = top + max(_ABOVE, written / 2 + 8)
        start, below = y - written / 2, max(_BELOW, written / 2 + 8)
    else:
        y = top + written + (_ABOVE + 6 if value is not None else _BELOW + 10)
        start, below = top + 8, _BELOW + 4.0
    span = row.open()
    return _Row(
        _clean(row.id),
        row.applicable,
        y,
        (top, y + below) if scale.beside else (y - 13, y + 13),
        y + below,
        tuple(_line(line, how, 2, start + (n + 0.5) * LABEL.leading) for n, (line, how) in enumerate(lines)),
        None if value is None else _line(number(value, chart.language), VALUE, scale.at(value), y - 22, "middle"),
        None if span is None else (scale.at(span[0]), scale.at(span[1])),
        tuple((kind, scale.at(value)) for kind, value in row.marks()),
    )


def _heads(chart: Dots, scale: _Scale) -> tuple[list[Text], float, bool]:
    """The stages over their columns, where the rows may begin, and whether the names of the stages found room."""
    texts = [_line(str(stage), STAGE_NUMBER, scale.at(stage), 10, "middle") for stage in range(chart.maximum + 1)]
    room = scale.step - 10
    names = [_clean(name) for name in chart.stage_names]
    if not scale.beside or max((longest_piece(name, _SMALL.size) for name in names), default=0) > room:
        return texts, 22, not names
    deepest = 0
    for stage, name in enumerate(names):
        lines = wrapped(name, room, _SMALL.size)
        deepest = max(deepest, len(lines))
        texts += [
            _line(line, _SMALL, scale.at(stage), 26 + n * _SMALL.leading, "middle") for n, line in enumerate(lines)
        ]
    return texts, 22 + deepest * _SMALL.leading, True


def _key(
    chart: Dots, width: float, top: float, *, stages: bool
) -> tuple[list[Text], list[tuple[str, float, float]], float]:
    """A legend of what occurs and nothing else; below it the stages, if they have no room over the columns."""
    drawn = {kind for row in chart.rows for kind, _ in row.marks()}
    kinds: list[str] = [kind for kind in reversed(_BACK_TO_FRONT) if kind in drawn]
    kinds += ["range"] if any(row.open() for row in chart.rows) else []
    names = [_WORDS[chart.language][kind] for kind in kinds]
    texts, places, bottom = _grid(names, LEGEND, 2, top, width - 4, lead=32) if names else ([], [], top)
    samples = [(kind, x + 13, y) for kind, (x, y) in zip(kinds, places, strict=True)]
    if not stages:
        return texts, samples, bottom
    listed, places, bottom = _grid(
        [_clean(name) for name in chart.stage_names], STAGE, 2, bottom + 6, width - 4, lead=14
    )
    numbers = [_line(str(stage), STAGE_NUMBER, *place) for stage, place in enumerate(places)]
    return [*texts, *numbers, *listed], samples, bottom


def dots_svg(chart: Dots, width: int = 700) -> str:
    """The chart as one SVG for a page, drawn for the width in pixels; colours by CSS variables."""
    scale = _scale(width, chart.maximum)
    heads, top, named = _heads(chart, scale)
    rows: list[_Row] = []
    for row in chart.rows:
        rows.append(_row(chart, row, scale, rows[-1].bottom if rows else top))
    bottom = rows[-1].bottom if rows else top
    key, samples, end = _key(chart, width, bottom + 10, stages=not named)
    return (
        _environment()
        .get_template("charts/dots.svg.jinja")
        .render(
            id=f"dots-{hashlib.sha256(repr((chart, width)).encode('utf-8', 'replace')).hexdigest()[:10]}",
            language=chart.language,
            title=_clean(chart.title) or _WORDS[chart.language]["chart"],
            description=_description(chart),
            width=width,
            height=end + 4,
            columns=[scale.at(stage) for stage in range(chart.maximum + 1)],
            rows=rows,
            samples=samples,
            texts=[*heads, *key],
        )
    )
