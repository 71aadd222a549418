"""The same questionnaire in other rule engines, each from flat data to the same outcome."""

# A package of others may be missing, so each is imported where it is used.

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bench.lowering import Data, Logic, Program, python_source, zen_text
from scoring.assess.applicability import applied_rules
from scoring.assess.assess import assess
from scoring.assess.hints import hints
from scoring.model.answers import Sheet
from scoring.model.questionnaire import Questionnaire

Outcome = tuple[list[Any], list[str]]
"""The values of the perspectives (None: too little answered), and the rules that certainly hold."""
Engine = Callable[[Data], Outcome]


def ours(questionnaire: Questionnaire, sheet: Sheet) -> Outcome:
    """What the product does: beyond the outcome also ranges, certainty, minimum and the trace."""
    result = assess(questionnaire, sheet)
    holding = [rule.id for rule in applied_rules(questionnaire, sheet.context).in_force]
    holding += [rule.id for rule in hints(questionnaire, result)]
    return [one.value for one in result.perspectives], holding


def generated(lowered: Program) -> Engine:
    """A Python function written from the rules: what compiling the questionnaire could reach."""
    scope: dict[str, Any] = {}
    exec(compile(python_source(lowered), "<questionnaire>", "exec"), scope)
    function = scope["assessed"]

    def engine(data: Data) -> Outcome:
        values, flags = function(data)
        return values, [rule for rule, flag in zip(lowered.rules, flags, strict=True) if flag]

    return engine


def datalogic(lowered: Program) -> Engine:
    """JSONLogic compiled in Rust."""
    from datalogic_py import Engine as DataLogic

    compiler = DataLogic()
    return _staged(lowered, lambda logic: compiler.compile(logic).evaluate)


def panzi(lowered: Program) -> Engine:
    """JSONLogic interpreted in Python."""
    from json_logic import jsonLogic

    return _staged(lowered, lambda logic: lambda data: jsonLogic(logic, data))


def _staged(lowered: Program, compiled: Callable[[Logic], Callable[[Data], Any]]) -> Engine:
    """JSONLogic cannot name intermediate results: each stage is one list of expressions, its results join the data."""
    stages = [(tuple(stage), compiled(list(stage.values()))) for stage in lowered.stages]

    def engine(data: Data) -> Outcome:
        known = dict(data)
        for names, evaluate in stages:
            known.update(zip(names, evaluate(known), strict=True))
        return _outcome(lowered, known)

    return engine


def zen(lowered: Program) -> Engine:
    """ZEN's language alone: one compiled list of expressions a stage."""
    from zen import compile_expression

    return _staged(
        lowered, lambda logic: compile_expression("[" + ", ".join(zen_text(one) for one in logic) + "]").evaluate
    )


def zen_decision(lowered: Program) -> Engine:
    """A ZEN decision graph: one expression node a stage. What is null is missing in its result."""
    from zen import ZenEngine

    decision = ZenEngine().create_decision(json.dumps(_zen_model(lowered)))
    return lambda data: _outcome(lowered, decision.evaluate(data)["result"])


def _zen_model(lowered: Program) -> dict[str, Any]:
    nodes: list[dict[str, Any]] = [{"id": "in", "name": "in", "type": "inputNode"}]
    for number, stage in enumerate(lowered.stages):
        expressions = [{"id": key, "key": key, "value": zen_text(logic)} for key, logic in stage.items()]
        content = {"expressions": expressions, "passThrough": True}
        nodes.append({"id": f"s{number}", "name": f"s{number}", "type": "expressionNode", "content": content})
    nodes.append({"id": "out", "name": "out", "type": "outputNode"})
    ids = [node["id"] for node in nodes]
    edges = [{"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b} for a, b in pairwise(ids)]
    return {"nodes": nodes, "edges": edges}


def _outcome(lowered: Program, known: Mapping[str, Any]) -> Outcome:
    return [known.get(one) for one in lowered.perspectives], [rule for rule in lowered.rules if known[rule]]


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine of others, and the package it comes from."""

    package: str
    what: str
    build: Callable[[Program], Engine]


PEERS = {
    "datalogic": Peer("datalogic-py", "JSONLogic in Rust", datalogic),
    "zen expressions": Peer("zen-engine", "its language in Rust", zen),
    "zen decision": Peer("zen-engine", "decision graph, the usual way to use it", zen_decision),
    "panzi": Peer("panzi-json-logic", "JSONLogic in Python", panzi),
}
