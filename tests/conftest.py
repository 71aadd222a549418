"""What several tests need: the application on a real database in a folder of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import make_url

from selfcheck.app import create_app
from selfcheck.ground.config import Settings, from_environment
from selfcheck.ground.database import Database
from tests.drawn import DRAWN


def pytest_report_header() -> str:
    return f"examples: {DRAWN}"


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all its tables and nothing in them: the migrations run once for all tests."""
    file = tmp_path_factory.mktemp("database") / "empty.sqlite3"
    database = Database(f"sqlite:///{file}")
    database.upgrade()
    database.empty_log()
    database.engine.dispose()
    return file


def fresh(home: Path, empty_database: Path) -> Settings:
    """Settings of an installation in a folder of its own, with a database that is set up already."""
    settings = from_environment({"SELFCHECK_HOME": str(home)})
    copyfile(empty_database, str(make_url(settings.database_url).database))
    return settings


@pytest.fixture
def settings(tmp_path: Path, empty_database: Path) -> Settings:
    return fresh(tmp_path / "instance", empty_database)


@pytest.fixture(scope="session")
def applications(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Flask]:
    """Two installations: addresses are registered and templates compiled once for all tests, not once for each."""
    folders = tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("elsewhere")
    here, elsewhere = (create_app(from_environment({"SELFCHECK_HOME": str(folder)})) for folder in folders)
    return here, elsewhere


@contextmanager
def installed(application: Flask, settings: Settings) -> Iterator[Flask]:
    """The application with settings, key and database of one test alone."""
    database, before = Database(settings.database_url), dict(application.config)
    application.extensions["selfcheck"] = SimpleNamespace(database=database, settings=settings)
    application.config["SECRET_KEY"] = settings.secret_key
    yield application
    application.config.clear()
    application.config.update(before)
    database.engine.dispose()


@pytest.fixture
def app(applications: tuple[Flask, Flask], settings: Settings) -> Iterator[Flask]:
    with installed(applications[0], settings) as app:
        yield app


@pytest.fixture
def elsewhere(applications: tuple[Flask, Flask], tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """Another installation, which knows nothing."""
    with installed(applications[1], fresh(tmp_path / "elsewhere", empty_database)) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
