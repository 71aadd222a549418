"""The interface in German and English, from the gettext catalogues; the same ones for commands, reports and pages."""

import gettext
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from scoring.model.wording import LANGUAGES, Language
from selfcheck.ground import resources

DEFAULT: Language = "de"
GERMANY = ZoneInfo("Europe/Berlin")
Translate = Callable[[str], str]


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: Language) -> gettext.NullTranslations:
    """The compiled catalogue; English is the language of the code and needs none."""
    return gettext.translation("messages", resources.translations(), languages=[language], fallback=language == "en")


def translator(language: Language) -> Translate:
    """The function that turns an English text of the code into the language; usually named `_`."""
    return catalogue(language).gettext


def written_day(day: date, language: Language) -> str:
    """A day as the language writes it."""
    return f"{day.day:02}.{day.month:02}.{day.year}" if language == "de" else f"{day.day} {day:%B} {day.year}"


def written_moment(moment: datetime, language: Language) -> str:
    """A day with the time of day in Germany, as the language writes it."""
    here = moment.astimezone(GERMANY)
    return f"{written_day(here.date(), language)}, {here:%H:%M}"


def written_count(count: int, language: Language) -> str:
    """A whole number as the language groups its digits."""
    return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}") if language == "de" else f"{count:,}"
