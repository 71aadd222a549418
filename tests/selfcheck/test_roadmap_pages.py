"""The roadmap of an assessment, as requests."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask

from selfcheck import catalogue
from tests.web import Person

QUESTIONNAIRE = catalogue.load(catalogue.DEFAULT, catalogue.newest())
YEAR = datetime.now(UTC).year


@pytest.fixture
def person(app: Flask) -> Person:
    """Somebody whose municipality is at stage 1 in two perspectives and wants to reach 2."""
    person = Person(app.test_client())
    person.place = person.start()
    for perspective in ("P2", "P7"):
        person.post(f"{person.place}{perspective}", {i.id: "1" for i in QUESTIONNAIRE.perspective(perspective).items})
    person.post(f"{person.place}target", {"year": str(YEAR + 3), "P2": "2", "P7": "2"})
    return person


def roadmap(person: Person, query: str) -> str:
    return person.get(f"{person.place}roadmap?{query}").text


def steps_in(page: str) -> list[str]:
    return re.findall(r'id="plan-(P\d-\d-\d)"', page)


def test_without_a_target_the_page_says_what_is_missing_and_where(app: Flask) -> None:
    person = Person(app.test_client())
    place = person.start()
    page = person.get(f"{place}roadmap").text
    assert "Ein Fahrplan braucht ein Soll" in page
    assert f'href="{place}target"' in page


def test_the_plan_names_every_step_to_the_target_with_its_half_year(person: Person) -> None:
    page = roadmap(person, "staff=100&count=6")
    assert {"P2-1-2", "P7-1-2"} <= set(steps_in(page))
    assert "Mit halbem Personal" in page
    assert re.search(r"P2-1-2: \d\. Halbjahr \d{4}", page)


def test_too_little_staff_says_what_does_not_fit_and_why(person: Person) -> None:
    page = roadmap(person, "staff=1&count=2")
    assert "nicht in diesen Halbjahren" in page


def test_a_promise_that_can_not_be_kept_is_explained(person: Person) -> None:
    page = roadmap(person, "staff=1&count=4&by-P2-1-2=0")
    assert steps_in(page) == []
    assert "P2-1-2" in page.partition('id="plan"')[2].partition("</section>")[0]


def test_a_step_waits_for_the_half_year_named(person: Person) -> None:
    begins = [
        re.search(r"P7-1-2: (\d\. Halbjahr \d{4})", roadmap(person, f"staff=100&count=6{more}"))
        for more in ("", "&after-P7-1-2=4")
    ]
    assert begins[0]
    assert begins[1]
    assert begins[0][1] != begins[1][1]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("staff=viele", "ganze Zahlen"),
        ("staff=-5", "ganze Zahlen"),
        ("staff=1,2,3&count=2", "höchstens 2"),
        ("staff=10&dates=morgen", "kein Datum"),
        ("staff=10&deadline=31.02.", "Tag und Monat"),
    ],
)
def test_what_can_not_be_is_told_at_its_field_and_nothing_is_lost(person: Person, query: str, said: str) -> None:
    answer = person.client.get(f"{person.place}roadmap?{query}", headers={"Accept-Language": "de"})
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{query.split("&", maxsplit=1)[0].partition("=")[2]}"' in answer.text


def test_money_meetings_and_a_double_budget_are_kept_in_the_address_and_in_the_form(person: Person) -> None:
    page = roadmap(person, f"staff=60&count=8&dates=24.03.{YEAR + 2}&deadline=30.06.&double=y&money=P2-1-2")
    assert f'value="24.03.{YEAR + 2}"' in page
    assert re.search(r'name="money" value="P2-1-2" checked', page)
    assert re.search(r'name="double" value="y" checked', page)
