"""Strict reading of YAML and JSON: plain data with its lines, or what is wrong and where."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scoring.plain.problems import Place
from selfcheck.reading.files import (
    ANSWER_FILE_LIMIT,
    DEEPEST,
    Document,
    FileProblem,
    UnusableFile,
    plain,
    read_bytes,
    read_file,
)
from tests.drawn import examples


def read(text: str, name: str = "answers.yaml") -> Any:
    return read_bytes(text.encode(), name).data


def mistake(raw: bytes | str, name: str = "answers.yaml") -> FileProblem:
    """The one problem of a file."""
    with pytest.raises(UnusableFile) as caught:
        read_bytes(raw.encode() if isinstance(raw, str) else raw, name)
    (problem,) = caught.value.problems
    assert problem.file == name
    assert problem.message.de != problem.message.en
    return problem


def outcome(raw: bytes, name: str) -> Document | UnusableFile:
    """What comes of the bytes; any other exception is a crash."""
    try:
        return read_bytes(raw, name)
    except UnusableFile as error:
        return error


# ------------------------------------------------------------------------------------------------------- values
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("Off", "Off"),
        ("true", True),
        ("false", False),
        ("True", "True"),
        ("null", None),
        ("~", None),
        ("", None),
        ("3", 3),
        ("-3", -3),
        ("+3", 3),
        ("2.5", 2.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("2026-01-01", "2026-01-01"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("1" * 30, "1" * 30),
        ('"3"', "3"),
        ("'true'", "true"),
        ('""', ""),
        ("<<", "<<"),
    ],
)
def test_a_value_is_what_yaml_1_2_says_so_yes_and_dates_are_texts(written: str, value: Any) -> None:
    found = read(f"key: {written}\n")["key"]
    assert found == value
    assert type(found) is type(value)


def test_a_key_is_a_text_or_a_whole_number() -> None:
    assert read("1: a\nyes: b\n'2': c\n") == {1: "a", "yes": "b", "2": "c"}


@pytest.mark.parametrize("key", ["1.10", "007", "1e3", "true"])
def test_a_key_that_looks_like_another_value_keeps_its_spelling(key: str) -> None:
    """An item called 1.10 is not the item 1.1."""
    assert list(read(f"{key}: 3\n")) == [key]


@pytest.mark.parametrize("empty", ["", "\n\n", "# nothing but a comment\n", "---\n"])
def test_an_empty_yaml_file_holds_nothing(empty: str) -> None:
    assert read(empty) is None


def test_an_empty_json_file_is_no_json() -> None:
    assert "is no valid JSON" in mistake("", "answers.json").message.en


SIMPLE = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcdefgh ", max_size=5), inner, max_size=3),
    max_leaves=10,
)


@examples(60)
@given(SIMPLE)
def test_json_is_read_as_the_same_data_under_both_endings(data: Any) -> None:
    text = json.dumps(data, indent=1)
    assert read(text, "answers.json") == data
    assert read(text, "answers.yaml") == data


# -------------------------------------------------------------------------------------------------------- lines
YAML = """\
# a comment
questionnaire: example

answers:
  P1.1: 3
  P1.2:
    stage: 4
    remark: >-
      two
      lines
  list: [1,
    2, {a: b}]
"""
YAML_LINES = {
    (): 2,
    ("questionnaire",): 2,
    ("answers",): 5,
    ("answers", "P1.1"): 5,
    ("answers", "P1.2"): 7,
    ("answers", "P1.2", "stage"): 7,
    ("answers", "P1.2", "remark"): 8,
    ("answers", "list"): 11,
    ("answers", "list", 0): 11,
    ("answers", "list", 1): 12,
    ("answers", "list", 2, "a"): 12,
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_value_of_a_yaml_file_has_the_line_on_which_it_begins(line_end: str) -> None:
    document = read_bytes(YAML.replace("\n", line_end).encode(), "answers.yaml")
    assert {place: document.lines[place] for place in YAML_LINES} == YAML_LINES


@pytest.mark.parametrize("indent", [2, "\t"])
def test_every_value_of_a_json_file_has_the_line_on_which_it_begins(indent: Any) -> None:
    data = {
        "questionnaire": "example",
        "answers": {"P1.1": 3, "P1.2": {"stage": 4, "remark": "a\tb"}, "list": [1, "ü"]},
    }
    text = json.dumps(data, indent=indent, ensure_ascii=False)
    document = read_bytes(text.encode(), "answers.json")
    assert document.data == data
    expected: dict[Place, str] = {
        ("questionnaire",): '"questionnaire": "example"',
        ("answers", "P1.1"): '"P1.1": 3',
        ("answers", "P1.2", "remark"): '"remark": "a\\tb"',
        ("answers", "list", 1): '"ü"',
    }
    for place, written in expected.items():
        line = document.line(place)
        assert line is not None
        assert text.splitlines()[line - 1].strip().rstrip(",") == written


def test_a_place_without_a_line_has_the_line_of_what_is_around_it() -> None:
    document = read_bytes(b"a:\n  b: 1\n", "x.yaml")
    assert document.line(("a", "b", "c", 0)) == 2
    assert document.line(("missing",)) == 1
    assert Document("x", None).line(("a",)) is None


# ------------------------------------------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, '"a" occurs twice; please delete one of the two entries'),
        ("x:\n  - {a: 1, a: 2}\n", 2, '"a" occurs twice'),
        ("a: &name 1\nb: *name\n", 1, "anchors, aliases and tags"),
        ("b: *name\n", 1, "anchors, aliases and tags"),
        ("a: 1\nb: &all {c: 1}\n", 2, "anchors, aliases and tags"),
        ("a: !!str 3\n", 1, "anchors, aliases and tags"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "anchors, aliases and tags"),
        ("a: ! 3\n", 1, "anchors, aliases and tags"),
        ("a: 1\n---\nb: 2\n", 2, "holds more than one document (---)"),
        ("a: 1\n...\n---\n", 3, "holds more than one document (---)"),
        ("? [a]\n: 1\n", 1, "a key must be a word or a number"),
        ("? {a: 1}\n: 1\n", 1, "a key must be a word or a number"),
        ("a: 1\nb: [1, 2\n", 3, "is no valid YAML"),
        ("a: 1\n b: 2\n", 2, "is no valid YAML"),
        ("a:\n\t- 1\n", 2, "is no valid YAML"),
        ("a: 'open\n", 2, "is no valid YAML"),
        ("a: \x00\n", None, "is no valid YAML"),
    ],
)
def test_what_yaml_may_not_hold_is_refused_with_its_line(text: str, line: int | None, message: str) -> None:
    problem = mistake(text)
    assert message in problem.message.en
    assert problem.line == line


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('{"a": 1,\n "a": 2}', None, '"a" occurs twice; please delete one of the two entries'),
        ('{"x": [{"a": 1, "a": 2}]}', None, '"a" occurs twice'),
        ('{"a": NaN}', None, '"NaN" is no allowed number'),
        ('{"a": [-Infinity]}', None, '"-Infinity" is no allowed number'),
        ('{"a": 1\n "b": 2}', 2, "is no valid JSON"),
        ("{'a': 1}", 1, "is no valid JSON"),
        ('{"a": 1}\n{"b": 2}', 2, "is no valid JSON"),
        ('{"a": 1} // why', 1, "is no valid JSON"),
    ],
)
def test_what_json_may_not_hold_is_refused(text: str, line: int | None, message: str) -> None:
    problem = mistake(text, "answers.json")
    assert message in problem.message.en
    assert problem.line == line


def test_a_number_with_thousands_of_digits_is_refused_or_kept_as_text_in_both_formats() -> None:
    digits = "1" * 5000
    assert read(f"a: {digits}") == {"a": digits}
    assert "number" in mistake(f'{{"a": {digits}}}', "answers.json").message.en


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


@pytest.mark.parametrize("name", ["answers.yaml", "answers.json"])
def test_data_may_be_nested_to_a_limited_depth_only(name: str) -> None:
    assert read(nested(DEEPEST), name)
    assert mistake(nested(DEEPEST + 1), name).message.en == "is nested deeper than allowed (20 levels)"


HOSTILE = {
    "open brackets": b"[" * 1_000_000,
    "open braces": b'{"a":' * 200_000,
    "dashes": b"- " * 500_000,
    "question marks": b"? " * 500_000,
    "a single word": b"a" * 1_000_000,
    "quotes": b'"' * 1_000_000,
    "digits": b"9" * 1_000_000,
    "spaces": b" " * 1_000_000,
    "colons": b":" * 1_000_000,
    "tabs": b"\t" * 1_000_000,
    "exclamation marks": b"!" * 1_000_000,
    "a laughing billion": b"a: &a [x, x]\n" + b"".join(b"b%d: &b%d [*a, *a]\n" % (n, n) for n in range(50_000)),
}


@pytest.mark.parametrize("name", ["answers.yaml", "answers.json"])
@pytest.mark.parametrize("content", HOSTILE)
def test_a_megabyte_of_nonsense_is_refused_or_is_a_plain_text(content: str, name: str) -> None:
    found = outcome(HOSTILE[content], name)
    if isinstance(found, UnusableFile):
        assert len(found.problems) == 1
        assert len(found.problems[0].message.en) < 400
    else:
        assert found.data is None or isinstance(found.data, str)


# -------------------------------------------------------------------------------------------------- bytes and files
@pytest.mark.parametrize("name", ["answers.yaml", "answers.json"])
def test_a_utf_8_mark_at_the_beginning_is_accepted(name: str) -> None:
    assert read_bytes(b'\xef\xbb\xbf{"a": "\xc3\xbc"}', name).data == {"a": "ü"}


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("a: 1\nb: Köln\n".encode("latin-1"), 2),
        ("a: 1\n".encode("utf-16"), 1),
        (b"a: 1\nb: 2\nc: \xff", 3),
    ],
)
def test_a_file_that_is_not_utf_8_is_refused_with_the_line_and_what_to_do(raw: bytes, line: int) -> None:
    problem = mistake(raw)
    assert problem.line == line
    assert "not saved as UTF-8" in problem.message.en
    assert "UTF-8" in problem.message.de


def test_a_file_is_read_by_its_ending(tmp_path: Path) -> None:
    for name in ("a.json", "a.JSON", "a.yaml", "a.yml", "a.txt"):
        (tmp_path / name).write_text('{"a": 1}', encoding="utf-8")
        assert read_file(tmp_path / name).data == {"a": 1}
    (tmp_path / "b.json").write_text("a: 1", encoding="utf-8")
    with pytest.raises(UnusableFile, match="is no valid JSON"):
        read_file(tmp_path / "b.json")


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_bytes(b"#" * 101)
    assert read_file(file, limit=101).data is None
    with pytest.raises(UnusableFile, match="101 bytes; at most 100 are allowed"):
        read_file(file, limit=100)
    assert ANSWER_FILE_LIMIT == 2_000_000


def test_a_file_that_is_not_there_or_is_a_folder_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.yaml", tmp_path):
        with pytest.raises(UnusableFile) as caught:
            read_file(path)
        assert caught.value.problems[0].file == str(path)


@examples(200)
@given(st.binary(max_size=60) | st.text("{}[]:,-?&*!|>'\"%@`# \n\tab1.\\", max_size=40).map(str.encode))
def test_whatever_the_bytes_are_there_is_data_or_an_unusable_file(raw: bytes) -> None:
    for name in ("x.yaml", "x.json"):
        found = outcome(raw, name)
        assert isinstance(found, Document) or found.problems


@examples(200)
@given(st.text("0123456789+-.eE_nulltruefasyo~", max_size=8))
def test_an_unquoted_value_is_read_as_itself_or_as_what_json_says(text: str) -> None:
    value = plain(text)
    if isinstance(value, str):
        assert value == text
    elif isinstance(value, bool) or value is None:
        assert text in ("", "~", "null", "true", "false")
    else:
        assert float(text) == value


def test_the_reader_agrees_with_a_full_yaml_reader_on_ordinary_files() -> None:
    assert read(YAML) == yaml.safe_load(YAML)
