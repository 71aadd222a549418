"""The form for a further link."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice
from wtforms.validators import DataRequired, InputRequired

from selfcheck.forms.kit import Form, LineField
from selfcheck.services.links import COORDINATOR

LONGEST_LABEL = 100


class LinkForm(Form):
    """For whom the link is, and what it opens for how long."""

    label = LineField(
        _l("Who is the link for?"),
        LONGEST_LABEL,
        [DataRequired(_l("Please say who the link is for, so that it can be revoked later."))],
    )
    opens = RadioField(
        _l("What may people do with it?"),
        choices=[
            SelectChoice(COORDINATOR, _l("Edit everything, like you")),
            SelectChoice("7", _l("Only read, for 7 days")),
            SelectChoice("30", _l("Only read, for 30 days")),
            SelectChoice("90", _l("Only read, for 90 days")),
        ],
        validators=[InputRequired(_l("Please choose what the link opens."))],
    )


def link_form(sent: bool = False) -> LinkForm:
    """The form for a further link; empty unless a person sent it."""
    return LinkForm() if sent else LinkForm(formdata=None)


def days_in(form: LinkForm) -> int | None:
    """For how many days the link only reads; none for a link that edits."""
    return None if form.opens.data == COORDINATOR else int(form.opens.data)
