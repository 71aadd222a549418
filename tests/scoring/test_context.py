"""What rules and wordings read from the context answers."""

import pytest

from scoring.assess.context import local_words, matrix_facts, numbers, open_questions
from scoring.model.answers import Context, Placement
from scoring.model.declension import OwnNoun
from scoring.model.questionnaire import MATRIX_FACTS
from scoring.model.wording import Wording
from tests.builders import choice_question, matrix_question, perspective, questionnaire, term, terms_question, word

HERE = questionnaire(
    perspective("P1", "P1.1"),
    context=[
        choice_question("K1", "county", "city"),
        matrix_question("K4", "youth", "social", "health"),
        terms_question("K6", term("council", word("rat"), word("kreistag", "county")), kind_from="K1"),
    ],
)


def placed(*units: str) -> list[Placement | None]:
    """Written "A1": department A, unit 1 of it; "-": no such field here."""
    return [None if unit == "-" else Placement(unit[0], unit[1]) for unit in units]


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        (["A1", "A1", "A1", "A1"], (1, 1, 0, 0, 0)),
        (["A1", "A1", "A1", "B1"], (2, 2, 1, 1, 0)),
        (["A1", "A2", "A1", "A1"], (1, 2, 1, 0, 0)),
        (["A1", "A1", "B1", "B2"], (2, 3, 2, 2, 0)),
        (["A1", "B1", "C1", "D1"], (4, 4, 3, 3, 0)),
        (["A1", "-", "A1", "-"], (1, 1, 0, 0, 2)),
        (["A1", "A2", "B1", "-"], (2, 3, 2, 1, 1)),
        (["-", "-", "-", "-"], (0, 0, 0, 0, 4)),
    ],
)
def test_the_organisation_is_counted_in_departments_units_and_fields_outside(
    units: list[str], expected: tuple[int, ...]
) -> None:
    assert tuple(matrix_facts(placed(*units))[name] for name in MATRIX_FACTS) == expected


def test_units_with_the_same_label_in_different_departments_are_different_units() -> None:
    assert matrix_facts(placed("A1", "B1"))["distinct_units"] == 2


def test_a_matrix_with_an_open_row_has_no_facts_and_one_with_a_missing_field_has() -> None:
    place = Placement("A", "A")
    half = Context(placements={"K4": {"youth": place, "social": place}})
    whole = Context(placements={"K4": {"youth": place, "social": place, "health": None}})
    assert numbers(HERE, half) == {}
    assert numbers(HERE, whole)["K4", "missing"] == 1


def test_a_context_question_is_open_until_it_is_answered_completely() -> None:
    place = Placement("A", "A")
    assert open_questions(HERE, Context()) == ("K1", "K4")
    assert open_questions(HERE, Context({"K1": "city"}, {"K4": {"youth": place}})) == ("K4",)
    assert open_questions(HERE, Context({"K1": "city"}, {"K4": dict.fromkeys(("youth", "social", "health"))})) == ()


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (Context(), "rat-gen-de"),
        (Context({"K1": "city"}), "rat-gen-de"),
        (Context({"K1": "county"}), "kreistag-gen-de"),
        (Context({"K1": "county"}, words={"K6": {"council": "rat"}}), "rat-gen-de"),
        (Context({"K1": "city"}, words={"K6": {"council": "kreistag"}}), "kreistag-gen-de"),
    ],
)
def test_a_local_word_is_the_chosen_one_else_the_usual_one_else_the_neutral_one(
    context: Context, expected: str
) -> None:
    assert local_words(HERE, context).fill(Wording("{council:gen}", "x"), "de") == expected


def test_a_noun_of_its_own_takes_the_place_of_every_word_of_the_list() -> None:
    own = OwnNoun("Samtgemeinderat", "der", "Samtgemeinderäte")
    words = local_words(HERE, Context({"K1": "county"}, words={"K6": {"council": own}}))
    said = Wording("{Council:nom}, {council:gen}, {council:pl-dat}", "{Council:nom}, {council:gen}, {council:pl-dat}")
    assert words.fill(said, "de") == "Der Samtgemeinderat, des Samtgemeinderats, Samtgemeinderäten"
    assert words.fill(said, "en") == "The Samtgemeinderat, of the Samtgemeinderat, Samtgemeinderäte"


def test_a_capital_letter_in_the_placeholder_begins_a_sentence() -> None:
    said = local_words(HERE, Context()).fill(Wording("x", "{Council:nom} and {council:pl-dat}: {Council:pl}."), "en")
    assert said == "Rat-nom-en and rat-pl-dat-en: Rat-pl-en."
