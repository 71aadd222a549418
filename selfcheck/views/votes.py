"""What pages show of live rounds: of hidden votes only how many, of revealed ones all phones together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from flask_babel import gettext, ngettext

from scoring.model.answers import Sheet
from scoring.model.practices import Practice
from scoring.model.questionnaire import Item
from scoring.model.spreads import Spread, lower_median
from scoring.plain.vignettes import Vignette
from scoring.workshop.vignettes import Strictness, strictness
from selfcheck.charts.strip import Strip, strip_svg
from selfcheck.extensions import database_session, language
from selfcheck.forms.kit import mark
from selfcheck.forms.ratings import places
from selfcheck.ground.days import today
from selfcheck.models import LiveRound, Participation, Workshop
from selfcheck.protocol.minutes import Minutes
from selfcheck.reading import vignettes_catalogue
from selfcheck.services import live, workshops
from selfcheck.services.live import Outcome
from selfcheck.words.findings import Findings


@dataclass(frozen=True, slots=True)
class Shown:
    """One round with what has been revealed of it: an outcome for each revealed turn."""

    round: LiveRound
    findings: Findings
    item: Item
    vignette: Vignette | None
    outcomes: tuple[Outcome, ...]
    turn: live.Turn | None
    """The turn in which people vote at present."""
    strict: tuple[tuple[str, Strictness], ...] = ()
    """How strictly the municipalities that appear by themselves read a vignette, by the name they appear under."""

    @property
    def practice(self) -> Practice | None:
        """The documented example that a vignette tells, once votes are revealed."""
        if self.vignette is None or not self.outcomes:
            return None
        return next(one for one in self.findings.questionnaire.practices if one.id == self.vignette.practice)

    @property
    def source(self) -> str:
        """Where documented examples come from, in short."""
        return short_source(self.findings.say.say(self.findings.questionnaire.source))

    @property
    def seen(self) -> str:
        """A mark of how the round stands: a step is taken only from there."""
        return mark(live.standing(self.round))

    @property
    def dissent(self) -> str:
        """The dissent with what municipalities may be called now."""
        return minutes_of(self.round.workshop).text(self.round.dissent) if self.round.dissent else ""

    @property
    def agreed(self) -> str:
        """The stage agreed on, in words; empty when there is none."""
        return "" if self.round.agreed is None else place_name(self.item, self.round.agreed)

    def drawing(self, number: int, large: bool = False, own: int | None = None) -> str:
        """The votes of a revealed turn as a drawing; `own` is what the phone that looks at it said."""
        spreads = [one.spread for one in self.outcomes]
        spread, beside = spreads[number], spreads[1 - number] if len(spreads) > 1 else None
        assert spread is not None
        own_place = None if own is None else Fraction(own, 2)
        return strip_svg(
            replace(self._strip(spread, number), own=own_place),
            large=large,
            beside=None if beside is None or own is not None else self._strip(beside, 1 - number),
        )

    def _strip(self, spread: Spread, number: int) -> Strip:
        return Strip(
            spread.counts,
            agreed=None if self.round.agreed is None else Fraction(self.round.agreed, 2),
            maximum=len(self.item.scale.options) - 1,
            language=self.findings.language,
            title=turn_name(number + 1),
        )

    def middle(self, number: int) -> str:
        """The lower median of a revealed turn, in words."""
        spread = self.outcomes[number].spread
        return "" if spread is None else place_name(self.item, int(2 * lower_median(spread.counts)))

    def between(self, number: int) -> tuple[str, str]:
        """The lowest and the highest vote of a revealed turn, as numbers."""
        spread = self.outcomes[number].spread
        assert spread is not None
        number_in = self.findings.say.number
        return number_in(spread.lowest), number_in(spread.highest)


def shown(workshop: Workshop, round: LiveRound) -> Shown:
    """One round with what has been revealed of it."""
    findings = blank(workshop)
    turns = live.shown_turns(round)
    outcomes = tuple(live.distribution(round, turn) for turn in turns)
    return Shown(
        round,
        findings,
        findings.questionnaire.items[round.item],
        next((one for one in vignettes(workshop) if one.id == round.vignette), None),
        outcomes,
        live.open_turn(round),
        _strict(workshop, round, outcomes),
    )


def _strict(workshop: Workshop, round: LiveRound, outcomes: tuple[Outcome, ...]) -> tuple[tuple[str, Strictness], ...]:
    """For vignettes alone, once enough votes are revealed; by name, then by letter, never by how strict."""
    if not round.vignette or not outcomes or outcomes[0].spread is None:
        return ()
    found = {one.member: one for one in strictness(live.votes_by_member(database_session, round))}
    by_themselves = [one for one in workshop.members if one.shown in ("named", "alias") and one.id in found]
    ordered = sorted(by_themselves, key=lambda one: (one.shown != "named", _appears(one)))
    return tuple((_appears(one), found[one.id]) for one in ordered)


def _appears(member: Participation) -> str:
    return member.name if member.shown == "named" else str(gettext("Municipality %(letter)s", letter=member.alias))


def blank(workshop: Workshop) -> Findings:
    """The workshop's questionnaire in neutral words, without an answer of anybody."""
    return Findings(workshops.questionnaire_of(workshop), Sheet(workshop.questionnaire, workshop.version), language())


def minutes_of(workshop: Workshop) -> Minutes:
    """The workshop as its protocol sees it: it knows whom a text may name."""
    return Minutes(workshop, language(), today())


def vignettes(workshop: Workshop) -> tuple[Vignette, ...]:
    """The vignettes of the workshop's questionnaire."""
    return vignettes_catalogue.load(workshop.questionnaire, workshop.version)


def short_source(source: str) -> str:
    """A source without the title that stands in front of it and without remarks in brackets."""
    plain = re.sub(r"\s*\([^)]*\)", "", source)
    return re.sub(r"^[„“][^“”]*[“”],\s*", "", plain) or plain


def place_name(item: Item, half_steps: int) -> str:
    """A stage, or the place between two stages, in words."""
    keys = [option.key for option in item.scale.options]
    low, between = divmod(half_steps, 2)
    if between:
        return str(gettext("between %(low)s and %(high)s", low=keys[low], high=keys[low + 1]))
    return str(gettext("stage %(stage)s", stage=keys[low]))


def place_names(item: Item) -> Mapping[str, str]:
    """Every place on the scale of an item in words, by what stands for it in a form."""
    return {key: place_name(item, int(2 * place)) for key, place in places(item).items()}


def turn_name(turn: int) -> str:
    """The first or the second vote."""
    return str(gettext("First vote") if turn == 1 else gettext("Second vote"))


def said(workshop: Workshop, round: LiveRound | None) -> str:
    """How many votes there are; without an open vote, how many phones have come in. Of how many, nobody knows."""
    turn = live.open_turn(round) if round else None
    if round is None or turn is None:
        phones = live.seats(database_session, workshop.id)
        return str(ngettext("%(num)s phone has come in so far", "%(num)s phones have come in so far", phones))
    votes = live.voted(database_session, round, turn)
    return str(ngettext("%(num)s vote so far", "%(num)s votes so far", votes))
