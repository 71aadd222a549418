"""One municipality in a workshop, as it agreed to appear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from scoring.assess.assess import assess
from scoring.assess.result import Result
from scoring.model.answers import Sheet
from scoring.model.questionnaire import ChoiceQuestion, Questionnaire

Shown = Literal["named", "alias", "aggregate"]
"""How a municipality appears beside the others: by name, under an alias, or only in numbers of several together."""
Filter = Mapping[str, str]
"""Chosen answers by question of the context, such as the kind of municipality; empty: everybody."""


@dataclass(frozen=True)
class Member:
    """A municipality with what it shares and what it agreed to. `alias` is a letter; `capacity` counts tandems."""

    id: str
    name: str
    alias: str
    shown: Shown
    questionnaire: Questionnaire
    sheet: Sheet
    tandems: bool = False
    capacity: int = 1
    protocol: bool = False
    later: bool = False

    @cached_property
    def result(self) -> Result:
        """The values of what it shares."""
        return assess(self.questionnaire, self.sheet)

    @property
    def visible(self) -> bool:
        """It appears by itself, by name or under an alias."""
        return self.shown != "aggregate"

    @property
    def order(self) -> tuple[bool, str]:
        """Where it stands in lists: names by the alphabet, then aliases by theirs. Never by a value."""
        return (self.shown != "named", self.name.casefold() if self.shown == "named" else self.alias)

    def fits(self, filter: Filter) -> bool:
        """It has given each of the chosen answers."""
        return all(self.sheet.context.choices.get(question) == choice for question, choice in filter.items())

    def stage(self, item: str) -> Fraction | None:
        """The stage of an item; none when it is open, cannot be judged, does not apply or is not asked."""
        found = self.result.facts.stages.get(item)
        return found if isinstance(found, Fraction) else None

    def value(self, perspective: str) -> Fraction | None:
        """The value of a perspective; none when there is none."""
        found = self.result.by_id.get(perspective)
        return found.value if found else None

    def wanted(self, perspective: str) -> int | None:
        """The target of a perspective."""
        return self.sheet.target.stages.get(perspective) if self.sheet.target else None


def in_order(members: Sequence[Member]) -> tuple[Member, ...]:
    """The members that appear by themselves, in the order of lists."""
    return tuple(sorted((one for one in members if one.visible), key=lambda one: one.order))


def filter_questions(questionnaire: Questionnaire) -> tuple[ChoiceQuestion, ...]:
    """The questions by which municipalities may be looked at apart: those that tell how they are built."""
    ids = dict.fromkeys(id for practice in questionnaire.practices for id in practice.structure)
    choices = {question.id: question for question in questionnaire.context if isinstance(question, ChoiceQuestion)}
    return tuple(choices[id] for id in ids if id in choices)
