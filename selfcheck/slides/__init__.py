"""Slides for the meeting of a committee: five, to be changed by hand."""

from datetime import datetime

from selfcheck.ground.typesetting import UNDATED
from selfcheck.slides.deck import deck
from selfcheck.slides.writer import written
from selfcheck.words.findings import Findings, Variant

__all__ = ["pptx"]


def pptx(findings: Findings, variant: Variant = "public", created: datetime = UNDATED) -> bytes:
    """The slides about one municipality's answers as a file for PowerPoint and Impress, the same bytes every time.

    The public variant holds nothing that people wrote in their own words and nothing of role groups.
    Raises MissingAssets when the fonts of charts have not been built.
    """
    return written(deck(findings, variant), created)
