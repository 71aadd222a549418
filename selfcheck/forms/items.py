"""The form for one perspective's items, and for one item alone (autosave)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice

from scoring.model.answers import CANNOT_JUDGE, Answer
from scoring.model.questionnaire import Item
from selfcheck.forms.kit import Form, ParagraphsField, mark, with_fields
from selfcheck.words.findings import Findings

OPEN = ""


class ItemForm(Form):
    """The fields of some items; the field of an item is named by its id."""


def item_form(findings: Findings, items: Iterable[Item], revisions: Mapping[str, int]) -> ItemForm:
    """A form that asks for these items, filled with what is stored; what is asked again and pending stands open.

    With each item goes the revision the person sees, and a mark of its answer, which tells later whether the person
    touched the item at all.
    """
    fields: dict[str, object] = {}
    for item in items:
        answer = findings.sheet.answers.get(item.id, Answer())
        if item.id in findings.pending:
            answer = replace(answer, choice=None, cannot_judge=False)
        fields[item.id] = RadioField(findings.statement(item), choices=choices(findings, item), default=chosen(answer))
        fields[f"{item.id}-seen"] = HiddenField(default=str(revisions.get(item.id, 0)))
        fields[f"{item.id}-was"] = HiddenField(default=mark(answer))
        for name, text in texts(answer).items():
            fields[f"{item.id}-{name}"] = ParagraphsField(default=text)
        fields[f"{item.id}-unclear"] = BooleanField(_l("This item is hard to understand"), default=answer.unclear)
    return with_fields(ItemForm, fields)()


def choices(findings: Findings, item: Item) -> list[SelectChoice]:
    """The possible answers: every option, *cannot judge*, and open."""
    options = [SelectChoice(str(option.key), findings.say.say(option.name)) for option in item.scale.options]
    others = ((CANNOT_JUDGE, _l("We cannot judge this")), (OPEN, _l("Leave open for now")))
    return [*options, *(SelectChoice(key, str(label)) for key, label in others)]


def chosen(answer: Answer) -> str:
    """The value of the form that stands for an answer."""
    if answer.cannot_judge:
        return CANNOT_JUDGE
    return OPEN if answer.choice is None else str(answer.choice)


def texts(answer: Answer) -> dict[str, str]:
    """The free texts of an answer, by the name of their field."""
    return {"remark": answer.remark, "evidence": answer.evidence, "dissent": answer.dissent}


def answer_in_words(findings: Findings, item: Item, answer: Answer) -> str:
    """An answer as people say it."""
    said = next(choice.label for choice in choices(findings, item) if choice.value == chosen(answer))
    stage = f"{answer.choice} {said}" if answer.choice is not None else said
    return " · ".join([str(stage), *(text for text in texts(answer).values() if text)])


def answer_in(form: ItemForm, item: Item) -> Answer:
    """The answer a valid form holds for an item."""
    value = form[item.id].data or OPEN
    key = next((option.key for option in item.scale.options if str(option.key) == value), None)
    remark, evidence, dissent = (form[f"{item.id}-{name}"].data for name in ("remark", "evidence", "dissent"))
    return Answer(key, value == CANNOT_JUDGE, remark, evidence, dissent, bool(form[f"{item.id}-unclear"].data))


def untouched(form: ItemForm, item: Item) -> bool:
    """Whether the person left the item as it was shown."""
    return bool(form[f"{item.id}-was"].data == mark(answer_in(form, item)))


def seen(form: ItemForm, item: Item) -> int:
    """The revision of the item the person was looking at."""
    data = form[f"{item.id}-seen"].data or "0"
    return int(data) if data.isdecimal() else 0


def look_again(form: ItemForm, item: Item, revision: int, stored: Answer) -> None:
    """Let the form know what is stored now, so that sending it again is a choice made with open eyes."""
    form[f"{item.id}-seen"].data = str(revision)
    form[f"{item.id}-was"].data = mark(stored)
    for name, text in texts(stored).items():
        form[f"{item.id}-{name}"].data = form[f"{item.id}-{name}"].data or text
