"""What is said of a result as a whole, in one wording wherever it stands: page, report, council paper, slides, tables."""

from collections.abc import Iterator

from scoring.follow.trend import NotComparable
from scoring.model.recommendations import Recommendation
from selfcheck.ground.i18n import Translate
from selfcheck.words.findings import Findings


def limits(_: Translate) -> str:
    """The note that no page and no paper may lack."""
    return _(
        "The values rest on a self-assessment of those who took part. They are no audit, not representative, and without "
        "agreeing on the ratings together not comparable with other municipalities."
    )


def how_to_read(_: Translate) -> str:
    """How a value comes about, and what there is not."""
    return _(
        "The value of a perspective is the median of its rated items; of an even number of items the mean of the two in the "
        "middle. “Throughout” is the stage that every rated item has reached. There is no overall value: the perspectives "
        "are read side by side, and the area of the chart means nothing."
    )


def counted(findings: Findings) -> tuple[int, int]:
    """How many items are rated, of how many that are asked."""
    results = findings.result.perspectives
    return sum(result.answered for result in results), sum(result.asked for result in results)


def rated(findings: Findings, _: Translate) -> str:
    """How many of the items asked have been rated."""
    answered, asked = counted(findings)
    text = _("{answered} of {asked} items have been rated. What is open shows as a range, never as zero.")
    return text.format(answered=answered, asked=asked)


def partial(findings: Findings, _: Translate) -> Iterator[str]:
    """That not all items were asked, where that was chosen."""
    if findings.sheet.scope != "full":
        text = _("This is a short or partial check: {asked} of the {all} items of the questionnaire were asked.")
        yield text.format(asked=counted(findings)[1], all=len(findings.questionnaire.items))


def not_agreed(findings: Findings, _: Translate) -> Iterator[str]:
    """How many items count with a median that nobody has agreed on yet."""
    if findings.not_agreed:
        text = _("Medians of individual ratings, not agreed yet: {count} of these items.")
        yield text.format(count=len(findings.not_agreed))


def disagreed(findings: Findings, _: Translate) -> Iterator[str]:
    """On how many items somebody does not share the agreed stage."""
    if findings.dissents:
        yield _("Items on which not everybody agrees: {count}.").format(count=len(findings.dissents))


def nothing_reached(_: Translate) -> str:
    """In place of what to build on, while nothing lies above stage 0."""
    return _("No item has been rated above stage 0 yet. That is a normal starting point.")


def questions_ask(_: Translate) -> str:
    """What the questions of plausibility rules are."""
    return _("Some answers stand out when read together. The rules ask; they correct nothing.")


def hard_to_understand(_: Translate) -> str:
    """What to do about items that somebody has marked."""
    return _("Somebody has marked these items. Clear up what is meant before a stage stands.")


def not_yet_suitable(_: Translate) -> str:
    """What examples are called that would fit if one more condition were met."""
    return _("Not yet suitable: at least one condition is missing here")


def transition(name: str, step: Recommendation, _: Translate) -> str:
    """From which stage to which stage a step leads, with the name of its perspective."""
    text = _("{name}: from stage {low} to stage {high}")
    return text.format(name=name, low=step.from_stage, high=step.to_stage)


def no_comparison(why: NotComparable, _: Translate) -> str:
    """Why a value of last time is not put beside that of today."""
    return {
        "version": _("not comparable: another version of the questionnaire"),
        "items": _("not comparable: other items were asked"),
        "not-applicable": _("not comparable: not asked both times"),
    }[why]
