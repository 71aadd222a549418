"""The protocol of a workshop as an outline: what was agreed first, then what was seen, then how it was protected."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from scoring.workshop import views, words
from scoring.workshop.members import Member
from selfcheck.models import LiveRound
from selfcheck.protocol.minutes import Minutes
from selfcheck.reading import vignettes_catalogue
from selfcheck.reports.blocks import (
    Block,
    Bullets,
    Callout,
    FactList,
    Heading,
    Outline,
    Paragraph,
    ReportColumn,
    Table,
)
from selfcheck.services import live, protocols, tandems
from selfcheck.services.tandems import Tandem


def protocol(minutes: Minutes) -> Outline:
    """The protocol: nothing of a municipality by itself that did not agree to it, no number that was not released."""
    _ = minutes.translate
    return Outline(
        language=minutes.language,
        title=_("Protocol"),
        subtitle=minutes.workshop.title,
        municipality=_("Comparative workshop"),
        date=minutes.day(minutes.workshop.day),
        imprint=imprint(minutes),
        blocks=tuple(_chapters(minutes)),
        variant=_("For those who took part"),
        cover=False,
    )


def imprint(minutes: Minutes) -> str:
    """What the values rest on, in one line."""
    _ = minutes.translate
    title = minutes.say.say(minutes.look.questionnaire.title)
    text = _("Self-assessments, {title} {version}. No audit, no ranking.")
    return text.format(title=title, version=minutes.look.questionnaire.version)


def _chapters(minutes: Minutes) -> Iterator[Block]:
    yield from _head(minutes)
    yield from _agreed(minutes)
    yield from _tandems(minutes)
    yield from _strengths(minutes)
    yield from _together(minutes)
    yield from _rounds(minutes)
    yield from _comparable(minutes)
    yield from _method(minutes)


def _head(minutes: Minutes) -> Iterator[Block]:
    _ = minutes.translate
    names = minutes.say.list([minutes.label(one) for one in minutes.shown])
    others = _("further municipalities, not by themselves: {count}").format(count=minutes.others)
    present = "; ".join(part for part in (names, others if minutes.others else "") if part)
    yield FactList(
        (
            (_("What it was for"), minutes.plan.purpose),
            (_("Who took part"), present or "–"),
            (_("To be deleted"), _("after {day}").format(day=minutes.day(minutes.workshop.keep_until))),
        )
    )


def _agreed(minutes: Minutes) -> Iterator[Block]:
    _ = minutes.translate
    entries = minutes.entries
    yield Heading(1, _("What was agreed"))
    if entries == type(entries)():
        yield Paragraph(_("Nothing has been written down yet."))
    if entries.themes:
        yield Heading(2, _("Themes"))
        yield Bullets(entries.themes)
    if entries.steps:
        columns = (ReportColumn(_("Next step"), 9), ReportColumn(_("Who"), 5), ReportColumn(_("By when"), 3))
        rows = tuple((one.what, minutes.who(one), minutes.day(one.by)) for one in entries.steps)
        yield Table(_("Next steps"), columns, rows)
    if entries.support:
        yield Heading(2, _("Support wanted"))
        yield Bullets(entries.support)


def _tandems(minutes: Minutes) -> Iterator[Block]:
    _ = minutes.translate
    found = tandems.proposed(minutes.workshop)
    told = [one for one in found if may_be_told(one)]
    if not found:
        return
    yield Heading(1, _("Learning tandems"))
    if told:
        columns = (ReportColumn(_("Tandem"), 6), ReportColumn(_("Who can show whom what"), 11))
        yield Table(_("Proposed learning tandems"), columns, tuple(_tandem(minutes, one) for one in told))
    if rest := len(found) - len(told):
        yield Paragraph(
            _("Further tandems in which a municipality does not appear by name: {count}.").format(count=rest)
        )


def may_be_told(tandem: Tandem) -> bool:
    """Whether a tandem stands in papers for all: of municipalities that appear there by name alone."""
    return tandem.is_open and all(protocols.appears(member) for member in tandem.members)


def _tandem(minutes: Minutes, tandem: Tandem) -> tuple[str, str]:
    pairs = permutations(tandem.members, 2)
    helps = [line for giver, taker in pairs for line in helps_between(minutes, tandem, giver, taker)]
    return " – ".join(one.name for one in tandem.members), "\n".join(helps)


def helps_between(minutes: Minutes, tandem: Tandem, giver: Member, taker: Member) -> Iterator[str]:
    """What one municipality can show another one, by their names."""
    _ = minutes.translate
    found = [
        minutes.perspective(help.perspective) for help in tandem.why if (help.giver, help.taker) == (giver.id, taker.id)
    ]
    if found:
        text = _("{giver} can show {taker}: {what}")
        yield text.format(giver=giver.name, taker=taker.name, what="; ".join(found))


def _strengths(minutes: Minutes) -> Iterator[Block]:
    _ = minutes.translate
    yield Heading(1, _("Who can show what"))
    rows = []
    for perspective in minutes.look.questionnaire.perspectives:
        for one in views.strengths(minutes.look.questionnaire, perspective.id, minutes.shown, minutes.look.comparable):
            items = "; ".join(_with_stage(minutes, one.member, item) for item in one.items)
            rows.append((minutes.perspective(perspective.id), minutes.label(one.member), items))
    if not rows:
        yield Paragraph(
            _(
                "Of those that appear here, nobody stands at stage 3 or higher in an item in which another one stands lower."
            )
        )
        return
    yield Paragraph(
        _(
            "Items in which a municipality stands at stage 3 or higher and another one of those named here lower. The order is "
            "that of the perspectives and of the alphabet."
        )
    )
    columns = (
        ReportColumn(_("Perspective"), 5),
        ReportColumn(_("Municipality"), 4),
        ReportColumn(_("Items (stage)"), 10),
    )
    yield Table(_("Who can show what"), columns, tuple(rows))


def _with_stage(minutes: Minutes, member: Member, item: str) -> str:
    stage = minutes.look.own(member, item)
    return f"{minutes.say.item(item)} ({minutes.say.number(stage)})" if stage is not None else minutes.say.item(item)


def _together(minutes: Minutes) -> Iterator[Block]:
    _ = minutes.translate
    yield Heading(1, _("What was seen together"))
    gaps = views.shared_gaps(minutes.look.medians)
    if gaps:
        yield Paragraph(
            _("Shared gaps, in which at least half of all that are counted stand below stage 2: {gaps}.").format(
                gaps=minutes.say.list([minutes.perspective(id) for id in gaps])
            )
        )
    elif minutes.look.medians:
        yield Paragraph(_("There is no shared gap: no middle that may be shown lies below stage 2."))
    columns = (
        ReportColumn(_("Perspective"), 9),
        ReportColumn(_("Middle"), 3, number=True),
        ReportColumn(_("Municipalities counted"), 7),
    )
    rows = tuple(
        (minutes.perspective(one.id), *minutes.together(minutes.look.together(one.id)))
        for one in minutes.look.questionnaire.perspectives
    )
    yield Table(_("The middle of all that are counted"), columns, rows)
    if minutes.shown:
        yield _side_by_side(minutes)
        yield Paragraph(
            _("– stands for a value that cannot be compared; the reasons stand under “What could be compared”."), "note"
        )


def _side_by_side(minutes: Minutes) -> Table:
    _ = minutes.translate
    perspectives = minutes.look.questionnaire.perspectives
    columns = (ReportColumn(_("Municipality"), 6), *(ReportColumn(one.id, 2, number=True) for one in perspectives))
    values = [[minutes.look.own(member, one.id) for one in perspectives] for member in minutes.shown]
    rows = tuple(
        (minutes.label(member), *("–" if value is None else minutes.say.number(value) for value in found))
        for member, found in zip(minutes.shown, values, strict=True)
    )
    return Table(_("Side by side; the order is that of the names, then of the aliases"), columns, rows)


def _rounds(minutes: Minutes) -> Iterator[Block]:
    _ = minutes.translate
    rounds = [one for one in minutes.workshop.rounds if live.shown_turns(one)]
    if not rounds:
        return
    yield Heading(1, _("Live rounds"))
    yield Paragraph(
        _(
            "Phones voted hidden; the votes were shown all together, from five votes with a stage on, and only if at least two "
            "of them were left without those of any one municipality."
        )
    )
    for one in rounds:
        yield from _round(minutes, one)


def _round(minutes: Minutes, round: LiveRound) -> Iterator[Block]:
    _ = minutes.translate
    item = minutes.look.questionnaire.items[round.item]
    kind = _("{number}. Vignette about {item}") if round.vignette else _("{number}. {item}")
    yield Heading(2, kind.format(number=round.number, item=minutes.say.item(item.id)))
    vignettes = {
        one.id: one for one in vignettes_catalogue.load(minutes.workshop.questionnaire, minutes.workshop.version)
    }
    told = vignettes.get(round.vignette)
    yield Paragraph(minutes.say.say(told.text if told else item.statement))
    keys = [option.key for option in item.scale.options]
    places = [Fraction(half, 2) for half in range(2 * len(keys) - 1)]
    titles = [minutes.say.number(place) for place in places]
    columns = (
        ReportColumn(_("Votes at stage"), 5),
        *(ReportColumn(title, 2, number=True) for title in titles),
        ReportColumn(_("cannot judge"), 4, number=True),
        ReportColumn(_("Votes"), 3, number=True),
    )
    yield Table(
        _("How the votes are spread"),
        columns,
        tuple(_votes(minutes, round, turn, places) for turn in live.shown_turns(round)),
    )
    at = _("stage {stage}")
    stage = None if round.agreed is None else minutes.say.number(Fraction(round.agreed, 2))
    agreed = _("no agreement") if stage is None else at.format(stage=stage)
    entries = [(_("Agreed"), agreed)]
    if round.dissent:
        entries.append((_("Dissent"), minutes.text(round.dissent)))
    yield FactList(tuple(entries))


def _votes(minutes: Minutes, round: LiveRound, turn: live.Turn, places: list[Fraction]) -> tuple[str, ...]:
    _ = minutes.translate
    outcome = live.distribution(round, turn)
    name = _("First vote") if turn == 1 else _("Second vote")
    if outcome.spread is None:
        return (name, *("·" for _place in places), "·", _("not shown"))
    counts = [str(outcome.spread.counts.get(place, 0) or "") for place in places]
    return (name, *counts, str(outcome.spread.cannot_judge or ""), str(outcome.votes))


def _comparable(minutes: Minutes) -> Iterator[Block]:
    _ = minutes.translate
    yield Heading(1, _("What could be compared"))
    rows = tuple(
        (minutes.label(member), perspective, words.reason(reason).text(minutes.language))
        for member in minutes.shown
        for perspective, reason in minutes.look.comparable[member.id].against.items()
    )
    yield Paragraph(
        _(
            "Values stand beside one another only where the same version and the same items were asked, not longer than two "
            "years ago, and enough of them were answered. Numbers about all leave out what cannot be compared."
        )
    )
    if rows:
        columns = (ReportColumn(_("Municipality"), 6), ReportColumn(_("Perspective"), 4), ReportColumn(_("Why not"), 9))
        yield Table(_("What cannot be compared of those named here"), columns, rows)
    else:
        yield Paragraph(_("Of those named here everything can be compared."))


def _method(minutes: Minutes) -> Iterator[Block]:
    _ = minutes.translate
    yield Heading(1, _("How to read it, and what is protected"))
    yield Callout(
        "note",
        _("No ranking"),
        _(
            "There is no overall score, no list sorted by values and no verdict. The values are self-assessments; the middle is "
            "the lower median: of an even number the lower one of the two in the middle."
        ),
    )
    yield Bullets(
        (
            _(
                "Each municipality decided for itself whether it appears here, by name or under an alias. Whoever appeared by "
                "itself in the room and did not agree to the protocol is neither shown nor counted in it; covered ones stand "
                "nowhere by themselves and are counted in released numbers of several together, also without that consent."
            ),
            _(
                "Numbers of several municipalities together are shown from {count} municipalities on, none of them so that fewer "
                "than {count} covered ones could be found by subtraction, also from numbers shown before."
            ).format(count=minutes.workshop.threshold),
            _("How strictly single municipalities rated a vignette stays in the room."),
            _(
                "Everything that was shared is deleted after {day}; each municipality can leave before. What was handed out "
                "before cannot be called back: please delete your copies by then as well."
            ).format(day=minutes.day(minutes.workshop.keep_until)),
        )
    )
