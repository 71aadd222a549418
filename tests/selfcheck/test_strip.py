"""The drawn spread of an item."""

from collections.abc import Mapping
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcheck.charts.strip import Strip, strip_svg

SVG = "{http://www.w3.org/2000/svg}"
PLACES = st.integers(0, 8).map(lambda half: Fraction(half, 2))


def drawn(counts: Mapping[Fraction, int], *, large: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(strip_svg(Strip(counts), large=large))


@given(st.dictionaries(PLACES, st.integers(1, 40), min_size=1), st.booleans())
def test_every_rating_is_one_dot_inside_the_picture(counts: dict[Fraction, int], large: bool) -> None:
    picture = drawn(counts, large=large)
    _, _, width, height = (float(number) for number in picture.attrib["viewBox"].split())
    dots = picture.findall(f".//{SVG}circle")
    assert len(dots) == sum(counts.values())
    for dot in dots:
        radius = float(dot.attrib["r"])
        assert radius <= float(dot.attrib["cx"]) <= width - radius
        assert radius <= float(dot.attrib["cy"]) <= height - radius


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "5 Einschätzungen. Stufe 1: 4. Stufe 1,5: 1. Unterer Median: 1. Vereinbart: 2."),
        ("en", "5 ratings. Stage 1: 4. Stage 1.5: 1. Lower median: 1. Agreed: 2."),
    ],
)
def test_the_strip_is_told_in_words_too(language: str, words: str) -> None:
    counts = {Fraction(1): 4, Fraction(3, 2): 1}
    chart = Strip(counts, Fraction(1), Fraction(2), language="en" if language == "en" else "de")
    assert words in strip_svg(chart)


def test_a_hostile_title_is_text() -> None:
    picture = ElementTree.fromstring(strip_svg(Strip({Fraction(1): 5}, title="<script>&")))
    assert picture.findtext(f"{SVG}title") is not None
    assert "script" not in {element.tag.removeprefix(SVG) for element in picture.iter()}


def test_the_same_spread_is_drawn_the_same_every_time() -> None:
    chart = Strip({Fraction(1): 5}, Fraction(1))
    assert strip_svg(chart) == strip_svg(chart)
