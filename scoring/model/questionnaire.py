"""The questionnaire as frozen data: scale, context questions, perspectives, items, and what rests on them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from scoring.model.aggregates import Aggregate
from scoring.model.origin import OptionKey, Origin, Reference
from scoring.model.practices import Practice
from scoring.model.recommendations import Recommendation
from scoring.model.rules import Rule
from scoring.model.wording import Term, Wording

MATRIX_FACTS = ("distinct_departments", "distinct_units", "outside_unit", "outside_department", "missing")


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer and the points it stands for; for the stages 0–4 both are the same."""

    key: OptionKey
    points: Fraction
    name: Wording
    meaning: Wording | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """The possible answers of an item, lowest points first."""

    id: str
    options: tuple[Option, ...]

    @property
    def lowest(self) -> Fraction:
        """Fewest points an answer can give."""
        return min(option.points for option in self.options)

    @property
    def highest(self) -> Fraction:
        """Most points an answer can give."""
        return max(option.points for option in self.options)

    def option(self, key: OptionKey) -> Option | None:
        """The option with this key; True is not 1."""
        return next((o for o in self.options if o.key == key and type(o.key) is type(key)), None)


@dataclass(frozen=True, slots=True)
class Item:
    """One statement (Merkmal) with a description for each stage; stages are cumulative."""

    id: str
    name: Wording
    statement: Wording
    scale: Scale
    origin: Origin
    anchors: Mapping[OptionKey, Wording] = field(default_factory=dict)
    judged_by: tuple[str, ...] = ()
    evidence: Wording | None = None
    note: Wording | None = None
    core: bool = False
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Group:
    """Items and further groups that make one value together."""

    id: str
    name: Wording
    aggregate: Aggregate
    items: tuple[Item, ...] = ()
    groups: tuple["Group", ...] = ()
    weight: Fraction = Fraction(1)

    @property
    def members(self) -> tuple["Item | Group", ...]:
        """Items first, then groups."""
        return (*self.items, *self.groups)

    def all_items(self) -> Iterator[Item]:
        """Every item inside, however deep."""
        yield from self.items
        for group in self.groups:
            yield from group.all_items()

    def all_groups(self) -> Iterator["Group"]:
        """This group and every group inside."""
        yield self
        for group in self.groups:
            yield from group.all_groups()


@dataclass(frozen=True, slots=True)
class Gate:
    """An item or group inside the perspective that must reach so many points before a level counts as reached."""

    member: str
    at_least: Fraction


@dataclass(frozen=True, slots=True)
class Level:
    """One rung of a level model: reached when the rungs below are, the value is high enough and every gate is open."""

    key: int
    name: Wording
    from_value: Fraction | None = None
    gates: tuple[Gate, ...] = ()


@dataclass(frozen=True, slots=True)
class Perspective:
    """One axis of the profile."""

    id: str
    name: Wording
    short: Wording
    definition: Wording
    origin: Origin
    root: Group
    levels: tuple[Level, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item of the perspective."""
        return tuple(self.root.all_items())


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a context question."""

    key: str
    label: Wording


@dataclass(frozen=True, slots=True)
class ChoiceQuestion:
    """A context question with one answer out of several."""

    id: str
    question: Wording
    choices: tuple[Choice, ...]
    help: Wording | None = None
    name: Wording | None = None
    """What the question is about, where others than the municipality are meant: "Einwohnerzahl"."""


@dataclass(frozen=True, slots=True)
class MatrixQuestion:
    """Where each field is placed: a department and a unit in it, by neutral labels, or nowhere.

    The facts that rules read from it are listed in MATRIX_FACTS and computed by `scoring.assess.context`.
    """

    id: str
    question: Wording
    rows: tuple[Choice, ...]
    labels: tuple[str, ...]
    help: Wording | None = None


@dataclass(frozen=True, slots=True)
class TermsQuestion:
    """Which words the municipality uses; `kind_from` is the question whose answer suggests them."""

    id: str
    question: Wording
    terms: tuple[Term, ...]
    kind_from: str | None = None
    help: Wording | None = None


ContextQuestion = ChoiceQuestion | MatrixQuestion | TermsQuestion


@dataclass(frozen=True)
class Questionnaire:
    """One instrument in one version, with all that rests on it."""

    id: str
    version: str
    title: Wording
    about: Wording
    source: Wording
    scales: tuple[Scale, ...]
    roles: tuple[Choice, ...]
    context: tuple[ContextQuestion, ...]
    perspectives: tuple[Perspective, ...]
    minimum_coverage: Fraction
    """Share of the asked items that must be answered before a perspective gets a value."""
    likely_within: Fraction
    """A range no wider than this counts as likely; a range of nothing is settled."""
    sequence: tuple[str, ...] = ()
    """The perspectives in the order that decides between equal next steps; left out: the order of the questionnaire."""
    rules: tuple[Rule, ...] = ()
    practices: tuple[Practice, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    references: tuple[Reference, ...] = ()

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by id, in the order of the questionnaire."""
        return {item.id: item for perspective in self.perspectives for item in perspective.items}

    @cached_property
    def perspective_of(self) -> Mapping[str, Perspective]:
        """The perspective an item belongs to, by item id."""
        return {item.id: perspective for perspective in self.perspectives for item in perspective.items}

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """Every local term by id."""
        return {t.id: t for question in self.context if isinstance(question, TermsQuestion) for t in question.terms}

    def perspective(self, id: str) -> Perspective:
        """The perspective with this id; KeyError when there is none."""
        for perspective in self.perspectives:
            if perspective.id == id:
                return perspective
        raise KeyError(id)

    def recommendation(self, id: str) -> Recommendation:
        """The recommendation with this id; KeyError when there is none."""
        for recommendation in self.recommendations:
            if recommendation.id == id:
                return recommendation
        raise KeyError(id)

    def rule(self, id: str) -> Rule:
        """The rule with this id; KeyError when there is none."""
        for rule in self.rules:
            if rule.id == id:
                return rule
        raise KeyError(id)
