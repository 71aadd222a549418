"""A report as a Word document: real styles, headings, captions and tables, on our paper or on that of the house.

Decisions a reader of the document could ask about:

* The contents are filled in with links and without page numbers: only Word knows its pages. “Update field” adds them.
* Callouts are paragraphs with lines and fill, not tables of one cell: they are read aloud as text.
* Charts are drawings with outlined letters, and a picture for programs that show no drawings.
* Nothing depends on a clock: the same outline gives the same bytes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any, assert_never

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from selfcheck.charts.files import picture
from selfcheck.charts.lettering import width_of
from selfcheck.charts.looks import Chart
from selfcheck.charts.outlined import outlined
from selfcheck.ground.i18n import translator
from selfcheck.ground.typesetting import UNDATED, MissingAssets
from selfcheck.office.document import describe, packed
from selfcheck.office.text import one_line
from selfcheck.reading.files import UnusableFile
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
    Table,
)
from selfcheck.reports.figures import drawn
from selfcheck.reports.layout_words import words as words_of_layouts
from selfcheck.reports.word import file as word_file
from selfcheck.reports.word.bricks import computed, element, field_end, field_start, filled, line_end, run, tab, words
from selfcheck.reports.word.house_template import BROKEN, opened, refused
from selfcheck.reports.word.styles import WordLook, complete, look_of
from selfcheck.reports.word.tables import near_an_end, table_of

PER_MM = 36_000
"""English metric units in a millimetre."""
TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""
WIDEST_MM = 118
"""Of a chart: it shares its page with the table of its values."""
FEW_CHAPTERS = 3
MANY_HEADINGS = 20
INTRODUCTION = 900
"""Characters of a paragraph that stays with what it introduces."""
SHORT_BOX = 1500
"""Characters of what stays on one page as a whole."""
LIKELY = 0.8 * 0.92
"""Size of the footer, and how much of their upper bound its letters take, with those of Arial."""
PAGES = 75
"""Room for “Seite 10 von 19” in points."""
ASIDE = 1531
"""Running text is 27 mm narrower than tables: lines of about 80 characters."""


def docx(outline: Outline, template: bytes | None = None, *, created: datetime = UNDATED) -> bytes:
    """The report as a Word document, in the styles and on the paper of a house template if there is one.

    Raises UnusableFile for a template that may not be used, MissingAssets when the fonts of charts have not been built.
    """
    if template is None:
        return _written(outline, word_file.blank(), created, house=False)
    try:
        return _written(outline, opened(template), created, house=True)
    except (UnusableFile, MissingAssets):
        raise
    except Exception as error:  # a template may hold values that no library can make sense of
        docx(outline, created=created)  # what fails on our own paper too is not the fault of the template
        raise refused(BROKEN) from error


def _written(outline: Outline, document: WordDocument, created: datetime, *, house: bool) -> bytes:
    styles, settings = document.styles.element, document.settings.element
    width = _text_width(document.sections[-1])
    look = replace(look_of(styles, width) if house else WordLook(width, aside=ASIDE), compact=not outline.cover)
    paper = _Paper(document, outline, look, complete(styles, look, outline.language))
    _lists(paper)
    _opening(paper)
    for place, block in enumerate(outline.blocks):
        _write(paper, block, outline.blocks[place + 1] if place + 1 < len(outline.blocks) else None)
    paper.close()
    if next(document.element.body.iter(qn("w:headerReference"), qn("w:footerReference")), None) is None:
        _running_texts(paper)
    word_file.speak(document, outline.language)
    word_file.unlock(settings)
    word_file.hyphenate(settings)
    describe(document, _named(outline, " – "), outline.language, created)
    word_file.drop_traces(document)
    return packed(document)


@dataclass(slots=True)
class _Paper:
    """A document while it is written."""

    document: WordDocument
    outline: Outline
    look: WordLook
    roles: dict[str, str]
    lists: dict[str, int] = field(default_factory=dict)
    charts: Iterator[int] = field(default_factory=lambda: count(1))
    bookmarks: Iterator[int] = field(default_factory=lambda: count(1001))
    numbers: dict[str, int] = field(default_factory=lambda: {"table": 0, "figure": 0})
    turns: bool = False
    """Whether the next paragraph begins a page."""
    below_table: bool = False

    def paragraph(self, role: str, *runs: Any, keep: bool = False, before: float | None = None) -> WordParagraph:
        """Add a paragraph; on a new page nothing stands above it, below a table there is some room."""
        made = WordParagraph(self.document.element.body.add_p(), self.document._body)
        made._p.style = self.roles[role]
        made._p.extend(runs)
        look = made.paragraph_format
        if keep:
            look.keep_with_next = True
        if before is None and self.below_table and not role.startswith("heading"):
            before = 11
        if self.turns:
            look.page_break_before, before = True, 0
        if before is not None:
            look.space_before = Pt(before)
        self.turns = self.below_table = False
        return made

    def said(self, text: str, role: str | None = None) -> list[Any]:
        """The runs of a text."""
        return words(text, self.roles, role)

    def add(self, table: Any) -> None:
        """Add a table; two that follow each other would become one."""
        if self.turns or self.below_table:
            self._spacer()
        self.document.element.body.insert_element_before(table, "w:sectPr")
        self.below_table = True

    def close(self) -> None:
        """A table at the very end needs a paragraph after it."""
        if self.below_table:
            self._spacer()

    def _spacer(self) -> None:
        look = self.paragraph("cell", before=0).paragraph_format
        look.line_spacing = Pt(4)


def _write(paper: _Paper, block: Block, following: Block | None) -> None:
    match block:
        case Heading(level, text):
            _heading(paper, level, text)
        case Paragraph(text, style):
            introduces = isinstance(following, Table | Callout | Bullets) and style != "lead"
            role = "text" if style == "normal" else style
            paper.paragraph(role, *paper.said(text), keep=introduces and len(text) < INTRODUCTION)
        case Bullets(items, numbered):
            _bullets(paper, items, numbered)
        case Table():
            _table(paper, block)
        case Figure(chart, caption):
            _figure(paper, chart, caption)
        case FactList(entries):
            _facts(paper, entries)
        case Callout():
            _callout(paper, block)
        case NewPage():
            paper.turns = True
        case _:
            assert_never(block)


def _heading(paper: _Paper, level: int, text: str) -> None:
    made = paper.paragraph(f"heading-{level}", keep=True)
    mark = next(paper.bookmarks)
    start = element("w:bookmarkStart", id=mark, name=f"_Toc{mark:09}")
    made._p.extend([start, *paper.said(one_line(text, 1000)), element("w:bookmarkEnd", id=mark)])
    if made.style is not None and made.style.element.find(f".//{qn('w:outlineLvl')}") is None:
        made._p.get_or_add_pPr().append(element("w:outlineLvl", val=level - 1))


def _bullets(paper: _Paper, items: Sequence[str], numbered: bool) -> None:
    role = "number" if numbered else "bullet"
    number = paper.lists[role]
    if numbered and items:
        number = word_file.restarted(word_file.numbering(paper.document), number)
    for place, item in enumerate(items):
        made = paper.paragraph(
            role, *paper.said(item), keep=len(item) < INTRODUCTION and near_an_end(place, len(items))
        )
        if numbered:
            properties = made._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = number
        if place == len(items) - 1 and not paper.look.house:
            made.paragraph_format.space_after = Pt(8)


def _facts(paper: _Paper, entries: Sequence[tuple[str, str]]) -> None:
    room = paper.look.label / 20 - 4
    for place, (term, said) in enumerate(entries):
        seam = tab() if width_of(term, paper.look.size / 2 * 0.9) <= room and "\n" not in term else line_end()
        before = 8 if place == 0 else None
        runs = (*paper.said(term, "strong"), seam, *paper.said(said))
        short = len(said) < INTRODUCTION
        made = paper.paragraph("facts", *runs, keep=short and near_an_end(place, len(entries)), before=before)
        if not short:
            made.paragraph_format.keep_together = False


def _callout(paper: _Paper, it: Callout) -> None:
    role = "note-box" if it.kind == "note" else it.kind
    kind = run(words_of_layouts(paper.outline.language)[it.kind], paper.roles["mark"])
    title = [run("\u2003"), *paper.said(it.title, "strong")] if it.title else []
    facts = it.facts.entries if it.facts else ()
    parts = [[kind, *title], paper.said(it.text)]
    parts += [[*paper.said(term, "strong"), run("\u2003"), *paper.said(said)] for term, said in facts]
    short = len(it.text) + sum(len(said) for _, said in facts) < SHORT_BOX
    for place, runs in enumerate(parts, 1):
        first, last = place == 1, place == len(parts)
        made = paper.paragraph(role, *runs, keep=first or (short and not last), before=14 if first else None)
        made.paragraph_format.keep_together = short or None
        if last:
            made.paragraph_format.space_after = Pt(16)


def _table(paper: _Paper, it: Table) -> None:
    if not it.columns:
        return
    _ = translator(paper.outline.language)
    if it.caption.strip():
        paper.paragraph("caption", *_caption(paper, "table", it.caption), keep=True)
    titles = ", ".join(column.title for column in it.columns)
    description = _("Columns: {columns}. The first column names the row.").format(columns=titles)
    paper.add(table_of(it, paper.roles, paper.look, description))


def _caption(paper: _Paper, kind: str, caption: str) -> list[Any]:
    """The caption with a number that Word counts itself, and by which it can make a list of tables."""
    _ = translator(paper.outline.language)
    paper.numbers[kind] += 1
    label = _("Table") if kind == "table" else _("Figure")
    pattern = _("Table {number}: {caption}") if kind == "table" else _("Figure {number}: {caption}")
    number = computed(f"SEQ {label} \\* ARABIC", str(paper.numbers[kind]))
    return filled(pattern, {"number": number, "caption": paper.said(caption)})


# --- charts ----------------------------------------------------------------------------------------------------------

_DRAWING = """<w:drawing {names}>
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{id}" name=""/>
<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>
<pic:nvPicPr><pic:cNvPr id="{id}" name=""/><pic:cNvPicPr><a:picLocks noChangeAspect="1"/></pic:cNvPicPr></pic:nvPicPr>
<pic:blipFill><a:blip r:embed="{picture}"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">
<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{drawing}"/></a:ext></a:extLst>
</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"""


def _figure(paper: _Paper, chart: Chart, caption: str) -> None:
    paper.paragraph("figure", element("w:r", _drawing(paper, chart)), keep=bool(caption.strip()))
    if caption.strip():
        made = paper.paragraph("caption", *_caption(paper, "figure", caption), before=4)
        made.paragraph_format.space_after = Pt(14)


def _drawing(paper: _Paper, chart: Chart) -> Any:
    """Title, date and source stand on the page already; the text alternative holds every value."""
    number, room = next(paper.charts), int(paper.look.width / TWIPS)
    printed = drawn(chart, room, WIDEST_MM)
    width, height = printed.width_mm, printed.height_mm
    scale = min(1, room / width, _text_height(paper.document.sections[-1]) * 0.8 / height)
    vector = outlined(printed.svg).encode()
    name = f"selfcheck-{number}"
    made = parse_xml(
        _DRAWING.format(
            names=nsdecls("w", "wp", "a", "pic", "r"),
            width=round(width * PER_MM * scale),
            height=round(height * PER_MM * scale),
            id=1000 + number,
            picture=word_file.picture_part(paper.document, f"{name}.png", "image/png", picture(printed)),
            drawing=word_file.picture_part(paper.document, f"{name}.svg", "image/svg+xml", vector),
        )
    )
    for node in (*made.iter(qn("wp:docPr")), *made.iter(qn("pic:cNvPr"))):
        node.set("name", one_line(chart.title, 100) or name)
        node.set("descr", one_line(printed.description))
    return made


# --- what stands around the blocks -----------------------------------------------------------------------------------


def _opening(paper: _Paper) -> None:
    """A title page with the contents; a paper without one begins with its head."""
    outline = paper.outline
    _head(paper, outline)
    if not outline.cover:
        return
    if outline.variant:
        paper.paragraph("date", *paper.said(outline.variant, "strong"))
    _contents(paper)
    if outline.imprint:
        paper.paragraph("imprint", *paper.said(outline.imprint))
    paper.turns = True


def _head(paper: _Paper, outline: Outline) -> None:
    first = paper.said(outline.municipality)
    if not outline.cover and outline.variant:
        first += [tab(), *paper.said(outline.variant)]
    if first:
        paper.paragraph("municipality", *first, keep=True)
    for role, text in (("title", outline.title), ("subtitle", outline.subtitle), ("date", outline.date)):
        if text:
            paper.paragraph(role, *paper.said(text))
    if paper.look.house or not paper.document.paragraphs:
        return
    if not outline.cover:
        _line(paper, -1, "bottom", sz=8, space=8)
    elif not first:
        _line(paper, 0, "top", sz=48, space=14)
        paper.document.paragraphs[0].paragraph_format.space_before = Pt(65)


def _line(paper: _Paper, place: int, side: str, **look: int) -> None:
    """A line that begins a title page without a name, or ends the head of a paper."""
    line = element(f"w:{side}", val="single", color=paper.look.accent, **look)
    properties = paper.document.paragraphs[place]._p.get_or_add_pPr()
    at = next((at for at, node in enumerate(properties) if node.tag not in _BEFORE_BORDER), len(properties))
    properties.insert(at, element("w:pBdr", line))


_BEFORE_BORDER = frozenset(map(qn, ("w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:widowControl")))


def _contents(paper: _Paper) -> None:
    """The chapters as links inside Word's own table of contents, which people can update to get page numbers."""
    headings = [block for block in paper.outline.blocks if isinstance(block, Heading)]
    if sum(heading.level == 1 for heading in headings) <= FEW_CHAPTERS:
        return
    depth = 1 if sum(heading.level < 3 for heading in headings) > MANY_HEADINGS else 2
    entries = [(mark, heading) for mark, heading in enumerate(headings, 1001) if heading.level <= depth]
    content = element("w:sdtContent")
    title = element("w:pPr", element("w:pStyle", val=paper.roles["contents"]))
    content.append(element("w:p", title, run(words_of_layouts(paper.outline.language)["contents"])))
    for mark, heading in entries:
        look = element("w:pPr", element("w:pStyle", val=paper.roles[f"contents-{heading.level}"]))
        link = element("w:hyperlink", run(one_line(heading.text, 300)), anchor=f"_Toc{mark:09}", history=1)
        content.append(element("w:p", look, link))
    begun = field_start(f'TOC \\o "1-{depth}" \\h \\z \\u')
    for place, node in enumerate(begun, 1):
        content[1].insert(place, node)
    content[-1].append(field_end())
    kind = element("w:docPartObj", element("w:docPartGallery", val="Table of Contents"), element("w:docPartUnique"))
    made = element("w:sdt", element("w:sdtPr", kind), content)
    paper.document.element.body.insert_element_before(made, "w:sectPr")


def _running_texts(paper: _Paper) -> None:
    """Whose report it is and for whom, what it rests on, which page; not on a title page."""
    section, outline = paper.document.sections[-1], paper.outline
    head = [run(one_line(_named(outline, " · "), 74))]
    if outline.variant:
        head += [tab(), run(one_line(outline.variant, 50))]
    _place(section.header, [head], paper.roles["header"])
    _place(section.footer, _footer(paper), paper.roles["footer"])
    section.different_first_page_header_footer = True  # where nothing is said, the first page has neither
    if not outline.cover:
        _place(section.first_page_footer, _footer(paper), paper.roles["footer"])


def _footer(paper: _Paper) -> list[list[Any]]:
    """What the values rest on, and beside it the page if there is room."""
    imprint = one_line(paper.outline.imprint, 160)
    pages = words_of_layouts(paper.outline.language)["page"]
    page = [tab(), *filled(pages, {"page": computed("PAGE", "1"), "pages": computed("NUMPAGES", "1")})]
    beside = width_of(imprint, paper.look.size / 2 * LIKELY) < paper.look.width / 20 - PAGES
    return [[run(imprint), *page]] if beside else [[run(imprint)], page]


def _place(part: Any, lines: Sequence[Sequence[Any]], style: str) -> None:
    """Fill a header or footer."""
    part.is_linked_to_previous = False
    root = part._element
    for node in list(root):
        root.remove(node)
    root.extend(element("w:p", element("w:pPr", element("w:pStyle", val=style)), *line) for line in lines)


def _named(outline: Outline, seam: str) -> str:
    return seam.join(part for part in (outline.municipality, outline.title) if part)


def _lists(paper: _Paper) -> None:
    """Bullets and numbers of the house where its styles have them, else ours."""
    styles = {style.get(qn("w:styleId")): style for style in paper.document.styles.element.findall(qn("w:style"))}
    for role, indent in (("bullet", 300), ("number", 380)):
        style = styles[paper.roles[role]]
        number = _number_of(style, styles)
        if number is None:
            definitions = word_file.numbering(paper.document)
            number = word_file.new_list(definitions, numbered=role == "number", indent=indent)
            style.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
        paper.lists[role] = number


def _number_of(style: Any, styles: dict[str, Any]) -> int | None:
    """The list that a style or one it rests on belongs to."""
    for _ in range(len(styles)):
        number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if number is not None:
            return int(number.get(qn("w:val"))) or None
        rests = style.find(qn("w:basedOn"))
        style = styles.get(rests.get(qn("w:val"))) if rests is not None else None
        if style is None:
            return None
    return None


def _text_width(section: Section) -> int:
    """Between the margins, of one column, in twentieths of a point."""
    page, left, right, gutter = (
        length.twips if length is not None else usual
        for length, usual in (
            (section.page_width, 11906),
            (section.left_margin, 1418),
            (section.right_margin, 1418),
            (section.gutter, 0),
        )
    )
    columns = section._sectPr.find(qn("w:cols"))
    number = int(columns.get(qn("w:num"), "1")) if columns is not None else 1
    space = int(columns.get(qn("w:space"), "708")) if columns is not None else 0
    return int(max(2000, (page - left - right - gutter - (number - 1) * space) / max(1, number)))


def _text_height(section: Section) -> float:
    """Between the upper and the lower margin, in millimetres."""
    page, top, bottom = (
        length.mm if length is not None else usual
        for length, usual in ((section.page_height, 297.0), (section.top_margin, 25.0), (section.bottom_margin, 20.0))
    )
    return float(max(60.0, page - abs(top) - abs(bottom)))
