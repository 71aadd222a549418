"""The slides as a file for PowerPoint and Impress: real titles, texts and tables in the places of real layouts.

Decisions a reader of the slides could ask about:

* Type is fitted by measuring: a text gets smaller letters, then fewer words, and is cut only where it is no real text.
* The radar is a drawing with outlined letters, and a picture for programs that show no drawings; its legend is text.
* The dots beside the table are shapes. They say nothing that the table does not.
* Nothing depends on a clock: the same slides give the same bytes. Nothing moves.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, assert_never

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from scoring.model.wording import Language
from selfcheck.office.document import FONT, LOCALES, describe, packed
from selfcheck.office.text import clean, one_line
from selfcheck.slides import design
from selfcheck.slides.deck import (
    BAND,
    Cover,
    Deck,
    Dot,
    PictureBody,
    Plain,
    ProposalBody,
    Slide,
    SlideParagraph,
    Steps,
    ValuesBody,
    Versions,
)
from selfcheck.slides.drawing import net
from selfcheck.slides.fit import INDENT, Frame, fitted, room_for
from selfcheck.slides.grid import ABOVE, ASIDE, Grid, steps_grid, values_grid

_SIZES = (20, 19, 18, 17, 16)
SMALLEST = 8
"""Below this no letter goes; only words that no real municipality has get there."""


def written(deck: Deck, created: datetime) -> bytes:
    """The file. Raises MissingAssets when the fonts of charts have not been built."""
    presentation: Any = design.blank(deck.language)
    for slide in deck.slides:
        _write(_Sheet(presentation, deck, slide))
    describe(presentation, deck.title, deck.language, created)
    return packed(presentation)


class _Sheet:
    """One slide while it is written."""

    def __init__(self, presentation: Any, deck: Deck, slide: Slide) -> None:
        self.deck, self.slide = deck, slide
        layout = presentation.slide_layouts[_layout(slide)]
        self.made = presentation.slides.add_slide(layout)
        names = {one.placeholder_format.idx: one.name for one in layout.placeholders}
        for shape in self.made.placeholders:
            shape.name = names[shape.placeholder_format.idx]
        self.tree = self.made.shapes._spTree

    @property
    def language(self) -> Language:
        """The language of every text."""
        return self.deck.language

    def place(self, idx: int) -> Any:
        """The place with this number in the layout."""
        return next(shape for shape in self.made.placeholders if shape.placeholder_format.idx == idx)

    def next_id(self) -> int:
        """A number that no shape of the slide has yet."""
        return 1 + max(int(node.get("id")) for node in self.tree.iter(qn("p:cNvPr")))


def _layout(slide: Slide) -> int:
    match slide.body:
        case Cover():
            return design.COVER_LAYOUT
        case PictureBody():
            return design.PICTURE_LAYOUT
        case ValuesBody() | Steps():
            return design.TABLE_LAYOUT
        case Plain():
            return design.TEXT_LAYOUT
        case ProposalBody():
            return design.HALVES_LAYOUT
        case _:
            assert_never(slide.body)


def _write(sheet: _Sheet) -> None:
    body = sheet.slide.body
    _title(sheet)
    match body:
        case Cover():
            _cover(sheet, body)
        case PictureBody():
            _picture(sheet, body)
        case ValuesBody():
            _values(sheet, body)
        case Steps():
            _steps(sheet, body)
        case Plain(paragraphs):
            _text(sheet, design.BODY, paragraphs, design.CONTENT)
        case ProposalBody(proposed, questions, method):
            _halves(sheet, proposed, questions)
            _text(sheet, design.BELOW_PLACE, method, design.BELOW, (design.SMALL,))
        case _:
            assert_never(body)
    if not isinstance(body, Cover):
        _footers(sheet)
    _notes(sheet)


def _title(sheet: _Sheet) -> None:
    cover = isinstance(sheet.slide.body, Cover)
    frame = design.COVER_TITLE if cover else design.TITLE
    usual = design.COVER_SIZE if cover else design.TITLE_SIZE
    title = ((SlideParagraph(sheet.slide.title, "title"),),)
    paragraphs, size = fitted(title, frame, range(usual, 19, -1), SMALLEST)
    _fill(sheet, sheet.made.shapes.title, paragraphs, size if size < usual else None)


def _text(sheet: _Sheet, idx: int, versions: Versions, frame: Frame, sizes: Sequence[float] = _SIZES) -> None:
    paragraphs, size = fitted(versions, frame, sizes, SMALLEST)
    usual = design.SMALL if idx in (design.BELOW_PLACE,) else design.TEXT_SIZE
    _fill(sheet, sheet.place(idx), paragraphs, size if size < usual else None)


def _halves(sheet: _Sheet, left: Versions, right: Versions) -> None:
    """Two texts side by side in letters of one size, as large as the longer one allows."""
    size = min(
        fitted(left, design.LEFT_HALF, _SIZES, SMALLEST)[1], fitted(right, design.RIGHT_HALF, _SIZES, SMALLEST)[1]
    )
    _text(sheet, design.BODY, left, design.LEFT_HALF, (size,))
    _text(sheet, design.BESIDE_PLACE, right, design.RIGHT_HALF, (size,))


def _fill(sheet: _Sheet, shape: Any, paragraphs: Sequence[SlideParagraph], size: float | None) -> None:
    """Put the paragraphs into a place; the layout decides how they look, but for a size that had to be smaller."""
    body = shape.text_frame._txBody
    for node in body.findall(qn("a:p")):
        body.remove(node)
    for one in paragraphs:
        body.append(_paragraph(one, sheet.language, size))


_MARKS = {
    "text": "",
    "lead": "",
    "bullet": ' lvl="1"',
    "number": ' lvl="1"',
    "legend": "",
    "title": "",
}


def _paragraph(one: SlideParagraph, language: Language, size: float | None) -> Any:
    indent = round(INDENT * design.PER_POINT)
    look, inside = _MARKS[one.role], ""
    if one.role == "number":
        inside = '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"/>'
    if one.role == "legend":
        look, colour = f' marL="{indent}" indent="{-indent}"', "accent6" if one.sign == BAND else "accent1"
        inside = (
            f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buClr><a:schemeClr val="{colour}"/></a:buClr>'
            f'<a:buFont typeface="{FONT}"/><a:buChar char="{one.sign}"/>'
        )
    letters = ' b="1"' if one.role == "lead" else ""
    colour = '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>' if one.role == "lead" else ""
    made = parse_xml(f"<a:p {nsdecls('a')}><a:pPr{look}>{inside}</a:pPr></a:p>")
    made.append(_run(one.text, language, size, letters, colour))
    return made


def _run(text: str, language: Language, size: float | None, letters: str = "", colour: str = "") -> Any:
    sized = f' sz="{round(size * 100)}"' if size else ""
    made = parse_xml(
        f'<a:r {nsdecls("a")}><a:rPr lang="{LOCALES[language]}"{sized}{letters} dirty="0">{colour}</a:rPr><a:t/></a:r>'
    )
    made.find(qn("a:t")).text = _said(text)
    return made


def _said(text: str) -> str:
    """One line of text that XML can hold; programs for slides show optional hyphens in the middle of a line."""
    return one_line(text.replace("\u00ad", ""))


def _cover(sheet: _Sheet, it: Cover) -> None:
    shape = sheet.place(1)
    if it.municipality.strip():
        paragraphs, size = fitted(
            ((SlideParagraph(it.municipality),),), design.COVER_NAME, (26, 24, 22, 20, 18, 16), SMALLEST
        )
        _fill(sheet, shape, paragraphs, size if size < design.NAME_SIZE else None)
    else:
        shape.element.getparent().remove(shape.element)
    _text(sheet, design.BODY, (it.facts,), design.COVER_FACTS)


# --- the picture -----------------------------------------------------------------------------------------------------

_PICTURE = """<p:pic {names}><p:nvPicPr><p:cNvPr id="{id}" name=""/><p:cNvPicPr><a:picLocks noGrp="1" noChangeAspect="1"/>
</p:cNvPicPr><p:nvPr><p:ph type="pic" idx="{idx}"/></p:nvPr></p:nvPicPr><p:blipFill><a:blip r:embed="{picture}"><a:extLst>
<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">
<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{drawing}"/></a:ext></a:extLst>
</a:blip><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{place}
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>"""


def _picture(sheet: _Sheet, it: PictureBody) -> None:
    made, shape, part = net(it.chart, design.PICTURE), sheet.place(design.PICTURE_PLACE), sheet.made.part
    _image, picture = part.get_or_add_image_part(BytesIO(made.png))
    vector = Part(PackURI("/ppt/media/profile.svg"), "image/svg+xml", part.package, made.svg)
    node = parse_xml(
        _PICTURE.format(
            names=nsdecls("p", "a", "r"),
            id=shape.shape_id,
            idx=design.PICTURE_PLACE,
            picture=picture,
            drawing=part.relate_to(vector, RT.IMAGE),
            place=design.place_xml(made.frame),
        )
    )
    _describe(node, made.name, made.description)
    shape.element.getparent().replace(shape.element, node)
    _text(sheet, design.BODY, it.sentences, design.BESIDE, _SIZES[2:])
    paragraphs, size = fitted((it.legend,), design.LEGEND, (design.SMALL,), SMALLEST)
    _fill(sheet, sheet.place(design.BESIDE_PLACE), paragraphs, size if size < design.SMALL else None)


def _describe(node: Any, name: str, description: str) -> None:
    """The name of a shape and its text alternative."""
    about = next(node.iter(qn("p:cNvPr")))
    about.set("name", one_line(name, 100))
    about.set("descr", one_line(description))


# --- tables and dots -------------------------------------------------------------------------------------------------


def _values(sheet: _Sheet, it: ValuesBody) -> None:
    grid = values_grid(it, design.CONTENT, SMALLEST)
    _table(sheet, grid, it.tables[0].caption, it.description)
    _dots(sheet, grid, it)


def _steps(sheet: _Sheet, it: Steps) -> None:
    _table(sheet, steps_grid(it, design.CONTENT, SMALLEST), it.tables[0].caption, it.description)


def _table(sheet: _Sheet, grid: Grid, name: str, description: str) -> None:
    """A table in its place, with head and first column marked as such."""
    shape = sheet.place(design.TABLE)
    frame = shape.insert_table(len(grid.rows), len(grid.widths))
    _describe(frame._element, name, description)
    table = frame.table
    properties = table._tbl.tblPr
    for key in list(properties.attrib):
        del properties.attrib[key]
    properties.set("firstRow", "1")
    properties.set("firstCol", "1")
    properties.find(qn("a:tableStyleId")).text = design.TABLE_STYLE
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = round(width * design.PER_POINT)
    for row, height in zip(table.rows, grid.heights, strict=True):
        row.height = round(height * design.PER_POINT)
    frame.left, frame.top = round(design.CONTENT.x * design.PER_POINT), round(design.CONTENT.y * design.PER_POINT)
    frame.width = sum(column.width for column in table.columns)
    frame.height = sum(row.height for row in table.rows)
    for place, row in enumerate(grid.rows):
        for column, text in enumerate(row):
            _cell(sheet, table.cell(place, column), text, grid, column)


def _cell(sheet: _Sheet, cell: Any, text: str, grid: Grid, column: int) -> None:
    body = cell._tc.txBody
    for node in body.findall(qn("a:p")):
        body.remove(node)
    align = ' algn="r"' if grid.numbers[column] else ""
    made = parse_xml(f"<a:p {nsdecls('a')}><a:pPr{align}/></a:p>")
    if text.strip():
        made.append(_run(text, sheet.language, grid.size))
    else:
        made.append(
            parse_xml(f'<a:endParaRPr {nsdecls("a")} lang="{LOCALES[sheet.language]}" sz="{grid.size * 100:.0f}"/>')
        )
    body.append(made)
    sides = {"marL": 0 if column == 0 else ASIDE, "marR": ASIDE, "marT": ABOVE, "marB": ABOVE}
    properties = cell._tc.get_or_add_tcPr()
    for key, points in sides.items():
        properties.set(key, str(round(points * design.PER_POINT)))
    properties.set("anchor", "ctr" if len(grid.rows) > 6 else "t")


def _dots(sheet: _Sheet, grid: Grid, it: ValuesBody) -> None:
    """One scale a row, with the range, the stage wanted and the value on it."""
    left = design.CONTENT.x + sum(grid.widths[:-1]) + 16
    right = design.CONTENT.x + sum(grid.widths) - 10
    top = design.CONTENT.y + grid.heights[0]
    group = parse_xml(
        f'<p:grpSp {nsdecls("p", "a")}><p:nvGrpSpPr><p:cNvPr id="{sheet.next_id()}" name=""/><p:cNvGrpSpPr/><p:nvPr/>'
        f"</p:nvGrpSpPr><p:grpSpPr/></p:grpSp>"
    )
    _describe(group, it.scale, it.dots_description)
    frame = Frame(left - 8, top, right - left + 16, sum(grid.heights[1:]))
    inner = design.place_xml(frame).replace(
        "</a:xfrm>",
        design.place_xml(frame).replace("<a:xfrm>", "").replace("a:off", "a:chOff").replace("a:ext", "a:chExt"),
    )
    group.find(qn("p:grpSpPr")).append(parse_xml(inner.replace("<a:xfrm>", f"<a:xfrm {nsdecls('a')}>", 1)))
    for place, dot in enumerate(it.dots, 1):
        middle = top + sum(grid.heights[1:place]) + grid.heights[place] / 2
        for xml in _scale(dot, left, right, middle, it.highest):
            group.append(parse_xml(xml.replace("ID", str(sheet.next_id() + len(group)), 1)))
    sheet.tree.append(group)


def _scale(dot: Dot, left: float, right: float, middle: float, highest: int) -> list[str]:
    """The shapes of one row from back to front; nothing where the perspective is not part of the check."""
    if dot.lowest is None or dot.highest is None:
        return []

    def at(value: Any) -> float:
        return left + (right - left) * float(value) / highest

    muted, accent = design.HAIRLINE, '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
    ink = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
    white = '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
    shapes = [_shape("rect", Frame(left, middle - 0.5, right - left, 1), muted)]
    shapes += [_shape("rect", Frame(at(stage) - 0.5, middle - 4, 1, 8), muted) for stage in range(highest + 1)]
    if dot.lowest < dot.highest:
        band = Frame(at(dot.lowest), middle - 4.5, at(dot.highest) - at(dot.lowest), 9)
        shapes.append(_shape("rect", band, '<a:solidFill><a:schemeClr val="accent6"/></a:solidFill>', muted))
    if dot.value is not None:
        shapes.append(_shape("ellipse", Frame(at(dot.value) - 6, middle - 6, 12, 12), accent))
    if dot.wanted is not None:
        over = dot.value == dot.wanted
        shapes.insert(
            -1 if over else len(shapes), _shape("diamond", Frame(at(dot.wanted) - 9, middle - 9, 18, 18), white, ink)
        )
    return shapes


def _shape(form: str, frame: Frame, fill: str, line: str = "") -> str:
    edge = f'<a:ln w="15875">{line}</a:ln>' if line else "<a:ln><a:noFill/></a:ln>"
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="ID" name="{form}"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'{design.place_xml(frame)}<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>{fill}{edge}</p:spPr></p:sp>'
    )


# --- footers and notes -----------------------------------------------------------------------------------------------


def _footers(sheet: _Sheet) -> None:
    """Whose slides these are and which one this is, in the places of the master."""
    for shape in sheet.made.slide_layout.placeholders:
        idx = shape.placeholder_format.idx
        if idx not in (design.FOOTER_PLACE, design.NUMBER_PLACE):
            continue
        kind = "ftr" if idx == design.FOOTER_PLACE else "sldNum"
        made = parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{sheet.next_id()}" name=""/><p:cNvSpPr><a:spLocks noGrp="1"/>'
            f'</p:cNvSpPr><p:nvPr><p:ph type="{kind}" sz="quarter" idx="{idx}"/></p:nvPr></p:nvSpPr><p:spPr/>'
            f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
        )
        next(made.iter(qn("p:cNvPr"))).set("name", shape.name)
        line = made.find(f".//{qn('a:p')}")
        if kind == "ftr":
            text = _said(sheet.deck.footer)
            while room_for(text, design.SMALL) > design.FOOTER.width:
                text = f"{text[:-2].rstrip()}…"
            line.append(_run(text, sheet.language, None))
            _stand_in(shape, text, sheet.language)
        else:
            number = sheet.deck.slides.index(sheet.slide) + 1
            line.append(
                parse_xml(
                    f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
                    f'<a:rPr lang="{LOCALES[sheet.language]}"/><a:t>{number}</a:t></a:fld>'
                )
            )
        sheet.tree.append(made)


def _stand_in(place: Any, text: str, language: Language) -> None:
    """The footer in the layout too, for slides that people add and for programs that show that one."""
    for node in place.text_frame._txBody.findall(qn("a:p")):
        for run in node.findall(qn("a:r")):
            node.remove(run)
        node.insert(0, _run(text, language, None))


def _notes(sheet: _Sheet) -> None:
    frame = sheet.made.notes_slide.notes_text_frame
    body = frame._txBody
    for node in body.findall(qn("a:p")):
        body.remove(node)
    lines = [line for note in sheet.slide.notes for line in clean(note).split("\n") if line.strip()]
    for line in lines or [""]:
        made = parse_xml(f"<a:p {nsdecls('a')}/>")
        made.append(_run(line, sheet.language, None))
        body.append(made)
