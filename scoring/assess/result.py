"""What `assess` finds: a value with its range and the steps that led to it, for every perspective. Never a total."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from scoring.model.aggregates import Aggregate
from scoring.model.conditions import Absent, Facts
from scoring.model.origin import OptionKey

Certainty = Literal["settled", "likely", "open"]


@dataclass(frozen=True, slots=True)
class NotAsked:
    """The rule takes the perspective or item out: it is not counted."""

    rule: str
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Undecided:
    """Whether the rule applies cannot be said while context questions are open; until then everything is asked."""

    rule: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountsAlike:
    """The rule says that variants count the same here."""

    rule: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The item enters the value with its points: as agreed, or as the median of so many individual ratings."""

    item: str
    choice: OptionKey
    points: Fraction
    median_of: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The item widens the range instead: it is open, or nobody could judge it."""

    item: str
    why: Absent


@dataclass(frozen=True, slots=True)
class Combined:
    """The group's value, made of these values (in the order of the questionnaire), and their weights if they count."""

    group: str
    aggregate: Aggregate
    values: tuple[Fraction, ...]
    value: Fraction
    weights: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class TooFew:
    """No value: fewer items are answered than needed."""

    answered: int
    asked: int
    needed: int


@dataclass(frozen=True, slots=True)
class Throughout:
    """The stage that every answered item has reached; an upper bound while items are missing."""

    minimum: Fraction
    items: tuple[str, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class Ranged:
    """The lowest and the highest value still possible, over the items that are missing."""

    lowest: Fraction
    highest: Fraction
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelReached:
    """The level of a level model (0: none), and the level above it if there is one."""

    level: int
    lowest: int
    highest: int


Step = NotAsked | Undecided | CountsAlike | Counted | LeftOut | Combined | TooFew | Throughout | Ranged | LevelReached


@dataclass(frozen=True, slots=True)
class PerspectiveResult:
    """Where one perspective stands. All numbers are exact points of the scale.

    `value` is missing when the perspective does not apply or too few items are answered; `lowest` and `highest`
    bound what it can become once everything is answered. `minimum` is the stage every answered item has reached.
    """

    perspective: str
    applicable: bool
    asked: int
    answered: int
    value: Fraction | None
    minimum: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    certainty: Certainty | None
    level: int | None
    trace: tuple[Step, ...]

    @property
    def coverage(self) -> Fraction | None:
        """Share of the asked items that are answered; nothing when none is asked."""
        return Fraction(self.answered, self.asked) if self.asked else None


@dataclass(frozen=True)
class Result:
    """The profile: one result a perspective, and what the rules read to get there."""

    perspectives: tuple[PerspectiveResult, ...]
    facts: Facts

    @cached_property
    def by_id(self) -> Mapping[str, PerspectiveResult]:
        """The results by perspective."""
        return {result.perspective: result for result in self.perspectives}

    def __getitem__(self, perspective: str) -> PerspectiveResult:
        return self.by_id[perspective]
