"""Nouns of a municipality's own in all their forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.assess.context import local_words
from scoring.model.answers import Context
from scoring.model.declension import LONGEST_NOUN, Gender, OwnNoun, declined, mistake_in
from scoring.model.questionnaire import TermsQuestion
from scoring.model.wording import FORMS, Word, Wording
from scoring.plain.reading import Node
from scoring.plain.sheets import parse_sheet, write_sheet
from scoring.plain.words import read_word, write_word
from tests.builders import perspective, questionnaire, sheet, term, terms_question, word
from tests.drawn import examples
from tests.scoring.strategies import OWN_NOUNS, REAL

LISTED = [
    word
    for question in REAL.context
    if isinstance(question, TermsQuestion)
    for term in question.terms
    for word in term.words
]
COUNCIL = term("council", word("rat"))
HERE = questionnaire(perspective("P1", "a"), context=[terms_question("K6", COUNCIL)])


def as_own(listed: Word, *, corrected: bool) -> OwnNoun:
    """The word of a list as a person would enter it, with every correction or with none."""
    gender: Gender = next(one for one in ("der", "die", "das") if listed.de["nom"].startswith(f"{one} "))
    genitive = listed.de["gen"].partition(" ")[2]
    more = (genitive, listed.de["pl-dat"], listed.en["bare"], listed.en["pl"]) if corrected else ()
    return OwnNoun(listed.de["bare"], gender, listed.de["pl"], *more)


@pytest.mark.parametrize("listed", LISTED, ids=lambda listed: listed.id)
def test_every_word_of_the_lists_comes_out_as_it_stands_there_when_its_forms_are_given(listed: Word) -> None:
    made = declined(as_own(listed, corrected=True))
    assert made.de == listed.de
    assert made.en == listed.en


def test_of_the_lists_only_four_words_need_a_correction() -> None:
    wrong = {
        word.id: {form for form in FORMS if declined(as_own(word, corrected=False)).de[form] != word.de[form]}
        for word in LISTED
    }
    assert len(LISTED) == 44
    assert {id: forms for id, forms in wrong.items() if forms} == {
        "rat": {"gen"},
        "stadtrat": {"gen"},
        "gemeinderat": {"gen"},
        "neutral": {"gen", "pl-dat"},
    }


def forms(singular: str, gender: Gender, plural: str, genitive: str = "", plural_dative: str = "") -> list[str]:
    return list(declined(OwnNoun(singular, gender, plural, genitive, plural_dative)).de.values())


def test_all_forms_stand_as_in_the_lists_of_the_questionnaire() -> None:
    made = declined(OwnNoun("Verwaltungsvorstand", "der", "Verwaltungsvorstände", "Verwaltungsvorstands"))
    assert tuple(made.de) == tuple(made.en) == FORMS
    assert list(made.de.values()) == [
        "Verwaltungsvorstand",
        "der Verwaltungsvorstand",
        "des Verwaltungsvorstands",
        "dem Verwaltungsvorstand",
        "den Verwaltungsvorstand",
        "Verwaltungsvorstände",
        "Verwaltungsvorständen",
        "der Verwaltungsvorstände",
    ]


@pytest.mark.parametrize(
    ("singular", "gender", "genitive"),
    [
        ("Verwaltungsspitze", "die", "der Verwaltungsspitze"),
        ("Jugendhilfeausschuss", "der", "des Jugendhilfeausschusses"),
        ("Wohnplatz", "der", "des Wohnplatzes"),
        ("Fachdienst", "der", "des Fachdienstes"),
        ("Stammtisch", "der", "des Stammtisches"),
        ("Bildungsbündnis", "das", "des Bildungsbündnisses"),
        ("Amt", "das", "des Amts"),
        ("Bildungsbüro", "das", "des Bildungsbüros"),
        ("ASD", "der", "des ASD"),
        ("Team Sozialplanung", "das", "des Teams Sozialplanung"),
        ("Arbeitskreis Soziales", "der", "des Arbeitskreises Soziales"),
        ("Rat der Ämter", "der", "des Rats der Ämter"),
        ("Sprecher der Ämter", "der", "des Sprechers der Ämter"),
        ("Runde der Dezernate", "die", "der Runde der Dezernate"),
        ("Stabsstelle Soziales", "die", "der Stabsstelle Soziales"),
        ("Runder Tisch", "der", "des Runden Tisches"),
        ("Kommunales Bildungsbüro", "das", "des Kommunalen Bildungsbüros"),
    ],
)
def test_a_genitive_is_guessed_by_plain_rules(singular: str, gender: Gender, genitive: str) -> None:
    assert declined(OwnNoun(singular, gender, "x")).de["gen"] == genitive


@pytest.mark.parametrize(
    ("plural", "dative"),
    [
        ("Räte", "Räten"),
        ("Ämter", "Ämtern"),
        ("Viertel", "Vierteln"),
        ("Gruppen", "Gruppen"),
        ("Teams", "Teams"),
        ("ASD", "ASD"),
        ("Kreise der Ämter", "Kreisen der Ämter"),
    ],
)
def test_a_plural_in_e_el_or_er_takes_n_in_the_dative(plural: str, dative: str) -> None:
    assert declined(OwnNoun("x", "der", plural)).de["pl-dat"] == dative
    assert declined(OwnNoun("x", "der", plural, plural_dative="y")).de["pl-dat"] == "y"


def test_the_genitive_a_person_corrects_is_kept_in_a_phrase() -> None:
    made = forms("Rat der Ämter", "der", "Räte der Ämter", "Rates der Ämter")
    assert made[1:5] == ["der Rat der Ämter", "des Rates der Ämter", "dem Rat der Ämter", "den Rat der Ämter"]
    assert made[5:] == ["Räte der Ämter", "Räten der Ämter", "der Räte der Ämter"]


def test_adjectives_are_declined_with_their_noun() -> None:
    assert forms("Allgemeiner Sozialer Dienst", "der", "Allgemeine Soziale Dienste")[1:] == [
        "der Allgemeine Soziale Dienst",
        "des Allgemeinen Sozialen Dienstes",
        "dem Allgemeinen Sozialen Dienst",
        "den Allgemeinen Sozialen Dienst",
        "Allgemeine Soziale Dienste",
        "Allgemeinen Sozialen Diensten",
        "der Allgemeinen Sozialen Dienste",
    ]


def test_a_feminine_adjective_is_known_by_the_corrected_genitive() -> None:
    assert forms("Soziale Runde", "die", "Soziale Runden")[2] == "der Soziale Runde"
    assert forms("Soziale Runde", "die", "Soziale Runden", "Sozialen Runde") == [
        "Soziale Runde",
        "die Soziale Runde",
        "der Sozialen Runde",
        "der Sozialen Runde",
        "die Soziale Runde",
        "Soziale Runden",
        "Sozialen Runden",
        "der Sozialen Runden",
    ]


@pytest.mark.parametrize(
    ("singular", "plural", "genitive", "expected"),
    [
        (
            "Präsident",
            "Präsidenten",
            "Präsidenten",
            ["der Präsident", "dem Präsidenten", "den Präsidenten", "der Präsidenten"],
        ),
        ("Beirat", "Beiräte", "Beirates", ["der Beirat", "dem Beirat", "den Beirat", "der Beiräte"]),
        (
            "Vorsitzender",
            "Vorsitzende",
            "Vorsitzenden",
            ["der Vorsitzende", "dem Vorsitzenden", "den Vorsitzenden", "der Vorsitzenden"],
        ),
    ],
)
def test_dative_and_accusative_follow_from_the_genitive(
    singular: str, plural: str, genitive: str, expected: list[str]
) -> None:
    made = declined(OwnNoun(singular, "der", plural, genitive)).de
    assert [made[form] for form in ("nom", "dat", "acc", "pl-gen")] == expected


@pytest.mark.parametrize(
    ("english", "english_plural", "expected"),
    [
        ("", "", ["Runde", "the Runde", "of the Runde", "Runden", "of the Runden"]),
        ("board", "", ["board", "the board", "of the board", "boards", "of the boards"]),
        ("assembly", "", ["assembly", "the assembly", "of the assembly", "assemblies", "of the assemblies"]),
        ("branch", "", ["branch", "the branch", "of the branch", "branches", "of the branches"]),
        ("forum", "fora", ["forum", "the forum", "of the forum", "fora", "of the fora"]),
    ],
)
def test_english_uses_the_english_word_or_else_the_german_one(
    english: str, english_plural: str, expected: list[str]
) -> None:
    made = declined(OwnNoun("Runde", "die", "Runden", english=english, english_plural=english_plural)).en
    assert [made[form] for form in ("bare", "nom", "gen", "pl", "pl-gen")] == expected
    assert made["dat"] == made["acc"] == made["nom"]


@examples(200)
@given(OWN_NOUNS)
def test_every_own_noun_has_all_forms_and_is_the_same_after_an_answer_file(noun: OwnNoun) -> None:
    made = declined(noun)
    assert all(made.form(form, language).strip() for form in FORMS for language in ("de", "en"))
    assert (made.de["bare"], made.de["pl"]) == (noun.singular, noun.plural)
    node = Node(write_word(noun))
    assert read_word(node, COUNCIL) == noun
    assert node.problems == []
    answers = sheet(HERE, words={"K6": {"council": noun}})
    assert parse_sheet(write_sheet(answers), HERE) == answers


@examples(200)
@given(st.text(max_size=LONGEST_NOUN + 5))
def test_no_placeholder_and_no_control_character_gets_into_a_text(text: str) -> None:
    if text.strip() and not mistake_in(text.strip()):
        own = OwnNoun(text.strip(), "der", text.strip())
        said = local_words(HERE, Context(words={"K6": {"council": own}})).fill(Wording("{council:gen}", "x"), "de")
        assert said.isprintable()
        assert "{" not in said
