"""Municipalities that propose themselves to a transfer agency as a good example, and what the agency decides.

What is sent is what people wrote for it: never a stage, a value or an answer. Whatever is withdrawn is gone on both sides.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from scoring.model.conditions import Absent
from scoring.model.origin import Origin
from scoring.model.practices import DocumentedItem, Practice, Proposed, SuccessCondition
from scoring.model.questionnaire import ChoiceQuestion, Questionnaire, TermsQuestion
from scoring.model.wording import Language, Wording
from scoring.plain.examples import RESERVED
from selfcheck.ground.days import day_of
from selfcheck.models import Agency, Assessment, Proposal, now
from selfcheck.services.seen import expect

PROPOSED, ACCEPTED, DECLINED, WITHDRAWN = "proposed", "accepted", "declined", "withdrawn"
LOWEST_STAGE = 3
"""Only items that stand here or higher can be told of: from there on something is lived practice."""
MOST = 20
"""Proposals of one self-check that are not withdrawn."""
UNNAMED = Wording("Eine Kommune", "A municipality")


class TooMany(Exception):
    """One self-check has as many proposals as there may be."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a municipality tells of itself. Without a name, link and contact are for the agency alone."""

    perspective: str
    items: tuple[str, ...]
    title: str
    who: str
    conditions: str
    limits: str
    since: int
    contact: str
    language: Language
    link: str = ""
    municipality: str = ""
    """Empty: shown without a name."""
    structure: Mapping[str, str] = field(default_factory=dict)


def can_be_told(stage: Fraction | Absent) -> bool:
    """Whether an item stands high enough to be told of."""
    return isinstance(stage, Fraction) and stage >= LOWEST_STAGE


def told(proposal: Proposal) -> Told:
    """The text of a proposal that is not withdrawn."""
    return Told(**(proposal.content | {"items": tuple(proposal.content["items"])}))


def propose(session: Session, assessment: Assessment, agency: Agency, text: Told) -> Proposal:
    """Send a text to an agency. Raises TooMany."""
    if sum(one.state != WITHDRAWN for one in assessment.proposals) >= MOST:
        raise TooMany
    proposal = Proposal(
        assessment=assessment,
        agency=agency,
        questionnaire=assessment.questionnaire,
        version=assessment.version,
        content=asdict(text),
    )
    session.add(proposal)
    session.flush()
    return proposal


def change(proposal: Proposal, agency: Agency, text: Told) -> None:
    """Send another text in place of the one before; it is shown only when the agency has accepted it again."""
    proposal.agency, proposal.content = agency, asdict(text)
    proposal.state, proposal.reason = PROPOSED, ""
    proposal.sent, proposal.decided = now(), None


def withdraw(proposal: Proposal) -> None:
    """Take a proposal back: its text is deleted, here and at the agency."""
    proposal.state, proposal.content, proposal.reason, proposal.decided = WITHDRAWN, {}, "", now()


def ask_back(proposal: Proposal, seen: int, question: str) -> None:
    """Ask the municipality something before deciding. Raises ChangedMeanwhile."""
    expect(proposal, seen)
    proposal.reason = question


def decide(proposal: Proposal, seen: int, state: Literal["accepted", "declined"], reason: str = "") -> None:
    """Accept the text that was read, or decline it with a reason. Raises ChangedMeanwhile."""
    expect(proposal, seen)
    proposal.state, proposal.reason, proposal.decided = state, reason, now()


def of_agency(session: Session, agency: Agency) -> list[Proposal]:
    """The proposals sent to an agency, the latest first."""
    found = select(Proposal).where(Proposal.agency_id == agency.id)
    return list(session.scalars(found.order_by(Proposal.sent.desc(), Proposal.id)))


def accepted_practices(
    session: Session, questionnaire: Questionnaire, language: Language, reader: str = ""
) -> list[Practice]:
    """What agencies have accepted, as examples; nobody (`reader`, a self-check) is an example for themselves."""
    found = select(Proposal).where(
        Proposal.state == ACCEPTED,
        Proposal.questionnaire == questionnaire.id,
        Proposal.version == questionnaire.version,
        Proposal.assessment_id != reader,
    )
    rows = session.scalars(found.order_by(Proposal.decided, Proposal.id))
    return [as_practice(told(one), questionnaire, language, one.agency.name, one) for one in rows]


def as_practice(
    text: Told, questionnaire: Questionnaire, language: Language, agency: str, proposal: Proposal | None = None
) -> Practice:
    """A text as everybody will read it; without a name, whatever would give it away stays out."""
    named = bool(text.municipality)
    checked = day_of(proposal.decided).isoformat() if proposal and proposal.decided else ""
    conditions = SuccessCondition("told", _same(text.conditions), None, Origin("beyond"))
    return Practice(
        id=f"{RESERVED}{proposal.id[:12] if proposal else 'draft'}",
        municipality=text.municipality or _unnamed(kind_of(text.structure, questionnaire)).text(language),
        structure=text.structure,
        title=_same(text.title),
        summary=_same(text.who),
        perspectives=(text.perspective,),
        as_of=Wording(f"seit {text.since}", f"since {text.since}"),
        facts=(),
        items=tuple(DocumentedItem(item, None, _same(""), ()) for item in text.items),
        conditions=(conditions,),
        limits=_same(text.limits),
        since=(),
        origin=Origin("beyond"),
        provenance=Proposed(agency, checked, text.language, text.link if named else "", text.contact if named else ""),
    )


def kind_question(questionnaire: Questionnaire) -> ChoiceQuestion | None:
    """The question that tells what kind of municipality it is."""
    ids = {question.kind_from for question in questionnaire.context if isinstance(question, TermsQuestion)}
    choices = (question for question in questionnaire.context if isinstance(question, ChoiceQuestion))
    return next((question for question in choices if question.id in ids), None)


def kind_of(structure: Mapping[str, str], questionnaire: Questionnaire) -> Wording:
    """What kind of municipality it is, where that is known."""
    question = kind_question(questionnaire)
    labels = {choice.key: choice.label for choice in question.choices} if question else {}
    return labels.get(structure.get(question.id, ""), UNNAMED) if question else UNNAMED


def _unnamed(kind: Wording) -> Wording:
    return Wording(f"{kind.de} (ohne Namen)", f"{kind.en} (unnamed)")


def _same(text: str) -> Wording:
    return Wording(text, text)
