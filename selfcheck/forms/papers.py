"""The forms of the page of papers."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField


class TemplateForm(FlaskForm):  # type: ignore[misc]
    """A Word file with the styles and the paper of the house."""

    template = FileField(_l("Word file (.docx)"))


class RemoveTemplateForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the wish to go without."""
