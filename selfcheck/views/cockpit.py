"""The cockpit of an agency: shared gaps, demand, change and coverage over all its workshops, never one municipality."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from scoring.assess.words import Speaker, neutral
from scoring.model.questionnaire import Choice, ChoiceQuestion
from scoring.workshop.disclosure import Derivable, GroupTooSmall
from scoring.workshop.over_time import (
    DOWN,
    FEWEST,
    MORE_WANTED,
    SAME,
    UP,
    Releasable,
    Released,
    Seen,
    change_in,
    demand_in,
    place_of,
    place_questions,
)
from scoring.workshop.views import GAP
from selfcheck.charts.strip import Strip, strip_svg
from selfcheck.extensions import database_session, language
from selfcheck.ground.days import today
from selfcheck.models import Workshop
from selfcheck.register.edition import SOURCE
from selfcheck.services import cockpit, protocols
from selfcheck.services.cockpit import Cockpit, InRegister
from selfcheck.tables import over_time
from selfcheck.views.answering import download
from selfcheck.views.doors import AGENCY, agency_here

bp = AGENCY.pages("cockpit", "/cockpit")
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@dataclass(frozen=True)
class Sight:
    """The cockpit in words and pictures."""

    found: Cockpit
    say: Speaker
    register: InRegister | None

    def seen(self, key: str) -> Seen:
        """What may be shown of a view."""
        return self._all[key]

    @cached_property
    def _all(self) -> dict[str, Seen]:
        return {key: self.found.seen(key) for key in self.found.views}

    def wanted(self, perspective: str) -> Seen:
        """Demand in one perspective."""
        return self.seen(demand_in(perspective))

    def changed(self, perspective: str) -> Seen:
        """Change in one perspective."""
        return self.seen(change_in(perspective))

    @property
    def ways(self) -> tuple[Fraction, ...]:
        """Higher, the same, lower."""
        return (UP, SAME, DOWN)

    @property
    def more_wanted(self) -> Fraction:
        """Stands for a target above today's value."""
        return MORE_WANTED

    def any_shown(self, keys: Sequence[str]) -> bool:
        """Whether of any of these views something is shown."""
        return any(isinstance(self.seen(key), Released) for key in keys)

    @property
    def wishes(self) -> list[str]:
        """The views about demand."""
        return [demand_in(one.id) for one in self.say.questionnaire.perspectives]

    @property
    def moves(self) -> list[str]:
        """The views about change."""
        return [change_in(one.id) for one in self.say.questionnaire.perspectives]

    @property
    def gaps(self) -> tuple[str, ...]:
        """Perspectives in which at least half of those counted stand below stage 2."""
        shown = {one.id: self.seen(one.id) for one in self.say.questionnaire.perspectives}
        return tuple(id for id, one in shown.items() if isinstance(one, Released) and one.median < GAP)

    def why(self, seen: Seen) -> str:
        """Why no number stands here."""
        match seen:
            case Released():
                return str(gettext("as released last")) if seen.earlier else ""
            case Releasable():
                return str(gettext("not released yet"))
            case GroupTooSmall():
                return str(gettext("fewer than %(count)s", count=FEWEST))
            case Derivable():
                return str(
                    gettext("withheld: with earlier numbers, fewer than %(count)s could be computed", count=FEWEST)
                )

    def share(self, seen: Released) -> str:
        """How many of those counted stand below stage 2, in percent."""
        percent = self.say.number(Fraction(round(100 * seen.low / seen.size)))
        return f"{percent}\N{NO-BREAK SPACE}%" if self.say.language == "de" else f"{percent}%"

    @property
    def earlier(self) -> bool:
        """Whether something has changed since the last release."""
        return any(isinstance(one, Released) and one.earlier for one in self._all.values())

    def dots(self, perspective: str) -> str:
        """How many stand at each place; nothing where nothing is shown or places lie between half stages."""
        seen = self.seen(perspective)
        if not isinstance(seen, Released) or any(place.denominator > 2 for place in seen.counts):
            return ""
        top = int(self.say.questionnaire.scales[0].highest)
        drawn = Strip(
            seen.counts, seen.median, maximum=top, language=self.say.language, title=perspective, of="municipalities"
        )
        return strip_svg(drawn)

    @property
    def places(self) -> tuple[ChoiceQuestion, ...]:
        """The questions by which coverage is told."""
        return place_questions(self.say.questionnaire)

    def place(self, question: ChoiceQuestion, choice: Choice) -> int | None:
        """How many municipalities gave an answer, if that is shown."""
        seen = self.seen(f"{question.id} {choice.key}")
        return seen.counts.get(place_of(question, choice.key), 0) if isinstance(seen, Released) else None

    def place_hidden(self, question: ChoiceQuestion, choice: Choice) -> str:
        """What stands there instead; whether a number is small or protects a small one is not told."""
        if isinstance(self.seen(f"{question.id} {choice.key}"), Releasable):
            return str(gettext("not released yet"))
        return str(gettext("not shown *"))

    def support(self, room: Workshop) -> list[str]:
        """What kind of support a workshop asked for, as its protocol says, without the names of municipalities."""
        names, instead = [one.name for one in room.members], str(gettext("[municipality]"))
        return [protocols.spoken(said, {}, names, instead) for said in protocols.entries_of(room).support]

    @property
    def supports(self) -> list[tuple[Workshop, list[str]]]:
        """The workshops that asked for support, with what for."""
        return [(room, said) for room in self.found.rooms if (said := self.support(room))]

    def day(self, room: Workshop) -> date:
        """The day of a workshop."""
        return date.fromisoformat(room.day)


def _sight() -> Sight:
    found = cockpit.cockpit(database_session, agency_here(), today())
    return Sight(found, neutral(found.questionnaire, language()), cockpit.in_register(database_session))


@bp.get("/")
def show() -> ResponseReturnValue:
    """Everything that is released, with what it rests on."""
    return render_template("agency/cockpit.html", sight=_sight(), source=SOURCE, fewest=FEWEST)


@bp.post("/release")
def release() -> ResponseReturnValue:
    """Release what may be shown as things stand now."""
    count = cockpit.release(database_session, agency_here(), today())
    database_session.commit()
    flash(ngettext("Released: %(num)s number.", "Released: %(num)s numbers.", count), "cockpit")
    return redirect(url_for(".show"))


@bp.get("/table.<ending>")
def table(ending: str) -> ResponseReturnValue:
    """The released numbers as a file."""
    if ending not in TYPES:
        abort(404)
    written = over_time.csv if ending == "csv" else over_time.xlsx
    return download(written(_file(_sight())), TYPES[ending], f"{gettext('cockpit')}.{ending}")


def _file(sight: Sight) -> over_time.OverTime:
    known = sight.register
    return over_time.OverTime(
        agency_here().name,
        today(),
        sight.say,
        sight.seen,
        [(room.id, room.title, sight.day(room)) for room in sight.found.rooms],
        dict(known.counties) if known else {},
        dict(known.cities) if known else {},
        known.as_of if known else None,
    )
