"""Checks of a whole questionnaire: what no single value can show. Every problem is found, with its place."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any, assert_never

from scoring.model.aggregates import SUMS
from scoring.model.answers import CANNOT_JUDGE
from scoring.model.conditions import (
    Condition,
    ContextIs,
    FactBetween,
    ItemsAtLeast,
    PerspectiveAtLeast,
    PerspectiveAtMost,
    StageAtLeast,
    StageAtMost,
    leaves,
    questions_in,
)
from scoring.model.origin import Origin
from scoring.model.questionnaire import (
    ChoiceQuestion,
    ContextQuestion,
    Group,
    Item,
    MatrixQuestion,
    Perspective,
    Questionnaire,
)
from scoring.model.rules import Applicability, Equivalence, Plausibility, Precondition
from scoring.model.wording import FORMS, LANGUAGES, PLACEHOLDER, Wording
from scoring.plain.order import cycle_in
from scoring.plain.problems import Place, Problem

Problems = Iterator[Problem]
BRACES = re.compile(r"\{[^{}]*\}")


def check(questionnaire: Questionnaire) -> list[Problem]:
    """Everything wrong with the questionnaire as a whole; an empty list when it is sound."""
    parts = (_identity, _scales, _context, _perspectives, _rules, _order, _recommendations, _practices, _texts)
    return [problem for part in parts for problem in part(questionnaire)]


def check_practices(questionnaire: Questionnaire) -> list[Problem]:
    """Everything wrong with the practices of the questionnaire, the rest being sound; for examples added to it."""
    placed = (
        problem
        for index, practice in enumerate(questionnaire.practices)
        for problem in _placeholders(questionnaire, ("practices", index), practice)
    )
    ids = _doubled(("practices",), [practice.id for practice in questionnaire.practices])
    return [*ids, *_practices(questionnaire), *placed]


def _problem(place: Place, de: str, en: str) -> Problem:
    return Problem(place, Wording(de, en))


def _empty(place: Place) -> Problem:
    return _problem(place, "darf nicht leer sein", "must not be empty")


def _unknown(place: Place, what_de: str, what_en: str, id: object) -> Problem:
    return _problem(place, f"{what_de} „{id}“ gibt es nicht", f'there is no {what_en} "{id}"')


def _identity(q: Questionnaire) -> Problems:
    groups = [group for perspective in q.perspectives for group in perspective.root.all_groups()]
    families: Sequence[tuple[str, Iterable[str]]] = (
        ("perspectives", [g.id for g in groups] + [i.id for p in q.perspectives for i in p.items]),
        ("context", [question.id for question in q.context]),
        ("references", [reference.id for reference in q.references]),
        ("roles", [role.key for role in q.roles]),
    )
    for name, ids in families:
        yield from _doubled(("questionnaire", name), ids)
    yield from _doubled(("rules",), [rule.id for rule in q.rules])
    yield from _doubled(("practices",), [practice.id for practice in q.practices])
    yield from _doubled(("recommendations",), [recommendation.id for recommendation in q.recommendations])
    if q.sequence and sorted(q.sequence) != sorted(perspective.id for perspective in q.perspectives):
        de, en = "muss jede Praxisperspektive genau einmal nennen", "must name every perspective exactly once"
        yield _problem(("questionnaire", "sequence"), de, en)
    if not 0 < q.minimum_coverage <= 1:
        place = ("questionnaire", "minimum_coverage")
        yield _problem(place, "muss größer als 0 und höchstens 1 sein", "must be above 0 and at most 1")


def _doubled(place: Place, ids: Iterable[str]) -> Problems:
    for id, count in Counter(ids).items():
        if count > 1:
            yield _problem(place, f"die Kennung „{id}“ kommt {count}-mal vor", f'the id "{id}" occurs {count} times')


def _scales(q: Questionnaire) -> Problems:
    if not q.scales:
        yield _empty(("questionnaire", "scales"))
    yield from _doubled(("questionnaire", "scales"), [scale.id for scale in q.scales])
    for index, scale in enumerate(q.scales):
        place = ("questionnaire", "scales", index, "options")
        if not scale.options:
            yield _empty(place)
            continue
        if any(option.key == CANNOT_JUDGE for option in scale.options):
            de, en = (
                f"{CANNOT_JUDGE} ist schon vergeben: so heißt „nicht zu beurteilen“",
                f"{CANNOT_JUDGE} is taken already",
            )
            yield _problem(place, de, en)
        points = [option.points for option in scale.options]
        if len(points) < 2 or points != sorted(set(points)):
            yield _problem(
                place,
                "braucht mindestens zwei Antworten mit steigenden Punkten",
                "needs at least two options with rising points",
            )
        yield from _doubled(place, [str(option.key) for option in scale.options])


def _context(q: Questionnaire) -> Problems:
    ids = {question.id: question for question in q.context}
    for index, question in enumerate(q.context):
        place = ("questionnaire", "context", index)
        if isinstance(question, ChoiceQuestion):
            if not question.choices:
                yield _empty((*place, "choices"))
            yield from _doubled((*place, "choices"), [choice.key for choice in question.choices])
        elif isinstance(question, MatrixQuestion):
            yield from _doubled((*place, "rows"), [row.key for row in question.rows])
            yield from _doubled((*place, "labels"), question.labels)
            if not question.labels:
                yield _empty((*place, "labels"))
        else:
            yield from _doubled((*place, "terms"), [term.id for term in question.terms])
            source = ids.get(question.kind_from or "")
            kinds = {choice.key for choice in source.choices} if isinstance(source, ChoiceQuestion) else set()
            if question.kind_from and not kinds:
                yield _unknown((*place, "kind_from"), "Eine Auswahlfrage", "choice question", question.kind_from)
            for at, term in enumerate(question.terms):
                if not term.words:
                    yield _empty((*place, "terms", at, "words"))
                yield from _doubled((*place, "terms", at, "words"), [word.id for word in term.words])
                for word_at, word in enumerate(term.words):
                    for kind in set(word.kinds) - kinds:
                        yield _unknown((*place, "terms", at, "words", word_at, "kinds"), "Die Antwort", "answer", kind)


def _perspectives(q: Questionnaire) -> Problems:
    roles = {role.key for role in q.roles}
    if not q.perspectives:
        yield _empty(("questionnaire", "perspectives"))
    for index, perspective in enumerate(q.perspectives):
        place = ("questionnaire", "perspectives", index)
        yield from _group(place, perspective.root)
        yield from _levels(place, perspective)
        yield from _origin(q, (*place, "origin"), perspective.origin)
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
            yield _problem(place, de, f'the weight of "{member.id}" must be above 0')
    if group.aggregate in SUMS:
        for member in group.members:
            inside = member.all_items() if isinstance(member, Group) else (member,)
            sums_itself = isinstance(member, Group) and member.aggregate in SUMS
            if not sums_itself and any(item.scale.options and item.scale.lowest != 0 for item in inside):
                de = f"in einer Summe muss die niedrigste Antwort von „{member.id}“ 0 Punkte haben"
                yield _problem(place, de, f'in a sum the lowest option of "{member.id}" must have 0 points')
    elif len({bounds for member in group.members for bounds in _bounds(member)}) > 1:
        yield _problem(
            place,
            "verschiedene Skalen oder Summen lassen sich nur mit sum oder weighted-sum zusammenfassen",
            "different scales or sums can only be combined by sum or weighted-sum",
        )
    for index, inner in enumerate(group.groups):
        yield from _group((*place, "groups", index), inner)


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
    members = {item.id for item in perspective.items} | {g.id for g in perspective.root.all_groups()}
    expected = list(range(1, len(perspective.levels) + 1))
    if [level.key for level in perspective.levels] != expected:
        de, en = "Stufen müssen 1, 2, 3 … heißen, in dieser Reihenfolge", "levels must be 1, 2, 3 … in this order"
        yield _problem((*place, "levels"), de, en)
    thresholds = [level.from_value for level in perspective.levels if level.from_value is not None]
    if thresholds != sorted(set(thresholds)):
        yield _problem((*place, "levels"), "Schwellen (from) müssen steigen", "thresholds (from) must rise")
    for index, level in enumerate(perspective.levels):
        for gate_at, gate in enumerate(level.gates):
            gate_place = (*place, "levels", index, "gates", gate_at)
            if gate.member not in members:
                yield _unknown(gate_place, "Ein Merkmal oder eine Gruppe", "item or group", gate.member)
            if gate.at_least <= 0:
                yield _problem(gate_place, "at_least muss größer als 0 sein", "at_least must be above 0")


def _item(q: Questionnaire, place: Place, item: Item, roles: set[str]) -> Problems:
    keys = [option.key for option in item.scale.options]
    for key in item.anchors:
        if key not in keys:
            de, en = f"die Skala hat keine Antwort „{key}“", f'the scale has no option "{key}"'
            yield _problem((*place, "anchors", key), de, en)
    for key in keys[1:] if item.anchors else ():
        if key not in item.anchors:
            de, en = f"die Beschreibung der Stufe {key} fehlt", f"the description of stage {key} is missing"
            yield _problem((*place, "anchors"), de, en)
    for role in item.judged_by:
        if role not in roles:
            yield _unknown((*place, "judged_by"), "Die Rolle", "role", role)
    yield from _origin(q, (*place, "origin"), item.origin)


def _origin(q: Questionnaire, place: Place, origin: Origin) -> Problems:
    known = {reference.id for reference in q.references}
    for reference in origin.references:
        if reference not in known:
            yield _unknown((*place, "references"), "Die Quelle", "reference", reference)


def _rules(q: Questionnaire) -> Problems:
    perspectives = {perspective.id for perspective in q.perspectives}
    steps = {recommendation.id for recommendation in q.recommendations}
    for index, rule in enumerate(q.rules):
        place = ("rules", index)
        yield from _origin(q, (*place, "origin"), rule.origin)
        if rule.when is not None:
            yield from _condition(q, (*place, "when"), rule.when)
        match rule:
            case Applicability():
                yield from _applicability(q, place, rule, perspectives)
            case Precondition():
                yield from _condition(q, (*place, "requires"), rule.requires)
                for key, named in (("before", rule.before), ("first", rule.first)):
                    for step in named:
                        if step not in steps:
                            yield _unknown((*place, key), "Die Empfehlung", "recommendation", step)
            case Equivalence():
                yield from _equivalence(q, place, rule)
            case Plausibility():
                pass


def _applicability(q: Questionnaire, place: Place, rule: Applicability, perspectives: set[str]) -> Problems:
    if not all(isinstance(leaf, ContextIs | FactBetween) for leaf in leaves(rule.when)):
        yield _problem(
            (*place, "when"),
            "darf nur Rahmenangaben ansehen: eine Einschätzung schaltet nie ein anderes Merkmal ab",
            "may only look at context questions: an answer never switches another item off",
        )
    for target in rule.removes:
        if target not in perspectives and target not in q.items:
            yield _unknown(
                (*place, "removes"), "Ein Merkmal oder eine Praxisperspektive", "item or perspective", target
            )
    for id, rewording in rule.rewords.items():
        if id not in q.items:
            yield _unknown((*place, "rewords", id), "Das Merkmal", "item", id)
        else:
            for key in rewording.anchors:
                if key not in q.items[id].anchors:
                    yield _unknown((*place, "rewords", id, "anchors", key), "Die Stufe", "stage", key)
    if not rule.removes and not rule.rewords:
        yield _problem(
            place, "bewirkt nichts: removes oder rewords fehlt", "has no effect: removes or rewords is missing"
        )


def _equivalence(q: Questionnaire, place: Place, rule: Equivalence) -> Problems:
    for item in rule.items:
        if item not in q.items:
            yield _unknown((*place, "items"), "Das Merkmal", "item", item)
    if rule.question is None:
        return
    if rule.question not in {question.id for question in q.context}:
        yield _unknown((*place, "question"), "Die Rahmenangabe", "context question", rule.question)
    for other in q.rules:
        if isinstance(other, Applicability) and _favours(q, other, rule):
            yield _problem(
                place,
                f"Regel {other.id} wertet Antworten auf {rule.question} verschieden; dann zählen sie nicht gleich",
                f"rule {other.id} treats answers to {rule.question} differently, so they would not count alike",
            )


def _favours(q: Questionnaire, other: Applicability, rule: Equivalence) -> bool:
    asks = rule.question in questions_in(other.when)
    perspectives = {q.perspective_of[item].id for item in rule.items if item in q.items}
    return asks and bool({*rule.items, *perspectives} & set(other.removes))


def _condition(q: Questionnaire, place: Place, condition: Condition) -> Problems:
    questions = {question.id: question for question in q.context}
    for leaf in leaves(condition):
        match leaf:
            case StageAtLeast(item, stage) | StageAtMost(item, stage):
                yield from _stage_of_item(q, place, item, stage)
            case ItemsAtLeast(count, stage, of):
                for item in of or q.items:
                    yield from _stage_of_item(q, place, item, stage)
                if count > len(of or q.items):
                    de, en = "so viele Merkmale gibt es nicht", "there are not so many items"
                    yield _problem(place, f"count {count}: {de}", f"count {count}: {en}")
            case PerspectiveAtLeast(perspective, _) | PerspectiveAtMost(perspective, _):
                if perspective not in {p.id for p in q.perspectives}:
                    yield _unknown(place, "Die Praxisperspektive", "perspective", perspective)
            case ContextIs(question, options):
                yield from _choices(place, questions.get(question), question, options)
            case FactBetween(question, _, at_least, at_most):
                if not isinstance(questions.get(question), MatrixQuestion):
                    yield _unknown(place, "Die Organisationsmatrix", "organisation matrix", question)
                if at_least is not None and at_most is not None and at_least > at_most:
                    de, en = "at_least ist größer als at_most: nie erfüllt", "at_least exceeds at_most: never true"
                    yield _problem(place, de, en)
            case _:
                assert_never(leaf)


def _choices(place: Place, asked: ContextQuestion | None, question: str, options: tuple[str, ...]) -> Problems:
    if not isinstance(asked, ChoiceQuestion):
        yield _unknown(place, "Die Auswahlfrage", "choice question", question)
        return
    for option in set(options) - {choice.key for choice in asked.choices}:
        yield _unknown(place, f"In {question} die Antwort", f"answer to {question}", option)


def _stage_of_item(q: Questionnaire, place: Place, item: str, stage: Fraction) -> Problems:
    if item not in q.items:
        yield _unknown(place, "Das Merkmal", "item", item)
    elif stage not in {option.points for option in q.items[item].scale.options}:
        yield _unknown(place, f"Für {item} die Stufe", f"stage of {item}", stage)


def _order(q: Questionnaire) -> Problems:
    """Preconditions and the order of stages must not run in a circle."""
    needs: dict[str, set[str]] = {recommendation.id: set() for recommendation in q.recommendations}
    for rule in q.rules:
        if isinstance(rule, Precondition):
            for step in rule.before:
                needs.setdefault(step, set()).update(rule.first)
    by_transition = {(r.perspective, r.to_stage): r.id for r in q.recommendations}
    for recommendation in q.recommendations:
        before = by_transition.get((recommendation.perspective, recommendation.from_stage))
        if before:
            needs[recommendation.id].add(before)
    if cycle := cycle_in(needs):
        written = " → ".join(cycle)
        yield _problem(
            ("rules",),
            f"Voraussetzungen laufen im Kreis: {written}",
            f"preconditions run in a circle: {written}",
        )


def _recommendations(q: Questionnaire) -> Problems:
    perspectives = {perspective.id: perspective for perspective in q.perspectives}
    practices = {practice.id for practice in q.practices}
    taken: set[tuple[str, int]] = set()
    for index, step in enumerate(q.recommendations):
        place = ("recommendations", index)
        yield from _origin(q, (*place, "origin"), step.origin)
        perspective = perspectives.get(step.perspective)
        if perspective is None:
            yield _unknown((*place, "perspective"), "Die Praxisperspektive", "perspective", step.perspective)
            continue
        lowest, highest = _bounds_of_steps(perspective)
        if (
            step.to_stage != step.from_stage + 1
            or step.from_stage < lowest
            or step.to_stage > highest
            or (step.perspective, step.from_stage) in taken
        ):
            yield _problem(
                place,
                f"„{step.id}“ wird nie empfohlen: je Stufe führt genau eine Empfehlung zur nächsten, bis Stufe {highest}",
                f'"{step.id}" can never be recommended: exactly one leads from each stage to the next, up to {highest}',
            )
        taken.add((step.perspective, step.from_stage))
        for item in set(step.items) - {item.id for item in perspective.items}:
            yield _unknown((*place, "items"), f"In {perspective.id} das Merkmal", f"item of {perspective.id}", item)
        for practice in set(step.examples) - practices:
            yield _unknown((*place, "examples"), "Das Beispiel", "practice", practice)
    yield from _gaps(q, taken)


def _gaps(q: Questionnaire, taken: set[tuple[str, int]]) -> Problems:
    """Every low stage and every item has a recommendation, wherever a questionnaire recommends at all."""
    if not q.recommendations:
        return
    lifted = {item for step in q.recommendations for item in step.items}
    for perspective in q.perspectives:
        if perspective.root.aggregate in SUMS:
            if not any(of == perspective.id for of, _ in taken):
                continue
            de = f"für {perspective.id} sind keine Empfehlungen möglich: eine Summe hat keine Stufen"
            yield _problem(
                ("recommendations",), de, f"{perspective.id} can have no recommendations: a sum has no stages"
            )
            continue
        lowest, highest = _bounds_of_steps(perspective)
        for stage in range(lowest, highest):
            if (perspective.id, stage) not in taken:
                de = f"für {perspective.id} fehlt die Empfehlung von Stufe {stage} auf {stage + 1}"
                en = f"{perspective.id} has no recommendation from stage {stage} to {stage + 1}"
                yield _problem(("recommendations",), de, en)
        for item in perspective.items:
            if item.id not in lifted:
                de, en = f"keine Empfehlung hebt {item.id}", f"no recommendation lifts {item.id}"
                yield _problem(("recommendations",), de, en)


def _bounds_of_steps(perspective: Perspective) -> tuple[int, int]:
    points = [option.points for item in perspective.items for option in item.scale.options]
    return (int(min(points)), int(max(points))) if points else (0, 0)


def _practices(q: Questionnaire) -> Problems:
    references = {reference.id for reference in q.references}
    for index, practice in enumerate(q.practices):
        place = ("practices", index)
        yield from _origin(q, (*place, "origin"), practice.origin)
        yield from _structure(q, (*place, "structure"), practice.structure)
        yield from _doubled((*place, "items"), [documented.item for documented in practice.items])
        for at, documented in enumerate(practice.items):
            item = q.items.get(documented.item)
            if item is None:
                yield _unknown((*place, "items", at), "Das Merkmal", "item", documented.item)
            elif documented.stage is not None and documented.stage not in item.anchors:
                yield _unknown(
                    (*place, "items", at, "stage"), f"Für {item.id} die Stufe", f"stage of {item.id}", documented.stage
                )
        named = {q.perspective_of[d.item].id for d in practice.items if d.item in q.items}
        if named != set(practice.perspectives):
            listed = ", ".join(sorted(named))
            de, en = (
                f"passt nicht zu den Merkmalen, die liegen in: {listed}",
                f"does not match the items, which lie in: {listed}",
            )
            yield _problem((*place, "perspectives"), de, en)
        for at, condition in enumerate(practice.conditions):
            if condition.holds is not None:
                yield from _condition(q, (*place, "conditions", at, "holds"), condition.holds)
            yield from _origin(q, (*place, "conditions", at, "origin"), condition.origin)
        for at, since in enumerate(practice.since):
            if since.reference not in references:
                yield _unknown((*place, "since", at, "reference"), "Die Quelle", "reference", since.reference)


def _structure(q: Questionnaire, place: Place, structure: Mapping[str, str]) -> Problems:
    choices = {question.id: question.choices for question in q.context if isinstance(question, ChoiceQuestion)}
    for question, key in structure.items():
        if question not in choices:
            yield _unknown(place, "Die Auswahlfrage", "question with choices", question)
        elif key not in {choice.key for choice in choices[question]}:
            yield _unknown((*place, question), f"Für {question} die Antwort", f"choice of {question}", key)


def _texts(q: Questionnaire) -> Problems:
    """Every placeholder names a term and a form."""
    whole: Mapping[str, object] = {
        "questionnaire": (q.title, q.about, q.source, q.scales, q.roles, q.context, q.perspectives, q.references),
        "rules": q.rules,
        "practices": q.practices,
        "recommendations": q.recommendations,
    }
    for file, content in whole.items():
        yield from _placeholders(q, (file,), content)


def _placeholders(q: Questionnaire, place: Place, content: object) -> Problems:
    for owner, wording in wordings(content, ""):
        for language in LANGUAGES:
            for written in BRACES.findall(wording.text(language)):
                named = PLACEHOLDER.fullmatch(written)
                if not named or named[1].lower() not in q.terms or named[2] not in FORMS:
                    de = f"{owner} ({language}): „{written}“ ist kein Wort oder keine Form"
                    yield _problem(place, de, f'{owner} ({language}): "{written}" is no local word or no form')


def wordings(value: Any, owner: str) -> Iterator[tuple[str, Wording]]:
    """Every wording inside, with the id of what it belongs to."""
    if isinstance(value, Wording):
        yield owner, value
    elif is_dataclass(value):
        inside = getattr(value, "id", owner)
        for field in fields(value):
            yield from wordings(getattr(value, field.name), inside if isinstance(inside, str) else owner)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from wordings(part, owner)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from wordings(part, owner)
