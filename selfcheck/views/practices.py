"""Documented good examples."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from scoring.answers import Sheet
from selfcheck import catalogue
from selfcheck.extensions import language
from selfcheck.findings import Findings

bp = Blueprint("practices", __name__, url_prefix="/practices")


def _findings() -> Findings:
    id, version = catalogue.DEFAULT, catalogue.newest()
    return Findings(catalogue.load(id, version), Sheet(id, version), language())


@bp.get("")
def index() -> ResponseReturnValue:
    """All examples, in the order of the source."""
    return render_template("practices/index.html", findings=_findings())


@bp.get("/<practice_id>")
def show(practice_id: str) -> ResponseReturnValue:
    """One example: who does what, where it is documented, under which conditions, what has changed."""
    findings = _findings()
    found = [practice for practice in findings.questionnaire.practices if practice.id == practice_id]
    if not found:
        abort(404)
    references = {reference.id: reference for reference in findings.questionnaire.references}
    return render_template("practices/show.html", findings=findings, practice=found[0], references=references)
