"""Answers to measure with: the documented example, and invented ones of every kind."""

from pathlib import Path
from random import Random

from scoring.model.answers import Answer, Context, Placement, Sheet
from scoring.model.questionnaire import ChoiceQuestion, MatrixQuestion, Questionnaire
from selfcheck.reading import answer_files, catalogue
from selfcheck.words.findings import Findings

EXAMPLE = Path(__file__).parents[1] / "examples" / "zersplitterter-kreis.yaml"


def questionnaire() -> Questionnaire:
    """The questionnaire of the integrated planning."""
    return catalogue.load(catalogue.DEFAULT, catalogue.newest())


def example() -> Findings:
    """All items but one answered."""
    return answer_files.findings(EXAMPLE, "de")


def invented(asked: Questionnaire, seed: int) -> Sheet:
    """Answers by chance: from nearly all open to complete, with every kind of context answer, open ones too."""
    chance = Random(seed)
    open_share = chance.choice([0.0, 0.1, 0.4, 0.6])
    choices: dict[str, str] = {}
    placements: dict[str, dict[str, Placement | None]] = {}
    for question in asked.context:
        if isinstance(question, ChoiceQuestion) and chance.random() > open_share / 2:
            choices[question.id] = chance.choice(question.choices).key
        elif isinstance(question, MatrixQuestion):
            departments, units = (question.labels[: chance.randint(1, len(question.labels))] for _ in range(2))
            placements[question.id] = {
                row.key: _placement(chance, departments, units)
                for row in question.rows
                if chance.random() > open_share / 4
            }
    answers: dict[str, Answer] = {}
    for item in asked.items.values():
        if chance.random() > open_share:
            judged = chance.random() > 0.1
            answers[item.id] = Answer(chance.choice(item.scale.options).key) if judged else Answer(cannot_judge=True)
    return Sheet(
        asked.id, asked.version, f"Musterkreis {seed}", "2026-11-22", "full", Context(choices, placements), answers
    )


def _placement(chance: Random, departments: tuple[str, ...], units: tuple[str, ...]) -> Placement | None:
    return None if chance.random() < 0.1 else Placement(chance.choice(departments), chance.choice(units))
