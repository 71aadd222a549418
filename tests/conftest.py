"""What several tests need: an application on a real database in a folder of its own."""

from pathlib import Path
from shutil import copyfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import make_url

from selfcheck.app import create_app
from selfcheck.config import Settings, from_environment
from selfcheck.database import Database


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all its tables and nothing in them: the migrations run once for all tests."""
    file = tmp_path_factory.mktemp("database") / "empty.sqlite3"
    database = Database(f"sqlite:///{file}")
    database.upgrade()
    database.empty_log()
    database.engine.dispose()
    return file


@pytest.fixture
def settings(tmp_path: Path, empty_database: Path) -> Settings:
    settings = from_environment({"SELFCHECK_HOME": str(tmp_path / "instance")})
    copyfile(empty_database, str(make_url(settings.database_url).database))
    return settings


@pytest.fixture
def app(settings: Settings) -> Flask:
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
