"""Plain data of a module's answer file → a ModuleSheet that fits the module, or every problem with its place."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from scoring.model import texts
from scoring.modules.entries import ModuleSheet, OwnRow, Value, Values
from scoring.modules.model import Column, Module, Section
from scoring.plain.reading import Node, shown
from scoring.plain.sheets import optional_text

LONGEST_NAME = 200
LONGEST_ENTRY = 500
OWN_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def module_identity(data: Any) -> tuple[str, str]:
    """Which module and version an answer file belongs to. Raises Invalid when it does not say."""
    node = Node(data)
    entries = node.entries()
    asked = {key: entries.get(key, Node(None, (key,), node.problems)) for key in ("module", "version")}
    found = asked["module"].text(), asked["version"].text()
    node.raise_problems()
    return found


def parse_module_sheet(data: Any, module: Module) -> ModuleSheet:
    """The entries in an answer file of a module. Raises Invalid with every problem."""
    node = Node(data)
    given = node.fields(("module", "version"), ("municipality", "date", "entries", "own", "remarks", "remark"))
    if (module.id, module.version) != (given["module"].value, given["version"].value):
        theirs, ours = (
            f"{shown(given['module'].value)} {shown(given['version'].value)}",
            f"{module.id} {module.version}",
        )
        node.at("version", None).problem(
            f"die Datei gehört zu „{theirs}“, nicht zu „{ours}“", f'the file belongs to "{theirs}", not to "{ours}"'
        )
    own = dict(_own_rows(given["own"], module)) if _is_filled(given, "own") else {}
    sheet = ModuleSheet(
        module.id,
        module.version,
        optional_text(given.get("municipality"), Node.line),
        optional_text(given.get("date")),
        dict(_entries(given["entries"], module)) if _is_filled(given, "entries") else {},
        own,
        dict(_remarks(given["remarks"], {*module.rows, *own})) if _is_filled(given, "remarks") else {},
        optional_text(given.get("remark")),
    )
    node.raise_problems()
    return sheet


def _is_filled(given: Mapping[str, Node], key: str) -> bool:
    return key in given and given[key].value is not None


def _entries(node: Node, module: Module) -> Iterator[tuple[str, Values]]:
    for id, entry in node.entries().items():
        if id not in module.rows:
            _unknown_row(entry, id)
        elif entry.value is not None and (values := _values(entry, module.section_of[id], module.rows[id].skips)):
            yield id, values


def _unknown_row(node: Node, id: str) -> None:
    node.problem(
        f"die Zeile „{shown(id)}“ gibt es in diesem Modul nicht", f'there is no row "{shown(id)}" in this module'
    )


def _values(node: Node, section: Section, skips: tuple[str, ...] = ()) -> dict[str, Value]:
    columns = {column.id: column for column in section.columns if column.id not in skips}
    found = {id: _value(entry, columns[id]) for id, entry in node.fields((), tuple(columns)).items()}
    return {id: value for id, value in found.items() if value is not None}


def _value(node: Node, column: Column) -> Value | None:
    """One entry; left empty it is open. Of several options none may be right: an empty list."""
    if node.value is None or (column.kind == "text" and isinstance(node.value, str) and not texts.line(node.value)):
        return None
    keys = [option.key for option in column.options]
    if column.kind == "text":
        return node.line(LONGEST_ENTRY)
    if column.kind == "choice":
        return node.one_of(keys)
    chosen = node.each(lambda one: one.one_of(keys))
    if len(set(chosen)) < len(chosen):
        node.problem("nennt eine Antwort zweimal", "names an option twice")
    return tuple(key for key in keys if key in chosen)


def _own_rows(node: Node, module: Module) -> Iterator[tuple[str, OwnRow]]:
    allowed = {section.id: section for section in module.sections if section.own}
    for id, entry in node.entries().items():
        if id in module.rows or not OWN_ID.fullmatch(id):
            de = (
                f"„{shown(id)}“ ist schon vergeben oder keine Kennung aus kleinen Buchstaben, Ziffern und Bindestrichen"
            )
            entry.problem(de, f'"{shown(id)}" is taken, or no id of small letters, digits and hyphens')
        if not allowed:
            entry.problem(
                "eigene Zeilen sind in diesem Modul nicht vorgesehen", "this module takes no rows of one's own"
            )
            continue
        yield id, _own_row(entry, allowed)


def _own_row(node: Node, allowed: Mapping[str, Section]) -> OwnRow:
    given = node.fields(("section", "group", "name"), ("entries",))
    section = allowed[given["section"].one_of(list(allowed))]
    return OwnRow(
        section.id,
        given["group"].one_of([group.id for group in section.groups]),
        given["name"].line(LONGEST_NAME),
        _values(given["entries"], section) if _is_filled(given, "entries") else {},
    )


def _remarks(node: Node, rows: set[str]) -> Iterator[tuple[str, str]]:
    for id, entry in node.entries().items():
        if id not in rows:
            _unknown_row(entry, id)
        elif remark := optional_text(entry):
            yield id, remark


def write_module_sheet(sheet: ModuleSheet) -> dict[str, Any]:
    """The plain data of an answer file; reading it again gives the same sheet."""
    data: dict[str, Any] = {"module": sheet.module, "version": sheet.version}
    texts = {"municipality": sheet.municipality, "date": sheet.date, "remark": sheet.remark}
    data |= {key: texts[key] for key in ("municipality", "date") if texts[key]}
    data["entries"] = {id: _written(values) for id, values in sheet.entries.items() if values}
    if sheet.own:
        data["own"] = {id: _written_row(own) for id, own in sheet.own.items()}
    if sheet.remarks:
        data["remarks"] = dict(sheet.remarks)
    return data | ({"remark": sheet.remark} if sheet.remark else {})


def _written(values: Values) -> dict[str, Any]:
    return {column: value if isinstance(value, str) else list(value) for column, value in values.items()}


def _written_row(own: OwnRow) -> dict[str, Any]:
    data: dict[str, Any] = {"section": own.section, "group": own.group, "name": own.name}
    return data | ({"entries": _written(own.values)} if own.values else {})
