"""Answer files in YAML and JSON: read strictly, written so that people can go on with them."""

import json
from pathlib import Path

import yaml

from scoring.model.answers import Sheet
from scoring.model.questionnaire import Questionnaire
from scoring.model.wording import Language
from scoring.plain.problems import Invalid
from scoring.plain.sheets import identity, parse_sheet, write_sheet
from selfcheck.reading import catalogue
from selfcheck.reading.files import Document, located, plain, read_file
from selfcheck.words.findings import Findings


def read(path: Path) -> tuple[Questionnaire, Sheet]:
    """The answers in a file and the questionnaire they belong to. Raises UnusableFile."""
    return interpret(read_file(path))


def interpret(document: Document) -> tuple[Questionnaire, Sheet]:
    """The answers in a document and the questionnaire they belong to. Raises UnusableFile."""
    try:
        questionnaire = catalogue.load(*identity(document.data))
        return questionnaire, parse_sheet(document.data, questionnaire)
    except Invalid as invalid:
        raise located(document, invalid) from invalid


def findings(path: Path, language: str) -> Findings:
    """What follows from the answers in a file. Raises UnusableFile."""
    wanted: Language = "en" if language == "en" else "de"
    return Findings(*read(path), wanted)


class Dumper(yaml.SafeDumper):
    """Puts every text into quotation marks that would be read as something else without them."""


def _text(dumper: Dumper, text: str) -> yaml.ScalarNode:
    style = '"' if plain(text) != text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


Dumper.add_representer(str, _text)


def as_yaml(sheet: Sheet) -> str:
    """The sheet as a YAML answer file."""
    return str(yaml.dump(write_sheet(sheet), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=100))


def as_json(sheet: Sheet) -> str:
    """The sheet as a JSON answer file."""
    return json.dumps(write_sheet(sheet), ensure_ascii=False, indent=2) + "\n"
