"""The values of all perspectives as dots on one scale."""

import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from selfcheck.charts.dots import DotRow, Dots
from selfcheck.charts.lettering import VALUE, width_of
from selfcheck.charts.looks import on_page

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("1")</script> & \' ]]> \x00\ud800'
LONG = "Gegenstromprinzip in Sozialraumkonferenzen"
STAGES = ("Noch nicht begonnen", "Einzelne Ansätze", "Vereinbart", "Gelebte Praxis", "Verankert und überprüft")

FULL = DotRow(
    "P1",
    LONG,
    value=Fraction(5, 2),
    lowest=Fraction(9, 4),
    highest=Fraction(7, 2),
    reached=Fraction(1),
    target=Fraction(3),
    earlier=Fraction(3, 2),
)
ALL_AT_ZERO = DotRow("P2", LONG, True, *(Fraction(0),) * 6)
EMPTY = DotRow("P3", "Daten")
ELSEWHERE = DotRow("P4", "Netzwerke", applicable=False, value=Fraction(2), target=Fraction(3))


def drawn(*rows: DotRow, width: int = 700, **more: object) -> ElementTree.Element:
    return ElementTree.fromstring(on_page(Dots("Selbstcheck", rows, **more), width))  # type: ignore[arg-type]


def described(svg: ElementTree.Element) -> str:
    return svg.findtext(f"{SVG}desc") or ""


def written(part: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in part.iter(f"{SVG}text")]


def marks(part: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [one for one in part.iter() if one.get("class") == f"chart-{kind}"]


def row(svg: ElementTree.Element, id: str) -> ElementTree.Element:
    return next(one for one in svg.iter(f"{SVG}g") if one.get("data-row") == id)


def test_the_drawing_is_an_image_with_name_description_and_language() -> None:
    svg = drawn(FULL, language="en")
    names = [svg.find(f"{SVG}{part}") for part in ("title", "desc")]
    assert svg.get("role") == "img"
    assert svg.get("lang") == "en"
    assert (svg.get("aria-labelledby") or "").split() == [one.get("id") for one in names if one is not None]


def test_every_value_stands_in_the_text_alternative() -> None:
    assert described(drawn(FULL)) == (
        "Punktdiagramm mit den Stufen 0 bis 4. Gegenstromprinzip in Sozialraumkonferenzen: Ergebnis 2,5, Soll 3, "
        "Letztes Mal 1,5, Durchgängig erreicht 1, Möglicher Bereich (noch offen) 2,3–3,5."
    )


def test_the_text_alternative_is_in_the_language_of_the_chart() -> None:
    said = described(drawn(FULL, EMPTY, ELSEWHERE, language="en"))
    for part in ("Result 2.5", "Target 3", "Last time 1.5", "Reached throughout 1", "2.3–3.5"):
        assert part in said
    assert "Daten: no value." in said
    assert "Netzwerke: not applicable." in said


def test_a_missing_value_is_no_dot_and_is_said_in_words() -> None:
    svg = drawn(FULL, EMPTY)
    part = row(svg, "P3")
    assert not any(marks(part, kind) for kind in ("value", "reached", "target", "earlier", "range"))
    assert written(part) == ["Daten", "kein Wert"]


def test_zero_is_drawn_and_is_not_a_gap() -> None:
    part = row(drawn(ALL_AT_ZERO), "P2")
    assert all(len(marks(part, kind)) == 1 for kind in ("value", "reached", "target", "earlier"))
    assert "0" in written(part)


def test_a_row_that_does_not_apply_says_so_and_shows_no_value() -> None:
    part = row(drawn(FULL, ELSEWHERE), "P4")
    assert written(part) == ["Netzwerke", "nicht anwendbar"]
    assert marks(part, "line chart-not-applicable")
    assert not marks(part, "value")
    assert not marks(part, "target")


def test_a_range_is_drawn_only_where_its_ends_differ() -> None:
    svg = drawn(FULL, ALL_AT_ZERO)
    assert len(marks(row(svg, "P1"), "range")) == 1
    assert not marks(row(svg, "P2"), "range")


def test_equal_values_of_two_rows_stand_in_one_line() -> None:
    svg = drawn(FULL, DotRow("P2", "Daten", value=Fraction(5, 2)))
    assert len({dot.get("cx") for part in ("P1", "P2") for dot in marks(row(svg, part), "value")}) == 1


def test_the_legend_names_only_what_occurs() -> None:
    every = ("Ergebnis", "Soll", "Letztes Mal", "Durchgängig erreicht", "Möglicher Bereich (noch offen)")
    assert set(every) <= set(written(drawn(FULL)))
    assert set(every) & set(written(drawn(DotRow("P1", "Daten", value=Fraction(1))))) == {"Ergebnis"}


@pytest.mark.parametrize("width", [340, 700])
def test_the_stages_stand_above_the_rows_and_are_named_once(width: int) -> None:
    texts = written(drawn(FULL, width=width, stage_names=STAGES))
    assert {"0", "1", "2", "3", "4"} <= set(texts)
    assert all(" ".join(texts).count(name.split()[0]) == 1 for name in STAGES)


@pytest.mark.parametrize("width", [340, 700])
def test_a_number_lies_above_its_marks_and_clear_of_its_label(width: int) -> None:
    part = row(drawn(FULL, ALL_AT_ZERO, width=width), "P2")
    (dot,) = marks(part, "value")
    (figure,) = (text for text in part.iter(f"{SVG}text") if text.text == "0")
    baseline = float(figure.get("y", ""))
    assert baseline < float(dot.get("cy", "")) - 12
    left = float(figure.get("x", "")) - width_of("0", VALUE.size) / 2
    for label in part.iter(f"{SVG}text"):
        size = float(label.get("font-size", ""))
        end = float(label.get("x", "")) + width_of(label.text or "", size)
        under = float(label.get("y", "")) + 0.25 * size
        assert label is figure or end < left or under <= baseline - 0.72 * VALUE.size


@pytest.mark.parametrize("width", [340, 700])
def test_everything_lies_within_the_drawing(width: int) -> None:
    svg = drawn(FULL, ALL_AT_ZERO, EMPTY, ELSEWHERE, width=width, stage_names=STAGES)
    for text in svg.iter(f"{SVG}text"):
        wide = width_of(text.text or "", float(text.get("font-size", "")))
        left = float(text.get("x", "")) - (wide / 2 if text.get("text-anchor") == "middle" else 0)
        assert left >= 0
        assert left + wide <= width
        assert 0 < float(text.get("y", "")) <= float(svg.get("height", ""))


def test_a_long_label_wraps_and_loses_no_letter() -> None:
    lines = written(row(drawn(DotRow("P1", LONG)), "P1"))[:-1]
    assert len(lines) > 1
    assert " ".join(lines) == LONG


def test_hostile_labels_stay_text() -> None:
    svg = drawn(DotRow(HOSTILE, HOSTILE, applicable=False, why=HOSTILE), stage_names=(HOSTILE,) * 5, width=700)
    assert not list(svg.iter(f"{SVG}script"))
    assert '<script>alert("1")</script> & \' ]]>' in described(svg)


def test_the_drawing_needs_no_style_of_its_own_and_takes_its_colours_from_the_page() -> None:
    source = on_page(Dots("Selbstcheck", (FULL, ALL_AT_ZERO, EMPTY, ELSEWHERE)))
    assert "style" not in re.sub("font-style", "", source)
    colours = re.findall(r'(?:fill|stroke)="([^"]*)"', source)
    assert all(colour == "none" or re.fullmatch(r"var\(--chart-\w+, .+\)", colour) for colour in colours)


def test_the_same_chart_is_the_same_bytes_and_another_has_ids_of_its_own() -> None:
    chart, other = Dots("Selbstcheck", (FULL,)), Dots("Selbstcheck", (EMPTY,))
    assert on_page(chart) == on_page(Dots("Selbstcheck", (FULL,)))
    found = [set(re.findall(r' id="([^"]+)"', on_page(one))) for one in (chart, other)]
    assert not found[0] & found[1]


@pytest.mark.parametrize(
    ("rows", "more", "said"),
    [
        ((DotRow("P1", "Daten", value=Fraction(5)),), {}, "P1: 5 does not lie between 0 and 4"),
        ((DotRow("P1", "Daten", lowest=Fraction(3), highest=Fraction(2)),), {}, "upside down"),
        ((), {"maximum": 0}, "must be at least 1"),
        ((), {"stage_names": ("one",)}, "expected 5, there are 1"),
    ],
)
def test_a_chart_that_could_only_be_drawn_wrongly_is_refused(
    rows: tuple[DotRow, ...], more: dict[str, object], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        drawn(*rows, **more)  # type: ignore[arg-type]
