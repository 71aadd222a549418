"""An agency's area: its own examples, and proposals of municipalities."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selfcheck.models.base import Base, Moment, now

if TYPE_CHECKING:
    from selfcheck.models.assessment import Assessment
    from selfcheck.models.workshop import Workshop


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
    assessment: Mapped["Assessment"] = relationship(back_populates="proposals")

    __mapper_args__ = {"version_id_col": revision}
