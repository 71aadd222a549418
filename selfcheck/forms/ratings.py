"""The forms of covert individual rating: what one person says of items, and how a round is set up."""

from collections.abc import Iterable
from fractions import Fraction

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from scoring.model.answers import CANNOT_JUDGE
from scoring.model.questionnaire import Item
from scoring.model.spreads import Rating, Ratings
from selfcheck.forms.items import OPEN
from selfcheck.forms.kit import Form, Held, ParagraphsField, held, mark, with_fields
from selfcheck.words.findings import Findings

MOST_AT_ONCE = 30


class RatingForm(Form):
    """The fields of some items; the field of an item is named by its id."""


def rating_form(findings: Findings, items: Iterable[Item], ratings: Ratings) -> RatingForm:
    """A form that asks one person for these items, with half steps between the stages, filled with what is stored.

    With each item goes a mark of what is shown: the same person may rate on two devices.
    """
    fields: dict[str, object] = {}
    for item in items:
        rating = ratings.by_item.get(item.id, Rating())
        fields[item.id] = RadioField(
            findings.statement(item), choices=choices(findings, item), default=chosen(item, rating)
        )
        fields[f"{item.id}-seen"] = HiddenField(default=mark(rating))
        fields[f"{item.id}-remark"] = ParagraphsField(default=rating.remark)
        fields[f"{item.id}-unclear"] = BooleanField(_l("This item is hard to understand"), default=rating.unclear)
    return with_fields(RatingForm, fields)()


def choices(findings: Findings, item: Item) -> list[SelectChoice]:
    """Every stage and every half step between two of them, in order; *cannot judge*; open."""
    options = item.scale.options
    found: list[SelectChoice] = []
    for position, option in enumerate(options):
        if position:
            between = gettext("between %(low)s and %(high)s", low=options[position - 1].key, high=option.key)
            found.append(SelectChoice(f"{options[position - 1].key}.5", between))
        found.append(SelectChoice(str(option.key), findings.say.say(option.name)))
    others = ((CANNOT_JUDGE, gettext("I cannot judge this")), (OPEN, gettext("Leave open for now")))
    return [*found, *(SelectChoice(key, label) for key, label in others)]


def places(item: Item) -> dict[str, Fraction]:
    """The places on the item's scale by what stands for them in the form."""
    found: dict[str, Fraction] = {}
    for position, option in enumerate(item.scale.options):
        found[str(option.key)] = Fraction(position)
        if position + 1 < len(item.scale.options):
            found[f"{option.key}.5"] = Fraction(2 * position + 1, 2)
    return found


def chosen(item: Item, rating: Rating) -> str:
    """The value of the form that stands for a rating."""
    if rating.cannot_judge:
        return CANNOT_JUDGE
    return next((key for key, place in places(item).items() if place == rating.place), OPEN)


def rating_in(form: RatingForm, item: Item) -> Rating:
    """What a valid form says of an item."""
    chosen = form[item.id].data or OPEN
    remark = form[f"{item.id}-remark"].data
    return Rating(places(item).get(chosen), chosen == CANNOT_JUDGE, remark, bool(form[f"{item.id}-unclear"].data))


def held_of(form: RatingForm, item: Item, stored: Rating) -> Held:
    """What holds of an item, and the next time it has been seen."""
    holds = held(form[f"{item.id}-seen"].data, rating_in(form, item), stored)
    form[f"{item.id}-seen"].data = mark(rating_in(form, item) if holds == "sent" else stored)
    return holds


def rating_in_words(findings: Findings, item: Item, rating: Rating) -> str:
    """A rating as people say it."""
    said = next(choice.label for choice in choices(findings, item) if choice.value == chosen(item, rating))
    stage = "" if rating.place is None or rating.place.denominator > 1 else f"{chosen(item, rating)} "
    return " · ".join(filter(None, [f"{stage}{said}", rating.remark]))


class RoundForm(Form):
    """Begin to collect individual ratings; what was entered before counts as agreed unless it is set aside."""

    aside = BooleanField(_l("Set aside what has been entered so far, so that only what you agree on afterwards counts"))

    purpose = ParagraphsField(_l("What are the ratings for? (optional)"))


class InvitationsForm(Form):
    """How many people of each role group are invited; the field of a group is named by its key, without group `none`."""

    def by_role(self) -> dict[str, int]:
        """The number for each role group; the empty key stands for people without one."""
        return {"" if field.name == NO_GROUP else field.name: field.data or 0 for field in self._numbers()}

    def _numbers(self) -> list[IntegerField]:
        return [field for field in self if isinstance(field, IntegerField)]

    def validate(self, extra_validators: object = None) -> bool:
        """At least one person is invited."""
        fits: bool = super().validate(extra_validators)
        if fits and not any(self.by_role().values()):
            first = self._numbers()[0]
            first.errors = [*first.errors, gettext("Please enter how many people you invite in at least one line.")]
            return False
        return fits


NO_GROUP = "none"


def invitations_form(findings: Findings) -> InvitationsForm:
    """The form with the role groups of the questionnaire, in the words of the municipality."""
    named = {role.key: findings.say.say(role.label) for role in findings.questionnaire.roles}
    allowed = NumberRange(0, MOST_AT_ONCE, _l("Please enter a number from %(min)s to %(max)s."))
    fields = {
        key: IntegerField(label, default=0, validators=[Optional(), allowed])
        for key, label in {**named, NO_GROUP: gettext("no role group")}.items()
    }
    return with_fields(InvitationsForm, fields)()


class SureForm(Form):
    """What cannot be undone needs a deliberate tick."""

    sure = BooleanField(validators=[InputRequired()])
