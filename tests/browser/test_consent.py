"""What is missing in a consent, on the page of a municipality and on the one for paper sets: marked, accessible, narrow."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.test_live_round import no_barriers


def narrow_and_accessible(page: Page) -> None:
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        no_barriers(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_missing_choice_is_marked_and_named_for_everybody(browser: Browser, server: Server, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", locale="de-DE")
    page = context.new_page()
    page.goto(f"{server.url}/workshops/new")
    page.get_by_label("Name der Werkstatt").fill("Werkstatt Nord")
    page.get_by_label("Wofür?").fill("Voneinander lernen")
    page.get_by_label("Tag", exact=True).fill((date.today() + timedelta(days=400)).isoformat())
    page.get_by_role("button", name="Werkstatt vorbereiten").click()
    place = page.url
    code = page.locator('a[href*="/join/"], input[value*="/join/"]').first
    invitation = code.get_attribute("href") or code.get_attribute("value") or ""

    page.goto(f"{place}members/paper")
    page.locator("#name").fill("Papierstadt")
    page.locator('[name="P1.1"]').fill("7")
    page.get_by_role("button", name="Speichern").click()
    group = page.get_by_role("radiogroup", name="Wie erscheint sie neben den anderen?")
    expect(group).to_have_accessible_description("Bitte wählen Sie eine der drei Möglichkeiten.")
    expect(page.locator('[name="P1.1"]')).to_have_accessible_description("0, 1, 2, 3, 4 oder ? – oder leer lassen")
    tick = page.get_by_label("Die Kommune hat dem auf Papier zugestimmt")
    expect(tick).to_have_accessible_description("Ohne die Zustimmung der Kommune darf nichts eingetragen werden.")
    narrow_and_accessible(page)

    page.goto(server.url)
    page.locator("#municipality").fill("Musterkreis")
    page.locator("main form button").first.click()
    page.goto(f"{page.url}workshops/{invitation.rpartition('/')[2]}")
    expect(page.get_by_text("ist noch nichts eingeschätzt")).to_be_visible()
    page.get_by_role("button", name="Zustimmen und teilnehmen").click()
    group = page.get_by_role("radiogroup", name="Wie erscheinen Sie neben den anderen?")
    expect(group).to_have_attribute("aria-invalid", "true")
    assert group.evaluate("one => parseFloat(getComputedStyle(one).borderLeftWidth)") > 0, "it is seen as well"
    narrow_and_accessible(page)
    context.close()
