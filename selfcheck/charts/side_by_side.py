"""Several municipalities side by side: small radars and a heat table, in the order of their names, never of values."""

from dataclasses import replace
from fractions import Fraction
from typing import Literal

from scoring.model.wording import Language
from scoring.workshop import words
from scoring.workshop.comparable import Comparability
from scoring.workshop.members import Member
from selfcheck.charts.heat import Gap, Heat, HeatCell, HeatRow
from selfcheck.charts.multiples import multiples
from selfcheck.charts.profile import profile
from selfcheck.charts.radar import Radar, Series
from selfcheck.ground.i18n import translator
from selfcheck.words.findings import Findings

MembersSeen = tuple[tuple[Member, Comparability], ...]
"""Who is drawn, each with what of it may be compared; all with the same questionnaire."""


_IN_A_ROW = {"page": (700, 4, 1.0), "screen": (1500, 8, 1.7)}
"""Width, how many radars stand beside each other, and how large letters are beside those of a page."""


def radars(seen: MembersSeen, language: Language, place: Literal["page", "screen"] = "page") -> str:
    """A little radar for each municipality as one SVG; what may not be compared is a gap. Raises ValueError for nobody."""
    return multiples([_radar(member, comparable, language) for member, comparable in seen], *_IN_A_ROW[place])


def _radar(member: Member, comparable: Comparability, language: Language) -> Radar:
    sheet = replace(member.sheet, municipality=words.label(member).text(language), date="", target=None)
    chart = profile(Findings(member.questionnaire, sheet, language))
    results = member.result.perspectives
    drawn = tuple(one.value if comparable.allows(one.perspective) else None for one in results)
    series = tuple(Series(one.name, one.kind, drawn) for one in chart.series if one.kind == "result")
    axes = tuple(
        replace(axis, applicable=comparable.allows(axis.id), why=_why(comparable, axis.id, language))
        for axis in chart.axes
    )
    return replace(chart, series=series, axes=axes, band=None, description="")


def _why(comparable: Comparability, perspective: str, language: Language) -> str:
    against = comparable.against.get(perspective)
    return words.reason(against).text(language) if against else ""


def heat(seen: MembersSeen, language: Language) -> Heat:
    """Municipality by perspective; what may not be compared is a gap with its reason."""
    _ = translator(language)
    findings = Findings(seen[0][0].questionnaire, seen[0][0].sheet, language)
    return Heat(
        title=_("Municipalities side by side"),
        rows=tuple(
            HeatRow(str(number), words.label(member).text(language), tuple(_cells(member, comparable, language)))
            for number, (member, comparable) in enumerate(seen, 1)
        ),
        columns=tuple(one.id for one in findings.questionnaire.perspectives),
        maximum=int(findings.questionnaire.scales[0].highest),
        stage_names=tuple(findings.say.say(option.name) for option in findings.questionnaire.scales[0].options),
        language=language,
        names={"not applicable": _("not comparable")},
    )


def _cells(member: Member, comparable: Comparability, language: Language) -> list[HeatCell]:
    found: list[HeatCell] = []
    for result in member.result.perspectives:
        content: Fraction | Gap = Gap("not applicable", _why(comparable, result.perspective, language))
        if comparable.allows(result.perspective) and result.value is not None:
            content = result.value
        found.append(HeatCell(content))
    return found
