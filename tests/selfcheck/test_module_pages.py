"""In-depth modules as requests, as files and in the report."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask

from scoring.modules.cases import sheet_of
from scoring.modules.sheets import write_module_sheet
from selfcheck.reading import modules_catalogue
from selfcheck.reading.files import read_file
from tests.commands import run
from tests.web import Person, token_in

IDS = [module.id for module in modules_catalogue.all_newest()]


@pytest.fixture
def person(app: Flask) -> Person:
    person = Person(app.test_client())
    person.place = person.start()
    return person


def fill(person: Person, module: str, **entries: str | list[str]) -> int:
    """Send the form of a module as it stands with some entries changed."""
    page = f"{person.place}modules/{module}"
    shown = person.get(page).text
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', shown)
    assert seen
    return person.client.post(page, data={"csrf_token": token_in(shown), "seen": seen[1], **entries}).status_code


def example(module: str) -> dict[str, Any]:
    """The answer file of the last worked example of a module."""
    folder = modules_catalogue.folder(module, modules_catalogue.newest(module))
    case = read_file(folder / "cases.yaml").data[-1]
    return write_module_sheet(sheet_of(modules_catalogue.load(module, modules_catalogue.newest(module)), case))


@pytest.mark.parametrize("module", IDS)
def test_every_module_opens_and_shows_its_rows_with_their_source(person: Person, module: str) -> None:
    page = person.get(f"{person.place}modules/{module}").text
    for row in modules_catalogue.load(module, modules_catalogue.newest(module)).rows.values():
        assert f'name="{row.id}--' in page
    assert "Quelle: Zeile" in page or "Aus der Quelle abgeleitet" in page
    assert "{" not in re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL), "a placeholder was left"


def test_entries_are_kept_shown_again_and_counted(person: Person) -> None:
    module = modules_catalogue.load("steering-bodies", modules_catalogue.newest("steering-bodies"))
    section = module.sections[0]
    row, column = section.rows[0].id, section.columns[0]
    assert fill(person, module.id, **{f"{row}--{column.id}": column.options[0].key}) == 302
    page = person.get(f"{person.place}modules/{module.id}").text
    assert re.search(rf'name="{row}--{column.id}".*?<option selected value="{column.options[0].key}"', page, re.DOTALL)
    assert "1 von" in page
    assert re.search(r"[1-9]\d* von \d+ Angaben", person.get(f"{person.place}modules/").text)


def test_a_row_of_ones_own_is_added_to_its_group(person: Person) -> None:
    module = modules_catalogue.load("network", modules_catalogue.newest("network"))
    section = next(section for section in module.sections if section.own)
    sent = {f"own--{section.id}": "Runder Tisch <b>Inklusion</b>", f"own-group--{section.id}": section.groups[0].id}
    assert fill(person, module.id, **sent) == 302
    page = person.get(f"{person.place}modules/{module.id}").text
    assert "Runder Tisch &lt;b&gt;Inklusion" in page
    assert 'name="own-1--' in page


def test_two_people_in_one_module_never_overwrite_each_other_silently(person: Person) -> None:
    module = modules_catalogue.load("spaces", modules_catalogue.newest("spaces"))
    section = module.sections[0]
    name = f"{section.rows[0].id}--{section.columns[0].id}"
    page = f"{person.place}modules/spaces"
    shown = person.get(page).text
    [seen, *_] = re.findall(r'name="seen"[^>]*value="([^"]+)"', shown)
    old = {"csrf_token": token_in(shown), "seen": seen, name: section.columns[0].options[0].key}
    assert person.client.post(page, data=old).status_code == 302
    again = person.client.post(page, data=old | {name: section.columns[0].options[1].key})
    assert again.status_code == 409
    assert "jemand" in again.text.lower()
    stored = person.get(f"{page}/answers.yaml").text
    assert f"{section.columns[0].id}: '{section.columns[0].options[0].key}'" in stored


@pytest.mark.parametrize("module", IDS)
def test_a_module_works_from_an_answer_file_and_its_findings_flow_into_the_report(
    person: Person, module: str, tmp_path: Path
) -> None:
    data = example(module)
    file = tmp_path / "module.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    said = run("module", file)
    assert said.exit_code == 0
    page = f"{person.place}modules/{module}"
    upload = {"csrf_token": token_in(person.get(page).text), "file": (BytesIO(file.read_bytes()), "module.json")}
    sent = person.client.post(f"{page}/file", data=upload, content_type="multipart/form-data")
    assert sent.status_code == 302
    report = person.get(f"{person.place}report.html").text
    assert "Vertiefungsmodule" in report
    for line in re.findall(r"• (?:Lücke|Stärke|Frage): (.{20})", said.output):
        assert line in re.sub(r"\s+", " ", report)
    kept = yaml.load(person.get(f"{page}/answers.yaml").text, Loader=yaml.BaseLoader)
    assert (kept["entries"], kept.get("own")) == (data["entries"], data.get("own"))


def test_a_file_of_another_module_or_with_mistakes_changes_nothing_and_says_where(person: Person) -> None:
    page = f"{person.place}modules/spaces"
    for content, said in (
        (b"module: network\nversion: 2026-1\n", "gehört zum Modul"),
        (b"module: spaces\nversion: 2026-1\nentries: {x: {}}\n", "Zeile"),
    ):
        upload = {"csrf_token": token_in(person.get(page).text), "file": (BytesIO(content), "x.yaml")}
        answer = person.client.post(f"{page}/file", data=upload, content_type="multipart/form-data")
        assert answer.status_code == 422
        assert said in answer.text
    assert "entries: {}" in person.get(f"{page}/answers.yaml").text


def test_after_a_refused_file_the_page_can_be_saved_as_before(person: Person) -> None:
    assert fill(person, "spaces", **{"small-unit--exists": "yes"}) == 302
    page = f"{person.place}modules/spaces"
    upload = {"csrf_token": token_in(person.get(page).text), "file": (BytesIO(b"module: network"), "x.yaml")}
    shown = person.client.post(f"{page}/file", data=upload, content_type="multipart/form-data").text
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', shown)
    assert seen
    again = {"csrf_token": token_in(shown), "seen": seen[1], "small-unit--exists": "no"}
    assert person.client.post(page, data=again).status_code == 302


def test_modules_go_with_everything_and_are_deleted_when_wanted(person: Person, app: Flask) -> None:
    module = modules_catalogue.load("spaces", modules_catalogue.newest("spaces"))
    section = module.sections[0]
    fill(person, "spaces", **{f"{section.rows[0].id}--{section.columns[0].id}": section.columns[0].options[0].key})
    everything = person.get(f"{person.place}everything.json").data
    other = Person(app.test_client())
    upload = {"csrf_token": token_in(other.get("/").text), "file": (BytesIO(everything), "alles.json")}
    place = other.client.get(
        other.client.post("/assessments/from-file", data=upload, content_type="multipart/form-data").location
    ).location
    assert (
        other.get(f"{place}modules/spaces/answers.yaml").text.partition("entries")[2]
        == person.get(f"{person.place}modules/spaces/answers.yaml").text.partition("entries")[2]
    )
    person.post(f"{person.place}modules/spaces/remove", {"sure": "y"}, token_from=f"{person.place}modules/spaces")
    assert "entries: {}" in person.get(f"{person.place}modules/spaces/answers.yaml").text


def test_an_unknown_module_is_not_found(person: Person) -> None:
    assert person.get(f"{person.place}modules/castle").status_code == 404
