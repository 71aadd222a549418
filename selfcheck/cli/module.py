"""`selfcheck module`: the in-depth modules there are, and what the entries in an answer file of one amount to."""

from pathlib import Path

from scoring.answers import Sheet
from scoring.modules.assess import assess_module
from scoring.wording import Language
from selfcheck import catalogue, module_files, modules_catalogue
from selfcheck.cli.terminal import console
from selfcheck.findings import Findings
from selfcheck.i18n import translator
from selfcheck.reports.blocks import Bullets, Heading, Paragraph, Table
from selfcheck.reports.outline.modules import modules


def run(path: Path | None, language: str) -> None:
    """List the modules, or show findings and coverage of one sheet."""
    wanted: Language = "en" if language == "en" else "de"
    id, version = catalogue.DEFAULT, catalogue.newest()
    findings = Findings(catalogue.load(id, version), Sheet(id, version), wanted)
    if path is None:
        for one in modules_catalogue.all_newest():
            console().print(f"{one.id} {one.version} ({one.perspective}): {findings.say.say(one.title)}")
        return
    module, sheet = module_files.read(path)
    shown = Findings(findings.questionnaire, findings.sheet, wanted, modules=(assess_module(module, sheet),))
    for block in modules(shown, translator(wanted)):
        match block:
            case Heading(level, text) if level > 1:
                console().print(f"[bold]{text}[/bold]")
            case Bullets(items):
                for item in items:
                    console().print(f"  • {item}")
            case Paragraph(text) if path:
                console().print(f"  {text}")
            case Table(caption, columns, rows):
                console().print(f"  [italic]{caption}[/italic]")
                for row in rows:
                    parts = ", ".join(f"{c.title}: {cell}" for c, cell in zip(columns[1:], row[1:], strict=True))
                    console().print(f"  • {row[0]} – {parts}")
            case _:
                pass
