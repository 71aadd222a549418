"""Examples that are no part of a questionnaire: those of transfer agencies, and those that municipalities tell themselves.

They stand beside the shipped ones on pages and in reports and change no value, no fingerprint and no snapshot.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from scoring.model.origin import Reference
from scoring.model.practices import Practice
from scoring.model.questionnaire import Questionnaire
from scoring.model.wording import Language
from scoring.plain.examples import OwnExamples, taken
from scoring.plain.problems import Invalid, Problem
from scoring.plain.reading import Node
from selfcheck.models import Agency, OwnPractices, now
from selfcheck.reading import example_files
from selfcheck.reading.files import located, read_bytes
from selfcheck.services import proposals

T = TypeVar("T", Practice, Reference)


def keep(session: Session, agency: Agency, raw: bytes, name: str) -> OwnPractices:
    """Keep a file of examples in place of the agency's earlier one for the same version. Raises UnusableFile."""
    questionnaire, read = example_files.read(raw, name, agency.name)
    _are_free(session, agency, raw, name, questionnaire, read)
    key = (agency.id, questionnaire.id, questionnaire.version)
    kept = session.get(OwnPractices, key)
    if kept is None:
        kept = OwnPractices(agency_id=agency.id, questionnaire=questionnaire.id, version=questionnaire.version)
        session.add(kept)
    kept.content, kept.changed = raw.decode("utf-8-sig"), now()
    session.flush()
    return kept


def _are_free(
    session: Session, agency: Agency, raw: bytes, name: str, questionnaire: Questionnaire, read: OwnExamples
) -> None:
    """No example and no publication has an id that another agency of this installation uses. Raises UnusableFile."""
    others = [one for one in _files(session, questionnaire) if one.agency_id != agency.id]
    known = [found for one in others if (found := example_files.stored(one.content, one.agency.name))]
    used = {practice.id for one in known for practice in one.practices}
    used |= {reference.id for one in known for reference in one.references}
    problems: list[Problem] = []
    ids = {
        "practices": [practice.id for practice in read.practices],
        "references": [reference.id for reference in read.references],
    }
    for part, given in ids.items():
        for index, id in enumerate(given):
            if id in used:
                taken(Node(id, (part, index, "id"), problems))
    if problems:
        raise located(read_bytes(raw, name), Invalid(problems))


def remove(session: Session, kept: OwnPractices) -> None:
    """Forget a file of examples."""
    session.delete(kept)


def of_agency(session: Session, agency: Agency) -> list[OwnPractices]:
    """The files of an agency, the newest version first."""
    found = select(OwnPractices).where(OwnPractices.agency_id == agency.id)
    return list(session.scalars(found.order_by(OwnPractices.questionnaire, OwnPractices.version.desc())))


def examples_in(kept: OwnPractices) -> OwnExamples | None:
    """The examples of a file; nothing when it no longer fits the questionnaire shipped today."""
    return example_files.stored(kept.content, kept.agency.name)


def with_own(session: Session, questionnaire: Questionnaire, language: Language, reader: str = "") -> Questionnaire:
    """The questionnaire with every example of this installation behind its own; nothing else is different.

    `reader` is the id of the self-check for which it is read: what that one has proposed itself stays out.
    """
    practices = list(questionnaire.practices)
    references = list(questionnaire.references)
    for kept in _files(session, questionnaire):
        if found := examples_in(kept):
            _append(practices, found.practices)
            _append(references, found.references)
    practices += proposals.accepted_practices(session, questionnaire, language, reader)
    return replace(questionnaire, practices=tuple(practices), references=tuple(references))


def _append(known: list[T], more: Iterable[T]) -> None:
    """Whatever has an id that is taken, by an update of the product for instance, stays out."""
    ids = {one.id for one in known}
    known.extend(one for one in more if one.id not in ids)


def _files(session: Session, questionnaire: Questionnaire) -> list[OwnPractices]:
    found = select(OwnPractices).where(
        OwnPractices.questionnaire == questionnaire.id, OwnPractices.version == questionnaire.version
    )
    return list(session.scalars(found.order_by(OwnPractices.agency_id)))
