"""Names of municipalities: the same name however it is written, and where it stands in a text."""

import unicodedata
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model.names import alike, called, core, mentions, plain, spelled, titled

NAMES = st.lists(
    st.sampled_from(
        ["Landkreis", "Stadt", "LK", "Kreis", "Bad", "Birk", "Münster", "Groß", "Nord", "Öd", "-", ",", "Au"]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
WAYS: dict[str, Callable[[str], str]] = {
    "in capital letters": str.upper,
    "in small letters": str.lower,
    "with its accents apart": partial(unicodedata.normalize, "NFD"),
    "with two letters for an umlaut": lambda name: name.replace("ü", "ue").replace("Ö", "Oe"),
    "with ss": lambda name: name.replace("ß", "ss"),
    "with a hyphen": lambda name: name.replace(" ", "-"),
    "with a hard hyphen": lambda name: name.replace(" ", "\u2011"),
    "with a hard blank": lambda name: name.replace(" ", "\u00a0"),
    "over two lines": lambda name: name.replace(" ", "\n"),
    "with a soft hyphen": lambda name: f"{name[:2]}\u00ad{name[2:]}",
    "with a sign without width": lambda name: f"{name[:2]}\u200b{name[2:]}",
    "with a joiner": lambda name: f"{name[:2]}\u200d{name[2:]}",
    "as a county": lambda name: f"Landkreis {name}",
    "as a county in short": lambda name: f"LK {name}",
    "as a county in the genitive": lambda name: f"des Kreises {name}",
    "as a city": lambda name: f"Große Kreisstadt {name}",
    "as a Hanseatic city": lambda name: f"der Universitäts- und Hansestadt {name}",
    "as a capital, after it": lambda name: f"{name}, Landeshauptstadt",
    "as a county, after it": lambda name: f"{name} (Landkreis)",
    "as a municipality in English": lambda name: f"Municipality of {name}",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["Bad Großmünster", "Birk", "Öd am Süßen Bach"])
def test_a_name_is_the_same_however_it_is_written(way: str, name: str) -> None:
    written = WAYS[way](name)
    assert alike(written, name)
    assert [one.name for one in mentions(f"Wir danken ({written})!", [name])] == [name]
    assert [one.name for one in mentions(f"Wir danken {name}.", [written])] == [written]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Birk", "Birks Verwaltung"),
        ("Birk", "die Birker Verwaltung"),
        ("Kreis Birk", "die Verwaltung des Kreises Birk"),
        ("Musterkreis", "des Musterkreises"),
        ("Musterkreis", "im Musterkreise"),
        ("Märkischer Kreis", "des Märkischen Kreises"),
        ("Halle (Saale)", "in Halle"),
        ("Lkr. Birk", "in Birk-Nord"),
        ("Au", "in Au"),
        ("Au", "der Stadt Au"),
        ("A", "der Stadt A"),
    ],
)
def test_a_name_is_found_in_every_case(name: str, text: str) -> None:
    assert mentions(text, [name])


@pytest.mark.parametrize(
    ("name", "text"),
    [("Birk", "Birkenau und eine Birke"), ("Au", "au backe, das Auto"), ("A", "Stufe A"), (".*", "x"), ("", "x")],
)
def test_a_part_of_a_word_is_no_name(name: str, text: str) -> None:
    assert not mentions(text, [name])


@pytest.mark.parametrize(
    ("one", "other"), [("Münster", "Munster"), ("Bad Birk", "Birk"), ("Birk Nord", "Birk Süd"), ("Neue Stadt", "Neue")]
)
def test_other_names_are_other_names(one: str, other: str) -> None:
    assert not alike(one, other)


def test_the_longest_name_is_found_where_names_lie_in_one_another() -> None:
    text = "Kreis Birk Nord"
    found = mentions(text, ["Birk", "Birk Nord"])
    assert [(one.name, text[one.start : one.end]) for one in found] == [("Birk Nord", text)]


def test_what_is_called_by_its_name_keeps_the_ending_of_its_case() -> None:
    text = "des Mu\u0308ster\u00adkreises"
    (one,) = called(text, ["Müsterkreis"])
    assert text[one.stem : one.end] == "es"
    assert not called("Kreis Müster", ["Müster Kreis"])


@given(NAMES, NAMES, NAMES)
def test_being_the_same_is_an_equivalence(one: str, other: str, third: str) -> None:
    assert alike(one, one)
    assert alike(one, other) == alike(other, one) == (core(one) == core(other))
    assert not (alike(one, other) and alike(other, third)) or alike(one, third)


@given(st.text(max_size=20), st.text(max_size=40))
def test_any_sign_may_stand_in_names_and_texts(name: str, text: str) -> None:
    for found in (mentions(text, [name]), called(text, [name]), mentions(f"{text} {name}", [name, text])):
        ends = [0, *(place for one in found for place in (one.start, one.end))]
        assert ends == sorted(ends)
        assert all(one.start < one.stem <= one.end <= len(text) + 1 + len(name) for one in found)


def test_a_search_tells_umlauts_and_the_words_before_a_name() -> None:
    assert spelled("Mu\u0308nster-Süd") == "muenster sued"
    assert plain("Münster") == plain("Munster") == "munster"
    assert titled("LK Gifhorn") == ("county", "Gifhorn")
    assert titled("Hansestadt Münster") == ("city", "Münster")
    assert titled("Gifhorn") == (None, "Gifhorn")
