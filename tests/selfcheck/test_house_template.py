"""House templates: a report takes over how the house looks, and nothing that runs, fetches or hides something."""

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from hypothesis import assume, given
from hypothesis import strategies as st

from selfcheck.reading.files import UnusableFile
from selfcheck.reports.blocks import Block, Bullets, Callout, FactList, Heading, Outline, Paragraph, ReportColumn, Table
from selfcheck.reports.word.docx import docx
from selfcheck.reports.word.house_template import LARGEST, check_template, missing_styles, read_template
from selfcheck.reports.word.styles import WordLook
from tests.drawn import examples
from tests.selfcheck.test_docx import levels, numbers_of, of_style, parts, room_in, style_of, width_of_columns, written
from tests.selfcheck.test_reports import REPORT, letters, texts

pytestmark = pytest.mark.thorough

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
BLOCKS: tuple[Block, ...] = (
    Heading(1, "Auf einen Blick"),
    Paragraph("Ein Absatz."),
    Bullets(("erstens", "zweitens"), numbered=True),
    Bullets(("hier", "dort")),
    Table(
        "Werte", (ReportColumn("Perspektive", 3), ReportColumn("Wert")), (("P1 Auftrag", "2"), ("P2 Verfügung", "1"))
    ),
    Heading(2, "Schritte"),
    Callout("step", "Von 0 auf 1", "Zuständigkeiten klären.", FactList((("Vorbereitung", "Stabsstelle"),))),
)
SHORT = replace(REPORT, blocks=BLOCKS)


def seal() -> bytes:
    """The smallest coat of arms: a picture of one blue pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + kind + content + check

    head = chunk(b"IHDR", (1).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00\x1b\x3a\x6b")) + chunk(b"IEND", b"")


def bare() -> WordDocument:
    """A letterhead with the fonts, the coat of arms and the style names of a house."""
    document = Document()
    normal, heading = document.styles["Normal"], document.styles["Heading 1"]
    normal.font.name, normal.font.size = "Georgia", Pt(12)
    heading.font.name, heading.font.size, heading.font.color.rgb = "Bahnschrift", Pt(19), RGBColor(0x7A, 0x10, 0x22)
    heading.element.find(qn("w:name")).set(qn("w:val"), "Überschrift 1")
    table = document.styles.add_style("Selbstcheck Tabelle", WD_STYLE_TYPE.TABLE)
    table.font.name = "Bahnschrift"
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin = Mm(30), Mm(35), Mm(45)
    section.header.paragraphs[0].text = "Stadt Musterhausen · Der Bürgermeister"
    section.header.paragraphs[0].add_run().add_picture(BytesIO(seal()), width=Mm(20))
    section.footer.paragraphs[0].text = "Rathausplatz 1, 99999 Musterhausen"
    document.core_properties.author = "Erika Mustermann"
    return document


def saved(document: WordDocument) -> bytes:
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def house(*before: str, after: tuple[str, ...] = ()) -> bytes:
    document = bare()
    for text in (*before, *after):
        document.add_paragraph(text)
    return saved(document)


HOUSE = house()


def opened(data: bytes) -> WordDocument:
    return Document(BytesIO(data))


def changed(change: Mapping[str, bytes | Callable[[bytes], bytes]], template: bytes = HOUSE) -> bytes:
    """The template with parts replaced, changed or added."""
    made, rest = BytesIO(), dict(change)
    with ZipFile(BytesIO(template)) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            new = rest.pop(name, before.read(name))
            after.writestr(name, new if isinstance(new, bytes) else new(before.read(name)))
        for name, new in rest.items():
            assert isinstance(new, bytes)
            after.writestr(name, new)
    return made.getvalue()


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return change


def related(kind: str, target: str, mode: str = "External") -> Callable[[bytes], bytes]:
    relation = (
        f'<Relationship Id="rId900" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    )
    return replaced(b"</Relationships>", relation.encode())


def lone(kind: str, target: str) -> bytes:
    """The relations of a part that had none."""
    return related(kind, target)(f'<Relationships xmlns="{RELATIONS}"></Relationships>'.encode())


def in_text(xml: str) -> Callable[[bytes], bytes]:
    return replaced(b"<w:sectPr", f"<w:p>{xml}</w:p><w:sectPr".encode())


def instruction(*pieces: str) -> str:
    return "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)


# --- what is taken over


def test_a_report_stands_on_the_paper_of_the_house() -> None:
    made = opened(docx(SHORT, HOUSE))
    section = made.sections[0]
    assert section.header.paragraphs[0].text == "Stadt Musterhausen · Der Bürgermeister"
    assert section.footer.paragraphs[0].text == "Rathausplatz 1, 99999 Musterhausen"
    assert [part.blob for part in section.header.part.related_parts.values()] == [seal()]
    assert (section.left_margin, section.right_margin, section.top_margin) == (
        bare().sections[0].left_margin,
        bare().sections[0].right_margin,
        bare().sections[0].top_margin,
    )


def test_headings_and_text_take_the_styles_of_the_house_by_their_german_names_too() -> None:
    made = opened(docx(SHORT, HOUSE))
    (first,) = [paragraph for paragraph in made.paragraphs if paragraph.text == "Auf einen Blick" and
                style_of(paragraph) == "Überschrift 1"]  # fmt: skip
    assert first.style is not None
    assert (first.style.font.name, first.style.font.size) == ("Bahnschrift", Pt(19))
    assert made.styles["Normal"].font.name == "Georgia"
    assert [style.name for style in made.styles].count("Heading 1") == 0
    assert levels(made) == [(1, "Auf einen Blick"), (2, "Schritte")]


def test_a_style_with_our_name_decides_about_tables() -> None:
    (table,) = opened(docx(SHORT, HOUSE)).tables
    assert table.style is not None
    assert (table.style.name, table.style.font.name) == ("Selbstcheck Tabelle", "Bahnschrift")


def test_what_the_house_has_no_style_for_gets_ours_in_its_colour_and_size() -> None:
    styles = opened(docx(SHORT, HOUSE)).styles
    assert styles["Selbstcheck Marke"].font.color.rgb == RGBColor(0x7A, 0x10, 0x22)
    plain = opened(docx(SHORT)).styles
    assert styles["Selbstcheck Angaben"].font.size > plain["Selbstcheck Angaben"].font.size
    assert styles["Selbstcheck Tabellentext"].font.name is None


def test_a_colour_that_nobody_could_read_is_not_taken_over() -> None:
    pale = bare()
    pale.styles["Überschrift 1"].font.color.rgb = RGBColor(0xFF, 0xE0, 0x80)
    styles = opened(docx(SHORT, saved(pale))).styles
    assert styles["Selbstcheck Marke"].font.color.rgb == RGBColor(0x1A, 0x1A, 0x1A)


def test_every_text_of_the_report_stands_in_it_and_its_tables_fit_its_margins() -> None:
    data = docx(SHORT, HOUSE)
    said = written(data)
    assert [text for text in texts(SHORT) if letters(text) not in said] == []
    made = opened(data)
    assert sum(width_of_columns(made.tables[0])) == room_in(made) < room_in(opened(docx(SHORT)))


def test_a_template_of_its_own_making_gives_a_report_again() -> None:
    again = docx(SHORT, docx(SHORT))
    said = written(again)
    assert [text for text in texts(SHORT) if letters(text) not in said] == []
    assert said.count(letters("Zuständigkeiten klären.")) == 1


def test_a_template_without_header_and_footer_gets_ours() -> None:
    section = opened(docx(SHORT, saved(Document()))).sections[0]
    assert section.header.paragraphs[0].text.startswith("Musterstadt an der Beispielau · Empfehlungsbericht")
    assert "PAGE" in "".join(node.text for node in section.footer._element.iter(qn("w:instrText")))


def test_the_report_is_the_same_with_the_same_template() -> None:
    assert docx(SHORT, HOUSE) == docx(SHORT, HOUSE)


def test_the_text_of_a_template_makes_room() -> None:
    made = opened(docx(SHORT, house("Sehr geehrte Damen und Herren,", after=("Mit freundlichen Grüßen",))))
    assert made.paragraphs[0].text == SHORT.municipality
    assert [p.text for p in made.paragraphs if "geehrte" in p.text or "freundlichen" in p.text] == []


@pytest.mark.parametrize("marker", ["«Inhalt»", "«content»", "<<Inhalt>>", "{{ inhalt }}", "[[Content]]"])
def test_what_stands_before_the_marker_stays(marker: str) -> None:
    made = opened(docx(SHORT, house("Amt für Planung", "Az. 51-2", after=(marker, "Mit freundlichen Grüßen"))))
    assert [p.text for p in made.paragraphs[:3]] == ["Amt für Planung", "Az. 51-2", SHORT.municipality]
    assert not any("freundlichen" in p.text or "nhalt»" in p.text for p in made.paragraphs)


def test_the_page_is_set_up_as_where_the_marker_stands() -> None:
    document = bare()
    document.add_paragraph("Deckblatt")
    wide = document.add_section(WD_SECTION.NEW_PAGE)
    wide.orientation, wide.page_width, wide.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    document.add_paragraph("«Inhalt»")
    made = opened(docx(SHORT, saved(document)))
    widths = [node.get(qn("w:w")) for node in made.element.iter(qn("w:pgSz"))]
    assert widths == ["11906", "16838"]
    assert sum(width_of_columns(made.tables[0])) == room_in(made) > 12_000


def test_lists_of_the_house_keep_their_numbers_and_begin_anew() -> None:
    template = house("a", after=("b",))
    blocks = (Bullets(("a", "b"), numbered=True), Paragraph("Dazwischen."), Bullets(("c",), numbered=True))
    made = opened(docx(replace(SHORT, blocks=blocks), template))
    numbers = numbers_of(made)
    assert numbers[0] == numbers[1] != numbers[2]


def test_nobody_learns_who_made_the_template() -> None:
    comments = f'<w:comments {nsdecls("w")}><w:comment w:id="1" w:author="Erika Mustermann"/></w:comments>'.encode()
    template = changed(
        {
            "[Content_Types].xml": replaced(
                b"</Types>",
                b'<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                b'wordprocessingml.comments+xml"/></Types>',
            ),
            "word/_rels/document.xml.rels": related("comments", "comments.xml", "Internal"),
            "word/comments.xml": comments,
        }
    )
    made = parts(docx(SHORT, template))
    assert [name for name, content in made.items() if b"Mustermann" in content] == []
    assert "word/comments.xml" not in made
    assert "docProps/thumbnail.jpeg" not in made


def test_a_locked_template_gives_a_paper_that_people_can_work_on() -> None:
    locked = bare()
    locked.settings.element.insert(0, parse_xml(f'<w:documentProtection {nsdecls("w")} w:edit="readOnly"/>'))
    made = opened(docx(SHORT, saved(locked)))
    assert made.settings.element.find(qn("w:documentProtection")) is None


def test_the_styles_that_a_template_lacks_are_named() -> None:
    assert missing_styles(HOUSE) == ()
    poor = bare()
    for name in ("Title", "List Bullet"):
        style = poor.styles[name].element
        style.getparent().remove(style)
    assert missing_styles(saved(poor)) == ("Titel", "Aufzählungszeichen")
    assert missing_styles(saved(poor), "en") == ("Title", "List Bullet")


def test_a_file_is_read_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "vorlage.docx"
    with pytest.raises(UnusableFile, match="does not exist"):
        read_template(path)
    path.write_bytes(HOUSE)
    assert read_template(path) == HOUSE
    with pytest.raises(UnusableFile, match="cannot be read"):
        read_template(tmp_path)


# --- what is refused

MAIN = b"wordprocessingml.document.main+xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
BOMB = b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>'
RUDE: Mapping[str, tuple[bytes, str, str]] = {
    "no file": (b"", "Speichern unter", "Save as"),
    "text": ("Überschrift".encode(), "keine Word-Datei", "no Word file"),
    "pdf": (b"%PDF-1.7\n" + b"x" * 999, "keine Word-Datei", "no Word file"),
    "old Word": (OLE + b"WordDocument" * 99, "Speichern unter", "Save as"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "Kennwort", "password"),
    "too large": (HOUSE + b"\0" * LARGEST, "größer als 5 MB", "larger than 5 MB"),
    "cut": (HOUSE[: len(HOUSE) // 2], "beschädigt", "damaged"),
    "workbook": (
        changed({"[Content_Types].xml": replaced(MAIN, b"spreadsheetml.sheet.main+xml")}), "keine Word-Datei", "no Word file"
    ),
    "empty zip": (b"PK\x05\x06" + bytes(18), "keine Word-Datei", "no Word file"),
    "macros by type": (
        changed({"[Content_Types].xml": replaced(b"vnd.openxmlformats-officedocument." + MAIN,
                                                 b"vnd.ms-word.document.macroEnabled.main+xml")}), "ohne Makros", "without macros"
    ),
    "macros by part": (changed({"word/vbaProject.bin": OLE}), "ohne Makros", "without macros"),
    "template": (changed({"[Content_Types].xml": replaced(MAIN, b"wordprocessingml.template.main+xml")}), ".dotx", ".dotx"),
    "strict": (
        changed({"_rels/.rels": replaced(OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")}),
        "Strict", "Strict"
    ),
    "link": (changed({"word/_rels/document.xml.rels": related("hyperlink", "https://example.org")}), "Link entfernen",
             "remove the link"),
    "linked picture": (
        changed({"word/_rels/document.xml.rels": related("image", "file:///C:/wappen.png")}), "einbetten", "embed"
    ),
    "share": (
        changed({"word/_rels/document.xml.rels": related("image", r"\\server\wappen.png", "Internal")}), "einbetten", "embed"
    ),
    "attached template": (
        changed({"word/_rels/settings.xml.rels": lone("attachedTemplate", "file:///H:/haus.dotm")}), "„Normal“", '"Normal"'
    ),
    "object": (changed({"word/_rels/document.xml.rels": related("oleObject", "embeddings/a.bin", "Internal"),
                        "word/embeddings/a.bin": OLE}), "als Bild einfügen", "paste it as a picture"),
    "outside": (
        changed({"word/_rels/document.xml.rels": related("image", "../../../etc/passwd", "Internal")}), "beschädigt", "damaged"
    ),
    "field": (changed({"word/document.xml": in_text(instruction(' INCLUDETEXT "c:/a.docx" '))}), "INCLUDETEXT", "INCLUDETEXT"),
    "field in pieces": (
        changed({"word/document.xml": in_text(instruction(" INCLUDE", 'PICTURE "https://example.org/a.png"'))}),
        "INCLUDEPICTURE", "INCLUDEPICTURE"
    ),
    "simple field": (
        changed({"word/document.xml": in_text('<w:fldSimple w:instr="dde excel a"/>')}), "Feld DDE", "field DDE"
    ),
    "broken XML": (changed({"word/styles.xml": b"<w:styles"}), "beschädigt", "damaged"),
    "no document": (changed({"word/document.xml": f"<w:document {nsdecls('w')}/>".encode()}), "beschädigt", "damaged"),
    "entities": (changed({"word/document.xml": replaced(b"<w:document", BOMB + b"<w:document")}), "Entitäten", "entities"),
    "outer entity": (
        changed({"word/styles.xml": replaced(b"<w:styles", b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><w:styles')}), "DTD", "DTD"
    ),
    "packed": (changed({"word/media/a.bmp": b"\0" * 30_000_000}), "Entpacken", "unpacked"),
    "much XML": (changed({"word/document.xml": in_text("<w:r/>" * 210_000)}), "Entpacken", "unpacked"),
    "deep XML": (changed({"word/document.xml": in_text("<w:r>" * 150 + "</w:r>" * 150)}), "Entpacken", "unpacked"),
    "many parts": (changed({f"word/media/{n}.png": b"" for n in range(600)}), "Teile", "parts"),
}  # fmt: skip


@pytest.mark.parametrize("kind", RUDE)
def test_what_must_not_come_in_is_refused_in_both_languages_with_what_to_do(kind: str) -> None:
    content, de, en = RUDE[kind]
    with pytest.raises(UnusableFile) as refusal:
        check_template(content, "haus.docx")
    (problem,) = refusal.value.problems
    assert problem.file == "haus.docx"
    assert de in problem.message.de
    assert en in problem.message.en
    assert re.search(r"bitte|wählen|stellen", problem.message.de)
    assert re.search(r"please|choose|set it", problem.message.en)
    with pytest.raises(UnusableFile):
        docx(SHORT, content)


def test_a_field_that_counts_pages_is_welcome() -> None:
    template = changed({"word/document.xml": in_text(instruction(" PAGE ", " HYPERLINK ", r'\l "mark" '))})
    assert opened(docx(SHORT, template)).paragraphs[0].text == SHORT.municipality


# --- whatever comes


def good(data: bytes, outline: Outline) -> bool:
    """Whether a document can be opened and holds every text."""
    said = written(data)
    return all(letters(text) in said for text in texts(outline.blocks))


@examples(40)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", OLE, HOUSE[:400]]))
def test_any_bytes_are_refused_and_break_nothing(content: bytes, begin: bytes) -> None:
    with pytest.raises(UnusableFile):
        docx(SHORT, begin + content)


XML = sorted(name for name in parts(HOUSE) if name.endswith((".xml", ".rels")) and not name.startswith("customXml"))
VALUES = st.sampled_from([b"", b"-1", b"0", b"x", b"99999999999999999999", b"1e9", b"true", b"rId1", "ß".encode()])


@st.composite
def spoilt(draw: Any) -> bytes:
    """A good template with one value, one element or one byte of a part changed."""
    name = draw(st.sampled_from(XML))
    content = parts(HOUSE)[name]
    kind = draw(st.sampled_from(["value", "element", "byte"]))
    pattern = {"value": rb'="[^"]*"', "element": rb"<[^>?]+>", "byte": rb"."}[kind]
    places = list(re.finditer(pattern, content))
    assume(places)
    place = draw(st.sampled_from(places))
    new = b'="' + draw(VALUES) + b'"' if kind == "value" else b"" if kind == "element" else draw(st.binary(max_size=2))
    return changed({name: content[: place.start()] + new + content[place.end() :]})


@examples(80)
@given(spoilt())
def test_a_spoilt_template_is_refused_or_gives_a_whole_report(template: bytes) -> None:
    try:
        made = docx(SHORT, template)
    except UnusableFile:
        return
    assert good(made, SHORT)


@examples(25)
@given(st.integers(0, len(HOUSE) - 1), st.binary(min_size=1, max_size=3))
def test_a_spoilt_package_is_refused_or_gives_a_whole_report(place: int, new: bytes) -> None:
    try:
        made = docx(SHORT, HOUSE[:place] + new + HOUSE[place + len(new) :])
    except UnusableFile:
        return
    assert good(made, SHORT)


def test_a_fault_of_ours_is_not_blamed_on_the_template() -> None:
    broken = replace(SHORT, blocks=(Table("Werte", (ReportColumn("a"), ReportColumn("b")), (("zu wenig",),)),))
    with pytest.raises(ValueError, match="argument"):
        docx(broken, HOUSE)


@pytest.mark.parametrize("role", ["Selbstcheck Step", "Selbstcheck Schritt"])
def test_our_own_names_may_be_given_in_either_language(role: str) -> None:
    document = bare()
    document.styles.add_style(role, WD_STYLE_TYPE.PARAGRAPH).font.name = "Bahnschrift"
    made = opened(docx(SHORT, saved(document)))
    boxes = of_style(made, role)
    assert [paragraph.text.split("\u2003")[-1] for paragraph in boxes] == [
        "Von 0 auf 1",
        "Zuständigkeiten klären.",
        "Stabsstelle",
    ]
    assert WordLook(9000).accent not in str(made.styles[role].element.xml)
