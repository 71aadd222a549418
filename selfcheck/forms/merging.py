"""Two people at the context questions: what only one of them changed is kept, what both changed is asked again.

The parts of the page are its questions, the rows of a table and the terms. With each part goes a mark of what was
shown, which tells later whether the person touched it.
"""

from collections.abc import Iterator, Mapping

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField

from scoring.model import texts
from scoring.model.answers import ChosenWord, Context, Placement
from scoring.model.declension import OwnNoun
from scoring.model.questionnaire import ChoiceQuestion, MatrixQuestion, Questionnaire, TermsQuestion
from selfcheck.forms.kit import MEANWHILE, Form, held, mark
from selfcheck.forms.words import FORMS, OPEN
from selfcheck.words.findings import Findings

NAME = "municipality"
FIELDS = ("", "-department", "-unit", "-gender", *(f"-{form}" for form in FORMS))

Part = str | Placement | OwnNoun | None
"""What is answered: a text or key (empty: open), a place, an own word; None is a field that does not exist here."""


def marks(findings: Findings) -> dict[str, HiddenField]:
    """A hidden field for each part, with the mark of what is shown."""
    shown = _parts(findings.sheet.municipality, findings.sheet.context)
    names = _names(findings.questionnaire)
    return {f"{name}-was": HiddenField(default=mark(shown.get(name, OPEN))) for name in names}


def merged(form: Form, findings: Findings, name: str, context: Context) -> tuple[str, Context, Mapping[str, Part]]:
    """Name and context as they shall be stored, and what is stored now of the parts that two people changed."""
    mine, stored = _parts(name, context), _parts(findings.sheet.municipality, findings.sheet.context)
    whole, conflicts = dict[str, Part](), dict[str, Part]()
    for part in _names(findings.questionnaire):
        here, there, was = mine.get(part, OPEN), stored.get(part, OPEN), form[f"{part}-was"].data
        holds = held(was, here, there)
        whole[part] = here if holds == "sent" else there
        if holds == "asked":
            conflicts[part] = there
    return str(whole.pop(NAME)), _whole(findings.questionnaire, whole), conflicts


def ask_again(form: Form, sent: Form, conflicts: Mapping[str, Part]) -> None:
    """Put what a person sent back into a form of what is stored, and say there what the other person answered."""
    for part, theirs in conflicts.items():
        fields = [form[f"{part}{ending}"] for ending in FIELDS if f"{part}{ending}" in form]
        for field in fields:
            field.data = sent[field.name].data
        said = _said(fields[0], theirs)
        fields[0].errors = [MEANWHILE % {"answer": said}]


def _said(field: object, part: Part) -> str:
    """A part as people say it."""
    match part:
        case None:
            return str(_l("does not exist here"))
        case Placement(department, unit):
            return f"{department}, {unit}"
        case OwnNoun(singular):
            return singular
        case _ if part == OPEN:
            return str(_l("left open"))
        case _:
            labels = {choice.value: choice.label for choice in field.choices} if isinstance(field, SelectField) else {}
            return str(labels.get(part, part))


def _names(questionnaire: Questionnaire) -> Iterator[str]:
    yield NAME
    for question in questionnaire.context:
        match question:
            case ChoiceQuestion():
                yield question.id
            case MatrixQuestion():
                yield from (f"{question.id}-{row.key}" for row in question.rows)
            case TermsQuestion():
                yield from (f"{question.id}-{term.id}" for term in question.terms)


def _parts(name: str, context: Context) -> dict[str, Part]:
    parts: dict[str, Part] = {NAME: texts.line(name), **context.choices}
    for question, places in context.placements.items():
        parts |= {f"{question}-{row}": place for row, place in places.items()}
    for question, words in context.words.items():
        parts |= {f"{question}-{term}": word for term, word in words.items()}
    return parts


def _whole(questionnaire: Questionnaire, parts: Mapping[str, Part]) -> Context:
    """The context made of its parts; an open part is left out."""
    choices: dict[str, str] = {}
    placements: dict[str, dict[str, Placement | None]] = {}
    words: dict[str, dict[str, ChosenWord]] = {}
    for question in questionnaire.context:
        match question:
            case ChoiceQuestion():
                if isinstance(key := parts[question.id], str) and key:
                    choices[question.id] = key
            case MatrixQuestion():
                for row in question.rows:
                    place = parts[f"{question.id}-{row.key}"]
                    if place is None or isinstance(place, Placement):
                        placements.setdefault(question.id, {})[row.key] = place
            case TermsQuestion():
                for term in question.terms:
                    word = parts[f"{question.id}-{term.id}"]
                    if word and isinstance(word, str | OwnNoun):
                        words.setdefault(question.id, {})[term.id] = word
    return Context(choices, placements, words)
