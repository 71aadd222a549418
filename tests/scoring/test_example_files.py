"""Own examples of an agency: read strictly, every problem with its place, and without any effect on a value."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from scoring.assess.assess import assess
from scoring.assess.compare import compare
from scoring.model.conditions import PerspectiveAtLeast
from scoring.model.practices import Added, SuccessCondition
from scoring.plain.examples import MOST_EXAMPLES, parse_examples
from scoring.plain.problems import Invalid
from tests.builders import SOURCE, item, perspective, practice, questionnaire, reference, sheet, wording

ANCHORED = item("P1.1", anchors={stage: wording(f"Anchor {stage}") for stage in (1, 2, 3, 4)})
WHOLE = questionnaire(
    perspective("P1", ANCHORED, "P1.2"),
    practices=[practice("shipped", ["P1"], {"P1.1": 2})],
    references=[reference("known")],
)
BOTH = {"de": "deutsch", "en": "English"}
EXAMPLE: dict[str, Any] = {
    "id": "own-town",
    "municipality": "Musterkreis",
    "structure": {},
    "title": BOTH,
    "summary": BOTH,
    "perspectives": ["P1"],
    "as_of": {"text": BOTH},
    "source": {"title": BOTH, "year": 2024, "where": "https://example.org/"},
    "facts": [{"text": BOTH, "lines": [3]}],
    "items": [{"item": "P1.1", "stage": 3, "because": BOTH, "lines": [3]}],
    "conditions": [
        {
            "id": "led",
            "text": BOTH,
            "holds": {"stage_at_least": {"item": "P1.2", "stage": 1}},
            "origin": {"kind": "source", "lines": [3]},
        }
    ],
    "limits": BOTH,
    "since": [{"text": BOTH, "reference": "known"}],
    "origin": {"kind": "source", "lines": [3]},
}


def file(*examples: dict[str, Any], **further: Any) -> dict[str, Any]:
    return {"selfcheck-examples": 1, "questionnaire": "example", "version": "1", "practices": list(examples)} | further


def problems(data: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        parse_examples(data, WHOLE, "Agentur")
    return {problem.path: problem.message.en for problem in caught.value.problems}


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    example = deepcopy(EXAMPLE)
    change(example)
    return example


def test_a_sound_example_becomes_a_practice_of_the_agency_with_its_own_source() -> None:
    [read] = parse_examples(file(EXAMPLE), WHOLE, "Agentur").practices
    assert isinstance(read.provenance, Added)
    assert (read.provenance.agency, read.provenance.source.year) == ("Agentur", 2024)
    assert read.items[0].stage == 3


@pytest.mark.parametrize(
    ("change", "path", "says"),
    [
        (lambda e: e.pop("source"), "practices[0]", "title, year, where"),
        (lambda e: e["source"].pop("year"), "practices[0].source", '"year" is missing'),
        (lambda e: e["source"].update(year="2024"), "practices[0].source.year", "a whole number"),
        (lambda e: e["source"].update(year=1066), "practices[0].source.year", "1990"),
        (lambda e: e.pop("as_of"), "practices[0]", '"as_of" is missing'),
        (lambda e: e.pop("limits"), "practices[0]", '"limits" is missing'),
        (lambda e: e.update(facts=[]), "practices[0].facts", "must not be empty"),
        (lambda e: e.update(score=4), "practices[0].score", "not expected"),
        (lambda e: e.update(value="3,5"), "practices[0].value", "not expected"),
        (lambda e: e["title"].pop("en"), "practices[0].title", '"en" is missing'),
        (lambda e: e.update(id="Own Town"), "practices[0].id", "small letters"),
        (lambda e: e.update(id="a/../b"), "practices[0].id", "small letters"),
        (lambda e: e.update(id="shipped"), "practices[0].id", "taken already"),
        (lambda e: e.update(id="proposal-1"), "practices[0].id", "taken already"),
        (lambda e: e["items"][0].update(item="P9.9"), "practices[0].items[0]", "P9.9"),
        (lambda e: e["items"][0].update(stage=7), "practices[0].items[0].stage", "stage of P1.1"),
        (lambda e: e.update(perspectives=["P2"]), "practices[0].perspectives", "does not match"),
        (lambda e: e["since"][0].update(reference="nowhere"), "practices[0].since[0].reference", "nowhere"),
        (lambda e: e["conditions"][0].update(holds={"guess": 1}), "practices[0].conditions[0].holds", "exactly one of"),
        (lambda e: e["limits"].update(de="{council:nom} fehlt"), "practices[0]", "no local word"),
        (lambda e: e["limits"].update(de="Glocke\x07"), "practices[0].limits.de", "control characters"),
        (lambda e: e["limits"].update(de="x" * 5001), "practices[0].limits.de", "5001"),
        (lambda e: e["origin"].update(lines=[]), "practices[0].origin", "without lines"),
    ],
)
def test_every_mistake_is_named_with_its_place(
    change: Callable[[dict[str, Any]], object], path: str, says: str
) -> None:
    found = problems(file(changed(change)))
    assert says in found[path], found


def test_all_mistakes_are_named_at_once() -> None:
    def spoil(example: dict[str, Any]) -> None:
        example["source"].pop("where")
        example["title"] = "nur deutsch"
        example["items"] = []

    assert len(problems(file(changed(spoil), EXAMPLE | {"id": "Ä"}))) >= 3


@pytest.mark.parametrize("data", [None, [], "text", 7, {}, {"practices": []}, file(), file({}), file("text")])  # type: ignore[arg-type]
def test_what_is_no_file_of_examples_is_refused_and_nothing_breaks(data: Any) -> None:
    assert problems(data)


def test_a_file_for_another_version_says_for_which_it_is() -> None:
    assert "example 2" in problems(file(EXAMPLE, version="2"))["version"]


def test_ids_occur_once_and_the_number_of_examples_is_limited() -> None:
    assert "2 times" in problems(file(EXAMPLE, EXAMPLE))["practices"]
    many = [EXAMPLE | {"id": f"own-{number}"} for number in range(MOST_EXAMPLES + 1)]
    assert str(MOST_EXAMPLES + 1) in problems(file(*many))["practices"]


def test_own_publications_can_be_cited_and_take_no_id_that_is_taken() -> None:
    page = {"id": "page", "title": BOTH, "where": "example.org", "seen": "read", "used_for": BOTH}
    citing = changed(lambda e: e["since"][0].update(reference="page"))
    assert parse_examples(file(citing, references=[page]), WHOLE, "Agentur").references[0].id == "page"
    assert "taken" in problems(file(citing, references=[page | {"id": "known"}]))["references[0].id"]
    assert "taken" in problems(file(citing, references=[page, page]))["references[1].id"]


def test_an_added_example_changes_no_value_and_stands_behind_the_shipped_ones() -> None:
    read = parse_examples(file(EXAMPLE), WHOLE, "Agentur").practices
    more = replace(WHOLE, practices=(*WHOLE.practices, *read))
    answers = sheet(WHOLE, {"P1.1": 1, "P1.2": 2})
    assert assess(more, answers) == assess(WHOLE, answers)
    assert [one.practice.id for one in compare(more, assess(more, answers))] == ["shipped", "own-town"]


def test_a_condition_in_free_words_is_unknown_and_never_met_by_itself() -> None:
    free = SuccessCondition("told", wording("needs time"), None, SOURCE)
    known = SuccessCondition("known", wording("value"), PerspectiveAtLeast("P1", 1), SOURCE)  # type: ignore[arg-type]
    one = replace(practice("told", ["P1"], {"P1.1": None}), conditions=(free, known))
    whole = replace(WHOLE, practices=(one,))
    [found] = compare(whole, assess(whole, sheet(whole, {"P1.1": 3, "P1.2": 3})))
    assert [condition.status for condition in found.conditions] == ["unknown", "met"]
    assert found.fits is None
