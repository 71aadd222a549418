"""The interface speaks German throughout: every text of the code has a translation, and the catalogue holds nothing else."""

import ast
import gettext
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from selfcheck.ground import resources
from selfcheck.ground.i18n import translator

ROOT = Path(__file__).parents[2]
GERMAN = resources.translations() / "de" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{\w*\}")
MARKS = re.compile(r"[●○▲·]|^[?–](?= )")


def extracted() -> Iterator[str]:
    """What `pybabel extract` finds with the mappings of the project."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    options = {
        entry["pattern"]: {key: entry[key] for key in entry.keys() - {"pattern", "method"}} for entry in mappings
    }
    methods = [(entry["pattern"], entry["method"]) for entry in mappings]
    for _, _, message, _, _ in extract_from_dir(ROOT, methods, options, KEYWORDS):
        yield from (message,) if isinstance(message, str) else message[:1]


def inside_f_strings() -> Iterator[str]:
    """Texts that the extractor does not see before Python 3.12, because they stand in an f-string."""
    for file in sorted((ROOT / "selfcheck").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.JoinedStr):
                yield from (text for inner in ast.walk(node) if (text := translated_in(inner)))


def translated_in(node: ast.AST) -> str:
    match node:
        case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(text)), *_]) if name in KEYWORDS:
            return text
    return ""


@cache
def texts_of_the_code() -> frozenset[str]:
    return frozenset((*extracted(), *inside_f_strings()))


@cache
def german() -> Catalog:
    with GERMAN.open("rb") as file:
        return read_po(file, locale="de", abort_invalid=True)


def entries() -> list[Message]:
    """The catalogue without its header."""
    return [message for message in german() if message.id]


def wordings(text: object) -> tuple[str, ...]:
    """One wording, or singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text) if isinstance(text, list | tuple) else ()


def key(message: Message) -> str:
    return wordings(message.id)[0]


def test_the_texts_are_found_in_code_templates_and_f_strings() -> None:
    assert {"Recommendation report", "Skip to the content", "I cannot judge this", "Works when"} <= texts_of_the_code()
    assert list(filter(None, map(translated_in, ast.walk(ast.parse("f'[b]{_(\"Why\")}[/b]'"))))) == ["Why"]


def test_every_text_of_the_code_has_a_german_translation() -> None:
    translated = {key(message) for message in entries() if all(wordings(message.string))}
    assert sorted(texts_of_the_code() - translated) == []


def test_nothing_obsolete_is_kept() -> None:
    assert sorted({key(message) for message in entries()} - texts_of_the_code()) == []
    assert list(german().obsolete) == []


def test_no_translation_is_fuzzy() -> None:
    assert [key(message) for message in entries() if message.fuzzy] == []


def test_placeholders_agree_in_name_and_number() -> None:
    def placeholders(text: str) -> Counter[str]:
        return Counter(PLACEHOLDER.findall(text))

    for message in entries():
        wanted = [placeholders(text) for text in wordings(message.id)]
        assert all(placeholders(text) in wanted for text in wordings(message.string)), key(message)


def test_marks_that_tell_in_grey_stay_where_they_are() -> None:
    for message in entries():
        wanted = MARKS.findall(wordings(message.id)[0])
        assert all(MARKS.findall(text) == wanted for text in wordings(message.string)), key(message)


@pytest.mark.parametrize("wrong", ['"', "'", "...", " - ", "“„", "”", "  ", "*in", ":in", "/-in"])
def test_the_german_is_set_as_german_is_set(wrong: str) -> None:
    assert [text for message in entries() for text in wordings(message.string) if wrong in text] == []


@pytest.mark.parametrize("word", ["Score", "Assessment", "Level", "Dimension", "Ranking", "Item"])
def test_the_german_keeps_to_the_words_of_the_glossary(word: str) -> None:
    found = re.compile(rf"\b{word}s?\b")
    assert [text for message in entries() for text in wordings(message.string) if found.search(text)] == []


def test_the_catalogue_names_no_person_no_date_and_no_place_in_the_code() -> None:
    text = GERMAN.read_text(encoding="utf-8")
    header = re.findall(r'^"([\w-]+): ', text.partition("\n\n")[0], re.MULTILINE)
    assert set(header) <= {
        "Project-Id-Version",
        "Language",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Plural-Forms",
    }
    assert re.findall(r"^#(?!, ).*", text, re.MULTILINE) == []


def test_the_compiled_catalogue_says_what_its_text_says() -> None:
    """A difference means that it was compiled from an older text: `make catalogues`."""
    compiled = BytesIO()
    write_mo(compiled, german())
    compiled.seek(0)
    fresh, used = gettext.GNUTranslations(compiled).gettext, translator("de")
    assert [text for text in sorted(texts_of_the_code()) if used(text) != fresh(text)] == []


def test_the_interface_uses_the_catalogue_in_german_and_the_code_in_english() -> None:
    assert translator("de")("Next steps in order") == "Die nächsten Schritte der Reihe nach"
    assert translator("de")("settled") == "sicher"
    assert translator("en")("settled") == "settled"
