"""When a meeting begins and how long it takes, from the address; nonsense becomes the usual half day."""

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.follow.agenda import HALF_DAY, SHORTEST

LENGTHS = (SHORTEST, 180, HALF_DAY, 300, 360)
NINE = 9 * 60


@dataclass(frozen=True, slots=True)
class Meeting:
    """Minute of the day at which it begins, and how many minutes it takes."""

    start: int = NINE
    minutes: int = HALF_DAY


def meeting_in(arguments: Mapping[str, str]) -> Meeting:
    """The meeting that `start` (09:00) and `minutes` ask for."""
    hours, _, minutes = arguments.get("start", "").partition(":")
    start = int(hours) * 60 + int(minutes) if hours.isdecimal() and minutes.isdecimal() else NINE
    length = arguments.get("minutes", "")
    wanted = int(length) if length.isdecimal() and int(length) in LENGTHS else HALF_DAY
    return Meeting(start if start + wanted <= 24 * 60 else NINE, wanted)
