"""Work on an assessment: begin it, record what people enter, read it as a sheet."""

from sqlalchemy.orm import Session

from scoring.model.answers import Answer, Context, Scope, Sheet, Target
from scoring.model.questionnaire import Questionnaire
from scoring.plain.sheets import parse_sheet, write_sheet
from selfcheck.ground.days import day_of
from selfcheck.models import Assessment, StoredAnswer, now
from selfcheck.reading import catalogue
from selfcheck.services.seen import ChangedMeanwhile, expect
from selfcheck.services.sent import forget_about


def start(session: Session, questionnaire: Questionnaire, scope: Scope = "full", municipality: str = "") -> Assessment:
    """Begin an empty assessment."""
    assessment = Assessment(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        scope=scope if isinstance(scope, str) else list(scope),
        municipality=municipality,
        context={},
        spreads={},
        again={},
    )
    session.add(assessment)
    session.flush()
    return assessment


def adopt(session: Session, questionnaire: Questionnaire, sheet: Sheet) -> Assessment:
    """Begin an assessment with the answers of a file."""
    assessment = start(session, questionnaire, sheet.scope, sheet.municipality)
    describe(assessment, sheet.municipality, sheet.scope, sheet.context)
    written = write_sheet(sheet)
    assessment.target, assessment.spreads = written.get("target"), written.get("spreads", {})
    for item, answer in sheet.answers.items():
        record(session, assessment, item, answer)
    return assessment


def delete(session: Session, assessment: Assessment) -> None:
    """Delete an assessment with its answers and links. Nothing of it stays."""
    forget_about(session, assessment.id)
    session.delete(assessment)


def describe(assessment: Assessment, municipality: str, scope: Scope, context: Context) -> None:
    """Record name, scope and context answers; item answers stay, also those no longer asked."""
    assessment.municipality = municipality
    assessment.scope = scope if isinstance(scope, str) else list(scope)
    written = write_sheet(Sheet(assessment.questionnaire, assessment.version, context=context))
    assessment.context = written["context"]
    assessment.changed = now()


def aim(assessment: Assessment, target: Target | None) -> None:
    """Record the stages wanted, in place of an earlier target."""
    assessment.target = {"year": target.year, "stages": dict(target.stages)} if target else None
    assessment.changed = now()


def limit(assessment: Assessment, scope: Scope) -> None:
    """Record how much is rated; what was answered outside stays and no longer counts."""
    assessment.scope = scope if isinstance(scope, str) else list(scope)
    assessment.changed = now()


ANSWERED_AGAIN = "answered"
"""Stands in `Assessment.again` for an item that was asked again and has been answered since."""


def record(
    session: Session, assessment: Assessment, item: str, answer: Answer, seen: int | None = None
) -> StoredAnswer:
    """Record the answer to one item, in place of an earlier one.

    `seen` is the revision the person was looking at (0: no answer yet); without it nothing is compared.
    Raises ChangedMeanwhile when the stored answer is newer and says something else.
    """
    stored = session.get(StoredAnswer, (assessment.id, item))
    if item in assessment.again and not answer.is_open:
        assessment.again = assessment.again | {item: ANSWERED_AGAIN}
    if stored is None:
        stored = StoredAnswer(assessment_id=assessment.id, item=item)
        session.add(stored)
    elif answer_of(stored) == answer:
        return stored
    else:
        expect(stored, seen)
    stored.choice = answer.choice
    stored.cannot_judge = answer.cannot_judge
    stored.remark = answer.remark
    stored.evidence = answer.evidence
    stored.dissent = answer.dissent
    stored.unclear = answer.unclear
    assessment.changed = now()
    session.flush()
    return stored


def answer_of(stored: StoredAnswer) -> Answer:
    """The stored answer as the domain sees it."""
    return Answer(
        stored.choice, stored.cannot_judge, stored.remark, stored.evidence, stored.dissent, bool(stored.unclear)
    )


def answered_meanwhile(meanwhile: ChangedMeanwhile) -> tuple[int, Answer]:
    """What somebody else has answered meanwhile, with its revision."""
    assert isinstance(meanwhile.stored, StoredAnswer)
    return meanwhile.stored.revision, answer_of(meanwhile.stored)


def revisions(assessment: Assessment) -> dict[str, int]:
    """How often each stored item was changed; an item without an answer is missing."""
    return {stored.item: stored.revision for stored in assessment.answers}


def questionnaire_of(assessment: Assessment) -> Questionnaire:
    """The questionnaire version the assessment was begun with."""
    return catalogue.load(assessment.questionnaire, assessment.version)


def sheet_of(assessment: Assessment) -> Sheet:
    """The stored answers as a sheet, dated with the last change."""
    data: dict[str, object] = {
        "questionnaire": assessment.questionnaire,
        "version": assessment.version,
        "municipality": assessment.municipality,
        "date": day_of(assessment.changed).isoformat(),
        "scope": assessment.scope,
        "context": assessment.context,
        "answers": {stored.item: _written(stored) for stored in assessment.answers},
        "spreads": assessment.spreads,
    }
    if assessment.target:
        data["target"] = assessment.target
    return parse_sheet(data, questionnaire_of(assessment))


def _written(stored: StoredAnswer) -> dict[str, object]:
    stage = "cannot-judge" if stored.cannot_judge else stored.choice
    texts = {"remark": stored.remark, "evidence": stored.evidence, "dissent": stored.dissent}
    return {"stage": stage, "unclear": bool(stored.unclear)} | texts
