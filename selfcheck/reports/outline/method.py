"""Method and limits: what the values rest on, and what anybody needs to compute them again."""

from collections.abc import Iterator

from selfcheck.ground.i18n import Translate
from selfcheck.reading import fingerprints
from selfcheck.reports.blocks import Block, FactList, Heading, Paragraph, ReportColumn, Table
from selfcheck.words.findings import Findings
from selfcheck.words.result import limits


def method(findings: Findings, _: Translate) -> Iterator[Block]:
    """What is claimed and what is not; version and hashes."""
    questionnaire, sheet = findings.questionnaire, findings.sheet
    yield Heading(1, _("Method and limits"))
    yield Paragraph(findings.say.say(questionnaire.about))
    yield Paragraph(limits(_))
    yield _stages(findings, _)
    yield FactList(
        (
            (_("Source"), findings.say.say(questionnaire.source)),
            (_("Questionnaire"), f"{questionnaire.id} {questionnaire.version}"),
            (_("Hash of the questionnaire"), fingerprints.of_questionnaire(questionnaire.id, questionnaire.version)),
            (_("Hash of the answers"), fingerprints.of_answers(sheet)),
        )
    )


def _stages(findings: Findings, _: Translate) -> Table:
    options = findings.questionnaire.scales[0].options
    rows = tuple(
        (str(o.key), findings.say.say(o.name), findings.say.say(o.meaning) if o.meaning else "") for o in options
    )
    columns = (ReportColumn(_("Stage"), 2), ReportColumn(_("Name"), 5), ReportColumn(_("Meaning"), 10))
    return Table(_("The stages"), columns, rows)
