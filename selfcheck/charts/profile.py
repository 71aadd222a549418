"""The profile of one municipality as a radar chart."""

from datetime import date
from fractions import Fraction

from scoring.wording import Language
from selfcheck.charts.dots import DotRow, Dots
from selfcheck.charts.radar import Axis, Band, Radar, Series
from selfcheck.findings import Findings
from selfcheck.i18n import translator, written_day


def profile(findings: Findings) -> Radar:
    """Result, stage reached throughout, and the range of what is still open."""
    _ = translator(findings.language)
    results = findings.result.perspectives
    series = [Series(_("Result"), "result", tuple(result.value for result in results))]
    if any(result.minimum is not None for result in results):
        series.append(Series(_("Reached throughout"), "reached", tuple(result.minimum for result in results)))
    if findings.towards:
        wanted = tuple(
            Fraction(findings.towards[r.perspective].wanted)
            if r.applicable and r.perspective in findings.towards
            else None
            for r in results
        )
        assert findings.sheet.target is not None
        series.append(Series(_("Target {year}").format(year=findings.sheet.target.year), "target", wanted))
    before = tuple(findings.last_value(result.perspective) for result in results)
    if findings.earlier and any(value is not None for value in before):
        last = _("Last time ({date})").format(date=written(findings.earlier.date, findings.language))
        series.append(Series(last, "earlier", before))
    ranges: list[tuple[Fraction, Fraction] | None] = [
        (result.lowest, result.highest)
        if result.lowest is not None and result.highest is not None and result.lowest < result.highest
        else None
        for result in results
    ]
    options = findings.questionnaire.scales[0].options
    return Radar(
        title=findings.say.say(findings.questionnaire.title),
        subtitle=" · ".join(part for part in (findings.sheet.municipality, written_date(findings)) if part),
        axes=tuple(
            Axis(p.id, findings.say.say(p.short), findings.result[p.id].applicable, findings.absence(p.id))
            for p in findings.questionnaire.perspectives
        ),
        series=tuple(series),
        band=Band(_("Range of what is still open"), tuple(ranges)) if any(ranges) else None,
        maximum=int(findings.questionnaire.scales[0].highest),
        stage_names=tuple(findings.say.say(option.name) for option in options),
        source=provenance(findings),
        language=findings.language,
        description=in_words(findings),
    )


def dots(findings: Findings) -> Dots:
    """The same values as dots on one scale, easier to compare than on the axes of a radar."""
    return Dots(
        title=findings.say.say(findings.questionnaire.title),
        rows=tuple(
            DotRow(
                result.perspective,
                findings.say.say(findings.questionnaire.perspective(result.perspective).short),
                result.applicable,
                result.value,
                result.lowest,
                result.highest,
                result.minimum,
                Fraction(findings.towards[result.perspective].wanted)
                if result.perspective in findings.towards
                else None,
                findings.last_value(result.perspective),
            )
            for result in findings.result.perspectives
        ),
        maximum=int(findings.questionnaire.scales[0].highest),
        stage_names=tuple(findings.say.say(option.name) for option in findings.questionnaire.scales[0].options),
        language=findings.language,
    )


def provenance(findings: Findings) -> str:
    """Where the values come from: own ratings, and which version of the questionnaire."""
    _ = translator(findings.language)
    return _("Self-assessment of the municipality, {title}, version {version}. Not an audit.").format(
        title=findings.say.say(findings.questionnaire.title), version=findings.questionnaire.version
    )


def in_words(findings: Findings) -> str:
    """Every value of the chart in words, for people who do not see it."""
    _ = translator(findings.language)
    sentences = []
    for result in findings.result.perspectives:
        name = findings.say.say(findings.questionnaire.perspective(result.perspective).name)
        if result.value is None or result.lowest == result.highest:
            sentences.append(f"{result.perspective} {name}: {findings.value(result)}.")
        else:
            text = _("{id} {name}: {value}, possible range {range}.")
            values = {"value": findings.value(result), "range": findings.range(result)}
            sentences.append(text.format(id=result.perspective, name=name, **values))
    lead = _("Radar chart with {count} axes from 0 to {maximum}.").format(
        count=len(sentences), maximum=findings.say.number(findings.questionnaire.scales[0].highest)
    )
    return " ".join([lead, *sentences])


def written_date(findings: Findings) -> str:
    """The date of the sheet as the language writes it."""
    return written(findings.sheet.date, findings.language)


def written(day: str, language: Language) -> str:
    """A date as the language writes it; unchanged when it is no calendar date."""
    try:
        return written_day(date.fromisoformat(day), language)
    except ValueError:
        return day
