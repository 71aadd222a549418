"""What a councillor should remember: the title of each slide, found by rules from the values, never invented."""

from collections.abc import Sequence
from fractions import Fraction

from scoring.assess.result import PerspectiveResult
from scoring.assess.steps import NeededFirst, NextStep, Unlocks
from selfcheck.ground.i18n import Translate, translator
from selfcheck.office.text import one_line
from selfcheck.words.findings import Findings

MOST_NAMES = 3
"""More than so many perspectives are counted, not named."""


def valued(findings: Findings) -> list[tuple[PerspectiveResult, Fraction]]:
    """The perspectives that have a value, with it."""
    return [(result, result.value) for result in findings.result.perspectives if result.value is not None]


def named(findings: Findings, results: Sequence[PerspectiveResult]) -> str:
    """The short names of perspectives in quotation marks, as an enumeration."""
    _ = translator(findings.language)
    quoted = _("“{name}”")
    names = (findings.say.say(findings.questionnaire.perspective(one.perspective).short) for one in results)
    return findings.say.list([quoted.format(name=one_line(name, 60)) for name in names])


def of_profile(findings: Findings) -> str:
    """Where the municipality has come furthest; guarded while open answers could make it untrue."""
    _ = translator(findings.language)
    found = valued(findings)
    if not found:
        return _("For a profile there are too few ratings yet")
    highest = max(value for _result, value in found)
    best = [result for result, value in found if value == highest]
    said, guarded = _furthest(len(found), len(best), highest, _)
    return (guarded if _could_turn(findings, best, highest) else said).format(
        names=named(findings, best),
        count=len(best),
        value=findings.say.number(highest),
        stage=one_line(findings.stage_name(highest), 60),
    )


def _furthest(valued: int, best: int, highest: Fraction, _: Translate) -> tuple[str, str]:
    """The sentence for these numbers of perspectives, and the one that is true of the ratings so far."""
    if valued == 1:
        said = _("The only perspective with a value is {names}: {value}")
        return said, said
    if highest < 1:
        return (
            _("We are at the beginning: no perspective has reached stage 1"),
            _("By the ratings so far we are at the beginning: no perspective has reached stage 1"),
        )
    if best == valued:
        return (
            _("All perspectives with a value are level: {value}"),
            _("By the ratings so far all perspectives with a value are level: {value}"),
        )
    if best > MOST_NAMES:
        return (
            _("We have come furthest in {count} perspectives: “{stage}”"),
            _("By the ratings so far we have come furthest in {count} perspectives: “{stage}”"),
        )
    return _("We have come furthest in {names}"), _("By the ratings so far we have come furthest in {names}")


def _could_turn(findings: Findings, best: Sequence[PerspectiveResult], highest: Fraction) -> bool:
    """Whether open answers could change one of the best, or put another perspective level with it or above."""
    others = [one for one in findings.result.perspectives if one not in best]
    moving = any(one.lowest != one.highest for one in best)
    bar = max(highest, Fraction(1))
    return moving or any(one.highest is not None and one.highest >= bar for one in others)


def of_values(findings: Findings) -> str:
    """How far the target is reached; else what can still change; else how far the perspectives lie apart."""
    _ = translator(findings.language)
    found = valued(findings)
    if not found:
        return _("No perspective has a value yet")
    if findings.towards:
        return _target(findings, _)
    unsettled = [one for one in findings.result.perspectives if one.lowest != one.highest]
    if unsettled:
        one, many = (
            _("The value of one perspective can still change"),
            _("The values of {count} perspectives can still change"),
        )
        return (one if len(unsettled) == 1 else many).format(count=len(unsettled))
    apart = max(value for _result, value in found) - min(value for _result, value in found)
    if apart > 1:
        text = _("Between the strongest and the weakest perspective lie {stages} stages")
        return text.format(stages=findings.say.number(apart))
    return _("All perspectives lie close together: at most one stage apart")


def _target(findings: Findings, _: Translate) -> str:
    assert findings.sheet.target is not None
    ways = [way for id, way in findings.towards.items() if findings.result[id].applicable]
    reached = sum(way.reached is True for way in ways)
    text = _("The target for {year} is reached in {reached} of {all} perspectives")
    if not reached:
        text = _("The target for {year} is not reached in any perspective yet")
    elif reached == len(ways):
        text = _("The target for {year} is reached in all perspectives that have one")
    return text.format(year=findings.sheet.target.year, reached=reached, all=len(ways))


def of_steps(findings: Findings, chosen: Sequence[NextStep]) -> str:
    """The step that more others wait for than for any other; else which perspectives come next."""
    _ = translator(findings.language)
    if not chosen:
        if not valued(findings):
            return _("For recommendations there are too few ratings yet")
        return _("No step is due: what has been reached has to be kept")
    names = [named(findings, [findings.result[step.recommendation.perspective]]) for step in chosen]
    waiting = [_waiting(step) for step in chosen]
    most = max(waiting)
    if waiting.count(most) == 1 and most:
        one, many = (
            _("First {name}: one further step waits for it"),
            _("First {name}: {count} further steps wait for it"),
        )
        return (one if most == 1 else many).format(name=names[waiting.index(most)], count=most)
    one, many = _("Next comes a step in {names}"), _("Next come steps in {names}")
    return (one if len(chosen) == 1 else many).format(names=findings.say.list(names))


def _waiting(step: NextStep) -> int:
    """How many other steps wait for this one."""
    return sum(len(reason.steps) for reason in step.reasons if isinstance(reason, Unlocks | NeededFirst))


def of_proposal(findings: Findings, chosen: Sequence[NextStep]) -> str:
    """What the committee is asked for."""
    _ = translator(findings.language)
    if not valued(findings):
        return _("Proposal: complete the rating first")
    if not chosen:
        return _("Proposal: discuss the result and keep what has been reached")
    if len(chosen) == 1:
        return _("Proposal: discuss the result and prepare the next step")
    return _("Proposal: discuss the result and prepare {count} next steps").format(count=len(chosen))
