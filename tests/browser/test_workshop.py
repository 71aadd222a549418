"""A whole comparative workshop in real browsers: one moderation, six municipalities, fifteen phones, one screen."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.test_live_round import SOON, choose, no_barriers, press

EXAMPLES = Path(__file__).parents[2] / "examples"
PEOPLE = (
    ("Musterkreis", "anfaengerkreis", "Mit Namen"),
    ("Beispielstadt", "stadt-ein-dezernat", "Unter einem Decknamen"),
    ("Kreis Musterwald", "zersplitterter-kreis", "Unter einem Decknamen"),
    ("Landkreis Fernau", "anfaengerkreis", "Nur in gemeinsamen Zahlen"),
    ("Stadt Neuental", "stadt-ein-dezernat", "Nur in gemeinsamen Zahlen"),
    ("Kreis Talgrund", "zersplitterter-kreis", "Nur in gemeinsamen Zahlen"),
)
PHONES = 15


@contextmanager
def somebody(browser: Browser, width: int = 1280) -> Iterator[Page]:
    context = browser.new_context(locale="de-DE", viewport={"width": width, "height": 844})
    yield context.new_page()
    context.close()


def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways, and no barrier is found."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    no_barriers(page)


def prepare(page: Page, server: Server) -> tuple[str, str]:
    """The moderation prepares the workshop; returns its place and the code to join."""
    page.goto(server.url)
    page.get_by_role("link", name="Eine Werkstatt vorbereiten").click()
    page.get_by_label("Name der Werkstatt").fill("Werkstatt Nord")
    page.get_by_label("Wofür?").fill("Voneinander lernen, was integrierte Planung trägt")
    page.get_by_label("Tag", exact=True).fill(date.today().isoformat())
    page.get_by_label("Alles wird gelöscht nach dem").fill((date.today() + timedelta(days=30)).isoformat())
    page.locator("[name=threshold]").select_option("3")
    fits(page)
    press(page, "Werkstatt vorbereiten")
    expect(page.locator("h1")).to_have_text("Werkstatt Nord")
    press(page, "Der Link ist aufbewahrt: nicht mehr anzeigen")
    fits(page)
    return page.url, page.locator(".team-code").inner_text().replace(" ", "")


def join(page: Page, server: Server, code: str, name: str, example: str, appears: str) -> str:
    """A municipality goes on with its answer file and joins by the code; returns the code of its phones."""
    page.goto(server.url)
    page.get_by_text("Mit einer Datei weitermachen").click()
    page.locator("input[type=file]").set_input_files(EXAMPLES / f"{example}.yaml")
    press(page, "Mit dieser Datei beginnen")
    page.goto(f"{server.url}/join/{code}")
    page.locator("main a.kern-btn").first.click()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    page.get_by_label("Name der Kommune").fill(name)
    page.get_by_role("radio", name=re.compile(appears)).check()
    page.get_by_label(re.compile("Lerntandems vorschlagen")).check()
    page.get_by_label(re.compile("im Protokoll")).check()
    press(page, "Zustimmen und teilnehmen")
    expect(page.locator("main")).to_contain_text("Sie nehmen teil.")
    return page.locator(".team-code").inner_text().replace(" ", "")


def phone(browser: Browser, server: Server, code: str, stack: ExitStack) -> Page:
    page = stack.enter_context(somebody(browser, 390))
    page.goto(f"{server.url}/p/{code}")
    page.locator("main form button").click()
    expect(page.locator("h1")).to_have_text("Gerade keine Abstimmung")
    return page


def take_home(page: Page, place: str) -> None:
    """The protocol: written down, looked at, taken along with everything else."""
    page.goto(f"{place}protocol")
    page.get_by_label("Vereinbarte Themen").fill("Planungsräume zuschneiden")
    page.get_by_label("Was zu tun ist").first.fill("Termin für ein Nachtreffen finden")
    press(page, "Speichern")
    expect(page.locator("main")).to_contain_text("Bitte wählen, wer es tut.")
    fits(page)
    page.get_by_label("Wer", exact=True).first.select_option("agency")
    press(page, "Speichern")
    expect(page.locator("#preview ~ ul").first).to_contain_text("Planungsräume zuschneiden")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Alles als ZIP").click()
    with ZipFile(download.value.path()) as file:
        assert any(name.startswith("kommunen/") for name in file.namelist())


@pytest.mark.thorough
def test_a_workshop_from_the_invitation_to_the_tandems(browser: Browser, page: Page, server: Server) -> None:
    place, code = prepare(page, server)
    screen = page.context.new_page()
    screen.set_viewport_size({"width": 1920, "height": 1080})
    screen.goto(f"{place}live/screen")
    with ExitStack() as stack:
        towns = [stack.enter_context(somebody(browser)) for _ in PEOPLE]
        codes = [join(town, server, code, *who) for town, who in zip(towns, PEOPLE, strict=True)]
        fits(towns[1])
        page.goto(f"{place}members")
        for name, _, _ in PEOPLE:
            expect(page.locator("table")).to_contain_text(name)
        fits(page)

        # look together: nothing of covered ones before the release, names and aliases on the screen
        page.goto(f"{place}compare/")
        expect(page.locator("main")).to_contain_text("noch nicht freigegeben")
        press(page, "Jetzt freigeben")
        expect(page.locator("main")).to_contain_text("(6 Kommunen)")
        fits(page)
        press(page, "Auf die Leinwand")
        expect(screen.locator("h1")).to_have_text("Gemeinsam ansehen", timeout=SOON)
        expect(screen.locator("table")).to_contain_text("Musterkreis")
        for hidden in ("Beispielstadt", "Kreis Musterwald", "Landkreis Fernau", "Stadt Neuental", "Kreis Talgrund"):
            assert hidden not in screen.content(), "aliases and covered ones are not named on the screen"
        fits(screen)
        page.goto(f"{place}compare/P2")
        expect(page.locator("#strengths")).to_be_visible()
        press(page, "Auf die Leinwand")
        expect(screen.locator("h1")).to_contain_text("P2 ", timeout=SOON)
        fits(page)

        # a first live round with a vignette on fifteen phones
        phones = [phone(browser, server, codes[number % 5], stack) for number in range(PHONES)]
        page.goto(f"{place}live/")
        page.locator("select[name=vignette]").select_option(index=1)
        press(page, "Mit dieser Vignette beginnen")
        for number, one in enumerate(phones):
            choose(one, ("1", "2", "2.5", "3")[number % 4])
        expect(screen.locator(".screen__count")).to_have_text(f"{PHONES} Stimmen bisher", timeout=SOON)
        press(page, "Auflösen")
        expect(screen.locator("svg.chart circle")).to_have_count(PHONES, timeout=SOON)
        expect(page.locator("main")).to_contain_text("Wie streng", timeout=SOON)
        press(page, "Runde beenden")

        # in the middle a municipality that appears by name takes everything back; the screen follows
        page.goto(f"{place}compare/")
        press(page, "Auf die Leinwand")
        expect(screen.locator("table")).to_contain_text("Musterkreis", timeout=SOON)
        press(towns[0], "Aus der Werkstatt austreten")
        expect(towns[0].locator("main")).to_contain_text("Sie sind aus der Werkstatt ausgetreten")
        expect(screen.locator("table")).not_to_contain_text("Musterkreis", timeout=SOON)
        for gone in phones[0::5]:
            expect(gone.locator("h1")).to_have_text("Diesen Platz gibt es nicht mehr", timeout=SOON)
        phones = [one for number, one in enumerate(phones) if number % 5]

        # a second live round in which the server is killed while people vote
        page.goto(f"{place}live/")
        page.locator("select[name=item]").select_option("P1.1")
        press(page, "Mit diesem Merkmal beginnen")
        for one in phones[:6]:
            choose(one, "2")
        for one in phones[6:]:
            expect(one.locator("[name=stage]").first).to_be_visible(timeout=SOON)
        server.kill()
        for one in phones[6:]:
            one.locator("[name=stage][value='3']").check()
        server.start()
        for one in phones[6:]:
            expect(one.locator("[data-state]")).to_contain_text("Gespeichert", timeout=2 * SOON)
        count = len(phones)
        expect(page.locator("[data-said]").first).to_have_text(f"{count} Stimmen bisher", timeout=2 * SOON)
        press(page, "Auflösen")
        press(page, "Zweite Abstimmung")
        for one in phones:
            expect(one.locator("h1")).to_contain_text("Zweite Abstimmung", timeout=2 * SOON)
            choose(one, "2")
        press(page, "Auflösen")
        running = page.get_by_role("region", name=re.compile("Aufgelöst"))
        running.locator("select[name=stage]").select_option("2")
        running.get_by_role("button", name="Konsens festhalten").click()
        expect(screen.locator("main")).to_contain_text("Konsens: ", timeout=2 * SOON)
        press(page, "Runde beenden")

        # tandems: proposed, on the screen without names of covered ones, with the partner's name on one's own page
        page.goto(f"{place}tandems/")
        press(page, "Tandems vorschlagen")
        expect(page.locator("#proposed ~ ol li").first).to_be_visible()
        fits(page)
        press(page, "Tandems auf die Leinwand")
        expect(screen.locator("h1")).to_have_text("Lerntandems", timeout=SOON)
        for hidden, _, appears in PEOPLE[1:]:
            if appears != "Mit Namen":
                assert hidden not in screen.content()
        fits(screen)
        towns[1].reload()
        expect(towns[1].locator("#own-tandem")).to_be_visible()
        fits(towns[1])

        take_home(page, place)

        # the end
        page.goto(place)
        press(page, "Werkstatt beenden")
        expect(phones[0].locator("h1")).to_have_text("Die Werkstatt ist beendet", timeout=SOON)
