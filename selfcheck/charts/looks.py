"""Every kind of chart and how it is drawn, wherever it stands: on a page, on a sheet of a size, at any width."""

from collections.abc import Mapping

from selfcheck.charts import dots, heat, marks, network, radar_drawing, timeline
from selfcheck.charts.dots import Dots
from selfcheck.charts.heat import Heat
from selfcheck.charts.marks import Marks
from selfcheck.charts.network import Network
from selfcheck.charts.radar import Radar
from selfcheck.charts.sheet import ChartLook, Printed, Size
from selfcheck.charts.timeline import Timeline

Chart = Radar | Dots | Heat | Marks | Network | Timeline

LOOKS: Mapping[type[Chart], ChartLook] = {
    Radar: radar_drawing.LOOK,
    Dots: dots.LOOK,
    Heat: heat.LOOK,
    Marks: marks.LOOK,
    Network: network.LOOK,
    Timeline: timeline.LOOK,
}


def on_page(chart: Chart, width: int | None = None) -> str:
    """The chart as one SVG for a page, drawn for the width in pixels or its usual one; colours by CSS variables."""
    return LOOKS[type(chart)].on_page(chart, width)


def on_sheet(chart: Chart, size: Size, *, paper: bool = True) -> Printed:
    """The chart on a sheet of one of the sizes, with title and source; on white or on nothing."""
    return LOOKS[type(chart)].on_sheet(chart, size, paper=paper)


def of_width(chart: Chart, width_mm: float, *, paper: bool = True, alone: bool = True) -> Printed:
    """The chart on a sheet of any width: alone, for a page that has title and source itself, or with these.

    Raises ValueError where it has no room.
    """
    return LOOKS[type(chart)].of_width(chart, width_mm, paper=paper, alone=alone)
