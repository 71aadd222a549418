"""Comparative workshops: who gets in, what is shared by whose consent, what is gone when."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from scoring.assess.assess import assess
from scoring.plain.sheets import parse_sheet
from selfcheck.models import Assessment, Participation, Seat, Vote, Workshop
from selfcheck.reading import answer_files
from selfcheck.services import copies, membership, workshops
from tests.web import Person

DAY = date(2027, 3, 4)


@pytest.fixture
def moderation(client: FlaskClient) -> Person:
    return Person(client)


def planned(**further: object) -> dict[str, object]:
    return {
        "title": "Werkstatt Nord",
        "purpose": "Voneinander lernen",
        "day": DAY.isoformat(),
        "start": "9:00",
        "keep_until": (DAY + timedelta(days=90)).isoformat(),
        "threshold": "5",
        "agenda": "15 Ankommen\n30 Stärken",
        **further,
    }


def prepared(person: Person) -> str:
    """Prepare a workshop; returns the path of its overview."""
    answer = person.post("/workshops/new", planned())
    assert answer.status_code == 302
    return person.client.get(answer.location).location


def code_of(app: Flask) -> str:
    with app.extensions["selfcheck"].database.reader() as session:
        return str(session.scalars(select(Workshop.code)).one())


def joined(app: Flask, name: str, shown: str = "named", **consent: str) -> tuple[Person, str, str]:
    """A municipality with a self-check that takes part; returns it with the place of its self-check and its consent."""
    person = Person(app.test_client())
    place = person.start(municipality=name)
    person.answer(place, "P1.1", "3", remark="GEHEIM-ANMERKUNG", evidence="GEHEIM-BELEG", dissent="GEHEIM-DISSENS")
    page = f"{place}workshops/{code_of(app)}"
    answer = person.post(page, {"name": name, "shown": shown, "capacity": "1", **consent})
    assert answer.status_code == 302, answer.text
    return person, place, page


def members(app: Flask) -> list[Participation]:
    with app.extensions["selfcheck"].database.reader() as session:
        return list(session.scalars(select(Participation)))


def test_a_workshop_is_prepared_with_a_link_a_code_and_a_timed_agenda(moderation: Person, app: Flask) -> None:
    page = moderation.get(prepared(moderation)).text
    code = code_of(app)
    assert f"{code[:3]} {code[3:]}" in page
    assert "/w/" in page, "the private link is shown"
    assert "09:00" in page
    assert "09:15" in page
    kept = moderation.post(f"{prepared_path(app)}link-kept", {}, token_from=prepared_path(app))
    assert "/w/" not in moderation.get(kept.location).text


def prepared_path(app: Flask) -> str:
    with app.extensions["selfcheck"].database.reader() as session:
        return f"/workshop/{session.scalars(select(Workshop.id)).one()}/"


@pytest.mark.parametrize(
    ("field", "entry", "said"),
    [
        ("title", " ", "Bitte einen Namen eingeben."),
        ("purpose", "", "Bitte sagen Sie, wofür"),
        ("day", "gestern", "Bitte ein Datum eingeben."),
        ("start", "25:00", "Bitte eine Uhrzeit wie 09:00 eingeben."),
        ("keep_until", "2027-03-03", "Bitte einen Tag vom Werkstatttag"),
        ("keep_until", "2031-03-03", "Bitte einen Tag vom Werkstatttag"),
        ("agenda", "15 Ankommen\nPause", "Bitte sehen Sie Zeile 2 an."),
        ("agenda", "0 Nichts", "Bitte sehen Sie Zeile 1 an."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(
    moderation: Person, app: Flask, field: str, entry: str, said: str
) -> None:
    answer = moderation.post("/workshops/new", planned(**{field: entry}))
    assert answer.status_code == 422
    assert said in answer.text
    assert "Voneinander lernen" in answer.text or field == "purpose"
    with app.extensions["selfcheck"].database.reader() as session:
        assert session.scalars(select(Workshop)).all() == []


def test_nobody_opens_a_page_of_the_moderation_without_its_link(moderation: Person, app: Flask) -> None:
    place = prepared(moderation)
    stranger = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    known = {
        "member_id": "x",
        "round_id": "x",
        "item_id": "P1.1",
        "ending": "pdf",
        "kind": "heat",
        "perspective_id": "P1",
        "package_id": "0" * 32,
    }
    tried = 0
    for rule in app.url_map.iter_rules():
        if "workshop_id" not in rule.arguments:
            continue
        path = rule.rule.replace("<workshop_id>", place.split("/")[2])
        for name, value in known.items():
            path = path.replace(f"<{name}>", value)
        path = re.sub(r"<(?:int:)?(?:number|turn)>", "1", path)
        path = re.sub(r"<any\(([\w-]+)[^>]*>", r"\1", path)
        assert "<" not in path, f"the test does not know how to fill {rule.rule}"
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            answer = stranger.open(path, method=method)
            assert answer.status_code == 404, f"{method} {path}"
            assert "Werkstatt Nord" not in answer.text
            tried += 1
    assert tried > 10


def test_a_replaced_link_locks_out_whoever_came_in_by_the_old_one(moderation: Person, app: Flask) -> None:
    place = prepared(moderation)
    other = app.test_client()
    with app.extensions["selfcheck"].database.reader() as session:
        assert session.scalars(select(Workshop)).one()
    old = re.search(r"/w/[\w-]+", moderation.get(place).text)
    assert old
    other.get(old[0])
    assert other.get(place).status_code == 200
    moderation.client.get(moderation.post(f"{place}link", {}, token_from=place).location)
    assert moderation.get(place).status_code == 200
    assert other.get(place).status_code == 404
    assert other.get(old[0]).status_code == 404


def test_a_code_is_understood_however_it_is_typed(moderation: Person, app: Flask) -> None:
    prepared(moderation)
    code = code_of(app)
    typed = f" {code[:3].lower()}-{code[3:]} "
    answer = moderation.post("/join", {"code": typed})
    assert answer.status_code == 302
    assert "Voneinander lernen" in moderation.get(answer.location).text
    wrong = moderation.post("/join", {"code": "ZZZZZZ"})
    assert wrong.status_code == 422
    assert "Zu diesem Code gibt es keine Werkstatt" in wrong.text


def test_nothing_is_agreed_to_beforehand_and_nothing_is_shared_without_a_choice(moderation: Person, app: Flask) -> None:
    prepared(moderation)
    person = Person(app.test_client())
    place = person.start(municipality="Musterkreis")
    page = person.get(f"{place}workshops/{code_of(app)}").text
    assert "checked" not in page.partition("<form")[2].partition("</main")[0].replace("checked by", "")
    answer = person.post(f"{place}workshops/{code_of(app)}", {"name": "Musterkreis", "capacity": "1"})
    assert answer.status_code == 422
    assert "Bitte wählen Sie eine der drei Möglichkeiten." in answer.text
    assert members(app) == []


def test_what_is_shared_holds_no_text_of_anybody(moderation: Person, app: Flask) -> None:
    prepared(moderation)
    joined(app, "Musterkreis")
    (member,) = members(app)
    assert member.content["answers"] == {"P1.1": 3}
    assert "GEHEIM" not in str(member.content)
    assert "Musterkreis" not in str(member.content), "the name stands with the consent alone"


def test_what_is_shared_gives_the_same_values() -> None:
    files = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
    assert len(files) > 3
    for file in files:
        questionnaire, sheet = answer_files.read(file)
        again = parse_sheet(copies.shared(sheet), questionnaire)
        assert assess(questionnaire, again).perspectives == assess(questionnaire, sheet).perspectives, file.name


def test_later_changes_are_seen_only_after_the_copy_is_renewed(moderation: Person, app: Flask) -> None:
    prepared(moderation)
    person, place, page = joined(app, "Musterkreis")
    person.answer(place, "P1.1", "4")
    person.post(page, {"name": "Musterkreis", "shown": "alias", "capacity": "2"})
    (member,) = members(app)
    assert (member.content["answers"]["P1.1"], member.shown, member.capacity) == (3, "alias", 2)
    person.post(f"{page}/renew", {}, token_from=page)
    assert members(app)[0].content["answers"]["P1.1"] == 4


def test_whoever_leaves_takes_everything_along(moderation: Person, app: Flask) -> None:
    place = prepared(moderation)
    person, own, page = joined(app, "Musterkreis", "alias")
    with app.extensions["selfcheck"].database.writer() as session:
        member = session.scalars(select(Participation)).one()
        session.add(Seat(member_id=member.id))
        before = session.scalars(select(Workshop.revision)).one()
        session.commit()
    assert "Musterkreis" in moderation.get(f"{place}members").text
    person.post(f"{page}/leave", {}, token_from=page)
    assert "Musterkreis" not in moderation.get(f"{place}members").text
    with app.extensions["selfcheck"].database.reader() as session:
        assert session.scalars(select(Participation)).all() == []
        assert session.scalars(select(Seat)).all() == []
        assert session.scalars(select(Vote)).all() == []
        assert session.scalars(select(Workshop.revision)).one() > before, "screens look again"
        assert session.scalars(select(Assessment)).one(), "the self-check stays"
    assert person.get(own).status_code == 200


def test_deleting_the_self_check_takes_it_out_of_every_workshop(moderation: Person, app: Flask) -> None:
    place = prepared(moderation)
    person, own, _ = joined(app, "Musterkreis")
    person.post(f"{own}delete", {"sure": "y"}, token_from=f"{own}manage")
    assert members(app) == []
    assert "Musterkreis" not in moderation.get(f"{place}members").text


def test_another_municipality_cannot_change_or_take_back_what_is_not_its_own(moderation: Person, app: Flask) -> None:
    prepared(moderation)
    joined(app, "Musterkreis")
    other = Person(app.test_client())
    place = other.start(municipality="Anderswo")
    page = f"{place}workshops/{code_of(app)}"
    other.post(f"{page}/leave", {}, token_from=page)
    other.post(f"{page}/renew", {}, token_from=page)
    assert [one.name for one in members(app)] == ["Musterkreis"]
    (member,) = members(app)
    assert other.get(f"/participation/{member.id}/").status_code == 404


def test_after_the_end_nobody_joins_but_everybody_may_still_leave(moderation: Person, app: Flask) -> None:
    place = prepared(moderation)
    person, _, page = joined(app, "Musterkreis")
    moderation.post(f"{place}close", {}, token_from=place)
    late = Person(app.test_client())
    own = late.start(municipality="Zu spät")
    answer = late.post(f"{own}workshops/{code_of(app)}", {"name": "Zu spät", "shown": "named", "capacity": "1"})
    assert answer.status_code == 422
    assert "niemand kann mehr beitreten" in answer.text
    assert [one.name for one in members(app)] == ["Musterkreis"]
    person.post(f"{page}/leave", {}, token_from=page)
    assert members(app) == []


def test_no_more_municipalities_join_than_letters_and_the_method_allow(moderation: Person, app: Flask) -> None:
    prepared(moderation)
    with app.extensions["selfcheck"].database.writer() as session:
        workshop = session.scalars(select(Workshop)).one()
        sheet = copies.sheet_of(Participation(content=empty(workshop)))
        for number in range(membership.MOST_MEMBERS):
            membership.enter_on_paper(session, workshop, sheet, copies.Consent("named", f"Kommune {number}"))
        aliases = {one.alias for one in workshop.members}
        assert len(aliases) == membership.MOST_MEMBERS
        with pytest.raises(membership.Full):
            membership.enter_on_paper(session, workshop, sheet, copies.Consent("named", "Eine zu viel"))


def empty(workshop: Workshop) -> dict[str, object]:
    return {"questionnaire": workshop.questionnaire, "version": workshop.version, "answers": {}}


def paper(**further: object) -> dict[str, object]:
    return {"name": "Papierstadt", "shown": "alias", "capacity": "1", "agreed": "y", **further}


def test_a_paper_set_is_entered_with_a_digit_for_each_item(moderation: Person, app: Flask) -> None:
    place = prepared(moderation)
    answer = moderation.post(f"{place}members/paper", paper(**{"P1.1": "3", "P1.2": "?", "P2.1": " 0 "}))
    assert answer.status_code == 302
    (member,) = members(app)
    assert member.content["answers"] == {"P1.1": 3, "P1.2": "cannot-judge", "P2.1": 0}
    page = moderation.get(f"{place}members").text
    way_back = re.search(r"/k/[\w-]+", page)
    assert way_back, "the link for the municipality is shown once"
    own = Person(app.test_client())
    consent = own.get(way_back[0]).text
    assert "Papierstadt" in consent
    own.post(f"/participation/{member.id}/", {"name": "Papierstadt", "shown": "aggregate", "capacity": "1"})
    assert members(app)[0].shown == "aggregate"
    own.post(f"/participation/{member.id}/leave", {}, token_from=f"/participation/{member.id}/")
    assert members(app) == []


def test_a_wrong_digit_or_a_missing_consent_is_said_and_the_rest_stays(moderation: Person, app: Flask) -> None:
    place = prepared(moderation)
    answer = moderation.post(f"{place}members/paper", paper(**{"P1.1": "7", "P1.2": "2", "agreed": ""}))
    assert answer.status_code == 422
    assert "0, 1, 2, 3, 4 oder ? – oder leer lassen" in answer.text
    assert "Ohne die Zustimmung der Kommune" in answer.text
    assert 'value="7"' in answer.text
    assert members(app) == []


def test_a_workshop_is_deleted_with_everything_in_it_by_hand_and_after_its_day(moderation: Person, app: Flask) -> None:
    place = prepared(moderation)
    joined(app, "Musterkreis")
    refused = moderation.post(f"{place}delete", {}, token_from=place)
    assert refused.status_code == 422
    gone = moderation.post(f"{place}delete", {"sure": "y"}, token_from=place)
    assert moderation.get(gone.location).status_code == 200
    assert members(app) == []
    prepared(moderation)
    joined(app, "Musterkreis")
    with app.extensions["selfcheck"].database.writer() as session:
        assert workshops.forget_old(session) == 0
        session.scalars(select(Workshop)).one().keep_until = "2020-01-01"
        session.flush()
        assert workshops.forget_old(session) == 1
        session.commit()
        assert session.scalars(select(Participation)).all() == []
        assert len(session.scalars(select(Assessment)).all()) == 2


# --- what is planned: only as far as it was agreed to, never over somebody else's entries, and within reach --------------


def stored(app: Flask) -> Workshop:
    with app.extensions["selfcheck"].database.reader() as session:
        found: Workshop = session.scalars(select(Workshop)).one()
        return found


def seen_on(page: str) -> str:
    found = re.search(r'name="seen"[^>]*value="([^"]+)"', page)
    assert found, "the form says what it was filled with"
    return found[1]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"purpose": "Werbung für das Förderprogramm"}, "Die Kommunen haben dem Zweck so zugestimmt"),
        ({"keep_until": "2027-12-31"}, "Die Kommunen haben einem früheren Tag der Löschung zugestimmt"),
        ({"day": "2027-05-01", "keep_until": ""}, "Die Kommunen haben einem früheren Tag der Löschung zugestimmt"),
        ({"threshold": "3"}, "Die Kommunen haben zugestimmt, nur mit mehr anderen zusammen gezeigt zu werden"),
    ],
)
def test_what_municipalities_have_agreed_to_is_not_widened_while_one_is_in(
    moderation: Person, app: Flask, change: dict[str, str], said: str
) -> None:
    place = prepared(moderation)
    person, _, page = joined(app, "Musterkreis")
    answer = moderation.post(f"{place}settings", planned(title="Anders", **change))
    assert answer.status_code == 422
    assert "eine neue Werkstatt" in answer.text, "what to do instead"
    assert "Spätestens 02.06.2027" in answer.text
    assert ("wie ihm die Kommunen zugestimmt haben: „Voneinander lernen“" in answer.text) == ("purpose" in change)
    assert said in answer.text
    assert all(f"{value}" in answer.text for value in change.values())
    now = stored(app)
    assert (now.title, now.purpose, now.keep_until, now.threshold) == (
        "Werkstatt Nord",
        "Voneinander lernen",
        (DAY + timedelta(days=90)).isoformat(),
        5,
    )
    person.post(f"{page}/leave", {}, token_from=page)
    assert moderation.post(f"{place}settings", planned(title="Anders", **change)).status_code == 302
    assert stored(app).title == "Anders"


def test_everything_that_asks_for_no_new_consent_can_be_changed_with_municipalities_inside(
    moderation: Person, app: Flask
) -> None:
    place = prepared(moderation)
    assert "Sobald die erste Kommune beigetreten ist" in moderation.get(f"{place}settings").text
    moderation.post(f"{place}settings", planned(threshold="4", purpose="Voneinander lernen\nund lachen"))
    joined(app, "Musterkreis")
    assert "Es nehmen schon Kommunen teil" in moderation.get(f"{place}settings").text
    changed = planned(
        title="Werkstatt Süd",
        purpose="Voneinander lernen\r\nund lachen ",
        day="2027-03-05",
        start="10:00",
        keep_until="2027-03-06",
        threshold="5",
        agenda="20 Beginn",
    )
    assert moderation.post(f"{place}settings", changed).status_code == 302
    now = stored(app)
    assert (now.title, now.day, now.keep_until, now.threshold) == ("Werkstatt Süd", "2027-03-05", "2027-03-06", 5)


def test_two_people_in_the_settings_never_overwrite_each_other_silently(moderation: Person, app: Flask) -> None:
    place = prepared(moderation)
    seen = seen_on(moderation.get(f"{place}settings").text)
    assert moderation.post(f"{place}settings", planned(title="Von der einen", seen=seen)).status_code == 302
    answer = moderation.post(f"{place}settings", planned(title="Von der anderen", seen=seen))
    assert answer.status_code == 409
    assert "Jemand anderes hat diese Seite inzwischen geändert" in answer.text
    assert 'value="Von der anderen"' in answer.text, "what was typed stays"
    assert f'href="{place}settings"' in answer.text, "what is stored can be looked at"
    assert stored(app).title == "Von der einen"
    again = planned(title="Von der anderen", seen=seen_on(answer.text))
    assert moderation.post(f"{place}settings", again).status_code == 302
    assert stored(app).title == "Von der anderen"


def test_nobody_agrees_to_a_purpose_that_was_changed_while_it_was_read(moderation: Person, app: Flask) -> None:
    place = prepared(moderation)
    person = Person(app.test_client())
    page = f"{person.start(municipality='Musterkreis')}workshops/{code_of(app)}"
    agreed = {"name": "Musterkreis", "shown": "named", "capacity": "1", "seen": seen_on(person.get(page).text)}
    assert moderation.post(f"{place}settings", planned(title="Anders", day="2027-03-05")).status_code == 302
    assert moderation.post(f"{place}settings", planned(purpose="Werbung")).status_code == 302
    answer = person.post(page, agreed)
    assert answer.status_code == 409
    assert "während Sie gelesen haben" in answer.text
    assert "Werbung" in answer.text
    assert re.search(r'<input checked[^>]* value="named"', answer.text), "what was chosen stays"
    assert members(app) == []
    moderation.post(f"{place}settings", planned(title="Wieder anders", purpose="Werbung"))
    assert person.post(page, agreed | {"seen": seen_on(answer.text)}).status_code == 302
    assert [one.name for one in members(app)] == ["Musterkreis"]


@pytest.mark.parametrize(
    ("day", "keep_until", "said"),
    [
        ("9999-12-31", "9999-12-31", "Bitte wählen Sie einen Tag in den nächsten fünf Jahren."),
        ("9999-12-31", "", "Bitte wählen Sie einen Tag in den nächsten fünf Jahren."),
        (DAY.isoformat(), "9999-12-31", "Bitte einen Tag vom Werkstatttag"),
        (DAY.isoformat(), "bald", "Bitte ein Datum eingeben."),
        ("0001-01-01", "", "Bitte wählen Sie einen Tag, der noch nicht vorbei ist"),
        ("2020-01-01", "2020-02-01", "Bitte wählen Sie einen Tag, der noch nicht vorbei ist"),
    ],
)
def test_a_day_out_of_reach_is_refused_at_the_field(
    moderation: Person, app: Flask, day: str, keep_until: str, said: str
) -> None:
    answer = moderation.post("/workshops/new", planned(day=day, keep_until=keep_until))
    assert answer.status_code == 422
    assert said in answer.text
    assert keep_until in answer.text


@pytest.mark.parametrize(
    ("day", "last"),
    [(DAY, date(2027, 9, 4)), (date(2027, 8, 31), date(2028, 2, 29)), (date(2028, 6, 30), date(2028, 12, 30))],
)
def test_without_a_day_of_deletion_it_is_six_months_after_the_workshop(
    moderation: Person, app: Flask, day: date, last: date
) -> None:
    assert 'name="keep_until" type="date" value=""' in moderation.get("/workshops/new").text
    assert moderation.post("/workshops/new", planned(day=day.isoformat(), keep_until="")).status_code == 302
    assert stored(app).keep_until == last.isoformat()


def test_a_purpose_is_short_and_one_that_was_longer_before_may_stay(moderation: Person, app: Flask) -> None:
    answer = moderation.post("/workshops/new", planned(purpose="Z" * 1001))
    assert answer.status_code == 422
    assert "Bitte kürzen Sie den Text auf höchstens 1000 Zeichen." in answer.text
    assert "Z" * 1001 in answer.text
    place = prepared(moderation)
    with app.extensions["selfcheck"].database.writer() as session:
        session.scalars(select(Workshop)).one().purpose = "Z" * 4900
        session.commit()
    assert moderation.post(f"{place}settings", planned(title="Neu", purpose="Z" * 4900)).status_code == 302
    assert moderation.post(f"{place}settings", planned(purpose="Y" * 4900)).status_code == 422
    assert moderation.post(f"{place}settings", planned(purpose="Y" * 1000)).status_code == 302


# --- after the end, and who is who -------------------------------------------------------------------------------------


def test_a_workshop_that_is_over_invites_nobody_and_says_what_going_on_means(moderation: Person, app: Flask) -> None:
    place = prepared(moderation)
    moderation.post(f"{place}members/paper", paper())
    (member,) = members(app)
    code = code_of(app)
    moderation.post(f"{place}close", {}, token_from=place)
    page = moderation.get(place).text
    assert f"{code[:3]} {code[3:]}" not in page
    assert "join.svg" not in page
    assert "/join/" not in page
    assert "Die Werkstatt ist beendet" in page
    assert "Danach tritt niemand mehr bei" not in page
    assert "Danach können Kommunen wieder beitreten" in page
    for path in ("members/paper", f"members/{member.id}/paper"):
        shown = moderation.get(f"{place}{path}").text
        assert "Es kann nichts mehr eingegeben oder berichtigt werden" in shown
        assert 'name="P1.1"' not in shown
    assert f"{member.id}/paper" not in moderation.get(f"{place}members").text
    late = moderation.post(f"{place}members/paper", paper(**{"P1.1": "3"}), token_from=place)
    assert late.status_code == 422
    assert 'name="P1.1"' in late.text, "what was typed before the end is not lost"
    moderation.post(f"{place}reopen", {}, token_from=place)
    assert "join.svg" in moderation.get(place).text
    assert 'name="P1.1"' in moderation.get(f"{place}members/paper").text


def test_a_municipality_is_removed_only_after_a_tick(moderation: Person, app: Flask) -> None:
    place = prepared(moderation)
    moderation.post(f"{place}members/paper", paper())
    moderation.post(f"{place}members/paper", paper(name="Beispielstadt"))
    member = next(one for one in members(app) if one.name == "Papierstadt")
    page = moderation.get(f"{place}members").text
    assert "Ja, Papierstadt herausnehmen" in page
    assert '<details class="more" open' not in page
    refused = moderation.post(f"{place}members/{member.id}/remove", {}, token_from=f"{place}members")
    assert refused.status_code == 422
    assert refused.text.count("Bitte mit einem Häkchen bestätigen") == 1
    assert refused.text.count('<details class="more" open') == 1
    assert len(members(app)) == 2
    moderation.post(f"{place}members/{member.id}/remove", {"sure": "y"}, token_from=f"{place}members")
    assert [one.name for one in members(app)] == ["Beispielstadt"]


def test_municipalities_with_the_same_name_can_be_told_apart(moderation: Person, app: Flask) -> None:
    place = prepared(moderation)
    joined(app, "Musterkreis")
    moderation.post(f"{place}members/paper", paper(name="MUSTERKREIS "))
    joined(app, "Beispielstadt")
    with app.extensions["selfcheck"].database.writer() as session:
        for one in session.scalars(select(Participation)):
            one.shared = datetime(2027, 3, 4, 8, {"self-check": 5, "paper": 40}[one.way], tzinfo=UTC)
        session.commit()
    table = moderation.get(f"{place}members").text.partition("<tbody")[2].partition("</tbody")[0]
    rows = {row.partition(">")[0]: row for row in table.split('<tr class="kern-table__row" id=')[1:]}
    by_name = {one.name: rows[f'"{one.id}"'] for one in members(app)}
    codes = {one.name: f"{one.team_code[:4]} {one.team_code[4:]}" for one in members(app)}
    assert f"Gleicher Name wie: Papier, Code {codes['MUSTERKREIS']}" in by_name["Musterkreis"]
    assert f"Gleicher Name wie: Selbstcheck, Code {codes['Musterkreis']}" in by_name["MUSTERKREIS"]
    assert "Papier, Kopie vom 04.03.2027, 09:40" in by_name["MUSTERKREIS"]
    assert "Gleicher Name" not in by_name["Beispielstadt"]
    assert "Selbstcheck, Kopie vom 04.03.2027, 09:05" in by_name["Beispielstadt"]
    assert f"Ja, MUSTERKREIS (Papier, Code {codes['MUSTERKREIS']}) herausnehmen" in table
    assert "Ja, Beispielstadt herausnehmen" in table
