"""A transfer agency's own examples → practices that fit the questionnaire, or every problem with its place.

The format of one example is that of `practices.yaml` with a `source` of its own (docs/own-examples.md).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scoring.model.origin import Reference
from scoring.model.practices import Added, OwnSource, Practice
from scoring.model.questionnaire import Questionnaire
from scoring.plain.checks import check_practices
from scoring.plain.problems import Invalid
from scoring.plain.questionnaire import read_practice, read_reference
from scoring.plain.reading import Node, shown
from scoring.plain.sheets import identity

MARK, FORMAT = "selfcheck-examples", 1
MOST_EXAMPLES = 100
YEARS = (1990, 2100)
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 64
RESERVED = "proposal-"
"""Ids of examples that municipalities propose themselves begin so."""


@dataclass(frozen=True, slots=True)
class OwnExamples:
    """The examples of one file and the publications they refer to; one added to a questionnaire changes no value."""

    practices: tuple[Practice, ...]
    references: tuple[Reference, ...]


def parse_examples(data: Any, questionnaire: Questionnaire, agency: str) -> OwnExamples:
    """The examples in a file for this questionnaire, marked as those of an agency. Raises Invalid with every problem."""
    node = Node(data)
    entries = node.fields((MARK, "questionnaire", "version", "practices"), ("references",))
    entries[MARK].one_of((FORMAT,))
    _is_for(node, questionnaire)
    _writings(node)
    listed = entries["practices"]
    if isinstance(listed.value, list) and not 0 < len(listed.value) <= MOST_EXAMPLES:
        de, en = f"1 bis {MOST_EXAMPLES} Beispiele sind möglich", f"1 to {MOST_EXAMPLES} examples are possible"
        listed.problem(f"{len(listed.value)} Beispiele; {de}", f"{len(listed.value)} examples; {en}")
    practices = listed.each(lambda one: _example(one, agency))
    references = entries["references"].each(read_reference) if "references" in entries else ()
    _are_free(entries, questionnaire, references)
    if not node.problems:
        whole = replace(questionnaire, practices=practices, references=(*questionnaire.references, *references))
        node.problems.extend(check_practices(whole))
    node.raise_problems()
    return OwnExamples(practices, references)


def _is_for(node: Node, questionnaire: Questionnaire) -> None:
    wanted = f"{questionnaire.id} {questionnaire.version}"
    try:
        given = shown(" ".join(identity(node.value)))
    except Invalid:
        return  # what is missing is noted already
    if given != wanted:
        de, en = (
            f"die Datei gehört zu „{given}“, nicht zu „{wanted}“",
            f'the file belongs to "{given}", not to "{wanted}"',
        )
        node.at("version", None).problem(de, en)


def _writings(node: Node) -> None:
    """Every text can be printed and is no longer than people write."""
    if isinstance(node.value, str):
        if node.value.strip():
            node.writing()
    elif isinstance(node.value, Mapping):
        for entry in node.entries().values():
            _writings(entry)
    elif isinstance(node.value, Sequence):
        for entry in node.sequence():
            _writings(entry)


def _example(node: Node, agency: str) -> Practice:
    source = _source(node)
    known = {key: value for key, value in node.value.items() if key != "source"} if node.is_mapping() else node.value
    practice = read_practice(Node(known, node.place, node.problems))
    if practice.id and not (len(practice.id) <= LONGEST_ID and ID.fullmatch(practice.id)):
        node.at("id", practice.id).expected(
            f"Kleinbuchstaben, Ziffern und Bindestriche, höchstens {LONGEST_ID} Zeichen",
            f"small letters, digits and hyphens, at most {LONGEST_ID} characters",
        )
    if not practice.facts and "facts" in node.entries():
        node.at("facts", None).problem("darf nicht leer sein", "must not be empty")
    return replace(practice, provenance=Added(agency, source))


def _source(node: Node) -> OwnSource:
    given = node.entries().get("source") if isinstance(node.value, Mapping) else None
    if given is None:
        if isinstance(node.value, Mapping):
            node.problem("„source“ fehlt: title, year, where", '"source" is missing: title, year, where')
        return OwnSource(Node(None).wording(), YEARS[0], "")
    entries = given.fields(("title", "year", "where"))
    return OwnSource(entries["title"].wording(), entries["year"].whole(*YEARS), entries["where"].text())


def _are_free(entries: Mapping[str, Node], q: Questionnaire, references: tuple[Reference, ...]) -> None:
    """No id of the questionnaire is used again."""
    shipped = {practice.id for practice in q.practices}
    listed = entries["practices"]
    for one in listed.sequence() if isinstance(listed.value, list) else ():
        given = one.value.get("id") if isinstance(one.value, Mapping) else None
        if isinstance(given, str) and (given in shipped or given.startswith(RESERVED)):
            taken(one.at("id", given))
    known = {reference.id for reference in q.references}
    for index, reference in enumerate(references):
        if reference.id in known:
            taken(entries["references"].at(index, None).at("id", reference.id))
        known.add(reference.id)


def taken(node: Node) -> None:
    """Note that an id belongs to something else already."""
    de = f"die Kennung „{shown(node.value)}“ ist schon vergeben; bitte eine andere wählen"
    node.problem(de, f'the id "{shown(node.value)}" is taken already; please choose another one')
