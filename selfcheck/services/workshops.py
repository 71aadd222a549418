"""Comparative workshops: prepare one, settle what is planned, close and delete it; on the day after its retention date
it goes by itself, with every copy shared in it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scoring.model import texts
from scoring.model.questionnaire import Questionnaire
from scoring.workshop import over_time
from selfcheck.ground.days import today
from selfcheck.ground.tokens import hashed, new_token
from selfcheck.models import Workshop, now
from selfcheck.reading import catalogue
from selfcheck.services.sent import forget_about
from selfcheck.services.ways_in import JOIN_CODE, new_code

THRESHOLDS = (5, 4, 3)
"""How many municipalities there must be at least before something is shown of them together; the first is proposed."""

WiderField = Literal["purpose", "keep_until", "threshold"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the agenda."""

    minutes: int
    title: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is settled about a workshop before it begins; `start` is a time such as "09:00", or empty."""

    title: str
    purpose: str
    day: date
    keep_until: date
    threshold: int
    start: str
    agenda: tuple[Part, ...]


class Wider(Exception):
    """A plan goes beyond what the municipalities in the workshop have agreed to, in these fields."""

    def __init__(self, fields: tuple[WiderField, ...]) -> None:
        super().__init__(fields)
        self.fields = fields


def prepare(
    session: Session, questionnaire: Questionnaire, plan: Plan, agency_id: str | None = None, token: str = ""
) -> tuple[Workshop, str]:
    """A new workshop; returns it with the token of the moderation's link (a new one, if none is given)."""
    token = token or new_token()
    workshop = Workshop(
        agency_id=agency_id,
        token_hash=hashed(token),
        code=new_code(JOIN_CODE),
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        pins=[],
        ledger={},
        screen={},
        revision=0,
    )
    _settle(workshop, plan)
    session.add(workshop)
    session.flush()
    return workshop, token


def settle(workshop: Workshop, plan: Plan) -> None:
    """Record what is planned, in place of what was planned before. Raises Wider.

    While municipalities take part, the purpose stays, deletion comes no later and the threshold gets no lower: they
    have agreed to these as they stood.
    """
    if workshop.members and (wider := _wider(plan_of(workshop), plan)):
        raise Wider(wider)
    _settle(workshop, plan)


def _wider(agreed: Plan, plan: Plan) -> tuple[WiderField, ...]:
    found: dict[WiderField, bool] = {
        "purpose": not same_purpose(plan.purpose, agreed.purpose),
        "keep_until": plan.keep_until > agreed.keep_until,
        "threshold": plan.threshold < agreed.threshold,
    }
    return tuple(field for field, is_wider in found.items() if is_wider)


def same_purpose(one: str, other: str) -> bool:
    """Whether two purposes say the same; blanks and line ends do not matter."""
    return texts.line(one) == texts.line(other)


def _settle(workshop: Workshop, plan: Plan) -> None:
    """Record a plan.

    Numbers of an agency's workshops stand beside one another over time, so they share the larger threshold.
    """
    workshop.title, workshop.purpose = plan.title, plan.purpose
    workshop.day, workshop.keep_until = plan.day.isoformat(), plan.keep_until.isoformat()
    workshop.threshold = max(plan.threshold, fewest(workshop.agency_id))
    workshop.agenda = [{"minutes": part.minutes, "title": part.title} for part in plan.agenda]
    workshop.notes = (workshop.notes or {}) | {"start": plan.start}
    touch(workshop)


def fewest(agency_id: str | None) -> int:
    """The smallest threshold that may be chosen."""
    return over_time.FEWEST if agency_id else THRESHOLDS[-1]


def plan_of(workshop: Workshop) -> Plan:
    """What is planned."""
    return Plan(
        workshop.title,
        workshop.purpose,
        date.fromisoformat(workshop.day),
        date.fromisoformat(workshop.keep_until),
        workshop.threshold,
        workshop.notes.get("start", ""),
        tuple(Part(one["minutes"], one["title"]) for one in workshop.agenda),
    )


def terms_of(workshop: Workshop) -> tuple[str, date, int]:
    """What of the plan municipalities agree to: purpose, day of deletion, fewest shown together."""
    plan = plan_of(workshop)
    return plan.purpose, plan.keep_until, plan.threshold


def timed(plan: Plan) -> list[tuple[str, Part]]:
    """The parts of the agenda with the time at which each begins; without a start, the minutes since then ("+15")."""
    passed, found = 0, []
    for part in plan.agenda:
        found.append((_clock(plan.start, passed) if plan.start else f"+{passed}", part))
        passed += part.minutes
    return found


def _clock(start: str, passed: int) -> str:
    hours, minutes = map(int, start.split(":"))
    at = hours * 60 + minutes + passed
    return f"{at // 60 % 24:02}:{at % 60:02}"


def questionnaire_of(workshop: Workshop) -> Questionnaire:
    """The questionnaire version the workshop compares."""
    return catalogue.load(workshop.questionnaire, workshop.version)


def touch(workshop: Workshop) -> None:
    """Say that there is something new to see; screens and phones look for it every few seconds."""
    workshop.revision = (workshop.revision or 0) + 1 if workshop.id is None else Workshop.revision + 1


def close(workshop: Workshop) -> None:
    """Nobody joins or votes any more; everything can still be looked at and taken along."""
    workshop.closed = now()
    touch(workshop)


def reopen(workshop: Workshop) -> None:
    """Go on with a workshop that was closed."""
    workshop.closed = None
    touch(workshop)


def delete(session: Session, workshop: Workshop) -> None:
    """Delete a workshop with all that was shared in it. The self-checks stay with their municipalities."""
    forget_about(session, workshop.id)
    session.delete(workshop)


def forget_old(session: Session) -> int:
    """Delete the workshops whose retention date has passed; returns how many."""
    old = session.scalars(select(Workshop).where(Workshop.keep_until < today().isoformat())).all()
    for workshop in old:
        delete(session, workshop)
    return len(old)
