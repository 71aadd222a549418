"""A report as PDF: tagged and archivable (PDF/UA-1 and PDF/A-2a in one), the same bytes every time."""

import json
import re
from dataclasses import fields, is_dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import pikepdf

from selfcheck.charts.looks import LOOKS, Chart
from selfcheck.ground import resources
from selfcheck.ground.typesetting import MARKS, UNDATED, MissingAssets, printable, typeset
from selfcheck.reports.blocks import Outline
from selfcheck.reports.figures import WIDEST_MM, drawn
from selfcheck.reports.layout_words import words

__all__ = ["MissingAssets", "pdf"]

FIGURE_MM = 126
"""The width of a radar on the page: its table finds room below it, even with target and last time."""
HIGHEST_MM = 215
"""What a page has room for together with a caption; a chart that is higher is made smaller."""


def pdf(outline: Outline, *, created: datetime = UNDATED) -> bytes:
    """The report as a PDF for paper, screen and archive. Raises MissingAssets when the fonts have not been built."""
    report = _as_data(outline) | {"words": {key: settable(word) for key, word in words(outline.language).items()}}
    source = (resources.templates() / "report" / "report.typ").read_bytes()
    return _with_row_headers(typeset(source, {"report": json.dumps(report, ensure_ascii=False)}, created=created))


def _with_row_headers(data: bytes) -> bytes:
    """The first cell of every row of a table as its header: the compiler can mark column headers only."""
    made = BytesIO()
    with pikepdf.open(BytesIO(data)) as file:
        for element in _parts(file.Root.StructTreeRoot):
            _name_rows(element)
        file.save(made, deterministic_id=True)
    return made.getvalue()


def _name_rows(element: pikepdf.Object) -> None:
    parts = _parts(element)
    if parts and element.S == pikepdf.Name.TR and parts[0].S == pikepdf.Name.TD:
        parts[0].S = pikepdf.Name.TH
        parts[0].A.append(pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row))
    for part in parts:
        _name_rows(part)


def _parts(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The elements right below one: a list of them, a single one, or none."""
    below = element.get("/K")
    parts = list(below.as_list()) if isinstance(below, pikepdf.Array) else [below]
    return [part for part in parts if isinstance(part, pikepdf.Dictionary) and "/S" in part]


def _as_data(value: Any) -> Any:
    """What the layout reads: blocks with their kind, texts that can be set, charts as drawings."""
    match value:
        case str():
            return settable(value)
        case tuple():
            return [_as_data(part) for part in value]
        case _ if type(value) in LOOKS:
            return _figure(value)
        case _ if is_dataclass(value):
            parts = {field.name: _as_data(getattr(value, field.name)) for field in fields(value)}
            return {"block": type(value).__name__} | parts
        case _:
            return value


def _figure(chart: Chart) -> dict[str, Any]:
    printed = drawn(chart, WIDEST_MM, FIGURE_MM)
    width = printed.width_mm * min(1, HIGHEST_MM / printed.height_mm)
    return {"svg": printable(printed.svg), "alt": _plain(printed.description), "width": width}


def _plain(text: str) -> str:
    return printable(text, marks=MARKS)


_LONG = re.compile(r"\S{14,}")
_SEAM = re.compile(r"(?<=[.@_&=?:])(?=[^\W\d_])")
_PIECE = re.compile(r"[^-/\u00ad\u200b]*[-/\u00ad\u200b]?")
_WORD = re.compile(r"\W{0,4}[^\W\d_]{1,45}\W{0,4}")
_UNPRONOUNCEABLE = re.compile(r"(\w)\1{6}|[^\W\d_aeiouyäöü]{9}", re.IGNORECASE)


def settable(text: str) -> str:
    """Text that the fonts can print and that finds a place to break, however narrow its column is."""
    return _LONG.sub(lambda found: _breakable(found.group()), _plain(text))


def _breakable(text: str) -> str:
    """Words are hyphenated by the compiler; addresses, hashes and what nobody can pronounce break where they must."""
    if len(text) > 200:
        return _chunks(text, "\u00ad")
    return "".join(_broken(piece) for piece in _PIECE.findall(_SEAM.sub("\u200b", text)))


def _broken(piece: str) -> str:
    if len(piece) < 14 or (_WORD.fullmatch(piece) and not _UNPRONOUNCEABLE.search(piece)):
        return piece
    return _chunks(piece, "\u00ad" if piece.isalpha() else "\u200b")


def _chunks(text: str, seam: str) -> str:
    return seam.join(text[place : place + 8] for place in range(0, len(text), 8))
