"""Target, snapshots and the repeated check, as requests."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from selfcheck.ground.config import Settings
from selfcheck.ground.database import Database
from selfcheck.models import Assessment
from selfcheck.reading import catalogue
from selfcheck.services import assessments, rounds, snapshots
from tests.web import Person, municipality, rated

QUESTIONNAIRE = catalogue.load(catalogue.DEFAULT, catalogue.newest())
YEAR = datetime.now(UTC).year


@pytest.fixture
def person(app: Flask) -> Person:
    """Somebody whose municipality has rated the first two perspectives: P1 all 1, P2 all 3."""
    return municipality(app, rated({"P1": 1, "P2": 3}))


def aim(person: Person, **stages: str) -> int:
    return person.post(f"{person.place}target", {"year": str(YEAR + 2)} | stages).status_code


def test_the_target_stands_beside_the_value_with_the_share_reached(person: Person) -> None:
    assert aim(person, P1="3", P2="2") == 302
    page = person.get(f"{person.place}result").text
    assert f"Soll {YEAR + 2}" in page
    assert re.search(r"P1 Auftrag.*?33 %", page, re.DOTALL)
    assert re.search(r"P2 Integration.*?2 \(erreicht\)", page, re.DOTALL)


@pytest.mark.parametrize("year", ["", "x", "1999", "2500", str(YEAR - 1)])
def test_a_year_that_can_not_be_is_refused_and_nothing_is_lost(person: Person, year: str) -> None:
    answer = person.post(f"{person.place}target", {"year": year, "P1": "3"})
    assert answer.status_code == 422
    assert "kern-error" in answer.text
    assert re.search(r'<option selected value="3"', answer.text)


def test_a_target_that_is_reached_already_is_kept_and_told(person: Person) -> None:
    answer = person.post(f"{person.place}target", {"year": str(YEAR + 2), "P1": "3", "P2": "2"})
    page = person.get(answer.headers["Location"]).text
    assert "Das Soll ist gespeichert" in page
    assert page.count("dieses Soll ist schon erreicht") == 1
    assert aim(person, P1="3", P2="4") == 302
    assert "schon erreicht" not in person.get(f"{person.place}target").text


def test_a_target_can_be_taken_back(person: Person) -> None:
    aim(person, P1="3")
    aim(person, P1="")
    assert "Soll 20" not in person.get(f"{person.place}result").text


def test_a_snapshot_is_sealed_and_says_so(person: Person) -> None:
    place = f"{person.place}history"
    person.post(f"{person.place}snapshots", {"label": "Vor der Haushaltsberatung"}, token_from=place)
    page = person.get(place).text
    assert "Vor der Haushaltsberatung" in page
    assert "unverändert" in page
    assert re.search(r"[0-9a-f]{64}", page)


def test_a_snapshot_that_somebody_changed_is_told_from_an_intact_one(person: Person, settings: Settings) -> None:
    person.post(f"{person.place}snapshots", {"label": ""}, token_from=f"{person.place}history")
    with create_engine(settings.database_url).begin() as connection:
        content = connection.execute(text("SELECT content FROM snapshot")).scalar_one()
        changed = content.replace('"P1.1": 1', '"P1.1": 4')
        assert changed != content
        connection.execute(text("UPDATE snapshot SET content = :changed"), {"changed": changed})
    page = person.get(f"{person.place}history").text
    assert "! verändert" in page


def test_a_deleted_snapshot_is_gone(person: Person) -> None:
    place = f"{person.place}history"
    person.post(f"{person.place}snapshots", {"label": "weg damit"}, token_from=place)
    [path] = re.findall(r'action="([^"]+/snapshots/[^"]+/delete)"', person.get(place).text)
    assert person.post(path, {}, token_from=place).status_code == 302
    assert "weg damit" not in person.get(place).text


def test_a_repeated_check_asks_only_what_lay_below_the_target_or_was_open(person: Person) -> None:
    aim(person, P1="3", P2="3")
    person.post(f"{person.place}repeat", {"label": "2026"}, token_from=f"{person.place}history")
    first = person.get(f"{person.place}P1").text
    assert "es lag unter Ihrem Soll" in first.replace("Es lag", "es lag")
    assert "Letztes Mal: Stufe 1." in first
    assert not re.search(r'name="P1\.1" value="1" checked', first)
    second = person.get(f"{person.place}P2").text
    assert "6 Merkmale wie beim letzten Mal" in second
    assert re.search(r'name="P2\.1" value="3" checked', second)


def test_after_the_repeated_check_the_result_shows_last_time_and_the_change(person: Person) -> None:
    aim(person, P1="3")
    person.post(f"{person.place}repeat", {"label": "2026"}, token_from=f"{person.place}history")
    person.post(f"{person.place}P1", {item.id: "2" for item in QUESTIONNAIRE.perspective("P1").items})
    page = person.get(f"{person.place}result").text
    assert "Letztes Mal" in page
    assert "+1" in page
    history = person.get(f"{person.place}history").text
    assert "Der Weg bisher" in history
    assert "+1" in history


def test_until_it_is_answered_anew_an_item_counts_as_last_time_and_the_value_does_not_jump(person: Person) -> None:
    aim(person, P1="3")
    person.post(f"{person.place}P1", {"P1.1": "3"})
    before = person.get(f"{person.place}result").text
    person.post(f"{person.place}repeat", {"label": ""}, token_from=f"{person.place}history")
    after = person.get(f"{person.place}result").text
    assert "zählen wie beim letzten Mal" in after
    value = re.compile(r'id="why-P1">.*?<span class="why__value">(.*?)</span>', re.DOTALL)
    assert value.findall(after) == value.findall(before)
    assert "(+" not in after
    person.answer(person.place, "P1.2", "1")
    assert "P1.2: 1" in person.get(f"{person.place}answers.yaml").text
    assert re.search(r'name="P1\.2" value="1" checked', person.get(f"{person.place}P1").text), "confirmed is answered"


def test_a_second_repetition_waits_for_the_first(person: Person) -> None:
    aim(person, P1="3")
    place = f"{person.place}history"
    person.post(f"{person.place}repeat", {"label": ""}, token_from=place)
    refused = person.post(f"{person.place}repeat", {"label": ""}, token_from=place)
    assert refused.status_code == 409
    assert "Beantworten Sie zuerst" in refused.text


def test_individual_ratings_can_be_collected_anew_in_a_repeated_check(person: Person) -> None:
    person.post(f"{person.place}repeat", {"label": ""}, token_from=f"{person.place}history")
    place = f"{person.place}together/"
    person.post(f"{place}begin", {}, token_from=place)
    assert "Verdeckte Einzeleinschätzung" in person.get(place).text


def test_a_check_repeated_right_after_a_snapshot_is_not_sealed_twice(person: Person) -> None:
    place = f"{person.place}history"
    person.post(f"{person.place}snapshots", {"label": "Beginn"}, token_from=place)
    person.post(f"{person.place}repeat", {"label": ""}, token_from=place)
    assert person.get(place).text.count('class="snapshot"') == 1


def test_another_scope_is_not_compared(person: Person, settings: Settings) -> None:
    person.post(f"{person.place}snapshots", {"label": ""}, token_from=f"{person.place}history")
    with Database(settings.database_url).writer() as session:
        found = session.query(Assessment).one()
        assessments.describe(found, found.municipality, "short", assessments.sheet_of(found).context)
        session.commit()
    assert "nicht vergleichbar: andere Merkmale gefragt" in person.get(f"{person.place}history").text


def test_a_check_can_not_be_repeated_while_ratings_are_being_collected(person: Person) -> None:
    person.post(f"{person.place}together/begin", {}, token_from=f"{person.place}together/")
    answer = person.post(f"{person.place}repeat", {"label": ""}, token_from=f"{person.place}history")
    assert answer.status_code == 409
    assert "es wurde nichts geändert" in answer.text


def test_ratings_that_nobody_evaluates_are_forgotten_after_ninety_days(settings: Settings) -> None:
    database = Database(settings.database_url)
    database.upgrade()
    with database.writer() as session:
        old, young = (assessments.start(session, QUESTIONNAIRE) for _ in range(2))
        for one in (old, young):
            rounds.begin(one)
            rounds.invite(session, one, "planning", 1, "key")
        assert old.round_begun is not None
        old.round_begun -= timedelta(days=rounds.KEPT_DAYS)
        session.flush()
        assert rounds.forget_old(session) == 1
        assert (old.mode, len(old.invitations), len(young.invitations)) == ("open", 0, 1)


def test_a_snapshot_taken_and_read_again_gives_the_same_values(settings: Settings) -> None:
    database = Database(settings.database_url)
    database.upgrade()
    with database.writer() as session:
        one = assessments.start(session, QUESTIONNAIRE)
        taken = snapshots.take(session, one, "leer")
        session.commit()
        session.expire_all()
        assert snapshots.is_intact(taken)
        assert snapshots.last_time(one) is None, "nothing has changed since"
