"""The way through a self-check without JavaScript, and who is let in."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from selfcheck.reading import answer_files, catalogue
from tests.web import Person, token_in

QUESTIONNAIRE = catalogue.load(catalogue.DEFAULT, catalogue.newest())
PERSPECTIVES = [perspective.id for perspective in QUESTIONNAIRE.perspectives]
CONTEXT = {"K1": "county", "K7": "two", "municipality": "Musterkreis"}


@pytest.fixture
def person(client: FlaskClient) -> Person:
    return Person(client)


def all_items(perspective: str, choice: str) -> dict[str, str]:
    return {item.id: choice for item in QUESTIONNAIRE.perspective(perspective).items}


def test_the_whole_way_works_with_ordinary_forms_alone(person: Person) -> None:
    place = person.start()
    answer = person.post(f"{place}context", CONTEXT)
    for perspective, following in zip(PERSPECTIVES, [*PERSPECTIVES[1:], "result"], strict=True):
        assert answer.location.endswith(f"/{perspective}")
        answer = person.post(answer.location, all_items(perspective, "2"))
        assert answer.location.endswith(f"/{following}")
    result = person.get(answer.location).text
    assert "49 von 49" in result
    assert "<svg" in result


def test_answers_are_there_again_after_coming_back_through_the_link(person: Person, app: Flask) -> None:
    place = person.start()
    person.answer(place, "P1.1", "3", remark="nur für uns")
    elsewhere = Person(app.test_client())
    page = elsewhere.get(person.link)
    assert page.status_code == 200
    page = elsewhere.get(f"{place}P1")
    assert re.search(r'name="P1\.1" value="3" checked', page.text)
    assert "nur für uns" in page.text


def test_the_link_swaps_its_token_for_a_cookie_at_once(person: Person) -> None:
    place = person.start()
    token = person.link.rsplit("/", 1)[1]
    assert len(token) == 22
    assert token not in place
    assert person.client.get(person.link).status_code == 302


def test_the_private_link_is_shown_until_it_is_kept_and_never_again(person: Person) -> None:
    place = person.start()
    assert person.link in person.get(place).text
    kept = re.search(r'action="([^"]+/kept)"', person.get(place).text)
    assert kept
    assert person.post(kept[1], {}, token_from=place).location.endswith("/context")
    assert person.link not in person.get(place).text


def test_the_database_holds_no_token(person: Person, app: Flask) -> None:
    person.start()
    token = person.link.rsplit("/", 1)[1]
    with app.extensions["selfcheck"].database.engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT * FROM link").all()
    assert len(stored) == 1
    assert token not in str(stored)


def test_another_municipality_s_link_does_not_open_this_assessment(person: Person, app: Flask) -> None:
    mine = person.start()
    other = Person(app.test_client())
    other.start()
    assert other.get(f"{mine}result").status_code == 404


@pytest.mark.parametrize("path", ["/l/", "/l/short", "/l/AAAAAAAAAAAAAAAAAAAAAA", "/l/%00", "/assessment/x/result"])
def test_a_wrong_link_says_what_to_do(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Link" in answer.text


def test_a_form_without_its_token_is_refused(person: Person) -> None:
    place = person.start()
    assert person.client.post(f"{place}items/P1.1", data={"P1.1": "3"}).status_code == 400


@pytest.mark.parametrize("choice", ["7", "-1", "3.5", "drei", "P1.1", "3; DROP TABLE answer"])
def test_a_stage_that_does_not_exist_is_refused_and_nothing_changes(person: Person, choice: str) -> None:
    place = person.start()
    person.answer(place, "P1.1", "2")
    assert person.answer(place, "P1.1", choice, seen="1").status_code == 422
    assert re.search(r'name="P1\.1" value="2" checked', person.get(f"{place}P1").text)


def test_a_remark_that_is_too_long_is_refused_with_the_limit(person: Person) -> None:
    place = person.start()
    answer = person.answer(place, "P1.1", "2", remark="x" * 5001)
    assert answer.status_code == 422
    assert "5000" in str(answer.json)


def test_text_of_people_is_never_markup(person: Person) -> None:
    place = person.start(municipality="<script>alert(1)</script>")
    person.answer(place, "P1.1", "2", remark="</textarea><script>alert(2)</script>")
    for page in ("", "P1", "result", "report.html"):
        assert "<script>alert" not in person.get(f"{place}{page}").text


def test_cannot_judge_is_an_answer_and_never_zero(person: Person) -> None:
    place = person.start()
    for item in QUESTIONNAIRE.perspective("P1").items:
        person.answer(place, item.id, "cannot-judge")
    result = person.get(f"{place}result").text
    assert "0 von 49" in result
    assert "zu wenige Angaben" in result


def test_the_short_check_asks_the_sixteen_core_items(person: Person) -> None:
    place = person.start(scope="short")
    asked = re.findall(r'data-item="([^"]+)"', "".join(person.get(f"{place}{id}").text for id in PERSPECTIVES))
    assert asked == [item.id for item in QUESTIONNAIRE.items.values() if item.core]
    assert len(asked) == 16


def test_items_that_do_not_apply_disappear_with_the_reason_and_their_answers_are_kept(person: Person) -> None:
    place = person.start()
    person.answer(place, "P5.2", "3")
    person.post(f"{place}context", CONTEXT | {"K7": "one"})
    page = person.get(f"{place}P5").text
    assert 'data-item="P5.2"' not in page
    assert "R8" in page
    person.post(f"{place}context", CONTEXT)
    assert re.search(r'name="P5\.2" value="3" checked', person.get(f"{place}P5").text)


def test_the_words_of_the_municipality_appear_in_the_items(person: Person) -> None:
    place = person.start()
    person.post(f"{place}context", CONTEXT | {"K6-council": "stadtverordnetenversammlung"})
    assert "der Stadtverordnetenversammlung" in person.get(f"{place}P1").text


@pytest.mark.parametrize(
    ("file", "begins"),
    [
        ("chart.svg", b"<svg"),
        ("chart.png", b"\x89PNG"),
        ("chart.pdf", b"%PDF"),
        ("chart.svg?kind=heat&size=slide", b"<svg"),
        ("chart.svg?kind=dots&size=half&transparent=y&practice=jena-department", b"<svg"),
        ("slides.pptx", b"PK"),
        ("table.xlsx", b"PK"),
        ("table.csv", b"\xef\xbb\xbf"),
        ("report.docx", b"PK"),
        ("report.pdf", b"%PDF"),
        ("report.html", b"<!doctype html>"),
    ],
)
def test_papers_can_be_downloaded(person: Person, file: str, begins: bytes) -> None:
    place = person.start()
    person.answer(place, "P1.1", "2")
    answer = person.get(f"{place}{file}")
    assert answer.data.lower().startswith(begins.lower())
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "file",
    ["chart.gif", "chart.svg?kind=pie", "chart.svg?size=huge", "chart.svg?practice=x", "table.ods", "slides.pdf"],
)
def test_a_paper_that_does_not_exist_is_not_found(person: Person, file: str) -> None:
    assert person.get(f"{person.start()}{file}").status_code == 404


def test_the_answer_file_of_the_page_scores_the_same_on_the_command_line(person: Person, tmp_path: Path) -> None:
    place = person.start()
    person.answer(place, "P1.1", "3", remark="Beschluß: „ja“ – 100 %\nzweite Zeile")
    for ending in ("yaml", "json"):
        file = tmp_path / f"answers.{ending}"
        file.write_bytes(person.get(f"{place}answers.{ending}").data)
        _, sheet = answer_files.read(file)
        assert sheet.answers["P1.1"].choice == 3
        assert sheet.answers["P1.1"].remark == "Beschluß: „ja“ – 100 %\nzweite Zeile"


def test_the_language_can_be_changed_and_stays(person: Person) -> None:
    place = person.start()
    assert "Ergebnis" in person.get(f"{place}result").text
    person.post("/language/en", {"next": f"{place}result"}, token_from="/")
    assert "Result" in person.get(f"{place}result").text


def test_the_language_form_sends_nobody_to_another_site(person: Person) -> None:
    for target in ("https://evil.example/x", "//evil.example/x", "javascript:alert(1)", ""):
        assert person.post("/language/en", {"next": target}, token_from="/").location == "/"


def test_the_address_of_the_language_button_leads_to_the_start_page_and_changes_nothing(person: Person) -> None:
    for code in ("en", "de", "fr"):
        assert person.client.get(f"/language/{code}").location == "/"
    assert 'lang="de"' in person.get("/").text


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{re.escape(name)}"[^>]*value="([^"]*)"', page)
    assert found, name
    return found[1]


def shown_form(person: Person, path: str) -> dict[str, str]:
    """What a browser would send back from the page without any change."""
    page = person.get(path).text
    data = {}
    for item in re.findall(r'data-item="([^"]+)"', page):
        chosen = re.search(rf'name="{re.escape(item)}" value="([^"]*)" checked', page)
        data[item] = chosen[1] if chosen else ""
        data |= {f"{item}-{part}": hidden(page, f"{item}-{part}") for part in ("seen", "was")}
    return data


def test_two_people_never_overwrite_each_other_silently(person: Person, app: Flask) -> None:
    place = person.start()
    other = Person(app.test_client())
    other.get(person.link)
    mine, theirs = shown_form(person, f"{place}P1"), shown_form(other, f"{place}P1")
    assert other.post(f"{place}P1", theirs | {"P1.1": "3", "P1.2": "1"}).status_code == 302
    answer = person.post(f"{place}P1", mine | {"P1.1": "2", "P1.3": "4"})
    assert answer.status_code == 409
    assert "3 Gelebte Praxis" in answer.text
    kept = shown_form(other, f"{place}P1")
    assert (kept["P1.1"], kept["P1.2"], kept["P1.3"]) == ("3", "1", "4")
    again = (
        mine
        | {"P1.1": "2", "P1.3": "4"}
        | {f"P1.1-{part}": hidden(answer.text, f"P1.1-{part}") for part in ("seen", "was")}
    )
    assert person.post(f"{place}P1", again).status_code == 302
    assert shown_form(other, f"{place}P1")["P1.1"] == "2"


def test_saving_the_same_answer_twice_is_no_conflict(person: Person) -> None:
    place = person.start()
    assert person.answer(place, "P1.1", "3", seen="0").status_code == 200
    assert person.answer(place, "P1.1", "3", seen="0").status_code == 200
    assert person.answer(place, "P1.1", "2", seen="0").status_code == 409


def test_a_replaced_link_opens_nothing_and_the_new_one_does(person: Person, app: Flask) -> None:
    place = person.start()
    old = person.link
    other = Person(app.test_client())
    other.get(old)
    new = person.post(f"{place}link", {}, token_from=f"{place}manage").location
    assert person.get(new).status_code == 200
    assert other.get(old).status_code == 404
    assert other.get(f"{place}result").status_code == 404


def test_deleting_needs_a_tick_and_then_leaves_nothing(person: Person, app: Flask) -> None:
    place = person.start()
    person.answer(place, "P1.1", "3", remark="Geheimnis")
    assert person.post(f"{place}delete", {}, token_from=f"{place}manage").status_code == 422
    assert person.post(f"{place}delete", {"sure": "y"}, token_from=f"{place}manage").status_code == 302
    assert person.get(f"{place}result").status_code == 404
    assert person.get(person.link).status_code == 404
    with app.extensions["selfcheck"].database.engine.connect() as connection:
        for table in ("assessment", "answer", "link"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0


def upload(person: Person, content: bytes, name: str) -> TestResponse:
    data = {"csrf_token": token_in(person.get("/").text), "file": (BytesIO(content), name)}
    return person.client.post("/assessments/from-file", data=data, headers={"Accept-Language": "de"})


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_an_answer_file_begins_a_self_check_with_the_same_result(person: Person, app: Flask, ending: str) -> None:
    place = person.start(municipality="Musterkreis")
    person.post(f"{place}context", CONTEXT | {"K6-council": "rat"})
    person.answer(place, "P1.1", "3", remark="bleibt")
    person.answer(place, "P1.2", "cannot-judge")
    taken = person.get(f"{place}answers.{ending}").data
    other = Person(app.test_client())
    answer = upload(other, taken, f"answers.{ending}")
    assert answer.status_code == 302
    again = other.client.get(answer.location).location
    assert other.get(f"{again}answers.{ending}").data == taken


def test_a_file_with_mistakes_begins_nothing_and_names_them(person: Person, app: Flask) -> None:
    answer = upload(person, b'questionnaire: integrated-planning\nversion: "2026-1"\nanswers:\n  P1.1: 7\n', "a.yaml")
    assert answer.status_code == 422
    assert "Zeile 4" in answer.text
    assert "cannot-judge" in answer.text
    for nothing in (
        upload(person, b"", ""),
        upload(person, b"\xff\xfe\x00", "a.yaml"),
        upload(person, b"[" * 99, "a.json"),
    ):
        assert nothing.status_code == 422
    with app.extensions["selfcheck"].database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM assessment").scalar() == 0


def test_half_a_placement_is_marked_and_not_dropped(person: Person) -> None:
    place = person.start()
    answer = person.post(f"{place}context", CONTEXT | {"K4-social-department": "A"})
    assert answer.status_code == 422
    assert "beides offen lassen" in answer.text
    assert person.post(f"{place}context", CONTEXT | {"K4-social-department": "none"}).status_code == 302


def test_remark_and_evidence_stand_beside_the_answer_and_a_web_address_is_a_link(person: Person) -> None:
    place = person.start()
    person.answer(
        place, "P1.1", "2", remark="Beschluss von 2024", evidence="https://example.org/vorlage <b>", unclear="y"
    )
    page = person.get(f"{place}result").text
    assert "Beschluss von 2024" in page
    assert '<a href="https://example.org/vorlage" rel="noopener noreferrer">' in page
    assert "<b>" not in page.partition("Beschluss von 2024")[2].partition("</li>")[0]
    assert "Schwer verständlich" in page


def test_the_result_says_what_hangs_on_single_answers(person: Person) -> None:
    place = person.start()
    page = person.get(f"{place}result").text
    assert "Was an einzelnen Antworten hängt" not in page, "without values there is nothing to say"
    person.post(f"{place}P1", dict.fromkeys(("P1.1", "P1.2", "P1.3", "P1.4", "P1.5", "P1.6", "P1.7"), "1"))
    page = person.get(f"{place}result").text
    assert "bei einem einzelnen Merkmal ändert an diesem Wert nichts" in page
    assert "Rechnerisch genügt für Stufe 2: P1.1" in page
