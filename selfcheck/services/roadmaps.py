"""The roadmap an assessment keeps: entries and beginnings are stored, everything else is computed when it is shown."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from scoring.plain.reading import Node
from scoring.roadmap.calendar import HalfYear
from scoring.roadmap.entries import (
    Asked,
    RoadmapEntries,
    half_year,
    parse_entries,
    problem_asked,
    read_entries,
    write_entries,
)
from scoring.roadmap.kept import Beginnings, KeptRoadmap, reopened
from scoring.roadmap.problem import RoadmapProblem
from selfcheck.ground.days import day_of
from selfcheck.models import Assessment, StoredRoadmap, now
from selfcheck.words.findings import Findings


class NoLongerFits(Exception):
    """The plan is not one of the answers and the target there are now; nothing was kept."""


def asked(findings: Findings, entries: RoadmapEntries, today: datetime) -> Asked:
    """What entries say here."""
    return read_entries(entries, [step.id for step in findings.questionnaire.recommendations], day_of(today))


def problem(findings: Findings, entries: Asked) -> RoadmapProblem | None:
    """What is to be planned; nothing without a target or while entries are missing or wrong."""
    target = findings.sheet.target
    if entries.calendar is None or target is None:
        return None
    return problem_asked(findings.questionnaire, findings.result, target, entries)


def with_first(read: Asked) -> RoadmapEntries:
    """The entries with the half-year they begin in, which must not move on with the calendar."""
    return replace(read.entries, first=read.first.written)


def keep(assessment: Assessment, findings: Findings, entries: RoadmapEntries, begins: Beginnings) -> None:
    """Keep a plan in place of the one before. Raises NoLongerFits when it is none of these answers and entries."""
    moment = now()
    read = asked(findings, entries, moment)
    if _reopened(findings, read, begins, moment).plan is None:
        raise NoLongerFits
    put(assessment, with_first(read), begins, moment)


def put(assessment: Assessment, entries: RoadmapEntries, begins: Beginnings, moment: datetime) -> None:
    """Store entries and beginnings as they are."""
    stored = assessment.roadmap or StoredRoadmap()
    stored.asked, stored.begins, stored.kept = write_entries(entries), written(begins), moment
    assessment.roadmap = stored


def stored(assessment: Assessment) -> tuple[object, object] | None:
    """What is kept, as it is stored: who replaces or discards it must have seen it like this."""
    found = assessment.roadmap
    return None if found is None else (found.asked, found.begins)


def discard(assessment: Assessment) -> None:
    """Forget the plan."""
    assessment.roadmap = None


def kept(assessment: Assessment, findings: Findings) -> KeptRoadmap | None:
    """The plan that was kept, checked against the answers and the target of now."""
    stored = assessment.roadmap
    if stored is None:
        return None
    read = asked(findings, parse_entries(Node(stored.asked)), stored.kept)
    return _reopened(findings, read, begins_in(stored.begins), stored.kept)


def _reopened(findings: Findings, read: Asked, begins: Beginnings, moment: datetime) -> KeptRoadmap:
    return reopened(findings.questionnaire, findings.result, findings.sheet.target, read, begins, moment)


def written(begins: Beginnings) -> dict[str, str | None]:
    """Beginnings as plain data."""
    return {step: at.written if at else None for step, at in begins.items()}


def begins_in(stored: Mapping[str, str | None]) -> dict[str, HalfYear | None]:
    """Beginnings out of plain data."""
    return {step: half_year(at) if at else None for step, at in stored.items()}
