"""The form for one perspective's items, and for one item alone (autosave)."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import Length

from scoring.answers import CANNOT_JUDGE, Answer
from scoring.questionnaire import Item
from scoring.sheets import LONGEST_TEXT
from selfcheck.findings import Findings

OPEN = ""
TOO_LONG = _l("Please shorten the text to at most %(max)d characters.")


class ItemForm(FlaskForm):  # type: ignore[misc]
    """The fields of some items; the field of an item is named by its id."""


def item_form(findings: Findings, items: Iterable[Item]) -> ItemForm:
    """A form that asks for these items, filled with what is stored."""
    fields: dict[str, object] = {}
    for item in items:
        answer = findings.sheet.answers.get(item.id, Answer())
        fields[item.id] = RadioField(findings.statement(item), choices=choices(findings, item), default=_chosen(answer))
        for name, text in (("remark", answer.remark), ("evidence", answer.evidence)):
            length = Length(max=LONGEST_TEXT, message=TOO_LONG)
            fields[f"{item.id}-{name}"] = TextAreaField(default=text, validators=[length])
    return type("ItemsForm", (ItemForm,), fields)()  # type: ignore[no-any-return]


def choices(findings: Findings, item: Item) -> list[SelectChoice]:
    """The possible answers: every option, *cannot judge*, and open."""
    options = [SelectChoice(str(option.key), findings.say.say(option.name)) for option in item.scale.options]
    others = ((CANNOT_JUDGE, _l("I cannot judge this")), (OPEN, _l("Leave open for now")))
    return [*options, *(SelectChoice(key, str(label)) for key, label in others)]


def _chosen(answer: Answer) -> str:
    if answer.cannot_judge:
        return CANNOT_JUDGE
    return OPEN if answer.choice is None else str(answer.choice)


def answer_in(form: ItemForm, item: Item) -> Answer:
    """The answer a valid form holds for an item."""
    chosen = form[item.id].data or OPEN
    key = next((option.key for option in item.scale.options if str(option.key) == chosen), None)
    remark, evidence = ((form[f"{item.id}-{name}"].data or "").strip() for name in ("remark", "evidence"))
    return Answer(key, chosen == CANNOT_JUDGE, remark.replace("\r\n", "\n"), evidence.replace("\r\n", "\n"))
