"""Finding what runs in a circle."""

import pytest

from scoring.plain.order import cycle_in


@pytest.mark.parametrize(
    ("needs", "cycle"),
    [
        ({}, ()),
        ({"a": {"b"}, "b": {"c"}}, ()),
        ({"a": {"b", "c"}, "b": {"d"}, "c": {"d"}}, ()),
        ({"a": {"a"}}, ("a", "a")),
        ({"a": {"b"}, "b": {"c"}, "c": {"b"}}, ("b", "c", "b")),
        ({"d": {"a"}, "a": {"b"}, "b": {"a"}}, ("a", "b", "a")),
    ],
)
def test_a_circle_is_named_from_its_first_step_back_to_it(needs: dict[str, set[str]], cycle: tuple[str, ...]) -> None:
    assert cycle_in(needs) == cycle


def test_a_step_that_only_leads_into_a_circle_is_not_part_of_it() -> None:
    assert "start" not in cycle_in({"start": {"a"}, "a": {"b"}, "b": {"a"}})
