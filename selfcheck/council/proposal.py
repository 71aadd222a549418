"""The proposal for a resolution: one sentence or list for each body, lettered where several deal with the paper."""

import re
from collections.abc import Iterator

from scoring.model.wording import Wording
from selfcheck.council.draft import Draft, Station, council, gap, gaps, stations
from selfcheck.ground.i18n import Translate
from selfcheck.reports.blocks import Block, Bullets, Paragraph
from selfcheck.words.findings import Findings

LETTERS = "abcdefghijklmnopqrstuvwxyz"
MASCULINE = re.compile(r"(?:[\w-]+- und )?[\w-]*ausschuss\b", re.IGNORECASE)
"""Names of bodies whose German article is certain."""


def said(findings: Findings, text: str) -> str:
    """A text of the catalogue with the municipality's own words; other placeholders stay."""
    return findings.say.say(Wording(text, text))


def proposal(draft: Draft, findings: Findings, focus: str, section: int, _: Translate) -> Iterator[Block]:
    """What each body is asked to do. `focus` names the chosen perspectives, `section` where the steps stand."""
    sequence = stations(draft)
    for place, station in enumerate(sequence):
        letter = f"{LETTERS[place]}) " if len(sequence) > 1 else ""
        if station.role != "decision" or draft.proposal == "note":
            yield Paragraph(letter + _asked(draft, station, findings, _))
        else:
            known, unknown = _("{body} resolves:"), _("{body}: the following is resolved:")
            yield Paragraph(letter + _told(known, unknown, station, findings, _))
            yield Bullets(tuple(points(draft, findings, focus, section, _)), numbered=True)


def _asked(draft: Draft, station: Station, findings: Findings, _: Translate) -> str:
    """The sentence for a body that only notes, is heard, or prepares what another body decides."""
    sequence = stations(draft)
    deciding = next((place for place, one in enumerate(sequence) if one.role == "decision"), None)
    wanted: str = station.role
    if station.role in ("preliminary", "recommendation"):
        if deciding is None:
            wanted = "deliberates"
        elif sequence[deciding].body == council(findings) != "":
            wanted = f"{station.role}-council"
    known, unknown = _sentences(_)[wanted]
    letter = LETTERS[deciding] if deciding is not None else ""
    return _told(known, unknown, station, findings, _, letter)


def _sentences(_: Translate) -> dict[str, tuple[str, str]]:
    """For each role a sentence with the body as its subject, and one for bodies whose article nobody knows."""
    noted = (
        _("{body} notes the result of the self-assessment."),
        _("{body}: the result of the self-assessment is noted."),
    )
    return {
        "note": noted,
        "decision": noted,
        "hearing": (_("{body} comments on {paper:nom}."), _("{body}: opportunity is given to comment on {paper:nom}.")),
        "deliberates": (
            _("{body} deliberates on {paper:nom}."),
            _("{body}: preliminary deliberation on {paper:nom}."),
        ),
        "preliminary": (
            _("{body} deliberates on {paper:nom} and recommends resolving as proposed under {letter})."),
            _("{body}: preliminary deliberation; it is recommended to resolve as proposed under {letter})."),
        ),
        "preliminary-council": (
            _("{body} deliberates on {paper:nom} and recommends {council:dat} to resolve as proposed under {letter})."),
            _("{body}: preliminary deliberation; {council:dat} is recommended to resolve as proposed under {letter})."),
        ),
        "recommendation": (
            _("{body} recommends resolving as proposed under {letter})."),
            _("{body}: it is recommended to resolve as proposed under {letter})."),
        ),
        "recommendation-council": (
            _("{body} recommends {council:dat} to resolve as proposed under {letter})."),
            _("{body}: {council:dat} is recommended to resolve as proposed under {letter})."),
        ),
    }


def _told(known: str, unknown: str, station: Station, findings: Findings, _: Translate, letter: str = "") -> str:
    """The sentence for a body: with its article where that is certain, else with its bare name."""
    name = " ".join(station.body.split())
    if name and name == council(findings):
        return said(findings, known).format(body=said(findings, _("{Council:nom}")), letter=letter)
    if name and (findings.language == "en" or _is_one_committee(name)):
        body = name if name.lower().startswith("the ") else _("The {name}").format(name=name)
        return said(findings, known).format(body=body, letter=letter)
    return said(findings, unknown).format(body=name or gap(gaps(_)["body"]), letter=letter)


def _is_one_committee(name: str) -> bool:
    """Whether a German name certainly takes "der": one committee, not several that meet together."""
    return MASCULINE.match(name) is not None and name.lower().count("ausschuss") == 1 and not set("/&,+") & set(name)


def points(draft: Draft, findings: Findings, focus: str, section: int, _: Translate) -> Iterator[str]:
    """What is resolved, point by point, in words that fit every body."""
    blank = gaps(_)

    def filled(name: str) -> str:
        return " ".join(getattr(draft, name).split()) or gap(blank[name])

    yield _("The result of the self-assessment (annex 1) is noted.")
    if draft.proposal == "order":
        yield _(
            "The administration is ordered to prepare the further development of integrated planning, with these focal "
            "points: {focus} (see section {section})."
        ).format(focus=focus, section=section)
        yield _("It states by {deadline} which means and which staff this needs.").format(deadline=filled("deadline"))
    else:
        yield _("Integrated planning is developed further, with these focal points: {focus}.").format(focus=focus)
        yield _("The administration is ordered to carry out the steps of section {section} by {deadline}.").format(
            section=section, deadline=filled("deadline")
        )
        yield _("For this, {amount} is provided in the budget year {year}.").format(
            amount=filled("amount"), year=filled("budget_year")
        )
    yield _("The administration reports on the implementation by {date}; the report goes to: {body}.").format(
        date=filled("report_by"), body=filled("report_to")
    )
