"""Places of problems as people write them."""

import pytest

from scoring.model.wording import Wording
from scoring.plain.problems import Invalid, Place, Problem
from scoring.plain.reading import LONGEST_SHOWN, shown


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ((), ""),
        (("answers",), "answers"),
        (("answers", "P1.1", "stage"), "answers.P1.1.stage"),
        (("perspectives", 1, "items", 3, "anchors"), "perspectives[1].items[3].anchors"),
        ((0, "name"), "[0].name"),
    ],
)
def test_a_place_is_written_as_a_path(place: Place, path: str) -> None:
    assert Problem(place, Wording("", "")).path == path


def test_an_invalid_value_carries_every_problem() -> None:
    first, second = Problem(("a",), Wording("eins", "one")), Problem(("b", 0), Wording("zwei", "two"))
    error = Invalid([first, second])
    assert error.problems == (first, second)
    assert str(error) == "a: one; b[0]: two"


def test_a_value_is_shown_on_one_short_line() -> None:
    assert shown("two\n lines") == "two lines"
    assert shown("x" * (LONGEST_SHOWN + 1)) == "x" * LONGEST_SHOWN + "…"
