"""The tables. Only what people entered is stored; results are computed whenever they are wanted."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, ForeignKey, MetaData, String, Text
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
    """One municipality's work on one questionnaire version."""

    __tablename__ = "assessment"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    questionnaire: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(32))
    municipality: Mapped[str] = mapped_column(String(200), default="")
    scope: Mapped[Any] = mapped_column(JSON, default="full")
    context: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created: Mapped[datetime] = mapped_column(Moment, default=now)
    changed: Mapped[datetime] = mapped_column(Moment, default=now)
    answers: Mapped[list["StoredAnswer"]] = relationship(
        back_populates="assessment", cascade="all, delete-orphan", order_by="StoredAnswer.item"
    )
    links: Mapped[list["Link"]] = relationship(back_populates="assessment", cascade="all, delete-orphan")


class StoredAnswer(Base):
    """The answer to one item. `choice` holds the key of an option; `revision` counts the changes."""

    __tablename__ = "answer"

    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(String(64), primary_key=True)
    choice: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    cannot_judge: Mapped[bool] = mapped_column(default=False)
    remark: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    changed: Mapped[datetime] = mapped_column(Moment, default=now, onupdate=now)
    revision: Mapped[int] = mapped_column(default=0)
    assessment: Mapped[Assessment] = relationship(back_populates="answers")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  (SQLAlchemy's own form)


class Link(Base):
    """A private way into an assessment. Only the hash of its token is stored; a revoked link opens nothing."""

    __tablename__ = "link"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created: Mapped[datetime] = mapped_column(Moment, default=now)
    revoked: Mapped[datetime | None] = mapped_column(Moment, nullable=True)
    assessment: Mapped[Assessment] = relationship(back_populates="links")
