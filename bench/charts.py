"""The radar as SVG, PDF and PNG, beside plotly with kaleido and a Chromium drawing the same values at the same width."""

# A package of others may be missing, so each is imported where it is used.

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

from bench.answers import example, invented
from bench.timing import Row, medians, show
from selfcheck.charts.files import pdf_file, png_file, svg_file
from selfcheck.charts.interactive import figure
from selfcheck.charts.profile import profile
from selfcheck.charts.radar import Radar
from selfcheck.words.findings import Findings

Draw = Callable[[Radar], bytes]

WIDTH = 605
"""Pixels of 160 mm at 96 to the inch; the PNG has 300 to the inch."""
HEIGHT = 592
SCALES = {"svg": 1.0, "pdf": 1.0, "png": 300 / 96}
OURS: dict[str, Draw] = {"svg": svg_file, "pdf": pdf_file, "png": png_file}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
ROUNDS = 7


def run() -> None:
    """A table for each format; the browser that kaleido keeps is ended in any case."""
    theirs = _browser() and _kaleido()
    try:
        _tables(theirs)
    finally:
        if theirs:
            _stop()


def _tables(theirs: bool) -> None:
    radar = profile(example())
    for format, draw in OURS.items():
        draws = {"ours": draw} | ({"plotly + kaleido": _drawn_by_plotly(format)} if theirs else {})
        before = {name: one(radar) for name, one in draws.items()}
        times = medians({name: _changing(one) for name, one in draws.items()}, rounds=ROUNDS)
        notes = {name: _said(before[name], one(radar)) for name, one in draws.items()}
        if theirs and format == "pdf":
            times |= _one_shot()
        show(
            f"Radar as {format.upper()}",
            [Row(name, seconds, notes.get(name, "")) for name, seconds in times.items()],
            base="ours",
            compared="equal values and ranges, same width (pictures differ); another chart at every call",
        )


def _browser() -> bool:
    """Whether there is a browser for kaleido; it reads BROWSER_PATH."""
    found = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        os.environ["BROWSER_PATH"] = found
    else:
        print("\n  !! NO CHROMIUM (set BROWSER_PATH): plotly + kaleido left out")
    return bool(found)


def _kaleido() -> bool:
    """Whether kaleido is there; its browser stays alive between pictures, which is its fastest way."""
    try:
        import kaleido
        import plotly  # noqa: F401
    except ImportError:
        print("\n  !! plotly or kaleido IS MISSING, left out (deploy/locks/bench.txt installs both)")
        return False
    kaleido.start_sync_server(n=1, silence_warnings=True)
    return True


def _stop() -> None:
    import kaleido

    kaleido.stop_sync_server(silence_warnings=True)


def _drawn_by_plotly(format: str) -> Draw:
    import kaleido
    from plotly.graph_objects import Figure

    def draw(radar: Radar) -> bytes:
        plain = figure(radar)
        _check_values(radar, plain["traces"])
        drawing = Figure(data=plain["traces"], layout=plain["layout"])
        drawing.update_layout(title=radar.subtitle, paper_bgcolor="white")
        drawing.update_polars(angularaxis_gridcolor="#b3b8c2", radialaxis_gridcolor="#b3b8c2")
        size = {"format": format, "width": WIDTH, "height": HEIGHT, "scale": SCALES[format]}
        drawn = kaleido.calc_fig_sync(drawing, opts=size)
        assert isinstance(drawn, bytes)
        return drawn

    return draw


def _check_values(radar: Radar, traces: list[dict[str, Any]]) -> None:
    """Every series of the chart is in the figure with its own values."""
    drawn = {trace["name"]: trace["r"] for trace in traces}
    for series in radar.series:
        values = [None if value is None else float(value) for value in series.values]
        assert drawn[series.name] == [*values, values[0]]
    if radar.band is not None:
        bounds = [bound for span in radar.band.ranges if span is not None for bound in (*map(float, span), None)]
        assert drawn[radar.band.name] == bounds


def _changing(draw: Draw) -> Callable[[], bytes]:
    """Draws another chart at every call, so that nothing can be remembered."""
    findings = example()
    sheets = [invented(findings.questionnaire, seed) for seed in range(8)]
    radars = [profile(Findings(findings.questionnaire, sheet, "de")) for sheet in sheets]
    numbers = count()

    def job() -> bytes:
        number = next(numbers)
        return draw(replace(radars[number % len(radars)], subtitle=f"Musterkreis {number}"))

    return job


def _said(before: bytes, after: bytes) -> str:
    """How large the example's chart is, and whether it is the same some seconds later."""
    return f"{len(before) / 1000:.0f} KB, {'the same bytes' if before == after else 'OTHER BYTES'} when drawn again"


def _one_shot() -> dict[str, float]:
    """The usual way to use kaleido: a browser for each picture."""
    import kaleido

    _stop()
    found = medians({"… a browser each time": _changing(_drawn_by_plotly("pdf"))}, rounds=2, slice=0)
    kaleido.start_sync_server(n=1, silence_warnings=True)
    return found
