"""Word documents: real styles, captions and tables, everything of the outline in them, nothing of the people behind."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from scoring.model.wording import LANGUAGES, Language
from selfcheck.charts.radar import text_alternative
from selfcheck.ground.typesetting import UNDATED
from selfcheck.office.text import clean
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
from selfcheck.reports.word.docx import docx
from selfcheck.reports.word.styles import WordLook
from selfcheck.reports.word.tables import Cells, widths_of
from tests.drawn import examples
from tests.selfcheck.test_reports import BLOCKS, CHART, ENDLESS, REPORT, STRANGE, flooded, letters, real_report, texts

pytestmark = pytest.mark.thorough

PLAIN = replace(REPORT, blocks=(Paragraph("Nur ein Absatz."),))
HOSTILE = (
    "<w:p>&amp;</w:p> ]]> <!-- --> <?xml?> {text} {{ text }} %s \\1",
    "Glocke\x07 Null\x00 Seite\x0c Surrogat\ud83d\udc00 Ende\ufffe",
    STRANGE,
    "⟦ ⟧ ⟦⟧ ⟧⟦ ⟦Lücke⟧ ⟦⟦doppelt⟧⟧",
    "\u202eumgedreht\u2066 \u200f",
    *ENDLESS,
)
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens spacing ind contextualSpacing mirrorIndents jc textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps color spacing kern sz szCs highlight u shd vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW tcBorders shd noWrap tcMar vAlign",
    "pBdr": "top left bottom right between bar",
    "sectPr": "headerReference footerReference type pgSz pgMar cols vAlign titlePg docGrid",
    "style": "name aliases basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "zoom autoHyphenation consecutiveHyphenLimit hyphenationZone characterSpacingControl compat decimalSymbol "
    "listSeparator",
    "numbering": "numPicBullet abstractNum num",
    "lvl": "start numFmt lvlText lvlJc pPr rPr",
}
"""What Word expects in which order; it calls a file with another one damaged."""


def opened(data: bytes) -> WordDocument:
    return Document(BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def written(data: bytes) -> str:
    """All letters of the text and of the text alternatives, in order."""
    said = (node.text or "" if node.tag == qn("w:t") else node.get("descr", "") for node in opened(data).element.iter())
    return letters("".join(said))


def paragraphs(document: WordDocument) -> Iterator[WordParagraph]:
    """Every paragraph, those in cells too."""
    for node in document.element.body.iter(qn("w:p")):
        yield WordParagraph(node, document._body)


def numbers_of(document: WordDocument) -> list[int]:
    """The list that each numbered paragraph belongs to."""
    items = of_style(document, "List Number")
    return [int(item._p.xpath("w:pPr/w:numPr/w:numId")[0].get(qn("w:val"))) for item in items]


def room_in(document: WordDocument) -> int:
    """Between the margins, in twentieths of a point."""
    (section,) = document.element.body.findall(qn("w:sectPr"))
    page, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    return int(page.get(qn("w:w"))) - sum(int(margins.get(qn(f"w:{side}"))) for side in ("left", "right"))


def style_of(paragraph: WordParagraph) -> str:
    assert paragraph.style is not None
    return str(paragraph.style.name)


def of_style(document: WordDocument, *names: str) -> list[WordParagraph]:
    return [paragraph for paragraph in paragraphs(document) if style_of(paragraph) in names]


def levels(document: WordDocument) -> list[tuple[int, str]]:
    """Level and words of every heading, by what the style says about the outline."""
    found = []
    for paragraph in paragraphs(document):
        assert paragraph.style is not None
        level = paragraph.style.element.find(f".//{qn('w:outlineLvl')}")
        if level is not None:
            found.append((int(level.get(qn("w:val"))) + 1, paragraph.text))
    return found


def misplaced(data: bytes) -> list[str]:
    """Children that stand where Word does not expect them."""
    found = []
    for name, content in parts(data).items():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for parent in etree.fromstring(content).iter():
            order = ORDER.get(etree.QName(parent).localname)
            if order is None or etree.QName(parent).namespace != etree.QName(qn("w:p")).namespace:
                continue
            names = [etree.QName(child).localname for child in parent]
            places = [order.split().index(child) if child in order.split() else -1 for child in names]
            if etree.QName(parent).localname == "settings":
                places = [place for place in places if place >= 0]
            if -1 in places or places != sorted(places):
                found.append(f"{name}: {etree.QName(parent).localname}: {' '.join(names)}")
    return found


@pytest.fixture(scope="module")
def report() -> bytes:
    return docx(REPORT)


# --- structure


def test_headings_have_the_heading_styles_of_their_level_in_the_order_of_the_outline(report: bytes) -> None:
    document = opened(report)
    wanted = [(block.level, block.text) for block in BLOCKS if isinstance(block, Heading)]
    assert levels(document) == wanted
    names = [style_of(p) for p in of_style(document, "Heading 1", "Heading 2", "Heading 3")]
    assert names == [f"Heading {level}" for level, _ in wanted]


def test_the_contents_lead_to_every_chapter(report: bytes) -> None:
    document = opened(report)
    links = [(node.get(qn("w:anchor")), "".join(t.text for t in node.iter(qn("w:t")))) for node in document.element.iter(
        qn("w:hyperlink")
    )]  # fmt: skip
    marks = {node.get(qn("w:name")): WordParagraph(node.getparent(), document._body).text for node in
             document.element.iter(qn("w:bookmarkStart"))}  # fmt: skip
    assert [marks[anchor] for anchor, _ in links] == [text for _, text in links]
    assert [text for _, text in links] == [b.text for b in BLOCKS if isinstance(b, Heading) and b.level < 3]


def test_every_table_has_a_header_row_a_caption_above_it_and_a_description(report: bytes) -> None:
    document = opened(report)
    (table,) = document.tables
    first, *others = table._tbl.findall(qn("w:tr"))
    assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert [row for row in others if row.find(f".//{qn('w:tblHeader')}") is not None] == []
    caption = WordParagraph(table._tbl.getprevious(), document._body)
    assert (style_of(caption), caption.text) == ("Caption", "Tabelle 1: Werte des Profils")
    said = {etree.QName(node).localname: node.get(qn("w:val")) for node in table._tbl.tblPr}
    assert said["tblCaption"] == "Werte des Profils"
    assert "Perspektive, Wert, Stand" in said["tblDescription"]


def test_captions_are_counted_by_word_itself_each_kind_for_itself() -> None:
    figure, table = Figure(CHART, "Profil"), Table("Werte", (ReportColumn("a"),), (("1",),))
    document = opened(docx(replace(REPORT, blocks=(figure, table, figure, table))))
    captions = [p.text for p in of_style(document, "Caption")]
    assert captions == ["Abbildung 1: Profil", "Tabelle 1: Werte", "Abbildung 2: Profil", "Tabelle 2: Werte"]
    codes = [node.text.split()[:2] for node in document.element.iter(qn("w:instrText")) if "SEQ" in node.text]
    assert codes == [["SEQ", "Abbildung"], ["SEQ", "Tabelle"]] * 2


def test_every_picture_has_an_alternative_that_holds_the_values() -> None:
    silent = replace(CHART, description="")
    document = opened(docx(replace(REPORT, blocks=(Figure(CHART, "a"), Figure(silent, "b")))))
    said = [node.get("descr") for node in document.element.iter(qn("wp:docPr"))]
    assert said == [CHART.description, text_alternative(silent)]
    assert "2,5" in said[1]
    assert len({node.get("id") for node in document.element.iter(qn("wp:docPr"))}) == 2


def test_a_chart_is_a_drawing_with_a_picture_for_programs_that_show_none(report: bytes) -> None:
    kinds = {name.rpartition(".")[2]: content for name, content in parts(report).items() if "/media/" in name}
    assert kinds["png"].startswith(b"\x89PNG")
    assert b"<svg" in kinds["svg"]
    assert b"<text" not in kinds["svg"]


def test_numbered_lists_begin_with_one_each_time() -> None:
    lists = (Bullets(("a", "b"), numbered=True), Paragraph("Dazwischen."), Bullets(("c", "d"), numbered=True))
    document = opened(docx(replace(REPORT, blocks=lists)))
    numbers = numbers_of(document)
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    definitions = document.part.numbering_part.element
    for number in numbers:
        (start,) = definitions.xpath(f"w:num[@w:numId={number}]/w:lvlOverride/w:startOverride")
        assert start.get(qn("w:val")) == "1"


def test_two_tables_that_follow_each_other_stay_two() -> None:
    table = Table("", (ReportColumn("a"),), (("1",),))
    document = opened(docx(replace(REPORT, blocks=(table, table))))
    assert len(document.tables) == 2
    assert all(isinstance(a, WordParagraph) or isinstance(b, WordParagraph)
               for a, b in pairwise(document.iter_inner_content()))  # fmt: skip


def test_a_new_page_begins_with_what_follows_and_not_with_an_empty_paragraph() -> None:
    document = opened(docx(replace(PLAIN, blocks=(Paragraph("a"), NewPage(), NewPage(), Paragraph("b"), NewPage()))))
    turning = [p.text for p in paragraphs(document) if p.paragraph_format.page_break_before]
    assert turning == ["a", "b"]
    assert [p.text for p in document.paragraphs][-1] == "b"


# --- what is said


def test_every_text_of_the_outline_stands_in_the_document(report: bytes) -> None:
    said = written(report)
    assert [text for text in texts(REPORT) if letters(text) not in said] == []


@pytest.mark.parametrize(("language", "seed"), [("de", 1), ("en", 2), ("de", 3)])
def test_every_text_of_a_real_report_stands_in_the_document(language: Language, seed: int) -> None:
    outline = real_report(language, seed)
    data = docx(outline)
    said = written(data)
    assert [text for text in texts(outline) if letters(text) not in said] == []
    assert levels(opened(data)) == [(b.level, b.text) for b in outline.blocks if isinstance(b, Heading)]
    assert misplaced(data) == []


@pytest.mark.parametrize("cover", [True, False])
def test_the_variant_is_said_on_the_first_page_and_on_all_others(cover: bool) -> None:
    document = opened(docx(replace(REPORT, cover=cover)))
    assert any(REPORT.variant in paragraph.text for paragraph in document.paragraphs[:6])
    assert REPORT.variant in document.sections[0].header.paragraphs[0].text


def test_a_paper_without_a_cover_begins_with_its_head_and_goes_on_below_it() -> None:
    document = opened(docx(replace(REPORT, cover=False)))
    assert "Inhalt" not in [paragraph.text for paragraph in paragraphs(document)]
    begins = next(p for p in document.paragraphs if p.text == "Auf einen Blick")
    assert begins.paragraph_format.page_break_before is None
    covered = opened(docx(REPORT))
    begins = next(p for p in covered.paragraphs if p.text == "Auf einen Blick")
    assert begins.paragraph_format.page_break_before is True


def test_a_title_page_without_a_name_has_its_line_all_the_same() -> None:
    first = opened(docx(replace(REPORT, municipality=""))).paragraphs[0]
    assert first.text == REPORT.title
    assert first._p.find(f"{qn('w:pPr')}/{qn('w:pBdr')}/{qn('w:top')}") is not None


def test_every_page_but_the_title_page_counts_itself(report: bytes) -> None:
    section = opened(report).sections[0]
    codes = [node.text.strip() for node in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert section.different_first_page_header_footer
    assert section.first_page_footer.is_linked_to_previous


def test_gaps_are_marked_wherever_they_stand_and_nothing_else_is() -> None:
    gap = "⟦Datum der Sitzung⟧"
    blocks: tuple[Block, ...] = (
        Heading(1, f"Am {gap}"),
        Paragraph(f"Vor {gap} und nach {gap}."),
        Bullets((f"a {gap}",)),
        Table(f"Werte {gap}", (ReportColumn(gap), ReportColumn("b")), ((gap, gap),)),
        FactList(((gap, gap),)),
        Callout("step", gap, gap, FactList((("a", gap),))),
        Paragraph("⟦⟧ und ⟦offen"),
    )
    document = opened(docx(replace(REPORT, title=f"Titel {gap}", cover=False, blocks=blocks)))
    marked = [run.text for p in paragraphs(document) for run in p.runs if run.style.name == "Selbstcheck Lücke"]
    assert marked == [gap] * 14
    gaps = document.styles["Selbstcheck Lücke"]
    assert gaps.font.bold
    assert gaps.element.find(f".//{qn('w:shd')}").get(qn("w:fill")) == "E2E5EA"


@pytest.mark.parametrize(("language", "locale"), [("de", "de-DE"), ("en", "en-GB")])
def test_the_document_says_its_language_and_its_title(language: Language, locale: str) -> None:
    document = opened(docx(replace(PLAIN, language=language)))
    assert document.core_properties.language == locale
    assert document.core_properties.title == "Musterstadt an der Beispielau – Empfehlungsbericht"
    assert {node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:lang"))} == {locale}


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_words_are_in_the_language_of_the_report(language: Language) -> None:
    said = written(docx(replace(REPORT, language=language)))
    words = {"de": ("Tabelle1", "Abbildung1", "Inhalt"), "en": ("Table1", "Figure1", "Contents")}
    assert [word for word in words[language] if word not in said] == []
    assert [word for other in words if other != language for word in words[other] if word in said] == []


def test_nothing_tells_who_wrote_the_document_and_when(report: bytes) -> None:
    about = opened(report).core_properties
    assert (about.author, about.last_modified_by, about.comments, about.keywords) == ("", "", "", "")
    with ZipFile(BytesIO(report)) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert about.created == about.modified == UNDATED
    assert [name for name, content in parts(report).items() if re.search(rb"python-docx|rsid", content)] == []


def test_the_same_outline_gives_the_same_bytes(report: bytes) -> None:
    assert docx(REPORT) == report
    assert docx(REPORT, created=datetime(2026, 11, 22, tzinfo=UTC)) != report


# --- what Word insists on


def test_everything_stands_where_word_expects_it(report: bytes) -> None:
    assert misplaced(report) == []
    assert misplaced(docx(replace(REPORT, cover=False, municipality="", variant=""))) == []


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_text_can_neither_break_the_document_nor_get_lost_in_it(text: str) -> None:
    data = docx(flooded(text))
    assert misplaced(data) == []
    assert letters(clean(text))[:900] in written(data)


EVERYWHERE = st.text(st.characters(), max_size=60)


@examples(40)
@given(EVERYWHERE, EVERYWHERE, st.booleans())
def test_any_text_stays_text(one: str, other: str, cover: bool) -> None:
    blocks: tuple[Block, ...] = (
        Heading(2, one),
        Paragraph(other),
        Bullets((one, other), numbered=True),
        Table(one, (ReportColumn(other), ReportColumn(one, number=True)), ((one, other), (other, one))),
        FactList(((one, other),)),
        Callout("question", other, one),
    )
    report = replace(PLAIN, title=one, municipality=other, variant=one, cover=cover, blocks=blocks)
    data = docx(report)
    document = opened(data)
    assert document.paragraphs != []
    assert [cell.text for cell in document.tables[0].rows[1].cells] == [shown(one), shown(other)]
    said = written(data)
    assert [text for text in texts(blocks) if letters(clean(text)) not in said] == []


def shown(text: str) -> str:
    """The text as python-docx reads it back from Word's own marks."""
    return clean(text).translate({0xAD: None, 0x2010: "-", 0x2011: "-"})


# --- tables


def test_no_table_is_wider_than_the_text() -> None:
    document = opened(docx(real_report("de", 4)))
    assert len(document.tables) > 9
    for table in document.tables:
        assert sum(width_of_columns(table)) <= room_in(document)


def width_of_columns(table: WordTable) -> list[int]:
    return [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.findall(qn("w:gridCol"))]


WORDS = st.text(st.sampled_from("aMw -ß\n"), max_size=120)


@st.composite
def tables(draw: Any) -> Table:
    count = draw(st.integers(1, 7))
    columns = tuple(ReportColumn(draw(WORDS), draw(st.integers(1, 12)), draw(st.booleans())) for _ in range(count))
    rows = draw(st.lists(st.tuples(*[WORDS] * count), max_size=5))
    return Table("Werte", columns, tuple(rows))


@examples(60)
@given(tables(), st.integers(2000, 15000))
def test_the_columns_share_exactly_the_width_there_is(table: Table, width: int) -> None:
    cells = Cells(table, WordLook(width))
    widths = widths_of(cells)
    assert sum(widths) == width
    assert min(widths) > 0


def test_a_column_is_as_wide_as_its_longest_word_and_short_texts_get_one_line() -> None:
    rows = (("P8 Gegenstromprinzip", "zu wenige Angaben", "Was das heißt, steht hier in vielen Worten. " * 4),)
    cells = Cells(
        Table("", (ReportColumn("Perspektive"), ReportColumn("Wert"), ReportColumn("Das heißt", 9)), rows),
        WordLook(9354),
    )
    widths = widths_of(cells)
    assert all(width >= cells.needed(place) for place, width in enumerate(widths))
    assert cells.lines([*widths[:2], 99_999])[1] == 1


def test_long_remarks_may_run_over_pages_and_short_ones_stay_together() -> None:
    outline = replace(PLAIN, blocks=(FactList((("kurz", "Ein Satz."), ("lang", "Wort " * 1000))),))
    short, long = of_style(opened(docx(outline)), "Selbstcheck Angaben")
    assert short.paragraph_format.keep_together is None
    assert long.paragraph_format.keep_together is False


def outline_of(*blocks: Block) -> Outline:
    return replace(PLAIN, blocks=blocks)


def test_a_heading_stays_with_what_follows_and_a_caption_with_its_table() -> None:
    document = opened(docx(outline_of(Heading(1, "a"), Table("Werte", (ReportColumn("a"),), (("1",), ("2",))))))
    kept = {p.text: p.paragraph_format.keep_with_next for p in paragraphs(document)}
    assert kept["Tabelle 1: Werte"]
    assert next(p for p in of_style(document, "Heading 1")).paragraph_format.keep_with_next
    assert (kept["1"], kept["2"]) == (True, None)
