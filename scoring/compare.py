"""A municipality beside the documented good examples: what is met, missing or unknown here, and which example fits."""

from dataclasses import dataclass
from typing import Literal

from scoring.conditions import Absent, holds
from scoring.practices import DocumentedItem, Practice, SuccessCondition
from scoring.questionnaire import Questionnaire
from scoring.result import Result

Status = Literal["met", "missing", "unknown", "illustrates", "not-applicable"]
"""`illustrates`: the facts of the example show the matter but reach no stage, so nothing can be compared."""


@dataclass(frozen=True, slots=True)
class ItemComparison:
    """One item of an example beside the municipality's own answer."""

    documented: DocumentedItem
    status: Status


@dataclass(frozen=True, slots=True)
class ConditionComparison:
    """One condition of an example read on the municipality's own answers."""

    condition: SuccessCondition
    status: Status


@dataclass(frozen=True, slots=True)
class Comparison:
    """One example beside one municipality."""

    practice: Practice
    items: tuple[ItemComparison, ...]
    conditions: tuple[ConditionComparison, ...]

    @property
    def fits(self) -> bool | None:
        """Whether every condition is met here; None while one is unknown, False when one is missing."""
        found = {condition.status for condition in self.conditions}
        return False if "missing" in found else None if "unknown" in found else True

    @property
    def shows_something_new(self) -> bool:
        """Whether an item of the example is missing or unknown here, or illustrated."""
        return any(item.status in ("missing", "unknown", "illustrates") for item in self.items)

    def item(self, id: str) -> ItemComparison | None:
        """The comparison for one item, if the example bears on it."""
        return next((item for item in self.items if item.documented.item == id), None)


def compare(questionnaire: Questionnaire, result: Result) -> tuple[Comparison, ...]:
    """Every documented example beside the result, in the order of the file. No order of merit."""
    return tuple(
        Comparison(
            practice,
            tuple(ItemComparison(item, _item_status(questionnaire, result, item)) for item in practice.items),
            tuple(ConditionComparison(c, _condition_status(result, c)) for c in practice.conditions),
        )
        for practice in questionnaire.practices
    )


def suitable(comparisons: tuple[Comparison, ...], perspective: str) -> tuple[Comparison, ...]:
    """The examples that bear on the perspective, show something new and are ruled out by no condition.

    An empty answer means: no suitable example is documented. Those whose conditions are all met come first.
    """
    fitting = [
        comparison
        for comparison in comparisons
        if perspective in comparison.practice.perspectives
        and comparison.shows_something_new
        and comparison.fits is not False
    ]
    return tuple(sorted(fitting, key=lambda comparison: comparison.fits is not True))


def _item_status(questionnaire: Questionnaire, result: Result, documented: DocumentedItem) -> Status:
    here = result.facts.stages[documented.item]
    if here is Absent.NOT_APPLICABLE:
        return "not-applicable"
    if documented.stage is None:
        return "illustrates"
    if isinstance(here, Absent):
        return "unknown"
    option = questionnaire.items[documented.item].scale.option(documented.stage)
    assert option is not None, "the checker guarantees a stage of the scale"
    return "met" if here >= option.points else "missing"


def _condition_status(result: Result, condition: SuccessCondition) -> Status:
    found = holds(condition.holds, result.facts)
    return "unknown" if found is None else "met" if found else "missing"
