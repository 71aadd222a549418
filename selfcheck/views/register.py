"""A municipality links its self-check to the official register of this installation, if there is one."""

from functools import partial
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from scoring.model import texts
from scoring.model.questionnaire import ChoiceQuestion
from selfcheck.extensions import database_session, language
from selfcheck.forms.kit import mark, seen_otherwise
from selfcheck.ground.written import written_count
from selfcheck.register.edition import SOURCE
from selfcheck.services import register
from selfcheck.views import once
from selfcheck.views.desk import findings_here
from selfcheck.views.doors import ASSESSMENT
from selfcheck.views.progress import progress

bp = ASSESSMENT.pages("register", "/register")
MOST_OFFERED = 25


def linked_here() -> dict[str, Any]:
    """What a page needs to show the link of this self-check to the register."""
    return {
        "register_day": register.as_of(database_session),
        "linked": register.entry(database_session, g.assessment.ars) if g.assessment.ars else None,
        "register_source": SOURCE,
        "seen": mark(g.assessment.ars),
        "count": partial(written_count, language=language()),
    }


@bp.get("/")
def show() -> ResponseReturnValue:
    """What the register offers for a name or key."""
    return _page(texts.line(request.args.get("q")))


def _page(asked: str, other: str | bool = False) -> ResponseReturnValue:
    """`other`: what was not linked, or not taken away, since the link is another one by now."""
    findings = findings_here()
    page = render_template(
        "assessment/register.html",
        findings=findings,
        places=progress(findings),
        asked=asked,
        offered=register.find(database_session, asked, MOST_OFFERED),
        most=MOST_OFFERED,
        other=other,
        **linked_here(),
    )
    return page, 409 if other else 200


@bp.post("/")
@once.only
def link() -> ResponseReturnValue:
    """Link the self-check to a territory and answer what is open about kind, federal state and size."""
    found = register.entry(database_session, request.form.get("ars", ""))
    if found is None or found.valid_to:
        abort(404)
    if seen_otherwise(g.assessment.ars):
        return _page(found.name, found.name)
    filled, there = register.link(g.assessment, found), once.remember(url_for("assessment.context"))
    database_session.commit()
    flash(_("Linked to the register."), "register")
    if filled:
        flash(_said_of(filled), "register")
    return redirect(there)


def _said_of(questions: tuple[str, ...]) -> str:
    """Which questions of the context the register has answered."""
    findings = findings_here()
    names = [
        findings.say.say(question.name or question.question)
        for question in findings.questionnaire.context
        if isinstance(question, ChoiceQuestion) and question.id in questions
    ]
    written = ", ".join(names)
    return str(
        ngettext(
            "Answered from the register: %(names)s. Please check it.",
            "Answered from the register: %(names)s. Please check them.",
            len(names),
            names=written,
        )
    )


@bp.post("/unlink")
@once.only
def unlink() -> ResponseReturnValue:
    """Take the link away; everything else stays."""
    if seen_otherwise(g.assessment.ars):
        return _page("", other=True)
    register.unlink(g.assessment)
    there = once.remember(url_for("assessment.context"))
    database_session.commit()
    flash(_("The link to the register is taken away. Everything else has stayed."), "register")
    return redirect(there)
