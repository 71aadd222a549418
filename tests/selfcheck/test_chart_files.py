"""Charts as files: four kinds, three sizes, three formats, and what every one of them brings along."""

import re
import struct
import zlib
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import page
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.follow.trend import DatedCheck
from scoring.model.answers import Target
from scoring.model.wording import Language
from scoring.roadmap.entries import RoadmapEntries, problem_asked, read_entries
from scoring.roadmap.kept import KeptRoadmap
from scoring.roadmap.plan import Kept, plan_of
from scoring.roadmap.rules import first_fit
from selfcheck.charts.dots import DotRow, Dots
from selfcheck.charts.files import ChartKind, Format, chart_file
from selfcheck.charts.heat import Gap, Heat, HeatCell, HeatRow
from selfcheck.charts.lettering import one_decimal, width_of
from selfcheck.charts.looks import on_sheet
from selfcheck.charts.profile import dots, heat, practice_marks, profile
from selfcheck.charts.radar import Axis, Band, Evidence, Radar, Series, text_alternative
from selfcheck.charts.radar_drawing import Drawing, draw
from selfcheck.charts.sheet import FULL, Printed, Size, framed
from selfcheck.ground.typesetting import characters, glyphs
from selfcheck.reading import answer_files
from selfcheck.words.findings import Findings
from tests.drawn import examples

pytestmark = pytest.mark.thorough

SVG = "{http://www.w3.org/2000/svg}"
EXAMPLES = Path(__file__).parents[2] / "examples"
KINDS, SIZES = get_args(ChartKind), get_args(Size)
every_kind = pytest.mark.parametrize("kind", KINDS)
every_size = pytest.mark.parametrize("size", SIZES)
MUNICIPALITY = "Landkreis Vierwalden-Seemark (fiktiv)"


@cache
def example(name: str, language: Language = "de") -> Findings:
    return answer_files.findings(EXAMPLES / f"{name}.yaml", language)


@cache
def everything(language: Language = "de") -> Findings:
    """Result, open range, target and last time, all at once."""
    now, before = example("zersplitterter-kreis", language), example("anfaengerkreis", language)
    target = Target(2028, {"P1": 4, "P2": 3, "P3": 3, "P4": 2, "P6": 2, "P7": 3, "P8": 3})
    earlier = replace(before.sheet, context=now.sheet.context)
    then = DatedCheck("2024-03-16", now.questionnaire, earlier)
    return with_roadmap(Findings(now.questionnaire, replace(now.sheet, target=target), language, then))


def with_roadmap(findings: Findings) -> Findings:
    """The same with a kept roadmap, made without a solver."""
    target, day = findings.sheet.target, datetime(2026, 11, 23, tzinfo=UTC)
    assert target is not None
    entries = RoadmapEntries(count="12", staff="40", dates="24.03.2027", deadline="30.06.", money=("P5-1-2",))
    asked = read_entries(entries, [step.id for step in findings.questionnaire.recommendations], day.date())
    problem = problem_asked(findings.questionnaire, findings.result, target, asked)
    return replace(findings, roadmap=KeptRoadmap(asked, day, plan_of(problem, first_fit(problem, {}), Kept())))


@cache
def planned(name: str) -> Findings:
    """An example with the same target everywhere, and a roadmap to it."""
    found = example(name)
    target = Target(2029, {perspective.id: 3 for perspective in found.questionnaire.perspectives})
    return with_roadmap(replace(found, sheet=replace(found.sheet, target=target)))


@cache
def written(kind: ChartKind, size: Size, format: Format, language: Language = "de", practice: str = "") -> bytes:
    return chart_file(everything(language), kind, size, format, practice=practice)


def parsed(file: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(file)


def texts_in(svg: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


def described(svg: ElementTree.Element) -> str:
    return svg.findtext(f"{SVG}desc") or ""


# --- what every file brings along --------------------------------------------------------------------------------


@every_kind
@every_size
def test_every_chart_has_title_municipality_date_legend_and_source(kind: ChartKind, size: Size) -> None:
    said = " ".join(texts_in(parsed(written(kind, size, "svg"))))

    legend = "Schritt mit Personentagen" if kind == "roadmap" else "Gelebte Praxis"
    for part in ("Selbstcheck integrierte Planung", MUNICIPALITY, "11.06.2026", legend, "Keine Prüfung."):
        assert part in said


@every_kind
@pytest.mark.parametrize("format", get_args(Format))
def test_the_same_answers_are_the_same_bytes(kind: ChartKind, format: Format) -> None:
    again = chart_file(replace(everything()), kind, "half", format)

    assert again == written(kind, "half", format)


@every_kind
def test_other_answers_are_another_file(kind: ChartKind) -> None:
    assert chart_file(planned("leer"), kind, "half", "svg") != written(kind, "half", "svg")


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_text_alternative_holds_every_value_of_radar_and_dots(language: Language) -> None:
    findings = everything(language)
    for kind in ("radar", "dots"):
        svg = parsed(written(kind, "full", "svg", language))
        parts = described(svg).split(". ")
        for result in findings.result.perspectives:
            name = findings.say.say(findings.questionnaire.perspective(result.perspective).short)
            [said] = [part for part in parts if part.startswith(name)]
            before, wanted = findings.last_value(result.perspective), findings.towards.get(result.perspective)
            assert result.value is not None
            assert result.minimum is not None
            assert before is not None
            last = {"de": "Letztes Mal (16.03.2024)", "en": "Last time (16\u00a0March\u00a02024)"}[language]
            assert f"{last}: {one_decimal(before, language)}".replace("\u00a0", " ") in said.replace("\u00a0", " ")
            assert re.search(rf"\b(Ergebnis|Result):? {re.escape(one_decimal(result.value, language))}\b", said)
            assert re.search(rf"(erreicht|throughout):? {one_decimal(result.minimum, language)}\b", said)
            target = {"de": "Soll 2028", "en": "Target 2028"}[language]
            assert (f"{target}: {wanted.wanted}" in said) if wanted else (target not in said)
        assert "1–1,5" in described(svg) if language == "de" else "1–1.5" in described(svg)


def test_the_text_alternative_of_the_heat_table_holds_every_item_by_name() -> None:
    findings = everything()
    said = described(parsed(written("heat", "full", "svg")))

    for item in findings.questionnaire.items.values():
        stage = findings.result.facts.stages[item.id]
        value = one_decimal(stage, "de") if isinstance(stage, Fraction) else "nicht zu beurteilen"
        assert f"{item.id} {findings.say.say(item.name)}: {value}" in said


@every_kind
def test_english_charts_hold_no_german_words(kind: ChartKind) -> None:
    said = " ".join(texts_in(parsed(written(kind, "full", "svg", "en"))))

    for word in ("Ergebnis", "Soll ", "Stufe", "offen", "Möglicher", "Durchgängig", "Prüfung", "nicht "):
        assert word not in said


# --- sizes -------------------------------------------------------------------------------------------------------


@every_kind
@pytest.mark.parametrize(("size", "width"), [("half", 80), ("full", 160), ("slide", 254)])
def test_half_a_text_a_whole_text_and_a_slide_have_their_widths(kind: ChartKind, size: Size, width: int) -> None:
    assert parsed(written(kind, size, "svg")).get("width") == f"{width}mm"


@every_kind
@pytest.mark.parametrize("name", ["leer", "stadt-ein-dezernat", "zersplitterter-kreis"])
def test_a_slide_is_sixteen_to_nine(kind: ChartKind, name: str) -> None:
    svg = parsed(chart_file(planned(name) if kind == "roadmap" else example(name), kind, "slide", "svg"))
    width, height = (float((svg.get(side) or "").removesuffix("mm")) for side in ("width", "height"))

    assert width / height == pytest.approx(16 / 9, abs=0.001)


def points(svg: ElementTree.Element) -> float:
    """How many points of type one unit of the drawing is on paper."""
    return float((svg.get("width") or "").removesuffix("mm")) / float((svg.get("viewBox") or "").split()[2]) * 72 / 25.4


@every_kind
@every_size
def test_no_letter_is_smaller_than_six_and_a_half_points(kind: ChartKind, size: Size) -> None:
    svg = parsed(written(kind, size, "svg", practice="jena-department"))
    smallest = min(float(text.get("font-size", "")) for text in svg.iter(f"{SVG}text"))

    assert smallest * points(svg) >= {"half": 6.5, "full": 8, "slide": 8}[size]


def test_labels_on_a_slide_are_larger_for_their_sheet_than_on_a_page() -> None:
    share = {
        size: 13 / float((parsed(written("radar", size, "svg")).get("viewBox") or "").split()[3])
        for size in ("full", "slide")
    }

    assert share["slide"] > 1.5 * share["full"]


# --- SVG ---------------------------------------------------------------------------------------------------------


@every_kind
@every_size
def test_an_svg_brings_every_letter_it_uses_and_stays_small(kind: ChartKind, size: Size) -> None:
    file = written(kind, size, "svg")
    svg = parsed(file)
    style = svg.findtext(f"{SVG}style") or ""
    fonts = {
        looks: characters(b64decode(data))
        for looks, data in re.findall(r"(font-weight[^}]*?);src:url\(\"data:font/ttf;base64,([^\"]+)\"\)", style)
    }

    assert len(file) < 150_000
    for text in svg.iter(f"{SVG}text"):
        looks = f"font-weight:{text.get('font-weight', '400')}" + (
            ";font-style:italic" if text.get("font-style") else ""
        )
        assert {ord(letter) for letter in text.text or ""} <= fonts[looks]


@every_kind
def test_a_file_asks_for_nothing_from_elsewhere(kind: ChartKind) -> None:
    text = written(kind, "full", "svg").decode()

    assert re.findall(r"(?:href|src|url)\W+(?!data:)\w+:", text) == []
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg\")", text) == []
    assert "var(" not in text


@every_kind
def test_letters_can_be_outlines_and_the_text_alternative_remains(kind: ChartKind) -> None:
    live = parsed(written(kind, "half", "svg"))
    file = chart_file(everything(), kind, "half", "svg", outlines=True)
    svg = parsed(file)

    assert texts_in(svg) == []
    assert svg.find(f"{SVG}style") is None
    assert described(svg) == described(live)
    assert len(list(svg.iter(f"{SVG}path"))) >= len(texts_in(live))
    assert len(file) < 150_000


@every_kind
def test_an_svg_stands_on_white_or_on_nothing(kind: ChartKind) -> None:
    def grounds(transparent: bool) -> int:
        svg = parsed(chart_file(everything(), kind, "half", "svg", transparent=transparent))
        return len([one for one in svg.iter(f"{SVG}rect") if one.get("width") == "100%"])

    assert (grounds(False), grounds(True)) == (1, 0)


# --- PNG ---------------------------------------------------------------------------------------------------------


def chunks(png: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    place = 8
    while place < len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        body = png[place + 8 : place + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack_from(">I", png, place + 8 + length)[0]
        found[kind] = found.get(kind, b"") + body
        place += 12 + length
    return found


@pytest.mark.parametrize(("kind", "size"), [("radar", "half"), ("dots", "full"), ("heat", "slide")])
def test_a_png_has_300_dots_an_inch_and_knows_it(kind: ChartKind, size: Size) -> None:
    found = chunks(written(kind, size, "png"))
    width = struct.unpack(">I", found[b"IHDR"][:4])[0]

    assert width == pytest.approx({"half": 80, "full": 160, "slide": 254}[size] / 25.4 * 300, abs=1)
    assert struct.unpack(">IIB", found[b"pHYs"]) == (11811, 11811, 1)


@every_kind
def test_a_png_is_white_or_transparent(kind: ChartKind) -> None:
    def corner(transparent: bool) -> tuple[int, ...]:
        png = chart_file(everything(), kind, "half", "png", transparent=transparent)
        return tuple(zlib.decompress(chunks(png)[b"IDAT"])[1:5])

    assert (corner(False), corner(True)) == ((255, 255, 255, 255), (0, 0, 0, 0))


# --- PDF ---------------------------------------------------------------------------------------------------------

FALSE_ALARM = {"a stream /Length does not match its raw content length"}
"""Said of compressed data that happen to end in a carriage return; the length is right, and veraPDF passes the file."""


@every_kind
@every_size
def test_a_pdf_is_accessible_and_archivable(kind: ChartKind, size: Size) -> None:
    pdf = written(kind, size, "pdf")

    for standard in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        said = {failure.message for failure in page.validate_pdf_bytes(pdf, profile=standard).failures}
        assert said <= FALSE_ALARM


@every_kind
@every_size
def test_a_pdf_is_one_page_of_its_own_size_and_nothing_lies_beyond_it(kind: ChartKind, size: Size) -> None:
    document = pypdfium2.PdfDocument(written(kind, size, "pdf"))
    sheet = document[0]
    width, height = sheet.get_size()
    text = sheet.get_textpage()

    assert len(document) == 1
    assert width == pytest.approx({"half": 80, "full": 160, "slide": 254}[size] * 72 / 25.4, abs=0.01)
    for place in range(text.count_chars()):
        if text.get_text_range(place, 1).strip():
            left, bottom, right, top = text.get_charbox(place)
            assert 0 <= left < right <= width
            assert 0 <= bottom < top <= height


# --- documented practice -----------------------------------------------------------------------------------------


def test_a_mark_stands_for_the_items_that_reach_a_stage_and_for_nothing_else() -> None:
    findings = everything()
    marks = practice_marks(findings, "jena-department")
    [practice] = [one for one in findings.questionnaire.practices if one.id == "jena-department"]
    expected: dict[tuple[int, Fraction], int] = {}
    for item in practice.items:
        if item.stage is not None:
            axis = int(item.item[1]) - 1
            expected[axis, Fraction(item.stage)] = expected.get((axis, Fraction(item.stage)), 0) + 1

    assert {(axis, stage): count for axis, stage, count in marks.marks} == expected
    assert (1, Fraction(2)) in expected  # P2.2, P2.3, P2.6
    assert "Jena" in marks.name


def test_facts_that_reach_no_stage_make_no_mark() -> None:
    assert practice_marks(everything(), "zwickau-spaces").marks == ()


def test_every_documented_practice_can_be_marked() -> None:
    findings = everything()

    for practice in findings.questionnaire.practices:
        stages = [item.stage for item in practice.items if item.stage is not None]
        assert sum(count for *_, count in practice_marks(findings, practice.id).marks) == len(stages)


def test_an_unknown_practice_is_no_chart() -> None:
    with pytest.raises(KeyError):
        chart_file(everything(), "radar", "full", "svg", practice="atlantis")


def drawn(chart: Radar) -> Drawing:
    return draw(chart, FULL, framed(chart, FULL))


def test_marks_are_single_crosses_and_never_a_line() -> None:
    without, having = drawn(profile(everything())), drawn(profile(everything(), "jena-department"))

    assert [trace.lines for trace in having.traces] == [trace.lines for trace in without.traces]
    assert len(having.evidence) == 3
    assert having.band_area == without.band_area


def test_the_chart_says_by_how_many_items_a_mark_is_documented_and_where_it_comes_from() -> None:
    for kind in ("radar", "dots"):
        svg = parsed(written(kind, "full", "svg", practice="jena-department"))
        said = " ".join(texts_in(svg))
        assert "2 (belegt durch 3 Merkmale)" in described(svg)
        assert "1 (belegt durch 1 Merkmal)" in described(svg)
        assert "Team Integrierte Sozialplanung" in said
        assert "01.01.2020" in said
    labels = " ".join(texts_in(parsed(written("radar", "full", "svg", practice="jena-department"))))
    assert re.search(r"2 belegt durch 3 Merkmale|2 belegt durch 3", labels)


# --- room --------------------------------------------------------------------------------------------------------

Box = tuple[float, float, float, float]
LIKELY = 0.93
"""How wide letters are at most, compared with what is kept free for them."""


def boxes(svg: ElementTree.Element) -> Iterator[tuple[Box, str]]:
    """Where every text stands on the sheet, from the top of its capitals to the end of its descenders."""
    yield from _boxes(svg, 0, 0)


def _boxes(part: ElementTree.Element, across: float, down: float) -> Iterator[tuple[Box, str]]:
    if moved := re.match(r"translate\(([-\d.]+) ([-\d.]+)\)", part.get("transform", "")):
        across, down = across + float(moved[1]), down + float(moved[2])
    for one in part:
        if one.tag == f"{SVG}text" and (one.text or "").strip():
            size = float(one.get("font-size", ""))
            wide = width_of(one.text or "", size) * LIKELY
            left = across + float(one.get("x", ""))
            left -= {"middle": wide / 2, "end": wide}.get(one.get("text-anchor", ""), 0)
            base = down + float(one.get("y", ""))
            yield (left, base - 0.7 * size, left + wide, base + 0.2 * size), one.text or ""
        yield from _boxes(one, across, down)


def check_room(sheet: Printed) -> None:
    """No text beyond the sheet and none over another."""
    svg = ElementTree.fromstring(sheet.svg)
    _, _, width, height = map(float, (svg.get("viewBox") or "").split())
    found = list(boxes(svg))
    for (left, top, right, bottom), text in found:
        assert -0.01 <= left < right <= width + 0.01, text
        assert 0 <= top < bottom <= height, text
    for (one, said), (other, also) in combinations(found, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, f"{said} | {also}"


WORDS = (
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenverordnung",
    "Auftrag",
    "Gegenstromprinzip in Sozialraumkonferenzen",
    "Dezernentinnen- und Dezernentenkonferenz",
    "der",
    "Kreisentwicklungsausschuss/Jugendhilfeausschuss",
    "Straßenentwässerungsinvestitionskostenschuldendienstumlage",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
)
labels = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
stages = st.integers(0, 8).map(lambda half: Fraction(half, 2))
sizes = st.sampled_from(SIZES)
STAGES = ("Noch nicht begonnen", "Einzelne Ansätze", "Vereinbart", "Gelebte Praxis", "Verankert und überprüft")


@st.composite
def radars(drawing: st.DrawFn) -> Radar:
    count = drawing(st.sampled_from([3, 5, 8, 8, 8]))
    values = st.tuples(*[st.none() | stages] * count)
    spans = st.tuples(*[st.none() | st.tuples(stages, stages).map(lambda two: (min(two), max(two)))] * count)
    marks = st.lists(st.tuples(st.integers(0, count - 1), stages, st.integers(1, 12)), max_size=4)
    kinds = ("result", "target", "earlier", "reached")
    return Radar(
        title=drawing(labels),
        subtitle=drawing(labels),
        axes=tuple(Axis(f"P{n}", drawing(labels), drawing(st.integers(0, 5)) > 0) for n in range(count)),
        series=tuple(Series(drawing(labels), kind, drawing(values)) for kind in kinds),  # type: ignore[arg-type]
        band=Band(drawing(labels), drawing(spans)),
        evidence=Evidence(drawing(labels), tuple(drawing(marks))),
        stage_names=STAGES,
        source=drawing(labels),
        language=drawing(st.sampled_from(["de", "en"])),
    )


@st.composite
def dot_charts(drawing: st.DrawFn) -> Dots:
    rows = []
    for n in range(drawing(st.integers(1, 8))):
        low, high = sorted((drawing(stages), drawing(stages)))
        value, reached, target, earlier = (drawing(st.none() | stages) for _ in range(4))
        marks = drawing(st.dictionaries(stages, st.integers(1, 12), max_size=2))
        marks = {stage: count for stage, count in marks.items() if stage.denominator == 1}
        applicable = drawing(st.booleans()) or n == 0
        rows.append(
            DotRow(
                f"P{n}",
                drawing(labels),
                applicable,
                value,
                low,
                high,
                reached,
                target,
                earlier,
                "",
                tuple(marks.items()),
            )
        )
    return Dots(
        drawing(labels),
        tuple(rows),
        stage_names=STAGES,
        subtitle=drawing(labels),
        source=drawing(labels),
        names={"target": drawing(labels)},
        practice=drawing(labels),
    )


@st.composite
def heats(drawing: st.DrawFn) -> Heat:
    gaps = st.builds(
        Gap, st.sampled_from(["open", "cannot judge", "not applicable", "not asked"]), st.just("") | labels
    )
    columns = drawing(st.integers(1, 8))
    labelled = drawing(st.booleans())
    rows = []
    for n in range(drawing(st.integers(1, 8))):
        cells = [
            HeatCell(
                drawing(stages | gaps), f"P{n}.{k}" if labelled else "", drawing(labels), agreed=drawing(st.booleans())
            )
            for k in range(columns)
        ]
        rows.append(HeatRow(f"P{n}", drawing(labels), tuple(cells)))
    return Heat(
        drawing(labels),
        tuple(rows),
        columns=() if labelled else tuple(drawing(labels) for _ in range(columns)),
        stage_names=STAGES,
        subtitle=drawing(labels),
        source=drawing(labels),
    )


@examples(40)
@given(radars(), sizes)
def test_whatever_a_radar_is_called_nothing_is_cut_and_nothing_collides(chart: Radar, size: Size) -> None:
    check_room(on_sheet(chart, size))


@examples(40)
@given(dot_charts(), sizes)
def test_whatever_a_row_of_dots_is_called_nothing_is_cut_and_nothing_collides(chart: Dots, size: Size) -> None:
    check_room(on_sheet(chart, size))


@examples(30)
@given(heats(), sizes)
def test_whatever_a_heat_table_is_called_nothing_is_cut_and_nothing_collides(table: Heat, size: Size) -> None:
    check_room(on_sheet(table, size))


@pytest.mark.parametrize("name", ["leer", "anfaengerkreis", "stadt-ein-dezernat", "zersplitterter-kreis"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_is_cut_or_collides_in_the_examples(name: str, language: Language) -> None:
    findings = example(name, language)

    for size in SIZES:
        check_room(on_sheet(profile(findings), size))
        check_room(on_sheet(dots(findings), size))
        check_room(on_sheet(heat(findings), size))


@every_size
def test_the_words_of_the_axes_break_only_where_half_a_page_leaves_no_choice(size: Size) -> None:
    chart = profile(example("stadt-ein-dezernat"))
    said = texts_in(ElementTree.fromstring(on_sheet(chart, size).svg))

    words = {word for axis in chart.axes for word in axis.label.split()}
    broken = words - {word for text in said for word in text.split()}
    assert (broken == set()) == (size != "half")  # on half a page the longest break at their seams
    assert size != "half" or {"Gegenstrom-", "prinzip", "Planungs-", "philosophie"} <= set(said)


def test_a_missing_value_is_a_gap_in_the_drawing_and_a_word_at_its_axis() -> None:
    chart = profile(example("leer"))
    svg = parsed(chart_file(example("leer"), "radar", "full", "svg"))

    assert drawn(chart).traces[0].marks == ()
    assert texts_in(svg).count("kein Wert") == 8
    assert text_alternative(chart).count("Ergebnis: kein Wert") == 8


def test_letters_that_the_font_does_not_have_break_no_file() -> None:
    odd = replace(everything(), sheet=replace(everything().sheet, municipality="Neustadt 🏙️ 中 \u202e"))

    for format in get_args(Format):
        assert chart_file(odd, "dots", "half", format)
    outlines = chart_file(odd, "dots", "half", "svg", outlines=True)
    assert ord("中") not in glyphs()
    assert parsed(outlines).tag == f"{SVG}svg"
