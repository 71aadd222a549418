"""A drawing whose words are outlines: it looks the same on machines that do not have the fonts.

For formats that place a drawing among other things (Word, Impress); what it says must stand beside it as text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lxml import etree

from selfcheck.typesetting import font_folder, printable

if TYPE_CHECKING:
    import uharfbuzz

_SVG = "{http://www.w3.org/2000/svg}"
_PLACING = frozenset(("x", "y", "font-size", "font-weight", "font-style", "text-anchor", "paint-order"))


def outlined(svg: str) -> str:
    """The drawing with every text replaced by the outlines of its letters. Raises MissingAssets without the fonts."""
    drawing = etree.fromstring(printable(svg).encode())
    for text in list(drawing.iter(f"{_SVG}text")):
        parent = text.getparent()
        for shape in _shapes(text):
            parent.insert(parent.index(text), shape)
        parent.remove(text)
    return str(etree.tostring(drawing, encoding="unicode"))


def _shapes(text: Any) -> list[Any]:
    """The outlines of one text; a halo becomes a shape of its own below them."""
    looks = {name: value for name, value in text.attrib.items() if name not in _PLACING}
    path = _path(text)
    halo = {**looks, "fill": "none"} if "stroke" in looks else None
    letters = {name: value for name, value in looks.items() if not name.startswith("stroke")}
    return [etree.Element(f"{_SVG}path", {"d": path, **wanted}) for wanted in (halo, letters) if wanted is not None]


def _path(text: Any) -> str:
    bold, italic = int(text.get("font-weight", "400")) >= 600, text.get("font-style") == "italic"
    font = _font("SemiBold" if bold else "Italic" if italic else "Regular")
    pen = _Pen(float(text.get("font-size")) / font.face.upem, float(text.get("x")), float(text.get("y")))
    glyphs, width = _shaped(text.text or "", font)
    pen.x -= {"middle": width / 2, "end": width}.get(text.get("text-anchor", "start"), 0) * pen.scale
    for glyph, aside, above, advance in glyphs:
        pen.x += aside * pen.scale
        pen.y -= above * pen.scale
        font.draw_glyph(glyph, _pencil(), pen)
        pen.x += (advance - aside) * pen.scale
        pen.y += above * pen.scale
    return " ".join(pen.drawn)


def _shaped(text: str, font: uharfbuzz.Font) -> tuple[list[tuple[int, int, int, int]], int]:
    """Each glyph with its shift and its advance, and how wide they are together, in units of the font."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    placed = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    glyphs = [(info.codepoint, at.x_offset, at.y_offset, at.x_advance) for info, at in placed]
    return glyphs, sum(advance for *_, advance in glyphs)


@dataclass(slots=True)
class _Pen:
    """Where a glyph begins on the drawing, and the path drawn so far."""

    scale: float
    x: float
    y: float
    drawn: list[str] = field(default_factory=list)

    def draw(self, command: str, *points: float) -> None:
        """Add a command with points in units of the font."""
        pairs = zip(points[::2], points[1::2], strict=True)
        said = (f"{self.x + x * self.scale:.2f} {self.y - y * self.scale:.2f}" for x, y in pairs)
        self.drawn.append(command + " ".join(said))


@lru_cache(maxsize=1)
def _pencil() -> uharfbuzz.DrawFuncs:
    import uharfbuzz

    pencil = uharfbuzz.DrawFuncs()
    pencil.set_move_to_func(lambda x, y, pen: pen.draw("M", x, y))
    pencil.set_line_to_func(lambda x, y, pen: pen.draw("L", x, y))
    pencil.set_quadratic_to_func(lambda a, b, x, y, pen: pen.draw("Q", a, b, x, y))
    pencil.set_cubic_to_func(lambda a, b, c, d, x, y, pen: pen.draw("C", a, b, c, d, x, y))
    pencil.set_close_path_func(lambda pen: pen.draw("Z"))
    return pencil


@lru_cache(maxsize=3)
def _font(style: str) -> uharfbuzz.Font:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face((font_folder() / f"FiraSans-{style}.ttf").read_bytes()))
