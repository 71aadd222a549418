"""Setting type for charts and reports: the fonts, what they can print, and the compiler that makes files of it."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from scoring.model.texts import with_line_ends
from selfcheck.ground import resources

if TYPE_CHECKING:
    import typst

DOTS_PER_INCH = 300
REPLACEMENT = "▯"
"""Stands for a character that the fonts do not have."""

MARKS = "●○◐▲△▼▽◆◇■□▪▫★☆☐☑☒✓✔✗✘⟦⟧"
"""Signs that Fira Sans does not have; they come from DejaVu Sans Mono, which is part of the compiler."""

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""The date that a PDF must have when nobody says one; a clock would make every file different."""


class MissingAssets(Exception):
    """The fonts are not there."""


def typeset(
    source: bytes,
    inputs: Mapping[str, str],
    *,
    format: Literal["pdf", "png"] = "pdf",
    created: datetime = UNDATED,
) -> bytes:
    """The document as PDF (PDF/UA-1 and PDF/A-2a in one) or its only page as PNG; the same bytes every time.

    Raises MissingAssets when the fonts have not been built, RuntimeError for whatever the compiler warns of.
    """
    import typst

    compiled, warnings = typst.Compiler(source, font_paths=_fonts()).compile_with_warnings(
        format=format,
        ppi=DOTS_PER_INCH,
        sys_inputs=dict(inputs),
        pdf_standards=["ua-1", "a-2a"] if format == "pdf" else [],
        timestamp=created,
    )
    if warnings:
        raise RuntimeError("; ".join(warning.message for warning in warnings))
    if not isinstance(compiled, bytes):
        raise RuntimeError("a picture must fit on one page")
    return compiled


_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LIKE = str.maketrans({"\t": " ", "\u202f": "\u00a0", "\u2011": "-", "\u2010": "-"})
"""What says the same to a reader where the fonts lack the character itself."""


def printable(text: str, *, marks: str = "") -> str:
    """The text with ▯ for each character that cannot be printed; signs that only steer others are left out."""
    composed = unicodedata.normalize("NFC", _TURNING.sub("", with_line_ends(text))).translate(_LIKE)
    return "".join(
        character if character == "\n" or ord(character) in glyphs() or character in marks else _instead(character)
        for character in composed
    )


def _instead(character: str) -> str:
    return "" if unicodedata.category(character) in {"Cc", "Cf", "Mn", "Me"} else REPLACEMENT


# --- the fonts ---------------------------------------------------------------------------------------------------


def font_folder() -> Path:
    """Where the build puts the fonts."""
    return resources.static() / "vendor" / "fonts"


def fonts_in(folder: Path) -> list[Path]:
    """The files of our fonts. Raises MissingAssets when they have not been built."""
    files = sorted(folder.glob("FiraSans*.ttf"))
    if not files:
        raise MissingAssets(f"no FiraSans*.ttf in {folder}; run: make assets")
    return files


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Our own fonts and those in the compiler: a file must not depend on what a machine has installed."""
    import typst

    fonts_in(font_folder())
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(font_folder())])


@lru_cache(maxsize=1)
def glyphs() -> frozenset[int]:
    """The characters that every style of the font can print."""
    return frozenset.intersection(*(characters(path.read_bytes()) for path in fonts_in(font_folder())))


def characters(font: bytes) -> frozenset[int]:
    """The characters of a TrueType font, read from its Unicode table (`cmap`, formats 4 and 12)."""
    tables = {
        font[place : place + 4]: struct.unpack_from(">I", font, place + 8)[0]
        for place in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16)
    }
    cmap = tables[b"cmap"]
    found: set[int] = set()
    for number in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * number)
        if platform == 0 or (platform == 3 and encoding in {1, 10}):
            found |= _characters_in(font, cmap + offset)
    return frozenset(found)


def _characters_in(font: bytes, table: int) -> set[int]:
    match struct.unpack_from(">H", font, table)[0]:
        case 4:
            return set(_segments(font, table))
        case 12:
            groups = struct.unpack_from(">I", font, table + 12)[0]
            spans = [struct.unpack_from(">II", font, table + 16 + 12 * group) for group in range(groups)]
            return {character for first, last in spans for character in range(first, last + 1)}
        case _:
            return set()


def _segments(font: bytes, table: int) -> Iterator[int]:
    """Format 4: segments of characters, each with a shift to glyph numbers or an offset into a list of them."""
    count = struct.unpack_from(">H", font, table + 6)[0] // 2
    ends, starts, shifts, offsets = (table + 14 + place for place in (0, 2 * count + 2, 4 * count + 2, 6 * count + 2))
    for segment in range(count):
        last, first, shift, offset = (
            struct.unpack_from(">H", font, base + 2 * segment)[0] for base in (ends, starts, shifts, offsets)
        )
        for character in range(first, min(last, 0xFFFE) + 1):
            glyph = character
            if offset:
                place = offsets + 2 * segment + offset + 2 * (character - first)
                glyph = struct.unpack_from(">H", font, place)[0]
            if glyph and (glyph + shift) % 0x10000:
                yield character
