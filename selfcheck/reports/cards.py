"""Invitation cards to print and cut out: one for each person, with a code for the phone's camera."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO

import segno

from scoring.wording import Language
from selfcheck import resources
from selfcheck.i18n import translator
from selfcheck.typesetting import UNDATED, printable, typeset


@dataclass(frozen=True, slots=True)
class Card:
    """One invitation: for which role group, and where it leads."""

    role: str
    address: str


def cards(municipality: str, invitations: Sequence[Card], until: str, language: Language) -> bytes:
    """The cards as a PDF, eight on a page. Raises MissingAssets when the fonts have not been built."""
    _ = translator(language)
    data = {
        "language": language,
        "title": _("Invitation to rate covertly"),
        "municipality": printable(municipality),
        "voluntary": _("Voluntary and without a name. Deleted at the evaluation, at the latest on {date}.").format(
            date=until
        ),
        "once": _("For one person, to be used once. Hand the cards out face down, so that nobody knows who has which."),
        "cards": [asdict(card) | {"code": code(card.address)} for card in invitations],
    }
    source = (resources.templates() / "report" / "cards.typ").read_bytes()
    return typeset(source, {"cards": json.dumps(data, ensure_ascii=False)}, created=UNDATED)


def code(address: str) -> str:
    """The address as a QR code, drawn as SVG."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False, dark="#000")
    return drawn.getvalue().decode()
