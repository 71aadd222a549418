"""What a municipality sets out to do: what a step would change in the profile, and what of it is reached today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Literal, get_args

from scoring.assess.assess import assess
from scoring.assess.result import Result
from scoring.follow.sensitivity import Change
from scoring.follow.trend import NotComparable, asked_by_perspective, version_of, why_not_comparable
from scoring.model.answers import Answer, Sheet
from scoring.model.questionnaire import Item, Option, Questionnaire
from scoring.model.recommendations import Recommendation

MeasureStatus = Literal["planned", "running", "done", "dropped"]
STATUSES: tuple[MeasureStatus, ...] = get_args(MeasureStatus)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a perspective becomes if every rated item below a stage reached it: never less than it is.

    `moves` names these items; it is empty where nothing lies below. Without a value there is none before and after.
    `asked` and `version` tell later whether the same questions were asked.
    """

    perspective: str
    stage: int
    moves: tuple[Change, ...]
    value: tuple[Fraction | None, Fraction | None]
    throughout: tuple[Fraction | None, Fraction | None]
    version: tuple[str, str]
    asked: frozenset[str]


@dataclass(frozen=True, slots=True)
class Measure:
    """Something to be done, by a unit and never by a named person. A measure changes no value.

    `recommendation` is the next step it was made of, empty for a measure of one's own; `perspective` is empty where it
    concerns none or several. `expected` is what that step would have changed at the moment it was taken over (`made`).
    """

    id: str
    title: str
    perspective: str
    made: datetime
    recommendation: str = ""
    owner: str = ""
    due: date | None = None
    status: MeasureStatus = "planned"
    evidence: str = ""
    note: str = ""
    expected: Effect | None = None


@dataclass(frozen=True, slots=True)
class Realised:
    """What was expected beside what is there. Items in `unknown` have no stage today, or wait for the repeated check.

    Where it cannot be compared (`why_not`) nothing is said of items and values. `value` is what was expected, and today's.
    """

    why_not: NotComparable | None
    reached: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    value: tuple[Fraction | None, Fraction | None] = (None, None)

    @property
    def comparable(self) -> bool:
        """The same questions were asked both times, and of at least one item it is known where it stands."""
        return self.why_not is None and bool(self.reached or self.below)

    @property
    def brought(self) -> bool:
        """Every item that was to move has reached the stage."""
        return bool(self.reached) and not self.below and not self.unknown


@dataclass(frozen=True, slots=True)
class Tracked:
    """A measure with what was realised of what was expected; nothing while there is no later check to look at."""

    measure: Measure
    realised: Realised | None


@dataclass(frozen=True, slots=True)
class Brought:
    """Of the measures that are done: how many can be compared, and with how many of these the stage is reached."""

    done: int
    compared: int
    reached: int


def predicted(questionnaire: Questionnaire, sheet: Sheet, recommendation: Recommendation) -> Effect:
    """What a step would change if its stage is reached in all rated items of its perspective that lie below.

    The changed answers are assessed again. What is open stays open, and an item whose options end below stays there.
    """
    here = assess(questionnaire, sheet)
    moves = _moves(questionnaire, here, recommendation)
    there = assess(questionnaire, _moved(sheet, moves)) if moves else here
    before, after = here[recommendation.perspective], there[recommendation.perspective]
    return Effect(
        recommendation.perspective,
        recommendation.to_stage,
        tuple(Change(item.id, points, option.points) for item, points, option in moves),
        (before.value, after.value),
        (before.minimum, after.minimum),
        version_of(questionnaire),
        asked_by_perspective(questionnaire, sheet)[recommendation.perspective],
    )


def _moves(questionnaire: Questionnaire, result: Result, step: Recommendation) -> list[tuple[Item, Fraction, Option]]:
    """The rated items below the stage, each with its points and the lowest option that reaches the stage."""
    moves = []
    for item in questionnaire.perspective(step.perspective).items:
        points = result.facts.stages[item.id]
        enough = [option for option in item.scale.options if option.points >= step.to_stage]
        if isinstance(points, Fraction) and points < step.to_stage and enough:
            moves.append((item, points, min(enough, key=lambda option: option.points)))
    return moves


def _moved(sheet: Sheet, moves: Sequence[tuple[Item, Fraction, Option]]) -> Sheet:
    answers = dict(sheet.answers)
    for item, _, option in moves:
        answers[item.id] = replace(answers.get(item.id, Answer()), choice=option.key, cannot_judge=False)
    return replace(sheet, answers=answers)


def realised(
    expected: Effect, questionnaire: Questionnaire, sheet: Sheet, pending: frozenset[str] = frozenset()
) -> Realised:
    """Which of the expected stages are reached today. `pending` items count as last time and say nothing yet."""
    asked = asked_by_perspective(questionnaire, sheet).get(expected.perspective, frozenset())
    why_not = why_not_comparable(expected.version, version_of(questionnaire), expected.asked, asked)
    if why_not:
        return Realised(why_not)
    result = assess(questionnaire, sheet)
    stages = {move.item: result.facts.stages[move.item] for move in expected.moves}
    known = {item: stage for item, stage in stages.items() if isinstance(stage, Fraction) and item not in pending}
    wanted = {move.item: move.after for move in expected.moves}
    return Realised(
        None,
        tuple(item for item, stage in known.items() if stage >= wanted[item]),
        tuple(item for item, stage in known.items() if stage < wanted[item]),
        tuple(item for item in stages if item not in known),
        (expected.value[1], result[expected.perspective].value),
    )


def tracked(
    measure: Measure,
    questionnaire: Questionnaire,
    sheet: Sheet,
    sealed: Sequence[datetime] = (),
    pending: frozenset[str] = frozenset(),
) -> Tracked:
    """A measure beside the answers of today. `sealed` are the moments of snapshots: a repeated check begins with one.

    Without a snapshot since it was taken over, and with every stage as it was then, nobody has looked again.
    """
    expected = measure.expected
    if expected is None or not expected.moves:
        return Tracked(measure, None)
    found = realised(expected, questionnaire, sheet, pending)
    again = any(moment > measure.made for moment in sealed)
    return Tracked(measure, found if again or _changed(expected, questionnaire, sheet) else None)


def _changed(expected: Effect, questionnaire: Questionnaire, sheet: Sheet) -> bool:
    stages = assess(questionnaire, sheet).facts.stages
    return any(stages.get(move.item) != move.before for move in expected.moves)


def brought(measures: Sequence[Tracked]) -> Brought:
    """How many measures that are done can be compared with today, and how many of these have reached their stage.

    A count of what is there, never a grade: a stage may be reached for other reasons, and missed for good ones.
    """
    done = [one.realised for one in measures if one.measure.status == "done"]
    compared = [found for found in done if found and found.comparable]
    return Brought(len(done), len(compared), sum(found.brought for found in compared))


def by_date(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """The measures in the order of their due dates; those without one last, in the order given."""
    return tuple(sorted(measures, key=lambda one: (one.due is None, one.due or date.min)))
