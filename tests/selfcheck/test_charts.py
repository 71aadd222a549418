"""The printed radar: what it says, where it stands, and the files made of it."""

import ctypes
import math
import re
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import page
import pypdfium2
import pytest
from pypdfium2 import raw as pdfium

from scoring.model.wording import Language
from selfcheck.charts import files, looks
from selfcheck.charts.lettering import one_decimal, width_of
from selfcheck.charts.multiples import multiples
from selfcheck.charts.radar import Axis, Band, Evidence, Radar, Series
from selfcheck.charts.radar_drawing import Drawing, draw
from selfcheck.charts.sheet import framed, of_width

SVG = "{http://www.w3.org/2000/svg}"

LABELS = (
    "Auftrag durch Ratsgremien",
    "Integration der Fachperspektiven",
    "(Dezernenten-)Verfügung",
    "Gemeinsame Planungsphilosophie",
    "Gemeinsame Sozial- und Planungsräume",
    "Integrierte Berichterstattung",
    "Aktive Rolle der Führungskräfte",
    "Gegenstromprinzip in Sozialraumkonferenzen",
)
ENDLESS = (
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenverordnung",
    "Kreisbildungsbüroleitungskonferenz und Fachbereichsleitungsrunde",
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "Gemeinsame Planungsphilosophie der Steuerungsgruppe, des Lenkungskreises und der Bildungskonferenz",
    "Straßenentwässerungsinvestitionskostenschuldendienstumlage",
    "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung",
    "Verwaltungsvorstandsklausurtagungsvorbereitungsgruppe der Dezernentinnen und Dezernenten",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
)
STAGES = ("Noch nicht begonnen", "Einzelne Ansätze", "Vereinbart", "Gelebte Praxis", "Verankert und überprüft")


def axes(*labels: str, without: int | None = None) -> tuple[Axis, ...]:
    return tuple(Axis(f"P{place + 1}", label, place != without) for place, label in enumerate(labels))


def values(*given: float | None) -> tuple[Fraction | None, ...]:
    return tuple(None if value is None else Fraction(value) for value in given)


def ranges(*given: tuple[int, int] | None) -> tuple[tuple[Fraction, Fraction] | None, ...]:
    return tuple(None if span is None else (Fraction(span[0]), Fraction(span[1])) for span in given)


def result(*given: float | None) -> Series:
    return Series("Ist", "result", values(*given))


RESULT = result(2.5, 2, 1, 3, 1.5, 2, 3, 0)
TARGET = Series("Soll", "target", values(3, 3, 2, 4, 3, 3, 3, 2))
EARLIER = Series("Selbstcheck 2024", "earlier", values(1, 1.5, 1, 2, 1, 1, 3, 0))
REACHED = Series("durchgängig erreicht", "reached", values(1, 1, 0, 2, 1, 0, 2, 0))
BAND = Band("noch offen", ranges((2, 3), (2, 2), (1, 3), (3, 3), (1, 4), (2, 2), (2, 4), (0, 1)))
EVIDENCE = Evidence("dokumentierte Praxis", ((1, Fraction(3), 4), (7, Fraction(2), 1)))

CHART = Radar(
    title="Stand der integrierten Planung in Neustadt",
    subtitle="Selbsteinschätzung in acht Praxisperspektiven",
    axes=axes(*LABELS),
    series=(RESULT, TARGET),
    stage_names=STAGES,
    source="Selbstcheck integrierte Planung, Stand 22.11.2026",
)
FULL = replace(CHART, series=(RESULT, TARGET, EARLIER, REACHED), band=BAND, evidence=EVIDENCE)
CHARTS = {
    "plain": CHART,
    "everything at once": FULL,
    "all zero": replace(CHART, series=(result(*[0] * 8),)),
    "all four": replace(CHART, series=(result(*[4] * 8),)),
    "not applicable": replace(FULL, axes=axes(*LABELS, without=2)),
    "three gaps": replace(CHART, series=(result(2.5, None, 1, None, None, 2, 3, 0),)),
    "endless words": replace(FULL, axes=axes(*ENDLESS), title=" ".join(ENDLESS), source=" ".join(ENDLESS)),
    "three axes": replace(CHART, axes=axes(*LABELS[:3]), series=(result(1, 2, 3),)),
    "twelve axes": replace(CHART, axes=axes(*LABELS, *LABELS[:4]), series=(result(*[2] * 12),)),
    "English": replace(CHART, language="en"),
}
every_chart = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())


def drawn(chart: Radar, width_mm: int = 160) -> Drawing:
    place = of_width(width_mm)
    return draw(chart, place, framed(chart, place))


def sheet(chart: Radar) -> str:
    return looks.of_width(chart, 160, alone=False).svg


def parsed(chart: Radar, *, inline: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(looks.on_page(chart) if inline else sheet(chart))


def lines_of(chart: Radar, kind: str = "result") -> list[str]:
    [trace] = [trace for trace in drawn(chart).traces if trace.kind == kind]
    return list(trace.lines)


def texts_in(svg: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


# --- gaps, zeros, ranges -----------------------------------------------------------------------------------------


def test_a_complete_series_is_one_closed_line() -> None:
    [line] = lines_of(CHART)

    assert line.endswith("Z")
    assert line.count("L") == 7


def test_a_gap_is_not_bridged() -> None:
    first, second = lines_of(replace(CHART, series=(result(2, 2, None, 2, 2, 2, None, 2),)))

    assert not first.endswith("Z")
    assert (first.count("L"), second.count("L")) == (2, 2)  # P4 to P6, and P8 over the top to P2


def test_a_value_between_two_gaps_is_a_marker_without_a_line() -> None:
    chart = replace(CHART, series=(result(2, None, 3, None, None, None, None, None),))

    [trace] = drawn(chart).traces

    assert trace.lines == ()
    assert len(trace.marks) == 2


def test_without_any_value_nothing_is_drawn_and_every_axis_says_so() -> None:
    chart = replace(CHART, series=(result(*[None] * 8),))

    assert drawn(chart).traces[0].marks == ()
    assert texts_in(parsed(chart)).count("kein Wert") == 8


def test_zeros_stay_eight_points_apart() -> None:
    marks = drawn(CHARTS["all zero"]).traces[0].marks

    assert all(math.dist((a.x, a.y), (b.x, b.y)) > 15 for a, b in combinations(marks, 2))


def test_the_first_axis_points_up_and_the_next_is_clockwise() -> None:
    first, second, *_ = drawn(CHARTS["all four"]).traces[0].marks

    assert (round(first.x, 6), first.y < 0) == (0, True)
    assert second.x > 0 > second.y


def test_an_axis_that_does_not_apply_says_so_in_words_and_interrupts_every_line() -> None:
    chart = CHARTS["not applicable"]
    drawing = drawn(chart)

    assert "nicht anwendbar" in texts_in(parsed(chart))
    assert [len(trace.marks) for trace in drawing.traces] == [7, 7, 7, 7]
    assert not any(line.endswith("Z") for trace in drawing.traces for line in trace.lines)
    assert [spoke.id for spoke in drawing.spokes if spoke.ticks] == ["P3"]


def test_the_stage_reached_throughout_has_marks_and_no_line() -> None:
    assert lines_of(FULL, "reached") == []


def test_a_range_without_neighbours_is_a_bar_on_its_axis() -> None:
    chart = replace(CHART, band=Band("offen", ranges((1, 3), None, (2, 4), (0, 4), None, None, None, None)))

    drawing = drawn(chart)

    assert len(drawing.band_bars) == 1
    assert drawing.band_area.count("Z") == 1


def test_ranges_on_all_axes_leave_the_middle_free() -> None:
    assert drawn(FULL).band_area.count("Z") == 2  # the outer and the inner edge


def test_nothing_but_the_band_is_filled_as_an_area() -> None:
    net = parsed(replace(FULL, band=None)).find(f"{SVG}g")

    assert net is not None
    assert net.get("fill") == "none"
    assert all(path.get("fill") is None for path in net.iter(f"{SVG}path") if path.get("class") == "chart-line")


# --- words -------------------------------------------------------------------------------------------------------


def test_every_value_stands_in_the_text_alternative() -> None:
    desc = parsed(FULL).findtext(f"{SVG}desc")

    assert desc is not None
    for place, axis in enumerate(FULL.axes):
        for series in FULL.series:
            value = series.values[place]
            assert value is not None
            said = desc[desc.index(axis.label) :].split(".", 1)[0]
            assert f"{series.name}: {one_decimal(value, 'de')}" in said
    assert "noch offen: 1–4" in desc
    assert "dokumentierte Praxis: 3 (belegt durch 4 Merkmale)" in desc
    assert "dokumentierte Praxis: 2 (belegt durch 1 Merkmal)" in desc


def test_a_description_of_its_own_takes_the_place_of_the_list() -> None:
    assert parsed(replace(CHART, description="Acht Werte.")).findtext(f"{SVG}desc") == "Acht Werte."


def test_the_drawing_is_an_image_with_name_description_and_language() -> None:
    svg = parsed(CHART)
    title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")

    assert title is not None
    assert desc is not None
    assert (svg.get("role"), svg.get("lang")) == ("img", "de")
    assert svg.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text == CHART.title


def test_a_chart_without_a_title_still_has_a_name() -> None:
    assert parsed(replace(CHART, title="")).findtext(f"{SVG}title") == "Netzdiagramm"


def test_every_value_stands_at_its_axis() -> None:
    labels = {label.axis: [text.text for text in label.texts] for label in drawn(CHART).labels}

    assert labels["P1"] == ["Auftrag durch Ratsgremien", "2,5", "3"]
    assert labels["P8"] == ["Gegenstromprinzip in", "Sozialraumkonferenzen", "0", "2"]


def test_numbers_are_rounded_half_up_and_written_as_the_language_does() -> None:
    assert one_decimal(Fraction(9, 4), "de") == "2,3"
    assert one_decimal(Fraction(9, 4), "en") == "2.3"
    assert one_decimal(Fraction(3), "de") == "3"


def test_the_words_can_be_replaced() -> None:
    chart = replace(CHARTS["not applicable"], words={"not applicable": "entfällt"})

    assert "entfällt" in texts_in(parsed(chart))
    assert "nicht anwendbar" not in sheet(chart)


def test_signs_that_mean_something_in_xml_stay_text() -> None:
    nasty = "<script>alert('&amp;')</script> \"A & B\" ]]>"
    series = (replace(RESULT, name=nasty),)
    svg = parsed(replace(CHART, title=nasty, series=series, axes=axes(nasty, *LABELS[1:]), source=nasty))

    assert svg.findtext(f"{SVG}title") == nasty
    assert nasty in texts_in(svg)
    assert svg.find(f".//{SVG}script") is None


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    assert (
        parsed(replace(CHART, title="Neu\x00st\x1badt\ud800\uffff\n Nord")).findtext(f"{SVG}title") == "Neustadt Nord"
    )


# --- room --------------------------------------------------------------------------------------------------------

Box = tuple[float, float, float, float]


def boxes(drawing: Drawing) -> dict[str, Box]:
    """The room that the label of each axis takes at most, round the centre."""
    found = {}
    for label in drawing.labels:
        spans = []
        for text in label.texts:
            width = width_of(text.text, text.lettering.size)
            left = text.x - width * {"start": 0, "middle": 0.5, "end": 1}[text.anchor]
            spans.append((left, left + width))
        found[label.axis] = (min(s[0] for s in spans), label.top, max(s[1] for s in spans), label.bottom)
    return found


@every_chart
@pytest.mark.parametrize("width_mm", [100, 160, 250])
def test_labels_stand_on_the_sheet_and_do_not_collide(chart: Radar, width_mm: int) -> None:
    drawing = drawn(chart, width_mm=width_mm)
    found = boxes(drawing)
    across, down = drawing.centre

    for left, top, right, bottom in found.values():
        assert 0 <= across + left < across + right <= drawing.width
        assert 0 <= down + top < down + bottom <= drawing.height
    for one, other in combinations(found.values(), 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@every_chart
def test_labels_stay_outside_the_net(chart: Radar) -> None:
    drawing = drawn(chart)
    corners = [tuple(map(float, step.split())) for step in drawing.rings[-1].strip("MZ ").split(" L")]

    for left, top, right, bottom in boxes(drawing).values():
        rim = [(left + (right - left) * n / 20, y) for n in range(21) for y in (top, bottom)]
        rim += [(x, top + (bottom - top) * n / 20) for n in range(21) for x in (left, right)]
        assert not any(_inside(point, corners) for point in rim)


def _inside(point: tuple[float, float], corners: list[tuple[float, ...]]) -> bool:
    turned = zip(corners, [*corners[1:], corners[0]], strict=True)
    return all((b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) > 0 for a, b in turned)


@every_chart
def test_everything_printed_lies_on_the_page(chart: Radar) -> None:
    for left, bottom, right, top, width, height in printed_characters(files.pdf_file(chart)):
        assert 0 <= left < right <= width
        assert 0 <= bottom < top <= height


def test_labels_on_paper_have_at_least_nine_points_at_any_width() -> None:
    points_per_unit = 72 / 25.4 / 4

    for width_mm in (100, 160, 250):
        lettering = [text.lettering for label in drawn(CHART, width_mm=width_mm).labels for text in label.texts]
        assert min(one.size for one in lettering) * points_per_unit >= 9


def test_no_letter_of_a_label_is_lost_when_words_break() -> None:
    for axis, label in zip(axes(*ENDLESS), drawn(replace(CHART, axes=axes(*ENDLESS))).labels, strict=True):
        written = "".join(text.text for text in label.texts if not text.text[0].isdigit())
        assert written.replace("-", "").replace(" ", "") == axis.label.replace("-", "").replace(" ", "")


def test_a_long_word_breaks_between_syllables() -> None:
    texts = [text.text for text in drawn(replace(CHART, axes=axes(*ENDLESS))).labels[6].texts]

    assert texts[0] == "Verwaltungsvorstands-"


def test_a_soft_hyphen_is_seen_only_where_a_line_ends() -> None:
    chart = replace(CHART, axes=axes("Sozial\u00adraum\u00adkonferenz\u00ada", *LABELS[1:]))

    assert drawn(chart).labels[0].texts[0].text == "Sozialraumkonferenza"


def test_a_sheet_that_is_too_narrow_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 100"):
        looks.of_width(CHART, 80)


# --- on the page -------------------------------------------------------------------------------------------------


def test_inline_has_no_fixed_size_and_leaves_title_and_source_to_the_page() -> None:
    svg = parsed(FULL, inline=True)

    assert (svg.get("width"), svg.get("height")) == (None, None)
    assert svg.findtext(f"{SVG}title") == FULL.title
    assert FULL.title not in texts_in(svg)
    assert FULL.source not in texts_in(svg)
    assert {"Ist", "Soll", "noch offen", *STAGES} <= set(texts_in(svg))


def test_inline_takes_every_colour_from_the_page_and_needs_no_style_of_its_own() -> None:
    svg = parsed(FULL, inline=True)

    for element in svg.iter():
        assert element.get("style") is None
        assert element.tag not in {f"{SVG}style", f"{SVG}script"}
        for colour in (element.get("fill"), element.get("stroke")):
            assert colour is None or colour == "none" or colour.startswith("var(--chart-")


def test_two_charts_on_one_page_have_ids_of_their_own() -> None:
    assert drawn(CHART).id != drawn(FULL).id


# --- what cannot be drawn ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"axes": axes("eins", "zwei"), "series": ()}, "at least three"),
        ({"series": (result(1, 2),)}, "expected one value for each of 8 axes"),
        ({"series": (result(5, *[1] * 7),)}, "does not lie between 0 and 4"),
        ({"series": (RESULT, RESULT)}, "look alike"),
        ({"band": Band("offen", ranges((3, 2), *[None] * 7))}, "does not lie"),
        ({"evidence": Evidence("Praxis", ((8, Fraction(1), 1),))}, "no such mark"),
        ({"stage_names": ("nur eine",)}, "expected 5"),
    ],
)
def test_a_chart_that_could_only_be_drawn_wrongly_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        replace(CHART, **change)  # type: ignore[arg-type]


# --- files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [files.svg_file, files.pdf_file, files.png_file])
def test_the_same_chart_is_the_same_bytes(write: Callable[[Radar], bytes]) -> None:
    assert write(FULL) == write(replace(FULL))


FALSE_ALARM = {"a stream /Length does not match its raw content length"}
"""Said of compressed data that happen to end in a carriage return; the length is right, and veraPDF passes the file."""


@every_chart
def test_the_pdf_is_accessible_and_archivable(chart: Radar) -> None:
    pdf = files.pdf_file(chart)

    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        said = {failure.message for failure in page.validate_pdf_bytes(pdf, profile=profile).failures}
        assert said <= FALSE_ALARM


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_pdf_says_its_title_language_and_every_value(language: Language) -> None:
    chart = replace(FULL, language=language)
    document = pypdfium2.PdfDocument(files.pdf_file(chart))

    assert document.get_metadata_value("Title") == chart.title
    assert _language(document) == language
    [alternative] = _alternatives(document)
    assert alternative == f"{chart.title}. {drawn(chart).description}"


def test_emoji_and_other_unknown_characters_do_not_break_the_pdf() -> None:
    odd = "Neustadt 🏙️ 👩‍👩‍👧 中文 \u202eabc \x07 \ud83d"
    chart = replace(CHART, title=odd, subtitle=odd, axes=axes(odd, *LABELS[1:]), source=odd, description=odd)
    document = pypdfium2.PdfDocument(files.pdf_file(chart))

    assert "Neustadt ▯ ▯▯▯ ▯▯ abc" in document[0].get_textpage().get_text_bounded()


def test_the_pdf_page_is_as_large_as_the_drawing() -> None:
    document = pypdfium2.PdfDocument(files.pdf_file(CHART, width_mm=120))
    height_mm = looks.of_width(CHART, 120, alone=False).height_mm

    assert len(document) == 1
    assert document[0].get_size() == pytest.approx((120 * 72 / 25.4, height_mm * 72 / 25.4), abs=0.01)


def test_the_png_has_300_dpi_and_knows_it() -> None:
    png = files.png_file(CHART)
    chunks = dict(_chunks(png))

    assert struct.unpack(">I", chunks[b"IHDR"][:4])[0] == pytest.approx(160 / 25.4 * 300, abs=1)
    assert struct.unpack(">IIB", chunks[b"pHYs"]) == (11811, 11811, 1)


def test_the_png_is_white_or_transparent_as_wanted() -> None:
    corner = {transparent: first_pixel(files.png_file(CHART, transparent=transparent)) for transparent in (False, True)}

    assert corner == {False: (255, 255, 255, 255), True: (0, 0, 0, 0)}


def test_the_svg_file_has_its_size_and_a_white_ground_unless_it_is_to_be_transparent() -> None:
    svg = ElementTree.fromstring(files.svg_file(CHART))
    transparent = ElementTree.fromstring(files.svg_file(CHART, transparent=True))

    assert svg.get("width") == "160mm"
    assert svg[2].tag == f"{SVG}rect"
    assert transparent[2].tag != f"{SVG}rect"


def printed_characters(pdf: bytes) -> Iterator[tuple[float, float, float, float, float, float]]:
    """Where each character of the first page lies, and how large the page is."""
    sheet = pypdfium2.PdfDocument(pdf)[0]
    text = sheet.get_textpage()
    for place in range(text.count_chars()):
        if text.get_text_range(place, 1).strip():
            yield (*text.get_charbox(place), *sheet.get_size())


def _language(document: pypdfium2.PdfDocument) -> str:
    return _text(pdfium.FPDFCatalog_GetLanguage, document.raw)


def _alternatives(document: pypdfium2.PdfDocument) -> list[str]:
    """The texts that stand for figures, for people who do not see them."""
    sheet = document[0]  # must live as long as its tree
    tree = pdfium.FPDF_StructTree_GetForPage(sheet.raw)
    count = pdfium.FPDF_StructTree_CountChildren(tree)
    waiting = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(count)]
    found = []
    while waiting:
        element = waiting.pop()
        children = range(pdfium.FPDF_StructElement_CountChildren(element))
        waiting += [child for n in children if (child := pdfium.FPDF_StructElement_GetChildAtIndex(element, n))]
        found.append(_text(pdfium.FPDF_StructElement_GetAltText, element))
    pdfium.FPDF_StructTree_Close(tree)
    return [alternative for alternative in found if alternative]


def _text(function: Any, of: Any) -> str:
    length = function(of, None, 0)
    if not length:
        return ""
    buffer = ctypes.create_string_buffer(length)
    function(of, ctypes.cast(buffer, function.argtypes[1]), length)
    return buffer.raw[:length].decode("utf-16-le").rstrip("\0")


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 8
    while place < len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        body = png[place + 8 : place + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack_from(">I", png, place + 8 + length)[0]
        yield kind, body
        place += 12 + length


def first_pixel(png: bytes) -> tuple[int, ...]:
    """The top left pixel: the first of the first row, which no filter changes."""
    packed = b"".join(body for kind, body in _chunks(png) if kind == b"IDAT")
    return tuple(zlib.decompress(packed)[1:5])


# --- several side by side ----------------------------------------------------------------------------------------


def panels(svg: ElementTree.Element) -> list[ElementTree.Element]:
    return [one for one in svg.iter(f"{SVG}g") if "chart-panel" in (one.get("class") or "")]


def side_by_side(*charts: Radar, width: int = 700, most: int = 4, letters: float = 1) -> ElementTree.Element:
    return ElementTree.fromstring(multiples(charts, width, most, letters))


SEVERAL = [replace(CHART, subtitle=f"Landkreis {n}", series=(result(*[n % 5] * 8),)) for n in range(6)]


def test_the_axes_are_named_once_in_a_key_that_comes_first() -> None:
    first, *others = panels(side_by_side(*SEVERAL))

    assert set(texts_in(first)) == {"Achsen", *(axis.id for axis in CHART.axes)}
    assert [texts_in(panel) for panel in others] == [[f"Landkreis {n}"] for n in range(6)]


def test_the_values_of_each_stand_in_words_in_its_panel_and_in_the_whole() -> None:
    svg = side_by_side(*SEVERAL)

    for n, panel in enumerate(panels(svg)[1:]):
        assert panel.findtext(f"{SVG}title") == f"Landkreis {n}"
        assert f"{LABELS[0]} – Ist: {n % 5}." in (panel.findtext(f"{SVG}desc") or "")
        assert f"Landkreis {n}: {LABELS[0]} – Ist: {n % 5}." in (svg.findtext(f"{SVG}desc") or "")


@pytest.mark.parametrize("width", [340, 700, 1400])
def test_at_most_four_stand_in_a_row_on_one_scale_and_none_beyond_the_drawing(width: int) -> None:
    svg = side_by_side(*SEVERAL, width=width)
    centres = []
    for panel in panels(svg):
        [net] = [one for one in panel if one.tag == f"{SVG}g"]
        x, y = map(float, net.get("transform", "").removeprefix("translate(").removesuffix(")").split())
        centres.append((x, y))
    rings = {path.get("d") for path in svg.iter(f"{SVG}path") if (path.get("d") or "").count("Z") == 5}
    [net_path] = rings
    reach = max(abs(float(step)) for step in re.findall(r"-?[\d.]+", net_path or ""))

    assert max(Counter(y for _, y in centres).values()) <= 4
    assert all(reach <= x <= width - reach for x, _ in centres)
    for one, other in combinations(centres, 2):
        assert abs(one[0] - other[0]) > 2 * reach or abs(one[1] - other[1]) > 2 * reach


def test_long_names_of_municipalities_stay_in_their_column() -> None:
    svg = side_by_side(*[replace(chart, subtitle=" ".join(ENDLESS[:3])) for chart in SEVERAL])

    for panel in panels(svg)[1:]:
        for text in panel.iter(f"{SVG}text"):
            wide = width_of(text.text or "", float(text.get("font-size", "")))
            assert wide <= 700 / 4
            assert wide / 2 <= float(text.get("x", "")) <= 700 - wide / 2


def test_on_a_projector_letters_are_larger_and_stay_in_their_place() -> None:
    page, screen = side_by_side(*SEVERAL), side_by_side(*SEVERAL, width=1500, most=8, letters=1.7)
    width, height = (float(number) for number in screen.get("viewBox", "").split()[2:])
    smallest = [min(float(text.get("font-size", "")) for text in svg.iter(f"{SVG}text")) for svg in (page, screen)]

    assert smallest[1] == pytest.approx(1.7 * smallest[0])
    assert sorted(" ".join(texts_in(screen)).split()) == sorted(" ".join(texts_in(page)).split())
    for text in screen.iter(f"{SVG}text"):
        wide = width_of(text.text or "", float(text.get("font-size", "")))
        left = float(text.get("x", "")) - (wide / 2 if text.get("text-anchor") == "middle" else 0)
        assert left >= 0
        assert left + wide <= width
        assert 0 <= float(text.get("y", "")) <= height


def test_a_gap_is_a_gap_in_little_radars_too() -> None:
    whole, broken = panels(side_by_side(CHART, replace(CHART, series=(result(2, 2, None, 2, 2, 2, None, 2),))))[1:]

    assert [line.get("d", "")[-1] for line in whole.iter(f"{SVG}path") if line.get("class") == "chart-line"] == ["Z"]
    assert len([line for line in broken.iter(f"{SVG}path") if line.get("class") == "chart-line"]) == 2


@pytest.mark.parametrize(
    "charts",
    [
        (),
        (CHART, replace(CHART, axes=axes(*LABELS[:3]), series=(result(1, 2, 3),))),
        (CHART, replace(CHART, maximum=5, stage_names=())),
    ],
)
def test_what_has_other_axes_or_another_scale_must_not_stand_beside(charts: tuple[Radar, ...]) -> None:
    with pytest.raises(ValueError, match="charts"):
        multiples(charts)
