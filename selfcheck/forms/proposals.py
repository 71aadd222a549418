"""The forms by which a municipality proposes itself, and by which an agency answers."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from scoring.model.questionnaire import Item, Perspective
from selfcheck.forms.kit import Changing, Form, LineField, ParagraphsField
from selfcheck.ground.days import today
from selfcheck.models import Agency
from selfcheck.services.proposals import Told, kind_of, kind_question
from selfcheck.words.findings import Findings

LONGEST_LINE = 200
LONGEST_LINK = 500
FIRST_YEAR = 1990
NAMED, UNNAMED = "name", "kind"
ASK, DECLINE, ACCEPT = "ask", "decline", "accept"


def _no_braces(_form: Form, field: LineField) -> None:
    """Braces mark words that are replaced; a text of people has none."""
    if "{" in (field.data or "") or "}" in (field.data or ""):
        raise ValidationError(gettext("Please write without curly brackets."))


def _line(label: str, missing: str) -> LineField:
    return LineField(label, LONGEST_LINE, [DataRequired(missing), _no_braces])


def _text(label: str, missing: str) -> ParagraphsField:
    return ParagraphsField(label, validators=[DataRequired(missing), _no_braces])


class ProposalForm(Changing):
    """What a municipality tells of itself."""

    agency = SelectField(_l("To which agency is it sent?"))
    items = SelectMultipleField(
        _l("Which items is it about?"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[DataRequired(_l("Please choose at least one item."))],
    )
    title = _line(_l("What is it, in one line?"), _l("Please say in one line what it is."))
    who = _text(_l("Who does what?"), _l("Please say who does what."))
    conditions = _text(_l("What did it need?"), _l("Please say what it needed."))
    limits = _text(_l("What does it not show, where are its limits?"), _l("Please say where its limits are."))
    since = IntegerField(_l("Since which year?"), validators=[InputRequired(_l("Please enter a year."))])
    link = LineField(
        _l("Public source (optional)"),
        LONGEST_LINK,
        [
            Optional(),
            Regexp(r"https?://[^\s{}]+$", message=_l("Please enter an address that begins with https://.")),
        ],
    )
    contact = _line(_l("Which unit can be asked?"), _l("Please say which unit can be asked."))
    shown = RadioField(
        _l("How shall you be named?"), validators=[InputRequired(_l("Please choose how you are named."))]
    )


def proposal_form(
    findings: Findings,
    items: tuple[Item, ...],
    agencies: list[Agency],
    before: Told | None,
    sent_to: str = "",
    answer: object = None,
) -> ProposalForm:
    """The form for the items of one perspective, filled with what was told before, beside the agency's `answer` to it."""
    made = {"beside": {"answer": answer}}
    form: ProposalForm = type("FilledProposalForm", (ProposalForm,), made)(
        data=_filled(before) | {"agency": sent_to or agencies[0].id}
    )
    form.agency.choices = [SelectChoice(one.id, one.name) for one in agencies]
    form.items.choices = [SelectChoice(item.id, findings.say.item(item.id)) for item in items]
    kind = kind_of(_structure(findings, named=False), findings.questionnaire).text(findings.language)
    unnamed = SelectChoice(UNNAMED, gettext("without a name: “%(kind)s”", kind=kind))
    by_name = [SelectChoice(NAMED, gettext("by name: “%(name)s”", name=name))] if (name := _name(findings)) else []
    form.shown.choices = [unnamed, *by_name]
    last = today().year
    bounds = NumberRange(FIRST_YEAR, last, _l("Please enter a year from %(min)s to %(max)s."))
    form.since.validators = [*form.since.validators, bounds]
    return form


def _filled(before: Told | None) -> dict[str, object]:
    if before is None:
        return {}
    texts = {
        name: getattr(before, name) for name in ("title", "who", "conditions", "limits", "since", "link", "contact")
    }
    return texts | {"items": list(before.items), "shown": NAMED if before.municipality else UNNAMED}


def _name(findings: Findings) -> str:
    return "" if "{" in findings.sheet.municipality else findings.sheet.municipality


def _structure(findings: Findings, *, named: bool) -> dict[str, str]:
    """What the municipality has answered of what examples say of theirs; without a name only its kind."""
    kind, choices = kind_question(findings.questionnaire), findings.sheet.context.choices
    asked = findings.structure_questions if named else (kind,)
    return {question.id: choices[question.id] for question in asked if question and question.id in choices}


def told_in(form: ProposalForm, findings: Findings, perspective: Perspective) -> Told:
    """What a valid form tells."""
    named = form.shown.data == NAMED
    return Told(
        perspective=perspective.id,
        items=tuple(id for id, *_ in form.items.iter_choices() if id in form.items.data),
        title=form.title.data,
        who=form.who.data,
        conditions=form.conditions.data,
        limits=form.limits.data,
        since=form.since.data,
        contact=form.contact.data,
        language=findings.language,
        link=form.link.data or "",
        municipality=_name(findings) if named else "",
        structure=_structure(findings, named=named),
    )


class DecisionForm(Form):
    """What an agency answers to the text that it has read; `seen` is the revision of that text."""

    seen = HiddenField()
    answer = RadioField(
        _l("What do you answer?"),
        choices=[
            SelectChoice(ACCEPT, _l("Accept: it appears among the examples at once")),
            SelectChoice(ASK, _l("Ask back first")),
            SelectChoice(DECLINE, _l("Decline")),
        ],
        validators=[InputRequired(_l("Please choose an answer."))],
    )
    reason = ParagraphsField(_l("Question or reason"))

    def validate_reason(self, field: ParagraphsField) -> None:
        """Whoever is asked or declined is told why."""
        if self.answer.data in (ASK, DECLINE) and not field.data:
            raise ValidationError(gettext("Please write what you ask or why you decline; the municipality reads it."))


def seen(form: DecisionForm) -> int:
    """The revision of the text that was read."""
    return int(form.seen.data) if (form.seen.data or "").isdecimal() else -1
