"""A report as one HTML file that needs nothing else: no script, no font and no picture from anywhere."""

from functools import lru_cache

from jinja2 import Environment
from markupsafe import Markup

from selfcheck.charts.looks import Chart, on_page
from selfcheck.ground import templating
from selfcheck.reports.blocks import Outline
from selfcheck.reports.layout_words import words


def html(outline: Outline) -> str:
    """The report for a browser: readable on a phone, in the dark and on paper."""
    return _environment().get_template("report/report.html.jinja").render(report=outline, words=words(outline.language))


def _inline(chart: Chart) -> Markup:
    """A chart for a browser, whose colours follow the page; the drawing escapes what it writes."""
    return Markup(on_page(chart))  # noqa: S704


def _endless(text: str) -> bool:
    """Whether a word is too long to decide how wide a column must be."""
    return any(len(word) > 40 for word in text.split())


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = templating.environment()
    environment.filters["inline"] = _inline
    environment.tests["endless"] = _endless
    return environment
