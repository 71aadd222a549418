"""The answers as a table: one row for each item of the questionnaire, also for those that are not asked here."""

from collections.abc import Iterator

from scoring.assess.applicability import applied_rules
from scoring.model.answers import Answer
from scoring.model.questionnaire import Item
from selfcheck.ground.i18n import Translate
from selfcheck.tables.columns import Cell, Column, Table, Variant
from selfcheck.tables.profile import stages
from selfcheck.tables.ratings import place_on_scale
from selfcheck.words.findings import Findings


def answers(findings: Findings, variant: Variant, _: Translate) -> Table:
    """Statement, stage and what it means; inside the house also what people wrote and how ratings lie."""
    inside = variant == "internal"
    removed = applied_rules(findings.questionnaire, findings.sheet.context).removed
    asked = {item.id for item in findings.asked}
    rows = []
    for item in findings.questionnaire.items.values():
        row = _row(findings, item, removed.get(item.id), item.id in asked, _)
        rows.append(row + _inside(findings, item, item.id in asked, _) if inside else row)
    columns = (*_columns(findings, _), *(_inside_columns(findings, _) if inside else ()))
    about = _("The rating of every item, with the statement as this municipality is asked it.")
    return Table(_("Answers"), about, columns, tuple(rows), heads=2).without_empty()


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


def _columns(findings: Findings, _: Translate) -> Iterator[Column]:
    yield Column("id", _("Id"), 10, _("The id of the item; it begins with that of its perspective."), "questionnaire")
    yield Column("name", _("Item"), 24, _("The item in short."), "questionnaire")
    yield Column(
        "statement",
        _("Statement"),
        38,
        _("The statement that is rated, with this municipality's own words."),
        "questionnaire",
    )
    yield Column(
        "stage",
        _("Stage"),
        9,
        _(
            "The stage that counts. Empty when the item is open, cannot be judged or is not asked: none of these is zero."
        ),
        "answers",
        "stage",
        _("stage"),
        stages(findings, _),
        _("As agreed; before that the lower median of the individual ratings, where there are any."),
    )
    yield Column("stage_name", _("Name of the stage"), 15, _("The stage in a word."), "questionnaire")
    yield Column(
        "anchor",
        _("What this means"),
        42,
        _("The description of this stage of this item; it and all lower ones are true here."),
        "questionnaire",
    )
    yield Column(
        "state",
        _("State"),
        20,
        _("What there is of an answer."),
        "answers",
        range="; ".join(states(_).values()),
    )
    yield Column(
        "note",
        _("Note"),
        28,
        _("Why the item is not applicable, or of how many ratings the stage is the median."),
        "computed",
        optional=True,
    )


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


def _inside_columns(findings: Findings, _: Translate) -> Iterator[Column]:
    where = _("A long text is cut here; the whole of it stands in the sheet “Remarks and evidence”.")
    cut = _("… (cut here; whole in the sheet “Remarks and evidence”)")
    for key, title, width, meaning in (
        ("remark", _("Remark"), 60, _("What was written down beside the answer.")),
        ("evidence", _("Evidence"), 40, _("What shows it: a text or a web address.")),
        ("dissent", _("Dissent"), 50, _("What those say who do not share the agreed stage.")),
    ):
        yield Column(key, title, width, meaning, "answers", range=where, optional=True, printed=False, cut=cut)
    yield Column(
        "unclear",
        _("Hard to understand"),
        14,
        _("Whether somebody marked the item as hard to understand."),
        "answers",
        range=_("yes or empty"),
        optional=True,
        printed=False,
    )
    people, unit = _("ratings"), _("place on the scale")
    yield Column(
        "ratings",
        _("Individual ratings"),
        24,
        _("How many people rated by themselves. Shown from five ratings on."),
        "ratings",
        "count",
        people,
        optional=True,
        printed=False,
    )
    for key, title, meaning in (
        ("ratings_lowest", _("Lowest rating"), _("The lowest of the individual ratings.")),
        ("ratings_highest", _("Highest rating"), _("The highest of the individual ratings.")),
    ):
        yield Column(
            key, title, 16, meaning, "ratings", "stage", unit, stages(findings, _), optional=True, printed=False
        )


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
