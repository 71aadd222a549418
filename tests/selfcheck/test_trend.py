"""The values of each perspective over several checks, in small panels."""

import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from selfcheck.charts.lettering import width_of
from selfcheck.charts.trend import CheckMoment, Panel, Trend, trend_svg

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("1")</script> & \' ]]> \x00\ud800'
LONG = "Gegenstromprinzip in Sozialraumkonferenzen"
Values = tuple[Fraction | int | None, ...]


def moments(count: int) -> tuple[CheckMoment, ...]:
    return tuple(CheckMoment(f"{10 + n}. September {2020 + n}", "1") for n in range(count))


def panel(values: Values, *, apart: tuple[int, ...] = (), target: int | None = None, label: str = "Daten") -> Panel:
    """`apart` names the steps between neighbours that cannot be compared."""
    exact = tuple(None if value is None else Fraction(value) for value in values)
    comparable = tuple(step not in apart for step in range(len(values) - 1))
    return Panel(label, label, exact, comparable, None if target is None else Fraction(target))


def drawn(*panels: Panel, width: int = 700, **more: object) -> ElementTree.Element:
    chart = {"title": "Verlauf", "moments": moments(len(panels[0].values)), "panels": panels, **more}
    return ElementTree.fromstring(trend_svg(Trend(**chart), width))  # type: ignore[arg-type]


def described(svg: ElementTree.Element) -> str:
    return svg.findtext(f"{SVG}desc") or ""


def written(part: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in part.iter(f"{SVG}text")]


def marks(svg: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    """What the panels show; the samples of the legend do not count."""
    panels = (one for one in svg.iter(f"{SVG}g") if one.get("class") == "chart-panel")
    return [one for part in panels for one in part.iter() if one.get("class") == f"chart-{kind}"]


def ends(line: ElementTree.Element) -> tuple[float, float]:
    """Where a line begins and ends, from left to right."""
    start, _, end, _ = (float(part) for part in re.findall(r"[\d.]+", line.get("d", "")))
    return start, end


def test_the_drawing_is_an_image_with_name_description_and_language() -> None:
    svg = drawn(panel((1, 2)), language="en")
    names = [svg.find(f"{SVG}{part}") for part in ("title", "desc")]
    assert svg.get("role") == "img"
    assert svg.get("lang") == "en"
    assert (svg.get("aria-labelledby") or "").split() == [one.get("id") for one in names if one is not None]


def test_every_value_and_the_target_stand_in_the_text_alternative() -> None:
    assert described(drawn(panel((Fraction(5, 2), None, 3), target=4))) == (
        "Daten: 10. September 2020 2,5; 11. September 2021 kein Wert; 12. September 2022 3; Soll 4."
    )


def test_the_text_alternative_says_what_cannot_be_compared_and_by_which_version() -> None:
    checks = (CheckMoment("May 2024", "1"), CheckMoment("May 2025", "2"))
    assert described(drawn(panel((Fraction(1, 2), 3), apart=(0,)), moments=checks, language="en")) == (
        "Daten: May 2024 (version 1) 0.5; May 2025 (version 2) 3. "
        "Not comparable: May 2024 (version 1) and May 2025 (version 2)."
    )


def test_neighbours_that_may_be_compared_are_joined_from_point_to_point() -> None:
    svg = drawn(panel((1, 2, 3)))
    places = [float(point.get("cx", "")) for point in marks(svg, "point")]
    assert [ends(line) for line in marks(svg, "line")] == [(places[0], places[1]), (places[1], places[2])]


def test_a_gap_is_neither_drawn_nor_bridged() -> None:
    svg = drawn(panel((1, None, 3, 4)))
    assert len(marks(svg, "point")) == 3
    assert len(marks(svg, "line")) == 1
    assert not marks(svg, "break")


def test_zero_is_a_point_and_not_a_gap() -> None:
    svg = drawn(panel((0, 0)))
    assert len(marks(svg, "point")) == 2
    assert len(marks(svg, "line")) == 1


def test_a_break_is_not_bridged_and_stands_between_its_moments() -> None:
    svg = drawn(panel((1, 2, 3), apart=(1,)))
    places = [float(point.get("cx", "")) for point in marks(svg, "point")]
    (line,), (rift,) = marks(svg, "line"), marks(svg, "break")
    assert ends(line) == (places[0], places[1])
    assert rift.get("stroke-dasharray")
    assert places[1] < float(re.findall(r"[\d.]+", rift.get("d", ""))[0]) < places[2]


def test_a_panel_without_any_value_says_so() -> None:
    svg = drawn(panel((None, None), apart=(0,)))
    assert "kein Wert" in written(svg)
    assert not any(marks(svg, kind) for kind in ("point", "line", "break"))


def test_the_remark_that_there_is_no_value_is_not_crossed_by_a_line() -> None:
    svg = drawn(panel((None, None)))
    (net,) = marks(svg, "net")
    lines = [float(y) for y in re.findall(r"M[\d.]+ ([\d.]+)", net.get("d", ""))]
    (remark,) = (text for text in svg.iter(f"{SVG}text") if text.text == "kein Wert")
    size, baseline = float(remark.get("font-size", "")), float(remark.get("y", ""))
    assert not [y for y in lines if baseline - 0.72 * size <= y <= baseline + 0.22 * size]


def test_the_target_is_a_dashed_level_line_at_its_stage() -> None:
    svg = drawn(panel((3, 1), target=3))
    (target,) = marks(svg, "target")
    line = target.find(f"{SVG}path[@stroke-dasharray]")
    assert line is not None
    assert re.findall(r"[\d.]+", line.get("d", ""))[1] == marks(svg, "point")[0].get("cy")


def test_the_legend_names_only_what_occurs() -> None:
    every = {"Ergebnis", "Soll", "nicht vergleichbar"}
    assert every <= set(written(drawn(panel((1, 2), apart=(0,), target=3))))
    assert every & set(written(drawn(panel((1, 2))))) == {"Ergebnis"}


def test_every_point_bears_its_number() -> None:
    assert {"0,5", "1,5", "3,3"} <= set(written(drawn(panel((Fraction(1, 2), Fraction(3, 2), Fraction(10, 3))))))


@pytest.mark.parametrize("width", [340, 700])
@pytest.mark.parametrize("count", [1, 2, 3, 6])
def test_every_date_can_be_read_and_no_text_touches_another(count: int, width: int) -> None:
    values = tuple(Fraction(7 * n % 13, 3) for n in range(count))
    svg = drawn(*(panel(values, target=2, label=label) for label in ("A", LONG, "B")), width=width)
    said = " ".join(written(svg))
    assert all(part in said for moment in moments(count) for part in moment.label.split())
    boxes: list[tuple[float, float, float, float]] = []
    for text in svg.iter(f"{SVG}text"):
        size, baseline = float(text.get("font-size", "")), float(text.get("y", ""))
        wide = width_of(text.text or "", size)
        left = float(text.get("x", "")) - (wide / 2 if text.get("text-anchor") == "middle" else 0)
        assert left >= 0
        assert left + wide <= width
        assert baseline <= float(svg.get("height", ""))
        for other, right, top, bottom in boxes:
            clear = left + wide <= other or right <= left or baseline <= top or bottom <= baseline - 0.72 * size
            assert clear, text.text
        boxes.append((left, left + wide, baseline - 0.72 * size, baseline))


def test_hostile_labels_stay_text() -> None:
    svg = drawn(
        panel((1, 2), label=HOSTILE), moments=(CheckMoment(HOSTILE, HOSTILE), CheckMoment(HOSTILE, "2")), title=HOSTILE
    )
    assert not list(svg.iter(f"{SVG}script"))
    assert '<script>alert("1")</script> & \' ]]>' in described(svg)


def test_the_drawing_needs_no_style_of_its_own_and_takes_its_colours_from_the_page() -> None:
    chart = Trend("Verlauf", moments(3), (panel((1, 2, 3), apart=(1,), target=3), panel((None, None, None))))
    source = trend_svg(chart)
    assert "style" not in re.sub("font-style", "", source)
    colours = re.findall(r'(?:fill|stroke)="([^"]*)"', source)
    assert all(colour == "none" or re.fullmatch(r"var\(--chart-\w+, .+\)", colour) for colour in colours)


def test_the_same_chart_is_the_same_bytes_and_another_has_ids_of_its_own() -> None:
    charts = [Trend("Verlauf", moments(2), (panel((1, value)),)) for value in (2, 2, 3)]
    sources = [trend_svg(chart) for chart in charts]
    assert sources[0] == sources[1]
    found = [set(re.findall(r' id="([^"]+)"', source)) for source in sources]
    assert not found[0] & found[2]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"panels": ()}, "at least one of each"),
        ({"moments": moments(3)}, "expected 3 values"),
        ({"maximum": 1}, "Daten: 2 does not lie between 0 and 1"),
        ({"maximum": 0}, "must be at least 1"),
    ],
)
def test_a_chart_that_could_only_be_drawn_wrongly_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        drawn(panel((1, 2)), **change)  # type: ignore[arg-type]
