"""What a municipality has entered in a module, and what each entry can still be. Frozen; only this is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from scoring.modules.model import Column, ColumnGate, Grade, Module, Section

Value = str | tuple[str, ...]
"""An option, several options (an empty tuple: none of them), or a text; an entry left out is open."""
Values = Mapping[str, Value]
"""Entries of one row by column."""

EnteredOptions = frozenset[str] | None
"""The options entered for a row; None when the column is not asked of it."""


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A row the municipality added."""

    section: str
    group: str
    name: str
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModuleSheet:
    """One municipality's entries in one version of a module; remarks by row, own rows included."""

    module: str
    version: str
    municipality: str = ""
    date: str = ""
    entries: Mapping[str, Values] = field(default_factory=dict)
    own: Mapping[str, OwnRow] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it stands on a sheet: one of the module's, or one the municipality added and named."""

    id: str
    section: Section
    group: str
    values: Values
    skips: tuple[str, ...] = ()
    own_name: str = ""

    @property
    def is_own(self) -> bool:
        """Whether the municipality added the row."""
        return bool(self.own_name)

    def choices(self, id: str) -> frozenset[EnteredOptions]:
        """What can stand in a column of options in the end: as entered, or everything an open entry can become.

        For several options a few stand for all: none, each alone, all together; no test tells more apart.
        """
        column = self.section.column(id)
        asked = self._is_asked(column)
        if asked is False:
            return frozenset([None])
        possible = frozenset[EnteredOptions](self._entered(column))
        return possible if asked else possible | {None}

    def worlds(self, gates: tuple[str, ...]) -> Iterator[Mapping[str, EnteredOptions]]:
        """Every way in which these columns, which decide whether others are asked, can be filled in."""
        for found in product(*(self.choices(gate) for gate in gates)):
            yield dict(zip(gates, found, strict=True))

    def choices_in(self, id: str, world: Mapping[str, EnteredOptions]) -> frozenset[EnteredOptions]:
        """What can stand in a column when the columns that decide whether it is asked are filled in like this."""
        if id in world:
            return frozenset([world[id]])
        column = self.section.column(id)
        gate = column.asked_if
        if id in self.skips or (gate and not _lets_through(gate, world[gate.column])):
            return frozenset([None])
        return frozenset(self._entered(column))

    def grades(self, id: str) -> frozenset[Grade]:
        """How a graded column can count for this row; what is not asked counts apart."""
        column = self.section.column(id)
        return frozenset(grade_of(column, choice) for choice in self.choices(id))

    def _is_asked(self, column: Column) -> bool | None:
        if column.id in self.skips:
            return False
        gate = column.asked_if
        if gate is None:
            return True
        passed = {_lets_through(gate, choice) for choice in self.choices(gate.column)}
        return passed.pop() if len(passed) == 1 else None

    def _entered(self, column: Column) -> Iterator[frozenset[str]]:
        value = self.values.get(column.id)
        keys = [option.key for option in column.options]
        if value is not None:
            yield frozenset([value] if isinstance(value, str) else value)
            return
        yield from (frozenset([key]) for key in keys)
        if column.kind == "several":
            yield frozenset()
            yield frozenset(keys)


def _lets_through(gate: ColumnGate, choice: EnteredOptions) -> bool:
    return choice is not None and bool(choice & frozenset(gate.options))


def grade_of(column: Column, choice: EnteredOptions) -> Grade:
    """How one option of a graded column counts."""
    if not choice:
        return "apart"
    return column.option(next(iter(choice))).counts or "apart"


def lines(module: Module, sheet: ModuleSheet) -> tuple[Line, ...]:
    """Every row of the sheet, in the order of the module; rows of one's own stand at the end of their group."""
    return tuple(line for section in module.sections for line in _lines_of(section, sheet))


def filled(module: Module, sheet: ModuleSheet, section: str, column: str, value: Value) -> ModuleSheet:
    """The sheet with this entry in every row of a section that is asked and still open; nothing entered is changed.

    Raises KeyError when there is no such section.
    """
    of = module.section(section)
    entries, own = dict(sheet.entries), dict(sheet.own)
    for line in _lines_of(of, sheet):
        if column in line.values or None in line.choices(column):
            continue
        values = {**line.values, column: value}
        if line.is_own:
            own[line.id] = replace(own[line.id], values=values)
        else:
            entries[line.id] = values
    return replace(sheet, entries=entries, own=own)


def _lines_of(section: Section, sheet: ModuleSheet) -> Iterator[Line]:
    for group in section.groups:
        for row in group.rows:
            yield Line(row.id, section, group.id, sheet.entries.get(row.id, {}), row.skips)
        for id, own in sheet.own.items():
            if own.group == group.id:
                yield Line(id, section, group.id, own.values, own_name=own.name)
