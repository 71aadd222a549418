"""What one municipality takes home: its profile beside the middle of all, its tandems, what it can show, what was agreed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import permutations

from scoring.model.questionnaire import Perspective
from scoring.workshop import tandems as matching
from scoring.workshop import views, words
from scoring.workshop.members import Member
from selfcheck.charts.profile import profile
from selfcheck.charts.radar import Radar, Series, text_alternative
from selfcheck.ground.days import day_of
from selfcheck.protocol.minutes import Minutes
from selfcheck.protocol.outline import helps_between, imprint, may_be_told
from selfcheck.reports.blocks import (
    Block,
    Bullets,
    Callout,
    FactList,
    Figure,
    Heading,
    NewPage,
    Outline,
    Paragraph,
    ReportColumn,
    Table,
)
from selfcheck.services import looking, protocols, tandems
from selfcheck.services.looking import Look, State, Together
from selfcheck.services.protocols import KnowsItself
from selfcheck.words.findings import Findings


@dataclass(frozen=True)
class OwnPage:
    """The page of one municipality: for its own eyes, or as one of the papers that all in the room may have.

    For its own eyes it bears the name alone, with the names of its partners; for all it says what the protocol says.
    """

    minutes: Minutes
    member: Member
    private: bool

    @cached_property
    def look(self) -> Look:
        """Its own eyes see what the room has seen."""
        minutes = self.minutes
        return looking.look(minutes.workshop, {}, minutes.today) if self.private else minutes.look

    @property
    def name(self) -> str:
        """What it is called: never by name and alias on one paper."""
        return self.member.name if self.private else self.minutes.label(self.member)

    def own(self, quantity: str) -> Fraction | None:
        """Its value: all of them for its own eyes; for others only what may be compared, as on the screen."""
        if not self.private:
            return self.look.own(self.member, quantity)
        in_items = quantity in self.member.questionnaire.items
        return self.member.stage(quantity) if in_items else self.member.value(quantity)

    @cached_property
    def states(self) -> dict[str, State | KnowsItself]:
        """What it is shown of all together, by perspective and item."""
        return {quantity: protocols.beside(self.look, self.member, quantity) for quantity in self.look.quantities}

    @cached_property
    def radar(self) -> Radar:
        """Its profile, with the middle of all that are counted where that may be shown."""
        _ = self.minutes.translate
        say = self.minutes.say
        target = self.member.sheet.target if self.private else None
        sheet = replace(self.member.sheet, municipality=self.name, target=target)
        chart = profile(Findings(self.member.questionnaire, sheet, self.minutes.language))
        found = (self.states.get(axis.id) for axis in chart.axes)
        medians = tuple(state.median if isinstance(state, Together) else None for state in found)
        own = tuple(
            replace(one, values=tuple(self.own(axis.id) for axis in chart.axes)) if one.kind == "result" else one
            for one in chart.series
            if one.kind != "reached"
        )
        series = (
            (*own, Series(_("Middle of all that are counted"), "earlier", medians))
            if any(median is not None for median in medians)
            else own
        )
        drawn = replace(chart, series=series, band=None, description="")
        lead = _("Radar chart with {count} axes from 0 to {maximum}.").format(
            count=len(chart.axes), maximum=say.number(self.look.questionnaire.scales[0].highest)
        )
        return replace(drawn, description=f"{lead} {text_alternative(drawn)}")

    @property
    def outline(self) -> Outline:
        """The page as an outline."""
        _ = self.minutes.translate
        return Outline(
            language=self.minutes.language,
            title=_("What we take home"),
            subtitle=self.minutes.workshop.title,
            municipality=self.name,
            date=self.minutes.day(self.minutes.workshop.day),
            imprint=imprint(self.minutes),
            blocks=tuple(self._chapters()),
            variant=_("For this municipality alone") if self.private else _("For those who took part"),
            cover=False,
        )

    def _chapters(self) -> Iterator[Block]:
        yield from self._profile()
        yield from self._tandems()
        yield from self._strengths()
        yield from self._steps()
        yield from self._items()
        yield from self._about()

    def _profile(self) -> Iterator[Block]:
        _ = self.minutes.translate
        yield Figure(self.radar, _("Our profile and the middle of all that are counted"))
        columns = (
            ReportColumn(_("Perspective"), 9),
            ReportColumn(_("We"), 3, number=True),
            ReportColumn(_("Middle"), 3, number=True),
            ReportColumn(_("Municipalities counted"), 7),
        )
        rows = tuple(self._row(one) for one in self.look.questionnaire.perspectives)
        yield Table(_("Where we stand beside the middle of all"), columns, rows)
        yield Paragraph(
            _(
                "The middle is the lower median of all that are counted; whoever came late may not be. It is no target, and "
                "nothing follows from standing above or below it alone."
            ),
            "note",
        )

    def _row(self, perspective: Perspective) -> tuple[str, ...]:
        against = self.look.comparable[self.member.id].against.get(perspective.id)
        value = self.own(perspective.id)
        said = "–" if value is None else self.minutes.say.number(value)
        middle, counted = self.minutes.together(self.states[perspective.id])
        worth_saying = against and (value is not None or not self.private)
        own = words.reason(against).text(self.minutes.language) if against and worth_saying else ""
        return (
            self.minutes.perspective(perspective.id),
            said,
            middle,
            "; ".join(part for part in (counted, own and self._not_counted(own)) if part),
        )

    def _not_counted(self, why: str) -> str:
        _ = self.minutes.translate
        return _("our value is not counted: {why}").format(why=why)

    def _tandems(self) -> Iterator[Block]:
        _ = self.minutes.translate
        found = tandems.of_member(self.minutes.workshop, self.member.id)
        told = [one for one in found if self.private or may_be_told(one)]
        if not told:
            return
        yield Heading(1, _("Learning tandems"))
        for one in told:
            yield Heading(2, " – ".join(member.name for member in one.members))
            helps = [
                line
                for giver, taker in permutations(one.members, 2)
                for line in helps_between(self.minutes, one, giver, taker)
            ]
            yield Bullets(tuple(helps)) if helps else Paragraph(_("put together by the moderation"))

    def _strengths(self) -> Iterator[Block]:
        _ = self.minutes.translate
        yield Heading(1, _("What we can show, where we want to go"))
        rows = []
        for perspective in self.look.questionnaire.perspectives:
            high = [
                self.minutes.say.item(item.id)
                for item in perspective.items
                if (stage := self.own(item.id)) is not None and stage >= views.CAN_SHOW
            ]
            if high:
                rows.append((self.minutes.perspective(perspective.id), "; ".join(high)))
        if rows:
            columns = (ReportColumn(_("Perspective"), 5), ReportColumn(_("Items at stage 3 or higher"), 12))
            yield Table(_("What we can show others"), columns, tuple(rows))
        else:
            yield Paragraph(_("No item stands at stage 3 or higher yet."))
        if not self.private:
            return
        comparable = self.look.comparable[self.member.id]
        wanted = [
            _("{perspective}: from {value} to {wanted}").format(
                perspective=self.minutes.perspective(id),
                value=self.minutes.say.number(value),
                wanted=self.minutes.say.number(wish),
            )
            for id, wish in matching.wishes(self.look.questionnaire, self.member, comparable)
            if (value := self.member.value(id)) is not None
        ]
        if wanted:
            yield Heading(2, _("Where we want to go"))
            yield Bullets(tuple(wanted))

    def _steps(self) -> Iterator[Block]:
        _ = self.minutes.translate
        entries = self.minutes.entries
        ours = [one for one in entries.steps if one.who in (self.member.id, "all")]
        if not ours and not entries.support:
            return
        yield Heading(1, _("What was agreed"))
        if ours:
            columns = (ReportColumn(_("Next step"), 12), ReportColumn(_("By when"), 4))
            yield Table(_("Next steps for us"), columns, tuple((one.what, self.minutes.day(one.by)) for one in ours))
        if entries.support:
            yield Heading(2, _("Support wanted"))
            yield Bullets(entries.support)

    def _items(self) -> Iterator[Block]:
        _ = self.minutes.translate
        items = self.look.questionnaire.items
        if not any(isinstance(self.states[item], Together) for item in items):
            return
        yield NewPage()
        yield Heading(1, _("Item by item"))
        columns = (
            ReportColumn(_("Item"), 11),
            ReportColumn(_("We"), 2, number=True),
            ReportColumn(_("Middle"), 3, number=True),
            ReportColumn(_("Municipalities counted"), 4, number=True),
        )
        yield Table(_("Where we stand in each item"), columns, tuple(self._item(item) for item in items))
        hidden: dict[str, list[str]] = {}
        for item in items:
            if not isinstance(self.states[item], Together):
                hidden.setdefault(self.minutes.together(self.states[item])[1], []).append(item)
        for why, ids in hidden.items():
            yield Paragraph(f"– {self.minutes.say.list(ids)}: {why}.", "note")

    def _item(self, item: str) -> tuple[str, ...]:
        stage, state = self.own(item), self.states[item]
        own = "–" if stage is None else self.minutes.say.number(stage)
        middle, counted = self.minutes.together(state) if isinstance(state, Together) else ("–", "–")
        return self.minutes.say.item(item), own, middle, counted

    def _about(self) -> Iterator[Block]:
        _ = self.minutes.translate
        yield Heading(1, _("How to read it, and what is protected"))
        yield Callout(
            "note",
            _("No ranking"),
            _(
                "There is no overall score and no place in a list. Values are self-assessments; numbers of several "
                "municipalities are those that were released in the room."
            ),
        )
        entries = [
            (_("To be deleted"), _("after {day}").format(day=self.minutes.day(self.minutes.workshop.keep_until)))
        ]
        if self.private:
            shared = _("the stages of {day}, without remarks and evidence").format(day=self._shared())
            entries.insert(0, (_("What we shared"), shared))
            entries.append(
                (
                    _("For us alone"),
                    _("This paper shows our own values and the names of our partners. We decide who gets it."),
                )
            )
        yield FactList(tuple(entries))

    def _shared(self) -> str:
        shared = next(one.shared for one in self.minutes.workshop.members if one.id == self.member.id)
        return self.minutes.day(day_of(shared).isoformat())
