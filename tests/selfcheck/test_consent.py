"""What a municipality is told before it agrees, on every way into a workshop, and that nobody is counted twice."""

import re
from collections.abc import Mapping
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from scoring.model.answers import Sheet
from scoring.model.wording import LANGUAGES, Language
from scoring.workshop.members import Shown
from selfcheck.models import Assessment, Participation, ReceivedPackage, Workshop
from selfcheck.packages.keys import fingerprint
from selfcheck.protocol.minutes import Minutes
from selfcheck.protocol.own_page import OwnPage
from selfcheck.services import copies, tandems
from tests.selfcheck.rooms import QUESTIONNAIRE, TODAY
from tests.selfcheck.test_cockpit import AGENCY, There, confirm, hand_in, members, planned, taken_in
from tests.selfcheck.test_looking import enter as enter_room
from tests.selfcheck.test_looking import sheet
from tests.selfcheck.test_protocol import room as room_of
from tests.selfcheck.test_protocol import squeezed, text_of, texts_in
from tests.selfcheck.test_workshops import code_of, joined, paper, prepared
from tests.web import Person, agency, municipality, rated, token_in


@pytest.fixture
def moderation(client: FlaskClient) -> Person:
    return Person(client)


@pytest.fixture
def area(app: Flask) -> tuple[Person, str]:
    """Somebody of an agency in its area, and the path of it."""
    way_in, id = agency(app, AGENCY)
    person = Person(app.test_client())
    person.get(way_in)
    return person, f"/agency/{id}/"


@pytest.fixture
def neighbour(app: Flask) -> There:
    """A municipality with a self-check on the agency's own installation, in which everything is rated."""
    return There(app, municipality(app, rated({one.id: 2 for one in QUESTIONNAIRE.perspectives})))


def begun(area: tuple[Person, str], **further: object) -> str:
    """The path of a workshop that the agency prepares."""
    person, place = area
    assert person.post(f"{place}workshops/new", planned(**further)).status_code == 302
    [workshop] = re.findall(r'href="(/workshop/\w+/)"', person.get(place).text)
    return str(workshop)


def stored(session: Session) -> list[str]:
    return list(session.scalars(select(ReceivedPackage.id)))


# ------------------------------------------------------------------------------------------------- what is agreed to
CONSENT = {
    "de": ("können sie dann herausfinden, welcher unserer ist", "zählen uns mit, wenn wir nur in gemeinsamen Zahlen"),
    "en": ("they can then find out which one is ours", "count us if we appear in numbers alone"),
}
EXCEPTION = {
    "de": "nicht mehr unter einem Decknamen erscheinen, und mit Namen nur, wenn in diesen Zahlen genug andere übrig",
    "en": "can no longer appear under an alias in this workshop, and by name only if enough others are left",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_paper_say_before_the_choice_what_cannot_be_changed_and_what_partners_find_out(
    moderation: Person, app: Flask, language: Language
) -> None:
    place = prepared(moderation)
    moderation.language = language
    person = Person(app.test_client(), language)
    page = squeezed(person.get(f"{person.start()}workshops/{code_of(app)}").text)
    papers = squeezed(text_of(moderation.get(f"{place}paper-set.pdf").data))
    for said in (*CONSENT[language], EXCEPTION[language]):
        assert squeezed(said) in page, said
        assert squeezed(said) in papers, said
    assert page.index(squeezed(EXCEPTION[language])) < page.index('value="aggregate"')


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_set_asks_for_the_consent_in_the_words_of_the_page(
    moderation: Person, app: Flask, language: Language
) -> None:
    place = prepared(moderation)
    moderation.language = language
    person = Person(app.test_client(), language)
    page = person.get(f"{person.start()}workshops/{code_of(app)}").text
    asked = page[page.index('id="shown-legend"') : page.rindex("</fieldset>")]
    labels = re.findall(r'<span>([^<]+)</span></label>|<label class="kern-label"[^>]*>([^<]+)<', asked)
    papers = squeezed(text_of(moderation.get(f"{place}paper-set.pdf").data))
    assert len(labels) == 7
    for label in map("".join, labels):
        assert squeezed(label) in papers, label


@pytest.mark.parametrize(
    ("language", "wrong"), [("de", ("Sie unten", "Ihres Selbstchecks")), ("en", ("choose below",))]
)
def test_papers_point_to_nothing_that_stands_elsewhere_or_that_nobody_on_paper_has(
    moderation: Person, app: Flask, language: str, wrong: tuple[str, ...]
) -> None:
    place = prepared(moderation)
    moderation.post(f"{place}members/paper", paper())
    [way_back] = re.findall(r"/k/[\w-]+", moderation.get(f"{place}members").text)
    moderation.language = language
    said = text_of(moderation.get(f"{place}paper-set.pdf").data)
    own = Person(app.test_client(), language).get(way_back).text
    for words in wrong:
        assert squeezed(words) not in squeezed(said)
        assert words not in own


# --------------------------------------------------------------------------------------------------- what is marked
def told(page: str, id: str) -> str:
    """What the error of a field says."""
    found = re.search(rf'<p class="kern-error" id="{re.escape(id)}-error"[^>]*>([^<]+)</p>', page)
    assert found, f"{id} has no error"
    return found[1]


@pytest.mark.parametrize(
    ("language", "digit", "way"),
    [
        ("de", "0, 1, 2, 3, 4 oder ? – oder leer lassen", "Bitte wählen Sie eine der drei Möglichkeiten."),
        ("en", "0, 1, 2, 3, 4 or ? – or leave it empty", "Please choose one of the three ways."),
    ],
)
def test_what_is_wrong_in_a_paper_set_is_marked_at_its_field(
    moderation: Person, language: str, digit: str, way: str
) -> None:
    place = prepared(moderation)
    moderation.language = language
    page = moderation.post(f"{place}members/paper", paper(**{"P1.1": "7", "shown": "", "agreed": ""})).text
    assert (told(page, "P1.1"), told(page, "shown")) == (digit, way)
    assert told(page, "agreed")
    item = re.search(r'<div class="paper__item ([^"]*)">\s*<label for="P1.1">.*?(<input[^>]*>)', page, re.DOTALL)
    assert item is not None
    assert item[1] == "kern-form-input--error"
    group, tick = (
        re.search(r'<fieldset[^>]*aria-labelledby="shown-legend"[^>]*>', page),
        re.search(r'<input[^>]*id="agreed"[^>]*>', page),
    )
    assert group is not None
    assert tick is not None
    assert "kern-fieldset--error" in group[0]
    for field, id in ((item[2], "P1.1"), (group[0], "shown"), (tick[0], "agreed")):
        assert 'aria-invalid="true"' in field, id
        assert f'aria-describedby="{id}-error"' in field, id
    assert page.count('aria-invalid="true"') == 3, "nothing else is marked"


def test_the_choice_that_is_missing_is_marked_on_the_page_of_a_municipality_too(moderation: Person, app: Flask) -> None:
    prepared(moderation)
    person = Person(app.test_client())
    page = f"{person.start()}workshops/{code_of(app)}"
    answer = person.post(page, {"name": "Musterkreis", "capacity": "1"})
    assert answer.status_code == 422
    assert told(answer.text, "shown")
    assert re.search(r'<fieldset[^>]*aria-describedby="shown-hint shown-error" aria-invalid="true"', answer.text)


# -------------------------------------------------------------------------------------------------------- tandems
@pytest.mark.parametrize(("language", "mark"), [("de", "gegen die Festlegung: "), ("en", "against what is fixed: ")])
def test_a_tandem_against_what_was_fixed_later_is_marked(
    moderation: Person, app: Flask, language: str, mark: str
) -> None:
    people = [("named", sheet(1, target=3)), ("named", sheet(3)), ("named", sheet(3))]
    place = enter_room(moderation, app, *people, tandems=True)  # type: ignore[arg-type]
    moderation.language, page = language, f"{place}tandems/"
    with app.extensions["selfcheck"].database.writer() as session:
        made = session.scalars(select(Workshop)).one()
        ids = {one.name: one.id for one in made.members}
        tandems.fix(made, ids["GEHEIM-1"], ids["GEHEIM-2"], together=True)
        session.commit()
    moderation.post(f"{page}propose", {}, token_from=page)
    assert mark not in moderation.get(page).text
    moderation.post(f"{page}fix", {"one": ids["GEHEIM-1"], "other": ids["GEHEIM-2"], "together": "n"}, token_from=page)
    shown = moderation.get(page).text
    assert f"{mark}GEHEIM-1" in shown
    assert "<li>GEHEIM-1: " not in shown, "it is in a tandem as long as it is listed in one"
    moderation.post(f"{page}propose", {}, token_from=page)
    assert mark not in moderation.get(page).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_for_all_tell_no_tandem_by_which_an_alias_could_be_found(app: Flask, language: Language) -> None:
    people: list[tuple[Shown, bool, Sheet]] = [
        ("named", True, sheet(1, target=3)),
        ("alias", True, sheet(3)),
        ("named", True, sheet(1, target=3)),
        ("named", True, sheet(3)),
    ]
    with app.extensions["selfcheck"].database.writer() as session:
        made, _ = room_of(session, *people)
        ids = {one.name: one.id for one in made.members}
        tandems.fix(made, ids["Kreis Alba"], ids["Kreis Birk"], together=True)
        tandems.fix(made, ids["Kreis Carp"], ids["Kreis Dorn"], together=True)
        tandems.propose(made, TODAY)
        minutes = Minutes(made, language, TODAY)
        pages = {
            (one.name, private): texts_in(OwnPage(minutes, copies.member_of(one), private=private).outline)
            for one in made.members
            for private in (False, True)
        }
    heading = {"de": "Lerntandems", "en": "Learning tandems"}[language]
    assert [name for (name, private), text in pages.items() if heading in text and not private] == [
        "Kreis Carp",
        "Kreis Dorn",
    ]
    assert "Kreis Birk" in pages["Kreis Alba", True], "partners learn the name"
    assert "Kreis Alba" in pages["Kreis Birk", True]


# --------------------------------------------------------------------------------------------------------- packages
def looked_at(person: Person, place: str, raw: bytes) -> TestResponse:
    """Hand a file in, in the language of the person."""
    page = f"{place}packages/"
    data = {"csrf_token": token_in(person.get(page).text), "file": (BytesIO(raw), "paket.json")}
    return person.client.post(page, data=data, headers={"Accept-Language": person.language})


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", ("Wofür es verwendet werden darf", "Kein Fingerabdruck", "Annehmen")),
        ("en", ("What it may be used for", "no fingerprint", "Take it in")),
    ],
)
def test_what_a_package_is_for_is_shown_before_anything_is_stored(
    neighbour: There, area: tuple[Person, str], app: Flask, language: str, said: tuple[str, ...]
) -> None:
    person, place = area
    person.language = language
    looked = looked_at(person, place, neighbour.sign(purpose="Nur für den 12. Mai"))
    assert looked.status_code == 200
    assert all(words in looked.text for words in ("Nur für den 12. Mai", *said))
    with app.extensions["selfcheck"].database.reader() as session:
        assert stored(session) == []
    assert confirm(person, place, looked).status_code == 302
    with app.extensions["selfcheck"].database.reader() as session:
        assert len(stored(session)) == 1


def test_a_package_signed_here_needs_no_telephone_call_and_says_so(neighbour: There, area: tuple[Person, str]) -> None:
    person, place = area
    looked = hand_in(person, place, neighbour.sign())
    assert "Kein Fingerabdruck ist zu vergleichen" in looked.text
    assert "Wessen Installation" not in looked.text
    assert confirm(person, place, looked).status_code == 302
    page = person.get(f"{place}packages/").text
    assert "Angenommen von dieser Installation" in page
    assert "auf dieser Installation unterschrieben" in page
    assert hand_in(person, place, neighbour.revoke()).status_code == 302
    assert "auf dieser Installation unterschrieben" not in person.get(f"{place}packages/").text


def test_a_package_for_another_purpose_takes_part_only_after_a_tick(
    neighbour: There, area: tuple[Person, str], app: Flask
) -> None:
    person, place = area
    taken_in(person, place, neighbour.sign(purpose="Nur für den 12. Mai"))
    page = f"{begun(area)}members/packages"
    shown = person.get(page).text
    assert "Darf verwendet werden für: Nur für den 12. Mai" in shown
    assert "Voneinander lernen" in shown
    [id] = re.findall(r"members/packages/(\w{32})", shown)
    answer = person.post(f"{page}/{id}", {}, token_from=page)
    assert answer.status_code == 422
    assert "es wurde nichts aufgenommen" in answer.text
    assert members(app) == []
    assert person.post(f"{page}/{id}", {"fits": "y"}, token_from=page).status_code == 302
    assert len(members(app)) == 1


def test_a_package_for_the_same_purpose_asks_for_no_tick(
    neighbour: There, area: tuple[Person, str], app: Flask
) -> None:
    person, place = area
    taken_in(person, place, neighbour.sign(purpose="Voneinander  lernen"))
    page = f"{begun(area)}members/packages"
    assert 'name="fits"' not in person.get(page).text
    [id] = re.findall(r"members/packages/(\w{32})", person.get(page).text)
    assert person.post(f"{page}/{id}", {}, token_from=page).status_code == 302
    assert len(members(app)) == 1


JOINING: Mapping[str, object] = {"name": "Musterkreis", "shown": "named", "capacity": "1"}


def test_nobody_is_counted_twice_by_self_check_and_then_package(
    neighbour: There, area: tuple[Person, str], app: Flask
) -> None:
    person, place = area
    taken_in(person, place, neighbour.sign())
    page = f"{begun(area)}members/packages"
    [id] = re.findall(r"members/packages/(\w{32})", person.get(page).text)
    own = f"{neighbour.place}workshops/{code_of(app)}"
    assert neighbour.person.post(own, JOINING).status_code == 302
    assert "nimmt schon mit ihrem Selbstcheck auf dieser Installation teil" in person.get(page).text
    person.post(f"{page}/{id}", {"fits": "y"}, token_from=page)
    assert [one.way for one in members(app)] == ["self-check"]


def test_nobody_is_counted_twice_by_package_and_then_self_check(
    neighbour: There, area: tuple[Person, str], app: Flask
) -> None:
    person, place = area
    taken_in(person, place, neighbour.sign())
    page = f"{begun(area)}members/packages"
    [id] = re.findall(r"members/packages/(\w{32})", person.get(page).text)
    assert person.post(f"{page}/{id}", {"fits": "y"}, token_from=page).status_code == 302
    own = f"{neighbour.place}workshops/{code_of(app)}"
    answer = neighbour.person.post(own, JOINING)
    assert answer.status_code == 422
    assert "Widerrufen Sie zuerst das Paket" in answer.text
    assert [one.way for one in members(app)] == ["package"]
    hand_in(person, place, neighbour.revoke())
    assert neighbour.person.post(own, JOINING).status_code == 302
    assert [one.way for one in members(app)] == ["self-check"]


def test_two_packages_of_one_self_check_for_differently_written_agencies_are_one_municipality(
    neighbour: There, area: tuple[Person, str], app: Flask
) -> None:
    person, place = area
    taken_in(person, place, neighbour.sign())
    addressed = {"agency": "Agentur, anders geschrieben", "fingerprint": fingerprint(neighbour.key)}
    taken_in(person, place, neighbour.sign(**addressed))
    page = f"{begun(area)}members/packages"
    assert len(re.findall(r"members/packages/(\w{32})", person.get(page).text)) == 2
    for id in re.findall(r"members/packages/(\w{32})", person.get(page).text):
        person.post(f"{page}/{id}", {"fits": "y"}, token_from=page)
    assert len(members(app)) == 1


def test_whoever_deletes_the_self_check_is_not_kept_out_by_what_it_signed(
    neighbour: There, area: tuple[Person, str], app: Flask
) -> None:
    person, place = area
    taken_in(person, place, neighbour.sign())
    page = f"{begun(area)}members/packages"
    joined(app, "Andere Kommune")
    with app.extensions["selfcheck"].database.writer() as session:
        session.delete(session.scalars(select(Assessment).where(Assessment.municipality == "Musterkreis")).one())
        session.commit()
    [id] = re.findall(r"members/packages/(\w{32})", person.get(page).text)
    assert person.post(f"{page}/{id}", {"fits": "y"}, token_from=page).status_code == 302
    with app.extensions["selfcheck"].database.reader() as session:
        assert sorted(session.scalars(select(Participation.way))) == ["package", "self-check"]
