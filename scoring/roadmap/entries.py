"""What people enter for a roadmap, as they write it, and what that says: half-years, staff, meetings, budget, commitments.

The one place where entries are read: those of the page, of the command line, of a kept roadmap and of a file.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from scoring.assess.result import Result
from scoring.model import texts
from scoring.model.answers import Target
from scoring.model.questionnaire import Questionnaire
from scoring.model.wording import Wording
from scoring.plain.reading import Node, shown
from scoring.roadmap.calendar import MOST_HALF_YEARS, Calendar, HalfYear, budgets
from scoring.roadmap.problem import Commitment, DaysBound, FinishBy, NotBefore, RoadmapProblem, problem_for
from scoring.roadmap.sizes import size_of

MOST_DAYS = 5000
USUAL_HALF_YEARS = 6
LONGEST_ENTRY = 500
"""Characters of one entry."""
YEARS = range(2000, 2101)
_HALF_YEAR = re.compile(r"(\d{4})-([12])", re.ASCII)

TEXTS = ("first", "count", "staff", "bound", "dates", "deadline")
"""The entries that are one text each."""


@dataclass(frozen=True, slots=True)
class RoadmapEntries:
    """What people enter, as text; what is empty was not entered.

    `first` half-year (2027-1), `count` of half-years, `staff` days and `bound` days of each, meeting `dates`, `deadline` of
    the budget, `double` budget; by step: those that need `money`, `by` when they are finished, what is `after` a half-year.
    """

    first: str = ""
    count: str = ""
    staff: str = ""
    bound: str = ""
    dates: str = ""
    deadline: str = ""
    double: bool = False
    money: tuple[str, ...] = ()
    by: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> tuple[str, ...]:
        """The steps that entries name, each once."""
        return tuple(dict.fromkeys((*self.money, *self.by, *self.after)))


@dataclass(frozen=True, slots=True)
class Asked:
    """What entries say, and what is wrong with them, by entry (of a step: `by-P1-0-1`); then there is no calendar."""

    entries: RoadmapEntries
    first: HalfYear
    count: int
    calendar: Calendar | None
    commitments: tuple[Commitment, ...]
    problems: Mapping[str, Wording]


def read_entries(entries: RoadmapEntries, steps: Sequence[str], today: date) -> Asked:
    """What entries say. `steps` are those of the questionnaire; without a first half-year it is the next one."""
    problems = dict(_unreadable(entries))
    first = _half_year(entries.first, "first", problems) or HalfYear.of(today).later(1)
    count = _count(entries.count, problems)
    staff, bound = (_days(entries, name, count, problems) for name in ("staff", "bound"))
    meetings, applied = _dates(entries.dates, problems), _deadline(entries.deadline, problems)
    problems |= {**_lacking(entries, problems), **_unknown(entries, steps)}
    busy = (DaysBound(first.later(at), days) for at, days in enumerate(bound) if days)
    commitments = (*busy, *_promises(entries, problems))
    calendar = None
    if staff and not problems:
        known = HalfYear.of(max(meetings)) if meetings else first.later(-1)
        rounds = budgets(first.year, first.later(count).year + 2, *applied, double=entries.double) if applied else ()
        calendar = Calendar(first, staff, meetings, known, rounds)
    return Asked(entries, first, count, calendar, commitments, problems)


def problem_asked(questionnaire: Questionnaire, result: Result, target: Target, asked: Asked) -> RoadmapProblem:
    """What is to be planned by these entries; where they hold no staff days yet, with none."""
    recommendations = {step.id: step for step in questionnaire.recommendations}
    money = [step for step in asked.entries.money if step in recommendations]
    return problem_for(
        questionnaire,
        result,
        target,
        asked.calendar or Calendar(asked.first, (0,) * asked.count),
        sizes={id: replace(size_of(recommendations[id]), money=True) for id in money},
        commitments=asked.commitments if asked.calendar else (),
    )


def write_entries(entries: RoadmapEntries) -> dict[str, Any]:
    """Entries as plain data, without what was not entered."""
    written: dict[str, Any] = {name: getattr(entries, name) for name in TEXTS}
    written |= {"double": entries.double, "money": list(entries.money)}
    written |= {"by": dict(entries.by), "after": dict(entries.after)}
    return {name: value for name, value in written.items() if value}


def parse_entries(node: Node) -> RoadmapEntries:
    """Entries out of plain data, strictly; what they say is for `read_entries`."""
    given = node.fields((), (*TEXTS, "double", "money", "by", "after"))
    texts = {name: given[name].line(LONGEST_ENTRY) if name in given else "" for name in TEXTS}
    return RoadmapEntries(
        first=texts["first"],
        count=texts["count"],
        staff=texts["staff"],
        bound=texts["bound"],
        dates=texts["dates"],
        deadline=texts["deadline"],
        double=given["double"].flag() if "double" in given else False,
        money=given["money"].each(Node.line) if "money" in given else (),
        by=_of_steps(given["by"]) if "by" in given else {},
        after=_of_steps(given["after"]) if "after" in given else {},
    )


def _of_steps(node: Node) -> dict[str, str]:
    return {step: one.line(LONGEST_ENTRY) for step, one in node.entries().items()}


def _unreadable(entries: RoadmapEntries) -> Iterator[tuple[str, Wording]]:
    for name in TEXTS:
        if len(getattr(entries, name)) > LONGEST_ENTRY or texts.UNPRINTABLE.search(getattr(entries, name)):
            german = f"Bitte höchstens {LONGEST_ENTRY} druckbare Zeichen."
            yield name, Wording(german, f"Please enter at most {LONGEST_ENTRY} printable characters.")


def _lacking(entries: RoadmapEntries, problems: Mapping[str, Wording]) -> dict[str, Wording]:
    """What has to be entered once anything is, unless it is wrong already."""
    lacking = {}
    if not entries.staff and "staff" not in problems and entries != RoadmapEntries():
        lacking["staff"] = Wording("Bitte Personentage eintragen.", "Please enter person-days.")
    if entries.money and not entries.deadline:
        lacking["deadline"] = Wording(
            "Schritte brauchen Geld aus dem Haushalt: bitte die Anmeldefrist eintragen.",
            "Steps need money from the budget: please enter the deadline.",
        )
    return lacking


def _unknown(entries: RoadmapEntries, steps: Sequence[str]) -> dict[str, Wording]:
    """Steps that entries name and the questionnaire does not have."""
    example = next(iter(steps), "–")
    places = [("money", step) for step in entries.money]
    places += [(f"{name}-{step}", step) for name in ("by", "after") for step in getattr(entries, name)]
    return {
        place: Wording(
            f"„{shown(step)}“ ist kein Schritt des Fragebogens; Schritte heißen zum Beispiel {example}.",
            f'"{shown(step)}" is no step of the questionnaire; steps are called for example {example}.',
        )
        for place, step in places
        if step not in steps
    }


def _promises(entries: RoadmapEntries, problems: dict[str, Wording]) -> Iterator[Commitment]:
    for step, text in entries.by.items():
        if latest := _half_year(text, f"by-{step}", problems):
            yield FinishBy(step, latest)
    for step, text in entries.after.items():
        if earliest := _half_year(text, f"after-{step}", problems):
            yield NotBefore(step, earliest)


def half_year(text: str) -> HalfYear | None:
    """A half-year written like 2027-2; None for anything else and for years that nobody plans."""
    found = _HALF_YEAR.fullmatch(text)
    return HalfYear(int(found[1]), int(found[2])) if found and int(found[1]) in YEARS else None


def _half_year(text: str, place: str, problems: dict[str, Wording]) -> HalfYear | None:
    found = half_year(text)
    if text and not found:
        problems[place] = Wording(
            f"„{shown(text)}“ ist kein Halbjahr; bitte so schreiben: 2027-2",
            f'"{shown(text)}" is no half-year; write 2027-2',
        )
    return found


def _number(text: str, least: int, most: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most else None


def _count(text: str, problems: dict[str, Wording]) -> int:
    number = _number(text, 1, MOST_HALF_YEARS)
    if text and number is None:
        problems["count"] = Wording(
            f"Bitte eine Zahl von 1 bis {MOST_HALF_YEARS}.", f"Please enter a number from 1 to {MOST_HALF_YEARS}."
        )
    return number or USUAL_HALF_YEARS


def _days(entries: RoadmapEntries, name: str, count: int, problems: dict[str, Wording]) -> tuple[int, ...]:
    """One number for every half-year, or one for each; the last one holds on."""
    text: str = getattr(entries, name)
    if not text or name in problems:
        return ()
    numbers = [_number(part.strip(), 0, MOST_DAYS) for part in text.replace(";", ",").split(",")]
    if any(number is None for number in numbers) or len(numbers) > count:
        problems[name] = Wording(
            f"Bitte ganze Zahlen von 0 bis {MOST_DAYS}, durch Komma getrennt, höchstens {count}.",
            f"Please enter whole numbers from 0 to {MOST_DAYS}, with commas between, at most {count}.",
        )
        return ()
    given = [number for number in numbers if number is not None]
    return (*given, *[given[-1]] * (count - len(given)))


def _dates(text: str, problems: dict[str, Wording]) -> tuple[date, ...]:
    found: set[date] = set()
    for part in text.replace(",", " ").replace(";", " ").split():
        day = _day(part)
        if day is None:
            problems["dates"] = Wording(
                f"„{part[:20]}“ ist kein Datum; bitte so schreiben: 24.03.2027",
                f'"{part[:20]}" is no date; write 2027-03-24',
            )
            return ()
        found.add(day)
    return tuple(sorted(found))


def _day(text: str) -> date | None:
    parts = text.split(".")
    try:
        day = date(int(parts[2]), int(parts[1]), int(parts[0])) if len(parts) == 3 else date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _deadline(text: str, problems: dict[str, Wording]) -> tuple[int, int] | None:
    """Month and day of the year by which money is applied for."""
    if not text:
        return None
    parts = text.strip(".").split(".")
    try:
        day = date(2001, int(parts[1]), int(parts[0]))
    except (ValueError, IndexError):
        problems["deadline"] = Wording(
            "Bitte Tag und Monat so schreiben: 30.06.", "Please write day and month like this: 30.06."
        )
        return None
    return day.month, day.day
