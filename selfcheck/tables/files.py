"""All values of one sheet as files: an Excel workbook with a data dictionary, and one flat CSV file."""

from datetime import datetime

from selfcheck.ground.i18n import translator
from selfcheck.ground.typesetting import UNDATED
from selfcheck.tables import flat, workbook
from selfcheck.tables.about import about
from selfcheck.tables.answers import answers
from selfcheck.tables.columns import DataTable
from selfcheck.tables.comparison import comparison
from selfcheck.tables.dictionary import dictionary
from selfcheck.tables.measures import measures
from selfcheck.tables.modules import modules
from selfcheck.tables.notes import notes
from selfcheck.tables.profile import profile
from selfcheck.tables.ratings import ratings
from selfcheck.tables.roadmap import roadmap
from selfcheck.tables.steps import steps
from selfcheck.words.findings import Findings, Variant


def xlsx(findings: Findings, variant: Variant = "public", created: datetime = UNDATED) -> bytes:
    """The workbook; the same findings give the same bytes."""
    return workbook.written(findings, tables(findings, variant), variant, created)


def csv(findings: Findings, variant: Variant = "public") -> bytes:
    """Every value and every answer in one row each; the same findings give the same bytes."""
    _ = translator(findings.language)
    return flat.written(findings, profile(findings, _), answers(findings, variant, _))


def modules_csv(findings: Findings, variant: Variant = "internal") -> bytes:
    """Every entry of the modules in one row each. Nothing but headings where nothing was entered."""
    _ = translator(findings.language)
    table = modules(findings, variant, _)
    headings = [column.title for column in table.columns] if table else []
    return flat.lines(headings, table.rows if table else (), findings.language)


def tables(findings: Findings, variant: Variant) -> tuple[DataTable, ...]:
    """The tables of the workbook, one for each sheet."""
    _ = translator(findings.language)
    written = (notes(findings, _), ratings(findings, _)) if variant == "internal" else ()
    ahead = (steps(findings, _), roadmap(findings, _), measures(findings, variant, _))
    beside = (modules(findings, variant, _), comparison(findings, _))
    found = (profile(findings, _), answers(findings, variant, _), *written, *ahead, *beside)
    first, last = [table for table in found if table], about(findings, variant, _)
    return (*first, dictionary(first, last, _), last)
