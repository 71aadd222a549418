"""The page for council papers: it makes files of what is sent and keeps nothing."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web import Person, token_in


@pytest.fixture
def person(client: FlaskClient) -> Person:
    return Person(client)


def send(person: Person, place: str, **data: object) -> TestResponse:
    kept = {"kind": "decision", "proposal": "decide", "subject": "Integrierte Planung", "public": "y"}
    return person.post(f"{place}council-paper", kept | data)


def test_the_page_shows_what_is_open_and_the_route_of_a_paper(person: Person) -> None:
    place = person.start()
    page = person.get(f"{place}council-paper").text
    assert "Noch offen (" in page
    assert "⟦federführende Stelle⟧" in page
    assert "Planungsfachkräfte formulieren" in page
    assert "Quelle: Zeile 36, 37, 38, 39." in page
    assert "Von dieser Seite wird nichts gespeichert" in page


def test_checking_keeps_what_was_entered_and_offers_more_rows(person: Person) -> None:
    place = person.start()
    sent = {f"body-{n}": f"Ausschuss {n}" for n in range(3)} | {"role-0": "preliminary", "role-2": "decision"}
    page = send(person, place, then="check", office="Stabsstelle & <b>", **sent).text
    assert "Stabsstelle &amp; &lt;b&gt;" in page
    assert 'value="Ausschuss 2"' in page
    assert 'name="body-4"' in page
    assert 'name="body-5"' not in page


def test_a_row_is_removed_by_emptying_it(person: Person) -> None:
    place = person.start()
    sent = {"body-0": "", "role-0": "", "body-1": "Kreistag", "role-1": "decision"}
    page = send(person, place, then="check", **sent).text
    assert page.index('id="body-0" name="body-0" type="text" value="Kreistag"')


def test_a_role_without_a_body_stays_as_a_gap(person: Person) -> None:
    place = person.start()
    page = send(
        person, place, then="check", **{"role-0": "preliminary", "body-1": "Kreistag", "role-1": "decision"}
    ).text
    assert "Beratungsfolge" in page
    assert "<strong>⟦Gremium⟧</strong>" in page
    assert 'name="body-1" type="text" value="Kreistag"' in page


def test_every_button_gives_its_file(person: Person) -> None:
    place = person.start()
    types = {"paper.pdf": "application/pdf", "annex.pdf": "application/pdf", "paper.json": "application/json"}
    for button, type in types.items():
        answer = send(person, place, then=button)
        assert (answer.status_code, answer.mimetype) == (200, type)
        assert "attachment" in answer.headers["Content-Disposition"]
    for unknown in ("annex.json", "paper.exe", "other"):
        assert send(person, place, then=unknown).status_code == 404


def test_a_final_paper_is_refused_while_something_is_open(person: Person) -> None:
    place = person.start()
    answer = send(person, place, then="paper.pdf", final="y", office="Stabsstelle")
    assert answer.status_code == 422
    assert "Es ist keine endgültige Vorlage entstanden" in answer.text
    assert 'value="Stabsstelle"' in answer.text


def test_a_draft_file_brings_everything_back(person: Person) -> None:
    place = person.start()
    sent = {"office": "Stabsstelle", "occasion": "Zeile eins\r\nZeile zwei", "measures": "eins\nzwei", "body-0": "Rat"}
    file = send(person, place, then="draft", **sent)
    assert file.mimetype == "application/yaml"
    answer = load(person, place, file.data)
    assert answer.status_code == 200
    assert 'value="Stabsstelle"' in answer.text
    assert "Zeile eins\nZeile zwei" in answer.text.replace("\r", "")
    assert "eins\nzwei" in answer.text


def load(person: Person, place: str, content: bytes) -> TestResponse:
    token = token_in(person.get(f"{place}council-paper").text)
    data = {"csrf_token": token, "file": (BytesIO(content), "draft.yaml")}
    return person.client.post(f"{place}council-paper/draft", data=data, headers={"Accept-Language": person.language})


def test_mistakes_of_a_draft_file_are_shown_with_their_line(person: Person) -> None:
    place = person.start()
    answer = load(person, place, b"kind: decision\nproposal: x")
    assert answer.status_code == 422
    assert "Zeile 2" in answer.text
    assert load(person, place, b"").status_code == 422


def test_the_paper_turns_into_the_other_kind(person: Person) -> None:
    place = person.start()
    page = send(person, place, kind="information", proposal="note", then="turn", office="Stabsstelle").text
    assert "Beschlussvorlage</h1>" in page
    assert 'value="Stabsstelle"' in page


def test_too_much_focus_is_marked(person: Person) -> None:
    place = person.start()
    answer = send(person, place, then="paper.pdf", focus=["P1", "P2", "P4", "P5"])
    assert answer.status_code == 422
    assert "höchstens drei Schwerpunkte" in answer.text


def test_nothing_of_it_is_stored(person: Person, app: Flask) -> None:
    place = person.start()
    before = person.get(f"{place}everything.json").json
    send(person, place, then="check", office="Stabsstelle")
    assert person.get(f"{place}everything.json").json == before


def test_the_page_speaks_english(client: FlaskClient) -> None:
    person = Person(client, "en")
    page = person.get(f"{person.start()}council-paper").text
    assert "Nothing of this page is stored" in page
    assert "⟦office in charge⟧" in page
