"""What is said of steps wherever they stand: effort, kind, and why there is none."""

from scoring.recommendations import EffortClass, StepKind
from selfcheck.findings import Findings
from selfcheck.i18n import Translate


def effort_words(_: Translate) -> dict[EffortClass, str]:
    """Effort classes in words."""
    return {
        "low": _("low: up to 5 person-days"),
        "medium": _("medium: up to 6 months"),
        "high": _("high: longer than 6 months, or a body must decide"),
    }


def kind_words(_: Translate) -> dict[StepKind, str]:
    """Kinds of steps in words."""
    return {
        "immediate": _("immediate step"),
        "short-term": _("short-term step"),
        "medium-term": _("medium-term step"),
        "structural": _("structural step"),
        "routine": _("routine step"),
    }


def no_steps(findings: Findings, _: Translate) -> str:
    """Why nothing is recommended."""
    if all(result.value is None for result in findings.result.perspectives):
        return _("There are too few answers for recommendations. Rate at least half of the items of a perspective.")
    return _("No step is due: every rated item has reached the highest stage.")
