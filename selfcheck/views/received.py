"""Packages of other installations in an agency's area: take them in, trust a key once, delete."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from selfcheck.extensions import commit_deletion, database_session, kept, language
from selfcheck.forms.received import ArrivalForm, ReceiveForm, TrustForm, carried, carried_in
from selfcheck.ground.days import today
from selfcheck.models import ReceivedPackage
from selfcheck.packages.keys import fingerprint, own_key
from selfcheck.packages.refusals import Refused, UnknownSigner, sentence
from selfcheck.packages.sealed import opened
from selfcheck.services import packages
from selfcheck.services.packages import Arrival, Here, TakenIn
from selfcheck.views.doors import AGENCY, agency_here

bp = AGENCY.pages("received", "/packages")


@bp.get("/")
def show() -> ResponseReturnValue:
    """What has come in and may be used, and the field for a file."""
    return _page()


def _page(refused: str = "") -> ResponseReturnValue:
    return render_template(
        "agency/packages.html",
        usable=packages.of_agency(database_session, agency_here(), today()),
        form=ReceiveForm(formdata=None),
        refused=refused,
        label=packages.label,
        here=_here(),
        fingerprint_of=fingerprint,
    ), 422 if refused else 200


def _here() -> Here:
    own = own_key(kept().settings.home).public
    return Here(own, agency=agency_here(), own_label=gettext("this installation"))


@bp.post("/")
def receive() -> ResponseReturnValue:
    """Show what a package is for before it is taken in; a revocation is carried out at once."""
    upload = ReceiveForm().file.data
    if not upload:
        return _page(gettext("Please choose a file first."))
    raw, name = upload.read(), upload.filename
    try:
        arrival = packages.arriving(database_session, raw, name, today(), _here())
    except Refused as refused:
        return _page(sentence(refused.refusal, language()))
    if arrival is None:
        return _taken_in(raw, name, TrustForm(formdata=None))
    return _looked_at(
        arrival, raw, name, TrustForm(formdata=None) if arrival.signer is None else ArrivalForm(formdata=None)
    )


def _looked_at(
    arrival: Arrival | None, raw: bytes, name: str, form: ArrivalForm, key: str = "", status: int = 200
) -> ResponseReturnValue:
    """What is in a file; `key` is the one of a revocation, of which there is nothing to show."""
    form.content.data, form.name.data = carried(raw), name
    return render_template(
        "agency/arrival.html",
        form=form,
        arrival=arrival,
        fingerprint=fingerprint(arrival.key if arrival else key),
        from_here=arrival is not None and arrival.key == _here().key,
    ), status


def _taken_in(raw: bytes, name: str, form: TrustForm, status: int = 200) -> ResponseReturnValue:
    try:
        taken = packages.receive(database_session, raw, name, today(), _here())
    except Refused as refused:
        database_session.rollback()
        if isinstance(refused.refusal, UnknownSigner):
            arrival = packages.arriving(database_session, raw, name, today(), _here())
            return _looked_at(arrival, raw, name, form, opened(raw, name).key, status)
        return _page(sentence(refused.refusal, language()))
    flash(_said(taken), "received")
    there = url_for(".show")
    commit_deletion()
    return redirect(there)


def _said(taken: TakenIn) -> str:
    if taken.package:
        return str(gettext("Received from %(signer)s.", signer=taken.signer))
    return str(gettext("Revoked by %(signer)s; what the package brought is deleted.", signer=taken.signer))


@bp.post("/take")
def take() -> ResponseReturnValue:
    """Take in what was looked at, signed with a key that is known here."""
    form = ArrivalForm()
    return _taken_in(carried_in(form), form.name.data or "", TrustForm(formdata=None))


@bp.post("/trust")
def trust() -> ResponseReturnValue:
    """Take packages signed with a key from now on, after its fingerprint was compared."""
    form = TrustForm()
    raw, name = carried_in(form), form.name.data or ""
    if not form.validate_on_submit():
        return _taken_in(raw, name, form, 422)
    try:
        packages.trust(database_session, opened(raw, name).key, form.label.data)
    except Refused as refused:
        return _page(sentence(refused.refusal, language()))
    return _taken_in(raw, name, form)


@bp.post("/<package_id>/delete")
def delete(package_id: str) -> ResponseReturnValue:
    """Delete a package with all it brought, after a deliberate tick."""
    row, there = _package_or_404(package_id), url_for(".show")
    if request.form.get("sure"):
        packages.remove(database_session, row)
        commit_deletion()
    return redirect(there)


def _package_or_404(id: str) -> ReceivedPackage:
    usable = packages.of_agency(database_session, agency_here(), today())
    return next((row for row, _ in usable if row.id == id), None) or abort(404)
