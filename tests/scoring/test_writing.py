"""A questionnaire written down and read again."""

from fractions import Fraction

import yaml
from hypothesis import given

from scoring.model.conditions import Condition, ContextIs, FactBetween, ItemsAtLeast, StageAtLeast
from scoring.model.logic import AllOf, AnyOf
from scoring.model.questionnaire import Questionnaire
from scoring.plain.questionnaire import parse
from scoring.plain.writing import dump
from selfcheck.reading.files import read_bytes
from tests.builders import YES_PARTLY_NO, item, level, perspective, plausibility, questionnaire, scale
from tests.drawn import examples
from tests.scoring.strategies import REAL, questionnaires

some = examples()


@some
@given(questionnaires())
def test_what_is_dumped_is_read_as_the_same_questionnaire(written: Questionnaire) -> None:
    assert parse(dump(written)) == written


def test_the_questionnaire_of_integrated_planning_is_dumped_and_read_as_the_same() -> None:
    assert parse(dump(REAL), checked=False) == REAL


def test_the_dumped_files_may_be_written_as_yaml() -> None:
    texts = {name: yaml.safe_dump(data, allow_unicode=True, sort_keys=False) for name, data in dump(REAL).items()}
    read = {name: read_bytes(text.encode(), f"{name}.yaml").data for name, text in texts.items()}
    assert parse(read, checked=False) == REAL


def test_numbers_are_written_whole_or_as_a_fraction() -> None:
    here = questionnaire(perspective("P1", item("a", weight="7/3")), minimum_coverage="1/2", likely_within=1)
    data = dump(here)["questionnaire"]
    assert data["minimum_coverage"] == "1/2"
    assert data["likely_within"] == 1
    assert data["perspectives"][0]["items"][0]["weight"] == "7/3"


def test_what_is_as_usual_is_left_out() -> None:
    data = dump(questionnaire(perspective("P1", "a")))
    assert set(data) == {"questionnaire"}
    assert not {"roles", "context", "references", "sequence"} & set(data["questionnaire"])
    assert set(data["questionnaire"]["perspectives"][0]["items"][0]) == {"id", "name", "statement", "origin"}
    assert set(data["questionnaire"]["scales"][0]["options"][0]) == {"key", "name"}


def test_options_whose_points_differ_from_their_key_keep_their_points() -> None:
    far_apart = scale("far", {1: 10, "two": 20, 30: 30})
    here = questionnaire(perspective("P1", item("a", on=far_apart), levels=[level(1, "1/3", {"a": 10})]))
    options = dump(here)["questionnaire"]["scales"][0]["options"]
    assert [option.get("points") for option in options] == [10, 20, None]
    assert parse(dump(here)) == here


def test_conditions_keep_their_shape_even_where_they_are_empty() -> None:
    odd: tuple[Condition, ...] = (
        AllOf(()),
        AnyOf((ContextIs("K", ()), ContextIs("K", ("a",)), ContextIs("K", ("a", "b")))),
        FactBetween("M", "missing", 0, None),
        FactBetween("M", "missing", None, 0),
        ItemsAtLeast(1, Fraction(1, 2)),
        ItemsAtLeast(1, Fraction(1), ("a",)),
        StageAtLeast("a", Fraction(1, 2)),
    )
    rules = [plausibility(f"H{number}", condition) for number, condition in enumerate(odd)]
    here = questionnaire(perspective("P1", item("a", on=YES_PARTLY_NO)), rules=rules)
    assert parse(dump(here), checked=False) == here
