"""The pages of an agency and of a municipality that proposes itself, in a browser: accessible, and narrow enough."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Server

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests" / "selfcheck" / "own_examples.yaml"


def selfcheck(server: Server, *arguments: object) -> str:
    command = [sys.executable, "-m", "selfcheck", *map(str, arguments)]
    environment = os.environ | {"SELFCHECK_HOME": str(server.home)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout


def pages(server: Server, page: Page) -> list[str]:
    """Whatever there is to see once a proposal was sent and an agency has examples of its own."""
    made = selfcheck(server, "agency", "add", "Transferagentur Musterland")
    [id] = re.findall(r"[0-9a-f]{32}", made)
    selfcheck(server, "practices", "add", OWN, "--agency", id)
    began = selfcheck(server, "assessments", "import", ROOT / "examples" / "stadt-ein-dezernat.yaml")
    for way_in in re.findall(r"/[la]/\S{22}", began + made):
        page.goto(f"{server.url}{way_in}", wait_until="networkidle")
    [assessment] = re.findall(r"[0-9a-f]{32}", began)
    place, desk = f"{server.url}/assessment/{assessment}/proposals/", f"{server.url}/agency/{id}/"
    page.goto(f"{place}new/P2")
    page.check('input[value="P2.1"]')
    for field in ("title", "who", "conditions", "limits", "contact"):
        page.fill(f'[name="{field}"]', "Ein langer Satz ohne Trennstelle: Donaudampfschifffahrtsgesellschaftskapitän")
    page.fill('[name="since"]', "2021")
    page.check('input[value="kind"]')
    page.click('button[value="look"]')
    page.click('button[value="send"]')
    sent = page.url
    page.goto(f"{desk}proposals/{sent.rpartition('/')[2]}")
    page.check('input[value="accept"]')
    page.click("main button")
    page.goto(sent)
    shown = page.locator('main a[href^="/practices/proposal-"]').get_attribute("href")
    further = [f"{server.url}{path}" for path in (shown, "/practices/musterkreis-planning-round", "/agencies")]
    return [
        place,
        f"{place}new/P2",
        sent,
        f"{sent}/change",
        desk,
        f"{desk}proposals/{sent.rpartition('/')[2]}",
        *further,
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_passes_the_accessibility_checker(browser: Browser, server: Server, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", locale="de-DE")
    page = context.new_page()
    for path in pages(server, page):
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
    context.close()


def test_no_page_scrolls_sideways_on_a_phone(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, locale="de-DE")
    page = context.new_page()
    for path in pages(server, page):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    context.close()
