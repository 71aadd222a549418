"""Local words in answer files: the id of a word of the list, or a noun of the municipality's own."""

from collections.abc import Mapping
from typing import Any, cast

from scoring.model import texts
from scoring.model.answers import ChosenWord
from scoring.model.declension import GENDERS, OwnNoun, mistake_in
from scoring.model.wording import Term
from scoring.plain.reading import Node

REQUIRED = ("singular", "gender", "plural")
OPTIONAL = ("genitive", "plural-dative", "english", "english-plural")


def read_word(node: Node, term: Term) -> ChosenWord:
    """The word chosen for a term."""
    if isinstance(node.value, Mapping):
        return _own_noun(node)
    ids = [word.id for word in term.words]
    if node.value not in ids:
        listed, own = ", ".join(ids), "{singular: Amtsrunde, gender: die, plural: Amtsrunden}"
        node.expected(
            f"eins von: {listed}; oder ein eigenes Wort wie {own}", f"one of: {listed}; or an own word like {own}"
        )
        return ids[0]
    return cast("str", node.value)


def _own_noun(node: Node) -> OwnNoun:
    entries = node.fields(REQUIRED, OPTIONAL)
    noun = OwnNoun(
        _form(entries["singular"]),
        entries["gender"].one_of(GENDERS),
        _form(entries["plural"]),
        _form_if_given(entries.get("genitive")),
        _form_if_given(entries.get("plural-dative")),
        _form_if_given(entries.get("english")),
        _form_if_given(entries.get("english-plural")),
    )
    if noun.english_plural and not noun.english:
        entries["english-plural"].problem(
            "steht ohne „english“ da; bitte auch die Einzahl angeben",
            'stands here without "english"; please give the singular as well',
        )
    return noun


def _form_if_given(node: Node | None) -> str:
    return "" if node is None or node.value is None else _form(node)


def _form(node: Node) -> str:
    text = texts.visible(node.text()).strip()
    if mistake := mistake_in(text):
        node.problem(mistake.de, mistake.en)
    return text


def write_word(word: ChosenWord) -> Any:
    """The plain data of a chosen word; reading it again gives the same."""
    if isinstance(word, str):
        return word
    corrections = (word.genitive, word.plural_dative, word.english, word.english_plural)
    given = {key: text for key, text in zip(OPTIONAL, corrections, strict=True) if text}
    return {"singular": word.singular, "gender": word.gender, "plural": word.plural} | given
