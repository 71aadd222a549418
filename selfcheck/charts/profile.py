"""The profile of one municipality as radar, as dots and as a heat table."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from scoring.assess.result import NotAsked
from scoring.model.conditions import Absent
from scoring.model.practices import Practice
from scoring.model.questionnaire import Item, Perspective
from scoring.model.wording import Language
from selfcheck.charts.dots import DotRow, Dots
from selfcheck.charts.heat import Gap, Heat, HeatCell, HeatRow
from selfcheck.charts.radar import Axis, Band, Evidence, Radar, Series, text_alternative
from selfcheck.ground.i18n import translator
from selfcheck.ground.written import written_day
from selfcheck.words.findings import Findings


def profile(findings: Findings, practice: str = "") -> Radar:
    """Result, stage reached throughout, and the range of what is still open; perhaps a documented practice beside it.

    Raises KeyError when there is no such practice.
    """
    _ = translator(findings.language)
    highest = findings.questionnaire.scales[0].highest
    chart = Radar(
        title=findings.say.say(findings.questionnaire.title),
        subtitle=whose(findings),
        axes=tuple(
            Axis(p.id, findings.say.say(p.short), findings.result[p.id].applicable, findings.absence(p.id))
            for p in findings.questionnaire.perspectives
        ),
        series=tuple(_series(findings)),
        band=_band(findings),
        evidence=practice_marks(findings, practice) if practice else None,
        maximum=int(highest),
        stage_names=_stage_names(findings),
        source=_source(findings, practice),
        language=findings.language,
    )
    lead = _("Radar chart with {count} axes from 0 to {maximum}.")
    lead = lead.format(count=len(chart.axes), maximum=findings.say.number(highest))
    return replace(chart, description=f"{lead} {text_alternative(chart)}")


def _series(findings: Findings) -> Iterator[Series]:
    """What is drawn on the axes: the result always, everything else where there is any of it."""
    _, results, named = translator(findings.language), findings.result.perspectives, _names(findings)
    yield Series(_("Result"), "result", tuple(result.value for result in results))
    if any(result.minimum is not None for result in results):
        yield Series(_("Reached throughout"), "reached", tuple(result.minimum for result in results))
    if "target" in named:
        yield Series(named["target"], "target", tuple(_wanted(findings, result.perspective) for result in results))
    before = tuple(findings.last_value(result.perspective) for result in results)
    if "earlier" in named and any(value is not None for value in before):
        yield Series(named["earlier"], "earlier", before)


def _band(findings: Findings) -> Band | None:
    """The range of what is still open."""
    _ = translator(findings.language)
    ranges = tuple(
        (result.lowest, result.highest)
        if result.lowest is not None and result.highest is not None and result.lowest < result.highest
        else None
        for result in findings.result.perspectives
    )
    return Band(_("Range of what is still open"), ranges) if any(ranges) else None


def in_words(findings: Findings) -> str:
    """Every value of the radar in words, for people who do not see it."""
    return profile(findings).description


def dots(findings: Findings, practice: str = "") -> Dots:
    """The same values as dots on one scale, easier to compare than on the axes of a radar."""
    marks = practice_marks(findings, practice) if practice else Evidence("", ())
    return Dots(
        title=findings.say.say(findings.questionnaire.title),
        rows=tuple(_dot_row(findings, place, marks) for place in range(len(findings.result.perspectives))),
        maximum=int(findings.questionnaire.scales[0].highest),
        stage_names=_stage_names(findings),
        language=findings.language,
        subtitle=whose(findings),
        source=_source(findings, practice),
        names=_names(findings),
        practice=marks.name,
    )


def _dot_row(findings: Findings, place: int, marks: Evidence) -> DotRow:
    result = findings.result.perspectives[place]
    return DotRow(
        id=result.perspective,
        label=findings.say.say(findings.questionnaire.perspective(result.perspective).short),
        applicable=result.applicable,
        value=result.value,
        lowest=result.lowest,
        highest=result.highest,
        reached=result.minimum,
        target=_wanted(findings, result.perspective),
        earlier=findings.last_value(result.perspective),
        why=findings.absence(result.perspective),
        documented=tuple((stage, items) for axis, stage, items in marks.marks if axis == place),
    )


def heat(findings: Findings) -> Heat:
    """Every item in the row of its perspective, with the stage that stands: agreed, or the median of ratings."""
    _ = translator(findings.language)
    return Heat(
        title=findings.say.say(findings.questionnaire.title),
        rows=tuple(
            HeatRow(p.id, findings.say.say(p.short), tuple(_cell(findings, p, item) for item in p.items))
            for p in findings.questionnaire.perspectives
        ),
        maximum=int(findings.questionnaire.scales[0].highest),
        stage_names=_stage_names(findings),
        subtitle=whose(findings),
        source=provenance(findings),
        language=findings.language,
        names={"not asked": _("not part of this check")},
    )


def _cell(findings: Findings, perspective: Perspective, item: Item) -> HeatCell:
    content: Fraction | Gap
    match findings.result.facts.stages[item.id]:
        case Absent.NOT_APPLICABLE:
            content = Gap("not applicable", _why(findings, perspective, item))
        case Absent.CANNOT_JUDGE:
            content = Gap("cannot judge")
        case Absent.OPEN:
            content = Gap("open" if item in findings.asked else "not asked")
        case points:
            content = points
    agreed = findings.sheet.standing(item)[1] == 0
    return HeatCell(content, item.id, findings.say.say(item.name), agreed)


def _why(findings: Findings, perspective: Perspective, item: Item) -> str:
    """The rule that takes the item out, in words."""
    steps = (step for step in findings.result[perspective.id].trace if isinstance(step, NotAsked))
    return next((findings.say.rule(step.rule) for step in steps if step.item in (None, item.id)), "")


def practice_marks(findings: Findings, practice: str) -> Evidence:
    """Where a documented practice shows something: one mark for each stage its features reach in a perspective.

    The facts of an example reach a stage in single items, and that is all a mark says, with the number of these items.
    There is no median, no line and no mark where nothing is documented or where the facts illustrate an item without
    reaching a stage: a municipality that has not rated itself has no value. Raises KeyError for an unknown practice.
    """
    _ = translator(findings.language)
    questionnaire, found = findings.questionnaire, _practice(findings, practice)
    axes = {perspective.id: place for place, perspective in enumerate(questionnaire.perspectives)}
    reached: Counter[tuple[int, Fraction]] = Counter()
    for documented in found.items:
        if documented.stage is not None:
            option = questionnaire.items[documented.item].scale.option(documented.stage)
            assert option is not None, "the checker guarantees a stage of the scale"
            reached[axes[questionnaire.perspective_of[documented.item].id], option.points] += 1
    name = _("Documented practice: {municipality}").format(municipality=found.municipality)
    return Evidence(name, tuple((axis, stage, count) for (axis, stage), count in sorted(reached.items())))


def _practice(findings: Findings, id: str) -> Practice:
    for practice in findings.questionnaire.practices:
        if practice.id == id:
            return practice
    raise KeyError(id)


def _names(findings: Findings) -> Mapping[str, str]:
    """What target and last time are called, where there are any."""
    _ = translator(findings.language)
    names = {}
    if findings.towards and findings.sheet.target is not None:
        names["target"] = _("Target {year}").format(year=findings.sheet.target.year)
    if findings.earlier:
        names["earlier"] = _("Last time ({date})").format(date=written(findings.earlier.date, findings.language))
    return names


def _wanted(findings: Findings, perspective: str) -> Fraction | None:
    towards = findings.towards.get(perspective)
    return Fraction(towards.wanted) if towards and findings.result[perspective].applicable else None


def _stage_names(findings: Findings) -> tuple[str, ...]:
    return tuple(findings.say.say(option.name) for option in findings.questionnaire.scales[0].options)


def whose(findings: Findings) -> str:
    """The municipality and the date, which does not break."""
    day = written_date(findings).replace(" ", "\u00a0")
    return " · ".join(part for part in (findings.sheet.municipality, day) if part)


def _source(findings: Findings, practice: str) -> str:
    """Where the values come from, and the documented practice."""
    if not practice:
        return provenance(findings)
    _ = translator(findings.language)
    found = _practice(findings, practice)
    text = _("Documented practice ({municipality}, {as_of}): {title}. Evidence, not a rating.").format(
        municipality=found.municipality, as_of=findings.say.say(found.as_of), title=findings.say.say(found.title)
    )
    marked = findings.provenance(found)
    return " ".join(part for part in (provenance(findings), text, f"{marked}." if marked else "") if part)


def provenance(findings: Findings) -> str:
    """Where the values come from: own ratings, and which version of the questionnaire."""
    _ = translator(findings.language)
    return _("Self-assessment of the municipality, {title}, version {version}. Not an audit.").format(
        title=findings.say.say(findings.questionnaire.title), version=findings.questionnaire.version
    )


def written_date(findings: Findings) -> str:
    """The date of the sheet as the language writes it."""
    return written(findings.sheet.date, findings.language)


def written(day: str, language: Language) -> str:
    """A date as the language writes it; unchanged when it is no calendar date."""
    try:
        return written_day(date.fromisoformat(day), language)
    except ValueError:
        return day
