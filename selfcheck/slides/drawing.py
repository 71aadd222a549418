"""The radar for a slide: the net and its labels as large as the place allows; the legend stands beside it as text."""

from dataclasses import dataclass, replace

from selfcheck.charts.files import with_resolution
from selfcheck.charts.lettering import LABEL
from selfcheck.charts.outlined import outlined
from selfcheck.charts.radar import NARROWEST_MM, Radar, text_alternative
from selfcheck.charts.radar_drawing import LOOK, Drawing, draw
from selfcheck.charts.sheet import Printed, of_width, unframed
from selfcheck.ground.typesetting import DOTS_PER_INCH, printable, typeset
from selfcheck.slides.fit import Frame

WIDEST_MM, STEP_MM = 180, 5
MARGIN = 6
READABLE = 14
"""Points that the labels of the axes have at least."""


@dataclass(frozen=True, slots=True)
class Net:
    """The drawing, the picture that stands in for it, where they go, and what they say."""

    svg: bytes
    png: bytes
    frame: Frame
    name: str
    description: str


def net(chart: Radar, room: Frame) -> Net:
    """The chart in the middle of its place, as large as letters allow that can be read from afar.

    The narrower a radar is drawn, the more of it are letters; so each width is tried: the widest with letters of that
    size, else the one with the largest letters.
    """
    said = text_alternative(chart)
    bare = replace(chart, title="", subtitle="", source="", stage_names=(), description=said)
    sheets = [of_width(mm) for mm in range(NARROWEST_MM, WIDEST_MM, STEP_MM)]
    drawn = [_only_net(draw(bare, sheet, unframed(sheet)), chart) for sheet in sheets]
    scales = [min(room.width / one.width, room.height / one.height) for one in drawn]
    readable = [place for place, scale in enumerate(scales) if LABEL.size * scale >= READABLE]
    chosen = readable[-1] if readable else scales.index(max(scales))
    drawing, scale = drawn[chosen], scales[chosen]
    made = LOOK.printed(drawing, sheets[chosen], paper=False)
    width, height = drawing.width * scale, drawing.height * scale
    return Net(
        svg=outlined(made.svg).encode(),
        png=_png(made, said),
        frame=Frame(room.x + (room.width - width) / 2, room.y + (room.height - height) / 2, width, height),
        name=chart.title,
        description=said,
    )


def _only_net(drawing: Drawing, chart: Radar) -> Drawing:
    """The drawing without legend and line, cut off below the last label."""
    low = drawing.centre[1] + max(label.bottom for label in drawing.labels)
    return replace(drawing, title=chart.title or drawing.title, texts=(), samples=(), rule="M0 0", height=low + MARGIN)


_SOURCE = b"""\
#set document(title: sys.inputs.title, date: auto)
#set text(lang: sys.inputs.language, font: "Fira Sans")
#set page(width: float(sys.inputs.width) * 1mm, height: float(sys.inputs.height) * 1mm, margin: 0mm, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", alt: sys.inputs.alt, width: 100%, height: 100%)
"""


def _png(made: Printed, said: str) -> bytes:
    inputs = {
        "svg": printable(made.svg),
        "alt": printable(said),
        "title": printable(made.title),
        "language": made.language,
        "width": str(made.width_mm),
        "height": str(made.height_mm),
    }
    return with_resolution(typeset(_SOURCE, inputs, format="png"), DOTS_PER_INCH)
