"""The tables. Only what people entered is stored; results are computed whenever they are wanted."""

from selfcheck.models.agency import Agency, OwnPractices, Proposal
from selfcheck.models.assessment import (
    Assessment,
    HouseTemplate,
    Link,
    Snapshot,
    StoredAnswer,
    StoredMeasure,
    StoredModule,
    StoredRoadmap,
)
from selfcheck.models.base import Base, Moment, now
from selfcheck.models.doors import Access, Device, RatingKey, SeatKey
from selfcheck.models.packages import IssuedPackage, ReceivedPackage, TrustedKey
from selfcheck.models.ratings import Invitation, Respondent, StoredRating
from selfcheck.models.register import RegisterEdition, RegisterEntry
from selfcheck.models.sent import Sent
from selfcheck.models.workshop import LiveRound, Participation, Seat, Vote, Workshop

__all__ = [
    "Access",
    "Agency",
    "Assessment",
    "Base",
    "Device",
    "HouseTemplate",
    "Invitation",
    "IssuedPackage",
    "Link",
    "LiveRound",
    "Moment",
    "OwnPractices",
    "Participation",
    "Proposal",
    "RatingKey",
    "ReceivedPackage",
    "RegisterEdition",
    "RegisterEntry",
    "Respondent",
    "Seat",
    "SeatKey",
    "Sent",
    "Snapshot",
    "StoredAnswer",
    "StoredMeasure",
    "StoredModule",
    "StoredRating",
    "StoredRoadmap",
    "TrustedKey",
    "Vote",
    "Workshop",
    "now",
]
