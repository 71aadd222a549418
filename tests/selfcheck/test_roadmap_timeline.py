"""The roadmap as a picture: every step in its half-years, legible without colour, told in words as well."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from selfcheck.charts.lettering import width_of
from selfcheck.charts.looks import of_width, on_page, on_sheet
from selfcheck.charts.timeline import (
    Bar,
    DayMark,
    Lane,
    Timeline,
    description,
)
from tests.drawn import examples

CHART = Timeline(
    title="Fahrplan",
    half_years=((2027, 1), (2027, 2), (2028, 1)),
    lanes=(
        Lane("P1", "Auftrag", (Bar("P1-1-2", 6, (0, 0), body=True), Bar("P1-2-3", 15, (1, 2)))),
        Lane("P2", "Integration", (Bar("P2-0-1", 1, (0, 1), money=True), Bar("P2-1-2", 30, None))),
    ),
    staff=((7, 40), (8, 40), (7, 20)),
    meetings=(DayMark(0.5, "24.03.2027"),),
    deadlines=(DayMark(0.99, "30.06.2027"),),
)


def drawn(chart: Timeline) -> Any:
    return etree.fromstring(on_page(chart, 900))


def of_class(svg: Any, name: str) -> list[Any]:
    return list(svg.xpath(f"//*[@class='chart-{name}']"))


def test_a_bar_begins_and_ends_with_its_half_years() -> None:
    svg = drawn(CHART)
    boxes = {step.get("data-step"): step.find("{*}rect") for step in of_class(svg, "step")}
    assert list(boxes) == ["P1-1-2", "P1-2-3", "P2-0-1"]
    left, width = ({id: float(box.get(name)) for id, box in boxes.items()} for name in ("x", "width"))
    assert left["P1-1-2"] == left["P2-0-1"] < left["P1-2-3"]
    assert left["P1-2-3"] + width["P1-2-3"] > left["P2-0-1"] + width["P2-0-1"] > left["P1-1-2"] + width["P1-1-2"]


def test_all_bars_look_alike_and_differ_from_each_other_by_signs() -> None:
    svg = drawn(CHART)
    steps = of_class(svg, "step")
    assert len({step.find("{*}rect").get("fill") for step in steps}) == 1
    assert [len(step.xpath("*[@class='chart-body']")) for step in steps] == [1, 0, 0]
    words = [text.text for text in svg.iter("{*}text")]
    assert "P2-0-1 €" in words
    assert "P1-1-2" in words


def test_a_step_without_a_place_keeps_its_row_and_says_so() -> None:
    words = [text.text for text in drawn(CHART).iter("{*}text")]
    assert "P2-1-2" in words
    assert "nicht in diesen Halbjahren" in words


def test_the_legend_explains_what_occurs_and_nothing_else() -> None:
    plain = replace(CHART, lanes=(Lane("P1", "Auftrag", (Bar("P1-1-2", 6, (0, 0)),)),), meetings=(), deadlines=())
    words = " ".join(text.text for text in drawn(plain).iter("{*}text"))
    assert "Schritt mit Personentagen" in words
    for other in ("Gremium", "Sitzung", "Anmeldefrist", "Geld"):
        assert other not in words
        assert other in " ".join(text.text for text in drawn(CHART).iter("{*}text"))


def test_the_text_alternative_tells_everything() -> None:
    said = description(CHART)
    assert "P1-1-2: 1. Halbjahr 2027, 6 Personentage, ein Gremium entscheidet." in said
    assert "P1-2-3: 2. Halbjahr 2027 bis 1. Halbjahr 2028, 15 Personentage." in said
    assert "P2-0-1: 1. Halbjahr 2027 bis 2. Halbjahr 2027, 1 Personentag, braucht Geld." in said
    assert "P2-1-2: nicht in diesen Halbjahren." in said
    assert "Sitzungen: 24.03.2027." in said
    assert "Anmeldefrist: 30.06.2027." in said
    assert "1. Halbjahr 2028: 7 von 20 Personentagen." in said
    svg = drawn(CHART)
    assert svg.find("{*}desc").text == said
    assert "H1 2027" in description(replace(CHART, language="en"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"half_years": (), "staff": ()},
        {"staff": ((1, 1),)},
        {"lanes": (Lane("P1", "", (Bar("P1-1-2", 1, (0, 3)),)),)},
        {"lanes": (Lane("P1", "", (Bar("P1-1-2", 1, (2, 1)),)),)},
        {"meetings": (DayMark(3.5, "x"),)},
    ],
)
def test_what_could_only_be_drawn_wrongly_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"timeline|lie within"):
        replace(CHART, **wrong)


def test_the_same_chart_is_the_same_drawing_and_another_one_has_another_id() -> None:
    assert on_page(CHART) == on_page(CHART)
    other = on_page(replace(CHART, title="Anders"))
    assert re.findall(r'id="([^"]+)-title"', other) != re.findall(r'id="([^"]+)-title"', on_page(CHART))


def test_a_slide_is_as_high_as_a_slide_however_many_steps_there_are() -> None:
    lanes = tuple(Lane(f"P{n}", "Auftrag", tuple(Bar(f"P{n}-{k}", 30, (k, k)) for k in range(4))) for n in range(8))
    chart = Timeline("Fahrplan", tuple((2027 + n // 2, n % 2 + 1) for n in range(12)), lanes, ((1, 2),) * 12)
    made = on_sheet(chart, "slide")
    assert made.width_mm / made.height_mm == pytest.approx(16 / 9, rel=0.01)
    assert of_width(chart, 160).height_mm < 240, "it fits on a page"


names = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=40)


@st.composite
def charts(draw: st.DrawFn) -> Timeline:
    count = draw(st.integers(1, 12))
    spans = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).map(lambda two: (min(two), max(two)))
    ids = st.text("P0123456789-.", max_size=10)
    bars = st.builds(Bar, ids, st.integers(1, 5000), st.none() | spans, st.booleans(), st.booleans())
    lanes = st.builds(Lane, names, names, st.lists(bars, min_size=1, max_size=4).map(tuple))
    days = st.integers(0, 5000)
    marks = st.lists(st.builds(DayMark, st.floats(0, count), names), max_size=4).map(tuple)
    first = draw(st.integers(0, 1))
    return Timeline(
        draw(names),
        tuple((2027 + (first + n) // 2, (first + n) % 2 + 1) for n in range(count)),
        tuple(draw(st.lists(lanes, max_size=8))),
        tuple(draw(st.lists(st.tuples(days, days), min_size=count, max_size=count))),
        draw(marks),
        draw(marks),
        draw(names),
        draw(names),
        draw(st.sampled_from(["de", "en"])),
    )


@examples(60)
@given(charts(), st.sampled_from(["half", "full", "slide"]))
def test_whatever_is_planned_is_drawn_inside_the_sheet(chart: Timeline, size: Any) -> None:
    svg = etree.fromstring(on_sheet(chart, size).svg)
    _, _, width, height = (float(part) for part in svg.get("viewBox").split())
    for box in svg.iter("{*}rect"):
        if "%" not in box.get("width"):
            assert 0 <= float(box.get("x")) <= float(box.get("x")) + float(box.get("width")) <= width
            assert 0 <= float(box.get("y")) <= float(box.get("y")) + float(box.get("height")) <= height
    for step in of_class(svg, "step"):
        for number in step.findall("{*}text"):
            room = float(step.find("{*}rect").get("width"))
            assert width_of(number.text, float(number.get("font-size"))) <= room
    for text in svg.iter("{*}text"):
        assert 0 <= float(text.get("y")) <= height
