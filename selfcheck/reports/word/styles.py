"""The styles of a Word document: those that a house template has, by their English or German name, and ours for the rest.

Styles that every Word knows have their usual names; a house that wants to decide about callouts or tables too makes
a style with one of our own names, such as „Selbstcheck Tabelle“.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from docx.oxml.ns import qn

from scoring.model.wording import Language
from selfcheck.reports.word.bricks import parsed

Kind = Literal["paragraph", "character", "table"]

INK, MUTED, RULE, PALE, BLUE = "1A1A1A", "4D5560", "B4BBC5", "E2E5EA", "1B3A6B"
LARGEST_CELL = 9
"""Of words in tables, in points, however large the letters of a house are."""
READABLE = Fraction(9, 2)
"""The least contrast of a colour with white paper that is taken over for text (WCAG 2, level AA)."""


@dataclass(frozen=True, slots=True)
class WordLook:
    """What our styles take over from the document: lengths in twentieths of a point, the size in half-points."""

    width: int
    """Of the text between the margins."""
    size: int = 20
    accent: str = BLUE
    aside: int = 0
    """How much narrower running text is than tables."""
    house: bool = False
    """Whether a template says how running text looks."""
    compact: bool = False
    """A paper that begins with its head has smaller headings."""

    @property
    def tint(self) -> str:
        """A light background in the colour of the house."""
        return "".join(f"{round(255 - (255 - part) * 0.1):02X}" for part in _parts(self.accent))

    @property
    def label(self) -> int:
        """The width of labels beside what they stand for."""
        return min(2900, self.width // 3)

    @property
    def cell(self) -> float:
        """The size of words in tables, in points; large letters would leave no room for columns."""
        return min(self._half(0.88) / 2, LARGEST_CELL)

    @property
    def widening(self) -> float:
        """How much wider than those of Arial the letters of a house may be."""
        return 1.2 if self.house else 1

    def _half(self, times: float) -> int:
        return max(15, round(self.size * times))

    def type(self, times: float) -> str:
        """The element for a size that is so many times the size of running text."""
        half = self._half(times)
        return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


@dataclass(frozen=True, slots=True)
class Style:
    """One style: its names in English and German, what it rests on, how it looks where the house says nothing."""

    role: str
    kind: Kind
    en: str
    de: str
    paragraph: str = ""
    letters: str = ""
    more: str = ""
    """Further XML: the looks of a table."""

    @property
    def ours(self) -> bool:
        """Whether no other program knows this style."""
        return self.en.startswith("Selbstcheck")

    @property
    def expected(self) -> bool:
        """Whether a house is told when its template has no such style."""
        return self.role in {"title", "subtitle", "heading-1", "heading-2", "heading-3", "bullet", "number", "caption"}

    def name(self, language: Language) -> str:
        """The name that people read."""
        return self.de if language == "de" else self.en


BOLD = "<w:b/><w:bCs/>"
UNBROKEN = "<w:suppressAutoHyphens/>"


def ours(look: WordLook) -> tuple[Style, ...]:
    """Every style that a document needs, as it looks where the house says nothing; the basic one is `Normal`."""
    accent, muted = f'<w:color w:val="{look.accent}"/>', f'<w:color w:val="{MUTED}"/>'
    small, right = look.compact, f'<w:ind w:left="0" w:right="{look.aside}" w:firstLine="0"/>'
    return (
        *_openings(look, accent, muted),
        Style("heading-1", "paragraph", "heading 1", "Überschrift 1", _heading(0, *((420, 160) if small else (700, 300))),
              f"{BOLD}{accent}{look.type(1.4 if small else 2)}"),
        Style("heading-2", "paragraph", "heading 2", "Überschrift 2", _heading(1, *((300, 100) if small else (420, 160))),
              f'{BOLD}<w:color w:val="{INK}"/>{look.type(1.15 if small else 1.25)}'),
        Style("heading-3", "paragraph", "heading 3", "Überschrift 3", _heading(2, 320, 120), f"{BOLD}{accent}{look.type(1.05)}"),
        Style("text", "paragraph", "Body Text", "Textkörper",
              '<w:spacing w:after="120"/>' if look.house else _spaced(0, 130, 288) + right),
        Style("lead", "paragraph", "Selbstcheck Lead", "Selbstcheck Vorspann",
              f"<w:keepLines/>{UNBROKEN}{_spaced(0, 220, 276)}{right}", f"{accent}{look.type(1.15)}"),
        Style("note", "paragraph", "Selbstcheck Small Print", "Selbstcheck Kleingedrucktes",
              _spaced(60, 120, 264), f"{muted}{look.type(0.85)}"),
        Style("bullet", "paragraph", "List Bullet", "Aufzählungszeichen", _spaced(0, 70, 288) + _hanging(300, look.aside)),
        Style("number", "paragraph", "List Number", "Listennummer", _spaced(0, 70, 288) + _hanging(380, look.aside)),
        Style("facts", "paragraph", "Selbstcheck Facts", "Selbstcheck Angaben",
              f'<w:keepLines/><w:tabs><w:tab w:val="left" w:pos="{look.label}"/></w:tabs>'
              f"{_spaced(0, 100, 264)}{_hanging(look.label, 0)}", look.type(0.9)),
        *_callouts(look),
        Style("caption", "paragraph", "caption", "Beschriftung", f"<w:keepLines/>{UNBROKEN}{_spaced(240, 110, 252)}",
              f'{BOLD}<w:color w:val="{INK}"/>{look.type(0.9)}'),
        Style("figure", "paragraph", "Selbstcheck Figure", "Selbstcheck Abbildung", f"<w:keepNext/>{_spaced(60, 0, 240)}"),
        Style("cell", "paragraph", "Selbstcheck Cell", "Selbstcheck Tabellentext",
              f'{_spaced(0, 0, 254)}<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="left"/>',
              look.type(2 * look.cell / look.size)),
        Style("head", "paragraph", "Selbstcheck Column", "Selbstcheck Tabellenkopf",
              f'<w:keepNext/>{UNBROKEN}{_spaced(0, 0, 254)}<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="left"/>',
              f"{BOLD}{accent}{look.type(1.86 * look.cell / look.size)}"),
        Style("table", "table", "Selbstcheck Table", "Selbstcheck Tabelle", more=_table(look)),
        Style("strong", "character", "Strong", "Fett", letters=BOLD),
        Style("mark", "character", "Selbstcheck Mark", "Selbstcheck Marke", letters=f"{BOLD}{accent}{look.type(0.8)}"),
        Style("gap", "character", "Selbstcheck Gap", "Selbstcheck Lücke",
              letters=f'{BOLD}<w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/>'),
    )  # fmt: skip


def _openings(look: WordLook, accent: str, muted: str) -> tuple[Style, ...]:
    """Title page, contents, header and footer."""
    below = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="5" w:color="{RULE}"/></w:pBdr>'
    above = below.replace("bottom", "top")
    left, small = '<w:ind w:left="0" w:firstLine="0"/><w:jc w:val="left"/>', look.compact
    dots = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{look.width}"/></w:tabs>'
    usual = "".join(f'<w:tab w:val="clear" w:pos="{place}"/>' for place in (4536, 9072))
    end = f'<w:tabs>{usual}<w:tab w:val="right" w:pos="{look.width}"/></w:tabs>'
    return (
        Style("municipality", "paragraph", "Selbstcheck Municipality", "Selbstcheck Kommune",
              ("" if small else '<w:pBdr><w:top w:val="single" w:sz="48" w:space="14" w:color="' + look.accent + '"/></w:pBdr>')
              + f"{end}{UNBROKEN}{_spaced(0 if small else 1300, 120 if small else 360, 252)}{left}",
              f"{BOLD}{look.type(1.2 if small else 1.5)}"),
        Style("title", "paragraph", "Title", "Titel", f"<w:keepNext/>{UNBROKEN}{_spaced(0, 200 if small else 320, 240)}{left}",
              f"{BOLD}{accent}{look.type(2.1 if small else 3.3)}"),
        Style("subtitle", "paragraph", "Subtitle", "Untertitel", f"{UNBROKEN}{_spaced(0, 200 if small else 240, 252)}{left}",
              look.type(1.25 if small else 1.5)),
        Style("date", "paragraph", "Selbstcheck Date", "Selbstcheck Datum", f"{_spaced(0, 120, 252)}{left}",
              f"{muted}{look.type(1.1)}"),
        Style("contents", "paragraph", "TOC Heading", "Inhaltsverzeichnisüberschrift",
              f"<w:keepNext/>{_spaced(900, 160, 252)}{left}", f"{BOLD}{look.type(1.1)}"),
        Style("contents-1", "paragraph", "toc 1", "Verzeichnis 1", f"{dots}{_spaced(60, 60, 252)}"),
        Style("contents-2", "paragraph", "toc 2", "Verzeichnis 2",
              f'{dots}{_spaced(0, 30, 252)}<w:ind w:left="300"/>', look.type(0.9)),
        Style("imprint", "paragraph", "Selbstcheck Imprint", "Selbstcheck Grundlage", f"{above}{_spaced(600, 0, 264)}",
              f"{muted}{look.type(0.85)}"),
        Style("header", "paragraph", "header", "Kopfzeile", f"{below}{end}{UNBROKEN}{_spaced(0, 0, 240)}",
              f"{muted}{look.type(0.8)}"),
        Style("footer", "paragraph", "footer", "Fußzeile", f"{end}{UNBROKEN}{_spaced(0, 0, 252)}", f"{muted}{look.type(0.8)}"),
    )  # fmt: skip


def _callouts(look: WordLook) -> Iterator[Style]:
    """Boxes made of paragraphs: consecutive ones with the same lines and indents are drawn as one."""
    names = {"step": ("Step", "Schritt"), "question": ("Question", "Frage"), "note-box": ("Note", "Notiz")}
    sides = {
        "step": {"top": (4, 6, look.tint), "left": (28, 11, look.accent),
                 "bottom": (4, 6, look.tint), "right": (4, 11, look.tint)},
        "question": {"top": (4, 6, RULE), "left": (28, 11, RULE), "bottom": (4, 6, RULE), "right": (4, 11, RULE)},
        "note-box": {"top": (6, 6, RULE), "bottom": (6, 6, RULE)},
    }  # fmt: skip
    for role, lines in sides.items():
        drawn = "".join(
            f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'
            for side, (size, space, colour) in lines.items()
        )
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.tint}"/>' if role == "step" else ""
        shape = (
            f'<w:pBdr>{drawn}</w:pBdr>{fill}{_spaced(0, 70, 276)}<w:ind w:left="290" w:right="240" w:firstLine="0"/>'
        )
        en, de = names[role]
        yield Style(role, "paragraph", f"Selbstcheck {en}", f"Selbstcheck {de}", f'{shape}<w:jc w:val="left"/>')


def _table(look: WordLook) -> str:
    """Lines between rows, a strong one below the header; nothing that a grey printer would lose."""
    line = 'w:val="single" w:space="0"'
    return (
        f'<w:tblPr><w:tblBorders><w:bottom {line} w:sz="4" w:color="{RULE}"/>'
        f'<w:insideH {line} w:sz="4" w:color="{RULE}"/></w:tblBorders>'
        '<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
        '<w:bottom w:w="70" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom {line} w:sz="8" w:color="{look.accent}"/>'
        '</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )


def _heading(level: int, before: int, after: int) -> str:
    outline = f'<w:jc w:val="left"/><w:outlineLvl w:val="{level}"/>'
    return f"<w:keepNext/><w:keepLines/>{UNBROKEN}{_spaced(before, after, 252)}{outline}"


def _spaced(before: int, after: int, line: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _hanging(by: int, aside: int) -> str:
    return f'<w:ind w:left="{by}" w:right="{aside}" w:hanging="{by}"/>'


# --- the styles of a document -------------------------------------------------------------------------------------


def missing(styles: Any) -> tuple[Style, ...]:
    """The styles known to every Word that the document does not have."""
    there = _by_name(styles)
    return tuple(style for style in ours(WordLook(width=9000)) if not style.ours and _found(style, there) is None)


def complete(styles: Any, look: WordLook, language: Language) -> dict[str, str]:
    """Add what is missing; the style id for every role."""
    there = _by_name(styles)
    ids = {style.get(qn("w:styleId")) for style in styles.findall(qn("w:style"))}
    basis = _default_paragraph(styles)
    roles: dict[str, str] = {}
    for style in ours(look):
        found = _found(style, there)
        if found is None:
            found = _free(style.en.title().replace(" ", ""), ids)
            ids.add(found)
            styles.append(_made(style, found, basis, language))
        roles[style.role] = found
    return roles


def look_of(styles: Any, width: int) -> WordLook:
    """Size and colour of a house: those of its running text and of its headings."""
    sizes = [_value(_default_of(styles), "w:sz"), _value(styles.find(qn("w:docDefaults")), "w:sz")]
    size = next((int(value) for value in sizes if value and value.isdigit()), 20)
    heading = _found(next(style for style in ours(WordLook(width=9000)) if style.role == "heading-1"), _by_name(styles))
    colour = _value(_with_id(styles, heading), "w:color") if heading else None
    accent = colour.upper() if colour and _readable(colour) else INK
    return WordLook(width=width, size=min(max(size, 16), 32), accent=accent, house=True)


def _readable(colour: str) -> bool:
    try:
        parts = [part / 255 for part in _parts(colour)]
    except ValueError:
        return False
    if len(parts) != 3:
        return False
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= READABLE


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in range(0, len(colour), 2))


def _by_name(styles: Any) -> Mapping[tuple[str, str], str]:
    """Style ids by kind and by every name that a style has."""
    found: dict[tuple[str, str], str] = {}
    for style in styles.findall(qn("w:style")):
        kind, id = style.get(qn("w:type"), "paragraph"), style.get(qn("w:styleId"))
        names = [_value(style, "w:name") or "", *(_value(style, "w:aliases") or "").split(",")]
        for name in names:
            if id:
                found.setdefault((kind, name.strip().casefold()), id)
    return found


def _found(style: Style, there: Mapping[tuple[str, str], str]) -> str | None:
    return there.get((style.kind, style.en.casefold())) or there.get((style.kind, style.de.casefold()))


def _value(parent: Any, name: str) -> str | None:
    found = None if parent is None else next(parent.iter(qn(name)), None)
    return None if found is None else found.get(qn("w:val"))


def _with_id(styles: Any, id: str) -> Any:
    return next((style for style in styles.findall(qn("w:style")) if style.get(qn("w:styleId")) == id), None)


def _default_of(styles: Any) -> Any:
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in {"1", "true", "on"}:
            return style
    return None


def _default_paragraph(styles: Any) -> str | None:
    style = _default_of(styles)
    return None if style is None else style.get(qn("w:styleId"))


def _free(wanted: str, ids: set[str | None]) -> str:
    return wanted if wanted not in ids else next(f"{wanted}-{n}" for n in range(2, 1000) if f"{wanted}-{n}" not in ids)


def _made(style: Style, id: str, basis: str | None, language: Language) -> Any:
    name = style.name(language) if style.ours else style.en
    rests = f'<w:basedOn w:val="{basis}"/>' if style.kind == "paragraph" and basis else ""
    paragraph = f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else ""
    letters = f"<w:rPr>{style.letters}</w:rPr>" if style.letters else ""
    custom = ' w:customStyle="1"' if style.ours else ""
    return parsed(
        f'<w:style w:type="{style.kind}"{custom} w:styleId="{id}"><w:name w:val="{name}"/>{rests}'
        f"<w:qFormat/>{paragraph}{letters}{style.more}</w:style>"
    )
