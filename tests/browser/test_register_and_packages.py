"""Linking to the register and signing a package in a real browser, on wide and narrow screens."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from selfcheck.ground.database import Database
from selfcheck.register.gv100ad import read_edition
from selfcheck.services import register
from tests.browser.conftest import Server
from tests.browser.test_main_job import begin
from tests.register_lines import register_file


@pytest.fixture
def registered(server: Server) -> Server:
    """A server with a register of made-up territories."""
    database = Database(f"sqlite:///{server.home / 'selfcheck.sqlite3'}")
    with database.writer() as session:
        register.take_in(session, read_edition(register_file(), "GV100AD.txt"))
        session.commit()
    return server


def link(page: Page, place: str) -> None:
    page.goto(f"{place}context")
    page.locator("#register-q").fill("neudorf")
    page.get_by_role("button", name="Suchen").click()
    page.get_by_role("button", name="Das sind wir").last.click()


def preview(page: Page, place: str) -> None:
    page.goto(f"{place}packages/")
    page.locator("#purpose").fill("Vergleichswerkstatt")
    page.locator("#agency").fill("Agentur Beispielland")
    page.get_by_label("Unter einem Decknamen").check()
    page.get_by_role("button", name="Zeigen, was darin steht").click()


def test_a_municipality_links_itself_and_signs_a_package(page: Page, registered: Server, tmp_path: Path) -> None:
    place = begin(page, registered)
    link(page, place)
    expect(page.locator("#register-title")).to_be_visible()
    expect(page.locator("#K1")).to_have_value("county-town")
    preview(page, place)
    with page.expect_download() as download:
        page.get_by_role("button", name="Unterschreiben und herunterladen").click()
    download.value.save_as(tmp_path / "package.json")
    said = json.loads((tmp_path / "package.json").read_text(encoding="utf-8"))["package"]
    assert (said["context"], said["name"]) == ({"K1": "county-town", "K3": "250-500"}, "")
    page.goto(f"{place}packages/")
    page.get_by_role("button", name="Widerrufen").click()
    expect(page.get_by_role("link", name="Widerrufsdatei")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_their_pages_pass_the_accessibility_checker_and_fit_narrow_screens(
    browser: Browser, registered: Server, scheme: str
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", locale="de-DE")
    page = context.new_page()
    place = begin(page, registered)

    def check() -> None:
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
        page.set_viewport_size({"width": 1280, "height": 800})

    page.goto(f"{place}context")
    check()
    page.goto(f"{place}register/?q=neudorf")
    check()
    link(page, place)
    check()
    page.goto(f"{place}packages/")
    page.get_by_role("button", name="Zeigen, was darin steht").click()
    check()
    preview(page, place)
    check()
    with page.expect_download():
        page.get_by_role("button", name="Unterschreiben und herunterladen").click()
    page.goto(f"{place}packages/")
    check()
    context.close()
