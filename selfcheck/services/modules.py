"""What an assessment has entered in the in-depth modules."""

from dataclasses import replace

from sqlalchemy.orm import Session

from scoring.modules.assess import assess_module
from scoring.modules.entries import ModuleSheet
from scoring.modules.model import Module
from scoring.modules.result import ModuleResult
from scoring.modules.sheets import parse_module_sheet, write_module_sheet
from selfcheck.models import Assessment, StoredModule, now
from selfcheck.reading import modules_catalogue


def stored(assessment: Assessment, module: Module) -> StoredModule | None:
    """The stored entries of a module."""
    return next((one for one in assessment.modules if one.module == module.id), None)


def sheet_of(assessment: Assessment, module: Module) -> ModuleSheet:
    """The entries of a module, empty where nothing was entered."""
    found = stored(assessment, module)
    sheet = parse_module_sheet(found.content, module) if found else ModuleSheet(module.id, module.version)
    return replace(sheet, municipality=assessment.municipality)


def revision(assessment: Assessment, module: Module) -> int:
    """Counts the changes of the entries; 0 when there are none."""
    found = stored(assessment, module)
    return found.revision if found else 0


def keep(session: Session, assessment: Assessment, module: Module, sheet: ModuleSheet) -> None:
    """Keep entries in place of earlier ones."""
    found = stored(assessment, module)
    content = write_module_sheet(replace(sheet, municipality="", date=""))
    if found is None:
        found = StoredModule(assessment=assessment, module=module.id)
        session.add(found)
    found.content = content
    assessment.changed = now()
    session.flush()


def remove(session: Session, assessment: Assessment, module: Module) -> None:
    """Forget the entries of a module."""
    if found := stored(assessment, module):
        assessment.modules.remove(found)
        session.flush()


def results(assessment: Assessment) -> tuple[ModuleResult, ...]:
    """What the modules show in which something was entered, in the order of their perspectives."""
    begun = {one.module for one in assessment.modules}
    modules = (module for module in modules_catalogue.all_newest() if module.id in begun)
    return tuple(assess_module(module, sheet_of(assessment, module)) for module in modules)
