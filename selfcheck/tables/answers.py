"""The answers as a table: one row for each item of the questionnaire, also for those that are not asked here."""

from collections.abc import Iterator
from functools import partial

from scoring.assess.applicability import applied_rules
from scoring.model.answers import Answer
from scoring.model.questionnaire import Item
from selfcheck.ground.i18n import Translate
from selfcheck.tables.columns import Cell, DataColumn, DataTable, answered, computed, rated, shipped
from selfcheck.tables.profile import stages
from selfcheck.tables.ratings import place_on_scale
from selfcheck.words.findings import Findings, Variant


def answers(findings: Findings, variant: Variant, _: Translate) -> DataTable:
    """Statement, stage and what it means; inside the house also what people wrote and how ratings lie."""
    inside = variant == "internal"
    removed = applied_rules(findings.questionnaire, findings.sheet.context).removed
    asked = {item.id for item in findings.asked}
    rows = []
    for item in findings.questionnaire.items.values():
        row = _row(findings, item, removed.get(item.id), item.id in asked, _)
        rows.append(row + _inside(findings, item, item.id in asked, _) if inside else row)
    columns = tuple(_columns(findings, _))
    if inside:
        columns += (*_inside_columns(findings, _), *_spread_columns(findings, _))
    about = _("The rating of every item, with the statement as this municipality is asked it.")
    return DataTable(_("Answers"), about, columns, tuple(rows), heads=2).without_empty()


def states(_: Translate) -> dict[str, str]:
    """What there is of an answer."""
    return {
        "agreed": _("agreed"),
        "median": _("median of ratings, not agreed yet"),
        "pending": _("as last time, not rated anew yet"),
        "open": _("open"),
        "cannot-judge": _("cannot be judged"),
        "not-applicable": _("not applicable"),
        "outside": _("not part of this check"),
    }


def _columns(findings: Findings, _: Translate) -> Iterator[DataColumn]:
    yield shipped("id", _("Id"), 10, _("The id of the item; it begins with that of its perspective."))
    yield shipped("name", _("Item"), 24, _("The item in short."))
    text = _("The statement that is rated, with this municipality's own words.")
    yield shipped("statement", _("Statement"), 38, text)
    text = _(
        "The stage that counts. Empty when the item is open, cannot be judged or is not asked: none of these is zero."
    )
    how = _("As agreed; before that the lower median of the individual ratings, where there are any.")
    unit, scale = _("stage"), stages(findings, _)
    yield answered("stage", _("Stage"), 9, text, kind="stage", unit=unit, range=scale, computed=how)
    yield shipped("stage_name", _("Name of the stage"), 15, _("The stage in a word."))
    text = _("The description of this stage of this item; it and all lower ones are true here.")
    yield shipped("anchor", _("What this means"), 42, text)
    yield answered("state", _("State"), 20, _("What there is of an answer."), range="; ".join(states(_).values()))
    text = _("Why the item is not applicable, or of how many ratings the stage is the median.")
    yield computed("note", _("Note"), 28, text, optional=True)


def _row(findings: Findings, item: Item, rule: str | None, asked: bool, _: Translate) -> tuple[Cell, ...]:
    key, median_of = findings.sheet.standing(item) if asked else (None, 0)
    option = item.scale.option(key) if key is not None else None
    return (
        item.id,
        findings.say.say(item.name),
        findings.statement(item),
        option.points if option else None,
        findings.say.say(option.name) if option else None,
        findings.anchor(item, option.key) if option else None,
        states(_)[_state(findings, item, rule, asked)],
        _note(findings, rule, median_of, _),
    )


def _state(findings: Findings, item: Item, rule: str | None, asked: bool) -> str:
    if not asked:
        return "not-applicable" if rule else "outside"
    key, median_of = findings.sheet.standing(item)
    if key is None:
        answer = findings.sheet.answers.get(item.id)
        return "cannot-judge" if answer and answer.cannot_judge else "open"
    if item.id in findings.pending:
        return "pending"
    return "median" if median_of else "agreed"


def _note(findings: Findings, rule: str | None, median_of: int, _: Translate) -> str | None:
    if rule:
        return f"{findings.say.rule(rule)} ({rule})"
    return _("Median of {count} ratings").format(count=median_of) if median_of else None


# --- inside the house ----------------------------------------------------------------------------------------------


def _inside_columns(findings: Findings, _: Translate) -> Iterator[DataColumn]:
    written = partial(answered, optional=True, printed=False)
    where = _("A long text is cut here; the whole of it stands in the sheet “Remarks and evidence”.")
    cut = _("… (cut here; whole in the sheet “Remarks and evidence”)")
    for key, title, width, meaning in (
        ("remark", _("Remark"), 60, _("What was written down beside the answer.")),
        ("evidence", _("Evidence"), 40, _("What shows it: a text or a web address.")),
        ("dissent", _("Dissent"), 50, _("What those say who do not share the agreed stage.")),
    ):
        yield written(key, title, width, meaning, range=where, cut=cut)
    text = _("Whether somebody marked the item as hard to understand.")
    yield written("unclear", _("Hard to understand"), 14, text, range=_("yes or empty"))


def _spread_columns(findings: Findings, _: Translate) -> Iterator[DataColumn]:
    """How the individual ratings lie."""
    spread = partial(rated, optional=True, printed=False)
    text = _("How many people rated by themselves. Shown from five ratings on.")
    yield spread("ratings", _("Individual ratings"), 24, text, kind="count", unit=_("ratings"))
    place = partial(spread, kind="stage", unit=_("place on the scale"), range=stages(findings, _))
    yield place("ratings_lowest", _("Lowest rating"), 16, _("The lowest of the individual ratings."))
    yield place("ratings_highest", _("Highest rating"), 16, _("The highest of the individual ratings."))


def _inside(findings: Findings, item: Item, asked: bool, _: Translate) -> tuple[Cell, ...]:
    answer = findings.sheet.answers.get(item.id, Answer()) if asked else Answer()
    spread = findings.sheet.spreads.get(item.id) if asked else None
    return (
        answer.remark or None,
        answer.evidence or None,
        answer.dissent or None,
        _("yes") if answer.unclear or (spread and spread.unclear) else None,
        spread.ratings if spread else None,
        place_on_scale(item, spread.lowest) if spread else None,
        place_on_scale(item, spread.highest) if spread else None,
    )
