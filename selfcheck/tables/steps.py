"""The next steps as a table, in their order."""

from collections.abc import Iterator

from scoring.assess.steps import NextStep
from selfcheck.ground.i18n import Translate
from selfcheck.tables.columns import Cell, Column, Table
from selfcheck.words.findings import Findings
from selfcheck.words.steps import effort_words, kind_words, no_steps


def steps(findings: Findings, _: Translate) -> Table:
    """What to do, why now, who prepares and who decides; one row that says why there is none, if there is none."""
    rows = tuple(_row(findings, place, step, _) for place, step in enumerate(findings.steps, 1))
    columns = tuple(_columns(_))
    nothing = (None, None, None, None, no_steps(findings, _), *(None for _column in columns[5:]))
    about = _("The next steps in an order that respects preconditions.")
    return Table(_("Next steps"), about, columns, rows or (nothing,), heads=2)


def _columns(_: Translate) -> Iterator[Column]:
    yield Column(
        "place",
        _("Order"),
        7,
        _("The place of the step."),
        "computed",
        "count",
        computed=_("Preconditions first; then what unlocks most, what can be done at once, what lies lowest."),
    )
    yield Column(
        "id", _("Step"), 9, _("The id of the recommendation: perspective, from stage, to stage."), "questionnaire"
    )
    yield Column("name", _("Perspective"), 22, _("The practice perspective."), "questionnaire")
    yield Column(
        "priority",
        _("Priority"),
        11,
        _("Whether the step is among the first of at most three perspectives."),
        "computed",
        range=_("yes or empty"),
    )
    yield Column("step", _("What to do"), 42, _("The recommended step."), "questionnaire")
    yield Column(
        "reason",
        _("Why now"),
        36,
        _("The reasons for the step at this place."),
        "computed",
        computed=_("From the rules, the values and the items that lag behind or are ahead."),
    )
    yield Column("prepares", _("Prepares"), 20, _("Who prepares the step."), "questionnaire")
    yield Column("decides", _("Decides"), 18, _("Who decides on it."), "questionnaire")
    yield Column(
        "effort",
        _("Effort (our estimate)"),
        15,
        _("How much work the step is, by estimate of the authors."),
        "questionnaire",
    )
    yield Column(
        "after", _("First"), 9, _("The steps that come before this one; empty when it is possible now."), "computed"
    )
    yield Column(
        "effort_class",
        _("Effort class"),
        20,
        _("The estimate in three classes."),
        "questionnaire",
        range="; ".join(effort_words(_).values()),
        printed=False,
    )
    yield Column(
        "kind",
        _("Kind"),
        18,
        _("How soon the step can be done and what it changes."),
        "questionnaire",
        range="; ".join(kind_words(_).values()),
        printed=False,
    )


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
