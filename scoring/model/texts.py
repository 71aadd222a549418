"""Text as people mean it: the one place where what comes in, from forms and from files, is made the same.

A line ends the same way whichever program it comes from, letters are composed (NFC), and the length is that of the text as
it is kept: a line end counts as one character. Nothing is ever cut here; whoever sets a limit refuses what is longer.
"""

import re
import unicodedata

LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""However a line may end: as browsers send it, on old machines, as Word's line break, page break, and as Unicode has it."""

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Control characters, halves of characters and what is no character: no report could print them."""

_SIGNS = (
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff"
)
INVISIBLE = re.compile(f"[{_SIGNS}]")
"""Soft hyphens, signs without width and marks of direction, as they come along with copied text."""

JOINERS = re.compile("[\u200c\u200d\ufe00-\ufe0f]")
"""What scripts and emoji need to look right; only a comparison leaves it out."""

_BLANKS = _SIGNS + "".join(chr(code) for code in range(0x3001) if chr(code).isspace())


def with_line_ends(text: str) -> str:
    """The text with `\\n` wherever a line ends."""
    return LINE_END.sub("\n", text)


def composed(text: str) -> str:
    """The text with one kind of line end and every letter in one piece."""
    return unicodedata.normalize("NFC", with_line_ends(text))


def paragraphs(text: str | None) -> str:
    """What somebody wrote: printable, without anything unseen around it; inside it keeps what scripts and emoji need."""
    return unicodedata.normalize("NFC", UNPRINTABLE.sub("", with_line_ends(text or ""))).strip(_BLANKS)


def visible(text: str) -> str:
    """A name, title or label without signs that nobody sees."""
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text))


def line(text: str | None) -> str:
    """A name, title or label on one line, as it is seen: with single blanks, whatever blanks and line ends came."""
    return " ".join(visible(UNPRINTABLE.sub("", with_line_ends(text or ""))).split())


def is_empty(text: str) -> bool:
    """Whether there is nothing to see; control characters are something, which whoever wrote them has to hear of."""
    return not line(text) and not UNPRINTABLE.search(text)


def code(text: str | None) -> str:
    """A code without blanks and unseen signs, however wide its letters were typed."""
    letters = unicodedata.normalize("NFKC", JOINERS.sub("", line(text)))
    return unicodedata.normalize("NFKC", "".join(letters.split()))
