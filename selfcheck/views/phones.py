"""Phones in a workshop: the way in with a municipality's code, and the one page that follows the live rounds."""

from typing import Any

from flask import (
    Blueprint,
    abort,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from selfcheck.extensions import database_session
from selfcheck.forms.live import TeamForm, chosen, half_steps_in, vote_form
from selfcheck.models import Participation, Seat
from selfcheck.services import doors, live, membership, ways_in, workshops
from selfcheck.views import device, once
from selfcheck.views.doors import SEAT
from selfcheck.views.votes import blank, place_name, shown, turn_name

way_in = Blueprint("phones", __name__)
bp = SEAT.pages("seat")


@way_in.route("/phones", methods=["GET", "POST"])
def typed() -> ResponseReturnValue:
    """Type the code of one's municipality."""
    form = TeamForm()
    if form.validate_on_submit():
        found = live.member_with(database_session, ways_in.plain(form.code.data))
        if found is not None:
            return redirect(url_for(".invitation", team_code=found.team_code))
        form.code.errors = [gettext("No municipality has this code. Please compare it with the card on your table.")]
    return render_template("phone/code.html", form=form), 422 if form.errors else 200


@way_in.get("/p")
def short() -> ResponseReturnValue:
    """The short address."""
    return redirect(url_for(".typed"))


@way_in.route("/p/<team_code>", methods=["GET", "POST"])
@once.only
def invitation(team_code: str) -> ResponseReturnValue:
    """What taking part means; only the press of the button makes a place for this device."""
    member = live.member_with(database_session, ways_in.plain(team_code))
    if member is None:
        form = TeamForm(formdata=None, data={"code": team_code})
        form.code.errors = [gettext("No municipality has this code. Please compare it with the card on your table.")]
        return render_template("phone/code.html", form=form), 404
    if mine := _mine(member):
        return redirect(url_for("seat.show", seat_id=mine.id))
    refused = ""
    if request.method == "POST":
        try:
            return _take_part(member, live.seat_of(database_session, member))
        except (live.NoSeat, membership.Closed) as error:
            refused = "full" if isinstance(error, live.NoSeat) else "closed"
    return _invited(member, refused)


def _invited(member: Participation, refused: str) -> ResponseReturnValue:
    keep_until = workshops.plan_of(member.workshop).keep_until
    page = render_template(
        "phone/invitation.html", member=member, workshop=member.workshop, keep_until=keep_until, refused=refused
    )
    return page, 409 if refused else 200


def _mine(member: Participation) -> Seat | None:
    """The place of this device in this municipality."""
    ids = (doors.seat_of(database_session, key) for key in device.keys("seat"))
    found = (database_session.get(Seat, id) for id in ids if id)
    return next((one for one in found if one and one.member_id == member.id), None)


def _take_part(member: Participation, seat: Seat) -> ResponseReturnValue:
    device.hand_key("seat", member.team_code, doors.new_key(database_session, seat))
    there = once.remember(url_for("seat.show", seat_id=seat.id), f"seat:{seat.id}")
    database_session.commit()
    return redirect(there)


@bp.get("/pulse")
def pulse() -> ResponseReturnValue:
    """What changes when there is something new to see."""
    now = live.pulse_of_seat(database_session, g.seat_id)
    return jsonify(now=now) if now is not None else abort(404)


@bp.get("/")
def show() -> ResponseReturnValue:
    """What is asked now; after the reveal, what all have said."""
    return _page()


def _page(status: int = 200, **further: Any) -> ResponseReturnValue:
    seat: Seat = g.seat
    workshop = seat.member.workshop
    now = live.pulse_of_seat(database_session, seat.id)
    round = None if workshop.closed else live.present(database_session, workshop)
    if round is None:
        return render_template("phone/waiting.html", workshop=workshop, seat=seat, now=now, **further), status
    one = shown(workshop, round)
    page: dict[str, Any] = {"workshop": workshop, "seat": seat, "now": now, "one": one, "place_name": place_name}
    if one.turn is None:
        own = live.own_vote(database_session, seat, round, 2 if len(one.outcomes) == 2 else 1)
        return render_template("phone/revealed.html", own=own, **page, **further), status
    stored = live.own_vote(database_session, seat, round, one.turn)
    form = vote_form(
        one.findings, one.item, round.id, one.turn, chosen(one.item, stored.half_steps) if stored else None
    )
    vote: dict[str, Any] = {"form": form, "stored": stored, "turn_name": turn_name(one.turn)}
    return render_template("phone/vote.html", **(page | vote | further)), status


@bp.post("/leave-device")
def leave_device() -> ResponseReturnValue:
    """Let this phone get to its seat no more; its votes stay."""
    device.drop_keys("seat", g.seat.id)
    database_session.commit()
    return redirect(url_for("devices.left"))


@bp.post("/vote")
def vote() -> ResponseReturnValue:
    """Record a vote; answers only after it is safely stored, and says so when it came too late."""
    seat: Seat = g.seat
    try:
        round = live.round_of(database_session, seat.member.workshop, request.form.get("round", ""))
        findings = blank(seat.member.workshop)
        item = findings.questionnaire.items[round.item]
        form = vote_form(findings, item, round.id, 1)
        if not form.validate_on_submit():
            return _refused(422, str(form.stage.errors[0] if form.stage.errors else ""), errors=form.stage.errors)
        turn = int(form.turn.data) if form.turn.data in ("1", "2") else 0
        live.vote(database_session, seat, round, turn, half_steps_in(form, item))
        database_session.commit()
    except (live.WrongMoment, membership.Closed):
        database_session.rollback()
        late = gettext("This vote is over: yours came too late and is not counted. What you see now is how it stands.")
        return _refused(409, late, late=late)
    return jsonify(saved=True) if _by_script() else redirect(url_for(".show"))


def _by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _refused(status: int, words: str, **further: Any) -> ResponseReturnValue:
    return (jsonify(refused=words), status) if _by_script() else _page(status, **further)
