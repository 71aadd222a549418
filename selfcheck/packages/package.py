"""What a package may hold. There is no place in it for remarks, evidence, dissent, individual ratings or persons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from scoring.model.answers import Scope, Target
from scoring.model.origin import OptionKey
from scoring.workshop.members import Shown

WORKSHOP = "comparative-workshop"
"""The one use that packages have so far."""
MOST_DAYS = 366
"""A package is usable for at most twelve months."""


@dataclass(frozen=True, slots=True)
class Consents:
    """What a municipality agrees to, each by itself.

    `screen`: it may appear on a projector. `tandems`: its strengths and wishes may be used to propose up to `capacity`
    learning tandems. `protocol`: it appears in the protocol. `later`: its values may be counted in evaluations over
    several workshops, until the package expires.
    """

    screen: bool = False
    tandems: bool = False
    capacity: int = 1
    protocol: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Where one perspective stands: exact points of the scale, and how many of the asked items are answered."""

    value: Fraction | None
    minimum: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Address:
    """For whom a package is: the agency's name, and the fingerprint of its installation where it is known."""

    agency: str
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The values of one municipality for one purpose, until one day.

    `name` is empty unless the municipality is shown by name. `pseudonym` is the same in all packages of one self-check for
    one agency and says nothing else; it is empty where packages must not be told to belong together. `answered` is the day
    of its last change. `context` holds kind and size, and the federal state where the municipality wants it. `stages` holds
    the asked items with the stage that counts, "cannot-judge", or None for open; it is missing unless the municipality has
    ticked it.
    """

    product_version: str
    id: str
    issued: datetime
    expires: date
    use: str
    purpose: str
    addressed_to: Address
    questionnaire: str
    version: str
    fingerprint: str
    scope: Scope
    answered: date
    shown: Shown
    name: str
    consents: Consents
    context: Mapping[str, str]
    values: Mapping[str, Figures]
    pseudonym: str = ""
    target: Target | None = None
    stages: Mapping[str, OptionKey | None] | None = None


@dataclass(frozen=True, slots=True)
class Revocation:
    """A municipality takes a package back: its data are deleted and it is refused from now on."""

    id: str
    revoked: datetime
