"""Plain data of `module.yaml` → a checked Module, or every problem with its place."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from scoring.model.origin import Origin
from scoring.model.questionnaire import Questionnaire
from scoring.model.wording import Wording
from scoring.modules.checks import check_module
from scoring.modules.conditions import (
    MODES,
    EntryCondition,
    EntryLeaf,
    GroupsBetween,
    RowIs,
    RowsBetween,
    Selection,
    Wanted,
    Where,
)
from scoring.modules.model import (
    COLUMN_KINDS,
    FINDING_KINDS,
    GRADES,
    PICTURE_KINDS,
    READING_STATUSES,
    Column,
    ColumnGate,
    ColumnOption,
    DocumentedCase,
    DocumentedEntry,
    Finding,
    Module,
    Picture,
    Reading,
    Row,
    RowGroup,
    Section,
)
from scoring.plain.conditions import read_condition
from scoring.plain.questionnaire import read_origin
from scoring.plain.reading import Node

Lists = Mapping[str, tuple[ColumnOption, ...]]


def parse_module(data: Any, questionnaire: Questionnaire | None = None) -> Module:
    """The module made of the data of its file. Raises Invalid with every problem.

    With the questionnaire it belongs to, the whole is checked too; without, only every single value (for versions
    that were checked when they were published).
    """
    node = Node(data)
    module = _module(node)
    if not node.problems and questionnaire is not None:
        node.problems.extend(check_module(module, questionnaire))
    node.raise_problems()
    return module


def _module(node: Node) -> Module:
    entries = node.fields(
        (
            *("id", "version", "questionnaire", "title", "about", "perspective", "items"),
            *("options", "sections", "pictures", "findings"),
        ),
        ("documented",),
    )
    lists = {id: entry.each(_option) for id, entry in entries["options"].entries().items()}
    return Module(
        id=entries["id"].text(),
        version=entries["version"].text(),
        questionnaire=entries["questionnaire"].text(),
        title=entries["title"].wording(),
        about=entries["about"].wording(),
        perspective=entries["perspective"].text(),
        items=entries["items"].texts(),
        sections=entries["sections"].each(lambda one: _section(one, lists)),
        pictures=entries["pictures"].each(_picture),
        documented=entries["documented"].each(_documented) if "documented" in entries else (),
        findings=entries["findings"].each(_finding),
    )


def _option(node: Node) -> ColumnOption:
    entries = node.fields(("key", "name"), ("counts",))
    counts = entries["counts"].one_of(GRADES) if "counts" in entries else None
    return ColumnOption(entries["key"].text(), entries["name"].wording(), counts)


def _section(node: Node, lists: Lists) -> Section:
    entries = node.fields(("id", "name", "about", "columns", "groups"), ("own",))
    return Section(
        entries["id"].text(),
        entries["name"].wording(),
        entries["about"].wording(),
        entries["columns"].each(lambda one: _column(one, lists)),
        entries["groups"].each(_group),
        _optional(entries, "own"),
    )


def _optional(entries: Mapping[str, Node], key: str) -> Wording | None:
    return entries[key].wording() if key in entries else None


def _column(node: Node, lists: Lists) -> Column:
    entries = node.fields(("id", "name", "question", "kind", "origin"), ("options", "asked_if"))
    kind = entries["kind"].one_of(COLUMN_KINDS)
    if (kind == "text") == ("options" in entries):
        de, en = "braucht options, außer bei kind: text", "needs options, unless it is of kind: text"
        node.problem(de, en)
    column = Column(
        entries["id"].text(), entries["name"].wording(), entries["question"].wording(), kind, _origin(entries["origin"])
    )
    if "options" in entries and (id := entries["options"].one_of(list(lists) or [""])) in lists:
        column = replace(column, options=lists[id])
    return replace(column, asked_if=_gate(entries["asked_if"])) if "asked_if" in entries else column


def _gate(node: Node) -> ColumnGate:
    entries = node.fields(("column", "is"))
    return ColumnGate(entries["column"].text(), entries["is"].texts())


def _origin(node: Node) -> Origin:
    """Where it comes from; nothing is said twice when nothing stands here at all."""
    return read_origin(node) if node.value is not None else Origin("beyond")


def _group(node: Node) -> RowGroup:
    entries = node.fields(("id", "name", "rows"), ("note",))
    return RowGroup(
        entries["id"].text(), entries["name"].wording(), entries["rows"].each(_row), _optional(entries, "note")
    )


def _row(node: Node) -> Row:
    entries = node.fields(("id", "name", "origin"), ("note", "reading", "skips"))
    return Row(
        entries["id"].text(),
        entries["name"].wording(),
        _origin(entries["origin"]),
        _optional(entries, "note"),
        _reading(entries["reading"]) if "reading" in entries else None,
        entries["skips"].texts() if "skips" in entries else (),
    )


def _reading(node: Node) -> Reading:
    entries = node.fields(("status", "note"))
    return Reading(entries["status"].one_of(READING_STATUSES), entries["note"].wording())


def _picture(node: Node) -> Picture:
    entries = node.fields(("kind", "section"))
    return Picture(entries["kind"].one_of(PICTURE_KINDS), entries["section"].text())


def _documented(node: Node) -> DocumentedCase:
    entries = node.fields(("id", "municipality", "title", "as_of", "entries", "limits"))
    return DocumentedCase(
        entries["id"].text(),
        entries["municipality"].text(),
        entries["title"].wording(),
        entries["as_of"].wording(),
        entries["entries"].each(_documented_entry),
        entries["limits"].wording(),
    )


def _documented_entry(node: Node) -> DocumentedEntry:
    entries = node.fields(("in", "shows", "text", "lines"))
    return DocumentedEntry(
        _selection(entries["in"]), _where(entries["shows"]), entries["text"].wording(), entries["lines"].wholes()
    )


def _finding(node: Node) -> Finding:
    entries = node.fields(("id", "kind", "when", "text", "items", "origin"))
    return Finding(
        entries["id"].text(),
        entries["kind"].one_of(FINDING_KINDS),
        _condition(entries["when"]),
        entries["text"].wording(),
        entries["items"].texts(),
        _origin(entries["origin"]),
    )


def _condition(node: Node) -> EntryCondition:
    return read_condition(node, LEAVES)


def _row_is(node: Node) -> EntryLeaf:
    entries = node.fields(("id", "where"))
    return RowIs(entries["id"].text(), _where(entries["where"]))


def _between(make: type[RowsBetween] | type[GroupsBetween], node: Node) -> EntryLeaf:
    entries = node.fields(("in", "where"), ("at_least", "at_most"))
    bounds = {key: entries[key].whole(lowest=0) for key in ("at_least", "at_most") if key in entries}
    if not bounds:
        node.problem("braucht at_least oder at_most", "needs at_least or at_most")
    return make(_selection(entries["in"]), _where(entries["where"]), **bounds)


def _selection(node: Node) -> Selection:
    entries = node.fields((), ("section", "groups", "rows"))
    if len(entries) != 1:
        de, en = (
            "erwartet wird genau eins von: section, groups, rows",
            "expected is exactly one of: section, groups, rows",
        )
        node.problem(de, en)
    return Selection(
        entries["section"].text() if "section" in entries else None,
        entries["groups"].texts() if "groups" in entries else (),
        entries["rows"].texts() if "rows" in entries else (),
    )


def _where(node: Node) -> Where:
    return {column: _wanted(entry) for column, entry in node.entries().items()}


def _wanted(node: Node) -> Wanted:
    """One option, any of a list, or a mapping that says any, all or none."""
    if isinstance(node.value, str):
        return Wanted("any", (node.text(),))
    if not isinstance(node.value, Mapping):
        return Wanted("any", node.texts())
    entries = node.fields((), MODES)
    if len(entries) != 1:
        node.problem("erwartet wird genau eins von: any, all, none", "expected is exactly one of: any, all, none")
        return Wanted("any", ())
    mode, entry = next(iter(entries.items()))
    return Wanted(next(known for known in MODES if known == mode), entry.texts())


LEAVES: Mapping[str, Callable[[Node], EntryLeaf]] = {
    "row": _row_is,
    "rows": lambda node: _between(RowsBetween, node),
    "groups": lambda node: _between(GroupsBetween, node),
}
