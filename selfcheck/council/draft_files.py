"""Draft files: what people decide about a council paper, in YAML; read strictly, written with notes on what to fill in."""

import json
import re
from collections.abc import Iterator
from typing import Any

from scoring.plain.problems import Invalid
from scoring.plain.reading import Node
from scoring.plain.sheets import optional_text
from selfcheck.council.draft import (
    KINDS,
    LISTS,
    LONG,
    MOST_FOCUS,
    MOST_LINES,
    MOST_STATIONS,
    OPTIONS,
    PROPOSALS,
    ROLES,
    SHORT,
    Draft,
    Station,
    gap,
    gaps,
    only_gap,
)
from selfcheck.council.route import route
from selfcheck.ground.i18n import Translate, translator
from selfcheck.reading.files import Document, located
from selfcheck.words.findings import Findings

LONGEST_SHORT = 300
ORDER = (
    *("kind", "proposal", "public", "subject", "office", "number", "day", "sequence", "focus"),
    *("occasion", "round_date", "participants", "inaction", "option", "cost_steps", "cost_means", "measures"),
    *("deadline", "amount", "budget_year", "report_by", "report_to", "funds", "staff", "climate", "equality"),
    *("earlier", "attachments"),
)


def read_draft(document: Document, findings: Findings) -> Draft:
    """The draft in a document. Raises UnusableFile with every problem and its line."""
    try:
        return parse_draft(document.data, findings)
    except Invalid as invalid:
        raise located(document, invalid) from invalid


def parse_draft(data: Any, findings: Findings) -> Draft:
    """The draft in plain data. Raises Invalid with every problem."""
    node = Node(data)
    entries = node.fields(("kind", "proposal"), tuple(name for name in ORDER if name not in ("kind", "proposal")))
    read: dict[str, Any] = {"kind": entries["kind"].one_of(KINDS), "proposal": entries["proposal"].one_of(PROPOSALS)}
    given = {name: entry for name, entry in entries.items() if entry.value is not None and name not in read}
    for name, entry in given.items():
        if name in SHORT:
            read[name] = _short(entry)
        elif name in LONG:
            read[name] = _filled(optional_text(entry))
        elif name in LISTS:
            read[name] = _lines(entry)
    if "public" in given:
        read["public"] = given["public"].flag()
    if "option" in given and not only_gap(str(given["option"].value)):
        read["option"] = given["option"].one_of(OPTIONS)
    if "sequence" in given:
        read["sequence"] = _sequence(given["sequence"])
    if "focus" in given:
        read["focus"] = _focus(given["focus"], findings)
    node.raise_problems()
    return Draft(**read)


def _filled(text: str) -> str:
    """The text without blanks around it; a gap that nobody has filled is no text."""
    return "" if only_gap(text) else text.strip()


def _short(node: Node) -> str:
    """A text of one line."""
    return _filled(optional_text(node, lambda one: one.line(LONGEST_SHORT)))


def _lines(node: Node) -> tuple[str, ...]:
    found = tuple(_short(entry) for entry in node.sequence())
    if len(found) > MOST_LINES:
        node.problem(f"höchstens {MOST_LINES} Einträge sind möglich", f"at most {MOST_LINES} entries are possible")
    return tuple(text for text in found if text)


def _sequence(node: Node) -> tuple[Station, ...]:
    found = tuple(_station(entry) for entry in node.sequence())
    if len(found) > MOST_STATIONS:
        node.problem(f"höchstens {MOST_STATIONS} Gremien sind möglich", f"at most {MOST_STATIONS} bodies are possible")
    return found


def _station(node: Node) -> Station:
    entries = node.fields(("role",), ("body", "day"))
    role = entries["role"].one_of(ROLES)
    body, day = (_short(entries[name]) if name in entries else "" for name in ("body", "day"))
    return Station(body, role, day)


def _focus(node: Node, findings: Findings) -> tuple[str, ...]:
    known = [result.perspective for result in findings.result.perspectives if result.applicable]
    found = node.each(lambda entry: entry.one_of(known)) if known else ()
    if len(found) > MOST_FOCUS:
        node.problem(
            f"höchstens {MOST_FOCUS} Schwerpunkte sind möglich", f"at most {MOST_FOCUS} focal points are possible"
        )
    if len(set(found)) < len(found):
        node.problem("ein Schwerpunkt steht zweimal da", "a focal point occurs twice")
    return found


def write_draft(draft: Draft, findings: Findings) -> str:
    """The draft as YAML; what is open stands there as a gap, with a note on every entry."""
    _ = translator(findings.language)
    return "\n".join(_written(draft, findings, _)) + "\n"


def _written(draft: Draft, findings: Findings, _: Translate) -> Iterator[str]:
    notes, blank = _notes(findings, _), gaps(_)
    yield _(
        "# Draft of a council paper. Fill in what stands in ⟦ ⟧; a final paper is written only when no ⟦ ⟧ is left."
    )
    yield _("# The route of a paper:")
    yield from (f"# [ ] {step}" for step in route(findings))
    for name in ORDER:
        yield ""
        yield f"# {notes[name]}"
        value = getattr(draft, name)
        if name == "sequence":
            yield from _list(
                name,
                [
                    f"{{body: {_text(_or_gap(one.body, blank['body']))}, role: {one.role}, "
                    f"day: {_text(_or_gap(one.day, blank['meeting']))}}}"
                    for one in value
                ],
            )
        elif name == "focus":
            yield f"focus: [{', '.join(value)}]"
        elif name in ("kind", "proposal"):
            yield f"{name}: {value}"
        elif name == "public":
            yield f"public: {'true' if value else 'false'}"
        elif name == "option":
            yield f"option: {value or _text(gap(blank['option']))}"
        elif name in LISTS:
            lines = [line for line in value if line.strip()] or ([gap(blank["earlier"])] if name == "earlier" else [])
            yield from _list(name, [_text(line) for line in lines])
        else:
            yield from _entry(name, _or_gap(value, blank[name]))


def _or_gap(text: str, what: str) -> str:
    """What people have written, or a gap where that is nothing."""
    return text if text.strip() else gap(what)


def _list(name: str, lines: list[str]) -> Iterator[str]:
    if not lines:
        yield f"{name}: []"
        return
    yield f"{name}:"
    yield from (f"  - {line}" for line in lines)


def _entry(name: str, text: str) -> Iterator[str]:
    """A text with paragraphs stands as it is written, where that is safe."""
    lines = text.split("\n")
    plain = all(line.isprintable() and line == line.rstrip() for line in lines) and not lines[0].startswith(" ")
    if len(lines) > 1 and plain and text == text.strip():
        yield f"{name}: |-"
        yield from (f"  {line}" if line else "" for line in lines)
    else:
        yield f"{name}: {_text(text)}"


ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def _text(text: str) -> str:
    """The text in quotation marks, the way YAML and JSON both read it."""
    return ODD.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(text, ensure_ascii=False))


def _notes(findings: Findings, _: Translate) -> dict[str, str]:
    """What belongs into each entry."""
    perspectives = ", ".join(result.perspective for result in findings.result.perspectives if result.applicable)
    return {
        "kind": _("information or decision"),
        "proposal": _("note (only noted), order (the administration prepares), decide (focal points, steps and means)"),
        "public": _("true or false: whether the paper is dealt with in public"),
        "subject": _("Subject, one line"),
        "office": _("Office in charge"),
        "number": _("Number of the paper; it comes from the council information system"),
        "day": _("Date of the paper"),
        "sequence": _("Bodies in order; role: preliminary, recommendation, decision, note, hearing"),
        "focus": _("At most three focal points out of: {perspectives}; empty: as recommended").format(
            perspectives=perspectives
        ),
        "occasion": _("Occasion: which mandate, resolution or question the paper answers"),
        "round_date": _("Date of the consensus round"),
        "participants": _("Those who took part, by function, no names"),
        "inaction": _("Consequences of inaction here, with evidence from local data"),
        "option": _("Proposed variant: as-now (A), steps (B), means (C); for papers for decision"),
        "cost_steps": _("Means for variant B, step by step"),
        "cost_means": _("Means for variant C, with additional means"),
        "measures": _("Own measures, if any; they stand before the recommendations"),
        "deadline": _("By when the steps are carried out, or the means are stated"),
        "amount": _("Amount or share of posts that is provided"),
        "budget_year": _("Budget year"),
        "report_by": _("By when the administration reports on the implementation"),
        "report_to": _("To which body it reports"),
        "funds": _("Means for the planning process: costs, cover, follow-up costs a year; or “none”"),
        "staff": _("Effects on staff"),
        "climate": _("Effects on the climate"),
        "equality": _("Effects on equality and inclusion"),
        "earlier": _("Earlier papers and resolutions with number and date; or “none”"),
        "attachments": _("Further annexes; annex 1 is the profile"),
    }
