"""The form with which the moderation fixes who works with whom."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, ValidationError

from scoring.workshop.members import Member
from selfcheck.forms.kit import Form


class PinForm(Form):
    """Two municipalities, together or apart."""

    one = SelectField(_l("Municipality"))
    other = SelectField(_l("and municipality"))
    together = RadioField(
        _l("shall"),
        choices=[SelectChoice("y", _l("work together")), SelectChoice("n", _l("not work together"))],
        validators=[InputRequired(_l("Please choose."))],
    )

    def validate_other(self, field: SelectField) -> None:
        """Two different ones."""
        if field.data == self.one.data:
            raise ValidationError(gettext("Please choose two different municipalities."))


def pin_form(members: Sequence[Member]) -> PinForm:
    """The form with the municipalities that agree to tandems."""
    form = PinForm()
    agreeing = sorted((one for one in members if one.tandems), key=lambda one: one.name.casefold())
    form.one.choices = form.other.choices = [SelectChoice(one.id, one.name) for one in agreeing]
    return form
