"""The whole recommendation report as PDF and Word; slides and workbook beside it."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import count

import pikepdf

from bench.answers import example
from bench.timing import Row, medians, show
from selfcheck.reports.outline import outline
from selfcheck.reports.pdf import pdf
from selfcheck.reports.word.docx import docx
from selfcheck.slides import pptx
from selfcheck.tables.files import xlsx
from selfcheck.words.findings import Findings


def run() -> None:
    """What the report consists of, and how long each part takes."""
    made = pdf(outline(example()))
    with pikepdf.open(BytesIO(made)) as file:
        pages = len(file.pages)
    same = "the same bytes" if made == pdf(outline(example())) else "OTHER BYTES"
    times = medians(
        {
            "PDF": _changing(lambda findings: pdf(outline(findings))),
            "… of that the outline": _changing(outline),
            "… of that assess + hints": _changing(lambda findings: (findings.result, findings.hints)),
            "Word": _changing(lambda findings: docx(outline(findings))),
            "slides": _changing(pptx),
            "workbook": _changing(xlsx),
        },
        rounds=7,
    )
    notes = {"PDF": f"{pages} pages, {len(made) / 1000:.0f} KB, {same} when made twice"}
    show(
        "Recommendation report",
        [Row(name, seconds, notes.get(name, "")) for name, seconds in times.items()],
        base="PDF",
        compared="the report of the example, from answers to file; another municipality's name at every call",
    )


def _changing(job: Callable[[Findings], object]) -> Callable[[], object]:
    """Another name each time, so that nothing can be remembered."""
    findings, numbers = example(), count()

    def changed() -> object:
        sheet = replace(findings.sheet, municipality=f"Musterkreis {next(numbers)}")
        return job(replace(findings, sheet=sheet))

    return changed
