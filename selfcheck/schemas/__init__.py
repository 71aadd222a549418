"""JSON Schema of answer files: editors check while people type, and show what each item and stage means."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

from scoring.assess.words import Speaker, neutral
from scoring.model.answers import CANNOT_JUDGE
from scoring.model.declension import GENDERS, LONGEST_NOUN
from scoring.model.questionnaire import (
    ChoiceQuestion,
    ContextQuestion,
    Item,
    MatrixQuestion,
    Questionnaire,
    Scale,
    TermsQuestion,
)
from scoring.model.wording import Term
from scoring.plain.reading import LONGEST_TEXT
from scoring.plain.sheets import NOWHERE, TARGET_YEARS
from scoring.plain.spreads import written_place

Schema = dict[str, Any]

TEXT = {"type": ["string", "null"], "maxLength": LONGEST_TEXT}
WITHOUT_PERSONS = "Bitte keine Namen und keine anderen Angaben zu Personen."


def answers_schema(questionnaire: Questionnaire) -> Schema:
    """The JSON Schema (2020-12) of answer files for one questionnaire, in German with neutral local words."""
    speaker = neutral(questionnaire, "de")
    title = f"Antwortdatei: {speaker.say(questionnaire.title)} {questionnaire.version}"
    properties = {
        "questionnaire": {"title": "Fragebogen", "const": questionnaire.id},
        "version": {"title": "Version des Fragebogens", "const": questionnaire.version},
        "municipality": {"title": "Name der Kommune, darf leer bleiben", **TEXT},
        "date": {"title": "Datum der Einschätzung in Anführungszeichen, darf leer bleiben", **TEXT},
        "scope": _scope(questionnaire),
        "context": _object("Angaben zur Kommune", {q.id: _context(speaker, q) for q in questionnaire.context}),
        "target": _target(speaker, questionnaire),
        "answers": _object("Antworten", {i.id: _item(speaker, i) for i in questionnaire.items.values()}),
        "spreads": _spreads(questionnaire),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_object(title, properties),
        "required": ["questionnaire", "version"],
        "$defs": {scale.id: _answer(speaker, scale) for scale in questionnaire.scales} | {"own-word": _own_word()},
    }


def _object(title: str, properties: Schema) -> Schema:
    return {"title": title, "type": "object", "properties": properties, "additionalProperties": False}


def _keys(title: str, meanings: Mapping[str, str]) -> Schema:
    """One of these words, or nothing while it is open."""
    description = "\n".join(f"{key}: {meaning}" for key, meaning in meanings.items())
    return {"title": title, "description": description, "enum": [*meanings, None]}


def _scope(questionnaire: Questionnaire) -> Schema:
    perspectives = [perspective.id for perspective in questionnaire.perspectives]
    return {
        "title": "Umfang",
        "description": "full: alle Merkmale\nshort: nur die Kernmerkmale\n[P2, P5]: nur diese Perspektiven",
        "anyOf": [{"enum": ["full", "short"]}, {"type": "array", "items": {"enum": perspectives}}],
    }


def _context(speaker: Speaker, question: ContextQuestion) -> Schema:
    title = speaker.say(question.question)
    match question:
        case ChoiceQuestion():
            return _keys(title, {choice.key: speaker.say(choice.label) for choice in question.choices})
        case MatrixQuestion():
            return _matrix(title, speaker, question)
        case TermsQuestion():
            return _nullable(_object(title, {term.id: _word(speaker, term) for term in question.terms}))


def _word(speaker: Speaker, term: Term) -> Schema:
    listed = _keys(speaker.say(term.name), {word.id: word.form("bare", "de") for word in term.words})
    own = "{singular: …, gender: …, plural: …}: ein eigenes Wort"
    return {
        "title": listed["title"],
        "description": listed["description"] + "\n" + own,
        "anyOf": [{"enum": listed["enum"]}, {"$ref": "#/$defs/own-word"}],
    }


def _own_word() -> Schema:
    form = {"type": "string", "minLength": 1, "maxLength": LONGEST_NOUN, "pattern": "^[^{}]*$"}
    correction = form | {"type": ["string", "null"]}
    properties = {
        "singular": {"title": "Einzahl ohne Artikel, wie in einer Überschrift", **form},
        "gender": {"title": "Artikel", "enum": list(GENDERS)},
        "plural": {"title": "Mehrzahl ohne Artikel", **form},
        "genitive": {"title": "Wessen? Ohne Artikel; nur wenn die Regel falsch rät", **correction},
        "plural-dative": {"title": "Mit mehreren …; nur wenn die Regel falsch rät", **correction},
        "english": {"title": "englisches Wort", **correction},
        "english-plural": {"title": "englische Mehrzahl, nur zusammen mit english", **correction},
    }
    return _object("Eigenes Wort", properties) | {"required": ["singular", "gender", "plural"]}


def _matrix(title: str, speaker: Speaker, question: MatrixQuestion) -> Schema:
    labels = {"enum": list(question.labels)}
    description = (
        f"{{department: A, unit: B}} – gleicher Buchstabe heißt gleicher Ort\n{NOWHERE}: gibt es bei uns nicht"
    )
    placed = _object("Ort", {"department": labels, "unit": labels}) | {"required": ["department", "unit"]}
    rows = {
        row.key: {
            "title": speaker.say(row.label),
            "description": description,
            "anyOf": [placed, {"enum": [NOWHERE, None]}],
        }
        for row in question.rows
    }
    return _nullable(_object(title, rows))


def _nullable(schema: Schema) -> Schema:
    return schema | {"type": [schema["type"], "null"]}


def _target(speaker: Speaker, questionnaire: Questionnaire) -> Schema:
    scale = questionnaire.scales[0]
    points = {"minimum": ceil(scale.lowest), "maximum": floor(scale.highest)}
    stage = {"description": "leer: kein Soll", "type": ["integer", "null"], **points}
    stages = {p.id: {"title": f"{p.id} {speaker.say(p.name)}", **stage} for p in questionnaire.perspectives}
    first, last = TARGET_YEARS
    properties = {
        "year": {"title": "Jahr", "type": "integer", "minimum": first, "maximum": last},
        "stages": _object("Angestrebte Stufen", stages),
    }
    return _nullable(_object("Soll, darf fehlen", properties) | {"required": ["year", "stages"]})


def _spreads(questionnaire: Questionnaire) -> Schema:
    """What an evaluation of individual ratings released; written by the program."""
    items = questionnaire.items.values()
    return _object(
        "Streuung aus verdeckten Einzeleinschätzungen",
        {item.id: {"$ref": f"#/$defs/{item.scale.id}-spread"} for item in items},
    )


def _spread(speaker: Speaker, questionnaire: Questionnaire, scale: Scale) -> Schema:
    people = {"type": "integer", "minimum": 0}
    places = [written_place(Fraction(half, 2)) for half in range(2 * len(scale.options) - 1)]
    counts = _object("Personen je Stufe und Zwischenstufe", dict.fromkeys(places, people))
    properties = {
        "ratings": counts,
        "cannot-judge": {"title": "Personen, die es nicht beurteilen können", **people},
        "unclear": {"title": "Personen, die es schwer verständlich finden", **people},
        "roles": _object(
            "Nach Rollengruppen",
            {role.key: {**counts, "title": speaker.say(role.label)} for role in questionnaire.roles},
        ),
        "remarks": {"title": "Bemerkungen", "type": "array", "items": {"type": "string"}},
    }
    return _object("Streuung", properties) | {"required": ["ratings"]}


def _item(speaker: Speaker, item: Item) -> Schema:
    meanings = [f"{key}: {speaker.say(anchor)}" for key, anchor in item.anchors.items()]
    return {
        "title": speaker.item(item.id),
        "description": "\n".join([speaker.say(item.statement), *meanings]),
        "$ref": f"#/$defs/{item.scale.id}",
    }


def _answer(speaker: Speaker, scale: Scale) -> Schema:
    names = [f"{option.key}: {speaker.say(option.name)}" for option in scale.options]
    further = [f"{CANNOT_JUDGE}: nicht zu beurteilen", "leer: offen"]
    stage = {
        "title": "Stufe",
        "description": "\n".join([*names, *further]),
        "enum": [*(option.key for option in scale.options), CANNOT_JUDGE, None],
    }
    texts = {
        "remark": {"title": "Bemerkung", "description": WITHOUT_PERSONS, **TEXT},
        "evidence": {"title": "Nachweis", "description": WITHOUT_PERSONS, **TEXT},
        "dissent": {"title": "Abweichende Sicht", "description": WITHOUT_PERSONS, **TEXT},
        "unclear": {"title": "Das Merkmal ist schwer verständlich", "type": "boolean"},
    }
    return {"anyOf": [stage, _object("Stufe mit Bemerkung und Nachweis", {"stage": stage, **texts})]}
