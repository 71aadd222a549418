"""What entries amount to: coverage by column and group, findings, and what the documented cases show beside them.

There is no total, and nothing that could rank one municipality before another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from scoring.model.logic import Truth
from scoring.modules.entries import Line
from scoring.modules.judge import EntryLook
from scoring.modules.model import DocumentedCase, DocumentedEntry, Finding, Module, Section

EntryStatus = Literal["met", "missing", "unknown", "not-applicable"]


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and highest share still possible."""

    lowest: Fraction
    highest: Fraction

    @property
    def is_settled(self) -> bool:
        """Whether nothing open can change it."""
        return self.lowest == self.highest


@dataclass(frozen=True, slots=True)
class Coverage:
    """How the rows of a graded column count, each row once. What stands apart or is not asked is in no share.

    `full` is the share of rows with yes, `some` the share with yes or partly; a share of nothing is None. An open row
    widens both; it is never taken for a no.
    """

    yes: tuple[str, ...]
    partly: tuple[str, ...]
    no: tuple[str, ...]
    apart: tuple[str, ...]
    open: tuple[str, ...]
    full: Range | None
    some: Range | None


@dataclass(frozen=True, slots=True)
class Tally:
    """The rows by option, for columns that are not graded; a row may stand under several options, or under `nothing`."""

    options: Mapping[str, tuple[str, ...]]
    nothing: tuple[str, ...]
    apart: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionResult:
    """One table: its rows, coverage by column, by group and column, and what is missing."""

    section: Section
    lines: tuple[Line, ...]
    coverage: Mapping[str, Coverage]
    groups: Mapping[str, Mapping[str, Coverage]]
    tallies: Mapping[str, Tally]
    group_tallies: Mapping[str, Mapping[str, Tally]]
    without: tuple[str, ...]
    """Rows that certainly have neither yes nor partly in any graded column, and a no in at least one."""
    empty_groups: Mapping[str, tuple[str, ...]]
    """By graded column, the groups in which certainly no row counts yes or partly and at least one counts no."""


@dataclass(frozen=True, slots=True)
class FindingResult:
    """Whether a finding holds here, and the entries behind it."""

    finding: Finding
    holds: Truth
    looks: tuple[EntryLook, ...]


@dataclass(frozen=True, slots=True)
class EntryComparison:
    """One documented entry beside one's own rows: met, missing, unknown or not applicable here, by row."""

    documented: DocumentedEntry
    statuses: Mapping[str, EntryStatus]


@dataclass(frozen=True, slots=True)
class CaseComparison:
    """One documented case beside one's own entries. No order of merit."""

    case: DocumentedCase
    entries: tuple[EntryComparison, ...]

    def rows(self, status: EntryStatus) -> tuple[str, ...]:
        """The rows with this status in at least one entry, each once."""
        return tuple(dict.fromkeys(row for e in self.entries for row, found in e.statuses.items() if found == status))


@dataclass(frozen=True)
class ModuleResult:
    """Everything that follows from the entries in one module."""

    module: Module
    sections: tuple[SectionResult, ...]
    findings: tuple[FindingResult, ...]
    documented: tuple[CaseComparison, ...]
    settled: int
    """Entries made, of those that are asked; only to show how far one has come."""
    asked: int
    """Entries asked so far, texts left out; a column that hangs on an open entry is not counted yet."""

    def section(self, id: str) -> SectionResult:
        """The result of one section; KeyError when there is none."""
        for section in self.sections:
            if section.section.id == id:
                return section
        raise KeyError(id)

    def finding(self, id: str) -> FindingResult:
        """The result of one finding; KeyError when there is none."""
        for finding in self.findings:
            if finding.finding.id == id:
                return finding
        raise KeyError(id)

    def case(self, id: str) -> CaseComparison:
        """One documented case beside the entries; KeyError when there is none."""
        for case in self.documented:
            if case.case.id == id:
                return case
        raise KeyError(id)

    def found(self, holds: Truth = True) -> tuple[FindingResult, ...]:
        """The findings that hold; or those that do not (False), or that are unknown (None)."""
        return tuple(finding for finding in self.findings if finding.holds is holds)
