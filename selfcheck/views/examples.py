"""Documented examples beside the answers of one assessment."""

from flask import render_template
from flask.typing import ResponseReturnValue

from selfcheck.views.desk import blueprint, findings_here
from selfcheck.views.progress import progress

bp = blueprint("examples")


@bp.get("/examples")
def show() -> ResponseReturnValue:
    """Which example fits which gap and why; the municipalities built most like this one first."""
    findings = findings_here()
    return render_template("assessment/examples.html", findings=findings, places=progress(findings))
