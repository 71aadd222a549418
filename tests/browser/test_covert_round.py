"""One municipality, seven people, one picture: from the start to the deletion, in a real browser on real servers."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from selfcheck.reading import catalogue
from tests.browser.conftest import Server, serving
from tests.browser.test_main_job import begin, choose, saved

QUESTIONNAIRE = catalogue.load(catalogue.DEFAULT, catalogue.newest())
ROLES = {"leadership": 2, "planning": 3, "council": 2}
STAGES = ("0", "1", "1.5", "1", "2", "3.5", "1")
"""What the seven people rate on every item but one, on which all agree."""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Server]:
    """A second installation, with an empty database of its own."""
    yield from serving(tmp_path / "elsewhere")


def take_part(browser: Browser, invitation: str, stage: str, *, scripts: bool) -> None:
    """One person rates every item of the short check and hands in."""
    context = browser.new_context(locale="de-DE", java_script_enabled=scripts, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(invitation)
    expect(page.locator("main")).to_contain_text("Die Teilnahme ist freiwillig")
    page.locator("main form button").click()
    expect(page.locator("#private-link")).to_be_visible()
    page.locator("form[action$=link-kept] button").click()
    while not page.url.endswith("/done"):
        expect(page.locator(".mode")).to_contain_text("Verdeckte Einzeleinschätzung")
        for item in [one.get_attribute("data-item") or "" for one in page.locator("section.item").all()]:
            choose(page, item, "2" if item == "P1.1" else stage)
            if scripts:
                saved(page, item)
        page.locator(".stack .kern-btn--primary").click()
    page.locator(".work__page .kern-btn--primary").click()
    expect(page.locator("h1")).to_contain_text("Vielen Dank")
    context.close()


def values(page: Page) -> list[str]:
    """The table of values on the result page."""
    return page.locator("#radar ~ .kern-table-responsive tbody tr").all_inner_texts()


def test_a_coordinator_leads_seven_people_to_one_picture(
    browser: Browser, page: Page, server: Server, elsewhere: Server, tmp_path: Path
) -> None:
    place = begin(page, server, "short")
    page.locator("form[action$=kept] button").click()

    # own words, once for all pages
    page.goto(f"{place}context")
    page.locator("#K1").select_option("county")
    page.locator("summary", has_text="Wörter").click()
    page.locator("#K6-steering_group").select_option("own-word")
    page.locator("#K6-steering_group-singular").fill("Planungsrunde")
    page.locator("#K6-steering_group-gender").select_option("die")
    page.locator("#K6-steering_group-plural").fill("Planungsrunden")
    page.locator(".stack > .actions .kern-btn--primary, .stack > .kern-btn--primary").first.click()

    # seven people in three role groups rate covertly, most of them without JavaScript
    page.goto(f"{place}together/")
    page.locator("form[action$=begin] button").click()
    for role, count in ROLES.items():
        page.locator(f"#{role}").fill(str(count))
    page.locator("form[action$=invitations] button").click()
    invitations = [field.input_value() for field in page.locator(".links input").all()]
    assert len(invitations) == 7
    for number, (invitation, stage) in enumerate(zip(invitations, STAGES, strict=True)):
        take_part(browser, invitation, stage, scripts=number == 0)
    page.reload()
    expect(page.locator(".numbers")).to_contain_text("7")
    page.locator("#sure-evaluate").check()
    page.locator("form[action$=evaluate] button").click()

    # the most discussed first; agree where nobody is far off; consensus with dissent on two items
    expect(page.locator("h1")).to_have_text("Streuung der Einschätzungen")
    expect(page.locator(".talk").first.locator("circle")).to_have_count(7)
    page.locator("form[action$=adopt-medians] button").click()
    page.locator("main .actions .kern-btn--primary").click()
    agreed = 0
    while "/room/" in page.url:
        page.locator(".stage input[value='1']").check()
        if agreed < 2:
            page.get_by_label("Abweichende Sicht").fill("Die Kämmerei sieht Stufe 3.")
        page.locator(".room__form .kern-btn--primary").click()
        agreed += 1
    expect(page.locator(".talk", has_text="mit abweichender Sicht")).to_have_count(2)

    # target, snapshot, result
    page.goto(f"{place}target")
    page.locator("#P1").select_option("3")
    page.locator(".stack .kern-btn--primary").click()
    expect(page.locator("#dissent")).to_be_visible()
    expect(page.locator(".radar__screen .polar")).to_be_visible()
    result = values(page)
    assert len(result) == len(QUESTIONNAIRE.perspectives)
    page.goto(f"{place}history")
    page.locator("#label").fill("Beginn")
    page.locator("form[action$=snapshots] button").click()
    expect(page.locator(".snapshot")).to_contain_text("unverändert")

    # take everything out, put it back in on an empty installation, find the same results
    page.goto(f"{place}manage")
    with page.expect_download() as download:
        page.locator("a[href$='everything.json']").click()
    file = tmp_path / "everything.json"
    download.value.save_as(file)
    written = json.loads(file.read_text(encoding="utf-8"))
    assert "respondent" not in file.read_text(encoding="utf-8")
    assert len(written["snapshots"]) == 1
    context = browser.new_context(locale="de-DE")  # cookies of one machine do not tell ports apart
    other = context.new_page()
    other.goto(elsewhere.url)
    other.locator("details.more summary").last.click()
    other.locator("#file").set_input_files(file)
    other.locator("form[action$=from-file] button").click()
    there = other.url
    other.goto(f"{there}result")
    assert values(other) == result
    other.goto(f"{there}history")
    expect(other.locator(".snapshot")).to_contain_text("unverändert")
    other.goto(f"{there}P7")
    expect(other.locator(".work__page")).to_contain_text("Planungsrunde")
    context.close()

    # delete: the link opens nothing any more
    page.goto(f"{place}manage")
    page.locator("#sure").check()
    page.locator("form[action$=delete] button").click()
    expect(page.locator("h1")).to_have_text("Gelöscht")
    assert page.goto(place) is not None
    expect(page.locator("h1")).to_contain_text("gibt es nicht")


def test_covert_ratings_that_showed_as_saved_are_there_after_the_server_was_killed(
    browser: Browser, page: Page, server: Server
) -> None:
    page.goto(f"{begin(page, server, 'short')}together/")
    page.locator("form[action$=begin] button").click()
    page.locator("#planning").fill("1")
    page.locator("form[action$=invitations] button").click()
    context = browser.new_context(locale="de-DE")
    phone = context.new_page()
    phone.goto(page.locator(".links input").input_value())
    phone.locator("main form button").click()
    phone.locator("form[action$=link-kept] button").click()
    first, second = (item.id for item in QUESTIONNAIRE.perspective("P1").items if item.core)
    choose(phone, first, "1.5")
    saved(phone, first)
    server.kill()
    choose(phone, second, "2")
    expect(phone.locator(f'[data-item="{second}"] [data-state]')).to_contain_text("noch nicht gespeichert")
    server.start()
    saved(phone, second)
    phone.reload()
    for item, value in ((first, "1.5"), (second, "2")):
        expect(phone.locator(f'[data-item="{item}"] input[value="{value}"]')).to_be_checked()
    context.close()
