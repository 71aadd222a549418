"""Headers, cookies and settings that protect people."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from selfcheck.app import create_app
from selfcheck.ground.config import BadSetting, Settings, from_environment
from tests.web import Person

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", ["/", "/practices", "/method", "/nothing-here", "/static/app.css"])
def test_every_answer_carries_the_protecting_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_pages_are_never_kept_and_assets_are(client: FlaskClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "no-store"
    with client.get("/static/app.css") as answer:
        assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(client: FlaskClient) -> None:
    person = Person(client)
    person.start()
    cookie = client.get(person.link).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_behind_https_the_cookie_is_bound_to_it(tmp_path: Path) -> None:
    settings = from_environment({"SELFCHECK_HOME": str(tmp_path), "SELFCHECK_SECURE_COOKIES": "1"})
    app: Flask = create_app(settings)
    cookie = app.test_client().get("/", base_url="https://localhost").headers["Set-Cookie"]
    assert cookie.startswith("__Host-selfcheck-")
    assert "Secure" in cookie


def test_no_page_asks_a_third_party(client: FlaskClient) -> None:
    person = Person(client)
    place = person.start()
    for path in ("/", "/practices", "/method", place, f"{place}context", f"{place}P1", f"{place}result"):
        page = person.get(path).text.replace("http://localhost/l/", "").replace("http://www.w3.org/", "")
        assert 'src="http' not in page
        assert 'href="http' not in page
        assert "url(http" not in page


def test_the_secret_key_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    first, second = (from_environment({"SELFCHECK_HOME": str(tmp_path)}) for _ in range(2))
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) == 64
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="SELFCHECK_SECURE_COOKIES"):
        from_environment({"SELFCHECK_HOME": str(tmp_path), "SELFCHECK_SECURE_COOKIES": "vielleicht"})


def test_the_database_keeps_what_it_acknowledged(settings: Settings) -> None:
    app = create_app(settings)
    with app.extensions["selfcheck"].database.engine.connect() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_behind_a_trusted_proxy_private_links_carry_the_public_address(tmp_path: Path) -> None:
    settings = from_environment({"SELFCHECK_HOME": str(tmp_path), "SELFCHECK_PROXIES": "1"})
    person = Person(create_app(settings).test_client())
    place = person.start()
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "check.kreis.example"}
    assert "https://check.kreis.example/l/" in person.client.get(place, headers=forwarded).text


def test_without_a_trusted_proxy_nobody_can_forge_the_address(client: FlaskClient) -> None:
    person = Person(client)
    place = person.start()
    assert "evil.example" not in client.get(place, headers={"X-Forwarded-Host": "evil.example"}).text
