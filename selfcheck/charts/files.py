"""A chart as a file: SVG, PDF (tagged, archivable) and PNG (300 dpi), the same bytes every time.

PDF and PNG are made from the very SVG that people can download; only characters that the font does not have become ▯.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from selfcheck import resources
from selfcheck.charts.radar import Radar, draw, radar_svg, text_alternative

if TYPE_CHECKING:
    import typst

DOTS_PER_INCH = 300
REPLACEMENT = "▯"
"""Stands for a character that the font does not have; □ itself is one of those."""

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""The date that a PDF must have when nobody says one; a clock would make every file different."""

_SHEET = b"""\
#set document(title: sys.inputs.title, date: auto)
#set text(lang: sys.inputs.language, font: "Fira Sans")
#set page(
  width: float(sys.inputs.width) * 1mm, height: float(sys.inputs.height) * 1mm, margin: 0mm,
  fill: if sys.inputs.paper == "white" { white } else { none },
)
#image(bytes(sys.inputs.svg), format: "svg", alt: sys.inputs.alt, width: 100%, height: 100%)
"""


def svg_file(radar: Radar, *, width_mm: int = 160, transparent: bool = False) -> bytes:
    """The chart as a vector drawing for Word, Impress and print shops."""
    return radar_svg(radar, width_mm=width_mm, paper=not transparent).encode("utf-8")


def pdf_file(radar: Radar, *, width_mm: int = 160, created: datetime = UNDATED) -> bytes:
    """The chart as a page of its own size: PDF/UA-1 and PDF/A-2a in one."""
    return _compiled(radar, width_mm, "pdf", created=created)


def png_file(radar: Radar, *, width_mm: int = 160, transparent: bool = False) -> bytes:
    """The chart as a picture that knows its size on paper."""
    return with_resolution(_compiled(radar, width_mm, "png", transparent=transparent), DOTS_PER_INCH)


def printable(text: str) -> str:
    """The text with ▯ for each character that cannot be printed; signs that only steer others are left out."""
    return "".join(
        character if character == "\n" or ord(character) in glyphs() else _instead(character) for character in text
    )


def _instead(character: str) -> str:
    return "" if unicodedata.category(character) in {"Cc", "Cf", "Mn", "Me"} else REPLACEMENT


def _compiled(
    radar: Radar, width_mm: int, format: Literal["pdf", "png"], *, transparent: bool = False, created: datetime = UNDATED
) -> bytes:
    import typst

    drawing = draw(radar, width_mm=width_mm)
    inputs = {
        "svg": printable(radar_svg(radar, width_mm=width_mm, paper=False)),
        "alt": f"{drawing.title}. {drawing.description}",
        "title": drawing.title,
        "language": drawing.language,
        "width": str(drawing.width_mm),
        "height": str(drawing.height_mm),
        "paper": "none" if transparent else "white",
    }
    compiled, warnings = typst.Compiler(_SHEET, font_paths=_fonts()).compile_with_warnings(
        format=format,
        ppi=DOTS_PER_INCH,
        sys_inputs=inputs,
        pdf_standards=["ua-1", "a-2a"] if format == "pdf" else [],
        timestamp=created,
    )
    if warnings:
        raise RuntimeError("; ".join(warning.message for warning in warnings))
    if not isinstance(compiled, bytes):
        raise RuntimeError("a chart must fit on one page")
    return compiled


def with_resolution(png: bytes, dots_per_inch: int) -> bytes:
    """The picture with the chunk that says how large it is on paper; without it Word would guess 96 dpi."""
    header_end = 8 + 12 + 13
    per_metre = round(dots_per_inch / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    return png[:header_end] + struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body)) + png[header_end:]


# --- the fonts ---------------------------------------------------------------------------------------------------


def font_folder() -> Path:
    """Where the build puts the fonts."""
    return resources.static() / "vendor" / "fonts"


def _font_files() -> list[Path]:
    files = sorted(font_folder().glob("FiraSans*.ttf"))
    if not files:
        raise FileNotFoundError(f"no FiraSans*.ttf in {font_folder()}: the build of the front end puts them there")
    return files


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Only our own fonts: a file must not depend on what a machine has installed."""
    import typst

    _font_files()
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())]
    )


@lru_cache(maxsize=1)
def glyphs() -> frozenset[int]:
    """The characters that every style of the font can print."""
    return frozenset.intersection(*(characters(path.read_bytes()) for path in _font_files()))


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
