"""Cards for the tables of a workshop: one for each municipality, with the way in for the phones of its people."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scoring.model.wording import Language
from selfcheck.ground import resources
from selfcheck.ground.i18n import translator
from selfcheck.ground.qr import code
from selfcheck.ground.typesetting import UNDATED, typeset
from selfcheck.ground.written import written_day
from selfcheck.reports.pdf import settable


@dataclass(frozen=True, slots=True)
class TeamCard:
    """The card that one municipality is handed: its name alone, never the alias it may appear under."""

    municipality: str
    team_code: str
    address: str


def team_cards(
    title: str, day: date, short_address: str, cards: Sequence[TeamCard], seats: int, language: Language
) -> bytes:
    """The cards as a PDF, two on a page; `seats` is how many phones each lets in. Raises MissingAssets without fonts."""
    _ = translator(language)
    data = {
        "language": language,
        "title": settable(_("Take part by phone")),
        "occasion": settable(title),
        "day": written_day(day, language),
        "by_hand": _("Or type the code on {address}").format(address=short_address),
        "code": _("Code for phones"),
        "seats": _("For up to {count} phones of this municipality.").format(count=seats),
        "note": _("No name, no account. Votes are hidden until they are revealed, and shown only all together."),
        "hand": _("One card for each municipality. Hand each over to its municipality and to nobody else."),
        "alt": _("QR code for the phones of this municipality"),
        "none": _("No municipality has joined yet. Phones come in with the code of their municipality."),
        "cards": [
            {
                "municipality": settable(one.municipality),
                "team_code": f"{one.team_code[:4]} {one.team_code[4:]}",
                "code": code(one.address),
            }
            for one in cards
        ],
    }
    source = (resources.templates() / "report" / "team_cards.typ").read_bytes()
    return typeset(source, {"cards": json.dumps(data, ensure_ascii=False)}, created=UNDATED)
