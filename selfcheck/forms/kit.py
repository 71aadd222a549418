"""What every form uses: texts as they are meant, days, and the mark of what was seen.

Every text that a form asks for is a `LineField`, a `ParagraphsField` or a `CodeField`: first it becomes what is meant
(scoring.model.texts), then its length is counted, so that page and server count alike. Browsers get no `maxlength`: they
would cut what is pasted.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, Literal, TypeVar, cast

from flask import request
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from scoring.model import texts
from scoring.plain.reading import LONGEST_TEXT
from selfcheck.ground.written import written_day
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
    """A short mark of what something says, to know it again.

    Where only one thing is changed as a whole, its revision number tells whether somebody else was faster. A mark of the
    content is used where that is not enough: it tells for each part of a form whether this person touched it and whether
    others did, it knows two ways to the same content as the same, and it works for what has no number of its own – a
    target, the terms of a workshop, ratings of which nothing shall be counted.
    """
    return sha256(repr(content).encode()).hexdigest()[:16]


Held = Literal["stored", "sent", "asked"]


def held(was: str | None, sent: object, stored: object) -> Held:
    """What holds of a part that was seen (its mark; None: it was not shown), sent and stored.

    What this person did not touch stays as it is stored; what nobody else touched is taken as it was sent; what two
    people changed differently is asked.
    """
    if was in (None, mark(sent)):
        return "stored"
    return "sent" if mark(stored) in (was, mark(sent)) else "asked"


class Changing(Form):
    """A form that changes something stored: `seen` carries a mark of each part as the page showed it."""

    seen = HiddenField()
    beside: Mapping[str, object] = {}
    """What the page says beside the fields, by name: whoever sends the form relies on it."""

    @classmethod
    def part_of(cls, name: str) -> str:
        """The part a field belongs to: what is one thing to people is changed and asked as one."""
        return name

    def post_process(self, formdata: object = None) -> None:
        """Say in `seen` what is shown, unless the form comes back and says what was."""
        super().post_process(formdata)
        if not self.seen.raw_data:
            self.seen.data = _marks(self)


def changed_meanwhile(form: Changing) -> bool:
    """Whether two people changed the same: then the form says at each part what is stored, and keeps what was sent.

    Otherwise it holds what shall be stored: what was sent where it was touched, all else as it is stored by now. The next
    time, everything has been seen. A form without any mark that is known counts as one that was shown empty.
    """
    was = {name: one for name, _, one in (one.rpartition(":") for one in (form.seen.data or "").split())}
    asked = any(was.get(name) != mark(content) for name, content in form.beside.items())
    parts = _parts(form)
    shown = bool(was.keys() & (parts.keys() | form.beside.keys()))
    for part, fields in parts.items():
        match held(was.get(part) if shown else mark([""] * len(fields)), _sent(fields), _stored(fields)):
            case "stored":
                for field in fields:
                    _put_back(field)
            case "asked":
                said = ", ".join(filter(None, map(_in_words, fields))) or gettext("left open")
                fields[0].errors = [*fields[0].errors, MEANWHILE % {"answer": said}]
                asked = True
    form.seen.data = _marks(form)
    return asked or not form.validate()


def seen_otherwise(stored: object) -> bool:
    """Whether the page showed something else than is `stored`, by the mark that it sends in `seen`.

    For what is replaced or taken away as a whole.
    """
    return request.form.get("seen", now := mark(stored)) != now


MEANWHILE = _l("Somebody else has answered this meanwhile: %(answer)s. What shall hold?")


def _parts(form: Changing) -> dict[str, list[Field]]:
    """The fields that show what is stored, by the part they belong to."""
    found: dict[str, list[Field]] = {}
    for field in form:
        if field.name not in ("seen", "csrf_token") and field.type not in ("FileField", "SubmitField"):
            found.setdefault(form.part_of(field.name), []).append(field)
    return found


def _marks(form: Changing) -> str:
    """A mark of each part as it is stored now."""
    stored = {part: mark(_stored(fields)) for part, fields in _parts(form).items()}
    beside = {name: mark(content) for name, content in form.beside.items()}
    return " ".join(f"{name}:{one}" for name, one in (stored | beside).items())


def _sent(fields: Sequence[Field]) -> list[object]:
    return [_plain(field.data) for field in fields]


def _stored(fields: Sequence[Field]) -> list[object]:
    return [_plain(_filtered(field)) for field in fields]


def _filtered(field: Field) -> Any:
    """What is stored, as the field would read it if nobody touched it."""
    stored = field.object_data
    for filter in field.filters:
        stored = filter(stored)
    return stored


def _plain(data: object) -> object:
    """What a field holds, alike whether it was stored or sent."""
    match data:
        case None | False | "":
            return ""
        case str():
            return texts.paragraphs(data)
        case list() | tuple():
            return sorted(map(str, data)) or ""
        case _:
            return str(data)


def _put_back(field: Field) -> None:
    """Let a field hold what is stored."""
    field.data = field.object_data
    field.raw_data, field.process_errors = list(_texts(field.object_data)), []


def _texts(data: object) -> Iterator[str]:
    match data:
        case None | False | "":
            return
        case list() | tuple():
            yield from map(str, data)
        case _:
            yield str(data)


def _in_words(field: Field) -> str:
    """What is stored, as people say it."""
    stored = field.object_data
    if isinstance(stored, bool):
        return str(gettext("yes") if stored else gettext("no"))
    if isinstance(stored, date):
        return written_day(stored, "en" if get_locale().language == "en" else "de")
    labels = {str(one.value): str(one.label) for one in field.iter_choices()} if isinstance(field, SelectField) else {}
    return ", ".join(labels.get(text, text) for text in _texts(stored))


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
