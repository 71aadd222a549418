"""The assessment at single moments: sealed snapshots, and the check that is repeated after a year or two."""

import json
from dataclasses import replace
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from scoring.assess.assess import assess
from scoring.follow.repeat import repeat
from scoring.follow.trend import DatedCheck
from scoring.plain.sheets import parse_sheet, write_sheet
from selfcheck.ground.days import day_of
from selfcheck.models import Assessment, Snapshot, StoredAnswer, now
from selfcheck.reading import catalogue, fingerprints
from selfcheck.services import assessments, rounds
from selfcheck.tables import exact_values


class Unfinished(Exception):
    """The repeated check under way has not been answered yet."""


def pending(assessment: Assessment) -> frozenset[str]:
    """The items of a repeated check that still count with the answer of last time."""
    return frozenset(item for item, why in assessment.again.items() if why != assessments.ANSWERED_AGAIN)


def take(session: Session, assessment: Assessment, label: str = "") -> Snapshot:
    """Keep the assessment as it stands, with the result it gives, sealed with a hash."""
    content = content_of(assessment)
    snapshot = Snapshot(assessment=assessment, label=label, content=content, digest=digest_of(content), taken=now())
    session.add(snapshot)
    session.flush()
    return snapshot


def content_of(assessment: Assessment) -> dict[str, Any]:
    """The answer file, the fingerprint of the questionnaire and every value as an exact number."""
    questionnaire, sheet = assessments.questionnaire_of(assessment), assessments.sheet_of(assessment)
    return {
        "questionnaire_fingerprint": fingerprints.of_questionnaire(questionnaire.id, questionnaire.version),
        "answers": write_sheet(sheet),
        "values": exact_values(assess(questionnaire, sheet)),
    }


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 over a snapshot's content in canonical JSON."""
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def moment_of(snapshot: Snapshot) -> DatedCheck:
    """A snapshot as the domain sees it."""
    answers = snapshot.content["answers"]
    questionnaire = catalogue.load(answers["questionnaire"], answers["version"])
    return DatedCheck(day_of(snapshot.taken).isoformat(), questionnaire, parse_sheet(answers, questionnaire))


def is_intact(snapshot: Snapshot) -> bool:
    """The content still has its hash, and computing again gives the values it was sealed with."""
    moment = moment_of(snapshot)
    again = exact_values(assess(moment.questionnaire, moment.sheet))
    return digest_of(snapshot.content) == snapshot.digest and again == snapshot.content["values"]


def last_time(assessment: Assessment) -> DatedCheck | None:
    """What the present is compared with: the newest snapshot that differs; just begun again, the newest of all."""
    if assessment.snapshots and assessment.again and pending(assessment) == set(assessment.again):
        return moment_of(assessment.snapshots[-1])
    present = _compared(write_sheet(assessments.sheet_of(assessment)))
    for snapshot in reversed(assessment.snapshots):
        if _compared(snapshot.content["answers"]) != present:
            return moment_of(snapshot)
    return None


def _compared(answers: dict[str, Any]) -> Any:
    """The part of an answer file that values come from."""
    return [answers.get(part) for part in ("version", "scope", "context", "answers", "spreads")]


def moments(assessment: Assessment) -> list[DatedCheck]:
    """Every snapshot, and the present where it differs from the last one; the earliest first."""
    found = [moment_of(snapshot) for snapshot in assessment.snapshots]
    sheet = assessments.sheet_of(assessment)
    newest = assessment.snapshots[-1].content["answers"] if assessment.snapshots else {}
    if _compared(newest) != _compared(write_sheet(sheet)):
        found.append(DatedCheck(sheet.date, assessments.questionnaire_of(assessment), sheet))
    return found


def begin_again(session: Session, assessment: Assessment, label: str = "") -> None:
    """Seal what is there, then ask again only what should have changed.

    What is asked again counts as last time until it is answered, unless its wording has changed. What a snapshot has
    sealed already is not sealed a second time. Individual ratings may be collected anew. Raises RoundClosed while
    ratings are being collected, Unfinished while an earlier repeated check is under way.
    """
    if rounds.is_running(assessment):
        raise rounds.RoundClosed
    if pending(assessment):
        raise Unfinished
    if not assessment.snapshots or assessment.snapshots[-1].content != content_of(assessment):
        take(session, assessment, label)
    old = assessments.questionnaire_of(assessment)
    new = catalogue.load(old.id, catalogue.newest(old.id))
    found = repeat(old, new, assessments.sheet_of(assessment))
    written = write_sheet(found.sheet)
    assessment.version = new.version
    assessment.scope, assessment.context = written["scope"], written["context"]
    spreads = {item: spread for item, spread in assessment.spreads.items() if item in new.items}
    assessment.target = written.get("target")
    assessment.again = {one.item: one.why for one in found.again}
    standing = {one.item for one in found.again if one.why not in ("new", "changed")}
    assessment.spreads = {
        item: spread for item, spread in spreads.items() if item in standing or item in found.sheet.spreads
    }
    assessment.mode = rounds.OPEN
    for stored in list(assessment.answers):
        if stored.item not in found.sheet.answers and stored.item not in standing:
            _clear(session, assessment, stored)
    assessment.changed = now()
    session.flush()


def set_aside(session: Session, assessment: Assessment, label: str = "") -> None:
    """Seal what is there, then open every answer, so that only what is agreed on from now on counts; texts stay."""
    take(session, assessment, label)
    for stored in list(assessment.answers):
        opened = replace(assessments.answer_of(stored), choice=None, cannot_judge=False, dissent="")
        assessments.record(session, assessment, stored.item, opened)


def _clear(session: Session, assessment: Assessment, stored: StoredAnswer) -> None:
    assessment.answers.remove(stored)
    session.delete(stored)
