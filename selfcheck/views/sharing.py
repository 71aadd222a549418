"""Manage a self-check: how much is rated, the links that open it, its files, its end."""

from typing import Any

from flask import abort, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from selfcheck.extensions import commit_deletion, database_session, kept
from selfcheck.forms.context import DeleteForm
from selfcheck.forms.kit import changed_meanwhile
from selfcheck.forms.scope import scope_form, scope_in
from selfcheck.forms.sharing import days_in, link_form
from selfcheck.ground.days import today
from selfcheck.ground.outbox import BadAddress, NotSent, send
from selfcheck.models import Link
from selfcheck.services import assessments, links, packages, rounds, transfer
from selfcheck.views import letters, once
from selfcheck.views.answering import download
from selfcheck.views.desk import findings_here, fresh_address, fresh_links, hand_over
from selfcheck.views.doors import ASSESSMENT
from selfcheck.views.progress import next_place, progress

bp = ASSESSMENT.pages("sharing")


@bp.get("/manage")
def manage() -> ResponseReturnValue:
    """How much is rated, who gets in, take everything out, delete."""
    return _page()


def _page(status: int = 200, **further: Any) -> ResponseReturnValue:
    findings, opening = findings_here(), links.valid(g.assessment)
    page = {
        "findings": findings,
        "places": progress(findings),
        "scope_form": scope_form(findings.say, findings.sheet.scope),
        "links": opening,
        "last_day": {link.id: links.last_day(link) for link in opening},
        "own": g.link,
        "link_form": link_form(),
        "running": rounds.is_running(g.assessment),
        "form": DeleteForm(formdata=None),
        "refused": "",
        "unrevoked": sum(usable for *__, usable in packages.issued_for(g.assessment, today())),
    }
    return render_template("assessment/manage.html", **(page | fresh_links(opening) | further)), status


@bp.post("/scope")
def change_scope() -> ResponseReturnValue:
    """Change how much is rated, unless somebody else has changed it meanwhile."""
    findings = findings_here()
    form = scope_form(findings.say, findings.sheet.scope, sent=True)
    if not form.validate_on_submit():
        return _page(422, scope_form=form)
    if changed_meanwhile(form):
        return _page(409, scope_form=form, scope_changed=True)
    assessments.limit(g.assessment, scope_in(form))
    database_session.commit()
    flash(_("Saved."), "scope")
    return redirect(url_for(".manage"))


@bp.post("/links")
@once.only
def add_link() -> ResponseReturnValue:
    """Make a further link: for coordination, or to read for some days."""
    form = link_form(sent=True)
    if not form.validate_on_submit():
        return _page(422, link_form=form)
    days = days_in(form)
    if days is None:
        link, token = links.issue(database_session, g.assessment, form.label.data, once.token())
    else:
        link, token = links.share(database_session, g.assessment, form.label.data, days, once.token())
    there = once.remember(url_for(".manage", _anchor=f"link-{link.id}"), f"fresh:{link.id}")
    database_session.commit()
    hand_over(link, token)
    return redirect(there)


@bp.post("/link")
@once.only
def replace_link() -> ResponseReturnValue:
    """Replace one's own link; the old one opens nothing any more, all others stay."""
    link, token = links.replace(database_session, g.link, once.token())
    there = once.remember(url_for("start.enter", token=token), f"fresh:{link.id}")
    database_session.commit()
    hand_over(link, token)
    return redirect(there)


@bp.post("/links/<link_id>/revoke")
def revoke_link(link_id: str) -> ResponseReturnValue:
    """Let another link open nothing from now on."""
    link = _link_or_404(link_id)
    try:
        links.revoke(link, g.link)
    except links.StillNeeded:
        return _page(422, refused=link.id)
    database_session.commit()
    flash(_("Revoked. The link “%(label)s” opens nothing any more.", label=link.label or _("First link")), "links")
    return redirect(url_for(".manage", _anchor="links"))


@bp.get("/links/<link_id>/file")
def link_file(link_id: str) -> ResponseReturnValue:
    """A link that was just made, as a small text file with what to know about it."""
    link = _link_or_404(link_id)
    text = letters.note(link, _fresh_or_404(link), g.assessment.municipality)
    return download(text.replace("\n", "\r\n").encode("utf-8-sig"), "text/plain; charset=utf-8", "link.txt")


@bp.post("/links/<link_id>/mail")
@once.only
def mail_link(link_id: str) -> ResponseReturnValue:
    """Send a link that was just made to one address, once; the address is kept nowhere."""
    link, outbox = _link_or_404(link_id), kept().settings.outbox
    text = letters.message(link, _fresh_or_404(link))
    if outbox is None or link_id in session.get("mailed", []):
        abort(404)
    to, back = request.form.get("address", ""), "assessment.overview" if link_id == g.link.id else ".manage"
    there = once.remember(url_for(back, _anchor=f"link-{link_id}"))
    database_session.commit()  # nobody else shall wait for the mail server
    try:
        send(outbox, to, letters.subject(), text)
    except BadAddress:
        once.forget()
        database_session.commit()
        return _page(422, mail={"link": link_id, "address": to, "error": "address"})
    except NotSent as error:
        once.forget()
        database_session.commit()
        current_app.logger.warning("outbox: %s", error)
        return _page(502, mail={"link": link_id, "address": to, "error": "outbox"})
    session["mailed"] = [*session.get("mailed", []), link_id][-20:]
    return redirect(there)


@bp.post("/links/<link_id>/kept")
def link_kept(link_id: str) -> ResponseReturnValue:
    """The link is written down: never show it again. The short check begins with its items, not with the context."""
    session["fresh"] = {id: token for id, token in session.get("fresh", {}).items() if id != link_id}
    if link_id != g.link.id:
        return redirect(url_for(".manage", _anchor="links"))
    short = g.assessment.scope == "short"
    return redirect(next_place(findings_here(), "context") if short else url_for("assessment.context"))


@bp.get("/everything.json")
def everything() -> ResponseReturnValue:
    """The whole self-check as one file, to be put back in here or on another installation."""
    return download(transfer.as_json(transfer.parcel(g.assessment)), "application/json", f"{_('everything')}.json")


@bp.post("/delete")
def delete() -> ResponseReturnValue:
    """Delete the self-check when the person says so deliberately."""
    form = DeleteForm()
    if not form.validate_on_submit():
        return _page(422, form=form)
    assessments.delete(database_session, g.assessment)
    commit_deletion()
    return redirect(url_for("start.deleted"))


def _link_or_404(id: str) -> Link:
    for link in links.valid(g.assessment):
        if link.id == id:
            return link
    return abort(404)


def _fresh_or_404(link: Link) -> str:
    return fresh_address(link) or abort(404)
