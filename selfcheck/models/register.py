"""The official register of municipalities."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.models.base import Base, Moment, now


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
