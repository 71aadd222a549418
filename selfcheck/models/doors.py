"""Doors: what a device may open; and, apart from it, what lets one person back into a rating or a seat."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selfcheck.models.base import Base

if TYPE_CHECKING:
    from selfcheck.models.agency import Agency
    from selfcheck.models.assessment import Link
    from selfcheck.models.workshop import Participation, Workshop


class Device(Base):
    """A browser that came in by a private link; of it nothing is known but the hash of its token.

    `until` is the ISO day after which it is forgotten; every link that is opened moves it on.
    """

    __tablename__ = "device"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    until: Mapped[str] = mapped_column(String(10), index=True)
    opens: Mapped[list["Access"]] = relationship(cascade="all, delete-orphan", order_by="Access.id")


class Access(Base):
    """One thing that a device may open: exactly one of the four is set. It goes with what it opens.

    A self-check is opened by one of its links, so that revoking the link closes it everywhere.
    """

    __tablename__ = "access"

    id: Mapped[int] = mapped_column(primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id", ondelete="CASCADE"), index=True)
    link_id: Mapped[str | None] = mapped_column(ForeignKey("link.id", ondelete="CASCADE"), index=True)
    agency_id: Mapped[str | None] = mapped_column(ForeignKey("agency.id", ondelete="CASCADE"), index=True)
    workshop_id: Mapped[str | None] = mapped_column(ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    participation_id: Mapped[str | None] = mapped_column(ForeignKey("participation.id", ondelete="CASCADE"), index=True)
    link: Mapped["Link | None"] = relationship()
    agency: Mapped["Agency | None"] = relationship()
    workshop: Mapped["Workshop | None"] = relationship()
    participation: Mapped["Participation | None"] = relationship()


class RatingKey(Base):
    """What one browser keeps to get back into one covert rating: no time, no order, nothing that ties it to a device."""

    __tablename__ = "rating_key"
    __table_args__ = {"sqlite_with_rowid": False}

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    respondent_id: Mapped[str] = mapped_column(ForeignKey("respondent.id", ondelete="CASCADE"), index=True)


class SeatKey(Base):
    """What one phone keeps to get back to its seat in a workshop."""

    __tablename__ = "seat_key"
    __table_args__ = {"sqlite_with_rowid": False}

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    seat_id: Mapped[str] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), index=True)
