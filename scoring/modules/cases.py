"""Worked examples beside a module: entries and what a domain expert expects of them, to be checked by hand."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from scoring.model.logic import Truth
from scoring.model.wording import Wording
from scoring.modules.assess import assess_module
from scoring.modules.entries import ModuleSheet
from scoring.modules.model import Module
from scoring.modules.result import Coverage, ModuleResult, SectionResult, Tally
from scoring.modules.sheets import parse_module_sheet
from scoring.plain.problems import Invalid, Problem
from scoring.plain.reading import Node

COUNTS = ("yes", "partly", "no", "apart", "open")
SHARES = ("full", "some")
WORDS: Mapping[Truth, str] = {True: "met", False: "not-met", None: "unknown"}


def failed_cases(module: Module, data: Any) -> list[Problem]:
    """Everything in which the worked examples and the module disagree, with its place in the file."""
    problems: list[Problem] = []
    nodes = list(Node(data, (), problems).sequence())
    if not nodes and not problems:
        problems.append(
            Problem((), Wording("mindestens ein Rechenbeispiel fehlt", "at least one worked example is missing"))
        )
    for node in nodes:
        given = node.fields(("name", "expect"), ("all", "entries", "own", "why"))
        given["name"].wording()
        if not isinstance(node.value, Mapping):
            continue
        try:
            sheet = sheet_of(module, node.value)
        except Invalid as invalid:
            problems.extend(Problem((*node.place, *problem.place), problem.message) for problem in invalid.problems)
            continue
        _compare(assess_module(module, sheet), given["expect"])
    return problems


def sheet_of(module: Module, case: Mapping[str, Any]) -> ModuleSheet:
    """The sheet of a case; `all` fills a column of every row before `entries` replaces some."""
    everywhere, given = case.get("all") or {}, case.get("entries") or {}
    entries = {id: {**_filled(module, id, everywhere), **(given.get(id) or {})} for id in [*module.rows]}
    entries |= {id: values for id, values in given.items() if id not in entries}
    whole = {"module": module.id, "version": module.version, "entries": entries, "own": case.get("own") or {}}
    return parse_module_sheet(whole, module)


def _filled(module: Module, row: str, everywhere: Mapping[str, Any]) -> dict[str, Any]:
    columns = {column.id for column in module.section_of[row].columns} - set(module.rows[row].skips)
    return {column: value for column, value in everywhere.items() if column in columns}


def _compare(result: ModuleResult, node: Node) -> None:
    """Note every expectation that does not come out."""
    given = node.fields((), ("coverage", "tallies", "findings", "documented", "without", "empty_groups"))
    compared: Mapping[str, Callable[[ModuleResult, Node], None]] = {
        "coverage": _coverage,
        "tallies": _tallies,
        "findings": _findings,
        "documented": _documented,
        "without": _without,
        "empty_groups": _empty_groups,
    }
    for key, entry in given.items():
        compared[key](result, entry)


def _tables(result: ModuleResult, node: Node) -> Iterator[tuple[SectionResult, str | None, Node]]:
    """What is expected of a section, or of a group of it; both stand under their id."""
    sections = {found.section.id: (found, None) for found in result.sections}
    groups = {group.id: (found, group.id) for found in result.sections for group in found.section.groups}
    for id, entry in node.fields((), (*sections, *groups)).items():
        found, group = sections.get(id) or groups[id]
        yield found, group, entry


def _coverage(result: ModuleResult, node: Node) -> None:
    for found, group, entry in _tables(result, node):
        columns: Mapping[str, Coverage] = found.groups[group] if group else found.coverage
        for column, expected in entry.fields((), tuple(columns)).items():
            for key, value in expected.fields((), (*COUNTS, *SHARES)).items():
                _share(value, columns[column], key) if key in SHARES else _count(value, columns[column], key)


def _count(node: Node, coverage: Coverage, key: str) -> None:
    _same(node, node.value, len(getattr(coverage, key)))


def _share(node: Node, coverage: Coverage, key: str) -> None:
    """A share is one number, or the lowest and the highest still possible; none when there is nothing to share."""
    found = getattr(coverage, key)
    bounds = [one.number() for one in node.sequence()] if isinstance(node.value, list) else [node.value]
    expected = [bound if bound is None else Fraction(str(bound)) for bound in bounds]
    actual = [None] if found is None else [found.lowest] if found.is_settled else [found.lowest, found.highest]
    _same(node, [str(one) for one in expected], [str(one) for one in actual])


def _tallies(result: ModuleResult, node: Node) -> None:
    for found, group, entry in _tables(result, node):
        columns: Mapping[str, Tally] = found.group_tallies[group] if group else found.tallies
        for column, expected in entry.fields((), tuple(columns)).items():
            tally = columns[column]
            counts = {key: len(rows) for key, rows in tally.options.items()}
            counts |= {"nothing": len(tally.nothing), "apart": len(tally.apart), "open": len(tally.open)}
            for key, value in expected.fields((), tuple(counts)).items():
                _same(value, value.value, counts[key])


def _findings(result: ModuleResult, node: Node) -> None:
    found = {finding.finding.id: WORDS[finding.holds] for finding in result.findings}
    for id, expected in node.fields((), tuple(found)).items():
        _same(expected, expected.value, found[id])


def _documented(result: ModuleResult, node: Node) -> None:
    """The rows expected as met, missing, unknown or not applicable beside each named case."""
    by_id = {comparison.case.id: comparison for comparison in result.documented}
    for id, entry in node.fields((), tuple(by_id)).items():
        for status, expected in entry.fields((), ("met", "missing", "unknown", "not-applicable")).items():
            found = [row for one in by_id[id].entries for row, at in one.statuses.items() if at == status]
            _same(
                expected, expected.value, len(found) if isinstance(expected.value, int) else list(dict.fromkeys(found))
            )


def _without(result: ModuleResult, node: Node) -> None:
    for found, _, entry in _tables(result, node):
        _same(entry, entry.value, list(found.without))


def _empty_groups(result: ModuleResult, node: Node) -> None:
    for found, _, entry in _tables(result, node):
        for column, expected in entry.fields((), tuple(found.empty_groups)).items():
            _same(expected, expected.value, list(found.empty_groups[column]))


def _same(node: Node, expected: object, actual: object) -> None:
    if expected != actual:
        node.problem(f"erwartet ist {node.value}, herauskommt {actual}", f"expected is {node.value}, found is {actual}")
