"""How much is rated: everything, the core items or single perspectives, and changing that later."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from scoring.model.answers import Sheet
from selfcheck.charts.looks import on_page
from selfcheck.charts.profile import profile
from selfcheck.charts.radar import text_alternative
from selfcheck.reading import answer_files, catalogue
from selfcheck.reading.files import read_bytes
from selfcheck.reports.html import html
from selfcheck.reports.outline import outline
from selfcheck.words.findings import Findings
from tests.web import Person

QUESTIONNAIRE = catalogue.load(catalogue.DEFAULT, catalogue.newest())
PERSPECTIVES = [perspective.id for perspective in QUESTIONNAIRE.perspectives]


@pytest.fixture
def person(client: FlaskClient) -> Person:
    return Person(client)


def begin(person: Person, *perspectives: str) -> str:
    """Begin with single perspectives; returns the path of the overview."""
    data = {"scope": "chosen", "perspectives": list(perspectives), "municipality": "Musterkreis"}
    answer = person.post("/assessments", data, token_from="/")
    assert answer.status_code == 302
    person.link = answer.location
    return person.client.get(answer.location).location


def seen(person: Person, place: str) -> str:
    found = re.search(r'name="seen"[^>]*value="([^"]*)"', person.get(f"{place}manage").text)
    assert found
    return found[1]


def change(person: Person, place: str, scope: str, *perspectives: str) -> None:
    data = {"scope": scope, "perspectives": list(perspectives), "seen": seen(person, place)}
    assert person.post(f"{place}scope", data, token_from=f"{place}manage").status_code == 302


def scope_of(person: Person, place: str) -> object:
    return sheet_of(person, place).scope


def sheet_of(person: Person, place: str) -> Sheet:
    _, sheet = answer_files.interpret(read_bytes(person.get(f"{place}answers.yaml").data, "answers.yaml"))
    return sheet


def asked(person: Person, place: str) -> list[str]:
    return re.findall(r'data-item="([^"]+)"', "".join(person.get(f"{place}{id}").text for id in PERSPECTIVES))


def test_single_perspectives_ask_their_items_and_no_others(person: Person) -> None:
    place = begin(person, "P7", "P2")
    wanted = [item.id for id in ("P2", "P7") for item in QUESTIONNAIRE.perspective(id).items]
    assert asked(person, place) == wanted
    assert scope_of(person, place) == ("P2", "P7")


def test_single_perspectives_without_a_tick_begin_nothing_and_lose_nothing(person: Person, app: Flask) -> None:
    answer = person.post("/assessments", {"scope": "chosen", "municipality": "Musterkreis"}, token_from="/")
    assert answer.status_code == 422
    assert "mindestens eine Perspektive ankreuzen" in answer.text
    assert 'value="Musterkreis"' in answer.text
    assert re.search(r'checked[^>]*value="chosen"', answer.text)
    with app.extensions["selfcheck"].database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM assessment").scalar() == 0


def test_ticks_count_only_with_single_perspectives(person: Person) -> None:
    data = {"scope": "full", "perspectives": ["P1"]}
    place = person.client.get(person.post("/assessments", data, token_from="/").location).location
    assert scope_of(person, place) == "full"


def test_all_perspectives_are_the_full_check(person: Person) -> None:
    assert scope_of(person, begin(person, *PERSPECTIVES)) == "full"


@pytest.mark.parametrize("wrong", [{"scope": "half"}, {"scope": "chosen", "perspectives": ["P99"]}])
def test_a_scope_that_does_not_exist_is_refused(person: Person, wrong: dict[str, object]) -> None:
    assert person.post("/assessments", wrong, token_from="/").status_code == 422


def test_a_narrower_scope_keeps_what_was_answered_outside_and_says_so(person: Person) -> None:
    place = person.start()
    person.answer(place, "P1.1", "3", remark="bleibt")
    person.answer(place, "P2.1", "2")
    change(person, place, "chosen", "P2")
    for page in (place, f"{place}manage"):
        assert "1 eingeschätztes Merkmal liegt außerhalb" in person.get(page).text
    assert asked(person, place) == [item.id for item in QUESTIONNAIRE.perspective("P2").items]
    change(person, place, "full")
    assert re.search(r'name="P1\.1" value="3" checked', person.get(f"{place}P1").text)
    assert "bleibt" in person.get(f"{place}P1").text
    assert "liegt außerhalb" not in person.get(f"{place}manage").text


def test_the_page_shows_the_scope_that_is_stored(person: Person) -> None:
    place = begin(person, "P3", "P5")
    page = person.get(f"{place}manage").text
    assert re.search(r'checked[^>]*value="chosen"', page)
    assert re.findall(r'checked[^>]*value="(P\d)"', page) == ["P3", "P5"]


def test_of_two_people_who_change_the_scope_the_second_is_asked(person: Person, app: Flask) -> None:
    place = person.start()
    other = Person(app.test_client())
    other.get(person.link)
    before = seen(person, place)
    change(other, place, "short")
    data: dict[str, object] = {"scope": "chosen", "perspectives": ["P4"], "seen": before}
    answer = person.post(f"{place}scope", data, token_from=f"{place}manage")
    assert answer.status_code == 409
    assert "Nichts wurde überschrieben" in answer.text
    assert re.findall(r'checked[^>]*value="(P\d)"', answer.text) == ["P4"]
    assert scope_of(person, place) == "short"
    assert (
        person.post(f"{place}scope", data | {"seen": seen(person, place)}, token_from=f"{place}manage").status_code
        == 302
    )
    assert scope_of(person, place) == ("P4",)


def test_what_was_not_chosen_is_said_to_be_no_part_and_what_a_rule_takes_out_not_to_apply(person: Person) -> None:
    place = begin(person, "P1", "P5", "P8")
    findings = Findings(QUESTIONNAIRE, sheet_of(person, place), "de")
    assert findings.value(findings.result["P2"]) == "nicht Teil dieses Selbstchecks"
    chart = profile(findings)
    assert text_alternative(chart).count("nicht Teil dieses Selbstchecks") == 5
    assert "nicht anwendbar" not in on_page(chart)
    page, report = person.get(f"{place}result").text, html(outline(findings))
    for text in (page, report):
        assert "gehört nicht zu diesem Selbstcheck" in text
        assert "Perspektive ist hier nicht anwendbar" not in text


def test_without_a_browser_that_hides_the_list_the_page_says_when_it_counts(person: Person) -> None:
    page = person.get("/").text
    assert len(re.findall(r'type="checkbox"[^>]*value="P\d"', page)) == 8
    assert "Gilt nur bei „Einzelne Perspektiven“" in page
