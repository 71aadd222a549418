"""A municipality signs a package for a workshop on another installation, sees what is in it, and takes it back."""

import json
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from selfcheck.extensions import database_session, kept
from selfcheck.forms.packages import PackageForm, package_form, wish_in
from selfcheck.ground.days import today
from selfcheck.models import IssuedPackage
from selfcheck.packages.contents import written
from selfcheck.packages.keys import SigningKey, fingerprint, own_key
from selfcheck.packages.package import Package
from selfcheck.services import packages
from selfcheck.views import once
from selfcheck.views.answering import download
from selfcheck.views.desk import findings_here
from selfcheck.views.doors import ASSESSMENT
from selfcheck.views.progress import progress

bp = ASSESSMENT.pages("packages", "/packages")


@bp.get("/")
def show() -> ResponseReturnValue:
    """The form, and what has been signed so far."""
    return _page(package_form(g.assessment.municipality))


def _page(form: PackageForm, status: int = 200) -> ResponseReturnValue:
    findings = findings_here()
    return render_template(
        "assessment/packages.html",
        findings=findings,
        places=progress(findings),
        form=form,
        issued=packages.issued_for(g.assessment, today()),
        fingerprint=fingerprint(_key().public),
    ), status


def _key() -> SigningKey:
    return own_key(kept().settings.home)


@bp.post("/")
def preview() -> ResponseReturnValue:
    """Exactly what the package will hold; nothing is signed yet."""
    form = PackageForm()
    if "edit" in request.form:
        return _page(form)
    return _preview(form) if form.validate_on_submit() else _page(form, 422)


def _preview(form: PackageForm, status: int = 200) -> ResponseReturnValue:
    findings, package = findings_here(), packages.draft(g.assessment, wish_in(form))
    form.seen.data = packages.mark(package)
    return render_template(
        "assessment/package.html",
        findings=findings,
        places=progress(findings),
        form=form,
        package=package,
        exactly=_exactly(package),
        changed=status == 409,
    ), status


def _exactly(package: Package) -> str:
    """The content as it will stand in the file, but for what signing adds."""
    said: dict[str, Any] = {key: one for key, one in written(package).items() if key not in ("id", "issued")}
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True)


@bp.post("/sign")
def sign() -> ResponseReturnValue:
    """Sign what was previewed and hand the file over; when it would say something else by now, show it again."""
    form = PackageForm()
    if not form.validate_on_submit():
        return _page(form, 422)
    if form.seen.data != packages.mark(packages.draft(g.assessment, wish_in(form))):
        return _preview(form, 409)
    if (known := once.earlier()) and (issued := database_session.get(IssuedPackage, known)):
        content = packages.issued_again(g.assessment, wish_in(form), issued, _key())
    else:
        issued, content = packages.issue(database_session, g.assessment, wish_in(form), _key())
        once.remember(issued.id)
        database_session.commit()
    return download(content, "application/json", f"{_('package file')}-{issued.id}.json")


@bp.post("/<package_id>/revoke")
def revoke(package_id: str) -> ResponseReturnValue:
    """Take a package back; the file that says so has to be passed on."""
    issued = _issued_or_404(package_id)
    packages.revoke(issued)
    database_session.commit()
    flash(
        _("Revoked. Now pass on the revocation file: only with it the agency's installation deletes the package."),
        "packages",
    )
    return redirect(url_for(".show", _anchor=f"package-{issued.id}"))


@bp.get("/<package_id>/revocation.json")
def revocation(package_id: str) -> ResponseReturnValue:
    """The signed file by which an agency's installation deletes the package."""
    issued = _issued_or_404(package_id)
    if issued.revoked is None:
        abort(404)
    content = packages.revocation(issued, _key())
    return download(content, "application/json", f"{_('revocation')}-{issued.id}.json")


def _issued_or_404(id: str) -> IssuedPackage:
    found = database_session.get(IssuedPackage, id)
    return found if found is not None and found.assessment_id == g.assessment.id else abort(404)
