"""Vignettes: documented examples told without a name, for people to rate before they know which one it is.

There is no right stage of a vignette. It shows how differently, and how strictly, the same facts are read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scoring.model.origin import Origin
from scoring.model.practices import Practice
from scoring.model.questionnaire import Questionnaire
from scoring.model.wording import LANGUAGES, Wording
from scoring.plain.problems import Place, Problem, Problems, problem
from scoring.plain.questionnaire import read_origin
from scoring.plain.reading import Node, shown

LONGEST = 600
"""Characters of a text that people in a room can still read at once."""
FEWEST_SENTENCES, MOST_SENTENCES = 2, 4
COMMON = frozenset({"Kreis", "Landkreis", "Stadt"})
"""Parts of municipalities' names that tell nobody which one it is."""
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SENTENCE_END = re.compile(r"[.!?](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Vignette:
    """A documented example about one item, told without a name; which one it is may be said after the reveal."""

    id: str
    item: str
    text: Wording
    practice: str
    origin: Origin


def parse_vignettes(data: Any, questionnaire: Questionnaire) -> tuple[Vignette, ...]:
    """The vignettes of a file for this questionnaire. Raises Invalid with every problem and its place."""
    node = Node(data)
    vignettes = node.each(_vignette)
    if not node.problems:
        node.problems.extend(_problems(vignettes, questionnaire))
    node.raise_problems()
    return vignettes


def _vignette(node: Node) -> Vignette:
    entries = node.fields(("id", "item", "text", "practice", "origin"))
    if (id := entries["id"].text()) and not ID.fullmatch(id):
        entries["id"].expected("Kleinbuchstaben, Ziffern und Bindestriche", "small letters, digits and hyphens")
    return Vignette(
        id,
        entries["item"].text(),
        entries["text"].wording(),
        entries["practice"].text(),
        read_origin(entries["origin"]),
    )


def _problems(vignettes: Sequence[Vignette], q: Questionnaire) -> Problems:
    """What no single value can show."""
    practices = {practice.id: practice for practice in q.practices}
    for index, one in enumerate(vignettes):
        if one.id in {before.id for before in vignettes[:index]}:
            yield problem((index, "id"), f"„{shown(one.id)}“ steht zweimal da", f'"{shown(one.id)}" occurs twice')
        practice = practices.get(one.practice)
        if one.item not in q.items:
            yield _unknown((index, "item"), "Das Merkmal", "item", one.item)
        if practice is None:
            yield _unknown((index, "practice"), "Das Beispiel", "practice", one.practice)
            continue
        if one.item not in {documented.item for documented in practice.items}:
            de = f"das Beispiel {practice.id} sagt nichts über {shown(one.item)}"
            yield problem((index, "item"), de, f"the practice {practice.id} does not bear on {shown(one.item)}")
        yield from _origin((index, "origin"), one.origin, practice)
        for language in LANGUAGES:
            yield from _text((index, "text", language), one.text.text(language), q)


def _origin(place: Place, origin: Origin, practice: Practice) -> Problems:
    documented = {line for fact in practice.facts for line in fact.lines}
    documented |= {line for item in practice.items for line in item.lines}
    if origin.kind == "beyond":
        de, en = "erzählt, was die Quelle sagt: source oder derived", "tells what the source says: source or derived"
        yield problem((*place, "kind"), de, en)
    for line in sorted(set(origin.lines) - documented):
        de = f"Zeile {line} gehört nicht zum Beispiel {practice.id}"
        yield problem((*place, "lines"), de, f"line {line} does not belong to the practice {practice.id}")


def _text(place: Place, text: str, q: Questionnaire) -> Problems:
    """Short, and without the name of any municipality that is documented."""
    if len(text) > LONGEST:
        de = f"ist {len(text)} Zeichen lang; höchstens {LONGEST} lassen sich im Raum lesen"
        yield problem(place, de, f"is {len(text)} characters long; at most {LONGEST} can be read in a room")
    if not FEWEST_SENTENCES <= len(SENTENCE_END.findall(text)) <= MOST_SENTENCES:
        de = f"soll {FEWEST_SENTENCES} bis {MOST_SENTENCES} Sätze haben"
        yield problem(place, de, f"should have {FEWEST_SENTENCES} to {MOST_SENTENCES} sentences")
    if "{" in text:
        de, en = (
            "enthält ein eigenes Wort in Klammern; bitte ausschreiben",
            "holds a local word in braces; spell it out",
        )
        yield problem(place, de, en)
    for name in sorted({name for practice in q.practices for name in names_in(practice.municipality)}):
        if re.search(rf"\b{re.escape(name)}", text, re.IGNORECASE):
            yield problem(place, f"verrät mit „{name}“, wer gemeint ist", f'tells with "{name}" who is meant')


def names_in(municipality: str) -> frozenset[str]:
    """The parts of a municipality's name by which one could recognise it, without the ending of an adjective."""
    parts = re.split(r"[\s-]+", municipality)
    return frozenset(part.removesuffix("er") for part in parts if part and part not in COMMON)


def _unknown(place: Place, de: str, en: str, id: str) -> Problem:
    return problem(place, f"{de} „{shown(id)}“ gibt es nicht", f'there is no {en} "{shown(id)}"')
