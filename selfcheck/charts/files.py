"""A chart as a file: SVG, PDF (tagged, archivable) and PNG (300 dpi), the same bytes every time.

PDF and PNG are made from the very SVG that people download; only characters that the fonts do not have become ▯.
"""

import struct
import zlib
from datetime import datetime
from typing import Literal

from selfcheck.charts.radar import Radar, draw, radar_svg
from selfcheck.typesetting import DOTS_PER_INCH, UNDATED, printable, typeset

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
    return _typeset(radar, width_mm, "pdf", created=created)


def png_file(radar: Radar, *, width_mm: int = 160, transparent: bool = False) -> bytes:
    """The chart as a picture that knows its size on paper."""
    return with_resolution(_typeset(radar, width_mm, "png", transparent=transparent), DOTS_PER_INCH)


def _typeset(
    radar: Radar,
    width_mm: int,
    format: Literal["pdf", "png"],
    *,
    transparent: bool = False,
    created: datetime = UNDATED,
) -> bytes:
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
    return typeset(_SHEET, inputs, format=format, created=created)


def with_resolution(png: bytes, dots_per_inch: int) -> bytes:
    """The picture with the chunk that says how large it is on paper; without it Word would guess 96 dpi."""
    header_end = 8 + 12 + 13
    per_metre = round(dots_per_inch / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    return png[:header_end] + struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body)) + png[header_end:]
