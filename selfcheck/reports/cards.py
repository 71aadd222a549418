"""Invitation cards to print and cut out: one for each person, with a code for the phone's camera."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from scoring.model.wording import Language
from selfcheck.ground import resources
from selfcheck.ground.i18n import translator
from selfcheck.ground.qr import code
from selfcheck.ground.typesetting import UNDATED, printable, typeset


@dataclass(frozen=True, slots=True)
class Card:
    """One invitation: for which role group, and where it leads."""

    role: str
    address: str


@dataclass(frozen=True, slots=True)
class Round:
    """What people are invited to: by whom, what for, how long it takes, until when ratings are kept."""

    municipality: str
    purpose: str
    minutes: int
    until: str


LONGEST_PURPOSE = 160
"""Characters of the purpose on a card; the whole purpose stands on the page that the card leads to."""


def cards(here: Round, invitations: Sequence[Card], language: Language) -> bytes:
    """The cards as a PDF, eight on a page. Raises MissingAssets when the fonts have not been built."""
    _ = translator(language)
    data = {
        "language": language,
        "title": _("Invitation to rate covertly"),
        "municipality": printable(here.municipality),
        "about": _("How well do the specialist plannings work together here?"),
        "long": _("Your own view counts; it takes about {minutes} minutes.").format(minutes=here.minutes),
        "purpose": printable(_shortened(here.purpose)),
        "voluntary": _("Voluntary and without a name. Deleted at the evaluation, at the latest on {date}.").format(
            date=here.until
        ),
        "once": _("For one person, to be used once. Hand the cards out face down, so that nobody knows who has which."),
        "cards": [asdict(card) | {"code": code(card.address)} for card in invitations],
    }
    source = (resources.templates() / "report" / "cards.typ").read_bytes()
    return typeset(source, {"cards": json.dumps(data, ensure_ascii=False)}, created=UNDATED)


def _shortened(purpose: str) -> str:
    line = " ".join(purpose.split())
    return line if len(line) <= LONGEST_PURPOSE else f"{line[: LONGEST_PURPOSE - 1].rstrip()}…"
