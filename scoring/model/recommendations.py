"""Next steps, one for each perspective and stage transition."""

from dataclasses import dataclass
from typing import Literal, get_args

from scoring.model.origin import Origin
from scoring.model.wording import Wording

EffortClass = Literal["low", "medium", "high"]
EFFORT_CLASSES: tuple[EffortClass, ...] = get_args(EffortClass)
StepKind = Literal["immediate", "short-term", "medium-term", "structural", "routine"]
STEP_KINDS: tuple[StepKind, ...] = get_args(StepKind)


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work a step is: low up to 5 person-days, medium up to 6 months, high longer or decided by a body."""

    size: EffortClass
    estimate: Wording


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The next step of a perspective from one stage to the next, with who prepares and who decides."""

    id: str
    perspective: str
    from_stage: int
    to_stage: int
    step: Wording
    prepares: Wording
    decides: Wording
    effort: Effort
    kind: StepKind
    items: tuple[str, ...]
    examples: tuple[str, ...]
    origin: Origin
