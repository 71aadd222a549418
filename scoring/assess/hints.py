"""Questions that plausibility rules ask about the answers. They never change a value."""

from scoring.assess.result import Result
from scoring.model.conditions import holds
from scoring.model.questionnaire import Questionnaire
from scoring.model.rules import Plausibility


def hints(questionnaire: Questionnaire, result: Result) -> tuple[Plausibility, ...]:
    """The plausibility rules whose condition certainly holds."""
    return tuple(
        rule for rule in questionnaire.rules if isinstance(rule, Plausibility) and holds(rule.when, result.facts)
    )
