"""What every printed chart stands on: a sheet of one size with title, date and source, and the legend in its place.

Three sizes, each with its own scale, because letters must be readable where the chart ends up:

* half: 80 mm, half the text of an A4 page. Drawn like a sheet of 100 mm and made smaller; the smallest letters keep
  6.5 pt, labels 7.4 pt. Narrower than that the labels of a radar have no room beside it.
* full: 160 mm, the whole text of an A4 page; labels 9.2 pt.
* slide: 16 to 9, 254 mm wide, 3000 pixels; labels 13 pt, which is 17 pt once it fills a slide of 339 mm. The legend
  stands beside the chart, not below. What needs more room than a slide has gets smaller letters and is never cut.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from selfcheck.charts.lettering import SOURCE, SUBTITLE, TITLE, Language, Text, paragraph, plain
from selfcheck.ground import resources

if TYPE_CHECKING:
    from jinja2 import Environment

Size = Literal["half", "full", "slide"]


@dataclass(frozen=True, slots=True)
class Sheet:
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


SCREEN = Sheet(width=520, margin=4)


def of_width(width_mm: float) -> Sheet:
    """A sheet whose letters have the size of `full`, at any width."""
    return Sheet(width=width_mm * 4)


_SLIDE_MM = 254
_SLIDE_UNITS = 720


def sheets(size: Size) -> Iterator[Sheet]:
    """The sheets of a size, those with the largest letters first."""
    if size != "slide":
        yield {"half": Sheet(width=400, per_mm=5), "full": of_width(160)}[size]
        return
    for step in range(_SLIDE_STEPS):
        width = _SLIDE_UNITS * 1.06**step
        yield Sheet(width, margin=20 * 1.06**step, per_mm=width / _SLIDE_MM, height=width * 9 / 16)


_SLIDE_STEPS = 18
"""Down to letters of a third; only words that no real chart has need more."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What every drawing says of itself; each adds its parts in their places."""

    id: str
    title: str
    description: str
    language: Language
    width: float
    height: float


_Drawing = TypeVar("_Drawing", bound=Drawn)


def fitted(size: Size, draw: Callable[[Sheet], _Drawing]) -> tuple[Sheet, _Drawing]:
    """The first sheet that is high enough, or else the last, and the drawing on it."""
    for sheet in sheets(size):
        drawing = draw(sheet)
        if sheet.height is None or drawing.height <= sheet.height:
            break
    return sheet, drawing


@dataclass(frozen=True, slots=True)
class Frame:
    """Title, date and source of a sheet, and where between them the chart has its place."""

    sheet: Sheet
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


def framed(title: str, subtitle: str, source: str, sheet: Sheet) -> Frame:
    """The frame of a sheet."""
    texts, y = paragraph(title, TITLE, sheet.margin, sheet.margin, sheet.inner)
    more, y = paragraph(subtitle, SUBTITLE, sheet.margin, y, sheet.inner)
    return Frame(sheet, (*texts, *more), y + 14 if texts or more else y, source)


def unframed(sheet: Sheet) -> Frame:
    """For a page, which has title and source itself."""
    return Frame(sheet, (), sheet.margin, "")


@dataclass(frozen=True, slots=True)
class Printed:
    """A drawing ready to be saved, and what the file around it has to say."""

    svg: str
    title: str
    description: str
    language: Language
    width_mm: float
    height_mm: float


def printed(template: str, drawing: Drawn, sheet: Sheet, *, paper: bool, **more: object) -> Printed:
    """The drawing on its sheet, on white or on nothing."""
    mm = (drawing.width / sheet.per_mm, drawing.height / sheet.per_mm)
    svg = environment().get_template(template).render(drawing=drawing, inline=False, mm=mm, paper=paper, **more)
    return Printed(svg, drawing.title, drawing.description, drawing.language, *mm)


def on_page(template: str, drawing: Drawn, **more: object) -> str:
    """The drawing for a page, which decides about its colours."""
    return environment().get_template(template).render(drawing=drawing, inline=True, mm=None, paper=False, **more)


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
class Look:
    """A kind of chart that is drawn the same way everywhere: its template, and how it is put in its place."""

    template: str
    draw: Callable[[Any, Sheet, Frame], Drawn]

    def on_page(self, chart: Titled, width: int) -> str:
        """The chart as one SVG for a page, drawn for the width in pixels; colours by CSS variables."""
        sheet = Sheet(width, margin=2)
        return on_page(self.template, self.draw(chart, sheet, unframed(sheet)))

    def on_sheet(self, chart: Titled, size: Size, *, paper: bool) -> Printed:
        """The chart on a sheet of one of the sizes, with title and source."""
        sheet, drawing = fitted(
            size, lambda sheet: self.draw(chart, sheet, framed(chart.title, chart.subtitle, chart.source, sheet))
        )
        return printed(self.template, drawing, sheet, paper=paper)

    def of_width(self, chart: Titled, width_mm: float, *, paper: bool) -> Printed:
        """The chart alone on a sheet of any width, for a page that has title and source itself."""
        sheet = of_width(width_mm)
        return printed(self.template, self.draw(chart, sheet, unframed(sheet)), sheet, paper=paper)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Jinja is imported only when something is drawn; everything written into the drawing is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(resources.templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plain"] = plain
    return environment
