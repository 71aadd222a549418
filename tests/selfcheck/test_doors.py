"""Who may come in, by pages alone: private links, shared devices, lost access, paths and cookies."""

import json
import re
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, select, text
from werkzeug.datastructures import Headers

from selfcheck.app import create_app
from selfcheck.ground.config import BadSetting, from_environment
from selfcheck.models import Access, Device, RatingKey, SeatKey
from selfcheck.services import doors
from tests.selfcheck import rooms
from tests.selfcheck.test_together import collect, rate, take_part
from tests.web import Person, agency, token_in

HERE = {"Origin": "http://localhost"}


@pytest.fixture
def coordinator(client: FlaskClient) -> Person:
    person = Person(client)
    person.place = person.start()
    return person


def started(app: Flask) -> Person:
    """Somebody with a browser of their own who has begun a self-check."""
    person = Person(app.test_client())
    person.place = person.start()
    return person


def device_cookies(answer_headers: Headers) -> list[str]:
    return [one.partition(";")[0] for one in answer_headers.getlist("Set-Cookie") if "-device-" in one]


def test_links_opened_at_the_same_moment_all_stay_open(app: Flask) -> None:
    people = [started(app) for _ in range(5)]
    browser, answers, together = app.test_client(), [], Barrier(5)

    def open_link(link: str) -> None:
        together.wait()
        answers.append(app.test_client().get(link))  # a browser that has no cookie yet sends none with any of them

    openings = [Thread(target=open_link, args=(person.link,)) for person in people]
    for one in openings:
        one.start()
    for one in openings:
        one.join()
    for answer in answers:
        for cookie in device_cookies(answer.headers):
            name, _, value = cookie.partition("=")
            browser.set_cookie(name, value)
    assert [browser.get(person.place).status_code for person in people] == [200] * 5


def test_more_links_than_a_cookie_could_ever_hold_lose_nothing(app: Flask) -> None:
    people = [started(app) for _ in range(30)]
    agencies = [agency(app, f"Agentur {number}")[0] for number in range(15)]
    browser = Person(app.test_client())
    for path in [person.link for person in people] + agencies:
        assert browser.get(path).status_code == 200
    assert all(browser.get(person.place).status_code == 200 for person in people)
    assert all(browser.get(path).status_code == 200 for path in agencies)
    cookies = browser.client.get("/").request.headers.get("Cookie", "")
    assert len(cookies) < 2000


def test_what_a_device_may_open_stands_on_the_server_and_only_the_hash_of_its_token(app: Flask) -> None:
    person = started(app)
    token = next(value for name, value in _cookies(person) if "-device-" in name)
    with app.extensions["selfcheck"].database.reader() as session:
        [device] = session.scalars(select(Device)).all()
        assert token not in device.token_hash
        assert [access.link_id is not None for access in device.opens] == [True]
    assert not any("links" in value for _, value in _cookies(person))


def _cookies(person: Person) -> list[tuple[str, str]]:
    header = person.client.get("/").request.headers.get("Cookie", "")
    pairs = (part.strip().partition("=") for part in header.split(";") if part)
    return [(name, value) for name, _, value in pairs]


def test_an_invitation_opens_only_the_rating_that_was_begun_with_it(coordinator: Person, app: Flask) -> None:
    first, second = collect(coordinator, planning=2)
    shared = take_part(app, first)
    rate(shared, "3", remark="nur meine Sicht")
    assert shared.client.get(first).location == shared.place
    begun = shared.post(second, {}).location
    assert begun != shared.place
    assert "nur meine Sicht" not in shared.get(f"{begun}P1").text
    assert shared.client.get(second).location == begun
    assert shared.client.get(first).location == shared.place


def test_an_invitation_that_somebody_else_used_opens_nothing_on_a_device_with_another_rating(
    coordinator: Person, app: Flask
) -> None:
    mine, theirs = collect(coordinator, planning=2)
    person = take_part(app, mine)
    take_part(app, theirs)
    assert person.get(theirs).status_code == 404


def test_the_server_ties_a_rating_to_no_device_no_invitation_and_no_moment(coordinator: Person, app: Flask) -> None:
    [invitation] = collect(coordinator, planning=1)
    coordinator.post(invitation, {})  # the coordination itself rates, on its own device
    with app.extensions["selfcheck"].database.reader() as session:
        tables = inspect(session.get_bind())
        assert {column["name"] for column in tables.get_columns("rating_key")} == {"token_hash", "respondent_id"}
        assert {column["name"] for column in tables.get_columns("seat_key")} == {"token_hash", "seat_id"}
        made = session.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'rating_key'")) or ""
        assert "WITHOUT ROWID" in made  # no order of coming in either
        [key] = session.scalars(select(RatingKey)).all()
        held = json.dumps(
            [[str(value) for value in row] for table in (Device, Access) for row in _rows(session, table)]
        )
        assert key.token_hash not in held
        assert key.respondent_id not in held


def _rows(session: object, table: type) -> list[list[object]]:
    found = session.scalars(select(table)).all()  # type: ignore[attr-defined]
    return [list(vars(row).values()) for row in found]


def test_leaving_the_device_ends_access_here_and_only_here(app: Flask) -> None:
    person, elsewhere = started(app), Person(app.test_client())
    other = person.start(municipality="Nachbarkreis")
    elsewhere.get(person.link)
    assert "Musterkreis" in person.get("/device").text
    assert person.post("/device/leave", {}, token_from="/device").location == "/device/left"
    assert person.get(person.place).status_code == 404
    assert person.get(other).status_code == 404
    assert elsewhere.get(other).status_code == 200
    with app.extensions["selfcheck"].database.reader() as session:
        assert len(session.scalars(select(Device)).all()) == 1


def test_one_check_can_be_left_while_the_others_stay_open(app: Flask) -> None:
    person = started(app)
    other = person.start(municipality="Nachbarkreis")
    id = person.place.split("/")[2]
    person.post(f"/device/leave/assessment/{id}", {}, token_from="/device")
    assert person.get(person.place).status_code == 404
    assert person.get(other).status_code == 200
    assert "Musterkreis" not in person.get("/device").text


def test_what_a_cookie_had_opened_is_closed_for_whoever_kept_a_copy_of_it(app: Flask) -> None:
    person = started(app)
    copied = _cookies(person)
    person.post("/device/leave", {}, token_from="/device")
    thief = app.test_client()
    for name, value in copied:
        thief.set_cookie(name, value)
    assert thief.get(person.place).status_code == 404


def test_after_handing_in_a_rating_the_device_can_be_left(coordinator: Person, app: Flask) -> None:
    [invitation] = collect(coordinator, planning=1)
    person = take_part(app, invitation)
    rate(person, "2")
    done = f"{person.place}done"
    assert "leave-device" in person.post(done, {}).text
    assert person.post(f"{person.place}leave-device", {}, token_from=done).location == "/device/left"
    assert person.get(f"{person.place}P1").status_code == 404
    assert person.get(invitation).status_code == 404
    assert person.get(person.link).status_code == 200
    with app.extensions["selfcheck"].database.reader() as session:
        assert len(session.scalars(select(RatingKey)).all()) == 1


def test_leaving_the_device_leaves_ratings_and_seats_too(coordinator: Person, app: Flask) -> None:
    [invitation] = collect(coordinator, planning=1)
    person = take_part(app, invitation)
    with app.extensions["selfcheck"].database.writer() as session:
        _, _, [member, *_others] = rooms.workshop(session)
        card = f"/p/{member.team_code}"
        session.commit()
    seat = person.post(card, {}).location
    assert person.get(seat).status_code == 200
    person.post("/device/leave", {}, token_from="/device")
    assert person.get(seat).status_code == 404
    assert person.get(person.place).status_code == 404
    with app.extensions["selfcheck"].database.reader() as session:
        assert not session.scalars(select(RatingKey)).all()
        assert not session.scalars(select(SeatKey)).all()


@pytest.mark.parametrize("way", ["assessment", "workshop"])
def test_a_replaced_link_closes_every_other_device_at_once(app: Flask, way: str) -> None:
    if way == "assessment":
        person = started(app)
        place, replace, fresh = person.place, f"{person.place}link", f"{person.place}manage"
    else:
        person = Person(app.test_client())
        with app.extensions["selfcheck"].database.writer() as session:
            made, token, _ = rooms.workshop(session)
            person.link, place = f"/w/{token}", f"/workshop/{made.id}/"
            session.commit()
        person.get(person.link)
        replace, fresh = f"{place}link", place
    elsewhere = Person(app.test_client())
    elsewhere.get(person.link)
    assert elsewhere.get(place).status_code == 200
    new = person.post(replace, {}, token_from=fresh).location
    assert elsewhere.get(place).status_code == 404
    assert elsewhere.get(person.link).status_code == 404
    assert person.get(new).status_code == 200


def test_whoever_looks_only_whether_a_link_exists_does_not_come_in(app: Flask) -> None:
    person, scanner = started(app), app.test_client()
    assert scanner.head(person.link).status_code == 302
    assert scanner.get(person.place).status_code == 404


def test_a_device_is_forgotten_after_a_long_time_without_a_link(app: Flask) -> None:
    person = started(app)
    with app.extensions["selfcheck"].database.writer() as session:
        session.execute(text("UPDATE device SET until = '2026-01-01'"))
        session.commit()
    assert person.get(person.place).status_code == 404
    with app.extensions["selfcheck"].database.writer() as session:
        doors.forget_old(session)
        session.commit()
        assert not session.scalars(select(Device)).all()
    assert person.get(person.link).status_code == 200


def test_a_form_sent_after_access_was_lost_comes_back_and_can_be_sent_again(app: Flask) -> None:
    person = started(app)
    page = f"{person.place}P1"
    form = {
        "csrf_token": token_in(person.get(page).text),
        "P1.1": "3",
        "P1.1-seen": "0",
        "P1.1-remark": "Was schon getippt ist",
    }
    for name, _ in _cookies(person):
        person.client.delete_cookie(name)
    person.get("/")  # another page gives the browser a cookie again, as a second tab does
    refused = person.client.post(page, data=form, headers=HERE)
    assert refused.status_code in (400, 404)
    assert "Was schon getippt ist" in refused.text
    fresh = dict(re.findall(r'<input type="hidden" name="(P1[^"]*|csrf_token)" value="([^"]*)"', refused.text))
    person.get(person.link)
    sent = person.client.post(page, data=form | fresh, headers=HERE)
    assert sent.status_code == 302
    assert "Was schon getippt ist" in person.get(page).text


def test_what_another_site_sends_never_comes_back_as_a_form(app: Flask) -> None:
    person = started(app)
    evil = {"Origin": "https://evil.example"}
    refused = person.client.post(f"{person.place}P1", data={"P1.1": "3", "P1.1-remark": "von fremd"}, headers=evil)
    assert refused.status_code == 400
    assert "von fremd" not in refused.text


def test_an_open_page_gets_a_fresh_token_once_access_is_back(app: Flask) -> None:
    person = started(app)
    save = f"{person.place}items/P1.1"
    for name, _ in _cookies(person):
        person.client.delete_cookie(name)
    person.get("/")
    lost = person.client.post(save, data={**(person.get("/form-token").json or {}), "P1.1": "3", "P1.1-seen": "0"})
    assert lost.status_code == 404
    person.get(person.link)
    token = person.get("/form-token").json
    assert person.client.post(save, data={**(token or {}), "P1.1": "3", "P1.1-seen": "0"}).status_code == 200


def test_two_installations_on_one_host_name_do_not_lock_each_other_out(tmp_path: Path) -> None:
    homes = [create_app(from_environment({"SELFCHECK_HOME": str(tmp_path / name)})) for name in ("a", "b")]
    people = [started(app) for app in homes]
    everything = [cookie for person in people for cookie in _cookies(person)]
    for app, person in zip(homes, people, strict=True):
        browser = app.test_client()
        for name, value in everything:
            browser.set_cookie(name, value)
        assert browser.get(person.place).status_code == 200


def test_a_browser_without_cookies_is_told_so(app: Flask) -> None:
    person = started(app)
    blocking = app.test_client(use_cookies=False)
    there = blocking.get(person.link).location
    assert "kein Cookie" in blocking.get(there, headers={"Accept-Language": "de"}).text
    token = token_in(blocking.get("/").text)
    refused = blocking.post(
        "/assessments", data={"csrf_token": token, "scope": "full"}, headers=HERE | {"Accept-Language": "de"}
    )
    assert (refused.status_code, "sperrt Ihr Browser Cookies" in refused.text) == (400, True)


def test_secure_cookies_without_https_are_named_as_the_reason(tmp_path: Path) -> None:
    app = create_app(from_environment({"SELFCHECK_HOME": str(tmp_path), "SELFCHECK_SECURE_COOKIES": "1"}))
    browser = app.test_client(use_cookies=False)  # so do browsers with such a cookie over http
    token = token_in(browser.get("/").text)
    refused = browser.post("/assessments", data={"csrf_token": token, "scope": "full"}, headers=HERE)
    assert "SELFCHECK_SECURE_COOKIES" in refused.text
    assert "https://" in refused.text


@pytest.mark.parametrize("cut", [True, False])
def test_everything_works_below_a_path_whether_the_proxy_cuts_it_off_or_not(tmp_path: Path, cut: bool) -> None:
    app = create_app(from_environment({"SELFCHECK_HOME": str(tmp_path), "SELFCHECK_PATH": "/selbstcheck/"}))
    browser = app.test_client()

    def asked(address: str) -> str:
        assert address.startswith("/selbstcheck/"), address
        return address.removeprefix("/selbstcheck") if cut else address

    token = token_in(browser.get(asked("/selbstcheck/")).text)
    data = {"csrf_token": token, "scope": "full", "municipality": "Musterkreis"}
    link = browser.post(asked("/selbstcheck/assessments"), data=data).location
    place = browser.get(asked(link)).location
    seen = set()
    for page in (place, f"{place}P1", f"{place}context", f"{place}manage", f"{place}result", f"{place}papers"):
        answer = browser.get(asked(page))
        assert answer.status_code == 200, page
        seen |= set(re.findall(r'(?:href|src|action|data-save|data-follow)="(/[^"]*)"', answer.text))
    assert seen
    assert all(address.startswith("/selbstcheck/") for address in seen), sorted(seen)[:5]
    language = {"csrf_token": token_in(browser.get(asked(f"{place}result")).text), "next": f"{place}result"}
    assert browser.post(asked("/selbstcheck/language/en"), data=language).location == f"{place}result"


def test_a_path_that_is_none_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="PATH"):
        from_environment({"SELFCHECK_HOME": str(tmp_path), "SELFCHECK_PATH": "selbst check"})


BEHIND = [
    ".",
    ")",
    ",",
    "%20",
    "%3E",
    "/",
    "%0D%0A",
    "%E2%80%8B",
    "&data=05",
    "%C2%A0",
    "_",
    "*",
    "%22",
    "%5D.",
    "=",
    ";",
]


@pytest.mark.parametrize("behind", BEHIND)
def test_a_link_opens_with_what_a_text_has_put_behind_it(app: Flask, behind: str) -> None:
    person, browser = started(app), Person(app.test_client())
    assert browser.get(f"{person.link}{behind}").status_code == 200
    assert browser.get(person.place).status_code == 200


@pytest.mark.parametrize("behind", BEHIND)
def test_invitations_return_links_and_the_links_of_workshops_and_agencies_open_all_the_same(
    coordinator: Person, app: Flask, behind: str
) -> None:
    [invitation] = collect(coordinator, planning=1)
    assert coordinator.get(f"{invitation}{behind}").status_code == 200
    person = take_part(app, invitation)
    assert Person(app.test_client()).get(f"{person.link}{behind}").status_code == 200
    assert Person(app.test_client()).get(f"{agency(app)[0]}{behind}").status_code == 200
    with app.extensions["selfcheck"].database.writer() as session:
        _, token, _ = rooms.workshop(session)
        session.commit()
    assert Person(app.test_client()).get(f"/w/{token}{behind}").status_code == 200


def test_a_link_that_is_cut_short_opens_nothing(app: Flask) -> None:
    person = started(app)
    assert Person(app.test_client()).get(person.link[:-1]).status_code == 404
