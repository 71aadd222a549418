"""The forms for measures: taking over next steps, and the entries of one measure."""

from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectChoice, SelectField
from wtforms.validators import DataRequired, Optional, ValidationError

from scoring.follow.measure_files import LONGEST_LINE, YEARS
from scoring.follow.measures import Measure
from scoring.model.recommendations import Recommendation
from selfcheck.forms.kit import Changing, Check, Form, LineField, ParagraphsField, with_fields
from selfcheck.ground.i18n import translator
from selfcheck.services.measures import Entered
from selfcheck.words.findings import Findings
from selfcheck.words.measures import proposed_title, status_words

NO_TITLE = _l("Please enter a title.")


class MeasureForm(Changing):
    """The entries of one measure."""

    title = LineField(_l("What is to be done?"), LONGEST_LINE, [DataRequired(NO_TITLE)])
    perspective = SelectField(_l("Perspective"))
    owner = LineField(_l("Who sees to it? (optional)"), LONGEST_LINE)
    due = DateField(_l("To be done by (optional)"), format=["%Y-%m-%d", "%d.%m.%Y"], validators=[Optional()])
    status = SelectField(_l("State"))
    evidence = ParagraphsField(_l("Evidence (optional)"))
    note = ParagraphsField(_l("Own note (optional)"))

    def validate_due(self, field: DateField) -> None:
        """A day that a calendar and a file can hold."""
        if field.data and field.data.year not in YEARS:
            raise ValidationError(
                gettext("Please enter a year from %(first)s to %(last)s.", first=YEARS[0], last=YEARS[-1])
            )


class DeleteForm(Form):
    """Nothing but the wish to delete a measure."""


class TakeForm(Form):
    """The steps to take over: `take-…` says which, `title-…` what each is called."""


def measure_form(findings: Findings, measure: Measure | None = None) -> MeasureForm:
    """The form with what is stored; empty for a new measure."""
    form = MeasureForm(data=_filled(measure))
    known = {p.id: f"{p.id} {findings.say.say(p.name)}" for p in findings.questionnaire.perspectives}
    if measure and measure.perspective not in ("", *known):
        known[measure.perspective] = measure.perspective
    form.perspective.choices = [
        SelectChoice("", gettext("no single perspective")),
        *(SelectChoice(id, name) for id, name in known.items()),
    ]
    words = status_words(translator(findings.language))
    form.status.choices = [SelectChoice(status, word) for status, word in words.items()]
    if measure and measure.expected:
        del form.perspective
    return form


def _filled(measure: Measure | None) -> dict[str, object]:
    if measure is None:
        return {"status": "planned"}
    names = ("title", "perspective", "owner", "due", "status", "evidence", "note")
    return {name: getattr(measure, name) for name in names}


def entered(form: MeasureForm) -> Entered:
    """The entries of a valid form."""
    due: date | None = form.due.data
    return Entered(
        title=form.title.data,
        perspective=form.perspective.data if "perspective" in form else "",
        owner=form.owner.data,
        due=due,
        status=form.status.data,
        evidence=form.evidence.data,
        note=form.note.data,
    )


def take_form(findings: Findings, steps: tuple[Recommendation, ...], sent: bool = True) -> TakeForm:
    """A box and a title for each step; the title is proposed from what the step asks for first."""
    fields: dict[str, object] = {}
    for step in steps:
        fields[f"take-{step.id}"] = BooleanField()
        fields[f"title-{step.id}"] = LineField(
            _l("Title"), LONGEST_LINE, [_needed(f"take-{step.id}")], default=proposed_title(findings, step)
        )
    form = with_fields(TakeForm, fields)
    return form() if sent else form(formdata=None)


def _needed(box: str) -> Check:
    def check(form: TakeForm, field: LineField) -> None:
        if form[box].data and not field.data:
            raise ValidationError(str(NO_TITLE))

    return check


def chosen(form: TakeForm, steps: tuple[Recommendation, ...]) -> tuple[tuple[str, str], ...]:
    """The steps that are ticked, each with its title."""
    return tuple((step.id, form[f"title-{step.id}"].data) for step in steps if form[f"take-{step.id}"].data)
