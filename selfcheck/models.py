"""The tables. Only what people entered is stored; results are computed whenever they are wanted."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, ForeignKey, LargeBinary, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; stored as ISO text so that every database gives the same back."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        """To the database."""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        """From the database."""
        return None if value is None else datetime.fromisoformat(value)


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=NAMING)


class Assessment(Base):
    """One municipality's work on one questionnaire version.

    `mode` is "open" (only what was agreed is stored) or "covert" (individual ratings until they are evaluated);
    `spreads` holds what the evaluation of the ratings released, by item; `again` the items a repetition asks anew.
    `ars` is the key of the municipality in the official register, if it has linked itself.
    """

    __tablename__ = "assessment"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    questionnaire: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(32))
    municipality: Mapped[str] = mapped_column(String(200), default="")
    ars: Mapped[str | None] = mapped_column(String(12), nullable=True)
    scope: Mapped[Any] = mapped_column(JSON, default="full")
    context: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    target: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    again: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    mode: Mapped[str] = mapped_column(String(16), default="open")
    purpose: Mapped[str] = mapped_column(Text, default="")
    round_begun: Mapped[datetime | None] = mapped_column(Moment, nullable=True)
    spreads: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created: Mapped[datetime] = mapped_column(Moment, default=now)
    changed: Mapped[datetime] = mapped_column(Moment, default=now)
    answers: Mapped[list["StoredAnswer"]] = relationship(
        back_populates="assessment", cascade="all, delete-orphan", order_by="StoredAnswer.item"
    )
    links: Mapped[list["Link"]] = relationship(
        back_populates="assessment", cascade="all, delete-orphan", order_by="Link.created"
    )
    snapshots: Mapped[list["Snapshot"]] = relationship(
        back_populates="assessment", cascade="all, delete-orphan", order_by="Snapshot.taken"
    )
    packages: Mapped[list["IssuedPackage"]] = relationship(
        back_populates="assessment", cascade="all, delete-orphan", order_by="IssuedPackage.issued"
    )
    modules: Mapped[list["StoredModule"]] = relationship(back_populates="assessment", cascade="all, delete-orphan")
    roadmap: Mapped["StoredRoadmap | None"] = relationship(back_populates="assessment", cascade="all, delete-orphan")
    measures: Mapped[list["StoredMeasure"]] = relationship(
        back_populates="assessment", cascade="all, delete-orphan", order_by="StoredMeasure.made"
    )
    house_template: Mapped["HouseTemplate | None"] = relationship(
        back_populates="assessment", cascade="all, delete-orphan"
    )
    invitations: Mapped[list["Invitation"]] = relationship(back_populates="assessment", cascade="all, delete-orphan")
    respondents: Mapped[list["Respondent"]] = relationship(back_populates="assessment", cascade="all, delete-orphan")
    proposals: Mapped[list["Proposal"]] = relationship(
        back_populates="assessment", cascade="all, delete-orphan", order_by="Proposal.sent"
    )


class RegisterEdition(Base):
    """One file of the official register that was taken in; `as_of` is the ISO day for which it holds."""

    __tablename__ = "register_edition"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    as_of: Mapped[str] = mapped_column(String(10))
    digest: Mapped[str] = mapped_column(String(64))
    imported: Mapped[datetime] = mapped_column(Moment, default=now)


class RegisterEntry(Base):
    """A territory of the official register, while it exists and afterwards.

    `valid_from` is the ISO day of the first file that holds it, `valid_to` that of the first one that does not any more;
    the true days lie between two files. `population` counts people, `area` is in hectares, both as in the last file that
    holds the entry. `spelled` and `plain` are the name as it is searched, umlauts as two letters and without dots.
    """

    __tablename__ = "register_entry"

    ars: Mapped[str] = mapped_column(String(12), primary_key=True)
    level: Mapped[str] = mapped_column(String(16), primary_key=True)
    valid_from: Mapped[str] = mapped_column(String(10), primary_key=True)
    valid_to: Mapped[str | None] = mapped_column(String(10), nullable=True)
    ags: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(2))
    county: Mapped[str] = mapped_column(String(5))
    population: Mapped[int]
    area: Mapped[int]
    spelled: Mapped[str] = mapped_column(String(200))
    plain: Mapped[str] = mapped_column(String(200))


class IssuedPackage(Base):
    """A package that a municipality has signed for an agency elsewhere. What is in it is not kept."""

    __tablename__ = "issued_package"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    issued: Mapped[datetime] = mapped_column(Moment, default=now)
    expires: Mapped[str] = mapped_column(String(10))
    purpose: Mapped[str] = mapped_column(Text)
    addressed_to: Mapped[str] = mapped_column(String(200))
    revoked: Mapped[datetime | None] = mapped_column(Moment, nullable=True)
    assessment: Mapped[Assessment] = relationship(back_populates="packages")


class TrustedKey(Base):
    """The public key of another installation (hex) whose packages are taken in; somebody has compared its fingerprint."""

    __tablename__ = "trusted_key"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    label: Mapped[str] = mapped_column(String(200))
    trusted: Mapped[datetime] = mapped_column(Moment, default=now)


class ReceivedPackage(Base):
    """A package from another installation. `state` is "usable", or "revoked": then nothing but its id is kept.

    `agency_id` is the agency in whose area it was handed in; none when it came in by a command.
    """

    __tablename__ = "received_package"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(ForeignKey("trusted_key.key", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    expires: Mapped[str] = mapped_column(String(10))
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), nullable=True)
    received: Mapped[datetime] = mapped_column(Moment, default=now)
    agency_id: Mapped[str | None] = mapped_column(String(32), nullable=True)
    signer: Mapped[TrustedKey] = relationship()


class StoredAnswer(Base):
    """The answer to one item. `choice` holds the key of an option; `revision` counts the changes."""

    __tablename__ = "answer"

    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(String(64), primary_key=True)
    choice: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    cannot_judge: Mapped[bool] = mapped_column(default=False)
    remark: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    dissent: Mapped[str] = mapped_column(Text, default="")
    unclear: Mapped[bool] = mapped_column(default=False)
    changed: Mapped[datetime] = mapped_column(Moment, default=now, onupdate=now)
    revision: Mapped[int] = mapped_column(default=0)
    assessment: Mapped[Assessment] = relationship(back_populates="answers")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  (SQLAlchemy's own form)


class Link(Base):
    """A private way into an assessment. Only the hash of its token is stored; a revoked link opens nothing.

    A "coordinator" may do everything; a "reader" sees result and report until the link expires. `label` says for
    whom the link was made, so that it can be revoked.
    """

    __tablename__ = "link"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(16), default="coordinator")
    label: Mapped[str] = mapped_column(String(200), default="")
    created: Mapped[datetime] = mapped_column(Moment, default=now)
    expires: Mapped[datetime | None] = mapped_column(Moment, nullable=True)
    revoked: Mapped[datetime | None] = mapped_column(Moment, nullable=True)
    assessment: Mapped[Assessment] = relationship(back_populates="links")


class HouseTemplate(Base):
    """The Word file whose styles and paper the papers of one assessment take over."""

    __tablename__ = "house_template"

    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    assessment: Mapped[Assessment] = relationship(back_populates="house_template")


class StoredModule(Base):
    """What an assessment has entered in one in-depth module; `revision` counts the changes."""

    __tablename__ = "module_sheet"

    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True)
    module: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed: Mapped[datetime] = mapped_column(Moment, default=now, onupdate=now)
    revision: Mapped[int] = mapped_column(default=0)
    assessment: Mapped[Assessment] = relationship(back_populates="modules")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  (SQLAlchemy's own form)


class StoredRoadmap(Base):
    """The roadmap that was kept: what was `asked` as people wrote it, and the half-year in which each step `begins`.

    None stands for a step that found no place in the plan. All else is computed again whenever it is shown.
    """

    __tablename__ = "kept_roadmap"

    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True)
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    begins: Mapped[dict[str, str | None]] = mapped_column(JSON)
    kept: Mapped[datetime] = mapped_column(Moment, default=now)
    assessment: Mapped[Assessment] = relationship(back_populates="roadmap")


class StoredMeasure(Base):
    """Something a municipality sets out to do; `revision` counts the changes, `due` is an ISO day.

    `recommendation` is empty for a measure of its own. `expected` is what the step would have changed on the day it was
    taken over (`made`), with exact numbers as text.
    """

    __tablename__ = "measure"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    recommendation: Mapped[str] = mapped_column(String(64), default="")
    title: Mapped[str] = mapped_column(String(200))
    perspective: Mapped[str] = mapped_column(String(64))
    owner: Mapped[str] = mapped_column(String(200), default="")
    due: Mapped[str | None] = mapped_column(String(10), nullable=True)
    status: Mapped[str] = mapped_column(String(16), default="planned")
    evidence: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    expected: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), nullable=True)
    made: Mapped[datetime] = mapped_column(Moment, default=now)
    changed: Mapped[datetime] = mapped_column(Moment, default=now, onupdate=now)
    revision: Mapped[int] = mapped_column(default=0)
    assessment: Mapped[Assessment] = relationship(back_populates="measures")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  (SQLAlchemy's own form)


class Snapshot(Base):
    """The assessment as it stood at one moment: its answer file and its result, sealed with a hash."""

    __tablename__ = "snapshot"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    taken: Mapped[datetime] = mapped_column(Moment, default=now)
    label: Mapped[str] = mapped_column(String(200), default="")
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    assessment: Mapped[Assessment] = relationship(back_populates="snapshots")


class Invitation(Base):
    """One invitation to rate individually; used once. Nothing ties it to the respondent who used it.

    No moments are stored, and rows keep no order of entry, so that nobody can be recognised by when they came.
    """

    __tablename__ = "invitation"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  (SQLAlchemy's own form)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(64), default="")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    used: Mapped[bool] = mapped_column(default=False)
    assessment: Mapped[Assessment] = relationship(back_populates="invitations")


class Respondent(Base):
    """One person rating individually, known by role group alone; deleted with all ratings at the evaluation."""

    __tablename__ = "respondent"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(64), default="")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    finished: Mapped[bool] = mapped_column(default=False)
    assessment: Mapped[Assessment] = relationship(back_populates="respondents")
    ratings: Mapped[list["StoredRating"]] = relationship(cascade="all, delete-orphan", order_by="StoredRating.item")


class StoredRating(Base):
    """What one respondent says of one item; `half_steps` is twice the stage, so that 3 is between 1 and 2."""

    __tablename__ = "rating"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    respondent_id: Mapped[str] = mapped_column(ForeignKey("respondent.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(String(64), primary_key=True)
    half_steps: Mapped[int | None] = mapped_column(nullable=True)
    cannot_judge: Mapped[bool] = mapped_column(default=False)
    remark: Mapped[str] = mapped_column(Text, default="")
    unclear: Mapped[bool] = mapped_column(default=False)


class Agency(Base):
    """A transfer agency on this installation. Only the hash of its private link's token is stored.

    `ledger` holds what its workshops and its cockpit have shown of municipalities together, without a value.
    """

    __tablename__ = "agency"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    name: Mapped[str] = mapped_column(String(200))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created: Mapped[datetime] = mapped_column(Moment, default=now)
    ledger: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    workshops: Mapped[list["Workshop"]] = relationship(back_populates="agency", order_by="Workshop.day, Workshop.id")


class OwnPractices(Base):
    """An agency's own examples for one questionnaire version: the YAML file as it was handed in."""

    __tablename__ = "own_practices"

    agency_id: Mapped[str] = mapped_column(ForeignKey("agency.id", ondelete="CASCADE"), primary_key=True)
    questionnaire: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[str] = mapped_column(String(32), primary_key=True)
    content: Mapped[str] = mapped_column(Text)
    changed: Mapped[datetime] = mapped_column(Moment, default=now)
    agency: Mapped[Agency] = relationship()


class Proposal(Base):
    """A municipality proposing itself to an agency as a good example, in its own words and without any stage.

    `state` is "proposed", "accepted", "declined" or "withdrawn" (then `content` is empty). `reason` is what the agency
    asks back or why it declined; `revision` counts the changes, so that an agency decides on what it has read.
    """

    __tablename__ = "proposal"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agency.id", ondelete="CASCADE"), index=True)
    questionnaire: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16), default="proposed")
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text, default="")
    sent: Mapped[datetime] = mapped_column(Moment, default=now)
    decided: Mapped[datetime | None] = mapped_column(Moment, nullable=True)
    revision: Mapped[int] = mapped_column(default=0)
    agency: Mapped[Agency] = relationship()
    assessment: Mapped[Assessment] = relationship(back_populates="proposals")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  (SQLAlchemy's own form)


class Workshop(Base):
    """A comparative workshop: several municipalities look at their self-checks together.

    `day` and `keep_until` are ISO days; `threshold` is the fewest municipalities shown together; `agenda` holds its
    parts with minutes; `pins` which municipalities must or must not work in tandem; `ledger` what has been shown of
    covered municipalities, without a value; `screen` what the projector shows; `revision` counts what others have to see.
    """

    __tablename__ = "workshop"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    agency_id: Mapped[str | None] = mapped_column(ForeignKey("agency.id", ondelete="SET NULL"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(Text)
    day: Mapped[str] = mapped_column(String(10))
    keep_until: Mapped[str] = mapped_column(String(10))
    questionnaire: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(32))
    threshold: Mapped[int]
    agenda: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    pins: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    ledger: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    screen: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    notes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    revision: Mapped[int] = mapped_column(default=0)
    agency: Mapped[Agency | None] = relationship(back_populates="workshops")
    created: Mapped[datetime] = mapped_column(Moment, default=now)
    closed: Mapped[datetime | None] = mapped_column(Moment, nullable=True)
    members: Mapped[list["Participation"]] = relationship(
        back_populates="workshop", cascade="all, delete-orphan", order_by="Participation.alias"
    )
    rounds: Mapped[list["LiveRound"]] = relationship(
        back_populates="workshop", cascade="all, delete-orphan", order_by="LiveRound.number"
    )


class Participation(Base):
    """One municipality in a workshop, with what it has agreed to and a copy of what it shares.

    `shown` is "named", "alias" or "aggregate". `content` is an answer file without remarks, evidence and dissent, as it
    stood when the municipality joined or renewed it. `team_code` lets the phones of its people in. Whoever came in by a
    package is out as soon as the package is revoked or expired (`selfcheck.services.packages`).
    """

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("workshop_id", "assessment_id", name="uq_participation_workshop_id_assessment_id"),
        UniqueConstraint("workshop_id", "alias", name="uq_participation_workshop_id_alias"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    assessment_id: Mapped[str | None] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    team_code: Mapped[str] = mapped_column(String(16), unique=True)
    way: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(200))
    alias: Mapped[str] = mapped_column(String(64))
    shown: Mapped[str] = mapped_column(String(16))
    tandems: Mapped[bool] = mapped_column(default=False)
    capacity: Mapped[int] = mapped_column(default=1)
    protocol: Mapped[bool] = mapped_column(default=False)
    later: Mapped[bool] = mapped_column(default=False)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    shared: Mapped[datetime] = mapped_column(Moment, default=now)
    package_id: Mapped[str | None] = mapped_column(String(32), nullable=True)
    package_key: Mapped[str | None] = mapped_column(String(64), nullable=True)
    revision: Mapped[int] = mapped_column(default=0)
    workshop: Mapped[Workshop] = relationship(back_populates="members")
    assessment: Mapped[Assessment | None] = relationship()
    seats: Mapped[list["Seat"]] = relationship(back_populates="member", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  (SQLAlchemy's own form)


class Seat(Base):
    """One device of somebody in a workshop; nothing is known of the person but the municipality."""

    __tablename__ = "seat"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    member_id: Mapped[str] = mapped_column(ForeignKey("participation.id", ondelete="CASCADE"), index=True)
    member: Mapped[Participation] = relationship(back_populates="seats")
    votes: Mapped[list["Vote"]] = relationship(cascade="all, delete-orphan")


class LiveRound(Base):
    """One question that the moderation puts to the phones: an item, or a vignette about one.

    `state` is "first", "first-shown", "second", "second-shown" or "done". `agreed` is twice the stage that was agreed.
    `shown` holds, by turn, how many votes were revealed at each half step (null: *cannot judge*): it stays as it was shown
    when somebody leaves afterwards, so that no difference tells their votes. Where it may not be told which stages were
    chosen, all votes of the turn are counted under null.
    """

    __tablename__ = "live_round"
    __table_args__ = (UniqueConstraint("workshop_id", "number", name="uq_live_round_workshop_id_number"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    item: Mapped[str] = mapped_column(String(64))
    vignette: Mapped[str] = mapped_column(String(64), default="")
    state: Mapped[str] = mapped_column(String(16), default="first")
    agreed: Mapped[int | None] = mapped_column(nullable=True)
    dissent: Mapped[str] = mapped_column(Text, default="")
    shown: Mapped[dict[str, list[list[int | None]]]] = mapped_column(JSON, default=dict)
    workshop: Mapped[Workshop] = relationship(back_populates="rounds")
    votes: Mapped[list["Vote"]] = relationship(cascade="all, delete-orphan")


class Vote(Base):
    """What one device says in one turn (1 or 2) of a round; `half_steps` is twice the stage, none is *cannot judge*."""

    __tablename__ = "vote"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    round_id: Mapped[str] = mapped_column(ForeignKey("live_round.id", ondelete="CASCADE"), primary_key=True)
    seat_id: Mapped[str] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True, index=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    half_steps: Mapped[int | None] = mapped_column(nullable=True)
