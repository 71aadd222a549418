"""The roadmap of an assessment, as requests."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from lxml import etree
from openpyxl import load_workbook
from sqlalchemy import select

from scoring.model.answers import Target
from selfcheck.models import Assessment, StoredRoadmap
from selfcheck.reading import catalogue
from selfcheck.views import roadmap as view
from tests.web import Person, municipality, rated, token_in

QUESTIONNAIRE = catalogue.load(catalogue.DEFAULT, catalogue.newest())
YEAR = datetime.now(UTC).year


@pytest.fixture
def person(app: Flask) -> Person:
    """Somebody whose municipality is at stage 1 in two perspectives and wants to reach 2."""
    return municipality(app, rated({"P2": 1, "P7": 1}, Target(YEAR + 3, {"P2": 2, "P7": 2})))


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
    page = roadmap(person, f"staff=1&count=4&by-P2-1-2={YEAR + 1}-1")
    assert steps_in(page) == []
    assert "P2-1-2" in page.partition('id="plan"')[2].partition("</section>")[0]


def test_a_step_waits_for_the_half_year_named(person: Person) -> None:
    begins = [
        re.search(r"P7-1-2: (\d\. Halbjahr \d{4})", roadmap(person, f"staff=100&count=6{more}"))
        for more in ("", f"&after-P7-1-2={YEAR + 3}-1")
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
        ("staff=10&bound=viel", "ganze Zahlen"),
        ("staff=10&bound=1,2,3&count=2", "höchstens 2"),
        ("staff=10&count=13", "1 bis 12"),
        ("staff=10&first=bald", "kein Halbjahr"),
        ("staff=10&by-P2-1-2=bald", "kein Halbjahr"),
        ("staff=10&by-P9-1-2=2030-1", "kein Schritt des Fragebogens"),
        ("staff=10&money=P2-1-2", "Anmeldefrist"),
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


def test_what_is_bound_by_other_work_is_gone(person: Person) -> None:
    page = roadmap(person, "staff=100&count=2&bound=100, 90")
    assert "P7-1-2: 1. Halbjahr" in roadmap(person, "staff=100&count=2")
    assert "P7-1-2: 2. Halbjahr" in page
    assert "Anderweitig gebunden: 100 Personentage" in page
    assert 'name="bound" value="100, 90"' in page


def test_more_bound_than_there_is_is_told_as_a_contradiction(person: Person) -> None:
    assert "100 Personentage gebunden, es gibt aber nur 10" in roadmap(person, "staff=10&count=2&bound=100")


def test_every_step_has_its_fields_before_anything_is_planned(person: Person) -> None:
    page = person.get(f"{person.place}roadmap").text
    assert 'name="by-P2-1-2"' in page
    assert steps_in(page) == []


# ------------------------------------------------------------------------------------------------ keeping a plan
QUERY = f"staff=100&count=6&first={YEAR + 1}-1&dates=24.03.{YEAR + 1}&deadline=30.06.&money=P2-1-2&bound=3"


def keep(person: Person, query: str = QUERY) -> int:
    """Plan, and press the button below the form."""
    page = roadmap(person, query)
    form = page.partition('action="' + f"{person.place}roadmap/keep")[2].partition("</form>")[0]
    fields = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    data: dict[str, list[str]] = {"csrf_token": [token_in(form)]}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return person.client.post(f"{person.place}roadmap/keep", data=data).status_code


def kept_page(person: Person) -> str:
    return person.get(f"{person.place}roadmap").text


def bars(page: str) -> str:
    return re.sub(r"-[0-9a-f]{10}", "", page.partition('<figure class="timeline">')[2].partition("</figure>")[0])


def test_a_kept_plan_is_there_again_with_its_entries_and_without_looking_for_it(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = roadmap(person, QUERY)
    assert keep(person) == 302
    monkeypatch.setattr(view, "SECONDS", 0.0)  # whoever solved now would find it out
    page = kept_page(person)
    assert "Festgehalten am" in page
    assert steps_in(page) == steps_in(planned)
    assert bars(page) == bars(planned) != ""
    assert 'name="staff" value="100"' in page
    assert 'name="bound" value="3"' in page
    assert f'name="dates" value="24.03.{YEAR + 1}"' in page
    assert re.search(r'name="money" value="P2-1-2" checked', page)
    assert "Mit halbem Personal" not in page
    assert "bewiesen" not in page, "nothing was proven just now"


def test_keeping_another_plan_replaces_the_first(person: Person, app: Flask) -> None:
    keep(person)
    assert "ein anderer Plan festgehalten" in roadmap(person, "staff=7&count=3")
    assert keep(person, "staff=7&count=3") == 302
    assert 'name="staff" value="7"' in kept_page(person)
    with app.extensions["selfcheck"].database.reader() as session:
        assert len(session.scalars(select(StoredRoadmap)).all()) == 1


def test_a_discarded_plan_is_gone(person: Person, app: Flask) -> None:
    keep(person)
    assert person.post(f"{person.place}roadmap/discard", {}, f"{person.place}roadmap").status_code == 302
    page = kept_page(person)
    assert "Festgehalten" not in page
    assert steps_in(page) == []
    with app.extensions["selfcheck"].database.reader() as session:
        assert session.scalars(select(StoredRoadmap)).all() == []


def test_deleting_the_self_check_deletes_the_plan(person: Person, app: Flask) -> None:
    keep(person)
    with app.extensions["selfcheck"].database.writer() as session:
        session.delete(session.scalars(select(Assessment)).one())
        session.commit()
        assert session.scalars(select(StoredRoadmap)).all() == []


def test_when_the_target_rises_the_kept_plan_is_not_shown_and_its_entries_stay(person: Person) -> None:
    keep(person)
    person.post(f"{person.place}target", {"year": str(YEAR + 3), "P2": "3", "P7": "2"})
    page = kept_page(person)
    assert "festgehaltene Plan passt nicht mehr" in page
    assert "Neu zu planen:" in page
    assert "P2-2-3" in page
    assert steps_in(page) == []
    assert 'name="staff" value="100"' in page
    assert keep(person) == 302
    assert "passt nicht mehr" not in kept_page(person)


def test_when_an_answer_makes_a_step_needless_the_kept_plan_is_not_shown(person: Person) -> None:
    keep(person)
    items = {item.id: "2" for item in QUESTIONNAIRE.perspective("P7").items}
    person.post(f"{person.place}P7", items)
    page = kept_page(person)
    assert "Nicht mehr nötig:" in page
    assert "P7-1-2" in page
    assert steps_in(page) == []


def test_without_its_target_the_kept_plan_is_not_shown(person: Person) -> None:
    keep(person)
    person.post(f"{person.place}target", {"year": str(YEAR + 3), "P2": "", "P7": ""})
    page = kept_page(person)
    assert "Es gibt kein Soll mehr" in page
    assert "Ein Fahrplan braucht ein Soll" in page


def test_a_plan_that_breaks_a_rule_or_is_no_longer_one_of_the_answers_is_not_kept(person: Person, app: Flask) -> None:
    page = f"{person.place}roadmap"
    fields = {"staff": "100", "count": "6", "first": f"{YEAR + 1}-1"}
    begins = {f"begins-{step}": f"{YEAR + 1}-1" for step in steps_in(roadmap(person, QUERY))}
    for wrong in ({}, {"begins-P2-1-2": f"{YEAR + 1}-1"}, begins | {"begins-P9-9-9": f"{YEAR + 1}-1"}):
        answer = person.post(f"{page}/keep", fields | wrong, page)
        assert answer.status_code == 409
        assert "es wurde nichts festgehalten" in answer.text
        assert 'name="staff" value="100"' in answer.text
    answer = person.post(f"{page}/keep", fields | begins | {"staff": "1"}, page)
    assert answer.status_code == 409
    with app.extensions["selfcheck"].database.reader() as session:
        assert session.scalars(select(StoredRoadmap)).all() == []


def test_the_pages_speak_english_as_well(person: Person) -> None:
    keep(person)
    person.language = "en"
    page = kept_page(person)
    assert "Kept on" in page
    assert "The plan that was kept keeps all rules" in page


# ------------------------------------------------------------------------------------------------ taking it along
def test_without_a_kept_plan_there_is_nothing_to_take_along(person: Person) -> None:
    for path in ("roadmap.ics", "chart.svg?kind=roadmap", "chart.pdf?kind=roadmap"):
        assert person.client.get(person.place + path).status_code == 404
    assert "Zeitplan des festgehaltenen" not in person.get(f"{person.place}papers").text
    assert "<h2" in person.get(f"{person.place}report.html").text
    assert ">Fahrplan<" not in person.get(f"{person.place}report.html").text


def test_a_plan_that_no_longer_fits_is_in_no_paper_and_the_report_says_so(person: Person) -> None:
    keep(person)
    person.post(f"{person.place}target", {"year": str(YEAR + 3), "P2": "3", "P7": "2"})
    for path in ("roadmap.ics", "chart.svg?kind=roadmap"):
        assert person.client.get(person.place + path).status_code == 404
    report = person.get(f"{person.place}report.html").text
    assert "festgehaltene Fahrplan passt nicht mehr" in report
    assert "data-step=" not in report
    assert "Fahrplan" not in load_workbook(BytesIO(person.get(f"{person.place}table.xlsx").data)).sheetnames


def test_the_calendar_file_holds_every_step_from_its_first_to_its_last_day_meetings_and_deadlines(
    person: Person,
) -> None:
    keep(person)
    answer = person.get(f"{person.place}roadmap.ics")
    assert answer.mimetype == "text/calendar"
    events: dict[str, Any] = {str(event["uid"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}
    titles = [str(event["summary"]) for event in events.values()]
    steps = steps_in(kept_page(person))
    assert [title.split()[0] for title in titles if title.startswith("P")] == steps
    assert len(events) == len(titles), "every entry has an id of its own"
    for event in events.values():
        first, after = event["dtstart"].dt, event["dtend"].dt
        if str(event["summary"]).startswith("P"):
            assert (first.month, first.day) in {(1, 1), (7, 1)}
            assert (after.month, after.day) in {(1, 1), (7, 1)}
            assert "Entscheidung" in str(event["description"])
    meetings = [event for event in events.values() if event["dtstart"].dt == date(YEAR + 1, 3, 24)]
    assert [str(event["summary"]) for event in meetings] == ["Sitzung, die entscheiden kann"]
    deadlines = [str(event["summary"]) for event in events.values() if event["dtstart"].dt.month == 6]
    assert deadlines == [f"Anmeldefrist zum Haushalt {YEAR + after}" for after in (2, 3, 4)]


def test_the_timeline_comes_as_svg_png_and_pdf(person: Person) -> None:
    keep(person)
    drawn = person.get(f"{person.place}chart.svg?kind=roadmap").data
    found = etree.fromstring(drawn).xpath("//*[@data-step]/@data-step")
    assert sorted(found) == sorted(steps_in(kept_page(person)))
    assert person.get(f"{person.place}chart.png?kind=roadmap").data.startswith(b"\x89PNG")
    assert person.get(f"{person.place}chart.pdf?kind=roadmap&size=half").data.startswith(b"%PDF")
    assert "Zeitplan des festgehaltenen Fahrplans" in person.get(f"{person.place}papers").text


def test_the_workbook_has_a_sheet_of_the_plan_and_its_columns_are_explained(person: Person) -> None:
    keep(person)
    book = load_workbook(BytesIO(person.get(f"{person.place}table.xlsx").data))
    rows = list(book["Fahrplan"].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == steps_in(kept_page(person))
    begins = rows[0].index("Beginn")
    assert isinstance(rows[1][begins], datetime)
    dictionary = book[book.sheetnames[-2]]
    explained = {row[1] for row in dictionary.iter_rows(values_only=True) if row[0] == "Fahrplan"}
    assert explained == set(rows[0])


# ------------------------------------------------------------------------------------------------ others wait for it
def test_while_others_are_served_the_page_says_so_and_keeps_the_entries(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "PATIENCE", 0.01)
    with view.AT_ONCE, view.AT_ONCE:
        answer = person.client.get(f"{person.place}roadmap?{QUERY}", headers={"Accept-Language": "de"})
    assert answer.status_code == 503
    assert "in einer halben Minute noch einmal planen" in answer.text
    assert 'name="staff" value="100"' in answer.text
    assert person.get(f"{person.place}roadmap?{QUERY}").status_code == 200


def test_nothing_is_looked_for_when_nobody_waits_for_it_any_more(person: Person) -> None:
    gone = {"waitress.client_disconnected": lambda: True}
    answer = person.client.get(f"{person.place}roadmap?{QUERY}", environ_overrides=gone)
    assert answer.status_code == 204
    with view.AT_ONCE, view.AT_ONCE:
        pass
