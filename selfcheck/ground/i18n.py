"""The interface in German and English, from the gettext catalogues; the same ones for commands, reports and pages."""

import gettext
from collections.abc import Callable
from functools import lru_cache

from scoring.model.wording import LANGUAGES, Language
from selfcheck.ground import resources

DEFAULT: Language = "de"
Translate = Callable[[str], str]

N_ = str
"""Marks an English text that is translated where it is shown."""


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: Language) -> gettext.NullTranslations:
    """The compiled catalogue; English is the language of the code and needs none."""
    return gettext.translation("messages", resources.translations(), languages=[language], fallback=language == "en")


def translator(language: Language) -> Translate:
    """The function that turns an English text of the code into the language; usually named `_`."""
    return catalogue(language).gettext
