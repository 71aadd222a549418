"""A live round in real browsers on a real server: one moderation, one screen, phones with and without JavaScript."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from selfcheck.ground.config import from_environment
from selfcheck.ground.database import Database
from tests.browser.conftest import Server
from tests.selfcheck import rooms

SOON = 9_000
"""Milliseconds in which a page that follows has to show what is new; a look comes every two to three seconds."""


SMALLEST = """() => Math.min(...[...document.querySelectorAll('main :is(h1, h2, p, td, th, dd), main svg text')]
    .filter((one) => one.textContent.trim() && one.getClientRects().length)
    .map((one) => parseFloat(getComputedStyle(one).fontSize) * (one.ownerSVGElement ? one.getScreenCTM().a : 1)))"""
"""The size of the smallest letters on a page, in pixels."""


@dataclass
class Room:
    """Where the moderation's link leads, and the codes of the municipalities."""

    server: Server
    link: str
    codes: list[str]

    def moderation(self, page: Page) -> str:
        """Open the page of the live rounds; returns its address."""
        page.goto(f"{self.server.url}{self.link}")
        place = f"{page.url}live/"
        page.goto(place)
        return place


@pytest.fixture
def room(server: Server) -> Room:
    """Made beside the running server, in its database."""
    database = Database(from_environment({"SELFCHECK_HOME": str(server.home)}).database_url)
    with database.writer() as session:
        _, token, members = rooms.workshop(session)
        codes = [one.team_code for one in members]
        session.commit()
    return Room(server, f"/w/{token}", codes)


@contextmanager
def phone(browser: Browser, room: Room, number: int = 0, *, scripts: bool = True, width: int = 390) -> Iterator[Page]:
    """A phone that has come in by typing the code."""
    size = {"width": width, "height": 844}
    context = browser.new_context(locale="de-DE", java_script_enabled=scripts, viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{room.server.url}/phones")
    page.locator("#code").fill(room.codes[number % len(room.codes)].lower())
    page.locator("main form button").click()
    page.locator("main form button").click()
    expect(page.locator("h1")).to_have_text("Gerade keine Abstimmung")
    yield page
    context.close()


def choose(page: Page, stage: str, *, scripts: bool = True) -> None:
    """Vote, and see that it is stored."""
    choice = page.locator(f"[name=stage][value='{stage}']")
    if not scripts:
        page.reload()
    expect(choice).to_be_visible(timeout=SOON)
    choice.check()
    if scripts:
        expect(page.locator("[data-state]")).to_contain_text("Gespeichert", timeout=SOON)
    else:
        page.locator("form[action$=vote] button").click()
        expect(page.locator(".phone__stored")).to_contain_text("Ihre Stimme ist gespeichert")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def no_barriers(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"


def test_a_round_with_two_votes_on_phones_with_and_without_javascript(browser: Browser, page: Page, room: Room) -> None:
    place = room.moderation(page)
    screen = page.context.new_page()
    screen.set_viewport_size({"width": 1920, "height": 1080})
    screen.goto(f"{place}screen")
    no_barriers(screen)
    with (
        phone(browser, room, 0) as first,
        phone(browser, room, 1, width=320) as second,
        phone(browser, room, 2) as third,
        phone(browser, room, 0) as fourth,
        phone(browser, room, 1, scripts=False) as plain,
    ):
        following = (first, second, third, fourth)
        no_barriers(first)
        no_barriers(page)
        page.locator("select[name=vignette]").select_option("every-six-weeks")
        press(page, "Mit dieser Vignette beginnen")
        for each, stage in zip(following, ("1", "2", "2.5", "cannot-judge"), strict=True):
            choose(each, stage)
        choose(fourth, "4")  # changed before the reveal
        choose(plain, "3", scripts=False)
        no_barriers(first)
        expect(page.locator("[data-said]").first).to_have_text("5 Stimmen bisher", timeout=SOON)
        expect(screen.locator(".screen__count")).to_have_text("5 Stimmen bisher", timeout=SOON)
        assert screen.locator("svg.chart").count() == 0
        no_barriers(screen)
        no_barriers(page)

        press(page, "Auflösen")
        expect(screen.locator("svg.chart circle")).to_have_count(5, timeout=SOON)
        expect(second.locator("main")).to_contain_text("Ihre Stimme: Stufe 2", timeout=SOON)
        expect(second.locator(".chart-own")).to_have_count(1)
        for each in (screen, second, page):
            no_barriers(each)
            assert each.evaluate("document.documentElement.scrollWidth <= innerWidth")

        press(page, "Zweite Abstimmung")
        for each in following:
            expect(each.locator("h1")).to_contain_text("Zweite Abstimmung", timeout=SOON)
            choose(each, "2")
        choose(plain, "3", scripts=False)
        press(page, "Auflösen")
        expect(screen.locator("svg.chart")).to_have_count(2, timeout=SOON)
        page.locator("select[name=stage]").select_option("2.5")
        press(page, "Konsens festhalten")
        expect(screen.locator("main")).to_contain_text("Konsens: zwischen 2 und 3", timeout=SOON)
        for width, height in ((1920, 1080), (1280, 720)):
            screen.set_viewport_size({"width": width, "height": height})
            assert screen.evaluate("document.documentElement.scrollHeight <= innerHeight"), "it has to be scrolled"
            first_turn, second_turn = (screen.locator(f"#turn-{turn}").bounding_box() for turn in (1, 2))
            assert first_turn
            assert second_turn
            assert first_turn["y"] == second_turn["y"]
            assert screen.evaluate(SMALLEST) >= 16, "from the back of the room it cannot be read"
            assert screen.evaluate(SMALLEST) >= width / 85, "letters grow with the projector"
        press(page, "Runde beenden")
        expect(page.locator("main")).to_contain_text("Beendete Runden")
        no_barriers(page)
        expect(first.locator("h1")).to_have_text("Gerade keine Abstimmung", timeout=SOON)


def test_votes_that_showed_as_saved_are_there_after_the_server_was_killed_in_the_second_vote(
    browser: Browser, page: Page, server: Server, room: Room
) -> None:
    room.moderation(page)
    with phone(browser, room, 0) as first, phone(browser, room, 1) as second:
        page.locator("select[name=item]").select_option("P1.1")
        press(page, "Mit diesem Merkmal beginnen")
        choose(first, "1")
        choose(second, "2")
        press(page, "Auflösen")
        press(page, "Zweite Abstimmung")
        for each in (first, second):
            expect(each.locator("h1")).to_contain_text("Zweite Abstimmung", timeout=SOON)
        choose(first, "3.5")
        server.kill()
        second.locator("[name=stage][value='0.5']").check()
        expect(second.locator("[data-state]")).to_contain_text("wird wiederholt", timeout=SOON)
        server.start()
        expect(second.locator("[data-state]")).to_contain_text("Gespeichert", timeout=SOON)
        expect(page.locator("[data-said]").first).to_have_text("2 Stimmen bisher", timeout=2 * SOON)
        for each, stage in ((first, "3.5"), (second, "0.5")):
            each.reload()
            expect(each.locator(f"[name=stage][value='{stage}']")).to_be_checked()


def test_a_vote_given_without_reception_counts_when_it_returns_and_is_refused_in_words_after_the_reveal(
    browser: Browser, page: Page, room: Room
) -> None:
    room.moderation(page)
    with phone(browser, room, 0) as lucky, phone(browser, room, 1) as late:
        page.locator("select[name=item]").select_option("P1.1")
        press(page, "Mit diesem Merkmal beginnen")
        for each in (lucky, late):
            expect(each.locator("[name=stage]").first).to_be_visible(timeout=SOON)
            each.context.set_offline(True)
            each.locator("[name=stage][value='2']").check()
            expect(each.locator("[data-state]")).to_contain_text("wird wiederholt", timeout=SOON)
        lucky.context.set_offline(False)
        expect(lucky.locator("[data-state]")).to_contain_text("Gespeichert", timeout=SOON)
        expect(page.locator("[data-said]").first).to_have_text("1 Stimme bisher", timeout=SOON)
        press(page, "Auflösen")
        late.context.set_offline(False)
        expect(late.locator("[data-state]")).to_contain_text("kam zu spät und zählt nicht mit", timeout=SOON)
        expect(late.locator("h1")).to_contain_text("So haben alle Handys", timeout=SOON)
        expect(late.locator("[data-state]")).to_contain_text("kam zu spät und zählt nicht mit")


def test_what_the_moderation_is_writing_stays_while_others_change_the_round(
    browser: Browser, page: Page, room: Room
) -> None:
    place = room.moderation(page)
    page.locator("select[name=item]").select_option("P1.1")
    press(page, "Mit diesem Merkmal beginnen")
    press(page, "Auflösen")
    field = page.locator("textarea[name=dissent]")
    field.fill("Eine Kommune sieht")
    second = page.context.new_page()
    second.goto(place)
    press(second, "Zweite Abstimmung")
    expect(page.locator("[data-behind]")).to_contain_text("Es gibt etwas Neues", timeout=SOON)
    expect(field).to_have_value("Eine Kommune sieht")
    expect(field).to_be_focused()


def test_what_two_moderations_record_at_once_is_refused_with_both_texts_and_stays_on_the_page(
    browser: Browser, page: Page, room: Room
) -> None:
    place = room.moderation(page)
    page.locator("select[name=item]").select_option("P1.1")
    press(page, "Mit diesem Merkmal beginnen")
    press(page, "Auflösen")
    second = page.context.new_page()
    second.goto(place)
    second.locator("textarea[name=dissent]").fill("Das ist noch offen.")
    page.locator("select[name=stage]").select_option("2")
    press(page, "Konsens festhalten")
    expect(page.locator("main")).to_contain_text("Festgehalten: Stufe 2")
    press(second, "Konsens festhalten")
    expect(second.get_by_role("alert")).to_contain_text("Jemand war schneller")
    expect(second.get_by_role("alert")).to_contain_text("Stufe 2")
    no_barriers(second)
    press(page, "Zweite Abstimmung")
    expect(second.locator("[data-behind]")).to_contain_text("Es gibt etwas Neues", timeout=SOON)
    expect(second.locator("textarea[name=dissent]")).to_have_value("Das ist noch offen.")


def test_the_phone_of_a_municipality_that_leaves_says_so_by_itself(browser: Browser, page: Page, room: Room) -> None:
    room.moderation(page)
    with phone(browser, room, 0) as gone:
        page.goto(page.url.replace("live/", "members"))
        row = page.locator("tr", has_text="Musterkreis 1")
        row.locator("summary", has_text="Herausnehmen").click()
        row.get_by_label("Ja, Musterkreis 1 herausnehmen").check()
        row.get_by_role("button", name="Jetzt herausnehmen").click()
        expect(gone.locator("h1")).to_have_text("Diesen Platz gibt es nicht mehr", timeout=SOON)
        no_barriers(gone)
