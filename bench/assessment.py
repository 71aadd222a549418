"""One assessment: our engine by itself, and beside rule engines that compute the same."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.metadata import version
from time import perf_counter

from bench.answers import example, invented, questionnaire
from bench.engines import PEERS, Engine, Outcome, generated, ours
from bench.lowering import Data, Program, data_of, program
from bench.timing import Row, medians, show, written
from scoring.model.questionnaire import Questionnaire

SHEETS = 200
CLOSE = 1e-9
ROUNDS = 15
OURS = "ours"


def run() -> None:
    """Both tables."""
    _beside_peers()
    _in_words()


def with_means(asked: Questionnaire) -> Questionnaire:
    """The same questionnaire with the mean in place of the median, which JSONLogic does not have."""
    perspectives = tuple(replace(p, root=replace(p.root, aggregate="mean")) for p in asked.perspectives)
    return replace(asked, perspectives=perspectives)


def _beside_peers() -> None:
    asked = with_means(questionnaire())
    lowered = program(asked)
    engines, notes = _engines(lowered)
    outcomes = _equal_outcomes(asked, engines)
    sheet = example().sheet
    data = data_of(asked, sheet)
    times = medians(
        {OURS: lambda: ours(asked, sheet)} | {name: _job(engine, data) for name, engine in engines.items()},
        rounds=ROUNDS,
    )
    show(
        "Assessment beside other engines (mean in place of median)",
        [Row(name, seconds, notes[name]) for name, seconds in times.items()],
        base=OURS,
        compared=_compared(lowered, outcomes),
    )


def _engines(lowered: Program) -> tuple[dict[str, Engine], dict[str, str]]:
    """The engines that are installed here, and what has to be said about each."""
    engines: dict[str, Engine] = {}
    notes = {OURS: "exact fractions; with range, certainty, minimum and every step of the trace"}
    for name, peer in PEERS.items():
        try:
            engines[name] = peer.build(lowered)
            notes[name] = f"{peer.package} {version(peer.package)}: {peer.what}"
        except ImportError:
            print(f"\n  !! {peer.package} IS MISSING, left out (deploy/locks/bench.txt installs it)")
    begin = perf_counter()
    engines["generated Python"] = generated(lowered)
    notes["generated Python"] = f"the same lowered rules as one function, made in {written(perf_counter() - begin)}"
    return engines, notes


def _equal_outcomes(asked: Questionnaire, engines: dict[str, Engine]) -> list[Outcome]:
    """What we find for invented answers, after every engine has found the same."""
    sheets = [invented(asked, seed) for seed in range(SHEETS)]
    outcomes = [ours(asked, sheet) for sheet in sheets]
    for name, engine in engines.items():
        for sheet, wanted in zip(sheets, outcomes, strict=True):
            found = engine(data_of(asked, sheet))
            assert _same(wanted, found), (name, sheet.municipality, wanted, found)
    return outcomes


def _same(wanted: Outcome, found: Outcome) -> bool:
    pairs = list(zip(wanted[0], found[0], strict=True))
    missing_alike = all((one is None) == (other is None) for one, other in pairs)
    return (
        missing_alike
        and all(one is None or abs(float(one) - other) <= CLOSE for one, other in pairs)
        and wanted[1] == found[1]
    )


def _job(engine: Engine, data: Data) -> Callable[[], object]:
    return lambda: engine(data)


def _compared(lowered: Program, outcomes: Sequence[Outcome]) -> str:
    """What was equal, and that there was something to tell apart."""
    values = [value for found, _ in outcomes for value in found]
    held = {rule for _, found in outcomes for rule in found}
    return (
        f"equal on {len(outcomes)} invented sheets: {len(lowered.perspectives)} means "
        f"({sum(value is None for value in values)} of {len(values)} missing), {len(lowered.rules)} applicability and "
        f"plausibility rules ({len(held)} of them held at least once); timed on the example"
    )


def _in_words() -> None:
    findings = example()

    def plain() -> object:
        fresh = replace(findings)
        return fresh.result, fresh.hints

    def words() -> list[str]:
        fresh = replace(findings)
        said = [fresh.say.step(step) for result in fresh.result.perspectives for step in result.trace]
        return said + [fresh.say.say(rule.text) for rule in fresh.hints]

    assert plain() == (findings.result, findings.hints)
    times = medians({"assess + hints": plain, "… in words": words}, rounds=ROUNDS)
    notes = {"… in words": f"every step of the trace and every hint: {len(words())} sentences"}
    show(
        "Assessment by itself (the questionnaire as published, median)",
        [Row(name, seconds, notes.get(name, "")) for name, seconds in times.items()],
        base="assess + hints",
        compared="the same result and hints, without and with words; timed on the example",
    )
