"""Reports: what stands in the outline stands in every format, for everybody, and the same every time."""

import ctypes
import itertools
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import page
import pypdfium2
import pytest
from pypdfium2 import raw as pdfium

from scoring.model.answers import Answer, Sheet
from scoring.model.wording import LANGUAGES, Language
from selfcheck.charts.radar import Axis, Radar, Series
from selfcheck.ground.typesetting import MARKS, MissingAssets, fonts_in, printable
from selfcheck.reading import catalogue
from selfcheck.reports.blocks import (
    Block,
    Bullets,
    Callout,
    FactList,
    Figure,
    Heading,
    NewPage,
    Outline,
    Paragraph,
    ReportColumn,
    Table,
)
from selfcheck.reports.html import html
from selfcheck.reports.outline import outline
from selfcheck.reports.pdf import pdf
from selfcheck.words.findings import Findings

CHART = Radar(
    title="Selbstcheck",
    subtitle="Musterstadt",
    axes=tuple(Axis(f"P{place}", name) for place, name in enumerate(("Auftrag", "Verfügung", "Berichte"), 1)),
    series=(Series("Ergebnis", "result", (Fraction(2), Fraction(5, 2), None)),),
    description="Drei Achsen: Auftrag 2, Verfügung 2,5, Berichte ohne Wert.",
)
STEP = "Beschluss vorbereiten, Zuständigkeiten klären und den Fachausschüssen zur Beratung vorlegen."
BLOCKS: tuple[Block, ...] = (
    Heading(1, "Auf einen Blick"),
    Paragraph("Dieser Bericht zeigt, wo die Stadt steht.", "lead"),
    Paragraph("Eingeschätzt sind 38 von 49 Merkmalen; „offen“ ist nie null – auch nicht bei ≥ 2 §§."),
    Heading(2, "Was stark ist"),
    Bullets(("Folgen des Nichthandelns", "Abstimmung vor den Gremien")),
    Bullets(("Erst der Auftrag", "dann die Verfügung"), numbered=True),
    Callout("step", "Integration der Fachperspektiven", STEP, FactList((("Vorbereitung", "Stabsstelle"),))),
    Callout("question", "Regel R16", "Lässt sich der Auftrag nachholen?"),
    Callout("note", "Zum Lesen", "Die Fläche des Diagramms sagt nichts aus."),
    NewPage(),
    Heading(1, "Profil"),
    Figure(CHART, "Profil der Praxisperspektiven"),
    Table(
        "Werte des Profils",
        (ReportColumn("Perspektive", 6), ReportColumn("Wert", 2, number=True), ReportColumn("Stand", 4)),
        (("P1 Auftrag", "2", "● erfüllt"), ("P2 Verfügung", "2,5", "○ fehlt"), ("P3 Berichte", "–", "▲ Vorrang")),
    ),
    Paragraph("Der Median der eingeschätzten Merkmale.", "note"),
    Heading(1, "Wege"),
    Heading(2, "Beispiele"),
    Heading(3, "Landkreis Musterland: Fachplanungen gebündelt"),
    Heading(1, "Methode"),
    FactList((("Fragebogen", "integrated-planning 2026-1"), ("Prüfsumme", "0489f67a4f90f4237e1791fc17d974d804c4b7f351f6be8a5")),
    ),
)  # fmt: skip
REPORT = Outline(
    language="de",
    title="Empfehlungsbericht",
    subtitle="Selbstcheck integrierte Planung",
    municipality="Musterstadt an der Beispielau",
    date="22.11.2026",
    imprint="Selbsteinschätzung der Kommune, Fragebogen integrated-planning 2026-1. Keine Prüfung.",
    blocks=BLOCKS,
    variant="Intern – nicht für die Veröffentlichung",
)
ENDLESS = ("Donaudampfschiff" * 320, "x" * 5000, "0123456789" * 60, "a.b@c_d/" * 80, "▯—€" * 200)
STRANGE = "👩‍👩‍👧 Büro\u202fmit\u2011Emoji 🏛️, 汉字, עברית, e\u0301 und \u202eumgedreht\u202c\r\n\tneue\x07 Zeile"


def real_report(language: Language, seed: int) -> Outline:
    questionnaire = catalogue.load(catalogue.DEFAULT, catalogue.newest())
    chance = random.Random(seed)
    answers = {
        item.id: chance.choice([Answer(), Answer(cannot_judge=True), *(Answer(o.key) for o in item.scale.options)])
        for perspective in questionnaire.perspectives
        for item in perspective.items
    }
    sheet = Sheet(questionnaire.id, questionnaire.version, "Musterstadt", "2026-11-22", answers=answers)
    return outline(Findings(questionnaire, sheet, language))


def flooded(text: str) -> Outline:
    """The report with the text in every place where words of a municipality may stand."""

    def fill(part: Any) -> Any:
        if isinstance(part, str):
            return text
        if isinstance(part, tuple):
            return tuple(fill(inner) for inner in part)
        if isinstance(part, Radar | ReportColumn) or not is_dataclass(part):
            return part
        kept = {"level", "style", "kind", "language", "numbered", "number", "share"}
        changed = {f.name: fill(getattr(part, f.name)) for f in fields(part) if f.name not in kept}
        return replace(part, **changed)  # type: ignore[type-var]

    filled = fill(REPORT)
    assert isinstance(filled, Outline)
    return filled


def texts(part: Any) -> Iterator[str]:
    """Every text of a part that readers see."""
    match part:
        case Radar():
            for axis in part.axes:
                yield axis.label
        case tuple():
            for inner in part:
                yield from texts(inner)
        case str():
            yield part
        case _ if is_dataclass(part):
            for field in fields(part):
                if field.name not in {"language", "style", "kind"}:
                    yield from texts(getattr(part, field.name))


def letters(text: str) -> str:
    """Only letters and digits: lines, hyphens and blanks are the writer's business."""
    return re.sub(r"[\W_]", "", text)


def pages_of(data: bytes) -> Iterator[str]:
    """The text of each page without running header and footer."""
    document = pypdfium2.PdfDocument(data)
    for place in range(len(document)):
        text = document[place].get_textpage()
        yield text.get_text_bounded() if place == 0 else text.get_text_bounded(bottom=68, top=778)


def tagged(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Every structure element: its type, its text alternative, the scope of a header cell."""
    document = pypdfium2.PdfDocument(data)
    for sheet in document:
        tree = pdfium.FPDF_StructTree_GetForPage(sheet.raw)
        for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            yield from _elements(pdfium.FPDF_StructTree_GetChildAtIndex(tree, place))
        pdfium.FPDF_StructTree_Close(tree)


def _elements(element: Any) -> Iterator[tuple[str, str, str]]:
    alternative = _wide(pdfium.FPDF_StructElement_GetAltText, element)
    yield _wide(pdfium.FPDF_StructElement_GetType, element), alternative, _scope(element)
    for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
        if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, place):
            yield from _elements(child)


def _wide(ask: Callable[..., int], element: Any) -> str:
    size = ask(element, None, 0)
    room = ctypes.create_string_buffer(size)
    ask(element, room, size)
    return room.raw[: max(0, size - 2)].decode("utf-16-le")


def _scope(element: Any) -> str:
    for place in range(pdfium.FPDF_StructElement_GetAttributeCount(element)):
        attributes = pdfium.FPDF_StructElement_GetAttributeAtIndex(element, place)
        value = pdfium.FPDF_StructElement_Attr_GetValue(attributes, b"Scope")
        room, size = ctypes.create_string_buffer(64), ctypes.c_ulong()
        if value and pdfium.FPDF_StructElement_Attr_GetStringValue(value, room, 64, ctypes.byref(size)):
            return room.raw[: size.value].decode("utf-16-le").rstrip("\0")
    return ""


STREAM = re.compile(rb"/Length (\d+)[^>]*>>\s*stream\r?\n")


def complaints(data: bytes) -> list[str]:
    """What the checkers for PDF/UA-1 and PDF/A-2a find wrong.

    The lengths of streams are checked here: the checker takes a last byte that happens to be 13 for a line end.
    """
    wrong = [stream.start() for stream in STREAM.finditer(data) if not _ends_well(data, stream)]
    return [f"stream at {place}: wrong length" for place in wrong] + [
        f"{profile}: {failure.rule_id} {failure.message}"
        for profile in ("ua1", "2a")
        for failure in page.validate_pdf_bytes(data, profile=profile).failures
        if failure.rule_id != "PDFA2A-STREAM-LENGTH-001"
    ]


def _ends_well(data: bytes, stream: re.Match[bytes]) -> bool:
    end = stream.end() + int(stream.group(1))
    return data[end : end + 10] == b"\nendstream"


def outside(data: bytes) -> list[str]:
    """Characters of the PDF that run out of the margins of their page."""
    found = []
    for number, sheet in enumerate(pypdfium2.PdfDocument(data), 1):
        width, height = sheet.get_size()
        text = sheet.get_textpage()
        for place in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(place)
            if right > left and not (left > 40 and right < width - 40 and bottom > 20 and top < height - 20):
                found.append(f"page {number}: {text.get_text_range(place, 1)!r} at {left:.0f}, {bottom:.0f}")
    return found


class Parts(HTMLParser):
    """The elements of a page in order; complains of what is not closed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.starts: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(source)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.starts.append((tag, dict(attrs)))
        if tag not in {"meta", "col"}:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.starts.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data

    def named(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.starts if tag in names]


# --- PDF


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_passes_the_checkers_for_accessibility_and_archives(language: Language) -> None:
    assert complaints(pdf(replace(REPORT, language=language))) == []


@pytest.mark.parametrize(("language", "seed"), [("de", 1), ("en", 2)])
def test_a_real_report_passes_them_too_and_stays_within_its_margins(language: Language, seed: int) -> None:
    data = pdf(real_report(language, seed))
    assert complaints(data) == []
    assert outside(data) == []


def test_the_same_outline_gives_the_same_bytes() -> None:
    assert pdf(REPORT) == pdf(REPORT)
    assert pdf(REPORT, created=datetime(2026, 11, 22, tzinfo=UTC)) != pdf(REPORT)


def test_every_text_of_the_outline_stands_in_the_pdf() -> None:
    written = letters("".join(pages_of(pdf(REPORT))))
    assert [text for text in texts(REPORT) if letters(text) not in written] == []


def test_every_text_of_a_real_report_stands_in_the_pdf() -> None:
    report = real_report("de", 5)
    written = letters("".join(pages_of(pdf(report))))
    assert [text for text in texts(report) if letters(text) not in written] == []


def test_the_pdf_names_itself_and_its_language() -> None:
    data = pdf(REPORT)
    document = pypdfium2.PdfDocument(data)
    assert document.get_metadata_value("Title") == "Musterstadt an der Beispielau – Empfehlungsbericht"
    assert pdfium.FPDFCatalog_GetLanguage(document.raw, None, 0) > 2
    assert b"/Lang(de)" in data.replace(b"/Lang (", b"/Lang(")


def test_the_bookmarks_are_the_headings() -> None:
    marks = [(mark.level + 1, mark.get_title()) for mark in pypdfium2.PdfDocument(pdf(REPORT)).get_toc()]
    assert marks == [(block.level, block.text) for block in BLOCKS if isinstance(block, Heading)]


def test_every_page_but_the_first_says_whose_report_it_is_and_which_page() -> None:
    document = pypdfium2.PdfDocument(pdf(replace(REPORT, language="en")))
    first, *others = (sheet.get_textpage().get_text_bounded() for sheet in document)
    assert "Page 1" not in first
    for number, text in enumerate(others, 2):
        assert "Musterstadt an der Beispielau · Empfehlungsbericht" in text
        assert f"Page {number} of {len(document)}" in text


def test_headers_of_columns_and_rows_are_marked_as_headers() -> None:
    cells = [(kind, scope) for kind, _, scope in tagged(pdf(REPORT)) if kind in {"TH", "TD"}]
    assert cells == [("TH", "Column")] * 3 + [("TH", "Row"), ("TD", ""), ("TD", "")] * 3


def test_the_chart_has_its_text_alternative() -> None:
    assert [alternative for kind, alternative, _ in tagged(pdf(REPORT)) if kind == "Figure"] == [CHART.description]


def test_headings_lists_and_captions_are_tagged() -> None:
    kinds = {kind for kind, _, _ in tagged(pdf(REPORT))}
    assert {"H1", "H2", "H3", "L", "LI", "Table", "Caption", "Figure", "TOC"} <= kinds


def test_marks_are_printed_as_themselves() -> None:
    data = pdf(replace(REPORT, blocks=(Heading(1, "Zeichen"), Paragraph(MARKS), Paragraph(STRANGE))))
    written = "".join(pages_of(data))
    assert [mark for mark in MARKS if mark not in written] == []
    assert "▯ Büro mit-Emoji ▯, ▯▯, ▯▯▯▯▯, é und umgedreht" in " ".join(written.split())


def test_text_that_looks_like_markup_is_only_text() -> None:
    text = '#panic("no") *x* _y_ $z$ <a> @b = c \\ // d /* e [f] {g} ~ --- `h`'
    written = "".join(pages_of(pdf(replace(REPORT, blocks=(Heading(1, text), Paragraph(text))))))
    assert " ".join(written.split()).count(text) == 2


@pytest.mark.parametrize("text", [STRANGE, *ENDLESS], ids=["emoji", "word", "letter", "digits", "address", "signs"])
def test_nothing_that_people_write_breaks_the_pdf_or_runs_out_of_the_page(text: str) -> None:
    data = pdf(flooded(text))
    assert complaints(data) == []
    assert outside(data) == []


@pytest.mark.parametrize(
    "blocks", [(), (NewPage(), Bullets(()), FactList(()), Table("", (ReportColumn(""),), ()), NewPage())]
)
def test_an_empty_report_is_a_report(blocks: tuple[Block, ...]) -> None:
    report = Outline("de", "Bericht", "", "", "", "", blocks)
    assert complaints(pdf(report)) == []
    assert Parts(html(report)).text.split() == ["Bericht", "Bericht"]


def test_missing_fonts_are_told_with_the_command_that_builds_them(tmp_path: Path) -> None:
    with pytest.raises(MissingAssets, match="make assets"):
        fonts_in(tmp_path)


def test_what_cannot_be_printed_is_replaced_and_nothing_else() -> None:
    assert printable("Straße „Größe“ – 3 € ≥ §") == "Straße „Größe“ – 3 € ≥ §"
    assert printable("✓ 🏛️") == "▯ ▯"
    assert printable("✓", marks=MARKS) == "✓"


# --- HTML


def test_every_text_of_the_outline_stands_in_the_html() -> None:
    written = letters(Parts(html(REPORT)).text)
    assert [text for text in texts(REPORT) if letters(text) not in written] == []


def test_the_html_writes_text_as_text() -> None:
    report = flooded("<script>alert(\"1\")</script> & '2'")
    parts = Parts(html(report))
    assert parts.named("script") == []
    assert "<script>alert(\"1\")</script> & '2'" in parts.text


def test_the_html_asks_nobody_for_anything() -> None:
    source = html(REPORT)
    parts = Parts(source)
    assert parts.named("script", "link", "img", "iframe", "object") == []
    assert not re.search(r"url\(|@import", source)
    assert not any("src" in attributes for _, attributes in parts.starts)
    assert all(str(attributes["href"]).startswith("#") for attributes in parts.named("a"))
    assert "default-src 'none'" in source


def test_headings_of_the_html_follow_each_other_without_a_gap() -> None:
    levels = [int(tag[1]) for tag, _ in Parts(html(REPORT)).starts if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_contents_of_the_html_lead_to_the_chapters() -> None:
    parts = Parts(html(REPORT))
    targets = {attributes.get("id") for _, attributes in parts.starts}
    links = [str(attributes["href"]).removeprefix("#") for attributes in parts.named("a")]
    assert len(links) == 4
    assert set(links) <= targets


def test_tables_of_the_html_have_a_caption_and_headers_for_columns_and_rows() -> None:
    parts = Parts(html(REPORT))
    assert len(parts.named("caption")) == len(parts.named("table")) == 1
    assert [cell["scope"] for cell in parts.named("th")] == ["col"] * 3 + ["row"] * 3
    assert len(parts.named("figure")) == len(parts.named("figcaption")) == 1
    assert [drawing["role"] for drawing in parts.named("svg")] == ["img"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_real_report_stands_in_the_html_too(language: Language) -> None:
    report = real_report(language, 3)
    parts = Parts(html(report))
    assert parts.named("html")[0]["lang"] == language
    ids = [attributes["id"] for _, attributes in parts.starts if "id" in attributes]
    assert len(ids) == len(set(ids))
    written = letters(parts.text)
    assert [text for text in texts(report) if letters(text) not in written] == []
