"""What people decide about a council paper. Amounts, dates, numbers and names come from here or stay open."""

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal, get_args

from babel.dates import format_date

from scoring.model.answers import Sheet
from scoring.model.wording import Language, Wording
from selfcheck.ground.i18n import Translate, translator
from selfcheck.words.findings import Findings

PaperKind = Literal["information", "decision"]
PaperProposal = Literal["note", "order", "decide"]
"""What the body is asked to do; a paper for decision may well only ask it to note something."""
Role = Literal["preliminary", "recommendation", "decision", "note", "hearing"]
Option = Literal["", "as-now", "steps", "means"]
"""The variant that the administration proposes; empty while nobody has chosen."""

KINDS: tuple[PaperKind, ...] = get_args(PaperKind)
PROPOSALS: tuple[PaperProposal, ...] = get_args(PaperProposal)
ROLES: tuple[Role, ...] = get_args(Role)
OPTIONS: tuple[Option, ...] = get_args(Option)

MOST_FOCUS = 3
MOST_STATIONS = 12
MOST_LINES = 30
"""Of measures, earlier papers and attachments each."""

GAP = re.compile(r"⟦[^⟦⟧]+⟧")
"""A visible gap in a paper: only people can fill it."""


@dataclass(frozen=True, slots=True)
class Station:
    """A body that deals with the paper, what it does with it, and when."""

    body: str = ""
    role: Role = "note"
    day: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What people say about one council paper; an empty text is still open."""

    kind: PaperKind = "information"
    proposal: PaperProposal = "note"
    public: bool = True
    subject: str = ""
    office: str = ""
    number: str = ""
    day: str = ""
    sequence: tuple[Station, ...] = ()
    focus: tuple[str, ...] = ()
    occasion: str = ""
    round_date: str = ""
    participants: str = ""
    inaction: str = ""
    option: Option = ""
    cost_steps: str = ""
    cost_means: str = ""
    measures: tuple[str, ...] = ()
    deadline: str = ""
    amount: str = ""
    budget_year: str = ""
    report_by: str = ""
    report_to: str = ""
    funds: str = ""
    staff: str = ""
    climate: str = ""
    equality: str = ""
    earlier: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()


LONG = ("occasion", "participants", "inaction", "funds", "staff", "climate", "equality")
"""Texts that may have paragraphs."""
LISTS = ("measures", "earlier", "attachments")
CHOSEN = ("kind", "proposal", "public", "sequence", "focus", "option")
SHORT = tuple(f.name for f in fields(Draft) if f.name not in (*LONG, *LISTS, *CHOSEN))
TEXTS = tuple(f.name for f in fields(Draft) if f.name in (*SHORT, *LONG))


def begin(findings: Findings, kind: PaperKind = "information", proposal: PaperProposal | None = None) -> Draft:
    """A first draft: everything the findings know, and nothing else."""
    _ = translator(findings.language)
    wanted = proposal or ("note" if kind == "information" else "decide")
    return Draft(
        kind=kind,
        proposal=wanted,
        subject=subject(findings, kind),
        sequence=_usual_sequence(findings, kind, wanted),
        focus=priorities(findings),
        climate=_("None: the matter is a planning process."),
    )


def turned(draft: Draft, findings: Findings) -> Draft:
    """The same draft as the other kind of paper; what people wrote stays, what was only usual changes with the kind."""
    other: PaperKind = "decision" if draft.kind == "information" else "information"
    before, after = begin(findings, draft.kind), begin(findings, other)
    usual = {name: getattr(before, name) for name in ("subject", "proposal", "sequence")}
    return replace(
        draft, kind=other, **{name: getattr(after, name) for name, was in usual.items() if getattr(draft, name) == was}
    )


def subject(findings: Findings, kind: PaperKind) -> str:
    """The subject of the paper with the month of the self-assessment."""
    _ = translator(findings.language)
    subjects = {
        "information": _("State of integrated planning: result of the self-assessment ({month})"),
        "decision": _("Developing integrated planning on the basis of the self-assessment ({month})"),
    }
    return subjects[kind].format(month=_month(findings.sheet, findings.language) or gap(_("month and year")))


def _month(sheet: Sheet, language: Language) -> str:
    """The month of the sheet in words; nothing when its date is no calendar date."""
    try:
        day = date.fromisoformat(sheet.date)
    except ValueError:
        return ""
    return str(format_date(day, "MMMM y", locale=language))


def _usual_sequence(findings: Findings, kind: PaperKind, proposal: PaperProposal) -> tuple[Station, ...]:
    if kind == "information" and proposal == "note":
        return (Station(role="note"),)
    return (Station(role="preliminary"), Station(council(findings), "decision"))


def council(findings: Findings) -> str:
    """The municipality's own elected council, by name; nothing while only the neutral word is known."""
    term = findings.questionnaire.terms["council"]
    name = findings.say.say(Wording("{council:bare}", "{council:bare}"))
    neutral = next((word for word in term.words if word.id == "neutral"), None)
    return "" if neutral and name == neutral.form("bare", findings.language) else name


def priorities(findings: Findings) -> tuple[str, ...]:
    """The perspectives of the steps that have priority, at most three."""
    return tuple(dict.fromkeys(step.recommendation.perspective for step in findings.steps if step.priority))[
        :MOST_FOCUS
    ]


def focus_of(draft: Draft, findings: Findings) -> tuple[str, ...]:
    """The chosen focus that has a result here; without a choice, the priorities."""
    known = {result.perspective for result in findings.result.perspectives if result.applicable}
    return tuple(id for id in draft.focus if id in known) or priorities(findings)


def gap(what: str) -> str:
    """A gap that says what belongs there."""
    return f"⟦{what}⟧"


def gaps(_: Translate) -> dict[str, str]:
    """What stands in the paper while a text of the draft is empty."""
    return {
        "subject": _("subject"),
        "office": _("office in charge"),
        "number": _("number, given by the council information system"),
        "day": _("date of the paper"),
        "occasion": _("occasion: mandate, resolution or question"),
        "round_date": _("date of the consensus round"),
        "participants": _("those who took part, by function"),
        "inaction": _("local consequences, with evidence from local data"),
        "cost_steps": _("means for variant B"),
        "cost_means": _("means for variant C"),
        "deadline": _("date for implementation"),
        "amount": _("amount or share of posts"),
        "budget_year": _("budget year"),
        "report_by": _("date of the report"),
        "report_to": _("body that receives the report"),
        "funds": _("costs, cover and follow-up costs a year, or “none”"),
        "staff": _("effects on staff, or “none”"),
        "climate": _("effects on the climate, or “none”"),
        "equality": _("effects on equality and inclusion, or “none”"),
        "earlier": _("earlier papers and resolutions, or “none”"),
        "body": _("body"),
        "deciding": _("body that decides"),
        "meeting": _("date of the meeting"),
        "option": _("variant A, B or C"),
        "municipality": _("municipality"),
    }


def only_gap(text: str) -> bool:
    """Whether a text holds nothing but one gap, so that nothing has been filled in."""
    return GAP.fullmatch(text.strip()) is not None


def role_words(_: Translate) -> dict[Role, str]:
    """What a body does with the paper, in a word."""
    return {
        "preliminary": _("preliminary deliberation"),
        "recommendation": _("recommendation"),
        "decision": _("decision"),
        "note": _("for information"),
        "hearing": _("hearing"),
    }


def kind_words(_: Translate) -> dict[PaperKind, str]:
    """Kinds of papers."""
    return {"information": _("Information paper"), "decision": _("Paper for decision")}


def stations(draft: Draft) -> tuple[Station, ...]:
    """The sequence, with a body still to be named where a proposal needs one that decides."""
    given = draft.sequence or ((Station(role="note"),) if draft.proposal == "note" else ())
    if draft.proposal == "note" or any(station.role == "decision" for station in given):
        return given
    return (*given, Station(role="decision"))
