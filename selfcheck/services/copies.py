"""What a municipality shares in a workshop, what it agrees to, and who is the same elsewhere.

What is shared is a copy, taken when it joins or renews it, without remarks, evidence and dissent.
"""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session, object_session

from scoring.model.answers import Sheet
from scoring.model.questionnaire import Questionnaire
from scoring.plain.sheets import parse_sheet, write_sheet
from scoring.workshop.members import Member, Shown
from selfcheck.models import IssuedPackage, Participation, ReceivedPackage
from selfcheck.reading import catalogue


@dataclass(frozen=True, slots=True)
class Consent:
    """What a municipality agrees to, purpose by purpose; each part can be changed or taken back at any time.

    `shown`: how it appears beside the others. `tandems`: its strengths and wishes may be used to propose up to
    `capacity` learning tandems. `protocol`: it appears in the protocol the same way. `later`: the agency may count its
    values in evaluations over several workshops.
    """

    shown: Shown
    name: str = ""
    tandems: bool = False
    capacity: int = 1
    protocol: bool = False
    later: bool = False


def consent_of(member: Participation) -> Consent:
    """What a municipality agrees to at present."""
    shown: Shown = "named" if member.shown == "named" else "alias" if member.shown == "alias" else "aggregate"
    return Consent(shown, member.name, member.tandems, member.capacity, member.protocol, member.later)


def shared(sheet: Sheet) -> dict[str, Any]:
    """What of a sheet is copied into a workshop: all that values come from, and no text of anybody."""
    answers = {
        item: replace(one, remark="", evidence="", dissent="", unclear=False) for item, one in sheet.answers.items()
    }
    spreads = {item: replace(one, remarks=(), unclear=0) for item, one in sheet.spreads.items()}
    context = replace(sheet.context, words={})
    return write_sheet(replace(sheet, municipality="", context=context, answers=answers, spreads=spreads))


def sheet_of(member: Participation) -> Sheet:
    """What a municipality shares, as a sheet. Its name stands with its consent alone."""
    return read_copy(member.content)[1]


def read_copy(content: dict[str, Any]) -> tuple[Questionnaire, Sheet]:
    """A stored copy as a sheet, with the questionnaire it belongs to."""
    questionnaire = catalogue.load(content["questionnaire"], content["version"])
    return questionnaire, parse_sheet(content, questionnaire)


def member_of(member: Participation) -> Member:
    """A municipality in a workshop as the domain sees it."""
    questionnaire, sheet = read_copy(member.content)
    agreed = consent_of(member)
    return Member(
        member.id,
        member.name,
        member.alias,
        agreed.shown,
        questionnaire,
        sheet,
        agreed.tandems,
        agreed.capacity,
        agreed.protocol,
        agreed.later,
    )


def municipality_of(member: Participation) -> str:
    """What tells the same municipality in several workshops; on paper nothing does."""
    if member.package_id and (session := object_session(member)):
        received = session.get(ReceivedPackage, (member.package_id, member.package_key))
        return municipality_in(received) if received else member.id
    return member.assessment_id or member.id


def self_check_of(member: Participation) -> str | None:
    """The self-check of this installation that a municipality takes part with, also by a package that was signed here."""
    session = object_session(member)
    if member.package_id and session:
        return signed_here(session, member.package_id)
    return member.assessment_id


def signed_here(session: Session, package_id: str) -> str | None:
    """The self-check of this installation that a package was signed for; None for packages of other installations."""
    issued = session.get(IssuedPackage, package_id)
    return issued.assessment_id if issued else None


def municipality_in(received: ReceivedPackage) -> str:
    """What tells the same municipality in several packages; without a pseudonym nothing does."""
    content = received.content or {}
    return f"{received.key} {content.get('pseudonym') or received.id}"
