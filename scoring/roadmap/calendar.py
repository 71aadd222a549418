"""The calendar a roadmap has to keep: half-years with staff days, committee dates, budgets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scoring.model.wording import Wording

MOST_HALF_YEARS = 12
"""A roadmap looks at most six years ahead."""


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """January to June (half 1) or July to December (half 2) of a year."""

    year: int
    half: int

    @classmethod
    def of(cls, day: date) -> "HalfYear":
        """The half-year a day lies in."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    def later(self, count: int) -> "HalfYear":
        """The half-year so many half-years later; a negative number looks back."""
        year, half = divmod(self.year * 2 + self.half - 1 + count, 2)
        return HalfYear(year, half + 1)

    def since(self, other: "HalfYear") -> int:
        """How many half-years it comes after another one."""
        return (self.year - other.year) * 2 + self.half - other.half

    @property
    def written(self) -> str:
        """As people write it: 2027-2."""
        return f"{self.year}-{self.half}"

    @property
    def days(self) -> tuple[date, date]:
        """Its first and its last day."""
        if self.half == 1:
            return date(self.year, 1, 1), date(self.year, 6, 30)
        return date(self.year, 7, 1), date(self.year, 12, 31)

    @property
    def name(self) -> Wording:
        """The half-year in words, without an article."""
        ordinal = "first" if self.half == 1 else "second"
        return Wording(f"{self.half}. Halbjahr {self.year}", f"{ordinal} half of {self.year}")


@dataclass(frozen=True, slots=True)
class Budget:
    """What is applied for until `deadline` can be spent from the beginning of `first_year` on.

    A double budget is one budget for two years: there is simply no other deadline until it ends.
    """

    deadline: date
    first_year: int


def budgets(first_year: int, last_year: int, month: int, day: int, *, double: bool = False) -> tuple[Budget, ...]:
    """The budgets that begin in these years, each to be applied for by the same day of the year before.

    `double`: a budget covers two years, the first one `first_year` and the year after it. ValueError when the day
    does not exist in each of the years.
    """
    years = range(first_year, last_year + 1, 2 if double else 1)
    return tuple(Budget(date(year - 1, month, day), year) for year in years)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The half-years of a roadmap, counted from 0: `first` and those that follow, as many as `staff_days` has entries.

    `staff_days` are the whole person-days there are for integrated planning in each half-year. `committee_dates` are
    the days on which a body can decide. Nobody knows them for years ahead: after `dates_known_to` each half-year
    counts as one with a meeting; None says that there are no more dates than those named. ValueError for a number of
    half-years other than 1 to 12 and for negative days.
    """

    first: HalfYear
    staff_days: tuple[int, ...]
    committee_dates: tuple[date, ...] = ()
    dates_known_to: HalfYear | None = None
    budgets: tuple[Budget, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= len(self.staff_days) <= MOST_HALF_YEARS:
            raise ValueError(f"a roadmap has 1 to {MOST_HALF_YEARS} half-years, not {len(self.staff_days)}")
        if min(self.staff_days) < 0:
            raise ValueError("staff days are never negative")

    @property
    def length(self) -> int:
        """The number of half-years."""
        return len(self.staff_days)

    def half_year(self, place: int) -> HalfYear:
        """The half-year at a place; places outside the roadmap are counted on."""
        return self.first.later(place)

    def place(self, when: HalfYear | date) -> int:
        """Where a half-year or a day lies: 0 is the first half-year, negative is before it."""
        return (HalfYear.of(when) if isinstance(when, date) else when).since(self.first)

    def meets(self, place: int) -> bool:
        """Whether a body can decide in this half-year."""
        if self.dates_known_to is not None and place > self.place(self.dates_known_to):
            return True
        return any(self.place(day) == place for day in self.committee_dates)

    def application(self, begin: int) -> int | None:
        """By when (its half-year) money must have been applied for that is spent from this half-year on.

        It is the last deadline of all budgets whose money is there by then. A deadline before the roadmap has passed.
        Money is there from the first half-year of the budget on, and never in the half-year of the deadline itself.
        None when there is no such budget.
        """
        return max((deadline for deadline, money in self._rounds() if money <= begin), default=None)

    def _rounds(self) -> Iterator[tuple[int, int]]:
        """For each budget still to be applied for: the half-year of the deadline, and the first one with the money."""
        for budget in self.budgets:
            deadline = self.place(budget.deadline)
            if deadline >= 0:
                yield deadline, max(self.place(HalfYear(budget.first_year, 1)), deadline + 1)
