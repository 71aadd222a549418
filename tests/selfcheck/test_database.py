"""Migrations, and writes that meet each other or a sudden end."""

import threading
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.orm import Session

from scoring.model.answers import Answer
from selfcheck.ground.database import Database
from selfcheck.models import Assessment, Base, StoredAnswer
from selfcheck.reading import catalogue
from selfcheck.services import assessments


def database(folder: Path) -> Database:
    made = Database(f"sqlite:///{folder / 'test.sqlite3'}")
    made.upgrade()
    return made


def begun(session: Session) -> Assessment:
    return assessments.start(session, catalogue.load(catalogue.DEFAULT, catalogue.newest()))


def test_the_migrations_make_exactly_the_tables_of_the_models(tmp_path: Path) -> None:
    with database(tmp_path).engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_an_upgrade_keeps_the_answers_of_an_older_version(tmp_path: Path) -> None:
    older = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    older.upgrade("0001")
    at = "2026-01-01T00:00:00.000000+00:00"
    with older.writer() as session:
        session.execute(
            text("INSERT INTO assessment VALUES ('a', :id, '2026-1', 'Musterkreis', '\"full\"', '{}', :at, :at)"),
            {"at": at, "id": catalogue.DEFAULT},
        )
        session.execute(text("INSERT INTO answer VALUES ('a', 'P1.1', '3', 0, 'bleibt', '', :at, 1)"), {"at": at})
        session.execute(text("INSERT INTO link VALUES ('l', 'a', 'hash', :at, NULL)"), {"at": at})
        session.commit()
    with database(tmp_path).reader() as session:
        found = session.get_one(Assessment, "a")
        assert (found.mode, found.spreads, found.target) == ("open", {}, None)
        assert [(answer.choice, answer.remark, answer.dissent) for answer in found.answers] == [(3, "bleibt", "")]
        assert [link.kind for link in found.links] == ["coordinator"]


def test_upgrading_twice_changes_nothing_and_keeps_the_answers(tmp_path: Path) -> None:
    first = database(tmp_path)
    with first.writer() as session:
        assessment = begun(session)
        id = assessment.id
        assessments.record(session, assessment, "P1.1", Answer(2, remark="bleibt"))
        session.commit()
    with database(tmp_path).reader() as session:
        stored = session.get(StoredAnswer, (id, "P1.1"))
        assert stored is not None
        assert (stored.choice, stored.remark, stored.revision) == (2, "bleibt", 1)


def test_threads_that_read_and_then_write_lose_no_update(tmp_path: Path) -> None:
    """Eight writers, each adding its mark to the same remark twenty-five times."""
    shared = database(tmp_path)
    with shared.writer() as session:
        assessment = begun(session)
        assessments.record(session, assessment, "P1.1", Answer(0))
        session.commit()
        id = assessment.id

    def write(mark: str) -> None:
        for _ in range(25):
            with shared.writer() as session:
                stored = session.get_one(StoredAnswer, (id, "P1.1"))
                stored.remark += mark
                session.commit()

    writers = [threading.Thread(target=write, args=(mark,)) for mark in "abcdefgh"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with shared.reader() as session:
        remark = session.get_one(StoredAnswer, (id, "P1.1")).remark
    assert {mark: remark.count(mark) for mark in "abcdefgh"} == dict.fromkeys("abcdefgh", 25)


def test_deleting_an_assessment_leaves_nothing_of_it(tmp_path: Path) -> None:
    shared = database(tmp_path)
    with shared.writer() as session:
        assessment = begun(session)
        assessments.record(session, assessment, "P1.1", Answer(2))
        session.commit()
        session.delete(assessment)
        session.commit()
    with shared.reader() as session:
        assert session.query(StoredAnswer).count() == 0
