"""Whether documented examples speak of what the questionnaire has."""

from collections.abc import Mapping

from scoring.model.practices import DocumentedItem, Practice
from scoring.model.questionnaire import ChoiceQuestion, Questionnaire
from scoring.plain.checks.conditions import condition
from scoring.plain.checks.references import listed_sources
from scoring.plain.problems import Place, Problems, doubled, problem, unknown


def practices(q: Questionnaire) -> Problems:
    """Examples that speak of what is not there, or say they belong where they do not."""
    for index, practice in enumerate(q.practices):
        place: Place = ("practices", index)
        yield from listed_sources(q, (*place, "origin"), practice.origin)
        yield from _structure(q, (*place, "structure"), practice.structure)
        yield from doubled((*place, "items"), [documented.item for documented in practice.items])
        for at, documented in enumerate(practice.items):
            yield from _documented(q, (*place, "items", at), documented)
        yield from _perspectives(q, (*place, "perspectives"), practice)
        yield from _success(q, place, practice)


def _documented(q: Questionnaire, place: Place, documented: DocumentedItem) -> Problems:
    item = q.items.get(documented.item)
    if item is None:
        yield unknown(place, "Das Merkmal", "item", documented.item)
    elif documented.stage is not None and documented.stage not in item.anchors:
        yield unknown((*place, "stage"), f"Für {item.id} die Stufe", f"stage of {item.id}", documented.stage)


def _perspectives(q: Questionnaire, place: Place, practice: Practice) -> Problems:
    named = {q.perspective_of[documented.item].id for documented in practice.items if documented.item in q.items}
    if named != set(practice.perspectives):
        listed = ", ".join(sorted(named))
        de = f"passt nicht zu den Merkmalen, die liegen in: {listed}"
        yield problem(place, de, f"does not match the items, which lie in: {listed}")


def _success(q: Questionnaire, place: Place, practice: Practice) -> Problems:
    """The conditions under which it works, and what happened since."""
    for at, success in enumerate(practice.conditions):
        if success.holds is not None:
            yield from condition(q, (*place, "conditions", at, "holds"), success.holds)
        yield from listed_sources(q, (*place, "conditions", at, "origin"), success.origin)
    references = {reference.id for reference in q.references}
    for at, since in enumerate(practice.since):
        if since.reference not in references:
            yield unknown((*place, "since", at, "reference"), "Die Quelle", "reference", since.reference)


def _structure(q: Questionnaire, place: Place, structure: Mapping[str, str]) -> Problems:
    choices = {question.id: question.choices for question in q.context if isinstance(question, ChoiceQuestion)}
    for question, key in structure.items():
        if question not in choices:
            yield unknown(place, "Die Auswahlfrage", "question with choices", question)
        elif key not in {choice.key for choice in choices[question]}:
            yield unknown((*place, question), f"Für {question} die Antwort", f"choice of {question}", key)
