"""Live rounds as requests without JavaScript: phones, moderation, screen; who sees what and when."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from selfcheck.extensions import kept
from selfcheck.models import Participation, Seat, Vote, Workshop
from selfcheck.services import live, membership, workshops
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
        data = {"csrf_token": token_in(page), "seen": seen_in(page)}
        return self.moderation.client.post(action[1], data=data, follow_redirects=True)

    def page(self) -> str:
        """The moderation's page as it is now."""
        return self.moderation.get(self.place).text

    def agree(self, stage: str, dissent: str = "", *, page: str = "") -> TestResponse:
        """Record an agreement, from the page as it is or as it was."""
        page = page or self.page()
        action = re.search(r'action="([^"]+/agree)"', page)
        assert action
        data = {"csrf_token": token_in(page), "seen": seen_in(page), "stage": stage, "dissent": dissent}
        return self.moderation.client.post(action[1], data=data, headers={"Accept-Language": self.moderation.language})

    def change(self, how: Callable[[Workshop], object]) -> None:
        """Something that happens on another page."""
        with self.app.app_context(), kept().database.writer() as session:
            how(session.scalars(select(Workshop)).one())
            session.commit()


@pytest.fixture
def room(app: Flask) -> Room:
    return entered_room(app)


def entered_room(app: Flask) -> Room:
    """A workshop with three municipalities, and its moderation."""
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


def seen_in(page: str) -> str:
    """The mark of how the round stood when a page was shown."""
    found = re.search(r'name="seen"[^>]* value="([^"]*)"', page)
    return found[1] if found else ""


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
    for path in ("", "pulse", "screen"):
        assert phone.get(f"{room.place}{path}").status_code == 404


def test_a_round_from_the_question_to_the_consensus(room: Room) -> None:
    phones = [room.phone(room.codes[number % 3]) for number in range(6)]
    room.begin()
    for phone, stage in zip(phones, ("0", "1", "1.5", "4", "2", "cannot-judge"), strict=True):
        assert vote(phone, stage).status_code == 302
    assert "6 Stimmen bisher" in room.moderation.get(room.place).text
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
    assert room.agree("2.5", "Zwei sehen Stufe 3.").status_code == 302
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
    pages = [room.moderation.get(f"{room.place}{path}").text for path in ("", "screen", "pulse")]
    pages += [phones[0].get(f"{phones[0].place}{path}").text for path in ("", "pulse")]
    assert "5 Stimmen bisher" in pages[1]
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
    data = {"csrf_token": token_in(page), "seen": seen_in(page)}
    answer = room.moderation.client.post(back[1], data=data)
    assert answer.status_code == 409
    assert "Jemand war schneller" in answer.text
    assert "Zweite Abstimmung" in answer.text


def test_dissent_that_is_too_long_is_refused_and_kept(room: Room) -> None:
    room.phone()
    room.begin()
    room.step("reveal")
    answer = room.agree("3", "x" * 5001)
    assert answer.status_code == 422
    assert "x" * 5001 in answer.text


def test_what_was_agreed_can_be_changed_after_the_round(room: Room) -> None:
    room.phone()
    room.begin()
    room.step("reveal")
    room.agree("2", page=room.step("finish").text)
    assert "Konsens: Stufe 2" in words(room.page())
    assert room.agree("3", "Eine sieht Stufe 2.").status_code == 302
    assert "Konsens: Stufe 3 Abweichende Sicht: Eine sieht Stufe 2." in words(room.page())


@pytest.mark.parametrize("ended", [False, True])
def test_an_agreement_sent_from_an_older_page_overwrites_none_that_was_recorded_since(room: Room, ended: bool) -> None:
    room.begin()
    older = room.step("reveal").text
    room.agree("2", "Eine Kommune sieht Stufe 3.")
    if ended:
        room.step("finish")
    answer = room.agree("", "Das ist noch offen.", page=older)
    assert answer.status_code == 409
    said = words(answer.text)
    assert "Jemand war schneller" in said
    assert "Festgehalten ist Stufe 2 Abweichende Sicht: Eine Kommune sieht Stufe 3." in said
    assert "Sie wollten festhalten kein Konsens Abweichende Sicht: Das ist noch offen." in said
    assert re.search(r"<textarea[^>]*>\s*Das ist noch offen.</textarea>", answer.text), (
        "what was typed stands in the field"
    )
    assert "Konsens: Stufe 2" in words((room if ended else shown_on(room)).page())
    assert room.agree("", "Das ist noch offen.", page=answer.text).status_code == 302  # now with open eyes
    assert "Eine Kommune sieht Stufe 3." not in words(room.page())


def shown_on(room: Room) -> Room:
    """The room seen from its screen."""
    return replace(room, place=f"{room.place}screen")


def test_an_agreement_typed_while_a_second_vote_was_opened_is_refused_and_its_words_are_shown(room: Room) -> None:
    room.begin()
    older = room.step("reveal").text
    room.step("again")
    answer = room.agree("3.5", "Zwei Kommunen sehen Stufe 1.", page=older)
    assert answer.status_code == 409
    assert "zwischen 3 und 4 Abweichende Sicht: Zwei Kommunen sehen Stufe 1." in words(answer.text)
    assert "data-kept" in answer.text


def test_a_step_from_a_page_that_did_not_show_what_is_agreed_is_not_taken(room: Room) -> None:
    room.begin()
    older = room.step("reveal").text
    room.agree("2")
    for name in ("again", "finish"):
        action = re.search(rf'action="([^"]+/{name})"', older)
        assert action
        data = {"csrf_token": token_in(older), "seen": seen_in(older)}
        answer = room.moderation.client.post(action[1], data=data)
        assert answer.status_code == 409
        assert "Jemand war schneller" in answer.text
        assert "Festgehalten: Stufe 2" in words(answer.text)


@pytest.mark.parametrize("language", ["de", "en"])
def test_dissent_that_names_who_does_not_appear_is_refused_at_the_field_and_kept(room: Room, language: str) -> None:
    room.moderation.language = language
    room.begin()
    room.step("reveal")
    answer = room.agree("3", "Musterkreis 3 sieht das anders.")
    assert answer.status_code == 422
    refused = {"de": "Bitte ohne den Namen schreiben.", "en": "Please write it without the name."}[language]
    error = re.search(r'<p class="kern-error" id="dissent-[^"]+">(.*?)</p>', answer.text)
    assert error
    assert "Musterkreis 3" in error[1]
    assert refused in error[1]
    assert re.search(r"<textarea[^>]*>\s*Musterkreis 3 sieht das anders.</textarea>", answer.text)
    assert "Musterkreis 3" not in room.moderation.get(f"{room.place}screen").text


def test_names_in_dissent_that_was_recorded_before_are_left_out_on_every_page(room: Room) -> None:
    room.begin()
    room.step("reveal")
    room.change(lambda made: setattr(made.rounds[0], "dissent", "Musterkreis 3 sieht das anders."))
    pages = [room.moderation.get(f"{room.place}screen").text, room.page(), room.step("finish").text]
    for page in pages:
        assert "[eine hier nicht genannte Kommune] sieht das anders." in words(page)
        assert "Musterkreis 3" not in page


def test_a_name_in_dissent_goes_when_its_municipality_takes_it_back(room: Room) -> None:
    room.change(lambda made: setattr(named_in(made), "protocol", True))
    room.begin()
    room.step("reveal")
    assert room.agree("3", "Musterkreis 1 sieht Stufe 4.").status_code == 302
    assert "Musterkreis 1 sieht Stufe 4." in words(shown_on(room).page())
    with room.app.extensions["selfcheck"].database.writer() as session:
        membership.leave(session, named_in(session.scalars(select(Workshop)).one()))
        session.commit()
    assert "[eine hier nicht genannte Kommune] sieht Stufe 4." in words(shown_on(room).page())


def named_in(made: Workshop) -> Participation:
    """The municipality that appears by name."""
    return next(one for one in made.members if one.shown == "named")


@pytest.mark.parametrize("step", ["button", "reveal", "again", "agree"])
def test_the_screen_comes_back_to_the_round(room: Room, step: str) -> None:
    room.begin()
    if step != "reveal":
        room.step("reveal")
    room.change(lambda made: live.show(made, "comparison.screen"))
    screen = f"{room.place}screen"
    assert room.moderation.get(screen).request.path != screen
    assert "Die Leinwand zeigt gerade eine andere Seite" in room.page()
    if step == "button":
        assert f'action="{screen}"' in room.page()
        room.moderation.post(screen, {}, token_from=room.place)
    elif step == "agree":
        room.agree("2")
    else:
        room.step(step)
    assert room.moderation.get(screen).request.path == screen
    assert "Die Leinwand zeigt gerade eine andere Seite" not in room.page()


def test_what_is_corrected_after_a_round_leaves_the_screen_where_it_is(room: Room) -> None:
    room.begin()
    room.step("reveal")
    room.step("finish")
    room.change(lambda made: live.show(made, "comparison.screen"))
    assert room.agree("2").status_code == 302
    assert room.moderation.get(f"{room.place}screen").request.path != f"{room.place}screen"


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
        assert (
            "Quelle: Vortragsfolien zum Fachtag „Integrierte Planung“ der Transferinitiative Kommunales Bildungsmanagement, "
            "Agentur Niedersachsen, 11./12. November 2020, Zeile 239 der Textfassung."
        ) in page
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
    phones = [room.phone(code) for code in (room.codes[0], room.codes[1], *(room.codes[2],) * 4)]
    room.moderation.post(f"{room.place}begin/vignette", {"vignette": "short-formats"}, token_from=room.place)
    for phone in phones:
        vote(phone, "2")
    shown = room.step("reveal").text
    assert DRAWN in shown
    assert "Wie streng" not in shown


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
    assert "Die Werkstatt ist beendet" in room.moderation.get(f"{room.place}screen").text
    said = words(room.page())
    assert "Die Werkstatt ist beendet" in said
    assert "Erste Abstimmung · nicht aufgelöst" in said
    assert "Sie bleiben verdeckt" in said
    assert "können alle ihre Stimme ändern" not in said
    assert "Bisher" not in said
    assert 'method="post" action="/workshop' not in room.page()


def test_a_workshop_closed_after_the_reveal_shows_the_votes_and_takes_no_step(room: Room) -> None:
    phones = [room.phone(code) for code in room.codes * 2]
    room.begin()
    for phone in phones:
        vote(phone, "2")
    older = room.step("reveal").text
    room.agree("2", "Eine sieht Stufe 3.")
    room.change(workshops.close)
    page = room.page()
    assert DRAWN in page
    assert "Konsens: Stufe 2 Abweichende Sicht: Eine sieht Stufe 3." in words(page)
    assert 'method="post" action="/workshop' not in page
    assert room.agree("3", page=older).status_code == 409
    assert "Konsens: Stufe 2" in words(room.page())


def test_one_code_alone_cannot_bring_out_the_vote_of_somebody_else(room: Room) -> None:
    curious, other = [room.phone() for _ in range(4)], room.phone(room.codes[1])
    room.begin()
    for phone in curious:
        vote(phone, "0")
    vote(other, "3.5")
    pages = [room.step("reveal").text, shown_on(room).page(), *(one.get(one.place).text for one in (curious[0], other))]
    for page in pages:
        assert DRAWN not in page
        assert "5 Stimmen" in words(page)
        assert "nur, wenn ohne die Stimmen einer einzelnen Kommune noch mindestens zwei davon übrig bleiben" in words(
            page
        )
    for page in pages[1:3]:
        assert "zwischen 3 und 4" not in words(page)


def test_phones_that_come_in_anew_make_nobody_wait(room: Room) -> None:
    phones = [room.phone(code) for code in (*room.codes, *room.codes)]
    for _ in range(5):
        room.phone(room.codes[2])
    assert "Bisher haben sich 11 Handys angemeldet" in room.page()
    room.begin()
    for phone in phones:
        vote(phone, "2")
    for page in (room.page(), shown_on(room).page()):
        assert "6 Stimmen bisher" in page
        assert "von 11" not in page


def test_the_phone_of_a_municipality_that_has_left_is_told_that_its_place_is_gone(room: Room) -> None:
    gone, other = room.phone(room.codes[0]), room.phone(room.codes[1])
    room.begin()
    for phone in (gone, other):
        vote(phone, "2")
    with room.app.extensions["selfcheck"].database.writer() as session:
        made = session.scalars(select(Workshop)).one()
        membership.leave(session, next(one for one in made.members if one.team_code == room.codes[0]))
        session.commit()
    answer = gone.get(gone.place)
    assert answer.status_code == 404
    assert "Diesen Platz gibt es nicht mehr" in answer.text
    assert gone.get(f"{gone.place}pulse").status_code == 404
    assert "1 Stimme bisher" in room.moderation.get(room.place).text


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


def test_the_cards_for_the_tables_are_one_file_and_all_pages_name_the_short_address(room: Room) -> None:
    cards = re.search(r'href="([^"]+)">Karten für die Tische', room.page())
    assert cards
    assert room.moderation.get(cards[1]).data.startswith(b"%PDF")
    assert room.moderation.get(f"{room.place}notes").status_code == 404
    for page in (room.page(), shown_on(room).page()):
        assert "localhost/p" in words(page)
        assert "/phones" not in page
    assert Person(room.app.test_client()).get("/p").status_code == 200


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_pages_of_a_round_are_complete_in_both_languages(room: Room, language: str) -> None:
    phone = room.phone()
    phone.language = room.moderation.language = language
    room.begin()
    for person, path in ((phone, phone.place), (room.moderation, room.place), (room.moderation, f"{room.place}screen")):
        page = words(person.get(path).text)
        assert ("verdeckt bis zur Auflösung" in page) == (language == "de")
        assert ("hidden until it is revealed" in page) == (language == "en")
