"""Two people at the context page: neither overwrites the other without being asked."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web import Person

OWN = {"K6-council": "own-word", "K6-council-singular": "Amtsrunde", "K6-council-gender": "die"}
OWN |= {"K6-council-plural": "Amtsrunden"}


@pytest.fixture
def person(client: FlaskClient) -> Person:
    return Person(client)


@pytest.fixture
def other(app: Flask) -> Person:
    return Person(app.test_client())


def fields(page: str) -> dict[str, str]:
    """Every field of the form as a browser would send it back unchanged."""
    form = page[page.index("<form", page.index("<h1")) :]
    found = {}
    for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form):
        found[name] = unescape(value)
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        found[name] = unescape(chosen[1]) if chosen else ""
    found.pop("csrf_token")
    return found


def both(person: Person, other: Person) -> tuple[str, dict[str, str]]:
    """Two people who have the same page open."""
    place = person.start(municipality="Musterkreis")
    other.get(person.link)
    return place, fields(person.get(f"{place}context").text)


def stored(person: Person, place: str) -> dict[str, str]:
    return {name: value for name, value in fields(person.get(f"{place}context").text).items() if value}


def test_what_two_people_change_in_different_places_is_all_kept(person: Person, other: Person) -> None:
    place, shown = both(person, other)
    theirs = {"K1": "county", "K4-social-department": "A", "K4-social-unit": "B", "K6-council": "rat"}
    mine = {"K7": "two", "municipality": "Landkreis Muster", "K4-youth-welfare-department": "none"}
    assert other.post(f"{place}context", shown | theirs).status_code == 302
    assert person.post(f"{place}context", shown | mine).status_code == 302
    assert (theirs | mine).items() <= stored(person, place).items()


@pytest.mark.parametrize(
    ("theirs", "mine", "said"),
    [
        ({"K1": "county"}, {"K1": "city"}, "Landkreis oder Kreis"),
        ({"municipality": "Kreis A"}, {"municipality": "Kreis B"}, "Kreis A"),
        ({"municipality": ""}, {"municipality": "Kreis B"}, "offen gelassen"),
        (
            {"K4-social-department": "A", "K4-social-unit": "B"},
            {"K4-social-department": "A", "K4-social-unit": "A"},
            "A, B",
        ),
        ({"K4-social-department": "none"}, {"K4-social-department": "A", "K4-social-unit": "A"}, "gibt es hier nicht"),
        (OWN, {"K6-council": "rat"}, "Amtsrunde"),
        (OWN, OWN | {"K6-council-plural": "Amtsrundungen"}, "Amtsrunde"),
    ],
)
def test_what_both_changed_is_asked_again_with_the_other_answer_and_nothing_gets_lost(
    person: Person, other: Person, theirs: dict[str, str], mine: dict[str, str], said: str
) -> None:
    place, shown = both(person, other)
    assert other.post(f"{place}context", shown | theirs).status_code == 302
    before = stored(person, place)
    answer = person.post(f"{place}context", shown | mine | {"K7": "two"})
    assert answer.status_code == 409
    assert "Zwei Personen haben dasselbe geändert" in answer.text
    assert f"jemand anderes hier geantwortet: {said}. Was soll gelten?" in unescape(answer.text)
    kept = stored(person, place)
    assert kept["K7"] == "two"
    assert {name: kept.get(name, "") for name in theirs} == theirs
    assert before.items() - {(name, value) for name, value in before.items() if name.endswith("-was")} <= kept.items()
    again = fields(answer.text)
    assert {name: again[name] for name in mine} == mine
    assert person.post(f"{place}context", again).status_code == 302
    assert mine.items() <= stored(person, place).items()


def test_whoever_is_asked_can_take_the_other_answer(person: Person, other: Person) -> None:
    place, shown = both(person, other)
    other.post(f"{place}context", shown | {"K1": "county"})
    again = fields(person.post(f"{place}context", shown | {"K1": "city"}).text)
    assert person.post(f"{place}context", again | {"K1": "county"}).status_code == 302
    assert stored(person, place)["K1"] == "county"


def test_the_same_answer_from_two_people_is_no_conflict(person: Person, other: Person) -> None:
    place, shown = both(person, other)
    for one in (other, person):
        assert one.post(f"{place}context", shown | {"K1": "county", **OWN}).status_code == 302


def test_a_third_change_while_somebody_is_asked_is_asked_about_too(person: Person, other: Person) -> None:
    place, shown = both(person, other)
    other.post(f"{place}context", shown | {"K1": "county"})
    again = fields(person.post(f"{place}context", shown | {"K1": "city"}).text)
    other.post(f"{place}context", fields(other.get(f"{place}context").text) | {"K1": "district"})
    assert person.post(f"{place}context", again).status_code == 409
    assert stored(person, place)["K1"] == "district"


def test_a_half_placement_is_asked_for_before_anything_is_compared(person: Person, other: Person) -> None:
    place, shown = both(person, other)
    other.post(f"{place}context", shown | {"K1": "county"})
    answer = person.post(f"{place}context", shown | {"K1": "city", "K4-social-department": "A"})
    assert answer.status_code == 422
    assert fields(answer.text)["K1"] == "city"
    assert stored(person, place)["K1"] == "county"
    assert person.post(f"{place}context", fields(answer.text) | {"K4-social-unit": "A"}).status_code == 409


def test_a_name_holds_nothing_that_no_page_could_show(person: Person) -> None:
    place = person.start(municipality="Kreis\x00 A\r\nB")
    assert "Kreis A B" in person.get(place).text
    person.post(f"{place}context", {"municipality": "\x07Kreis\x0b C"})
    assert "Kreis C" in person.get(f"{place}result").text
