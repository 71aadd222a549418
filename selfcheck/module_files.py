"""Answer files of modules in YAML and JSON: read strictly, written so that people can go on with them."""

import json
from pathlib import Path

import yaml

from scoring.modules.entries import ModuleSheet
from scoring.modules.model import Module
from scoring.modules.sheets import module_identity, parse_module_sheet, write_module_sheet
from scoring.problems import Invalid
from selfcheck import modules_catalogue
from selfcheck.answer_files import Dumper
from selfcheck.files import Document, located, read_file


def read(path: Path) -> tuple[Module, ModuleSheet]:
    """The entries in a file and the module they belong to. Raises UnusableFile."""
    return interpret(read_file(path))


def interpret(document: Document) -> tuple[Module, ModuleSheet]:
    """The entries in a document and the module they belong to. Raises UnusableFile."""
    try:
        module = modules_catalogue.load(*module_identity(document.data))
        return module, parse_module_sheet(document.data, module)
    except Invalid as invalid:
        raise located(document, invalid) from invalid


def as_yaml(sheet: ModuleSheet) -> str:
    """The sheet as a YAML answer file."""
    return str(yaml.dump(write_module_sheet(sheet), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=100))


def as_json(sheet: ModuleSheet) -> str:
    """The sheet as a JSON answer file."""
    return json.dumps(write_module_sheet(sheet), ensure_ascii=False, indent=2) + "\n"
