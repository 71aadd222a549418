"""Text as people mean it: line ends, letters, unseen signs; the same in forms and files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model import texts
from scoring.plain.reading import LONGEST_TEXT, Node

ANY = st.text(st.characters(codec=None, categories=None), max_size=60) | st.text(
    "ab \u00e4\u0308\u00ad\u200b\u200d\ufeff\u2028\x0b\r\n\t\u00a0\x00", max_size=30
)
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"


@given(ANY)
def test_what_is_meant_once_stays_as_it_is(text: str) -> None:
    for read in (texts.paragraphs, texts.line, texts.code, texts.composed, texts.visible):
        once = read(text)
        assert read(once) == once, read


@given(ANY)
def test_a_text_is_as_long_as_it_is_counted(text: str) -> None:
    """Whoever counts the text as it is kept counts what is kept: nothing that comes later makes it longer."""
    kept = texts.paragraphs(text)
    assert Node(kept).writing(len(kept)) == kept if kept else True
    assert len(texts.line(text)) <= len(kept)


@given(ANY)
def test_a_line_is_one_line(text: str) -> None:
    line = texts.line(text)
    assert "\n" not in line
    assert line == " ".join(line.split())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_line_ends_alike_whichever_program_it_comes_from(end: str) -> None:
    assert texts.paragraphs(f"eins{end}zwei") == "eins\nzwei"
    assert texts.line(f"eins{end}zwei") == "eins zwei"
    assert Node(f"eins{end}zwei").text() == "eins\nzwei"


def test_letters_are_in_one_piece_also_where_something_unseen_parted_them() -> None:
    assert texts.paragraphs("Mu\u0308nster") == texts.line("Mu\u00ad\u0308nster") == "Münster"


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u2060", "\ufeff", "\u200e", "\u200f", "\u202e", "\u2066"])
def test_signs_that_nobody_sees_leave_names_and_codes(sign: str) -> None:
    assert texts.line(f"{sign}Bi{sign}rk{sign}") == "Birk"
    assert texts.code(f"AB{sign} cd") == "ABcd"


def test_texts_and_names_keep_what_scripts_and_emoji_need() -> None:
    for said in (FAMILY, PERSIAN, "\u2764\ufe0f"):
        assert texts.paragraphs(said) == texts.line(said) == said


def test_nothing_but_unseen_signs_is_no_text() -> None:
    assert texts.paragraphs("\u200b \u00ad\n\ufeff") == texts.line("\u200b \u00ad\n\ufeff") == ""
    node = Node("\u200b")
    node.line()
    assert [problem.message.en for problem in node.problems] == [
        '"\u200b" does not fit; expected is a text that can be seen'
    ]


def test_a_file_may_hold_as_long_a_text_as_a_page() -> None:
    fits = ("x" * 25 + "\r\n") * 192 + "x" * 8
    assert len(texts.paragraphs(fits)) == LONGEST_TEXT
    node = Node(fits)
    node.writing()
    Node(fits + "x", problems=node.problems).writing()
    assert [problem.message.en for problem in node.problems] == ["is 5001 characters long; at most 5000 are possible"]


@pytest.mark.parametrize(
    ("text", "empty"), [("", True), (" \n", True), ("\xad\u200b", True), ("\x00", False), ("a", False)]
)
def test_nothing_to_see_is_empty_but_control_characters_are_not(text: str, empty: bool) -> None:
    assert texts.is_empty(text) is empty
