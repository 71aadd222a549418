"""All that a workshop leaves behind, as files that everybody in the room may have: each made when it is its turn."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial

from selfcheck.charts.files import pdf_file, png_file, sheet_file, svg_file
from selfcheck.charts.outlined import embedded
from selfcheck.charts.radar import Radar
from selfcheck.charts.side_by_side import heat, radars
from selfcheck.office.bundle import ZipMember
from selfcheck.protocol import data
from selfcheck.protocol.minutes import Minutes
from selfcheck.protocol.outline import protocol
from selfcheck.protocol.own_page import OwnPage
from selfcheck.reports.blocks import Outline
from selfcheck.reports.formats import write

PAPERS = ("pdf", "docx")
RADARS: dict[str, Callable[[Radar], bytes]] = {"svg": svg_file, "png": png_file, "pdf": pdf_file}
LONGEST = 60
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
Making = tuple[str, Callable[[], bytes]]
"""A file by its name, and how it is made."""


def everything(minutes: Minutes) -> tuple[Making, ...]:
    """Protocol, a page and a chart for each municipality that appears in it, all side by side, and the data.

    What they say is read at once; making the files takes the time, and needs nothing of the database any more.
    """
    _ = minutes.translate
    return (*_papers(_("workshop-protocol"), protocol(minutes)), *_pages(minutes), *_together(minutes), *_data(minutes))


def made(files: tuple[Making, ...]) -> Iterator[ZipMember]:
    """The files, one after the other."""
    return (ZipMember(name, make()) for name, make in files)


def _papers(name: str, outline: Outline) -> Iterator[Making]:
    for ending in PAPERS:
        yield f"{name}.{ending}", partial(write, outline, ending)


def _pages(minutes: Minutes) -> Iterator[Making]:
    _ = minutes.translate
    municipalities, paper, chart = _("municipalities"), _("page"), _("radar")
    for member, _comparable in minutes.drawn:
        page = OwnPage(minutes, member, private=False)
        folder, radar = f"{municipalities}/{file_name(page.name)}", page.radar
        yield from _papers(f"{folder}/{paper}", page.outline)
        for ending, make in RADARS.items():
            yield f"{folder}/{chart}.{ending}", partial(make, radar)


def _together(minutes: Minutes) -> Iterator[Making]:
    _ = minutes.translate
    if minutes.drawn:
        table, name = heat(minutes.drawn, minutes.language), _("side-by-side")
        beside = _("radars")
        yield f"{beside}.svg", lambda: embedded(radars(minutes.drawn, minutes.language)).encode()
        yield f"{name}.svg", partial(sheet_file, table, "full", "svg")
        yield f"{name}.png", partial(sheet_file, table, "full", "png")


def _data(minutes: Minutes) -> Iterator[Making]:
    for file in data.files(minutes):
        yield file.name, partial(bytes, file.content)


def file_name(text: str) -> str:
    """A name that every file system takes: small letters, digits and dashes."""
    spelled = text.translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-") or "x"
