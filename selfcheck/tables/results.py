"""Results as plain data for other programs: every number, its range and its trace. Never an overall score."""

from fractions import Fraction
from typing import Any

from scoring.assess.result import Counted, CountsAlike, LeftOut, NotAsked, PerspectiveResult, Result, Step, Undecided
from selfcheck.words.findings import Findings


def result_data(findings: Findings) -> dict[str, Any]:
    """The result of one sheet: perspectives with value, minimum, coverage, range, certainty and trace; hints; steps."""
    sheet = findings.sheet
    return {
        "questionnaire": sheet.questionnaire,
        "version": sheet.version,
        "municipality": sheet.municipality,
        "date": sheet.date,
        "language": findings.language,
        "perspectives": {result.perspective: _perspective(findings, result) for result in findings.result.perspectives},
        "hints": [
            {"rule": rule.id, "text": findings.say.say(rule.text), "lines": list(rule.origin.lines)}
            for rule in findings.hints
        ],
        "steps": [
            {
                "recommendation": step.recommendation.id,
                "step": findings.say.say(step.recommendation.step),
                "after": list(step.after),
                "priority": step.priority,
                "reasons": [findings.say.reason(reason) for reason in step.reasons],
            }
            for step in findings.steps
        ],
    }


def _perspective(findings: Findings, result: PerspectiveResult) -> dict[str, Any]:
    perspective = findings.questionnaire.perspective(result.perspective)
    return {
        "name": findings.say.say(perspective.name),
        "applicable": result.applicable,
        "value": plain(result.value),
        "minimum": plain(result.minimum),
        "coverage": plain(result.coverage),
        "answered": result.answered,
        "asked": result.asked,
        "lowest": plain(result.lowest),
        "highest": plain(result.highest),
        "certainty": result.certainty,
        **({"level": result.level} if perspective.levels else {}),
        "trace": [_step(findings, step) for step in result.trace],
    }


def _step(findings: Findings, step: Step) -> dict[str, Any]:
    """A step in words, with the answer, rule and source lines behind it."""
    data: dict[str, Any] = {"step": type(step).__name__, "text": findings.say.step(step)}
    if isinstance(step, Counted | LeftOut):
        data |= {"item": step.item, "lines": list(findings.questionnaire.items[step.item].origin.lines)}
    elif isinstance(step, NotAsked | Undecided | CountsAlike):
        data |= {"rule": step.rule, "lines": list(findings.questionnaire.rule(step.rule).origin.lines)}
    return data


def plain(value: Fraction | None) -> int | float | None:
    """An exact number as JSON can hold it."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)


def exact_values(result: Result) -> dict[str, dict[str, str | None]]:
    """The numbers of every perspective as exact texts such as "3/2": what a sealed result is compared by."""

    def text(value: Fraction | None) -> str | None:
        return None if value is None else str(value)

    return {
        one.perspective: {
            "value": text(one.value),
            "minimum": text(one.minimum),
            "lowest": text(one.lowest),
            "highest": text(one.highest),
        }
        for one in result.perspectives
    }
