"""What a municipality has answered: context, stages, remarks. Frozen; only this is stored, results are computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from scoring.origin import OptionKey

CANNOT_JUDGE = "cannot-judge"
Scope = Literal["full", "short"] | tuple[str, ...]
"""The full check, the short check of core items, or the ids of chosen perspectives."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one item: an option, *cannot judge*, or open when both are missing."""

    choice: OptionKey | None = None
    cannot_judge: bool = False
    remark: str = ""
    evidence: str = ""

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
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One municipality's answers to one version of a questionnaire."""

    questionnaire: str
    version: str
    municipality: str = ""
    date: str = ""
    scope: Scope = "full"
    context: Context = Context()
    answers: Mapping[str, Answer] = field(default_factory=dict)
