"""Days, moments and counts as each language writes them."""

from datetime import date, datetime

from scoring.model.wording import Language
from selfcheck.ground.days import GERMANY, day_of

_DAY: dict[Language, str] = {"de": "dd.MM.y", "en": "d MMMM y"}
_LOCALE: dict[Language, str] = {"de": "de_DE", "en": "en_GB"}


def written_day(day: date, language: Language) -> str:
    """A day as the language writes it."""
    from babel.dates import format_date

    return format_date(day, _DAY[language], locale=_LOCALE[language])


def written_moment(moment: datetime, language: Language) -> str:
    """A day with the time of day in Germany, as the language writes it."""
    from babel.dates import format_time

    time_of_day = format_time(moment, "HH:mm", tzinfo=GERMANY, locale=_LOCALE[language])
    return f"{written_day(day_of(moment), language)}, {time_of_day}"


def written_count(count: int, language: Language) -> str:
    """A whole number with its digits in groups: in German with a blank that never breaks, as DIN 5008 asks."""
    from babel.numbers import format_decimal

    written = format_decimal(count, locale=_LOCALE[language])
    return written.replace(".", "\N{NO-BREAK SPACE}") if language == "de" else written
