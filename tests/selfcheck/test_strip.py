"""The spread of individual ratings: a dot a rating on its place, median and agreed stage below the axis."""

import math
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcheck.charts.strip import Strip, strip_svg
from tests.drawn import examples

SVG = "{http://www.w3.org/2000/svg}"
HALF = Fraction(1, 2)
HOSTILE = '</title><script>alert("x")</script> & \x07'


def counts(**places: int) -> dict[Fraction, int]:
    """s1 is stage 1, s1_5 the half stage above it."""
    return {Fraction(place[1:].replace("_", ".")): count for place, count in places.items()}


CHART = Strip(counts(s1=2, s1_5=1, s2=3, s4=1), median=Fraction(2), agreed=Fraction(3))
CROWD = Strip(counts(s2=40, s2_5=38, s3=3), median=Fraction(5, 2))


def parsed(drawn: Strip, *, large: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(strip_svg(drawn, large))


def dots(svg: ElementTree.Element) -> list[tuple[float, float, float]]:
    return [
        (float(dot.get("cx", "")), float(dot.get("cy", "")), float(dot.get("r", "")))
        for dot in svg.iter(f"{SVG}circle")
    ]


def texts_in(svg: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


def marks(svg: ElementTree.Element) -> dict[str, float]:
    """Where median and agreed stage stand."""
    found = {}
    for path in svg.iter(f"{SVG}path"):
        if path.get("class") in {"chart-median", "chart-agreed"}:
            found[path.get("class", "")] = float(path.get("transform", "").split("(")[1].split(" ")[0])
    return found


def size(svg: ElementTree.Element) -> tuple[float, float]:
    return float(svg.get("width", "")), float(svg.get("height", ""))


def test_the_description_says_every_count_the_median_and_what_was_agreed() -> None:
    assert parsed(CHART).findtext(f"{SVG}desc") == (
        "7 Einschätzungen. Stufe 1: 2. Stufe 1,5: 1. Stufe 2: 3. Stufe 4: 1. Unterer Median: 2. Vereinbart: 3."
    )
    assert parsed(replace(CHART, language="en")).findtext(f"{SVG}desc") == (
        "7 ratings. Stage 1: 2. Stage 1.5: 1. Stage 2: 3. Stage 4: 1. Lower median: 2. Agreed: 3."
    )


def test_there_is_one_dot_a_rating_stacked_on_its_place() -> None:
    stacks = Counter(x for x, _, _ in dots(parsed(CHART)))

    assert [stacks[x] for x in sorted(stacks)] == [2, 1, 3, 1]


def test_half_a_stage_stands_in_the_middle_of_two() -> None:
    one, half, two, _ = sorted({x for x, _, _ in dots(parsed(CHART))})

    assert half == pytest.approx((one + two) / 2, abs=0.01)


def test_median_and_agreed_stage_stand_below_their_places() -> None:
    svg = parsed(replace(CHART, agreed=Fraction(1)))
    one, _, two, _ = sorted({x for x, _, _ in dots(svg)})

    assert marks(svg) == {"chart-median": two, "chart-agreed": one}


def test_what_is_not_known_is_not_marked() -> None:
    drawn = replace(CHART, median=None, agreed=None)

    assert marks(parsed(drawn)) == {}
    assert "Median" not in strip_svg(drawn)
    assert "Vereinbart" not in strip_svg(drawn)


def test_a_place_that_nobody_chose_has_no_dot_and_is_not_said() -> None:
    drawn = replace(CHART, counts=counts(s1=0, s3=1))

    assert len(dots(parsed(drawn))) == 1
    assert "1 Einschätzung. Stufe 3: 1." in (parsed(drawn).findtext(f"{SVG}desc") or "")


def test_without_ratings_the_axis_stands_alone_and_the_description_says_so() -> None:
    svg = parsed(Strip({}))

    assert dots(svg) == []
    assert texts_in(svg) == ["0", "1", "2", "3", "4"]
    assert svg.findtext(f"{SVG}desc") == "Keine Einschätzungen."


def test_few_ratings_are_counted_at_a_glance_and_many_bear_their_number() -> None:
    assert texts_in(parsed(CHART)) == ["0", "1", "2", "3", "4"]
    assert {"40", "38", "3"} <= set(texts_in(parsed(CROWD)))


@pytest.mark.parametrize("large", [False, True])
def test_forty_ratings_on_one_place_stay_apart_inside_the_drawing_and_beside_their_neighbours(large: bool) -> None:
    svg = parsed(CROWD, large=large)
    width, height = size(svg)
    drawn = dots(svg)

    assert len(drawn) == 81
    assert all(r >= (6 if large else 1.9) for _, _, r in drawn)
    assert all(math.dist(a[:2], b[:2]) >= 2 * a[2] for a, b in combinations(drawn, 2))
    assert all(r <= x <= width - r and r <= y <= height - r for x, y, r in drawn)
    assert all(float(text.get("y", "")) - float(text.get("font-size", "")) * 0.7 > 0 for text in svg.iter(f"{SVG}text"))


@pytest.mark.parametrize("large", [False, True])
def test_two_strips_beside_one_another_have_dots_of_one_size_and_their_axes_on_one_line(large: bool) -> None:
    few = replace(CHART, agreed=Fraction(2))
    many = replace(CROWD, median=None, agreed=Fraction(2))
    one, other = (
        ElementTree.fromstring(strip_svg(*pair[:1], large, beside=pair[1])) for pair in ((few, many), (many, few))
    )

    assert size(one) == size(other)
    assert {r for _, _, r in dots(one)} == {r for _, _, r in dots(other)}
    assert max(y for _, y, _ in dots(one)) == max(y for _, y, _ in dots(other))
    assert len(dots(one)) == 7


def test_a_strip_for_a_list_is_small_and_one_for_a_projector_much_bigger() -> None:
    small, large = parsed(CHART), parsed(CHART, large=True)

    assert size(small)[0] == 320
    assert size(small)[1] <= 90
    assert size(large)[0] == 960
    assert dots(large)[0][2] > 2.5 * dots(small)[0][2]
    assert [float(text.get("font-size", "")) > 30 for text in large.iter(f"{SVG}text")] == [True] * 5


def test_a_hostile_title_is_escaped() -> None:
    svg = parsed(replace(CHART, title=HOSTILE))

    assert not list(svg.iter(f"{SVG}script"))
    assert 'alert("x")' in (svg.findtext(f"{SVG}title") or "")


def test_colours_come_from_the_page_and_nothing_is_styled_inline() -> None:
    for element in parsed(CHART).iter():
        assert element.get("style") is None
        assert element.tag not in {f"{SVG}style", f"{SVG}script"}
        for colour in (element.get("fill"), element.get("stroke")):
            assert colour is None or colour == "none" or colour.startswith("var(--chart-")


def test_the_drawing_is_a_picture_named_by_its_title_and_two_titles_give_two_ids() -> None:
    svg, other = parsed(replace(CHART, title="P1.1")), parsed(replace(CHART, title="P1.2"))
    ids = [element.get("id") for element in (*svg, *other) if element.get("id")]

    assert svg.get("role") == "img"
    assert (svg.get("aria-labelledby") or "").split() == ids[:2]
    assert parsed(CHART).findtext(f"{SVG}title") == "Streuung der Einschätzungen"
    assert len(set(ids)) == 4


def test_the_same_ratings_in_any_order_are_the_same_bytes() -> None:
    turned = replace(CHART, counts=dict(sorted(CHART.counts.items(), reverse=True)))

    assert strip_svg(CHART) == strip_svg(turned)


@pytest.mark.parametrize(
    "wrong",
    [
        {"counts": {Fraction(5): 1}},
        {"counts": {Fraction(1, 3): 1}},
        {"counts": {Fraction(1): -1}},
        {"median": Fraction(9, 2)},
        {"agreed": Fraction(-1)},
        {"maximum": 0},
    ],
)
def test_what_could_only_be_drawn_wrongly_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"neither a stage|cannot be|at least 1"):
        replace(CHART, **wrong)  # type: ignore[arg-type]


places = st.integers(0, 8).map(lambda n: n * HALF)


@examples(80)
@given(st.dictionaries(places, st.integers(0, 60)), st.booleans())
def test_any_spread_has_as_many_dots_as_ratings_and_none_hides_another(given: dict[Fraction, int], large: bool) -> None:
    svg = parsed(Strip(given), large=large)
    drawn = dots(svg)

    assert len(drawn) == sum(given.values())
    assert len({(x, y) for x, y, _ in drawn}) == len(drawn)
    assert all(r <= y <= size(svg)[1] - r and r <= x <= size(svg)[0] - r for x, y, r in drawn)
