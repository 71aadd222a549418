"""A municipality beside the documented good examples: what is met, missing or unknown here, and which example fits."""

from dataclasses import dataclass
from typing import Literal

from scoring.assess.result import Result
from scoring.model.conditions import Absent, holds
from scoring.model.practices import DocumentedItem, Practice, SuccessCondition
from scoring.model.questionnaire import Questionnaire

Status = Literal["met", "missing", "unknown", "illustrates", "not-applicable"]
"""`illustrates`: the facts of the example show the matter but reach no stage, so nothing can be compared."""


@dataclass(frozen=True, slots=True)
class ItemComparison:
    """One item of an example beside the municipality's own answer."""

    documented: DocumentedItem
    status: Status
    shows_something_new: bool
    """It is missing or unknown here, or illustrates an item that can still grow."""


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
    def missing(self) -> tuple[SuccessCondition, ...]:
        """The conditions that are not met here."""
        return tuple(c.condition for c in self.conditions if c.status == "missing")


def compare(questionnaire: Questionnaire, result: Result) -> tuple[Comparison, ...]:
    """Every documented example beside the result, in the order of the file. No order of merit."""
    return tuple(
        Comparison(
            practice,
            tuple(_item(questionnaire, result, item) for item in practice.items),
            tuple(ConditionComparison(c, _condition_status(result, c)) for c in practice.conditions),
        )
        for practice in questionnaire.practices
    )


def telling(
    questionnaire: Questionnaire, comparisons: tuple[Comparison, ...], perspective: str
) -> tuple[Comparison, ...]:
    """The examples that show something new about an item of the perspective, those whose conditions are all met first."""
    items = {item.id for item in questionnaire.perspective(perspective).items}
    found = [c for c in comparisons if any(i.shows_something_new and i.documented.item in items for i in c.items)]
    return tuple(sorted(found, key=lambda comparison: (comparison.fits is False, comparison.fits is None)))


def suitable(
    questionnaire: Questionnaire, comparisons: tuple[Comparison, ...], perspective: str
) -> tuple[Comparison, ...]:
    """The telling examples that no condition rules out. An empty answer means: no suitable example is documented."""
    return tuple(c for c in telling(questionnaire, comparisons, perspective) if c.fits is not False)


def not_yet_suitable(
    questionnaire: Questionnaire, comparisons: tuple[Comparison, ...], perspective: str
) -> tuple[Comparison, ...]:
    """The telling examples of which a condition is missing here."""
    return tuple(c for c in telling(questionnaire, comparisons, perspective) if c.fits is False)


def _item(questionnaire: Questionnaire, result: Result, documented: DocumentedItem) -> ItemComparison:
    status = _item_status(questionnaire, result, documented)
    at_top = result.facts.stages[documented.item] == questionnaire.items[documented.item].scale.highest
    new = status in ("missing", "unknown") or (status == "illustrates" and not at_top)
    return ItemComparison(documented, status, new)


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
    found = None if condition.holds is None else holds(condition.holds, result.facts)
    return "unknown" if found is None else "met" if found else "missing"
