"""Text as people mean it, through the pages: what is typed and pasted is kept whole, counted once, and compared as read."""

import importlib
import io
import pkgutil
import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse
from wtforms import HiddenField, StringField, TextAreaField

import selfcheck.forms
from scoring.model.answers import Sheet
from scoring.workshop.members import Shown
from selfcheck.forms import kit
from selfcheck.models import Assessment, LiveRound, Participation, StoredAnswer, Workshop
from selfcheck.services import live, membership, protocols, workshops
from selfcheck.services.copies import Consent
from tests.selfcheck.rooms import PLAN, QUESTIONNAIRE
from tests.web import Person, agency, token_in

FITS = "x" * 26 + "".join("\n" + "x" * 26 for _ in range(183)) + "\n" + "x" * 32
"""5,000 characters with 184 line ends; browsers send 184 more."""
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"


@pytest.fixture
def person(app: Flask) -> Person:
    return Person(app.test_client())


def remark(app: Flask) -> str:
    with app.extensions["selfcheck"].database.reader() as session:
        return str(session.scalars(select(StoredAnswer.remark)).one())


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


# --- texts ------------------------------------------------------------------------------------------------------------


def test_a_remark_that_fits_with_its_line_ends_is_kept_whole(person: Person, app: Flask) -> None:
    assert len(FITS) == 5000
    answer = person.answer(person.start(), "P1.1", "2", remark=FITS.replace("\n", "\r\n"))
    assert answer.status_code == 200
    assert remark(app) == FITS


def test_one_character_more_is_refused_with_words_and_nothing_is_cut(person: Person, app: Flask) -> None:
    place = person.start()
    data = {"P1.1": "2", "P1.1-remark": FITS.replace("\n", "\r\n") + "x"}
    answer = person.post(f"{place}P1", data)
    assert answer.status_code == 422
    assert "Bitte kürzen Sie den Text auf höchstens 5000 Zeichen." in answer.text
    assert f"{FITS}x" in answer.text.replace("\r\n", "\n")
    with app.extensions["selfcheck"].database.reader() as session:
        assert not session.scalars(select(StoredAnswer.remark)).all()


@pytest.mark.parametrize("end", ["\x0b", "\x0c", "\r", "\x85", "\u2028", "\u2029"])
def test_every_line_end_is_one(person: Person, app: Flask, end: str) -> None:
    person.answer(person.start(), "P1.1", "2", remark=f"Erste Zeile{end}zweite Zeile")
    assert remark(app) == "Erste Zeile\nzweite Zeile"


def test_letters_are_kept_in_one_piece_and_emoji_and_scripts_as_they_are(person: Person, app: Flask) -> None:
    said = f"{FAMILY} {PERSIAN} \u2764\ufe0f Mu\u0308nster"
    person.answer(person.start(), "P1.1", "2", remark=said)
    assert remark(app) == f"{FAMILY} {PERSIAN} \u2764\ufe0f Münster"


def test_an_answer_file_may_hold_what_a_page_may(person: Person, app: Flask) -> None:
    text = FITS.replace("\n", "\\r\\n")
    head = 'questionnaire: integrated-planning\nversion: "2026-1"\nmunicipality: "Bi\\u00adrk\\u200b Mu\\u0308nster"\n'
    file = f'{head}answers:\n  P1.1: {{stage: 2, remark: "{text}"}}\n'
    token = token_in(person.get("/").text)
    sent = {"csrf_token": token, "file": (io.BytesIO(file.encode()), "answers.yaml")}
    answer = person.client.post("/assessments/from-file", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 302, words(answer.text)
    assert remark(app) == FITS
    with app.extensions["selfcheck"].database.reader() as session:
        assert session.scalars(select(Assessment.municipality)).one() == "Birk Münster"


def test_a_line_of_a_list_that_is_too_long_and_a_line_too_many_are_told(person: Person) -> None:
    place = person.start()
    for sent, said in (("x" * 301, "jede Zeile auf höchstens 300 Zeichen"), ("a\r\n" * 51, "Bitte höchstens")):
        answer = person.post(f"{place}council-paper", {"kind": "information", "proposal": "note", "earlier": sent})
        assert answer.status_code == 422
        assert said in answer.text


def test_a_part_of_the_agenda_that_is_too_long_is_told(person: Person) -> None:
    planned = {
        **{"title": PLAN.title, "purpose": PLAN.purpose, "day": PLAN.day.isoformat(), "threshold": "5"},
        "agenda": f"15 {'x' * 201}",
    }
    answer = person.post("/workshops/new", planned)
    assert answer.status_code == 422
    assert "Bitte kürzen Sie jede Zeile auf höchstens 200 Zeichen." in answer.text


# --- names and codes --------------------------------------------------------------------------------------------------


def test_a_name_is_kept_as_it_is_seen(person: Person, app: Flask) -> None:
    person.start(municipality="\ufeffMu\u0308n\u00adster\u200b\u00a0 Nord\u200e")
    with app.extensions["selfcheck"].database.reader() as session:
        assert session.scalars(select(Assessment.municipality)).one() == "Münster Nord"


def room(app: Flask, *people: tuple[str, Shown, bool]) -> tuple[Person, str]:
    """The moderation of a workshop of municipalities: name, how it appears, whether it agrees to the protocol."""
    with app.extensions["selfcheck"].database.writer() as session:
        made, token = workshops.prepare(session, QUESTIONNAIRE, PLAN)
        blank = Sheet(QUESTIONNAIRE.id, QUESTIONNAIRE.version)
        for name, shown, protocol in people:
            membership.enter_on_paper(session, made, blank, Consent(shown, name, protocol=protocol))
        session.commit()
    moderation = Person(app.test_client())
    return moderation, moderation.client.get(f"/w/{token}").location


@pytest.mark.parametrize(
    "other", ["LANDKREIS GROSSBIRK", "Groß\u00adbirk", "Gro\u00dfbirk\u200b, Landkreis", "Lkr. Großbirk"]
)
def test_municipalities_that_may_be_the_same_are_told_apart(app: Flask, other: str) -> None:
    moderation, place = room(app, ("Kreis Großbirk", "named", True), (other, "named", True), ("Alba", "named", True))
    assert moderation.get(f"{place}members").text.count("Gleicher Name wie") == 2


def test_a_code_of_a_team_is_found_however_it_is_typed(app: Flask) -> None:
    room(app, ("Birk", "named", True))
    with app.extensions["selfcheck"].database.reader() as session:
        code = session.scalars(select(Participation.team_code)).one()
    phone = Person(app.test_client())
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
    for typed in (f"\u200b{code[:4].lower()}\u00ad {code[4:]}\ufeff", f"{code[:2]}\u2011{code[2:]}", wide):
        assert phone.post("/phones", {"code": typed}).location == f"/p/{code}", typed


def test_a_code_of_a_workshop_is_found_however_it_is_typed(person: Person, app: Flask) -> None:
    room(app, ("Birk", "named", True))
    with app.extensions["selfcheck"].database.reader() as session:
        code = session.scalars(select(Workshop.code)).one()
    answer = person.post("/join", {"code": f"{code[:3].lower()}\u200b {code[3:]}\u00ad"})
    assert code in answer.location


COVERED = "Kreis Großbirk"
SPELLINGS = (
    *("Kreis Großbirk", "Landkreis Großbirk", "LK Großbirk", "Lkr. Grossbirk", "Großbirk", "GROSSBIRK", "großbirks"),
    *("des Kreises Großbirk", "Kreis-Großbirk", "Kreis\u00a0Großbirk", "Gro\u00adß\u00adbirk", "Groß\u200bbirk"),
    *("Groß\u2060birk", "Großbirk (Kreis)", "Großbirk, Landkreis", "Kreis\r\nGroßbirk", "Großbirker", "Stadt Großbirk"),
)


@pytest.mark.parametrize("written", SPELLINGS)
def test_a_covered_name_is_refused_in_the_protocol_however_it_is_written(app: Flask, written: str) -> None:
    moderation, place = room(app, (COVERED, "aggregate", True), ("Alba", "named", True))
    for field in ("themes", "support", "what_0"):
        text = written.replace("\r\n", " ") if field != "what_0" else written
        sent = {"themes": "Räume", "support": "", "who_0": "agency", "what_0": "Einladen", field: f"Besuch: {text}."}
        answer = moderation.post(f"{place}protocol", sent)
        assert answer.status_code == 422, field
        assert f"„{COVERED}“ erscheint im Protokoll nicht" in answer.text


@pytest.mark.parametrize(
    ("name", "written"), [("Müsterköln", "MUESTERKOELN"), ("Müsterköln", "Mu\u0308sterko\u0308ln"), ("Au", "in Au")]
)
def test_a_covered_name_is_refused_with_two_letters_for_an_umlaut_and_when_it_is_short(
    app: Flask, name: str, written: str
) -> None:
    moderation, place = room(app, (name, "aggregate", True))
    assert moderation.post(f"{place}protocol", {"themes": f"Wie {written}"}).status_code == 422
    assert moderation.post(f"{place}protocol", {"themes": "Das Auto der Müsterkölnerinnen"}).status_code == 302


@pytest.mark.parametrize("written", SPELLINGS[:12])
def test_a_covered_name_is_refused_in_the_dissent_however_it_is_written(app: Flask, written: str) -> None:
    moderation, place = room(app, (COVERED, "aggregate", True))
    with app.extensions["selfcheck"].database.writer() as session:
        made = session.scalars(select(Workshop)).one()
        live.reveal(session, live.begin(session, made, "P1.1"))
        session.commit()
    answer = agreed(moderation, f"{place}live/", f"{written} sieht Stufe 1.")
    assert answer.status_code == 422
    assert f"„{COVERED}“ erscheint im Protokoll nicht" in answer.text
    assert agreed(moderation, f"{place}live/", "Eine sieht Stufe 1.").status_code == 302


def agreed(moderation: Person, place: str, dissent: str) -> TestResponse:
    page = moderation.get(place).text
    action, seen = re.search(r'action="([^"]+/agree)"', page), re.search(r'name="seen"[^>]* value="([^"]*)"', page)
    assert action
    assert seen
    data = {"csrf_token": token_in(page), "seen": seen[1], "stage": "", "dissent": dissent}
    return moderation.client.post(action[1], data=data, headers={"Accept-Language": "de"})


def test_an_open_name_may_stand_beside_a_covered_one_that_sounds_like_it(app: Flask) -> None:
    moderation, place = room(app, ("Landkreis Birk", "aggregate", True), ("Stadt Birk", "named", True))
    assert moderation.post(f"{place}protocol", {"themes": "Die Stadt Birk lädt ein"}).status_code == 302
    assert moderation.post(f"{place}protocol", {"themes": "Birk lädt ein"}).status_code == 422


def test_whoever_leaves_is_named_in_no_text_also_where_it_was_written_otherwise(app: Flask) -> None:
    moderation, place = room(app, ("Kreis Birk", "named", True), ("Alba", "named", True))
    assert moderation.post(f"{place}protocol", {"themes": "LK Birk und Alba laden ein"}).status_code == 302
    assert "LK Birk und Alba laden ein" in moderation.get(f"{place}protocol").text
    with app.extensions["selfcheck"].database.writer() as session:
        gone = session.scalars(select(Participation).where(Participation.name == "Kreis Birk")).one()
        session.add(
            LiveRound(workshop=gone.workshop, number=1, item="P1.1", state="done", dissent="Der Kreis Birk nicht.")
        )
        session.flush()
        membership.leave(session, gone)
        session.commit()
    with app.extensions["selfcheck"].database.reader() as session:
        made = session.scalars(select(Workshop)).one()
        assert "Birk" not in str(made.notes)
        assert "Birk" not in made.rounds[0].dissent
        assert protocols.entries_of(made).themes[0].endswith(" laden ein")


# --- every field of every form ----------------------------------------------------------------------------------------


def modules_of_forms() -> Iterator[object]:
    for found in pkgutil.iter_modules(selfcheck.forms.__path__):
        if found.name != "kit":
            yield importlib.import_module(f"selfcheck.forms.{found.name}")


def test_no_form_makes_a_field_for_text_by_itself() -> None:
    for module in modules_of_forms():
        for made in vars(module).values():
            assert made not in (StringField, TextAreaField), module


def test_every_text_of_every_form_is_read_as_it_is_meant() -> None:
    texts = (kit.LineField, kit.ParagraphsField, kit.CodeField, HiddenField)
    kinds, found = list(kit.Form.__subclasses__()), 0
    for module in modules_of_forms():
        assert module
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        for name, field in vars(kind).items():
            made = getattr(field, "field_class", None)
            if isinstance(made, type) and issubclass(made, StringField) and "Date" not in made.__name__:
                assert issubclass(made, texts), f"{kind.__name__}.{name}"
                found += 1
    assert found > 20


def test_no_browser_cuts_what_is_pasted_and_every_page_counts_with_the_server(person: Person, app: Flask) -> None:
    link, _ = agency(app)
    place = person.start()
    pages = (
        "",
        "context",
        "P1",
        "manage",
        "history",
        "measures/",
        "packages/",
        "council-paper",
        "modules/",
        "together/",
    )
    shown = [person.get(f"{place}{page}").text for page in pages] + [person.get(link).text, person.get("/").text]
    assert not any("maxlength" in page for page in shown)
    assert 'data-most="5000"' in shown[2]
    assert 'data-over="# Zeichen zu viel; Platz ist für höchstens 5000"' in shown[2]
