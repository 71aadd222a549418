"""A workshop as its protocol sees it, in one language: who is called what, and what may be said of whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scoring.assess.words import Speaker, neutral
from scoring.model.names import spelled
from scoring.model.wording import LANGUAGES, Language
from scoring.workshop import words
from scoring.workshop.comparable import Comparability
from scoring.workshop.members import Member
from selfcheck.ground.i18n import Translate, translator
from selfcheck.ground.written import written_day
from selfcheck.models import Workshop
from selfcheck.services import protocols, workshops
from selfcheck.services.looking import Look, NotReleased, State, Together
from selfcheck.services.protocols import Entries, KnowsItself, NextStep


@dataclass(frozen=True)
class Minutes:
    """What of a workshop may be written down, and how it is said; computed when asked for."""

    workshop: Workshop
    language: Language
    today: date

    @cached_property
    def look(self) -> Look:
        """The workshop as the protocol shows it."""
        return protocols.look(self.workshop, self.today)

    @cached_property
    def say(self) -> Speaker:
        """The questionnaire in neutral words."""
        return neutral(self.look.questionnaire, self.language)

    @property
    def translate(self) -> Translate:
        """The texts of the interface in this language."""
        return translator(self.language)

    @property
    def shown(self) -> tuple[Member, ...]:
        """Who appears by itself, in the order of names, then letters."""
        return self.look.seen

    @property
    def drawn(self) -> tuple[tuple[Member, Comparability], ...]:
        """Who can be drawn beside the others."""
        return self.look.drawn

    @property
    def others(self) -> int:
        """How many municipalities took part and do not appear by themselves."""
        return len(self.look.members) - len(self.shown)

    def label(self, member: Member) -> str:
        """What a municipality is called in the protocol; all that do not appear in it are called alike."""
        return words.label(member).text(self.language) if protocols.appears(member) else self.another

    @property
    def another(self) -> str:
        """What a municipality is called that does not appear."""
        return everybody(self.language)["another"]

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What those are called that appear, by id."""
        return {one.id: self.label(one) for one in self.shown}

    @cached_property
    def hidden(self) -> tuple[str, ...]:
        """The names and aliases that must stand in no text."""
        return hidden_names(self.look.members)

    def text(self, text: str) -> str:
        """What somebody wrote, with what municipalities may be called now."""
        return protocols.spoken(text, self.labels, self.hidden, f"[{self.another}]")

    @cached_property
    def entries(self) -> Entries:
        """What the moderation wrote down, as the protocol says it."""
        kept = protocols.entries_of(self.workshop)
        return Entries(
            tuple(self.text(one) for one in kept.themes),
            tuple(NextStep(self.text(one.what), one.who, one.by) for one in kept.steps),
            tuple(self.text(one) for one in kept.support),
        )

    def who(self, step: NextStep) -> str:
        """Who does something."""
        return everybody(self.language).get(step.who) or self.labels.get(step.who, self.another)

    def day(self, day: str) -> str:
        """An ISO day in words, or a dash."""
        return written_day(date.fromisoformat(day), self.language) if day else "–"

    @property
    def plan(self) -> workshops.Plan:
        """What was planned."""
        return workshops.plan_of(self.workshop)

    def perspective(self, id: str) -> str:
        """A perspective by id and name."""
        return f"{id} {self.say.say(self.look.questionnaire.perspective(id).name)}"

    def together(self, state: State | KnowsItself) -> tuple[str, str]:
        """What is said of all together: the middle and how many are counted, or a dash and the reason."""
        _ = self.translate
        match state:
            case Together() as found:
                return self.say.number(found.median), str(found.size)
            case NotReleased():
                return "–", _("not released yet")
            case KnowsItself(threshold):
                text = _("not shown here: without your own value, fewer than {count} others would be left")
                return "–", text.format(count=threshold)
            case reason:
                return "–", words.withheld(reason).text(self.language)


def hidden_names(members: Sequence[Member]) -> tuple[str, ...]:
    """What stands in no text: names of all that do not appear by name, and the aliases of those that do not appear."""
    open_names = {spelled(one.name) for one in members if one.shown == "named" and one.protocol}
    names = [one.name for one in members if spelled(one.name) not in open_names]
    aliases = [
        words.label(one).text(language)
        for one in members
        if one.shown == "alias" and not one.protocol
        for language in LANGUAGES
    ]
    return tuple(dict.fromkeys((*names, *aliases)))


def open_labels(members: Sequence[Member]) -> dict[str, tuple[str, ...]]:
    """What those may be called that appear, in both languages, by id."""
    return {
        one.id: tuple(dict.fromkeys(words.label(one).text(language) for language in LANGUAGES))
        for one in members
        if protocols.appears(one)
    }


def everybody(language: Language) -> Mapping[str, str]:
    """Who does something, where it is no municipality by itself."""
    _ = translator(language)
    return {
        "agency": _("the agency"),
        "all": _("all municipalities"),
        "another": _("a municipality that is not named here"),
    }
