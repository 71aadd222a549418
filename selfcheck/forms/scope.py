"""The form for how much is rated: everything, the core items, or chosen perspectives; at the beginning with the name."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from scoring.assess.words import Speaker
from scoring.model.answers import Scope
from selfcheck.forms.kit import Changing, LineField

LONGEST_NAME = 200
CHOSEN = "chosen"


class ScopeForm(Changing):
    """How much is rated."""

    scope = RadioField(
        _l("How much do you want to rate?"),
        choices=[
            SelectChoice("full", _l("Full check: all items")),
            SelectChoice("short", _l("Short check: the core items")),
            SelectChoice(CHOSEN, _l("Single perspectives")),
        ],
        default="full",
    )
    perspectives = SelectMultipleField(
        _l("Which perspectives?"),
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    @classmethod
    def part_of(cls, name: str) -> str:
        """The perspectives belong to the choice of single ones."""
        return "scope" if name == "perspectives" else name

    def validate_perspectives(self, field: SelectMultipleField) -> None:
        """Single perspectives need at least one."""
        if self.scope.data == CHOSEN and not field.data:
            raise ValidationError(_l("Please tick at least one perspective."))


class StartForm(ScopeForm):
    """What is needed to begin: nothing but a choice of the scope."""

    municipality = LineField(_l("Name of the municipality (optional)"), LONGEST_NAME)


def start_form(say: Speaker) -> StartForm:
    """The form that begins a self-check."""
    form = StartForm()
    form.perspectives.choices = _perspectives(say)
    return form


def scope_form(say: Speaker, scope: Scope, sent: bool = False) -> ScopeForm:
    """The form that changes the scope; `sent` reads what a person sent, otherwise it shows what is stored."""
    shown: dict[str, object] = {"scope": scope if isinstance(scope, str) else CHOSEN}
    if not isinstance(scope, str):
        shown["perspectives"] = list(scope)
    form = ScopeForm(data=shown) if sent else ScopeForm(formdata=None, data=shown)
    form.perspectives.choices = _perspectives(say)
    return form


def _perspectives(say: Speaker) -> list[SelectChoice]:
    return [SelectChoice(one.id, f"{one.id} {say.say(one.name)}") for one in say.questionnaire.perspectives]


def scope_in(form: ScopeForm) -> Scope:
    """The scope a valid form holds; all perspectives are the full check."""
    if form.scope.data != CHOSEN:
        return "short" if form.scope.data == "short" else "full"
    ids = [choice.value for choice in form.perspectives.choices]
    chosen = tuple(id for id in ids if id in form.perspectives.data)
    return "full" if len(chosen) == len(ids) else chosen
