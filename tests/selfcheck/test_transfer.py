"""Everything can be taken out as one file and put back in elsewhere; persons and links never leave."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from scoring.model.answers import Answer, Context, Sheet, Target
from scoring.model.declension import OwnNoun
from scoring.model.spreads import Rating
from selfcheck.ground.database import Database
from selfcheck.ground.days import day_of
from selfcheck.models import Assessment
from selfcheck.reading import fingerprints
from selfcheck.reading.files import Document, FileProblem, UnusableFile, read_bytes
from selfcheck.services import assessments, links, rounds, snapshots, transfer
from tests.drawn import examples
from tests.scoring.strategies import REAL, remarked, sheets, spreads
from tests.web import Person, token_in

ANSWERS = 'questionnaire: integrated-planning\nversion: "2026-1"\nanswers: {P1.1: 3}\n'


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    made = Database(f"sqlite:///{tmp_path_factory.mktemp('transfer') / 'test.sqlite3'}")
    made.upgrade()
    return made


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Nothing of a test stays."""
    with database.writer() as session:
        yield session
        session.rollback()


def filled(session: Session, text: str = "Bemerkung", checks: int = 2) -> Assessment:
    """A municipality that has answered everything, rated covertly, agreed on a target, and taken snapshots."""
    noun = OwnNoun("Verwaltungsvorstand", "der", "Verwaltungsvorstände")
    answers = {id: Answer(number % 5, remark=text, evidence=text, dissent=text) for number, id in enumerate(REAL.items)}
    answers |= {"P1.2": Answer(cannot_judge=True), "P1.3": Answer(remark=text), "P1.4": Answer()}
    context = Context({"K1": "county", "K2": "NW"}, {}, {"K6": {"steering_group": noun, "council": "kreistag"}})
    target = Target(2028, {"P1": 3, "P5": 2})
    sheet = Sheet(REAL.id, REAL.version, "Musterkreis", "", "full", context, answers, target)
    assessment = assessments.adopt(session, REAL, sheet)
    rate(session, assessment)
    rounds.evaluate_once(session, assessment)
    for number in range(checks):
        assessments.record(session, assessment, "P2.1", Answer(number % 5, remark=text))
        session.refresh(assessment)
        snapshots.take(session, assessment, f"Stand {number}")
    session.refresh(assessment)
    return assessment


def rate(session: Session, assessment: Assessment, people: int = 6) -> None:
    """Begin a covert round in which people rate two items."""
    rounds.begin(assessment, "Für den Ausschuss")
    rounds.invite(session, assessment, "", people + 1, "key")
    for invitation in rounds.unused(assessment)[:people]:
        taken = rounds.take_part(session, invitation)
        assert taken is not None
        for item in ("P1.3", "P3.1"):
            rounds.rate(session, taken[0], item, Rating(Fraction(3, 2), remark="Vertrauliches"))
    session.refresh(assessment)


def written(data: dict[str, Any], name: str = "everything.json") -> Document:
    return read_bytes(transfer.as_json(data), name)


def adopted(session: Session, data: dict[str, Any]) -> Assessment:
    return transfer.adopt_file(session, written(data))[0]


def mistakes(session: Session, content: bytes, name: str = "everything.json") -> list[FileProblem]:
    """The problems of a file, with which nothing may have been begun."""
    with pytest.raises(UnusableFile) as caught:
        transfer.adopt_file(session, read_bytes(content, name))
    assert session.scalars(select(Assessment)).all() == []
    return list(caught.value.problems)


@pytest.fixture
def sound(session: Session) -> dict[str, Any]:
    """The parcel of an assessment that is no longer there."""
    assessment = filled(session)
    data = json.loads(transfer.as_json(transfer.parcel(assessment)))
    session.delete(assessment)
    session.flush()
    return dict(data)


# ------------------------------------------------------------------------------------------------ there and back
def test_what_is_taken_out_comes_back_the_same(session: Session) -> None:
    first = filled(session)
    data = transfer.parcel(first)
    second = adopted(session, data)
    assert transfer.parcel(second) == data
    assert (second.mode, second.spreads, second.target) == ("covert", first.spreads, first.target)
    assert [one.taken for one in second.snapshots] == [one.taken for one in first.snapshots]
    assert all(snapshots.is_intact(one) for one in second.snapshots)


def test_a_file_taken_in_twice_gives_two_self_checks(session: Session, sound: dict[str, Any]) -> None:
    one, two = adopted(session, sound), adopted(session, sound)
    assert one.id != two.id
    assert transfer.parcel(one) == transfer.parcel(two) == sound


def test_a_repeated_check_goes_on_where_it_was(session: Session) -> None:
    first = filled(session)
    snapshots.begin_again(session, first, "2026")
    session.refresh(first)
    data = transfer.parcel(first)
    second = adopted(session, data)
    assert first.again
    assert second.again == first.again
    assert transfer.parcel(second) == data
    earlier = snapshots.last_time(second)
    assert earlier is not None
    assert earlier.sheet.answers["P2.1"].choice == 1


@examples(30)
@given(sheets(REAL).flatmap(lambda plain: remarked(plain, spreads(REAL))))
def test_any_answers_come_back_the_same(database: Database, sheet: Sheet) -> None:
    with database.writer() as session:
        first = assessments.adopt(session, REAL, sheet)
        snapshots.take(session, first, "Stand")
        data = transfer.parcel(first)
        assert transfer.parcel(adopted(session, data)) == data
        session.rollback()


def test_the_day_of_the_last_change_is_kept(session: Session) -> None:
    first = assessments.start(session, REAL)
    first.changed = datetime(2026, 3, 16, 23, 59, tzinfo=UTC)
    assert day_of(adopted(session, transfer.parcel(first)).changed).isoformat() == "2026-03-17"  # so it is in Germany


def test_the_file_can_be_read_without_the_program(sound: dict[str, Any]) -> None:
    assert sound["result"]["language"] == "de"
    assert sound["result"]["municipality"] == "Musterkreis"
    assert all(perspective["trace"] for perspective in sound["result"]["perspectives"].values())
    assert "score" not in sound["result"]


def test_a_full_self_check_with_ten_snapshots_stays_far_below_the_limit(session: Session) -> None:
    content = transfer.as_json(transfer.parcel(filled(session, "Ein Absatz mit Umlauten: äöü. " * 10, checks=10)))
    assert len(content) < transfer.PARCEL_LIMIT / 6


def test_an_answer_file_begins_a_self_check_as_well(session: Session) -> None:
    assessment, warnings = transfer.adopt_file(session, read_bytes(ANSWERS.encode(), "answers.yaml"))
    assert [(one.item, one.choice) for one in assessment.answers] == [("P1.1", 3)]
    assert warnings == ()


# ---------------------------------------------------------------------------------------------- what never leaves
def test_individual_ratings_invitations_and_links_never_leave(session: Session) -> None:
    assessment = filled(session)
    assessment.spreads = {}
    rate(session, assessment)
    link, token = links.issue(session, assessment, "Vertretung im Sozialamt")
    session.refresh(assessment)
    text = transfer.as_json(transfer.parcel(assessment)).decode()
    secrets = ["Vertretung", "Für den Ausschuss", token, link.token_hash, link.id, assessment.id]
    for invitation in assessment.invitations:
        secrets += [invitation.id, invitation.token_hash]
    for respondent in assessment.respondents:
        secrets += [respondent.id, respondent.token_hash]
    assert len(secrets) == 6 + 2 * 13
    assert [secret for secret in secrets if secret in text] == []


def test_while_ratings_are_collected_none_leaves_and_the_file_says_so(session: Session) -> None:
    assessment = assessments.start(session, REAL)
    rate(session, assessment)
    data = transfer.parcel(assessment)
    assert "Vertrauliches" not in transfer.as_json(data).decode()
    assert data["mode"] == "open"
    assert "verlassen die Installation nie" in data["note"]["de"]
    assert "never leave the installation" in data["note"]["en"]
    again = adopted(session, data)
    assert (again.mode, again.round_begun, again.respondents, again.invitations) == ("open", None, [], [])
    assert transfer.parcel(again) == {key: value for key, value in data.items() if key != "note"}


# -------------------------------------------------------------------------------------------------- what is refused
Change = Callable[[dict[str, Any]], Any]
SNAPSHOT = "snapshots[0]"
REFUSED: dict[str, tuple[Change, str, str, str]] = {
    "another format": (
        lambda data: data.update({"selfcheck-export": 2}),
        "selfcheck-export",
        "kennt diese Installation nicht",
        "does not know the format",
    ),
    "true for a number": (
        lambda data: data.update({"selfcheck-export": True}),
        "selfcheck-export",
        "kennt diese Installation nicht",
        "does not know the format",
    ),
    "an unknown version": (
        lambda data: data["answers"].update(version="1999-1"),
        "answers.version",
        "diesen Fragebogen gibt es hier nicht; vorhanden: integrated-planning 2026-1",
        "this questionnaire does not exist here",
    ),
    "an unknown version of a snapshot": (
        lambda data: data["snapshots"][0]["content"]["answers"].update(version="1999-1"),
        f"{SNAPSHOT}.content.answers.version",
        "diesen Fragebogen gibt es hier nicht",
        "this questionnaire does not exist here",
    ),
    "an unexpected key": (
        lambda data: data.update(ratings=[]),
        "ratings",
        "ist hier nicht vorgesehen",
        "is not expected here",
    ),
    "an unexpected key of a snapshot": (
        lambda data: data["snapshots"][0].update(id="x"),
        f"{SNAPSHOT}.id",
        "ist hier nicht vorgesehen",
        "is not expected here",
    ),
    "a missing key": (lambda data: data.pop("values"), "", "„values“ fehlt", '"values" is missing'),
    "another result": (
        lambda data: data["values"]["P4"].update(value="4"),
        "values.P4.value",
        "aus denselben Antworten ergibt sich hier",
        "the same answers give",
    ),
    "a changed answer": (
        lambda data: data["answers"]["answers"].update({"P4.1": 0, "P4.2": 0, "P4.3": 0, "P4.4": 0}),
        "values.P4.value",
        "aus denselben Antworten ergibt sich hier",
        "the same answers give",
    ),
    "an answer that does not exist": (
        lambda data: data["answers"]["answers"].update({"P1.1": 7}),
        "answers.answers.P1.1",
        "„7“ passt nicht",
        '"7" does not fit',
    ),
    "a changed remark of a snapshot": (
        lambda data: data["snapshots"][0]["content"]["answers"]["answers"]["P2.1"].update(remark="anders"),
        f"{SNAPSHOT}.digest",
        "wurde verändert, nachdem er festgehalten war",
        "was changed after it had been taken",
    ),
    "a snapshot with another hash": (
        lambda data: data["snapshots"][0].update(digest="0" * 64),
        f"{SNAPSHOT}.digest",
        "wurde verändert",
        "was changed",
    ),
    "a hash that is none": (
        lambda data: data["snapshots"][0].update(digest="kurz"),
        f"{SNAPSHOT}.digest",
        "erwartet wird eine Prüfsumme",
        "expected is a hash",
    ),
    "a snapshot without a moment": (
        lambda data: data["snapshots"][0].update(taken="gestern"),
        f"{SNAPSHOT}.taken",
        "ein Zeitpunkt mit Zeitzone",
        "a moment with a time zone",
    ),
    "a moment without a time zone": (
        lambda data: data["snapshots"][0].update(taken="2026-03-16T09:30:00"),
        f"{SNAPSHOT}.taken",
        "ein Zeitpunkt mit Zeitzone",
        "a moment with a time zone",
    ),
    "a moment at the end of time": (
        lambda data: data["snapshots"][0].update(taken="0001-01-01T00:00:00+14:00"),
        f"{SNAPSHOT}.taken",
        "ein Zeitpunkt mit Zeitzone",
        "a moment with a time zone",
    ),
    "a label with control characters": (
        lambda data: data["snapshots"][0].update(label="\x07"),
        f"{SNAPSHOT}.label",
        "Steuerzeichen",
        "control characters",
    ),
    "too many snapshots": (
        lambda data: data.update(snapshots=data["snapshots"] * 51),
        "snapshots",
        "102 festgehaltene Stände; höchstens 100",
        "102 snapshots; at most 100",
    ),
    "no list of snapshots": (
        lambda data: data.update(snapshots={}),
        "snapshots",
        "eine Liste",
        "a list",
    ),
    "a snapshot that is none": (
        lambda data: data.update(snapshots=[None]),
        SNAPSHOT,
        "eine Zuordnung",
        "a mapping",
    ),
    "an unknown mode": (lambda data: data.update(mode="secret"), "mode", "open, covert", "open, covert"),
    "an unknown reason to ask again": (
        lambda data: data.update(again={"P1.1": "because"}),
        "again.P1.1",
        "„because“ passt nicht",
        '"because" does not fit',
    ),
    "an unknown item to ask again": (
        lambda data: data.update(again={"P9.9": "new"}),
        "again.P9.9",
        "ist hier nicht vorgesehen",
        "is not expected here",
    ),
    "a day that is none": (
        lambda data: data["answers"].update(date="November 2026"),
        "answers.date",
        "ein Datum wie",
        "a date such as",
    ),
    "a huge number": (
        lambda data: data["answers"]["target"].update(year=10**300),
        "answers.target.year",
        "eine ganze Zahl von 2000–2100",
        "a whole number of 2000–2100",
    ),
    "a number of people that can not be": (
        lambda data: data["answers"]["spreads"]["P3.1"]["ratings"].update({"1.5": 10**9}),
        "answers.spreads.P3.1.ratings.1.5",
        "eine ganze Zahl von 1–10000",
        "a whole number of 1–10000",
    ),
    "control characters in a released remark": (
        lambda data: data["answers"]["spreads"]["P3.1"].update(remarks=["\x00"]),
        "answers.spreads.P3.1.remarks[0]",
        "Steuerzeichen",
        "control characters",
    ),
    "answers that are a list": (lambda data: data.update(answers=[]), "answers", "eine Zuordnung", "a mapping"),
    "a result that is a text": (lambda data: data.update(result="4"), "result", "eine Zuordnung", "a mapping"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_with_something_wrong_begins_nothing_and_says_where(
    session: Session, sound: dict[str, Any], case: str
) -> None:
    change, path, german, english = REFUSED[case]
    data = copy.deepcopy(sound)
    change(data)
    found = mistakes(session, transfer.as_json(data))
    assert (path, True) in [(problem.path, bool(problem.line)) for problem in found]
    problem = next(problem for problem in found if problem.path == path)
    assert german in problem.message.de
    assert english in problem.message.en


def test_every_problem_is_named_at_once_with_its_line(session: Session, sound: dict[str, Any]) -> None:
    sound["mode"], sound["values"]["P2"]["minimum"], sound["snapshots"][1]["label"] = "x", "9", 4
    content = transfer.as_json(sound)
    lines = content.decode().splitlines()
    found = {problem.path: problem.line or 0 for problem in mistakes(session, content)}
    assert list(found) == ["mode", "values.P2.minimum", "snapshots[1].label"]
    assert [lines[line - 1].strip() for line in found.values()] == ['"mode": "x",', '"minimum": "9",', '"label": 4,']


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_refused(session: Session, sound: dict[str, Any], keep: float) -> None:
    content = transfer.as_json(sound).rstrip()
    problem = mistakes(session, content[: int(len(content) * keep) - 1])[0]
    assert "kein gültiges JSON" in problem.message.de or "UTF-8" in problem.message.de


@pytest.mark.parametrize(
    "content",
    [
        b'{"selfcheck-export": 1}',
        b'{"selfcheck-export": null}',
        b'{"selfcheck-export": ' + b"9" * 10_000 + b"}",
        b'{"selfcheck-export": 1e999}',
        b'{"selfcheck-export": 1, "selfcheck-export": 1}',
        b'{"selfcheck-export": 1, "\\ud800": "\\ud800", "answers": {"questionnaire": "\\ud800", "version": "\\ud800"}}',
        b'{"selfcheck-export": 1, "answers": {"questionnaire": "../../etc", "version": "passwd"}}',
        b'{"selfcheck-export": 1, "snapshots": [{"content": {"1": 1, "values": "\\ud800"}, "digest": "'
        + b"0" * 64
        + b'"}]}',
        b'{"selfcheck-export": 1, "x": ["\\ud800", ' + b"[" * 900 + b"]" * 900 + b"]}",
        b'{"selfcheck-export": 1, "x": [' + b"[]," * 500_000 + b"1]}",
        b'{"selfcheck-export": [[[]]], "mode": {"open": NaN}}',
    ],
)
def test_hostile_files_are_refused_without_harm(session: Session, content: bytes) -> None:
    for problem in mistakes(session, content):
        for shown in (problem.path, problem.message.de, problem.message.en):
            shown.encode()  # no half character is left
            assert len(shown) < 1000


def test_keys_of_several_kinds_in_yaml_are_refused_without_harm(session: Session) -> None:
    content = b"selfcheck-export: 1\nsnapshots:\n- content: {1: a, b: c}\n  digest: '" + b"0" * 64 + b"'\n"
    assert "snapshots[0].digest" in [problem.path for problem in mistakes(session, content, "everything.yaml")]


# ----------------------------------------------------------------------------------------- another wording elsewhere
def test_a_questionnaire_that_is_worded_differently_here_is_a_warning(session: Session, sound: dict[str, Any]) -> None:
    sound["questionnaire_fingerprint"] = "0" * 64
    assessment, warnings = transfer.adopt_file(session, written(sound))
    (warning,) = warnings
    assert "integrated-planning 2026-1 lautet hier anders" in warning.de
    assert "is worded differently here" in warning.en
    here = fingerprints.of_questionnaire(REAL.id, REAL.version)
    assert transfer.parcel(assessment) == sound | {"questionnaire_fingerprint": here}


def test_other_values_by_another_wording_are_refused(session: Session, sound: dict[str, Any]) -> None:
    sound["questionnaire_fingerprint"] = "0" * 64
    sound["values"]["P1"]["lowest"] = "4"
    (problem,) = mistakes(session, transfer.as_json(sound))
    assert "der Fragebogen lautet hier anders" in problem.message.de


# ------------------------------------------------------------------------------------------------------ in the browser
def upload(person: Person, content: bytes, name: str = "everything.json") -> TestResponse:
    return send(person, "/assessments/from-file", content, name)


def send(person: Person, path: str, content: bytes, name: str) -> TestResponse:
    data = {"csrf_token": token_in(person.get("/").text), "file": (BytesIO(content), name)}
    answer = person.client.post(path, data=data, headers={"Accept-Language": person.language})
    answer.request.environ["wsgi.input"].close()  # large ones lie in a file
    return answer


@pytest.fixture
def taken(app: Flask) -> bytes:
    """The file with everything that the manage page offers."""
    person = Person(app.test_client())
    place = person.start(municipality="Musterkreis")
    person.answer(place, "P1.1", "3", remark="bleibt")
    person.post(f"{place}target", {"year": "2090", "P1": "3"})
    person.post(f"{place}snapshots", {"label": "Beginn"}, token_from=f"{place}history")
    page = person.get(f"{place}manage").text
    assert "Alles mitnehmen: eine Datei" in page
    assert "Sie verlassen diese Installation nie" in page
    [path] = re.findall(r'href="([^"]+everything\.json)"', page)
    answer = person.get(path)
    assert "attachment" in answer.headers["Content-Disposition"]
    return bytes(answer.data)


def test_everything_goes_on_at_another_installation(taken: bytes, elsewhere: Flask) -> None:
    person = Person(elsewhere.test_client())
    answer = upload(person, taken)
    assert answer.status_code == 302
    place = person.client.get(answer.location).location
    assert person.get(f"{place}everything.json").data == taken
    assert "Beginn" in person.get(f"{place}history").text
    assert "unverändert" in person.get(f"{place}history").text
    assert "Soll 2090" in person.get(f"{place}result").text


def test_a_changed_file_begins_nothing_and_the_page_says_where(taken: bytes, elsewhere: Flask) -> None:
    answer = upload(Person(elsewhere.test_client()), taken.replace(b'"label": "Beginn"', b'"label": 3'))
    assert answer.status_code == 422
    assert "snapshots[0].label" in answer.text
    assert re.search(r"Zeile \d+", answer.text)
    with elsewhere.extensions["selfcheck"].database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM assessment").scalar() == 0


def test_another_wording_is_said_once_after_the_beginning(taken: bytes, elsewhere: Flask) -> None:
    person = Person(elsewhere.test_client(), "en")
    data = json.loads(taken) | {"questionnaire_fingerprint": "0" * 64}
    place = person.client.get(upload(person, transfer.as_json(data)).location).location
    assert "is worded differently here" in person.get(place).text
    assert "is worded differently here" not in person.get(place).text


def test_half_a_character_is_a_problem_and_no_error_of_the_page(elsewhere: Flask) -> None:
    for content in (b'{"selfcheck-export": "\\ud800"}', b'{"\\ud800": "\\ud800", "questionnaire": "\\ud800"}'):
        assert upload(Person(elsewhere.test_client()), content).status_code == 422


def test_a_file_may_be_larger_than_a_form_and_still_not_of_any_size(taken: bytes, elsewhere: Flask) -> None:
    person = Person(elsewhere.test_client())
    assert upload(person, taken + b" " * 3_000_000).status_code == 302
    too_large = upload(person, taken + b" " * transfer.PARCEL_LIMIT)
    assert too_large.status_code == 413
    assert "höchstens 8 MB" in too_large.text
    refused = send(person, "/assessments", b" " * 3_000_000, "x")
    assert refused.status_code == 413
    assert "höchstens 2 MB" in refused.text


def test_whoever_only_reads_takes_nothing_out(app: Flask) -> None:
    person = Person(app.test_client())
    place = person.start()
    with app.extensions["selfcheck"].database.writer() as session:
        assessment = session.scalars(select(Assessment)).one()
        _link, token = links.share(session, assessment, "Ausschuss", 7)
        session.commit()
    reader = Person(app.test_client())
    assert reader.get(f"/l/{token}").status_code == 200
    assert reader.get(f"{place}result").status_code == 200
    assert reader.get(f"{place}everything.json").status_code == 404
