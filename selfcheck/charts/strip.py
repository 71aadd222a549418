"""How the individual ratings of one item spread over the stages: one dot a rating, stacked on its place.

Decisions a reader of the chart could ask about:

* Stages stand at equal distances, with a place for half a stage between each two.
* Dots have one size in a drawing. They shrink, and then stand in several columns, before a stack gets too high.
* Where a stack has more dots than a glance counts, every stack bears its number.
* Two drawings beside one another have one scale: dots of one size, stacks of one height, axes on one line.
* Lower median ▲ and agreed stage ◇ stand below the axis and, on one place, in each other.
* Nobody is named, and the order in a stack means nothing.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from scoring.model.wording import Language
from selfcheck.charts.lettering import Lettering, Text, clean, one_decimal, placed
from selfcheck.charts.sheet import Drawn, inline, refuse
from selfcheck.ground.i18n import translator

_GLANCE = 5
"""As many dots are counted at a glance; for more there are figures."""


@dataclass(frozen=True, slots=True)
class Strip:
    """How many people rated each stage or half stage; what is missing in the counts nobody chose.

    A page with several strips gives each the name of its item as title, so that they can be told apart.
    """

    counts: Mapping[Fraction, int]
    median: Fraction | None = None
    agreed: Fraction | None = None
    maximum: int = 4
    language: Language = "de"
    title: str = ""
    own: Fraction | None = None
    """What the person who looks at it said."""
    of: Literal["ratings", "municipalities"] = "ratings"
    """What a dot stands for."""

    def __post_init__(self) -> None:
        """Refuse what could only be drawn wrongly."""
        refuse(_problems(self))

    @property
    def stacks(self) -> list[tuple[Fraction, int]]:
        """The places that somebody chose, from the lowest."""
        return sorted((place, count) for place, count in self.counts.items() if count)


def _problems(chart: Strip) -> Iterator[str]:
    if chart.maximum < 1:
        yield f"maximum: must be at least 1, is {chart.maximum}"
    for place in (*chart.counts, chart.median, chart.agreed, chart.own):
        if place is not None and not (0 <= place <= chart.maximum and (2 * place) % 1 == 0):
            yield f"{place} is neither a stage nor half a stage between 0 and {chart.maximum}"
    for place, count in chart.counts.items():
        if count < 0:
            yield f"{place}: there cannot be {count} ratings"


def _description(chart: Strip) -> str:
    _ = translator(chart.language)
    said = [_who(chart)]
    for place, count in chart.stacks:
        said.append(_("Stage {stage}: {count}.").format(stage=one_decimal(place, chart.language), count=count))
    for text, value in (
        (_("Lower median: {stage}."), chart.median),
        (_("Agreed: {stage}."), chart.agreed),
        (_("Own vote: {stage}."), chart.own),
    ):
        if value is not None:
            said.append(text.format(stage=one_decimal(value, chart.language)))
    return " ".join(said)


def _who(chart: Strip) -> str:
    """How many dots there are, and what each stands for."""
    _, count = translator(chart.language), sum(chart.counts.values())
    if chart.of == "municipalities":
        return _("{count} municipalities.").format(count=count)
    if count == 0:
        return _("No ratings.")
    return _("1 rating.") if count == 1 else _("{count} ratings.").format(count=count)


@dataclass(frozen=True, slots=True)
class _Size:
    """The room of a drawing; all else follows from the unit, which is 1 in a list."""

    width: float
    unit: float
    stack: float
    dot: float

    def at(self, place: Fraction, maximum: int) -> float:
        margin = 15 * self.unit
        return margin + (self.width - 2 * margin) * float(place) / maximum


_LIST = _Size(width=320, unit=1, stack=46, dot=9)
_PROJECTOR = _Size(width=960, unit=2.6, stack=190, dot=30)
_HALF_PROJECTOR = _Size(width=620, unit=2.6, stack=230, dot=36)


def _packed(size: _Size, maximum: int, highest: int) -> tuple[float, int]:
    """How far dots are apart, and in how many columns they stack: the fewest in which they are large enough to see."""
    margin = 15 * size.unit
    room = min((size.width - 2 * margin) / (2 * maximum) * 0.82, 2 * margin - 2)
    tried = []
    for columns in range(1, max(highest, 1) + 1):
        step = min(size.dot, size.stack / math.ceil(highest / columns), room / columns if columns > 1 else room)
        if step >= size.dot / 2:
            return step, columns
        tried.append((step, columns))
    return max(tried)


@dataclass(frozen=True, slots=True)
class _Stacks:
    """How dots stand: how far apart, in how many columns, over which axis; `counted` when stacks bear a number."""

    size: _Size
    step: float
    columns: int
    axis: float
    counted: bool


def _stacked(size: _Size, maximum: int, highest: int) -> _Stacks:
    step, columns = _packed(size, maximum, max(highest, 1))
    counted = highest > _GLANCE
    figures = 15 * size.unit if counted else 0
    axis = 3 * size.unit + figures + step * max(3, math.ceil(highest / columns))
    return _Stacks(size, step, columns, axis, counted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing(Drawn):
    """Everything in its place; what is marked below the axis has none where it is None."""

    unit: float
    axis: float
    places: tuple[tuple[float, bool], ...]
    dots: tuple[tuple[float, float], ...]
    radius: float
    median: float | None
    agreed: float | None
    own: float | None
    texts: tuple[Text, ...]


def strip_svg(chart: Strip, large: bool = False, beside: Strip | None = None) -> str:
    """The spread as one SVG: small for a list of items, or large for a projector; colours by CSS variables.

    `beside` is the spread that is drawn next to it, on the same scale.
    """
    _ = translator(chart.language)
    size = _LIST if not large else _HALF_PROJECTOR if beside else _PROJECTOR
    stacks = _stacked(
        size, chart.maximum, max((count for one in (chart, beside) if one for _, count in one.stacks), default=0)
    )
    marks = [None if mark is None else size.at(mark, chart.maximum) for mark in (chart.median, chart.agreed, chart.own)]
    numbers = stacks.axis + (13 if marks == [None] * 3 else 34) * size.unit
    places = [Fraction(half, 2) for half in range(2 * chart.maximum + 1)]
    drawing = _Drawing(
        id=f"strip-{_digest(chart, large, beside)}",
        language=chart.language,
        title=clean(chart.title) or _("Spread of the ratings"),
        description=_description(chart),
        width=size.width,
        height=numbers + 8 * size.unit,
        unit=size.unit,
        axis=stacks.axis,
        places=tuple((size.at(place, chart.maximum), place.denominator == 1) for place in places),
        dots=tuple(_dots(chart, stacks)),
        radius=stacks.step * 0.44,
        median=marks[0],
        agreed=marks[1],
        own=marks[2],
        texts=(*_tallies(chart, stacks), *_stages(chart, size, numbers)),
    )
    return inline("charts/strip.svg.jinja", drawing)


def _dots(chart: Strip, stacks: _Stacks) -> Iterator[tuple[float, float]]:
    for place, count in chart.stacks:
        x = stacks.size.at(place, chart.maximum)
        wide = min(stacks.columns, count)
        for n in range(count):
            row, column = divmod(n, wide)
            yield (
                x + (column - (wide - 1) / 2) * stacks.step,
                stacks.axis - (row + 0.5) * stacks.step - stacks.size.unit,
            )


def _tallies(chart: Strip, stacks: _Stacks) -> Iterator[Text]:
    """How many dots a stack has, above it."""
    unit = stacks.size.unit
    for place, count in chart.stacks if stacks.counted else ():
        top = stacks.axis - math.ceil(count / min(stacks.columns, count)) * stacks.step - 9 * unit
        x = stacks.size.at(place, chart.maximum)
        yield placed(str(count), Lettering(11 * unit, 14 * unit, weight=600), x, top, "middle")


def _stages(chart: Strip, size: _Size, y: float) -> Iterator[Text]:
    for stage in range(chart.maximum + 1):
        figure = Lettering(12 * size.unit, 14 * size.unit)
        yield placed(str(stage), figure, size.at(Fraction(stage), chart.maximum), y, "middle")


def _digest(chart: Strip, large: bool, beside: Strip | None) -> str:
    """The same for the same drawing, in whatever order the counts were given."""
    marks = (chart.median, chart.agreed, chart.own)
    said = repr((chart.stacks, marks, chart.maximum, chart.language, chart.title, chart.of, large))
    if beside is not None:
        said += repr(beside.stacks)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:10]
