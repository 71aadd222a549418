"""Forms that were sent: what a second sending of the same form is known by."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.models.base import Base


class Sent(Base):
    """A form that has done what it asked for, and the `place` it led to.

    `id` is a hash of what was sent, of which nothing can be read; `day` an ISO day, without a time; rows keep no order of
    entry. A private link that was handed over is not kept: its token is made again from what is sent and `salt`, and
    stands in `place` as a mark. `handed` says to what of the browser the token belongs.
    """

    __tablename__ = "sent"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), index=True)
    salt: Mapped[str] = mapped_column(String(32))
    place: Mapped[str] = mapped_column(String(500))
    handed: Mapped[str] = mapped_column(String(64), default="")
