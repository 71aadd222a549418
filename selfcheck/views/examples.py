"""Documented examples beside the answers of one assessment."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from selfcheck.extensions import database_session
from selfcheck.services import agencies
from selfcheck.views.desk import findings_here
from selfcheck.views.doors import ASSESSMENT
from selfcheck.views.progress import progress

bp = ASSESSMENT.pages("examples")


@bp.get("/examples")
def show() -> ResponseReturnValue:
    """Which example fits which gap and why; the municipalities built most like this one first."""
    findings = findings_here()
    proposing = not g.reads_only and bool(agencies.listed(database_session))
    return render_template(
        "assessment/examples.html", findings=findings, places=progress(findings), proposing=proposing
    )
