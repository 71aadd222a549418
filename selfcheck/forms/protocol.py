"""What the moderation writes down for the protocol of a workshop."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectChoice, SelectField
from wtforms.validators import Optional, ValidationError

from selfcheck.forms.kit import Changing, DayField, Form, LineField, ParagraphsField, lines_in, without_names
from selfcheck.services.protocols import Entries, NextStep, marked

MOST_STEPS = 20
FURTHER_ROWS = 3
"""Empty rows below the steps: whoever needs more sends the form once."""
LONGEST_STEP = 300
PARTS = ("what", "who", "by")


class ProtocolForm(Changing):
    """Themes and wishes one a line; steps in numbered rows, which are added when the form is made."""

    themes = ParagraphsField(_l("Themes that were agreed on"))
    support = ParagraphsField(_l("Support wanted"))

    @classmethod
    def part_of(cls, name: str) -> str:
        """A step is one thing."""
        part, _, row = name.partition("_")
        return f"step_{row}" if part in PARTS else name


def protocol_form(
    entries: Entries,
    day: date,
    who: Mapping[str, str],
    hidden: Sequence[str],
    shown: Sequence[str],
) -> ProtocolForm:
    """The form with what has been written down, in words.

    `day` is that of the workshop, `who` is who can do something; `hidden` are names that must not stand in a text,
    `shown` those that may.
    """
    no_name = without_names(hidden, shown)
    made: dict[str, Any] = {"validate_themes": no_name, "validate_support": no_name}
    choices = [SelectChoice("", "–"), *(SelectChoice(key, name) for key, name in who.items())]
    for row in range(MOST_STEPS):
        made[f"what_{row}"] = LineField(_l("What is to be done"), LONGEST_STEP)
        made[f"who_{row}"] = SelectField(_l("Who"), choices=choices, default="")
        made[f"by_{row}"] = DayField(_l("By when (optional)"), validators=[Optional()])
        made[f"validate_what_{row}"], made[f"validate_who_{row}"] = _step_of(row, no_name), _somebody(row)
        made[f"validate_by_{row}"] = _not_before(day)
    form: ProtocolForm = type("FilledProtocolForm", (ProtocolForm,), made)(data=_shown(entries))
    return form


def _shown(entries: Entries) -> dict[str, Any]:
    shown: dict[str, Any] = {"themes": "\n".join(entries.themes), "support": "\n".join(entries.support)}
    for row, step in enumerate(entries.steps):
        shown |= {f"what_{row}": step.what, f"who_{row}": step.who}
        shown[f"by_{row}"] = date.fromisoformat(step.by) if step.by else None
    return shown


def _step_of(row: int, no_name: Any) -> Any:
    """A row with somebody or a day needs to say what is to be done, and names nobody that does not appear."""

    def check(form: Form, field: LineField) -> None:
        if not field.data and (form[f"who_{row}"].data or form[f"by_{row}"].raw_data not in (None, [], [""])):
            raise ValidationError(gettext("Please say what is to be done, or empty the row."))
        no_name(form, field)

    return check


def _somebody(row: int) -> Any:
    def check(form: Form, field: SelectField) -> None:
        if form[f"what_{row}"].data and not field.data:
            raise ValidationError(gettext("Please choose who does it."))

    return check


def _not_before(day: date) -> Any:
    def check(_form: Form, field: DateField) -> None:
        if field.data and field.data < day:
            raise ValidationError(gettext("Please choose a day from the workshop on."))

    return check


def rows(form: ProtocolForm) -> range:
    """The rows that a page shows: those in use and some further ones."""
    used = [
        row
        for row in range(MOST_STEPS)
        if any(form[f"{part}_{row}"].data or form[f"{part}_{row}"].errors for part in PARTS)
    ]
    return range(min(MOST_STEPS, max([row + 1 for row in used], default=0) + FURTHER_ROWS))


def entries_in(form: ProtocolForm, labels: Mapping[str, Sequence[str]]) -> Entries:
    """What a valid form says, with the id of each municipality in place of what it may be called (`labels`)."""
    steps = tuple(
        NextStep(marked(form[f"what_{row}"].data, labels), form[f"who_{row}"].data, day.isoformat() if day else "")
        for row in range(MOST_STEPS)
        if form[f"what_{row}"].data
        for day in (form[f"by_{row}"].data,)
    )
    themes, support = (
        tuple(marked(line, labels) for line in lines_in(field.data)) for field in (form.themes, form.support)
    )
    return Entries(themes, steps, support)
