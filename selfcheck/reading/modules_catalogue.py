"""The in-depth modules that are there, read from their folders."""

from functools import lru_cache
from pathlib import Path

from scoring.modules.cases import failed_cases
from scoring.modules.checks import check_module
from scoring.modules.model import Module
from scoring.modules.parse import parse_module
from scoring.plain.problems import Invalid
from selfcheck.ground import resources
from selfcheck.reading import catalogue
from selfcheck.reading.files import UnusableFile, located, read_file, unusable

PLACE = Path("integrated-planning", "2026-1", "modules")
"""Where modules stand among the questionnaires: <id>/<version>/module.yaml, worked examples in cases.yaml beside it."""
FILE = "module.yaml"
ORDER = ("paper-route", "action-fields", "spaces", "indicators", "steering-bodies", "network")
"""In the order of their perspectives; a module not named here comes after these."""


def versions() -> dict[str, tuple[str, ...]]:
    """Every module with its versions, oldest first."""
    root = resources.questionnaires() / PLACE
    found = {path.name: _versions_in(path) for path in root.iterdir() if path.is_dir()} if root.is_dir() else {}
    known = {id: found[id] for id in ORDER if found.get(id)}
    return known | {id: found[id] for id in sorted(found) if found[id] and id not in known}


def _versions_in(path: Path) -> tuple[str, ...]:
    return tuple(sorted(version.name for version in path.iterdir() if (version / FILE).exists()))


def newest(id: str) -> str:
    """The newest version of a module. Raises UnusableFile with the modules there are."""
    known = versions()
    if id not in known:
        raise _unknown(id)
    return known[id][-1]


def folder(id: str, version: str) -> Path:
    """Where a version stands. Raises UnusableFile with the modules there are."""
    if version not in versions().get(id, ()):
        raise _unknown(f"{id} {version}")
    return resources.questionnaires() / PLACE / id / version


def _unknown(name: str) -> UnusableFile:
    listed = ", ".join(f"{one} {version}" for one, all_ in versions().items() for version in all_)
    de = f"dieses Modul gibt es hier nicht; vorhanden: {listed}"
    return unusable(name, None, de, f"this module does not exist here; available: {listed}")


@lru_cache(maxsize=16)
def load(id: str, version: str) -> Module:
    """A module that ships with the product; its checks ran when it was published."""
    return read(folder(id, version))


def all_newest() -> tuple[Module, ...]:
    """The newest version of every module, in the order of their perspectives."""
    return tuple(load(id, known[-1]) for id, known in versions().items())


def read(path: Path) -> Module:
    """The module in a folder, every value read strictly. Raises UnusableFile with every problem and its line."""
    document = read_file(path / FILE, catalogue.LIMIT)
    try:
        return parse_module(document.data)
    except Invalid as invalid:
        raise located(document, invalid) from invalid


def check(path: Path) -> tuple[Module, int]:
    """The module in a folder and the number of its worked examples, once all is sound. Raises UnusableFile."""
    module = read(path)
    questionnaire = catalogue.load(module.questionnaire, catalogue.newest(module.questionnaire))
    document = read_file(path / FILE, catalogue.LIMIT)
    if problems := check_module(module, questionnaire):
        raise located(document, Invalid(problems))
    cases = read_file(path / f"{catalogue.CASES}.yaml", catalogue.LIMIT)
    if problems := failed_cases(module, cases.data):
        raise located(cases, Invalid(problems))
    return module, len(cases.data)
