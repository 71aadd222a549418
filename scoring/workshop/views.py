"""What a workshop looks at: profiles side by side, how stages spread, who can show what. Nothing is sorted by a value."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.model.questionnaire import Questionnaire
from scoring.model.spreads import Counts, lower_median
from scoring.workshop.comparable import Comparability
from scoring.workshop.members import Member

CAN_SHOW = 3
"""From this stage on, a municipality has something to show to others."""
GAP = 2
"""A perspective whose middle lies below this stage (agreed) is a gap that many share."""


@dataclass(frozen=True, slots=True)
class Strength:
    """What one municipality can show in a perspective: the items in which it stands high and somebody else lower."""

    member: Member
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleGap:
    """In one item two role groups of a municipality see things this many stages apart."""

    item: str
    low: str
    high: str
    apart: Fraction


def values(
    quantity: str, members: Sequence[Member], comparable: Mapping[str, Comparability], questionnaire: Questionnaire
) -> tuple[tuple[Member, Fraction], ...]:
    """Everybody's value of a perspective or an item, as far as it may be compared."""
    if quantity in questionnaire.items:
        perspective = questionnaire.perspective_of[quantity].id
        found = [(one, one.stage(quantity)) for one in members if comparable[one.id].allows(perspective)]
    else:
        found = [(one, one.value(quantity)) for one in members if comparable[one.id].allows(quantity)]
    return tuple((one, value) for one, value in found if value is not None)


def counts(found: Sequence[tuple[Member, Fraction]]) -> Counts:
    """How many stand at each place."""
    return Counter(value for _, value in found)


def strengths(
    questionnaire: Questionnaire, perspective: str, members: Sequence[Member], comparable: Mapping[str, Comparability]
) -> tuple[Strength, ...]:
    """Who of those that appear by themselves can show what: stage 3 or higher where another one stands lower."""
    seen = [one for one in members if one.visible and comparable[one.id].allows(perspective)]
    items = [item.id for item in questionnaire.perspective(perspective).items]
    found = [Strength(member, tuple(item for item in items if _can_show(member, item, seen))) for member in seen]
    return tuple(sorted((one for one in found if one.items), key=lambda one: one.member.order))


def _can_show(member: Member, item: str, others: Sequence[Member]) -> bool:
    stage = member.stage(item)
    if stage is None or stage < CAN_SHOW:
        return False
    stages = [other.stage(item) for other in others]
    return any(lower is not None and lower < stage for lower in stages)


def shared_gaps(medians: Mapping[str, Fraction]) -> tuple[str, ...]:
    """The perspectives, of those whose middle may be shown, in which half of the municipalities stand below `GAP`."""
    return tuple(perspective for perspective, median in medians.items() if median < GAP)


def role_gaps(member: Member, perspective: str) -> tuple[RoleGap, ...]:
    """Where role groups of one municipality see an item at least a stage apart, as far as their ratings were released."""
    found = []
    for item in member.questionnaire.perspective(perspective).items:
        spread = member.sheet.spreads.get(item.id)
        medians = {role: lower_median(given) for role, given in spread.roles.items()} if spread else {}
        if len(medians) > 1:
            low, high = min(medians, key=lambda role: medians[role]), max(medians, key=lambda role: medians[role])
            if (apart := medians[high] - medians[low]) >= 1:
                found.append(RoleGap(item.id, low, high, apart))
    return tuple(found)
