"""Everything that is said about one municipality's answers, in one language: the one source of pages, reports and commands."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from scoring.answers import Sheet
from scoring.applicability import Applied, applied_rules, asked_items
from scoring.assess import assess
from scoring.compare import Comparison, compare, not_yet_suitable, suitable
from scoring.context import local_words
from scoring.hints import hints
from scoring.questionnaire import Item, Perspective, Questionnaire
from scoring.result import PerspectiveResult, Result
from scoring.rules import Plausibility
from scoring.steps import NextStep, next_steps
from scoring.wording import Language, Wording
from scoring.words import Speaker
from selfcheck.i18n import translator


@dataclass(frozen=True)
class Findings:
    """A questionnaire, one municipality's answers, and what follows from them; computed when asked for."""

    questionnaire: Questionnaire
    sheet: Sheet
    language: Language

    @cached_property
    def say(self) -> Speaker:
        """Wordings with this municipality's own words."""
        return Speaker(self.questionnaire, local_words(self.questionnaire, self.sheet.context), self.language)

    @cached_property
    def result(self) -> Result:
        """Values, ranges and traces."""
        return assess(self.questionnaire, self.sheet)

    @cached_property
    def hints(self) -> tuple[Plausibility, ...]:
        """Questions of the plausibility rules."""
        return hints(self.questionnaire, self.result)

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The documented examples beside these answers."""
        return compare(self.questionnaire, self.result)

    @cached_property
    def steps(self) -> tuple[NextStep, ...]:
        """The next steps in order."""
        return next_steps(self.questionnaire, self.result)

    @cached_property
    def asked(self) -> tuple[Item, ...]:
        """The items this municipality is asked."""
        return asked_items(self.questionnaire, self.sheet)

    def asked_in(self, perspective: Perspective) -> tuple[Item, ...]:
        """The items of one perspective this municipality is asked."""
        wanted = {item.id for item in self.asked}
        return tuple(item for item in perspective.items if item.id in wanted)

    def suitable(self, perspective: str) -> tuple[Comparison, ...]:
        """Examples that fit a perspective here; empty when none is documented that does."""
        return suitable(self.questionnaire, self.comparisons, perspective)

    def not_yet_suitable(self, perspective: str) -> tuple[Comparison, ...]:
        """Examples that would fit a perspective if one more condition were met here."""
        return not_yet_suitable(self.questionnaire, self.comparisons, perspective)

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

    @cached_property
    def _rules(self) -> Applied:
        return applied_rules(self.questionnaire, self.sheet.context)

    def value(self, result: PerspectiveResult) -> str:
        """The value in words: a number, or why there is none."""
        _ = translator(self.language)
        if not result.applicable:
            return _("not applicable")
        if result.value is None:
            return _("too few answers")
        return self.say.number(result.value)

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
