"""Checks of a whole questionnaire: what no single value can show. Every problem is found, with its place."""

from scoring.model.questionnaire import Questionnaire
from scoring.plain.checks.practices import practices
from scoring.plain.checks.questionnaire import context, identity, perspectives, scales
from scoring.plain.checks.recommendations import recommendations
from scoring.plain.checks.rules import order, rules
from scoring.plain.checks.texts import placeholders, texts
from scoring.plain.problems import Problem, doubled


def check(questionnaire: Questionnaire) -> list[Problem]:
    """Everything wrong with the questionnaire as a whole; an empty list when it is sound."""
    parts = (identity, scales, context, perspectives, rules, order, recommendations, practices, texts)
    return [problem for part in parts for problem in part(questionnaire)]


def check_practices(questionnaire: Questionnaire) -> list[Problem]:
    """Everything wrong with the practices of the questionnaire, the rest being sound; for examples added to it."""
    placed = (
        problem
        for index, practice in enumerate(questionnaire.practices)
        for problem in placeholders(questionnaire, ("practices", index), practice)
    )
    ids = doubled(("practices",), [practice.id for practice in questionnaire.practices])
    return [*ids, *practices(questionnaire), *placed]
