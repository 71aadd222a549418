"""`selfcheck module`: the in-depth modules there are, and what the entries in an answer file of one amount to."""

from pathlib import Path

import click

from scoring.model.answers import Sheet
from scoring.model.wording import Language
from scoring.modules.assess import assess_module
from selfcheck.cli.options import FILE, LANGUAGE
from selfcheck.cli.papers import save
from selfcheck.cli.terminal import console
from selfcheck.ground.i18n import N_, translator
from selfcheck.reading import catalogue, module_files, modules_catalogue
from selfcheck.reports.outline.modules import coverage, standing_out
from selfcheck.words.findings import Findings


@click.command()
@click.argument("answers", required=False, type=FILE)
@click.option("--empty", metavar=N_("MODULE"), default="", help=N_("Print an empty answer file of this module."))
@click.option("--to", "folder", type=FILE, help=N_("Folder for pictures (svg, png, pdf) and entries (csv)."))
@LANGUAGE
def module(answers: Path | None, empty: str, folder: Path | None, language: Language) -> None:
    """Show what an answer file of an in-depth module amounts to; without one, list the modules."""
    id, version = catalogue.DEFAULT, catalogue.newest()
    findings = Findings(catalogue.load(id, version), Sheet(id, version), language)
    if empty:
        wanted = modules_catalogue.load(empty, modules_catalogue.newest(empty))
        click.echo(module_files.blank(wanted, findings.say), nl=False)
    elif answers is None:
        for one in modules_catalogue.all_newest():
            console().print(f"{one.id} {one.version} ({one.perspective}): {findings.say.say(one.title)}")
    else:
        _show(findings, answers, folder)


def _show(findings: Findings, path: Path, folder: Path | None) -> None:
    module, sheet = module_files.read(path)
    whose = Sheet(findings.sheet.questionnaire, findings.sheet.version, sheet.municipality, sheet.date)
    shown = Findings(findings.questionnaire, whose, findings.language, modules=(assess_module(module, sheet),))
    _ = translator(findings.language)
    [result] = shown.modules
    console().print(f"[bold]{result.module.perspective}: {shown.say.say(module.title)}[/bold]")
    for line in standing_out(shown, result, _) or (_("Nothing stands out in the entries."),):
        console().print(f"  • {line}")
    for table in (coverage(shown, section, _) for section in result.sections if section.coverage):
        console().print(f"  [italic]{table.caption}[/italic]")
        for row in table.rows:
            named = zip(table.columns[1:], row[1:], strict=True)
            console().print(f"  • {row[0]} – {', '.join(f'{column.title}: {cell}' for column, cell in named)}")
    if folder:
        _write(shown, folder)


def _write(findings: Findings, folder: Path) -> None:
    """The pictures in every format, and the entries as a table."""
    from selfcheck.charts.files import FORMATS, sheet_file
    from selfcheck.charts.modules import pictures
    from selfcheck.tables.files import modules_csv

    _ = translator(findings.language)
    folder.mkdir(parents=True, exist_ok=True)
    [result] = findings.modules
    for of, chart in pictures(findings, result, own_words=True):
        for format in FORMATS:
            save(folder / f"{result.module.id}-{of.section}.{format}", sheet_file(chart, "full", format), _)
    save(folder / f"{result.module.id}.csv", modules_csv(findings), _)
