"""What several tests need: an application on a real database in a folder of its own."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from selfcheck.app import create_app
from selfcheck.config import Settings, from_environment


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return from_environment({"SELFCHECK_HOME": str(tmp_path / "instance")})


@pytest.fixture
def app(settings: Settings) -> Flask:
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
