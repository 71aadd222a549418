"""Documented good examples: an atlas to browse, and a page for each."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scoring.model.answers import Sheet
from scoring.model.practices import Practice
from selfcheck.extensions import database_session, language
from selfcheck.reading import catalogue
from selfcheck.services import practices
from selfcheck.words.findings import Findings

bp = Blueprint("practices", __name__, url_prefix="/practices")


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing to narrow the list by: its name in the address, its question and what there is to choose."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


def _findings() -> Findings:
    id, version = catalogue.DEFAULT, catalogue.newest()
    questionnaire = practices.with_own(database_session, catalogue.load(id, version), language())
    return Findings(questionnaire, Sheet(id, version), language())


@bp.get("")
def index() -> ResponseReturnValue:
    """All examples in the order of the source, narrowed by perspective, item and the structure of the municipality."""
    findings = _findings()
    filters = _filters(findings)
    chosen = {one.name: value for one in filters if (value := request.args.get(one.name, "")) in dict(one.options)}
    shown = [practice for practice in findings.questionnaire.practices if _matches(practice, chosen)]
    return render_template("practices/index.html", findings=findings, filters=filters, chosen=chosen, shown=shown)


def _filters(findings: Findings) -> tuple[Filter, ...]:
    """What tells the examples apart; only what occurs in one can be chosen."""
    say, known = findings.say, findings.questionnaire.practices
    items = {documented.item for practice in known for documented in practice.items}
    perspectives = [
        (p.id, f"{p.id} {say.say(p.name)}")
        for p in findings.questionnaire.perspectives
        if any(p.id in practice.perspectives for practice in known)
    ]
    structure = [
        Filter(
            question.id,
            say.say(question.name or question.question),
            tuple((choice.key, say.say(choice.label)) for choice in question.choices if choice.key in occurring),
        )
        for question in findings.structure_questions
        if (occurring := {practice.structure.get(question.id) for practice in known})
    ]
    return (
        Filter("perspective", _("Perspective"), tuple(perspectives)),
        Filter("item", _("Item"), tuple((id, say.item(id)) for id in findings.questionnaire.items if id in items)),
        *structure,
    )


def _matches(practice: Practice, chosen: Mapping[str, str]) -> bool:
    items = {documented.item for documented in practice.items}
    return all(
        value in practice.perspectives
        if name == "perspective"
        else value in items
        if name == "item"
        else practice.structure.get(name) == value
        for name, value in chosen.items()
    )


@bp.get("/<practice_id>")
def show(practice_id: str) -> ResponseReturnValue:
    """One example: who does what, where it is documented, under which conditions, what has changed."""
    findings = _findings()
    found = [practice for practice in findings.questionnaire.practices if practice.id == practice_id]
    if not found:
        abort(404)
    references = {reference.id: reference for reference in findings.questionnaire.references}
    return render_template("practices/show.html", findings=findings, practice=found[0], references=references)
