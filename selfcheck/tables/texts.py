"""Texts of people in files for spreadsheets: nothing in them may break the file, run as a formula or get lost unseen."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from scoring.model.texts import with_line_ends

LONGEST_CELL = 32_767
"""Excel's limit for a cell, in UTF-16 units: a character outside the basic plane takes two."""

_UNWRITABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\ufeff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_HALVES = re.compile("[\ud800-\udfff]")
_FORMULA = re.compile(r"[\s\"]*[=+\-@＝＋－＠]")
_CELL_BEGINS = re.compile(r"(\A|[;,|\n])((?:[^\S\n]|\")*[=+\-@＝＋－＠])")


def cleaned(text: str) -> str:
    """Text that XML and every reader can hold: without control characters, half characters shown as �."""
    lines = with_line_ends(text).replace("\t", " ")
    return unicodedata.normalize("NFC", _HALVES.sub("\N{REPLACEMENT CHARACTER}", _UNWRITABLE.sub("", lines)))


def like_a_formula(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula when somebody types it anew."""
    return _FORMULA.match(text) is not None


def harmless(text: str) -> str:
    """The text with an apostrophe before every sign that could begin a formula in a cell of a CSV file.

    Also after separators and line ends: a program that splits the file at another separator begins a cell there.
    """
    return _CELL_BEGINS.sub(r"\1'\2", cleaned(text).strip())


def cut(text: str, mark: str, most: int = LONGEST_CELL) -> str:
    """The text, or as much of it as fits before the mark that says so."""
    if units(text) <= most:
        return text
    kept = text[: most - units(mark)]
    while units(kept) + units(mark) > most:
        kept = kept[: -max(1, (units(kept) + units(mark) - most) // 2)]
    return kept.rstrip() + mark


def units(text: str) -> int:
    """The length as Excel counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


# --- how much room a text takes ----------------------------------------------------------------------------------

_CHARACTER = 525
"""The width of a column is given in characters of 7 pixels, text in thousandths of its size: 10 points."""
_INDENT = 1.5
"""What a cell leaves empty at its side, in characters."""
_BOLD = 1.08
_WIDTHS = {
    222: "ijl'’‘",
    278: "ft/ .,:;!I[]|·",
    333: "r()-„“”`*",
    500: "ckxvyzsJ",
    584: "+<=>~÷×",
    611: "FTZß",
    667: "ABEKPSVXYÄ&",
    722: "CDHNRUÜw",
    778: "GOQÖ",
    833: "mM",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
"""How wide Arial draws the characters that are not as wide as a digit, with 556."""
_WIDTH = {character: width for width, characters in _WIDTHS.items() for character in characters}


def lines_of(text: str, width: int, *, bold: bool = False) -> int:
    """How many lines the text takes in a column this many characters wide; rather one too many than too few."""
    room = int((width - _INDENT) * _CHARACTER * 0.98 / (_BOLD if bold else 1))
    return sum(_wrapped(line, room) for line in text.split("\n"))


def _wrapped(line: str, room: int) -> int:
    lines, filled = 1, 0
    for word in re.findall(r"[^\s-]*-?\s*", line):
        size = sum(map(_breadth, word.rstrip()))
        if filled and filled + size > room:
            lines, filled = lines + 1, 0
        lines += (filled + size) // (room + 1)
        filled = (filled + size) % (room + 1) + sum(map(_breadth, word[len(word.rstrip()) :]))
    return lines


def _breadth(character: str) -> int:
    if character < "\u02ff":
        return _WIDTH.get(character) or (667 if character.isupper() else 556)
    if character in _WIDTH:
        return _WIDTH[character]
    return 280 if unicodedata.category(character) in {"Mn", "Me", "Cf"} else 1300


def parts(text: str, width: int, most: int) -> Iterator[str]:
    """The text in parts of at most so many lines, cut between words where there are any; together they are the text."""
    while lines_of(window := _window(text, width, most), width) > most:
        ends = [at + 1 for at, character in enumerate(window) if character.isspace()]
        if not ends or lines_of(window[: ends[0] - 1], width) > most:
            ends = [at for at in range(1, len(window)) if not _clings(text, at)]
        if not ends or lines_of(window[: ends[0]].rstrip(), width) > most:
            ends = list(range(1, len(window)))
        fitting = bisect_right(ends, most, key=lambda end: lines_of(_shown(window, end), width))
        end = ends[max(fitting - 1, 0)]
        yield text[:end]
        text = text[end:]
    if text:
        yield text


def _window(text: str, width: int, most: int) -> str:
    """As much of the beginning of a text as could fill so many lines, and a little more."""
    return "\n".join(text[: width * most * 3].split("\n", most + 1)[: most + 1])


def _shown(text: str, end: int) -> str:
    """A part as it is seen: the blank at its end takes no room."""
    return text[: end - 1] if text[end - 1].isspace() else text[:end]


def _clings(text: str, at: int) -> bool:
    """Whether the character at this place belongs to the one before it."""
    return unicodedata.category(text[at]) in {"Mn", "Me", "Mc", "Cf"} or text[at - 1] == "\u200d"
