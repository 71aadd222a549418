"""Comparability before comparison: what of a municipality may stand beside the others, and why the rest may not.

What may not is named with its reason and not drawn. Notes hold nothing up; they help to read a difference rightly.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scoring.assess.applicability import in_scope
from scoring.model.questionnaire import Perspective, Questionnaire
from scoring.workshop.members import Member

OLDEST = 24
"""Months after which answers no longer stand beside present ones; municipalities are asked to repeat every two years."""
MOST_NOT_APPLICABLE = Fraction(1, 3)
"""The largest part of a perspective's items that rules may take out."""


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """The answers belong to another version of the questionnaire."""

    version: str


@dataclass(frozen=True, slots=True)
class TooOld:
    """The answers are this many months old."""

    months: int


@dataclass(frozen=True, slots=True)
class NotPart:
    """The perspective was not part of the check."""


@dataclass(frozen=True, slots=True)
class OtherItems:
    """So many items of the perspective were asked, while the others were asked so many."""

    asked: int
    others: int


@dataclass(frozen=True, slots=True)
class DoesNotApply:
    """The perspective does not apply here."""


@dataclass(frozen=True, slots=True)
class MostlyNotApplicable:
    """Rules take so many of the perspective's items out here."""

    removed: int
    items: int


@dataclass(frozen=True, slots=True)
class NoValue:
    """Too few items are answered for a value."""

    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class PartlyAnswered:
    """A note: so many of the asked items are answered."""

    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class SomeNotApplicable:
    """A note: rules take so many items out here."""

    removed: int


@dataclass(frozen=True, slots=True)
class NotYetAgreed:
    """A note: so many items count with the median of individual ratings."""

    items: int


@dataclass(frozen=True, slots=True)
class RatedIndividually:
    """A note: so many items were first rated by people for themselves, not only in a round together."""

    items: int


@dataclass(frozen=True, slots=True)
class Age:
    """A note: the answers are this many months old."""

    months: int


ReasonAgainst = OtherVersion | TooOld | NotPart | OtherItems | DoesNotApply | MostlyNotApplicable | NoValue
Note = PartlyAnswered | SomeNotApplicable | NotYetAgreed | RatedIndividually | Age


@dataclass(frozen=True, slots=True)
class Comparability:
    """What of one municipality may be compared: reasons against it by perspective, and notes ("": about everything)."""

    against: Mapping[str, ReasonAgainst]
    notes: tuple[tuple[str, Note], ...]

    def allows(self, perspective: str) -> bool:
        """Whether the perspective may stand beside the others."""
        return perspective not in self.against


def comparability(questionnaire: Questionnaire, members: Sequence[Member], today: date) -> Mapping[str, Comparability]:
    """What may be compared, by member. `questionnaire` is the version the workshop compares."""
    usual = {one.id: _usual(questionnaire, one, members) for one in questionnaire.perspectives}
    found = {}
    for member in members:
        against = {
            perspective.id: reason
            for perspective in questionnaire.perspectives
            if (reason := _against(questionnaire, perspective, member, usual[perspective.id], today))
        }
        found[member.id] = Comparability(against, tuple(_notes(questionnaire, member, against, today)))
    return found


def age_in_months(day: str, today: date) -> int | None:
    """How many whole months ago an ISO day was; none when it is no day."""
    try:
        then = date.fromisoformat(day)
    except ValueError:
        return None
    return (today.year - then.year) * 12 + today.month - then.month - (today.day < then.day)


def _same_version(questionnaire: Questionnaire, member: Member) -> bool:
    other = member.questionnaire
    return (other.id, other.version) == (questionnaire.id, questionnaire.version)


def _scope(questionnaire: Questionnaire, perspective: Perspective, member: Member) -> frozenset[str]:
    return frozenset(item.id for item in perspective.items if in_scope(questionnaire, item, member.sheet))


def _usual(questionnaire: Questionnaire, perspective: Perspective, members: Sequence[Member]) -> frozenset[str]:
    """The items that most municipalities were asked; where two sets are as frequent, the larger one."""
    scopes = Counter(
        scope
        for member in members
        if _same_version(questionnaire, member) and (scope := _scope(questionnaire, perspective, member))
    )
    best = max(scopes.items(), key=lambda one: (one[1], len(one[0]), sorted(one[0])), default=(frozenset[str](), 0))
    return best[0]


def _against(
    questionnaire: Questionnaire, perspective: Perspective, member: Member, usual: frozenset[str], today: date
) -> ReasonAgainst | None:
    if not _same_version(questionnaire, member):
        return OtherVersion(member.sheet.version)
    months = age_in_months(member.sheet.date, today)
    if months is not None and months > OLDEST:
        return TooOld(months)
    scope = _scope(questionnaire, perspective, member)
    if scope != usual:
        return OtherItems(len(scope), len(usual)) if scope else NotPart()
    result = member.result[perspective.id]
    if not result.applicable:
        return DoesNotApply()
    removed = len(scope) - result.asked
    if removed > MOST_NOT_APPLICABLE * len(scope):
        return MostlyNotApplicable(removed, len(scope))
    return NoValue(result.answered, result.asked) if result.value is None else None


def _notes(
    questionnaire: Questionnaire, member: Member, against: Mapping[str, ReasonAgainst], today: date
) -> Iterator[tuple[str, Note]]:
    months = age_in_months(member.sheet.date, today)
    if months and months <= OLDEST:
        yield "", Age(months)
    compared = [one for one in questionnaire.perspectives if one.id not in against]
    if rated := sum(item.id in member.sheet.spreads for one in compared for item in one.items):
        yield "", RatedIndividually(rated)
    for perspective in compared:
        yield from ((perspective.id, note) for note in _notes_on(questionnaire, perspective, member))


def _notes_on(questionnaire: Questionnaire, perspective: Perspective, member: Member) -> Iterator[Note]:
    result = member.result[perspective.id]
    if result.answered < result.asked:
        yield PartlyAnswered(result.answered, result.asked)
    if removed := len(_scope(questionnaire, perspective, member)) - result.asked:
        yield SomeNotApplicable(removed)
    if medians := sum(member.sheet.standing(item)[1] > 0 for item in perspective.items):
        yield NotYetAgreed(medians)
