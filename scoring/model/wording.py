"""Texts in both languages, and the words a municipality uses for its own bodies and spaces."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")

FORMS = ("bare", "nom", "gen", "dat", "acc", "pl", "pl-dat", "pl-gen")
"""Grammatical forms of a local word; their meaning stands in docs/questionnaire-format.md."""

PLACEHOLDER = re.compile(r"\{([A-Za-z_]+):([a-z-]+)\}")
_CONTRACTED = re.compile(r"\b(?:([Ii])n|([Aa])n|([Vv])on|([Zz])u|([Bb])ei) dem $|\b([Zz])u der $")
_SHORT = ("m", "m", "om", "um", "eim", "ur")


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in German (the original) and English."""

    de: str
    en: str

    def text(self, language: Language) -> str:
        """The text in one language; placeholders of local words are still in it."""
        return self.de if language == "de" else self.en


@dataclass(frozen=True, slots=True)
class Word:
    """A word in all its grammatical forms, for instance "Kreistag"; `kinds` names the municipalities it suits."""

    id: str
    de: Mapping[str, str]
    en: Mapping[str, str]
    kinds: tuple[str, ...] = ()

    def form(self, name: str, language: Language) -> str:
        """The word in one grammatical form."""
        return (self.de if language == "de" else self.en)[name]


@dataclass(frozen=True, slots=True)
class Term:
    """Something every municipality has under a name of its own; the first word is the neutral one."""

    id: str
    name: Wording
    words: tuple[Word, ...]

    def word_for(self, kind: str | None) -> Word:
        """The usual word in a municipality of this kind, or the neutral one."""
        return next((word for word in self.words if kind in word.kinds), self.words[0])


@dataclass(frozen=True, slots=True)
class LocalWords:
    """The words one municipality uses, by term."""

    words: Mapping[str, Word] = field(default_factory=dict)

    def fill(self, wording: Wording, language: Language) -> str:
        """The text with every placeholder replaced; a capital first letter in its name begins a sentence."""

        filled, end, text = "", 0, wording.text(language)
        for match in PLACEHOLDER.finditer(text):
            name, form = match.groups()
            word = self.words[name.lower()].form(form, language)
            filled += text[end : match.start()]
            end = match.end()
            word = _capital(word) if name[0].isupper() else word
            filled = _joined(filled, word) if form == "dat" else filled + word
        return filled + text[end:]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _joined(before: str, word: str) -> str:
    """A preposition and the German article after it in one word: „im Kreistag“, „zur Lenkungsgruppe“."""
    article, gap, noun = word.partition(" ")
    joined = before + article + gap
    found = _CONTRACTED.search(joined)
    if found is None or not before.endswith(" "):
        return before + word
    place = next(at for at, letter in enumerate(found.groups()) if letter)
    return f"{joined[: found.start()]}{found.groups()[place]}{_SHORT[place]} {noun}"
