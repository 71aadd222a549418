"""How much room text needs on a slide: measured beforehand, because no program fits it when a file is merely opened."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from selfcheck.charts.lettering import width_of
from selfcheck.slides.deck import SlideParagraph

REGULAR, BOLD = 0.95, 1.03
"""How much of the measure, which holds for several fonts at once, Arial takes at most."""
LEADING = 1.17
"""Height of a line in type sizes; Arial needs 1.15."""
FOREIGN = 1.45
"""The same where a font steps in that has taller letters: emoji, East Asian signs."""
BEFORE = 8
"""Room above a paragraph that is not the first, in points."""
INDENT = 22
"""Room for a bullet or a number, in points."""
_PIECES = re.compile(r"[^-–]+[-–]*|[-–]+")


@dataclass(frozen=True, slots=True)
class Frame:
    """A place on the slide, in points."""

    x: float
    y: float
    width: float
    height: float


def room_for(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is at most."""
    return width_of(text, size) * (BOLD if bold else REGULAR)


def lines_of(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """How many lines the text takes at most; a word that fits no line is broken anywhere."""
    count, used = 1, 0.0
    for place, word in enumerate(text.split(" ")):
        blank = room_for(" ", size) if place else 0.0
        for piece in _PIECES.findall(word):
            wide = room_for(piece, size, bold=bold)
            if used and used + blank + wide > width:
                count, used, blank = count + 1, 0.0, 0.0
            if wide <= width:
                used += blank + wide
            else:
                more, used = _broken(piece, width, size, bold)
                count += more
            blank = 0.0
    return count


def _broken(piece: str, width: float, size: float, bold: bool) -> tuple[int, float]:
    """How many lines more a piece takes that is too wide for one, and how wide its last line is."""
    count, used = 0, 0.0
    for sign in piece:
        wide = room_for(sign, size, bold=bold)
        count, used = (count + 1, wide) if used and used + wide > width else (count, used + wide)
    return count, used


def longest_word(texts: Iterable[str], size: float, *, bold: bool = False) -> float:
    """The width of the widest part that no line end should cut."""
    pieces = (piece for text in texts for word in text.split(" ") for piece in _PIECES.findall(word))
    return max((room_for(piece, size, bold=bold) for piece in pieces), default=0.0)


def text_height(text: str, width: float, size: float, *, bold: bool = False) -> float:
    """How high the lines of a text are together."""
    return lines_of(text, width, size, bold=bold) * size * (FOREIGN if _foreign(text) else LEADING)


_INDENTED = frozenset(("bullet", "number", "legend"))
_HEAVY = frozenset(("lead", "title"))


def height_of(paragraphs: Sequence[SlideParagraph], width: float, size: float) -> float:
    """How high the paragraphs are together with the room between them."""
    heights = (
        text_height(one.text, width - (INDENT if one.role in _INDENTED else 0), size, bold=one.role in _HEAVY)
        for one in paragraphs
    )
    return sum(heights) + BEFORE * sum(one.role != "legend" for one in paragraphs[1:])


def _foreign(text: str) -> bool:
    return any(ord(sign) > 0x2E7F or unicodedata.category(sign) == "So" for sign in text)


def fitted(
    versions: Sequence[Sequence[SlideParagraph]], frame: Frame, sizes: Sequence[float], smallest: float
) -> tuple[Sequence[SlideParagraph], float]:
    """The longest version that fits in one of the sizes, in the largest of them.

    Words that no real municipality has may need less than the sizes; below the smallest they are cut.
    """
    for version in versions:
        for size in sizes:
            if height_of(version, frame.width, size) <= frame.height:
                return version, size
    last, size = versions[-1], sizes[-1]
    while size > smallest:
        size -= 1
        if height_of(last, frame.width, size) <= frame.height:
            return last, size
    most = max(len(one.text) for one in last)
    while height_of(last, frame.width, size) > frame.height and most > 1:
        most = most * 3 // 4
        last = [replace(one, text=shortened(one.text, most)) for one in last]
    return last, size


def shortened(text: str, most: int) -> str:
    """The text, cut to so many characters."""
    return text if len(text) <= most else f"{text[: max(1, most - 1)].rstrip()}…"
