"""What entries of a module are in a mark and in words; pictures and tables say the same."""

from typing import Literal, get_args

from scoring.modules.entries import EnteredOptions, Line
from scoring.modules.model import Column, ColumnOption
from scoring.modules.result import ModuleResult
from selfcheck.ground.i18n import Translate, translator
from selfcheck.words.findings import Findings

Mark = Literal["yes", "partly", "no", "apart", "open"]
"""How an entry counts; `open` while nothing is entered, which is never a no."""
MARKS: tuple[Mark, ...] = get_args(Mark)


def mark_words(_: Translate) -> dict[Mark, str]:
    """What marks mean in general."""
    return {"yes": _("yes"), "partly": _("partly"), "no": _("no"), "apart": _("left out"), "open": _("open")}


def mark_of(line: Line, column: Column) -> Mark:
    """How a row counts in a graded column; open while more than one thing is possible."""
    grades = line.grades(column.id)
    if len(grades) > 1:
        return "open"
    [grade] = grades
    return grade


def ticks_of(line: Line, column: Column) -> tuple[Mark, ...]:
    """Whether a row has each of several options; open while nothing is entered, apart where nothing is asked."""
    found = line.choices(column.id)
    return tuple(_tick(option, found) for option in column.options)


def _tick(option: ColumnOption, found: frozenset[EnteredOptions]) -> Mark:
    if len(found) > 1:
        return "open"
    [chosen] = found
    if chosen is None:
        return "apart"
    return "yes" if option.key in chosen else "no"


def row_name(findings: Findings, result: ModuleResult, line: Line, *, own_words: bool) -> str:
    """What a row is called; one that was added has its name only among those whose words it is."""
    if not line.is_own:
        return findings.say.say(result.module.rows[line.id].name)
    if own_words:
        return line.own_name
    _ = translator(findings.language)
    added = [one.id for section in result.sections for one in section.lines if one.is_own]
    return _("own row {number}").format(number=added.index(line.id) + 1)
