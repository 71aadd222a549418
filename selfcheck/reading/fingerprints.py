"""Hashes that let anyone check later whether a result was made of the same answers and the same questionnaire."""

import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from scoring.model.answers import Sheet
from scoring.plain.sheets import write_sheet
from selfcheck.reading import catalogue


def of_answers(sheet: Sheet) -> str:
    """SHA-256 over the answers in canonical JSON."""
    canonical = json.dumps(write_sheet(sheet), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


@lru_cache(maxsize=8)
def of_questionnaire(id: str, version: str) -> str:
    """SHA-256 over the files of a questionnaire version that decide results and wordings."""
    return of_folder(catalogue.folder(id, version))


def of_folder(folder: Path) -> str:
    """SHA-256 over the files of a questionnaire folder, names included."""
    total = sha256()
    for name in catalogue.PARTS:
        file = folder / f"{name}.yaml"
        if file.exists():
            total.update(f"{name} {sha256(file.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()
