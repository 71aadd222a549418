"""A Word document as a file: an empty one to begin with, its settings, and the same bytes for the same content."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

from scoring.model.wording import Language
from selfcheck.office.document import FONT, LOCALES
from selfcheck.reports.word.bricks import element

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_BLANK = {  # {w}, {r}, {rel} and {font} are filled in below
    "[Content_Types].xml": f"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="{CT.OPC_RELATIONSHIPS}"/><Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{CT.WML_DOCUMENT_MAIN}"/>
<Override PartName="/word/styles.xml" ContentType="{CT.WML_STYLES}"/>
<Override PartName="/word/settings.xml" ContentType="{CT.WML_SETTINGS}"/></Types>""",
    "_rels/.rels": """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{rel}/officeDocument" Target="word/document.xml"/></Relationships>""",
    "word/_rels/document.xml.rels": """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{rel}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{rel}/settings" Target="settings.xml"/></Relationships>""",
    "word/document.xml": """<w:document {w} {r}><w:body><w:sectPr><w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="1530" w:right="1134" w:bottom="1474" w:left="1418" w:header="794" w:footer="624" w:gutter="0"/>
<w:titlePg/></w:sectPr></w:body></w:document>""",
    "word/styles.xml": """<w:styles {w}><w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/><w:color w:val="1A1A1A"/>
<w:sz w:val="20"/><w:szCs w:val="20"/>
<w:lang w:val="de-DE" w:eastAsia="de-DE" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>
<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>
</w:style></w:styles>""",
    "word/settings.xml": """<w:settings {w}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>
<w:characterSpacingControl w:val="doNotCompress"/><w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>""",
}
_ABOUT = f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>Selbstcheck</Application></Properties>'
_LEFT_OUT = ("comments", "people", "glossary", "docMetadata", "thumbnail")
"""Kinds of parts of a template that would carry names and remarks of people, or pictures of pages that are no more."""


def blank() -> WordDocument:
    """An empty A4 document with nothing but the basic style."""
    made = BytesIO()
    names = {"{w}": nsdecls("w"), "{r}": nsdecls("r"), "{rel}": f"{_OFFICE}/relationships", "{font}": FONT}
    with ZipFile(made, "w") as file:
        for name, content in _BLANK.items():
            for place, meant in names.items():
                content = content.replace(place, meant)  # noqa: PLW2901
            file.writestr(name, _XML + content)
    return Document(made)


def drop_traces(document: WordDocument) -> None:
    """Leave out what a template says about the people who made it, and what nothing refers to any more."""
    package, part = document.part.package, document.part
    for id, relation in list(package.rels.items()):
        if relation.reltype.endswith("/extended-properties"):
            relation.target_part._blob = (_XML + _ABOUT).encode()
        elif relation.reltype.endswith("/thumbnail"):
            del package.rels[id]
    used = {
        value for node in part.element.iter() for name, value in node.attrib.items() if name.startswith("{" + _OFFICE)
    }
    for id, relation in list(part.rels.items()):
        kind = relation.reltype.rpartition("/")[2]
        unused = kind in {"image", "chart", "diagramData", "hyperlink"} and id not in used
        if unused or kind.lower().startswith(_LEFT_OUT):
            del part.rels[id]


# --- language, hyphenation -------------------------------------------------------------------------------------------

_SETTINGS = """
writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries
displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts
embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader
bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState
formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge
revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride
styleLockTheme styleLockQFSet defaultTabStop
"""
_BEFORE_HYPHENATION = frozenset(_SETTINGS.split())


def hyphenate(settings: Any) -> None:
    """Long German words find a place to break; a house that has decided about this keeps its decision."""
    if settings.find(qn("w:autoHyphenation")) is not None:
        return
    names = [node.tag.rpartition("}")[2] if isinstance(node.tag, str) else "" for node in settings]
    place = max((at for at, name in enumerate(names, 1) if name in _BEFORE_HYPHENATION), default=0)
    wanted = (
        element("w:autoHyphenation"),
        element("w:consecutiveHyphenLimit", val=2),
        element("w:hyphenationZone", val=284),
    )
    present = {node.tag for node in settings}
    for node in reversed([node for node in wanted if node.tag not in present]):
        settings.insert(place, node)


def unlock(settings: Any) -> None:
    """A paper is there to be worked on: the protection of a template is not handed on."""
    for name in ("w:writeProtection", "w:documentProtection", "w:trackRevisions"):
        for node in settings.findall(qn(name)):
            settings.remove(node)


def speak(document: WordDocument, language: Language) -> None:
    """Set the language of every style, for hyphenation, spelling and reading aloud."""
    styles = document.styles.element
    for node in styles.iter(qn("w:lang")):
        node.set(qn("w:val"), LOCALES[language])
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = element("w:docDefaults")
        styles.insert(0, defaults)
    parent = defaults
    for name in ("w:rPrDefault", "w:rPr"):
        inner = parent.find(qn(name))
        if inner is None:
            inner = element(name)
            parent.insert(0, inner)
        parent = inner
    if parent.find(qn("w:lang")) is None:
        after = ("w:eastAsianLayout", "w:specVanish", "w:oMath")
        place = next((at for at, node in enumerate(parent) if node.tag in map(qn, after)), len(parent))
        parent.insert(place, element("w:lang", val=LOCALES[language]))


# --- lists -----------------------------------------------------------------------------------------------------------


def numbering(document: WordDocument) -> Any:
    """The definitions of lists; an empty set of them where there are none."""
    part = document.part
    if not any(relation.reltype == RT.NUMBERING for relation in part.rels.values()):
        name, empty = PackURI("/word/numbering.xml"), f"{_XML}<w:numbering {nsdecls('w')}/>".encode()
        part.relate_to(NumberingPart.load(name, CT.WML_NUMBERING, empty, part.package), RT.NUMBERING)
    return part.numbering_part.element


def new_list(numbering: Any, *, numbered: bool, indent: int) -> int:
    """The number of a new kind of list with one level."""
    abstract = _next(numbering, "w:abstractNum", "w:abstractNumId")
    sign = element("w:numFmt", val="decimal" if numbered else "bullet")
    level = element(
        "w:lvl",
        element("w:start", val=1),
        sign,
        element("w:lvlText", val="%1." if numbered else "–"),
        element("w:lvlJc", val="left"),
        element("w:pPr", element("w:ind", left=indent, hanging=indent)),
        ilvl=0,
    )
    made = element("w:abstractNum", element("w:multiLevelType", val="singleLevel"), level, abstractNumId=abstract)
    place = len(numbering.findall(qn("w:abstractNum"))) + len(numbering.findall(qn("w:numPicBullet")))
    numbering.insert(place, made)
    return _new_number(numbering, abstract)


def restarted(numbering: Any, number: int) -> int:
    """A list like the one with this number that begins with 1 again."""
    for node in numbering.findall(qn("w:num")):
        kind = node.find(qn("w:abstractNumId"))
        if node.get(qn("w:numId")) == str(number) and kind is not None:
            start = element("w:lvlOverride", element("w:startOverride", val=1), ilvl=0)
            return _new_number(numbering, int(kind.get(qn("w:val"))), start)
    return number


def _new_number(numbering: Any, abstract: int, *more: Any) -> int:
    number = max(1, _next(numbering, "w:num", "w:numId"))
    made = element("w:num", element("w:abstractNumId", val=abstract), *more, numId=number)
    nodes = numbering.findall(qn("w:num")) or numbering.findall(qn("w:abstractNum"))
    nodes[-1].addnext(made)
    return number


def _next(numbering: Any, name: str, attribute: str) -> int:
    taken: Iterable[str] = (node.get(qn(attribute), "") for node in numbering.findall(qn(name)))
    return max((int(value) for value in taken if value.isdigit()), default=-1) + 1


# --- pictures --------------------------------------------------------------------------------------------------------


def picture_part(document: WordDocument, name: str, type: str, content: bytes) -> str:
    """Store a picture; the id under which the text may refer to it."""
    part = Part(PackURI(f"/word/media/{name}"), type, content, document.part.package)
    return document.part.relate_to(part, RT.IMAGE)
