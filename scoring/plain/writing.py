"""A Questionnaire → the plain data of its files; the exact inverse of `scoring.plain.questionnaire`."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, assert_never

from scoring.model.conditions import (
    Condition,
    ContextIs,
    FactBetween,
    ItemsAtLeast,
    PerspectiveAtLeast,
    PerspectiveAtMost,
    StageAtLeast,
    StageAtMost,
)
from scoring.model.logic import AllOf, AnyOf, Not
from scoring.model.origin import OptionKey, Origin, Reference
from scoring.model.practices import Practice
from scoring.model.questionnaire import (
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
from scoring.model.recommendations import Recommendation
from scoring.model.rules import Applicability, Equivalence, Plausibility, Precondition, Rewording, Rule
from scoring.model.wording import Term, Word, Wording
from scoring.plain.conditions import write_compound

Entries = dict[str, Any]


def dump(questionnaire: Questionnaire) -> Entries:
    """The data of a questionnaire's files, by file name without ending; reading it again gives the same one."""
    files = {
        "questionnaire": _questionnaire(questionnaire),
        "rules": [_rule(rule) for rule in questionnaire.rules],
        "practices": [_practice(practice) for practice in questionnaire.practices],
        "recommendations": [_recommendation(step) for step in questionnaire.recommendations],
    }
    return _given(files)


def _given(entries: Mapping[str, Any]) -> Entries:
    """The entries that say something: a text, list or mapping left out is read as none."""
    return {key: value for key, value in entries.items() if value is not None and value not in ([], {}, "")}


def _number(value: Fraction) -> int | str:
    return value.numerator if value.denominator == 1 else str(value)


def _wording(wording: Wording) -> Entries:
    return {"de": wording.de, "en": wording.en}


def _optional(wording: Wording | None) -> Entries | None:
    return _wording(wording) if wording else None


def _questionnaire(q: Questionnaire) -> Entries:
    optional = {
        "roles": _choices(q.roles),
        "context": [_context_question(question) for question in q.context],
        "references": [_reference(reference) for reference in q.references],
        "sequence": list(q.sequence),
    }
    return {
        "id": q.id,
        "version": q.version,
        "title": _wording(q.title),
        "about": _wording(q.about),
        "source": _wording(q.source),
        "minimum_coverage": _number(q.minimum_coverage),
        "likely_within": _number(q.likely_within),
        "scales": [{"id": scale.id, "options": [_option(option) for option in scale.options]} for scale in q.scales],
        "perspectives": [_perspective(perspective, q.scales[0]) for perspective in q.perspectives],
    } | _given(optional)


def _option(option: Option) -> Entries:
    stage = isinstance(option.key, int) and option.points == option.key
    points = None if stage else _number(option.points)
    entries = {"key": option.key, "name": _wording(option.name), "points": points, "meaning": _optional(option.meaning)}
    return _given(entries)


def _choices(choices: Iterable[Choice]) -> list[Entries]:
    return [{"key": choice.key, "label": _wording(choice.label)} for choice in choices]


def _reference(reference: Reference) -> Entries:
    return {
        "id": reference.id,
        "title": _wording(reference.title),
        "where": reference.where,
        "seen": reference.seen,
        "used_for": _wording(reference.used_for),
    }


def _origin(origin: Origin) -> Entries:
    return _given(
        {
            "kind": origin.kind,
            "lines": list(origin.lines),
            "note": _optional(origin.note),
            "references": list(origin.references),
        }
    )


def _context_question(question: ContextQuestion) -> Entries:
    asked = {"id": question.id, "question": _wording(question.question)}
    asked |= {"help": _wording(question.help)} if question.help else {}
    match question:
        case ChoiceQuestion():
            name = _given({"name": _optional(question.name)})
            return {"kind": "choice", **asked, **name, "choices": _choices(question.choices)}
        case MatrixQuestion():
            return {
                "kind": "organisation",
                **asked,
                "rows": _choices(question.rows),
                "labels": list(question.labels),
            }
        case TermsQuestion():
            kind_from = {"kind_from": question.kind_from} if question.kind_from is not None else {}
            return {"kind": "terms", **asked, **kind_from, "terms": [_term(term) for term in question.terms]}
        case _:
            assert_never(question)


def _term(term: Term) -> Entries:
    return {"id": term.id, "name": _wording(term.name), "words": [_word(word) for word in term.words]}


def _word(word: Word) -> Entries:
    return _given({"id": word.id, "kinds": list(word.kinds), "de": dict(word.de), "en": dict(word.en)})


def _perspective(perspective: Perspective, usual: Scale) -> Entries:
    described = {
        "short": _wording(perspective.short),
        "definition": _wording(perspective.definition),
        "origin": _origin(perspective.origin),
        "levels": [_level(level) for level in perspective.levels],
    }
    return _given(_group(perspective.root, usual) | described)


def _group(group: Group, usual: Scale) -> Entries:
    return _given(
        {
            "id": group.id,
            "name": _wording(group.name),
            "aggregate": group.aggregate,
            "weight": _weight(group.weight),
            "items": [_item(item, usual) for item in group.items],
            "groups": [_group(inner, usual) for inner in group.groups],
        }
    )


def _weight(weight: Fraction) -> int | str | None:
    return None if weight == 1 else _number(weight)


def _item(item: Item, usual: Scale) -> Entries:
    return _given(
        {
            "id": item.id,
            "core": item.core or None,
            "weight": _weight(item.weight),
            "scale": None if item.scale.id == usual.id else item.scale.id,
            "name": _wording(item.name),
            "statement": _wording(item.statement),
            "anchors": _anchors(item.anchors),
            "judged_by": list(item.judged_by),
            "evidence": _optional(item.evidence),
            "note": _optional(item.note),
            "origin": _origin(item.origin),
        }
    )


def _anchors(anchors: Mapping[OptionKey, Wording]) -> dict[OptionKey, Entries]:
    return {key: _wording(wording) for key, wording in anchors.items()}


def _level(level: Level) -> Entries:
    return _given(
        {
            "key": level.key,
            "name": _wording(level.name),
            "from": None if level.from_value is None else _number(level.from_value),
            "gates": [_gate(gate) for gate in level.gates],
        }
    )


def _gate(gate: Gate) -> Entries:
    return {"member": gate.member, "at_least": _number(gate.at_least)}


def _rule(rule: Rule) -> Entries:
    common = {
        "id": rule.id,
        "text": _wording(rule.text),
        "origin": _origin(rule.origin),
        "confidence": rule.confidence,
    }
    when = {"when": _condition(rule.when)} if rule.when is not None else {}
    match rule:
        case Applicability():
            rewords = {item: _rewording(rewording) for item, rewording in rule.rewords.items()}
            effects = _given({"removes": list(rule.removes), "rewords": rewords})
            return {"kind": "applicability", **common, **when, **effects}
        case Precondition():
            steps = {"before": list(rule.before), "first": list(rule.first)}
            return {"kind": "precondition", **common, **when, **steps, "requires": _condition(rule.requires)}
        case Plausibility():
            return {"kind": "plausibility", **common, **when}
        case Equivalence():
            question = {"question": rule.question} if rule.question is not None else {}
            return {"kind": "equivalence", **common, **when, **question, "items": list(rule.items)}
        case _:
            assert_never(rule)


def _rewording(rewording: Rewording) -> Entries:
    return _given({"statement": _optional(rewording.statement), "anchors": _anchors(rewording.anchors)})


def _practice(practice: Practice) -> Entries:
    entries = {
        "id": practice.id,
        "municipality": practice.municipality,
        "structure": dict(practice.structure),
        "title": _wording(practice.title),
        "summary": _wording(practice.summary),
        "perspectives": list(practice.perspectives),
        "as_of": {"text": _wording(practice.as_of)},
        "facts": [{"text": _wording(fact.text), "lines": list(fact.lines)} for fact in practice.facts],
        "items": [
            {
                "item": documented.item,
                "stage": "none" if documented.stage is None else documented.stage,
                "because": _wording(documented.because),
                "lines": list(documented.lines),
            }
            for documented in practice.items
        ],
        "conditions": [
            {
                "id": condition.id,
                "text": _wording(condition.text),
                **({} if condition.holds is None else {"holds": _condition(condition.holds)}),
                "origin": _origin(condition.origin),
            }
            for condition in practice.conditions
        ],
        "limits": _wording(practice.limits),
        "origin": _origin(practice.origin),
    }
    since = [{"text": _wording(since.text), "reference": since.reference} for since in practice.since]
    return entries | ({"since": since} if since else {})


def _recommendation(step: Recommendation) -> Entries:
    return {
        "id": step.id,
        "perspective": step.perspective,
        "from": step.from_stage,
        "to": step.to_stage,
        "step": _wording(step.step),
        "prepares": _wording(step.prepares),
        "decides": _wording(step.decides),
        "effort": {"class": step.effort.size, "estimate": _wording(step.effort.estimate)},
        "kind": step.kind,
        "items": list(step.items),
        "examples": list(step.examples),
        "origin": _origin(step.origin),
    }


def _condition(condition: Condition) -> Entries:
    match condition:
        case StageAtLeast(item, stage):
            return {"stage_at_least": {"item": item, "stage": _number(stage)}}
        case StageAtMost(item, stage):
            return {"stage_at_most": {"item": item, "stage": _number(stage)}}
        case ItemsAtLeast(count, stage, of):
            return {"items_at_least": {"count": count, "stage": _number(stage)} | ({"of": list(of)} if of else {})}
        case PerspectiveAtLeast(perspective, stage):
            return {"perspective_at_least": {"perspective": perspective, "stage": _number(stage)}}
        case PerspectiveAtMost(perspective, stage):
            return {"perspective_at_most": {"perspective": perspective, "stage": _number(stage)}}
        case ContextIs(question, options):
            return {"context": {"question": question, "is": options[0] if len(options) == 1 else list(options)}}
        case FactBetween(question, name, at_least, at_most):
            bounds = _given({"at_least": at_least, "at_most": at_most})
            return {"fact": {"question": question, "name": name} | bounds}
        case AllOf() | AnyOf() | Not():
            return write_compound(condition, _condition)
        case _:
            assert_never(condition)
