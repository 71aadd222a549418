"""The house template of a municipality, as requests: handed in, used by every Word paper, taken back, deleted."""

from io import BytesIO

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import create_engine, text

from selfcheck.ground.config import Settings
from tests.web import Person, token_in


@pytest.fixture
def person(app: Flask) -> Person:
    person = Person(app.test_client())
    person.place = person.start()
    return person


def letterhead() -> bytes:
    """A Word file of the house: a letterhead, and a heading in a font of its own."""
    document, made = Document(), BytesIO()
    document.sections[0].header.paragraphs[0].text = "Landkreis Musterau · Der Landrat"
    document.styles["Heading 1"].font.name = "Courier New"
    document.add_paragraph("Dieser Text gehört zur Vorlage und nicht in die Papiere.")
    document.save(made)
    return made.getvalue()


def hand_in(person: Person, content: bytes, name: str = "Briefbogen.docx") -> tuple[int, str]:
    token = token_in(person.get(f"{person.place}papers").text)
    data = {"csrf_token": token, "template": (BytesIO(content), name)}
    answer = person.client.post(f"{person.place}template", data=data, content_type="multipart/form-data")
    return answer.status_code, answer.text


def header_of(word: bytes) -> str:
    return "".join(paragraph.text for paragraph in Document(BytesIO(word)).sections[0].header.paragraphs)


def test_every_word_paper_takes_over_the_paper_of_the_house(person: Person) -> None:
    assert hand_in(person, letterhead())[0] == 302
    assert "Briefbogen.docx" in person.get(f"{person.place}papers").text
    report = person.get(f"{person.place}report.docx").data
    assert "Landkreis Musterau" in header_of(report)
    assert Document(BytesIO(report)).styles["Heading 1"].font.name == "Courier New"
    assert not any("gehört zur Vorlage" in one.text for one in Document(BytesIO(report)).paragraphs)
    page = f"{person.place}council-paper"
    paper = person.post(page, {"then": "paper.docx", "kind": "information", "proposal": "note"}, token_from=page)
    assert "Landkreis Musterau" in header_of(paper.data)


def test_another_template_takes_its_place_and_it_can_be_done_without(person: Person) -> None:
    hand_in(person, letterhead())
    assert hand_in(person, letterhead(), "Neuer Bogen.docx")[0] == 302
    page = person.get(f"{person.place}papers").text
    assert "Neuer Bogen.docx" in page
    assert "Briefbogen.docx" not in page
    person.post(f"{person.place}template/remove", {}, token_from=f"{person.place}papers")
    assert "Landkreis Musterau ·" not in header_of(person.get(f"{person.place}report.docx").data)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "Datei auswählen"), (b"%PDF-1.7", "keine Word-Datei"), (b"PK\x03\x04 broken", "beschädigt")],
)
def test_what_is_no_template_is_refused_with_what_to_do_and_the_old_one_stays(
    person: Person, content: bytes, said: str
) -> None:
    hand_in(person, letterhead())
    status, page = hand_in(person, content, "" if not content else "x.docx")
    assert status == 422
    assert said in page
    assert "Briefbogen.docx" in person.get(f"{person.place}papers").text


def test_the_template_is_deleted_with_the_self_check(person: Person, settings: Settings) -> None:
    hand_in(person, letterhead())
    person.post(f"{person.place}delete", {"sure": "y"}, token_from=f"{person.place}manage")
    with create_engine(settings.database_url).connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM house_template")).scalar() == 0
