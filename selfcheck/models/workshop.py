"""Workshops: members, phones, live rounds and votes."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selfcheck.models.base import Base, Moment, now

if TYPE_CHECKING:
    from selfcheck.models.agency import Agency
    from selfcheck.models.assessment import Assessment


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
    agency: Mapped["Agency | None"] = relationship(back_populates="workshops")
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
    assessment: Mapped["Assessment | None"] = relationship()
    seats: Mapped[list["Seat"]] = relationship(back_populates="member", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": revision}


class Seat(Base):
    """One device of somebody in a workshop; nothing is known of the person but the municipality."""

    __tablename__ = "seat"
    __table_args__ = {"sqlite_with_rowid": False}

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
    __table_args__ = {"sqlite_with_rowid": False}

    round_id: Mapped[str] = mapped_column(ForeignKey("live_round.id", ondelete="CASCADE"), primary_key=True)
    seat_id: Mapped[str] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True, index=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    half_steps: Mapped[int | None] = mapped_column(nullable=True)
