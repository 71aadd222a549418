"""What a radar chart shows, and the same in words; `radar_labels` finds its size and its labels, `radar_drawing` draws it.

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

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from scoring.model.wording import LANGUAGES, Language
from selfcheck.charts.lettering import clean, one_decimal
from selfcheck.charts.sheet import refuse
from selfcheck.ground.i18n import translator

SeriesKind = Literal["result", "target", "earlier", "reached"]

NARROWEST_MM = 100
"""Below this the labels of a radar have no room beside it."""


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
    kind: SeriesKind
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
    """All that one chart says; `words` replaces the chart's own words (see `_words` for the keys).

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
        refuse(_problems(self))


@lru_cache(maxsize=len(LANGUAGES))
def _words(language: Language) -> Mapping[str, str]:
    """The words of the chart itself, by which it may replace them."""
    _ = translator(language)
    return {
        "not applicable": _("not applicable"),
        "no value": _("no value"),
        "stages": _("Stages"),
        "chart": _("Radar chart"),
        "evidence one": _("documented by 1 item"),
        "evidence many": _("documented by {count} items"),
    }


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
    if chart.evidence is not None:
        yield from _nowhere(chart.evidence, count, chart.maximum)


def _nowhere(evidence: Evidence, count: int, maximum: int) -> Iterator[str]:
    for index, stage, items in evidence.marks:
        if not (0 <= index < count and 0 <= stage <= maximum and items > 0):
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
        yield chart.axes[index].why or word(chart, "not applicable")
        return
    for series in chart.series:
        value = series.values[index]
        if value is not None:
            yield f"{series.name}: {one_decimal(value, chart.language)}"
        elif series.kind == "result":
            yield f"{series.name}: {word(chart, 'no value')}"
    if chart.band is not None and (span := chart.band.ranges[index]) is not None:
        yield f"{chart.band.name}: {range_in_words(span, chart.language)}"
    if chart.evidence is not None:
        for at, stage, count in chart.evidence.marks:
            if at == index:
                said = f"{one_decimal(stage, chart.language)} ({documented(chart, count)})"
                yield f"{chart.evidence.name}: {said}"


def range_in_words(span: tuple[Fraction, Fraction], language: Language) -> str:
    """A range, from its lowest to its highest value."""
    lowest, highest = (one_decimal(end, language) for end in span)
    return lowest if lowest == highest else f"{lowest}–{highest}"


def word(chart: Radar, key: str) -> str:
    """A word of the chart itself, in its language."""
    return chart.words.get(key) or _words(chart.language)[key]


def documented(chart: Radar, count: int) -> str:
    """By how many items something is documented."""
    return word(chart, "evidence one" if count == 1 else "evidence many").replace("{count}", str(count))
