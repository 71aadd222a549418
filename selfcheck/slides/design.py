"""How the slides look: theme, master and layouts, 16 to 9. A house that has its own design applies it over this one.

Colours and fonts are named in the theme only; everything else refers to them. Nothing is told by colour alone.
"""

from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import XmlPart
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as PowerPoint
from pptx.util import Emu

from scoring.model.wording import Language
from selfcheck.ground.i18n import Translate, translator
from selfcheck.office.document import FONT, LOCALES
from selfcheck.slides.fit import BEFORE, INDENT, Frame

PER_POINT = 12_700
"""English metric units in a point."""
WIDTH, HEIGHT = 960, 540
"""A slide in points: 13⅓ by 7½ inches."""
LEFT, INNER = 48, 864

TITLE = Frame(LEFT, 33, INNER, 68)
COVER_TITLE = Frame(96, 116, 816, 104)
COVER_NAME = Frame(96, 232, 816, 66)
COVER_FACTS = Frame(96, 330, 816, 162)
PICTURE = Frame(40, 106, 536, 390)
BESIDE = Frame(596, 116, 316, 222)
LEGEND = Frame(596, 350, 316, 144)
CONTENT = Frame(LEFT, 114, INNER, 380)
LEFT_HALF = Frame(LEFT, 116, 404, 262)
RIGHT_HALF = Frame(508, 116, 404, 262)
BELOW = Frame(LEFT, 402, INNER, 92)
FOOTER = Frame(LEFT, 502, 740, 25)
NUMBER = Frame(812, 502, 100, 25)

TITLE_SIZE, COVER_SIZE, NAME_SIZE, TEXT_SIZE, SMALL = 28, 40, 26, 20, 16
"""Type sizes of the layouts, in points. Nothing is smaller than SMALL but tables, and words that fit nowhere."""

BODY, PICTURE_PLACE, TABLE, BESIDE_PLACE, BELOW_PLACE = 13, 14, 15, 16, 17
"""Numbers of the places in the layouts."""
FOOTER_PLACE, NUMBER_PLACE = 20, 21

TABLE_STYLE = "{5E1B57C4-EC00-4D1A-9C0C-A7E05C4EC001}"

_ACCENT = '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
_INK = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
MUTED = '<a:solidFill><a:schemeClr val="accent2"/></a:solidFill>'
HAIRLINE = '<a:solidFill><a:schemeClr val="bg1"><a:lumMod val="75000"/></a:schemeClr></a:solidFill>'

_COLOURS = {
    "dk1": "1A1A1A",
    "lt1": "FFFFFF",
    "dk2": "1B3A6B",
    "lt2": "EEF1F6",
    "accent1": "1B3A6B",
    "accent2": "4D5560",
    "accent3": "8A93A0",
    "accent4": "4A6FA5",
    "accent5": "B4BBC5",
    "accent6": "D8DDE5",
    "hlink": "1B3A6B",
    "folHlink": "4D5560",
}


def blank(language: Language) -> PowerPoint:
    """A presentation without slides, in this design."""
    _ = translator(language)
    made = Presentation()
    made.slide_width, made.slide_height = Emu(WIDTH * PER_POINT), Emu(HEIGHT * PER_POINT)
    size = made.element.find(qn("p:sldSz"))
    size.attrib.pop("type", None)
    _in_language(made.element, language)
    _drop(made.part.rels, ("/printerSettings", "/viewProps"))
    _drop(made.part.package._rels, ("/thumbnail", "/extended-properties"))
    _set_table_style(made.part)
    master = made.slide_master
    _set_theme(master.part)
    for layout in list(made.slide_layouts)[5:]:
        made.slide_layouts.remove(layout)
    _set_master(master.element, language, _)
    for layout, (name, kind, shapes) in zip(made.slide_layouts, _layouts(language, _), strict=True):
        _set_layout(layout.part._element, name, kind, shapes)
    _set_notes_master(made, language)
    return made


# --- theme and table style -------------------------------------------------------------------------------------------


def _set_theme(part: Any) -> None:
    """Our colours and fonts, and nothing but flat areas and plain lines."""
    theme_part = part.part_related_by(RT.THEME)
    theme = parse_xml(theme_part.blob)
    theme.set("name", "Selbstcheck")
    elements = theme.find(qn("a:themeElements"))
    for node in list(elements):
        elements.remove(node)
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{width}">{fill}<a:prstDash val="solid"/></a:ln>' for width in (9525, 19050, 28575))
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    for xml in (
        f'<a:clrScheme {nsdecls("a")} name="Selbstcheck">{colours}</a:clrScheme>',
        f'<a:fontScheme {nsdecls("a")} name="Selbstcheck"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont>'
        "</a:fontScheme>",
        f'<a:fmtScheme {nsdecls("a")} name="Selbstcheck"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{effects}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>",
    ):
        elements.append(parse_xml(xml))
    for node in theme.findall(qn("a:objectDefaults")):
        for inner in list(node):
            node.remove(inner)
    if isinstance(theme_part, XmlPart):
        theme_part._element = theme
    else:
        theme_part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_table_style(part: Any) -> None:
    """Hairlines between the rows, an accent below the head: a style of its own, so that the theme colours it."""

    def border(name: str, width: int, fill: str) -> str:
        return f'<a:{name}><a:ln w="{width}" cmpd="sng">{fill}</a:ln></a:{name}>'

    def words(colour: str, bold: str = "") -> str:
        return f'<a:tcTxStyle{bold}><a:fontRef idx="minor"/><a:schemeClr val="{colour}"/></a:tcTxStyle>'

    none = "".join(f"<a:{name}><a:ln><a:noFill/></a:ln></a:{name}>" for name in ("left", "right"))
    whole = none + border("bottom", 9525, HAIRLINE) + border("insideH", 9525, HAIRLINE)
    plain, bold = "<a:fill><a:noFill/></a:fill>", ' b="on"'
    xml = (
        f'<a:tblStyleLst {nsdecls("a")} def="{TABLE_STYLE}">'
        f'<a:tblStyle styleId="{TABLE_STYLE}" styleName="Selbstcheck">'
        f"<a:wholeTbl>{words('tx1')}<a:tcStyle><a:tcBdr>{whole}</a:tcBdr>{plain}</a:tcStyle></a:wholeTbl>"
        f"<a:firstCol>{words('accent1')}<a:tcStyle><a:tcBdr/></a:tcStyle></a:firstCol>"
        f"<a:firstRow>{words('accent1', bold)}<a:tcStyle><a:tcBdr>{border('bottom', 19050, _ACCENT)}</a:tcBdr>"
        f"</a:tcStyle></a:firstRow></a:tblStyle></a:tblStyleLst>"
    )
    part.part_related_by(
        RT.TABLE_STYLES
    )._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode()


def _drop(relations: Any, endings: tuple[str, ...]) -> None:
    """Leave out what says how somebody else looked at and printed an empty presentation."""
    for id, relation in list(relations.items()):
        if relation.reltype.endswith(endings):
            relations.pop(id)


# --- shapes of master and layouts ------------------------------------------------------------------------------------


def _emu(points: float) -> int:
    return round(points * PER_POINT)


def place_xml(frame: Frame, kind: str = "a") -> str:
    """Where something stands, as XML."""
    return (
        f'<{kind}:xfrm><a:off x="{_emu(frame.x)}" y="{_emu(frame.y)}"/>'
        f'<a:ext cx="{_emu(frame.width)}" cy="{_emu(frame.height)}"/></{kind}:xfrm>'
    )


def _place(
    id: int, name: str, ph: str, frame: Frame, said: str, *, body: str = "", style: str = "", language: Language
) -> str:
    """A place for content with the words that stand there until something else does."""
    locale = LOCALES[language]
    text = said if said.startswith("<a:fld") else f'<a:r><a:rPr lang="{locale}"/><a:t>{said}</a:t></a:r>'
    paragraph = (
        f'<a:p>{text}<a:endParaRPr lang="{locale}"/></a:p>' if said else f'<a:p><a:endParaRPr lang="{locale}"/></a:p>'
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{id}" name={quoteattr(name)}/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {ph}/></p:nvPr></p:nvSpPr><p:spPr>{place_xml(frame)}"
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f"<p:txBody><a:bodyPr{body}><a:normAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle>{paragraph}</p:txBody></p:sp>"
    )


def _bar(id: int, name: str, frame: Frame, fill: str = _ACCENT) -> str:
    """A rectangle that only decorates."""
    decorative = (
        '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{id}" name={quoteattr(name)}>{decorative}</p:cNvPr><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvSpPr><p:spPr>{place_xml(frame)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}<a:ln><a:noFill/></a:ln>'
        "</p:spPr></p:sp>"
    )


def _level(number: int, size: float, fill: str, *, bold: bool = False, align: str = "l") -> str:
    """How a level of text looks; the first has no bullet, the second a dash."""
    bullet = "<a:buNone/>" if number == 1 else f'<a:buFont typeface="{FONT}"/><a:buChar char="–"/>'
    indent, heavy = 0 if number == 1 else _emu(INDENT), ' b="1"' if bold else ""
    return (
        f'<a:lvl{number}pPr marL="{indent}" indent="{-indent}" algn="{align}" rtl="0">'
        f'<a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="{BEFORE * 100}"/></a:spcBef>{bullet}'
        f'<a:defRPr sz="{round(size * 100)}"{heavy} kern="1200">{fill}'
        '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr>'
        f"</a:lvl{number}pPr>"
    )


def _texts(size: float, fill: str = _INK, *, bold: bool = False, align: str = "l") -> str:
    return "".join(_level(number, size, fill, bold=bold, align=align) for number in range(1, 6))


_INSETS = ' lIns="0" tIns="0" rIns="0" bIns="0"'


def _footers(language: Language, _: Translate, first: int) -> str:
    middle = f'{_INSETS} anchor="ctr"'
    field = (
        f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr lang="{LOCALES[language]}"/>'
        "<a:t>‹#›</a:t></a:fld>"
    )
    return _place(
        first,
        _("Footer"),
        f'type="ftr" sz="quarter" idx="{FOOTER_PLACE}"',
        FOOTER,
        "",
        body=middle,
        style=_level(1, SMALL, MUTED),
        language=language,
    ) + _place(
        first + 1,
        _("Slide number"),
        f'type="sldNum" sz="quarter" idx="{NUMBER_PLACE}"',
        NUMBER,
        field,
        body=middle,
        style=_level(1, SMALL, MUTED, align="r"),
        language=language,
    )


def _set_master(master: Any, language: Language, _: Translate) -> None:
    title = _place(
        2, _("Title"), 'type="title"', TITLE, _("Title"), body=f'{_INSETS} vert="horz" anchor="t"', language=language
    )
    body = _place(
        3,
        _("Text"),
        'type="body" idx="1"',
        CONTENT,
        _("Text"),
        body=f'{_INSETS} vert="horz" anchor="t"',
        language=language,
    )
    tree = _tree(_bar(6, _("Dividing line"), Frame(LEFT, 21, 48, 4)) + title + body + _footers(language, _, 4))
    _replace(master, "p:cSld", _common(tree, "", ground=True))
    styles = (
        f"<p:txStyles {nsdecls('p', 'a')}><p:titleStyle>{_level(1, TITLE_SIZE, _ACCENT, bold=True).replace('+mn-', '+mj-')}"
        f"</p:titleStyle><p:bodyStyle>{_texts(TEXT_SIZE)}</p:bodyStyle><p:otherStyle>{_texts(TEXT_SIZE)}</p:otherStyle>"
        "</p:txStyles>"
    )
    _replace(master, "p:txStyles", styles)
    master.find(qn("p:txStyles")).addprevious(parse_xml(f'<p:hf {nsdecls("p")} hdr="0" dt="0"/>'))


def _layouts(language: Language, _: Translate) -> list[tuple[str, str, str]]:
    """Name, kind and shapes of each layout."""

    def place(id: int, name: str, ph: str, frame: Frame, style: str = "", body: str = "") -> str:
        return _place(id, name, ph, frame, name, body=body or f'{_INSETS} anchor="t"', style=style, language=language)

    def text(id: int, name: str, idx: int, frame: Frame, size: float) -> str:
        return place(id, name, f'type="body" sz="quarter" idx="{idx}"', frame, _texts(size))

    title, footers = place(2, _("Title"), 'type="title"', TITLE), _footers(language, _, 20)
    low = f'{_INSETS} anchor="b"'
    cover = (
        _bar(9, _("Strip"), Frame(0, 0, 28, HEIGHT))
        + place(2, _("Title"), 'type="ctrTitle"', COVER_TITLE, _level(1, COVER_SIZE, _ACCENT, bold=True), low)
        + place(3, _("Municipality"), 'type="subTitle" idx="1"', COVER_NAME, _level(1, NAME_SIZE, _INK))
        + text(4, _("Text"), BODY, COVER_FACTS, TEXT_SIZE)
    )
    picture = (
        title
        + place(3, _("Picture"), f'type="pic" idx="{PICTURE_PLACE}"', PICTURE, _level(1, SMALL, MUTED))
        + text(4, _("Text"), BODY, BESIDE, TEXT_SIZE)
        + text(5, _("Legend"), BESIDE_PLACE, LEGEND, SMALL)
    )
    table = title + place(3, _("Table"), f'type="tbl" idx="{TABLE}"', CONTENT, _level(1, SMALL, MUTED))
    plain = title + text(3, _("Text"), BODY, CONTENT, TEXT_SIZE)
    halves = (
        title
        + text(3, _("Text on the left"), BODY, LEFT_HALF, TEXT_SIZE)
        + text(4, _("Text on the right"), BESIDE_PLACE, RIGHT_HALF, TEXT_SIZE)
        + _bar(6, _("Dividing line"), Frame(LEFT, 393, INNER, 1), HAIRLINE)
        + text(5, _("Text below"), BELOW_PLACE, BELOW, SMALL)
    )
    return [
        (_("Title page"), ' type="title" showMasterSp="0"', cover),
        (_("Picture and text"), ' userDrawn="1"', picture + footers),
        (_("Table"), ' type="tbl"', table + footers),
        (_("Text"), ' type="tx"', plain + footers),
        (_("Two texts"), ' userDrawn="1"', halves + footers),
    ]


COVER_LAYOUT, PICTURE_LAYOUT, TABLE_LAYOUT, TEXT_LAYOUT, HALVES_LAYOUT = range(5)


def _set_layout(layout: Any, name: str, kind: str, shapes: str) -> None:
    made = parse_xml(
        f'<p:sldLayout {nsdecls("p", "a", "r")} preserve="1"{kind}>{_common(_tree(shapes), name)}'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )
    layout.attrib.clear()
    for node in list(layout):
        layout.remove(node)
    for key, value in made.attrib.items():
        layout.set(key, value)
    layout.extend(list(made))


def _tree(shapes: str) -> str:
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
        f"{shapes}</p:spTree>"
    )


def _common(tree: str, name: str, *, ground: bool = False) -> str:
    """What a slide of any kind consists of; the master also has the ground."""
    white = '<p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>' if ground else ""
    named = f" name={quoteattr(name)}" if name else ""
    return f"<p:cSld {nsdecls('p', 'a', 'r')}{named}>{white}{tree}</p:cSld>"


def _replace(parent: Any, tag: str, xml: str) -> None:
    old = parent.find(qn(tag))
    parent.replace(old, parse_xml(xml))


# --- notes -----------------------------------------------------------------------------------------------------------

_NOTES_PICTURE = Frame(90, 54, 360, 202.5)
_NOTES_TEXT = Frame(54, 276, 432, 396)


def _set_notes_master(made: PowerPoint, language: Language) -> None:
    """The notes below a picture of the slide; small letters, because sources are long."""
    master: Any = made.notes_master
    _set_theme(master.part)
    related = made.part.relate_to(master.part, RT.NOTES_MASTER)
    listed = f'<p:notesMasterIdLst {nsdecls("p", "r")}><p:notesMasterId r:id="{related}"/></p:notesMasterIdLst>'
    made.element.find(qn("p:sldMasterIdLst")).addnext(parse_xml(listed))
    _in_language(master.element, language)
    for shape in master.placeholders:
        kind = shape.element.find(f".//{qn('p:ph')}").get("type")
        frame = {"sldImg": _NOTES_PICTURE, "body": _NOTES_TEXT}.get(kind)
        if frame:
            shape.left, shape.top = _emu(frame.x), _emu(frame.y)
            shape.width, shape.height = _emu(frame.width), _emu(frame.height)
    style = master.element.find(qn("p:notesStyle"))
    for node in style.iter(qn("a:defRPr")):
        node.set("sz", "1100")


def _in_language(root: Any, language: Language) -> None:
    for node in root.iter(qn("a:defRPr"), qn("a:rPr"), qn("a:endParaRPr")):
        if node.get("lang"):
            node.set("lang", LOCALES[language])
