"""What a municipality is told about a workshop before it agrees, in the same words on pages and on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scoring.model.wording import Language
from selfcheck.ground.i18n import Translate, translator
from selfcheck.ground.written import written_day


@dataclass(frozen=True, slots=True)
class Occasion:
    """A workshop to which municipalities are invited.

    `start` is a time such as "09:00" or empty, `threshold` counts municipalities.
    """

    title: str
    purpose: str
    day: date
    start: str
    keep_until: date
    threshold: int


def about(occasion: Occasion, language: Language, *, on_paper: bool = False) -> Iterator[tuple[str, str]]:
    """What it is for, what is copied, who sees it and when it is deleted; terms with what is said of each.

    `on_paper`: for a municipality that hands in the paper set and has no self-check here.
    """
    _ = translator(language)
    at = ", " + _("at %(time)s") % {"time": occasion.start} if occasion.start else ""
    yield _("What it is for"), occasion.purpose
    yield _("When"), f"{written_day(occasion.day, language)}{at}"
    yield (_("What is stored"), _entered(_)) if on_paper else (_("What is copied"), _copied(_))
    yield (
        _("Who sees it"),
        _(
            "What you choose decides. By name or with an alias, all in the room see your values beside the others; "
            "otherwise only numbers of at least %(count)s municipalities are shown, and none that could be found by "
            "subtraction. The moderation sees your name and what you agree to."
        )
        % {"count": occasion.threshold},
    )
    yield _("What does not happen"), _("No ranking, no overall score, no list sorted by best.")
    yield _("When it is deleted"), _deleted(_, on_paper) % {"day": written_day(occasion.keep_until, language)}


def _copied(_: Translate) -> str:
    return _(
        "Stages, targets and the answers about your municipality that values depend on. Never remarks, evidence, dissent, "
        "individual ratings or links. Later changes of your self-check are not seen until you renew the copy."
    )


def _entered(_: Translate) -> str:
    return _(
        "Stages, targets if you give any, and the answers about your municipality that values depend on, as the moderation "
        "enters them. Never remarks, evidence, dissent or individual ratings. What was entered wrongly is corrected by the "
        "moderation."
    )


def _deleted(_: Translate, on_paper: bool) -> str:
    if on_paper:
        return _(
            "At once when you leave with the link of your municipality; otherwise after %(day)s. You can take everything back "
            "at any time, also during the workshop."
        )
    return _(
        "At once when you leave or delete your self-check; otherwise after %(day)s. You can take everything back at any time, "
        "also during the workshop."
    )
