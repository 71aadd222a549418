"""A municipality's part in comparative workshops: what it agrees to, what it shares, taking it back."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scoring.assess.words import neutral
from selfcheck.charts.files import png_file, svg_file
from selfcheck.extensions import commit_deletion, database_session, language
from selfcheck.forms.kit import changed_meanwhile
from selfcheck.forms.workshop import CodeForm, ConsentForm, consent_form, consent_in
from selfcheck.ground.days import today
from selfcheck.models import Participation, Workshop
from selfcheck.protocol.minutes import Minutes
from selfcheck.protocol.own_page import OwnPage
from selfcheck.reports.formats import FORMATS, write
from selfcheck.reports.invitation import about
from selfcheck.services import copies, ledgers, membership, tandems, ways_in, workshops
from selfcheck.views import answering
from selfcheck.views.desk import findings_here
from selfcheck.views.doors import ASSESSMENT, PARTICIPATION
from selfcheck.views.progress import progress
from selfcheck.views.refusals import REFUSALS
from selfcheck.views.workshop_desk import occasion

bp = ASSESSMENT.pages("joined", "/workshops")
own_page = PARTICIPATION.pages("joining")


OWN_FILES: dict[str, tuple[str, Callable[[OwnPage], bytes]]] = {
    "pdf": (FORMATS["pdf"], lambda page: write(page.outline, "pdf")),
    "docx": (FORMATS["docx"], lambda page: write(page.outline, "docx")),
    "svg": ("image/svg+xml", lambda page: svg_file(page.radar)),
    "png": ("image/png", lambda page: png_file(page.radar)),
}


@bp.get("/")
def show() -> ResponseReturnValue:
    """The workshops this self-check takes part in, and the field for the code of another one."""
    return _page(CodeForm(formdata=None))


def _page(form: CodeForm, status: int = 200) -> ResponseReturnValue:
    findings = findings_here()
    return render_template(
        "assessment/workshops.html",
        findings=findings,
        places=progress(findings),
        form=form,
        taking_part=[
            (one, workshops.plan_of(one.workshop)) for one in membership.participations(database_session, g.assessment)
        ],
        asked=_asked(),
    ), status


def _asked() -> Workshop | None:
    """The workshop this browser was invited to and has not answered yet."""
    code = session.get("joining", "")
    found = ways_in.by_code(database_session, code) if code else None
    joined = {one.assessment_id for one in found.members} if found else set()
    return found if found and not found.closed and g.assessment.id not in joined else None


@bp.post("/")
def find() -> ResponseReturnValue:
    """Go to the workshop with a code."""
    form = CodeForm()
    found = ways_in.by_code(database_session, form.code.data or "") if form.validate_on_submit() else None
    if found is not None:
        return redirect(url_for(".consent", code=found.code))
    form.code.errors = form.code.errors or [
        gettext("No workshop has this code. Please compare it with the invitation.")
    ]
    return _page(form, 422)


@bp.route("/<code>", methods=["GET", "POST"])
def consent(code: str) -> ResponseReturnValue:
    """What the municipality agrees to in one workshop."""
    workshop = _workshop(code)
    member = _member(workshop)
    terms = workshops.terms_of(workshop)
    form = consent_form(copies.consent_of(member) if member else None, g.assessment.municipality, terms)
    refused = ""
    valid = form.validate_on_submit()
    if valid and changed_meanwhile(form):
        refused = "changed" if member is None else "conflict"
    elif valid:
        try:
            membership.join(database_session, workshop, g.assessment, consent_in(form))
            database_session.commit()
            return _saved(url_for(".consent", code=workshop.code))
        except tuple(REFUSALS) as error:
            database_session.rollback()
            refused = REFUSALS[type(error)]
    return _consent_page(workshop, member, form, refused, findings=findings_here(), places=progress(findings_here()))


def _workshop(code: str) -> Workshop:
    found = ways_in.by_code(database_session, code)
    return found if found is not None else abort(404)


def _saved(place: str) -> ResponseReturnValue:
    flash(gettext("Saved."), "consent")
    return redirect(place)


def _consent_page(
    workshop: Workshop, member: Participation | None, form: ConsentForm, refused: str = "", **further: Any
) -> ResponseReturnValue:
    page = render_template(
        "workshop/consent.html",
        workshop=workshop,
        lines=about(occasion(workshop), language(), on_paper=member is not None and member.way == "paper"),
        member=member,
        form=form,
        refused=refused,
        tandems=tandems.of_member(workshop, member.id) if member else (),
        named=lambda one: one.name,
        say=neutral(workshops.questionnaire_of(workshop), language()),
        **further,
    )
    return page, 409 if refused in ("changed", "conflict") else 422 if form.errors or refused else 200


@bp.post("/<code>/renew")
def renew(code: str) -> ResponseReturnValue:
    """Share the present answers in place of the earlier copy."""
    member = _member(_workshop(code))
    if member is None or member.workshop.closed:
        return redirect(url_for(".consent", code=code))
    try:
        membership.renew(member)
        database_session.commit()
    except ledgers.StaysCovered:
        database_session.rollback()
        form, here = consent_form(copies.consent_of(member)), findings_here()
        return _consent_page(member.workshop, member, form, "covered", findings=here, places=progress(here))
    return _saved(url_for(".consent", code=code))


def _member(workshop: Workshop) -> Participation | None:
    return next((one for one in workshop.members if one.assessment_id == g.assessment.id), None)


@bp.post("/<code>/leave")
def leave(code: str) -> ResponseReturnValue:
    """Take everything back."""
    if (member := _member(_workshop(code))) is not None:
        membership.leave(database_session, member)
    after = url_for(".show")
    session.pop("joining", None)
    commit_deletion()
    flash(gettext("You have left the workshop. What you shared is deleted."), "consent")
    return redirect(after)


@bp.get("/<code>/page.<ending>")
def page(code: str, ending: str) -> ResponseReturnValue:
    """What the municipality takes home, for its own eyes."""
    return _taken_home(_member(_workshop(code)) or abort(404), ending)


def _taken_home(member: Participation, ending: str) -> ResponseReturnValue:
    if ending not in OWN_FILES:
        abort(404)
    here = OwnPage(Minutes(member.workshop, language(), today()), copies.member_of(member), private=True)
    (kind, make), name = OWN_FILES[ending], gettext("what-we-take-home")
    return answering.download(make(here), kind, f"{name}.{ending}")


@own_page.route("/", methods=["GET", "POST"])
def own() -> ResponseReturnValue:
    """What a municipality agrees to that brought its answers on paper."""
    member: Participation = g.participation
    form, refused = consent_form(copies.consent_of(member)), ""
    valid = form.validate_on_submit()
    if valid and changed_meanwhile(form):
        refused = "conflict"
    elif valid:
        try:
            membership.agree(member, consent_in(form))
            database_session.commit()
            return _saved(url_for(".own"))
        except ledgers.StaysCovered:
            database_session.rollback()
            refused = "covered"
    return _consent_page(member.workshop, member, form, refused, findings=None, places=None)


@own_page.get("/page.<ending>")
def own_paper(ending: str) -> ResponseReturnValue:
    """What the municipality takes home, for its own eyes."""
    return _taken_home(g.participation, ending)


@own_page.post("/leave")
def leave_by_link() -> ResponseReturnValue:
    """Take everything back."""
    membership.leave(database_session, g.participation)
    commit_deletion()
    return render_template("workshop/left.html")
