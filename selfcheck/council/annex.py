"""Annex 1 of a council paper: the profile with its values, and how they came about; one or two pages."""

from selfcheck.charts.profile import profile, provenance, written_date
from selfcheck.council.draft import Draft, focus_of
from selfcheck.ground.i18n import translator
from selfcheck.reading import fingerprints
from selfcheck.reports.blocks import FactList, Figure, Heading, Outline, Paragraph
from selfcheck.reports.outline import profile_table
from selfcheck.words.findings import Findings
from selfcheck.words.result import how_to_read, limits


def annex(draft: Draft, findings: Findings) -> Outline:
    """The annex as an outline of its own; it needs nothing that people have to fill in."""
    _ = translator(findings.language)
    questionnaire = findings.questionnaire
    names = [f"{id} {findings.say.say(questionnaire.perspective(id).name)}" for id in focus_of(draft, findings)]
    return Outline(
        language=findings.language,
        title=_("Annex 1: Profile"),
        subtitle=findings.say.say(questionnaire.title),
        municipality=findings.sheet.municipality,
        date=written_date(findings),
        imprint=provenance(findings),
        blocks=(
            Figure(profile(findings), _("Profile of the practice perspectives")),
            profile_table(findings),
            Heading(1, _("How to read the values")),
            Paragraph(how_to_read(_)),
            Paragraph(limits(_)),
            FactList(
                (
                    (_("Focal points"), findings.say.list(names) or "–"),
                    (_("Questionnaire"), f"{questionnaire.id} {questionnaire.version}"),
                    (_("Source"), findings.say.say(questionnaire.source)),
                    (_("Hash of the answers"), fingerprints.of_answers(findings.sheet)),
                )
            ),
        ),
        cover=False,
    )
