"""The main job in a real browser: from the start page to the report, with and without JavaScript."""

from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from selfcheck.reading import catalogue
from tests.browser.conftest import Server

QUESTIONNAIRE = catalogue.load(catalogue.DEFAULT, catalogue.newest())


def begin(page: Page, server: Server, scope: str = "full") -> str:
    """Start a self-check and return the address of its overview."""
    page.goto(server.url)
    page.get_by_label("Name der Kommune").fill("Landkreis Musterau")
    page.locator(f"input[name=scope][value={scope}]").check()
    page.locator("form.panel .kern-btn--primary").click()
    return page.url


def saved(page: Page, item: str) -> None:
    """Wait until the page says that the item is saved."""
    expect(page.locator(f'[data-item="{item}"] [data-state]')).to_have_text("✓ gespeichert")


def choose(page: Page, item: str, value: str) -> None:
    page.locator(f'[data-item="{item}"] input[value="{value}"]').check()


def test_a_planner_fills_in_all_eight_pages_and_downloads_the_report(
    page: Page, server: Server, tmp_path: Path
) -> None:
    begin(page, server)
    link = page.locator("#private-link").input_value()
    page.locator("form[action$=kept] button").click()
    page.locator("#K1").select_option("county")
    page.locator(".stack > button").click()
    for perspective in QUESTIONNAIRE.perspectives:
        expect(page.locator("h1")).to_contain_text(perspective.name.de.split()[0])
        for number, item in enumerate(perspective.items):
            choose(page, item.id, str(number % 5))
        saved(page, perspective.items[-1].id)
        page.locator(".actions .kern-btn--primary").click()
    expect(page.locator("h1")).to_have_text("Landkreis Musterau")
    expect(page.locator(".radar__screen .polar")).to_be_visible()
    page.locator("#papers ~ .actions a").click()
    page.locator("input[name=length][value=full]").check()
    with page.expect_download() as download:
        page.locator("form[action$='report.pdf'] .kern-btn--primary").click()
    file = tmp_path / "report.pdf"
    download.value.save_as(file)
    pages = pypdfium2.PdfDocument(file)
    try:
        assert len(pages) >= 10
        assert "Landkreis Musterau" in pages[0].get_textpage().get_text_bounded()
    finally:
        pages.close()
    page.goto(link)
    expect(page.locator("h1")).to_have_text("Landkreis Musterau")


def test_every_answer_that_showed_as_saved_is_there_after_the_server_was_killed(page: Page, server: Server) -> None:
    place = begin(page, server)
    page.goto(f"{place}P1")
    for item, value in (("P1.1", "3"), ("P1.2", "cannot-judge"), ("P1.3", "1")):
        choose(page, item, value)
        saved(page, item)
    server.kill()
    choose(page, "P1.4", "2")
    expect(page.locator('[data-item="P1.4"] [data-state]')).to_contain_text("noch nicht gespeichert")
    server.start()
    saved(page, "P1.4")
    page.reload()
    for item, value in (("P1.1", "3"), ("P1.2", "cannot-judge"), ("P1.3", "1"), ("P1.4", "2")):
        expect(page.locator(f'[data-item="{item}"] input[value="{value}"]')).to_be_checked()


def test_answers_made_in_quick_succession_end_as_the_last_one(page: Page, server: Server) -> None:
    place = begin(page, server)
    page.goto(f"{place}P2")
    for value in "01234321012343":
        choose(page, "P2.1", value)
    saved(page, "P2.1")
    page.reload()
    expect(page.locator('[data-item="P2.1"] input[value="3"]')).to_be_checked()


def test_of_two_browsers_the_second_sees_what_changed_and_chooses(page: Page, browser: Browser, server: Server) -> None:
    place = begin(page, server)
    link = page.locator("#private-link").input_value()
    context = browser.new_context(locale="de-DE")
    other = context.new_page()
    other.goto(link)
    for one in (page, other):
        one.goto(f"{place}P1")
    choose(other, "P1.1", "3")
    saved(other, "P1.1")
    choose(page, "P1.1", "1")
    expect(page.locator('[data-item="P1.1"] [data-theirs]')).to_have_text("3 Gelebte Praxis")
    other.reload()
    expect(other.locator('[data-item="P1.1"] input[value="3"]')).to_be_checked()
    page.locator('[data-item="P1.1"] [data-take]').click()
    saved(page, "P1.1")
    expect(page.locator('[data-item="P1.1"] input[value="3"]')).to_be_checked()
    context.close()


def test_it_works_without_javascript(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    place = begin(page, server, scope="short")
    page.goto(f"{place}P1")
    for perspective in QUESTIONNAIRE.perspectives:
        for item in perspective.items:
            if item.core:
                choose(page, item.id, "2")
        page.locator(".actions .kern-btn--primary").click()
    expect(page.locator(".radar__paper svg")).to_be_visible()
    expect(page.locator(".lead")).to_contain_text("16 von 16")
    context.close()


def test_the_keyboard_alone_is_enough_to_rate(page: Page, server: Server) -> None:
    place = begin(page, server)
    page.goto(f"{place}P1")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator('[data-item="P1.1"] input[value=""]').focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    expect(page.locator('[data-item="P1.1"] input[value="3"]')).to_be_checked()
    saved(page, "P1.1")


def everywhere(place: str, server: Server) -> list[str]:
    """The address of every kind of page that somebody with a private link can open."""
    outside = ("", "practices", "practices/jena-department", "agencies", "method", "nothing")
    answering = "context P1 P8 result target roadmap measures measures/new papers council history manage"
    further = (
        "examples proposals/ modules/ modules/spaces together/ together/spread together/room/P1.1 register/ packages/"
    )
    inside = f"{answering} {further}"
    return [f"{server.url}/{path}" for path in outside] + [place, *(f"{place}{path}" for path in inside.split())]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_passes_the_accessibility_checker(browser: Browser, server: Server, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", locale="de-DE")
    page = context.new_page()
    place = begin(page, server)
    for path in everywhere(place, server):
        page.goto(path)
        if path.endswith("result"):
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
    context.close()


@pytest.mark.parametrize("width", [320, 390, 768])
def test_no_page_scrolls_sideways(browser: Browser, server: Server, width: int) -> None:
    """At 320 pixels this is also what 400 per cent zoom shows on a wide screen."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="de-DE")
    page = context.new_page()
    place = begin(page, server)
    for path in everywhere(place, server):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()
