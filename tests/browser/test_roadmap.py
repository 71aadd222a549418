"""The roadmap in a browser: planning, keeping, coming back; and what a page does that is left while a plan is looked for."""

import re
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Server

EXAMPLE = Path(__file__).parents[2] / "examples" / "anfaengerkreis.yaml"
HARD = "staff=25&count=12&first=2027-1"
"""With every perspective to the highest stage this takes some seconds."""


def with_target(page: Page, server: Server, stage: int) -> str:
    """Go on with an example file and set a target; returns the address of the roadmap."""
    page.goto(server.url)
    page.locator("details:has(input[type=file]) summary").click()
    page.set_input_files("input[type=file]", EXAMPLE)
    page.locator("form:has(input[type=file]) button").click()
    place = page.url
    page.goto(f"{place}target")
    for number in range(1, 9):
        page.locator(f"[name=P{number}]").first.select_option(str(stage))
    page.get_by_role("button", name="Soll speichern").click()
    return f"{place}roadmap"


def test_a_plan_is_made_kept_and_there_again(page: Page, server: Server) -> None:
    address = with_target(page, server, 2)
    page.goto(address)
    page.get_by_label("Personentage für die integrierte Planung").fill("40, 20")
    page.get_by_label("Davon anderweitig gebunden").fill("5")
    page.get_by_role("button", name="Planen").click()
    expect(page.get_by_role("heading", name="Der Plan")).to_be_visible()
    picture = page.get_by_role("img", name="Fahrplan zum Soll")
    expect(picture).to_be_visible()
    page.get_by_role("button", name="Diesen Plan festhalten").click()
    page.goto(address)
    expect(page.get_by_role("heading", name=re.compile("Festgehalten am"))).to_be_visible()
    expect(page.get_by_label("Davon anderweitig gebunden")).to_have_value("5")
    with page.expect_download() as download:
        page.get_by_role("link", name="Für den Kalender (.ics)").click()
    assert download.value.suggested_filename == "selbstcheck-fahrplan.ics"
    page.get_by_role("button", name="Festgehaltenen Plan verwerfen").click()
    expect(page.get_by_role("heading", name=re.compile("Festgehalten am"))).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_plan_and_a_kept_plan_pass_the_accessibility_checker_and_never_scroll_sideways(
    browser: Browser, server: Server, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme, locale="de-DE", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    address = with_target(page, server, 3)
    for query in (
        "?staff=40&count=12&dates=24.03.2027&deadline=30.06.&money=P5-1-2",
        "?staff=x&bound=x&by-P1-1-2=x",
        "",
    ):
        page.goto(f"{address}{query}")
        for width in (1280, 320, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        if page.locator("form.keep").count():
            page.get_by_role("button", name="Diesen Plan festhalten").click()
    context.close()


def test_while_a_plan_is_looked_for_the_page_says_so_and_for_how_long(page: Page, server: Server) -> None:
    address = with_target(page, server, 2)
    page.goto(address)
    waiting = page.locator("[data-waiting]")
    expect(waiting).to_be_hidden()

    def no_answer_yet(route: Route) -> None:
        route.fulfill(status=204)  # the page stays, as while it waits

    page.route("**/roadmap?*", no_answer_yet)
    page.get_by_label("Personentage für die integrierte Planung").fill("40")
    page.get_by_role("button", name="Planen").click()
    expect(waiting).to_be_visible()
    expect(waiting).to_have_text(re.compile(r"Der beste Plan wird gesucht …\s+[1-9] s"))
    page.unroute("**/roadmap?*")
    page.get_by_role("button", name="Planen").click()
    expect(page.get_by_role("heading", name="Der Plan")).to_be_visible()
    expect(waiting).to_be_hidden()
    page.go_back()
    expect(waiting).to_be_hidden()


@pytest.mark.thorough
def test_a_page_that_is_left_stops_the_search_and_others_are_served_meanwhile(page: Page, server: Server) -> None:
    path = urlsplit(with_target(page, server, 4)).path
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies())

    def begin() -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", server.port))
        head = f"GET {path}?{HARD} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: {cookies}\r\n\r\n"
        connection.sendall(head.encode())
        return connection

    def status(where: str) -> int:
        asked = urllib.request.Request(f"{server.url}{where}", headers={"Cookie": cookies})
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    searching = [begin(), begin()]
    time.sleep(0.7)
    assert status(path.replace("roadmap", "result")) == 200, "half of the threads stay free"
    for connection in searching:
        connection.close()
    time.sleep(0.5)
    begun = time.monotonic()
    assert status(f"{path}?staff=500&count=4") == 200, "the places of those who left are free"
    assert time.monotonic() - begun < 5
