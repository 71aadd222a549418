"""What a package takes from a sheet, and whether the numbers of a package can have come about."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import uuid4

from scoring.assess.applicability import asked_items, in_scope
from scoring.assess.assess import assess
from scoring.assess.result import PerspectiveResult
from scoring.model.aggregates import SUMS
from scoring.model.answers import CANNOT_JUDGE, Answer, Context, Scope, Sheet, Target
from scoring.model.origin import OptionKey
from scoring.model.questionnaire import ChoiceQuestion, Group, Item, Perspective, Questionnaire
from scoring.workshop.members import Shown
from selfcheck import __version__
from selfcheck.ground.days import day_of
from selfcheck.packages.package import WORKSHOP, Address, Consents, Figures, Package
from selfcheck.packages.refusals import (
    DoesNotFit,
    Expired,
    OtherUse,
    Refusal,
    Reworded,
    SignedInTheFuture,
    UnknownQuestionnaire,
)
from selfcheck.reading import catalogue, fingerprints
from selfcheck.reading.files import UnusableFile
from selfcheck.register.questions import KIND, SIZE, STATE


@dataclass(frozen=True, slots=True)
class Wish:
    """What a municipality decides about a package before it is signed."""

    purpose: str
    addressed_to: Address
    expires: date
    shown: Shown
    name: str
    consents: Consents
    with_state: bool = False
    with_stages: bool = False


def package_of(
    questionnaire: Questionnaire, sheet: Sheet, wish: Wish, issued: datetime, pseudonym: str = ""
) -> Package:
    """The package that a municipality wishes of its sheet. Only what is named here is taken from the sheet."""
    wanted = (KIND, STATE, SIZE) if wish.with_state else (KIND, SIZE)
    return Package(
        product_version=__version__,
        id=uuid4().hex,
        issued=issued.astimezone(UTC).replace(microsecond=0),
        expires=wish.expires,
        use=WORKSHOP,
        purpose=wish.purpose,
        addressed_to=wish.addressed_to,
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        fingerprint=fingerprints.of_questionnaire(questionnaire.id, questionnaire.version),
        scope=sheet.scope,
        answered=date.fromisoformat(sheet.date),
        shown=wish.shown,
        name=wish.name if wish.shown == "named" else "",
        consents=wish.consents,
        context={question: sheet.context.choices[question] for question in wanted if question in sheet.context.choices},
        values={one.perspective: figures_of(one) for one in assess(questionnaire, sheet).perspectives},
        pseudonym=pseudonym,
        target=Target(sheet.target.year, dict(sheet.target.stages)) if sheet.target else None,
        stages=_stages(questionnaire, sheet) if wish.with_stages else None,
    )


def figures_of(result: PerspectiveResult) -> Figures:
    """The numbers of one perspective."""
    return Figures(result.value, result.minimum, result.lowest, result.highest, result.answered, result.asked)


def _stages(questionnaire: Questionnaire, sheet: Sheet) -> dict[str, OptionKey | None]:
    found: dict[str, OptionKey | None] = {}
    for item in asked_items(questionnaire, sheet):
        answer = sheet.answers.get(item.id, Answer())
        found[item.id] = CANNOT_JUDGE if answer.cannot_judge else sheet.standing(item)[0]
    return found


def sheet_of(package: Package, questionnaire: Questionnaire) -> Sheet:
    """What a package hands over, as a sheet; without stages it has no answers.

    Perspectives of which no item was asked are left out of the scope: why they were not asked is not in the package.
    """
    stages = package.stages or {}
    asked = tuple(one.id for one in questionnaire.perspectives if any(item.id in stages for item in one.items))
    whole = not stages or len(asked) == len(questionnaire.perspectives) or not isinstance(package.scope, str)
    answers = {
        id: Answer(cannot_judge=True) if stage == CANNOT_JUDGE else Answer(stage)
        for id, stage in stages.items()
        if stage is not None
    }
    return Sheet(
        questionnaire.id,
        questionnaire.version,
        date=package.answered.isoformat(),
        scope=package.scope if whole else asked,
        context=Context(dict(package.context)),
        answers=answers,
        target=package.target,
    )


def is_whole(package: Package, questionnaire: Questionnaire) -> bool:
    """Whether the stages in a package make its values also without the answers that stay with the municipality."""
    found = assess(questionnaire, sheet_of(package, questionnaire)).by_id
    return all(found[id].value == figures.value for id, figures in package.values.items())


def refusal_of(package: Package, today: date) -> Refusal | None:
    """Why a package cannot be used here, whoever signed it; nothing when it can."""
    if day_of(package.issued) > today:
        return SignedInTheFuture(day_of(package.issued))
    if package.expires < today:
        return Expired(package.expires)
    if package.use != WORKSHOP:
        return OtherUse(package.use)
    try:
        questionnaire = catalogue.load(package.questionnaire, package.version)
    except UnusableFile:
        return UnknownQuestionnaire(package.questionnaire, package.version)
    if fingerprints.of_questionnaire(questionnaire.id, questionnaire.version) != package.fingerprint:
        return Reworded(package.questionnaire, package.version)
    wrong = unfitting(package, questionnaire)
    return DoesNotFit(wrong) if wrong else None


def unfitting(package: Package, questionnaire: Questionnaire) -> tuple[str, ...]:
    """The perspectives (or questions, or items) whose entries cannot have come about in this questionnaire."""
    known = {perspective.id for perspective in questionnaire.perspectives}
    strange = [*(id for id in package.values if id not in known), *(id for id in known if id not in package.values)]
    strange += [id for id in package.scope if id not in known] if not isinstance(package.scope, str) else []
    strange += _strange_context(package.context, questionnaire)
    strange += (
        [id for id, stage in package.target.stages.items() if not _can_be_wanted(id, stage, questionnaire)]
        if package.target
        else []
    )
    if strange:
        return tuple(sorted(strange))
    if package.stages is not None:
        return _not_from_stages(package.stages, package, questionnaire)
    return tuple(one.id for one in questionnaire.perspectives if not _possible(one, package, questionnaire))


def _strange_context(context: Mapping[str, str], questionnaire: Questionnaire) -> list[str]:
    allowed = {
        question.id: {choice.key for choice in question.choices}
        for question in questionnaire.context
        if isinstance(question, ChoiceQuestion) and question.id in (KIND, STATE, SIZE)
    }
    return [question for question, choice in context.items() if choice not in allowed.get(question, ())]


def _can_be_wanted(id: str, stage: int, questionnaire: Questionnaire) -> bool:
    scale = questionnaire.scales[0]
    return any(one.id == id for one in questionnaire.perspectives) and scale.lowest <= stage <= scale.highest


def _possible(perspective: Perspective, package: Package, questionnaire: Questionnaire) -> bool:
    """Whether numbers, range and counts of a perspective fit each other and the scale."""
    here, scope = package.values[perspective.id], package.scope
    items = [item for item in perspective.items if in_scope(questionnaire, item, _sheet_in(questionnaire, scope))]
    if not here.answered <= here.asked <= len(items):
        return False
    numbers = (here.value, here.minimum, here.lowest, here.highest)
    if here.asked == 0:
        return numbers == (None, None, None, None)
    if here.lowest is None or here.highest is None or here.lowest > here.highest:
        return False
    if here.value is not None and not here.lowest <= here.value <= here.highest:
        return False
    enough = here.answered > 0 and here.answered >= questionnaire.minimum_coverage * here.asked
    within = perspective.root.aggregate in SUMS or all(
        min(item.scale.lowest for item in items) <= number <= max(item.scale.highest for item in items)
        for number in numbers
        if number is not None
    )
    return enough == (here.value is not None) and within and (here.minimum is None or enough)


def _not_from_stages(
    stages: Mapping[str, OptionKey | None], package: Package, questionnaire: Questionnaire
) -> tuple[str, ...]:
    """Perspectives whose numbers differ from what the stages in the package make."""
    sheet = _sheet_in(questionnaire, package.scope)
    asked = {item.id: item for item in questionnaire.items.values() if in_scope(questionnaire, item, sheet)}
    strange = sorted(id for id, stage in stages.items() if id not in asked or not _can_be(asked[id], stage))
    if strange:
        return tuple(strange)
    answers = {
        id: Answer(cannot_judge=True) if stage == CANNOT_JUDGE else Answer(stage) for id, stage in stages.items()
    }
    perspectives = tuple(replace(one, root=_limited(one.root, frozenset(stages))) for one in questionnaire.perspectives)
    limited = replace(questionnaire, perspectives=perspectives, rules=())
    result = assess(limited, Sheet(questionnaire.id, questionnaire.version, answers=answers))
    return tuple(one.perspective for one in result.perspectives if figures_of(one) != package.values[one.perspective])


def _can_be(item: Item, stage: OptionKey | None) -> bool:
    return stage is None or stage == CANNOT_JUDGE or item.scale.option(stage) is not None


def _limited(group: Group, items: frozenset[str]) -> Group:
    """The group with these items alone: rules of the municipality's own context have left out the others."""
    kept = tuple(item for item in group.items if item.id in items)
    return replace(group, items=kept, groups=tuple(_limited(one, items) for one in group.groups))


def _sheet_in(questionnaire: Questionnaire, scope: Scope) -> Sheet:
    return Sheet(questionnaire.id, questionnaire.version, scope=scope)
