"""Steps and reasons in words: complete sentences in both languages, numbers written the way each language does."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import assert_never

from scoring.assess.context import local_words
from scoring.assess.result import (
    Combined,
    Counted,
    CountsAlike,
    LeftOut,
    LevelReached,
    NotAsked,
    Ranged,
    Step,
    Throughout,
    TooFew,
    Undecided,
)
from scoring.assess.steps import Ahead, Behind, NeededFirst, NextStage, QuickWin, Reason, Unclear, Unlocks
from scoring.model.aggregates import Aggregate
from scoring.model.answers import Context
from scoring.model.conditions import Absent
from scoring.model.questionnaire import Questionnaire
from scoring.model.wording import Language, LocalWords, Wording

AGGREGATE_NAMES: dict[Aggregate, Wording] = {
    "median": Wording("Median", "median"),
    "mean": Wording("Mittelwert", "mean"),
    "weighted-mean": Wording("gewichteter Mittelwert", "weighted mean"),
    "sum": Wording("Summe", "sum"),
    "weighted-sum": Wording("gewichtete Summe", "weighted sum"),
    "minimum": Wording("niedrigster Wert", "lowest value"),
    "maximum": Wording("höchster Wert", "highest value"),
}


def number(value: Fraction, language: Language, digits: int = 2) -> str:
    """The number with as few decimals as it needs, at most `digits`; halves are rounded away from zero."""
    scaled = abs(value) * 10**digits
    rounded = int(scaled + Fraction(1, 2))
    whole, decimals = divmod(rounded, 10**digits)
    written = f"{whole}.{decimals:0{digits}d}".rstrip("0").rstrip(".") if digits else str(whole)
    sign = "−" if value < 0 and rounded else ""
    return sign + (written.replace(".", ",") if language == "de" else written)


def listed(parts: Sequence[str], language: Language) -> str:
    """The parts as an enumeration: "a, b und c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {'und' if language == 'de' else 'and'} {parts[-1]}"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says steps and reasons of one questionnaire in one language, with the words of one municipality."""

    questionnaire: Questionnaire
    local: LocalWords
    language: Language

    def say(self, wording: Wording) -> str:
        """A wording of the questionnaire with the local words in it."""
        return self.local.fill(wording, self.language)

    def number(self, value: Fraction) -> str:
        """A number the way the language writes it."""
        return number(value, self.language)

    def percent(self, share: Fraction) -> str:
        """A share as a rounded percentage; only all of it is 100."""
        rounded = floor(share * 100 + Fraction(1, 2))
        shown = min(rounded, 99) if share < 1 else rounded
        return f"{shown} %" if self.language == "de" else f"{shown}%"

    def change(self, value: Fraction) -> str:
        """A difference with its sign; ±0 says that there is none."""
        sign = "+" if value > 0 else "−" if value < 0 else "±"
        return sign + self.number(abs(value))

    def item(self, id: str) -> str:
        """An item by id and name."""
        return f"{id} {self.say(self.questionnaire.items[id].name)}"

    def rule(self, id: str) -> str:
        """What a rule says."""
        return self.say(self.questionnaire.rule(id).text)

    def step(self, step: Step) -> str:
        """One step of a trace as a sentence."""
        return _step(self, step).text(self.language)

    def reason(self, reason: Reason) -> str:
        """One reason for a next step as a sentence."""
        return _reason(self, reason).text(self.language)

    def list(self, parts: Sequence[str]) -> str:
        """An enumeration."""
        return listed(parts, self.language)


def neutral(questionnaire: Questionnaire, language: Language) -> Speaker:
    """Says everything with neutral words, where no municipality is known."""
    return Speaker(questionnaire, local_words(questionnaire, Context()), language)


def _step(say: Speaker, step: Step) -> Wording:
    match step:
        case NotAsked(rule, item):
            return _not_asked(say, rule, item)
        case Undecided(rule, questions):
            ids = say.list(questions)
            return Wording(
                f"Ob Regel {rule} gilt, ist offen, weil Rahmenangaben fehlen ({ids}). Bis dahin wird alles gefragt.",
                f"Whether rule {rule} applies is open because context answers are missing ({ids}). Until then all is asked.",
            )
        case CountsAlike(rule):
            return Wording(f"Regel {rule}: {say.rule(rule)}", f"Rule {rule}: {say.rule(rule)}")
        case Counted():
            return _counted(say, step)
        case LeftOut(item, why):
            return _left_out(say, item, why)
        case Combined():
            return _combined(say, step)
        case TooFew(answered, asked, needed):
            return Wording(
                f"Zu wenige Angaben: {answered} von {asked} Merkmalen beantwortet, nötig sind mindestens {needed}.",
                f"Too few answers: {answered} of {asked} items answered, at least {needed} are needed.",
            )
        case Throughout(minimum, items, missing):
            return _throughout(say.number(minimum), say.list(items), missing)
        case Ranged():
            return _ranged(say, step)
        case LevelReached(level, lowest, highest):
            return _level(level, lowest, highest)
        case _:
            assert_never(step)


def _not_asked(say: Speaker, rule: str, item: str | None) -> Wording:
    if item is None:
        return Wording(
            f"Nicht anwendbar nach Regel {rule}: {say.rule(rule)}",
            f"Not applicable by rule {rule}: {say.rule(rule)}",
        )
    text = f"{say.item(item)}: {say.rule(rule)}"
    return Wording(f"Nicht gefragt nach Regel {rule} – {text}", f"Not asked by rule {rule} – {text}")


def _counted(say: Speaker, step: Counted) -> Wording:
    option = say.questionnaire.items[step.item].scale.option(step.choice)
    assert option is not None
    item, name, reached = say.item(step.item), say.say(option.name), say.number(step.points)
    origin = Wording("", "")
    if step.median_of:
        origin = Wording(
            f", Median aus {step.median_of} Einschätzungen, noch nicht vereinbart",
            f", median of {step.median_of} ratings, not agreed yet",
        )
    if isinstance(step.choice, int):
        return Wording(
            f"{item}: Stufe {reached} ({name}){origin.de}",
            f"{item}: stage {reached} ({name}){origin.en}",
        )
    return Wording(
        f"{item}: {name} ({reached} Punkte){origin.de}",
        f"{item}: {name} ({reached} points){origin.en}",
    )


def _left_out(say: Speaker, item: str, why: Absent) -> Wording:
    if why is Absent.CANNOT_JUDGE:
        return Wording(
            f"{say.item(item)}: kann nicht beurteilt werden, zählt nicht als 0",
            f"{say.item(item)}: cannot be judged, does not count as 0",
        )
    return Wording(
        f"{say.item(item)}: noch offen, zählt nicht als 0", f"{say.item(item)}: still open, does not count as 0"
    )


def _combined(say: Speaker, step: Combined) -> Wording:
    how, value = AGGREGATE_NAMES[step.aggregate], say.number(step.value)
    if step.weights:
        weighted = zip(step.weights, step.values, strict=True)
        parts = [f"{say.number(weight)} × {say.number(one)}" for weight, one in weighted]
    else:
        parts = [say.number(one) for one in sorted(step.values)]
    written = "; ".join(parts)
    return Wording(
        f"{step.group}: {how.de} aus {written} ergibt {value}", f"{step.group}: {how.en} of {written} is {value}"
    )


def _throughout(reached: str, at: str, missing: int) -> Wording:
    if missing == 1:
        return Wording(
            f"Durchgängig erreicht: höchstens Stufe {reached} ({at}); eine Angabe fehlt noch",
            f"Reached throughout: at most stage {reached} ({at}); one answer is still missing",
        )
    if missing:
        return Wording(
            f"Durchgängig erreicht: höchstens Stufe {reached} ({at}); {missing} Angaben fehlen noch",
            f"Reached throughout: at most stage {reached} ({at}); {missing} answers are still missing",
        )
    return Wording(f"Durchgängig erreicht: Stufe {reached} ({at})", f"Reached throughout: stage {reached} ({at})")


def _ranged(say: Speaker, step: Ranged) -> Wording:
    low, high, ids = say.number(step.lowest), say.number(step.highest), say.list(step.missing)
    if step.lowest == step.highest:
        return Wording(
            f"Was noch fehlt, ändert den Wert nicht mehr: {ids}",
            f"What is still missing cannot change the value any more: {ids}",
        )
    return Wording(
        f"Möglicher Bereich: {low} bis {high}; offen ist dafür: {ids}",
        f"Possible range: {low} to {high}; still open for it: {ids}",
    )


def _level(level: int, lowest: int, highest: int) -> Wording:
    if lowest == highest:
        return Wording(f"Erreichte Stufe: {level}", f"Level reached: {level}")
    return Wording(
        f"Erreichte Stufe: {level}, möglich sind {lowest} bis {highest}",
        f"Level reached: {level}, possible are {lowest} to {highest}",
    )


def _reason(say: Speaker, reason: Reason) -> Wording:
    match reason:
        case NextStage(perspective, stage):
            return _next_stage(say.say(say.questionnaire.perspective(perspective).name), stage)
        case Unlocks(steps, rules):
            return Wording(
                f"Andere Schritte warten darauf: {say.list(steps)}{_by_rules(rules, 'Regel')}.",
                f"Other steps wait for it: {say.list(steps)}{_by_rules(rules, 'rule')}.",
            )
        case NeededFirst(steps, rules):
            return Wording(
                f"Voraussetzung für {say.list(steps)}{_by_rules(rules, 'Regel')}.",
                f"Needed before {say.list(steps)}{_by_rules(rules, 'rule')}.",
            )
        case QuickWin():
            return Wording("Das geht sofort und mit wenig Aufwand.", "This can be done at once and with little effort.")
        case Behind(items):
            ids = say.list([say.item(item) for item in items])
            return Wording(f"Nachholbedarf bei: {ids}.", f"Some catching up is needed in: {ids}.")
        case Ahead(stage, items):
            ids = say.list(items)
            return Wording(
                f"Es geht um die übrigen Merkmale; Stufe {stage} schon erreicht: {ids}.",
                f"It is about the other items; stage {stage} reached already: {ids}.",
            )
        case Unclear(rule):
            return Wording(
                f"Vorher klären (Regel {rule}): {say.rule(rule)} Dazu fehlen noch Einschätzungen.",
                f"Clarify first (rule {rule}): {say.rule(rule)} Answers on this are still missing.",
            )
        case _:
            assert_never(reason)


def _next_stage(name: str, stage: int) -> Wording:
    if stage == 0:
        return Wording(
            f"In „{name}“ steht der erste Schritt an: von Stufe 0 auf Stufe 1.",
            f"In “{name}” the first step is due: from stage 0 to stage 1.",
        )
    return Wording(
        f"In „{name}“ hat mindestens die Hälfte der Merkmale Stufe {stage} erreicht; "
        f"das ist der Schritt auf Stufe {stage + 1}.",
        f"In “{name}” at least half of the items have reached stage {stage}; this is the step to stage {stage + 1}.",
    )


def _by_rules(rules: Sequence[str], word: str) -> str:
    return f" ({word} {', '.join(rules)})" if rules else ""
