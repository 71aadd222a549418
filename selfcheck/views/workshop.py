"""A workshop for its moderation: overview, what is planned, who takes part, what comes in on paper, its end."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scoring.workshop import words
from scoring.workshop.comparable import Comparability
from selfcheck.extensions import commit_deletion, database_session, kept
from selfcheck.forms.context import DeleteForm
from selfcheck.forms.kit import changed_meanwhile
from selfcheck.forms.workshop import (
    PaperForm,
    WorkshopForm,
    choice_questions,
    consent_in,
    paper_form,
    plan_in,
    refuse,
    sheet_in,
    workshop_form,
)
from selfcheck.ground.days import today
from selfcheck.ground.qr import code
from selfcheck.ground.written import written_day, written_moment
from selfcheck.models import Agency, Participation
from selfcheck.packages.keys import own_key
from selfcheck.reading import answer_files
from selfcheck.reading.files import UnusableFile, read_bytes
from selfcheck.services import copies, looking, membership, packages, ways_in, workshops
from selfcheck.views import once
from selfcheck.views.doors import WORKSHOP, workshop_here
from selfcheck.views.refusals import REFUSALS
from selfcheck.views.workshop_desk import say_here, wanted
from selfcheck.views.workshops import handed_over

bp = WORKSHOP.pages("workshop")


@bp.get("/")
def overview() -> ResponseReturnValue:
    """The code to join, the agenda with times, what is done and what comes next."""
    return _overview()


def _overview(status: int = 200, **further: Any) -> ResponseReturnValue:
    here = workshop_here()
    token = session.get("fresh", {}).get(here.id)
    page = {
        "plan": (plan := workshops.plan_of(here)),
        "times": workshops.timed(plan),
        "say": say_here(),
        "link": url_for("workshops.enter", token=token, _external=True) if token else None,
        "address": url_for("workshops.invited", code=here.code, _external=True),
        "short_address": url_for("workshops.join", _external=True),
        "form": DeleteForm(formdata=None),
    }
    return render_template("workshop/overview.html", **(page | further)), status


@bp.post("/link-kept")
def link_kept() -> ResponseReturnValue:
    """The link is written down: never show it again."""
    session["fresh"] = {id: token for id, token in session.get("fresh", {}).items() if id != workshop_here().id}
    return redirect(url_for(".overview"))


@bp.post("/link")
@once.only
def replace_link() -> ResponseReturnValue:
    """A new link in place of the present one."""
    return handed_over(workshop_here(), ways_in.replace_link(database_session, workshop_here(), once.token()))


@bp.get("/join.svg")
def join_code() -> ResponseReturnValue:
    """The way to join as a QR code."""
    address = url_for("workshops.invited", code=workshop_here().code, _external=True)
    return code(address), {"Content-Type": "image/svg+xml; charset=utf-8"}


@bp.route("/settings", methods=["GET", "POST"])
def settings() -> ResponseReturnValue:
    """Change what is planned: only what was shown, and nothing beyond what municipalities have agreed to."""
    stored = workshops.plan_of(workshop_here())
    form = workshop_form(stored, workshops.fewest(workshop_here().agency_id))
    if not form.validate_on_submit():
        return _settings_page(form, 422 if form.errors else 200)
    if changed_meanwhile(form):
        return _settings_page(form, 409)
    try:
        workshops.settle(workshop_here(), plan_in(form))
    except workshops.Wider as error:
        refuse(form, error.fields)
        return _settings_page(form, 422)
    database_session.commit()
    flash(gettext("Saved."), "workshop")
    return redirect(url_for(".overview"))


def _settings_page(form: WorkshopForm, status: int) -> ResponseReturnValue:
    return render_template("workshop/settings.html", form=form, conflict=status == 409), status


@bp.get("/members")
def members() -> ResponseReturnValue:
    """Who takes part, what they agree to, and what can be compared."""
    return _members_page()


def _members_page(status: int = 200, unsure: str = "") -> ResponseReturnValue:
    """`unsure`: the id of the municipality that was not removed, since the tick was missing."""
    here = looking.look(workshop_here(), {}, today())
    page = render_template(
        "workshop/members.html",
        say=say_here(),
        told={one.id: _told(here.comparable[one.id]) for one in here.members},
        called={one.id: _called(one) for one in workshop_here().members},
        since={one.id: written_moment(one.shared, wanted()) for one in workshop_here().members},
        alike=membership.alike(workshop_here()),
        unsure=unsure,
        back={
            id: url_for("workshops.come_back", token=token, _external=True)
            for id, token in session.get("ways_back", {}).items()
        },
    )
    return page, status


def _called(member: Participation) -> str:
    """What the moderation calls a municipality; a package without a name by its number and its day."""
    issued = packages.issued_without_name(database_session, member)
    if issued is None:
        return member.name
    number, day = member.name.removeprefix("#"), written_day(issued, wanted())
    called: str = gettext("Package %(number)s of %(day)s", number=number, day=day)
    return called


def _told(found: Comparability) -> list[str]:
    """What of a municipality may not be compared, and what to keep in mind with the rest, in words."""
    against = [(id, words.reason(reason)) for id, reason in found.against.items()]
    notes = [(id, words.note(note)) for id, note in found.notes]
    return [f"{id}: {said.text(wanted())}" if id else said.text(wanted()) for id, said in (*against, *notes)]


@bp.route("/members/paper", methods=["GET", "POST"])
@once.only
def paper() -> ResponseReturnValue:
    """Enter what a municipality handed over on paper."""
    form = paper_form(say_here())
    if form.validate_on_submit():
        try:
            member, token = membership.enter_on_paper(
                database_session, workshop_here(), _handed_over_sheet(form), consent_in(form), once.token()
            )
            return _way_back(member, token)
        except UnusableFile as error:
            return _paper_page(form, 422, problems=error.problems)
        except tuple(REFUSALS) as error:
            database_session.rollback()
            return _paper_page(form, 422, refused=REFUSALS[type(error)])
    return _paper_page(form, 422 if form.errors else 200)


def _handed_over_sheet(form: PaperForm) -> Any:
    """The answers of a file when there is one, else what was typed. Raises UnusableFile."""
    upload = form.file.data
    if not upload:
        return sheet_in(form, say_here().questionnaire, today())
    return answer_files.interpret(read_bytes(upload.read(), upload.filename))[1]


def _paper_page(form: PaperForm, status: int, **further: Any) -> ResponseReturnValue:
    """The page to type a paper set; of a workshop that is over it says so, and shows nothing but what was typed."""
    page = {"form": form, "say": say_here(), "questions": choice_questions(say_here().questionnaire), "member": None}
    return render_template("workshop/paper.html", **(page | further)), status


@bp.route("/members/<member_id>/paper", methods=["GET", "POST"])
def correct(member_id: str) -> ResponseReturnValue:
    """Correct what was entered from paper."""
    member = _member(member_id)
    if member.way != "paper":
        abort(404)
    form = paper_form(say_here(), copies.consent_of(member), copies.sheet_of(member))
    refused, valid = "", form.validate_on_submit()
    if valid and changed_meanwhile(form):
        return _paper_page(form, 409, member=member, conflict=True)
    if valid:
        try:
            membership.correct(member, sheet_in(form, say_here().questionnaire, today()))
            membership.agree(member, consent_in(form))
            database_session.commit()
            return redirect(url_for(".members", _anchor=member.id))
        except tuple(REFUSALS) as error:
            database_session.rollback()
            refused = REFUSALS[type(error)]
    return _paper_page(form, 422 if form.errors or refused else 200, member=member, refused=refused)


def _member(id: str) -> Participation:
    return next((one for one in workshop_here().members if one.id == id), None) or abort(404)


def _way_back(member: Participation, token: str) -> ResponseReturnValue:
    """Store a municipality with a new link, and show that link until it is handed over."""
    there = once.remember(url_for(".members", _anchor=member.id), f"ways_back:{member.id}")
    database_session.commit()
    session["ways_back"] = {**session.get("ways_back", {}), member.id: token}
    return redirect(there)


@bp.post("/members/<member_id>/link")
@once.only
def way_back(member_id: str) -> ResponseReturnValue:
    """A new link with which a municipality reaches its consent."""
    member = _member(member_id)
    return _way_back(member, ways_in.way_back(database_session, member, once.token()))


@bp.post("/members/links-kept")
def ways_back_kept() -> ResponseReturnValue:
    """The links are handed over: never show them again."""
    session.pop("ways_back", None)
    return redirect(url_for(".members"))


@bp.get("/members/packages")
def packages_here() -> ResponseReturnValue:
    """The packages of the agency that could take part, and why others cannot."""
    return _packages_page()


def _packages_page(refused: str = "", status: int = 200, unsure: str = "") -> ResponseReturnValue:
    """`unsure`: the id of the package that was not added, since nobody confirmed that it may be used for this workshop."""
    usable = packages.of_agency(database_session, _agency_or_404(), today())
    page = {
        "told": [(row, package, packages.against_seat(workshop_here(), row, package)) for row, package in usable],
        "refused": refused,
        "unsure": unsure,
        "own_key": own_key(kept().settings.home).public,
        "same_purpose": workshops.same_purpose,
    }
    return render_template("workshop/packages.html", **page), status


def _agency_or_404() -> Agency:
    """The agency of the workshop, for whoever came in through its area: the moderation's link alone opens no package."""
    agency = workshop_here().agency
    return agency if agency is not None and g.by_agency else abort(404)


@bp.post("/members/packages/<package_id>")
@once.only
def take_package(package_id: str) -> ResponseReturnValue:
    """Let the municipality of a package take part, as it has agreed to."""
    usable = packages.of_agency(database_session, _agency_or_404(), today())
    row, package = next((one for one in usable if one[0].id == package_id), None) or abort(404)
    if packages.against_seat(workshop_here(), row, package):
        return redirect(url_for(".packages_here"))
    if not workshops.same_purpose(package.purpose, workshop_here().purpose) and not request.form.get("fits"):
        return _packages_page(status=422, unsure=row.id)
    try:
        packages.take_part(database_session, workshop_here(), row, package)
    except tuple(REFUSALS) as error:
        database_session.rollback()
        return _packages_page(REFUSALS[type(error)], 422)
    there = once.remember(url_for(".members"))
    database_session.commit()
    return redirect(there)


@bp.post("/members/<member_id>/remove")
def remove(member_id: str) -> ResponseReturnValue:
    """Take a municipality out, with all it shared."""
    if not DeleteForm().validate_on_submit():
        return _members_page(422, unsure=_member(member_id).id)
    membership.leave(database_session, _member(member_id))
    after = url_for(".members")
    commit_deletion()
    return redirect(after)


@bp.post("/close")
def close() -> ResponseReturnValue:
    """End the workshop; everything can still be taken along until it is deleted."""
    workshops.close(workshop_here())
    database_session.commit()
    return redirect(url_for(".overview"))


@bp.post("/reopen")
def reopen() -> ResponseReturnValue:
    """Go on with it."""
    workshops.reopen(workshop_here())
    database_session.commit()
    return redirect(url_for(".overview"))


@bp.post("/delete")
def delete() -> ResponseReturnValue:
    """Delete the workshop for good."""
    if not DeleteForm().validate_on_submit():
        return _overview(422, form=DeleteForm())
    workshops.delete(database_session, workshop_here())
    commit_deletion()
    g.pop("workshop")
    return redirect(url_for("workshops.deleted"))
