"""House templates: Word files that a municipality hands in for their styles, page set-up, headers and footers.

A template comes from outside and becomes part of what others open. Therefore nothing is taken that runs, fetches
or hides something: no macros, no embedded objects, no links to elsewhere, no bombs.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from scoring.model.wording import Language, Wording
from selfcheck.reading.files import UnusableFile, unusable
from selfcheck.reports.word import styles as word_styles

NAME = "template.docx"
LARGEST = 5_000_000
MOST_PARTS = 500
UNPACKED = 40_000_000
UNPACKED_XML = 8_000_000
ONE_XML = 4_000_000
RATIO = 200
"""How many times smaller a large part may be packed; real parts stay below fifty."""
ELEMENTS = 200_000
DEEPEST = 100

_MARKER = re.compile(r"(«|»|<<|\{\{|\[\[)\s*(inhalt|content)\s*(«|»|>>|\}\}|\]\])", re.IGNORECASE)
_MACROS = re.compile(rb"vbaProject|vbaData|macroEnabled|keyMapCustomizations", re.IGNORECASE)
_OBJECTS = (
    "oleObject",
    "package",
    "control",
    "activeXControlBinary",
    "aFChunk",
    "subDocument",
    "frame",
    "mailMergeSource",
)
_FETCHING = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|EMBED|DATABASE|MACROBUTTON|RD|HTMLCONTROL|HYPERLINK(?!\s*\\L))\b"
)
_TYPES = "[Content_Types].xml"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")

NOT_WORD = Wording(
    "ist keine Word-Datei (.docx); in Word „Speichern unter … Word-Dokument (.docx)“ wählen",
    'is no Word file (.docx); choose "Save as … Word document (.docx)" in Word',
)
BROKEN = Wording(
    "ist beschädigt und lässt sich nicht lesen; bitte in Word öffnen und neu als „Word-Dokument (.docx)“ speichern",
    'is damaged and cannot be read; please open it in Word and save it anew as "Word document (.docx)"',
)
ENCRYPTED = Wording(
    "ist mit einem Kennwort verschlüsselt; bitte ohne Kennwort speichern",
    "is encrypted with a password; please save it without one",
)
MACROS = Wording(
    "enthält Makros; bitte in Word als „Word-Dokument (.docx)“ ohne Makros speichern",
    'holds macros; please save it in Word as "Word document (.docx)" without macros',
)
TEMPLATE = Wording(
    "ist eine Dokumentvorlage (.dotx); bitte in Word als „Word-Dokument (.docx)“ speichern",
    'is a document template (.dotx); please save it in Word as "Word document (.docx)"',
)
STRICT = Wording(
    "ist im Format „Strict Open XML“ gespeichert; bitte „Word-Dokument (.docx)“ wählen",
    'is saved as "Strict Open XML"; please choose "Word document (.docx)"',
)
BOMB = Wording(
    "wird beim Entpacken zu groß oder hat zu viele Teile; bitte Text und große Bilder aus der Vorlage löschen",
    "grows too large when unpacked or has too many parts; please delete text and large pictures from the template",
)
ENTITIES = Wording(
    "enthält eine DTD oder eigene XML-Entitäten; Word schreibt so etwas nie, bitte in Word öffnen und neu speichern",
    "holds a DTD or XML entities of its own; Word never writes such a thing, please open it in Word and save it anew",
)


def read_template(path: Path) -> bytes:
    """The template in a file, checked. Raises UnusableFile."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise unusable(str(path), None, "diese Datei gibt es nicht", "this file does not exist") from error
    except OSError as error:
        de, en = f"lässt sich nicht lesen ({error.strerror})", f"cannot be read ({error.strerror})"
        raise unusable(str(path), None, de, en) from error
    check_template(content, str(path))
    return content


def check_template(content: bytes, name: str = NAME) -> None:
    """Whether the file may serve as a house template. Raises UnusableFile with what to do about it."""
    if len(content) > LARGEST:
        de = f"ist größer als {LARGEST // 1_000_000} MB; bitte große Bilder verkleinern"
        raise unusable(name, None, de, f"is larger than {LARGEST // 1_000_000} MB; please make large pictures smaller")
    if content.startswith(_OLE):
        raise refused(ENCRYPTED if "EncryptedPackage".encode("utf-16-le") in content else NOT_WORD, name)
    try:
        with ZipFile(BytesIO(content)) as file:
            _check_package(file, name)
        _main_part(Document(BytesIO(content)))
    except UnusableFile:
        raise
    except BadZipFile as error:
        raise refused(NOT_WORD if not content.startswith(b"PK") else BROKEN, name) from error
    except Exception as error:  # whatever the libraries stumble over is a file that nobody can use
        raise refused(BROKEN, name) from error


def missing_styles(template: bytes, language: Language = "de") -> tuple[str, ...]:
    """The usual styles that the template does not have; simple ones of ours take their place."""
    styles = Document(BytesIO(template)).styles.element
    return tuple(style.name(language) for style in word_styles.missing(styles) if style.expected)


def opened(template: bytes) -> WordDocument:
    """The template without its text: what stood before the marker stays, the rest makes room. Raises UnusableFile."""
    check_template(template)
    document = Document(BytesIO(template))
    body = document.element.body
    nodes = [node for node in body if node.tag != qn("w:sectPr")]
    place = next((at for at, node in enumerate(nodes) if _is_marker(node)), 0)
    section = next(_sections(nodes[place:]), None)
    for node in nodes[place:]:
        body.remove(node)
    if section is not None:  # the page set-up of the section in which the text begins
        for last in body.findall(qn("w:sectPr")):
            body.remove(last)
        body.append(section)
    return document


def _is_marker(node: Any) -> bool:
    words = "".join(text.text or "" for text in node.iter(qn("w:t"))) if node.tag == qn("w:p") else ""
    return _MARKER.fullmatch(words.strip()) is not None


def _sections(nodes: list[Any]) -> Iterator[Any]:
    for node in nodes:
        yield from node.iter(qn("w:sectPr"))


def refused(why: Wording, name: str = NAME) -> UnusableFile:
    """The refusal of a template, with what to do about it."""
    return unusable(name, None, why.de, why.en)


# --- what is in the file ---------------------------------------------------------------------------------------------


def _check_package(file: ZipFile, name: str) -> None:
    members = file.infolist()
    names = [member.filename for member in members]
    if why := _no_package(members):
        raise refused(why, name)
    kinds = _check_part(file, _TYPES, name).kinds()
    if why := _no_document(kinds, names):
        raise refused(why, name)
    xml = [member for member in members if _is_xml(member.filename, kinds)]
    if sum(member.file_size for member in xml) > UNPACKED_XML:
        raise refused(BOMB, name)
    for member in xml:
        _check_part(file, member.filename, name)


def _no_package(members: list[ZipInfo]) -> Wording | None:
    """Why the members are no package that can be read safely."""
    names = [member.filename for member in members]
    if any(member.flag_bits & 1 for member in members):
        return ENCRYPTED
    if _too_much(members):
        return BOMB
    if len({part.casefold() for part in names}) < len(names) or any(_strays(part) for part in names):
        return BROKEN
    return None if _TYPES in names else NOT_WORD


def _no_document(kinds: Mapping[str, str], names: list[str]) -> Wording | None:
    """Why the parts are no document of Word without macros, by what they are declared to be."""
    if any(_MACROS.search(text.encode()) for text in (*kinds.values(), *names)):
        return MACROS
    if any("wordprocessingml.template.main" in kind for kind in kinds.values()):
        return TEMPLATE
    return None if any("wordprocessingml.document.main" in kind for kind in kinds.values()) else NOT_WORD


def _too_much(members: list[ZipInfo]) -> bool:
    """Judged by what the file says of itself: reading stops there, whatever it holds."""
    packed = any(
        member.file_size > 1_000_000 and member.file_size > RATIO * max(1, member.compress_size) for member in members
    )
    return packed or len(members) > MOST_PARTS or sum(member.file_size for member in members) > UNPACKED


def _is_xml(part: str, kinds: Mapping[str, str]) -> bool:
    """Whether a part is read as XML, by what the file declares and not by how its name ends."""
    if part == _TYPES or part.endswith(".rels"):
        return True
    kind = kinds.get(f"/{part}".casefold()) or kinds.get(part.rpartition(".")[2].casefold(), "")
    return kind.endswith("xml") and kind != "image/svg+xml"


def _strays(part: str) -> bool:
    return part.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", part)


def _check_part(file: ZipFile, part: str, name: str) -> "_Reading":
    """One part of XML: well-formed, without entities, without fields that fetch; relations only to what is inside."""
    if file.getinfo(part).file_size > ONE_XML:
        raise refused(BOMB, name)
    reading = _Reading()
    try:
        reading.read(file.read(part))
    except expat.ExpatError as error:
        raise refused(BROKEN, name) from error
    except _Entities as error:
        raise refused(ENTITIES, name) from error
    except _TooMuch as error:
        raise refused(BOMB, name) from error
    for attributes in reading.relations:
        _check_relation(attributes, part, name)
    if found := _FETCHING.search("".join(reading.instructions).upper()):
        raise unusable(
            name,
            None,
            f"enthält ein Feld {found.group(1)}, das etwas von anderswo holt; bitte in Word durch Text ersetzen",
            f"holds a field {found.group(1)} that fetches something from elsewhere; please replace it by text in Word",
        )
    return reading


def _check_relation(attributes: dict[str, str], part: str, name: str) -> None:
    kind = attributes.get("Type", "")
    if "purl.oclc.org/ooxml" in kind:
        raise refused(STRICT, name)
    short = kind.rpartition("/")[2]
    if _MACROS.search(short.encode()):
        raise refused(MACROS, name)
    target = attributes.get("Target", "")
    if attributes.get("TargetMode", "Internal") != "Internal" or "://" in target or target.startswith("\\\\"):
        raise _link(name, short, target)
    if short in _OBJECTS:
        raise unusable(
            name,
            None,
            f"enthält ein eingebettetes Objekt ({short}); bitte in Word entfernen oder als Bild einfügen",
            f"holds an embedded object ({short}); please remove it in Word or paste it as a picture",
        )
    if _strays(posixpath.normpath(posixpath.join(posixpath.dirname(posixpath.dirname(part)), target)).lstrip("/")):
        raise refused(BROKEN, name)


def _link(name: str, kind: str, target: str) -> UnusableFile:
    shown = target if len(target) <= 60 else f"{target[:59]}…"
    if kind == "attachedTemplate":
        return unusable(
            name,
            None,
            f"ist mit einer Dokumentvorlage verknüpft („{shown}“); in Word unter „Entwicklertools … "
            "Dokumentvorlage“ auf „Normal“ stellen und neu speichern",
            f'is attached to a document template ("{shown}"); set it to "Normal" in Word under '
            '"Developer … Document Template" and save again',
        )
    return unusable(
        name,
        None,
        f"verweist auf etwas außerhalb der Datei („{shown}“); bitte in Word den Link entfernen (Text bleibt stehen) "
        "oder das Bild einbetten",
        f'points to something outside the file ("{shown}"); please remove the link in Word (its text stays) '
        "or embed the picture",
    )


class _Entities(Exception):
    """A part that declares entities or a document type."""


class _TooMuch(Exception):
    """A part with too many or too deeply nested elements."""


class _Reading:
    """Reads one part without building anything of it."""

    def __init__(self) -> None:
        self.relations: list[dict[str, str]] = []
        self.instructions: list[str] = []
        self._kinds: dict[str, str] = {}
        self._elements = self._depth = 0
        self._instruction = False

    def read(self, content: bytes) -> None:
        """Go through the part."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take
        parser.Parse(content, True)

    def kinds(self) -> Mapping[str, str]:
        """Content types by the name of the part or by the ending."""
        return self._kinds

    def _refuse(self, *_: object) -> None:
        raise _Entities

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > ELEMENTS or self._depth > DEEPEST:
            raise _TooMuch
        local = name.rpartition(" ")[2]
        if local == "Relationship":
            self.relations.append(attributes)
        if local in {"Default", "Override"}:
            of = attributes.get("PartName") or attributes.get("Extension", "")
            self._kinds[of.casefold()] = attributes.get("ContentType", "").split(";")[0].strip()
        self._instruction = local == "instrText"
        if local == "fldSimple":
            values = (value for key, value in attributes.items() if key.endswith(" instr"))
            self.instructions.extend(f" {value} " for value in values)
        if local == "fldChar":
            self.instructions.append(" ")

    def _end(self, _: str) -> None:
        self._depth -= 1
        self._instruction = False

    def _take(self, text: str) -> None:
        if self._instruction:
            self.instructions.append(text)


def _main_part(document: WordDocument) -> None:
    """Touch what the writer needs; a file that lacks it is damaged."""
    body, styles = document.element.body, document.styles.element
    if body is None or styles is None:
        raise ValueError("no body")
