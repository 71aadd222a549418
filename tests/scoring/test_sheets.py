"""Plain data of an answer file and the sheet it stands for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model.answers import Answer, Context, Placement, Sheet, Target
from scoring.model.declension import OwnNoun
from scoring.model.questionnaire import Questionnaire
from scoring.plain.problems import Invalid
from scoring.plain.reading import LONGEST_TEXT
from scoring.plain.sheets import identity, parse_sheet, write_sheet
from tests.builders import (
    YES_PARTLY_NO,
    choice_question,
    item,
    matrix_question,
    perspective,
    questionnaire,
    sheet,
    term,
    terms_question,
    word,
)
from tests.drawn import examples
from tests.scoring.strategies import OUR_OWN, RANDOM_ONES, TEXTS, remarked, spreads

Filled = st.SearchStrategy[tuple[Questionnaire, Sheet]]

everywhere = pytest.mark.parametrize("filled", [RANDOM_ONES, OUR_OWN], ids=["random", "integrated-planning"])
some = examples()

HERE = questionnaire(
    perspective("P1", "a", "b"),
    perspective("P2", item("c", on=YES_PARTLY_NO)),
    context=[
        choice_question("K1", "town", "county"),
        matrix_question("K4", "youth", "health", labels=("A", "B")),
        terms_question("K6", term("council", word("rat"), word("kreistag"))),
    ],
)


def read(**entries: Any) -> Sheet:
    return parse_sheet({"questionnaire": "example", "version": "1"} | entries, HERE)


def mistakes(**entries: Any) -> list[tuple[str, str]]:
    """Places and English messages."""
    with pytest.raises(Invalid) as caught:
        read(**entries)
    return [(problem.path, problem.message.en) for problem in caught.value.problems]


@everywhere
@some
@given(data=st.data())
def test_a_sheet_that_is_written_and_read_is_the_same_sheet(filled: Filled, data: st.DataObject) -> None:
    here, plain = data.draw(filled)
    written = data.draw(remarked(plain, spreads(here)))
    assert parse_sheet(write_sheet(written), here) == written


@some
@given(TEXTS)
def test_whatever_a_person_writes_as_a_remark_can_be_read_again(text: str) -> None:
    written = sheet(HERE, {"a": Answer(1, remark=text, evidence=text)})
    assert parse_sheet(write_sheet(written), HERE) == written


@pytest.mark.parametrize("blank", [" ", "\n", "\t \n"])
def test_a_blank_remark_is_no_mistake(blank: str) -> None:
    assert read(municipality=blank, answers={"a": {"stage": 1, "remark": blank}}).answers["a"].choice == 1


def test_an_answer_is_a_stage_cannot_judge_or_nothing() -> None:
    answers = read(answers={"a": 3, "b": "cannot-judge", "c": None}).answers
    assert answers == {"a": Answer(3), "b": Answer(cannot_judge=True), "c": Answer()}


def test_an_answer_may_carry_a_remark_and_evidence_with_or_without_a_stage() -> None:
    answers = read(answers={"a": {"stage": 3, "remark": "so"}, "b": {"evidence": "paper 12"}}).answers
    assert answers == {"a": Answer(3, remark="so"), "b": Answer(evidence="paper 12")}


def test_open_means_neither_answered_nor_impossible_to_judge() -> None:
    assert [answer.is_open for answer in (Answer(), Answer(0), Answer(cannot_judge=True))] == [True, False, False]


def test_the_context_holds_choices_placements_and_words() -> None:
    given_ = {
        "K1": "town",
        "K4": {"youth": {"department": "A", "unit": "B"}, "health": "none"},
        "K6": {"council": "kreistag"},
    }
    expected = Context(
        {"K1": "town"}, {"K4": {"youth": Placement("A", "B"), "health": None}}, {"K6": {"council": "kreistag"}}
    )
    assert read(context=given_).context == expected


def test_a_word_may_be_a_noun_of_the_municipality_s_own() -> None:
    word = {"singular": "Amtsrunde", "gender": "die", "plural": "Amtsrunden"}
    corrections = {"genitive": "a", "plural-dative": "b", "english": "c", "english-plural": "d"}
    assert own_word(word) == OwnNoun("Amtsrunde", "die", "Amtsrunden")
    assert own_word(word | corrections) == OwnNoun("Amtsrunde", "die", "Amtsrunden", "a", "b", "c", "d")
    assert own_word(word | dict.fromkeys(corrections)) == OwnNoun("Amtsrunde", "die", "Amtsrunden")


def own_word(data: Any) -> Any:
    return read(context={"K6": {"council": data}}).context.words["K6"]["council"]


@pytest.mark.parametrize(
    ("change", "place", "english", "german"),
    [
        ({"plural": None}, ".plural", "something is missing here", "hier fehlt etwas"),
        ({"singular": " "}, ".singular", "expected is a text", "erwartet wird ein Text"),
        ({"singular": 4}, ".singular", "in quotation marks", "in Anführungszeichen"),
        ({"gender": "den"}, ".gender", "expected is one of: der, die, das", "eins von: der, die, das"),
        ({"gender": None}, ".gender", "expected is one of: der, die, das", "eins von: der, die, das"),
        ({"plural": "x" * 81}, ".plural", "is 81 characters long; at most 80", "ist 81 Zeichen lang; höchstens 80"),
        ({"singular": "Amts\x07runde"}, ".singular", "holds control characters", "enthält Steuerzeichen"),
        ({"singular": "Amts\nrunde"}, ".singular", "holds control characters", "enthält Steuerzeichen"),
        ({"singular": "Amts\u200drunde"}, ".singular", "invisible ones", "unsichtbare Zeichen"),
        ({"genitive": "{council:gen}"}, ".genitive", "holds braces", "enthält geschweifte Klammern"),
        ({"singular": "die Amtsrunde"}, ".singular", "begins with an article", "beginnt mit einem Artikel"),
        ({"english": "the round"}, ".english", "begins with an article", "beginnt mit einem Artikel"),
        ({"english-plural": "rounds"}, ".english-plural", 'stands here without "english"', "steht ohne „english“ da"),
        (
            {"dative": "x"},
            ".dative",
            "allowed are: singular, gender, plural, genitive",
            "erlaubt sind: singular, gender",
        ),
    ],
)
def test_what_is_wrong_with_an_own_noun_is_named_at_its_place_in_both_languages(
    change: dict[str, Any], place: str, english: str, german: str
) -> None:
    word = {"singular": "Amtsrunde", "gender": "die", "plural": "Amtsrunden"} | change
    with pytest.raises(Invalid) as caught:
        own_word(word)
    (problem,) = caught.value.problems
    assert problem.path == f"context.K6.council{place}"
    assert english in problem.message.en
    assert german in problem.message.de


def test_an_own_noun_without_its_plural_is_named_once_and_so_is_a_word_of_no_list() -> None:
    assert mistakes(context={"K6": {"council": {"singular": "Rat", "gender": "der"}}}) == [
        ("context.K6.council", '"plural" is missing')
    ]
    ((place, said),) = mistakes(context={"K6": {"council": "Amtsrunde"}})
    assert place == "context.K6.council"
    assert "or an own word like {singular: Amtsrunde, gender: die, plural: Amtsrunden}" in said


def test_what_is_left_empty_in_the_context_stays_open() -> None:
    assert read(context={"K1": None, "K4": {"youth": None}, "K6": {"council": None}}).context == Context(
        {}, {"K4": {}}, {"K6": {}}
    )


def test_a_target_names_a_year_and_stages_for_some_perspectives() -> None:
    assert read(target={"year": 2028, "stages": {"P1": 3}}).target == Target(2028, {"P1": 3})


def test_a_target_left_empty_is_none_and_so_is_that_of_an_empty_perspective() -> None:
    assert read().target is None
    assert read(target=None).target is None
    assert read(target={"year": 2100, "stages": {"P1": None, "P2": 0}}).target == Target(2100, {"P2": 0})


@pytest.mark.parametrize("scope", ["full", "short", ["P2"], ["P2", "P1"]])
def test_a_scope_is_full_short_or_some_perspectives(scope: Any) -> None:
    assert read(scope=scope).scope == (scope if isinstance(scope, str) else tuple(scope))


@pytest.mark.parametrize(
    ("entries", "place", "message"),
    [
        ({"answers": {"x": 1}}, "answers.x", 'there is no item "x" in this questionnaire; a to c'),
        ({"answers": {"a": 5}}, "answers.a", "expected is one of: 0, 1, 2, 3, 4, cannot-judge"),
        ({"answers": {"a": -1}}, "answers.a", "expected is one of: 0, 1, 2, 3, 4, cannot-judge"),
        ({"answers": {"a": 2.0}}, "answers.a", "expected is one of: 0, 1, 2, 3, 4, cannot-judge"),
        ({"answers": {"a": 2.5}}, "answers.a", "expected is one of: 0, 1, 2, 3, 4, cannot-judge"),
        ({"answers": {"a": True}}, "answers.a", "expected is one of: 0, 1, 2, 3, 4, cannot-judge"),
        ({"answers": {"a": "2"}}, "answers.a", "without quotation marks"),
        ({"answers": {"a": [2]}}, "answers.a", "expected is one of: 0, 1, 2, 3, 4, cannot-judge"),
        ({"answers": {"a": {"stage": 7}}}, "answers.a.stage", '"7" does not fit'),
        ({"answers": {"a": {"stufe": 1}}}, "answers.a.stufe", "allowed are: stage, remark, evidence"),
        ({"answers": {"a": {"remark": 12}}}, "answers.a.remark", "expected is a text"),
        ({"answers": {"c": "maybe"}}, "answers.c", "expected is one of: no, partly, yes, cannot-judge"),
        ({"answers": {"c": False}}, "answers.c", "expected is one of: no, partly, yes, cannot-judge"),
        ({"answers": [1, 2]}, "answers", "expected is a mapping"),
        ({"answers": {"a": {"remark": "x" * (LONGEST_TEXT + 1)}}}, "answers.a.remark", "at most 5000 are possible"),
        ({"context": {"K9": "x"}}, "context.K9", "allowed are: K1, K4, K6"),
        ({"context": {"K1": "moon"}}, "context.K1", "expected is one of: town, county"),
        ({"context": {"K4": {"sport": "none"}}}, "context.K4.sport", "allowed are: youth, health"),
        ({"context": {"K4": {"youth": "A"}}}, "context.K4.youth", "expected is a mapping"),
        ({"context": {"K4": {"youth": {"department": "A"}}}}, "context.K4.youth", '"unit" is missing'),
        (
            {"context": {"K4": {"youth": {"department": "A", "unit": "Z"}}}},
            "context.K4.youth.unit",
            "expected is one of: A, B",
        ),
        ({"context": {"K6": {"council": "senate"}}}, "context.K6.council", "expected is one of: rat, kreistag"),
        ({"target": 2028}, "target", "expected is a mapping"),
        ({"target": {"stages": {"P1": 3}}}, "target", '"year" is missing'),
        ({"target": {"year": 2028}}, "target", '"stages" is missing'),
        ({"target": {"year": 1999, "stages": {}}}, "target.year", "a whole number of 2000–2100"),
        ({"target": {"year": 2101, "stages": {}}}, "target.year", "a whole number of 2000–2100"),
        ({"target": {"year": "2028", "stages": {}}}, "target.year", "expected is a whole number"),
        ({"target": {"year": 2028, "stages": {"P9": 1}}}, "target.stages.P9", "allowed are: P1, P2"),
        ({"target": {"year": 2028, "stages": {"P1": 5}}}, "target.stages.P1", "a whole number of 0–4"),
        ({"target": {"year": 2028, "stages": {"P1": -1}}}, "target.stages.P1", "a whole number of 0–4"),
        ({"target": {"year": 2028, "stages": {"P1": 2.5}}}, "target.stages.P1", "expected is a whole number"),
        ({"target": {"year": 2028, "stages": {"P1": True}}}, "target.stages.P1", "expected is a whole number"),
        ({"target": {"year": 2028, "stages": {"P1": 1}, "why": "x"}}, "target.why", "allowed are: year, stages"),
        ({"scope": "half"}, "scope", "full, short or a list of: P1, P2"),
        ({"scope": ["P9"]}, "scope[0]", "expected is one of: P1, P2"),
        ({"scope": []}, "scope", ""),
        ({"municipality": 7}, "municipality", "expected is a text"),
        ({"remark": "x"}, "remark", '"remark" is not expected here'),
        ({"version": "2"}, "version", 'the file belongs to "example 2", not to "example 1"'),
        ({"questionnaire": "other"}, "version", 'the file belongs to "other 1", not to "example 1"'),
    ],
)
def test_what_does_not_fit_is_named_once_with_its_place_and_what_is_allowed(
    entries: dict[str, Any], place: str, message: str
) -> None:
    found = mistakes(**entries)
    assert [where for where, _ in found] == [place]
    assert message in found[0][1]


def test_several_mistakes_are_all_named() -> None:
    found = mistakes(answers={"a": 9, "x": 1, "b": {"stage": 1, "comment": "?"}}, context={"K1": "moon"}, scope="half")
    assert {place for place, _ in found} == {"answers.a", "answers.x", "answers.b.comment", "context.K1", "scope"}


def test_an_answer_file_says_which_questionnaire_it_belongs_to() -> None:
    assert identity({"questionnaire": "example", "version": "1", "answers": {}}) == ("example", "1")
    with pytest.raises(Invalid) as caught:
        identity({"version": 1})
    assert [problem.path for problem in caught.value.problems] == ["questionnaire", "version"]
    with pytest.raises(Invalid, match="mapping"):
        identity("example")
