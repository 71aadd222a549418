"""`selfcheck questionnaires check`: mistakes of a questionnaire and disagreements with its worked examples."""

import sys
from pathlib import Path

import click

from scoring.assess.cases import failed_cases
from scoring.model.wording import Language
from scoring.plain.problems import Invalid
from selfcheck.cli.options import FILE, LANGUAGE
from selfcheck.cli.problems import show
from selfcheck.cli.terminal import console
from selfcheck.ground import resources
from selfcheck.ground.i18n import translator
from selfcheck.reading import catalogue, modules_catalogue, vignettes_catalogue
from selfcheck.reading.files import UnusableFile, located, read_file


@click.command()
@click.argument("path", required=False, type=FILE)
@LANGUAGE
def check(path: Path | None, language: Language) -> None:
    """Check a questionnaire folder (or all that ship with the product) and its worked examples."""
    folders = [path] if path else [*_shipped(), *_modules()]
    status = 0
    for folder in folders:
        try:
            if (folder / modules_catalogue.FILE).exists():
                _check_module(folder, language)
            else:
                _check(folder, language)
        except UnusableFile as error:
            show(error, language)
            status = 2
    sys.exit(status)


def _shipped() -> list[Path]:
    root = resources.questionnaires()
    return [root / id / version for id, versions in catalogue.versions().items() for version in versions]


def _modules() -> list[Path]:
    return [modules_catalogue.folder(id, of) for id, all_ in modules_catalogue.versions().items() for of in all_]


def _check_module(folder: Path, language: Language) -> None:
    _ = translator(language)
    module, cases = modules_catalogue.check(folder)
    text = _("module {id} {version}: sound – {rows} rows, {findings} findings, {cases} worked examples hold")
    rows, findings = sum(len(section.rows) for section in module.sections), len(module.findings)
    console().print(text.format(id=module.id, version=module.version, rows=rows, findings=findings, cases=cases))


def _check(folder: Path, language: Language) -> None:
    _ = translator(language)
    questionnaire = catalogue.read(folder)
    cases = 0
    if (folder / f"{catalogue.CASES}.yaml").exists():
        document = read_file(folder / f"{catalogue.CASES}.yaml", catalogue.LIMIT)
        cases = len(document.data)
        if problems := failed_cases(questionnaire, document.data):
            raise located(document, Invalid(problems))
    vignettes = vignettes_catalogue.read(folder, questionnaire)
    text = _(
        "{folder}: sound – {perspectives} perspectives, {items} items, {rules} rules, {practices} practices, "
        "{recommendations} recommendations, {cases} worked examples hold"
    )
    console().print(
        text.format(
            folder=folder.name,
            perspectives=len(questionnaire.perspectives),
            items=len(questionnaire.items),
            rules=len(questionnaire.rules),
            practices=len(questionnaire.practices),
            recommendations=len(questionnaire.recommendations),
            cases=cases,
        )
    )
    if vignettes:
        console().print(_("{folder}: sound – {count} vignettes").format(folder=folder.name, count=len(vignettes)))
