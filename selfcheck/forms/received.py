"""The forms by which an agency takes packages in: a file, and whose key it is once its fingerprint was compared."""

import base64
import binascii

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField
from wtforms.validators import DataRequired, InputRequired

from selfcheck.forms.kit import Form, LineField
from selfcheck.services.packages import LONGEST_LABEL


class ReceiveForm(Form):
    """A package or a revocation."""

    file = FileField(_l("Package or revocation (JSON)"))


class ArrivalForm(Form):
    """Nothing but the wish to take it in. The file travels along, byte for byte, so that nobody has to choose it twice."""

    content = HiddenField()
    name = HiddenField()


class TrustForm(ArrivalForm):
    """Whose key it is."""

    label = LineField(
        _l("Whose installation is it?"), LONGEST_LABEL, [DataRequired(_l("Please say whose installation it is."))]
    )
    compared = BooleanField(
        _l("We had the fingerprint read out to us, and it is the same"),
        validators=[
            InputRequired(_l("Please compare first: otherwise anybody could send packages in somebody's name."))
        ],
    )


def carried(raw: bytes) -> str:
    """A file as text that no form changes."""
    return base64.b64encode(raw).decode()


def carried_in(form: ArrivalForm) -> bytes:
    """The file that came along; nothing when somebody has broken it."""
    try:
        return base64.b64decode(form.content.data or "", validate=True)
    except binascii.Error:
        return b""
