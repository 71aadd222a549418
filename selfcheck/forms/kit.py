"""What every form uses: texts as they are meant, days, and the mark of what was seen."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import ValidationError

from scoring.plain.reading import UNPRINTABLE
from selfcheck.services.protocols import named_in

TOO_LONG = _l("Please shorten the text to at most %(max)d characters.")


class Form(FlaskForm):  # type: ignore[misc]
    """A form with protection against foreign requests; every form of a page derives from it."""


def printable(text: str | None) -> str:
    """The text without spaces around it and without control characters, which no report could print."""
    return UNPRINTABLE.sub("", (text or "").replace("\r\n", "\n")).strip()


def on_one_line(text: str | None) -> str:
    """The same for a text without paragraphs."""
    return " ".join(printable(text).split())


def mark(content: object) -> str:
    """A short mark of what an answer says."""
    return sha256(repr(content).encode()).hexdigest()[:16]


def changed_meanwhile(form: Form, stored: object) -> bool:
    """Whether something else is stored than the form showed, by the mark in `seen`; the next time it has been seen."""
    shown, form.seen.data = form.seen.data, mark(stored)
    return bool(shown != form.seen.data)


class DayField(DateField):  # type: ignore[misc]
    """A day that says in the language of the page what is wrong with it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("Please enter a date.")) from error


def without_names(hidden: Sequence[str], shown: Sequence[str]) -> Any:
    """A check of a text: it must hold none of the names that are `hidden`, apart from those inside names that are `shown`."""

    def check(_form: Form, field: StringField) -> None:
        if found := named_in(field.data or "", hidden, shown):
            raise ValidationError(
                gettext(
                    "“%(name)s” does not appear in the protocol under this name. Please write it without the name.",
                    name=found[0],
                )
            )

    return check
