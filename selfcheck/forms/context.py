"""The form for name and context questions."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from scoring.model.answers import ChosenWord, Context, Placement
from scoring.model.questionnaire import ChoiceQuestion, MatrixQuestion, TermsQuestion
from scoring.plain.sheets import NOWHERE
from selfcheck.forms.kit import Form, LineField, with_fields
from selfcheck.forms.merging import marks
from selfcheck.forms.scope import LONGEST_NAME
from selfcheck.forms.words import OPEN, complete_words, word_fields, words_in
from selfcheck.words.findings import Findings


class FileForm(Form):
    """A file to go on with."""

    file = FileField(_l("Answer file, or the file with everything (YAML or JSON)"))


class DeleteForm(Form):
    """Deleting needs a deliberate tick."""

    sure = BooleanField(_l("Yes, delete everything"), validators=[InputRequired()])


class ContextForm(Form):
    """Name and context questions; every answer may stay open."""


def context_form(findings: Findings, sent: bool = True) -> ContextForm:
    """The form for a questionnaire's context, filled with what a person sent, else with what is stored."""
    sheet, say = findings.sheet, findings.say
    fields: dict[str, object] = {"municipality": LineField(most=LONGEST_NAME, default=sheet.municipality)}
    undecided = SelectChoice(OPEN, str(_l("please choose")))
    for question in findings.questionnaire.context:
        match question:
            case ChoiceQuestion():
                options = [SelectChoice(choice.key, say.say(choice.label)) for choice in question.choices]
                chosen = sheet.context.choices.get(question.id, OPEN)
                fields[question.id] = SelectField(choices=[undecided, *options], default=chosen)
            case MatrixQuestion():
                placed = sheet.context.placements.get(question.id, {})
                for row in question.rows:
                    labels = [SelectChoice(label, label) for label in question.labels]
                    nowhere = SelectChoice(NOWHERE, str(_l("does not exist here")))
                    department, unit = _placed(placed, row.key)
                    fields[f"{question.id}-{row.key}-department"] = SelectField(
                        choices=[undecided, *labels, nowhere], default=department
                    )
                    fields[f"{question.id}-{row.key}-unit"] = SelectField(choices=[undecided, *labels], default=unit)
            case TermsQuestion():
                fields |= word_fields(question, findings)
    filled = with_fields(ContextForm, fields | marks(findings))
    return filled() if sent else filled(formdata=None)


def _placed(placed: object, row: str) -> tuple[str, str]:
    if not isinstance(placed, dict) or row not in placed:
        return OPEN, OPEN
    place = placed[row]
    return (NOWHERE, OPEN) if place is None else (place.department, place.unit)


def complete(form: ContextForm, findings: Findings) -> bool:
    """Whether nothing is left half; everything that is missing or wrong is marked in the form."""
    return all([_complete_rows(form, findings), complete_words(form, findings)])


def _complete_rows(form: ContextForm, findings: Findings) -> bool:
    """Whether every planning field names both department and unit, or neither; what is missing is marked in the form."""
    complete = True
    for question in findings.questionnaire.context:
        for row in question.rows if isinstance(question, MatrixQuestion) else ():
            department, unit = (form[f"{question.id}-{row.key}-{part}"] for part in ("department", "unit"))
            if department.data != NOWHERE and bool(department.data) != bool(unit.data):
                missing = unit if department.data else department
                missing.errors = [str(_l("Please choose here as well, or leave both open."))]
                complete = False
    return complete


def context_in(form: ContextForm, findings: Findings) -> Context:
    """The context a complete form holds."""
    choices: dict[str, str] = {}
    placements: dict[str, dict[str, Placement | None]] = {}
    words: dict[str, dict[str, ChosenWord]] = {}
    for question in findings.questionnaire.context:
        match question:
            case ChoiceQuestion():
                if form[question.id].data:
                    choices[question.id] = form[question.id].data
            case MatrixQuestion():
                rows = {row.key: _placement(form, question.id, row.key) for row in question.rows}
                placements[question.id] = {key: place for key, (known, place) in rows.items() if known}
            case TermsQuestion():
                words[question.id] = words_in(form, question)
    kept = {question: rows for question, rows in placements.items() if rows}
    return Context(choices, kept, {question: named for question, named in words.items() if named})


def _placement(form: ContextForm, question: str, row: str) -> tuple[bool, Placement | None]:
    """Whether the row is answered, and where it is placed."""
    department = form[f"{question}-{row}-department"].data
    unit = form[f"{question}-{row}-unit"].data
    if department == NOWHERE:
        return True, None
    return (True, Placement(department, unit)) if department and unit else (False, None)
