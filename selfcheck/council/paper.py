"""A council paper as an outline: head, sequence, proposal, reasons, effects, annexes – with a gap for all that is open."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import Any

from scoring.assess.steps import NextStep
from selfcheck.council.draft import (
    GAP,
    Draft,
    focus_of,
    gap,
    gaps,
    kind_words,
    role_words,
    stations,
)
from selfcheck.council.proposal import proposal, said
from selfcheck.ground.i18n import Translate, translator
from selfcheck.reports.blocks import Block, Bullets, Callout, FactList, Heading, Outline, Paragraph, ReportColumn, Table
from selfcheck.reports.outline import strengths
from selfcheck.words.findings import Findings
from selfcheck.words.result import limits, nothing_reached, transition

MOST_STRENGTHS = 6


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A gap in the paper, and the section it stands in."""

    section: str
    gap: str


class StillOpen(Exception):
    """A final paper was wanted while something in it is open."""

    def __init__(self, points: tuple[OpenPoint, ...]) -> None:
        super().__init__("; ".join(f"{point.section}: {point.gap}" for point in points))
        self.points = points


def open_points(draft: Draft, findings: Findings) -> tuple[OpenPoint, ...]:
    """Everything still open, found in the paper itself: what shows no gap there is not missing."""
    _ = translator(findings.language)
    found: list[OpenPoint] = []
    section = _("Head of the paper")
    outline = paper(draft, findings)
    for text in _texts((outline.municipality, outline.subtitle)):
        found += [OpenPoint(section, one) for one in GAP.findall(text)]
    for block in outline.blocks:
        if isinstance(block, Heading):
            section = block.text
        found += [OpenPoint(section, one) for text in _texts(block) for one in GAP.findall(text)]
    return tuple(dict.fromkeys(found))


def _texts(part: Any) -> Iterator[str]:
    match part:
        case str():
            yield part
        case tuple():
            for inner in part:
                yield from _texts(inner)
        case _ if is_dataclass(part):
            for field in fields(part):
                yield from _texts(getattr(part, field.name))


def paper(draft: Draft, findings: Findings, *, marked: bool = True) -> Outline:
    """The paper as far as it is; marked as a draft."""
    _ = translator(findings.language)
    writer = _Writer(draft, findings, _)
    return Outline(
        language=findings.language,
        title=kind_words(_)[draft.kind],
        subtitle=writer.filled("subject"),
        municipality=findings.sheet.municipality or gap(gaps(_)["municipality"]),
        date="",
        imprint="",
        blocks=tuple(writer.blocks()),
        variant=_("Draft") if marked else "",
        cover=False,
    )


class _Writer:
    """Writes one paper: every section knows the numbers of the others."""

    def __init__(self, draft: Draft, findings: Findings, _: Translate) -> None:
        self.draft, self.findings, self._ = draft, findings, _
        self.say = findings.say
        self.blank = gaps(_)
        self.focus = focus_of(draft, findings)
        sections: list[tuple[str, str, Callable[[], Iterator[Block]]]] = [
            ("occasion", _("Occasion and task"), self.occasion),
            ("procedure", _("Procedure and limits"), self.procedure),
            ("results", _("Result for each practice perspective"), self.results),
            ("strengths", _("Strengths"), self.strong),
            ("needs", _("Needs for development and proposed focal points"), self.needs),
        ]
        if draft.kind == "decision" or draft.inaction:
            sections.append(("inaction", _("Consequences of inaction"), self.inaction))
        if draft.kind == "decision":
            sections.append(("variants", _("Variants"), self.variants))
        sections.append(("steps", _("Next steps and responsibilities"), self.steps))
        self.sections = sections
        self.number = {key: place for place, (key, _title, _write) in enumerate(sections, 1)}

    def filled(self, field: str) -> str:
        """What people say, or the gap."""
        return str(getattr(self.draft, field)).strip() or gap(self.blank[field])

    def told(self, sentence: str, **values: object) -> str:
        """A sentence with the municipality's words and these values in it."""
        return said(self.findings, sentence).format(**values)

    def blocks(self) -> Iterator[Block]:
        """The whole paper."""
        _, draft = self._, self.draft
        public = _("public") if draft.public else _("not public")
        yield FactList(
            (
                (_("Office in charge"), self.filled("office")),
                (_("Number"), self.filled("number")),
                (_("Date"), self.filled("day")),
                (_("Treatment"), public),
            )
        )
        yield self.sequence()
        yield Heading(1, _("Proposed resolution"))
        yield from proposal(draft, self.findings, self.names(), self.number["steps"], _)
        yield Heading(1, _("Facts and reasons"))
        for place, (_key, title, write) in enumerate(self.sections, 1):
            yield Heading(2, f"{place} {title}")
            yield from write()
        yield Heading(1, _("Means needed and other effects"))
        yield FactList(
            (
                (_("Funds"), self.filled("funds")),
                (_("Staff"), self.filled("staff")),
                (_("Climate"), self.filled("climate")),
                (_("Equality and inclusion"), self.filled("equality")),
            )
        )
        yield Heading(1, _("Earlier resolutions and annexes"))
        yield FactList(tuple(self.papers()))

    def papers(self) -> Iterator[tuple[str, str]]:
        """What was resolved before, and what is attached."""
        _ = self._
        earlier = "\n".join(self.draft.earlier) or gap(self.blank["earlier"])
        yield _("Dealt with before"), earlier
        profile = _("Profile with radar chart, table of values and notes on the procedure")
        for place, name in enumerate((profile, *self.draft.attachments), 1):
            yield _("Annex {place}").format(place=place), name

    def sequence(self) -> Table:
        """Who deals with the paper, in which order."""
        _ = self._
        rows = tuple(
            (
                " ".join(station.body.split()) or gap(self.blank["deciding" if station.role == "decision" else "body"]),
                role_words(_)[station.role],
                station.day.strip() or gap(self.blank["meeting"]),
            )
            for station in stations(self.draft)
        )
        columns = (ReportColumn(_("Body"), 8), ReportColumn(_("Role"), 5), ReportColumn(_("Meeting on"), 5))
        return Table(_("Sequence of deliberation"), columns, rows)

    def name(self, perspective: str) -> str:
        """A perspective by its name."""
        return self.say.say(self.findings.questionnaire.perspective(perspective).name)

    def names(self) -> str:
        """The focal points as an enumeration; a gap while there is none."""
        return self.say.list(
            [f"„{n}“" if self.say.language == "de" else f"“{n}”" for n in map(self.name, self.focus)]
        ) or gap(self._("focal points"))

    # --- the sections

    def occasion(self) -> Iterator[Block]:
        """Why the council hears of this."""
        _ = self._
        yield Paragraph(self.filled("occasion"))
        yield Paragraph(
            self.told(
                _(
                    "Integrated planning brings youth welfare, social, education and urban development planning together. The "
                    "self-assessment shows how far it has come here and which steps come next. The proposal builds on it "
                    "(sections {first} and {second})."
                ),
                first=self.number["needs"],
                second=self.number["steps"],
            )
        )

    def procedure(self) -> Iterator[Block]:
        """Instrument, people, mode, limits."""
        _, findings = self._, self.findings
        questionnaire, scale = findings.questionnaire, findings.questionnaire.scales[0]
        yield Paragraph(
            self.told(
                _(
                    "The instrument is the “{title}”, version {version}. It looks at {count} practice perspectives. Each item "
                    "is rated on the stages {lowest} to {highest}; the value of a perspective is the median of its rated items. "
                    "There is no overall value, and the highest stage is not always the aim."
                ),
                title=self.say.say(questionnaire.title),
                version=questionnaire.version,
                count=len(questionnaire.perspectives),
                lowest=self.say.number(scale.lowest),
                highest=self.say.number(scale.highest),
            )
        )
        yield Paragraph(" ".join(self._how()))
        yield Paragraph(_("Those who took part, by function: {who}").format(who=self.filled("participants")))
        yield Callout("note", _("What the values can say"), limits(_))

    def _how(self) -> Iterator[str]:
        """How the stages came about: whole sentences."""
        _, findings = self._, self.findings
        spreads = findings.sheet.spreads.values()
        if spreads:
            counts = [spread.ratings for spread in spreads]
            among = str(min(counts)) if min(counts) == max(counts) else f"{min(counts)}–{max(counts)}"
            yield _(
                "First, people rated by themselves and covertly (individual ratings of each evaluated item: {count})."
            ).format(count=among)
        yield _("The stages were agreed together in a consensus round (date: {date}).").format(
            date=self.filled("round_date")
        )
        if findings.not_agreed:
            yield _(
                "Items on which nothing is agreed yet, so that the median of the individual ratings counts: {count}."
            ).format(count=len(findings.not_agreed))
        if findings.dissents:
            yield _("Items for which a differing view is recorded: {count}.").format(count=len(findings.dissents))
        results = findings.result.perspectives
        yield _("Rated items: {answered} of {asked}.").format(
            answered=sum(one.answered for one in results), asked=sum(one.asked for one in results)
        )
        if findings.sheet.scope != "full":
            yield (
                _("Only the core items were asked (short check).")
                if findings.sheet.scope == "short"
                else _("Only chosen perspectives were asked.")
            )

    def results(self) -> Iterator[Block]:
        """The values, the same as everywhere else."""
        _ = self._
        yield Paragraph(
            _(
                "The range shows which values are still possible because answers are missing; what is open is never zero. "
                "▲ marks the proposed focal points. The radar chart stands in annex 1."
            )
        )
        yield result_table(self.findings, self.focus, _)

    def strong(self) -> Iterator[Block]:
        """What to build on."""
        _, found = self._, strengths(self.findings)
        if not found:
            yield Paragraph(nothing_reached(_))
            return
        yield Paragraph(_("Integrated planning can build on these items:"))
        yield Bullets(found[:MOST_STRENGTHS])

    def needs(self) -> Iterator[Block]:
        """The focal points: what they aim at, where they stand, what lies lowest."""
        _, findings = self._, self.findings
        if not self.focus:
            yield Paragraph(gap(_("focal points")))
        for id in self.focus:
            result = findings.result[id]
            entries = [
                (_("Aim"), self.say.say(findings.questionnaire.perspective(id).definition)),
                (_("Today"), self._standing(id)),
            ]
            if lowest := self._lowest(id):
                entries.append((_("Least far"), lowest))
            yield Heading(3, f"{result.perspective} {self.name(id)}")
            yield FactList(tuple(entries))

    def _standing(self, id: str) -> str:
        result = self.findings.result[id]
        if result.value is None:
            return self.findings.value(result)
        _, stage, value = self._, self.findings.stage_name(result.value), self.findings.value(result)
        if result.lowest == result.highest:
            return _("value {value} ({stage})").format(value=value, stage=stage)
        text = _("value {value} ({stage}), possible range {range}")
        return text.format(value=value, stage=stage, range=self.findings.range(result))

    def _lowest(self, id: str) -> str:
        """The items on the lowest stage of the perspective, unless all stand alike."""
        facts = self.findings.result.facts.stages
        items = self.findings.asked_in(self.findings.questionnaire.perspective(id))
        stages = {item.id: stage for item in items if isinstance(stage := facts[item.id], Fraction)}
        if len(set(stages.values())) < 2:
            return ""
        lowest = min(stages.values())
        names = self.say.list([self.say.item(item) for item, stage in stages.items() if stage == lowest])
        return f"{names} ({self.findings.stage_name(lowest)})"

    def inaction(self) -> Iterator[Block]:
        """What the questionnaire asks for, what people say of their place, and what stays unreached."""
        _, findings = self._, self.findings
        if mandate := _mandate(findings):
            yield Paragraph(
                self.told(
                    _("The questionnaire demands in perspective {id} ({lines}): “{text}”"),
                    id=mandate.id,
                    lines=_("source, line {lines}").format(lines=", ".join(map(str, mandate.origin.lines))),
                    text=self.say.say(mandate.definition),
                )
            )
        yield Paragraph(_("Consequences here: {text}").format(text=self.filled("inaction")))
        if self.focus:
            yield Paragraph(
                _("Without further steps, what these perspectives describe stays unreached, in whole or in part:")
            )
            yield Bullets(
                tuple(
                    f"{self.name(id)}: {self.say.say(findings.questionnaire.perspective(id).definition)}"
                    for id in self.focus
                )
            )

    def variants(self) -> Iterator[Block]:
        """At least three: as now, step by step, with additional means."""
        _ = self._
        columns = (ReportColumn(_("Variant"), 5), ReportColumn(_("What happens"), 10), ReportColumn(_("Means"), 5))
        rows = (
            (
                _("A – as now"),
                _(
                    "No further steps; the stages of section {results} stay as they are. Consequences: section {inaction}."
                ).format(results=self.number["results"], inaction=self.number["inaction"]),
                _("means available today"),
            ),
            (
                _("B – step by step"),
                _("The next step of each focal point ({focus}), one after the other, with the staff available.").format(
                    focus=self.names()
                ),
                self.filled("cost_steps"),
            ),
            (
                _("C – with additional means"),
                _("The next steps of all focal points at the same time, with additional staff or other means."),
                self.filled("cost_means"),
            ),
        )
        yield Table(_("Variants compared"), columns, rows)
        letters = {
            "": gap(self.blank["option"]),
            "as-now": _("variant A"),
            "steps": _("variant B"),
            "means": _("variant C"),
        }
        yield Paragraph(_("The administration proposes: {variant}.").format(variant=letters[self.draft.option]))

    def steps(self) -> Iterator[Block]:
        """What to do next; the wording of the recommendation speaks to the administration."""
        _ = self._
        if self.draft.measures:
            yield Paragraph(_("The administration intends the following:"))
            yield Bullets(self.draft.measures, numbered=True)
        found = [step for id in self.focus if (step := self._step(id))]
        if not found:
            yield Paragraph(_("The self-check recommends no step for the focal points."))
            return
        yield Paragraph(
            _(
                "The self-check recommends these steps to the administration, quoted in its own words. The effort is an estimate "
                "of the questionnaire."
            )
        )
        for step in found:
            recommendation = step.recommendation
            title = transition(self.name(recommendation.perspective), recommendation, _)
            entries = [
                (_("Prepares"), self.say.say(recommendation.prepares)),
                (_("Decides"), self.say.say(recommendation.decides)),
                (_("Effort (our estimate)"), self.say.say(recommendation.effort.estimate)),
            ]
            if step.after:
                entries.append((_("First"), self.say.list([self._before(id) for id in step.after])))
            yield Callout("step", title, self.say.say(recommendation.step), FactList(tuple(entries)))

    def _step(self, perspective: str) -> NextStep | None:
        return next((one for one in self.findings.steps if one.recommendation.perspective == perspective), None)

    def _before(self, id: str) -> str:
        before = self.findings.questionnaire.recommendation(id)
        return transition(self.name(before.perspective), before, self._)


def result_table(findings: Findings, focus: tuple[str, ...], _: Translate) -> Table:
    """Every perspective with its value, the stage in words, and the range."""
    rows = tuple(
        (
            f"{result.perspective} {findings.say.say(findings.questionnaire.perspective(result.perspective).name)}"
            + (" ▲" if result.perspective in focus else ""),
            findings.value(result),
            "–" if result.value is None else findings.stage_name(result.value),
            findings.range(result),
            f"{result.answered}/{result.asked}" if result.asked else "–",
        )
        for result in findings.result.perspectives
    )
    columns = (
        ReportColumn(_("Practice perspective"), 23),
        ReportColumn(_("Value"), 5, number=True),
        ReportColumn(_("Stage reached"), 14),
        ReportColumn(_("Range"), 5, number=True),
        ReportColumn(_("Rated"), 8, number=True),
    )
    return Table(_("Values of the perspectives"), columns, rows)


def _mandate(findings: Findings) -> Any:
    """The perspective that asks for consequences and means to be laid open, where the questionnaire has it."""
    return next((one for one in findings.questionnaire.perspectives if 15 in one.origin.lines), None)
