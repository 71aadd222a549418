"""Live rounds as requests without JavaScript: phones, moderation, screen; who sees what and when."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from selfcheck.extensions import kept
from selfcheck.models import Seat, Vote, Workshop
from selfcheck.services import live, workshops
from tests.selfcheck import rooms
from tests.web import Person, token_in

DRAWN = "chart-strip"
"""What a page holds that shows votes."""


@dataclass
class Room:
    """A workshop with its moderation; `codes` let phones of the three municipalities in."""

    app: Flask
    moderation: Person
    place: str
    codes: list[str]

    def phone(self, code: str = "") -> Person:
        """A phone that has come in; `place` is its page."""
        person = Person(self.app.test_client())
        answer = person.post(f"/p/{code or self.codes[0]}", {})
        assert answer.status_code == 302
        person.place = answer.location
        return person

    def begin(self, item: str = "P1.1") -> None:
        assert self.moderation.post(f"{self.place}begin/item", {"item": item}, token_from=self.place).status_code == 302

    def step(self, name: str) -> TestResponse:
        """Press a button of the moderation's page."""
        page = self.moderation.get(self.place).text
        action = re.search(rf'action="(/workshop/[^"]+/{name})"', page)
        assert action, f"no button {name}"
        state = re.search(r'name="state" value="([^"]+)"', page)
        data = {"csrf_token": token_in(page), "state": state[1] if state else ""}
        return self.moderation.client.post(action[1], data=data, follow_redirects=True)

    def change(self, how: Callable[[Workshop], object]) -> None:
        """Something that happens on another page."""
        with self.app.app_context(), kept().database.writer() as session:
            how(session.scalars(select(Workshop)).one())
            session.commit()


@pytest.fixture
def room(app: Flask) -> Room:
    with app.extensions["selfcheck"].database.writer() as session:
        made, token, members = rooms.workshop(session)
        session.commit()
        codes, place = [one.team_code for one in members], f"/workshop/{made.id}/live/"
    moderation = Person(app.test_client())
    assert moderation.get(f"/w/{token}").status_code == 200
    return Room(app, moderation, place, codes)


def vote(phone: Person, stage: str, *, page: str = "", script: bool = False) -> TestResponse:
    """Send what a phone's page (as it is, or as it was) holds with a choice."""
    page = page or phone.get(phone.place).text
    fields = dict(re.findall(r'name="(csrf_token|round|turn)"[^>]*value="([^"]+)"', page))
    headers = {"Accept": "application/json"} if script else {}
    return phone.client.post(f"{phone.place}vote", data={**fields, "stage": stage}, headers=headers)


def words(page: str) -> str:
    """The text of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def seats_in(app: Flask) -> int:
    with app.extensions["selfcheck"].database.reader() as session:
        return len(session.scalars(select(Seat)).all())


def test_a_code_is_found_however_it_is_typed(room: Room) -> None:
    phone = Person(room.app.test_client())
    typed = f" {room.codes[1][:4].lower()}-{room.codes[1][4:].lower()} "
    assert phone.post("/phones", {"code": typed}).location == f"/p/{room.codes[1]}"
    assert phone.get("/p").request.path == "/phones"


def test_a_wrong_code_is_told_at_the_field_and_kept(room: Room) -> None:
    phone = Person(room.app.test_client())
    typed = phone.post("/phones", {"code": "NOSUCHCODE"})
    assert typed.status_code == 422
    for answer in (typed, phone.get("/p/NOSUCHCODE")):
        assert "Diesen Code hat keine Kommune" in answer.text
        assert 'value="NOSUCHCODE"' in answer.text
    assert phone.get("/p/NOSUCHCODE").status_code == 404


def test_opening_the_invitation_makes_no_seat_and_pressing_the_button_makes_one(room: Room) -> None:
    phone = Person(room.app.test_client())
    page = phone.get(f"/p/{room.codes[0]}")
    assert "Nichts zu Ihrer Person" in words(page.text)
    assert seats_in(room.app) == 0
    place = phone.post(f"/p/{room.codes[0]}", {}).location
    assert seats_in(room.app) == 1
    assert "Gerade keine Abstimmung" in phone.get(place).text


def test_a_phone_that_scans_again_finds_its_seat_and_another_phone_gets_its_own(room: Room) -> None:
    first, second = room.phone(), room.phone()
    assert first.place != second.place
    assert first.get(f"/p/{room.codes[0]}").request.path == first.place
    assert seats_in(room.app) == 2


def test_no_seat_opens_for_anybody_else_the_moderation_included(room: Room) -> None:
    phone = room.phone()
    for stranger in (room.moderation, Person(room.app.test_client()), room.phone()):
        for path in ("", "pulse"):
            assert stranger.get(f"{phone.place}{path}").status_code == 404


def test_the_moderations_pages_open_for_nobody_else(room: Room) -> None:
    phone = room.phone()
    for path in ("", "pulse", "screen", "notes"):
        assert phone.get(f"{room.place}{path}").status_code == 404


def test_a_round_from_the_question_to_the_consensus(room: Room) -> None:
    phones = [room.phone(room.codes[number % 3]) for number in range(6)]
    room.begin()
    for phone, stage in zip(phones, ("0", "1", "1.5", "4", "2", "cannot-judge"), strict=True):
        assert vote(phone, stage).status_code == 302
    assert "6 von 6 haben abgestimmt" in room.moderation.get(room.place).text
    assert "Ihre Stimme ist gespeichert: zwischen 1 und 2" in words(phones[2].get(phones[2].place).text)

    screen = room.step("reveal")
    assert DRAWN in screen.text
    seen = phones[2].get(phones[2].place).text
    assert "6 Stimmen · 1 davon kann es nicht beurteilen" in words(seen)
    assert "Ihre Stimme: zwischen 1 und 2" in words(seen)
    assert "chart-own" in seen
    assert "Eigene Stimme: 1,5" in seen

    room.step("again")
    for phone in phones:
        vote(phone, "2")
    room.step("reveal")
    page = room.moderation.get(room.place).text
    agree = re.search(r'action="([^"]+/agree)"', page)
    assert agree
    data = {"csrf_token": token_in(page), "stage": "2.5", "dissent": "Zwei sehen Stufe 3."}
    assert room.moderation.client.post(agree[1], data=data).status_code == 302
    shown = words(room.moderation.get(f"{room.place}screen").text)
    assert "Konsens: zwischen 2 und 3" in shown
    assert "Abweichende Sicht: Zwei sehen Stufe 3." in shown
    over = words(room.step("finish").text)
    assert "zuerst Stimmen von 0 bis 4, dann von 2 bis 2; in der Mitte zuerst zwischen 1 und 2, dann Stufe 2" in over
    assert "Gerade keine Abstimmung" in phones[0].get(phones[0].place).text


@pytest.mark.parametrize("again", [False, True])
def test_no_page_shows_a_vote_before_the_reveal(room: Room, again: bool) -> None:
    phones = [room.phone() for _ in range(6)]
    room.begin()
    if again:
        room.step("reveal")
        room.step("again")
    for phone in phones[1:]:
        vote(phone, "3.5")
    pages = [room.moderation.get(f"{room.place}{path}").text for path in ("", "screen", "pulse", "notes")]
    pages += [phones[0].get(f"{phones[0].place}{path}").text for path in ("", "pulse")]
    assert "5 von 6 haben abgestimmt" in pages[1]
    for page in pages:
        assert DRAWN not in page
        assert "3,5" not in words(page)


def test_below_five_votes_pages_say_so_and_draw_nothing(room: Room) -> None:
    phones = [room.phone() for _ in range(4)]
    room.begin()
    for phone in phones:
        vote(phone, "2")
    room.step("reveal")
    for page in (
        room.moderation.get(room.place),
        room.moderation.get(f"{room.place}screen"),
        phones[0].get(phones[0].place),
    ):
        assert DRAWN not in page.text
        assert "ab fünf Stimmen" in page.text
        assert "4 Stimmen" in page.text


def test_the_screen_and_the_moderations_page_name_no_municipality(room: Room) -> None:
    phones = [room.phone(code) for code in room.codes * 2]
    room.begin()
    for phone in phones:
        vote(phone, "2")
    room.step("reveal")
    for path in ("", "screen"):
        assert "Musterkreis" not in room.moderation.get(f"{room.place}{path}").text


@pytest.mark.parametrize("script", [False, True])
def test_a_vote_that_comes_after_the_reveal_is_refused_with_a_word(room: Room, script: bool) -> None:
    phone = room.phone()
    room.begin()
    page = phone.get(phone.place).text
    room.step("reveal")
    late = vote(phone, "2", page=page, script=script)
    assert late.status_code == 409
    said = late.get_json()["refused"] if script else words(late.text)
    assert "kam zu spät und zählt nicht mit" in said
    room.step("again")
    assert vote(phone, "2", page=page, script=script).status_code == 409  # nor is it taken for the second vote


def test_a_vote_without_a_choice_is_asked_for_one(room: Room) -> None:
    phone = room.phone()
    room.begin()
    for choice in ("", "9", "0.7"):
        answer = vote(phone, choice)
        assert answer.status_code == 422
    assert "Bitte wählen Sie eine Stufe" in vote(phone, "").text


def test_a_script_hears_that_its_vote_is_stored(room: Room) -> None:
    phone = room.phone()
    room.begin()
    assert vote(phone, "0.5", script=True).get_json() == {"saved": True}
    with room.app.extensions["selfcheck"].database.reader() as session:
        assert session.scalars(select(Vote.half_steps)).all() == [1]


def test_a_button_pressed_on_an_old_page_changes_nothing_and_says_so(room: Room) -> None:
    room.phone()
    room.begin()
    page = room.moderation.get(room.place).text
    back = re.search(r'action="([^"]+/back)"', page)
    assert back
    room.step("reveal")
    room.step("again")
    data = {"csrf_token": token_in(page), "state": "first"}
    answer = room.moderation.client.post(back[1], data=data, follow_redirects=True)
    assert "Jemand war schneller" in answer.text
    assert "Zweite Abstimmung" in answer.text


def test_dissent_that_is_too_long_is_refused_and_kept(room: Room) -> None:
    room.phone()
    room.begin()
    page = room.step("reveal").text
    agree = re.search(r'action="([^"]+/agree)"', page)
    assert agree
    data = {"csrf_token": token_in(page), "stage": "3", "dissent": "x" * 5001}
    answer = room.moderation.client.post(agree[1], data=data)
    assert answer.status_code == 422
    assert "x" * 5001 in answer.text


def test_what_was_agreed_can_be_changed_after_the_round(room: Room) -> None:
    room.phone()
    room.begin()
    room.step("reveal")
    page = room.step("finish").text
    agree = re.search(r'action="([^"]+/agree)"', page)
    assert agree
    room.moderation.client.post(agree[1], data={"csrf_token": token_in(page), "stage": "3", "dissent": ""})
    assert "Konsens: Stufe 3" in words(room.moderation.get(room.place).text)


def test_a_vignette_names_its_example_and_source_only_after_the_reveal(room: Room) -> None:
    phone = room.phone()
    data = {"vignette": "before-and-after-conferences"}
    assert room.moderation.post(f"{room.place}begin/vignette", data, token_from=room.place).status_code == 302
    pages = [(room.moderation, f"{room.place}screen"), (room.moderation, room.place), (phone, phone.place)]
    for person, path in pages:
        page = person.get(path).text
        assert "bereitet ein Lenkungskreis" in page
        assert "Düsseldorf" not in page
    room.step("reveal")
    for person, path in pages:
        page = words(person.get(path).text)
        assert "Düsseldorf" in page
        assert "Quelle: Zeile 239." in page
        assert "Eine richtige Stufe gibt es nicht" in page


def test_a_vignette_shows_how_strictly_those_read_it_who_appear_by_themselves_with_two_phones(room: Room) -> None:
    named, alias, covered = room.codes
    phones = [room.phone(code) for code in (named, named, alias, alias, covered, covered)]
    room.moderation.post(f"{room.place}begin/vignette", {"vignette": "short-formats"}, token_from=room.place)
    for phone, stage in zip(phones, ("1", "1", "3.5", "4", "2", "2"), strict=True):
        vote(phone, stage)
    assert "Wie streng" not in room.moderation.get(room.place).text
    page = words(room.step("reveal").text)
    assert "Musterkreis 1 2 1 strenger um 1" in page
    assert re.search(r"Kommune [A-Z] 2 3,5 milder um 1,5", page)
    assert "Musterkreis 2" not in page
    assert "Musterkreis 3" not in page
    assert "Wie streng" not in room.moderation.get(f"{room.place}screen").text


def test_one_phone_of_a_municipality_does_not_tell_how_strict_it_is(room: Room) -> None:
    phones = [room.phone(code) for code in (room.codes[0], *(room.codes[2],) * 5)]
    room.moderation.post(f"{room.place}begin/vignette", {"vignette": "short-formats"}, token_from=room.place)
    for phone in phones:
        vote(phone, "2")
    assert "Wie streng" not in room.step("reveal").text


def test_something_that_is_no_item_cannot_be_asked(room: Room) -> None:
    answer = room.moderation.post(f"{room.place}begin/item", {"item": "P9.9"}, token_from=room.place)
    assert answer.status_code == 422


def test_a_closed_workshop_says_so_everywhere(room: Room) -> None:
    phone = room.phone()
    room.begin()
    page = phone.get(phone.place).text
    room.change(workshops.close)
    assert "Die Werkstatt ist beendet" in phone.get(phone.place).text
    assert vote(phone, "2", page=page).status_code == 409
    assert "es wird nicht mehr abgestimmt" in Person(room.app.test_client()).get(f"/p/{room.codes[0]}").text
    assert "Die Werkstatt ist beendet" in room.moderation.get(room.place).text
    assert "Die Werkstatt ist beendet" in room.moderation.get(f"{room.place}screen").text


def test_the_phone_of_a_municipality_that_has_left_is_told_that_its_place_is_gone(room: Room) -> None:
    gone, other = room.phone(room.codes[0]), room.phone(room.codes[1])
    room.begin()
    for phone in (gone, other):
        vote(phone, "2")
    with room.app.extensions["selfcheck"].database.writer() as session:
        made = session.scalars(select(Workshop)).one()
        workshops.leave(session, next(one for one in made.members if one.team_code == room.codes[0]))
        session.commit()
    answer = gone.get(gone.place)
    assert answer.status_code == 404
    assert "Diesen Platz gibt es nicht mehr" in answer.text
    assert gone.get(f"{gone.place}pulse").status_code == 404
    assert "1 von 1 hat abgestimmt" in room.moderation.get(room.place).text


def test_the_thirteenth_phone_of_a_municipality_is_refused_with_a_word(room: Room) -> None:
    for _ in range(live.MOST_SEATS):
        room.phone()
    answer = Person(room.app.test_client()).post(f"/p/{room.codes[0]}", {})
    assert answer.status_code == 409
    assert "so viele Handys teil wie möglich" in answer.text


def test_the_screen_shows_another_page_when_it_is_told_to(room: Room) -> None:
    room.change(lambda made: live.show(made, "workshop.overview"))
    assert room.moderation.get(f"{room.place}screen").request.path == room.place.removesuffix("live/")
    room.begin()
    assert room.moderation.get(f"{room.place}screen").request.path == f"{room.place}screen"


def test_the_notes_lead_each_table_to_its_own_code(room: Room) -> None:
    page = room.moderation.get(f"{room.place}notes").text
    for code in room.codes:
        assert f"{code[:4]} {code[4:]}" in page
    assert page.count('class="segno"') == len(room.codes)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_pages_of_a_round_are_complete_in_both_languages(room: Room, language: str) -> None:
    phone = room.phone()
    phone.language = room.moderation.language = language
    room.begin()
    for person, path in ((phone, phone.place), (room.moderation, room.place), (room.moderation, f"{room.place}screen")):
        page = words(person.get(path).text)
        assert ("verdeckt bis zur Auflösung" in page) == (language == "de")
        assert ("hidden until it is revealed" in page) == (language == "en")
