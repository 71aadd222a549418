"""Pictures of in-depth modules: marks that show what was entered, a network, and the files of both."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from scoring.model.wording import Language
from scoring.modules.assess import assess_module
from scoring.modules.entries import ModuleSheet, OwnRow, filled, lines
from scoring.modules.model import Module
from scoring.modules.result import ModuleResult
from scoring.modules.sheets import write_module_sheet
from selfcheck.charts import marks as marks_chart
from selfcheck.charts import network as network_chart
from selfcheck.charts.looks import of_width, on_page, on_sheet
from selfcheck.charts.marks import MarkGroup, MarkRow, Marks
from selfcheck.charts.modules import ModuleChart, pictures
from selfcheck.charts.network import Network, Partner, Sector
from selfcheck.reading import answer_files, module_files, modules_catalogue
from selfcheck.words.findings import Findings
from selfcheck.words.modules import MARKS, Mark
from tests.commands import run
from tests.drawn import examples
from tests.forms import form_in
from tests.web import Person, token_in

EXAMPLES = Path("examples")
MODULES = {module.id: module for module in modules_catalogue.all_newest()}
each_module = pytest.mark.parametrize("module", MODULES.values(), ids=MODULES)
NAMES: dict[Mark, str] = {"yes": "ja", "partly": "teilweise", "no": "nein", "apart": "außer Betracht", "open": "offen"}


def entered(module: Module) -> ModuleSheet:
    """The example file of a module."""
    return module_files.read(EXAMPLES / "modules" / f"{module.id}.yaml")[1]


def findings(language: Language = "de") -> Findings:
    return answer_files.findings(EXAMPLES / "anfaengerkreis.yaml", language)


def drawn(result: ModuleResult, language: Language = "de", *, own_words: bool = True) -> list[ModuleChart]:
    return [chart for _, chart in pictures(findings(language), result, own_words=own_words)]


def description(chart: ModuleChart) -> str:
    return marks_chart.description(chart) if isinstance(chart, Marks) else network_chart.description(chart)


@each_module
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_module_has_a_picture_that_names_what_it_shows(module: Module, language: Language) -> None:
    charts = drawn(assess_module(module, entered(module)), language)
    assert charts
    say = findings(language).say
    for picture, chart in zip(module.pictures, charts, strict=True):
        section = module.section(picture.section)
        named = section.groups if picture.kind == "groups" else section.rows
        said = description(chart)
        assert all(" ".join(say.say(one.name).split()) in said for one in named)


@each_module
def test_what_is_open_is_drawn_as_open_and_never_as_a_no(module: Module) -> None:
    for chart in drawn(assess_module(module, ModuleSheet(module.id, module.version))):
        assert "no" not in chart.occurring
        assert "yes" not in chart.occurring
        assert "open" in chart.occurring


@each_module
def test_every_mark_says_how_the_row_counts(module: Module) -> None:
    result = assess_module(module, entered(module))
    for picture, chart in zip(module.pictures, drawn(result), strict=True):
        if isinstance(chart, Network):
            [coverage] = result.section(picture.section).coverage.values()
            shown = {mark: [p.id for s in chart.sectors for p in s.partners if p.mark == mark] for mark in MARKS}
            assert shown == {mark: list(getattr(coverage, mark)) for mark in MARKS}
            continue
        graded = [c for c in result.section(picture.section).section.columns if c.is_graded]
        for column in graded[:1] if picture.kind == "route" else graded:
            at = list(chart.columns).index(findings().say.say(column.name))
            found = [mark for row in chart.rows for mark in row.cells[at]]
            coverage = result.section(picture.section).coverage[column.id]
            assert {mark: found.count(mark) for mark in MARKS} == {m: len(getattr(coverage, m)) for m in MARKS}


def with_own_row(module: Module) -> tuple[Module, ModuleSheet]:
    section = next(section for section in module.sections if section.own)
    own = OwnRow(section.id, section.groups[0].id, "Hausname der Kommune")
    return module, replace(entered(module), own={"ours": own})


def test_the_public_sees_neither_names_of_added_rows_nor_short_texts() -> None:
    module, sheet = with_own_row(MODULES["paper-route"])
    texts = {value for values in sheet.entries.values() for key, value in values.items() if key in ("body", "due")}
    assert texts, "the example says who and when"
    public = " ".join(description(chart) for chart in drawn(assess_module(module, sheet), own_words=False))
    inside = " ".join(description(chart) for chart in drawn(assess_module(module, sheet)))
    assert "eigene Zeile 1" in public
    assert "Hausname der Kommune" in inside
    assert all(str(text) in inside and str(text) not in public for text in {"Hausname der Kommune", *texts})


labels = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=60)
some_marks = st.sampled_from(MARKS)


@st.composite
def mark_charts(draw: st.DrawFn) -> Marks:
    joined = draw(st.booleans())
    count = 1 if joined else draw(st.integers(1, 9))
    cell = st.tuples(some_marks) if joined or draw(st.booleans()) else st.lists(some_marks, max_size=20).map(tuple)
    cells = st.lists(cell, min_size=count, max_size=count).map(tuple)
    rows = st.lists(
        st.builds(MarkRow, labels, labels, cells, labels if draw(st.booleans()) else st.just("")), max_size=5
    )
    groups = st.lists(st.builds(MarkGroup, labels, rows.map(tuple)), max_size=4).map(tuple)
    columns = tuple(draw(st.lists(labels, min_size=count, max_size=count)))
    return Marks(draw(labels), columns, draw(groups), NAMES, joined, draw(labels), draw(labels))


partners = st.builds(Partner, labels, labels, some_marks)
sectors = st.builds(Sector, labels, st.lists(partners, max_size=40).map(tuple))
networks = st.builds(
    Network, labels, labels, st.lists(sectors, min_size=1, max_size=5).map(tuple), st.just(NAMES), labels, labels
)


def inside(svg: str) -> Any:
    """The drawing, all of whose circles and texts stand on the sheet."""
    found = etree.fromstring(svg)
    _, _, width, height = (float(part) for part in found.get("viewBox").split())
    for circle in found.iter("{*}circle"):
        x, y, r = (float(circle.get(name)) for name in ("cx", "cy", "r"))
        assert r - 0.01 <= x <= width - r + 0.01
        assert r - 0.01 <= y <= height - r + 0.01
    for text in found.iter("{*}text"):
        if text.getparent().get("transform") is None:
            assert 0 <= float(text.get("y")) <= height
    return found


def of_row(svg: Any, name: str) -> int:
    return sum(name in (group.get("class") or "") for group in svg.iter("{*}g"))


@examples(60)
@given(mark_charts(), st.sampled_from(["half", "full", "slide"]))
def test_whatever_was_entered_is_drawn_inside_the_sheet(chart: Marks, size: Any) -> None:
    for svg in (on_sheet(chart, size).svg, of_width(chart, 160).svg, on_page(chart)):
        assert of_row(inside(svg), "chart-row") == len(chart.rows)


@examples(60)
@given(networks, st.sampled_from(["full", "slide"]))
def test_every_partner_that_exists_has_its_place_in_the_circle(chart: Network, size: Any) -> None:
    there = sum(partner.mark != "apart" for sector in chart.sectors for partner in sector.partners)
    for svg in (on_sheet(chart, size).svg, of_width(chart, 160).svg, on_page(chart)):
        assert of_row(inside(svg), "chart-node") == there


@examples(60)
@given(networks)
def test_no_two_partners_stand_on_one_another(chart: Network) -> None:
    svg = inside(of_width(chart, 160).svg)
    nodes = [group.find("{*}circle") for group in svg.iter("{*}g") if group.get("class") == "chart-node"]
    places = [(float(one.get("cx")), float(one.get("cy")), float(one.get("r"))) for one in nodes]
    for at, (x, y, r) in enumerate(places):
        for other_x, other_y, other_r in places[at + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 >= (r + other_r) ** 2 * 0.98


def test_what_could_only_be_drawn_wrongly_is_refused() -> None:
    row = MarkRow("a", "A", (("yes",),))
    with pytest.raises(ValueError, match="cells for 2 columns"):
        Marks("", ("x", "y"), (MarkGroup("", (row,)),), NAMES)
    with pytest.raises(ValueError, match="nothing says what yes means"):
        Marks("", ("x",), (MarkGroup("", (row,)),), {})
    with pytest.raises(ValueError, match="needs sectors"):
        Network("", "", (), NAMES)


# files


@each_module
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_empty_answer_file_names_every_row_and_is_read_as_nothing_entered(
    module: Module, language: Language, tmp_path: Path
) -> None:
    file = tmp_path / "leer.yaml"
    file.write_text(module_files.blank(module, findings(language).say), encoding="utf-8")
    assert module_files.read(file) == (module, ModuleSheet(module.id, module.version))
    assert all(f"\n  {id}: {{" in file.read_text(encoding="utf-8") for id in module.rows)


@each_module
def test_the_command_shows_an_answer_file_and_writes_its_pictures_and_its_table(module: Module, tmp_path: Path) -> None:
    said = run("module", EXAMPLES / "modules" / f"{module.id}.yaml", "--to", tmp_path / "out")
    assert said.exit_code == 0, said.output
    names = {path.name for path in (tmp_path / "out").iterdir()}
    wanted = {f"{module.id}-{p.section}.{ending}" for p in module.pictures for ending in ("svg", "png", "pdf")}
    assert names == {*wanted, f"{module.id}.csv"}
    assert said.output.startswith(f"{module.perspective}: {findings().say.say(module.title)}")


@examples(40)
@given(st.data())
def test_filling_a_column_changes_only_what_was_asked_and_open(data: st.DataObject) -> None:
    module = data.draw(st.sampled_from(list(MODULES.values())))
    section = data.draw(st.sampled_from([s for s in module.sections if any(c.kind == "choice" for c in s.columns)]))
    column = data.draw(st.sampled_from([column for column in section.columns if column.kind == "choice"]))
    option = data.draw(st.sampled_from(column.options)).key
    before = data.draw(
        st.sampled_from([entered(module), ModuleSheet(module.id, module.version), with_own_row(module)[1]])
    )
    after = filled(module, before, section.id, column.id, option)
    for old, new in zip(lines(module, before), lines(module, after), strict=True):
        if old.section is section and column.id not in old.values and None not in old.choices(column.id):
            assert new.values == {**old.values, column.id: option}
        else:
            assert new.values == old.values


# in the browser


@pytest.fixture
def person(app: Flask) -> Person:
    person = Person(app.test_client())
    person.place = person.start()
    return person


def upload(person: Person, module: Module) -> str:
    """Take over the example file of a module; gives the address of its page."""
    page = f"{person.place}modules/{module.id}"
    content = module_files.as_yaml(entered(module)).encode()
    data = {"csrf_token": token_in(person.get(page).text), "file": (BytesIO(content), "x.yaml")}
    assert person.client.post(f"{page}/file", data=data, content_type="multipart/form-data").status_code == 302
    return page


@each_module
def test_a_filled_module_shows_its_pictures_on_the_page_and_in_the_report(person: Person, module: Module) -> None:
    page = upload(person, module)
    shown, report = person.get(page).text, person.get(f"{person.place}report.html").text
    for picture in module.pictures:
        kind = "network" if picture.kind == "network" else "marks"
        assert f"chart-{kind}" in shown
        assert f"chart-{kind}" in report
    assert shown.count('<figure class="timeline') == len(module.pictures)


@pytest.mark.parametrize(("ending", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_picture_comes_as_a_file(person: Person, ending: str, start: bytes) -> None:
    page = upload(person, MODULES["network"])
    assert person.get(f"{page}/picture/partners.{ending}").data.startswith(start)
    assert person.get(f"{page}/picture/castle.{ending}").status_code == 404
    assert person.get(f"{page}/picture/partners.gif").status_code == 404


def test_an_empty_module_has_no_picture_and_says_nothing_stands_out(person: Person) -> None:
    page = person.get(f"{person.place}modules/network").text
    assert "<figure" not in page
    assert "Noch fällt nichts auf" in page


def test_open_rows_are_filled_with_one_entry_without_script_and_the_rest_stays(person: Person) -> None:
    sent = {"ministry--involved": "regular", "fill--partners": "involved:absent", "fill-now--partners": "y"}
    kept = after(person, sent)
    assert "ministry:\n    involved: regular" in kept
    assert kept.count("involved: absent") == len(MODULES["network"].section("partners").rows) - 1


def test_a_row_of_ones_own_is_renamed_and_removed(person: Person) -> None:
    after(person, {"own--partners": "Bibliothek", "own-group--partners": "external"})
    renamed = {"own-name--own-1": "Stadtbibliothek", "own-1--involved": "regular"}
    assert "name: Stadtbibliothek" in after(person, renamed)
    assert "name: Stadtbibliothek" in after(person, {"own-name--own-1": ""})
    assert "own-1" not in after(person, {"own-gone--own-1": "y"})


def after(person: Person, changes: dict[str, str]) -> str:
    """The answer file once the form of the module was sent with changes."""
    page = f"{person.place}modules/network"
    assert form_in(person.get(page).text, page, "network").send(person.client, changes).status_code == 302
    return person.get(f"{page}/answers.yaml").text


def test_entries_stand_in_the_workbook_with_own_words_only_inside(person: Person) -> None:
    module = MODULES["steering-bodies"]
    page = upload(person, module)
    data = write_module_sheet(entered(module))
    texts = {v for values in data["entries"].values() for key, v in values.items() if key in ("interval", "name")}
    assert texts
    for variant, there in (("public", False), ("internal", True)):
        book = load_workbook(BytesIO(person.get(f"{person.place}table.xlsx?variant={variant}").data))
        cells = {cell for row in book["Vertiefungsmodule"].iter_rows(values_only=True) for cell in row}
        assert (texts <= cells) is there
        assert "Jugendhilfeplanung" in cells
    table = person.get(f"{page}/entries.csv").data.decode("utf-8-sig")
    assert table.splitlines()[0].startswith('"Modul";"Abschnitt";"Gruppe"')
    assert all(text in table for text in texts)


def test_pictures_of_modules_come_with_all_papers(person: Person) -> None:
    upload(person, MODULES["spaces"])
    with ZipFile(BytesIO(person.get(f"{person.place}papers.zip").data)) as file:
        names = set(file.namelist())
    assert {f"modul-spaces-plans.{ending}" for ending in ("svg", "png", "pdf")} <= names
