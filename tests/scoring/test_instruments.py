"""Three fictional instruments of different shape score to hand-computed values without a line of Python."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scoring.assess.cases import failed_cases
from scoring.model.questionnaire import Questionnaire
from scoring.model.wording import Wording
from scoring.plain.questionnaire import parse
from scoring.plain.writing import dump
from selfcheck.reading import catalogue
from selfcheck.reading.files import read_file

FOLDERS = sorted((Path(__file__).parents[1] / "questionnaires").glob("*/*"))


def read(folder: Path) -> tuple[Questionnaire, list[Any]]:
    return catalogue.read(folder), read_file(folder / "cases.yaml").data


def all_cases() -> Iterator[Any]:
    for folder in FOLDERS:
        questionnaire, cases = read(folder)
        for case in cases:
            yield pytest.param(questionnaire, case, id=f"{questionnaire.id}: {case['name']['en']}")


def test_there_are_three_instruments() -> None:
    assert [folder.parent.name for folder in FOLDERS] == ["cycling", "kitchen", "library"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_an_instrument_is_sound_and_named_like_its_folder(folder: Path) -> None:
    questionnaire, _ = read(folder)
    assert (questionnaire.id, questionnaire.version) == (folder.parent.name, folder.name)
    assert parse(dump(questionnaire)) == questionnaire


@pytest.mark.parametrize(("questionnaire", "case"), list(all_cases()))
def test_the_value_computed_by_hand_is_the_value_found(questionnaire: Questionnaire, case: Any) -> None:
    assert [(problem.path, problem.message.en) for problem in failed_cases(questionnaire, [case])] == []


@pytest.mark.parametrize(("questionnaire", "case"), list(all_cases()))
def test_every_case_shows_its_computation_in_both_languages(questionnaire: Questionnaire, case: Any) -> None:
    Wording(**case["why"])
    assert all(any(character.isdigit() for character in text) for text in case["why"].values())
    assert case["expect"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_no_rule_could_be_left_out(folder: Path) -> None:
    questionnaire, cases = read(folder)
    for rule in questionnaire.rules:
        rest = tuple(other for other in questionnaire.rules if other is not rule)
        assert failed_cases(replace(questionnaire, rules=rest), cases), rule.id
