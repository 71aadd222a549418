"""Whether the placeholders in texts name a term of the municipality in one of its forms."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from scoring.model.questionnaire import Questionnaire
from scoring.model.wording import FORMS, LANGUAGES, PLACEHOLDER, Wording
from scoring.plain.problems import Place, Problems, problem

BRACES = re.compile(r"\{[^{}]*\}")


def texts(q: Questionnaire) -> Problems:
    """Every placeholder names a term and a form."""
    whole: Mapping[str, object] = {
        "questionnaire": (q.title, q.about, q.source, q.scales, q.roles, q.context, q.perspectives, q.references),
        "rules": q.rules,
        "practices": q.practices,
        "recommendations": q.recommendations,
    }
    for file, content in whole.items():
        yield from placeholders(q, (file,), content)


def placeholders(q: Questionnaire, place: Place, content: object) -> Problems:
    """Placeholders in the texts of something that name no term or no form."""
    for owner, wording in wordings(content, ""):
        for language in LANGUAGES:
            for written in BRACES.findall(wording.text(language)):
                named = PLACEHOLDER.fullmatch(written)
                if not named or named[1].lower() not in q.terms or named[2] not in FORMS:
                    de = f"{owner} ({language}): „{written}“ ist kein Wort oder keine Form"
                    yield problem(place, de, f'{owner} ({language}): "{written}" is no local word or no form')


def wordings(value: Any, owner: str) -> Iterator[tuple[str, Wording]]:
    """Every wording inside, with the id of what it belongs to."""
    if isinstance(value, Wording):
        yield owner, value
    elif is_dataclass(value):
        inside = getattr(value, "id", owner)
        for field in fields(value):
            yield from wordings(getattr(value, field.name), inside if isinstance(inside, str) else owner)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from wordings(part, owner)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from wordings(part, owner)
