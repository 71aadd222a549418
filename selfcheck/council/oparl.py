"""A council paper in the shape of OParl 1.1, to be taken over by hand: OParl only reads, and numbers are not ours to give."""

from datetime import date, datetime
from typing import Any

from selfcheck.council.draft import Draft, kind_words, role_words, stations, subject
from selfcheck.ground.i18n import translator
from selfcheck.words.findings import Findings

SCHEMA = "https://schema.oparl.org/1.1/"


def oparl(draft: Draft, findings: Findings) -> dict[str, Any]:
    """The paper with its consultations. What only the council system can know (ids, addresses, files) is left out."""
    _ = translator(findings.language)
    return {
        "type": f"{SCHEMA}Paper",
        "selfcheck:draft": True,
        "selfcheck:note": _(
            "Draft in the shape of OParl 1.1, not from a council information system: it has no ids and cannot be filed."
        ),
        "name": draft.subject or subject(findings, draft.kind),
        **({"reference": draft.number} if draft.number else {}),
        **({"date": day} if (day := _day(draft.day)) else {}),
        "paperType": kind_words(_)[draft.kind],
        **({"selfcheck:underDirectionOf": draft.office} if draft.office else {}),
        "consultation": [
            {
                "type": f"{SCHEMA}Consultation",
                "role": role_words(_)[station.role],
                "authoritative": station.role == "decision",
                **({"selfcheck:organization": station.body} if station.body else {}),
                **({"selfcheck:meetingDate": station.day} if station.day else {}),
            }
            for station in stations(draft)
        ],
    }


def _day(text: str) -> str:
    """The day as OParl writes it, where the text is a day."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            found: date = datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
        return found.isoformat()
    return ""
