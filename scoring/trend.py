"""Several checks of one municipality one after the other: where a change may be read off, and where not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Literal

from scoring.answers import Sheet
from scoring.applicability import asked_items
from scoring.assess import assess
from scoring.questionnaire import Questionnaire

NotComparable = Literal["version", "not-applicable", "items"]
"""Why two moments cannot be compared: another questionnaire or version of it; the perspective was asked at one of them
only or at none; different items of it were asked, by scope or by a rule."""


@dataclass(frozen=True, slots=True)
class Moment:
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


def trend(moments: Sequence[Moment]) -> Trend:
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


def _found(moment: Moment) -> _Found:
    questionnaire = moment.questionnaire
    asked = {item.id for item in asked_items(questionnaire, moment.sheet)}
    return _Found(
        (questionnaire.id, questionnaire.version),
        {one.perspective: one.value for one in assess(questionnaire, moment.sheet).perspectives},
        {p.id: frozenset(item.id for item in p.items if item.id in asked) for p in questionnaire.perspectives},
    )


def _pair(id: str, earlier: _Found, later: _Found) -> Pair:
    why_not = _why_not(id, earlier, later)
    before, after = earlier.values.get(id), later.values.get(id)
    return Pair(why_not, None if why_not or before is None or after is None else after - before)


def _why_not(id: str, earlier: _Found, later: _Found) -> NotComparable | None:
    if earlier.version != later.version:
        return "version"
    if not earlier.asked[id] or not later.asked[id]:
        return "not-applicable"
    return None if earlier.asked[id] == later.asked[id] else "items"
