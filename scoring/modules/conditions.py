"""What findings and documented cases ask of the entries: a small closed language.

`scoring.modules.judge` evaluates it. A finding looks at no entry twice (a check sees to it); therefore *unknown* means
exactly this: entries still open could make it true, and others could make it false.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from scoring.model import logic
from scoring.model.logic import Formula

Mode = Literal["any", "all", "none"]
MODES: tuple[Mode, ...] = get_args(Mode)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Any, all or none of these options is entered. A column that is not asked of a row never passes."""

    mode: Mode
    options: tuple[str, ...]

    def passes(self, entered: frozenset[str]) -> bool:
        """Whether the options entered pass."""
        options = frozenset(self.options)
        match self.mode:
            case "any":
                return bool(options & entered)
            case "all":
                return options <= entered
            case "none":
                return not options & entered


Where = Mapping[str, Wanted]
"""What is wanted by column; a row passes when every one of them is there."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows of one section: all of it, some groups, or some rows. Rows of one's own belong to their group."""

    section: str | None = None
    groups: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()

    def takes(self, section: str, group: str, row: str) -> bool:
        """Whether a row is among them."""
        return section == self.section or group in self.groups or row in self.rows


@dataclass(frozen=True, slots=True)
class RowIs:
    """The row passes."""

    row: str
    where: Where


@dataclass(frozen=True, slots=True)
class RowsBetween:
    """The number of selected rows that pass lies within bounds; a bound left out is open."""

    among: Selection
    where: Where
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class GroupsBetween:
    """The number of groups of which at least one selected row passes lies within bounds; a bound left out is open."""

    among: Selection
    where: Where
    at_least: int | None = None
    at_most: int | None = None


EntryLeaf = RowIs | RowsBetween | GroupsBetween
EntryCondition = Formula[EntryLeaf]


def leaves(condition: EntryCondition) -> Iterator[EntryLeaf]:
    """The conditions inside that look at entries."""
    return logic.leaves(condition)


def selection_of(leaf: EntryLeaf) -> Selection:
    """The rows a condition looks at."""
    return Selection(rows=(leaf.row,)) if isinstance(leaf, RowIs) else leaf.among
