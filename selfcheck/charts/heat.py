"""A heat table: rows and columns with a number in every cell, and a shade that grows with the stage.

Decisions a reader of the table could ask about:

* The number says the value; the shade only helps to find it. Shades are one hue in even steps of lightness, so that
  they stay apart on a grey printer and for people who do not tell colours apart; the shade is that of the stage reached
  in full, so 2.5 is shaded like 2.
* Open, cannot judge, not applicable and not asked have no shade and differ by frame, hatching and sign. None is zero.
* A value in brackets is the median of individual ratings; nothing has been agreed there yet.
* There are no sums, no ranks and no order by value: rows and columns keep the order of the questionnaire.
* Letters on a shade have a contrast of at least 4.5 to 1. A page may replace shades and letters together
  (--chart-heat-0 … 4, --chart-heat-text-0 … 4); left alone they are readable on a dark page too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache, partial
from typing import Literal

from scoring.model.wording import LANGUAGES, Language
from selfcheck.charts.lettering import (
    LABEL,
    LEGEND,
    VALUE,
    Lettering,
    Text,
    clean,
    grid,
    longest_piece,
    one_decimal,
    paragraph,
    placed,
    width_of,
    wrapped,
)
from selfcheck.charts.sheet import FULL, ChartFrame, ChartLook, ChartSheet, Drawn, drawing_id, refuse
from selfcheck.ground.i18n import translator

Absence = Literal["open", "cannot judge", "not applicable", "not asked"]


# (shade, letters on it); lightness falls by about 15 of 100 each time, and leaps where neither black nor white is legible
SHADES = (
    ("#f3f6fb", "#1a1a1a"),
    ("#cbd7e9", "#1a1a1a"),
    ("#9cb2d2", "#1a1a1a"),
    ("#4c6a9c", "#ffffff"),
    ("#1b3a6b", "#ffffff"),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a cell has no value, perhaps with the reason in words. Four different things, and none of them is zero."""

    kind: Absence
    why: str = ""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A value or why there is none; `label` stands in the cell, `name` says in words what it is about."""

    content: Fraction | Gap
    label: str = ""
    name: str = ""
    agreed: bool = True
    """False for the median of individual ratings."""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One row: a cell or nothing under each column."""

    id: str
    label: str
    cells: tuple[HeatCell | None, ...]

    @property
    def values(self) -> list[Fraction]:
        """What is written in the row as a number."""
        return [cell.content for cell in self.cells if cell and isinstance(cell.content, Fraction)]


@dataclass(frozen=True, slots=True)
class Heat:
    """All that one table says. Columns without names need labels in their cells."""

    title: str
    rows: tuple[HeatRow, ...]
    columns: tuple[str, ...] = ()
    maximum: int = 4
    stage_names: tuple[str, ...] = ()
    subtitle: str = ""
    source: str = ""
    language: Language = "de"
    names: Mapping[str, str] = field(default_factory=dict)
    """What the legend says instead of its own words (see `_words`)."""

    def __post_init__(self) -> None:
        """Refuse what could only be drawn wrongly."""
        refuse(_problems(self))

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((len(row.cells) for row in self.rows), default=0)

    def said(self, word: str) -> str:
        """A word of the table."""
        return self.names.get(word) or _words(self.language)[word]

    def cells(self) -> Iterator[HeatCell]:
        """Every cell, row by row."""
        for row in self.rows:
            yield from (cell for cell in row.cells if cell is not None)


@lru_cache(maxsize=len(LANGUAGES))
def _words(language: Language) -> Mapping[str, str]:
    """The words of the chart itself, by which it may replace them."""
    _ = translator(language)
    return {
        "chart": _("Table of values"),
        "stage": _("Stage {stage}"),
        "open": _("open"),
        "cannot judge": _("cannot judge"),
        "not applicable": _("not applicable"),
        "not asked": _("not asked"),
        "median": _("median, not agreed yet"),
        "said median": _("{value} (median, not agreed yet)"),
        "scale": _("Table with stages 0 to {maximum}."),
    }


def _problems(table: Heat) -> Iterator[str]:
    if table.maximum < 1:
        yield f"maximum: must be at least 1, is {table.maximum}"
    if table.stage_names and len(table.stage_names) != table.maximum + 1:
        yield f"stage_names: expected {table.maximum + 1}, there are {len(table.stage_names)}"
    if table.columns and table.width > len(table.columns):
        yield f"columns: {table.width} cells stand in a row, and {len(table.columns)} columns have a name"
    if not table.columns and not all(cell.label for cell in table.cells()):
        yield "columns: without names every cell needs a label"
    for row in table.rows:
        for value in row.values:
            if not 0 <= value <= table.maximum:
                yield f"{row.id}: {value} does not lie between 0 and {table.maximum}"


# --- in words ----------------------------------------------------------------------------------------


def _said(table: Heat, row: HeatRow) -> Iterator[str]:
    for place, cell in enumerate(row.cells):
        if cell is None:
            continue
        column = table.columns[place] if table.columns else ""
        about = " ".join(part for part in (cell.label, cell.name or column) if part)
        yield f"{about}: {_content(table, cell)}"


def _content(table: Heat, cell: HeatCell) -> str:
    if isinstance(cell.content, Gap):
        gap = cell.content
        return f"{table.said(gap.kind)} ({gap.why})" if gap.why else table.said(gap.kind)
    value = one_decimal(cell.content, table.language)
    return value if cell.agreed else table.said("said median").format(value=value)


def _description(table: Heat) -> str:
    rows = (f"{row.label}: {'; '.join(_said(table, row))}." for row in table.rows)
    return clean(" ".join((table.said("scale").replace("{maximum}", str(table.maximum)), *rows)))


# --- where everything stands -------------------------------------------------------------------------

_MARK = Lettering(11.5, 13)
_HEAD = Lettering(11.5, 14, tone="muted")
_NAMES = Lettering(11.5, 15, tone="muted")
_NAME_LABEL = Lettering(11.5, 15, weight=600, tone="muted")
_TIGHT, _LOOSE = 34.0, 68.0
"""The narrowest and the widest column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    """One cell in its place. `shade` counts from 0; a gap has none. Texts on it take the letters of the shade."""

    x: float
    y: float
    width: float
    height: float
    shade: int | None = None
    gap: str = ""
    texts: tuple[Text, ...]
    title: str = ""
    hatching: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing(Drawn):
    """Everything in its place."""

    boxes: tuple[tuple[str, tuple[_Box, ...]], ...]
    samples: tuple[_Box, ...]
    texts: tuple[Text, ...]
    shades: tuple[tuple[str, str], ...] = SHADES


def _box(table: Heat, cell: HeatCell, x: float, y: float, width: float, height: float) -> _Box:
    box = partial(_Box, x=x, y=y, width=width, height=height)
    middle, low = x + width / 2, y + (26 if cell.label else height / 2)
    label = (placed(clean(cell.label), _MARK, middle, y + 10, "middle"),) if cell.label else ()
    title = clean(f"{cell.label} {cell.name}: {_content(table, cell)}")
    if isinstance(cell.content, Gap):
        kind = cell.content.kind
        sign = {"open": "…", "cannot judge": "?", "not applicable": "–", "not asked": ""}[kind]
        hatching = _hatching(x + 1, y + 1, width - 2, height - 2) if kind == "not applicable" else ""
        texts = (*label, placed(sign, VALUE, middle, low, "middle"))
        return box(gap=kind, texts=texts, title=title, hatching=hatching)
    value = one_decimal(cell.content, table.language)
    texts = (*label, placed(value if cell.agreed else f"({value})", VALUE, middle, low, "middle"))
    return box(shade=_shade(cell.content, table.maximum), texts=texts, title=title)


def _shade(value: Fraction, maximum: int) -> int:
    """The shade of the stage reached in full."""
    return math.floor(Fraction(math.floor(value) * (len(SHADES) - 1), maximum) + Fraction(1, 2))


def _hatching(x: float, y: float, width: float, height: float) -> str:
    """Lines rising to the right over the whole cell."""
    lines = []
    step = 7.0
    at = step
    while at < width + height:
        left, right = max(0.0, at - height), min(width, at)
        lines.append((x + left, y + at - left, x + right, y + at - right))
        at += step
    return " ".join(f"M{a:.1f} {b:.1f} L{c:.1f} {d:.1f}" for a, b, c, d in lines)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the columns stand, how high rows are, and what is written over the columns."""

    left: float
    label: float
    cell: float
    height: float
    heads: tuple[tuple[str, ...], ...]
    listed: tuple[str, ...]
    """Names of columns that have no room over them."""

    def at(self, column: int) -> float:
        return self.left + self.label + 10 + column * self.cell


def _plan(table: Heat, left: float, width: float) -> _Plan:
    columns = max(table.width, len(table.columns), 1)
    longest = max((longest_piece(clean(row.label), LABEL.size) for row in table.rows), default=0)
    widest = max((width_of(clean(row.label), LABEL.size) for row in table.rows), default=0)
    rest = width - 10 - columns * _TIGHT
    label = max(min(max(longest, width * 0.29), widest, rest), min(60, width * 0.2)) + 1
    cell = min(_LOOSE, (width - 10 - label) / columns)
    height = 38 if any(one.label for one in table.cells()) else 30
    heads = [clean(name) for name in table.columns]
    if max((longest_piece(name, _HEAD.size) for name in heads), default=0) <= cell - 6:
        lines = tuple(tuple(wrapped(name, cell - 6, _HEAD.size)) for name in heads)
        return _Plan(left, label, cell, height, lines, ())
    figures = tuple((str(place + 1),) for place in range(len(heads)))
    return _Plan(left, label, cell, height, figures, tuple(heads))


def _rows(table: Heat, plan: _Plan, top: float) -> tuple[list[tuple[str, tuple[_Box, ...]]], list[Text], float]:
    deepest = max(map(len, plan.heads), default=0)
    texts = [
        placed(
            line,
            _HEAD,
            plan.at(column) + plan.cell / 2,
            top + (deepest - len(lines) + n + 0.5) * _HEAD.leading,
            "middle",
        )
        for column, lines in enumerate(plan.heads)
        for n, line in enumerate(lines)
    ]
    y = top + (deepest * _HEAD.leading + 4 if deepest else 0)
    rows = []
    for row in table.rows:
        lines = wrapped(clean(row.label), plan.label, LABEL.size)
        height = max(plan.height, len(lines) * LABEL.leading + 4)
        start = y + (height - len(lines) * LABEL.leading) / 2
        texts += [placed(line, LABEL, plan.left, start + (n + 0.5) * LABEL.leading) for n, line in enumerate(lines)]
        boxes = tuple(
            _box(table, cell, plan.at(column), y, plan.cell, height)
            for column, cell in enumerate(row.cells)
            if cell is not None
        )
        rows.append((clean(row.id), boxes))
        y += height
    return rows, texts, y


_SAMPLE = 36.0
"""Room for a sample before its name."""


def _key(table: Heat, left: float, top: float, room: float) -> tuple[list[Text], tuple[_Box, ...], float]:
    """A legend of the stages and of what else occurs."""
    found = {cell.content.kind for cell in table.cells() if isinstance(cell.content, Gap)}
    kinds: tuple[Absence, ...] = ("open", "cannot judge", "not applicable", "not asked")
    samples: list[tuple[str, HeatCell]] = []
    for stage in range(table.maximum + 1):
        name = table.stage_names[stage] if table.stage_names else table.said("stage").replace("{stage}", str(stage))
        samples.append((name, HeatCell(Fraction(stage))))
    samples += [(table.said(kind), HeatCell(Gap(kind))) for kind in kinds if kind in found]
    samples += [(table.said("median"), cell) for cell in table.cells() if not cell.agreed][:1]
    names = [clean(name) for name, _ in samples]
    texts, places, bottom = grid(names, LEGEND, left, top, room, lead=_SAMPLE)
    boxes = tuple(
        _box(table, HeatCell(cell.content, agreed=cell.agreed), x, y - 9, 28, 18)
        for (_, cell), (x, y) in zip(samples, places, strict=True)
    )
    return texts, boxes, bottom


def _notes(table: Heat, plan: _Plan, left: float, top: float, room: float) -> tuple[list[Text], float]:
    """Columns that have no room for their names, and why something is missing; each reason once."""
    lines = [f"{place + 1} {name}" for place, name in enumerate(plan.listed)]
    texts: list[Text] = []
    if lines:
        texts, _, top = grid(lines, _NAMES, left, top + 4, room, lead=0)
    reasons: dict[str, list[str]] = {}
    for row in table.rows:
        for place, cell in enumerate(row.cells):
            if cell is not None and isinstance(cell.content, Gap) and cell.content.why:
                where = cell.label or f"{row.label} – {table.columns[place]}"
                reasons.setdefault(cell.content.why, []).append(where)
    for why, places in reasons.items():
        more, top = paragraph(f"{', '.join(places)}: {why}", _NAMES, left, top + 4, room)
        texts += more
    return texts, top


def _names(table: Heat, left: float, top: float, room: float) -> tuple[list[Text], float]:
    """What each cell is about, for those who have the sheet alone: in two columns, row by row of the table."""
    named = [[cell for cell in row.cells if cell and cell.label and cell.name] for row in table.rows]
    half = math.ceil(len(named) / 2)
    texts: list[Text] = []
    bottom = top
    for place, rows in enumerate((named[:half], named[half:])):
        y = top + 6
        for row in rows:
            y += 6 if row else 0
            for cell in row:
                x = left + place * (room + _GUTTER) / 2
                texts.append(placed(clean(cell.label), _NAME_LABEL, x, y + _NAMES.leading / 2))
                lead = width_of(clean(cell.label), _NAME_LABEL.size) + 8
                more, y = paragraph(cell.name, _NAMES, x + lead, y, (room - _GUTTER) / 2 - lead)
                texts += more
        bottom = max(bottom, y) if any(rows) else bottom
    return texts, bottom


_GUTTER = 20.0


_SHARE = 0.68
"""How much of a slide the table takes; the rest is for the legend."""


def _drawn(table: Heat, sheet: ChartSheet, frame: ChartFrame) -> _Drawing:
    """On a whole page every cell is named as well."""
    left, room = sheet.margin, sheet.inner
    plan = _plan(table, left, room * _SHARE if sheet.beside else room)
    rows, texts, bottom = _rows(table, plan, frame.top)
    if sheet.beside:
        aside, start = left + room * _SHARE + 16, frame.top
        key, samples, end = _key(table, aside, start, left + room - aside)
        notes, end = _notes(table, plan, aside, end + 4, left + room - aside)
    else:
        key, samples, end = _key(table, left, bottom + 12, room)
        notes, end = _notes(table, plan, left, end + 2, room)
    names, end = _names(table, left, end, room) if sheet == FULL else ([], end)
    foot, height = frame.closed(max(bottom, end))
    return _Drawing(
        id=drawing_id("heat", table, sheet),
        title=clean(table.title) or table.said("chart"),
        description=_description(table),
        language=table.language,
        width=sheet.width,
        height=height,
        boxes=tuple(rows),
        samples=samples,
        texts=(*frame.head, *texts, *key, *notes, *names, *foot),
    )


LOOK = ChartLook("charts/heat.svg.jinja", _drawn)
