"""The next steps as a table, in their order."""

from collections.abc import Iterator

from scoring.assess.steps import NextStep
from selfcheck.ground.i18n import Translate
from selfcheck.tables.columns import Cell, DataColumn, DataTable, computed, shipped
from selfcheck.words.findings import Findings
from selfcheck.words.steps import effort_words, kind_words, no_steps


def steps(findings: Findings, _: Translate) -> DataTable:
    """What to do, why now, who prepares and who decides; one row that says why there is none, if there is none."""
    rows = tuple(_row(findings, place, step, _) for place, step in enumerate(findings.steps, 1))
    columns = (*_columns(_), *_around_it(_))
    nothing = (None, None, None, None, no_steps(findings, _), *(None for _column in columns[5:]))
    about = _("The next steps in an order that respects preconditions.")
    return DataTable(_("Next steps"), about, columns, rows or (nothing,), heads=2)


def _columns(_: Translate) -> Iterator[DataColumn]:
    how = _("Preconditions first; then what unlocks most, what can be done at once, what lies lowest.")
    yield computed("place", _("Order"), 7, _("The place of the step."), kind="count", computed=how)
    yield shipped("id", _("Step"), 9, _("The id of the recommendation: perspective, from stage, to stage."))
    yield shipped("name", _("Perspective"), 22, _("The practice perspective."))
    text = _("Whether the step is among the first of at most three perspectives.")
    yield computed("priority", _("Priority"), 11, text, range=_("yes or empty"))
    yield shipped("step", _("What to do"), 42, _("The recommended step."))
    how = _("From the rules, the values and the items that lag behind or are ahead.")
    yield computed("reason", _("Why now"), 36, _("The reasons for the step at this place."), computed=how)


def _around_it(_: Translate) -> Iterator[DataColumn]:
    """Who acts, how much work it is, and what comes before."""
    yield shipped("prepares", _("Prepares"), 20, _("Who prepares the step."))
    yield shipped("decides", _("Decides"), 18, _("Who decides on it."))
    text = _("How much work the step is, by estimate of the authors.")
    yield shipped("effort", _("Effort (our estimate)"), 15, text)
    text = _("The steps that come before this one; empty when it is possible now.")
    yield computed("after", _("First"), 9, text)
    text, classes = _("The estimate in three classes."), "; ".join(effort_words(_).values())
    yield shipped("effort_class", _("Effort class"), 20, text, range=classes, printed=False)
    text, kinds = _("How soon the step can be done and what it changes."), "; ".join(kind_words(_).values())
    yield shipped("kind", _("Kind"), 18, text, range=kinds, printed=False)


def _row(findings: Findings, place: int, step: NextStep, _: Translate) -> tuple[Cell, ...]:
    recommendation, say = step.recommendation, findings.say
    return (
        place,
        recommendation.id,
        f"{recommendation.perspective} {say.say(findings.questionnaire.perspective(recommendation.perspective).name)}",
        _("yes") if step.priority else None,
        say.say(recommendation.step),
        " ".join(say.reason(reason) for reason in step.reasons),
        say.say(recommendation.prepares),
        say.say(recommendation.decides),
        say.say(recommendation.effort.estimate),
        ", ".join(step.after) or None,
        effort_words(_)[recommendation.effort.size],
        kind_words(_)[recommendation.kind],
    )
