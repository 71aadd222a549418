"""The drawn way of a municipality over several checks."""

from fractions import Fraction
from xml.etree import ElementTree

from selfcheck.charts.trend import Moment, Panel, Trend, trend_svg

SVG = "{http://www.w3.org/2000/svg}"
HALF = Fraction(1, 2)


def chart(values: tuple[Fraction | None, ...], comparable: tuple[bool, ...], label: str = "Auftrag") -> Trend:
    moments = tuple(Moment(f"20{26 + number}", "1") for number in range(len(values)))
    return Trend("Selbstcheck", moments, (Panel("P1", label, values, comparable, None),), 4, "de")


def drawn(*arguments: object) -> ElementTree.Element:
    return ElementTree.fromstring(trend_svg(chart(*arguments)))  # type: ignore[arg-type]


def said(picture: ElementTree.Element) -> str:
    return picture.findtext(f"{SVG}desc") or ""


def breaks(picture: ElementTree.Element) -> int:
    return sum(path.attrib.get("class") == "chart-break" for path in picture.iter(f"{SVG}path"))


def test_every_value_stands_in_the_text_alternative() -> None:
    words = said(drawn((3 * HALF, None, Fraction(2)), (True, True)))
    assert "2026 1,5" in words
    assert "2027 kein Wert" in words
    assert "2028 2" in words


def test_what_cannot_be_compared_is_broken_and_said() -> None:
    whole, broken = (drawn((Fraction(1), Fraction(2)), (flag,)) for flag in (True, False))
    assert breaks(whole) == 0 < breaks(broken)
    assert "Nicht vergleichbar: 2026 und 2027" in said(broken)
    assert "Nicht vergleichbar" not in said(whole)


def test_a_hostile_label_is_text() -> None:
    picture = drawn((Fraction(1), Fraction(2)), (True,), "<script>&")
    assert "script" not in {element.tag.removeprefix(SVG) for element in picture.iter()}


def test_the_same_way_is_drawn_the_same_every_time() -> None:
    way = chart((Fraction(1), Fraction(2)), (True,))
    assert trend_svg(way) == trend_svg(way)
