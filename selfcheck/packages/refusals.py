"""Why a package is refused, and how that is said."""

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from scoring.model.wording import Language
from selfcheck.ground.i18n import Translate, translator
from selfcheck.ground.written import written_day
from selfcheck.reading.files import FileProblem


@dataclass(frozen=True, slots=True)
class NotAPackage:
    """The file is no package, or one with entries that do not belong there."""

    problems: tuple[FileProblem, ...]


@dataclass(frozen=True, slots=True)
class UnknownFormat:
    """A package in a format that this version does not read."""

    format: str


@dataclass(frozen=True, slots=True)
class Altered:
    """The signature does not fit: not a single byte may change on the way."""


@dataclass(frozen=True, slots=True)
class Expired:
    """The last day on which the package was usable is over."""

    last_day: date


@dataclass(frozen=True, slots=True)
class SignedInTheFuture:
    """The package was signed on a day that is still to come: one of the two clocks is wrong."""

    issued: date


@dataclass(frozen=True, slots=True)
class Revoked:
    """The municipality has taken the package back."""


@dataclass(frozen=True, slots=True)
class UnknownSigner:
    """Nobody has compared the fingerprint of this key yet."""

    fingerprint: str


@dataclass(frozen=True, slots=True)
class OtherUse:
    """The package is for something else than a comparative workshop."""

    use: str


@dataclass(frozen=True, slots=True)
class OtherAddressee:
    """The package is for another agency."""

    agency: str


@dataclass(frozen=True, slots=True)
class UnknownQuestionnaire:
    """This installation does not have the questionnaire version."""

    questionnaire: str
    version: str


@dataclass(frozen=True, slots=True)
class Reworded:
    """The questionnaire is worded differently here, so that values would be compared that mean different things."""

    questionnaire: str
    version: str


@dataclass(frozen=True, slots=True)
class DoesNotFit:
    """The numbers of these perspectives cannot come about, or not from the stages in the package."""

    perspectives: tuple[str, ...]


Refusal = (
    NotAPackage
    | UnknownFormat
    | Altered
    | Expired
    | SignedInTheFuture
    | Revoked
    | UnknownSigner
    | OtherUse
    | OtherAddressee
    | UnknownQuestionnaire
    | Reworded
    | DoesNotFit
)


class Refused(Exception):
    """A package that is not taken in; nothing was stored."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(sentence(refusal, "en"))
        self.refusal = refusal


def sentence(refusal: Refusal, language: Language) -> str:
    """Why, and what can be done."""
    _ = translator(language)
    match refusal:
        case NotAPackage(problems):
            said = _("This is no package, or not a sound one: {problems}")
            return said.format(problems="; ".join(_problem(problem, language) for problem in problems))
        case UnknownFormat(format):
            return _("This installation does not know the format {format}; a newer version may.").format(format=format)
        case Altered():
            return _(
                "The file was changed after it had been signed, perhaps on its way. Please ask for it again and pass it "
                "on unchanged, for example in a ZIP."
            )
        case Expired(last_day):
            return _("The package has expired: it was usable until {day}.").format(day=written_day(last_day, language))
        case SignedInTheFuture(issued):
            said = _("The package was signed on {day}, which is still to come. Please check the clocks.")
            return said.format(day=written_day(issued, language))
        case Revoked():
            return _("The municipality has revoked the package.")
        case UnknownSigner(fingerprint):
            said = _("Nobody here has confirmed the key with the fingerprint {fingerprint} yet.")
            return said.format(fingerprint=fingerprint)
        case OtherUse(use):
            return _("The package is for another use ({use}), not for a comparative workshop.").format(use=use)
        case OtherAddressee(agency):
            return _("The package is addressed to “{agency}”, not to this installation.").format(agency=agency)
        case UnknownQuestionnaire() | Reworded() | DoesNotFit():
            return _about_numbers(refusal, _)
        case _:
            assert_never(refusal)


def _about_numbers(refusal: UnknownQuestionnaire | Reworded | DoesNotFit, _: Translate) -> str:
    match refusal:
        case UnknownQuestionnaire(questionnaire, version):
            said = _("This installation does not have the questionnaire {questionnaire} {version}.")
            return said.format(questionnaire=questionnaire, version=version)
        case Reworded(questionnaire, version):
            said = _(
                "The questionnaire {questionnaire} {version} is worded differently here; values could not be compared."
            )
            return said.format(questionnaire=questionnaire, version=version)
        case DoesNotFit(perspectives):
            said = _("The numbers of {perspectives} do not fit each other or the stages in the package.")
            return said.format(perspectives=", ".join(perspectives))
        case _:
            assert_never(refusal)


def _problem(problem: FileProblem, language: Language) -> str:
    place = f"{problem.path}: " if problem.path else ""
    return f"{place}{problem.message.text(language)}"
