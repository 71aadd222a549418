"""What is said of steps and measures wherever they stand: what one would change in the profile, and what it brought."""

from datetime import date

from scoring.follow.measure_files import LONGEST_LINE
from scoring.follow.measures import Brought, Measure, MeasureStatus, Realised
from scoring.follow.trend import NotComparable
from scoring.model.recommendations import Recommendation
from selfcheck.ground.i18n import Translate, translator
from selfcheck.words.findings import Findings

SHORTEST_TITLE = 25
"""Characters that say enough by themselves; what stands before a colon is no title below that."""


def status_words(_: Translate) -> dict[MeasureStatus, str]:
    """States of measures in words."""
    return {"planned": _("planned"), "running": _("running"), "done": _("done"), "dropped": _("dropped")}


def proposed_title(findings: Findings, step: Recommendation) -> str:
    """The first thing that a step asks for, as a title to start from."""
    sentence = findings.say.say(step.step).partition(". ")[0].rstrip(".")
    lead, _, rest = sentence.partition(": ")
    first = lead if rest and len(lead) >= SHORTEST_TITLE else sentence
    return first if len(first) <= LONGEST_LINE else first[: LONGEST_LINE - 1].rsplit(" ", 1)[0] + "…"


def perspective_name(findings: Findings, measure: Measure) -> str:
    """The perspective a measure is about; by its id alone where this version of the questionnaire has none such."""
    _ = translator(findings.language)
    known = {one.id: one for one in findings.questionnaire.perspectives}
    if not measure.perspective:
        return _("no single perspective")
    found = known.get(measure.perspective)
    return f"{found.id} {findings.say.say(found.name)}" if found else measure.perspective


def is_late(measure: Measure, today: date) -> bool:
    """Whether the due date has passed while the measure is planned or running."""
    return measure.due is not None and measure.due < today and measure.status in ("planned", "running")


def not_comparable(why: NotComparable, _: Translate) -> str:
    """Why what was expected cannot be put beside today."""
    return {
        "version": _("Not comparable: the questionnaire has a new version since."),
        "not-applicable": _("Not comparable: the perspective was not asked both times."),
        "items": _("Not comparable: other items of the perspective are asked today than then."),
    }[why]


def realised_facts(findings: Findings, found: Realised) -> tuple[tuple[str, str], ...]:
    """What was expected beside what is there: items and value, or why nothing can be said."""
    _ = translator(findings.language)
    if found.why_not:
        return ((_("Today"), not_comparable(found.why_not, _)),)
    say, (expected, today) = findings.say, found.value
    parts = (
        (_("Stage reached today"), found.reached),
        (_("Not reached today"), found.below),
        (_("Not rated anew yet"), found.unknown),
    )
    facts = [(name, say.list(items)) for name, items in parts if items]
    if expected is not None and today is not None and not found.unknown:
        text = _("{expected} expected, {today} today").format(expected=say.number(expected), today=say.number(today))
        facts.append((_("Value of the perspective"), text))
    return tuple(facts)


def brought_words(findings: Findings, counted: Brought) -> str:
    """With how many measures that are done the stage is reached; a count, never a grade. Nothing while none is done."""
    _ = translator(findings.language)
    if not counted.done:
        return ""
    if not counted.compared:
        return _("No measure that is done can be compared with a later check yet.")
    if counted.compared == 1:
        reached = _("One measure that is done can be compared, and its stage is reached.")
        said = reached if counted.reached else _("One measure that is done can be compared; its stage is not reached.")
    else:
        text = _("Of {compared} measures that are done and can be compared, {reached} have reached their stage.")
        said = text.format(compared=counted.compared, reached=counted.reached)
    no_grade = _("A count, no grade: a stage can be reached for other reasons, and missed for good ones.")
    return f"{said} {no_grade}"
