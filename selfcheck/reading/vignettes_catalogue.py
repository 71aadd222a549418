"""The vignettes of each questionnaire version, read from the file beside it.

They are no part of the questionnaire's fingerprint: no value and no wording of a result rests on them.
"""

from functools import lru_cache
from pathlib import Path

from scoring.model.questionnaire import Questionnaire
from scoring.plain.problems import Invalid
from scoring.plain.vignettes import Vignette, parse_vignettes
from selfcheck.reading import catalogue
from selfcheck.reading.files import located, read_file

FILE = "vignettes.yaml"


@lru_cache(maxsize=8)
def load(id: str, version: str) -> tuple[Vignette, ...]:
    """The vignettes of a version that ships with the product, in the order of their file; none when it has no file."""
    return read(catalogue.folder(id, version), catalogue.load(id, version))


def read(folder: Path, questionnaire: Questionnaire) -> tuple[Vignette, ...]:
    """The vignettes in a folder. Raises UnusableFile with every problem and its line."""
    if not (folder / FILE).exists():
        return ()
    document = read_file(folder / FILE, catalogue.LIMIT)
    try:
        return parse_vignettes(document.data, questionnaire)
    except Invalid as invalid:
        raise located(document, invalid) from invalid
