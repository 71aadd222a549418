"""Documented good examples: evidence, never a rating of the municipality they come from."""

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.model.conditions import Condition
from scoring.model.origin import OptionKey, Origin
from scoring.model.wording import Language, Wording


@dataclass(frozen=True, slots=True)
class Fact:
    """One documented fact and the lines of the source that say it."""

    text: Wording
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentedItem:
    """An item the example bears on, and the stage whose anchor its documented facts reach, if they reach any."""

    item: str
    stage: OptionKey | None
    because: Wording
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SuccessCondition:
    """Something under which the example works, testable on a municipality's own answers."""

    id: str
    text: Wording
    holds: Condition | None
    """None: told in free words, for people to judge; no answer tells whether it is met."""
    origin: Origin


@dataclass(frozen=True, slots=True)
class Since:
    """What has changed or is reported elsewhere; never from the source."""

    text: Wording
    reference: str


@dataclass(frozen=True, slots=True)
class OwnSource:
    """The publication that documents an example of one's own."""

    title: Wording
    year: int
    where: str


@dataclass(frozen=True, slots=True)
class Shipped:
    """Part of the questionnaire; lines are those of its source text."""


@dataclass(frozen=True, slots=True)
class Added:
    """Added by a transfer agency, no part of the questionnaire; lines are pages of the example's own source."""

    agency: str
    source: OwnSource


@dataclass(frozen=True, slots=True)
class Proposed:
    """Told by the municipality itself and accepted by an agency; in the one language it was written in."""

    agency: str
    checked: str
    """The ISO day of the acceptance."""
    language: Language
    link: str = ""
    contact: str = ""


Provenance = Shipped | Added | Proposed


@dataclass(frozen=True, slots=True)
class Practice:
    """One documented good example."""

    id: str
    municipality: str
    structure: Mapping[str, str]
    """What the municipality would answer to questions of the context, by question, the most telling first."""
    title: Wording
    summary: Wording
    perspectives: tuple[str, ...]
    as_of: Wording
    facts: tuple[Fact, ...]
    items: tuple[DocumentedItem, ...]
    conditions: tuple[SuccessCondition, ...]
    limits: Wording
    since: tuple[Since, ...]
    origin: Origin
    provenance: Provenance = Shipped()
