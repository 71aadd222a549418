"""What several tests need: an application on a real database in a folder of its own."""

from pathlib import Path
from shutil import copyfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import make_url

from selfcheck.app import create_app
from selfcheck.ground.config import Settings, from_environment
from selfcheck.ground.database import Database


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


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates are compiled once for all tests, not once for each application."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(settings: Settings, compiled: FileSystemBytecodeCache) -> Flask:
    app = create_app(settings)
    app.jinja_env.bytecode_cache = compiled
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
