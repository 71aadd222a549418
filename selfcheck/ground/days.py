"""One calendar for the product: the day of a moment is the day it has in Germany, whatever clock the server runs on."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

GERMANY = ZoneInfo("Europe/Berlin")


def today() -> date:
    """The day it is in Germany."""
    return day_of(datetime.now(UTC))


def day_of(moment: datetime) -> date:
    """The day a moment has in Germany: half past midnight belongs to the new day, though it is still yesterday in UTC."""
    return moment.astimezone(GERMANY).date()


def end_of(day: date) -> datetime:
    """The moment at which a day is over in Germany."""
    return datetime.combine(day + timedelta(days=1), time(), GERMANY).astimezone(UTC)
