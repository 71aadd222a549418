"""Words that every layout of a report needs."""

from scoring.model.wording import Language
from selfcheck.ground.i18n import translator


def words(language: Language) -> dict[str, str]:
    """What a layout adds to the words of the outline."""
    _ = translator(language)
    return {
        "contents": _("Contents"),
        "page": _("Page {page} of {pages}"),
        "step": _("Step"),
        "question": _("Question"),
        "note": _("Note"),
    }
