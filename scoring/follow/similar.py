"""Which documented examples come from a municipality built like this one: said trait by trait, never as a number."""

from dataclasses import dataclass
from typing import Literal

from scoring.model.answers import Context
from scoring.model.practices import Practice

Likeness = Literal["same", "different", "unknown"]


@dataclass(frozen=True, slots=True)
class Trait:
    """One question of the context: whether the example's municipality would answer it as this one did."""

    question: str
    there: str
    """The choice there; what is chosen here stands in the context."""
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Similarity:
    """An example beside the structure of a municipality, the most telling trait first."""

    practice: Practice
    traits: tuple[Trait, ...]

    @property
    def rank(self) -> tuple[bool, ...]:
        """Sorts examples: whoever agrees in the most telling trait comes first; what is unknown is no agreement."""
        return tuple(trait.likeness != "same" for trait in self.traits)


def similarity(context: Context, practice: Practice) -> Similarity:
    """The traits of the municipality of an example beside what is known of this one."""
    return Similarity(practice, tuple(_trait(context, *known) for known in practice.structure.items()))


def _trait(context: Context, question: str, there: str) -> Trait:
    here = context.choices.get(question)
    return Trait(question, there, "unknown" if here is None else "same" if here == there else "different")
