"""The forms of live rounds: what one phone says, what the moderation asks, what is agreed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import DataRequired, InputRequired

from scoring.assess.words import Speaker
from scoring.model.answers import CANNOT_JUDGE
from scoring.model.questionnaire import Item
from scoring.plain.vignettes import Vignette
from selfcheck.forms.items import OPEN
from selfcheck.forms.kit import CodeField, Form, ParagraphsField, mark, without_names
from selfcheck.forms.ratings import choices, places
from selfcheck.services.live import Standing
from selfcheck.services.protocols import marked
from selfcheck.words.findings import Findings


class TeamForm(Form):
    """The code with which the phones of one municipality come in."""

    code = CodeField(_l("Code of your municipality"), [DataRequired(_l("Please enter the code."))])


class VoteForm(Form):
    """What one phone says in one turn of a round."""

    round = HiddenField()
    turn = HiddenField()
    stage = RadioField(validators=[InputRequired(_l("Please choose a stage, or that you cannot judge this."))])


def vote_form(findings: Findings, item: Item, round: str, turn: int, stored: str | None = None) -> VoteForm:
    """The form for an item with half steps between the stages; `stored` is what this phone chose before."""
    form = VoteForm(data={"round": round, "turn": str(turn), "stage": stored})
    form.stage.choices = [choice for choice in choices(findings, item) if choice.value != OPEN]
    return form


def half_steps_in(form: VoteForm, item: Item) -> int | None:
    """Twice the stage that a valid form says, or None for *cannot judge*."""
    return half_steps(item, form.stage.data)


def half_steps(item: Item, chosen: str) -> int | None:
    """Twice the place on the scale that stands for a choice of a form, or None when it names no place."""
    place = places(item).get(chosen)
    return None if place is None else int(2 * place)


def chosen(item: Item, half_steps: int | None) -> str:
    """What stands in a form for a vote."""
    return next((key for key, place in places(item).items() if 2 * place == half_steps), CANNOT_JUDGE)


class BeginForm(Form):
    """What the moderation puts to the phones: the id of an item or of a vignette."""

    item = SelectField(_l("Item"), validate_choice=True)
    vignette = SelectField(_l("Vignette"), validate_choice=True)


def begin_form(say: Speaker, vignettes: Iterable[Vignette], asked: frozenset[str]) -> BeginForm:
    """The form with every item by perspective, core items first, and every vignette; what was asked before is marked."""
    form = BeginForm()
    form.item.choices = {
        say.say(perspective.name): [
            SelectChoice(item.id, _marked(say.item(item.id), item.id in asked))
            for item in sorted(perspective.items, key=lambda item: not item.core)
        ]
        for perspective in say.questionnaire.perspectives
    }
    form.vignette.choices = [
        SelectChoice(one.id, _marked(f"{one.item} · {_beginning(say.say(one.text))}", one.id in asked))
        for one in vignettes
    ]
    return form


LONGEST_BEGINNING = 70


def _beginning(text: str) -> str:
    return text if len(text) <= LONGEST_BEGINNING else f"{text[:LONGEST_BEGINNING].rsplit(' ', 1)[0]} …"


def _marked(label: str, before: bool) -> str:
    return f"✓ {label}" if before else label


class AgreeForm(Form):
    """The stage agreed on after the talk, and what those say who do not share it; `seen` is a mark of what was shown."""

    seen = HiddenField()
    stage = SelectField(_l("Agreed stage"))
    dissent = ParagraphsField(_l("Dissent"))


def agree_form(
    names: Mapping[str, str],
    round: str,
    stored: Standing,
    stage: str,
    dissent: str,
    hidden: Sequence[str],
    shown: Sequence[str],
) -> AgreeForm:
    """The form of one round with every place on the scale by its key, and *no agreement* first.

    `stored` is how the round stands, in no language; `stage` and `dissent` say what is recorded of it. `hidden` are names
    that must not stand in the dissent, `shown` those that may.
    """
    made: dict[str, Any] = {"validate_dissent": without_names(hidden, shown)}
    form: AgreeForm = type("FilledAgreeForm", (AgreeForm,), made)(
        data={"stage": stage, "dissent": dissent, "seen": mark(stored)}
    )
    for field in (form.seen, form.stage, form.dissent):
        field.id = f"{field.name}-{round}"  # a page may hold the forms of several rounds
    form.stage.choices = [
        SelectChoice("", gettext("no agreement")),
        *(SelectChoice(key, name) for key, name in names.items()),
    ]
    return form


def dissent_in(form: AgreeForm, labels: Mapping[str, Sequence[str]]) -> str:
    """What a valid form says of dissent, with the id of each municipality in place of what it may be called (`labels`)."""
    return marked(form.dissent.data, labels)
