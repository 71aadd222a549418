"""Words of a municipality that no list knows: entered on the page, declined everywhere, checked by people."""

import re

import pytest
import yaml
from flask.testing import FlaskClient

from tests.web import Person

OWN = {"K6-council": "own-word"}
NOUN = OWN | {
    "K6-council-singular": "Samtgemeinderat",
    "K6-council-gender": "der",
    "K6-council-plural": "Samtgemeinderäte",
}


@pytest.fixture
def person(client: FlaskClient) -> Person:
    return Person(client)


def plain(page: str) -> str:
    """What can be read on a page, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def field(page: str, name: str) -> str:
    found = re.search(rf'<(?:input|select)[^>]* name="{re.escape(name)}"[^>]*>', page)
    assert found, name
    return found[0]


def error_at(page: str, name: str) -> str:
    """The message that belongs to a field, as a screen reader finds it."""
    tag = field(page, name)
    described = re.search(r'aria-describedby="([^"]*)"', tag)
    assert 'aria-invalid="true"' in tag
    assert described
    assert f"{name}-error" in described[1].split()
    found = re.search(rf'<p class="kern-error" id="{re.escape(name)}-error">([^<]*)</p>', page)
    assert found
    return found[1]


def test_an_own_word_appears_in_the_right_case_on_the_pages_and_in_the_report(person: Person) -> None:
    place = person.start()
    assert person.post(f"{place}context", NOUN).status_code == 302
    page = plain(person.get(f"{place}P1").text)
    assert "durch einen Beschluss des Samtgemeinderats politisch legitimiert" in page
    assert "Der Samtgemeinderat hat eine Beschlussdrucksache" in page
    person.answer(place, "P1.1", "1")
    assert "des Samtgemeinderats" in plain(person.get(f"{place}report.html").text)


def test_a_corrected_form_is_the_one_that_is_used(person: Person) -> None:
    place = person.start()
    person.post(f"{place}context", NOUN | {"K6-council-genitive": "Samtgemeinderates"})
    page = plain(person.get(f"{place}P1").text)
    assert "Beschluss des Samtgemeinderates politisch" in page
    assert "des Samtgemeinderats " not in page


def test_english_pages_use_the_english_word(person: Person) -> None:
    place = person.start()
    person.language = "en"
    person.post(f"{place}context", NOUN | {"K6-council-english": "joint council"})
    assert "by a resolution of the joint council" in plain(person.get(f"{place}P1").text)


def test_an_own_word_stands_in_the_answer_file(person: Person) -> None:
    place = person.start()
    person.post(f"{place}context", NOUN | {"K6-council-plural_dative": "  Samtgemeinderäten "})
    written = yaml.safe_load(person.get(f"{place}answers.yaml").text)
    assert written["context"]["K6"] == {
        "council": {
            "singular": "Samtgemeinderat",
            "gender": "der",
            "plural": "Samtgemeinderäte",
            "plural-dative": "Samtgemeinderäten",
        }
    }


def test_all_forms_can_be_checked_in_sentences_on_the_context_page(person: Person) -> None:
    place = person.start()
    assert "own__sentences" not in person.get(f"{place}context").text
    answer = person.post(f"{place}context", NOUN | {"check": "1"})
    assert answer.location.endswith("/context#words")
    page = person.get(f"{place}context").text
    assert re.search(r'<details class="more words" id="words" open>', page)
    assert re.search(r'<option selected value="own-word">', page)
    assert 'value="Samtgemeinderäte"' in field(page, "K6-council-plural")
    for sentence in (
        "Das ist der Samtgemeinderat.",
        "Das ist der Name des Samtgemeinderats.",
        "Wir sprechen mit dem Samtgemeinderat.",
        "Ohne den Samtgemeinderat geht es nicht.",
        "Es gibt mehrere Samtgemeinderäte.",
        "Wir sprechen mit mehreren Samtgemeinderäten.",
        "Das sind die Namen der Samtgemeinderäte.",
        "This is the name of the Samtgemeinderat.",
    ):
        assert sentence in page


def test_what_an_own_word_lacks_is_said_at_its_field_and_nothing_is_lost(person: Person) -> None:
    place = person.start()
    answer = person.post(f"{place}context", OWN | {"municipality": "Neu", "K6-council-english": "joint council"})
    assert answer.status_code == 422
    assert error_at(answer.text, "K6-council-singular") == "Bitte das Wort eintragen."
    assert error_at(answer.text, "K6-council-gender") == "Bitte den Artikel auswählen."
    assert error_at(answer.text, "K6-council-plural") == "Bitte die Mehrzahl eintragen."
    assert 'href="#K6-council-plural"' in answer.text
    assert 'value="joint council"' in field(answer.text, "K6-council-english")
    assert 'value="Neu"' in field(answer.text, "municipality")
    assert re.search(r'<details class="more words" id="words" open>', answer.text)
    assert "joint council" not in person.get(f"{place}answers.yaml").text


@pytest.mark.parametrize(
    ("part", "text", "message"),
    [
        ("singular", "x" * 81, "Ist 81 Zeichen lang; höchstens 80 sind möglich."),
        ("plural", "{council:pl}", "Enthält geschweifte Klammern; bitte nur das Wort selbst angeben."),
        (
            "singular",
            "Samt\x00gemeinde",
            "Enthält Steuerzeichen oder andere unsichtbare Zeichen; bitte von Hand eintippen.",
        ),
        ("genitive", "des Samtgemeinderats", "Beginnt mit einem Artikel; bitte ohne Artikel angeben."),
        ("english", "", "Bitte auch die Einzahl eintragen."),
    ],
)
def test_a_form_that_cannot_be_used_is_refused_with_the_reason(
    person: Person, part: str, text: str, message: str
) -> None:
    place = person.start()
    answer = person.post(
        f"{place}context", NOUN | {"K6-council-english_plural": "" if text else "x", f"K6-council-{part}": text}
    )
    assert answer.status_code == 422
    assert error_at(answer.text, f"K6-council-{part}") == message


def test_an_article_that_does_not_exist_is_refused(person: Person) -> None:
    place = person.start()
    assert person.post(f"{place}context", NOUN | {"K6-council-gender": "den"}).status_code == 422


def test_an_own_word_is_never_markup_and_never_a_placeholder(person: Person) -> None:
    place = person.start()
    noun = NOUN | {"K6-council-singular": "<script>alert(1)</script>", "K6-council-plural": "%(word)s"}
    assert person.post(f"{place}context", noun).status_code == 302
    for page in ("context", "P1", "result", "report.html"):
        answer = person.get(f"{place}{page}")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
    assert person.get(f"{place}report.pdf").data.startswith(b"%PDF")


def test_a_word_of_the_list_takes_the_place_of_an_own_word_again(person: Person) -> None:
    place = person.start()
    person.post(f"{place}context", NOUN)
    person.post(f"{place}context", NOUN | {"K6-council": "stadtrat"})
    assert "des Stadtrates" in plain(person.get(f"{place}P1").text)
    assert "Samtgemeinde" not in person.get(f"{place}answers.yaml").text


def test_copied_line_breaks_and_hard_spaces_are_plain_spaces(person: Person) -> None:
    place = person.start()
    person.post(f"{place}context", NOUN | {"K6-council-singular": " Rat\u00a0der\r\nGemeinden "})
    assert "Beschluss des Rats der Gemeinden politisch" in plain(person.get(f"{place}P1").text)
