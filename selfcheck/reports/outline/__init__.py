"""The recommendation report as an outline, one module for each chapter: what stands in it, in which order."""

from collections.abc import Iterator

from selfcheck.charts.profile import provenance, written_date
from selfcheck.ground.i18n import Translate, translator
from selfcheck.reports.blocks import Block, Length, Outline
from selfcheck.reports.outline.examples import examples
from selfcheck.reports.outline.hanging import hanging
from selfcheck.reports.outline.internal import internal
from selfcheck.reports.outline.measures import measures
from selfcheck.reports.outline.method import method
from selfcheck.reports.outline.modules import modules
from selfcheck.reports.outline.perspectives import perspectives, standing
from selfcheck.reports.outline.profile import profile, profile_table
from selfcheck.reports.outline.questions import questions
from selfcheck.reports.outline.roadmap import roadmap
from selfcheck.reports.outline.steps import order, step_facts
from selfcheck.reports.outline.summary import strengths, summary
from selfcheck.words.findings import Findings, Variant

__all__ = ["hanging", "outline", "profile_table", "standing", "step_facts", "strengths"]


def outline(findings: Findings, variant: Variant = "public", length: Length = "full") -> Outline:
    """The recommendation report about one municipality's answers.

    The public variant holds nothing that people wrote in their own words and nothing of role groups.
    """
    _ = translator(findings.language)
    return Outline(
        language=findings.language,
        title=_("Recommendation report") if length == "full" else _("Recommendation report, short version"),
        subtitle=findings.say.say(findings.questionnaire.title),
        municipality=findings.sheet.municipality,
        date=written_date(findings),
        imprint=provenance(findings),
        blocks=tuple(_chapters(findings, variant == "internal", length == "full", _)),
        variant=_("For the public") if variant == "public" else _("Internal – not for publication"),
    )


def _chapters(findings: Findings, inside: bool, full: bool, _: Translate) -> Iterator[Block]:
    yield from summary(findings, full, _)
    yield from profile(findings, _)
    if inside:
        yield from internal(findings, _)
    if full:
        yield from questions(findings, _)
        yield from order(findings, _)
        yield from perspectives(findings, inside, _)
        yield from roadmap(findings, _)
        yield from measures(findings, inside, _)
        yield from modules(findings, inside, _)
        yield from examples(findings, _)
    yield from method(findings, _)
