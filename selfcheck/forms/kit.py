"""What every form uses: texts as they are meant, days, and the mark of what was seen.

Every text that a form asks for is a `LineField`, a `ParagraphsField` or a `CodeField`: first it becomes what is meant
(scoring.model.texts), then its length is counted, so that page and server count alike. Browsers get no `maxlength`: they
would cut what is pasted.
"""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeVar, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import ValidationError

from scoring.model import texts
from scoring.plain.reading import LONGEST_TEXT
from selfcheck.services.protocols import named_in

LONGEST_LINE = 200
"""How long a name, title or label may be where nothing else is said."""
TOO_LONG = _l("Please shorten the text to at most %(max)d characters.")
TOO_LONG_LINE = _l("Please shorten each line to at most %(max)d characters.")


class Form(FlaskForm):  # type: ignore[misc]
    """A form with protection against foreign requests; every form of a page derives from it."""


F = TypeVar("F", bound=Form)


def with_fields(base: type[F], fields: Mapping[str, object]) -> type[F]:
    """A form with further fields, as many as what is asked about has."""
    return cast("type[F]", type(f"Filled{base.__name__}", (base,), dict(fields)))


Check = Callable[[Any, Any], object]
"""What a form asks of a field: called with both, it raises when something is wrong."""


def at_most(longest: int) -> Check:
    """A text must be no longer than so many characters, a line end being one."""

    def check(_form: Form, field: StringField) -> None:
        if len(field.data or "") > longest:
            raise ValidationError(TOO_LONG % {"max": longest})

    return check


def _counted(most: int | None) -> dict[str, object]:
    """What the page needs to count as the server does; without a limit nothing."""
    if most is None:
        return {}
    return {"data-most": most, "data-over": _l("%(over)s characters too many; at most %(max)s fit", over="#", max=most)}


class LineField(StringField):  # type: ignore[misc]
    """A name, title or label on one line, as it is seen.

    It may hold at most `most` characters; None leaves the length to a check that says it in its own words.
    """

    def __init__(
        self, label: object = None, most: int | None = LONGEST_LINE, validators: Sequence[Check] = (), **kwargs: object
    ) -> None:
        length = [] if most is None else [at_most(most)]
        super().__init__(label, [*validators, *length], filters=[self.meant], render_kw=_counted(most), **kwargs)

    def meant(self, text: str | None) -> str:
        """The line as it is kept."""
        return texts.line(text)


class ParagraphsField(TextAreaField):  # type: ignore[misc]
    """A text that may have paragraphs, of at most `most` characters; None as for a line."""

    def __init__(
        self, label: object = None, most: int | None = LONGEST_TEXT, validators: Sequence[Check] = (), **kwargs: object
    ) -> None:
        length = [] if most is None else [at_most(most)]
        super().__init__(label, [*validators, *length], filters=[texts.paragraphs], render_kw=_counted(most), **kwargs)


class CodeField(StringField):  # type: ignore[misc]
    """A code as it is typed, without blanks and unseen signs; which letters it may have is for whoever reads it."""

    def __init__(self, label: object = None, validators: Sequence[Check] = (), **kwargs: object) -> None:
        super().__init__(label, [*validators, at_most(LONGEST_LINE)], filters=[texts.code], **kwargs)


def lines_in(text: str | None) -> list[str]:
    """What a text with one entry a line says, without empty lines."""
    return [entry for entry in map(texts.line, texts.paragraphs(text).split("\n")) if entry]


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
