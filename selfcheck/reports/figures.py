"""The charts of a report, drawn for its pages: title, date and source stand there already."""

from dataclasses import replace
from typing import assert_never

from selfcheck.charts.marks import Marks, marks_of_width, marks_svg
from selfcheck.charts.network import Network, network_of_width, network_svg
from selfcheck.charts.radar import NARROWEST_MM, Radar, text_alternative
from selfcheck.charts.radar_drawing import radar_of_width, radar_svg
from selfcheck.charts.sheet import Printed
from selfcheck.charts.timeline import Timeline, timeline_of_width, timeline_svg
from selfcheck.reports.blocks import Chart

WIDEST_MM = 160
"""The whole width of the text, which all charts but a radar take."""
_SCREEN = 700


def drawn(chart: Chart, room_mm: int, radar_mm: int) -> Printed:
    """A chart for a column of so many millimetres; a radar takes at most `radar_mm`.

    One that cannot be as narrow as the column is wider and has to be made smaller afterwards.
    """
    width = max(NARROWEST_MM, min(WIDEST_MM, room_mm))
    match chart:
        case Radar():
            bare = replace(chart, title="", subtitle="", source="", description=text_alternative(chart))
            return radar_of_width(bare, min(radar_mm, width), paper=False)
        case Timeline():
            return timeline_of_width(chart, width, paper=False)
        case Marks():
            return marks_of_width(chart, width, paper=False)
        case Network():
            return network_of_width(chart, width, paper=False)
        case _:
            assert_never(chart)


def on_screen(chart: Chart) -> str:
    """A chart for a browser, whose colours follow the page."""
    match chart:
        case Radar():
            return radar_svg(chart, inline=True)
        case Timeline():
            return timeline_svg(chart, _SCREEN)
        case Marks():
            return marks_svg(chart, _SCREEN)
        case Network():
            return network_svg(chart, _SCREEN)
        case _:
            assert_never(chart)
