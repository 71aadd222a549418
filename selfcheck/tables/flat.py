"""One flat CSV file in long form: one row for each value of a perspective and each part of an answer."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from io import StringIO

from scoring.model.wording import Language
from selfcheck.ground.i18n import Translate, translator
from selfcheck.tables.columns import Cell, DataTable
from selfcheck.tables.texts import cut, harmless
from selfcheck.words.findings import Findings

HEADS = 2
"""The columns that name the row: id and name."""


def written(findings: Findings, profile: DataTable, answers: DataTable) -> bytes:
    """UTF-8 with a mark at the beginning, CRLF; German with semicolons and decimal commas, English with commas and points."""
    _ = translator(findings.language)
    kinds = ((_("perspective"), profile), (_("item"), answers))
    return lines(
        _headings(_), (row for kind, table in kinds for row in _rows(findings, kind, table)), findings.language
    )


def lines(headings: Sequence[str], rows: Iterable[Sequence[Cell]], language: Language) -> bytes:
    """Rows of any kind in the same way of writing."""
    _ = translator(language)
    out = StringIO()
    separator = ";" if language == "de" else ","
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_field(cell, language, _) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _headings(_: Translate) -> tuple[str, ...]:
    return (
        _("Municipality"),
        _("Date"),
        _("Questionnaire"),
        _("Version"),
        _("Kind"),
        _("Id"),
        _("Name"),
        _("Key"),
        _("Column"),
        _("Numeric value"),
        _("Text"),
    )


def _rows(findings: Findings, kind: str, table: DataTable) -> Iterator[tuple[Cell, ...]]:
    sheet = findings.sheet
    whence = (sheet.municipality, sheet.date, sheet.questionnaire, sheet.version, kind)
    for row in table.rows:
        for at, column in table.numbered[HEADS:]:
            cell = row[at]
            number, text = (None, cell) if column.kind == "text" else (cell, None)
            yield (*whence, *row[:HEADS], column.key, column.title, number, text)


def _field(cell: Cell, language: Language, _: Translate) -> str:
    match cell:
        case None:
            return ""
        case str():
            return cut(harmless(cell), _(" … (cut: a cell holds no more)"))
        case date():
            return cell.isoformat()
        case _:
            return decimal(cell, language)


def decimal(value: Fraction | int, language: Language) -> str:
    """A number with as many decimals as it takes to read the same number again."""
    written = repr(float(value)).removesuffix(".0")
    return written.replace(".", ",") if language == "de" else written
