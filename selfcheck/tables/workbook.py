"""An Excel workbook of tables: real numbers and dates, texts that stay texts, and pages that print well.

Decisions a reader of the file could ask about:

* Every text is written as a text, never as a formula or link; one that looks like a formula stays a text when edited.
* The file holds no formulas at all: numbers are results of the rules, which no spreadsheet can recompute.
* Nothing depends on a clock: the same tables give the same bytes.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import takewhile
from typing import Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter import Workbook

from scoring.model.wording import Language
from selfcheck.ground.i18n import Translate, translator
from selfcheck.ground.written import written_day
from selfcheck.tables.columns import Cell, DataColumn, DataTable, answered_on, ours
from selfcheck.tables.texts import cleaned, like_a_formula, lines_of, parts
from selfcheck.words.findings import Findings, Variant

LOCALES: dict[Language, str] = {"de": "de-DE", "en": "en-GB"}
FONT, SIZE = "Arial", 10
"""On every machine of a town hall; its look-alike Liberation Sans is on the others."""
INK, HOUSE, LINE, TINT = "#1A1A1A", "#1B3A6B", "#B4BBC5", "#E8EEF7"
A4 = 9
MARGINS = {"left": 0.47, "right": 0.47, "top": 0.79, "bottom": 0.67}
"""In inches."""
MOST_LINES = 26
"""Lines of a cell: Excel shows no row that is higher than 409 points."""
MOST_ASIDE = 5
"""Lines of a text that stands whole in another table: beside the page, it must not make rows high."""
LINE_POINTS, AIR = 12.75, 3.0
LONGEST_NAME = 60

NUMBERS = {"stage": "General", "number": "0.0#", "count": "0", "share": "0%", "change": '+0.0#;"−"0.0#;"±"0'}
"""Excel writes them the way its reader's country does: 0.0 becomes 2,5 in Germany."""
DATES: dict[Language, str] = {"de": "dd.mm.yyyy", "en": "d mmmm yyyy"}
Look = Literal["heading", "head", "body"]


def written(findings: Findings, tables: Sequence[DataTable], variant: Variant, created: datetime) -> bytes:
    """The workbook with one sheet for each table."""
    _ = translator(findings.language)
    mark = _("For the public") if variant == "public" else _("Internal – not for publication")
    return book(tables, _title(findings), mark, findings.language, created)


def book(tables: Sequence[DataTable], title: str, mark: str, language: Language, created: datetime) -> bytes:
    """A workbook of any tables; title and mark stand at the head of every printed page."""
    made = BytesIO()
    writing = _Book(language, title, mark, Workbook(made, _options()))
    writing.describe(created)
    for table in tables:
        writing.add(table)
    writing.file.close()
    return _packed(made, language)


def _title(findings: Findings) -> str:
    """Title of the questionnaire, municipality and date."""
    day = answered_on(findings.sheet)
    date_ = written_day(day, findings.language) if isinstance(day, date) else _short(day or "")
    named = (findings.say.say(findings.questionnaire.title), findings.sheet.municipality, date_)
    return " · ".join(_short(part) for part in named if part)


def _options() -> dict[str, Any]:
    """Texts stay texts. Made anew for each file: the library writes into what it is given."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT, "font_size": SIZE},
    }


class _Book:
    """A workbook in the making, with the formats its cells share."""

    def __init__(self, language: Language, title: str, mark: str, file: Workbook) -> None:
        self.title, self.mark, self.file = title, mark, file
        self.language: Language = language
        self._formats: dict[tuple[str, str, bool], Any] = {}

    @property
    def _translate(self) -> Translate:
        return translator(self.language)

    def describe(self, created: datetime) -> None:
        """What the file says about itself: a title, and no person."""
        self.file.set_properties({"title": self.title, "created": created.replace(tzinfo=None)})

    def add(self, table: DataTable) -> None:
        """A sheet that holds the table and nothing else."""
        sheet = self.file.add_worksheet(table.name)
        self._set_up(sheet, table)
        headings = [
            {"header": column.title, "header_format": self._format("heading", column, False)}
            for column in table.columns
        ]
        name = "".join(letter if letter.isalnum() else "_" for letter in table.name)
        sheet.add_table(
            0,
            0,
            len(table.rows),
            len(table.columns) - 1,
            {"columns": headings, "name": name, "style": None, "title": table.name, "description": table.about},
        )
        sheet.set_row(0, _height([(column.title, column.width, True) for column in table.columns]))
        for place, row in enumerate(table.rows, 1):
            cells = [self._fitted(cell, column) for cell, column in zip(row, table.columns, strict=True)]
            for at, column in table.numbered:
                self._write(sheet, place, at, cells[at], column, "head" if at < table.heads else "body")
            sheet.set_row(place, _height([(cells[at], c.width, at < table.heads) for at, c in table.numbered]))

    def _set_up(self, sheet: Any, table: DataTable) -> None:
        """Widths, what stays in sight, and the paper."""
        _ = self._translate
        for at, column in table.numbered:
            sheet.set_column(at, at, column.width)
        printed = len(list(takewhile(lambda column: column.printed, table.columns)))
        sheet.freeze_panes(1, table.heads)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(**MARGINS)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, len(table.rows), printed - 1)
        sheet.set_header(f"&L&9{_code(self.title)}&R&9{_code(self.mark)}")
        page = _("Page {page} of {pages}").format(page="&P", pages="&N")
        sheet.set_footer(f"&L&9{_code(table.name)}&R&9{page}")

    def _write(self, sheet: Any, row: int, at: int, cell: Cell, column: DataColumn, look: Look) -> None:
        match cell:
            case None:
                sheet.write_blank(row, at, None, self._format(look, column, False))
            case str():
                sheet.write_string(row, at, cell, self._format(look, column, like_a_formula(cell)))
            case date():
                sheet.write_datetime(row, at, datetime(cell.year, cell.month, cell.day), self._date(look))
            case _:
                sheet.write_number(row, at, float(cell), self._format(look, column, False))

    def _fitted(self, cell: Cell, column: DataColumn) -> Cell:
        """A text as far as a cell can show it, with a mark where it is cut; anything else as it is."""
        if not isinstance(cell, str):
            return cell
        _ = self._translate
        text, most = cleaned(cell), MOST_ASIDE if column.cut else MOST_LINES
        if lines_of(text, column.width) <= most:
            return text
        mark = column.cut or _("… (cut here: a cell shows no more)")
        room = most - lines_of(mark, column.width)
        return next(parts(text, column.width, room)).rstrip() + "\n" + mark

    def _date(self, look: Look) -> Any:
        column = ours("", "", 0, "", kind="fact")
        return self._format(look, column, False, number=DATES[self.language])

    def _format(self, look: Look, column: DataColumn, quoted: bool, number: str = "") -> Any:
        number = number or ("" if look == "heading" else NUMBERS.get(column.kind, ""))
        right = column.kind in NUMBERS
        key = (f"{look} {right}", number, quoted)
        if key not in self._formats:
            self._formats[key] = self.file.add_format(_properties(look, right, number, quoted))
        return self._formats[key]


def _properties(look: Look, right: bool, number: str, quoted: bool) -> dict[str, Any]:
    properties = {
        "font_name": FONT,
        "font_size": SIZE,
        "font_color": "#FFFFFF" if look == "heading" else INK,
        "bold": look != "body",
        "text_wrap": look == "heading" or not number,
        "valign": "vcenter" if look == "heading" else "top",
        "align": "right" if right else "left",
        "indent": 1,
        "bottom": 1,
        "bottom_color": LINE,
    }
    if look == "heading":
        properties |= {"bg_color": HOUSE, "pattern": 1}
    if number:
        properties["num_format"] = number
    if quoted:
        properties["quote_prefix"] = True
    return properties


def _height(cells: Sequence[tuple[Cell, int, bool]]) -> float:
    """How high a row is: Excel would find out by itself, other programs do not."""
    lines = [lines_of(cell, width, bold=bold) for cell, width, bold in cells if isinstance(cell, str)]
    return max(lines, default=1) * LINE_POINTS + AIR


def _short(text: str) -> str:
    """The text on one line, cut where it would fill a line that it only accompanies."""
    line = " ".join(cleaned(text).split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"


def _code(text: str) -> str:
    """Text in a head or foot line, where & begins a command."""
    return text.replace("&", "&&")


def _packed(made: BytesIO, language: Language) -> bytes:
    """The file: parts in a fixed order and without a clock, its true maker and its language among the properties.

    The heights of rows are as found, not as wanted: Excel finds them anew when somebody changes a text.
    """
    changed = {
        "docProps/core.xml": (
            b"</cp:coreProperties>",
            f"<dc:language>{LOCALES[language]}</dc:language></cp:coreProperties>".encode(),
        ),
        "docProps/app.xml": (b">Microsoft Excel<", b">Selbstcheck<"),
    }
    packed = BytesIO()
    with ZipFile(made) as before, ZipFile(packed, "w", ZIP_DEFLATED) as after:
        for name in sorted(before.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            content = before.read(name)
            if name in changed:
                content = content.replace(*changed[name])
            elif name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb'(<row [^>]*) customHeight="1"', rb"\1", content)
            after.writestr(info, content, compresslevel=6)
    return packed.getvalue()
