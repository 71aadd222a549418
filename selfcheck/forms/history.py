"""The forms for the target and for snapshots."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired, NumberRange

from scoring.model.answers import Target
from scoring.plain.sheets import TARGET_YEARS
from selfcheck.forms.kit import Changing, Form, LineField, with_fields
from selfcheck.words.findings import Findings

LONGEST_LABEL = 200
OPEN = ""


class TargetForm(Changing):
    """A year, and a stage for each perspective that has a target; the field of a perspective is named by its id."""


def target_form(findings: Findings, this_year: int) -> TargetForm:
    """The form filled with the stored target, else two years ahead."""
    target = findings.sheet.target
    options = findings.questionnaire.scales[0].options
    stages = [SelectChoice(str(position), f"{o.key} {findings.say.say(o.name)}") for position, o in enumerate(options)]
    choices = [SelectChoice(OPEN, gettext("no target")), *stages]
    bounds = NumberRange(this_year, TARGET_YEARS[-1], _l("Please enter a year from %(min)s to %(max)s."))
    year = IntegerField(
        _l("To be reached in"),
        default=target.year if target else this_year + 2,
        validators=[InputRequired(_l("Please enter a year.")), bounds],
    )
    fields: dict[str, object] = {"year": year}
    for perspective in findings.questionnaire.perspectives:
        wanted = target.stages.get(perspective.id) if target else None
        fields[perspective.id] = SelectField(choices=choices, default=OPEN if wanted is None else str(wanted))
    return with_fields(TargetForm, fields)()


def target_in(form: TargetForm, findings: Findings) -> Target | None:
    """The target a valid form holds; nothing when no perspective has one."""
    ids = [perspective.id for perspective in findings.questionnaire.perspectives]
    stages = {id: int(form[id].data) for id in ids if form[id].data}
    return Target(form["year"].data, stages) if stages else None


class SnapshotForm(Form):
    """What a snapshot is called."""

    label = LineField(_l("Name (optional)"), LONGEST_LABEL)
