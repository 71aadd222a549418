"""A form that is sent twice, by a double click on a slow line, creates once; both sendings lead to the same place."""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from selfcheck.ground.config import Settings
from selfcheck.models import (
    Assessment,
    Invitation,
    IssuedPackage,
    Link,
    LiveRound,
    OwnPractices,
    Participation,
    Proposal,
    Respondent,
    Seat,
    Sent,
    Snapshot,
    StoredMeasure,
    Workshop,
    now,
)
from selfcheck.models.base import Base
from selfcheck.services import sent
from selfcheck.views import once
from tests.forms import File, Form, form_in
from tests.selfcheck.test_live_pages import entered_room
from tests.selfcheck.test_own_examples import FILE, entered
from tests.selfcheck.test_proposals import FINISHED, TEXT, Both
from tests.selfcheck.test_seen import Two, on, registered
from tests.selfcheck.test_together import collect
from tests.selfcheck.test_workshops import paper, planned, prepared
from tests.web import Person, token_in

CLICKED = ("start.begin", "people.invite", "measures.add", "sharing.replace_link", "invited.invitation")
ONCE = re.compile(r'name="once" value="([\w-]{22})"')


def texts_of(entries: Mapping[str, object]) -> dict[str, str]:
    """What is filled in, as a browser sends it."""
    return {name: str(text) for name, text in entries.items()}


@dataclass
class Case:
    """A form that creates `more` rows of a table when it is sent with `entries`."""

    endpoint: str
    make: Callable[[Flask], Two]
    entries: Mapping[str, "str | File"]
    table: type[Base]
    more: int = 1


def beginning(app: Flask, action: str) -> Two:
    person = Person(app.test_client())
    return Two(person, person, "/", action)


def covert(app: Flask) -> Two:
    two = on(app, "together/", "/invitations")
    collect(two.first)
    return two


def invited(app: Flask) -> Two:
    coordinator = Person(app.test_client())
    coordinator.place = coordinator.start()
    [way, *_] = collect(coordinator, none=1)
    person = Person(app.test_client())
    return Two(person, person, way, way)


def phone(app: Flask) -> Two:
    room, person = entered_room(app), Person(app.test_client())
    path = f"/p/{room.codes[0]}"
    return Two(person, person, path, path)


def live(app: Flask) -> Two:
    room = entered_room(app)
    return Two(room.moderation, room.moderation, room.place, "/begin/item")


def looked_at(app: Flask) -> Two:
    """A proposal as it stands before it is sent."""
    both = Both(app)
    path = f"{both.place}proposals/new/P2"
    page = both.person.post(path, {**TEXT, "agency": both.id, "step": "look"}).text
    return Two(both.person, both.person, path, path, shown=page)


def package(app: Flask) -> Two:
    """A package as it stands before it is signed."""
    both = Both(app)
    path = f"{both.place}packages/"
    wish = {"purpose": "Werkstatt", "agency": "Agentur", "expires": (now().date() + timedelta(days=30)).isoformat()}
    page = both.person.post(path, {**wish, "shown": "alias", "capacity": "1"}).text
    return Two(both.person, both.person, path, "/sign", shown=page)


def agency(app: Flask, path: str, action: str) -> Two:
    person, place = entered(app)
    return Two(person, person, f"{place}{path}", action)


def workshop(app: Flask, path: str, action: str) -> Two:
    person = Person(app.test_client())
    return Two(person, person, f"{prepared(person)}{path}", action)


def way_back(app: Flask) -> Two:
    two = workshop(app, "members", "/link")
    two.first.post(f"{two.page}/paper", paper())
    return two


def typed(entries: Mapping[str, object]) -> dict[str, str]:
    return {name: str(entry) for name, entry in entries.items()}


def rated(person: Person) -> None:
    person.post(f"{person.place}P2", {f"P2.{number}": "1" for number in range(1, 7)})


def beginning_workshop(app: Flask) -> Two:
    person = Person(app.test_client())
    return Two(person, person, "/workshops/new", "/workshops/new")


CASES = [
    Case("start.begin", lambda app: beginning(app, "/assessments"), {}, Assessment),
    Case(
        "start.begin_from_file",
        lambda app: beginning(app, "/from-file"),
        {"file": (FINISHED.read_bytes(), "a.yaml")},
        Assessment,
    ),
    Case("people.begin", lambda app: on(app, "together/", "/begin"), {"aside": "y"}, Snapshot),
    Case("people.invite", covert, {"none": "4"}, Invitation, 4),
    Case("history.take", lambda app: on(app, "history", "/snapshots"), {"label": "Stand"}, Snapshot),
    Case("history.repeat", lambda app: on(app, "history", "/repeat"), {}, Snapshot),
    Case("measures.add", lambda app: on(app, "measures/new"), {"title": "Auftrag"}, StoredMeasure),
    Case("measures.take", lambda app: on(app, "measures", "/take", rated), {"take-P2-1-2": "y"}, StoredMeasure),
    Case("proposals.tell", looked_at, {"step": "send"}, Proposal),
    Case("packages.sign", package, {}, IssuedPackage),
    Case("agency.prepare", lambda app: agency(app, "workshops/new", "/new"), texts_of(planned()), Workshop),
    Case("agency.load", lambda app: agency(app, "", "/examples"), {"file": (FILE.encode(), "a.yaml")}, OwnPractices),
    Case("workshops.prepare", beginning_workshop, texts_of(planned()), Workshop),
    Case("workshop.paper", lambda app: workshop(app, "members/paper", "/paper"), texts_of(paper()), Participation),
    Case("workshop.way_back", way_back, {}, Participation, 0),
    Case("workshop.replace_link", lambda app: workshop(app, "", "/link"), {}, Workshop, 0),
    Case("sharing.add_link", lambda app: on(app, "manage", "/links"), {"label": "Amt", "opens": "7"}, Link),
    Case("sharing.replace_link", lambda app: on(app, "manage", "/link"), {}, Link),
    Case("live.begin", live, {"item": "P1.1"}, LiveRound),
    Case("phones.invitation", phone, {}, Seat),
    Case("invited.invitation", invited, {}, Respondent),
    Case(
        "register.link",
        lambda app: registered(app, "register/?q=neudorf", "/register/"),
        {"ars": "010520001001"},
        Assessment,
        0,
    ),
]
ELSEWHERE = {
    "agency.proposal": "a decision",
    "agency.remove": "a deletion",
    "live.agree": "recorded once",
    "live.take": "a step taken once",
    "modules.load": "replaces",
    "modules.remove": "a deletion",
    "papers.keep_template": "replaces",
    "papers.remove_template": "a deletion",
    "proposals.change": "replaces",
    "register.unlink": "takes away",
    "roadmap.discard": "a deletion",
    "roadmap.keep": "replaces",
    "sharing.mail_link": "sent once (tests of the outbox)",
    "workshop.take_package": "one for each package and workshop",
}
"""Forms that do what they ask for once without creating a row of their own."""
UNIQUE = {
    "joined.consent": "one for each self-check and workshop",
    "received.take": "one for each package",
    "received.trust": "one for each key",
    "seat.vote": "one for each phone and turn",
}
"""Forms that create what cannot be there twice."""


def name(case: Case) -> str:
    return case.endpoint


def count(app: Flask, table: type[Base]) -> int:
    with app.extensions["selfcheck"].database.reader() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def opened(two: Two) -> Form:
    """The form as it stands open in a browser."""
    return form_in(two.shown or two.first.get(two.page).text, two.page, two.action)


def twice(two: Two, form: Form, entries: Mapping[str, "str | File"]) -> tuple[TestResponse, TestResponse]:
    """A double click: the second sending knows nothing of the answer to the first, which nobody sees."""
    client = two.first.client
    before = client.get_cookie(client.application.config["SESSION_COOKIE_NAME"])
    assert before is not None
    first = form.send(client, entries)
    client.set_cookie(client.application.config["SESSION_COOKIE_NAME"], before.value)
    return first, form.send(client, entries)


def test_every_form_that_creates_is_known_again(app: Flask) -> None:
    """A walk over all addresses: whatever does its work once by its form has a case here, or a reason."""
    only = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and once.is_only(app.view_functions[rule.endpoint])
    }
    by_hand = {"packages.sign", "invited.invitation"}
    assert only | by_hand == {case.endpoint for case in CASES} | ELSEWHERE.keys()
    assert not only & UNIQUE.keys()


@pytest.mark.parametrize("case", CASES, ids=name)
def test_a_form_sent_twice_creates_once_and_leads_to_the_same_place(case: Case, app: Flask) -> None:
    two = case.make(app)
    form, before = opened(two), count(app, case.table)
    first, second = twice(two, form, case.entries)
    assert count(app, case.table) == before + case.more
    assert (first.status_code, second.status_code) in ((302, 302), (200, 200)), second.text
    assert first.location == second.location
    assert first.status_code == 302 or first.data == second.data, "a file that is handed over is the same"
    if second.location:
        assert two.first.get(second.location).status_code == 200, "whoever sees the second answer alone gets on"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_sent_from_a_page_that_was_opened_anew_it_is_another_one(case: Case, app: Flask) -> None:
    two = case.make(app)
    value = ONCE.search(two.shown or two.first.get(two.page).text)
    other = ONCE.search(two.shown or two.first.get(two.page).text)
    assert value
    assert other
    assert two.shown or value[1] != other[1]


def test_the_same_page_with_other_entries_is_another_sending(app: Flask) -> None:
    """Whoever goes back, corrects something and sends again, means both."""
    two = on(app, "measures/new")
    form = opened(two)
    places = [form.send(two.first.client, {"title": title}).location for title in ("Eines", "Anderes")]
    assert places[0] != places[1]
    assert count(app, StoredMeasure) == 2


def test_another_browser_cannot_send_what_it_has_not_seen(app: Flask) -> None:
    two = on(app, "measures/new")
    form = opened(two)
    form.send(two.first.client, {"title": "Auftrag"})
    mine = token_in(two.second.get(two.page).text)
    fields = [(name, mine if name == "csrf_token" else value) for name, value in form.fields]
    assert Form(form.action, fields).send(two.second.client, {"title": "Auftrag"}).status_code == 302
    assert count(app, StoredMeasure) == 2


def test_the_link_of_a_new_self_check_is_shown_after_the_second_answer_too(app: Flask) -> None:
    two = beginning(app, "/assessments")
    first, second = twice(two, opened(two), {})
    page = two.first.get(second.location).text
    assert f"http://localhost{first.location}" in page


def test_no_token_of_a_link_is_kept(app: Flask) -> None:
    two = beginning(app, "/assessments")
    first, _ = twice(two, opened(two), {})
    with app.extensions["selfcheck"].database.reader() as session:
        [row] = session.scalars(select(Sent))
    assert row.place == "/l/{token}"
    assert first.location.rpartition("/")[2] not in repr(vars(row))


def test_of_covert_ratings_nothing_is_kept_of_when_somebody_began(app: Flask) -> None:
    two = invited(app)
    before = count(app, Sent)
    twice(two, opened(two), {})
    assert count(app, Sent) == before


def test_what_is_deleted_is_not_even_remembered_as_a_place(app: Flask) -> None:
    two = on(app, "history", "/snapshots")
    opened(two).send(two.first.client)
    assert count(app, Sent) == 1
    two.first.post(f"{two.first.place}delete", {"sure": "y"}, token_from=f"{two.first.place}manage")
    assert count(app, Sent) == 0


def test_what_was_sent_is_forgotten_after_some_days(app: Flask) -> None:
    two = on(app, "history", "/snapshots")
    opened(two).send(two.first.client)
    with app.extensions["selfcheck"].database.writer() as session:
        sent.forget_old(session)
        assert session.scalars(select(Sent)).all()
        for row in session.scalars(select(Sent)):
            row.day = (now().date() - timedelta(days=sent.KEPT_DAYS + 1)).isoformat()
        session.flush()
        sent.forget_old(session)
        assert not session.scalars(select(Sent)).all()


@pytest.mark.parametrize("case", [case for case in CASES if case.endpoint in CLICKED], ids=name)
def test_two_sendings_at_the_same_moment_create_once(case: Case, app: Flask, settings: Settings) -> None:
    """On the database in a file, as a server has it: the second waits for the write lock, then finds the first."""
    assert settings.database_url.startswith("sqlite:////")
    two = case.make(app)
    form, before = opened(two), count(app, case.table)
    cookies = [(cookie.key, cookie.value) for cookie in (two.first.client._cookies or {}).values()]
    ready, answers = threading.Barrier(4), list[TestResponse]()

    def press() -> None:
        client = app.test_client()
        for key, value in cookies:
            client.set_cookie(key, value)
        ready.wait()
        answers.append(form.send(client, case.entries))

    pressed = [threading.Thread(target=press) for _ in range(4)]
    for one in pressed:
        one.start()
    for one in pressed:
        one.join()
    assert [one.status_code for one in answers] == [302] * 4
    assert len({one.location for one in answers}) == 1
    assert count(app, case.table) == before + case.more
