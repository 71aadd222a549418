"""The forms of the page of papers."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField

from selfcheck.forms.kit import Form


class TemplateForm(Form):
    """A Word file with the styles and the paper of the house."""

    template = FileField(_l("Word file (.docx)"))


class RemoveTemplateForm(Form):
    """Nothing but the wish to go without."""
