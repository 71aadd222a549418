"""`selfcheck score`: values, ranges, questions and next steps of answer files."""

from pathlib import Path

import click

from scoring.model.wording import Language
from selfcheck.cli.options import LANGUAGE, SEVERAL_ANSWERS
from selfcheck.cli.terminal import console, write_json
from selfcheck.ground.i18n import N_, translator
from selfcheck.reading import answer_files
from selfcheck.tables import result_data
from selfcheck.words.findings import Findings


@click.command()
@SEVERAL_ANSWERS
@click.option("--json", "as_json", is_flag=True, help=N_("Write JSON with every number and its trace."))
@click.option("--explain", metavar=N_("PERSPECTIVE"), help=N_("Show how the value of one perspective comes about."))
@LANGUAGE
def score(answers: tuple[Path, ...], as_json: bool, explain: str | None, language: Language) -> None:
    """Score answer files and show values, ranges, questions and next steps."""
    all_findings = [(path, answer_files.findings(path, language)) for path in answers]
    if as_json:
        data = [{"file": str(path)} | result_data(findings) for path, findings in all_findings]
        write_json(data[0] if len(data) == 1 else data)
        return
    for _, findings in all_findings:
        if explain:
            _explain(findings, explain)
        else:
            _show(findings)


def _explain(findings: Findings, perspective: str) -> None:
    _ = translator(findings.language)
    known = [p.id for p in findings.questionnaire.perspectives]
    if perspective not in known:
        raise click.BadParameter(
            _("there is no perspective {id}; there are: {known}").format(id=perspective, known=", ".join(known)),
            param_hint="--explain",
        )
    out = console()
    found = findings.questionnaire.perspective(perspective)
    result = findings.result[perspective]
    out.print(f"[bold]{perspective} {findings.say.say(found.name)}: {findings.value(result)}[/bold]")
    out.print(_("Source: line {lines}").format(lines=_lines(found.origin.lines)), style="dim")
    line = _("line")
    for entry in result_data(findings)["perspectives"][perspective]["trace"]:
        lines = f"  [dim]({line} {_lines(entry['lines'])})[/dim]" if entry.get("lines") else ""
        out.print(f" • {entry['text']}{lines}")


def _lines(lines: tuple[int, ...] | list[int]) -> str:
    return ", ".join(str(line) for line in lines)


def _show(findings: Findings) -> None:
    from rich.markup import escape
    from rich.table import Table

    _ = translator(findings.language)
    out = console()
    title = escape(findings.sheet.municipality) or _("Self-check")
    table = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    table.add_column(_("Perspective"))
    for heading in (_("Value"), _("Throughout"), _("Range")):
        table.add_column(heading, justify="right")
    table.add_column(_("Certainty"))
    table.add_column(_("Answered"), justify="right")
    for result in findings.result.perspectives:
        perspective = findings.questionnaire.perspective(result.perspective)
        minimum = "–" if result.minimum is None else findings.say.number(result.minimum)
        answered = f"{result.answered}/{result.asked}" if result.asked else "–"
        row = (findings.value(result), minimum, findings.range(result), findings.certainty(result), answered)
        table.add_row(f"{perspective.id} {findings.say.say(perspective.name)}", *row)
    out.print(table)
    if findings.hints:
        questions = _("Questions to think about")
        out.print(f"\n[bold]{questions}[/bold]")
        for rule in findings.hints:
            out.print(f" ? {findings.say.say(rule.text)} [dim]({rule.id})[/dim]")
    if findings.steps:
        heading, after_word = _("Next steps in order"), _("after")
        out.print(f"\n[bold]{heading}[/bold]")
        for place, step in enumerate(findings.steps, 1):
            mark = "▲" if step.priority else " "
            after = f" [dim]{after_word} {', '.join(step.after)}[/dim]" if step.after else ""
            out.print(
                f"{place:2}. {mark} [bold]{step.recommendation.id}[/bold] {findings.say.say(step.recommendation.step)}{after}"
            )
            for reason in step.reasons:
                out.print(f"       [dim]{findings.say.reason(reason)}[/dim]")
    out.print()
