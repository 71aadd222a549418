"""The charts of a report, drawn for its pages: title, date and source stand there already."""

from dataclasses import replace

from selfcheck.charts import looks
from selfcheck.charts.looks import Chart
from selfcheck.charts.radar import NARROWEST_MM, Radar, text_alternative
from selfcheck.charts.sheet import Printed

WIDEST_MM = 160
"""The whole width of the text, which all charts but a radar take."""


def drawn(chart: Chart, room_mm: int, radar_mm: int) -> Printed:
    """A chart for a column of so many millimetres; a radar takes at most `radar_mm`.

    One that cannot be as narrow as the column is wider and has to be made smaller afterwards.
    """
    width = max(NARROWEST_MM, min(WIDEST_MM, room_mm))
    if isinstance(chart, Radar):
        width = min(radar_mm, width)
        chart = replace(chart, title="", subtitle="", source="", description=text_alternative(chart))
    return looks.of_width(chart, width, paper=False)
