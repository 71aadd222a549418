"""How far a municipality is on the way to the profile it wants, one perspective at a time. Never a total."""

from dataclasses import dataclass
from fractions import Fraction

from scoring.assess.result import Result
from scoring.model.answers import Target


@dataclass(frozen=True, slots=True)
class TowardsTarget:
    """One perspective beside the stage wanted for it; nothing can be said of the way while there is no value."""

    perspective: str
    value: Fraction | None
    wanted: int

    @property
    def gap(self) -> Fraction | None:
        """The points still to go. More than wanted is no gap and makes up for none elsewhere."""
        return None if self.value is None else max(Fraction(0), self.wanted - self.value)

    @property
    def share(self) -> Fraction | None:
        """The part of the way that is done, at most all of it; nothing when stage 0 is wanted, as there is no way."""
        return None if self.value is None or self.wanted <= 0 else min(Fraction(1), self.value / self.wanted)

    @property
    def reached(self) -> bool | None:
        """Whether the value is at the stage wanted or above; None while there is no value."""
        return None if self.value is None else self.value >= self.wanted


def towards(result: Result, target: Target) -> tuple[TowardsTarget, ...]:
    """Every perspective that has a target, in the order of the questionnaire. There is no sum over perspectives."""
    return tuple(
        TowardsTarget(one.perspective, one.value, target.stages[one.perspective])
        for one in result.perspectives
        if one.perspective in target.stages
    )
