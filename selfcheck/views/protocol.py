"""What a workshop leaves behind, for its moderation: papers to print before, the protocol and everything after."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from selfcheck.extensions import database_session
from selfcheck.forms.kit import changed_meanwhile
from selfcheck.forms.protocol import ProtocolForm, entries_in, protocol_form, rows
from selfcheck.ground.days import today
from selfcheck.office.bundle import streamed
from selfcheck.protocol import minutes
from selfcheck.protocol.everything import PAPERS, everything, made
from selfcheck.protocol.minutes import Minutes
from selfcheck.protocol.outline import protocol
from selfcheck.reports.formats import FORMATS, write
from selfcheck.reports.paper_set import paper_set
from selfcheck.reports.team_cards import TeamCard, team_cards
from selfcheck.services import live, protocols, workshops
from selfcheck.views.answering import download
from selfcheck.views.doors import WORKSHOP, workshop_here
from selfcheck.views.workshop_desk import occasion, say_here, wanted

bp = WORKSHOP.pages("protocol")


@bp.get("/paper-set.pdf")
def papers() -> ResponseReturnValue:
    """The papers for a municipality without a device."""
    made = paper_set(occasion(workshop_here()), say_here().questionnaire, wanted())
    return download(made, FORMATS["pdf"], gettext("paper-set.pdf"))


@bp.get("/team-cards.pdf")
def cards() -> ResponseReturnValue:
    """A card for the table of each municipality, in the order of their names."""
    here, plan = workshop_here(), workshops.plan_of(workshop_here())
    made = [
        TeamCard(one.name, one.team_code, url_for("phones.invitation", team_code=one.team_code, _external=True))
        for one in sorted(here.members, key=lambda one: one.name.casefold())
    ]
    short = url_for("phones.short", _external=True)
    file = team_cards(plan.title, plan.day, short, made, live.MOST_SEATS, wanted())
    return download(file, FORMATS["pdf"], gettext("team-cards.pdf"))


def _minutes() -> Minutes:
    return Minutes(workshop_here(), wanted(), today())


@bp.route("/protocol", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Write down what was agreed, in place of what was shown alone; below it the protocol as it stands."""
    here = _minutes()
    form = _form(here)
    if not form.validate_on_submit():
        return _page(here, form, 422 if form.errors else 200)
    if changed_meanwhile(form):
        return _page(here, form, 409)
    protocols.record(workshop_here(), entries_in(form, minutes.open_labels(here.look.members)))
    database_session.commit()
    flash(gettext("Saved."), "protocol")
    return redirect(url_for(".show"))


def _page(here: Minutes, form: ProtocolForm, status: int) -> ResponseReturnValue:
    page = {"form": form, "rows": rows(form), "outline": protocol(here), "conflict": status == 409}
    return render_template("workshop/protocol.html", **page), status


def _form(here: Minutes) -> ProtocolForm:
    who = {**here.labels, **minutes.everybody(here.language)}
    shown = [label for called in minutes.open_labels(here.look.members).values() for label in called]
    return protocol_form(here.entries, here.plan.day, who, here.hidden, shown)


@bp.get("/protocol.<ending>")
def file(ending: str) -> ResponseReturnValue:
    """The protocol as a file."""
    if ending not in PAPERS:
        abort(404)
    made, name = write(protocol(_minutes()), ending), gettext("workshop-protocol")
    return download(made, FORMATS[ending], f"{name}.{ending}")


@bp.get("/everything.zip")
def all_files() -> ResponseReturnValue:
    """All files in one ZIP, sent while they are made: the browser shows how far it is and can cancel."""
    files, name = everything(_minutes()), gettext("workshop")
    database_session.rollback()  # nobody else shall wait while files are made
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="selbstcheck-{name}.zip"'}
    return Response(streamed(made(files)), mimetype="application/zip", headers=headers)
