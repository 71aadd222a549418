"""Days for calendars (iCalendar, RFC 5545), so that they can be taken over into any calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from selfcheck import __version__


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry over whole days, `first` to `last` inclusive. The same `id` replaces an earlier import of it."""

    id: str
    first: date
    last: date
    title: str
    text: str = ""


def calendar_file(name: str, entries: Iterable[CalendarEntry], made: datetime) -> bytes:
    """An iCalendar file with these entries; `made` is the moment it is made at."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Selbstcheck//{__version__}//DE")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.id}@selfcheck")
        event.add("dtstamp", made.astimezone(UTC))
        event.add("dtstart", entry.first)
        event.add("dtend", entry.last + timedelta(days=1))  # the end of an entry over whole days is exclusive
        event.add("summary", entry.title)
        if entry.text:
            event.add("description", entry.text)
        event.add("transp", "TRANSPARENT")  # it books nobody's day
        calendar.add_component(event)
    return bytes(calendar.to_ical())
