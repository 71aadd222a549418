"""Learning tandems for the moderation: fix what has to be, propose, look at the reasons, put it on the screen."""

from typing import Any, assert_never

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scoring.workshop.members import Member
from scoring.workshop.tandems import (
    Both,
    NoConsent,
    NoMatching,
    PinContradiction,
    PinsTogether,
    TooManyPartners,
    matching_of,
)
from selfcheck.extensions import database_session
from selfcheck.forms.tandems import pin_form
from selfcheck.ground.days import today
from selfcheck.services import copies, live, tandems
from selfcheck.views.doors import WORKSHOP, workshop_here
from selfcheck.views.workshop_desk import say_here

bp = WORKSHOP.pages("tandems", "/tandems")


@bp.get("/")
def show() -> ResponseReturnValue:
    """What is fixed, what is proposed and why, who is left over."""
    return _page()


def _members() -> dict[str, Member]:
    return {one.id: copies.member_of(one) for one in workshop_here().members}


def _page(status: int = 200, **further: Any) -> ResponseReturnValue:
    members, proposed = _members(), tandems.proposed(workshop_here())
    page = {
        "say": say_here(),
        "members": members,
        "form": pin_form(list(members.values())),
        "fixed": tandems.fixed_pairs(workshop_here()),
        "proposed": proposed,
        "outdated": tandems.outdated(workshop_here()),
        "not_kept": tandems.not_kept(workshop_here()) if proposed else (),
        "left": _left(proposed) if proposed else (),
        "without": [one for one in members.values() if not one.tandems],
        "refused": (),
        "named": lambda one: one.name,
    }
    return render_template("workshop/tandems.html", **(page | further)), status


def _left(proposed: tuple[tandems.Tandem, ...]) -> tuple[tuple[str, str], ...]:
    """Who agrees to tandems and is in none, each with the reason."""
    asked = tandems.task_of(workshop_here(), today())
    together = [frozenset(member.id for member in one.members) for one in proposed]
    chosen = [one for one in asked.possible if set(one.members) in together]
    names = {id: one.name for id, one in _members().items()}
    why = {
        "nobody-fits": gettext("nobody stands where it wants to go, and nobody wants to go where it stands"),
        "kept-apart": gettext("it is kept apart from those that would fit"),
        "no-place": gettext("those that would fit have no place left"),
    }
    inside = frozenset[str]().union(*together)
    return tuple(
        (names[one.member], why[one.why]) for one in matching_of(asked, chosen).left if one.member not in inside
    )


@bp.post("/propose")
def propose() -> ResponseReturnValue:
    """Look for the best tandems."""
    found = tandems.propose(workshop_here(), today())
    if isinstance(found, NoMatching):
        return _page(422, refused=[_contradiction(one) for one in found.contradictions])
    database_session.commit()
    if not found.chosen:
        flash(gettext("No tandem was found: nobody stands where somebody else wants to go."), "tandems")
    return redirect(url_for(".show", _anchor="proposed"))


def _contradiction(of: PinContradiction) -> str:
    names = {id: one.name for id, one in _members().items()}

    def pair(members: frozenset[str]) -> str:
        return " – ".join(sorted(names.get(id, "?") for id in members))

    match of:
        case Both(members):
            return str(gettext("%(pair)s: both together and apart", pair=pair(members)))
        case NoConsent(member):
            return str(gettext("%(name)s does not agree to tandems", name=names.get(member, "?")))
        case TooManyPartners(member, capacity):
            return str(gettext("%(name)s has %(count)s places, fewer than needed", name=names[member], count=capacity))
        case PinsTogether(pins):
            fixed = (gettext("%(pair)s together", pair=pair(pin.members)) for pin in pins if pin.together)
            apart = (gettext("%(pair)s apart", pair=pair(pin.members)) for pin in pins if not pin.together)
            return str(gettext("these cannot be kept together: %(pairs)s", pairs="; ".join([*fixed, *apart])))
        case _:
            assert_never(of)


@bp.post("/fix")
def fix() -> ResponseReturnValue:
    """Fix that two work together, or do not."""
    form = pin_form(list(_members().values()))
    if not form.validate_on_submit():
        return _page(422, form=form)
    tandems.fix(workshop_here(), form.one.data, form.other.data, together=form.together.data == "y")
    database_session.commit()
    return redirect(url_for(".show"))


@bp.post("/free")
def free() -> ResponseReturnValue:
    """Fix nothing about two any more."""
    tandems.free(workshop_here(), request.form.get("one", ""), request.form.get("other", ""))
    database_session.commit()
    return redirect(url_for(".show"))


@bp.post("/screen")
def onto_screen() -> ResponseReturnValue:
    """Put the tandems on the screen, as far as municipalities appear by themselves."""
    live.show(workshop_here(), "tandems.screen")
    database_session.commit()
    flash(gettext("It is on the screen."), "tandems")
    return redirect(url_for(".show"))


@bp.get("/screen")
def screen() -> ResponseReturnValue:
    """The tandems for the projector."""
    proposed = tandems.proposed(workshop_here())
    told = [one for one in proposed if one.is_open]
    page = {"told": told, "untold": len(proposed) - len(told), "label": lambda one: one.name}
    return render_template("workshop/screen_tandems.html", say=say_here(), **page)
