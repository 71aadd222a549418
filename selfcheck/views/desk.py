"""What all pages of one assessment share: the findings of this request, and links that were just made."""

from typing import Any

from flask import g, session, url_for

from selfcheck.extensions import database_session, kept, language
from selfcheck.models import Assessment, Link
from selfcheck.services import assessments, practices, snapshots
from selfcheck.words.findings import Findings

MOST_FRESH = 12
"""A cookie has little room."""


def hand_over(link: Link, token: str) -> None:
    """Let this browser see the address of a new link until the person says that it is kept."""
    session["fresh"] = dict([*session.get("fresh", {}).items(), (link.id, token)][-MOST_FRESH:])


def fresh_address(link: Link) -> str | None:
    """The address of a link that was just made in this browser."""
    token = session.get("fresh", {}).get(link.id)
    return url_for("start.enter", token=token, _external=True) if token else None


def fresh_links(opening: list[Link]) -> dict[str, Any]:
    """What a page needs to show the links that were just made in this browser."""
    addresses = {link.id: address for link in opening if (address := fresh_address(link))}
    return {"fresh": addresses, "mailed": session.get("mailed", []), "outbox": kept().settings.outbox, "mail": {}}


def findings_here() -> Findings:
    """Everything about the assessment of this request, in its language."""
    here: Assessment = g.assessment
    questionnaire = practices.with_own(database_session, assessments.questionnaire_of(here), language(), here.id)
    sheet = assessments.sheet_of(here)
    return Findings(questionnaire, sheet, language(), snapshots.last_time(here), snapshots.pending(here))
