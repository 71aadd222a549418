"""A later check that asks again only what should have changed, and keeps all other answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from scoring.assess.applicability import applied_rules, asked_items
from scoring.assess.assess import assess
from scoring.assess.steps import next_steps
from scoring.model.answers import ChosenWord, Context, Placement, Scope, Sheet, Target
from scoring.model.origin import OptionKey
from scoring.model.questionnaire import ChoiceQuestion, Item, MatrixQuestion, Questionnaire, TermsQuestion
from scoring.model.rules import Applicability
from scoring.model.spreads import Spread
from scoring.model.wording import Term

Why = Literal["new", "open", "cannot-judge", "changed", "below-target", "next-step"]
"""Why an item is asked again: it was not in the old version; it had no stage; nobody could judge it; its statement or
what a stage means has changed; its stage is below the target of its perspective; a first next step was to move it."""


@dataclass(frozen=True, slots=True)
class Again:
    """An item that is asked again, and the first reason that holds for it."""

    item: str
    why: Why


@dataclass(frozen=True, slots=True)
class Repeat:
    """The sheet to go on with: every asked item is either asked again and open, or kept as it was answered."""

    sheet: Sheet
    again: tuple[Again, ...]
    kept: tuple[str, ...]


def repeat(old: Questionnaire, new: Questionnaire, sheet: Sheet) -> Repeat:
    """The sheet of the old version as the start of a check with the new one, which may be the same.

    A kept answer is copied whole and may be changed like any other. The date is left out, as the new check has its own.
    What the new version does not know is dropped from context, scope and target. An answer outside the scope waits
    there as before unless its item has changed; the medians of individual ratings count as answers.
    """
    start = replace(
        sheet,
        questionnaire=new.id,
        version=new.version,
        date="",
        scope=_scope(new, sheet.scope),
        context=_context(old, new, sheet.context),
        target=_target(new, sheet.target),
    )
    same = _same(old, sheet.context, new, start.context)
    wanted = _wanted(old, sheet, new, start.target)
    asked = [item.id for item in asked_items(new, start)]
    whys = {id: _why(old.items.get(id), sheet, id in same, wanted.get(id)) for id in asked}
    again = tuple(Again(item, why) for item, why in whys.items() if why)
    stay = same - {one.item for one in again}
    return Repeat(
        replace(
            start,
            answers={item: answer for item, answer in sheet.answers.items() if item in stay},
            spreads={item: _spread(new, spread) for item, spread in sheet.spreads.items() if item in stay},
        ),
        again,
        tuple(item for item, why in whys.items() if why is None),
    )


def _why(was: Item | None, sheet: Sheet, same: bool, wanted: tuple[Fraction, Why] | None) -> Why | None:
    """The first reason to ask an item again; none when its answer stands."""
    if was is None:
        return "new"
    choice, _ = sheet.standing(was)
    option = was.scale.option(choice) if choice is not None else None
    if option is None:
        answer = sheet.answers.get(was.id)
        return "cannot-judge" if answer and answer.cannot_judge else "open"
    if not same:
        return "changed"
    return wanted[1] if wanted and option.points < wanted[0] else None


def _wanted(
    old: Questionnaire, sheet: Sheet, new: Questionnaire, target: Target | None
) -> Mapping[str, tuple[Fraction, Why]]:
    """The stage each item was to reach: that of the target; without any target that of the first next steps.

    A step moves the items it names. With a target, perspectives that have none are left in peace.
    """
    if target and target.stages:
        return {
            item: (Fraction(target.stages[perspective.id]), "below-target")
            for item, perspective in new.perspective_of.items()
            if perspective.id in target.stages
        }
    first = (step.recommendation for step in next_steps(old, assess(old, sheet)) if step.priority)
    return {item: (Fraction(step.to_stage), "next-step") for step in first for item in step.items}


def _same(old: Questionnaire, before: Context, new: Questionnaire, after: Context) -> set[str]:
    """The items that are asked as before: an old answer to them says the same today."""
    was, now = dict(_asked_as(old, before)), _asked_as(new, after)
    return {item for item, asked in now if was.get(item) == asked}


Asked = tuple[str, tuple[tuple[OptionKey, Fraction, str], ...]]
"""A statement, and key, points and meaning of every option."""


def _asked_as(questionnaire: Questionnaire, context: Context) -> Iterator[tuple[str, Asked]]:
    """What every item says to this municipality, rules that reword it included.

    The German text decides: a better translation changes no answer. Local words, notes and examples don't count.
    """
    rules = applied_rules(questionnaire, context).in_force
    return ((item.id, _said(item, rules)) for item in questionnaire.items.values())


def _said(item: Item, rules: tuple[Applicability, ...]) -> Asked:
    statement, anchors = item.statement, dict(item.anchors)
    for rule in reversed(rules):  # the first rule has the last word
        if rewording := rule.rewords.get(item.id):
            statement, anchors = rewording.statement or statement, {**anchors, **rewording.anchors}
    options = item.scale.options
    return statement.de, tuple((o.key, o.points, (anchors.get(o.key) or o.meaning or o.name).de) for o in options)


def _spread(new: Questionnaire, spread: Spread) -> Spread:
    roles = [role.key for role in new.roles]
    return replace(spread, roles={role: counts for role, counts in spread.roles.items() if role in roles})


def _scope(new: Questionnaire, scope: Scope) -> Scope:
    if isinstance(scope, str):
        return scope
    return tuple(one.id for one in new.perspectives if one.id in scope) or "full"


def _target(new: Questionnaire, target: Target | None) -> Target | None:
    if target is None:
        return None
    ids, scale = [one.id for one in new.perspectives], new.scales[0]
    stages = target.stages.items()
    return replace(target, stages={id: s for id, s in stages if id in ids and scale.lowest <= s <= scale.highest})


def _context(old: Questionnaire, new: Questionnaire, context: Context) -> Context:
    """What can be said in the new version too."""
    gone = {id: _gone(term, new.terms[id]) for id, term in old.terms.items() if id in new.terms}
    choices: dict[str, str] = {}
    placements: dict[str, Mapping[str, Placement | None]] = {}
    words: dict[str, Mapping[str, ChosenWord]] = {}
    for question in new.context:
        match question:
            case ChoiceQuestion(id) if id in context.choices:
                if context.choices[id] in [choice.key for choice in question.choices]:
                    choices[id] = context.choices[id]
            case MatrixQuestion(id) if id in context.placements:
                placements[id] = _placements(question, context.placements[id])
            case TermsQuestion(id) if id in context.words:
                words[id] = _words(question, context.words[id], gone)
    return Context(choices, placements, words)


def _gone(was: Term, now: Term) -> set[str]:
    """The words that can no longer be chosen."""
    return {word.id for word in was.words} - {word.id for word in now.words}


def _placements(question: MatrixQuestion, placed: Mapping[str, Placement | None]) -> dict[str, Placement | None]:
    kept = {row.key: placed[row.key] for row in question.rows if row.key in placed}
    return {row: where for row, where in kept.items() if _placed_by(question, where)}


def _words(
    question: TermsQuestion, words: Mapping[str, ChosenWord], gone: Mapping[str, set[str]]
) -> dict[str, ChosenWord]:
    kept = {term.id: words[term.id] for term in question.terms if term.id in words}
    return {term: word for term, word in kept.items() if word not in gone.get(term, ())}


def _placed_by(question: MatrixQuestion, placed: Placement | None) -> bool:
    """Whether the question still has the labels of a placement."""
    return placed is None or {placed.department, placed.unit} <= set(question.labels)
