"""Plain data (as read from the files of a questionnaire) → a checked Questionnaire, or every problem with its place."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from scoring.model.aggregates import AGGREGATES
from scoring.model.conditions import (
    Condition,
    ContextIs,
    FactBetween,
    ItemsAtLeast,
    Leaf,
    PerspectiveAtLeast,
    PerspectiveAtMost,
    StageAtLeast,
    StageAtMost,
)
from scoring.model.logic import AllOf
from scoring.model.origin import ORIGIN_KINDS, OptionKey, Origin, Reference
from scoring.model.practices import DocumentedItem, Fact, Practice, Since, SuccessCondition
from scoring.model.questionnaire import (
    MATRIX_FACTS,
    Choice,
    ChoiceQuestion,
    ContextQuestion,
    Gate,
    Group,
    Item,
    Level,
    MatrixQuestion,
    Option,
    Perspective,
    Questionnaire,
    Scale,
    TermsQuestion,
)
from scoring.model.recommendations import EFFORT_CLASSES, STEP_KINDS, Effort, Recommendation
from scoring.model.rules import (
    CONFIDENCES,
    Applicability,
    Confidence,
    Equivalence,
    Plausibility,
    Precondition,
    Rewording,
    Rule,
)
from scoring.model.wording import FORMS, LANGUAGES, Term, Word, Wording
from scoring.plain.checks import check
from scoring.plain.conditions import read_condition
from scoring.plain.reading import Node

Scales = Mapping[str, Scale]

NO_SCALE = Scale("", (Option(0, Fraction(0), Node(None).wording()),))


def parse(files: Mapping[str, Any], *, checked: bool = True) -> Questionnaire:
    """The questionnaire made of the data of its files, by file name without ending.

    Raises Invalid with every problem; the place begins with the file. `checked=False` leaves out the checks of
    the whole (for versions that were checked when they were published), never those of a single value.
    """
    problems: list[Any] = []
    nodes = {name: Node(data, (name,), problems) for name, data in files.items()}
    questionnaire = _questionnaire(nodes)
    if not problems and checked:
        problems.extend(check(questionnaire))
    Node(None, (), problems).raise_problems()
    return questionnaire


def _questionnaire(files: Mapping[str, Node]) -> Questionnaire:
    entries = files["questionnaire"].fields(
        ("id", "version", "title", "about", "source", "scales", "perspectives", "minimum_coverage", "likely_within"),
        ("roles", "context", "references", "sequence"),
    )
    listed_scales = entries["scales"].each(_scale)
    scales = {scale.id: scale for scale in listed_scales}

    def listed(name: str, read: Callable[[Node], Any]) -> tuple[Any, ...]:
        if name in files:
            return files[name].each(read)
        return entries[name].each(read) if name in entries else ()

    return Questionnaire(
        id=entries["id"].text(),
        version=entries["version"].text(),
        title=entries["title"].wording(),
        about=entries["about"].wording(),
        source=entries["source"].wording(),
        scales=listed_scales,
        roles=listed("roles", _choice),
        context=listed("context", _context_question),
        perspectives=entries["perspectives"].each(lambda node: _perspective(node, scales)),
        minimum_coverage=entries["minimum_coverage"].number(),
        likely_within=entries["likely_within"].number(),
        sequence=entries["sequence"].texts() if "sequence" in entries else (),
        rules=listed("rules", _rule),
        practices=listed("practices", read_practice),
        recommendations=listed("recommendations", _recommendation),
        references=listed("references", read_reference),
    )


def _scale(node: Node) -> Scale:
    entries = node.fields(("id", "options"))
    return Scale(entries["id"].text(), entries["options"].each(_option))


def _option(node: Node) -> Option:
    entries = node.fields(("key", "name"), ("points", "meaning"))
    key = _option_key(entries["key"])
    points = entries["points"].number() if "points" in entries else entries["key"].number()
    meaning = entries["meaning"].wording() if "meaning" in entries else None
    return Option(key, points, entries["name"].wording(), meaning)


def _option_key(node: Node) -> OptionKey:
    value = node.value
    return value if isinstance(value, int) and not isinstance(value, bool) else node.text()


def _choice(node: Node) -> Choice:
    entries = node.fields(("key", "label"))
    return Choice(entries["key"].text(), entries["label"].wording())


def read_reference(node: Node) -> Reference:
    """One publication outside the source text."""
    entries = node.fields(("id", "title", "where", "seen", "used_for"))
    return Reference(
        entries["id"].text(),
        entries["title"].wording(),
        entries["where"].text(),
        entries["seen"].one_of(("excerpt", "read", "not-seen")),
        entries["used_for"].wording(),
    )


def read_origin(node: Node) -> Origin:
    """Where something comes from; what is not beyond the source names its lines."""
    entries = node.fields(("kind",), ("lines", "note", "references"))
    origin = Origin(
        entries["kind"].one_of(ORIGIN_KINDS),
        entries["lines"].wholes() if "lines" in entries else (),
        entries["note"].wording() if "note" in entries else None,
        entries["references"].texts() if "references" in entries else (),
    )
    if origin.kind != "beyond" and not origin.lines:
        node.problem(
            "ohne Zeilen der Quelle; Zeilen angeben (lines: […]) oder kind: beyond",
            "without lines of the source; give them (lines: […]) or write kind: beyond",
        )
    return origin


QUESTION = ("id", "kind", "question")
"""What every context question says."""


def _context_question(node: Node) -> ContextQuestion:
    match node.entries().get("kind", node).value:
        case "choice":
            entries = node.fields((*QUESTION, "choices"), ("help", "name"))
            id, question, help = _asked(entries)
            name = entries["name"].wording() if "name" in entries else None
            return ChoiceQuestion(id, question, entries["choices"].each(_choice), help, name)
        case "organisation":
            entries = node.fields((*QUESTION, "rows", "labels"), ("help",))
            id, question, help = _asked(entries)
            return MatrixQuestion(id, question, entries["rows"].each(_choice), entries["labels"].texts(), help)
        case "terms":
            entries = node.fields((*QUESTION, "terms"), ("help", "kind_from"))
            id, question, help = _asked(entries)
            kind_from = entries["kind_from"].text() if "kind_from" in entries else None
            return TermsQuestion(id, question, entries["terms"].each(_term), kind_from, help)
        case _:
            node.problem("kind muss choice, organisation oder terms sein", "kind must be choice, organisation or terms")
            return ChoiceQuestion("", Node(None).wording(), ())


def _asked(entries: Mapping[str, Node]) -> tuple[str, Wording, Wording | None]:
    id, question = entries["id"].text(), entries["question"].wording()
    return id, question, entries["help"].wording() if "help" in entries else None


def _term(node: Node) -> Term:
    entries = node.fields(("id", "name", "words"))
    return Term(entries["id"].text(), entries["name"].wording(), entries["words"].each(_word))


def _word(node: Node) -> Word:
    entries = node.fields(("id", *LANGUAGES), ("kinds",))
    forms = {
        language: {form: entry.text() for form, entry in entries[language].fields(FORMS).items()}
        for language in LANGUAGES
    }
    kinds = entries["kinds"].texts() if "kinds" in entries else ()
    return Word(entries["id"].text(), forms["de"], forms["en"], kinds)


def _perspective(node: Node, scales: Scales) -> Perspective:
    entries = node.fields(("id", "name", "short", "definition", "origin", "aggregate"), ("items", "groups", "levels"))
    root = _group(node, entries, scales)
    return Perspective(
        root.id,
        root.name,
        entries["short"].wording(),
        entries["definition"].wording(),
        read_origin(entries["origin"]),
        root,
        entries["levels"].each(_level) if "levels" in entries else (),
    )


def _group(node: Node, entries: Mapping[str, Node], scales: Scales) -> Group:
    group = Group(
        entries["id"].text(),
        entries["name"].wording(),
        entries["aggregate"].one_of(AGGREGATES),
        entries["items"].each(lambda item: _item(item, scales)) if "items" in entries else (),
        entries["groups"].each(lambda inner: _subgroup(inner, scales)) if "groups" in entries else (),
        entries["weight"].number() if "weight" in entries else Fraction(1),
    )
    if not group.members:
        node.problem(
            "braucht mindestens ein Merkmal (items) oder eine Gruppe (groups)", "needs at least one item or group"
        )
    return group


def _subgroup(node: Node, scales: Scales) -> Group:
    return _group(node, node.fields(("id", "name", "aggregate"), ("items", "groups", "weight")), scales)


def _item(node: Node, scales: Scales) -> Item:
    entries = node.fields(
        ("id", "name", "statement", "origin"),
        ("anchors", "judged_by", "evidence", "note", "core", "weight", "scale"),
    )
    return Item(
        id=entries["id"].text(),
        name=entries["name"].wording(),
        statement=entries["statement"].wording(),
        scale=_scale_of(entries.get("scale", node), scales, named="scale" in entries),
        origin=read_origin(entries["origin"]),
        anchors=_anchors(entries["anchors"]) if "anchors" in entries else {},
        judged_by=entries["judged_by"].texts() if "judged_by" in entries else (),
        evidence=entries["evidence"].wording() if "evidence" in entries else None,
        note=entries["note"].wording() if "note" in entries else None,
        core=entries["core"].flag() if "core" in entries else False,
        weight=entries["weight"].number() if "weight" in entries else Fraction(1),
    )


def _scale_of(node: Node, scales: Scales, *, named: bool) -> Scale:
    """The scale an item names; the first one when it names none."""
    if not scales:
        return NO_SCALE
    return scales[node.one_of(tuple(scales))] if named else next(iter(scales.values()))


def _anchors(node: Node) -> dict[OptionKey, Any]:
    return {entry.place[-1]: entry.wording() for entry in node.entries().values()}


def _level(node: Node) -> Level:
    entries = node.fields(("key", "name"), ("from", "gates"))
    return Level(
        entries["key"].whole(lowest=1),
        entries["name"].wording(),
        entries["from"].number() if "from" in entries else None,
        entries["gates"].each(_gate) if "gates" in entries else (),
    )


def _gate(node: Node) -> Gate:
    entries = node.fields(("member", "at_least"))
    return Gate(entries["member"].text(), entries["at_least"].number())


RULE = ("id", "kind", "text", "origin", "confidence")
"""What every rule says."""


def _rule(node: Node) -> Rule:
    match node.entries().get("kind", node).value:
        case "applicability":
            return _applicability(node)
        case "precondition":
            return _precondition(node)
        case "plausibility":
            entries = node.fields((*RULE, "when"))
            id, text, origin, confidence = _said(entries)
            return Plausibility(id, _condition(entries["when"]), text, origin, confidence)
        case "equivalence":
            return _equivalence(node)
        case _:
            kinds = "applicability, precondition, plausibility, equivalence"
            node.problem(f"kind muss eins sein von: {kinds}", f"kind must be one of: {kinds}")
            return Plausibility("", AllOf(()), Node(None).wording(), Origin("beyond"), "low")


def _said(entries: Mapping[str, Node]) -> tuple[str, Wording, Origin, Confidence]:
    return (
        entries["id"].text(),
        entries["text"].wording(),
        read_origin(entries["origin"]),
        entries["confidence"].one_of(CONFIDENCES),
    )


def _applicability(node: Node) -> Applicability:
    entries = node.fields((*RULE, "when"), ("removes", "rewords"))
    id, text, origin, confidence = _said(entries)
    when = _condition(entries["when"])
    removes = entries["removes"].texts() if "removes" in entries else ()
    rewords = entries["rewords"].entries() if "rewords" in entries else {}
    reworded = {item: _rewording(entry) for item, entry in rewords.items()}
    return Applicability(id, when, text, origin, confidence, removes, reworded)


def _precondition(node: Node) -> Precondition:
    entries = node.fields((*RULE, "before", "requires", "first"), ("when",))
    id, text, origin, confidence = _said(entries)
    when = _condition(entries["when"]) if "when" in entries else None
    before, first = entries["before"].texts(), entries["first"].texts()
    return Precondition(id, before, _condition(entries["requires"]), first, text, origin, confidence, when)


def _equivalence(node: Node) -> Equivalence:
    entries = node.fields((*RULE, "items"), ("question", "when"))
    id, text, origin, confidence = _said(entries)
    when = _condition(entries["when"]) if "when" in entries else None
    question = entries["question"].text() if "question" in entries else None
    return Equivalence(id, entries["items"].texts(), text, origin, confidence, question, when)


def _rewording(node: Node) -> Rewording:
    entries = node.fields((), ("statement", "anchors"))
    return Rewording(
        entries["statement"].wording() if "statement" in entries else None,
        _anchors(entries["anchors"]) if "anchors" in entries else {},
    )


def read_practice(node: Node) -> Practice:
    """One documented example."""
    entries = node.fields(
        (
            *("id", "municipality", "structure", "title", "summary", "perspectives", "as_of"),
            *("facts", "items", "conditions", "limits", "origin"),
        ),
        ("since",),
    )
    return Practice(
        id=entries["id"].text(),
        municipality=entries["municipality"].line(),
        structure={question: choice.text() for question, choice in entries["structure"].entries().items()},
        title=entries["title"].wording(),
        summary=entries["summary"].wording(),
        perspectives=entries["perspectives"].texts(),
        as_of=entries["as_of"].fields(("text",))["text"].wording(),
        facts=entries["facts"].each(_fact),
        items=entries["items"].each(_documented_item),
        conditions=entries["conditions"].each(_success_condition),
        limits=entries["limits"].wording(),
        since=entries["since"].each(_since) if "since" in entries else (),
        origin=read_origin(entries["origin"]),
    )


def _fact(node: Node) -> Fact:
    entries = node.fields(("text", "lines"))
    return Fact(entries["text"].wording(), entries["lines"].wholes())


def _documented_item(node: Node) -> DocumentedItem:
    entries = node.fields(("item", "stage", "because", "lines"))
    stage = None if entries["stage"].value == "none" else _option_key(entries["stage"])
    return DocumentedItem(entries["item"].text(), stage, entries["because"].wording(), entries["lines"].wholes())


def _success_condition(node: Node) -> SuccessCondition:
    entries = node.fields(("id", "text", "holds", "origin"))
    return SuccessCondition(
        entries["id"].text(), entries["text"].wording(), _condition(entries["holds"]), read_origin(entries["origin"])
    )


def _since(node: Node) -> Since:
    entries = node.fields(("text", "reference"))
    return Since(entries["text"].wording(), entries["reference"].text())


def _recommendation(node: Node) -> Recommendation:
    entries = node.fields(
        (
            *("id", "perspective", "from", "to", "step", "prepares", "decides"),
            *("effort", "kind", "items", "examples", "origin"),
        )
    )
    effort = entries["effort"].fields(("class", "estimate"))
    return Recommendation(
        id=entries["id"].text(),
        perspective=entries["perspective"].text(),
        from_stage=entries["from"].whole(lowest=0),
        to_stage=entries["to"].whole(lowest=1),
        step=entries["step"].wording(),
        prepares=entries["prepares"].wording(),
        decides=entries["decides"].wording(),
        effort=Effort(effort["class"].one_of(EFFORT_CLASSES), effort["estimate"].wording()),
        kind=entries["kind"].one_of(STEP_KINDS),
        items=entries["items"].texts(),
        examples=entries["examples"].texts(),
        origin=read_origin(entries["origin"]),
    )


def _condition(node: Node) -> Condition:
    return read_condition(node, LEAVES)


def _stage(node: Node) -> tuple[str, Fraction]:
    entries = node.fields(("item", "stage"))
    return entries["item"].text(), entries["stage"].number()


def _perspective_stage(node: Node) -> tuple[str, Fraction]:
    entries = node.fields(("perspective", "stage"))
    return entries["perspective"].text(), entries["stage"].number()


def _items_at_least(node: Node) -> Leaf:
    entries = node.fields(("count", "stage"), ("of",))
    of = entries["of"].texts() if "of" in entries else ()
    return ItemsAtLeast(entries["count"].whole(lowest=1), entries["stage"].number(), of)


def _context_is(node: Node) -> Leaf:
    entries = node.fields(("question", "is"))
    wanted = entries["is"]
    options = wanted.texts() if isinstance(wanted.value, list | tuple) else (wanted.text(),)
    return ContextIs(entries["question"].text(), options)


def _fact_between(node: Node) -> Leaf:
    entries = node.fields(("question", "name"), ("at_least", "at_most"))
    bounds = {key: entries[key].whole(lowest=0) for key in ("at_least", "at_most") if key in entries}
    if not bounds:
        node.problem("braucht at_least oder at_most", "needs at_least or at_most")
    return FactBetween(entries["question"].text(), entries["name"].one_of(MATRIX_FACTS), **bounds)


LEAVES: Mapping[str, Callable[[Node], Leaf]] = {
    "stage_at_least": lambda node: StageAtLeast(*_stage(node)),
    "stage_at_most": lambda node: StageAtMost(*_stage(node)),
    "items_at_least": _items_at_least,
    "perspective_at_least": lambda node: PerspectiveAtLeast(*_perspective_stage(node)),
    "perspective_at_most": lambda node: PerspectiveAtMost(*_perspective_stage(node)),
    "context": _context_is,
    "fact": _fact_between,
}
