"""A workshop with municipalities, made by the use cases alone, for tests of what happens in it."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from scoring.model.answers import Sheet
from scoring.workshop.members import Shown
from selfcheck.models import Participation, Workshop
from selfcheck.reading import catalogue
from selfcheck.services import membership, workshops
from selfcheck.services.copies import Consent
from selfcheck.services.workshops import Plan

QUESTIONNAIRE = catalogue.load(catalogue.DEFAULT, catalogue.newest())
TODAY = date.today()
PLAN = Plan("Werkstatt Nord", "Voneinander lernen", TODAY, TODAY + timedelta(days=90), 5, "09:00", ())


def workshop(
    session: Session, shown: Sequence[Shown] = ("named", "alias", "aggregate")
) -> tuple[Workshop, str, list[Participation]]:
    """A workshop with one municipality for each way to appear, its moderation's token, and the municipalities."""
    made, token = workshops.prepare(session, QUESTIONNAIRE, PLAN)
    blank = Sheet(QUESTIONNAIRE.id, QUESTIONNAIRE.version)
    members = [
        membership.enter_on_paper(session, made, blank, Consent(way, f"Musterkreis {number}"))[0]
        for number, way in enumerate(shown, 1)
    ]
    return made, token, members
