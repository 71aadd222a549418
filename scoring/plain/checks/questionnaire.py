"""Whether scales, context questions and perspectives of a questionnaire fit together."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Protocol, assert_never

from scoring.model.aggregates import SUMS
from scoring.model.answers import CANNOT_JUDGE
from scoring.model.questionnaire import (
    ChoiceQuestion,
    Group,
    Item,
    Level,
    MatrixQuestion,
    Perspective,
    Questionnaire,
    Scale,
    TermsQuestion,
)
from scoring.model.wording import Term
from scoring.plain.checks.references import listed_sources
from scoring.plain.problems import Place, Problems, doubled, empty, problem, unknown


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


def identity(q: Questionnaire) -> Problems:
    """Ids that stand twice, and what is said of the questionnaire as a whole."""
    groups = [group for perspective in q.perspectives for group in perspective.root.all_groups()]
    items = [item for perspective in q.perspectives for item in perspective.items]
    families: Sequence[tuple[Place, Iterable[_WithId]]] = (
        (("questionnaire", "perspectives"), (*groups, *items)),
        (("questionnaire", "context"), q.context),
        (("questionnaire", "references"), q.references),
        (("rules",), q.rules),
        (("practices",), q.practices),
        (("recommendations",), q.recommendations),
    )
    for place, family in families:
        yield from doubled(place, [one.id for one in family])
    yield from doubled(("questionnaire", "roles"), [role.key for role in q.roles])
    if q.sequence and sorted(q.sequence) != sorted(perspective.id for perspective in q.perspectives):
        de, en = "muss jede Praxisperspektive genau einmal nennen", "must name every perspective exactly once"
        yield problem(("questionnaire", "sequence"), de, en)
    if not 0 < q.minimum_coverage <= 1:
        de, en = "muss größer als 0 und höchstens 1 sein", "must be above 0 and at most 1"
        yield problem(("questionnaire", "minimum_coverage"), de, en)


def scales(q: Questionnaire) -> Problems:
    """Scales without a choice, or whose points do not rise."""
    if not q.scales:
        yield empty(("questionnaire", "scales"))
    yield from doubled(("questionnaire", "scales"), [scale.id for scale in q.scales])
    for index, scale in enumerate(q.scales):
        yield from _scale(("questionnaire", "scales", index, "options"), scale)


def _scale(place: Place, scale: Scale) -> Problems:
    if not scale.options:
        yield empty(place)
        return
    if any(option.key == CANNOT_JUDGE for option in scale.options):
        de = f"{CANNOT_JUDGE} ist schon vergeben: so heißt „nicht zu beurteilen“"
        yield problem(place, de, f"{CANNOT_JUDGE} is taken already")
    points = [option.points for option in scale.options]
    if len(points) < 2 or points != sorted(set(points)):
        de = "braucht mindestens zwei Antworten mit steigenden Punkten"
        yield problem(place, de, "needs at least two options with rising points")
    yield from doubled(place, [str(option.key) for option in scale.options])


def context(q: Questionnaire) -> Problems:
    """Context questions that offer nothing to answer, or something twice."""
    for index, question in enumerate(q.context):
        place: Place = ("questionnaire", "context", index)
        match question:
            case ChoiceQuestion():
                yield from _choice_question(place, question)
            case MatrixQuestion():
                yield from _matrix_question(place, question)
            case TermsQuestion():
                yield from _terms_question(q, place, question)
            case _:
                assert_never(question)


def _choice_question(place: Place, question: ChoiceQuestion) -> Problems:
    if not question.choices:
        yield empty((*place, "choices"))
    yield from doubled((*place, "choices"), [choice.key for choice in question.choices])


def _matrix_question(place: Place, question: MatrixQuestion) -> Problems:
    yield from doubled((*place, "rows"), [row.key for row in question.rows])
    yield from doubled((*place, "labels"), question.labels)
    if not question.labels:
        yield empty((*place, "labels"))


def _terms_question(q: Questionnaire, place: Place, question: TermsQuestion) -> Problems:
    yield from doubled((*place, "terms"), [term.id for term in question.terms])
    source = next((other for other in q.context if other.id == question.kind_from), None)
    kinds = {choice.key for choice in source.choices} if isinstance(source, ChoiceQuestion) else set()
    if question.kind_from and not kinds:
        yield unknown((*place, "kind_from"), "Eine Auswahlfrage", "choice question", question.kind_from)
    for at, term in enumerate(question.terms):
        yield from _words((*place, "terms", at, "words"), term, kinds)


def _words(place: Place, term: Term, kinds: set[str]) -> Problems:
    if not term.words:
        yield empty(place)
    yield from doubled(place, [word.id for word in term.words])
    for at, word in enumerate(term.words):
        for kind in set(word.kinds) - kinds:
            yield unknown((*place, at, "kinds"), "Die Antwort", "answer", kind)


def perspectives(q: Questionnaire) -> Problems:
    """Groups, levels and items that cannot be what they are."""
    roles = {role.key for role in q.roles}
    if not q.perspectives:
        yield empty(("questionnaire", "perspectives"))
    for index, perspective in enumerate(q.perspectives):
        place = ("questionnaire", "perspectives", index)
        yield from _group(place, perspective.root)
        yield from _levels(place, perspective)
        yield from listed_sources(q, (*place, "origin"), perspective.origin)
        for item_place, item in _placed_items(place, perspective.root):
            yield from _item(q, item_place, item, roles)


def _placed_items(place: Place, group: Group) -> Iterator[tuple[Place, Item]]:
    for index, item in enumerate(group.items):
        yield (*place, "items", index), item
    for index, inner in enumerate(group.groups):
        yield from _placed_items((*place, "groups", index), inner)


def _group(place: Place, group: Group) -> Problems:
    for member in group.members:
        if member.weight <= 0:
            de = f"das Gewicht von „{member.id}“ muss größer als 0 sein"
            yield problem(place, de, f'the weight of "{member.id}" must be above 0')
    if group.aggregate in SUMS:
        yield from _sum(place, group)
    elif len({bounds for member in group.members for bounds in _bounds(member)}) > 1:
        yield problem(
            place,
            "verschiedene Skalen oder Summen lassen sich nur mit sum oder weighted-sum zusammenfassen",
            "different scales or sums can only be combined by sum or weighted-sum",
        )
    for index, inner in enumerate(group.groups):
        yield from _group((*place, "groups", index), inner)


def _sum(place: Place, group: Group) -> Problems:
    """A sum starts at zero; what sums itself is checked in its own place."""
    for member in group.members:
        if isinstance(member, Group) and member.aggregate in SUMS:
            continue
        inside = member.all_items() if isinstance(member, Group) else (member,)
        if any(item.scale.options and item.scale.lowest != 0 for item in inside):
            de = f"in einer Summe muss die niedrigste Antwort von „{member.id}“ 0 Punkte haben"
            yield problem(place, de, f'in a sum the lowest option of "{member.id}" must have 0 points')


def _bounds(member: Item | Group) -> Iterator[tuple[object, Fraction, Fraction]]:
    """Scale bounds of everything inside; a sum is a scale of its own, because its highest value varies."""
    if isinstance(member, Item):
        if member.scale.options:
            yield "scale", member.scale.lowest, member.scale.highest
    elif member.aggregate in SUMS:
        yield member.id, Fraction(0), Fraction(0)
        yield "sum", Fraction(0), Fraction(0)
    else:
        for inner in member.members:
            yield from _bounds(inner)


def _levels(place: Place, perspective: Perspective) -> Problems:
    expected = list(range(1, len(perspective.levels) + 1))
    if [level.key for level in perspective.levels] != expected:
        de, en = "Stufen müssen 1, 2, 3 … heißen, in dieser Reihenfolge", "levels must be 1, 2, 3 … in this order"
        yield problem((*place, "levels"), de, en)
    thresholds = [level.from_value for level in perspective.levels if level.from_value is not None]
    if thresholds != sorted(set(thresholds)):
        yield problem((*place, "levels"), "Schwellen (from) müssen steigen", "thresholds (from) must rise")
    members = {item.id for item in perspective.items} | {group.id for group in perspective.root.all_groups()}
    for index, level in enumerate(perspective.levels):
        yield from _gates((*place, "levels", index, "gates"), level, members)


def _gates(place: Place, level: Level, members: set[str]) -> Problems:
    for at, gate in enumerate(level.gates):
        if gate.member not in members:
            yield unknown((*place, at), "Ein Merkmal oder eine Gruppe", "item or group", gate.member)
        if gate.at_least <= 0:
            yield problem((*place, at), "at_least muss größer als 0 sein", "at_least must be above 0")


def _item(q: Questionnaire, place: Place, item: Item, roles: set[str]) -> Problems:
    keys = [option.key for option in item.scale.options]
    for key in item.anchors:
        if key not in keys:
            de, en = f"die Skala hat keine Antwort „{key}“", f'the scale has no option "{key}"'
            yield problem((*place, "anchors", key), de, en)
    for key in keys[1:] if item.anchors else ():
        if key not in item.anchors:
            de, en = f"die Beschreibung der Stufe {key} fehlt", f"the description of stage {key} is missing"
            yield problem((*place, "anchors"), de, en)
    for role in item.judged_by:
        if role not in roles:
            yield unknown((*place, "judged_by"), "Die Rolle", "role", role)
    yield from listed_sources(q, (*place, "origin"), item.origin)
