"""The house template of a municipality: the Word file whose styles and paper its papers take over."""

from dataclasses import dataclass
from hashlib import sha256

from scoring.model.wording import Language
from selfcheck.models import Assessment, HouseTemplate
from selfcheck.reports.word.house_template import check_template, missing_styles

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Described:
    """What people see of a kept template: its name, how large it is, and which usual styles it does not have."""

    name: str
    size: int
    missing: tuple[str, ...]


def keep(assessment: Assessment, name: str, content: bytes) -> None:
    """Keep a template in place of the one before. Raises UnusableFile with what to do about it."""
    check_template(content, name)
    kept = assessment.house_template or HouseTemplate()
    kept.name, kept.content = (name if len(name) <= LONGEST_NAME else f"…{name[1 - LONGEST_NAME :]}"), content
    assessment.house_template = kept


def stored(assessment: Assessment) -> str:
    """Tells one kept template from another, or from none."""
    kept = assessment.house_template
    return sha256(kept.name.encode() + kept.content).hexdigest() if kept else ""


def remove(assessment: Assessment) -> None:
    """Forget the template."""
    assessment.house_template = None


def content(assessment: Assessment) -> bytes | None:
    """The template as it was handed in."""
    return assessment.house_template.content if assessment.house_template else None


def described(assessment: Assessment, language: Language) -> Described | None:
    """What there is to say about the kept template."""
    kept = assessment.house_template
    return Described(kept.name, len(kept.content), missing_styles(kept.content, language)) if kept else None
