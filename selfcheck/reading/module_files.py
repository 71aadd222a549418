"""Answer files of modules in YAML and JSON: read strictly, written so that people can go on with them."""

import json
from pathlib import Path

import yaml

from scoring.assess.words import Speaker
from scoring.modules.entries import ModuleSheet
from scoring.modules.model import Column, Module
from scoring.modules.sheets import module_identity, parse_module_sheet, write_module_sheet
from scoring.plain.problems import Invalid
from selfcheck.reading import modules_catalogue
from selfcheck.reading.answer_files import Dumper
from selfcheck.reading.files import Document, located, read_file


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


def blank(module: Module, say: Speaker) -> str:
    """An answer file with every row and no entry, which says beside each column what may stand there."""
    de = say.language == "de"
    hint = (
        "Was leer bleibt, ist offen. Kein Name einer Person."
        if de
        else "What stays empty is open. No names of persons."
    )
    lines = [f"# {say.say(module.title)}. {hint}", f"module: {module.id}", f'version: "{module.version}"']
    lines += ['municipality: ""', 'date: ""', "entries:"]
    for section in module.sections:
        lines += [
            "",
            f"  # {say.say(section.name)}",
            *(f"  #   {_explained(column, say)}" for column in section.columns),
        ]
        for group in section.groups:
            lines.append(f"  # {say.say(group.name)}")
            for row in group.rows:
                columns = ", ".join(f"{column.id}: " for column in section.columns if column.id not in row.skips)
                lines.append(f"  {row.id}: {{{columns}}}  # {say.say(row.name)}")
    return "\n".join(lines) + "\n"


def _explained(column: Column, say: Speaker) -> str:
    options = " · ".join(f"{option.key} = {say.say(option.name)}" for option in column.options)
    form = f"[{options}]" if column.kind == "several" else options or "…"
    return f"{column.id} – {say.say(column.question)} {form}"


def as_json(sheet: ModuleSheet) -> str:
    """The sheet as a JSON answer file."""
    return json.dumps(write_module_sheet(sheet), ensure_ascii=False, indent=2) + "\n"
