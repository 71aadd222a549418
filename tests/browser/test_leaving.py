"""Leaving a page that is saved as a whole asks first, and only when something would get lost."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import Server


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The questions the browser asked; each is answered with: leave."""
    questions: list[str] = []

    def leave(dialog: Dialog) -> None:
        questions.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    return questions


@pytest.mark.parametrize("path", ["context", "manage"])
def test_leaving_asks_only_with_entries_that_are_not_saved(
    page: Page, server: Server, asked: list[str], path: str
) -> None:
    page.goto(server.url)
    page.locator("form.panel .kern-btn--primary").click()
    place = page.url
    page.goto(f"{place}{path}")
    page.locator('[data-place="P1"] a').click()
    assert asked == []
    page.goto(f"{place}{path}")
    if path == "context":
        page.locator("#K1").select_option("county")
    else:
        page.locator("input[value=short]").check()
    page.locator('[data-place="P1"] a').click()
    expect(page).to_have_url(f"{place}P1")
    assert asked == ["beforeunload"]


def test_saving_does_not_ask(page: Page, server: Server, asked: list[str]) -> None:
    page.goto(server.url)
    page.locator("form.panel .kern-btn--primary").click()
    page.goto(f"{page.url}context")
    page.locator("#K1").select_option("county")
    page.locator(".stack > button").click()
    expect(page.locator("h1")).not_to_have_text("Rahmenangaben")
    assert asked == []


def test_the_list_of_perspectives_shows_only_where_it_counts(page: Page, server: Server) -> None:
    page.goto(server.url)
    expect(page.locator("input[value=P1]")).to_be_hidden()
    page.locator("input[value=chosen]").check()
    expect(page.locator("input[value=P1]")).to_be_visible()
