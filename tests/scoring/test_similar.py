"""Which examples come from a municipality built like this one."""

from scoring.follow.similar import similarity
from scoring.model.answers import Context
from scoring.model.practices import Practice
from tests.builders import practice


def built(id: str, **structure: str) -> Practice:
    return practice(id, ["P1"], {}, structure=structure)


def order(context: Context, *practices: Practice) -> list[str]:
    return [one.id for one in sorted(practices, key=lambda one: similarity(context, one).rank)]


def test_the_most_telling_trait_decides_before_all_others() -> None:
    here = Context(choices={"kind": "county", "size": "small", "land": "A"})
    town = built("town", kind="town", size="small", land="A")
    county = built("county", kind="county", size="large", land="B")
    twin = built("twin", kind="county", size="small", land="B")
    assert order(here, town, county, twin) == ["twin", "county", "town"]


def test_what_is_unknown_is_no_agreement_and_keeps_the_order() -> None:
    first, second = built("first", kind="town"), built("second", kind="county")
    assert order(Context(), first, second) == ["first", "second"]
    assert [trait.likeness for trait in similarity(Context(), first).traits] == ["unknown"]


def test_each_trait_says_what_is_so_there() -> None:
    here = Context(choices={"kind": "county", "size": "small"})
    traits = similarity(here, built("one", kind="county", size="large")).traits
    assert [(trait.question, trait.there, trait.likeness) for trait in traits] == [
        ("kind", "county", "same"),
        ("size", "large", "different"),
    ]
