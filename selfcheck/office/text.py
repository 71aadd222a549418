"""Text as an office document can hold it."""

import re
import unicodedata

from scoring.model.texts import with_line_ends

_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def clean(text: str) -> str:
    """Text that XML can hold and that does not turn its neighbours round; everything else stays, emoji too."""
    return unicodedata.normalize("NFC", _UNWRITABLE.sub("", with_line_ends(text)).replace("\t", " "))


def one_line(text: str, most: int = 10_000) -> str:
    """The text without line ends, cut where it would fill the page that it only accompanies."""
    joined = " ".join(clean(text).split())
    return joined if len(joined) <= most else f"{joined[: most - 1]}…"
