"""`selfcheck practices`: documented good examples, beside a municipality's answers when there are some."""

from pathlib import Path

import click

from scoring.assess.compare import Comparison, Status
from scoring.model.answers import Sheet
from scoring.model.wording import Language
from selfcheck.cli.options import FILE, LANGUAGE
from selfcheck.cli.terminal import console
from selfcheck.ground.i18n import N_, Translate, translator
from selfcheck.reading import answer_files, catalogue
from selfcheck.words.findings import Findings

MARKS: dict[Status, str] = {"met": "●", "missing": "○", "unknown": "?", "illustrates": "·", "not-applicable": "–"}


def status_words(_: Translate) -> dict[Status, str]:
    """The comparison's findings in words."""
    return {
        "met": _("met here"),
        "missing": _("missing here"),
        "unknown": _("unknown here"),
        "illustrates": _("illustrates, no stage documented"),
        "not-applicable": _("not applicable here"),
    }


@click.command("list")
@click.argument("answers", required=False, type=FILE)
@click.option("--perspective", metavar=N_("PERSPECTIVE"), help=N_("Only examples that bear on this perspective."))
@LANGUAGE
def practices(answers: Path | None, perspective: str | None, language: Language) -> None:
    """List documented good examples; with ANSWERS also what is met, missing or unknown here."""
    if answers:
        findings = answer_files.findings(answers, language)
    else:
        id, version = catalogue.DEFAULT, catalogue.newest()
        findings = Findings(catalogue.load(id, version), Sheet(id, version), language)
    _ = translator(findings.language)
    known = [p.id for p in findings.questionnaire.perspectives]
    if perspective and perspective not in known:
        message = _("there is no perspective {id}; there are: {known}")
        raise click.BadParameter(message.format(id=perspective, known=", ".join(known)), param_hint="--perspective")
    shown = [c for c in findings.comparisons if not perspective or perspective in c.practice.perspectives]
    for comparison in shown:
        _show(findings, comparison, compared=answers is not None)
    if answers and perspective and not findings.suitable(perspective):
        console().print(_("No suitable example is documented for {id}.").format(id=perspective))


def _show(findings: Findings, comparison: Comparison, *, compared: bool) -> None:
    _ = translator(findings.language)
    out, say, practice = console(), findings.say, comparison.practice
    out.print(f"[bold]{practice.municipality}: {say.say(practice.title)}[/bold] [dim]({say.say(practice.as_of)})[/dim]")
    out.print(f"  {say.say(practice.summary)}")
    words, works_when, not_shown = status_words(_), _("Works when"), _("Not shown:")
    for item in comparison.items:
        stage = (
            _("stage {stage}").format(stage=item.documented.stage)
            if item.documented.stage is not None
            else _("no stage")
        )
        status = f" – {MARKS[item.status]} {words[item.status]}" if compared else ""
        out.print(f"  • {say.item(item.documented.item)}: {stage}{status}")
    out.print(f"  [italic]{works_when}[/italic]")
    for condition in comparison.conditions:
        status = f" – {MARKS[condition.status]} {words[condition.status]}" if compared else ""
        out.print(f"  • {say.say(condition.condition.text)}{status}")
    out.print(f"  [dim]{not_shown} {say.say(practice.limits)}[/dim]\n")
