"""What a municipality has answered: context, stages, remarks. Frozen; only this is stored, results are computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from scoring.model.declension import OwnNoun
from scoring.model.origin import OptionKey
from scoring.model.questionnaire import Item
from scoring.model.spreads import Spread

CANNOT_JUDGE = "cannot-judge"
Scope = Literal["full", "short"] | tuple[str, ...]
"""The full check, the short check of core items, or the ids of chosen perspectives."""
ChosenWord = str | OwnNoun
"""The id of a word of the term's list, or a noun of the municipality's own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one item: an option, *cannot judge*, or open when both are missing.

    `dissent` is what those say who do not share the agreed stage; `unclear` marks an item that is hard to understand.
    """

    choice: OptionKey | None = None
    cannot_judge: bool = False
    remark: str = ""
    evidence: str = ""
    dissent: str = ""
    unclear: bool = False

    @property
    def is_open(self) -> bool:
        """Neither answered nor declared impossible to judge."""
        return self.choice is None and not self.cannot_judge


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a planning field is placed, by neutral labels."""

    department: str
    unit: str


@dataclass(frozen=True, slots=True)
class Context:
    """Answers by context question: a choice, a placement for each row (None: no such field here), a word for each term."""

    choices: Mapping[str, str] = field(default_factory=dict)
    placements: Mapping[str, Mapping[str, Placement | None]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, ChosenWord]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target:
    """The profile a municipality wants to have reached in a year: a stage for each perspective it names.

    Stages are points of the questionnaire's first scale. The highest stage is not always the aim, and a perspective
    that is not named has no target. A target changes no value.
    """

    year: int
    stages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One municipality's answers to one version of a questionnaire.

    `spreads` holds what an evaluation of individual ratings released; an agreed answer comes before its median.
    """

    questionnaire: str
    version: str
    municipality: str = ""
    date: str = ""
    scope: Scope = "full"
    context: Context = Context()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    target: Target | None = None
    spreads: Mapping[str, Spread] = field(default_factory=dict)

    def standing(self, item: Item) -> tuple[OptionKey | None, int]:
        """The option that counts for an item, and of how many ratings it is the median (0: it was agreed)."""
        answer = self.answers.get(item.id, Answer())
        spread = self.spreads.get(item.id)
        if spread is None or not answer.is_open:
            return answer.choice, 0
        return item.scale.options[spread.median].key, spread.ratings
