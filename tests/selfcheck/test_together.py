"""Rating together, as requests without JavaScript: covert ratings, what is shown of them and when, the consensus round."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from selfcheck.ground.config import Settings
from selfcheck.views.doors import READABLE
from tests.web import TOKEN, Person, token_in

ITEM = "P1.1"
SPREAD = ('"ratings"', "ratings:", "talk__strip", 'name="Einzeleinschätzungen"')
"""What a released spread looks like in files and pages."""


@pytest.fixture
def coordinator(app: Flask) -> Person:
    person = Person(app.test_client())
    person.place = person.start()
    person.post(f"{person.place}link-kept", {}, token_from=f"{person.place}context")
    return person


def collect(coordinator: Person, **roles: int) -> list[str]:
    """Begin to collect, invite so many people of each role; returns the paths of the invitations."""
    place = f"{coordinator.place}together/"
    coordinator.post(f"{place}begin", {"purpose": "Für den Lagebericht"}, token_from=place)
    if roles:
        counts = {role: str(count) for role, count in roles.items()}
        assert coordinator.post(f"{place}invitations", counts, token_from=place).status_code == 302
    return re.findall(r'value="http://localhost(/i/[^"]+)"', coordinator.get(place).text)


def take_part(app: Flask, invitation: str) -> Person:
    """Use an invitation; `place` is then the way to the rating."""
    person = Person(app.test_client())
    answer = person.post(invitation, {})
    assert answer.status_code == 302
    person.place = answer.location
    found = re.search(r'value="http://localhost(/r/[\w-]+)"', person.get(person.place).text)
    assert found
    person.link = found[1]
    return person


def rate(person: Person, choice: str, item: str = ITEM, **texts: str) -> None:
    data = {item: choice} | {f"{item}-{name}": value for name, value in texts.items()}
    answer = person.post(f"{person.place}items/{item}", data, token_from=f"{person.place}{item.partition('.')[0]}")
    assert answer.status_code == 200, answer.text


def evaluate(coordinator: Person) -> int:
    place = f"{coordinator.place}together/"
    return coordinator.post(f"{place}evaluate", {"sure": "y"}, token_from=place).status_code


def readable(content: bytes) -> str:
    """All text of a page or a file; of packed files that of their parts. PDFs say what the web page of them says."""
    if content.startswith(b"%PDF"):
        return ""
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as file:
            return "".join(file.read(name).decode() for name in file.namelist() if name.endswith((".xml", ".svg")))
    return content.decode()


def everything_shown(coordinator: Person, app: Flask) -> Iterator[tuple[str, str]]:
    """The source of every page and file that the coordinator can reach with a link or an address."""
    known = {"perspective_id": "P1", "item_id": ITEM}
    for rule in app.url_map.iter_rules():
        if "assessment_id" not in rule.arguments or "GET" not in (rule.methods or ()):
            continue
        for ending in ("html", "json", "yaml", "txt", "csv", "svg", "xlsx", "docx"):
            path = rule.rule.replace("/assessment/<assessment_id>/", coordinator.place).replace("<ending>", ending)
            for name, value in known.items():
                path = path.replace(f"<{name}>", value)
            if "<" not in path:
                for address in (path, f"{path}?variant=internal"):
                    answer = coordinator.get(address)
                    if answer.status_code == 200:
                        yield address, readable(answer.data)


def test_an_invitation_is_used_by_the_button_not_by_opening_it(coordinator: Person, app: Flask) -> None:
    [invitation] = collect(coordinator, planning=1)
    visitor = Person(app.test_client())
    for _ in range(2):
        page = visitor.get(invitation)
        assert page.status_code == 200
        assert "freiwillig" in page.text
        assert "Für den Lagebericht" in page.text
        assert "90" not in re.findall(r"spätestens am ([\d.]+)", page.text)
    take_part(app, invitation)
    assert visitor.get(invitation).status_code == 404


def test_the_coordination_can_not_look_into_a_rating_by_its_invitation(coordinator: Person, app: Flask) -> None:
    [invitation] = collect(coordinator, planning=1)
    person = take_part(app, invitation)
    rate(person, "3", remark="nur für mich")
    assert coordinator.get(invitation).status_code == 404
    assert coordinator.get(f"{person.place}P1").status_code == 404
    assert coordinator.post(f"{person.place}items/{ITEM}", {ITEM: "0"}, token_from="/").status_code == 404


def test_a_card_scanned_again_on_the_same_device_leads_to_the_rating(coordinator: Person, app: Flask) -> None:
    [invitation] = collect(coordinator, planning=1)
    person = take_part(app, invitation)
    assert person.client.get(invitation).location == person.place


def test_somebody_who_took_part_is_told_that_the_round_is_over(coordinator: Person, app: Flask) -> None:
    people = [take_part(app, invitation) for invitation in collect(coordinator, planning=5)]
    for one in people:
        rate(one, "2")
    evaluate(coordinator)
    answer = people[0].get(f"{people[0].place}P1")
    assert answer.status_code == 404
    assert "gemeinsam mit den anderen ausgewertet" in answer.text


def test_an_address_on_a_card_has_nothing_to_be_mistaken(coordinator: Person) -> None:
    for invitation in collect(coordinator, planning=5):
        assert re.fullmatch("/i/[a-z2-7]{26}", invitation)


def test_a_conflict_in_the_room_loses_neither_dissent_nor_evidence(coordinator: Person) -> None:
    room = f"{coordinator.place}together/room/{ITEM}"
    shown = {f"{ITEM}-seen": "0", f"{ITEM}-was": "", "csrf_token": token_in(coordinator.get(room).text)}
    coordinator.client.post(
        room, data=shown | {ITEM: "3", f"{ITEM}-dissent": "Zwei sehen 1", f"{ITEM}-evidence": "Akte"}
    )
    refused = coordinator.client.post(room, data=shown | {ITEM: "2"}).get_data(as_text=True)
    assert "Zwei sehen 1</textarea>" in refused
    assert "Akte</textarea>" in refused


def test_a_person_comes_back_by_the_return_link_and_finds_the_ratings(coordinator: Person, app: Flask) -> None:
    [invitation] = collect(coordinator, planning=1)
    person = take_part(app, invitation)
    rate(person, "1.5")
    elsewhere = Person(app.test_client())
    elsewhere.get(person.link)
    assert re.search(r'value="1.5" checked', elsewhere.get(f"{person.place}P1").text)


def test_nobody_who_rates_sees_what_is_agreed_or_what_others_rated(coordinator: Person, app: Flask) -> None:
    coordinator.answer(coordinator.place, ITEM, "4", remark="Konsens-Bemerkung")
    first, second = collect(coordinator, planning=2)
    rate(take_part(app, first), "3", remark="meine Sicht")
    page = take_part(app, second)
    source = page.get(f"{page.place}P1").text
    assert "Konsens-Bemerkung" not in source
    assert "meine Sicht" not in source
    assert not re.search(r'value="\d[.5]*" checked', source)


def test_a_half_step_can_be_rated_with_an_ordinary_form(coordinator: Person, app: Flask) -> None:
    [invitation] = collect(coordinator, planning=1)
    person = take_part(app, invitation)
    answer = person.post(f"{person.place}P1", {ITEM: "2.5", f"{ITEM}-remark": "fast"})
    assert answer.status_code == 302
    page = person.get(f"{person.place}P1").text
    assert re.search(r'value="2.5" checked', page)
    assert "fast" in page


@pytest.mark.thorough
def test_with_four_people_no_distribution_appears_anywhere(coordinator: Person, app: Flask, settings: Settings) -> None:
    for number, invitation in enumerate(collect(coordinator, planning=4)):
        rate(take_part(app, invitation), str(number), remark=f"geheim{number}")
    assert evaluate(coordinator) == 422
    pages = dict(everything_shown(coordinator, app))
    assert len(pages) >= 12
    for path, source in pages.items():
        assert "geheim" not in source, path
        assert 'class="talk"' not in source, path
        assert not any(sign in source for sign in SPREAD), path
        assert "Median aus" not in source, path
    assert (
        "Weniger als 5 Personen"
        in coordinator.post(
            f"{coordinator.place}together/evaluate", {"sure": "y"}, token_from=f"{coordinator.place}together/"
        ).text
    )


def test_with_five_people_the_distribution_appears_and_the_ratings_are_gone(
    coordinator: Person, app: Flask, settings: Settings
) -> None:
    people = [take_part(app, invitation) for invitation in collect(coordinator, planning=5)]
    for number, person in enumerate(people):
        rate(person, str(number), remark=f"Satz{number}")
    assert evaluate(coordinator) == 302
    page = coordinator.get(f"{coordinator.place}together/spread").text
    assert "5 Einschätzungen" in page
    assert "Satz3" in page
    assert people[0].get(f"{people[0].place}P1").status_code == 404
    with create_engine(settings.database_url).connect() as connection:
        for table in ("respondent", "rating", "invitation"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0


@pytest.mark.thorough
def test_a_sixth_person_can_not_be_found_by_subtraction(coordinator: Person, app: Flask) -> None:
    """The evaluation happens once, over all: there is no state with five that could be compared with six."""
    invitations = collect(coordinator, planning=6)
    for number, invitation in enumerate(invitations[:5]):
        rate(take_part(app, invitation), str(number))
    before = dict(everything_shown(coordinator, app))
    assert not any('class="talk"' in source or any(sign in source for sign in SPREAD) for source in before.values())
    sixth = take_part(app, invitations[5])
    rate(sixth, "4", remark="die sechste")
    assert evaluate(coordinator) == 302
    page = coordinator.get(f"{coordinator.place}together/spread").text
    assert "6 Einschätzungen" in page
    # nobody can join, change or leave afterwards, and a second evaluation changes nothing
    assert sixth.post(f"{sixth.place}withdraw", {}, token_from="/").status_code == 404
    place = f"{coordinator.place}together/"
    assert coordinator.post(f"{place}begin", {}, token_from=place).status_code == 409
    assert "Auswerten" not in coordinator.get(place).text
    assert coordinator.post(f"{place}evaluate", {"sure": "y"}, token_from=place).status_code == 302
    assert coordinator.post(f"{place}invitations", {"none": "1"}, token_from=place).status_code == 422
    again = coordinator.get(f"{coordinator.place}together/spread").text
    assert TOKEN.sub("", again) == TOKEN.sub("", page)


def test_someone_who_leaves_before_the_evaluation_leaves_nothing(
    coordinator: Person, app: Flask, settings: Settings
) -> None:
    [invitation] = collect(coordinator, planning=1)
    person = take_part(app, invitation)
    rate(person, "3")
    person.post(f"{person.place}withdraw", {}, token_from=f"{person.place}done")
    with create_engine(settings.database_url).connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM rating")).scalar() == 0
    assert person.get(f"{person.place}P1").status_code == 404


@pytest.mark.parametrize("end", ["withdraw", "discard", "evaluate", "delete"])
def test_nothing_of_a_deleted_rating_stays_in_the_files_of_the_database(
    coordinator: Person, app: Flask, settings: Settings, end: str
) -> None:
    people = [take_part(app, invitation) for invitation in collect(coordinator, planning=6)]
    for person in people[1:]:
        rate(person, "2")
    rate(people[0], "3", item="P8.1", remark="Nur zwischen uns")
    folder = Path(settings.database_url.removeprefix("sqlite:///")).parent
    assert any(b"Nur zwischen uns" in file.read_bytes() for file in folder.iterdir())
    together = f"{coordinator.place}together/"
    match end:
        case "withdraw":
            people[0].post(f"{people[0].place}withdraw", {}, token_from=f"{people[0].place}done")
        case "delete":
            manage = f"{coordinator.place}manage"
            coordinator.post(f"{coordinator.place}delete", {"sure": "y"}, token_from=manage)
        case _:
            coordinator.post(f"{together}{end}", {"sure": "y"}, token_from=together)
    assert not any(b"Nur zwischen uns" in file.read_bytes() for file in folder.iterdir())


def test_what_was_rated_counts_as_median_until_something_is_agreed(coordinator: Person, app: Flask) -> None:
    for choice, invitation in zip("11223", collect(coordinator, planning=5), strict=True):
        rate(take_part(app, invitation), choice)
    evaluate(coordinator)
    assert "Median aus 5 Einschätzungen, noch nicht vereinbart" in coordinator.get(f"{coordinator.place}result").text
    room = f"{coordinator.place}together/room/{ITEM}"
    data = {ITEM: "3", f"{ITEM}-dissent": "Zwei sehen Stufe 1", f"{ITEM}-seen": "0", f"{ITEM}-was": ""}
    assert coordinator.post(room, data).status_code == 302
    result = coordinator.get(f"{coordinator.place}result").text
    assert "Median aus" not in result
    assert "Zwei sehen Stufe 1" in result


def test_medians_are_agreed_together_only_where_nobody_is_far_off(coordinator: Person, app: Flask) -> None:
    for choice, invitation in zip("11222", collect(coordinator, planning=5), strict=True):
        person = take_part(app, invitation)
        rate(person, choice)
        rate(person, str(2 * (int(choice) - 1)), item="P1.2")
    evaluate(coordinator)
    spread = f"{coordinator.place}together/spread"
    coordinator.post(f"{coordinator.place}together/adopt-medians", {}, token_from=spread)
    file = coordinator.get(f"{coordinator.place}answers.yaml").text
    assert "P1.1: 2\n" in file
    assert "P1.2:" in file.partition("spreads:")[2]
    assert "P1.2:" not in file.partition("spreads:")[0], "P1.2 needs a talk"


def test_the_most_discussed_item_comes_first_with_a_question(coordinator: Person, app: Flask) -> None:
    for choice, invitation in zip("00444", collect(coordinator, planning=5), strict=True):
        person = take_part(app, invitation)
        rate(person, "2")
        rate(person, choice, item="P2.1", unclear="y")
    evaluate(coordinator)
    page = coordinator.get(f"{coordinator.place}together/spread").text
    assert page.index('id="talk-P2.1"') < page.index('id="talk-P1.1"')
    assert "Es gibt zwei Gruppen" in page
    assert "schwer verständlich" in page


def test_the_agenda_follows_the_hours_asked_for(coordinator: Person, app: Flask) -> None:
    for choice, invitation in zip("00444", collect(coordinator, planning=5), strict=True):
        rate(take_part(app, invitation), choice)
    evaluate(coordinator)
    page = coordinator.get(f"{coordinator.place}together/spread?start=13:30&minutes=120").text
    assert "weniger als eine Minute je Merkmal" in page
    assert "13:30–" in page
    assert "–15:30" in page
    assert "09:00–" in coordinator.get(f"{coordinator.place}together/spread?start=x&minutes=-5").text


def test_ending_without_an_evaluation_needs_a_tick_and_leaves_nothing(
    coordinator: Person, app: Flask, settings: Settings
) -> None:
    [invitation] = collect(coordinator, planning=1)
    rate(take_part(app, invitation), "3")
    place = f"{coordinator.place}together/"
    assert coordinator.post(f"{place}discard", {}, token_from=place).status_code == 422
    assert coordinator.post(f"{place}discard", {"sure": "y"}, token_from=place).status_code == 302
    with create_engine(settings.database_url).connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM rating")).scalar() == 0
    assert "Offene Konsensrunde" in coordinator.get(place).text


@pytest.mark.parametrize("count", ["0", "-1", "31", "viele", ""])
def test_a_wrong_number_of_invitations_is_refused_with_a_reason(coordinator: Person, count: str) -> None:
    collect(coordinator)
    place = f"{coordinator.place}together/"
    answer = coordinator.post(f"{place}invitations", {"planning": count}, token_from=place)
    assert answer.status_code == 422
    assert "kern-error" in answer.text


def test_invitation_cards_hold_every_unused_invitation(coordinator: Person, app: Flask) -> None:
    invitations = collect(coordinator, leadership=3, planning=3, council=1)
    take_part(app, invitations[0])
    answer = coordinator.get(f"{coordinator.place}together/invitations.pdf")
    assert answer.mimetype == "application/pdf"
    pdfium = pytest.importorskip("pypdfium2")
    words = "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(answer.data))
    written = re.sub(r"[\x02\ufffe]", "-", re.sub(r"\s|\u200b", "", words))  # a hyphen that happens to end a line
    assert sum(invitation in written for invitation in invitations) == 6, "each address stands whole, without a hyphen"


def test_two_people_at_the_projector_do_not_overwrite_each_other(coordinator: Person) -> None:
    room = f"{coordinator.place}together/room/{ITEM}"
    token = token_in(coordinator.get(room).text)
    shown = {f"{ITEM}-seen": "0", f"{ITEM}-was": "", "csrf_token": token}
    assert coordinator.client.post(room, data=shown | {ITEM: "3"}).status_code == 302
    refused = coordinator.client.post(room, data=shown | {ITEM: "1"})
    assert refused.status_code == 409
    assert "3 " in refused.get_data(as_text=True)
    assert "P1.1: 3" in coordinator.get(f"{coordinator.place}answers.yaml").text


def test_a_read_only_link_opens_nothing_of_the_round() -> None:
    assert not any(endpoint.startswith(("people.", "history.", "rating.")) for endpoint in READABLE)


@pytest.mark.thorough
def test_what_is_released_stands_in_the_internal_workbook_and_in_no_public_one(coordinator: Person, app: Flask) -> None:
    for choice, invitation in zip("01122", collect(coordinator, planning=5), strict=True):
        rate(take_part(app, invitation), choice)
    evaluate(coordinator)
    shown = {path: source for path, source in everything_shown(coordinator, app) if "table.xlsx" in path}
    assert {path.partition("?")[2]: SPREAD[3] in source for path, source in shown.items()} == {
        "": False,
        "variant=internal": True,
    }


def test_what_was_entered_before_a_covert_rating_is_set_aside_when_wanted_and_kept_as_a_snapshot(
    coordinator: Person,
) -> None:
    coordinator.answer(coordinator.place, ITEM, "4", remark="Beschluss von 2024")
    place = f"{coordinator.place}together/"
    assert "1 Merkmal ist schon eingeschätzt" in coordinator.get(place).text
    coordinator.post(f"{place}begin", {"purpose": "", "aside": "y"}, token_from=place)
    file = coordinator.get(f"{coordinator.place}answers.yaml").text
    assert "Beschluss von 2024" in file
    assert not re.search(r"P1\.1: (4|\{?.*stage: 4)", file)
    assert "Vor der verdeckten Einzeleinschätzung" in coordinator.get(f"{coordinator.place}history").text


def test_without_setting_it_aside_what_was_entered_before_still_counts(coordinator: Person) -> None:
    coordinator.answer(coordinator.place, ITEM, "4")
    place = f"{coordinator.place}together/"
    coordinator.post(f"{place}begin", {"purpose": ""}, token_from=place)
    assert "P1.1: 4" in coordinator.get(f"{coordinator.place}answers.yaml").text
