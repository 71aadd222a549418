"""Documented examples as a table: under which conditions each works, and whether they are met here. No score of theirs."""

from collections.abc import Iterator

from scoring.assess.compare import Comparison, ConditionComparison, Status
from scoring.model.practices import Shipped
from selfcheck.ground.i18n import Translate
from selfcheck.tables.columns import Cell, DataColumn, DataTable, computed, ours, shipped
from selfcheck.words.findings import Findings


def comparison(findings: Findings, _: Translate) -> DataTable | None:
    """One row for each condition of each example; nothing where the questionnaire has no examples."""
    rows = tuple(row for one in findings.comparisons for row in _rows(findings, one, _))
    if not rows:
        return None
    about = _("Documented examples beside this municipality. An example is evidence, not a rating of whom it names.")
    return DataTable(_("Comparison"), about, tuple(_columns(_)), rows, heads=2)


def here(_: Translate) -> dict[Status, str]:
    """What a comparison found, in words."""
    return {"met": _("met here"), "missing": _("missing here"), "unknown": _("unknown here")}


def suitability(_: Translate) -> dict[bool | None, str]:
    """Whether an example fits as a whole, in words."""
    return {
        True: _("suitable: every condition is met"),
        None: _("unclear: a condition is unknown"),
        False: _("not yet suitable: a condition is missing"),
    }


def _columns(_: Translate) -> Iterator[DataColumn]:
    yield shipped("example", _("Example"), 20, _("The municipality that the example comes from."))
    yield shipped("title", _("Title"), 30, _("What the example is about."))
    yield shipped("perspectives", _("Perspectives"), 14, _("The practice perspectives it bears on."))
    yield shipped("as_of", _("As of"), 20, _("The time of which the source speaks."))
    yield shipped("condition", _("Condition"), 42, _("A condition under which the example works."))
    text = _("Whether the condition is met in this municipality.")
    how = _("From this municipality's own answers. Unknown while one of them is open.")
    yield computed("here", _("Here"), 15, text, range="; ".join(here(_).values()), computed=how)
    text, ways = _("Whether the example suits this municipality."), "; ".join(suitability(_).values())
    how = _("From all conditions of the example together.")
    yield computed("suitable", _("As a whole"), 22, text, range=ways, computed=how)
    yield shipped("limits", _("Does not show"), 90, _("What the example does not show."), printed=False)
    yield shipped("lines", _("Lines"), 60, _("The lines of the source that document it."), printed=False)
    text = _("Whose example it is where it is no part of the questionnaire.")
    yield ours("provenance", _("Whose example"), 40, text, optional=True, printed=False)


def _rows(findings: Findings, one: Comparison, _: Translate) -> Iterator[tuple[Cell, ...]]:
    for condition in one.conditions or (None,):
        yield _row(findings, one, condition, _)


def _row(findings: Findings, one: Comparison, condition: ConditionComparison | None, _: Translate) -> tuple[Cell, ...]:
    say, practice = findings.say, one.practice
    shipped = isinstance(practice.provenance, Shipped)
    return (
        practice.municipality,
        say.say(practice.title),
        ", ".join(practice.perspectives),
        say.say(practice.as_of),
        say.say(condition.condition.text) if condition else None,
        here(_)[condition.status] if condition else None,
        suitability(_)[one.fits],
        say.say(practice.limits),
        ", ".join(str(line) for line in practice.origin.lines) if shipped else findings.documented_by(practice),
        findings.provenance(practice) or None,
    )
