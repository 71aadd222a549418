"""Links for others: a second one for editing, one that only reads, each shown once and revoked by itself."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web import Person


@pytest.fixture
def person(client: FlaskClient) -> Person:
    return Person(client)


def make(person: Person, place: str, opens: str = "coordinator", label: str = "Vertretung im Sozialamt") -> str:
    """Make a further link; returns its address."""
    data = {"label": label, "opens": opens}
    assert person.post(f"{place}links", data, token_from=f"{place}manage").status_code == 302
    page = person.get(f"{place}manage").text
    return str(re.findall(r'id="address-\w+" readonly value="([^"]+)"', page)[-1])


def ids(person: Person, place: str) -> list[str]:
    """The ids of the links on the page, oldest first."""
    return re.findall(r'id="link-(\w+)"', person.get(f"{place}manage").text)


def test_a_second_person_can_edit_with_a_link_of_their_own(person: Person, app: Flask) -> None:
    place = person.start()
    other = Person(app.test_client())
    assert other.get(make(person, place)).status_code == 200
    assert other.answer(place, "P1.1", "3").status_code == 200
    page = other.get(f"{place}manage").text
    assert "Vertretung im Sozialamt" in page
    assert page.count(">Ihrer<") == 1
    assert page.index("Vertretung im Sozialamt") < page.index(">Ihrer<")


def test_every_link_is_listed_with_label_kind_and_dates(person: Person) -> None:
    place = person.start()
    make(person, place)
    make(person, place, "30", "Mitglieder des Sozialausschusses")
    page = person.get(f"{place}manage").text
    assert len(ids(person, place)) == 3
    assert page.count("läuft nicht ab") == 2
    assert re.search(r"nur zum Lesen · erstellt am \d\d\.\d\d\.\d{4} · bis \d\d\.\d\d\.\d{4}", page)


def test_a_link_without_a_label_or_a_choice_is_not_made_and_nothing_typed_gets_lost(person: Person) -> None:
    place = person.start()
    answer = person.post(f"{place}links", {"label": " ", "opens": "7"}, token_from=f"{place}manage")
    assert answer.status_code == 422
    assert "für wen der Link ist" in answer.text
    assert re.search(r'checked[^>]*value="7"', answer.text)
    for opens in ("", "8", "reader", "-7"):
        answer = person.post(f"{place}links", {"label": "Amt", "opens": opens}, token_from=f"{place}manage")
        assert answer.status_code == 422
        assert 'value="Amt"' in answer.text
    assert len(ids(person, place)) == 1


def test_a_new_link_is_shown_until_it_is_kept_and_to_nobody_else(person: Person, app: Flask) -> None:
    place = person.start()
    new = make(person, place)
    other = Person(app.test_client())
    other.get(person.link)
    assert new not in other.get(f"{place}manage").text
    id = ids(person, place)[1]
    assert other.get(f"{place}links/{id}/file").status_code == 404
    person.post(f"{place}links/{id}/kept", {}, token_from=f"{place}manage")
    assert new not in person.get(f"{place}manage").text
    assert person.get(f"{place}links/{id}/file").status_code == 404


@pytest.mark.parametrize(
    ("opens", "says"), [("coordinator", "Er läuft nicht ab"), ("7", "nur zum Lesen, bis einschließlich")]
)
def test_the_text_file_says_what_the_link_is_and_what_to_do_if_it_gets_lost(
    person: Person, opens: str, says: str
) -> None:
    place = person.start(municipality="Musterkreis")
    new = make(person, place, opens)
    answer = person.get(f"{place}links/{ids(person, place)[1]}/file")
    assert answer.mimetype == "text/plain"
    assert "selbstcheck-link.txt" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.data.decode("utf-8-sig")
    for part in (
        f"\r\n{new}\r\n",
        "Kommune: Musterkreis",
        "Für: Vertretung im Sozialamt",
        says,
        "Geht der Link verloren",
    ):
        assert part in text


def test_a_revoked_link_opens_nothing_and_the_others_do(person: Person, app: Flask) -> None:
    place = person.start()
    one, two = make(person, place), make(person, place, "90", "Ausschuss")
    others = [Person(app.test_client()), Person(app.test_client())]
    for other, link in zip(others, (one, two), strict=True):
        other.get(link)
    answer = person.post(f"{place}links/{ids(person, place)[1]}/revoke", {}, token_from=f"{place}manage")
    assert answer.status_code == 302
    assert "Der Link „Vertretung im Sozialamt“ öffnet nichts mehr" in person.get(f"{place}manage").text
    assert others[0].get(f"{place}result").status_code == 404
    assert others[1].get(f"{place}result").status_code == 200
    assert len(ids(person, place)) == 2


def test_one_s_own_link_is_not_revoked_but_replaced(person: Person) -> None:
    place = person.start()
    make(person, place)
    own = ids(person, place)[0]
    answer = person.post(f"{place}links/{own}/revoke", {}, token_from=f"{place}manage")
    assert answer.status_code == 422
    assert "Ersetzen Sie ihn stattdessen" in answer.text
    assert person.get(f"{place}result").status_code == 200


def test_a_link_that_reads_does_not_count_as_somebody_who_can_edit(person: Person, app: Flask) -> None:
    place = person.start()
    make(person, place, "90", "Ausschuss")
    answer = person.post(f"{place}links/{ids(person, place)[0]}/revoke", {}, token_from=f"{place}manage")
    assert answer.status_code == 422
    assert len(ids(person, place)) == 2


def test_replacing_one_s_own_link_leaves_all_others(person: Person, app: Flask) -> None:
    place = person.start()
    old, second = person.link, make(person, place)
    other = Person(app.test_client())
    other.get(second)
    new = person.post(f"{place}link", {}, token_from=f"{place}manage").location
    assert person.get(new).status_code == 200
    assert person.get(old).status_code == 404
    assert other.get(f"{place}result").status_code == 200
    assert new in person.get(place).text
    assert len(ids(person, place)) == 2


def test_a_link_of_another_self_check_cannot_be_revoked_from_here(person: Person, app: Flask) -> None:
    place = person.start()
    other = Person(app.test_client())
    elsewhere = other.start()
    make(other, elsewhere)
    theirs = ids(other, elsewhere)[1]
    assert person.post(f"{place}links/{theirs}/revoke", {}, token_from=f"{place}manage").status_code == 404
    assert len(ids(other, elsewhere)) == 2


def test_without_an_outbox_no_page_speaks_of_e_mail(person: Person) -> None:
    place = person.start()
    make(person, place)
    for path in (place, f"{place}manage"):
        assert "E-Mail" not in person.get(path).text
    path = f"{place}links/{ids(person, place)[1]}/mail"
    assert person.post(path, {"address": "a@b.example"}, token_from=f"{place}manage").status_code == 404


def test_a_label_is_never_markup_and_stays_on_one_line(person: Person) -> None:
    place = person.start()
    make(person, place, label="<b>Amt</b>\r\nX\x00")
    page = person.get(f"{place}manage").text
    assert "&lt;b&gt;Amt&lt;/b&gt; X" in page
    assert "<b>Amt" not in page
