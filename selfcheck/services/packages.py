"""Packages that go from a municipality's installation to an agency's: sign and revoke here, take in and forget there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import delete as deletion
from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from scoring.model.names import spelled
from selfcheck.ground.days import day_of
from selfcheck.models import (
    Agency,
    Assessment,
    IssuedPackage,
    Participation,
    ReceivedPackage,
    TrustedKey,
    Workshop,
    now,
)
from selfcheck.packages.contents import (
    parse_package,
    read_package,
    read_revocation,
    written,
    written_revocation,
)
from selfcheck.packages.fitting import Wish, is_whole, package_of, refusal_of, sheet_of
from selfcheck.packages.keys import SigningKey, fingerprint, same_fingerprint
from selfcheck.packages.package import Package, Revocation
from selfcheck.packages.refusals import OtherAddressee, Refused, Revoked, UnknownSigner
from selfcheck.packages.sealed import OpenedFile, canonical, opened, sealed
from selfcheck.services import assessments, copies, membership, workshops

USABLE, REVOKED = "usable", "revoked"
LONGEST_LABEL = 200


# ----------------------------------------------------------------------------------------------- the municipality
def draft(assessment: Assessment, wish: Wish) -> Package:
    """The package as it would be signed now; nothing is recorded."""
    questionnaire, sheet = assessments.questionnaire_of(assessment), assessments.sheet_of(assessment)
    return package_of(questionnaire, sheet, wish, now(), pseudonym(assessment, wish.addressed_to.agency))


def pseudonym(assessment: Assessment, agency: str) -> str:
    """By it one agency knows the packages of one self-check as one municipality's; other agencies get another one."""
    name = " ".join(agency.casefold().split())  # as ever: packages of last year must keep theirs
    return sha256(f"{assessment.id} {name}".encode()).hexdigest()[:32]


def mark(package: Package) -> str:
    """Tells whether two drafts say the same: a hash of everything but id and moment."""
    said = {key: value for key, value in written(package).items() if key not in ("id", "issued")}
    return sha256(canonical(said)).hexdigest()


def issued_again(assessment: Assessment, wish: Wish, issued: IssuedPackage, key: SigningKey) -> bytes:
    """The bytes of the file of a package that was signed a moment ago, for whoever has pressed the button twice."""
    same = replace(draft(assessment, wish), id=issued.id, issued=issued.issued)
    return sealed("package", written(same), key)


def issue(session: Session, assessment: Assessment, wish: Wish, key: SigningKey) -> tuple[IssuedPackage, bytes]:
    """Sign a package; returns what is remembered of it and the bytes of its file, which are kept nowhere."""
    package = draft(assessment, wish)
    issued = IssuedPackage(
        id=package.id,
        assessment_id=assessment.id,
        issued=package.issued,
        expires=package.expires.isoformat(),
        purpose=package.purpose,
        addressed_to=package.addressed_to.agency,
    )
    session.add(issued)
    session.flush()
    return issued, sealed("package", written(package), key)


def revoke(issued: IssuedPackage) -> None:
    """Take a package back; the file that says so elsewhere is made by `revocation`."""
    issued.revoked = issued.revoked or now().replace(microsecond=0)


def revocation(issued: IssuedPackage, key: SigningKey) -> bytes:
    """The bytes of the file by which an agency's installation deletes a package that was taken back."""
    assert issued.revoked is not None
    return signed_revocation(Revocation(issued.id, issued.revoked), key)


def signed_revocation(revocation: Revocation, key: SigningKey) -> bytes:
    """The bytes of a revocation file, also for a package whose self-check is deleted."""
    return sealed("revocation", written_revocation(revocation), key)


def issued_for(assessment: Assessment, today: date) -> Sequence[tuple[IssuedPackage, date, bool]]:
    """Every package of a self-check, the newest first, with its last day and whether it can still be used elsewhere."""
    newest = sorted(assessment.packages, key=lambda one: one.issued, reverse=True)
    last_days = [(one, date.fromisoformat(one.expires)) for one in newest]
    return [(one, last_day, one.revoked is None and last_day >= today) for one, last_day in last_days]


# ------------------------------------------------------------------------------------------------------ the agency
@dataclass(frozen=True, slots=True)
class Here:
    """Who takes packages in: the public key of this installation, and names beside those of its agencies.

    In the area of one `agency` only what is for this agency is taken in. `own_label` says of what is signed here whose key
    it is; without it the own key is compared like any other.
    """

    key: str
    names: frozenset[str] = field(default_factory=frozenset)
    agency: Agency | None = None
    own_label: str = ""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a file: a package was kept, or one was deleted because it is revoked."""

    id: str
    signer: str
    package: Package | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A package that has come and is not taken in yet, and the public key it is signed with.

    `signer` says whose key it is; it is None as long as nobody has compared it.
    """

    package: Package
    key: str
    signer: str | None


def arriving(session: Session, raw: bytes, name: str, today: date, here: Here) -> Arrival | None:
    """What a file would bring; None for a revocation. Raises Refused as `receive` does, but for a key nobody has compared."""
    file = opened(raw, name)
    if file.kind == "revocation":
        return None
    package, _known = _sound(session, file, today, here)
    signer = session.get(TrustedKey, file.key)
    return Arrival(package, file.key, signer.label if signer else _own_label(file.key, here))


def receive(session: Session, raw: bytes, name: str, today: date, here: Here) -> TakenIn:
    """Take in a package or a revocation. Raises Refused; then nothing was stored.

    Whether anybody trusts the key is asked last, so that nobody makes a telephone call for a file that is of no use.
    """
    forget_expired(session, today)
    file = opened(raw, name)
    if file.kind == "revocation":
        return _take_back(session, file, here)
    package, known = _sound(session, file, today, here)
    signer = _trusted(session, file.key, here)
    if known is None:
        session.add(
            ReceivedPackage(
                id=package.id,
                key=file.key,
                state=USABLE,
                expires=package.expires.isoformat(),
                content=written(package),
                received=now(),
                agency_id=here.agency.id if here.agency else None,
            )
        )
        session.flush()
    return TakenIn(package.id, signer.label, package)


def _sound(session: Session, file: OpenedFile, today: date, here: Here) -> tuple[Package, ReceivedPackage | None]:
    """The package in a file, and what is kept of it already. Raises Refused."""
    package = read_package(file)
    if refusal := refusal_of(package, today):
        raise Refused(refusal)
    if not _is_for(session, package, here):
        raise Refused(OtherAddressee(package.addressed_to.agency))
    known = session.get(ReceivedPackage, (package.id, file.key))
    if known and known.state == REVOKED:
        raise Refused(Revoked())
    if known and here.agency and not _belongs(known, package, here.agency):
        raise Refused(OtherAddressee(package.addressed_to.agency))
    return package, known


def _is_for(session: Session, package: Package, here: Here) -> bool:
    """Whether the package is for this installation: by its fingerprint, else by the name of an agency."""
    to, names = package.addressed_to, {spelled(name) for name in session.scalars(select(Agency.name))}
    if here.agency and spelled(to.agency) in names - {spelled(here.agency.name)}:
        return False
    if to.fingerprint:
        return same_fingerprint(to.fingerprint, fingerprint(here.key))
    own = {spelled(here.agency.name)} if here.agency else names | {spelled(name) for name in here.names}
    return spelled(to.agency) in own


def _trusted(session: Session, key: str, here: Here) -> TrustedKey:
    """Whose key it is. The own key is known without a telephone call: nobody else has it."""
    signer = session.get(TrustedKey, key)
    if signer is None and (label := _own_label(key, here)):
        return trust(session, key, label)
    if signer is None:
        raise Refused(UnknownSigner(fingerprint(key)))
    return signer


def _own_label(key: str, here: Here) -> str | None:
    return here.own_label if key == here.key else None


def _take_back(session: Session, file: OpenedFile, here: Here) -> TakenIn:
    """Delete what a revoked package brought and remember its id, also if the package comes only later."""
    read = read_revocation(file)
    signer = _trusted(session, file.key, here)
    known = session.get(ReceivedPackage, (read.id, file.key))
    if known is None:
        known = ReceivedPackage(id=read.id, key=file.key, expires="", received=now())
        session.add(known)
    known.state, known.content = REVOKED, None
    session.flush()
    _unseat(session, [known])
    return TakenIn(read.id, signer.label, None)


def trust(session: Session, key: str, label: str) -> TrustedKey:
    """Take packages signed with this key from now on; somebody has compared its fingerprint and says whose it is."""
    known = session.get(TrustedKey, key)
    if known is None:
        known = TrustedKey(key=key, label=label, trusted=now())
        session.add(known)
        session.flush()
    return known


def usable(session: Session, today: date) -> list[tuple[ReceivedPackage, Package]]:
    """The packages that may be used today, the first received first; expired ones are deleted on sight."""
    forget_expired(session, today)
    rows = session.scalars(
        select(ReceivedPackage)
        .where(ReceivedPackage.state == USABLE)
        .order_by(ReceivedPackage.received, ReceivedPackage.id)
    )
    return [(row, parse_package(_content(row))) for row in rows]


def _content(row: ReceivedPackage) -> Mapping[str, Any]:
    assert row.content is not None
    return row.content


def revoked(session: Session) -> Sequence[ReceivedPackage]:
    """The packages that were taken back; nothing but their ids is known."""
    return session.scalars(
        select(ReceivedPackage).where(ReceivedPackage.state == REVOKED).order_by(ReceivedPackage.received)
    ).all()


def forget_expired(session: Session, today: date) -> None:
    """Delete what may not be used any more."""
    over = (ReceivedPackage.state == USABLE, ReceivedPackage.expires < today.isoformat())
    _unseat(session, session.scalars(select(ReceivedPackage).where(*over)).all())
    session.execute(deletion(ReceivedPackage).where(*over))


def of_agency(session: Session, agency: Agency, today: date) -> list[tuple[ReceivedPackage, Package]]:
    """The packages that an agency may use today, the first received first; nothing is deleted here."""
    rows = session.scalars(
        select(ReceivedPackage)
        .where(ReceivedPackage.state == USABLE, ReceivedPackage.expires >= today.isoformat())
        .order_by(ReceivedPackage.received, ReceivedPackage.id)
    )
    found = [(row, parse_package(_content(row))) for row in rows]
    return [(row, package) for row, package in found if _belongs(row, package, agency)]


def _belongs(row: ReceivedPackage, package: Package, agency: Agency) -> bool:
    """Whether a package is an agency's: handed in in its area, or received by a command and addressed to its name."""
    return row.agency_id == agency.id if row.agency_id else spelled(package.addressed_to.agency) == spelled(agency.name)


def remove(session: Session, row: ReceivedPackage) -> None:
    """Delete a package and what it brought into workshops; it may be handed in again."""
    _unseat(session, [row])
    session.delete(row)
    session.flush()


def _unseat(session: Session, rows: Sequence[ReceivedPackage]) -> None:
    """Take whoever came in by these packages out of every workshop."""
    for row in rows:
        for member in _seats(session, row):
            membership.leave(session, member)


def _seats(session: Session, row: ReceivedPackage) -> Sequence[Participation]:
    came_by = (Participation.package_id == row.id, Participation.package_key == row.key)
    return session.scalars(select(Participation).where(*came_by)).all()


def any_seat_is_over(workshop: Workshop, today: date) -> bool:
    """Whether somebody is in whose package may not be used any more."""
    session = object_session(workshop)
    ids = [one.package_id for one in workshop.members if one.package_id]
    over = select(ReceivedPackage.id).where(ReceivedPackage.id.in_(ids), ReceivedPackage.expires < today.isoformat())
    return bool(ids) and session is not None and session.scalars(over).first() is not None


WhyNot = Literal["no-screen", "no-stages", "other-version", "not-whole", "already", "self-check"]
"""Why a package cannot take part; the last two: the municipality is in by a package, or by its self-check here."""


def against_seat(workshop: Workshop, row: ReceivedPackage, package: Package) -> WhyNot | None:
    """Why a package cannot take part in a workshop; nothing when it can."""
    if not package.consents.screen:
        return "no-screen"
    if (package.questionnaire, package.version) != (workshop.questionnaire, workshop.version):
        return "other-version"
    if package.stages is None:
        return "no-stages"
    if not is_whole(package, workshops.questionnaire_of(workshop)):
        return "not-whole"
    inside = {copies.municipality_of(one) for one in workshop.members}
    if copies.municipality_in(row) in inside:
        return "already"
    here = _signed_for(row)
    same = next((one for one in workshop.members if here and copies.self_check_of(one) == here), None)
    return None if same is None else "self-check" if same.way == "self-check" else "already"


def _signed_for(row: ReceivedPackage) -> str | None:
    """The self-check of this installation that a package was signed for."""
    session = object_session(row)
    return copies.signed_here(session, row.id) if session else None


def take_part(session: Session, workshop: Workshop, row: ReceivedPackage, package: Package) -> None:
    """Bring a package into a workshop with what its municipality agreed to. Raises Closed, Full and StaysCovered."""
    consents = package.consents
    consent = copies.Consent(
        package.shown,
        package.name or label(row),
        consents.tandems,
        consents.capacity,
        consents.protocol,
        consents.later,
    )
    membership.seat_package(session, workshop, sheet_of(package, workshops.questionnaire_of(workshop)), consent, row)


def label(row: ReceivedPackage) -> str:
    """What the moderation calls a municipality whose name is not in its package."""
    return _label(row.id)


def _label(id: str) -> str:
    return f"#{id[:8]}"


def issued_without_name(session: Session, member: Participation) -> date | None:
    """The day on which the package was signed that a municipality came in by, if it is called by its number alone."""
    if member.package_id is None or member.name != _label(member.package_id):
        return None
    row = session.get(ReceivedPackage, (member.package_id, member.package_key))
    return day_of(parse_package(row.content).issued) if row and row.content else None
