"""What the slides say: five of them, each with a statement as its title. How they look is decided elsewhere.

Where room may be short, a part comes in versions: the same in fewer words; the first that fits is written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Literal

from scoring.assess.result import PerspectiveResult
from scoring.assess.steps import NextStep
from scoring.model.questionnaire import Item
from scoring.model.wording import Language
from selfcheck.charts.profile import profile, written_date
from selfcheck.charts.radar import Radar
from selfcheck.ground.i18n import Translate, translator
from selfcheck.office.text import one_line
from selfcheck.reports.blocks import ReportColumn, Table
from selfcheck.reports.outline.summary import MOST_PRIORITIES, MOST_STRENGTHS, strengths
from selfcheck.slides import headlines, notes
from selfcheck.words.findings import Findings, Variant
from selfcheck.words.result import counted, limits, not_agreed, nothing_reached, partial, rated
from selfcheck.words.steps import no_steps

# --- what a deck is made of ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SlideParagraph:
    """A sentence or a short text; `lead` names what follows, `legend` explains a sign of the chart."""

    text: str
    role: Literal["text", "lead", "bullet", "number", "legend", "title"] = "text"
    sign: str = ""


Versions = tuple[tuple[SlideParagraph, ...], ...]
"""The same in fewer and fewer words."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Whose slides these are, and what they rest on."""

    municipality: str
    facts: tuple[SlideParagraph, ...]


@dataclass(frozen=True, slots=True)
class PictureBody:
    """The radar with what it shows in sentences, and its legend."""

    chart: Radar
    sentences: Versions
    legend: tuple[SlideParagraph, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """One value on the scale, with its range and the stage wanted."""

    value: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    wanted: Fraction | None


@dataclass(frozen=True, slots=True)
class ValuesBody:
    """The values as a table, and beside each row the same as a dot on a scale up to the highest stage."""

    tables: tuple[Table, ...]
    dots: tuple[Dot, ...]
    highest: int
    scale: str
    description: str
    dots_description: str


@dataclass(frozen=True, slots=True)
class Steps:
    """The priorities side by side: a column for each. The first table says all; what the others leave out, the notes say."""

    tables: tuple[Table, ...]
    description: str


@dataclass(frozen=True, slots=True)
class Plain:
    """A slide with running text only."""

    paragraphs: Versions


@dataclass(frozen=True, slots=True)
class ProposalBody:
    """What is proposed, what is to be talked about, and what the values can say."""

    proposed: Versions
    questions: Versions
    method: Versions


Body = Cover | PictureBody | ValuesBody | Steps | Plain | ProposalBody


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: what people should remember, what shows it, and what the speaker can look up."""

    title: str
    body: Body
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deck:
    """All slides; `footer` stands on each but the first."""

    language: Language
    title: str
    footer: str
    slides: tuple[Slide, ...]


# --- the five slides -------------------------------------------------------------------------------------------------


def deck(findings: Findings, variant: Variant = "public") -> Deck:
    """The slides about one municipality's answers.

    The public variant holds nothing that people wrote in their own words and nothing of role groups.
    """
    _ = translator(findings.language)
    inside = variant == "internal"
    name, title = one_line(findings.sheet.municipality, 200), findings.say.say(findings.questionnaire.title)
    return Deck(
        language=findings.language,
        title=" – ".join(part for part in (name, title) if part),
        footer=" · ".join(
            part for part in (_("Internal – not for publication") if inside else "", name or title) if part
        ),
        slides=(
            Slide(title, _cover(findings, name, inside, _), tuple(notes.of_cover(findings, variant))),
            Slide(headlines.of_profile(findings), _picture(findings, _), tuple(notes.of_profile(findings))),
            Slide(headlines.of_values(findings), _values(findings, _), tuple(notes.of_values(findings))),
            Slide(
                headlines.of_steps(findings, priorities(findings)),
                _steps(findings, _),
                tuple(notes.of_steps(findings, priorities(findings))),
            ),
            Slide(
                headlines.of_proposal(findings, priorities(findings)),
                _proposal(findings, inside, _),
                tuple(notes.of_proposal(findings, inside)),
            ),
        ),
    )


def priorities(findings: Findings) -> tuple[NextStep, ...]:
    """The steps that the report names as next: of priority, and with nothing before them."""
    return tuple(step for step in findings.steps if step.priority and step.possible_now)[:MOST_PRIORITIES]


def _cover(findings: Findings, name: str, inside: bool, _: Translate) -> Cover:
    answered, asked = counted(findings)
    facts = [SlideParagraph(_("Self-assessment, not an audit"), "lead")]
    if inside:
        facts.append(SlideParagraph(_("Internal – not for publication"), "lead"))
    facts.append(SlideParagraph(_("Rated items: {answered} of {asked}.").format(answered=answered, asked=asked)))
    facts += [SlideParagraph(said) for said in partial(findings, _)]
    if date := one_line(written_date(findings), 40):
        facts.append(SlideParagraph(_("As of {date}").format(date=date)))
    version = _("Questionnaire {id}, version {version}")
    facts.append(SlideParagraph(version.format(id=findings.questionnaire.id, version=findings.questionnaire.version)))
    return Cover(name, tuple(facts))


# the profile


def _picture(findings: Findings, _: Translate) -> PictureBody:
    chart = profile(findings)
    return PictureBody(chart, _profile_sentences(findings, _), tuple(_legend(findings, chart, _)))


def _profile_sentences(findings: Findings, _: Translate) -> Versions:
    answered, asked = counted(findings)
    said = rated(findings, _)
    if answered == asked > 0:
        said = _("All {asked} items asked have been rated; nothing is open.").format(asked=asked)
    said = " ".join((said, *not_agreed(findings, _)))
    return tuple(
        tuple(SlideParagraph(text) for text in (_strengths(findings, example, _), _to_do(findings, _), said))
        for example in (True, False)
    )


def _strengths(findings: Findings, example: bool, _: Translate) -> str:
    """How many items have reached the stage of an agreement, else that of first attempts; the strongest as example."""
    stages = findings.result.facts.stages
    rated = [(points, item) for item in findings.asked if isinstance(points := stages[item.id], Fraction)]
    if not rated:
        return _("No item has been rated yet.")
    for least in (2, 1):
        found = [(points, item) for points, item in rated if points >= least]
        if not found:
            continue
        best = max(found, key=lambda pair: pair[0])[1]
        one, many = (
            (
                _("One item has reached stage {stage} (“{name}”) or more: {item}."),
                _("{count} items have reached stage {stage} (“{name}”) or more, for example {item}."),
            )
            if example
            else (
                _("One item has reached stage {stage} (“{name}”) or more."),
                _("{count} items have reached stage {stage} (“{name}”) or more."),
            )
        )
        text = one if len(found) == 1 else many
        name = findings.stage_name(Fraction(least))
        return text.format(count=len(found), stage=least, name=name, item=_item(findings, best))
    return nothing_reached(_)


def _item(findings: Findings, item: Item) -> str:
    return one_line(findings.say.item(item.id), 120)


def _to_do(findings: Findings, _: Translate) -> str:
    """Where most is left to do; without values, which answers would help first."""
    valued = headlines.valued(findings)
    if len(valued) < 2:
        text = _("A perspective gets a value as soon as enough of its items are rated; most helpful first: {items}.")
        return (
            text.format(items=first_to_rate(findings)) if findings.settling else _("No other perspective has a value.")
        )
    lowest = min(value for _result, value in valued)
    if lowest == max(value for _result, value in valued):
        return _("No perspective is behind the others: the value is {value}.").format(value=findings.say.number(lowest))
    last = [result for result, value in valued if value == lowest]
    text = _("Most is left to do in {names} (value {value}).")
    if len(last) > headlines.MOST_NAMES:
        text = _("Most is left to do in {count} perspectives (value {value}).")
    names = headlines.named(findings, last)
    return text.format(names=names, count=len(last), value=findings.say.number(lowest))


def first_to_rate(findings: Findings) -> str:
    """The items whose rating would settle most."""
    items = findings.questionnaire.items
    return findings.say.list([_item(findings, items[one.item]) for one in findings.settling[:2]])


SIGNS = {"result": "●", "reached": "▬", "target": "◊", "earlier": "□"}
BAND = "■"
"""Signs of the legend; all of them are in Arial."""


def _legend(findings: Findings, chart: Radar, _: Translate) -> Iterator[SlideParagraph]:
    for series in chart.series:
        yield SlideParagraph(series.name, "legend", SIGNS[series.kind])
    if chart.band is not None:
        yield SlideParagraph(chart.band.name, "legend", BAND)
    text = _("Rings: stage {low} “{first}” to stage {high} “{last}”")
    first, last = chart.stage_names[0], chart.stage_names[-1]
    yield SlideParagraph(text.format(low=0, first=first, high=chart.maximum, last=last))


# the values


def _values(findings: Findings, _: Translate) -> ValuesBody:
    results = findings.result.perspectives
    columns = [ReportColumn(_("Perspective"), 10), ReportColumn(_("Stage reached"), 7)]
    columns += [ReportColumn(_("Value"), 2, number=True), ReportColumn(_("Range"), 3, number=True)]
    if findings.towards:
        assert findings.sheet.target is not None
        columns.append(ReportColumn(_("Target {year}").format(year=findings.sheet.target.year), 2, number=True))
    caption = _("Values of the perspectives")
    return ValuesBody(
        tables=tuple(
            Table(caption, tuple(columns), tuple(_value_row(findings, result, short) for result in results))
            for short in (False, True)
        ),
        dots=tuple(_dot(findings, result) for result in results),
        highest=int(findings.questionnaire.scales[0].highest),
        scale=_("Stages 0 to {highest}").format(highest=findings.questionnaire.scales[0].highest),
        description=_("Value, stage and possible range of each perspective; beside it the same as dots."),
        dots_description=_(
            "The values of the table as dots: filled the value, grey the possible range, hollow the target."
        )
        if findings.towards
        else _("The values of the table as dots: filled the value, grey the possible range."),
    )


def _value_row(findings: Findings, result: PerspectiveResult, short: bool) -> tuple[str, ...]:
    perspective = findings.questionnaire.perspective(result.perspective)
    name = findings.say.say(perspective.short if short else perspective.name)
    value = findings.value(result)
    row = [f"{result.perspective} {name}", value, "–", findings.range(result)]
    if result.value is not None:
        row[1:3] = [findings.stage_name(result.value), value]
    if findings.towards:
        way = findings.towards.get(result.perspective)
        row.append(str(way.wanted) if way and result.applicable else "–")
    return tuple(one_line(cell, 160) for cell in row)


def _dot(findings: Findings, result: PerspectiveResult) -> Dot:
    way = findings.towards.get(result.perspective)
    return Dot(result.value, result.lowest, result.highest, Fraction(way.wanted) if way else None)


# the next steps


def _steps(findings: Findings, _: Translate) -> Steps | Plain:
    chosen = priorities(findings)
    if not chosen:
        return Plain((tuple(_without_steps(findings, _)),))
    columns = (ReportColumn(_("Step"), 3), *(ReportColumn(_column_title(findings, step), 8) for step in chosen))
    caption, steps = _("The next steps"), [findings.say.say(step.recommendation.step) for step in chosen]
    shorter = product(*(dict.fromkeys((_first_and_last(step), _first(step))) for step in steps))
    versions = [tuple(steps), *sorted(shorter, key=lambda said: -sum(map(len, said)))]
    return Steps(
        tables=tuple(Table(caption, columns, tuple(_step_rows(findings, chosen, said, _))) for said in versions),
        description=_("For each priority: where it stands, the next step, who prepares, who decides, how much work."),
    )


def _without_steps(findings: Findings, _: Translate) -> Iterator[SlideParagraph]:
    """Why nothing is recommended, and what there is instead: what to rate first, or what to keep."""
    yield SlideParagraph(no_steps(findings, _))
    if not headlines.valued(findings):
        if findings.settling:
            text = _("Most helpful is a rating of {items}.")
            yield SlideParagraph(text.format(items=first_to_rate(findings)))
        return
    if strong := strengths(findings)[:MOST_STRENGTHS]:
        yield SlideParagraph(_("What to build on"), "lead")
        yield from (SlideParagraph(one_line(one, 160), "bullet") for one in strong)


def _column_title(findings: Findings, step: NextStep) -> str:
    perspective = findings.questionnaire.perspective(step.recommendation.perspective)
    return one_line(f"{perspective.id} {findings.say.say(perspective.name)}", 120)


def _step_rows(
    findings: Findings, chosen: Sequence[NextStep], said: Sequence[str], _: Translate
) -> Iterator[tuple[str, ...]]:
    say, recommendations = findings.say, [step.recommendation for step in chosen]
    rows = (
        (_("Where it stands"), [_stands(findings, one.perspective, _) for one in recommendations]),
        (_("Next step"), said),
        (_("Prepares"), [say.say(one.prepares) for one in recommendations]),
        (_("Decides"), [say.say(one.decides) for one in recommendations]),
        (_("Effort (our estimate)"), [say.say(one.effort.estimate) for one in recommendations]),
    )
    for label, cells in rows:
        yield label, *(one_line(cell, 900) for cell in cells)


def _stands(findings: Findings, perspective: str, _: Translate) -> str:
    result = findings.result[perspective]
    value = findings.value(result)
    if result.value is None:
        return value
    text = _("Value {value} ({stage})")
    if result.lowest != result.highest:
        text = _("Value {value} ({stage}), possible {range}")
    return text.format(value=value, stage=findings.stage_name(result.value), range=findings.range(result))


_SENTENCES = re.compile(r"(?<=[.!?])(?:\s+)(?=[^\W\d_a-zäöüß])|(?<=[.!?][“”\"])\s+(?=[^\W\d_a-zäöüß])")


def _first_and_last(text: str) -> str:
    """How a step begins and what there is at its end; all of it stands in the notes."""
    sentences = _SENTENCES.split(text)
    return text if len(sentences) <= 2 else f"{sentences[0]} … {sentences[-1]}"


def _first(text: str) -> str:
    sentences = _SENTENCES.split(text)
    return text if len(sentences) == 1 else f"{sentences[0]} …"


# the proposal


def _proposal(findings: Findings, inside: bool, _: Translate) -> ProposalBody:
    proposed = tuple(SlideParagraph(text, "number") for text in _proposed(findings, _))
    questions = [SlideParagraph(text, "bullet") for text in _questions(findings, inside, _)]
    lead, talk = SlideParagraph(_("Proposed"), "lead"), SlideParagraph(_("Questions for the talk"), "lead")
    answered, asked = counted(findings)
    rated = _("Rated items: {answered} of {asked}.").format(answered=answered, asked=asked)
    method = [*partial(findings, _), limits(_), _("There is no overall value and no ranking.")]
    heading = SlideParagraph(_("Method and limits"), "lead")
    return ProposalBody(
        proposed=((lead, *proposed),),
        questions=tuple((talk, *questions[:most]) for most in range(min(3, len(questions)), 0, -1)),
        method=tuple((heading, SlideParagraph(" ".join(said))) for said in ([rated, *method], method)),
    )


def _proposed(findings: Findings, _: Translate) -> Iterator[str]:
    """Rules: take note, prepare the priorities, settle what is open, look again. Nothing rated: rate first."""
    first = first_to_rate(findings)
    if not headlines.valued(findings):
        yield _("The administration rates the items together.")
        if first:
            yield _("It begins with {items}.").format(items=first)
        yield _("The committee deliberates on the result as soon as there is one.")
        return
    yield _("The committee notes the result of the self-assessment.")
    chosen = priorities(findings)
    if chosen:
        names = headlines.named(findings, [findings.result[step.recommendation.perspective] for step in chosen])
        one, many = (
            _("The next step in {names} is prepared (page 4)."),
            _("The next steps in {names} are prepared (page 4)."),
        )
        yield (one if len(chosen) == 1 else many).format(names=names)
    if first:
        yield _("Open items are settled, first {items}.").format(items=first)
    yield (
        _("The self-check is repeated when the steps are done, to see what has changed.")
        if chosen
        else _("The self-check is repeated in due time, to see whether what has been reached lasts.")
    )


def _questions(findings: Findings, inside: bool, _: Translate) -> Iterator[str]:
    """What stands out in these answers first, then what may be asked of every result."""
    if inside and findings.dissents:
        items = findings.say.list([one_line(findings.say.item(id), 120) for id, _said in findings.dissents[:2]])
        yield _("Not everybody agrees on {items}: what are the reasons?").format(items=items)
    yield from (one_line(findings.say.say(rule.text), 400) for rule in findings.hints[:2])
    if not headlines.valued(findings):
        yield _("Who should take part in the rating?")
        yield _("What do you want to know about planning here?")
        return
    yield _("Does this picture match what you see here?")
    if priorities(findings):
        yield _("Which of the steps helps most here, and what stands in its way?")
    yield (
        _("Which stage do we want to have reached in two to three years?")
        if not findings.sheet.target
        else _("Is the target still the right one?")
    )
