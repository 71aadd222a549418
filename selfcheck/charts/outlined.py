"""Drawings that look the same on machines that do not have the fonts: the letters go with them, in one of two ways.

* `embedded`: words stay words, to be searched, copied and translated; the few letters used travel as a font inside the
  file (10 KB a style, kerning included). Browsers, and whatever they are built into, show it exactly. For downloads.
* `outlined`: words become shapes. For programs that read no font out of a drawing (Word, Impress, Inkscape, print
  shops); what it says must stand beside it as text. The text alternative of the drawing itself is kept either way.

Where a program ignores the embedded font, Arial stands in, for which all texts have been measured as well.
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lxml import etree

from selfcheck.charts.lettering import plain
from selfcheck.ground.typesetting import font_folder, fonts_in, printable

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


def embedded(svg: str) -> str:
    """The drawing with the letters it uses as fonts of its own. Raises MissingAssets without the fonts."""
    used: defaultdict[str, set[str]] = defaultdict(set)
    for text in etree.fromstring(svg.encode()).iter(f"{_SVG}text"):
        used[_style(text)] |= set(text.text or "")
    faces = "".join(_FACE.format(looks=_LOOKS[style], font=_subset(style, used[style])) for style in sorted(used))
    return svg.replace("</desc>", f"</desc>\n<style>{faces}</style>", 1)


_FACE = '@font-face{{font-family:"Fira Sans";{looks};src:url("data:font/ttf;base64,{font}")}}'
_LOOKS = {
    "Regular": "font-weight:400",
    "SemiBold": "font-weight:600",
    "Italic": "font-weight:400;font-style:italic",
}


def _subset(style: str, characters: set[str]) -> str:
    """The font with nothing but these characters and their kerning."""
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.add(int.from_bytes(b"kern", "big"))
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    return b64encode(uharfbuzz.subset(_font(style).face, wanted).blob.data).decode()


def _style(text: Any) -> str:
    bold, italic = int(text.get("font-weight", "400")) >= 600, text.get("font-style") == "italic"
    return "SemiBold" if bold else "Italic" if italic else "Regular"


def _shapes(text: Any) -> list[Any]:
    """The outlines of one text; a halo becomes a shape of its own below them."""
    path, scale = _path(text)
    place = f"translate({plain(float(text.get('x')))} {plain(float(text.get('y')))}) scale({scale:.5f} {-scale:.5f})"
    looks = {name: value for name, value in text.attrib.items() if name not in _PLACING}
    letters = {name: value for name, value in looks.items() if not name.startswith("stroke")}
    shapes = [letters]
    if "stroke" in looks:
        shapes.insert(0, {**looks, "fill": "none", "stroke-width": plain(float(looks["stroke-width"]) / scale)})
    return [etree.Element(f"{_SVG}path", {"d": path, "transform": place, **wanted}) for wanted in shapes]


def _path(text: Any) -> tuple[str, float]:
    """The letters one after the other in whole units of the font, and how large such a unit is."""
    font = _font(_style(text))
    glyphs, width = _shaped(text.text or "", font)
    pen = _Pen(-{"middle": width / 2, "end": width}.get(text.get("text-anchor", "start"), 0.0))
    for glyph, aside, above, advance in glyphs:
        pen.x += aside
        pen.y += above
        font.draw_glyph(glyph, _pencil(), pen)
        pen.x += advance - aside
        pen.y -= above
    return "".join(pen.drawn), float(text.get("font-size")) / font.face.upem


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
    """Where a glyph begins, where the pen stands, and the path drawn so far: steps from point to point, to be short."""

    x: float = 0
    y: float = 0
    at: tuple[int, int] = (0, 0)
    start: tuple[int, int] = (0, 0)
    drawn: list[str] = field(default_factory=list)

    def draw(self, command: str, *points: float) -> None:
        """Add a command with points in units of the font."""
        found = [(round(self.x + x), round(self.y + y)) for x, y in zip(points[::2], points[1::2], strict=True)]
        steps = "".join(f" {x - self.at[0]} {y - self.at[1]}" for x, y in found)
        self.drawn.append(command + steps.removeprefix(" ").replace(" -", "-"))
        self.at = found[-1] if found else self.start
        self.start = self.at if command == "m" else self.start


@lru_cache(maxsize=1)
def _pencil() -> uharfbuzz.DrawFuncs:
    import uharfbuzz

    pencil = uharfbuzz.DrawFuncs()
    pencil.set_move_to_func(lambda x, y, pen: pen.draw("m", x, y))
    pencil.set_line_to_func(lambda x, y, pen: pen.draw("l", x, y))
    pencil.set_quadratic_to_func(lambda a, b, x, y, pen: pen.draw("q", a, b, x, y))
    pencil.set_cubic_to_func(lambda a, b, c, d, x, y, pen: pen.draw("c", a, b, c, d, x, y))
    pencil.set_close_path_func(lambda pen: pen.draw("z"))
    return pencil


@lru_cache(maxsize=3)
def _font(style: str) -> uharfbuzz.Font:
    import uharfbuzz

    file = font_folder() / f"FiraSans-{style}.ttf"
    fonts_in(file.parent)
    return uharfbuzz.Font(uharfbuzz.Face(file.read_bytes()))
