"""Small modules made for tests, random ones with random sheets, and every way to complete a sheet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations, product

from hypothesis import strategies as st

from scoring.model import texts
from scoring.model.logic import AllOf, AnyOf, Not
from scoring.model.origin import Origin
from scoring.modules.conditions import (
    EntryCondition,
    GroupsBetween,
    Mode,
    RowIs,
    RowsBetween,
    Selection,
    Wanted,
    Where,
)
from scoring.modules.entries import ModuleSheet, OwnRow, Value, Values
from scoring.modules.model import (
    Column,
    ColumnGate,
    ColumnOption,
    DocumentedCase,
    DocumentedEntry,
    Finding,
    Grade,
    Module,
    Picture,
    Row,
    RowGroup,
    Section,
)
from tests.builders import SOURCE, wording

YES_NO: Mapping[str, Grade] = {"yes": "yes", "no": "no"}
FOUR: Mapping[str, Grade] = {"yes": "yes", "partly": "partly", "no": "no", "not-here": "apart"}


def choice(id: str, counts: Mapping[str, Grade] | None = None, asked_if: ColumnGate | None = None) -> Column:
    """A column with one option of yes, partly, no and apart, unless said otherwise."""
    given = FOUR if counts is None else counts
    options = tuple(ColumnOption(key, wording(f"Option {key}"), grade) for key, grade in given.items())
    return Column(id, wording(f"Column {id}"), wording(f"Question {id}"), "choice", SOURCE, options, asked_if)


def several(id: str, *keys: str, asked_if: ColumnGate | None = None) -> Column:
    """A column with several options."""
    options = tuple(ColumnOption(key, wording(f"Option {key}")) for key in keys)
    return Column(id, wording(f"Column {id}"), wording(f"Question {id}"), "several", SOURCE, options, asked_if)


def text(id: str) -> Column:
    """A column for a short text."""
    return Column(id, wording(f"Column {id}"), wording(f"Question {id}"), "text", SOURCE)


def row(id: str, *skips: str, origin: Origin = SOURCE) -> Row:
    """A row; what follows are the columns it skips."""
    return Row(id, wording(f"Row {id}"), origin, skips=skips)


def group(id: str, *rows: Row | str) -> RowGroup:
    """A group of rows; a text is a row with this id."""
    return RowGroup(id, wording(f"Group {id}"), tuple(row(one) if isinstance(one, str) else one for one in rows))


def section(id: str, columns: Iterable[Column], *groups: RowGroup, own: bool = True) -> Section:
    """A section that takes rows of one's own, unless said otherwise."""
    return Section(
        id,
        wording(f"Section {id}"),
        wording(f"About {id}"),
        tuple(columns),
        groups,
        wording(f"Own {id}") if own else None,
    )


def finding(id: str, when: EntryCondition) -> Finding:
    """A finding about the item P1.1."""
    return Finding(id, "gap", when, wording(f"Finding {id}"), ("P1.1",), SOURCE)


def module(*sections: Section, findings: Iterable[Finding] = (), documented: Iterable[DocumentedCase] = ()) -> Module:
    """A module about the item P1.1."""
    return Module(
        id="sample",
        version="1",
        questionnaire="example",
        title=wording("Sample"),
        about=wording("About the sample"),
        perspective="P1",
        items=("P1.1",),
        sections=sections,
        pictures=(Picture("rows", sections[0].id),) if sections else (),
        documented=tuple(documented),
        findings=tuple(findings),
    )


def documented(id: str, *entries: DocumentedEntry) -> DocumentedCase:
    """A documented case."""
    return DocumentedCase(id, id, wording(f"Case {id}"), wording("As of"), entries, wording("Limits"))


def shown(rows: Selection, **shows: str | tuple[str, ...]) -> DocumentedEntry:
    """What a case documents about some rows."""
    return DocumentedEntry(rows, where(**shows), wording("Fact"), (1,))


def where(**wanted: str | tuple[str, ...]) -> Where:
    """Options wanted by column: one of them is enough."""
    return {id: Wanted("any", (one,) if isinstance(one, str) else one) for id, one in wanted.items()}


def sheet(own: Mapping[str, OwnRow] | None = None, /, **entries: Values) -> ModuleSheet:
    """A sheet for the sample; an underscore in the name of a row stands for a hyphen."""
    return ModuleSheet(
        "sample", "1", entries={id.replace("_", "-"): values for id, values in entries.items()}, own=own or {}
    )


# random ones

THREE: Mapping[str, Grade] = {"yes": "yes", "partly": "partly", "no": "no"}
GATE = ColumnGate("held", ("yes", "partly"))


@st.composite
def modules(draw: st.DrawFn) -> Module:
    """Two small tables: one with a column that hangs on another, one with several options; findings and a case."""
    counts = draw(st.sampled_from([FOUR, YES_NO, THREE]))
    gate = replace(GATE, options=tuple(key for key in GATE.options if key in counts))
    skips = draw(st.lists(st.sampled_from(["held", "small"]), max_size=1))
    first = section(
        "first",
        [choice("held", counts), choice("small", draw(st.sampled_from([FOUR, YES_NO])), gate)],
        group("one", "a", row("b", *skips)),
        group("two", "c"),
    )
    second = section(
        "second", [several("users", "x", "y"), choice("done", YES_NO)], group("three", "d"), group("four", "e")
    )
    made = module(first, second)
    conditions = [draw(_conditions(made)) for _ in range(2)]
    cases = [documented("case", DocumentedEntry(Selection(section="first"), where(small="yes"), wording("Fact"), (1,)))]
    return replace(
        made, findings=tuple(finding(f"f{n}", one) for n, one in enumerate(conditions)), documented=tuple(cases)
    )


Footprint = frozenset[tuple[str, str]]


@st.composite
def _conditions(draw: st.DrawFn, made: Module) -> EntryCondition:
    """One to three looks that share no entry, put together with all, any and not."""
    looks: list[EntryCondition] = []
    seen: Footprint = frozenset()
    for _ in range(draw(st.integers(1, 3))):
        look, footprint = draw(_looks(made))
        if not footprint & seen:
            looks.append(look)
            seen |= footprint
    whole = looks[0]
    if len(looks) > 1:
        whole = AllOf(tuple(looks)) if draw(st.booleans()) else AnyOf(tuple(looks))
    return Not(whole) if draw(st.booleans()) else whole


@st.composite
def _looks(draw: st.DrawFn, made: Module) -> tuple[EntryCondition, Footprint]:
    home = draw(st.sampled_from(made.sections))
    columns = draw(st.lists(st.sampled_from(home.columns), min_size=1, max_size=2, unique_by=lambda c: c.id))
    wanted = {column.id: draw(_wanted(column)) for column in columns}
    gates = {column.asked_if.column for column in columns if column.asked_if}
    groups = draw(st.sampled_from([home.groups, *([one] for one in home.groups)]))
    footprint = frozenset((one.id, column) for one in groups for column in {*wanted, *gates})
    low, high = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    bounds = {"at_least": min(low, high), "at_most": max(low, high)}
    among = Selection(section=home.id) if len(groups) > 1 else Selection(groups=(groups[0].id,))
    kind = draw(st.sampled_from(["row", "rows", "groups"]))
    if kind == "row":
        return RowIs(draw(st.sampled_from(groups[0].rows)).id, wanted), footprint
    return (RowsBetween if kind == "rows" else GroupsBetween)(among, wanted, **bounds), footprint


@st.composite
def _wanted(draw: st.DrawFn, column: Column) -> Wanted:
    keys = [option.key for option in column.options]
    modes: list[Mode] = ["any", "none", "all"] if column.kind == "several" else ["any", "none"]
    chosen = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=len(keys), unique=True))
    return Wanted(draw(st.sampled_from(modes)), tuple(chosen))


def values_of(column: Column) -> list[Value]:
    """Everything that can be entered in a column of options."""
    keys = [option.key for option in column.options]
    if column.kind == "choice":
        return list(keys)
    return [chosen for size in range(len(keys) + 1) for chosen in combinations(keys, size)]


@st.composite
def sheets(draw: st.DrawFn, made: Module, share_open: int = 2) -> ModuleSheet:
    """A sheet on which about one entry in `share_open` is open, with at most one row of one's own."""

    def values(home: Section, skips: tuple[str, ...] = ()) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for column in home.columns:
            if column.id not in skips and draw(st.integers(1, share_open)) > 1:
                found[column.id] = draw(ENTRIES if column.kind == "text" else st.sampled_from(values_of(column)))
        return found

    entries = {r.id: filled for s in made.sections for r in s.rows if (filled := values(s, r.skips))}
    own: dict[str, OwnRow] = {}
    takers = [s for s in made.sections if s.own]
    adds_one: bool = draw(st.booleans())
    if takers and adds_one:
        taker = draw(st.sampled_from(takers))
        own["own-1"] = OwnRow(taker.id, draw(st.sampled_from(taker.groups)).id, draw(ENTRIES), values(taker))
    return ModuleSheet(made.id, made.version, entries=entries, own=own)


PRINTABLE = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"])
ENTRIES = st.text(PRINTABLE, min_size=1, max_size=40).map(texts.line).filter(bool)


def open_cells(made: Module, on: ModuleSheet) -> list[tuple[str, Column]]:
    """Columns of options that nothing is entered in, by row."""
    rows = [(r.id, s, on.entries.get(r.id, {}), r.skips) for s in made.sections for r in s.rows]
    rows += [(id, made.section(one.section), one.values, ()) for id, one in on.own.items()]
    return [
        (id, column)
        for id, home, values, skips in rows
        for column in home.columns
        if column.kind != "text" and column.id not in values and column.id not in skips
    ]


def filled_in(on: ModuleSheet, row: str, column: str, value: Value) -> ModuleSheet:
    """The sheet with one more entry."""
    if row in on.own:
        own = on.own[row]
        return replace(on, own={**on.own, row: replace(own, values={**own.values, column: value})})
    return replace(on, entries={**on.entries, row: {**on.entries.get(row, {}), column: value}})


def completions(made: Module, on: ModuleSheet) -> Iterator[ModuleSheet]:
    """Every sheet on which all that is open has been entered."""
    missing = open_cells(made, on)
    for values in product(*(values_of(column) for _, column in missing)):
        complete = on
        for (id, column), value in zip(missing, values, strict=True):
            complete = filled_in(complete, id, column.id, value)
        yield complete
