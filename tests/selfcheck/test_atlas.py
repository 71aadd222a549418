"""The atlas of documented examples, and examples beside one's own answers, as requests."""

import re

import pytest
from flask import Flask
from markupsafe import escape

from scoring.assess.words import neutral
from selfcheck.reading import catalogue
from tests.web import Person

QUESTIONNAIRE = catalogue.load(catalogue.DEFAULT, catalogue.newest())


@pytest.fixture
def person(app: Flask) -> Person:
    return Person(app.test_client())


def shown(person: Person, query: str) -> list[str]:
    return re.findall(r'href="/practices/([a-z-]+)"', person.get(f"/practices{query}").text)


def test_without_a_choice_every_example_stands_in_the_order_of_the_source(person: Person) -> None:
    assert shown(person, "") == [practice.id for practice in QUESTIONNAIRE.practices]


def test_perspective_item_kind_and_size_narrow_the_list_together(person: Person) -> None:
    assert shown(person, "?perspective=P7") == [p.id for p in QUESTIONNAIRE.practices if "P7" in p.perspectives]
    assert shown(person, "?item=P2.4") == [
        p.id for p in QUESTIONNAIRE.practices if "P2.4" in {documented.item for documented in p.items}
    ]
    cities = shown(person, "?K1=city")
    assert set(cities) == {p.id for p in QUESTIONNAIRE.practices if p.municipality in {"Jena", "Emden", "Düsseldorf"}}
    assert shown(person, "?K1=city&K3=over-500&perspective=P7") == ["duesseldorf-steering-circle"]


def test_a_choice_without_examples_says_so_and_an_unknown_one_is_left_out(person: Person) -> None:
    assert "Für diese Auswahl ist keines belegt" in person.get("/practices?K1=city&perspective=P8").text
    assert len(shown(person, "?K1=castle&perspective=P99")) == len(QUESTIONNAIRE.practices)


def test_examples_beside_the_answers_begin_with_the_municipality_built_most_alike(person: Person) -> None:
    place = person.start()
    person.post(f"{place}context", {"K1": "city"})
    person.post(f"{place}P7", {item.id: "1" for item in QUESTIONNAIRE.perspective("P7").items})
    page = person.get(f"{place}examples").text
    section = page.partition('id="gap-P7"')[2].partition("<section")[0]
    towns = re.findall(r"/practices/[a-z-]+\">([^:<]+):", section.partition("<details")[0])
    cities = [town for town in towns if town in {"Jena", "Emden", "Düsseldorf"}]
    assert cities
    assert towns[: len(cities)] == cities, "cities stand before counties"
    assert "wie hier: Kreisfreie Stadt" in section


def test_every_status_stands_beside_the_answer_it_rests_on(person: Person) -> None:
    place = person.start()
    person.post(f"{place}P2", {"P2.1": "0", "P2.2": "3"})
    page = person.get(f"{place}examples").text
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    first = next(row for row in rows if "P2.1 " in row and "fehlt" in row)
    assert "Stufe 0" in first
    assert any("P2.2 " in row and "hier erfüllt" in row and "Stufe 3" in row for row in rows)
    assert "noch nicht beantwortet" in page, "an unknown condition names the question that is open"


def test_where_no_example_fits_the_page_says_so_and_which_condition_is_missing(person: Person) -> None:
    place = person.start()
    person.post(f"{place}P1", {item.id: "0" for item in QUESTIONNAIRE.perspective("P1").items})
    person.post(f"{place}context", {"K5": "office"})
    person.post(f"{place}P7", {item.id: "0" for item in QUESTIONNAIRE.perspective("P7").items})
    section = person.get(f"{place}examples").text.partition('id="gap-P1"')[2].partition("<section")[0]
    assert "Dazu ist kein passendes Beispiel dokumentiert" in section
    assert "fehlt hier" in section


@pytest.mark.parametrize("municipality", ["Jena", "Emden", "Kreis Pinneberg", "Landkreis Zwickau", "Düsseldorf"])
def test_no_named_municipality_gets_a_value(person: Person, municipality: str) -> None:
    """Single documented stages of single items are evidence; a mean, a median or a profile of them would be a rating."""
    for practice in (p for p in QUESTIONNAIRE.practices if p.municipality == municipality):
        page = person.get(f"/practices/{practice.id}").text
        assert "Gesamtwert" not in page
        assert "radar" not in page


def test_a_condition_on_where_the_fields_are_placed_is_answered_with_what_it_counts(person: Person) -> None:
    place = person.start()
    fields = ("youth-welfare", "social", "education", "urban-development")
    placed = {f"K4-{field}-department": letter for field, letter in zip(fields, "AABC", strict=True)}
    units = {f"K4-{field}-unit": letter for field, letter in zip(fields, "AABC", strict=True)}
    person.post(f"{place}context", {"K5": "none", **placed, **units})
    person.post(f"{place}P2", {item.id: "1" for item in QUESTIONNAIRE.perspective("P2").items})
    page = person.get(f"{place}examples").text
    assert "angesiedelt? – Felder außerhalb: 2" in page
    assert "zusammen? – noch keiner" in page, "an answer never stands without its question"


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_example_says_who_does_what_when_under_which_conditions_and_what_it_does_not_show(
    app: Flask, language: str
) -> None:
    person = Person(app.test_client(), language)
    headings = {
        "de": ("Was dokumentiert ist", "Unter diesen Bedingungen", "Was das Beispiel nicht zeigt", "Seither", "Quelle"),
        "en": ("What is documented", "Works when", "What it does not show", "Reported elsewhere since", "Source"),
    }
    for practice in QUESTIONNAIRE.practices:
        page = person.get(f"/practices/{practice.id}").text
        for heading in headings[language]:
            assert heading in page, practice.id
        found = neutral(QUESTIONNAIRE, "de" if language == "de" else "en")
        said = (practice.summary, practice.as_of, practice.limits, *(c.text for c in practice.conditions))
        for wording in said:
            assert str(escape(found.say(wording))) in page, practice.id
        assert ("Zeile" if language == "de" else "line") in page
