"""What a roadmap is asked for, as fields of a form and parts of an address; what they say is read in the domain."""

from collections.abc import Iterator, Mapping

from werkzeug.datastructures import MultiDict

from scoring.model import texts
from scoring.roadmap.calendar import HalfYear
from scoring.roadmap.entries import TEXTS, RoadmapEntries, half_year
from scoring.roadmap.kept import Beginnings
from selfcheck.forms.kit import Form

BEGINS = "begins-"
"""Fields that carry the half-year in which a step begins; empty for a step without a place."""


class KeepForm(Form):
    """Nothing but the wish to keep a plan, or to discard it; the plan itself comes in `fields_of`."""


def entries_in(sent: MultiDict[str, str]) -> RoadmapEntries:
    """The entries in a form or an address; whatever else stands there is left alone."""
    said = {name: texts.line(sent.get(name)) for name in TEXTS}
    return RoadmapEntries(
        first=said["first"],
        count=said["count"],
        staff=said["staff"],
        bound=said["bound"],
        dates=said["dates"],
        deadline=said["deadline"],
        double=sent.get("double") == "y",
        money=tuple(dict.fromkeys(sent.getlist("money"))),
        by=_of_steps(sent, "by-"),
        after=_of_steps(sent, "after-"),
    )


def begins_in(sent: Mapping[str, str]) -> dict[str, HalfYear | None]:
    """The beginnings in a form."""
    return {step: half_year(text) for step, text in _named(sent, BEGINS)}


def fields_of(entries: RoadmapEntries, begins: Beginnings) -> Iterator[tuple[str, str]]:
    """Names and values of the fields that carry entries and beginnings."""
    yield from ((name, getattr(entries, name)) for name in TEXTS)
    if entries.double:
        yield "double", "y"
    yield from (("money", step) for step in entries.money)
    yield from ((f"by-{step}", text) for step, text in entries.by.items())
    yield from ((f"after-{step}", text) for step, text in entries.after.items())
    yield from ((BEGINS + step, at.written if at else "") for step, at in begins.items())


def _of_steps(sent: Mapping[str, str], lead: str) -> dict[str, str]:
    return {step: said for step, text in _named(sent, lead) if (said := texts.line(text))}


def _named(sent: Mapping[str, str], lead: str) -> Iterator[tuple[str, str]]:
    """The fields whose names begin so, without that beginning."""
    yield from ((name.removeprefix(lead), text) for name, text in sent.items() if name.startswith(lead))
