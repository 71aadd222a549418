"""The profile as a table: one row for each perspective. There is no row for all of them."""

from collections.abc import Iterator
from functools import partial

from scoring.assess.result import NotAsked, PerspectiveResult
from scoring.follow.trend import NotComparable
from selfcheck.ground.i18n import Translate
from selfcheck.tables.columns import Cell, DataColumn, DataTable, answered, computed, shipped
from selfcheck.words.findings import Findings


def profile(findings: Findings, _: Translate) -> DataTable:
    """Values, what they may still become, how far they are settled; target and last time where there are any."""
    return DataTable(
        _("Profile"),
        _("The values of the practice perspectives, one row each. There is no overall value."),
        tuple(column for of in (_head, _values, _settled, _rated, _target, _last_time) for column in of(findings, _)),
        tuple(_row(findings, result, _) for result in findings.result.perspectives),
        heads=2,
    ).without_empty()


def stages(findings: Findings, _: Translate) -> str:
    """The range of the first scale."""
    scale, say = findings.questionnaire.scales[0], findings.say
    return _("{low} to {high}").format(low=say.number(scale.lowest), high=say.number(scale.highest))


def percentages(findings: Findings, _: Translate) -> str:
    """The range of a share, as the language writes it."""
    return _("0% to 100%")


def _head(findings: Findings, _: Translate) -> Iterator[DataColumn]:
    yield shipped("id", _("Id"), 10, _("The id of the practice perspective."))
    yield shipped("name", _("Perspective"), 32, _("The practice perspective."))


def _values(findings: Findings, _: Translate) -> Iterator[DataColumn]:
    stage = partial(computed, kind="number", unit=_("stage"), range=stages(findings, _))
    text = _("Where the perspective stands. Empty when too few items are rated or the perspective is not applicable.")
    how = _("The median of the rated items; of an even number of items the mean of the two in the middle.")
    yield stage("value", _("Value"), 8, text, computed=how)
    text = _("The stage that every rated item has reached; at most that much while items are open.")
    how = _("The lowest rated item, where the perspective has a value.")
    yield stage("minimum", _("Throughout"), 13, text, computed=how)
    how = _("As the value, with every open item at the lowest stage.")
    yield stage("lowest", _("Lowest possible"), 12, _("The lowest value that is still possible."), computed=how)
    how = _("As the value, with every open item at the highest stage.")
    yield stage("highest", _("Highest possible"), 12, _("The highest value that is still possible."), computed=how)


def _settled(findings: Findings, _: Translate) -> Iterator[DataColumn]:
    """How far the value is settled, and the level that hangs on more than the value."""
    how = _("Settled: nothing open can change the value. Likely: it can change by at most {points}. Open: by more.")
    yield computed(
        "certainty",
        _("Certainty"),
        15,
        _("How far the value is settled."),
        range=_("settled, likely, open"),
        computed=how.format(points=findings.say.number(findings.questionnaire.likely_within)),
    )
    text = _("The level of the perspective's own ladder, where the questionnaire has one.")
    how = _("The highest level whose conditions are met, and all below it.")
    yield computed("level", _("Level"), 8, text, kind="count", computed=how, optional=True)


def _rated(findings: Findings, _: Translate) -> Iterator[DataColumn]:
    """How many of the items are rated."""
    items = partial(computed, kind="count", unit=_("number of items"))
    how = _("Agreed stages and medians of individual ratings.")
    yield items("answered", _("Rated"), 14, _("How many items are rated."), computed=how)
    how = _("The items of the chosen check, less those that do not apply here by a rule.")
    yield items("asked", _("Asked"), 10, _("How many items this municipality is asked."), computed=how)
    how = _("Rated divided by asked. A value needs at least {share}.")
    yield computed(
        "coverage",
        _("Share rated"),
        14,
        _("The share of the asked items that is rated."),
        kind="share",
        unit=_("percent"),
        range=percentages(findings, _),
        computed=how.format(share=findings.say.percent(findings.questionnaire.minimum_coverage)),
    )


def _target(findings: Findings, _: Translate) -> Iterator[DataColumn]:
    text = _("The stage wanted by the year named under “About”.")
    scale = stages(findings, _)
    yield answered("target", _("Target"), 9, text, kind="stage", unit=_("stage"), range=scale, optional=True)
    yield computed(
        "target_reached",
        _("Target reached"),
        10,
        _("The part of the target that the value has reached."),
        kind="share",
        unit=_("percent"),
        range=percentages(findings, _),
        computed=_("Value divided by target, at most all of it."),
        optional=True,
    )


def _last_time(findings: Findings, _: Translate) -> Iterator[DataColumn]:
    since = partial(computed, unit=_("stage"), optional=True)
    text = _("The value of the earlier check, where the same items were asked both times.")
    how, scale = _("As the value, with the answers of then."), stages(findings, _)
    yield since("last_time", _("Last time"), 10, text, kind="number", range=scale, computed=how)
    how = _("Value less last time.")
    yield since("change", _("Change"), 14, _("What has changed since then."), kind="change", computed=how)
    text = _("Why there is no value or no comparison with last time.")
    yield computed("note", _("Note"), 30, text, optional=True)


def _row(findings: Findings, result: PerspectiveResult, _: Translate) -> tuple[Cell, ...]:
    way = findings.towards.get(result.perspective)
    since = findings.since.get(result.perspective)
    return (
        result.perspective,
        findings.say.say(findings.questionnaire.perspective(result.perspective).name),
        result.value,
        result.minimum,
        result.lowest,
        result.highest,
        findings.certainty(result) if result.certainty else None,
        result.level,
        result.answered,
        result.asked,
        result.coverage,
        way.wanted if way else None,
        way.share if way else None,
        findings.last_value(result.perspective),
        since.pairs[0].change if since else None,
        " ".join(_notes(findings, result, _)) or None,
    )


def _notes(findings: Findings, result: PerspectiveResult, _: Translate) -> Iterator[str]:
    """Why a cell of the row is empty."""
    if not findings.chosen(result.perspective):
        yield _("Not part of this check.")
    elif not result.applicable:
        yield " ".join([_("Not applicable here."), *_rules(findings, result)])
    elif result.value is None:
        yield _("Too few items are rated for a value.")
    since = findings.since.get(result.perspective)
    if since and (why_not := since.pairs[0].why_not):
        yield not_comparable(_)[why_not]


def _rules(findings: Findings, result: PerspectiveResult) -> list[str]:
    rules = dict.fromkeys(step.rule for step in result.trace if isinstance(step, NotAsked))
    return [f"{findings.say.rule(rule)} ({rule})" for rule in rules]


def not_comparable(_: Translate) -> dict[NotComparable, str]:
    """Why last time cannot be compared with today."""
    return {
        "version": _("Not comparable with last time: another version of the questionnaire."),
        "items": _("Not comparable with last time: other items were asked."),
        "not-applicable": _("Not comparable with last time: not asked both times."),
    }
