"""Live rounds for the moderation, and the screen in the room that follows them."""

from collections.abc import Callable
from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.extensions import database_session
from selfcheck.forms.kit import mark
from selfcheck.forms.live import AgreeForm, agree_form, begin_form, chosen, dissent_in, half_steps
from selfcheck.ground.qr import code
from selfcheck.models import LiveRound
from selfcheck.protocol.minutes import open_labels
from selfcheck.services import live, membership
from selfcheck.views import once
from selfcheck.views.doors import WORKSHOP, workshop_here
from selfcheck.views.votes import minutes_of, place_names, said, shown, turn_name, vignettes
from selfcheck.views.workshop_desk import say_here

bp = WORKSHOP.pages("live", "/live")
STEPS = {"reveal": live.reveal, "again": live.vote_again, "finish": live.finish, "back": live.take_back}


@bp.get("/")
def show() -> ResponseReturnValue:
    """The running round, or what can be put to the phones; the rounds that are over."""
    return _page()


def _page(status: int = 200, *refused: tuple[str, AgreeForm], **further: Any) -> ResponseReturnValue:
    here = workshop_here()
    round = live.present(database_session, here)
    over = [shown(here, one) for one in live.finished(database_session, here)]
    asked = frozenset(one.round.vignette or one.round.item for one in over)
    page = {
        "say": say_here(),
        "one": shown(here, round) if round else None,
        "over": over,
        "said": said(here, round),
        "elsewhere": live.on_screen(here)[0] != live.LIVE,
        "begin_form": begin_form(say_here(), vignettes(here), asked),
        "agree_forms": {one.id: _agree_form(one) for one in here.rounds} | dict(refused),
        "turn_name": turn_name,
        "phones": said(here, None),
        "address": phone_address(),
        "kept": bool(refused),
    }
    return render_template("workshop/live.html", **(page | further)), status


def _agree_form(round: LiveRound) -> AgreeForm:
    here, item = minutes_of(workshop_here()), say_here().questionnaire.items[round.item]
    stage = "" if round.agreed is None else chosen(item, round.agreed)
    dissent = here.text(round.dissent) if round.dissent else ""
    may_stand = [label for called in open_labels(here.look.members).values() for label in called]
    return agree_form(place_names(item), round.id, live.standing(round), stage, dissent, here.hidden, may_stand)


@bp.post("/begin/<kind>")
@once.only
def begin(kind: str) -> ResponseReturnValue:
    """Put an item or a vignette to the phones and on the screen."""
    form = begin_form(say_here(), vignettes(workshop_here()), frozenset())
    field = form.vignette if kind == "vignette" else form.item
    if not field.validate(form):
        return _page(422, begin_form=form)
    vignette = next((one for one in vignettes(workshop_here()) if one.id == field.data), None)
    item, id = (vignette.item, vignette.id) if vignette and kind == "vignette" else (field.data, "")
    return _done(lambda: live.begin(database_session, workshop_here(), item, id))


def _done(step: Callable[[], object]) -> ResponseReturnValue:
    """Take a step, or say why it was not possible any more."""
    try:
        step()
        once.remember(url_for(".show"))
        database_session.commit()
    except (live.WrongMoment, membership.Closed):
        database_session.rollback()
        return _page(409, faster=True)
    return redirect(url_for(".show"))


@bp.post("/<round_id>/<any(reveal, again, finish, back):step>")
@once.only
def take(round_id: str, step: str) -> ResponseReturnValue:
    """One step of the running round, from where it was seen."""
    return _done(lambda: STEPS[step](database_session, _seen(round_id)))


def _seen(id: str) -> LiveRound:
    """The round as the page showed it. Raises Closed; WrongMoment when it has gone on or something is recorded since."""
    round = live.held(database_session, workshop_here(), id)
    if request.form.get("seen") != mark(live.standing(round)):
        raise live.WrongMoment
    return round


@bp.post("/<round_id>/agree")
@once.only
def agree(round_id: str) -> ResponseReturnValue:
    """Record what was agreed on, and dissent, in place of what was shown alone."""
    try:
        round = live.held(database_session, workshop_here(), round_id)
    except (live.WrongMoment, membership.Closed):
        return _page(409, faster=True)
    form, item = _agree_form(round), say_here().questionnaire.items[round.item]
    if not form.validate_on_submit():
        return _page(422, (round.id, form))
    if form.seen.data != (standing := mark(live.standing(round))):
        form.seen.data = standing
        other = (shown(workshop_here(), round), form, place_names(item).get(form.stage.data, ""))
        return _page(409, (round.id, form), faster=True, other=other)
    place = half_steps(item, form.stage.data)
    dissent = dissent_in(form, open_labels(minutes_of(workshop_here()).look.members))
    return _done(lambda: live.agree(database_session, round, place, dissent))


@bp.get("/pulse")
def pulse() -> ResponseReturnValue:
    """What changes when there is something new to see, and how many have voted."""
    here = workshop_here()
    return jsonify(now=str(here.revision), said=said(here, live.present(database_session, here)))


@bp.get("/screen")
def screen() -> ResponseReturnValue:
    """What the projector shows at present; it follows the moderation by itself."""
    here = workshop_here()
    view, details = live.on_screen(here)
    if view != live.LIVE:
        return redirect(url_for(view, **details))
    round = live.present(database_session, here)
    return render_template(
        "workshop/screen_live.html",
        say=say_here(),
        one=shown(here, round) if round else None,
        said=said(here, round),
        turn_name=turn_name,
        address=phone_address(),
        qr=code(url_for("phones.short", _external=True)),
    )


def phone_address() -> str:
    """The address that people type on their phones, as short as it can be read out."""
    return url_for("phones.short", _external=True).partition("://")[2]


@bp.post("/screen")
def onto_screen() -> ResponseReturnValue:
    """Let the screen follow the live rounds."""
    live.show(workshop_here(), live.LIVE)
    database_session.commit()
    return redirect(url_for(".show"))
