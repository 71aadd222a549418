"""The measures of an assessment: taken over from next steps or of its own, followed until the next check."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from scoring.follow.measure_files import parse_effect, write_effect
from scoring.follow.measures import Effect, Measure, MeasureStatus, Tracked, by_date, predicted, tracked
from scoring.plain.reading import Node
from selfcheck.models import Assessment, StoredMeasure, now
from selfcheck.services import assessments
from selfcheck.words.findings import Findings

MOST = 200
"""Measures of one self-check."""


class TooMany(Exception):
    """One self-check has as many measures as there may be."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What people enter for a measure."""

    title: str
    perspective: str
    owner: str = ""
    due: date | None = None
    status: MeasureStatus = "planned"
    evidence: str = ""
    note: str = ""


def stored(assessment: Assessment, id: str) -> StoredMeasure | None:
    """The stored measure with this id."""
    return next((one for one in assessment.measures if one.id == id), None)


def measure_of(assessment: Assessment, found: StoredMeasure) -> Measure:
    """A stored measure as the domain sees it."""
    return Measure(
        id=found.id,
        title=found.title,
        perspective=found.perspective,
        made=found.made,
        recommendation=found.recommendation,
        owner=found.owner,
        due=date.fromisoformat(found.due) if found.due else None,
        status=found.status,  # type: ignore[arg-type]  # only what a form or a file allows is stored
        evidence=found.evidence,
        note=found.note,
        expected=_expected(assessment, found),
    )


def _expected(assessment: Assessment, found: StoredMeasure) -> Effect | None:
    if found.expected is None:
        return None
    return parse_effect(Node(found.expected), assessments.questionnaire_of(assessment))


def all_of(assessment: Assessment) -> tuple[Measure, ...]:
    """Every measure, the earliest due date first."""
    return by_date([measure_of(assessment, one) for one in assessment.measures])


def followed(assessment: Assessment, findings: Findings) -> tuple[Tracked, ...]:
    """Every measure beside the answers of today, the earliest due date first."""
    sealed = [one.taken for one in assessment.snapshots]
    questionnaire, sheet, pending = findings.questionnaire, findings.sheet, findings.pending
    return tuple(tracked(one, questionnaire, sheet, sealed, pending) for one in all_of(assessment))


def taken(findings: Findings) -> frozenset[str]:
    """The steps that are measures already: planned, running, or done with no later check to show what it brought."""
    under_way = (one.measure for one in findings.measures if one.measure.status != "dropped" and not _looked_at(one))
    return frozenset(measure.recommendation for measure in under_way)


def _looked_at(one: Tracked) -> bool:
    return one.measure.status == "done" and one.realised is not None


def take_over(session: Session, assessment: Assessment, findings: Findings, titles: Iterable[tuple[str, str]]) -> None:
    """Make measures of recommendations, each with its title and what it would change today. Raises TooMany."""
    for id, title in titles:
        step = findings.questionnaire.recommendation(id)
        expected = predicted(findings.questionnaire, findings.sheet, step)
        add(session, assessment, Entered(title, step.perspective), id, expected)


def add(
    session: Session,
    assessment: Assessment,
    entered: Entered,
    recommendation: str = "",
    expected: Effect | None = None,
    made: datetime | None = None,
) -> StoredMeasure:
    """Keep a new measure. Raises TooMany."""
    if len(assessment.measures) >= MOST:
        raise TooMany
    found = StoredMeasure(assessment=assessment, recommendation=recommendation, made=made or now())
    found.expected = write_effect(expected) if expected else None
    _put(found, entered)
    session.add(found)
    session.flush()
    return found


def change(session: Session, found: StoredMeasure, entered: Entered) -> None:
    """Keep other entries for a measure.

    The perspective of a step that was taken over stays, as what was expected is about it.
    """
    _put(found, entered)
    session.flush()


def _put(found: StoredMeasure, entered: Entered) -> None:
    found.title, found.owner, found.status = entered.title, entered.owner, entered.status
    found.perspective = found.perspective if found.expected and found.perspective else entered.perspective
    found.due = entered.due.isoformat() if entered.due else None
    found.evidence, found.note = entered.evidence, entered.note


def delete(session: Session, assessment: Assessment, found: StoredMeasure) -> None:
    """Forget a measure."""
    assessment.measures.remove(found)
    session.flush()


def adopt(session: Session, assessment: Assessment, measure: Measure) -> None:
    """Keep a measure as it came with a file."""
    entered = Entered(
        measure.title,
        measure.perspective,
        measure.owner,
        measure.due,
        measure.status,
        measure.evidence,
        measure.note,
    )
    add(session, assessment, entered, measure.recommendation, measure.expected, measure.made)
