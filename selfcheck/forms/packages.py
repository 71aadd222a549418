"""The form for a package that goes to another installation."""

import re
from datetime import timedelta

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import DataRequired, InputRequired, ValidationError

from selfcheck.forms.kit import CodeField, Form, LineField, ParagraphsField
from selfcheck.forms.workshop import CAPACITIES
from selfcheck.ground.days import today
from selfcheck.packages.contents import LONG, SHORT
from selfcheck.packages.fitting import Wish
from selfcheck.packages.package import Address, Consents

PROPOSED_DAYS, MOST_DAYS = 92, 365


class PackageForm(Form):
    """What a package is for, and what is in it; nothing beyond values and targets is ticked beforehand."""

    purpose = ParagraphsField(
        _l("What is it for?"),
        LONG,
        [DataRequired(_l("Please say what it is for: the package may be used for this purpose and for nothing else."))],
    )
    agency = LineField(
        _l("Which agency is it for?"),
        SHORT,
        [DataRequired(_l("Please name the agency: nobody else can take the package in."))],
    )
    fingerprint = CodeField(_l("Fingerprint of the agency's installation (optional)"))
    expires = DateField(_l("Until when may it be used?"), validators=[InputRequired(_l("Please enter a day."))])
    shown = RadioField(
        _l("How do you appear beside the others?"),
        choices=[
            SelectChoice("named", _l("By name")),
            SelectChoice("alias", _l("Under an alias; your name is not in the package")),
            SelectChoice(
                "aggregate", _l("Only in numbers of several municipalities together; your name is not in the package")
            ),
        ],
        validators=[InputRequired(_l("Please choose how you appear."))],
    )
    name = LineField(_l("Name of the municipality"), SHORT)
    screen = BooleanField(_l("We may appear on the projector, as chosen above"))
    tandems = BooleanField(_l("The moderation may propose learning tandems from our strengths and wishes"))
    capacity = SelectField(_l("In how many tandems can you take part?"), coerce=int, default=1, choices=CAPACITIES)
    protocol = BooleanField(_l("We may appear in the protocol, as chosen above"))
    later = BooleanField(
        _l("The agency may count our values together with others in later evaluations, until the package expires")
    )
    with_state = BooleanField(_l("The federal state"))
    with_stages = BooleanField(_l("The stage of every single item"))
    seen = HiddenField()

    def validate_fingerprint(self, field: CodeField) -> None:
        """Eight groups of four, or nothing; blanks and capital letters do not matter."""
        digits = (field.data or "").lower()
        if digits and not re.fullmatch("[0-9a-f]{32}", digits):
            raise ValidationError(gettext("A fingerprint has eight groups of four: digits and letters from a to f."))
        field.data = " ".join(re.findall("....", digits))

    def validate_expires(self, field: DateField) -> None:
        """From today on, at most twelve months."""
        first = today()
        if field.data and not first <= field.data <= first + timedelta(days=MOST_DAYS):
            raise ValidationError(gettext("Please choose a day from today on, at most twelve months ahead."))

    def validate_name(self, field: LineField) -> None:
        """Only who appears by name needs one."""
        if self.shown.data == "named" and not field.data:
            raise ValidationError(gettext("Please enter the name by which you want to appear."))


def package_form(municipality: str = "") -> PackageForm:
    """The form as it is first shown."""
    return PackageForm(formdata=None, data={"name": municipality, "expires": today() + timedelta(days=PROPOSED_DAYS)})


def wish_in(form: PackageForm) -> Wish:
    """What a valid form says."""
    return Wish(
        form.purpose.data,
        Address(form.agency.data, form.fingerprint.data or ""),
        form.expires.data,
        form.shown.data,
        form.name.data or "",
        Consents(
            bool(form.screen.data),
            bool(form.tandems.data),
            form.capacity.data if form.tandems.data else 1,
            bool(form.protocol.data),
            bool(form.later.data),
        ),
        bool(form.with_state.data),
        bool(form.with_stages.data),
    )
