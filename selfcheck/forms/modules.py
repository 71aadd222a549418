"""The form of an in-depth module: a field for every row and column, named `row--column`."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FileField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    SubmitField,
)
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from scoring.assess.words import Speaker
from scoring.modules.entries import Line, ModuleSheet, OwnRow, Value, filled, lines
from scoring.modules.model import Column, Module, Section
from scoring.modules.sheets import LONGEST_ENTRY, LONGEST_NAME
from selfcheck.forms.kit import Changing, Check, Form, LineField, with_fields

OPEN = ""
NONE_OF_THEM = "-"
"""Stands for none of several options: an answer, unlike nothing at all."""
ALLOWED_OWN = 50
"""Rows of one's own in one module."""


class ModuleForm(Changing):
    """The fields of one module; a row of one's own (`own`: their ids) is one thing with its name."""

    own: frozenset[str] = frozenset()

    @classmethod
    def part_of(cls, name: str) -> str:
        """The row, for one of one's own."""
        line, _, column = name.partition("--")
        return column if line in ("own-name", "own-gone") else line if line in cls.own else name


class ModuleFileForm(Form):
    """A file with entries of a module."""

    file = FileField(_l("Answer file of this module"))


def name_of(line: str, column: str) -> str:
    """The name of a field."""
    return f"{line}--{column}"


def module_form(module: Module, sheet: ModuleSheet, say: Speaker, sent: bool = True) -> ModuleForm:
    """The form with what is entered, one empty row of one's own wherever a section takes them, and what fills columns."""
    fields: dict[str, object] = {"own": frozenset(sheet.own)}
    for id, own in sheet.own.items():
        fields[f"own-name--{id}"] = LineField(gettext("Name of this row"), LONGEST_NAME, default=own.name)
        fields[f"own-gone--{id}"] = BooleanField(gettext("Remove this row"))
    for line in lines(module, sheet):
        for column in line.section.columns:
            if column.id not in line.skips:
                fields[name_of(line.id, column.id)] = _field(column, line.values.get(column.id), say)
    for section in module.sections:
        if entries := _entries_to_fill(section, say):
            fields[f"fill--{section.id}"] = SelectField(gettext("What is still open"), choices=entries, default=OPEN)
            fields[f"fill-now--{section.id}"] = SubmitField(gettext("Fill in what is open and save"))
        if section.own:
            fields[f"own--{section.id}"] = LineField(
                gettext("Add a row of your own: %(what)s", what=say.say(section.own)), LONGEST_NAME, [_room(sheet)]
            )
            fields[f"own-group--{section.id}"] = SelectField(
                gettext("in the group"),
                choices=[SelectChoice(group.id, say.say(group.name)) for group in section.groups],
                default=section.groups[0].id,
            )
    form = with_fields(ModuleForm, fields)
    return form() if sent else form(formdata=None)


def _room(sheet: ModuleSheet) -> Check:
    """No more rows of one's own than a module takes."""

    def check(form: ModuleForm, field: LineField) -> None:
        kept = [id for id in sheet.own if not form[f"own-gone--{id}"].data]
        added = [one for one in form if one.name.startswith("own--") and one.data]
        if field.data and len(kept) + len(added) > ALLOWED_OWN:
            raise ValidationError(gettext("There is room for at most %(count)s rows of your own.", count=ALLOWED_OWN))

    return check


def _entries_to_fill(section: Section, say: Speaker) -> list[SelectChoice]:
    """One entry that every open row of a column can get at once."""
    found = [
        SelectChoice(f"{column.id}:{option.key}", f"{say.say(column.name)}: {say.say(option.name)}")
        for column in section.columns
        if column.kind == "choice"
        for option in column.options
    ]
    return [SelectChoice(OPEN, gettext("please choose")), *found] if len(section.rows) > 2 else []


def _field(column: Column, value: Value | None, say: Speaker) -> object:
    options = [SelectChoice(option.key, say.say(option.name)) for option in column.options]
    match column.kind:
        case "text":
            return LineField(say.say(column.name), LONGEST_ENTRY, default=value or "")
        case "choice":
            return SelectField(
                say.say(column.name), choices=[SelectChoice(OPEN, gettext("open")), *options], default=value or OPEN
            )
        case "several":
            chosen = [NONE_OF_THEM] if value == () else list(value or ())
            return SelectMultipleField(
                say.say(column.name),
                choices=[*options, SelectChoice(NONE_OF_THEM, gettext("none of them"))],
                widget=ListWidget(prefix_label=False),
                option_widget=CheckboxInput(),
                default=chosen,
            )


def gone(sent: MultiDict[str, str], before: ModuleSheet) -> dict[str, list[str]]:
    """What was sent for rows of one's own that somebody else has removed meanwhile, by the name of the row."""
    names = {name.removeprefix("own-name--"): text for name, text in sent.items() if name.startswith("own-name--")}
    return {
        text: [entry for name, entry in sent.items(multi=True) if name.startswith(f"{id}--") and entry]
        for id, text in names.items()
        if id not in before.own
    }


def sheet_in(form: ModuleForm, module: Module, before: ModuleSheet) -> ModuleSheet:
    """The entries a valid form holds; an own row whose name was emptied keeps it, and goes when that is ticked."""
    entries: dict[str, Mapping[str, Value]] = {}
    own = {id: row for id, row in before.own.items() if not form[f"own-gone--{id}"].data}
    for line in lines(module, before):
        values = dict(_values(form, line))
        if line.id in own:
            name = form[f"own-name--{line.id}"].data or line.own_name
            own[line.id] = replace(own[line.id], name=name, values=values)
        elif line.is_own:
            continue
        elif values:
            entries[line.id] = values
    for section in module.sections:
        if row := _added(form, section):
            own[_free({*module.rows, *own})] = row
    return _with_filled(form, module, replace(before, entries=entries, own=own))


def _with_filled(form: ModuleForm, module: Module, sheet: ModuleSheet) -> ModuleSheet:
    """What was open gets the entry that was chosen beside the button."""
    for section in module.sections:
        name = f"fill--{section.id}"
        if name in form and form[f"fill-now--{section.id}"].data and form[name].data:
            column, _, option = form[name].data.partition(":")
            sheet = filled(module, sheet, section.id, column, option)
    return sheet


def _values(form: ModuleForm, line: Line) -> Iterator[tuple[str, Value]]:
    for column in line.section.columns:
        name = name_of(line.id, column.id)
        if name not in form:
            continue
        data = form[name].data
        if column.kind == "several":
            chosen = tuple(option.key for option in column.options if option.key in data)
            if chosen or NONE_OF_THEM in data:
                yield column.id, chosen
        elif data:
            yield column.id, data


def _added(form: ModuleForm, section: Section) -> OwnRow | None:
    field = f"own--{section.id}"
    if field not in form or not form[field].data:
        return None
    return OwnRow(section.id, form[f"own-group--{section.id}"].data, form[field].data)


def _free(taken: set[str]) -> str:
    return next(id for number in count(1) if (id := f"own-{number}") not in taken)
