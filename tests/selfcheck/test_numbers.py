"""Every number in every paper is that of the result page: one municipality, all that can be taken along."""

import csv
import html
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from flask import Flask
from openpyxl import load_workbook
from pptx import Presentation

from selfcheck.reading import catalogue
from tests.web import Person, token_in

pytestmark = pytest.mark.thorough

QUESTIONNAIRE = catalogue.load(catalogue.DEFAULT, catalogue.newest())
IDS = [perspective.id for perspective in QUESTIONNAIRE.perspectives]
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))

Values = dict[str, str]
"""The value of each perspective as it is written: a number, or why there is none."""


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def person(app: Flask, request: pytest.FixtureRequest) -> Person:
    """Somebody who went on with one of the example files."""
    person = Person(app.test_client())
    file = (BytesIO(request.param.read_bytes()), request.param.name)
    data = {"csrf_token": token_in(person.get("/").text), "file": file}
    sent = person.client.post("/assessments/from-file", data=data, content_type="multipart/form-data")
    person.place = person.client.get(sent.location).location
    return person


def on_the_page(person: Person) -> Values:
    """The second column of the table of values on the result page."""
    page = person.get(f"{person.place}result").text.partition("radar-data")[2].partition("</table>")[0]
    rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)[1:]]
    cells = [[html.unescape(cell).strip() for cell in row.split("|") if cell.strip()] for row in rows]
    return {row[0].split()[0]: row[1] for row in cells}


def in_word(content: bytes) -> Values:
    tables = (table for table in Document(BytesIO(content)).tables if table.cell(0, 1).text == "Wert")
    return {row.cells[0].text.split()[0]: row.cells[1].text for row in next(tables).rows[1:]}


def in_html(content: bytes) -> Values:
    text = content.decode().partition("<th>Wert")[2] or content.decode().partition(">Wert</th>")[2]
    rows = re.findall(r"<tr>.*?</tr>", text.partition("</table>")[0], re.DOTALL)
    cells = [
        [html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]
    return {row[0].split()[0]: row[1] for row in cells if row and row[0].split()[0] in IDS}


def in_pdf(content: bytes) -> Values:
    """The rows of the table of values, read as running text: id, name, value."""
    words = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))
    table = re.sub(r"\s+", " ", words).partition("Wie sicher?")[2]
    said = r" \D+? (?P<value>\d(?:,\d+)?|zu wenige Angaben|nicht anwendbar|nicht Teil dieses Checks)"
    return {id: re.search(id + said, table)["value"] for id in IDS}  # type: ignore[index]


def in_slides(content: bytes) -> Values:
    tables = [
        shape.table for slide in Presentation(BytesIO(content)).slides for shape in slide.shapes if shape.has_table
    ]
    rows = [[cell.text.replace("\n", " ").strip() for cell in row.cells] for row in tables[0].rows]
    place = rows[0].index("Wert")
    return {row[0].split()[0]: row[place] for row in rows[1:]}


def in_workbook(content: bytes) -> Values:
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    start = next(place for place, row in enumerate(rows) if row[0] in IDS)
    value = list(rows[start - 1]).index("Wert")
    return {str(row[0]): _written(row[value]) for row in rows[start:] if row[0] in IDS}


def _written(value: object) -> str:
    return f"{float(str(value)):g}".replace(".", ",") if value not in (None, "") else ""


def in_csv(content: bytes) -> Values:
    rows = csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";")
    return {row["Kennung"]: row["Zahl"] for row in rows if (row["Art"], row["Schlüssel"]) == ("Perspektive", "value")}


def in_chart(content: bytes) -> Values:
    """The text alternative, one sentence for each axis in its order: »Auftrag – Ergebnis: 1,5, …«."""
    said = html.unescape(re.search(r"<desc[^>]*>(.*?)</desc>", content.decode(), re.DOTALL)[1])  # type: ignore[index]
    axes = re.findall(r"(?<=\. )[^.]+? – ([^.]+)\.", said)
    assert len(axes) == len(IDS)
    results = (re.match(r"Ergebnis: (\d(?:,\d+)?)", axis) for axis in axes)
    return {id: found[1] for id, found in zip(IDS, results, strict=True) if found}


Reader = Callable[[bytes], Values]
PAPERS: dict[str, Reader] = {
    "report.docx": in_word,
    "report.docx?length=short": in_word,
    "report.html": in_html,
    "report.pdf": in_pdf,
    "report.pdf?length=short&variant=internal": in_pdf,
    "slides.pptx": in_slides,
    "table.xlsx": in_workbook,
    "table.csv": in_csv,
    "chart.svg": in_chart,
}


def numbers(values: Values) -> Values:
    """Only what is a number: how a missing value is said differs from paper to paper."""
    return {id: value for id, value in values.items() if re.fullmatch(r"\d(,\d+)?", value)}


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_holds_the_numbers_of_the_result_page(person: Person, paper: str) -> None:
    page = on_the_page(person)
    assert list(page) == IDS
    assert numbers(PAPERS[paper](person.get(f"{person.place}{paper}").data)) == numbers(page)


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_annex_of_the_council_paper_holds_them_too(person: Person, ending: str) -> None:
    page = f"{person.place}council-paper"
    sent = {"then": f"annex.{ending}", "kind": "information", "proposal": "note"}
    made = person.post(page, sent, token_from=page).data
    assert numbers({"docx": in_word, "pdf": in_pdf}[ending](made)) == numbers(on_the_page(person))
