"""In-depth modules in a browser: filled in by hand, without script, and from files; their pictures and how they are reached."""

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from selfcheck.reading import modules_catalogue
from tests.browser.conftest import Server
from tests.browser.test_main_job import begin

FILES = Path(__file__).parents[2] / "examples" / "modules"
MODULES = [module.id for module in modules_catalogue.all_newest()]


def take_over(page: Page, place: str, module: str) -> None:
    """Bring in the example file of a module."""
    page.goto(f"{place}modules/{module}")
    page.get_by_label("Antwortdatei dieses Moduls").set_input_files(FILES / f"{module}.yaml")
    page.get_by_role("button", name="Diese Datei anstelle der Angaben übernehmen").click()
    expect(page.get_by_role("status")).to_contain_text("Gespeichert")


def test_a_module_is_found_filled_in_and_drawn(page: Page, server: Server) -> None:
    begin(page, server)
    page.get_by_role("link", name="Vertiefung", exact=True).click()
    page.get_by_role("link", name="Räume", exact=True).click()
    levels = page.get_by_label("Grenzen festgehalten – Kleine Raumeinheit")
    page.get_by_label("vorhanden – Kleine Raumeinheit").select_option("no")
    expect(levels).to_be_hidden()
    page.get_by_label("vorhanden – Kleine Raumeinheit").select_option("yes")
    expect(levels).to_be_visible()
    levels.select_option("yes")
    page.get_by_role("button", name="Speichern und zeigen").click()
    expect(page.get_by_role("img", name="Räume: Ebenen und ihre Namen")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="„Ebenen und ihre Namen“ als PDF").click()
    assert download.value.suggested_filename == "selbstcheck-spaces-levels.pdf"


def test_without_script_a_column_is_filled_at_once(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    place = begin(page, server)
    page.goto(f"{place}modules/network")
    page.get_by_label("Mitwirkung – Jobcenter").select_option("regular")
    page.get_by_text("Eine Spalte auf einmal ausfüllen").first.click()
    page.get_by_label("Was noch offen ist: Beteiligte").select_option("involved:absent")
    page.get_by_role("button", name="Offenes ausfüllen und speichern").first.click()
    expect(page.get_by_label("Mitwirkung – Jobcenter")).to_have_value("regular")
    expect(page.get_by_label("Mitwirkung – Kliniken")).to_have_value("absent")
    expect(page.get_by_role("img", name="Netzwerk: Beteiligte")).to_be_visible()
    context.close()


@pytest.mark.thorough
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_filled_modules_pass_the_accessibility_checker_and_never_scroll_sideways(
    browser: Browser, server: Server, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme, locale="de-DE")
    page = context.new_page()
    place = begin(page, server)
    for module in MODULES:
        take_over(page, place, module)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{module}: {found.generate_report()}"
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (module, width)
    context.close()
