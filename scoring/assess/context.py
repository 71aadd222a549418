"""What rules read from the context answers."""

from collections import Counter
from collections.abc import Iterable, Mapping

from scoring.model.answers import ChosenWord, Context, Placement
from scoring.model.declension import OwnNoun, declined
from scoring.model.questionnaire import ChoiceQuestion, MatrixQuestion, Questionnaire, TermsQuestion
from scoring.model.wording import LocalWords, Term, Word


def numbers(questionnaire: Questionnaire, context: Context) -> Mapping[tuple[str, str], int]:
    """The facts of every organisation matrix whose rows are all answered, by question and name."""
    found: dict[tuple[str, str], int] = {}
    for question in questionnaire.context:
        if isinstance(question, MatrixQuestion):
            placed = context.placements.get(question.id, {})
            if all(row.key in placed for row in question.rows):
                facts = matrix_facts(placed[row.key] for row in question.rows)
                found |= {(question.id, name): number for name, number in facts.items()}
    return found


def matrix_facts(placements: Iterable[Placement | None]) -> Mapping[str, int]:
    """Counts of an organisation matrix.

    `distinct_departments`, `distinct_units`: how many different ones the existing fields are in;
    `outside_department`, `outside_unit`: existing fields outside the one that holds most of them;
    `missing`: fields that do not exist here.
    """
    rows = list(placements)
    existing = [row for row in rows if row is not None]
    departments = Counter(row.department for row in existing)
    units = Counter((row.department, row.unit) for row in existing)
    return {
        "distinct_departments": len(departments),
        "distinct_units": len(units),
        "outside_department": len(existing) - max(departments.values(), default=0),
        "outside_unit": len(existing) - max(units.values(), default=0),
        "missing": len(rows) - len(existing),
    }


def local_words(questionnaire: Questionnaire, context: Context) -> LocalWords:
    """The words of this municipality: chosen or its own, else usual for its kind, else neutral."""
    words = {}
    for question in questionnaire.context:
        if isinstance(question, TermsQuestion):
            kind = context.choices.get(question.kind_from) if question.kind_from else None
            for term in question.terms:
                words[term.id] = _word(term, context.words.get(question.id, {}).get(term.id), kind)
    return LocalWords(words)


def _word(term: Term, chosen: ChosenWord | None, kind: str | None) -> Word:
    if isinstance(chosen, OwnNoun):
        return declined(chosen)
    return next((word for word in term.words if word.id == chosen), None) or term.word_for(kind)


def open_questions(questionnaire: Questionnaire, context: Context) -> tuple[str, ...]:
    """Context questions without a complete answer; chosen words are never missing."""
    answered = set(context.choices) | {
        question.id
        for question in questionnaire.context
        if isinstance(question, MatrixQuestion)
        and all(row.key in context.placements.get(question.id, {}) for row in question.rows)
    }
    return tuple(
        question.id
        for question in questionnaire.context
        if isinstance(question, ChoiceQuestion | MatrixQuestion) and question.id not in answered
    )
