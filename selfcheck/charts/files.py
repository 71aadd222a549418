"""A chart as a file: SVG, PDF (tagged, archivable) and PNG (300 dpi), the same bytes every time.

PDF and PNG are made from the very SVG that people download; only characters that the fonts do not have become ▯.
"""

import struct
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal, get_args

from selfcheck.charts.looks import Chart, of_width, on_sheet
from selfcheck.charts.outlined import embedded, outlined
from selfcheck.charts.profile import dots, heat, profile
from selfcheck.charts.radar import Radar
from selfcheck.charts.roadmap import timeline
from selfcheck.charts.sheet import Printed, Size
from selfcheck.charts.timeline import Timeline
from selfcheck.ground.typesetting import DOTS_PER_INCH, UNDATED, printable, typeset
from selfcheck.words.findings import Findings

_SHEET = b"""\
#set document(title: sys.inputs.title, date: auto)
#set text(lang: sys.inputs.language, font: "Fira Sans")
#set page(
  width: float(sys.inputs.width) * 1mm, height: float(sys.inputs.height) * 1mm, margin: 0mm,
  fill: if sys.inputs.paper == "white" { white } else { none },
)
#image(bytes(sys.inputs.svg), format: "svg", alt: sys.inputs.alt, width: 100%, height: 100%)
"""


ChartKind = Literal["radar", "dots", "heat", "roadmap"]
Format = Literal["svg", "png", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)


def chart_file(
    findings: Findings,
    kind: ChartKind,
    size: Size,
    format: Format,
    *,
    transparent: bool = False,
    outlines: bool = False,
    practice: str = "",
) -> bytes:
    """One chart of a municipality as a file: title, date, legend, source and text alternative go with it.

    `size` is where it will stand: half or all of the width of a text (80, 160 mm), or a slide (16 to 9); see `sheet`.
    `transparent` leaves the ground out of PNG and SVG. An SVG brings the letters it uses as a font, so that words stay
    words; with `outlines` they become shapes, for programs that read no font out of a drawing (Word, Impress).
    `practice` is the id of a documented example whose features are marked beside the values of radar and dots, a heat
    table shows none (KeyError when there is no such example). A roadmap
    needs findings with a kept one that fits. Raises MissingAssets when the fonts have not been built.
    """
    return sheet_file(_CHARTS[kind](findings, practice), size, format, transparent=transparent, outlines=outlines)


def sheet_file(chart: Chart, size: Size, format: Format, *, transparent: bool = False, outlines: bool = False) -> bytes:
    """Any chart on a sheet of a size as a file."""
    printed = on_sheet(chart, size, paper=format == "svg" and not transparent)
    if format == "svg":
        return (outlined(printed.svg) if outlines else embedded(printed.svg)).encode("utf-8", "replace")
    if format == "pdf":
        return _typeset(printed, "pdf")
    return picture(printed, transparent=transparent)


def _timeline(findings: Findings) -> Timeline:
    assert findings.roadmap is not None, "there is a roadmap to draw"
    assert findings.roadmap.plan is not None, "the roadmap fits"
    return timeline(findings, findings.roadmap.plan)


_CHARTS: Mapping[ChartKind, Callable[[Findings, str], Chart]] = {
    "radar": profile,
    "dots": dots,
    "heat": lambda findings, _practice: heat(findings),
    "roadmap": lambda findings, _practice: _timeline(findings),
}


def svg_file(radar: Radar, *, width_mm: int = 160, transparent: bool = False) -> bytes:
    """The chart as a vector drawing for Word, Impress and print shops."""
    return of_width(radar, width_mm, paper=not transparent, alone=False).svg.encode("utf-8")


def pdf_file(radar: Radar, *, width_mm: int = 160, created: datetime = UNDATED) -> bytes:
    """The chart as a page of its own size: PDF/UA-1 and PDF/A-2a in one."""
    return _typeset(of_width(radar, width_mm, paper=False, alone=False), "pdf", created=created)


def png_file(radar: Radar, *, width_mm: int = 160, transparent: bool = False) -> bytes:
    """The chart as a picture that knows its size on paper."""
    return picture(of_width(radar, width_mm, paper=False, alone=False), transparent=transparent)


def picture(printed: Printed, *, transparent: bool = False) -> bytes:
    """Any drawing on its sheet as a picture that knows its size on paper."""
    return with_resolution(_typeset(printed, "png", transparent=transparent), DOTS_PER_INCH)


def _typeset(
    printed: Printed, format: Literal["pdf", "png"], *, transparent: bool = False, created: datetime = UNDATED
) -> bytes:
    inputs = {
        "svg": printable(printed.svg),
        "alt": f"{printed.title}. {printed.description}",
        "title": printed.title,
        "language": printed.language,
        "width": str(printed.width_mm),
        "height": str(printed.height_mm),
        "paper": "none" if transparent else "white",
    }
    return typeset(_SHEET, inputs, format=format, created=created)


def with_resolution(png: bytes, dots_per_inch: int) -> bytes:
    """The picture with the chunk that says how large it is on paper; without it Word would guess 96 dpi."""
    header_end = 8 + 12 + 13
    per_metre = round(dots_per_inch / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    return png[:header_end] + struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body)) + png[header_end:]
