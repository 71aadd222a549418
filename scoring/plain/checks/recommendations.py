"""Whether recommendations lead from stage to stage without a gap, and lift every item."""

from scoring.model.aggregates import SUMS
from scoring.model.questionnaire import Perspective, Questionnaire
from scoring.model.recommendations import Recommendation
from scoring.plain.checks.references import listed_sources
from scoring.plain.problems import Place, Problem, Problems, problem, unknown


def recommendations(q: Questionnaire) -> Problems:
    """Recommendations that can never be given, name what is not there, or are missing."""
    perspectives = {perspective.id: perspective for perspective in q.perspectives}
    taken: set[tuple[str, int]] = set()
    for index, step in enumerate(q.recommendations):
        place: Place = ("recommendations", index)
        yield from listed_sources(q, (*place, "origin"), step.origin)
        perspective = perspectives.get(step.perspective)
        if perspective is None:
            yield unknown((*place, "perspective"), "Die Praxisperspektive", "perspective", step.perspective)
            continue
        if (step.perspective, step.from_stage) in taken or not _is_one_stage(perspective, step):
            yield _never(perspective, place, step)
        taken.add((step.perspective, step.from_stage))
        yield from _named(q, perspective, place, step)
    for perspective in q.perspectives if q.recommendations else ():
        yield from _gaps(perspective, {stage for of, stage in taken if of == perspective.id})
        yield from _not_lifted(q, perspective)


def _named(q: Questionnaire, perspective: Perspective, place: Place, step: Recommendation) -> Problems:
    for item in set(step.items) - {item.id for item in perspective.items}:
        yield unknown((*place, "items"), f"In {perspective.id} das Merkmal", f"item of {perspective.id}", item)
    for practice in set(step.examples) - {practice.id for practice in q.practices}:
        yield unknown((*place, "examples"), "Das Beispiel", "practice", practice)


def _is_one_stage(perspective: Perspective, step: Recommendation) -> bool:
    lowest, highest = _bounds_of_steps(perspective)
    return lowest <= step.from_stage < step.to_stage <= highest and step.to_stage == step.from_stage + 1


def _never(perspective: Perspective, place: Place, step: Recommendation) -> Problem:
    _, highest = _bounds_of_steps(perspective)
    return problem(
        place,
        f"„{step.id}“ wird nie empfohlen: je Stufe führt genau eine Empfehlung zur nächsten, bis Stufe {highest}",
        f'"{step.id}" can never be recommended: exactly one leads from each stage to the next, up to {highest}',
    )


def _gaps(perspective: Perspective, taken: set[int]) -> Problems:
    """Every low stage has a recommendation, wherever a questionnaire recommends at all; a sum has no stages."""
    place: Place = ("recommendations",)
    if perspective.root.aggregate in SUMS:
        if taken:
            de = f"für {perspective.id} sind keine Empfehlungen möglich: eine Summe hat keine Stufen"
            yield problem(place, de, f"{perspective.id} can have no recommendations: a sum has no stages")
        return
    for stage in range(*_bounds_of_steps(perspective)):
        if stage not in taken:
            de = f"für {perspective.id} fehlt die Empfehlung von Stufe {stage} auf {stage + 1}"
            en = f"{perspective.id} has no recommendation from stage {stage} to {stage + 1}"
            yield problem(place, de, en)


def _not_lifted(q: Questionnaire, perspective: Perspective) -> Problems:
    """Every item has a recommendation too, unless it is part of a sum."""
    if perspective.root.aggregate in SUMS:
        return
    lifted = {item for step in q.recommendations for item in step.items}
    for item in perspective.items:
        if item.id not in lifted:
            de, en = f"keine Empfehlung hebt {item.id}", f"no recommendation lifts {item.id}"
            yield problem(("recommendations",), de, en)


def _bounds_of_steps(perspective: Perspective) -> tuple[int, int]:
    points = [option.points for item in perspective.items for option in item.scale.options]
    return (int(min(points)), int(max(points))) if points else (0, 0)
