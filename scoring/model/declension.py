"""German nouns of a municipality's own in all their forms: plain rules, and fields to correct what no rule can know."""

from dataclasses import dataclass
from typing import Literal, get_args

from scoring.model.wording import Word, Wording

Gender = Literal["der", "die", "das"]
GENDERS: tuple[Gender, ...] = get_args(Gender)
LONGEST_NOUN = 80

GENITIVE_WITH_ES = ("s", "ß", "x", "z", "sch", "st")
PLURALS_THAT_TAKE_N = ("e", "el", "er")
STRONG_ENDING = {"der": "er", "die": "e", "das": "es"}
ARTICLES = ("der", "die", "das", "des", "dem", "den", "the")


@dataclass(frozen=True, slots=True)
class OwnNoun:
    """A noun a municipality uses and no list knows, as in a headline and without article: "Runder Tisch".

    `genitive` and `plural_dative` are needed only where the rules guess wrong; all without article.
    """

    singular: str
    gender: Gender
    plural: str
    genitive: str = ""
    plural_dative: str = ""
    english: str = ""
    english_plural: str = ""


def declined(noun: OwnNoun) -> Word:
    """The noun in all forms of a local word."""
    return Word(noun.singular, _german(noun), _english(noun))


def mistake_in(text: str) -> Wording | None:
    """What keeps a text from being a form of a noun."""
    if len(text) > LONGEST_NOUN:
        return Wording(
            f"ist {len(text)} Zeichen lang; höchstens {LONGEST_NOUN} sind möglich",
            f"is {len(text)} characters long; at most {LONGEST_NOUN} are possible",
        )
    if not text.isprintable():
        return Wording(
            "enthält Steuerzeichen oder andere unsichtbare Zeichen; bitte von Hand eintippen",
            "holds control characters or other invisible ones; please type it by hand",
        )
    if "{" in text or "}" in text:
        return Wording(
            "enthält geschweifte Klammern; bitte nur das Wort selbst angeben",
            "holds braces; please give the word alone",
        )
    if text.lower().startswith(tuple(f"{article} " for article in ARTICLES)):
        return Wording(
            "beginnt mit einem Artikel; bitte ohne Artikel angeben",
            "begins with an article; please give it without",
        )
    return None


def _german(noun: OwnNoun) -> dict[str, str]:
    genitive = noun.genitive or _genitive(noun)
    words, of_words = noun.singular.split(), genitive.split()
    if len(words) != len(of_words):
        words, of_words = [noun.singular], [genitive]
    forms = [_word(*pair, noun.gender) for pair in zip(words, of_words, strict=True)]
    nominative, dative, accusative = (" ".join(parts) for parts in zip(*forms, strict=True))
    weak = [nom != dat for nom, dat, _ in forms]
    plural_dative, plural_genitive = _plural_forms(noun.plural, weak)
    article = {
        "der": ("der", "des", "dem", "den"),
        "die": ("die", "der", "der", "die"),
        "das": ("das", "des", "dem", "das"),
    }
    nom, gen, dat, acc = article[noun.gender]
    return {
        "bare": noun.singular,
        "nom": f"{nom} {nominative}",
        "gen": f"{gen} {genitive}",
        "dat": f"{dat} {dative}",
        "acc": f"{acc} {accusative}",
        "pl": noun.plural,
        "pl-dat": noun.plural_dative or plural_dative,
        "pl-gen": f"der {plural_genitive}",
    }


def _genitive(noun: OwnNoun) -> str:
    """A guess: feminine nouns stay as they are, others take -es after a hissing sound and -s else.

    The first word takes the ending ("Teams Sozialplanung"), after adjectives in -er or -es in front ("Runden Tisches").
    A feminine adjective cannot be told from a noun ("Soziale Runde", "Stabsstelle Soziales"): that is for people to correct.
    """
    if noun.gender == "die":
        return noun.singular
    words = noun.singular.split()
    head = 0
    while head + 1 < len(words) and words[head].endswith(STRONG_ENDING[noun.gender]) and words[head + 1][0].isupper():
        words[head] = words[head].removesuffix(STRONG_ENDING[noun.gender]) + "en"
        head += 1
    words[head] += _genitive_ending(words[head])
    return " ".join(words)


def _genitive_ending(word: str) -> str:
    if word[-1].isupper():
        return ""  # an abbreviation: des ASD
    if word.endswith("nis"):
        return "ses"
    return "es" if word.endswith(GENITIVE_WITH_ES) else "s"


def _word(word: str, genitive: str, gender: Gender) -> tuple[str, str, str]:
    """Nominative, dative and accusative of one word after the definite article, told by its genitive.

    An adjective ends in -en there ("Runder", "Runden": der Runde, dem Runden); so does a weak noun ("Beauftragte",
    "Beauftragten"). All other words stay as they are.
    """
    strong = STRONG_ENDING[gender]
    stem = word.removesuffix(strong)
    if stem != word and genitive == f"{stem}en":
        return f"{stem}e", genitive, genitive if gender == "der" else f"{stem}e"
    if genitive in (f"{word}n", f"{word}en"):
        return word, genitive, genitive if gender == "der" else word
    return word, word, word


def _plural_forms(plural: str, weak: list[bool]) -> tuple[str, str]:
    """Dative without and genitive after the article: adjectives take -n in both, the noun only in the dative."""
    words = plural.split()
    if len(words) != len(weak):
        weak = [False] * len(words)
    head = [*weak, False].index(False)
    genitive = [
        f"{word}n" if is_weak and word.endswith("e") else word for word, is_weak in zip(words, weak, strict=True)
    ]
    dative = list(genitive)
    if head < len(words) and words[head][0].isupper() and words[head].endswith(PLURALS_THAT_TAKE_N):
        dative[head] += "n"
    return " ".join(dative), " ".join(genitive)


def _english(noun: OwnNoun) -> dict[str, str]:
    """The English word, or the German one with English articles."""
    singular = noun.english or noun.singular
    plural = noun.english_plural or (_english_plural(noun.english) if noun.english else noun.plural)
    return {
        "bare": singular,
        "nom": f"the {singular}",
        "gen": f"of the {singular}",
        "dat": f"the {singular}",
        "acc": f"the {singular}",
        "pl": plural,
        "pl-dat": plural,
        "pl-gen": f"of the {plural}",
    }


def _english_plural(word: str) -> str:
    """A guess: -ies after a consonant and y, -es after a hissing sound, -s else."""
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"
