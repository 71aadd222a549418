"""Questions about answers that do not seem to go together."""

from dataclasses import replace
from fractions import Fraction

import pytest

from scoring.assess.hints import hints
from scoring.model.conditions import StageAtLeast, StageAtMost
from scoring.model.logic import AllOf
from tests.builders import Given, assessed, perspective, plausibility, questionnaire

HERE = questionnaire(
    perspective("P1", "a", "b"),
    rules=[
        plausibility("H1", AllOf((StageAtLeast("a", Fraction(3)), StageAtMost("b", Fraction(1))))),
        plausibility("H2", StageAtLeast("a", Fraction(4))),
    ],
)


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({"a": 3, "b": 1}, ["H1"]),
        ({"a": 4, "b": 0}, ["H1", "H2"]),
        ({"a": 3, "b": 2}, []),
        ({"a": 3}, []),
        ({}, []),
    ],
)
def test_a_question_is_asked_only_when_its_condition_certainly_holds(
    answers: dict[str, Given], asked: list[str]
) -> None:
    assert [rule.id for rule in hints(HERE, assessed(HERE, answers))] == asked


def test_a_question_never_changes_a_number() -> None:
    answers: dict[str, Given] = {"a": 4, "b": 0}
    assert assessed(HERE, answers).perspectives == assessed(replace(HERE, rules=()), answers).perspectives
