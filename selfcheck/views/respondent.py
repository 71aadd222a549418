"""Covert individual rating, as one invited person sees it: invitation, items, done."""

from dataclasses import replace

from flask import (
    Blueprint,
    abort,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from scoring.model.questionnaire import Item, Perspective
from scoring.model.spreads import SMALLEST_GROUP, Rating
from selfcheck.extensions import commit_deletion, database_session, kept, language
from selfcheck.forms.kit import mark
from selfcheck.forms.ratings import RatingForm, chosen, held_of, rating_form, rating_in, rating_in_words
from selfcheck.models import Assessment, Respondent
from selfcheck.services import assessments, doors, rounds
from selfcheck.views import device, once
from selfcheck.views.doors import RATING
from selfcheck.views.progress import Place, minutes_for
from selfcheck.words.findings import Findings

way_in = Blueprint("invited", __name__)
bp = RATING.pages("rating")


@way_in.route("/i/<token(26):token>", methods=["GET", "POST"])
def invitation(token: str) -> ResponseReturnValue:
    """What taking part means; only the press of the button uses the invitation, not the opening of the link."""
    found = rounds.invited(database_session, token)
    if found is not None and found.used and (mine := doors.rating_of(database_session, device.key_by("rating", token))):
        return redirect(url_for("rating.overview", respondent_id=mine))
    if found is not None and request.method == "POST" and (again := _sent_before(token)):
        return again
    if found is None or found.used:
        return render_template("rating/closed.html", used=found is not None), 404
    if request.method == "POST":
        return _take_part(token, rounds.take_part(database_session, found, once.traceless_token()))
    return render_template(
        "rating/invitation.html",
        findings=_blank(found.assessment),
        here=found.assessment,
        role=found.role,
        minutes=minutes_for(_blank(found.assessment)),
        until=rounds.deleted_after(found.assessment),
        smallest_group=SMALLEST_GROUP,
    )


def _sent_before(invitation: str) -> ResponseReturnValue | None:
    """The way on for whoever has pressed the button twice: nothing is kept by which that could be known but the link."""
    token = once.traceless_token()
    found = rounds.returning(database_session, token)
    return _take_part(invitation, (found, token)) if found else None


def _take_part(invitation: str, taken: tuple[Respondent, str] | None) -> ResponseReturnValue:
    if taken is None:  # somebody else pressed the button a moment earlier
        return render_template("rating/closed.html", used=True), 404
    respondent, token = taken
    device.hand_key("rating", invitation, doors.new_key(database_session, respondent))
    database_session.commit()
    session["fresh"] = session.get("fresh", {}) | {respondent.id: token}
    return redirect(url_for("rating.overview", respondent_id=respondent.id))


@way_in.get("/r/<token:token>")
def come_back(token: str) -> ResponseReturnValue:
    """Swap a return link for a cookie, so that the token leaves the address bar at once."""
    found = rounds.returning(database_session, token)
    if found is None:
        return render_template("rating/closed.html", used=False), 404
    if not device.has_key("rating", found.id) and request.method != "HEAD":
        with kept().database.writer() as writing:
            device.hand_key("rating", token, doors.new_key(writing, found))
            writing.commit()
    return redirect(url_for("rating.overview", respondent_id=found.id))


def _blank(assessment: Assessment) -> Findings:
    """The questionnaire in this municipality's words, with nothing of what anybody answered."""
    sheet = replace(assessments.sheet_of(assessment), answers={}, spreads={}, target=None)
    return Findings(assessments.questionnaire_of(assessment), sheet, language())


def _places(findings: Findings) -> tuple[Place, ...]:
    ratings = rounds.ratings_of(g.respondent).by_item
    return tuple(
        Place(
            perspective.id,
            findings.say.say(perspective.name),
            sum(item.id in ratings and not ratings[item.id].is_open for item in items),
            len(items),
        )
        for perspective in findings.questionnaire.perspectives
        if (items := findings.asked_in(perspective))
    )


@bp.get("/")
def overview() -> ResponseReturnValue:
    """The return link right after the beginning; what is rated and what is open."""
    findings = _blank(g.respondent.assessment)
    token = session.get("fresh", {}).get(g.respondent.id)
    link = url_for("invited.come_back", token=token, _external=True) if token else None
    return render_template("rating/overview.html", findings=findings, places=_places(findings), link=link)


@bp.post("/link-kept")
def link_kept() -> ResponseReturnValue:
    """The return link is written down, or not wanted: never show it again; on to the first open perspective."""
    session["fresh"] = {id: token for id, token in session.get("fresh", {}).items() if id != g.respondent.id}
    places = _places(_blank(g.respondent.assessment))
    first = next((place for place in places if not place.finished), places[0])
    return redirect(url_for(".perspective", perspective_id=first.id))


@bp.route("/<perspective_id>", methods=["GET", "POST"])
def perspective(perspective_id: str) -> ResponseReturnValue:
    """Ask one person for the items of one perspective."""
    findings = _blank(g.respondent.assessment)
    asked, items = _asked_or_404(findings, perspective_id)
    form = rating_form(findings, items, rounds.ratings_of(g.respondent))
    status, conflicts = 422 if request.method == "POST" else 200, dict[str, str]()
    if form.validate_on_submit():
        conflicts = _rate_all(findings, form, items)
        if not conflicts:
            return redirect(_next_page(findings, perspective_id))
        status = 409
    page = render_template(
        "rating/perspective.html",
        findings=findings,
        perspective=asked,
        items=items,
        form=form,
        conflicts=conflicts,
        places=_places(findings),
    )
    return page, status


def _rate_all(findings: Findings, form: RatingForm, items: tuple[Item, ...]) -> dict[str, str]:
    """Record every item that was touched; returns what another device of this person has said of those both touched."""
    stored, conflicts = rounds.ratings_of(g.respondent).by_item, dict[str, str]()
    for item in items:
        theirs = stored.get(item.id, Rating())
        match held_of(form, item, theirs):
            case "sent":
                rounds.rate(database_session, g.respondent, item.id, rating_in(form, item))
            case "asked":
                conflicts[item.id] = rating_in_words(findings, item, theirs)
    database_session.commit()
    return conflicts


@bp.post("/items/<item_id>")
def item(item_id: str) -> ResponseReturnValue:
    """Record one rating at once (autosave); answers only after it is safely stored."""
    findings = _blank(g.respondent.assessment)
    found = next((item for item in findings.asked if item.id == item_id), None)
    if found is None:
        abort(404)
    form = rating_form(findings, [found], rounds.ratings_of(g.respondent))
    if not form.validate_on_submit():
        return jsonify(errors=[str(error) for errors in form.errors.values() for error in errors]), 422
    theirs, mine = rounds.ratings_of(g.respondent).by_item.get(item_id, Rating()), rating_in(form, found)
    holds = held_of(form, found, theirs)
    if holds == "asked":
        said, stage = rating_in_words(findings, found, theirs), chosen(found, theirs)
        texts = {"remark": theirs.remark}
        return jsonify(revision=mark(theirs), theirs=stage, said=said, texts=texts, unclear=theirs.unclear), 409
    if holds == "sent":
        rounds.rate(database_session, g.respondent, item_id, mine)
        database_session.commit()
    places = {place.id: [place.done, place.total] for place in _places(findings)}
    return jsonify(saved=item_id, revision=mark(mine if holds == "sent" else theirs), progress=places)


@bp.route("/done", methods=["GET", "POST"])
def done() -> ResponseReturnValue:
    """Say that everything is rated; it can still be changed until the evaluation."""
    findings = _blank(g.respondent.assessment)
    if request.method == "POST":
        g.respondent.finished = True
        database_session.commit()
    return render_template(
        "rating/done.html", findings=findings, places=_places(findings), finished=g.respondent.finished
    )


@bp.post("/leave-device")
def leave_device() -> ResponseReturnValue:
    """Let this browser get back into the rating only by the return link; what is rated stays."""
    device.drop_keys("rating", g.respondent.id)
    device.forget_shown(g.respondent.id)
    database_session.commit()
    return redirect(url_for("devices.left"))


@bp.post("/withdraw")
def withdraw() -> ResponseReturnValue:
    """Delete one's own ratings."""
    rounds.withdraw(database_session, g.respondent)
    after = url_for("invited.withdrawn")
    commit_deletion()
    return redirect(after)


@way_in.get("/withdrawn")
def withdrawn() -> ResponseReturnValue:
    """Confirm that the ratings are gone."""
    return render_template("rating/withdrawn.html")


def _asked_or_404(findings: Findings, id: str) -> tuple[Perspective, tuple[Item, ...]]:
    for perspective in findings.questionnaire.perspectives:
        if perspective.id == id and (items := findings.asked_in(perspective)):
            return perspective, items
    return abort(404)


def _next_page(findings: Findings, here: str) -> str:
    ids = [place.id for place in _places(findings)]
    after = ids[ids.index(here) + 1 :]
    return url_for(".perspective", perspective_id=after[0]) if after else url_for(".done")
