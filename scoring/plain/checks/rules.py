"""Whether rules speak of what the questionnaire has, do something, and run in no circle."""

from typing import assert_never

from scoring.model.conditions import ContextIs, FactBetween, leaves, questions_in
from scoring.model.questionnaire import Questionnaire
from scoring.model.rules import Applicability, Equivalence, Plausibility, Precondition
from scoring.plain.checks.conditions import condition
from scoring.plain.checks.references import listed_sources
from scoring.plain.order import cycle_in
from scoring.plain.problems import Place, Problems, problem, unknown


def rules(q: Questionnaire) -> Problems:
    """What is wrong with the rules, one by one."""
    for index, rule in enumerate(q.rules):
        place: Place = ("rules", index)
        yield from listed_sources(q, (*place, "origin"), rule.origin)
        if rule.when is not None:
            yield from condition(q, (*place, "when"), rule.when)
        match rule:
            case Applicability():
                yield from _applicability(q, place, rule)
            case Precondition():
                yield from _precondition(q, place, rule)
            case Equivalence():
                yield from _equivalence(q, place, rule)
            case Plausibility():
                pass
            case _:
                assert_never(rule)


def _precondition(q: Questionnaire, place: Place, rule: Precondition) -> Problems:
    yield from condition(q, (*place, "requires"), rule.requires)
    steps = {recommendation.id for recommendation in q.recommendations}
    for key, named in (("before", rule.before), ("first", rule.first)):
        for step in named:
            if step not in steps:
                yield unknown((*place, key), "Die Empfehlung", "recommendation", step)


def _applicability(q: Questionnaire, place: Place, rule: Applicability) -> Problems:
    if not all(isinstance(leaf, ContextIs | FactBetween) for leaf in leaves(rule.when)):
        yield problem(
            (*place, "when"),
            "darf nur Rahmenangaben ansehen: eine Einschätzung schaltet nie ein anderes Merkmal ab",
            "may only look at context questions: an answer never switches another item off",
        )
    targets = {*q.items, *(perspective.id for perspective in q.perspectives)}
    for target in rule.removes:
        if target not in targets:
            de, en = "Ein Merkmal oder eine Praxisperspektive", "item or perspective"
            yield unknown((*place, "removes"), de, en, target)
    yield from _rewordings(q, (*place, "rewords"), rule)
    if not rule.removes and not rule.rewords:
        de, en = "bewirkt nichts: removes oder rewords fehlt", "has no effect: removes or rewords is missing"
        yield problem(place, de, en)


def _rewordings(q: Questionnaire, place: Place, rule: Applicability) -> Problems:
    for id, rewording in rule.rewords.items():
        item = q.items.get(id)
        if item is None:
            yield unknown((*place, id), "Das Merkmal", "item", id)
            continue
        for key in rewording.anchors:
            if key not in item.anchors:
                yield unknown((*place, id, "anchors", key), "Die Stufe", "stage", key)


def _equivalence(q: Questionnaire, place: Place, rule: Equivalence) -> Problems:
    for item in rule.items:
        if item not in q.items:
            yield unknown((*place, "items"), "Das Merkmal", "item", item)
    if rule.question is None:
        return
    if rule.question not in {question.id for question in q.context}:
        yield unknown((*place, "question"), "Die Rahmenangabe", "context question", rule.question)
    for other in q.rules:
        if isinstance(other, Applicability) and _favours(q, other, rule):
            yield problem(
                place,
                f"Regel {other.id} wertet Antworten auf {rule.question} verschieden; dann zählen sie nicht gleich",
                f"rule {other.id} treats answers to {rule.question} differently, so they would not count alike",
            )


def _favours(q: Questionnaire, other: Applicability, rule: Equivalence) -> bool:
    asks = rule.question in questions_in(other.when)
    perspectives = {q.perspective_of[item].id for item in rule.items if item in q.items}
    return asks and bool({*rule.items, *perspectives} & set(other.removes))


def order(q: Questionnaire) -> Problems:
    """Preconditions and the order of stages must not run in a circle."""
    if cycle := cycle_in(_needs(q)):
        written = " → ".join(cycle)
        de, en = f"Voraussetzungen laufen im Kreis: {written}", f"preconditions run in a circle: {written}"
        yield problem(("rules",), de, en)


def _needs(q: Questionnaire) -> dict[str, set[str]]:
    """What each recommendation may have to wait for, by a rule or by the order of stages."""
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
    return needs
