"""How text gets into a drawing: cleaned, measured, broken into lines, and put in its place.

Nothing here asks for a font: text is measured so that it fits in Fira Sans and in Arial, which stands in for it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from scoring.assess.words import number
from scoring.model.wording import Language

# --- what is written ---------------------------------------------------------------------------------


def plain(value: float) -> str:
    """A coordinate as SVG wants it, the same on every machine."""
    return f"{round(value, 2) + 0:.2f}".rstrip("0").rstrip(".")


def one_decimal(value: Fraction, language: Language) -> str:
    """A value as charts write it: one decimal at most, for which there is room everywhere."""
    return number(value, language, digits=1)


_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Text that XML can hold and that does not turn its neighbours round; runs of blanks become one."""
    composed = unicodedata.normalize("NFC", _UNWRITABLE.sub("", text))
    return re.sub(r"[^\S\u00a0\u202f]+", " ", composed).strip()


# --- how wide text is, and where it may break --------------------------------------------------------

_WIDTHS = {
    character: width
    for width, characters in {
        300: " !',.:;Iijl‚‘’·\u00a0",
        360: "()[]`{}•",
        420: "-frt|",
        520: '"*/J\\csvxyz„“”',
        570: "#$123579?L^_k–§°≥",
        590: "+0468<=>aeghnou~×−",
        640: "FTZbdpqß€»«▯ø",
        690: "ABEKPSVXYẞ",
        730: "CDHNRU",
        780: "&GOQwØ",
        840: "M",
        900: "%mæ",
        960: "Wœ",
        1020: "@—…→ÆŒ",
    }.items()
    for character in characters
}
"""Thousandths of the type size, rounded up; each the widest of Fira Sans Regular to Bold and Arial."""


@lru_cache(maxsize=4096)
def _advance(character: str) -> int:
    if character in _WIDTHS:
        return _WIDTHS[character]
    base = unicodedata.normalize("NFD", character)[0]
    if base in _WIDTHS:
        return _WIDTHS[base]
    if unicodedata.category(character) in {"Mn", "Cf"}:
        return 0
    return 1300 if unicodedata.east_asian_width(character) in "WF" else 950


def width_of(text: str, size: float) -> float:
    """How much room the text needs at most, in the unit of the size."""
    return sum(map(_advance, text)) * size / 1000


_SOFT = "\u00ad"
_SEAM = re.compile(r"(?<=[^\W\d_][-/–])(?=[^\W\d_])|(?<=-[)\]])(?=\w)|(?<=\u00ad)")
_VOWELS = "aeiouyäöüáàâéèêëíîïóôúûåæœø"
_BETWEEN_VOWELS = re.compile(rf"(?<=[{_VOWELS}])[^\W\d_{_VOWELS}]+(?=[{_VOWELS}])", re.IGNORECASE)
_ONSETS = (
    *("schl", "schm", "schn", "schr", "schw", "sch", "spl", "spr", "str", "bl", "br", "ch", "dr", "fl"),
    *("fr", "gl", "gn", "gr", "kl", "kn", "kr", "pf", "ph", "pl", "pr", "sp", "th", "tr", "zw"),
)
"""Groups of consonants that begin a syllable together."""
_LINKS = ("ngs", "fts", "ts")
"""Groups that end the first part of a compound: Bildungs-amt, Gesundheits-amt."""


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The text in lines of about equal length, none wider than the width; words break only if they must."""
    lines = _filled(text, width, size)
    narrow, wide = 0.0, width
    while wide - narrow > 2:
        middle = (narrow + wide) / 2
        narrower = _filled(text, middle, size)
        if len(narrower) == len(lines) and longest_piece(text, size) <= middle:
            wide, lines = middle, narrower
        else:
            narrow = middle
    return lines


def longest_piece(text: str, size: float) -> float:
    """The width of the widest part that has no place to break."""
    return max((width_of(piece.replace(_SOFT, "-"), size) for _, piece in _pieces(text)), default=0)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The parts between which a line may end, each with what joins it to the part before."""
    for word in text.split(" "):
        for place, part in enumerate(_SEAM.split(word)):
            yield ("" if place else " "), part


def _filled(text: str, width: float, size: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for joint, piece in _pieces(text):
        longer = f"{line}{joint}{piece}".lstrip(" ")
        if width_of(_shown(longer), size) <= width:
            line = longer
            continue
        if line:
            lines.append(_shown(line))
        line = piece
        while width_of(_shown(line), size) > width and len(line) > 1:
            head, line = _split(line, width, size)
            lines.append(head)
    return [*lines, _shown(line)] if line else lines


def _shown(line: str) -> str:
    """A soft hyphen is seen only at the end of a line."""
    return line[:-1].replace(_SOFT, "") + "-" if line.endswith(_SOFT) else line.replace(_SOFT, "")


def _split(word: str, width: float, size: float) -> tuple[str, str]:
    """A beginning that fits, broken between syllables; a word without syllables breaks anywhere.

    Where two lines are enough the word breaks near its middle, which in a compound is mostly its seam.
    """
    word = word.replace(_SOFT, "")
    fitting = [place for place in _syllables(word) if width_of(word[:place] + "-", size) <= width]
    halves = [place for place in fitting if width_of(word[place:], size) <= width]
    if fitting:
        place = min(halves, key=lambda place: abs(place - len(word) / 2)) if halves else fitting[-1]
        return word[:place] + "-", word[place:]
    place = len(word) - 1
    while place > 1 and width_of(word[:place], size) > width:
        place -= 1
    return word[:place], word[place:]


def _syllables(word: str) -> Iterator[int]:
    """Where a German or English word may break: near enough for a word that fits no line."""
    for group in _BETWEEN_VOWELS.finditer(word):
        consonants = group.group().lower()
        onset = next((onset for onset in _ONSETS if consonants.endswith(onset)), consonants[-1])
        place = group.end() - (0 if consonants.endswith(_LINKS) else len(onset))
        if 3 <= place <= len(word) - 3:
            yield place


# --- how it is set, and where ------------------------------------------------------------------------

Anchor = Literal["start", "middle", "end"]
Tone = Literal["ink", "muted", "result"]


@dataclass(frozen=True, slots=True)
class Lettering:
    """How one sort of text is set; sizes in units of the drawing."""

    size: float
    leading: float
    weight: int = 400
    italic: bool = False
    tone: Tone = "ink"


TITLE = Lettering(20, 25, weight=600)
SUBTITLE = Lettering(14, 18, tone="muted")
LABEL = Lettering(13, 16)
VALUE = Lettering(13, 17, weight=600)
REMARK = Lettering(13, 16, italic=True, tone="muted")
RING = Lettering(11.5, 14, tone="muted")
LEGEND = Lettering(13, 21)
STAGE = Lettering(12, 17, tone="muted")
STAGE_NUMBER = Lettering(12, 17, weight=600, tone="muted")
SOURCE = Lettering(11.5, 15, tone="muted")


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text at its base line."""

    x: float
    y: float
    text: str
    lettering: Lettering
    anchor: Anchor = "start"


def placed(text: str, lettering: Lettering, x: float, y: float, anchor: Anchor = "start") -> Text:
    """A line of text whose figures and capitals are centred on y."""
    return Text(x, y + lettering.size * 0.35, text, lettering, anchor)


def paragraph(text: str, lettering: Lettering, left: float, top: float, room: float) -> tuple[list[Text], float]:
    """Lines from the left, and where the next thing may begin."""
    lines = _filled(clean(text), room, lettering.size)
    step = lettering.leading
    texts = [placed(line, lettering, left, top + step * (n + 0.5)) for n, line in enumerate(lines)]
    return texts, top + step * len(lines)


def grid(
    names: Sequence[str], lettering: Lettering, left: float, top: float, room: float, *, lead: float
) -> tuple[list[Text], list[tuple[float, float]], float]:
    """Names in even rows; also where each place begins (there is room for the lead), and the bottom."""
    if not names:
        return [], [], top
    widths = [lead + width_of(name, lettering.size) + 14 for name in names]
    columns = _columns(widths, room)
    tracks = [min(room, max(widths[column::columns])) for column in range(columns)]
    texts: list[Text] = []
    places: list[tuple[float, float]] = []
    y = top
    for start in range(0, len(names), columns):
        deepest = 1
        for column, name in enumerate(names[start : start + columns]):
            x = left + sum(tracks[:column])
            places.append((x, y + lettering.leading / 2))
            lines = _filled(name, room - lead, lettering.size)
            deepest = max(deepest, len(lines))
            for step, line in enumerate(lines):
                texts.append(placed(line, lettering, x + lead, y + lettering.leading / 2 + step * lettering.size * 1.2))
        y += lettering.leading + (deepest - 1) * lettering.size * 1.2
    return texts, places, y


def _columns(widths: Sequence[float], room: float) -> int:
    """As many columns as fit, and then no more than fill the rows evenly."""
    for columns in range(len(widths), 1, -1):
        if sum(max(widths[column::columns]) for column in range(columns)) <= room:
            return math.ceil(len(widths) / math.ceil(len(widths) / columns))
    return 1


def stages_listed(
    word: str, names: Sequence[str], left: float, top: float, room: float, *, beside: bool = False
) -> tuple[list[Text], float]:
    """The numbers and names of the stages after the word for them, beside a chart below it; and where they end."""
    if not names:
        return [], top - 6
    first = placed(clean(word), STAGE, left, top + STAGE.leading / 2)
    indent = 0 if beside else width_of(first.text, STAGE.size) + 10
    top += STAGE.leading if beside else 0
    texts, places, bottom = grid([clean(name) for name in names], STAGE, left + indent, top, room - indent, lead=12)
    numbers = [placed(str(stage), STAGE_NUMBER, *place) for stage, place in enumerate(places)]
    return [first, *numbers, *texts], bottom
