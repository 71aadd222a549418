"""Covert ratings: invitations, and what came in of whom nobody knows."""

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selfcheck.models.base import Base

if TYPE_CHECKING:
    from selfcheck.models.assessment import Assessment


class Invitation(Base):
    """One invitation to rate individually; used once. Nothing ties it to the respondent who used it.

    No moments are stored, and rows keep no order of entry, so that nobody can be recognised by when they came.
    """

    __tablename__ = "invitation"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(64), default="")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    used: Mapped[bool] = mapped_column(default=False)
    assessment: Mapped["Assessment"] = relationship(back_populates="invitations")


class Respondent(Base):
    """One person rating individually, known by role group alone; deleted with all ratings at the evaluation."""

    __tablename__ = "respondent"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=lambda: uuid4().hex)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(64), default="")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    finished: Mapped[bool] = mapped_column(default=False)
    assessment: Mapped["Assessment"] = relationship(back_populates="respondents")
    ratings: Mapped[list["StoredRating"]] = relationship(cascade="all, delete-orphan", order_by="StoredRating.item")


class StoredRating(Base):
    """What one respondent says of one item; `half_steps` is twice the stage, so that 3 is between 1 and 2."""

    __tablename__ = "rating"
    __table_args__ = {"sqlite_with_rowid": False}

    respondent_id: Mapped[str] = mapped_column(ForeignKey("respondent.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(String(64), primary_key=True)
    half_steps: Mapped[int | None] = mapped_column(nullable=True)
    cannot_judge: Mapped[bool] = mapped_column(default=False)
    remark: Mapped[str] = mapped_column(Text, default="")
    unclear: Mapped[bool] = mapped_column(default=False)
