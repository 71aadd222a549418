"""The form for an agency's own examples."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField

from selfcheck.forms.kit import Form


class ExamplesForm(Form):
    """A file with examples."""

    file = FileField(_l("File with examples (YAML)"))
