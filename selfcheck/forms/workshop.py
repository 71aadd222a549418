"""The forms of comparative workshops: what is planned, what a municipality agrees to, what comes in on paper."""

import re
from calendar import monthrange
from datetime import date, timedelta

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    RadioField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import DataRequired, InputRequired, ValidationError

from scoring.assess.words import Speaker
from scoring.model.answers import Answer, Context, Sheet
from scoring.model.questionnaire import ChoiceQuestion, Item, Questionnaire
from scoring.workshop.members import Shown
from selfcheck.forms.kit import (
    TOO_LONG,
    TOO_LONG_LINE,
    Changing,
    Check,
    CodeField,
    DayField,
    Form,
    LineField,
    ParagraphsField,
    lines_in,
)
from selfcheck.ground.days import today
from selfcheck.services.copies import Consent
from selfcheck.services.workshops import THRESHOLDS, Part, Plan, WiderField, same_purpose

LONGEST_NAME, LONGEST_PURPOSE = 200, 1000
CAPACITIES = [SelectChoice("1", "1"), SelectChoice("2", "2")]
LONGEST_KEPT = 730
"""Days after the workshop that what was shared may be kept at most."""
USUALLY_KEPT = 6
"""Months after the workshop that what was shared is kept, unless a day is chosen."""
FURTHEST = 1826
"""Days from today on that a workshop may take place: five years."""
MOST_PARTS, LONGEST_PART = 40, 480
START = "09:00"
HALF_DAY = (
    (15, _l("Arrive: what is it for, who sees what")),
    (15, _l("What can be compared here and what cannot")),
    (30, _l("Strengths first: who can show what?")),
    (40, _l("First live round: how strictly do we rate? (vignette)")),
    (15, _l("Break")),
    (40, _l("Second live round: an item that concerns many")),
    (30, _l("Learning tandems: who works with whom on what?")),
    (20, _l("Next steps, support wanted")),
    (5, _l("Close: what is kept, what is deleted")),
)


class OptionalDay(DayField):
    """A day, or nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent."""
        if any(sent.strip() for sent in valuelist):
            super().process_formdata(valuelist)
        else:
            self.data = None


class WorkshopForm(Changing):
    """What is settled before a workshop begins."""

    title = LineField(_l("Name of the workshop"), LONGEST_NAME, [DataRequired(_l("Please enter a name."))])
    purpose = ParagraphsField(
        _l("What is it for?"),
        None,
        [DataRequired(_l("Please say what it is for: municipalities agree to this purpose and to nothing else."))],
    )
    day = DateField(_l("Day"), validators=[DataRequired(_l("Please enter a date."))])
    start = LineField(_l("Begin"), default=START)
    keep_until = OptionalDay(_l("Everything is deleted after"))
    threshold = SelectField(_l("Fewest municipalities that are shown together"), coerce=int)
    agenda = ParagraphsField(_l("Agenda"))

    def validate_start(self, field: LineField) -> None:
        """A time of day."""
        if field.data and not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", field.data):
            raise ValidationError(_l("Please enter a time such as 09:00."))

    def validate_purpose(self, field: ParagraphsField) -> None:
        """Short enough to be read before somebody agrees; one that was longer before may stay."""
        if len(field.data) > LONGEST_PURPOSE and not same_purpose(field.data, field.object_data or ""):
            raise ValidationError(TOO_LONG % {"max": LONGEST_PURPOSE})

    def validate_day(self, field: DateField) -> None:
        """Not in a far future."""
        if field.data > today() + timedelta(days=FURTHEST):
            raise ValidationError(_l("Please choose a day within the next five years."))

    def validate_keep_until(self, field: OptionalDay) -> None:
        """Not before the workshop, not for ever, and not in the past: deleting at once asks for a tick."""
        day: date | None = self.day.data
        if day is None or self.day.errors or field.process_errors:
            return
        kept = field.data or usually_kept(day)
        if not timedelta() <= kept - day <= timedelta(days=LONGEST_KEPT):
            raise ValidationError(_l("Please choose a day from the workshop to two years after it."))
        if kept < today():
            raise ValidationError(_l("Please choose a day that is not over: everything would be deleted at once."))

    def validate_agenda(self, field: ParagraphsField) -> None:
        """Each line begins with its minutes."""
        lines = lines_in(field.data)
        if len(lines) > MOST_PARTS:
            raise ValidationError(gettext("Please use at most %(count)s lines.", count=MOST_PARTS))
        wrong = [number for number, line in enumerate(lines, 1) if _part(line) is None]
        if wrong:
            listed = ", ".join(map(str, wrong))
            raise ValidationError(
                gettext(
                    "Each line begins with its minutes, such as “30 Break”. Please look at line %(lines)s.",
                    lines=listed,
                )
            )
        if any(len(part.title) > LONGEST_NAME for part in map(_part, lines) if part):
            raise ValidationError(TOO_LONG_LINE % {"max": LONGEST_NAME})


def usually_kept(day: date) -> date:
    """The last day on which what was shared is kept, unless another one is chosen: six months after the workshop."""
    years, month = divmod(day.month - 1 + USUALLY_KEPT, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def workshop_form(plan: Plan | None = None, fewest: int = THRESHOLDS[-1]) -> WorkshopForm:
    """The form with what is planned, or with a proposal for half a day; `fewest` is the smallest threshold to choose."""
    shown = (
        {
            "agenda": _written(tuple(Part(minutes, str(title)) for minutes, title in HALF_DAY)),
            "threshold": THRESHOLDS[0],
        }
        if plan is None
        else {
            "title": plan.title,
            "purpose": plan.purpose,
            "day": plan.day,
            "start": plan.start,
            "keep_until": plan.keep_until,
            "threshold": plan.threshold,
            "agenda": _written(plan.agenda),
        }
    )
    form = WorkshopForm(data=shown)
    form.threshold.choices = [
        SelectChoice(str(THRESHOLDS[0]), gettext("%(count)s, as is usual for averages", count=THRESHOLDS[0])),
        *(SelectChoice(str(count), str(count)) for count in THRESHOLDS[1:] if count >= fewest),
    ]
    return form


WIDER: dict[WiderField, str] = {
    "purpose": _l(
        "Municipalities have agreed to the purpose as it stands. Prepare a new workshop for another purpose, or ask "
        "all to leave and to join again after the change."
    ),
    "keep_until": _l(
        "Municipalities have agreed to an earlier day of deletion. Prepare a new workshop, or ask "
        "all to leave and to join again after the change. Earlier deletion is always possible."
    ),
    "threshold": _l(
        "Municipalities have agreed to be shown together with more others. Prepare a new workshop, or ask "
        "all to leave and to join again after the change. More is always possible."
    ),
}
"""Why what municipalities have agreed to is not widened, and what to do, for each field."""


def refuse(form: WorkshopForm, wider: tuple[WiderField, ...]) -> None:
    """Say at each field that it goes beyond what municipalities have agreed to."""
    for field in wider:
        form[field].errors = [*form[field].errors, WIDER[field]]


def plan_in(form: WorkshopForm) -> Plan:
    """What a valid form says."""
    return Plan(
        form.title.data,
        form.purpose.data,
        form.day.data,
        form.keep_until.data or usually_kept(form.day.data),
        form.threshold.data,
        form.start.data.zfill(5) if form.start.data else "",
        tuple(part for line in lines_in(form.agenda.data) if (part := _part(line))),
    )


def _part(line: str) -> Part | None:
    found = re.fullmatch(r"(\d{1,3})\s+(\S.*)", line)
    minutes = int(found[1]) if found else 0
    return Part(minutes, found[2]) if found and 0 < minutes <= LONGEST_PART else None


def _written(agenda: tuple[Part, ...]) -> str:
    return "\n".join(f"{part.minutes} {part.title}" for part in agenda)


class ConsentForm(Changing):
    """What a municipality agrees to, each purpose by itself; nothing is ticked beforehand."""

    shown = RadioField(
        _l("How do you appear beside the others?"),
        choices=[
            SelectChoice("named", _l("By name")),
            SelectChoice("alias", _l("Under an alias: “Municipality” with a letter that is drawn")),
            SelectChoice("aggregate", _l("Only in numbers of several municipalities together")),
        ],
        validators=[InputRequired(_l("Please choose one of the three ways."))],
    )
    name = LineField(
        _l("Name of the municipality"),
        LONGEST_NAME,
        [DataRequired(_l("Please enter the name: the moderation needs it, also with an alias."))],
    )
    tandems = BooleanField(
        _l(
            "The moderation may propose learning tandems from our strengths and wishes and name us to the partners; if we "
            "appear under an alias, they can then find out which one is ours, and so our values"
        )
    )
    capacity = SelectField(_l("In how many tandems can you take part?"), coerce=int, default=1)
    protocol = BooleanField(
        _l(
            "We appear in the protocol as on the screen (released numbers of several together stand there in any case, and count "
            "us if we appear in numbers alone)"
        )
    )
    later = BooleanField(
        _l(
            "The agency may count our values together with others when it looks at several workshops, until the day of deletion"
        )
    )


def consent_form(consent: Consent | None, name: str = "", terms: object = None) -> ConsentForm:
    """The form with what has been agreed to; else with nothing but the name, beside the `terms` that are agreed to."""
    shown = {"name": name} if consent is None else {field: getattr(consent, field) for field in Consent.__slots__}
    beside = {"beside": {"terms": terms} if consent is None else {}}
    form: ConsentForm = type("FilledConsentForm", (ConsentForm,), beside)(data=shown)
    form.capacity.choices = CAPACITIES
    return form


def consent_in(form: ConsentForm) -> Consent:
    """What a valid form says."""
    shown: Shown = form.shown.data
    return Consent(
        shown,
        form.name.data,
        bool(form.tandems.data),
        form.capacity.data,
        bool(form.protocol.data),
        bool(form.later.data),
    )


class CodeForm(Form):
    """The code of a workshop."""

    code = CodeField(_l("Code of the workshop"), [DataRequired(_l("Please enter the code."))])


class PaperForm(ConsentForm):
    """What a municipality handed over on paper: one short field for each item, and its consent."""

    agreed = BooleanField(
        _l("The municipality has agreed to this on paper"),
        validators=[InputRequired(_l("Without the consent of the municipality nothing may be entered."))],
    )
    file = FileField(_l("Answer file instead of typing (optional)"))


def paper_form(say: Speaker, consent: Consent | None = None, sheet: Sheet | None = None) -> PaperForm:
    """The form for one paper set; questions of the context that rules read, and every item."""
    fields: dict[str, object] = {}
    for question in choice_questions(say.questionnaire):
        choices = [SelectChoice(choice.key, say.say(choice.label)) for choice in question.choices]
        chosen = sheet.context.choices.get(question.id, "") if sheet else ""
        fields[question.id] = SelectField(
            say.say(question.question), choices=[SelectChoice("", gettext("not said")), *choices], default=chosen
        )
    for item in say.questionnaire.items.values():
        answer = sheet.answers.get(item.id, Answer()) if sheet else Answer()
        fields[item.id] = LineField(say.item(item.id), validators=[_fits(item)], default=_typed(answer))
    form_class = type("FilledPaperForm", (PaperForm,), fields)
    shown = {} if consent is None else {field: getattr(consent, field) for field in Consent.__slots__}
    form: PaperForm = form_class(data=shown) if shown else form_class()
    form.capacity.choices = CAPACITIES
    return form


def choice_questions(questionnaire: Questionnaire) -> tuple[ChoiceQuestion, ...]:
    """The questions of the context that are answered by one choice."""
    return tuple(question for question in questionnaire.context if isinstance(question, ChoiceQuestion))


NOT_TO_JUDGE = "?"


def _typed(answer: Answer) -> str:
    if answer.cannot_judge:
        return NOT_TO_JUDGE
    return "" if answer.choice is None else str(answer.choice)


def _fits(item: Item) -> Check:
    """One of the item's options, a question mark for *cannot judge*, or nothing."""
    options = [str(option.key) for option in item.scale.options]

    def check(_form: Form, field: LineField) -> None:
        if field.data and field.data not in (NOT_TO_JUDGE, *options):
            raise ValidationError(gettext("%(allowed)s or ? – or leave it empty", allowed=", ".join(options)))

    return check


def sheet_in(form: PaperForm, questionnaire: Questionnaire, today: date) -> Sheet:
    """What was handed over on paper, as a sheet."""
    choices = {
        question.id: form[question.id].data for question in choice_questions(questionnaire) if form[question.id].data
    }
    answers = {item.id: _answer(item, form[item.id].data) for item in questionnaire.items.values()}
    return Sheet(
        questionnaire.id,
        questionnaire.version,
        form.name.data,
        today.isoformat(),
        context=Context(choices),
        answers={item: answer for item, answer in answers.items() if not answer.is_open},
    )


def _answer(item: Item, typed: str) -> Answer:
    if typed == NOT_TO_JUDGE:
        return Answer(cannot_judge=True)
    return Answer(next((option.key for option in item.scale.options if str(option.key) == typed), None))
