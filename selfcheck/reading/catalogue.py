"""The questionnaires that are there, read from their folders."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from scoring.model.questionnaire import Questionnaire
from scoring.plain.problems import Invalid
from scoring.plain.questionnaire import parse
from selfcheck.ground import resources
from selfcheck.reading.files import Document, FileProblem, UnusableFile, read_file, unusable

PARTS = ("questionnaire", "rules", "practices", "recommendations")
CASES = "cases"
LIMIT = 5_000_000
DEFAULT = "integrated-planning"


def versions() -> dict[str, tuple[str, ...]]:
    """Every questionnaire with its versions, oldest first."""
    root = resources.questionnaires()
    return {
        folder.name: tuple(sorted(version.name for version in folder.iterdir() if version.is_dir()))
        for folder in sorted(root.iterdir())
        if folder.is_dir()
    }


def newest(id: str = DEFAULT) -> str:
    """The newest version of a questionnaire."""
    return versions()[id][-1]


def folder(id: str, version: str) -> Path:
    """Where a version stands. Raises UnusableFile with the versions there are."""
    known = versions()
    if version not in known.get(id, ()):
        listed = ", ".join(f"{one} {v}" for one, all_ in known.items() for v in all_)
        raise unusable(
            f"{id} {version}",
            None,
            f"diesen Fragebogen gibt es hier nicht; vorhanden: {listed}",
            f"this questionnaire does not exist here; available: {listed}",
        )
    return resources.questionnaires() / id / version


@lru_cache(maxsize=8)
def load(id: str, version: str) -> Questionnaire:
    """A questionnaire that ships with the product; its checks ran when it was published."""
    return read(folder(id, version), checked=False)


def read(path: Path, *, checked: bool = True) -> Questionnaire:
    """The questionnaire in a folder, or UnusableFile with every problem and its line."""
    documents = {name: _document(path, name) for name in PARTS if (path / f"{name}.yaml").exists()}
    if "questionnaire" not in documents:
        file = str(path / "questionnaire.yaml")
        raise unusable(
            file,
            None,
            "fehlt; ein Fragebogen ist ein Ordner mit dieser Datei",
            "is missing; a questionnaire is a folder with this file",
        )
    try:
        return parse({name: document.data for name, document in documents.items()}, checked=checked)
    except Invalid as invalid:
        raise UnusableFile([_located(path, documents, problem) for problem in invalid.problems]) from invalid


def _document(path: Path, name: str) -> Document:
    return read_file(path / f"{name}.yaml", LIMIT)


def _located(path: Path, documents: dict[str, Document], problem: Any) -> FileProblem:
    name, *inside = problem.place or ("questionnaire",)
    document = documents.get(str(name), documents["questionnaire"])
    shortened = type(problem)(tuple(inside), problem.message)
    return FileProblem(document.name, document.line(tuple(inside)), shortened.path, problem.message)
