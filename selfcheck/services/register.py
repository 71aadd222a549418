"""The register of municipalities in this installation: take a file in, find territories, link a self-check to one.

Keys die and are born. What a newer file does not hold any more is closed and never deleted, so that old self-checks
and workshops keep their keys.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args

from sqlalchemy import ColumnElement, case, func, insert, or_, select
from sqlalchemy.orm import Session

from scoring.model import texts
from scoring.model.names import plain, spelled, titled
from scoring.model.questionnaire import ChoiceQuestion
from scoring.model.wording import Wording
from selfcheck.models import Assessment, RegisterEdition, RegisterEntry, now
from selfcheck.register.edition import LEVELS, Edition, Entry, TerritoryLevel, kind_name
from selfcheck.register.questions import KIND, SIZE, STATE
from selfcheck.services import assessments

LINKABLE: tuple[TerritoryLevel, ...] = ("county", "city", "association", "municipality")
"""What a self-check can be linked to; among these the 12-digit key is unique."""
SHORTEST_SEARCH = 2
STATE_KEYS = dict(
    zip(
        (f"{number:02}" for number in range(1, 17)),
        ("SH", "HH", "NI", "HB", "NW", "HE", "RP", "BW", "BY", "SL", "BE", "BB", "MV", "SN", "ST", "TH"),
        strict=True,
    )
)
SIZES = ((20_000, "under-20"), (50_000, "20-50"), (100_000, "50-100"), (250_000, "100-250"), (500_000, "250-500"))
LARGEST = "over-500"


class Older(Exception):
    """The file is older than the newest one that was taken in; nothing was changed."""

    def __init__(self, newest: date) -> None:
        super().__init__(newest.isoformat())
        self.newest = newest


class Incomplete(Exception):
    """The file lacks whole federal states that the register holds; nothing was changed."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


@dataclass(slots=True)
class Counts:
    """What became of the entries of one level."""

    new: int = 0
    changed: int = 0
    closed: int = 0
    unchanged: int = 0

    @property
    def now(self) -> int:
        """How many there are afterwards."""
        return self.new + self.changed + self.unchanged


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What taking in a file came to; `repeated`: it was the same file as last time."""

    as_of: date
    population: int
    counts: Mapping[TerritoryLevel, Counts]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A territory of the register, with the names of what it lies in, by which equal names are told apart.

    It has existed since at least `valid_from` and, when it is closed, does not exist any more on `valid_to`.
    """

    level: TerritoryLevel
    ars: str
    ags: str
    name: str
    kind: str
    population: int
    area: int
    valid_from: date
    valid_to: date | None
    state: str
    county: str = ""
    association: str = ""

    @property
    def kind_name(self) -> Wording:
        """What kind of territory it is."""
        return kind_name(self.level, self.kind)

    @property
    def place(self) -> str:
        """What it lies in, from near to far; nothing for a federal state."""
        around = (self.association, self.county, self.state if self.level != "state" else "")
        return ", ".join(name for name in around if name)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the register of this installation holds."""

    as_of: date
    editions: tuple[date, ...]
    population: int
    existing: Mapping[TerritoryLevel, int]
    closed: Mapping[TerritoryLevel, int]


# --------------------------------------------------------------------------------------------------- taking files in
def take_in(session: Session, edition: Edition) -> TakenIn:
    """Take in a file: add, change, close. Raises Older and Incomplete.

    The same file again changes nothing. What reappears begins a new validity, unless a file of the same date had closed it.
    """
    last = session.scalars(select(RegisterEdition).order_by(RegisterEdition.imported.desc())).first()
    day = edition.as_of.isoformat()
    if last and day < last.as_of:
        raise Older(date.fromisoformat(last.as_of))
    stored = {(row.level, row.ars): row for row in session.scalars(select(RegisterEntry).where(_exists()))}
    counts = {level: Counts() for level in LEVELS}
    population = sum(entry.population for entry in edition.entries if entry.level == "state")
    if last and edition.digest == last.digest:
        for entry in edition.entries:
            counts[entry.level].unchanged += 1
        return TakenIn(edition.as_of, population, counts, repeated=True)
    _refuse_incomplete(stored, edition)
    closed_today = {
        (row.level, row.ars): row for row in session.scalars(select(RegisterEntry).where(RegisterEntry.valid_to == day))
    }
    added: list[dict[str, Any]] = []
    for entry in edition.entries:
        key = (entry.level, entry.ars)
        if row := stored.pop(key, None):
            _count_change(counts[entry.level], row, entry)
        elif row := closed_today.get(key):
            row.valid_to = None
            _describe(row, entry)
            counts[entry.level].new += 1
        else:
            added.append(_columns(entry) | {"level": entry.level, "ars": entry.ars, "valid_from": day})
            counts[entry.level].new += 1
    for row in stored.values():
        row.valid_to = day
        counts[_level(row.level)].closed += 1
    session.flush()
    if added:
        session.execute(insert(RegisterEntry), added)
    session.add(RegisterEdition(as_of=day, digest=edition.digest, imported=now()))
    session.flush()
    return TakenIn(edition.as_of, population, counts)


def _refuse_incomplete(stored: Mapping[tuple[str, str], RegisterEntry], edition: Edition) -> None:
    given = {entry.ars for entry in edition.entries if entry.level == "state"}
    missing = [row.name for (level, ars), row in stored.items() if level == "state" and ars not in given]
    if missing:
        raise Incomplete(missing)


def _count_change(counts: Counts, row: RegisterEntry, entry: Entry) -> None:
    if all(getattr(row, column) == value for column, value in _columns(entry).items()):
        counts.unchanged += 1
    else:
        _describe(row, entry)
        counts.changed += 1


def _describe(row: RegisterEntry, entry: Entry) -> None:
    for column, value in _columns(entry).items():
        setattr(row, column, value)


def _columns(entry: Entry) -> dict[str, Any]:
    """What a row says of an entry, besides its key and validity."""
    return {
        "ags": entry.ags,
        "name": entry.name,
        "kind": entry.kind,
        "state": entry.ars[:2],
        "county": entry.ars[:5] if entry.level in LINKABLE or entry.level == "unincorporated" else "",
        "population": entry.population,
        "area": entry.area,
        "spelled": spelled(entry.name),
        "plain": plain(entry.name),
    }


# ----------------------------------------------------------------------------------------------------------- finding
def find(session: Session, text: str, limit: int = 20) -> tuple[Found, ...]:
    """What a search field offers for a part of a name or a key: what exists and can be linked, best matches first.

    The register calls the county of Gifhorn "Gifhorn": "Landkreis Gifhorn" finds it as well.
    """
    only = (_exists(), RegisterEntry.level.in_(LINKABLE))
    found = _found(session, text, limit, only)
    kind, name = titled(text)
    if found or kind is None:
        return found
    level = (RegisterEntry.level == "county",) if kind == "county" else ()
    return _found(session, name, limit, (*only, *level))


def look_up(session: Session, text: str, limit: int = 50) -> tuple[Found, ...]:
    """Every territory with exactly this name or key, of any level and closed ones too; else those whose name holds it."""
    key = _key(text)
    if key:
        return _found(session, text, limit, ())
    return _found(session, text, limit, (_rank(text) == 0,)) or _found(session, text, limit, ())


def _found(session: Session, text: str, limit: int, only: tuple[ColumnElement[bool], ...]) -> tuple[Found, ...]:
    key = _key(text)
    if len(texts.line(text)) < SHORTEST_SEARCH:
        return ()
    wanted = _has_key(key) if key else or_(*(column.contains(part, autoescape=True) for column, part in _parts(text)))
    order = (RegisterEntry.valid_to.is_not(None), _rank(text), RegisterEntry.spelled, RegisterEntry.ars)
    rows = session.scalars(select(RegisterEntry).where(wanted, *only).order_by(*order).limit(limit)).all()
    return tuple(_with_surroundings(session, rows))


def _parts(text: str) -> tuple[tuple[Any, str], ...]:
    return (RegisterEntry.spelled, spelled(text)), (RegisterEntry.plain, plain(text))


def _rank(text: str) -> ColumnElement[int]:
    """0: the name without its title ("Kiel, Landeshauptstadt"); 1: its beginning; 2: any part of it."""
    whole, begins = [], []
    for column, part in _parts(text):
        whole += [column == part, column.startswith(f"{part},", autoescape=True)]
        begins.append(column.startswith(part, autoescape=True))
    return case((or_(*whole), 0), (or_(*begins), 1), else_=2)


def _key(text: str) -> str:
    """The digits of a key, or nothing when it is a name."""
    digits = re.sub(r"[\s-]", "", texts.code(text))
    return digits if re.fullmatch(r"[0-9]{2,12}", digits) else ""


def _has_key(key: str) -> ColumnElement[bool]:
    """The key as AGS or ARS, whole or without the zeros at its end: "05774" is a county."""
    ars = RegisterEntry.ars == key.ljust(12, "0")
    return or_(ars, RegisterEntry.ags == key) if len(key) == 8 else ars


def entry(session: Session, ars: str) -> Found | None:
    """The county, city, association or municipality with this 12-digit key; one that is closed only if none exists."""
    order = (RegisterEntry.valid_to.is_not(None), RegisterEntry.valid_from.desc())
    wanted = (RegisterEntry.ars == ars, RegisterEntry.level.in_(LINKABLE))
    row = session.scalars(select(RegisterEntry).where(*wanted).order_by(*order)).first()
    return next(iter(_with_surroundings(session, [row])), None) if row else None


def _with_surroundings(session: Session, rows: Sequence[RegisterEntry]) -> list[Found]:
    around = {row.ars[:digits].ljust(12, "0") for row in rows for digits in (2, 5, 9)}
    wanted = (RegisterEntry.ars.in_(around), RegisterEntry.level.in_(("state", "county", "association")))
    order = (RegisterEntry.valid_from, RegisterEntry.valid_to.is_(None))
    names = {
        (one.level, one.ars): one.name for one in session.scalars(select(RegisterEntry).where(*wanted).order_by(*order))
    }
    return [_one(row, names) for row in rows]


def _one(row: RegisterEntry, names: Mapping[tuple[str, str], str]) -> Found:
    def above(level: TerritoryLevel, digits: int) -> str:
        return "" if row.level == level else names.get((level, row.ars[:digits].ljust(12, "0")), "")

    in_county = row.level in ("association", "municipality", "unincorporated")
    return Found(
        _level(row.level),
        row.ars,
        row.ags,
        row.name,
        row.kind,
        row.population,
        row.area,
        date.fromisoformat(row.valid_from),
        date.fromisoformat(row.valid_to) if row.valid_to else None,
        names.get(("state", row.state.ljust(12, "0")), ""),
        above("county", 5) if in_county else "",
        above("association", 9) if row.level == "municipality" else "",
    )


def standing(session: Session) -> Standing | None:
    """What the register holds, or nothing before a file was taken in."""
    days = session.scalars(select(RegisterEdition.as_of).order_by(RegisterEdition.imported)).all()
    if not days:
        return None
    people = select(func.sum(RegisterEntry.population)).where(_exists(), RegisterEntry.level == "state")
    return Standing(
        date.fromisoformat(days[-1]),
        tuple(date.fromisoformat(day) for day in days),
        session.scalar(people) or 0,
        _by_level(session, _exists()),
        _by_level(session, RegisterEntry.valid_to.is_not(None)),
    )


def as_of(session: Session) -> date | None:
    """The date of the newest file, or nothing before one was taken in."""
    day = session.scalar(select(func.max(RegisterEdition.as_of)))
    return date.fromisoformat(day) if day else None


def _by_level(session: Session, wanted: ColumnElement[bool]) -> dict[TerritoryLevel, int]:
    rows = session.execute(select(RegisterEntry.level, func.count()).where(wanted).group_by(RegisterEntry.level))
    return {_level(level): count for level, count in rows}


def _exists() -> ColumnElement[bool]:
    return RegisterEntry.valid_to.is_(None)


def _level(written: str) -> TerritoryLevel:
    return next(level for level in get_args(TerritoryLevel) if level == written)


# ------------------------------------------------------------------------------------------------- the questionnaire
def kind_and_size(found: Found) -> dict[str, str]:
    """What the register says about kind, federal state and size class: the choice by question of the context.

    An association of municipalities has no kind here: the questionnaire does not name it, so people choose.
    """
    kinds: dict[TerritoryLevel, str] = {"county": "county", "city": "city", "municipality": "county-town"}
    kind = kinds.get(found.level)
    if found.level == "county" and re.match(r"(Region|Städteregion|Regionalverband)\b", found.name):
        kind = "region"
    size = next((key for below, key in SIZES if found.population < below), LARGEST)
    said = {KIND: kind, STATE: STATE_KEYS.get(found.ars[:2]), SIZE: size}
    return {question: choice for question, choice in said.items() if choice}


def link(assessment: Assessment, found: Found) -> tuple[str, ...]:
    """Link a self-check to a territory; answers kind, state and size where they are open. Returns these questions.

    What people have answered stays as it is, and so does the name, which is free text.
    """
    sheet, questionnaire = assessments.sheet_of(assessment), assessments.questionnaire_of(assessment)
    possible = {
        question.id: {choice.key for choice in question.choices}
        for question in questionnaire.context
        if isinstance(question, ChoiceQuestion)
    }
    open_ones = {
        question: choice
        for question, choice in kind_and_size(found).items()
        if choice in possible.get(question, ()) and question not in sheet.context.choices
    }
    context = replace(sheet.context, choices={**sheet.context.choices, **open_ones})
    assessments.describe(assessment, sheet.municipality, sheet.scope, context)
    assessment.ars = found.ars
    return tuple(open_ones)


def unlink(assessment: Assessment) -> None:
    """Take the link away; everything else stays."""
    assessment.ars, assessment.changed = None, now()
