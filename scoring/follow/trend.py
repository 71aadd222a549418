"""Several checks of one municipality one after the other: where a change may be read off, and where not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Literal

from scoring.assess.applicability import asked_items
from scoring.assess.assess import assess
from scoring.model.answers import Sheet
from scoring.model.questionnaire import Questionnaire

NotComparable = Literal["version", "not-applicable", "items"]
"""Why two moments cannot be compared: another questionnaire or version of it; the perspective was asked at one of them
only or at none; different items of it were asked, by scope or by a rule."""


@dataclass(frozen=True, slots=True)
class DatedCheck:
    """One check of a municipality at a time."""

    date: str
    questionnaire: Questionnaire
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Pair:
    """One perspective at two neighbouring moments; `change` is the later value less the earlier one.

    A pair that cannot be compared has no change, and neither has one with a value missing.
    """

    why_not: NotComparable | None
    change: Fraction | None

    @property
    def comparable(self) -> bool:
        """The same questions were asked both times, so a difference comes from the answers alone."""
        return self.why_not is None


@dataclass(frozen=True, slots=True)
class PerspectiveTrend:
    """The values of one perspective, one for each moment, and the pairs between them."""

    perspective: str
    values: tuple[Fraction | None, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Trend:
    """The moments by date, and every perspective over them. Never a total."""

    dates: tuple[str, ...]
    perspectives: tuple[PerspectiveTrend, ...]

    @cached_property
    def by_id(self) -> Mapping[str, PerspectiveTrend]:
        """The trends by perspective."""
        return {one.perspective: one for one in self.perspectives}

    def __getitem__(self, perspective: str) -> PerspectiveTrend:
        return self.by_id[perspective]


@dataclass(frozen=True, slots=True)
class _Found:
    """What one moment says: the version, and for each perspective its value and the items asked."""

    version: tuple[str, str]
    values: Mapping[str, Fraction | None]
    asked: Mapping[str, frozenset[str]]


def trend(moments: Sequence[DatedCheck]) -> Trend:
    """The perspectives over the moments, which stand in the order given: the earliest first.

    Perspectives stand as in the latest questionnaire; those that only earlier ones had follow.
    """
    found = [_found(moment) for moment in moments]
    ids = dict.fromkeys(id for one in reversed(found) for id in one.values)
    return Trend(
        tuple(moment.date for moment in moments),
        tuple(
            PerspectiveTrend(
                id,
                tuple(one.values.get(id) for one in found),
                tuple(_pair(id, earlier, later) for earlier, later in pairwise(found)),
            )
            for id in ids
        ),
    )


def _found(moment: DatedCheck) -> _Found:
    return _Found(
        version_of(moment.questionnaire),
        {one.perspective: one.value for one in assess(moment.questionnaire, moment.sheet).perspectives},
        asked_by_perspective(moment.questionnaire, moment.sheet),
    )


def version_of(questionnaire: Questionnaire) -> tuple[str, str]:
    """Which questionnaire it is, in which version."""
    return questionnaire.id, questionnaire.version


def asked_by_perspective(questionnaire: Questionnaire, sheet: Sheet) -> dict[str, frozenset[str]]:
    """The items this municipality is asked, by perspective."""
    asked = {item.id for item in asked_items(questionnaire, sheet)}
    return {p.id: frozenset(item.id for item in p.items if item.id in asked) for p in questionnaire.perspectives}


def _pair(id: str, earlier: _Found, later: _Found) -> Pair:
    versions = earlier.version, later.version
    why_not = why_not_comparable(*versions, earlier.asked.get(id, frozenset()), later.asked.get(id, frozenset()))
    before, after = earlier.values.get(id), later.values.get(id)
    return Pair(why_not, None if why_not or before is None or after is None else after - before)


def why_not_comparable(
    earlier: tuple[str, str], later: tuple[str, str], asked_earlier: frozenset[str], asked_later: frozenset[str]
) -> NotComparable | None:
    """Why a perspective cannot be compared between two versions and two sets of items asked; None where it can."""
    if earlier != later:
        return "version"
    if not asked_earlier or not asked_later:
        return "not-applicable"
    return None if asked_earlier == asked_later else "items"
