"""Rating together, for the coordination: covert ratings, their evaluation, and the consensus round item by item."""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from flask import abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scoring.follow.agenda import agenda
from scoring.follow.prompts import Prompt, prompts
from scoring.model.answers import Answer
from scoring.model.questionnaire import Item
from scoring.model.rules import Plausibility
from scoring.model.spreads import SMALLEST_GROUP, Spread, TooFewRatings, lower_median, most_discussed
from selfcheck.charts.strip import Strip, strip_svg
from selfcheck.extensions import commit_deletion, database_session
from selfcheck.forms.items import ItemForm, answer_in, answer_in_words, item_form, look_again, seen, untouched
from selfcheck.forms.meeting import meeting_in
from selfcheck.forms.ratings import RoundForm, SureForm, invitations_form
from selfcheck.ground.written import written_day
from selfcheck.models import Assessment
from selfcheck.reports.cards import Card, Round, cards
from selfcheck.services import assessments, rounds, snapshots
from selfcheck.services.seen import ChangedMeanwhile
from selfcheck.views import once
from selfcheck.views.answering import download
from selfcheck.views.desk import findings_here
from selfcheck.views.doors import ASSESSMENT
from selfcheck.views.progress import minutes_for, progress
from selfcheck.words.findings import Findings

bp = ASSESSMENT.pages("people", "/together")


@bp.get("/")
def show() -> ResponseReturnValue:
    """Which mode is on, who is invited, how many have rated, and what comes next."""
    return _page()


def _page(status: int = 200, **further: object) -> ResponseReturnValue:
    findings, here = findings_here(), _here()
    page = {
        "findings": findings,
        "places": progress(findings),
        "round_form": RoundForm(),
        "invitations_form": invitations_form(findings),
        "running": rounds.is_running(here),
        "participation": rounds.participation(here),
        "invitations": [(one.role, _address(rounds.token_of(one, _key()))) for one in rounds.unused(here)],
        "smallest_group": SMALLEST_GROUP,
        "until": rounds.deleted_after(here) if rounds.is_running(here) else None,
        "role_name": {role.key: findings.say.say(role.label) for role in findings.questionnaire.roles},
        "refused": "",
        "other": False,
    }
    return render_template("together/show.html", **(page | further)), status


def _here() -> Assessment:
    here: Assessment = g.assessment
    return here


def _key() -> str:
    return str(current_app.config["SECRET_KEY"])


def _address(token: str) -> str:
    return url_for("invited.invitation", token=token, _external=True)


@bp.post("/begin")
@once.only
def begin() -> ResponseReturnValue:
    """Collect covert individual ratings from now on."""
    form = RoundForm()
    if not form.validate_on_submit():
        return _page(422, round_form=form)
    if _here().mode != rounds.OPEN:
        return _page(409, other=form.purpose.data or True)
    if form.aside.data and not _here().again:
        snapshots.set_aside(database_session, _here(), gettext("Before the covert rating"))
    rounds.begin(_here(), form.purpose.data)
    once.remember(url_for(".show"))
    database_session.commit()
    return redirect(url_for(".show"))


@bp.post("/invitations")
@once.only
def invite() -> ResponseReturnValue:
    """Make invitations for so many people of each role group."""
    form = invitations_form(findings_here())
    if not rounds.is_running(_here()) or not form.validate_on_submit():
        return _page(422, invitations_form=form)
    for role, count in form.by_role().items():
        rounds.invite(database_session, _here(), role, count, _key())
    there = once.remember(url_for(".show", _anchor="invitations"))
    database_session.commit()
    return redirect(there)


@bp.post("/invitations/withdraw")
def withdraw() -> ResponseReturnValue:
    """Make the unused invitations worthless."""
    rounds.withdraw_invitations(database_session, _here())
    database_session.commit()
    return redirect(url_for(".show"))


@bp.get("/invitations.pdf")
def invitation_cards() -> ResponseReturnValue:
    """The unused invitations as cards to cut out."""
    findings = findings_here()
    names = {role.key: findings.say.say(role.label) for role in findings.questionnaire.roles}
    unused = [Card(names.get(one.role, ""), _address(rounds.token_of(one, _key()))) for one in rounds.unused(_here())]
    if not unused:
        abort(404)
    until = written_day(rounds.deleted_after(_here()), findings.language)
    here = Round(findings.sheet.municipality, g.assessment.purpose, minutes_for(findings), until)
    return download(cards(here, unused, findings.language), "application/pdf", f"{gettext('invitations')}.pdf")


@bp.post("/evaluate")
def evaluate() -> ResponseReturnValue:
    """Show the spreads, once; the individual ratings are deleted."""
    if not SureForm().validate_on_submit():
        return _page(422, refused="tick")
    try:
        rounds.evaluate_once(database_session, _here())
    except TooFewRatings:
        return _page(422, refused="few")
    except rounds.RoundClosed:
        return redirect(url_for(".show"))
    after = url_for(".spread")
    commit_deletion()
    return redirect(after)


@bp.post("/discard")
def discard() -> ResponseReturnValue:
    """Delete the individual ratings without an evaluation."""
    if not SureForm().validate_on_submit():
        return _page(422, refused="tick")
    rounds.discard(database_session, _here())
    after = url_for(".show")
    commit_deletion()
    return redirect(after)


@dataclass(frozen=True, slots=True)
class Talk:
    """One item on the way to a consensus."""

    item: Item
    answer: Answer
    spread: Spread | None
    prompts: tuple[Prompt, ...]
    hints: tuple[Plausibility, ...]

    @property
    def needed(self) -> bool:
        """The ratings lie far apart and nothing is agreed yet."""
        return self.spread is not None and self.spread.needs_talk and self.answer.is_open

    @property
    def easy(self) -> bool:
        """The ratings lie close together and nothing is agreed yet."""
        return self.spread is not None and not self.spread.needs_talk and self.answer.is_open


def _order(findings: Findings) -> list[str]:
    """The items in the order in which they are worth a talk: widest spread first, then those without a spread."""
    asked = [item.id for item in findings.asked]
    discussed = most_discussed({id: findings.sheet.spreads[id] for id in asked if id in findings.sheet.spreads})
    return [*discussed, *(id for id in asked if id not in discussed)]


def _talk(findings: Findings, id: str) -> Talk:
    spread = findings.sheet.spreads.get(id)
    return Talk(
        findings.questionnaire.items[id],
        findings.sheet.answers.get(id, Answer()),
        spread,
        prompts(spread) if spread else (),
        findings.hints_about(id),
    )


@bp.get("/spread")
def spread() -> ResponseReturnValue:
    """All spreads, the most discussed items first, with questions to ask and a timed agenda."""
    findings = findings_here()
    talks = [_talk(findings, id) for id in _order(findings)]
    meeting = meeting_in(request.args)
    proposal = agenda([one.item.id for one in talks if one.needed], meeting.start, meeting.minutes)
    talked = {item for slot in proposal.slots for item in slot.items}
    return render_template(
        "together/spread.html",
        findings=findings,
        places=progress(findings),
        talks=talks,
        meeting=meeting,
        agenda=proposal,
        quickly=[one for one in talks if one.item.id not in talked and one.answer.is_open],
        easy=[one for one in talks if one.easy],
        strip=partial(_strip, findings),
        smallest_group=SMALLEST_GROUP,
    )


@bp.post("/adopt-medians")
def adopt_medians() -> ResponseReturnValue:
    """Agree on the median wherever nobody is far off it; what is agreed already stays."""
    findings = findings_here()
    for id in _order(findings):
        one = _talk(findings, id)
        if one.easy and one.spread:
            agreed = replace(one.answer, choice=one.item.scale.options[one.spread.median].key)
            assessments.record(database_session, g.assessment, id, agreed)
    database_session.commit()
    return redirect(url_for(".spread"))


@bp.route("/room/<item_id>", methods=["GET", "POST"])
def room(item_id: str) -> ResponseReturnValue:
    """One item for the room: the stages, the spread without names, questions, and what is agreed."""
    findings = findings_here()
    order = _order(findings)
    if item_id not in order:
        abort(404)
    here = order.index(item_id)
    one = _talk(findings, item_id)
    form = item_form(findings, [one.item], assessments.revisions(g.assessment))
    theirs, status = None, 200
    if request.method == "POST":
        theirs, status = _agree(form, one.item) if form.validate_on_submit() else (None, 422)
        if status == 302:
            return redirect(_next_to_agree(findings, order[here + 1 :] + order[:here]))
    page = render_template(
        "together/room.html",
        findings=findings,
        one=one,
        form=form,
        number=here + 1,
        count=len(order),
        before=order[here - 1] if here else None,
        after=order[here + 1] if here + 1 < len(order) else None,
        theirs=answer_in_words(findings, one.item, theirs) if theirs else "",
        strip=partial(_strip, findings),
        smallest_group=SMALLEST_GROUP,
    )
    return page, status


def _next_to_agree(findings: Findings, others: list[str]) -> str:
    """The address of the next item on which nothing is agreed; when there is none, of the overview."""
    for id in others:
        if findings.sheet.answers.get(id, Answer()).is_open:
            return url_for(".room", item_id=id)
    return url_for(".spread") if findings.sheet.spreads else url_for(".show")


def _agree(form: ItemForm, item: Item) -> tuple[Answer | None, int]:
    """Record what was agreed; returns the stored answer instead when somebody else has changed it meanwhile."""
    if untouched(form, item):
        return None, 302
    try:
        assessments.record(database_session, g.assessment, item.id, answer_in(form, item), seen(form, item))
    except ChangedMeanwhile as meanwhile:
        revision, stored = assessments.answered_meanwhile(meanwhile)
        look_again(form, item, revision, stored)
        return stored, 409
    database_session.commit()
    return None, 302


def _strip(findings: Findings, one: Talk, role: str = "", large: bool = False) -> str:
    """The spread of an item, or of one role group that may be shown, as a drawing."""
    assert one.spread is not None
    counts = one.spread.roles[role] if role else one.spread.counts
    agreed = one.item.scale.option(one.answer.choice) if one.answer.choice is not None else None
    return strip_svg(
        Strip(
            counts,
            lower_median(counts) if role else Fraction(one.spread.median),
            Fraction(one.item.scale.options.index(agreed)) if agreed else None,
            maximum=len(one.item.scale.options) - 1,
            language=findings.language,
            title=findings.say.item(one.item.id),
        ),
        large=large,
    )
