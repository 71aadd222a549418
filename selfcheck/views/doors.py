"""Who may come in: the six doors of the product, and what happens at a closed one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from flask import Blueprint, abort, current_app, g, make_response, render_template, request, session

from selfcheck import extensions
from selfcheck.extensions import database_session
from selfcheck.ground.days import today
from selfcheck.models import Agency, Link, Participation, Respondent, Seat, Workshop
from selfcheck.services import links, packages
from selfcheck.views import device, refused_forms

READABLE = frozenset(
    {
        "assessment.result",
        "examples.show",
        "papers.chart",
        "papers.everything",
        "papers.report",
        "papers.show",
        "papers.slides",
        "papers.table",
    }
)
"""What a read-only link opens."""


@dataclass(frozen=True)
class Door:
    """One way in: `name` is that of the thing behind it, `folder` where its pages lie.

    `let_in` finds the thing with an id for the endpoint that is asked and puts it, with whatever else its pages need,
    in the request's `g`; for everybody else the pages do not exist.
    """

    name: str
    folder: str
    let_in: Callable[[str, str], None]
    for_its_pages: Callable[[], dict[str, Any]] = dict

    @property
    def argument(self) -> str:
        """The part of the address that holds the id."""
        return f"{self.name}_id"

    def pages(self, name: str, folder: str = "") -> Blueprint:
        """Pages behind this door."""
        made = Blueprint(name, f"selfcheck.views.{name}", url_prefix=f"/{self.folder}/<{self.argument}>{folder}")
        made.url_value_preprocessor(self._open)
        made.context_processor(self.for_its_pages)
        return made

    def _open(self, endpoint: str | None, values: dict[str, Any] | None) -> None:
        self.let_in(endpoint or "", str((values or {}).pop(self.argument, "")))

    def stay_inside(self, endpoint: str, values: dict[str, Any]) -> None:
        """Addresses lead to the thing of this request unless they name another."""
        if self.name in g and current_app.url_map.is_endpoint_expecting(endpoint, self.argument):
            values.setdefault(self.argument, g.get(self.name).id)


def _refuse(why: str = "") -> NoReturn:
    """End the request: for this browser the page does not exist. What a form has sent comes back on the page.

    `why` is a page for whoever was inside before. A browser that shows no cookie at all is told what that may mean.
    """
    unsaid = render_template("device/no_cookies.html" if not request.cookies else "error.html", status=404)
    abort(make_response(refused_forms.page(lost=True) or why or unsaid, 404))


def _assessment(endpoint: str, id: str) -> None:
    """Whoever came by a private link; by one that only reads, a few pages alone."""
    opened = device.opened(Link)
    found = links.opened(database_session, opened, id)
    if found is None:
        once = links.once_opened(database_session, opened, id)
        _refuse(closed(once) if once else "")
    if found.kind == links.READER and endpoint not in READABLE:
        abort(404)
    if session.get("here") != found.assessment_id:
        session["here"] = found.assessment_id
    g.link, g.assessment, g.reads_only = found, found.assessment, found.kind == links.READER


def closed(link: Link) -> str:
    """The page that says why a link opens nothing."""
    return render_template("link_unknown.html", state=links.state(link), last_day=links.last_day(link))


def _of_assessments() -> dict[str, Any]:
    link: Link | None = g.get("link")
    until = links.last_day(link) if link else None
    return {"assessment": g.get("assessment"), "reads_only": g.get("reads_only", False), "until": until}


def _agency(_endpoint: str, id: str) -> None:
    """Whoever came by the agency's present link."""
    found = database_session.get(Agency, id) if id in device.opened(Agency) else None
    if found is None:
        _refuse()
    g.agency = found


def _workshop(_endpoint: str, id: str) -> None:
    """Whoever came by the moderation's present link, and the agency whose workshop it is."""
    found = database_session.get(Workshop, id)
    by_agency = found is not None and found.agency_id in device.opened(Agency)
    if found is None or not (by_agency or id in device.opened(Workshop)):
        _refuse()
    g.workshop, g.by_agency = found, by_agency
    if packages.any_seat_is_over(found, today()):
        _forget_expired()


def _forget_expired() -> None:
    """Whose package is over is out before anything is looked at; a request that only reads lets another session do it."""
    if request.method not in extensions.READING:
        packages.forget_expired(database_session, today())
        return
    with extensions.kept().database.writer() as writing:
        packages.forget_expired(writing, today())
        writing.commit()
    database_session.rollback()


def _participation(_endpoint: str, id: str) -> None:
    """Whoever came by the municipality's own present link."""
    found = database_session.get(Participation, id) if id in device.opened(Participation) else None
    if found is None:
        _refuse()
    g.participation = found


def _rating(_endpoint: str, id: str) -> None:
    """The person alone who began the rating; for everybody else, the coordination included, it does not exist."""
    found = database_session.get(Respondent, id)
    if found is None and any(device.keys("rating")):  # evaluated, withdrawn or ended: no secret to who took part
        _refuse(render_template("rating/ended.html"))
    if found is None or not device.has_key("rating", id):
        _refuse()
    g.respondent = found


def _seat(endpoint: str, id: str) -> None:
    """The device alone that came in with the team's code; for every other one, the moderation's included, it does not exist."""
    if device.has_key("seat", id):
        g.seat_id = id
        if endpoint != "seat.pulse":  # asked every few seconds by everybody: no more than is needed
            g.seat = database_session.get(Seat, id)
        return
    if any(device.keys("seat")) and database_session.get(Seat, id) is None:  # the municipality has left
        _refuse(render_template("phone/gone.html"))
    _refuse()


ASSESSMENT = Door("assessment", "assessment", _assessment, _of_assessments)
AGENCY = Door("agency", "agency", _agency, lambda: {"agency": g.get("agency")})
WORKSHOP = Door(
    "workshop", "workshop", _workshop, lambda: {"workshop": g.get("workshop"), "by_agency": g.get("by_agency", False)}
)
PARTICIPATION = Door("participation", "participation", _participation)
RATING = Door("respondent", "rating", _rating)
SEAT = Door("seat", "seat", _seat)
DOORS = (ASSESSMENT, AGENCY, WORKSHOP, PARTICIPATION, RATING, SEAT)


def agency_here() -> Agency:
    """The agency of this request."""
    here: Agency = g.agency
    return here


def workshop_here() -> Workshop:
    """The workshop of this request."""
    here: Workshop = g.workshop
    return here
