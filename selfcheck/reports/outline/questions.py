"""Questions to think about: answers that stand out when read together."""

from collections.abc import Iterator

from selfcheck.ground.i18n import Translate
from selfcheck.reports.blocks import Block, Callout, Heading, Paragraph
from selfcheck.words.findings import Findings
from selfcheck.words.result import questions_ask


def questions(findings: Findings, _: Translate) -> Iterator[Block]:
    """What the plausibility rules ask, if they do."""
    if not findings.hints:
        return
    yield Heading(1, _("Questions to think about"))
    yield Paragraph(questions_ask(_))
    for rule in findings.hints:
        yield Callout("question", _("Rule {id}").format(id=rule.id), findings.say.say(rule.text))
