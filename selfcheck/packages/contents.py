"""A package as plain data, and plain data strictly read as a package: nothing is there that is not named here."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, get_args

from scoring.model.answers import Scope, Target
from scoring.model.origin import OptionKey
from scoring.plain.problems import Invalid
from scoring.plain.reading import Node
from scoring.workshop.members import Shown
from selfcheck.ground.days import day_of
from selfcheck.packages.package import MOST_DAYS, Address, Consents, Figures, Package, Revocation
from selfcheck.packages.refusals import NotAPackage, Refused
from selfcheck.packages.sealed import OpenedFile
from selfcheck.reading.files import Document, located

ID = re.compile("[0-9a-f]{32}")
HASH = re.compile("[0-9a-f]{64}")
FINGERPRINT = re.compile("([0-9a-f]{4} ){7}[0-9a-f]{4}")
NUMBER = re.compile("-?[0-9]{1,9}(/[1-9][0-9]{0,8})?")
SHORT, LONG, MOST_ENTRIES = 200, 2000, 500
MOST_TANDEMS = 2
FIELDS = (
    "product_version",
    "id",
    "issued",
    "expires",
    "use",
    "purpose",
    "addressed_to",
    "questionnaire",
    "scope",
    "answered",
    "shown",
    "name",
    "pseudonym",
    "consents",
    "context",
    "values",
    "target",
)
NUMBERS = ("value", "minimum", "lowest", "highest")
TICKS = ("screen", "tandems", "protocol", "later")


def written(package: Package) -> dict[str, Any]:
    """The plain data of a package."""
    data: dict[str, Any] = {
        "product_version": package.product_version,
        "id": package.id,
        "issued": package.issued.astimezone(UTC).isoformat(timespec="seconds"),
        "expires": package.expires.isoformat(),
        "use": package.use,
        "purpose": package.purpose,
        "addressed_to": {"agency": package.addressed_to.agency, "fingerprint": package.addressed_to.fingerprint},
        "questionnaire": {"id": package.questionnaire, "version": package.version, "fingerprint": package.fingerprint},
        "scope": package.scope if isinstance(package.scope, str) else list(package.scope),
        "answered": package.answered.isoformat(),
        "shown": package.shown,
        "name": package.name,
        "pseudonym": package.pseudonym,
        "consents": {tick: getattr(package.consents, tick) for tick in TICKS} | {"capacity": package.consents.capacity},
        "context": dict(package.context),
        "values": {id: _figures(figures) for id, figures in package.values.items()},
        "target": _target(package.target),
    }
    return data if package.stages is None else data | {"stages": dict(package.stages)}


def _figures(figures: Figures) -> dict[str, Any]:
    numbers = {name: None if (number := getattr(figures, name)) is None else str(number) for name in NUMBERS}
    return {**numbers, "answered": figures.answered, "asked": figures.asked}


def _target(target: Target | None) -> dict[str, Any] | None:
    return {"year": target.year, "stages": dict(target.stages)} if target else None


def written_revocation(revocation: Revocation) -> dict[str, Any]:
    """The plain data of a revocation."""
    return {"id": revocation.id, "revoked": revocation.revoked.astimezone(UTC).isoformat(timespec="seconds")}


def read_package(opened: OpenedFile) -> Package:
    """The package in an opened file. Raises Refused with every problem."""
    return parse_package(opened.content, opened.name)


def parse_package(data: Mapping[str, Any], name: str = "") -> Package:
    """The package in plain data. Raises Refused with every problem."""
    node = Node(data)
    read = _package(node)
    _done(node, name)
    return read


def read_revocation(opened: OpenedFile) -> Revocation:
    """The revocation in an opened file. Raises Refused with every problem."""
    node = Node(opened.content)
    entries = node.fields(("id", "revoked"))
    read = Revocation(_like(entries["id"], ID), _moment(entries["revoked"]))
    _done(node, opened.name)
    return read


def _done(node: Node, name: str) -> None:
    try:
        node.raise_problems()
    except Invalid as invalid:
        raise Refused(NotAPackage(located(Document(name, node.value), invalid).problems)) from invalid


def _package(node: Node) -> Package:
    entries = node.fields(FIELDS, ("stages",))
    about = entries["questionnaire"].fields(("id", "version", "fingerprint"))
    to = entries["addressed_to"].fields(("agency", "fingerprint"))
    issued, expires = _validity(entries["issued"], entries["expires"])
    shown = entries["shown"].one_of(get_args(Shown))
    return Package(
        product_version=entries["product_version"].line(SHORT),
        id=_like(entries["id"], ID),
        issued=issued,
        expires=expires,
        use=entries["use"].line(SHORT),
        purpose=entries["purpose"].writing(LONG),
        addressed_to=Address(to["agency"].line(SHORT), _like(to["fingerprint"], FINGERPRINT, or_empty=True)),
        questionnaire=about["id"].line(SHORT),
        version=about["version"].line(SHORT),
        fingerprint=_like(about["fingerprint"], HASH),
        scope=_scope(entries["scope"]),
        answered=_day(entries["answered"]),
        shown=shown,
        name=entries["name"].line(SHORT) if shown == "named" else _nothing(entries["name"]),
        consents=_consents(entries["consents"]),
        context={question: choice.line(SHORT) for question, choice in _few(entries["context"]).items()},
        values={id: _numbers(figures) for id, figures in _few(entries["values"]).items()},
        pseudonym=_like(entries["pseudonym"], ID, or_empty=True),
        target=_wanted(entries["target"]) if entries["target"].value is not None else None,
        stages=_stages(entries["stages"]) if "stages" in entries else None,
    )


def _validity(issued: Node, expires: Node) -> tuple[datetime, date]:
    """From when on a package counts, and until when."""
    first, last = _moment(issued), _day(expires)
    if not 0 <= (last - day_of(first)).days <= MOST_DAYS:
        expires.expected(
            "ein Tag höchstens zwölf Monate nach der Unterschrift", "a day at most twelve months after signing"
        )
    return first, last


def _stages(node: Node) -> dict[str, OptionKey | None]:
    return {id: _stage(stage) for id, stage in _few(node).items()}


def _few(node: Node) -> dict[str, Node]:
    entries = node.entries()
    if len(entries) > MOST_ENTRIES:
        node.problem(f"mehr als {MOST_ENTRIES} Einträge", f"more than {MOST_ENTRIES} entries")
    return entries


def _nothing(node: Node) -> str:
    if node.value != "":
        node.expected("nichts: Der Name steht nur mit „named“ in der Datei", 'nothing: a name goes only with "named"')
    return ""


def _like(node: Node, form: re.Pattern[str], *, or_empty: bool = False) -> str:
    if isinstance(node.value, str) and (form.fullmatch(node.value) or (or_empty and not node.value)):
        return node.value
    node.expected("eine Kennung in der vorgesehenen Schreibweise", "an id in the form that is laid down")
    return ""


def _moment(node: Node) -> datetime:
    try:
        read = datetime.fromisoformat(node.value)
        if read.isoformat(timespec="seconds") == node.value and read.tzinfo is not None and not read.utcoffset():
            return read
    except (TypeError, ValueError):
        pass
    node.expected("ein Zeitpunkt wie 2026-03-16T09:30:00+00:00", "a moment such as 2026-03-16T09:30:00+00:00")
    return datetime.min.replace(tzinfo=UTC)


def _day(node: Node) -> date:
    try:
        read = date.fromisoformat(node.value)
        if read.isoformat() == node.value:
            return read
    except (TypeError, ValueError):
        pass
    node.expected("ein Tag wie 2026-03-16", "a day such as 2026-03-16")
    return date.min


def _scope(node: Node) -> Scope:
    return tuple(part.line(SHORT) for part in node.sequence()) if isinstance(node.value, list) else _whole(node)


def _whole(node: Node) -> Scope:
    return "short" if node.one_of(("full", "short")) == "short" else "full"


def _consents(node: Node) -> Consents:
    entries = node.fields((*TICKS, "capacity"))
    ticks = {tick: entries[tick].flag() for tick in TICKS}
    return Consents(**ticks, capacity=entries["capacity"].whole(1, MOST_TANDEMS))


def _numbers(node: Node) -> Figures:
    entries = node.fields((*NUMBERS, "answered", "asked"))
    value, minimum, lowest, highest = (_number(entries[name]) for name in NUMBERS)
    counts = (entries[name].whole(0, MOST_ENTRIES) for name in ("answered", "asked"))
    return Figures(value, minimum, lowest, highest, *counts)


def _number(node: Node) -> Fraction | None:
    if node.value is None:
        return None
    if isinstance(node.value, str) and NUMBER.fullmatch(node.value) and str(Fraction(node.value)) == node.value:
        return Fraction(node.value)
    node.expected('eine genaue Zahl wie "3/2"', 'an exact number such as "3/2"')
    return None


def _wanted(node: Node) -> Target:
    entries = node.fields(("year", "stages"))
    stages = {id: stage.whole(-MOST_ENTRIES, MOST_ENTRIES) for id, stage in _few(entries["stages"]).items()}
    return Target(entries["year"].whole(2000, 2100), stages)


def _stage(node: Node) -> OptionKey | None:
    if node.value is None or (isinstance(node.value, int) and not isinstance(node.value, bool)):
        return node.value
    return node.line(SHORT)
