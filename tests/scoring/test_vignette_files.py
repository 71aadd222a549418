"""Vignettes: documented examples without a name; strict reading; no part of the questionnaire's fingerprint."""

from typing import Any

import pytest

from scoring.model.questionnaire import Questionnaire
from scoring.plain.problems import Invalid
from scoring.plain.vignettes import names_in, parse_vignettes
from selfcheck.reading import catalogue, fingerprints, vignettes_catalogue
from selfcheck.reading.files import UnusableFile

NEWEST = catalogue.newest()


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return catalogue.load(catalogue.DEFAULT, NEWEST)


def vignette(**other: Any) -> dict[str, Any]:
    """One that is sound, but for what a test changes."""
    sound = {
        "id": "one",
        "item": "P7.4",
        "text": {"de": "Ein Lenkungskreis berät. Er steuert.", "en": "A steering circle deliberates. It steers."},
        "practice": "duesseldorf-steering-circle",
        "origin": {"kind": "source", "lines": [239]},
    }
    return sound | other


def refused(data: Any, questionnaire: Questionnaire) -> str:
    with pytest.raises(Invalid) as invalid:
        parse_vignettes(data, questionnaire)
    return " | ".join(f"{problem.path}: {problem.message.en}" for problem in invalid.value.problems)


def test_the_shipped_vignettes_cover_at_least_six_perspectives_in_both_languages(questionnaire: Questionnaire) -> None:
    shipped = vignettes_catalogue.load(catalogue.DEFAULT, NEWEST)
    assert len(shipped) >= 8
    assert len({questionnaire.perspective_of[one.item].id for one in shipped}) >= 6
    assert all(one.text.de != one.text.en for one in shipped)


def test_no_shipped_vignette_names_a_documented_municipality_or_a_stage(questionnaire: Questionnaire) -> None:
    names = {name.lower() for practice in questionnaire.practices for name in names_in(practice.municipality)}
    assert {"jena", "emden", "pinneberg"} <= names
    for one in vignettes_catalogue.load(catalogue.DEFAULT, NEWEST):
        words = f" {one.text.de} {one.text.en} ".lower()
        assert not [name for name in names if f" {name}" in words]
        assert "stufe" not in words


def test_a_sound_vignette_is_read(questionnaire: Questionnaire) -> None:
    (read,) = parse_vignettes([vignette()], questionnaire)
    assert (read.item, read.practice, read.origin.lines) == ("P7.4", "duesseldorf-steering-circle", (239,))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"item": "P9.9"}, '[0].item: there is no item "P9.9"'),
        ({"item": "P1.1"}, "[0].item: the practice duesseldorf-steering-circle does not bear on P1.1"),
        ({"practice": "atlantis"}, '[0].practice: there is no practice "atlantis"'),
        ({"origin": {"kind": "source", "lines": [1]}}, "[0].origin.lines: line 1 does not belong to the practice"),
        ({"origin": {"kind": "beyond"}}, "[0].origin.kind: tells what the source says"),
        ({"text": {"de": "In Düsseldorf. So.", "en": "A. B."}}, '[0].text.de: tells with "Düsseldorf" who is meant'),
        ({"text": {"de": "Nur einer.", "en": "A. B."}}, "[0].text.de: should have 2 to 4 sentences"),
        ({"text": {"de": "A. " * 210, "en": "A. B."}}, "[0].text.de: is 630 characters long"),
        ({"text": {"de": "{council:nom}. B.", "en": "A. B."}}, "[0].text.de: holds a local word"),
        ({"id": "Zwei Wörter"}, "[0].id:"),
        ({"stage": 3}, '[0].stage: "stage" is not expected here'),
    ],
)
def test_every_mistake_of_a_vignette_is_told_at_its_place(
    questionnaire: Questionnaire, change: dict[str, Any], said: str
) -> None:
    assert said in refused([vignette(**change)], questionnaire)


def test_an_id_stands_for_one_vignette(questionnaire: Questionnaire) -> None:
    assert '[1].id: "one" occurs twice' in refused([vignette(), vignette()], questionnaire)


def test_words_that_only_hold_a_name_inside_tell_nobody(questionnaire: Questionnaire) -> None:
    text = {"de": "Unter Fremden ist es anders. So.", "en": "Among strangers. So."}
    assert parse_vignettes([vignette(text=text)], questionnaire)


def test_a_mistake_in_a_file_is_told_with_its_line(questionnaire: Questionnaire, tmp_path: Any) -> None:
    (tmp_path / "vignettes.yaml").write_text("- id: one\n  item: P9.9\n", encoding="utf-8")
    with pytest.raises(UnusableFile) as unusable:
        vignettes_catalogue.read(tmp_path, questionnaire)
    assert unusable.value.problems[0].line == 1


def test_vignettes_are_no_part_of_the_fingerprint_because_no_value_rests_on_them(tmp_path: Any) -> None:
    folder = catalogue.folder(catalogue.DEFAULT, NEWEST)
    for part in catalogue.PARTS:
        (tmp_path / f"{part}.yaml").write_bytes((folder / f"{part}.yaml").read_bytes())
    assert fingerprints.of_folder(tmp_path) == fingerprints.of_questionnaire(catalogue.DEFAULT, NEWEST)
