"""The radar as a plotly figure: plain data for the page, drawn by plotly in the browser."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from selfcheck.charts.lettering import one_decimal, wrapped
from selfcheck.charts.radar import Radar, Series, SeriesKind

LABEL_WIDTH = 150
LABEL_SIZE = 13


@dataclass(frozen=True, slots=True)
class Look:
    """How a series is drawn, so that it differs from the others in grey too; no dash means no line."""

    symbol: str
    size: int
    dash: str = ""


LOOKS: Mapping[SeriesKind, Look] = {
    "result": Look("circle", 11, "solid"),
    "reached": Look("line-ew-open", 13),
    "target": Look("diamond-open", 11, "dash"),
    "earlier": Look("square-open", 9, "dot"),
}


def figure(chart: Radar) -> dict[str, Any]:
    """Traces, layout and configuration. A missing value is a gap in the line."""
    labels = ["<br>".join([a.id, *_wrapped(a.label), *_wrapped(a.why)]) for a in chart.axes]
    traces = [_ranges(chart, labels)] if chart.band else []
    traces += [_trace(chart, series, labels) for series in chart.series]
    return {
        "traces": traces,
        "layout": _layout(chart, labels),
        "config": {"displayModeBar": False, "responsive": True, "locale": chart.language},
    }


def _wrapped(text: str) -> list[str]:
    return wrapped(text, LABEL_WIDTH, LABEL_SIZE) if text else []


def _trace(chart: Radar, series: Series, labels: list[str]) -> dict[str, Any]:
    closed = [*range(len(labels)), 0]
    look = LOOKS[series.kind]
    return {
        "type": "scatterpolar",
        "name": series.name,
        "meta": series.kind,
        "mode": "lines+markers" if look.dash else "markers",
        "r": [_plain(series.values[index]) for index in closed],
        "theta": [labels[index] for index in closed],
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"width": 3 if series.kind == "result" else 2, **({"dash": look.dash} if look.dash else {})},
        "marker": {"size": look.size, "symbol": look.symbol, "line": {"width": 2}},
        "customdata": [[chart.axes[i].label, _said(chart, series.values[i])] for i in closed],
        "hovertemplate": "%{customdata[0]}<br>" + series.name + ": %{customdata[1]}<extra></extra>",
    }


def _ranges(chart: Radar, labels: list[str]) -> dict[str, Any]:
    """One bar along each axis from the lowest to the highest possible value."""
    assert chart.band is not None
    radii: list[float | None] = []
    angles: list[str] = []
    texts: list[list[str]] = []
    for index, span in enumerate(chart.band.ranges):
        if span is not None:
            said = f"{one_decimal(span[0], chart.language)}–{one_decimal(span[1], chart.language)}"
            radii += [float(span[0]), float(span[1]), None]
            angles += [labels[index]] * 3
            texts += [[chart.axes[index].label, said]] * 3
    return {
        "type": "scatterpolar",
        "name": chart.band.name,
        "meta": "range",
        "mode": "lines",
        "r": radii,
        "theta": angles,
        "connectgaps": False,
        "line": {"width": 12},
        "opacity": 0.5,
        "customdata": texts,
        "hovertemplate": "%{customdata[0]}<br>" + chart.band.name + ": %{customdata[1]}<extra></extra>",
    }


def _layout(chart: Radar, labels: list[str]) -> dict[str, Any]:
    return {
        "polar": {
            "bgcolor": "rgba(0,0,0,0)",
            "gridshape": "linear",
            "angularaxis": {
                "direction": "clockwise",
                "rotation": 90,
                "type": "category",
                "categoryorder": "array",
                "categoryarray": labels,
            },
            "radialaxis": {"range": [0, chart.maximum], "dtick": 1, "angle": 90, "tickangle": 90},
        },
        "font": {"family": "Fira Sans, sans-serif", "size": LABEL_SIZE},
        "legend": {"orientation": "h", "x": 0.5, "xanchor": "center", "y": -0.2},
        "margin": {"t": 70, "b": 70, "l": 130, "r": 130},
        "height": 560,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ",." if chart.language == "de" else ".,",
    }


def _plain(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _said(chart: Radar, value: Fraction | None) -> str:
    return "–" if value is None else one_decimal(value, chart.language)
