"""Random sound questionnaires and random sheets for them: what the property tests range over."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import count

from hypothesis import strategies as st

from scoring.model import texts
from scoring.model.aggregates import SUMS, Aggregate
from scoring.model.answers import Answer, ChosenWord, Context, Placement, Scope, Sheet, Target
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
from scoring.model.declension import GENDERS, OwnNoun, mistake_in
from scoring.model.logic import AllOf, AnyOf, Not
from scoring.model.questionnaire import (
    MATRIX_FACTS,
    ChoiceQuestion,
    Group,
    Item,
    Level,
    MatrixQuestion,
    Perspective,
    Questionnaire,
    Scale,
)
from scoring.model.rules import Rule
from scoring.model.spreads import Rating, Ratings, Spread, evaluate
from scoring.model.wording import Wording
from selfcheck.reading import catalogue
from tests.builders import (
    STAGES,
    YES_PARTLY_NO,
    applicability,
    choice_question,
    equivalence,
    group,
    item,
    level,
    matrix_question,
    perspective,
    plausibility,
    precondition,
    questionnaire,
    recommendations,
    scale,
    stages,
    term,
    terms_question,
    word,
)

REAL = catalogue.load("integrated-planning", "2026-1")

NOT_SUMS: tuple[Aggregate, ...] = ("median", "mean", "weighted-mean", "minimum", "maximum")
FROM_ZERO = (STAGES, stages(2), YES_PARTLY_NO, scale("points", {"none": 0, "some": "3/2", "all": 4}))
SCALES = (*FROM_ZERO, stages(5, lowest=1))
WEIGHTS = st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(2), Fraction(7, 3)])

KIND = choice_question("K1", "town", "county", "district")
FIELDS = matrix_question("K2", "youth", "health", labels=("A", "B"))
WORDS = terms_question("K3", term("council", word("rat"), word("kreistag", "county")), kind_from="K1")


IN_LOCAL_WORDS = Wording("{Council:nom} und {council:pl-dat}", "{Council:nom} and {council:pl-dat}")


def _item(id: str, on: Scale, weight: Fraction, core: bool) -> Item:
    return replace(item(id, on=on, weight=weight, core=core), name=IN_LOCAL_WORDS)


def _ids(prefix: str) -> Iterator[str]:
    return (f"{prefix}.{number}" for number in count(1))


@st.composite
def _plain_groups(draw: st.DrawFn, ids: Iterator[str], on: Scale, depth: int) -> Group:
    """Items on one scale and groups of such, combined in any way that stays on the scale."""
    members: list[Item | Group] = [
        _item(next(ids), on, draw(WEIGHTS), draw(st.booleans())) for _ in range(draw(st.integers(0, 3)))
    ]
    if depth:
        members += [draw(_plain_groups(ids, on, depth - 1)) for _ in range(draw(st.integers(0, 2)))]
    members = members or [_item(next(ids), on, Fraction(1), True)]
    return group(next(ids), *members, aggregate=draw(st.sampled_from(NOT_SUMS)), weight=draw(WEIGHTS))


@st.composite
def _sums(draw: st.DrawFn, ids: Iterator[str], depth: int) -> Group:
    """Items on any scales from 0, sums of them, and groups on one scale."""
    members: list[Item | Group] = [
        _item(next(ids), draw(st.sampled_from(FROM_ZERO)), draw(WEIGHTS), draw(st.booleans()))
        for _ in range(draw(st.integers(1, 3)))
    ]
    for _ in range(draw(st.integers(0, 2)) if depth else 0):
        on = draw(st.sampled_from(FROM_ZERO))
        members.append(draw(st.one_of(_sums(ids, depth - 1), _plain_groups(ids, on, depth - 1))))
    return group(next(ids), *members, aggregate=draw(st.sampled_from(SUMS)), weight=draw(WEIGHTS))


@st.composite
def _perspectives(draw: st.DrawFn, id: str, sums: bool) -> Perspective:
    ids = _ids(id)
    root = draw(_sums(ids, 2) if sums else _plain_groups(ids, draw(st.sampled_from(SCALES)), 2))
    return perspective(
        id,
        *root.items,
        *root.groups,
        aggregate=root.aggregate,
        levels=draw(_levels(root)) if draw(st.booleans()) else (),
    )


@st.composite
def _levels(draw: st.DrawFn, root: Group) -> tuple[Level, ...]:
    """A ladder with rising thresholds and gates above the lowest answer."""
    thresholds = sorted(draw(st.sets(st.integers(1, 12), min_size=1, max_size=3)))
    items = {one.id: [option.points for option in one.scale.options[1:]] for one in root.all_items()}
    gates = st.lists(st.sampled_from(sorted(items)), max_size=2, unique=True)
    return tuple(
        level(key, Fraction(points, 2), {member: draw(st.sampled_from(items[member])) for member in draw(gates)})
        for key, points in enumerate(thresholds, 1)
    )


CONTEXT_CONDITIONS: Sequence[Condition] = (
    *(ContextIs("K1", (choice.key,)) for choice in KIND.choices),
    ContextIs("K1", ("town", "district")),
    *(FactBetween("K2", name, 1, 1) for name in MATRIX_FACTS),
    *(FactBetween("K2", name, at_most=1) for name in MATRIX_FACTS),
)
SHAPES = st.sampled_from(["one thing", "one thing", "all", "any", "not"])


def _condition(draw: st.DrawFn, one_thing: Callable[[], Condition]) -> Condition:
    """A condition, or two of them put together."""
    match draw(SHAPES):
        case "all":
            return AllOf((one_thing(), Not(one_thing())))
        case "any":
            return AnyOf((one_thing(), one_thing()))
        case "not":
            return Not(one_thing())
        case _:
            return one_thing()


def _on_context(draw: st.DrawFn) -> Condition:
    return _condition(draw, lambda: draw(st.sampled_from(CONTEXT_CONDITIONS)))


def _on_answers(draw: st.DrawFn, perspectives: Sequence[Perspective]) -> Condition:
    def one_thing() -> Condition:
        chosen = draw(st.sampled_from(perspectives))
        one = draw(st.sampled_from(chosen.items))
        points = draw(st.sampled_from([option.points for option in one.scale.options]))
        on_items = (StageAtLeast(one.id, points), StageAtMost(one.id, points), ItemsAtLeast(1, points, (one.id,)))
        on_values = (PerspectiveAtLeast(chosen.id, points), PerspectiveAtMost(chosen.id, points))
        everything: Sequence[Condition] = (*on_items, *on_values, *CONTEXT_CONDITIONS[:5])
        return draw(st.sampled_from(everything))

    return _condition(draw, one_thing)


@st.composite
def _rules(draw: st.DrawFn, perspectives: Sequence[Perspective], steps: Sequence[tuple[str, int, int]]) -> list[Rule]:
    """Rules of four kinds; a step only ever waits for one that comes earlier in a fixed order, so nothing runs in a circle."""
    items = [one.id for each in perspectives for one in each.items]
    targets = st.lists(st.sampled_from(items + [each.id for each in perspectives]), min_size=1, max_size=3, unique=True)
    rules: list[Rule] = [
        applicability(f"A{number}", _on_context(draw), *draw(targets)) for number in range(draw(st.integers(0, 3)))
    ]
    rules += [plausibility(f"H{number}", _on_answers(draw, perspectives)) for number in range(draw(st.integers(0, 1)))]
    rules += [equivalence(f"E{number}", draw(st.sampled_from(items))) for number in range(draw(st.integers(0, 1)))]
    if len(steps) > 1:
        ordered = [id for id, _, _ in sorted(steps, key=lambda step: (step[1], step[2]))]
        for number in range(draw(st.integers(0, 4))):
            later = draw(st.integers(1, len(ordered) - 1))
            first = ordered[draw(st.integers(0, later - 1))]
            when = _on_answers(draw, perspectives) if draw(st.booleans()) else None
            rules.append(precondition(f"V{number}", ordered[later], _on_answers(draw, perspectives), first, when=when))
    return [replace(rule, text=IN_LOCAL_WORDS) for rule in rules]


@st.composite
def questionnaires(draw: st.DrawFn, *, recommends: bool | None = None) -> Questionnaire:
    """Any sound questionnaire: nested groups, every aggregate, several scales, ladders, rules of every kind.

    Steps are recommended where a value is a stage, so not in sums.
    """
    recommends = draw(st.booleans()) if recommends is None else recommends
    sums = st.just(False) if recommends else st.booleans()
    all_perspectives = [draw(_perspectives(f"P{number}", draw(sums))) for number in range(1, draw(st.integers(2, 4)))]
    steps = recommendations(*all_perspectives) if recommends else ()
    order = [(step.id, step.to_stage, number) for number, step in enumerate(steps)]
    return questionnaire(
        *all_perspectives,
        context=(KIND, FIELDS, WORDS),
        rules=draw(_rules(all_perspectives, order)),
        steps=steps,
        minimum_coverage=draw(st.sampled_from(["1/10", "1/2", "3/4", "1"])),
        likely_within=draw(st.sampled_from(["0", "1/2", "1"])),
        sequence=draw(st.permutations([one.id for one in all_perspectives]) | st.just(())),
    )


NOUN_FORMS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P"), exclude_characters="{}"), max_size=80
).map(texts.line).filter(lambda text: text and not mistake_in(text)) | st.sampled_from(
    ["Runder Tisch", "Runde der Dezernate", "ASD", "Team 4", "yes", "0815", "a: b", "Ärzte-„Rat“"]
)


@st.composite
def _own_nouns(draw: st.DrawFn) -> OwnNoun:
    english = draw(st.just("") | NOUN_FORMS)
    return OwnNoun(
        draw(NOUN_FORMS),
        draw(st.sampled_from(GENDERS)),
        draw(NOUN_FORMS),
        draw(st.just("") | NOUN_FORMS),
        draw(st.just("") | NOUN_FORMS),
        english,
        draw(st.just("") | NOUN_FORMS) if english else "",
    )


OWN_NOUNS = _own_nouns()


def contexts(of: Questionnaire) -> st.SearchStrategy[Context]:
    """Any answers to the context questions, each of them perhaps left open."""
    choices: dict[str, st.SearchStrategy[str]] = {}
    placements: dict[str, st.SearchStrategy[dict[str, Placement | None]]] = {}
    words: dict[str, st.SearchStrategy[dict[str, ChosenWord]]] = {}
    for question in of.context:
        if isinstance(question, ChoiceQuestion):
            choices[question.id] = st.sampled_from([choice.key for choice in question.choices])
        elif isinstance(question, MatrixQuestion):
            placements[question.id] = _placements(question)
        else:
            of_terms = {
                term.id: st.sampled_from([word.id for word in term.words]) | OWN_NOUNS for term in question.terms
            }
            words[question.id] = st.fixed_dictionaries({}, optional=of_terms)
    return st.builds(
        Context,
        st.fixed_dictionaries({}, optional=choices),
        st.fixed_dictionaries({}, optional=placements),
        st.fixed_dictionaries({}, optional=words),
    )


def _placements(question: MatrixQuestion) -> st.SearchStrategy[dict[str, Placement | None]]:
    label = st.sampled_from(question.labels)
    row = st.none() | st.builds(Placement, label, label)
    rows = {row_.key: row for row_ in question.rows}
    return st.fixed_dictionaries(rows) | st.fixed_dictionaries({}, optional=rows)


def scopes(of: Questionnaire) -> st.SearchStrategy[Scope]:
    """The full or the short check, or some of the perspectives."""
    some = st.lists(st.sampled_from([one.id for one in of.perspectives]), min_size=1, unique=True)
    whole: st.SearchStrategy[Scope] = st.sampled_from(["full", "short"])
    return whole | some.map(tuple)


def choices_of(one: Item) -> st.SearchStrategy[Answer]:
    """An option of the item's scale."""
    return st.sampled_from([Answer(option.key) for option in one.scale.options])


def _answer(one: Item) -> st.SearchStrategy[Answer]:
    """An option more often than none."""
    options = [Answer(option.key) for option in one.scale.options]
    return st.sampled_from([*options, *options, Answer(), Answer(cannot_judge=True)])


def _answers(of: Questionnaire) -> st.SearchStrategy[dict[str, Answer]]:
    """Answers that leave out as much as they like."""

    def among(chosen: list[str]) -> st.SearchStrategy[dict[str, Answer]]:
        return st.fixed_dictionaries({id: _answer(of.items[id]) for id in chosen})

    everything = st.just(list(of.items))
    return (everything | st.lists(st.sampled_from(list(of.items)), unique=True)).flatmap(among)


def targets(of: Questionnaire) -> st.SearchStrategy[Target]:
    """Any stage of the first scale for some of the perspectives."""
    scale = of.scales[0]
    stage = st.integers(int(scale.lowest), int(scale.highest))
    stages = st.fixed_dictionaries({}, optional={one.id: stage for one in of.perspectives})
    return st.builds(Target, st.integers(2000, 2100), stages)


def sheets(of: Questionnaire) -> st.SearchStrategy[Sheet]:
    """Any answers of one municipality."""
    return st.builds(
        Sheet,
        st.just(of.id),
        st.just(of.version),
        scope=scopes(of),
        context=contexts(of),
        answers=_answers(of),
        target=st.none() | targets(of),
    )


TEXTS = (
    st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs")), max_size=30).map(texts.paragraphs)
    | st.sampled_from(
        ["0815", "1e3", "yes", "null", "~", "- a", "a: b", "2026-01-01", "# no", "{a}", "'", "zwei\nZeilen"]
    )
    | st.just("")
)


@st.composite
def spreads(draw: st.DrawFn, of: Questionnaire) -> dict[str, Spread]:
    """What evaluations of individual ratings released for some of the items."""
    found: dict[str, Spread] = {}
    for id in draw(st.lists(st.sampled_from(sorted(of.items)), unique=True, max_size=4)):
        places = [Fraction(half, 2) for half in range(2 * len(of.items[id].scale.options) - 1)]
        people = st.lists(st.tuples(st.sampled_from([*(role.key for role in of.roles), ""]), st.sampled_from(places)))
        drawn = draw(people.filter(lambda rated: len(rated) >= 5))
        found |= evaluate(Ratings(role, {id: Rating(place, remark=draw(TEXTS))}) for role, place in drawn)
    return found


@st.composite
def remarked(draw: st.DrawFn, plain: Sheet, released: st.SearchStrategy[dict[str, Spread]] | None = None) -> Sheet:
    """The sheet with a name, a date, some remarks, evidence and dissent, and the spreads that were released."""
    chosen = draw(st.lists(st.sampled_from(sorted(plain.answers)), max_size=3)) if plain.answers else []
    drawn = ((id, [draw(TEXTS) for _ in range(3)], draw(st.booleans())) for id in chosen)
    answers = {
        id: replace(plain.answers[id], remark=remark, evidence=evidence, dissent=dissent, unclear=unclear)
        for id, (remark, evidence, dissent), unclear in drawn
    }
    given = {**plain.answers, **answers}
    spread = draw(released) if released is not None else {}
    return replace(plain, municipality=texts.line(draw(TEXTS)), date=draw(TEXTS), answers=given, spreads=spread)


def filled_in(of: st.SearchStrategy[Questionnaire]) -> st.SearchStrategy[tuple[Questionnaire, Sheet]]:
    """A questionnaire with answers to it."""
    return of.flatmap(lambda drawn: st.tuples(st.just(drawn), sheets(drawn)))


RANDOM_ONES = filled_in(questionnaires())
OUR_OWN = filled_in(st.just(REAL))
