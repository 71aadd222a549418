"""How large a step is taken to be while a municipality has not said it: estimates of ours, never from the source."""

import re
from dataclasses import dataclass
from typing import Literal

from scoring.model.recommendations import EffortClass, Recommendation

DaysFrom = Literal["estimate", "class", "municipality"]
"""Who said how many days a step takes: the estimate written with the step, its effort class, or the municipality."""

CLASS_DAYS: dict[EffortClass, int] = {"low": 5, "medium": 15, "high": 30}
"""Person-days of a step whose estimate names none. Our estimate."""
CLASS_HALF_YEARS: dict[EffortClass, int] = {"low": 1, "medium": 1, "high": 2}
"""Half-years a step takes: low and medium end within six months, high takes longer or waits for a body. Our estimate."""
QUICK_DAYS = 5
"""A small step takes no more person-days than that."""

_PERSON_DAYS = re.compile(r"(\d+) Personentage")
_BODY = re.compile(r"\{council:|ausschuss", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StepSize:
    """What a step asks for: whole person-days (at least 1), half-years (at least 1), a body's decision, money.

    The days are spread evenly over the half-years, the odd ones at the beginning. ValueError for less than 1.
    """

    days: int
    half_years: int = 1
    body: bool = False
    money: bool = False
    days_from: DaysFrom = "municipality"

    def __post_init__(self) -> None:
        if min(self.days, self.half_years) < 1:
            raise ValueError("a step takes at least one day and one half-year")

    def days_in(self, number: int) -> int:
        """The person-days in the first, second, … half-year of the step, counted from 0."""
        return self.days // self.half_years + (number < self.days % self.half_years)


def size_of(recommendation: Recommendation) -> StepSize:
    """The size a recommendation is taken to have; each part of it can be replaced by the municipality.

    Days: the highest number of person-days the German estimate names, or else the default of the class. A body
    decides where "who decides" names the council or a committee, also when it says "depending on local rules".
    Money is only needed where the municipality says so.
    """
    size = recommendation.effort.size
    named = [int(days) for days in _PERSON_DAYS.findall(recommendation.effort.estimate.de) if int(days)]
    days = max(named, default=CLASS_DAYS[size])
    body = _BODY.search(recommendation.decides.de) is not None
    return StepSize(days, CLASS_HALF_YEARS[size], body, days_from="estimate" if named else "class")


def is_quick(recommendation: Recommendation, size: StepSize) -> bool:
    """Whether the next step may begin in the half-year in which this one ends.

    That is a small step: effort class low, at most 5 person-days, done within a half-year, and no body decides.
    """
    small = size.days <= QUICK_DAYS and size.half_years == 1
    return recommendation.effort.size == "low" and small and not size.body
