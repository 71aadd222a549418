"""Signed packages: issued here, received here, and the keys that are trusted."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selfcheck.models.base import Base, Moment, now

if TYPE_CHECKING:
    from selfcheck.models.assessment import Assessment


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
    assessment: Mapped["Assessment"] = relationship(back_populates="packages")


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
