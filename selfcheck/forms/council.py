"""The form for a council paper: everything only people can say."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from selfcheck.council.draft import (
    KINDS,
    LISTS,
    LONG,
    MOST_FOCUS,
    MOST_LINES,
    MOST_STATIONS,
    OPTIONS,
    ROLES,
    SHORT,
    Draft,
    Station,
    focus_of,
    role_words,
)
from selfcheck.council.draft_files import LONGEST_SHORT
from selfcheck.forms.kit import TOO_LONG_LINE, Form, LineField, ParagraphsField, lines_in
from selfcheck.words.findings import Findings

NOBODY = ""
"""The role in a row that names no body."""
FURTHER_ROWS = 2
"""Empty rows below the bodies that are named: whoever needs more sends the form once."""


class CouncilForm(Form):
    """What goes into a paper; texts are named as in the draft, the bodies by their place."""

    kind = HiddenField()
    proposal = RadioField(
        _l("What is proposed?"),
        choices=[
            SelectChoice("note", _l("Only to note the result")),
            SelectChoice("order", _l("To order the administration to prepare the next steps")),
            SelectChoice("decide", _l("To resolve on focal points, steps and means")),
        ],
        default="note",
    )
    public = BooleanField(_l("The paper is dealt with in public"))
    focus = SelectMultipleField(
        _l("Focal points (at most three)"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    option = RadioField(
        _l("Which variant does the administration propose?"),
        choices=[
            SelectChoice("", _l("still open")),
            SelectChoice("as-now", _l("A – as now")),
            SelectChoice("steps", _l("B – step by step")),
            SelectChoice("means", _l("C – with additional means")),
        ],
        default="",
    )
    final = BooleanField(_l("Final paper, without the mark of a draft"))

    def validate_kind(self, field: HiddenField) -> None:
        """One of the two kinds."""
        if field.data not in KINDS:
            field.data = KINDS[0]

    def validate_focus(self, field: SelectMultipleField) -> None:
        """Not everything can be a focal point."""
        if len(field.data or ()) > MOST_FOCUS:
            raise ValidationError(_l("Please choose at most three focal points."))


class DraftFileForm(Form):
    """A draft file to go on with."""

    file = FileField(_l("Draft file (YAML)"))


def council_form(draft: Draft, findings: Findings, sent: bool = False) -> CouncilForm:
    """The form filled with a draft; `sent` reads what a person sent."""
    made: dict[str, Any] = {}
    for name in SHORT:
        made[name] = LineField(most=LONGEST_SHORT)
    made |= {name: ParagraphsField() for name in LONG} | {
        name: ParagraphsField(validators=[_few_and_short]) for name in LISTS
    }
    said = role_words(gettext)
    roles = [SelectChoice(NOBODY, "–"), *(SelectChoice(role, said[role]) for role in ROLES)]
    for place in range(MOST_STATIONS):
        made[f"body-{place}"] = LineField(most=LONGEST_SHORT)
        made[f"role-{place}"] = SelectField(choices=roles, default=NOBODY, validate_choice=False)
        made[f"day-{place}"] = LineField(most=LONGEST_SHORT)
    kind: type[CouncilForm] = type("FilledCouncilForm", (CouncilForm,), made)
    form = kind() if sent else kind(formdata=None, data=_shown(draft, findings))
    form.focus.choices = [
        SelectChoice(result.perspective, f"{result.perspective} {_name(findings, result.perspective)}")
        for result in findings.result.perspectives
        if result.applicable
    ]
    return form


def _name(findings: Findings, perspective: str) -> str:
    return findings.say.say(findings.questionnaire.perspective(perspective).name)


def _shown(draft: Draft, findings: Findings) -> dict[str, Any]:
    names = (*SHORT, *LONG, "kind", "proposal", "public", "option")
    shown: dict[str, Any] = {name: getattr(draft, name) for name in names}
    shown |= {name: "\n".join(getattr(draft, name)) for name in LISTS} | {"focus": list(focus_of(draft, findings))}
    for place, station in enumerate(draft.sequence):
        shown |= {f"body-{place}": station.body, f"role-{place}": station.role, f"day-{place}": station.day}
    return shown


def rows(draft: Draft) -> range:
    """The rows for bodies that a page shows."""
    return range(min(MOST_STATIONS, max(len(draft.sequence), 1) + FURTHER_ROWS))


def draft_in(form: CouncilForm) -> Draft:
    """The draft a valid form holds. A row with a role and no body stands for a body that is still to be named."""
    read: dict[str, Any] = {name: form[name].data or "" for name in (*SHORT, *LONG)}
    read |= {name: tuple(lines_in(form[name].data)) for name in LISTS}
    found = (_station(form, place) for place in range(MOST_STATIONS))
    return Draft(
        kind=form.kind.data,
        proposal=form.proposal.data,
        public=bool(form.public.data),
        option=form.option.data if form.option.data in OPTIONS else "",
        focus=tuple(form.focus.data or ()),
        sequence=tuple(station for station in found if station),
        **read,
    )


def _few_and_short(_form: Form, field: ParagraphsField) -> None:
    """One entry a line, and no more and no longer than a draft file holds."""
    entries = lines_in(field.data)
    if len(entries) > MOST_LINES:
        raise ValidationError(gettext("Please use at most %(count)s lines.", count=MOST_LINES))
    if any(len(entry) > LONGEST_SHORT for entry in entries):
        raise ValidationError(TOO_LONG_LINE % {"max": LONGEST_SHORT})


def _station(form: CouncilForm, place: int) -> Station | None:
    body, role, day = (form[f"{part}-{place}"].data or "" for part in ("body", "role", "day"))
    return Station(body, role if role in ROLES else "note", day) if body or day or role in ROLES else None
