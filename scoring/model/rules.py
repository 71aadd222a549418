"""Rules of four kinds. Only applicability changes what is counted; none of them changes an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from scoring.model.conditions import Condition
from scoring.model.origin import OptionKey, Origin
from scoring.model.wording import Wording

Confidence = Literal["high", "medium", "low"]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)


@dataclass(frozen=True, slots=True)
class Rewording:
    """Other words for the same item where the usual ones do not fit."""

    statement: Wording | None = None
    anchors: Mapping[OptionKey, Wording] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Applicability:
    """When the context says so, items (or all of a perspective) are not asked and not counted, or asked in other words.

    It may look at context questions only: a scored answer never switches another one off. That keeps the promise
    that a better answer never lowers a value and that answering never widens a range.
    """

    id: str
    when: Condition
    text: Wording
    origin: Origin
    confidence: Confidence
    removes: tuple[str, ...] = ()
    rewords: Mapping[str, Rewording] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Precondition:
    """A recommendation comes later while its requirement is not met; `first` leads to it. Never changes a value."""

    id: str
    before: tuple[str, ...]
    requires: Condition
    first: tuple[str, ...]
    text: Wording
    origin: Origin
    confidence: Confidence
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Plausibility:
    """A question to the municipality when answers do not seem to go together. It asks and never corrects."""

    id: str
    when: Condition
    text: Wording
    origin: Origin
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Equivalence:
    """Variants that count alike for the items; where `question` is named, no answer to it may favour one of them."""

    id: str
    items: tuple[str, ...]
    text: Wording
    origin: Origin
    confidence: Confidence
    question: str | None = None
    when: Condition | None = None


Rule = Applicability | Precondition | Plausibility | Equivalence
