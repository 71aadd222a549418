"""Entries of a module → what they amount to. Exact counts and fractions; what is open is a range, never a no."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from scoring.modules.entries import EnteredOptions, Line, ModuleSheet, lines
from scoring.modules.judge import holds, looks, passes, selected
from scoring.modules.model import Column, DocumentedCase, DocumentedEntry, Finding, Grade, Module, RowGroup, Section
from scoring.modules.result import (
    CaseComparison,
    Coverage,
    EntryComparison,
    EntryStatus,
    FindingResult,
    ModuleResult,
    Range,
    SectionResult,
    Tally,
)

FULL: frozenset[Grade] = frozenset(["yes"])
SOME: frozenset[Grade] = frozenset(["yes", "partly"])


def assess_module(module: Module, sheet: ModuleSheet) -> ModuleResult:
    """What the entries amount to."""
    found = lines(module, sheet)
    settled = [entered for line in found for entered in _entered(line)]
    return ModuleResult(
        module,
        tuple(_section(section, [line for line in found if line.section is section]) for section in module.sections),
        tuple(_finding(finding, found) for finding in module.findings),
        tuple(_case(case, found) for case in module.documented),
        settled=sum(settled),
        asked=len(settled),
    )


def _entered(line: Line) -> Iterator[bool]:
    """Of every column that is certainly asked of a row, whether something is entered."""
    for column in line.section.columns:
        if column.kind != "text" and None not in line.choices(column.id):
            yield line.values.get(column.id) is not None


def _section(section: Section, found: Sequence[Line]) -> SectionResult:
    graded = [column for column in section.columns if column.is_graded]
    tallied = [column for column in section.columns if column.kind != "text" and not column.is_graded]
    by_group = {group.id: [line for line in found if line.group == group.id] for group in section.groups}
    coverage = {group: _coverages(graded, inside) for group, inside in by_group.items()}
    return SectionResult(
        section,
        tuple(found),
        _coverages(graded, found),
        coverage,
        _tallies(tallied, found),
        {group: _tallies(tallied, inside) for group, inside in by_group.items()},
        tuple(line.id for line in found if _is_without(line, graded)),
        {column.id: _empty(section.groups, coverage, column) for column in graded},
    )


def _coverages(columns: Sequence[Column], found: Sequence[Line]) -> dict[str, Coverage]:
    return {column.id: _coverage(column, found) for column in columns}


def _tallies(columns: Sequence[Column], found: Sequence[Line]) -> dict[str, Tally]:
    return {column.id: _tally(column, found) for column in columns}


def _coverage(column: Column, found: Sequence[Line]) -> Coverage:
    possible = {line.id: line.grades(column.id) for line in found}

    def settled(grade: Grade) -> tuple[str, ...]:
        return tuple(id for id, grades in possible.items() if grades == {grade})

    return Coverage(
        yes=settled("yes"),
        partly=settled("partly"),
        no=settled("no"),
        apart=settled("apart"),
        open=tuple(id for id, grades in possible.items() if len(grades) > 1),
        full=share(possible.values(), FULL),
        some=share(possible.values(), SOME),
    )


def share(possible: Collection[frozenset[Grade]], wanted: frozenset[Grade]) -> Range | None:
    """Lowest and highest share of rows with a wanted grade, over everything the rows can still be.

    A row that can stand apart is left out where that makes the share lower or higher; a share of nothing is None.
    """
    lowest = _extreme(possible, wanted, Fraction(0))
    highest = _extreme(possible, wanted, Fraction(1))
    return None if lowest is None or highest is None else Range(lowest, highest)


def _extreme(possible: Collection[frozenset[Grade]], wanted: frozenset[Grade], towards: Fraction) -> Fraction | None:
    """The share when every row goes towards 0 or 1 as far as it can."""
    counted = [goes for grades in possible if (goes := _goes(grades, wanted, towards)) is not None]
    if counted:
        return Fraction(sum(counted), len(counted))
    return 1 - towards if any(grades - {"apart"} for grades in possible) else None


def _goes(grades: frozenset[Grade], wanted: frozenset[Grade], towards: Fraction) -> bool | None:
    """Whether a row then counts for the share or against it; None: it stands apart."""
    good, bad, counts = bool(grades & wanted), bool(grades - wanted - {"apart"}), "apart" not in grades
    if good and (towards == 1 or (counts and not bad)):
        return True
    if bad and (towards == 0 or (counts and not good)):
        return False
    return None


def _tally(column: Column, found: Sequence[Line]) -> Tally:
    possible = {line.id: line.choices(column.id) for line in found}
    certain: dict[str, EnteredOptions] = {
        id: next(iter(choices)) for id, choices in possible.items() if len(choices) == 1
    }

    def entered(key: str) -> tuple[str, ...]:
        return tuple(id for id, choice in certain.items() if choice is not None and key in choice)

    return Tally(
        {option.key: entered(option.key) for option in column.options},
        nothing=tuple(id for id, choice in certain.items() if choice == frozenset()),
        apart=tuple(id for id, choice in certain.items() if choice is None),
        open=tuple(id for id in possible if id not in certain),
    )


def _is_without(line: Line, graded: Sequence[Column]) -> bool:
    found = [line.grades(column.id) for column in graded]
    return frozenset(["no"]) in found and not any(grades & SOME for grades in found)


def _empty(groups: Sequence[RowGroup], found: Mapping[str, Mapping[str, Coverage]], column: Column) -> tuple[str, ...]:
    def is_empty(coverage: Coverage) -> bool:
        return coverage.some is not None and coverage.some.highest == 0 and bool(coverage.no)

    return tuple(group.id for group in groups if is_empty(found[group.id][column.id]))


def _finding(finding: Finding, found: Sequence[Line]) -> FindingResult:
    return FindingResult(finding, holds(finding.when, found), looks(finding.when, found))


def _case(case: DocumentedCase, found: Sequence[Line]) -> CaseComparison:
    theirs = [line for line in found if not line.is_own]
    return CaseComparison(case, tuple(_entry(entry, theirs) for entry in case.entries))


def _entry(entry: DocumentedEntry, found: Sequence[Line]) -> EntryComparison:
    return EntryComparison(entry, {line.id: _status(entry, line) for line in selected(found, entry.rows)})


def _status(entry: DocumentedEntry, line: Line) -> EntryStatus:
    """Missing only where something was entered that shows otherwise; what does not arise here is not applicable."""
    match passes(line, entry.shows):
        case True:
            return "met"
        case None:
            return "unknown"
        case False:
            asked = [id for id in entry.shows if not _stands_apart(line, id)]
            return "missing" if any(not _could_pass(entry, line, id) for id in asked) else "not-applicable"


def _stands_apart(line: Line, id: str) -> bool:
    column = line.section.column(id)
    return line.grades(id) == {"apart"} if column.is_graded else line.choices(id) == {None}


def _could_pass(entry: DocumentedEntry, line: Line, id: str) -> bool:
    return any(choice is not None and entry.shows[id].passes(choice) for choice in line.choices(id))
