"""The values of the radar as dots on one scale."""

from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from selfcheck.charts.dots import DotRow, Dots, dots_svg

SVG = "{http://www.w3.org/2000/svg}"
ROW = DotRow("P1", "Auftrag", True, Fraction(3, 2), Fraction(1), Fraction(2), Fraction(1), Fraction(3), Fraction(0))
LONG = "Gegenstromprinzip in Sozialraumkonferenzen mit Donaudampfschifffahrtsgesellschaften"


def drawn(*rows: DotRow, width: int = 700) -> ElementTree.Element:
    return ElementTree.fromstring(dots_svg(Dots("Selbstcheck", rows), width))


def said(picture: ElementTree.Element) -> str:
    return picture.findtext(f"{SVG}desc") or ""


def test_every_value_stands_in_the_text_alternative() -> None:
    words = said(drawn(ROW))
    for number in ("1,5", "3", "0"):
        assert number in words


def test_a_perspective_that_does_not_apply_says_so_and_has_no_dot() -> None:
    gap = replace(ROW, applicable=False, value=None, lowest=None, highest=None, reached=None, target=None, earlier=None)
    assert "nicht anwendbar" in said(drawn(gap))
    assert not drawn(gap).findall(f".//{SVG}circle")


@pytest.mark.parametrize("width", [340, 700])
def test_nothing_stands_outside_the_picture(width: int) -> None:
    picture = drawn(replace(ROW, label=LONG), replace(ROW, id="P2", value=Fraction(4)), width=width)
    _, _, across, down = (float(number) for number in picture.attrib["viewBox"].split())
    for text in picture.iter(f"{SVG}text"):
        assert 0 <= float(text.attrib["x"]) <= across
        assert 0 <= float(text.attrib["y"]) <= down


def test_a_hostile_label_is_text() -> None:
    picture = drawn(replace(ROW, label="<script>&"))
    assert "script" not in {element.tag.removeprefix(SVG) for element in picture.iter()}


def test_the_same_values_are_drawn_the_same_every_time() -> None:
    assert dots_svg(Dots("Selbstcheck", (ROW,))) == dots_svg(Dots("Selbstcheck", (ROW,)))
