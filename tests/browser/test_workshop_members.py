"""The moderation's table of who takes part, in a real browser: room for what is agreed to, a question before removing."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.test_live_round import no_barriers, press

LINES = """cell => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return new Set([...range.getClientRects()].map(one => Math.round(one.top))).size;
}"""


def typed_in(page: Page, place: str, name: str) -> None:
    page.goto(f"{place}members/paper")
    page.get_by_label("Name der Kommune").fill(name)
    page.locator("input[value=named]").check()
    for purpose in ("tandems", "protocol", "later", "agreed"):
        page.locator(f"#{purpose}").check()
    press(page, "Speichern")


@pytest.mark.thorough
def test_the_table_of_members_has_room_and_asks_before_it_removes(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/workshops/new")
    page.get_by_label("Name der Werkstatt").fill("Werkstatt Nord")
    page.get_by_label("Wofür?").fill("Voneinander lernen")
    page.get_by_label("Tag", exact=True).fill((date.today() + timedelta(days=400)).isoformat())
    press(page, "Werkstatt vorbereiten")
    expect(page.locator("h1")).to_have_text("Werkstatt Nord")
    place = page.url
    for name in ("Musterkreis", "Musterkreis"):
        typed_in(page, place, name)
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(2)
    agrees = rows.first.locator("td").nth(1)
    expect(agrees).to_contain_text("Tandems (1), Protokoll, spätere Auswertung")
    assert agrees.evaluate(LINES) <= 2, "what is agreed to has room"
    expect(rows.first).to_contain_text("Gleicher Name wie: Papier")
    rows.first.locator("summary").click()
    rows.first.get_by_role("button", name="Jetzt herausnehmen").click()
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("es wurde nichts gelöscht")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        no_barriers(page)
    rows.first.get_by_label("herausnehmen").check()
    rows.first.get_by_role("button", name="Jetzt herausnehmen").click()
    expect(rows).to_have_count(1)
    page.goto(f"{place}settings")
    expect(page.locator("main")).to_contain_text("Es nehmen schon Kommunen teil")
    no_barriers(page)
