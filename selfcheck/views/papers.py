"""Papers to take along: the recommendation report in its variants; radar chart and answers beside it."""

from typing import Any, get_args

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from selfcheck.reports.blocks import Length, Variant
from selfcheck.reports.formats import FORMATS
from selfcheck.reports.outline import outline
from selfcheck.views.desk import blueprint, download, findings_here
from selfcheck.views.progress import progress

bp = blueprint("papers")


@bp.get("/papers")
def show() -> ResponseReturnValue:
    """Everything that can be printed, sent or opened elsewhere."""
    findings = findings_here()
    page = {"findings": findings, "places": progress(findings), "formats": tuple(FORMATS)}
    return render_template("assessment/papers.html", **page)


@bp.get("/report.<ending>")
def report(ending: str) -> ResponseReturnValue:
    """The recommendation report as a file; its name says when it is not for publication."""
    variant, length = _chosen("variant", Variant, "public"), _chosen("length", Length, "full")
    if ending not in FORMATS or (g.reads_only and variant == "internal"):
        abort(404)
    made = FORMATS[ending].write(outline(findings_here(), variant, length))
    marks = {"internal": gettext("internal"), "short": gettext("short")}
    name = "-".join([gettext("report"), *(marks[mark] for mark in (variant, length) if mark in marks)])
    return download(made, FORMATS[ending].type, f"{name}.{ending}")


def _chosen(name: str, known: Any, otherwise: str) -> Any:
    """What the address asks for; the plain address means the full public report."""
    asked = request.args.get(name, otherwise)
    return asked if asked in get_args(known) else abort(404)
