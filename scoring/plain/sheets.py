"""Plain data of an answer file → a Sheet that fits the questionnaire, or every problem with its place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import ceil, floor
from typing import Any

from scoring.model import texts
from scoring.model.answers import CANNOT_JUDGE, Answer, ChosenWord, Context, Placement, Scope, Sheet, Target
from scoring.model.questionnaire import ChoiceQuestion, Item, MatrixQuestion, Questionnaire, TermsQuestion
from scoring.model.spreads import Spread
from scoring.plain.reading import Node, shown
from scoring.plain.spreads import read_spread, write_spread
from scoring.plain.words import read_word, write_word

NOWHERE = "none"
"""Written for a planning field that does not exist in the municipality."""
TARGET_YEARS = (2000, 2100)


def identity(data: Any) -> tuple[str, str]:
    """Which questionnaire and version an answer file belongs to. Raises Invalid when it does not say."""
    node = Node(data)
    entries = node.entries()
    asked = {key: entries.get(key, Node(None, (key,), node.problems)) for key in ("questionnaire", "version")}
    found = asked["questionnaire"].text(), asked["version"].text()
    node.raise_problems()
    return found


def parse_sheet(data: Any, questionnaire: Questionnaire) -> Sheet:
    """The answers in an answer file. Raises Invalid with every problem."""
    node = Node(data)
    entries = node.fields(
        ("questionnaire", "version"), ("municipality", "date", "scope", "context", "target", "answers", "spreads")
    )
    if (questionnaire.id, questionnaire.version) != (entries["questionnaire"].value, entries["version"].value):
        wanted = f"{questionnaire.id} {questionnaire.version}"
        given = f"{shown(entries['questionnaire'].value)} {shown(entries['version'].value)}"
        node.at("version", None).problem(
            f"die Datei gehört zu „{given}“, nicht zu „{wanted}“", f'the file belongs to "{given}", not to "{wanted}"'
        )
    sheet = Sheet(
        questionnaire.id,
        questionnaire.version,
        optional_text(entries.get("municipality"), Node.line),
        optional_text(entries.get("date")),
        _scope(entries["scope"], questionnaire) if "scope" in entries else "full",
        _context(entries["context"], questionnaire) if "context" in entries else Context(),
        _answers(entries["answers"], questionnaire) if "answers" in entries else {},
        _target(entries["target"], questionnaire) if "target" in entries else None,
        _spreads(entries["spreads"], questionnaire) if "spreads" in entries else {},
    )
    node.raise_problems()
    return sheet


def optional_text(node: Node | None, read: Callable[[Node], str] = Node.writing) -> str:
    """A text that may be left empty, or hold nothing to see. A date written without quotes is fine too."""
    if node is None or node.value is None or (isinstance(node.value, str) and texts.is_empty(node.value)):
        return ""
    if hasattr(node.value, "isoformat"):
        return str(node.value.isoformat())
    return read(node)


def _scope(node: Node, questionnaire: Questionnaire) -> Scope:
    ids = [perspective.id for perspective in questionnaire.perspectives]
    if isinstance(node.value, Sequence) and not isinstance(node.value, str) and node.value:
        return tuple(part.one_of(ids) for part in node.sequence())
    if node.value not in ("full", "short"):
        listed = ", ".join(ids)
        node.expected(f"full, short oder eine Liste aus: {listed}", f"full, short or a list of: {listed}")
    return "short" if node.value == "short" else "full"


def _context(node: Node, questionnaire: Questionnaire) -> Context:
    choices: dict[str, str] = {}
    placements: dict[str, Mapping[str, Placement | None]] = {}
    words: dict[str, Mapping[str, ChosenWord]] = {}
    entries = node.fields((), tuple(question.id for question in questionnaire.context))
    for question in questionnaire.context:
        entry = entries.get(question.id)
        if entry is None or entry.value is None:
            continue
        match question:
            case ChoiceQuestion():
                choices[question.id] = entry.one_of([choice.key for choice in question.choices])
            case MatrixQuestion():
                placements[question.id] = _placements(entry, question)
            case TermsQuestion():
                words[question.id] = _words(entry, question)
    return Context(choices, placements, words)


def _placements(node: Node, question: MatrixQuestion) -> dict[str, Placement | None]:
    entries = node.fields((), tuple(row.key for row in question.rows))
    return {key: _placement(entry, question) for key, entry in entries.items() if entry.value is not None}


def _placement(node: Node, question: MatrixQuestion) -> Placement | None:
    if node.value == NOWHERE:
        return None
    entries = node.fields(("department", "unit"))
    return Placement(*(entries[key].one_of(question.labels) for key in ("department", "unit")))


def _words(node: Node, question: TermsQuestion) -> dict[str, ChosenWord]:
    terms = {term.id: term for term in question.terms}
    entries = node.fields((), tuple(terms))
    return {id: read_word(entry, terms[id]) for id, entry in entries.items() if entry.value is not None}


def _target(node: Node, questionnaire: Questionnaire) -> Target | None:
    """Left empty, the file has no target; an empty perspective has none."""
    if node.value is None:
        return None
    entries = node.fields(("year", "stages"))
    scale = questionnaire.scales[0]
    wanted = entries["stages"].fields((), tuple(perspective.id for perspective in questionnaire.perspectives))
    return Target(
        entries["year"].whole(*TARGET_YEARS),
        {id: n.whole(ceil(scale.lowest), floor(scale.highest)) for id, n in wanted.items() if n.value is not None},
    )


def _answers(node: Node, questionnaire: Questionnaire) -> dict[str, Answer]:
    return {item.id: _answer(entry, item) for item, entry in _by_item(node, questionnaire)}


def _spreads(node: Node, questionnaire: Questionnaire) -> dict[str, Spread]:
    read = {item.id: read_spread(entry, questionnaire, item) for item, entry in _by_item(node, questionnaire)}
    return {id: spread for id, spread in read.items() if spread}


def _by_item(node: Node, questionnaire: Questionnaire) -> Iterator[tuple[Item, Node]]:
    for id, entry in node.entries().items():
        if item := questionnaire.items.get(id):
            yield item, entry
        else:
            entry.problem(
                f"das Merkmal „{shown(id)}“ gibt es in diesem Fragebogen nicht; {_range_of_ids(questionnaire, 'bis')}",
                f'there is no item "{shown(id)}" in this questionnaire; {_range_of_ids(questionnaire, "to")}',
            )


def _range_of_ids(questionnaire: Questionnaire, to: str) -> str:
    ids = list(questionnaire.items)
    return f"{ids[0]} {to} {ids[-1]}"


def _answer(node: Node, item: Item) -> Answer:
    if not isinstance(node.value, Mapping):
        return _choice(node, item)
    entries = node.fields((), ("stage", "remark", "evidence", "dissent", "unclear"))
    chosen = _choice(entries["stage"], item) if "stage" in entries else Answer()
    return Answer(
        chosen.choice,
        chosen.cannot_judge,
        optional_text(entries.get("remark")),
        optional_text(entries.get("evidence")),
        optional_text(entries.get("dissent")),
        entries["unclear"].flag() if "unclear" in entries else False,
    )


def _choice(node: Node, item: Item) -> Answer:
    if node.value is None:
        return Answer()
    if node.value == CANNOT_JUDGE:
        return Answer(cannot_judge=True)
    return Answer(choice=node.one_of([*(option.key for option in item.scale.options), CANNOT_JUDGE]))


def write_sheet(sheet: Sheet) -> dict[str, Any]:
    """The plain data of an answer file; reading it again gives the same sheet."""
    data: dict[str, Any] = {"questionnaire": sheet.questionnaire, "version": sheet.version}
    if sheet.municipality:
        data["municipality"] = sheet.municipality
    if sheet.date:
        data["date"] = sheet.date
    data["scope"] = sheet.scope if isinstance(sheet.scope, str) else list(sheet.scope)
    data["context"] = _written_context(sheet.context)
    if sheet.target:
        data["target"] = {"year": sheet.target.year, "stages": dict(sheet.target.stages)}
    data["answers"] = {id: _written(answer) for id, answer in sheet.answers.items()}
    if sheet.spreads:
        data["spreads"] = {id: write_spread(spread) for id, spread in sheet.spreads.items()}
    return data


def _written_context(context: Context) -> dict[str, Any]:
    words = {
        question: {term: write_word(word) for term, word in chosen.items()}
        for question, chosen in context.words.items()
    }
    placements = {
        question: {row: _written_placement(placed) for row, placed in rows.items()}
        for question, rows in context.placements.items()
    }
    return {**context.choices, **words, **placements}


def _written_placement(placed: Placement | None) -> Any:
    return NOWHERE if placed is None else {"department": placed.department, "unit": placed.unit}


def _written(answer: Answer) -> Any:
    stage = CANNOT_JUDGE if answer.cannot_judge else answer.choice
    texts = {"remark": answer.remark, "evidence": answer.evidence, "dissent": answer.dissent}
    further = {key: text for key, text in texts.items() if text} | ({"unclear": True} if answer.unclear else {})
    return {"stage": stage} | further if further else stage
