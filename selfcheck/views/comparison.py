"""Look together: municipalities side by side, what may be said of all of them, who can show what – and on the screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from scoring.assess.words import Speaker
from scoring.model.questionnaire import Perspective
from scoring.workshop import views, words
from scoring.workshop.members import Filter, Member, filter_questions
from selfcheck.charts.looks import on_page
from selfcheck.charts.side_by_side import MembersSeen, heat, radars
from selfcheck.charts.strip import Strip, strip_svg
from selfcheck.extensions import database_session
from selfcheck.ground.days import today
from selfcheck.services import live, looking
from selfcheck.services.looking import Look, NotReleased, State, Together
from selfcheck.views.doors import WORKSHOP, workshop_here
from selfcheck.views.workshop_desk import say_here

bp = WORKSHOP.pages("comparison", "/compare")


@dataclass(frozen=True)
class Sight:
    """A look at the workshop in words and pictures."""

    look: Look
    say: Speaker

    def label(self, member: Member) -> str:
        """What a municipality is called here."""
        return words.label(member).text(self.say.language)

    def radars(self, place: Literal["page", "screen"]) -> str:
        """Small radars; nothing when nobody appears by itself."""
        return radars(self._seen, self.say.language, place) if self._seen else ""

    @cached_property
    def heat(self) -> str:
        """The table in shades; nothing when nobody appears by itself."""
        return on_page(heat(self._seen, self.say.language), 900) if self._seen else ""

    @cached_property
    def reasons(self) -> tuple[tuple[str, str, str], ...]:
        """What is not drawn: municipality, perspective and why."""
        return tuple(
            (self.label(member), perspective, words.reason(against).text(self.say.language))
            for member in self.look.seen
            for perspective, against in self.look.comparable[member.id].against.items()
        )

    @property
    def _seen(self) -> MembersSeen:
        return self.look.drawn

    def cell(self, member: Member, quantity: str) -> str:
        """A value, or why there is none."""
        value = self.look.own(member, quantity)
        if value is not None:
            return self.say.number(value)
        against = self.look.comparable[member.id].against.get(self._perspective_of(quantity))
        return words.reason(against).text(self.say.language) if against else str(gettext("no stage"))

    def _perspective_of(self, quantity: str) -> str:
        items = self.look.questionnaire.perspective_of
        return items[quantity].id if quantity in items else quantity

    def state(self, quantity: str) -> State:
        """What may be said of all together."""
        return self.look.together(quantity)

    def together(self, quantity: str) -> str:
        """It in words: the median and how many are counted, or why nothing is shown."""
        match self.state(quantity):
            case Together() as found:
                count = ngettext("%(num)s municipality", "%(num)s municipalities", found.size)
                median = self.say.number(found.median)
                if found.earlier:
                    return str(gettext("median %(median)s (%(count)s, as released before)", median=median, count=count))
                return str(gettext("median %(median)s (%(count)s)", median=median, count=count))
            case NotReleased():
                return str(gettext("not released yet"))
            case reason:
                return words.withheld(reason).text(self.say.language)

    def larger(self, quantity: str) -> str:
        """The nearest larger group of which something is shown, in words; nothing when there is none."""
        if isinstance(self.state(quantity), Together | NotReleased):
            return ""
        filter = self.look.larger(quantity)
        if filter is None:
            return ""
        return self.chosen(filter) or gettext("all municipalities of the workshop")

    def chosen(self, filter: Filter) -> str:
        """A filter in words."""
        questions = {one.id: one for one in filter_questions(self.look.questionnaire)}
        labels = (
            next(self.say.say(choice.label) for choice in questions[id].choices if choice.key == key)
            for id, key in filter.items()
        )
        return " · ".join(labels)

    def dots(self, quantity: str, large: bool = False) -> str:
        """How many stand at each place; nothing where nothing may be shown, or places lie between half stages."""
        found = self.state(quantity)
        if not isinstance(found, Together) or any(place.denominator > 2 for place in found.counts):
            return ""
        name = self.say.item(quantity) if quantity in self.look.questionnaire.items else quantity
        top = int(self.look.questionnaire.scales[0].highest)
        drawn = Strip(
            found.counts, found.median, maximum=top, language=self.say.language, title=name, of="municipalities"
        )
        return strip_svg(drawn, large)

    def strengths(self, perspective: Perspective) -> tuple[views.Strength, ...]:
        """Who can show what."""
        return views.strengths(self.look.questionnaire, perspective.id, self.look.seen, self.look.comparable)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Gaps that many share."""
        return views.shared_gaps(self.look.medians)

    def role_gaps(self, perspective: Perspective) -> tuple[tuple[Member, views.RoleGap], ...]:
        """Where role groups of one municipality see things differently."""
        return tuple((one, gap) for one in self.look.seen for gap in views.role_gaps(one, perspective.id))

    def role(self, key: str) -> str:
        """What a role group is called."""
        return next(self.say.say(role.label) for role in self.look.questionnaire.roles if role.key == key)


def _filter(given: Mapping[str, str]) -> dict[str, Any]:
    questions = [one.id for one in filter_questions(say_here().questionnaire)]
    return {id: given[id] for id in questions if given.get(id)}


def _sight() -> Sight:
    return Sight(looking.look(workshop_here(), _filter(request.args), today()), say_here())


def _perspective(id: str) -> Perspective:
    return next((one for one in say_here().questionnaire.perspectives if one.id == id), None) or abort(404)


@bp.get("/")
def show() -> ResponseReturnValue:
    """Profiles side by side."""
    sight = _sight()
    return render_template("workshop/compare.html", sight=sight, questions=filter_questions(sight.look.questionnaire))


@bp.get("/<perspective_id>")
def perspective(perspective_id: str) -> ResponseReturnValue:
    """One perspective: strengths first, then how all stand in each item."""
    sight, found = _sight(), _perspective(perspective_id)
    order = [one.id for one in sight.look.questionnaire.perspectives]
    return render_template(
        "workshop/compare_perspective.html",
        sight=sight,
        perspective=found,
        questions=filter_questions(sight.look.questionnaire),
        beside=(order[order.index(found.id) - 1], order[(order.index(found.id) + 1) % len(order)]),
    )


@bp.post("/release")
def release() -> ResponseReturnValue:
    """Release what may be said of all together, as things stand now."""
    filter = _filter(request.form)
    count = looking.release(workshop_here(), filter, today())
    database_session.commit()
    flash(
        ngettext("Released: %(num)s number.", "Released: %(num)s numbers, of perspectives and items.", count), "release"
    )
    return redirect(url_for(".show", **filter))


@bp.post("/screen")
def onto_screen() -> ResponseReturnValue:
    """Put what is looked at on the screen."""
    filter, wanted = _filter(request.form), request.form.get("perspective", "")
    known = wanted in {one.id for one in say_here().questionnaire.perspectives}
    details = {"perspective_id": wanted} if known else {}
    live.show(workshop_here(), "comparison.screen_perspective" if known else "comparison.screen", **details, **filter)
    database_session.commit()
    flash(gettext("It is on the screen."), "screen")
    back = url_for(".perspective", perspective_id=wanted, **filter) if known else url_for(".show", **filter)
    return redirect(back)


@bp.get("/screen")
def screen() -> ResponseReturnValue:
    """Profiles side by side, for the projector."""
    return render_template("workshop/screen_compare.html", sight=_sight(), perspective=None)


@bp.get("/screen/<perspective_id>")
def screen_perspective(perspective_id: str) -> ResponseReturnValue:
    """One perspective, for the projector."""
    return render_template("workshop/screen_compare.html", sight=_sight(), perspective=_perspective(perspective_id))
