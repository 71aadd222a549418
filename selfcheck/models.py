"""The tables. Only what people entered is stored; results are computed whenever they are wanted."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, ForeignKey, LargeBinary, MetaData, String, Text
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
    """

    __tablename__ = "assessment"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    questionnaire: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(32))
    municipality: Mapped[str] = mapped_column(String(200), default="")
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
    modules: Mapped[list["StoredModule"]] = relationship(back_populates="assessment", cascade="all, delete-orphan")
    house_template: Mapped["HouseTemplate | None"] = relationship(
        back_populates="assessment", cascade="all, delete-orphan"
    )
    invitations: Mapped[list["Invitation"]] = relationship(back_populates="assessment", cascade="all, delete-orphan")
    respondents: Mapped[list["Respondent"]] = relationship(back_populates="assessment", cascade="all, delete-orphan")


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
