"""The entries of in-depth modules as a table: for the public without what people wrote in their own words."""

from collections.abc import Iterator

from scoring.modules.entries import EnteredOptions, Line
from scoring.modules.model import Column as Asked
from scoring.modules.result import ModuleResult, SectionResult
from selfcheck.ground.i18n import Translate
from selfcheck.tables.columns import Cell, DataColumn, DataTable, answered, computed, shipped
from selfcheck.words.findings import Findings, Variant
from selfcheck.words.modules import Mark, mark_of, mark_words, row_name


def modules(findings: Findings, variant: Variant, _: Translate) -> DataTable | None:
    """One row for each entry that is asked, open ones included; nothing where no module was begun."""
    inside = variant == "internal"
    rows = tuple(row for result in findings.modules for row in _rows(findings, result, inside, _))
    about = _("What was entered in the in-depth modules. It changes no value of the profile.")
    return DataTable(_("In-depth modules"), about, tuple(_columns(_)), rows, heads=4) if rows else None


def _columns(_: Translate) -> Iterator[DataColumn]:
    yield shipped("module", _("Module"), 26, _("The module and the perspective it belongs to."))
    yield shipped("section", _("Section"), 20, _("The part of the module."))
    yield shipped("group", _("Group"), 22, _("Rows that belong together."))
    yield answered("row", _("Row"), 34, _("What is asked about; a row the municipality added is marked as its own."))
    yield shipped("column", _("Column"), 18, _("What is asked."))
    yield answered("entry", _("Entry"), 34, _("What was entered; empty where nothing was."))
    yield computed(
        "counts",
        _("Counts as"),
        14,
        _("How the entry counts in the coverage of the module; empty where it is only tallied."),
        range="; ".join(mark_words(_).values()),
        computed=_("From the option; what is open is never a no."),
    )
    yield answered("own", _("Own row"), 8, _("Whether the municipality added the row."), range=_("yes or empty"))
    yield shipped("id", _("Id"), 16, _("The id of the row in the module."), printed=False)


def _rows(findings: Findings, result: ModuleResult, inside: bool, _: Translate) -> Iterator[tuple[Cell, ...]]:
    say = findings.say
    named = f"{result.module.perspective} {say.say(result.module.title)}"
    for section in result.sections:
        groups = {group.id: say.say(group.name) for group in section.section.groups}
        for line in section.lines:
            name = row_name(findings, result, line, own_words=inside)
            heads = named, say.say(section.section.name), groups[line.group], name
            for column, entry, counts in _entries(findings, section, line, inside, _):
                yield (*heads, column, entry, counts, _("yes") if line.is_own else None, line.id)


def _entries(
    findings: Findings, section: SectionResult, line: Line, inside: bool, _: Translate
) -> Iterator[tuple[str, str | None, str | None]]:
    for column in section.section.columns:
        name = findings.say.say(column.name)
        if column.id in line.skips or (column.kind == "text" and not inside):
            continue
        if column.kind == "text":
            text = line.values.get(column.id)
            yield name, str(text) if text else None, None
        elif line.choices(column.id) != {None}:
            words = mark_words(_)
            counts: Mark | None = mark_of(line, column) if column.is_graded else None
            yield name, _said(findings, column, line.choices(column.id), _), words[counts] if counts else None


def _said(findings: Findings, column: Asked, found: frozenset[EnteredOptions], _: Translate) -> str | None:
    """The options entered; nothing while it is open."""
    [chosen] = found if len(found) == 1 else [None]
    if chosen is None:
        return None
    if not chosen:
        return _("none of them")
    return ", ".join(findings.say.say(option.name) for option in column.options if option.key in chosen)
