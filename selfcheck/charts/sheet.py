"""What every printed chart stands on: a sheet of one size with title, date and source, and the legend in its place.

Three sizes, each with its own scale, because letters must be readable where the chart ends up:

* half: 80 mm, half the text of an A4 page. Drawn like a sheet of 100 mm and made smaller; the smallest letters keep
  6.5 pt, labels 7.4 pt. Narrower than that the labels of a radar have no room beside it.
* full: 160 mm, the whole text of an A4 page; labels 9.2 pt.
* slide: 16 to 9, 254 mm wide, 3000 pixels; labels 13 pt, which is 17 pt once it fills a slide of 339 mm. The legend
  stands beside the chart, not below. What needs more room than a slide has gets smaller letters and is never cut.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from scoring.model.wording import Language
from selfcheck.charts.lettering import SOURCE, SUBTITLE, TITLE, Text, paragraph, plain
from selfcheck.ground import templating

if TYPE_CHECKING:
    from jinja2 import Environment

Size = Literal["half", "full", "slide"]


@dataclass(frozen=True, slots=True)
class ChartSheet:
    """The room there is, in units of the drawing; on paper so many of them are 1 mm. A slide has a height as well."""

    width: float
    margin: float = 6
    per_mm: float = 4
    height: float | None = None

    @property
    def inner(self) -> float:
        """What is left between the margins."""
        return self.width - 2 * self.margin

    @property
    def beside(self) -> bool:
        """Whether the legend stands beside the chart, because height is scarce."""
        return self.height is not None


def of_width(width_mm: float) -> ChartSheet:
    """A sheet whose letters have the size of `full`, at any width."""
    return ChartSheet(width=width_mm * 4)


FULL = of_width(160)
"""The whole text of a page."""
_SLIDE_MM = 254
_SLIDE_UNITS = 720


def sheets(size: Size) -> Iterator[ChartSheet]:
    """The sheets of a size, those with the largest letters first."""
    if size != "slide":
        yield {"half": ChartSheet(width=400, per_mm=5), "full": FULL}[size]
        return
    for step in range(_SLIDE_STEPS):
        width = _SLIDE_UNITS * 1.06**step
        yield ChartSheet(width, margin=20 * 1.06**step, per_mm=width / _SLIDE_MM, height=width * 9 / 16)


_SLIDE_STEPS = 18
"""Down to letters of a third; only words that no real chart has need more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What every drawing says of itself; each adds its parts in their places."""

    id: str
    title: str
    description: str
    language: Language
    width: float
    height: float


_Drawing = TypeVar("_Drawing", bound=Drawn)


def fitted(size: Size, draw: Callable[[ChartSheet], _Drawing]) -> tuple[ChartSheet, _Drawing]:
    """The first sheet that is high enough, or else the last, and the drawing on it."""
    for sheet in sheets(size):
        drawing = draw(sheet)
        if sheet.height is None or drawing.height <= sheet.height:
            break
    return sheet, drawing


@dataclass(frozen=True, slots=True)
class ChartFrame:
    """Title, date and source of a sheet, and where between them the chart has its place."""

    sheet: ChartSheet
    head: tuple[Text, ...]
    top: float
    source: str

    @property
    def room(self) -> float | None:
        """How high the chart may be: nothing is said where the sheet is as high as it needs to be."""
        return None if self.sheet.height is None else self.sheet.height - self.top - self._below

    @property
    def _below(self) -> float:
        """What the source and the margin need."""
        _, needed = paragraph(self.source, SOURCE, 0, 0, self.sheet.inner)
        return self.sheet.margin + (needed + 6 if needed else 0)

    def closed(self, bottom: float) -> tuple[list[Text], float]:
        """The source below the chart, on a slide at the lower edge; and the height of the sheet."""
        height = max(self.sheet.height or 0, math.ceil(bottom + self._below))
        texts, _ = paragraph(self.source, SOURCE, self.sheet.margin, height - self._below + 6, self.sheet.inner)
        return texts, height


def framed(chart: Titled, sheet: ChartSheet) -> ChartFrame:
    """The frame that a chart gives its sheet."""
    texts, y = paragraph(chart.title, TITLE, sheet.margin, sheet.margin, sheet.inner)
    more, y = paragraph(chart.subtitle, SUBTITLE, sheet.margin, y, sheet.inner)
    return ChartFrame(sheet, (*texts, *more), y + 14 if texts or more else y, chart.source)


def unframed(sheet: ChartSheet) -> ChartFrame:
    """For a page, which has title and source itself."""
    return ChartFrame(sheet, (), sheet.margin, "")


@dataclass(frozen=True, slots=True)
class Printed:
    """A drawing ready to be saved, and what the file around it has to say."""

    svg: str
    title: str
    description: str
    language: Language
    width_mm: float
    height_mm: float


def inline(template: str, drawing: object) -> str:
    """The drawing for a page, which decides about its colours."""
    return _environment().get_template(template).render(drawing=drawing, inline=True, mm=None, paper=False)


def refuse(problems: Iterable[str]) -> None:
    """Raises ValueError with every problem, where there is one: such a chart could only be drawn wrongly."""
    if found := "; ".join(problems):
        raise ValueError(found)


_KNOWN_AS = {"ChartSheet(": "Sheet(", "HeatCell(": "Cell(", "DayMark(": "Mark(", "CheckMoment(": "Moment("}
"""Ids come from what is drawn, written as Python writes it. Under these names they outlive a new name in the code."""


def drawing_id(kind: str, *content: object) -> str:
    """The same for the same drawing, and on one page different from that of every other."""
    written = repr(content)
    for name, known in _KNOWN_AS.items():
        written = written.replace(name, known)
    return f"{kind}-{hashlib.sha256(written.encode('utf-8', 'replace')).hexdigest()[:10]}"


class Titled(Protocol):
    """A chart that says what stands above and below it on a sheet."""

    @property
    def title(self) -> str:
        """What it shows."""

    @property
    def subtitle(self) -> str:
        """Whose it is, and of which day."""

    @property
    def source(self) -> str:
        """Where its content comes from."""


@dataclass(frozen=True, slots=True)
class ChartLook:
    """How a kind of chart is drawn wherever it stands: its template, and how it is put in its place.

    `width` and `margin` are those on a page; on paper the chart needs at least `narrowest_mm`.
    """

    template: str
    draw: Callable[[Any, ChartSheet, ChartFrame], Drawn]
    width: int = 700
    margin: int = 2
    narrowest_mm: int = 0

    def on_page(self, chart: Titled, width: int | None = None) -> str:
        """The chart as one SVG for a page, drawn for the width in pixels; colours by CSS variables."""
        sheet = ChartSheet(width or self.width, margin=self.margin)
        return inline(self.template, self.draw(chart, sheet, unframed(sheet)))

    def on_sheet(self, chart: Titled, size: Size, *, paper: bool = True) -> Printed:
        """The chart on a sheet of one of the sizes, with title and source."""
        sheet, drawing = fitted(size, lambda sheet: self.draw(chart, sheet, framed(chart, sheet)))
        return self.printed(drawing, sheet, paper=paper)

    def of_width(self, chart: Titled, width_mm: float, *, paper: bool = True, alone: bool = True) -> Printed:
        """The chart on a sheet of any width: alone, for a page that has title and source itself, or with these.

        Raises ValueError where it has no room.
        """
        if width_mm < self.narrowest_mm:
            raise ValueError(f"width_mm: the chart needs at least {self.narrowest_mm}, got {width_mm}")
        sheet = of_width(width_mm)
        frame = unframed(sheet) if alone else framed(chart, sheet)
        return self.printed(self.draw(chart, sheet, frame), sheet, paper=paper)

    def printed(self, drawing: Drawn, sheet: ChartSheet, *, paper: bool) -> Printed:
        """The drawing on its sheet, on white or on nothing."""
        mm = (drawing.width / sheet.per_mm, drawing.height / sheet.per_mm)
        svg = _environment().get_template(self.template).render(drawing=drawing, inline=False, mm=mm, paper=paper)
        return Printed(svg, drawing.title, drawing.description, drawing.language, *mm)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = templating.environment()
    environment.filters["plain"] = plain
    return environment
