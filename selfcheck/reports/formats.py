"""The formats in which a report can be written, by the ending of the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from selfcheck.reports.blocks import Outline
from selfcheck.reports.docx import docx
from selfcheck.reports.html import html
from selfcheck.reports.pdf import pdf


@dataclass(frozen=True, slots=True)
class Format:
    """How a report becomes a file, and what browsers call that kind of file."""

    write: Callable[[Outline], bytes]
    type: str


FORMATS: Mapping[str, Format] = {
    "pdf": Format(pdf, "application/pdf"),
    "docx": Format(docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "html": Format(lambda outline: html(outline).encode(), "text/html; charset=utf-8"),
}
