"""Everything that is said about one municipality's answers, in one language: the one source of pages, reports and commands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Literal, assert_never

from scoring.assess.applicability import Applied, applied_rules, asked_items, in_scope
from scoring.assess.assess import assess
from scoring.assess.compare import Comparison, compare, not_yet_suitable, suitable
from scoring.assess.context import local_words
from scoring.assess.hints import hints
from scoring.assess.result import NotAsked, PerspectiveResult, Result, Undecided
from scoring.assess.steps import NextStep, next_steps
from scoring.assess.words import Speaker
from scoring.follow.measures import Effect, Tracked, predicted
from scoring.follow.settle import Settling, most_settling
from scoring.follow.similar import Similarity, similarity
from scoring.follow.targets import TowardsTarget, towards
from scoring.follow.trend import DatedCheck, PerspectiveTrend, trend
from scoring.model.answers import Sheet
from scoring.model.conditions import Absent, Condition, FactBetween, items_in, leaves, perspectives_in, questions_in
from scoring.model.practices import Added, Practice, Proposed, Shipped
from scoring.model.questionnaire import ChoiceQuestion, Item, Perspective, Questionnaire
from scoring.model.rules import Applicability, Equivalence, Plausibility, Precondition, Rule
from scoring.model.wording import Language, Wording
from scoring.modules.result import ModuleResult
from scoring.roadmap.kept import KeptRoadmap
from selfcheck.ground.i18n import translator
from selfcheck.ground.written import written_day

Variant = Literal["public", "internal"]
"""Whom a paper is for. Only the internal one holds what people wrote in their own words."""


@dataclass(frozen=True)
class Findings:
    """A questionnaire, one municipality's answers, and what follows from them; computed when asked for."""

    questionnaire: Questionnaire
    sheet: Sheet
    language: Language
    earlier: DatedCheck | None = None
    """What the present is compared with, where it may be."""
    pending: frozenset[str] = frozenset()
    """Items of a repeated check that count as last time until they are answered anew."""
    modules: tuple[ModuleResult, ...] = ()
    """What the in-depth modules show in which something was entered."""
    roadmap: KeptRoadmap | None = None
    """The roadmap that was kept, read again with these answers."""
    measures: tuple[Tracked, ...] = ()
    """What the municipality sets out to do, each beside the answers of today; the earliest due date first."""

    @cached_property
    def say(self) -> Speaker:
        """Wordings with this municipality's own words."""
        return Speaker(self.questionnaire, local_words(self.questionnaire, self.sheet.context), self.language)

    @cached_property
    def result(self) -> Result:
        """Values, ranges and traces."""
        return assess(self.questionnaire, self.sheet)

    @cached_property
    def not_agreed(self) -> tuple[str, ...]:
        """The items that count with the median of individual ratings because nothing is agreed yet."""
        return tuple(item.id for item in self.asked if self.sheet.standing(item)[1])

    @cached_property
    def unclear(self) -> tuple[Item, ...]:
        """The items that somebody marked as hard to understand."""
        answers, spreads = self.sheet.answers, self.sheet.spreads
        return tuple(
            item
            for item in self.asked
            if (item.id in answers and answers[item.id].unclear) or (item.id in spreads and spreads[item.id].unclear)
        )

    @cached_property
    def dissents(self) -> tuple[tuple[str, str], ...]:
        """What those say who do not share the agreed stage, by item."""
        answers = self.sheet.answers
        return tuple(
            (item.id, answers[item.id].dissent)
            for item in self.asked
            if item.id in answers and answers[item.id].dissent
        )

    @cached_property
    def towards(self) -> Mapping[str, TowardsTarget]:
        """The way to the target, by perspective; empty without a target."""
        found = towards(self.result, self.sheet.target) if self.sheet.target else ()
        return {one.perspective: one for one in found}

    @cached_property
    def since(self) -> Mapping[str, PerspectiveTrend]:
        """Last time and the present, by perspective; empty when there was no last time."""
        if self.earlier is None:
            return {}
        return trend((self.earlier, DatedCheck(self.sheet.date, self.questionnaire, self.sheet))).by_id

    def last_value(self, perspective: str) -> Fraction | None:
        """The value of last time, where it may be compared with the present."""
        found = self.since.get(perspective)
        return found.values[0] if found and found.pairs[0].comparable else None

    @cached_property
    def settling(self) -> tuple[Settling, ...]:
        """The missing answers that would settle most."""
        return most_settling(self.questionnaire, self.sheet)

    @cached_property
    def hints(self) -> tuple[Plausibility, ...]:
        """Questions of the plausibility rules."""
        return hints(self.questionnaire, self.result)

    def hints_about(self, item: str) -> tuple[Plausibility, ...]:
        """Questions of the plausibility rules that read this item."""
        return tuple(rule for rule in self.hints if item in items_in(rule.when))

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The documented examples beside these answers."""
        return compare(self.questionnaire, self.result)

    @cached_property
    def steps(self) -> tuple[NextStep, ...]:
        """The next steps in order."""
        return next_steps(self.questionnaire, self.result)

    @cached_property
    def effects(self) -> Mapping[str, Effect]:
        """What each next step would change in the profile if its stage is reached, by recommendation."""
        steps = (step.recommendation for step in self.steps)
        return {step.id: predicted(self.questionnaire, self.sheet, step) for step in steps}

    @cached_property
    def asked(self) -> tuple[Item, ...]:
        """The items this municipality is asked."""
        return asked_items(self.questionnaire, self.sheet)

    def asked_in(self, perspective: Perspective) -> tuple[Item, ...]:
        """The items of one perspective this municipality is asked."""
        wanted = {item.id for item in self.asked}
        return tuple(item for item in perspective.items if item.id in wanted)

    def suitable(self, perspective: str) -> tuple[Comparison, ...]:
        """Examples that fit a perspective here, from the municipalities built most like this one first; often empty."""
        return self._likest_first(suitable(self.questionnaire, self.comparisons, perspective))

    def not_yet_suitable(self, perspective: str) -> tuple[Comparison, ...]:
        """Examples that would fit a perspective if one more condition were met here."""
        return self._likest_first(not_yet_suitable(self.questionnaire, self.comparisons, perspective))

    def _likest_first(self, found: Iterable[Comparison]) -> tuple[Comparison, ...]:
        return tuple(sorted(found, key=lambda one: self.similarity(one.practice).rank))

    def similarity(self, practice: Practice) -> Similarity:
        """How the municipality of an example is built beside this one."""
        return similarity(self.sheet.context, practice)

    @cached_property
    def structure_questions(self) -> tuple[ChoiceQuestion, ...]:
        """The questions of the context that examples answer too, the most telling first."""
        ids = dict.fromkeys(id for practice in self.questionnaire.practices for id in practice.structure)
        choices = {q.id: q for q in self.questionnaire.context if isinstance(q, ChoiceQuestion)}
        return tuple(choices[id] for id in ids)

    def choice(self, question: str, key: str) -> str:
        """What a choice of a question of the context says."""
        choices = next(
            q.choices for q in self.questionnaire.context if isinstance(q, ChoiceQuestion) and q.id == question
        )
        return self.say.say(next(choice.label for choice in choices if choice.key == key))

    def provenance(self, practice: Practice) -> str:
        """What an example is that is no part of the questionnaire; nothing for those that are."""
        _ = translator(self.language)
        match practice.provenance:
            case Shipped():
                return ""
            case Added(agency):
                return _("Example of the agency “{agency}”, not part of the questionnaire").format(agency=agency)
            case Proposed(agency, checked):
                day = written_day(date.fromisoformat(checked), self.language) if checked else ""
                said = _("Proposed by the municipality itself, checked by the agency “{agency}” on {day}")
                return said.format(agency=agency, day=day) if checked else ""
            case _:
                assert_never(practice.provenance)

    def places(self, practice: Practice, lines: Iterable[int]) -> str:
        """Where something is documented: lines of the source text, or pages of an example's own source."""
        _ = translator(self.language)
        numbers = ", ".join(str(line) for line in lines)
        if not numbers:
            return ""
        text = _("page {pages}") if isinstance(practice.provenance, Added) else _("line {lines}")
        return text.format(pages=numbers, lines=numbers)

    def documented_by(self, practice: Practice) -> str:
        """The publication or the municipality's own words that an example rests on, with its places."""
        _ = translator(self.language)
        match practice.provenance:
            case Shipped():
                return _("lines {lines}").format(lines=self.say.list([str(line) for line in practice.origin.lines]))
            case Added(_agency, source):
                published = f"{self.say.say(source.title)} ({source.year}), {source.where}"
                return ", ".join(part for part in (published, self.places(practice, practice.origin.lines)) if part)
            case Proposed():
                return self.provenance(practice)
            case _:
                assert_never(practice.provenance)

    def grounds(self, condition: Condition | None) -> tuple[str, ...]:
        """The answers given here that a condition is read on."""
        _ = translator(self.language)
        if condition is None:
            return (_("told in free words: judge for yourselves"),)
        return tuple(
            [f"{self.say.item(item)}: {self.stage_here(item)}" for item in items_in(condition)]
            + [f"{id}: {self.value(self.result[id])}" for id in perspectives_in(condition)]
            + [self._answer_here(question, condition) for question in questions_in(condition)]
        )

    def stage_here(self, item: str) -> str:
        """The stage an item has here, or why it has none."""
        _ = translator(self.language)
        stage = self.result.facts.stages[item]
        said = {
            Absent.OPEN: _("open"),
            Absent.CANNOT_JUDGE: _("cannot be judged"),
            Absent.NOT_APPLICABLE: _("not applicable"),
        }
        if isinstance(stage, Absent):
            return said[stage]
        return _("stage {stage}").format(stage=self.say.number(stage))

    def _answer_here(self, question: str, condition: Condition) -> str:
        """The question with the answer given here, or with what a condition counts in it."""
        _ = translator(self.language)
        asked = next(q for q in self.questionnaire.context if q.id == question)
        name = asked.name if isinstance(asked, ChoiceQuestion) and asked.name else asked.question
        key = self.sheet.context.choices.get(question)
        given = self.choice(question, key) if key is not None else self._counted(question, condition)
        return f"{self.say.say(name)} – {given or _('not answered yet')}"

    def _counted(self, question: str, condition: Condition) -> str:
        """The numbers that a condition reads from an organisation matrix, in words; nothing while it is open."""
        _ = translator(self.language)
        said = {
            "distinct_departments": _("top divisions with planning fields: {number}"),
            "distinct_units": _("offices with planning fields: {number}"),
            "outside_department": _("fields outside the top division with most of them: {number}"),
            "outside_unit": _("fields outside the office with most of them: {number}"),
            "missing": _("fields that do not exist here: {number}"),
        }
        numbers = self.result.facts.numbers
        names = [leaf.name for leaf in leaves(condition) if isinstance(leaf, FactBetween) and leaf.question == question]
        known = [name for name in dict.fromkeys(names) if (question, name) in numbers]
        return ", ".join(said[name].format(number=numbers[question, name]) for name in known)

    def statement(self, item: Item) -> str:
        """The statement of an item as this municipality is asked it."""
        for rule in self._rules.in_force:
            if (rewording := rule.rewords.get(item.id)) and rewording.statement:
                return self.say.say(rewording.statement)
        return self.say.say(item.statement)

    def anchor(self, item: Item, key: int | str) -> str:
        """What an option of an item means here: its anchor, else the general meaning of the option."""
        for rule in self._rules.in_force:
            if (rewording := rule.rewords.get(item.id)) and key in rewording.anchors:
                return self.say.say(rewording.anchors[key])
        option = item.scale.option(key)
        assert option is not None
        wording: Wording = item.anchors.get(key) or option.meaning or option.name
        return self.say.say(wording)

    def key(self, item: Item, written: str) -> int | str:
        """The key of an option by the text that stands for it in forms."""
        return next(option.key for option in item.scale.options if str(option.key) == written)

    @cached_property
    def _rules(self) -> Applied:
        return applied_rules(self.questionnaire, self.sheet.context)

    def taken_out(self, perspective: str) -> tuple[str, ...]:
        """What rules take out of a perspective, or that one takes it out as a whole."""
        return tuple(self.say.step(step) for step in self.result[perspective].trace if isinstance(step, NotAsked))

    def undecided(self, perspective: str) -> bool:
        """Whether open context questions leave it open what of a perspective applies."""
        return any(isinstance(step, Undecided) for step in self.result[perspective].trace)

    def rule_kind(self, rule: Rule) -> str:
        """What a rule is for, in one word."""
        _ = translator(self.language)
        match rule:
            case Applicability():
                return _("applicability")
            case Precondition():
                return _("precondition")
            case Plausibility():
                return _("plausibility")
            case Equivalence():
                return _("equivalence")
            case _:
                assert_never(rule)

    def value(self, result: PerspectiveResult) -> str:
        """The value in words: a number, or why there is none."""
        _ = translator(self.language)
        if not result.applicable:
            return self.absence(result.perspective)
        if result.value is None:
            return _("too few answers")
        return self.say.number(result.value)

    def absence(self, perspective: str) -> str:
        """Why a perspective has no value at all, in words: it was not chosen, or a rule takes it out here."""
        _ = translator(self.language)
        if self.chosen(perspective):
            return "" if self.result[perspective].applicable else _("not applicable")
        return _("not part of this check")

    def chosen(self, perspective: str) -> bool:
        """Whether the perspective lies inside the chosen check."""
        return isinstance(self.sheet.scope, str) or perspective in self.sheet.scope

    def kept_outside(self) -> int:
        """How many answers lie outside the chosen check: they are kept and do not count."""
        items = self.questionnaire.items
        answers = self.sheet.answers.items()
        return sum(
            not answer.is_open and not in_scope(self.questionnaire, items[id], self.sheet) for id, answer in answers
        )

    def certainty(self, result: PerspectiveResult) -> str:
        """How far the value is settled, in a word."""
        _ = translator(self.language)
        words = {"settled": _("settled"), "likely": _("likely"), "open": _("open")}
        return words[result.certainty] if result.certainty else "–"

    def range(self, result: PerspectiveResult) -> str:
        """The possible range, or nothing when the perspective does not apply."""
        if result.lowest is None or result.highest is None:
            return "–"
        low, high = self.say.number(result.lowest), self.say.number(result.highest)
        return low if low == high else f"{low}–{high}"

    def stage_name(self, value: Fraction) -> str:
        """The name of the stage a value has reached in full, on the questionnaire's first scale."""
        options = self.questionnaire.scales[0].options
        reached = [option for option in options if option.points <= value]
        return self.say.say((reached or [options[0]])[-1].name)
