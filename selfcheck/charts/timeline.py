"""A roadmap over time: a bar for each step over its half-years, grouped by perspective, with meetings and deadlines above.

Decisions a reader of the chart could ask about:

* Half-years are equally wide; a meeting or deadline stands at its day inside its half-year.
* All bars look alike: nothing is more important. The number in a bar is its person-days, left out where it has no room.
* A step that a body decides bears a dot at its end, one that needs money from the budget a € beside its id.
* A step without a place keeps its row and says so; nothing is dropped.
* Below each half-year stand the person-days that steps take of those that are free for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from scoring.model.wording import Language
from selfcheck.charts.lettering import (
    LABEL,
    LEGEND,
    Lettering,
    Text,
    clean,
    grid,
    longest_piece,
    placed,
    width_of,
    wrapped,
)
from selfcheck.charts.sheet import ChartFrame, ChartLook, ChartSheet, Drawn, drawing_id, refuse
from selfcheck.ground.i18n import translator


@dataclass(frozen=True, slots=True)
class Bar:
    """One step with the half-years it begins and ends in, counted from 0; without them it has no place in the plan."""

    id: str
    days: int
    span: tuple[int, int] | None
    body: bool = False
    money: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """The steps of one perspective."""

    id: str
    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day: how many half-years after the beginning it lies, and how it is written."""

    at: float
    day: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that one chart says. `half_years` are years with 1 or 2; `staff` the days used and free in each of them."""

    title: str
    half_years: tuple[tuple[int, int], ...]
    lanes: tuple[Lane, ...]
    staff: tuple[tuple[int, int], ...]
    meetings: tuple[DayMark, ...] = ()
    deadlines: tuple[DayMark, ...] = ()
    subtitle: str = ""
    source: str = ""
    language: Language = "de"

    def __post_init__(self) -> None:
        """Refuse what could only be drawn wrongly."""
        refuse(_problems(self))

    @property
    def bars(self) -> tuple[Bar, ...]:
        """All steps."""
        return tuple(bar for lane in self.lanes for bar in lane.bars)

    def half_year(self, place: int) -> str:
        """A half-year in words."""
        year, half = self.half_years[place]
        _ = translator(self.language)
        return _("H{half} {year}").format(half=half, year=year)


def _problems(chart: Timeline) -> Iterator[str]:
    count = len(chart.half_years)
    if not count or len(chart.staff) != count:
        yield "half_years, staff: a timeline needs at least one half-year, and the staff days of each"
    for bar in chart.bars:
        if bar.span and not 0 <= bar.span[0] <= bar.span[1] < count:
            yield f"{bar.id}: {bar.span} does not lie within {count} half-years"
    for mark in (*chart.meetings, *chart.deadlines):
        if not 0 <= mark.at <= count:
            yield f"{mark.day} does not lie within {count} half-years"


# --- in words ----------------------------------------------------------------------------------------


def description(chart: Timeline) -> str:
    """Everything the chart shows, for people who do not see it."""
    return clean(" ".join(_said(chart)))


def _said(chart: Timeline) -> Iterator[str]:
    _ = translator(chart.language)
    yield _("Timeline from {first} to {last}.").format(
        first=chart.half_year(0), last=chart.half_year(len(chart.half_years) - 1)
    )
    for lane in chart.lanes:
        yield f"{lane.id} {lane.label}."
        yield from (_said_bar(chart, bar) for bar in lane.bars)
    for name, marks in ((_("Meetings"), chart.meetings), (_("Deadline"), chart.deadlines)):
        if marks:
            yield f"{name}: {'; '.join(mark.day for mark in marks)}."
    for place, (used, free) in enumerate(chart.staff):
        yield _("{when}: {used} of {free} person-days.").format(when=chart.half_year(place), used=used, free=free)


def _said_bar(chart: Timeline, bar: Bar) -> str:
    _ = translator(chart.language)
    if bar.span is None:
        return _("{id}: not within these half-years.").format(id=bar.id)
    first, last = (chart.half_year(place) for place in bar.span)
    when = first if first == last else _("{first} to {last}").format(first=first, last=last)
    days = _("1 person-day") if bar.days == 1 else _("{days} person-days").format(days=bar.days)
    marks = [*([_("a body decides")] if bar.body else ()), *([_("needs money")] if bar.money else ())]
    return f"{bar.id}: {', '.join((when, days, *marks))}."


# --- where everything stands -------------------------------------------------------------------------

_ROW, _BAR, _HEAD_ROW = 21.0, 15.0, 17.0
_YEAR = Lettering(12, 16, weight=600)
_HALF = Lettering(11.5, 15, tone="muted")
_ID = Lettering(12, 16)
_DAYS = Lettering(11.5, 14, weight=600)
_ASIDE = Lettering(11.5, 14, italic=True, tone="muted")
_COUNT = Lettering(11.5, 15)
_SMALLEST = 8.5
_SAMPLE = 36.0


@dataclass(frozen=True, slots=True)
class _Box:
    """A bar in its place, with its number where that has room."""

    id: str
    x: float
    y: float
    width: float
    number: Text | None
    dot: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing(Drawn):
    """Everything in its place; `sample` holds the kinds the legend explains."""

    boxes: tuple[_Box, ...]
    bar: float
    columns: tuple[float, ...]
    years: tuple[float, ...]
    lines: tuple[float, ...]
    left: float
    top: float
    bottom: float
    meetings: tuple[tuple[float, float], ...]
    deadlines: tuple[tuple[float, float], ...]
    samples: tuple[tuple[str, float, float], ...]
    asides: tuple[Text, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the columns stand."""

    left: float
    label: float
    ids: float
    column: float
    count: int

    @property
    def start(self) -> float:
        """Where the first half-year begins."""
        return self.left + self.label + self.ids

    def at(self, half_years: float) -> float:
        return self.start + half_years * self.column

    @property
    def end(self) -> float:
        """Where the last half-year ends."""
        return self.at(self.count)


def _named(lane: Lane) -> str:
    return clean(f"{lane.id} {lane.label}")


def _plan(chart: Timeline, left: float, width: float) -> _Plan:
    _ = translator(chart.language)
    ids = max((width_of(_id(bar), _ID.size) for bar in chart.bars), default=0) + 12
    widest = max((width_of(_named(lane), LABEL.size) for lane in chart.lanes), default=0)
    longest = max((longest_piece(_named(lane), LABEL.size) for lane in chart.lanes), default=0)
    heads = (
        max(width_of(name, _HALF.size) for name in (_("Meetings"), _("Deadline"), _("Person-days"), _("available")))
        - ids
    )
    label = max(min(widest, max(longest, width * 0.26), width * 0.4), heads, 0) + 8
    count = len(chart.half_years)
    return _Plan(left, label, ids, (width - label - ids) / count, count)


def _id(bar: Bar) -> str:
    return f"{clean(bar.id)} €" if bar.money else clean(bar.id)


def _fitting(texts: Sequence[str], lettering: Lettering, room: float) -> Lettering:
    """The lettering, smaller where its widest text has no room."""
    widest = max((width_of(text, 1) for text in texts), default=0)
    size = max(_SMALLEST, min(lettering.size, (room - 2) / widest if widest else lettering.size))
    return Lettering(round(size, 2), lettering.leading, lettering.weight, lettering.italic, lettering.tone)


def _heads(chart: Timeline, plan: _Plan, top: float) -> tuple[list[Text], list[float], float]:
    """Years over their half-years, and where a year begins."""
    _ = translator(chart.language)
    texts, years = [], []
    spans = [list(places) for _year, places in groupby(enumerate(chart.half_years), key=lambda one: one[1][0])]
    narrow = any(width_of(str(span[0][1][0]), _YEAR.size) > len(span) * plan.column - 2 for span in spans)
    for span in spans:
        first, year = span[0][0], span[0][1][0]
        years.append(plan.at(first))
        name = f"’{year % 100:02}" if narrow else str(year)
        texts.append(placed(name, _YEAR, plan.at(first + len(span) / 2), top + _YEAR.leading / 2, "middle"))
    names = [_("H{half}").format(half=half) for _year, half in chart.half_years]
    if max(width_of(name, _HALF.size) for name in names) > plan.column - 2:
        names = [name.split()[0] for name in names]  # the number alone
    y = top + _YEAR.leading
    lettering = _fitting(names, _HALF, plan.column)
    texts += [placed(n, lettering, plan.at(at + 0.5), y + _HALF.leading / 2, "middle") for at, n in enumerate(names)]
    return texts, years, y + _HALF.leading + 3


def _box(plan: _Plan, bar: Bar, y: float) -> _Box | None:
    if bar.span is None:
        return None
    x, width = plan.at(bar.span[0]) + 1.5, (bar.span[1] + 1 - bar.span[0]) * plan.column - 3
    room = width - 4 - (12 if bar.body else 0)
    days, number = str(bar.days), None
    lettering = _fitting([days], _DAYS, room + 2)
    if width_of(days, lettering.size) <= room:
        number = placed(days, lettering, x + 2 + room / 2, y, "middle")
    return _Box(clean(bar.id), x, y - _BAR / 2, width, number, (x + width - 8, y) if bar.body else None)


@dataclass(slots=True)
class _Rows:
    """The rows so far; `asides` say of steps that they have no place."""

    texts: list[Text] = field(default_factory=list)
    asides: list[Text] = field(default_factory=list)
    boxes: list[_Box] = field(default_factory=list)
    lines: list[float] = field(default_factory=list)


def _lanes(chart: Timeline, plan: _Plan, top: float) -> _Rows:
    rows = _Rows(lines=[top])
    _ = translator(chart.language)
    nowhere = _("not within these half-years")
    aside = _fitting([nowhere], _ASIDE, plan.end - plan.start - 4)
    for lane in chart.lanes:
        y = rows.lines[-1] + 3
        names = wrapped(_named(lane), plan.label - 8, LABEL.size)
        rows.texts += [placed(name, LABEL, plan.left, y + _ROW / 2 + n * LABEL.leading) for n, name in enumerate(names)]
        for place, bar in enumerate(lane.bars):
            middle = y + (place + 0.5) * _ROW
            rows.texts.append(placed(_id(bar), _ID, plan.left + plan.label, middle))
            if box := _box(plan, bar, middle):
                rows.boxes.append(box)
            else:
                rows.asides.append(placed(nowhere, aside, plan.start + 4, middle))
        rows.lines.append(y + max(len(lane.bars) * _ROW, len(names) * LABEL.leading) + 3)
    return rows


def _staff(chart: Timeline, plan: _Plan, top: float) -> tuple[list[Text], float]:
    _ = translator(chart.language)
    lettering = _fitting([str(number) for pair in chart.staff for number in pair], _COUNT, plan.column)
    texts: list[Text] = []
    for row, name in enumerate((_("Person-days"), _("available"))):
        y = top + 4 + (row + 0.5) * _COUNT.leading
        texts.append(placed(name, _HALF, plan.left, y))
        texts += [
            placed(str(pair[row]), lettering, plan.at(at + 0.5), y, "middle") for at, pair in enumerate(chart.staff)
        ]
    return texts, top + 4 + 2 * _COUNT.leading


def _key(
    chart: Timeline, left: float, top: float, room: float
) -> tuple[list[Text], list[tuple[str, float, float]], float]:
    """A legend of what occurs and nothing else."""
    _ = translator(chart.language)
    kinds = (
        ("bar", _("step with person-days"), any(bar.span for bar in chart.bars)),
        ("body", _("ends with the decision of a body"), any(bar.span and bar.body for bar in chart.bars)),
        ("money", _("needs money from the budget"), any(bar.money for bar in chart.bars)),
        ("meeting", _("meeting"), bool(chart.meetings)),
        ("deadline", _("deadline of the budget"), bool(chart.deadlines)),
    )
    occurring = [(kind, name) for kind, name, occurs in kinds if occurs]
    texts, places, bottom = grid([name for _kind, name in occurring], LEGEND, left, top, room, lead=_SAMPLE)
    return texts, [(kind, x, y) for (kind, _name), (x, y) in zip(occurring, places, strict=True)], bottom


def _drawn(chart: Timeline, sheet: ChartSheet, frame: ChartFrame) -> _Drawing:
    left, room = sheet.margin, sheet.inner
    plan = _plan(chart, left, room)
    _ = translator(chart.language)
    texts, years, y = _heads(chart, plan, frame.top)
    rows: dict[str, tuple[tuple[float, float], ...]] = {"meetings": (), "deadlines": ()}
    for kind, name, marks in (
        ("meetings", _("Meetings"), chart.meetings),
        ("deadlines", _("Deadline"), chart.deadlines),
    ):
        if marks:
            texts.append(placed(name, _HALF, plan.left, y + _HEAD_ROW / 2))
            rows[kind] = tuple((plan.at(mark.at), y + _HEAD_ROW / 2) for mark in marks)
            y += _HEAD_ROW
    lanes = _lanes(chart, plan, y)
    staff, end = _staff(chart, plan, lanes.lines[-1])
    key, samples, below = _key(chart, left, end + 10, room)
    foot, height = frame.closed(below)
    return _Drawing(
        id=drawing_id("timeline", chart, sheet),
        title=clean(chart.title) or _("Roadmap"),
        description=description(chart),
        language=chart.language,
        width=sheet.width,
        height=height,
        boxes=tuple(lanes.boxes),
        bar=_BAR,
        columns=tuple(plan.at(place) for place in range(plan.count + 1)),
        years=(*years, plan.end),
        lines=tuple(lanes.lines),
        left=left,
        top=frame.top,
        bottom=end,
        meetings=rows["meetings"],
        deadlines=rows["deadlines"],
        samples=tuple(samples),
        asides=tuple(lanes.asides),
        texts=(*frame.head, *texts, *lanes.texts, *staff, *key, *foot),
    )


LOOK = ChartLook("charts/timeline.svg.jinja", _drawn)
