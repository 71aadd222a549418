"""Measures of an assessment: taken over from next steps, followed until the next check, and taken along."""

import json
import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from openpyxl import load_workbook
from sqlalchemy import select
from werkzeug.test import TestResponse

from scoring.follow.measure_files import write_measure
from scoring.follow.measures import predicted
from scoring.model.answers import Answer, Sheet
from selfcheck.models import Assessment, Snapshot, StoredMeasure
from selfcheck.reading import catalogue
from selfcheck.reading.files import Document, UnusableFile, read_bytes
from selfcheck.services import measures, transfer
from selfcheck.words.findings import Findings
from selfcheck.words.steps import would_change
from tests.web import Person, municipality, rated, token_in

QUESTIONNAIRE = catalogue.load(catalogue.DEFAULT, catalogue.newest())
STEP = "P3-1-2"
OWN_WORDS = ("Regelung vereinbaren", "Stabsstelle Planung", "Beschluss 12", "Bis zur Sommerpause")


@pytest.fixture
def person(app: Flask) -> Person:
    """Somebody whose municipality stands at stage 1 in two perspectives."""
    return municipality(app, rated({"P2": 1, "P3": 1}))


def rate(person: Person, perspective: str, stage: str, **others: str) -> None:
    items = {item.id: stage for item in QUESTIONNAIRE.perspective(perspective).items}
    person.post(f"{person.place}{perspective}", {**items, **others})


def page(person: Person) -> str:
    return person.get(f"{person.place}measures").text


def take(person: Person, *steps: str, **titles: str) -> TestResponse:
    """Tick steps; the titles are those that stand there unless others are given."""
    shown = page(person)
    fields = dict(re.findall(r'name="(title-[^"]+)"[^>]* value="([^"]*)"', shown))
    fields |= {f"title-{step.replace('_', '-')}": title for step, title in titles.items()}
    data = {"csrf_token": token_in(shown), **fields} | {f"take-{step}": "y" for step in steps}
    path = f"{person.place}measures/take"
    return person.client.post(path, data=data, headers={"Accept-Language": "de"})


def ids(person: Person) -> list[str]:
    return re.findall(r'<article class="panel" id="measure-([0-9a-f]+)"', page(person))


def change(person: Person, id: str, **entries: str) -> TestResponse:
    """Open a measure and send it with other entries."""
    path = f"{person.place}measures/{id}"
    shown = person.get(path).text
    seen = re.search(r'name="seen"[^>]* value="([^"]+)"', shown)
    assert seen
    data = {"csrf_token": token_in(shown), "seen": seen[1], "title": "Titel", "status": "planned", **entries}
    return person.client.post(path, data=data, headers={"Accept-Language": "de"})


def filled(person: Person) -> str:
    """A step taken over, with everything entered, and done."""
    take(person, STEP)
    (id,) = ids(person)
    title, owner, evidence, note = OWN_WORDS
    entries = {"owner": owner, "evidence": evidence, "note": note, "due": "2027-06-30", "status": "done"}
    assert change(person, id, title=title, **entries).status_code == 302
    return id


def repeat(person: Person, **others: str) -> None:
    """Begin the repeated check and answer the perspective anew."""
    person.post(f"{person.place}repeat", {"label": ""}, token_from=f"{person.place}history")
    rate(person, "P3", "2", **others)


def stored(app: Flask) -> list[StoredMeasure]:
    with app.extensions["selfcheck"].database.reader() as session:
        return list(session.scalars(select(StoredMeasure)))


# ------------------------------------------------------------------------------------------------ what steps say
def test_each_next_step_says_what_it_would_change_and_leads_to_the_measures(person: Person) -> None:
    result = person.get(f"{person.place}result").text
    said = "Würde P3 von 1 auf 2 heben, wenn P3.1, P3.2, P3.3, P3.4, P3.5 und P3.6 Stufe 2 erreichen."
    assert f"{said} Durchgängig erreicht wäre dann Stufe 2 statt 1." in result
    assert f'href="{person.place}measures#take"' in result


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        (
            (1, 2, 1, 2, 1, 2),
            "Würde P3 von 1,5 auf 2 heben, wenn P3.1, P3.3 und P3.5 Stufe 2 erreichen. Durchgängig erreicht "
            "wäre dann Stufe 2 statt 1.",
        ),
        (
            (1, 2, 2, 2, 2, 2),
            "Würde P3 bei 2 lassen, auch wenn P3.1 Stufe 2 erreicht. Durchgängig erreicht wäre dann Stufe 2 statt 1.",
        ),
        ((1, None, None, None, None, None), "P3 hat noch keinen Wert; Stufe 2 würden erreichen: P3.1."),
        ((2, 3, 2, 2, 2, 4), "Würde am Profil nichts ändern: Kein eingeschätztes Merkmal von P3 liegt unter Stufe 2."),
        ((None,) * 6, "Würde am Profil nichts ändern: Kein eingeschätztes Merkmal von P3 liegt unter Stufe 2."),
    ],
)
def test_what_a_step_would_change_is_said_as_an_if(stages: tuple[int | None, ...], said: str) -> None:
    answers = {f"P3.{number}": Answer(stage) for number, stage in enumerate(stages, 1)}
    sheet = Sheet(QUESTIONNAIRE.id, QUESTIONNAIRE.version, answers=answers)
    effect = predicted(QUESTIONNAIRE, sheet, QUESTIONNAIRE.recommendation(STEP))
    assert would_change(Findings(QUESTIONNAIRE, sheet, "de"), effect) == said


def test_the_report_says_it_too(person: Person) -> None:
    report = person.get(f"{person.place}report.html").text
    assert "Würde P3 von 1 auf 2 heben" in report
    assert "Wert, wenn erreicht" in report


# ------------------------------------------------------------------------------------------------ taking over
def test_several_steps_become_measures_at_once_with_titles_that_can_be_changed(person: Person, app: Flask) -> None:
    assert take(person, STEP, "P2-1-2", P3_1_2="Regelung vereinbaren").status_code == 302
    found = {one.recommendation: one for one in stored(app)}
    assert set(found) == {STEP, "P2-1-2"}
    assert found[STEP].title == "Regelung vereinbaren"
    assert found["P2-1-2"].title == "Wählen Sie einen der vier gleichwertigen Wege"
    expected: Any = found[STEP].expected
    assert expected["value"] == ["1", "2"]
    assert expected["version"] == QUESTIONNAIRE.version
    assert expected["items"]["P3.2"] == ["1", "2"]
    assert f"take-{STEP}" not in page(person)


def test_without_a_tick_nothing_is_taken_over_and_the_page_says_so(person: Person, app: Flask) -> None:
    answer = take(person, P3_1_2="Mein Titel")
    assert answer.status_code == 422
    assert "Bitte mindestens einen Schritt ankreuzen" in answer.text
    assert 'value="Mein Titel"' in answer.text
    assert stored(app) == []


def test_a_step_without_a_title_is_told_at_its_field_and_the_ticks_stay(person: Person, app: Flask) -> None:
    answer = take(person, STEP, P3_1_2=" ")
    assert answer.status_code == 422
    assert 'id="title-P3-1-2-error">Bitte einen Titel eintragen' in answer.text
    assert re.search(r'<input checked[^>]*name="take-P3-1-2"', answer.text)
    assert stored(app) == []


def test_no_more_measures_than_there_may_be(person: Person, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "MOST", 1)
    assert take(person, STEP, "P2-1-2").status_code == 422
    assert stored(app) == []
    assert take(person, STEP).status_code == 302
    answer = person.post(f"{person.place}measures/new", {"title": "Noch eine", "status": "planned"})
    assert answer.status_code == 422
    assert 'value="Noch eine"' in answer.text
    assert len(stored(app)) == 1


# ------------------------------------------------------------------------------------------------ entries
def test_a_measure_of_ones_own_and_all_measures_stand_by_date(person: Person) -> None:
    for title, due in (("Später", "2028-01-01"), ("Ohne Datum", ""), ("Früher", "30.06.2027")):
        entries = {"title": title, "due": due, "status": "running", "perspective": "P3"}
        assert person.post(f"{person.place}measures/new", entries).status_code == 302
    titles = re.findall(r'<h3 class="kern-title kern-title--small" id="title-[^>]+>([^<]+)<', page(person))
    assert titles == ["Früher", "Später", "Ohne Datum"]
    assert "30.06.2027" in page(person)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"title": " "}, "Bitte einen Titel eintragen"),
        ({"title": "x" * 201}, "höchstens 200 Zeichen"),
        ({"owner": "x" * 201}, "höchstens 200 Zeichen"),
        ({"due": "morgen"}, 'id="due-error"'),
        ({"due": "1899-01-01"}, "Bitte ein Jahr von 2000 bis 2100"),
        ({"status": "angefangen"}, 'id="status-error"'),
        ({"perspective": "P9"}, 'id="perspective-error"'),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_the_rest_is_kept(
    person: Person, app: Flask, entries: dict[str, str], said: str
) -> None:
    sent = {"title": "Titel", "status": "planned", "note": "Das bleibt stehen", **entries}
    answer = person.post(f"{person.place}measures/new", sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Das bleibt stehen" in answer.text
    assert stored(app) == []


def test_the_page_asks_for_a_unit_and_not_for_a_person(person: Person) -> None:
    assert "nie der Name einer Person" in person.get(f"{person.place}measures/new").text


def test_two_people_never_overwrite_each_other_silently(person: Person, app: Flask) -> None:
    take(person, STEP)
    (id,) = ids(person)
    path = f"{person.place}measures/{id}"
    shown = person.get(path).text
    seen = re.search(r'name="seen"[^>]* value="([^"]+)"', shown)
    assert seen
    assert change(person, id, title="Von der einen").status_code == 302
    late = {"csrf_token": token_in(shown), "seen": seen[1], "title": "Von der anderen", "status": "running"}
    answer = person.client.post(path, data=late, headers={"Accept-Language": "de"})
    assert answer.status_code == 409
    assert "Jemand anderes hat diese Maßnahme inzwischen geändert" in answer.text
    assert 'value="Von der anderen"' in answer.text
    assert stored(app)[0].title == "Von der einen"
    again = re.search(r'name="seen"[^>]* value="([^"]+)"', answer.text)
    assert again
    assert person.client.post(path, data={**late, "seen": again[1]}).status_code == 302
    assert stored(app)[0].title == "Von der anderen"


def test_a_deleted_measure_is_gone(person: Person, app: Flask) -> None:
    take(person, STEP)
    (id,) = ids(person)
    shown = person.get(f"{person.place}measures/{id}").text
    answer = person.client.post(f"{person.place}measures/{id}/delete", data={"csrf_token": token_in(shown)})
    assert answer.status_code == 302
    assert stored(app) == []
    assert person.get(f"{person.place}measures/{id}").status_code == 404


def test_measures_go_with_their_self_check(person: Person, app: Flask) -> None:
    take(person, STEP)
    with app.extensions["selfcheck"].database.writer() as session:
        session.delete(session.scalars(select(Assessment)).one())
        session.commit()
    assert stored(app) == []


# ------------------------------------------------------------------------------------------------ what they brought
def test_right_after_taking_over_nothing_is_said_of_what_it_brought(person: Person) -> None:
    filled(person)
    shown = page(person)
    assert "Seit der Übernahme nicht neu geprüft" in shown
    assert "Noch keine erledigte Maßnahme lässt sich" in shown
    assert "Stufe heute erreicht" not in shown
    assert f"take-{STEP}" not in shown, "what is done is not offered again before somebody has looked"


def test_after_the_next_check_expected_and_today_stand_side_by_side(person: Person) -> None:
    filled(person)
    repeat(person)
    shown = page(person)
    assert "<dd>P3.1, P3.2, P3.3, P3.4, P3.5 und P3.6</dd>" in shown
    assert "erwartet 2, heute 2" in shown
    assert (
        "Eine erledigte Maßnahme lässt sich vergleichen, und ihre Stufe ist erreicht. Eine Zählung, keine Note" in shown
    )


def test_what_is_not_reached_is_named(person: Person) -> None:
    filled(person)
    repeat(person, **{"P3.2": "1"})
    shown = page(person)
    assert re.search(r"<dt>Heute nicht erreicht</dt><dd>P3.2</dd>", shown)
    assert "ihre Stufe ist nicht erreicht" in shown


def test_while_the_repeated_check_runs_nothing_is_said_of_items_that_wait(person: Person) -> None:
    filled(person)
    person.post(f"{person.place}repeat", {"label": ""}, token_from=f"{person.place}history")
    shown = page(person)
    assert "Noch nicht neu eingeschätzt" in shown
    assert "Stufe heute erreicht" not in shown
    assert "erwartet 2" not in shown


def test_what_cannot_be_compared_is_said(person: Person, app: Flask) -> None:
    filled(person)
    with app.extensions["selfcheck"].database.writer() as session:
        found = session.scalars(select(StoredMeasure)).one()
        assert found.expected
        found.expected = found.expected | {"version": "2020-1"}
        session.commit()
    repeat(person)
    shown = page(person)
    assert "Nicht vergleichbar: Der Fragebogen hat seitdem eine neue Version" in shown
    assert "Stufe heute erreicht" not in shown


def test_a_snapshot_holds_no_measures(person: Person, app: Flask) -> None:
    filled(person)
    repeat(person)
    with app.extensions["selfcheck"].database.reader() as session:
        (content,) = session.scalars(select(Snapshot.content))
    assert set(content) == {"questionnaire_fingerprint", "answers", "values"}
    assert not any(word in json.dumps(content) for word in OWN_WORDS)


# ------------------------------------------------------------------------------------------------ taking along
def test_due_dates_of_what_is_to_come_go_into_a_calendar(person: Person) -> None:
    take(person, STEP, "P2-1-2")
    assert person.get(f"{person.place}measures.ics").status_code == 404
    first, second = ids(person)
    change(person, first, title="Regelung", due="2027-06-30", owner="Stabsstelle Planung")
    change(person, second, title="Fertig", due="2027-07-30", status="done")
    answer = person.get(f"{person.place}measures.ics")
    assert answer.mimetype == "text/calendar"
    events: list[Any] = list(Calendar.from_ical(answer.data).walk("VEVENT"))
    (event,) = events
    assert str(event["summary"]) == "Fällig: Regelung"
    assert event["dtstart"].dt == date(2027, 6, 30)
    assert "Stabsstelle Planung" in str(event["description"])


def test_the_internal_report_holds_everything_and_the_public_one_no_own_words(person: Person) -> None:
    assert "Maßnahmen nach Datum" not in person.get(f"{person.place}report.html").text
    filled(person)
    inside = person.get(f"{person.place}report.html?variant=internal").text
    outside = person.get(f"{person.place}report.html").text
    assert all(words in inside for words in OWN_WORDS)
    assert not any(words in outside for words in OWN_WORDS)
    for report in (inside, outside):
        assert "Maßnahmen nach Datum" in report
        assert "30.06.2027" in report
        assert "erledigt" in report


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_the_report_with_measures_can_be_written_in_every_format(person: Person, ending: str) -> None:
    filled(person)
    repeat(person)
    for variant in ("public", "internal"):
        assert person.get(f"{person.place}report.{ending}?variant={variant}").status_code == 200


def test_the_workbook_has_a_sheet_of_measures_and_its_columns_are_explained(person: Person) -> None:
    assert "Maßnahmen" not in load_workbook(BytesIO(person.get(f"{person.place}table.xlsx").data)).sheetnames
    filled(person)
    repeat(person, **{"P3.2": "1"})
    for variant in ("public", "internal"):
        book = load_workbook(BytesIO(person.get(f"{person.place}table.xlsx?variant={variant}").data))
        heads, row = list(book["Maßnahmen"].iter_rows(values_only=True))
        found = dict(zip(heads, row, strict=True))
        assert found["Schritt"] == STEP
        assert (found["Wert erwartet"], found["Wert heute"]) == (2, 2)
        assert found["Heute nicht erreicht"] == "P3.2"
        assert found["Fällig am"].date() == date(2027, 6, 30)
        assert all((words in row) == (variant == "internal") for words in OWN_WORDS)
        explained = {r[1] for r in book[book.sheetnames[-2]].iter_rows(values_only=True) if r[0] == "Maßnahmen"}
        assert explained == set(heads)


def everything(person: Person) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(person.get(f"{person.place}everything.json").data)
    return found


def adopted(app: Flask, data: dict[str, Any]) -> list[dict[str, Any]]:
    """The measures of a file, after it was read in."""
    document: Document = read_bytes(json.dumps(data).encode(), "everything.json")
    with app.extensions["selfcheck"].database.writer() as session:
        assessment, _ = transfer.adopt_file(session, document)
        found = [write_measure(one) for one in measures.all_of(assessment)]
        session.rollback()
    return found


def test_measures_go_with_the_file_of_everything_and_come_back_the_same(person: Person, elsewhere: Flask) -> None:
    filled(person)
    person.post(f"{person.place}measures/new", {"title": "Eigene", "status": "planned", "perspective": ""})
    data = everything(person)
    assert [one["title"] for one in data["measures"]] == ["Regelung vereinbaren", "Eigene"]
    assert adopted(elsewhere, data) == data["measures"]


def test_a_file_without_measures_is_an_older_one_and_is_read(person: Person, app: Flask) -> None:
    data = everything(person)
    assert "measures" not in data
    assert adopted(app, data) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"status": "begun"}, "status"),
        ({"recommendation": "P9-1-2"}, "recommendation"),
        ({"due": "30.06.2027"}, "due"),
        ({"colour": "green"}, "colour"),
        ({"expected": {"stage": 2}}, "expected"),
    ],
)
def test_a_file_with_an_unsound_measure_begins_nothing(
    person: Person, app: Flask, wrong: dict[str, Any], said: str
) -> None:
    filled(person)
    data = everything(person)
    data["measures"][0] |= wrong
    with pytest.raises(UnusableFile) as refused:
        adopted(app, data)
    assert any(said in problem.path for problem in refused.value.problems)


def test_a_file_with_too_many_measures_begins_nothing(person: Person, app: Flask) -> None:
    filled(person)
    data = everything(person)
    data["measures"] *= measures.MOST + 1
    with pytest.raises(UnusableFile) as refused:
        adopted(app, data)
    assert "höchstens 200" in refused.value.problems[0].message.de
