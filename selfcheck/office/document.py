"""A Word or PowerPoint file: the same bytes for the same content, and what it says about itself."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from scoring.model.wording import Language
from selfcheck.office.text import one_line

LOCALES: dict[Language, str] = {"de": "de-DE", "en": "en-GB"}


FONT = "Arial"
"""On every machine of a town hall; its look-alike Liberation Sans is on the others."""


def packed(document: WordDocument) -> bytes:
    """The file: parts in a fixed order and without a clock."""
    made, sorted_ = BytesIO(), BytesIO()
    document.save(made)
    with ZipFile(made) as before, ZipFile(sorted_, "w", ZIP_DEFLATED) as after:
        for name in sorted(before.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            after.writestr(info, before.read(name), compresslevel=6)
    return sorted_.getvalue()


def describe(document: WordDocument, title: str, language: Language, created: datetime) -> None:
    """What the document says about itself: title and language, and no person."""
    about = document.core_properties
    for name in ("author", "category", "comments", "content_status", "identifier", "keywords", "last_modified_by"):
        setattr(about, name, "")
    about.subject = about.version = ""
    about.title, about.language, about.revision = one_line(title, 250), LOCALES[language], 1
    about.created = about.modified = created
    root = about._element
    for printed in root.findall(qn("cp:lastPrinted")):
        root.remove(printed)
