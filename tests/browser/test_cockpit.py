"""The cockpit and the packages of an agency in a browser: accessible, narrow enough, usable with nothing but clicks."""

from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from selfcheck.ground.database import Database
from selfcheck.models import now
from selfcheck.packages.contents import written
from selfcheck.packages.fitting import Wish, package_of
from selfcheck.packages.keys import own_key
from selfcheck.packages.package import Address, Consents
from selfcheck.packages.sealed import sealed
from selfcheck.register.gv100ad import read_edition
from selfcheck.services import agencies, register, workshops
from tests.browser.conftest import Server
from tests.register_lines import register_file
from tests.selfcheck.rooms import QUESTIONNAIRE, TODAY
from tests.selfcheck.test_cockpit import AGENCY, on_paper, plan, sheet


@pytest.fixture
def way_in(server: Server) -> tuple[str, str]:
    """The link of an agency with a workshop of seven, and the path of its area."""
    database = Database(f"sqlite:///{server.home / 'selfcheck.sqlite3'}")
    with database.writer() as session:
        register.take_in(session, read_edition(register_file(), "GV100AD.txt"))
        owner, token = agencies.add(session, AGENCY)
        made = workshops.prepare(session, QUESTIONNAIRE, plan(1), owner.id)[0]
        made.notes = {**made.notes, "support": ["Moderation für den Start"]}
        for number in range(7):
            on_paper(session, made, sheet(number % 3, "SH", target=3))
        session.commit()
        id = owner.id
    return f"{server.url}/a/{token}", f"{server.url}/agency/{id}/"


def package(folder: Path) -> Path:
    """A signed package of a municipality elsewhere, as a file."""
    wish = Wish(
        "Vergleichswerkstatt am 12. Mai",
        Address(AGENCY),
        TODAY + timedelta(days=30),
        "named",
        "Musterkreis Nord",
        Consents(screen=True, tandems=True, protocol=True, later=True),
        with_stages=True,
    )
    made = package_of(QUESTIONNAIRE, sheet(2), wish, now())
    file = folder / "paket.json"
    file.write_bytes(sealed("package", written(made), own_key(folder)))
    return file


def hand_in(page: Page, place: str, file: Path) -> None:
    page.goto(f"{place}packages/")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Abgeben").click()


def test_an_agency_releases_its_numbers_and_lets_a_package_take_part(
    page: Page, way_in: tuple[str, str], tmp_path: Path
) -> None:
    link, place = way_in
    page.goto(link)
    page.get_by_role("link", name="Cockpit: über alle Werkstätten").first.click()
    page.get_by_role("button", name="Jetzt freigeben").click()
    expect(page.get_by_text("Gemeinsame Lücken (mindestens die Hälfte")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel-Arbeitsmappe").click()
    assert download.value.suggested_filename == "selbstcheck-cockpit.xlsx"
    hand_in(page, place, package(tmp_path))
    page.get_by_label("Wessen Installation ist es?").fill("Rechenzentrum Muster")
    page.get_by_label("Wir haben uns den Fingerabdruck vorlesen lassen").check()
    page.get_by_role("button", name="Bestätigen und annehmen").click()
    expect(page.get_by_text("Musterkreis Nord").first).to_be_visible()
    page.goto(place)
    page.get_by_role("link", name="Werkstatt 1").click()
    page.get_by_role("link", name="Kommunen").first.click()
    page.get_by_role("link", name="Paket aufnehmen").click()
    page.get_by_role("button", name="Teilnehmen lassen").click()
    expect(page.get_by_text("es wurde nichts aufgenommen")).to_be_visible()
    page.get_by_label("Die Zwecke lauten verschieden").check()
    page.get_by_role("button", name="Teilnehmen lassen").click()
    expect(page.get_by_role("rowheader", name="Musterkreis Nord")).to_be_visible()


@pytest.mark.parametrize(("scheme", "locale"), [("light", "de-DE"), ("dark", "en-GB")])
def test_their_pages_pass_the_accessibility_checker_and_fit_narrow_screens(
    browser: Browser, way_in: tuple[str, str], tmp_path: Path, scheme: str, locale: str
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", locale=locale)
    page = context.new_page()
    link, place = way_in

    def check() -> None:
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url
        page.set_viewport_size({"width": 1280, "height": 800})

    page.goto(link)
    check()
    page.goto(f"{place}workshops/new")
    check()
    page.goto(f"{place}cockpit/")
    check()
    page.locator("section.panel button").click()
    check()
    page.goto(f"{place}packages/")
    check()
    page.set_input_files("#file", package(tmp_path))
    page.locator("form.panel button").click()
    check()
    page.locator("form.panel button").click()
    check()
    page.fill("#label", "Rechenzentrum Muster")
    page.check("#compared")
    page.locator("form.panel button").click()
    check()
    page.goto(place)
    page.locator('a[href^="/workshop/"]').first.click()
    page.goto(f"{page.url}members/packages")
    check()
    page.locator(".access__link form button").click()
    check()
    page.goto(f"{place}packages/")
    page.set_input_files("#file", package(tmp_path))
    page.locator("form.panel button").click()
    expect(page.locator("#compared")).to_have_count(0)
    check()
    context.close()
