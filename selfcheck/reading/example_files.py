"""Files with a transfer agency's own examples: read as strictly as everything from outside, and an empty one to begin with."""

from functools import lru_cache

from scoring.model.questionnaire import Questionnaire
from scoring.model.wording import Language
from scoring.plain.examples import OwnExamples, parse_examples
from scoring.plain.problems import Invalid
from scoring.plain.sheets import identity
from selfcheck.ground import resources
from selfcheck.reading import catalogue
from selfcheck.reading.files import Document, UnusableFile, located, read_bytes, unusable

LIMIT = 500_000
"""Bytes of a file; a hundred examples as long as ours stay below it."""


def read(raw: bytes, name: str, agency: str) -> tuple[Questionnaire, OwnExamples]:
    """The examples in the bytes of a YAML file and the questionnaire they are for. Raises UnusableFile."""
    if len(raw) > LIMIT:
        de = f"die Datei ist {len(raw):,} Bytes groß; erlaubt sind {LIMIT:,}".replace(",", " ")
        raise unusable(name, None, de, f"the file has {len(raw):,} bytes; at most {LIMIT:,} are allowed")
    document = read_bytes(raw, name)
    try:
        questionnaire = catalogue.load(*identity(document.data))
    except Invalid as invalid:
        raise located(document, invalid) from invalid
    return questionnaire, _parsed(document, questionnaire, agency)


def _parsed(document: Document, questionnaire: Questionnaire, agency: str) -> OwnExamples:
    try:
        return parse_examples(document.data, questionnaire, agency)
    except Invalid as invalid:
        raise located(document, invalid) from invalid


@lru_cache(maxsize=64)
def stored(content: str, agency: str) -> OwnExamples | None:
    """The examples of a file that was kept; nothing when it no longer fits the questionnaire shipped today."""
    try:
        return read(content.encode(), "–", agency)[1]
    except UnusableFile:
        return None


def template(questionnaire: Questionnaire, language: Language) -> str:
    """An empty file with comments, for this version of the questionnaire."""
    text = (resources.templates() / "agency" / f"examples.{language}.yaml").read_text(encoding="utf-8")
    return text.replace("<questionnaire>", questionnaire.id).replace("<version>", questionnaire.version)
