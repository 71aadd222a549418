"""Where a statement of the questionnaire comes from."""

from dataclasses import dataclass
from typing import Literal, get_args

from scoring.model.wording import Wording

OptionKey = int | str
"""What an answer file writes for one option of a scale: a stage such as 2, or a word such as "partly"."""

OriginKind = Literal["source", "derived", "beyond"]
ORIGIN_KINDS: tuple[OriginKind, ...] = get_args(OriginKind)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a statement comes from: lines of the source text, a reading of them, or beyond the source."""

    kind: OriginKind
    lines: tuple[int, ...] = ()
    note: Wording | None = None
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A publication outside the source text, and how far it was seen."""

    id: str
    title: Wording
    where: str
    seen: str
    used_for: Wording
