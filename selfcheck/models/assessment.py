"""A self-check and what belongs to it: answers, links, modules, roadmap, measures, snapshots, house template."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selfcheck.models.base import Base, Moment, now

if TYPE_CHECKING:
    from selfcheck.models.agency import Proposal
    from selfcheck.models.packages import IssuedPackage
    from selfcheck.models.ratings import Invitation, Respondent


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

    __mapper_args__ = {"version_id_col": revision}


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


class StoredModule(Base):
    """What an assessment has entered in one in-depth module; `revision` counts the changes."""

    __tablename__ = "module_sheet"

    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True)
    module: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed: Mapped[datetime] = mapped_column(Moment, default=now, onupdate=now)
    revision: Mapped[int] = mapped_column(default=0)
    assessment: Mapped[Assessment] = relationship(back_populates="modules")

    __mapper_args__ = {"version_id_col": revision}


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

    __mapper_args__ = {"version_id_col": revision}


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


class HouseTemplate(Base):
    """The Word file whose styles and paper the papers of one assessment take over."""

    __tablename__ = "house_template"

    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    assessment: Mapped[Assessment] = relationship(back_populates="house_template")
