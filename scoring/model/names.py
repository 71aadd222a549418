"""Names of municipalities: when two are the same, and where one stands in a text, however people write it.

Capital letters, accents in one piece or two, ä or ae, ß or ss, any blank or hyphen, and signs that nobody sees make no
difference to a name; neither do the words before it (*Landkreis, Stadt, Gemeinde …*) and its declension. "Landkreis Birk" and
"Stadt Birk" count as the same on purpose: whoever must not be named is not named by half of the name either.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from scoring.model.texts import INVISIBLE, JOINERS

Kind = Literal["county", "city", "municipality"]

_TITLES: dict[Kind, str] = {
    "county": "(?:land)?kreis(?:es|e)?|lkr?|kr|(?:staedte)?region|(?:district|county)(?: of)?",
    "city": "(?:hanse|landeshaupt|haupt|bundes|kreis|universitaets|berg|luther)?stadt|(?:city|town)(?: of)?",
    "municipality": "(?:samt|verbands|einheits|markt|orts)?gemeinde|markt|amt|flecken|municipality of",
}
"""What people put before a name and other people leave out, as it is compared."""
_TITLE = "|".join(_TITLES.values())
_BEFORE = "kreisfreie[nr]?|grosse[nr]?|freie[nr]?|universitaets|und"
_ARTICLE = "der|die|das|des|dem|den"
_OPENS, _CLOSES = r"(?<![^\W_])", r"(?![^\W_])"
"""Where a word begins and ends."""


def _lead(title: str) -> str:
    return rf"(?:(?:{_BEFORE}) +)*(?:{title})(?:\.? +(?:und +)?(?:{title}))*\.? +"


_FIRST = re.compile(rf"(?:(?:{_ARTICLE}) +)?{_lead(_TITLE)}(?=[^\W_])")
_LAST = re.compile(rf" *[,(/] *(?:(?:{_BEFORE}) +)*(?:{_TITLE})[ .)]*$|(?<!e)(?<!e[rn]) +(?:{_TITLE})\.?$")
_GENITIVE = "['’]?e?s|['’]"
_BETWEEN = r"[ .,/'’()]{0,3}"
SHORTEST = 3
"""A shorter name is found only if it is written with its capital letter, or after a title."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a name stands in a text; `stem` is where its ending begins, which is that of a case."""

    name: str
    start: int
    stem: int
    end: int

    def within(self, other: "Mention") -> bool:
        """Whether it is part of another one."""
        return other.start <= self.start and self.end <= other.end


# ------------------------------------------------------------------------------------------------- the same name
def spelled(name: str) -> str:
    """A name as it is compared, with umlauts as two letters: "Münster" and "Muenster" are the same."""
    return " ".join(_folded(unicodedata.normalize("NFC", name))[0].split())


def plain(name: str) -> str:
    """A name as it is searched, without dots and accents: "Münster" and "Munster" are the same."""
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFC", name))
    return spelled("".join(letter for letter in parts if not unicodedata.combining(letter)))


def core(name: str) -> str:
    """What is left of a municipality's name without its titles and blanks; the same for every way to write it."""
    folded = _without_titles(spelled(name))[0]
    return "".join(_words(re.sub(r"kreise?s?\b", "kreis", folded))) or spelled(name)


def alike(one: str, other: str) -> bool:
    """Whether two names may mean one municipality."""
    return core(one) == core(other)


def titled(text: str) -> tuple[Kind | None, str]:
    """The kind of territory that the words before a name say, and the name without them."""
    folded, places = _folded(text)
    found = _FIRST.match(folded)
    return (_kind(found[0]), text[places[found.end()] :]) if found else (None, text)


def _without_titles(folded: str) -> tuple[str, Kind | None]:
    found = _FIRST.match(folded)
    rest = folded[found.end() :] if found else folded
    shorter = _LAST.sub("", rest)
    kind = _kind(found[0]) if found else _kind(rest[len(shorter) :])
    return (shorter, kind) if _words(shorter) else (rest, kind)


def _kind(lead: str) -> Kind | None:
    for word in reversed(_words(lead)):
        for kind, title in _TITLES.items():
            if re.fullmatch(title, word):
                return kind
    return None


def _words(folded: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded)


def _folded(text: str) -> tuple[str, list[int]]:
    """A text as it is compared, and where each of its characters begins in the text; one place more for the end."""
    begins = [at for at, character in enumerate(text) if not _clings(character)]
    letters = [_letter(text[at:end]) for at, end in pairwise([*begins, len(text)])]
    places = [at for at, letter in zip(begins, letters, strict=True) for _ in letter]
    return "".join(letters), [*places, len(text)]


@lru_cache(maxsize=4096)
def _clings(character: str) -> bool:
    return bool(unicodedata.combining(character) or INVISIBLE.match(character) or JOINERS.match(character))


@lru_cache(maxsize=4096)
def _letter(cluster: str) -> str:
    """One letter with its accents as it is compared; a blank for whatever parts words."""
    seen = unicodedata.normalize("NFKC", JOINERS.sub("", INVISIBLE.sub("", cluster))).casefold()
    for umlaut, two in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        seen = seen.replace(umlaut, two)
    bare = "".join(one for one in unicodedata.normalize("NFD", seen) if not unicodedata.combining(one))
    return "".join(" " if one.isspace() or unicodedata.category(one) == "Pd" else one for one in bare)


# -------------------------------------------------------------------------------------------------- names in texts
def mentions(text: str, names: Iterable[str]) -> list[Mention]:
    """Every place where one of these names stands in a text, however it is written there; the longest, the first first."""
    return _apart(text, ((name, _any_way(name)) for name in names))


def called(text: str, names: Iterable[str]) -> list[Mention]:
    """Every place where one of these names stands as it is, title and all; only its spelling and its case may differ."""
    return _apart(text, ((name, _as_it_is(name)) for name in names))


def _apart(text: str, wanted: Iterable[tuple[str, re.Pattern[str] | None]]) -> list[Mention]:
    folded, places = _folded(text)
    found = [one for name, pattern in wanted if pattern for one in _found(folded, places, text, name, pattern)]
    kept: list[Mention] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _found(folded: str, places: list[int], text: str, name: str, pattern: re.Pattern[str]) -> Iterator[Mention]:
    for match in pattern.finditer(folded):
        start, stem, end = (places[at] for at in (match.start(), match.end("name"), match.end()))
        has_title = match.start("name") > match.start()
        if (
            has_title
            or len(_words(match["name"])) > 1
            or len(match["name"]) >= SHORTEST
            or _is_short_name(text[start:])
        ):
            yield Mention(name, start, stem, end)


def _is_short_name(rest: str) -> bool:
    """Two letters, the first one a capital: "Au" is a place, "au" is none, and a single letter is no name."""
    return rest[:1].isupper() and len(_words(rest[:2])) == 1 and len(_words(rest[:2])[0]) == 2


@lru_cache(maxsize=1024)
def _any_way(name: str) -> re.Pattern[str] | None:
    """A name with or without titles of its kind, in every case, also as in "Birker Verwaltung"."""
    bare, kind = _without_titles(spelled(name))
    main, *further = re.split(r"[,(/]", bare, maxsplit=1)
    words, rest = _words(main), _words("".join(further))
    if not words:
        words, rest = rest, []
    if not words:
        return None
    title = _TITLES[kind] if kind else _TITLE
    name_here = _declined(words) + (f"(?:{_BETWEEN}{_BETWEEN.join(rest)})?" if rest else "")
    case = f"(?:{_GENITIVE}|er[ns]?{'|e' if words[-1].endswith('kreis') else ''})?"
    after = rf"(?: *[,(] *(?:{title})\)?| +(?:{title}))?"
    return re.compile(rf"{_OPENS}(?:{_lead(title)})?(?P<name>{name_here}){case}{after}{_CLOSES}")


@lru_cache(maxsize=1024)
def _as_it_is(name: str) -> re.Pattern[str] | None:
    words = _words(spelled(name))
    closing = r"\)?" if spelled(name).endswith(")") else ""
    return re.compile(rf"{_OPENS}(?P<name>{_declined(words)}{closing})(?:{_GENITIVE})?{_CLOSES}") if words else None


def _declined(words: list[str]) -> str:
    """The words of a name, whatever stands between them, those before the last one with any ending of an adjective."""
    adjective = re.compile(r"([^\W_]{3,})e[rnsm]?")
    parts = [re.escape(word) for word in words]
    for at, word in enumerate(words[:-1]):
        found = adjective.fullmatch(word)
        parts[at] = f"{re.escape(found[1])}e[rnsm]?" if found else f"{parts[at]}s?"
    return _BETWEEN.join(parts)
