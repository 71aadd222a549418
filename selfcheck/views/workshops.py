"""The ways into comparative workshops: prepare one, come in by a link or by a code."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scoring.assess.words import neutral
from selfcheck.extensions import database_session, language
from selfcheck.forms.workshop import CodeForm, plan_in, workshop_form
from selfcheck.models import Assessment, Link, Workshop
from selfcheck.reading import catalogue
from selfcheck.reports.invitation import about
from selfcheck.services import links, ways_in, workshops
from selfcheck.views import device, once
from selfcheck.views.workshop_desk import occasion

bp = Blueprint("workshops", __name__)


@bp.route("/workshops/new", methods=["GET", "POST"])
@once.only
def prepare() -> ResponseReturnValue:
    """Prepare a workshop and hand over its private link."""
    form = workshop_form()
    if form.validate_on_submit():
        questionnaire = catalogue.load(catalogue.DEFAULT, catalogue.newest())
        workshop, token = workshops.prepare(database_session, questionnaire, plan_in(form), token=once.token())
        return handed_over(workshop, token)
    return render_template("workshop/prepare.html", form=form), 422 if form.errors else 200


def handed_over(workshop: Workshop, token: str) -> ResponseReturnValue:
    """Store a workshop with a new link and show that link until it is kept."""
    there = once.remember(url_for("workshops.enter", token=token), f"fresh:{workshop.id}")
    database_session.commit()
    session["fresh"] = session.get("fresh", {}) | {workshop.id: token}
    return redirect(there)


@bp.get("/w/<token:token>")
def enter(token: str) -> ResponseReturnValue:
    """Swap the moderation's link for a cookie, so that the token leaves the address bar at once."""
    found = ways_in.by_token(database_session, token)
    if found is None:
        return render_template("workshop/unknown.html"), 404
    device.admit(found)
    return redirect(url_for("workshop.overview", workshop_id=found.id))


@bp.get("/k/<token:token>")
def come_back(token: str) -> ResponseReturnValue:
    """Swap a municipality's link to its consent for a cookie."""
    found = ways_in.participating(database_session, token)
    if found is None:
        return render_template("workshop/unknown.html"), 404
    device.admit(found)
    return redirect(url_for("joining.own", participation_id=found.id))


@bp.route("/join", methods=["GET", "POST"])
def join() -> ResponseReturnValue:
    """Type the code of a workshop."""
    form = CodeForm()
    if form.validate_on_submit():
        found = ways_in.by_code(database_session, form.code.data)
        if found is not None:
            return redirect(url_for(".invited", code=found.code))
        form.code.errors = [gettext("No workshop has this code. Please compare it with the invitation.")]
    return render_template("workshop/join.html", form=form), 422 if form.errors else 200


@bp.get("/join/<code>")
def invited(code: str) -> ResponseReturnValue:
    """What the workshop is for and who would see what; then the self-checks this browser can bring in."""
    found = ways_in.by_code(database_session, code)
    if found is None:
        return redirect(url_for(".join"))
    session["joining"] = found.code
    say = neutral(workshops.questionnaire_of(found), language())
    lines = about(occasion(found), language())
    return render_template("workshop/invited.html", workshop=found, lines=lines, say=say, own=_own())


def _own() -> list[Assessment]:
    """The self-checks that this browser may work on, the last one opened first."""
    opened = [links.of_browser(database_session, id) for id in reversed(device.opened(Link))]
    return list(dict.fromkeys(link.assessment for link in opened if link and link.kind == links.COORDINATOR))


@bp.get("/workshops/deleted")
def deleted() -> ResponseReturnValue:
    """Confirm that a workshop is gone."""
    return render_template("workshop/deleted.html")
