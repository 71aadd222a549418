"""Checks of a whole module: what no single value can show. Every problem is found, with its place."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from scoring.model.origin import Origin
from scoring.model.questionnaire import Questionnaire
from scoring.model.wording import FORMS, LANGUAGES, PLACEHOLDER
from scoring.modules.cases import failed_cases
from scoring.modules.conditions import (
    EntryCondition,
    EntryLeaf,
    RowIs,
    Selection,
    Wanted,
    Where,
    leaves,
    selection_of,
)
from scoring.modules.entries import ModuleSheet, lines
from scoring.modules.judge import holds, selected
from scoring.modules.model import Column, ColumnGate, Module, Row, Section
from scoring.plain.checks.texts import BRACES, wordings
from scoring.plain.problems import Place, Problem, Problems, doubled, empty, problem

Cell = tuple[str, str]
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def check_module(module: Module, questionnaire: Questionnaire, cases: Any = None) -> list[Problem]:
    """Everything wrong with the module as a whole, and with its worked examples when they are given; empty when sound."""
    found = [problem for part in (_identity, _sections, _pictures, _conditions) for problem in part(module)]
    found += [problem for part in (_origins, _home, _texts) for problem in part(module, questionnaire)]
    if not found:
        found += [problem for part in (_constant, _looked_at_twice, _unused) for problem in part(module)]
    if not found and cases is not None:
        found += [Problem(("cases", *problem.place), problem.message) for problem in failed_cases(module, cases)]
    return found


def _unknown(place: Place, what_de: str, what_en: str, id: object) -> Problem:
    return problem(place, f"{what_de} „{id}“ gibt es hier nicht", f'there is no {what_en} "{id}" here')


def _identity(module: Module) -> Problems:
    yield from doubled(("sections",), [section.id for section in module.sections])
    yield from doubled(("documented",), [case.id for case in module.documented])
    yield from doubled(("findings",), [finding.id for finding in module.findings])
    groups = [group.id for section in module.sections for group in section.groups]
    rows = [row.id for section in module.sections for row in section.rows]
    yield from doubled(("sections",), [*groups, *rows])
    for id in (*groups, *rows):
        if not ID.fullmatch(id):
            de, en = "nur kleine Buchstaben, Ziffern und Bindestriche", "only small letters, digits and hyphens"
            yield problem(("sections",), f"Kennung „{id}“: {de}", f'id "{id}": {en}')
    for at, section in enumerate(module.sections):
        yield from _columns_once(("sections", at, "columns"), section)


def _columns_once(place: Place, section: Section) -> Problems:
    yield from doubled(place, [column.id for column in section.columns])
    for at, column in enumerate(section.columns):
        yield from doubled((*place, at, "options"), [option.key for option in column.options])


def _sections(module: Module) -> Problems:
    if not module.sections:
        yield empty(("sections",))
    for at, section in enumerate(module.sections):
        place: Place = ("sections", at)
        if not section.columns:
            yield empty((*place, "columns"))
        if not section.groups:
            yield empty((*place, "groups"))
        for group_at, group in enumerate(section.groups):
            if not group.rows:
                yield empty((*place, "groups", group_at, "rows"))
        for column_at, column in enumerate(section.columns):
            yield from _column((*place, "columns", column_at), section, column)
        for row_place, row in _placed_rows(place, section):
            yield from _row(row_place, section, row)


def _placed_rows(place: Place, section: Section) -> Iterator[tuple[Place, Row]]:
    for group_at, group in enumerate(section.groups):
        for row_at, row in enumerate(group.rows):
            yield (*place, "groups", group_at, "rows", row_at), row


def _column(place: Place, section: Section, column: Column) -> Problems:
    counting = [option.counts for option in column.options if option.counts]
    if column.kind != "text" and len(column.options) < 2:
        yield problem((*place, "options"), "braucht mindestens zwei Antworten", "needs at least two options")
    if column.is_graded and (len(counting) < len(column.options) or not {"yes", "no"} <= set(counting)):
        de = "entweder zählt jede Antwort (counts), mit mindestens einem yes und einem no, oder keine"
        yield problem((*place, "options"), de, "either every option counts, with at least one yes and one no, or none")
    if column.kind == "several" and counting:
        yield problem((*place, "options"), "mehrere Antworten zählen nicht (counts)", "several options cannot count")
    if column.asked_if:
        yield from _gate((*place, "asked_if"), section, column, column.asked_if)


def _gate(place: Place, section: Section, column: Column, gate: ColumnGate) -> Problems:
    others = {other.id: other for other in section.columns if other is not column}
    asked = others.get(gate.column)
    if asked is None or asked.kind != "choice" or asked.asked_if:
        de = "nennt keine andere Spalte mit einer Antwort, die immer gefragt ist"
        yield problem(place, de, "names no other column with one option that is always asked")
        return
    keys = {option.key for option in asked.options}
    for option in gate.options:
        if option not in keys:
            yield _unknown((*place, "is"), "Die Antwort", "option", option)
    if keys <= set(gate.options) or not gate.options:
        yield problem((*place, "is"), "muss einige Antworten nennen, nicht alle", "must name some options, not all")


def _row(place: Place, section: Section, row: Row) -> Problems:
    columns = {column.id for column in section.columns}
    for skipped in row.skips:
        if skipped not in columns:
            yield _unknown((*place, "skips"), "Die Spalte", "column", skipped)
    if columns <= set(row.skips):
        yield problem((*place, "skips"), "dann wird hier nichts gefragt", "then nothing is asked here")
    if row.reading and row.origin.kind == "beyond":
        de, en = "liest eine Quelle, die die Zeile nicht hat", "reads a source that the row does not have"
        yield problem((*place, "reading"), de, en)


def _pictures(module: Module) -> Problems:
    if not module.pictures:
        yield empty(("pictures",))
    yield from doubled(("pictures",), [picture.section for picture in module.pictures])
    known = {section.id: section for section in module.sections}
    for at, picture in enumerate(module.pictures):
        place: Place = ("pictures", at, "section")
        if picture.section not in known:
            yield _unknown(place, "Den Abschnitt", "section", picture.section)
        elif picture.kind != "rows" and not any(column.is_graded for column in known[picture.section].columns):
            yield problem(place, "hat keine Spalte, die zählt (counts)", "has no column that counts")


def _conditions(module: Module) -> Problems:
    for at, finding in enumerate(module.findings):
        place: Place = ("findings", at)
        for leaf in leaves(finding.when):
            yield from _leaf(module, (*place, "when"), leaf)
        if not list(leaves(finding.when)):
            yield empty((*place, "when"))
        if not finding.items:
            yield empty((*place, "items"))
        for item in finding.items:
            if item not in module.items:
                yield _unknown((*place, "items"), "Unter den Merkmalen des Moduls", "item of the module", item)
    for at, case in enumerate(module.documented):
        for entry_at, entry in enumerate(case.entries):
            place = ("documented", at, "entries", entry_at)
            yield from _looked_at(module, place, entry.rows, entry.shows)
            if not entry.lines:
                yield empty((*place, "lines"))


def _leaf(module: Module, place: Place, leaf: EntryLeaf) -> Problems:
    yield from _looked_at(module, place, selection_of(leaf), leaf.where)
    if not isinstance(leaf, RowIs) and leaf.at_most is not None and (leaf.at_least or 0) > leaf.at_most:
        yield problem(place, "at_least ist größer als at_most: nie erfüllt", "at_least exceeds at_most: never true")


def _looked_at(module: Module, place: Place, among: Selection, where: Where) -> Problems:
    section, problems = _section_of(module, place, among)
    yield from problems
    if not where:
        yield problem(place, "sieht keine Spalte an", "looks at no column")
    if section is None:
        return
    columns = {column.id: column for column in section.columns if column.kind != "text"}
    for id, wanted in where.items():
        if id in columns:
            yield from _wanted(place, columns[id], wanted)
        else:
            yield _unknown(place, "Die Spalte mit Antworten", "column with options", id)


def _wanted(place: Place, column: Column, wanted: Wanted) -> Problems:
    id = column.id
    if wanted.mode == "all" and column.kind != "several":
        de, en = f"{id}: all braucht eine Spalte mit mehreren Antworten", f"{id}: all needs several options"
        yield problem(place, de, en)
    if not wanted.options:
        yield problem(place, f"{id}: nennt keine Antwort", f"{id}: names no option")
    for option in wanted.options:
        if option not in {known.key for known in column.options}:
            yield _unknown(place, f"In {id} die Antwort", f"option of {id}", option)


def _section_of(module: Module, place: Place, among: Selection) -> tuple[Section | None, list[Problem]]:
    """The one section a selection lies in, or why there is none."""
    if among.section is not None:
        found = next((section for section in module.sections if section.id == among.section), None)
        return found, [] if found else [_unknown(place, "Der Abschnitt", "section", among.section)]
    groups = {group.id for section in module.sections for group in section.groups}
    problems = [_unknown(place, "Die Gruppe", "group", id) for id in among.groups if id not in groups]
    problems += [_unknown(place, "Die Zeile", "row", id) for id in among.rows if id not in module.rows]
    if problems:
        return None, problems
    sections = {module.section_of[id].id for id in (*among.groups, *among.rows)}
    if len(sections) == 1:
        return module.section(sections.pop()), []
    de, en = "muss Zeilen genau eines Abschnitts nennen", "must name rows of exactly one section"
    return None, [problem(place, de, en)]


def _constant(module: Module) -> Problems:
    """While nothing is entered nothing can be known: otherwise entries make no difference to a finding."""
    nothing = lines(module, ModuleSheet(module.id, module.version))
    for at, finding in enumerate(module.findings):
        if holds(finding.when, nothing) is not None:
            de, en = "gilt immer oder nie, was auch eingetragen ist", "holds always or never, whatever is entered"
            yield problem(("findings", at, "when"), de, en)


def _looked_at_twice(module: Module) -> Problems:
    """Only where a finding looks at every entry once does unknown mean that open entries could decide either way."""
    for at, finding in enumerate(module.findings):
        for cell, count in Counter(_cells(module, finding.when)).items():
            if count > 1:
                de = f"sieht {cell[0]}/{cell[1]} mehr als einmal an; bitte in einer Bedingung zusammenfassen"
                yield problem(
                    ("findings", at, "when"),
                    de,
                    f"looks at {cell[0]}/{cell[1]} more than once; use one condition for it",
                )


def _cells(module: Module, condition: EntryCondition) -> Iterator[Cell]:
    nothing = lines(module, ModuleSheet(module.id, module.version))
    for leaf in leaves(condition):
        among = selection_of(leaf)
        found = selected(nothing, among)
        columns = _columns(found[0].section, leaf.where)
        yield from ((line.id, column) for line in found for column in columns)


def _columns(section: Section, where: Where) -> set[str]:
    gates = {gate.column for id in where if (gate := section.column(id).asked_if)}
    return {*where, *gates}


def _unused(module: Module) -> Problems:
    """What is asked must serve a finding, a comparison or another question."""
    seen = _looked_at_somewhere(module)
    for at, section in enumerate(module.sections):
        for column_at, column in enumerate(section.columns):
            if column.kind != "text" and (section.id, column.id) not in seen:
                de = f"die Spalte „{column.id}“ dient keinem Befund, keinem Vergleich und keiner anderen Frage"
                en = f'the column "{column.id}" serves no finding, no comparison and no other question'
                yield problem(("sections", at, "columns", column_at), de, en)
    for item in set(module.items) - {item for finding in module.findings for item in finding.items}:
        yield problem(("items",), f"kein Befund betrifft {item}", f"no finding bears on {item}")


def _looked_at_somewhere(module: Module) -> set[Cell]:
    """Section and column of everything that findings and documented cases look at."""
    looked = [(selection_of(leaf), leaf.where) for finding in module.findings for leaf in leaves(finding.when)]
    looked += [(entry.rows, entry.shows) for case in module.documented for entry in case.entries]
    seen: set[Cell] = set()
    for among, where in looked:
        section, _ = _section_of(module, (), among)
        if section:
            seen |= {(section.id, column) for column in _columns(section, where)}
    return seen


def _origins(module: Module, questionnaire: Questionnaire) -> Problems:
    known = {reference.id for reference in questionnaire.references}
    for place, origin in _placed_origins(module):
        if origin.kind != "beyond" and not origin.lines:
            yield problem(place, "ohne Zeilen der Quelle", "without lines of the source")
        for reference in origin.references:
            if reference not in known:
                yield _unknown((*place, "references"), "Die Quelle", "reference", reference)


def _placed_origins(module: Module) -> Iterator[tuple[Place, Origin]]:
    for at, section in enumerate(module.sections):
        for column_at, column in enumerate(section.columns):
            yield ("sections", at, "columns", column_at, "origin"), column.origin
        for place, row in _placed_rows(("sections", at), section):
            yield (*place, "origin"), row.origin
    for at, finding in enumerate(module.findings):
        yield ("findings", at, "origin"), finding.origin


def _home(module: Module, questionnaire: Questionnaire) -> Problems:
    if module.questionnaire != questionnaire.id:
        yield _unknown(("questionnaire",), "Der Fragebogen", "questionnaire", module.questionnaire)
    if module.perspective not in {perspective.id for perspective in questionnaire.perspectives}:
        yield _unknown(("perspective",), "Die Praxisperspektive", "perspective", module.perspective)
    if not module.items:
        yield empty(("items",))
    for item in set(module.items) - set(questionnaire.items):
        yield _unknown(("items",), "Das Merkmal", "item", item)


def _texts(module: Module, questionnaire: Questionnaire) -> Problems:
    """Every text stands in both languages, and every placeholder names a term and a form."""
    for owner, wording in wordings(module, module.id):
        for language in LANGUAGES:
            text = wording.text(language)
            if not text.strip():
                yield problem((), f"{owner}: der Text fehlt ({language})", f"{owner}: the text is missing ({language})")
            for written in BRACES.findall(text):
                named = PLACEHOLDER.fullmatch(written)
                if not named or named[1].lower() not in questionnaire.terms or named[2] not in FORMS:
                    de = f"{owner} ({language}): „{written}“ ist kein Wort oder keine Form"
                    yield problem((), de, f'{owner} ({language}): "{written}" is no local word or no form')
