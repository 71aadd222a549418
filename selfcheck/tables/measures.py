"""The measures as a table: for the public without what people wrote in their own words."""

from collections.abc import Iterator

from scoring.follow.measures import Tracked
from selfcheck.ground.days import day_of
from selfcheck.ground.i18n import Translate
from selfcheck.tables.columns import Cell, DataColumn, DataTable, answered, computed
from selfcheck.words.findings import Findings, Variant
from selfcheck.words.measures import not_comparable, perspective_name, status_words
from selfcheck.words.steps import would_change


def measures(findings: Findings, variant: Variant, _: Translate) -> DataTable | None:
    """One row for each measure by its date; nothing where there is none."""
    if not findings.measures:
        return None
    inside = variant == "internal"
    rows = tuple(
        (place, *_row(findings, one, _), *(_own_words(one) if inside else ()))
        for place, one in enumerate(findings.measures, 1)
    )
    columns = (*_columns(_), *_comparing(_), *(_inside_columns(_) if inside else ()))
    about = _(
        "What the municipality sets out to do, and what is reached today of what was expected. It changes no value."
    )
    return DataTable(_("Measures"), about, columns, rows, heads=2)


def _columns(_: Translate) -> Iterator[DataColumn]:
    yield computed("place", _("No."), 6, _("The place of the measure by its date."), kind="count")
    text = _("The id of the recommendation that the measure was made of; for a measure of one’s own it says so.")
    yield answered("step", _("Step"), 14, text)
    yield answered("perspective", _("Perspective"), 22, _("The practice perspective."))
    text = _("How far the measure is, as the municipality says.")
    yield answered("status", _("State"), 11, text, range="; ".join(status_words(_).values()))
    yield answered("due", _("To be done by"), 12, _("The day by which it is to be done."), kind="fact")
    yield answered("made", _("Taken over on"), 12, _("The day on which the measure was made."), kind="fact")


def _comparing(_: Translate) -> Iterator[DataColumn]:
    """What was expected, and what is reached of it."""
    text = _("What the step would have changed in the profile on that day, as an if.")
    how = _("The answers of that day, assessed again with every rated item below at the stage of the step.")
    yield computed("expected", _("Expected"), 40, text, computed=how)
    text = _("The value of the perspective if the stage is reached.")
    yield computed("value_expected", _("Value expected"), 10, text, kind="number")
    text = _("The value of the perspective today, where a later check can be compared.")
    yield computed("value_today", _("Value today"), 10, text, kind="number")
    text = _("The items that have reached their expected stage today.")
    yield computed("reached", _("Reached today"), 14, text)
    yield computed("below", _("Not reached today"), 14, _("The items that stand below it today."))
    text = _("Why expected and today cannot be put side by side, or what is not rated anew yet.")
    yield computed("remark", _("Why there is nothing to compare"), 30, text)


def _inside_columns(_: Translate) -> Iterator[DataColumn]:
    yield answered("title", _("Measure"), 36, _("What is to be done, in the words of the municipality."))
    yield answered("owner", _("Who sees to it"), 20, _("A unit or a role, never a person."))
    yield answered("evidence", _("Evidence"), 30, _("By what it can be seen that it is done."), printed=False)
    yield answered("note", _("Own note"), 30, _("What else was noted."), printed=False)


def _row(findings: Findings, one: Tracked, _: Translate) -> tuple[Cell, ...]:
    measure, found = one.measure, one.realised
    expected = measure.expected
    return (
        measure.recommendation or _("own measure"),
        perspective_name(findings, measure),
        status_words(_)[measure.status],
        measure.due,
        day_of(measure.made),
        would_change(findings, expected) if expected else None,
        expected.value[1] if expected else None,
        found.value[1] if found and found.comparable else None,
        ", ".join(found.reached) or None if found else None,
        ", ".join(found.below) or None if found else None,
        _remark(one, _),
    )


def _remark(one: Tracked, _: Translate) -> str | None:
    expected, found = one.measure.expected, one.realised
    if expected is None:
        return _("A measure of one’s own has no computed effect.")
    if found is None:
        return _("Not checked again since it was taken over.") if expected.moves else None
    if found.why_not:
        return not_comparable(found.why_not, _)
    return _("Not rated anew yet: {items}").format(items=", ".join(found.unknown)) if found.unknown else None


def _own_words(one: Tracked) -> tuple[Cell, ...]:
    measure = one.measure
    return (measure.title, measure.owner or None, measure.evidence or None, measure.note or None)
