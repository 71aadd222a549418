"""The formats in which a report is written, by the ending of the file, and what browsers call that kind of file."""

from collections.abc import Mapping

from selfcheck.reports.blocks import Outline
from selfcheck.reports.html import html
from selfcheck.reports.pdf import pdf
from selfcheck.reports.word.docx import docx

FORMATS: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}


def write(outline: Outline, ending: str, template: bytes | None = None) -> bytes:
    """The report in the format of an ending; Word in the styles and on the paper of a house template if there is one.

    Raises MissingAssets when the fonts have not been built, UnusableFile for a template that may not be used.
    """
    match ending:
        case "pdf":
            return pdf(outline)
        case "docx":
            return docx(outline, template)
        case "html":
            return html(outline).encode()
        case _:
            raise KeyError(ending)
