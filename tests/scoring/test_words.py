"""Numbers, enumerations and whole sentences in both languages."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.assess.assess import assess
from scoring.assess.context import local_words
from scoring.assess.result import LeftOut, Result, Step
from scoring.assess.steps import Reason, next_steps
from scoring.assess.words import Speaker, listed, number
from scoring.model.answers import Sheet
from scoring.model.conditions import Absent, ContextIs, StageAtLeast
from scoring.model.questionnaire import Questionnaire
from scoring.model.wording import LANGUAGES, Language, LocalWords, Word, Wording
from tests.builders import (
    YES_PARTLY_NO,
    applicability,
    assessed,
    choice_question,
    equivalence,
    group,
    item,
    level,
    perspective,
    precondition,
    questionnaire,
    recommendations,
    sheet,
)
from tests.drawn import examples
from tests.scoring.strategies import OUR_OWN, RANDOM_ONES

Filled = st.SearchStrategy[tuple[Questionnaire, Sheet]]

everywhere = pytest.mark.parametrize("filled", [RANDOM_ONES, OUR_OWN], ids=["random", "integrated-planning"])
some = examples()
VALUES = st.fractions(-1000, 1000, max_denominator=1000)


def rounded(value: Fraction, digits: int) -> Decimal:
    """The value rounded half up (away from zero), as schools teach it."""
    with localcontext(prec=60):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


@examples(200)
@given(VALUES, st.integers(0, 4))
def test_a_number_is_rounded_half_up_with_no_more_decimals_than_it_needs(value: Fraction, digits: int) -> None:
    english, german = number(value, "en", digits), number(value, "de", digits)
    assert Decimal(english.replace("−", "-")) == rounded(value, digits)
    assert german == english.replace(".", ",")
    assert not ("." in english and english.endswith(("0", ".")))
    assert "-" not in english


@pytest.mark.parametrize(
    ("value", "english", "german"),
    [
        ("0", "0", "0"),
        ("2", "2", "2"),
        ("5/2", "2.5", "2,5"),
        ("10", "10", "10"),
        ("7/3", "2.33", "2,33"),
        ("1/200", "0.01", "0,01"),
        ("-1/200", "−0.01", "−0,01"),
        ("-1/2000", "0", "0"),
        ("1999/1000", "2", "2"),
        ("-7/2", "−3.5", "−3,5"),
    ],
)
def test_numbers_look_the_way_each_language_writes_them(value: str, english: str, german: str) -> None:
    assert (number(Fraction(value), "en"), number(Fraction(value), "de")) == (english, german)


def test_whole_digits_keep_their_noughts() -> None:
    assert number(Fraction(100), "en", 0) == "100"
    assert number(Fraction(195, 2), "de", 0) == "98"


@pytest.mark.parametrize(
    ("parts", "english", "german"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a und b"),
        (["a", "b", "c"], "a, b and c", "a, b und c"),
    ],
)
def test_an_enumeration_ends_with_and(parts: list[str], english: str, german: str) -> None:
    assert (listed(parts, "en"), listed(parts, "de")) == (english, german)


def sentences(here: Questionnaire, result: Result, words: LocalWords) -> Iterator[tuple[Step | Reason, str, str]]:
    """Every step of every trace and every reason of every next step, in both languages."""
    german, english = (Speaker(here, words, language) for language in LANGUAGES)
    for one in result.perspectives:
        for step in one.trace:
            yield step, german.step(step), english.step(step)
    for next_step in next_steps(here, result):
        for reason in next_step.reasons:
            yield reason, german.reason(reason), english.reason(reason)


@everywhere
@some
@given(data=st.data())
def test_every_sentence_is_whole_in_both_languages(filled: Filled, data: st.DataObject) -> None:
    here, answers = data.draw(filled)
    for _, *both in sentences(here, assess(here, answers), local_words(here, answers.context)):
        for said in both:
            assert said.strip()
            assert not set("{}") & set(said)
            assert "None" not in said
            assert "  " not in said


def complete() -> tuple[Questionnaire, Result]:
    """A questionnaire and answers that give every kind of step and every kind of reason."""
    first = perspective("P1", "a", "b", "c", "z", levels=[level(1, 1), level(2, 4)])
    second = perspective("P2", item("d", on=YES_PARTLY_NO), group("g", item("e", on=YES_PARTLY_NO)))
    third, fourth, fifth = perspective("P3", "f"), perspective("P4", "h", "i"), perspective("P5", "j", "k", "l")
    all_perspectives = (first, second, third, fourth, fifth)
    here = questionnaire(
        *all_perspectives,
        context=[choice_question("K1", "town", "county"), choice_question("K2", "yes", "no")],
        rules=[
            applicability("R1", ContextIs("K1", ("town",)), "P3"),
            applicability("R2", ContextIs("K1", ("town",)), "h"),
            applicability("R3", ContextIs("K2", ("yes",)), "a"),
            equivalence("R4", "a"),
            precondition("R5", "P1-2-3", StageAtLeast("i", Fraction(2)), "P4-1-2"),
            precondition("R6", "P1-2-3", StageAtLeast("j", Fraction(1)), "P5-0-1"),
            precondition("R7", "P1-2-3", StageAtLeast("l", Fraction(4)), "P5-3-4"),
        ],
        steps=[replace(step, kind="immediate") for step in recommendations(*all_perspectives)],
        minimum_coverage="2/3",
    )
    answers = sheet(
        here,
        {"a": 3, "b": 1, "z": 2, "c": None, "d": "partly", "e": "cannot-judge", "i": 0, "l": 0},
        choices={"K1": "town"},
    )
    return here, assess(here, answers)


def test_every_kind_of_step_and_reason_has_a_sentence_of_its_own() -> None:
    here, result = complete()
    found = list(sentences(here, result, LocalWords()))
    assert {type(step) for step, _, _ in found} == {*get_args(Step), *get_args(Reason)}
    assert all(german != english for _, german, english in found)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "a Item a auf Deutsch: kann nicht beurteilt werden, zählt nicht als 0"),
        ("en", "a Item a in English: cannot be judged, does not count as 0"),
    ],
)
def test_open_and_cannot_judge_are_said_apart(language: Language, expected: str) -> None:
    say = Speaker(questionnaire(perspective("P1", "a")), LocalWords(), language)
    assert say.step(LeftOut("a", Absent.CANNOT_JUDGE)) == expected
    assert say.step(LeftOut("a", Absent.OPEN)) != expected


def german(here: Questionnaire, result: Result) -> list[str]:
    say = Speaker(here, LocalWords(), "de")
    return [say.step(step) for one in result.perspectives for step in one.trace]


def test_the_trace_of_a_median_reads_like_a_calculation() -> None:
    here = questionnaire(perspective("P1", "a", "b", "c", "d"))
    assert german(here, assessed(here, {"a": 4, "b": 1})) == [
        "a Item a auf Deutsch: Stufe 4 (Option 4 auf Deutsch)",
        "b Item b auf Deutsch: Stufe 1 (Option 1 auf Deutsch)",
        "c Item c auf Deutsch: noch offen, zählt nicht als 0",
        "d Item d auf Deutsch: noch offen, zählt nicht als 0",
        "P1: Median aus 1; 4 ergibt 2,5",
        "Durchgängig erreicht: höchstens Stufe 1 (b); 2 Angaben fehlen noch",
        "Möglicher Bereich: 0,5 bis 4; offen ist dafür: c und d",
    ]


def test_a_single_missing_answer_is_spoken_of_in_the_singular() -> None:
    here = questionnaire(perspective("P1", "a", "b", "c"))
    said = german(here, assessed(here, {"a": 4, "b": 1}))
    assert said[-2:] == [
        "Durchgängig erreicht: höchstens Stufe 1 (b); eine Angabe fehlt noch",
        "Möglicher Bereich: 1 bis 4; offen ist dafür: c",
    ]


def test_the_trace_of_a_weighted_value_shows_the_weights() -> None:
    """Without them nobody can follow that (3·4 + 1·0) : 4 is 3."""
    here = questionnaire(perspective("P1", item("a", weight=3), item("b"), aggregate="weighted-mean"))
    said = " ".join(german(here, assessed(here, {"a": 4, "b": 0})))
    assert "gewichteter Mittelwert" in said
    assert "3" in said.split("gewichteter Mittelwert")[1].split("ergibt")[0]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("in {council:dat} und bei {council:dat}", "im Kreistag und beim Kreistag"),
        ("Von {council:dat} zu {group:dat}, an {council:dat}", "Vom Kreistag zur Lenkungsgruppe, am Kreistag"),
        ("mit {council:dat}, in {group:dat}", "mit dem Kreistag, in der Lenkungsgruppe"),
        ("{council:dat} und Bin {council:dat}", "dem Kreistag und Bin dem Kreistag"),
    ],
)
def test_preposition_and_article_become_one_word_in_german_alone(written: str, said: str) -> None:
    words = {
        "council": Word("kreistag", {"dat": "dem Kreistag"}, {"dat": "the county council"}),
        "group": Word("lenkungsgruppe", {"dat": "der Lenkungsgruppe"}, {"dat": "the steering group"}),
    }
    local = LocalWords(words)
    assert local.fill(Wording(written, written), "de") == said
    assert "im " not in local.fill(Wording("in {council:dat}", "in {council:dat}"), "en")
