"""The database: how connections are opened, and one session a request.

SQLite is set up so that nothing that was acknowledged gets lost: write-ahead log, full sync, foreign keys, and write
transactions that take the write lock at once (a read that turns into a write later would lose updates or fail).
"""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "trusted_schema=OFF",
    "secure_delete=ON",
)
MIGRATIONS = Path(__file__).parents[1] / "migrations"


class Database:
    """Engines for reading and for writing over one pool of connections."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url)
        if make_url(url).get_backend_name() == "sqlite":
            _keep_promises(self.engine)
        self._writer = self.engine.execution_options(writes=True)

    def reader(self) -> Session:
        """A session that only reads."""
        return Session(self.engine)

    def writer(self) -> Session:
        """A session whose transaction may write; on SQLite it holds the write lock from its first statement."""
        return Session(self._writer)

    def empty_log(self) -> None:
        """Move everything into the database file and empty SQLite's log, in which deleted rows would live on.

        While somebody else is reading, the log stays and is emptied at the next occasion.
        """
        if self.engine.dialect.name == "sqlite":
            connection = self.engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    def upgrade(self, version: str = "head") -> None:
        """Bring the tables to a version, the newest if none is named; changes nothing when they are."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self._writer.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, version)


def _keep_promises(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
