"""What a roadmap is asked for: half-years, staff days, meetings, the budget. Read from the address, so it can be kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scoring.roadmap import Commitment, FinishBy, NotBefore
from scoring.roadmap_calendar import MOST_HALF_YEARS, Calendar, HalfYear, budgets
from scoring.wording import Wording

MOST_DAYS = 5000
USUAL_HALF_YEARS = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """What people entered, as text, and what is wrong with it, by field."""

    first: HalfYear
    count: int
    staff: str
    dates: str
    deadline: str
    double: bool
    money: frozenset[str]
    by: Mapping[str, int]
    after: Mapping[str, int]
    calendar: Calendar | None
    problems: Mapping[str, Wording]

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """Steps that are promised by a half-year or may not begin before one."""
        promised = (FinishBy(step, self.first.later(place)) for step, place in self.by.items())
        waiting = (NotBefore(step, self.first.later(place)) for step, place in self.after.items())
        return (*promised, *waiting)


def asked_in(sent: Mapping[str, str], money: frozenset[str], steps: tuple[str, ...], today: date) -> Asked:
    """What the address asks for; without staff days there is no calendar yet."""
    problems: dict[str, Wording] = {}
    first = HalfYear.of(today).later(1)
    count = _number(sent.get("count", ""), 1, MOST_HALF_YEARS) or USUAL_HALF_YEARS
    staff, dates, deadline = (sent.get(name, "").strip() for name in ("staff", "dates", "deadline"))
    days = _staff(staff, count, problems)
    meetings = _dates(dates, problems)
    applied = _deadline(deadline, problems)
    double = sent.get("double") == "y"
    calendar = None
    if days and not problems:
        known = first.later(-1) if not meetings else HalfYear.of(max(meetings))
        rounds = budgets(first.year, first.later(count).year + 2, *applied, double=double) if applied else ()
        calendar = Calendar(first, days, meetings, known, rounds)
    return Asked(
        first,
        count,
        staff,
        dates,
        deadline,
        double,
        money & frozenset(steps) if applied else frozenset(),
        _places(sent, "by", steps, count),
        _places(sent, "after", steps, count),
        calendar,
        problems,
    )


def _number(text: str, least: int, most: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and least <= int(text) <= most else None


def _staff(text: str, count: int, problems: dict[str, Wording]) -> tuple[int, ...]:
    """One number for every half-year, or one for each; the last one holds on."""
    if not text:
        return ()
    numbers = [_number(part.strip(), 0, MOST_DAYS) for part in text.replace(";", ",").split(",")]
    if any(number is None for number in numbers) or len(numbers) > count:
        problems["staff"] = Wording(
            f"Bitte ganze Zahlen von 0 bis {MOST_DAYS}, durch Komma getrennt, höchstens {count}.",
            f"Please enter whole numbers from 0 to {MOST_DAYS}, with commas between, at most {count}.",
        )
        return ()
    given = [number for number in numbers if number is not None]
    return (*given, *[given[-1]] * (count - len(given)))


def _dates(text: str, problems: dict[str, Wording]) -> tuple[date, ...]:
    found: list[date] = []
    for part in text.replace(",", " ").replace(";", " ").split():
        day = _day(part)
        if day is None:
            problems["dates"] = Wording(
                f"„{part[:20]}“ ist kein Datum; bitte so schreiben: 24.03.2027",
                f'"{part[:20]}" is no date; write 2027-03-24',
            )
            return ()
        found.append(day)
    return tuple(sorted(found))


def _day(text: str) -> date | None:
    parts = text.split(".")
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0])) if len(parts) == 3 else date.fromisoformat(text)
    except ValueError:
        return None


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


def _places(sent: Mapping[str, str], name: str, steps: tuple[str, ...], count: int) -> dict[str, int]:
    found = {step: _number(sent.get(f"{name}-{step}", ""), 0, count - 1) for step in steps}
    return {step: place for step, place in found.items() if place is not None}
