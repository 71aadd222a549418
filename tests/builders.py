"""Small functions that build questionnaires, rules and sheets for tests; what a test leaves out is plain and sound."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from scoring.assess.assess import assess
from scoring.assess.result import Result
from scoring.model.aggregates import Aggregate
from scoring.model.answers import CANNOT_JUDGE, Answer, ChosenWord, Context, Placement, Scope, Sheet
from scoring.model.conditions import Condition
from scoring.model.origin import OptionKey, Origin, Reference
from scoring.model.practices import DocumentedItem, Fact, Practice, SuccessCondition
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
from scoring.model.recommendations import Effort, Recommendation, StepKind
from scoring.model.rules import Applicability, Equivalence, Plausibility, Precondition, Rewording, Rule
from scoring.model.wording import FORMS, Term, Word, Wording

Number = Fraction | int | str
Given = OptionKey | None | Answer
"""What a test writes for an answer: an option, "cannot-judge", None for open, or an Answer with its remark."""

SOURCE = Origin("source", (1,))


def wording(text: str) -> Wording:
    """A text that differs between the languages."""
    return Wording(f"{text} auf Deutsch", f"{text} in English")


def scale(id: str, points: Mapping[OptionKey, Number]) -> Scale:
    """A scale by option key and points, lowest first."""
    return Scale(id, tuple(Option(key, Fraction(value), wording(f"Option {key}")) for key, value in points.items()))


def stages(highest: int = 4, lowest: int = 0) -> Scale:
    """A scale of whole stages."""
    return scale(f"stages-{lowest}-{highest}", {stage: stage for stage in range(lowest, highest + 1)})


STAGES = stages()
YES_PARTLY_NO = scale("yes-partly-no", {"no": 0, "partly": "1/2", "yes": 1})


def item(
    id: str,
    *,
    on: Scale = STAGES,
    weight: Number = 1,
    core: bool = False,
    anchors: Mapping[OptionKey, Wording] | None = None,
) -> Item:
    """An item, on the stages 0 to 4 unless said otherwise."""
    return Item(
        id,
        wording(f"Item {id}"),
        wording(f"Statement {id}"),
        on,
        SOURCE,
        anchors=anchors or {},
        core=core,
        weight=Fraction(weight),
    )


def group(id: str, *members: Item | Group, aggregate: Aggregate = "median", weight: Number = 1) -> Group:
    """A group of items and groups."""
    items = tuple(member for member in members if isinstance(member, Item))
    groups = tuple(member for member in members if isinstance(member, Group))
    return Group(id, wording(f"Group {id}"), aggregate, items, groups, Fraction(weight))


def perspective(
    id: str, *members: Item | Group | str, aggregate: Aggregate = "median", levels: Iterable[Level] = ()
) -> Perspective:
    """A perspective; a text among the members is an item with this id."""
    root = group(id, *(item(m) if isinstance(m, str) else m for m in members), aggregate=aggregate)
    short, definition = wording(f"Short {id}"), wording(f"Definition {id}")
    return Perspective(id, root.name, short, definition, SOURCE, root, tuple(levels))


def level(key: int, from_value: Number | None = None, gates: Mapping[str, Number] | None = None) -> Level:
    """A rung of a ladder, with gates by member."""
    opened = tuple(Gate(member, Fraction(points)) for member, points in (gates or {}).items())
    return Level(key, wording(f"Level {key}"), None if from_value is None else Fraction(from_value), opened)


def choice(key: str) -> Choice:
    """A choice, row or role."""
    return Choice(key, wording(f"Choice {key}"))


def choice_question(id: str, *keys: str) -> ChoiceQuestion:
    """A context question with one answer out of several."""
    return ChoiceQuestion(id, wording(f"Question {id}"), tuple(choice(key) for key in keys))


def matrix_question(id: str, *rows: str, labels: Sequence[str] = ("A", "B", "C")) -> MatrixQuestion:
    """An organisation matrix."""
    return MatrixQuestion(id, wording(f"Question {id}"), tuple(choice(row) for row in rows), tuple(labels))


def word(id: str, *kinds: str) -> Word:
    """A local word whose forms tell which one was taken."""
    return Word(id, {form: f"{id}-{form}-de" for form in FORMS}, {form: f"{id}-{form}-en" for form in FORMS}, kinds)


def term(id: str, *words: Word) -> Term:
    """Something that has a local name."""
    return Term(id, wording(f"Term {id}"), words)


def terms_question(id: str, *terms: Term, kind_from: str | None = None) -> TermsQuestion:
    """The context question for local words."""
    return TermsQuestion(id, wording(f"Question {id}"), terms, kind_from)


def applicability(
    id: str, when: Condition, *removes: str, rewords: Mapping[str, Rewording] | None = None
) -> Applicability:
    """A rule that takes items or perspectives out, or asks them in other words."""
    return Applicability(id, when, wording(f"Rule {id}"), SOURCE, "high", removes, rewords or {})


def precondition(
    id: str, before: str, requires: Condition, first: str, *, when: Condition | None = None
) -> Precondition:
    """A rule that puts one step before another."""
    return Precondition(id, (before,), requires, (first,), wording(f"Rule {id}"), SOURCE, "high", when)


def plausibility(id: str, when: Condition) -> Plausibility:
    """A rule that asks a question."""
    return Plausibility(id, when, wording(f"Rule {id}"), SOURCE, "low")


def equivalence(id: str, *items: str, question: str | None = None, when: Condition | None = None) -> Equivalence:
    """A rule by which variants count alike."""
    return Equivalence(id, items, wording(f"Rule {id}"), SOURCE, "medium", question, when)


def recommendation(
    perspective: str, from_stage: int, *items: str, kind: StepKind = "medium-term", examples: Sequence[str] = ()
) -> Recommendation:
    """The step from one stage to the next, called for instance P1-0-1."""
    id = f"{perspective}-{from_stage}-{from_stage + 1}"
    return Recommendation(
        id,
        perspective,
        from_stage,
        from_stage + 1,
        wording(f"Step {id}"),
        wording(f"Prepares {id}"),
        wording(f"Decides {id}"),
        Effort("low", wording("Effort")),
        kind,
        items,
        tuple(examples),
        Origin("beyond"),
    )


def recommendations(*perspectives: Perspective) -> tuple[Recommendation, ...]:
    """A step for every whole stage of every perspective."""
    return tuple(
        recommendation(one.id, stage, *(item.id for item in one.items))
        for one in perspectives
        for stage in range(int(min(i.scale.lowest for i in one.items)), int(max(i.scale.highest for i in one.items)))
    )


def practice(
    id: str,
    perspectives: Sequence[str],
    items: Mapping[str, OptionKey | None],
    conditions: Mapping[str, Condition] | None = None,
    structure: Mapping[str, str] | None = None,
) -> Practice:
    """A documented example with the stage its facts reach for each item."""
    documented = tuple(DocumentedItem(key, stage, wording(f"Because {key}"), (2,)) for key, stage in items.items())
    under = tuple(
        SuccessCondition(key, wording(f"Condition {key}"), holds, SOURCE) for key, holds in (conditions or {}).items()
    )
    return Practice(
        id,
        f"Town {id}",
        structure or {},
        wording(f"Title {id}"),
        wording(f"Summary {id}"),
        tuple(perspectives),
        wording("as of 2020"),
        (Fact(wording(f"Fact {id}"), (2,)),),
        documented,
        under,
        wording(f"Limits {id}"),
        (),
        SOURCE,
    )


def reference(id: str) -> Reference:
    """A publication outside the source text."""
    return Reference(id, wording(f"Reference {id}"), "https://example.org/", "read", wording("Use"))


def questionnaire(
    *perspectives: Perspective,
    context: Sequence[ContextQuestion] = (),
    rules: Sequence[Rule] = (),
    steps: Sequence[Recommendation] = (),
    practices: Sequence[Practice] = (),
    references: Sequence[Reference] = (),
    roles: Sequence[Choice] = (),
    minimum_coverage: Number = "1/2",
    likely_within: Number = 1,
    sequence: Sequence[str] = (),
) -> Questionnaire:
    """A questionnaire with the scales its items use."""
    scales = {item.scale.id: item.scale for one in perspectives for item in one.items}
    return Questionnaire(
        id="example",
        version="1",
        title=wording("Example"),
        about=wording("About"),
        source=wording("Source"),
        scales=tuple(scales.values()),
        roles=tuple(roles),
        context=tuple(context),
        perspectives=perspectives,
        minimum_coverage=Fraction(minimum_coverage),
        likely_within=Fraction(likely_within),
        sequence=tuple(sequence),
        rules=tuple(rules),
        practices=tuple(practices),
        recommendations=tuple(steps),
        references=tuple(references),
    )


def answer(given: Given) -> Answer:
    """An answer as a test writes it."""
    if isinstance(given, Answer):
        return given
    return Answer(cannot_judge=True) if given == CANNOT_JUDGE else Answer(given)


def sheet(
    questionnaire: Questionnaire,
    answers: Mapping[str, Given] | None = None,
    *,
    choices: Mapping[str, str] | None = None,
    placements: Mapping[str, Mapping[str, Placement | None]] | None = None,
    words: Mapping[str, Mapping[str, ChosenWord]] | None = None,
    scope: Scope = "full",
) -> Sheet:
    """Answers and context of one municipality."""
    given = {id: answer(one) for id, one in (answers or {}).items()}
    context = Context(choices or {}, placements or {}, words or {})
    return Sheet(questionnaire.id, questionnaire.version, scope=scope, context=context, answers=given)


def assessed(
    questionnaire: Questionnaire,
    answers: Mapping[str, Given] | None = None,
    *,
    choices: Mapping[str, str] | None = None,
    placements: Mapping[str, Mapping[str, Placement | None]] | None = None,
    scope: Scope = "full",
) -> Result:
    """The result of these answers."""
    return assess(questionnaire, sheet(questionnaire, answers, choices=choices, placements=placements, scope=scope))
