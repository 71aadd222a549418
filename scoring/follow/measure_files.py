"""Measures as plain data: as they are stored and as they leave an installation. Numbers are exact texts such as "3/2"."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from scoring.follow.measures import STATUSES, Effect, Measure
from scoring.follow.sensitivity import Change
from scoring.follow.trend import version_of
from scoring.model.questionnaire import Questionnaire
from scoring.plain.reading import LONGEST_TEXT, Node

LONGEST_LINE = 200
"""Characters of a title and of an owner."""
YEARS = range(2000, 2101)
_FIELDS = ("title", "perspective", "status", "made")
_OPTIONAL = ("recommendation", "owner", "due", "evidence", "note", "expected")


def write_measure(measure: Measure) -> dict[str, Any]:
    """A measure as plain data, without its id and without what is empty."""
    written = {
        "title": measure.title,
        "perspective": measure.perspective,
        "status": measure.status,
        "made": measure.made.astimezone(UTC).isoformat(timespec="microseconds"),
    }
    further: Mapping[str, Any] = {
        "recommendation": measure.recommendation,
        "owner": measure.owner,
        "due": measure.due.isoformat() if measure.due else "",
        "evidence": measure.evidence,
        "note": measure.note,
        "expected": write_effect(measure.expected) if measure.expected else None,
    }
    return written | {name: value for name, value in further.items() if value}


def write_effect(effect: Effect) -> dict[str, Any]:
    """What was expected as plain data."""
    return {
        "questionnaire": effect.version[0],
        "version": effect.version[1],
        "perspective": effect.perspective,
        "stage": effect.stage,
        "items": {move.item: [str(move.before), str(move.after)] for move in effect.moves},
        "value": [_text(number) for number in effect.value],
        "throughout": [_text(number) for number in effect.throughout],
        "asked": sorted(effect.asked),
    }


def _text(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def parse_measure(node: Node, questionnaire: Questionnaire) -> Measure:
    """A measure out of plain data, strictly. What was expected of another version of the questionnaire may name others."""
    given = node.fields(_FIELDS, _OPTIONAL)
    expected = parse_effect(given["expected"], questionnaire) if "expected" in given else None
    recommendation = (
        _recommendation(given["recommendation"], questionnaire, expected) if "recommendation" in given else ""
    )
    known = ["", *(one.id for one in questionnaire.perspectives)]
    if expected:
        known.append(expected.perspective)
        if given.get("perspective", node).value != expected.perspective:
            given["perspective"].problem(
                f"passt nicht zur Wirkung, die für {expected.perspective} erwartet wird",
                f"does not fit the effect that is expected for {expected.perspective}",
            )
    return Measure(
        id="",
        title=given["title"].line(LONGEST_LINE),
        perspective=given["perspective"].one_of(known),
        made=_moment(given["made"]),
        recommendation=recommendation,
        owner=given["owner"].line(LONGEST_LINE) if "owner" in given else "",
        due=_day(given["due"]) if "due" in given else None,
        status=given["status"].one_of(STATUSES),
        evidence=_writing(given.get("evidence"), LONGEST_TEXT),
        note=_writing(given.get("note"), LONGEST_TEXT),
        expected=expected,
    )


def _recommendation(node: Node, questionnaire: Questionnaire, expected: Effect | None) -> str:
    """The step a measure was made from; that of another version need not be one today."""
    if expected is not None and expected.version != version_of(questionnaire):
        return node.text()
    return node.one_of([step.id for step in questionnaire.recommendations])


def _writing(node: Node | None, longest: int) -> str:
    return node.writing(longest) if node else ""


def parse_effect(node: Node, questionnaire: Questionnaire) -> Effect:
    """What was expected out of plain data, strictly; items of this questionnaire in this version are known here."""
    given = node.fields(("questionnaire", "version", "perspective", "stage", "items", "value", "throughout", "asked"))
    version = (given["questionnaire"].text(), given["version"].text())
    perspective, asked = given["perspective"].text(), frozenset(given["asked"].texts())
    if version == version_of(questionnaire):
        _are_known(given, questionnaire, perspective, asked)
    moves = tuple(_move(id, entry) for id, entry in given["items"].entries().items())
    for id in sorted({move.item for move in moves} - asked):
        given["items"].problem(f"{id} wurde nicht gefragt", f"{id} was not asked")
    return Effect(
        perspective,
        given["stage"].whole(lowest=0),
        moves,
        _pair(given["value"]),
        _pair(given["throughout"]),
        version,
        asked,
    )


def _are_known(
    given: Mapping[str, Node], questionnaire: Questionnaire, perspective: str, asked: frozenset[str]
) -> None:
    found = next((one for one in questionnaire.perspectives if one.id == perspective), None)
    if found is None:
        given["perspective"].one_of([one.id for one in questionnaire.perspectives])
        return
    for id in sorted(asked - {item.id for item in found.items}):
        given["asked"].problem(f"{id} ist kein Merkmal von {perspective}", f"{id} is no item of {perspective}")


def _move(item: str, node: Node) -> Change:
    before, after = _two(node, Node.number, Fraction(0))
    if before >= after:
        node.problem("die erwartete Stufe liegt nicht höher", "the expected stage is not higher")
    return Change(item, before, after)


def _pair(node: Node) -> tuple[Fraction | None, Fraction | None]:
    return _two(node, lambda one: None if one.value is None else one.number(), None)


def _two(node: Node, read: Any, otherwise: Any) -> tuple[Any, Any]:
    if not isinstance(node.value, Sequence) or isinstance(node.value, str) or len(node.value) != 2:
        node.expected("zwei Zahlen: vorher und nachher", "two numbers: before and after")
        return otherwise, otherwise
    before, after = node.each(read)
    return before, after


def _day(node: Node) -> date | None:
    try:
        read = date.fromisoformat(node.value)
        if read.isoformat() == node.value and read.year in YEARS:
            return read
    except (TypeError, ValueError):
        pass
    node.expected("ein Datum wie 2027-03-16", "a date such as 2027-03-16")
    return None


def _moment(node: Node) -> datetime:
    try:
        read = datetime.fromisoformat(node.value)
        if read.tzinfo and read.year in YEARS:
            return read.astimezone(UTC)
    except (TypeError, ValueError):
        pass
    node.expected("ein Zeitpunkt mit Zeitzone", "a moment with a time zone")
    return datetime.min.replace(tzinfo=UTC)
