"""A transfer agency's area and its own examples, as requests: who gets in, what is taken, where it shows."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from scoring.assess.assess import assess
from selfcheck.models import Assessment, OwnPractices
from selfcheck.reading import answer_files, catalogue, example_files, fingerprints
from selfcheck.services import agencies, assessments, practices, snapshots, transfer
from tests.web import Person, agency, token_in

FILE = (Path(__file__).parent / "own_examples.yaml").read_text(encoding="utf-8")
EXAMPLES = Path(__file__).parents[2] / "examples"
MARK = "Beispiel der Agentur „Transferagentur Musterland“, nicht Teil des Fragebogens"
SHIPPED = catalogue.load(catalogue.DEFAULT, catalogue.newest())


def entered(app: Flask, name: str = "Transferagentur Musterland") -> tuple[Person, str]:
    """Somebody in a new agency's area, and its path."""
    link, id = agency(app, name)
    person = Person(app.test_client())
    assert person.get(link).status_code == 200
    return person, f"/agency/{id}/"


def hand_in(person: Person, place: str, content: str | bytes, name: str = "own.yaml") -> TestResponse:
    raw = content.encode() if isinstance(content, str) else content
    data = {"csrf_token": token_in(person.get(place).text), "file": (BytesIO(raw), name)}
    return person.client.post(f"{place}examples", data=data, headers={"Accept-Language": person.language})


# ---------------------------------------------------------------------------------------------------------- who gets in
def test_without_its_link_an_agency_does_not_exist(app: Flask) -> None:
    _, id = agency(app)
    stranger = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    for rule in app.url_map.iter_rules():
        if "agency_id" in rule.arguments:
            path = rule.rule.replace("<agency_id>", id)
            for argument in rule.arguments - {"agency_id"}:
                path = path.replace(f"<{argument}>", "x")
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                answer = stranger.open(path, method=method)
                assert answer.status_code == 404, path
                assert "Musterland" not in answer.text


def test_the_link_of_one_agency_opens_neither_another_agency_nor_a_self_check(app: Flask) -> None:
    person, _ = entered(app)
    _, other = agency(app, "Andere Agentur")
    assert person.get(f"/agency/{other}/").status_code == 404
    municipality = Person(app.test_client())
    place = municipality.start()
    assert person.get(f"{place}result").status_code == 404
    assert municipality.get(f"/agency/{other}/").status_code == 404


def test_a_new_link_closes_the_old_one_also_where_it_was_opened_already(app: Flask) -> None:
    link, id = agency(app)
    person = Person(app.test_client())
    assert person.get(link).status_code == 200
    with app.extensions["selfcheck"].database.writer() as session:
        [found] = agencies.listed(session)
        token = agencies.renew(session, found)
        session.commit()
    assert person.get(f"/agency/{id}/").status_code == 404
    assert person.get(link).status_code == 404
    assert person.get(f"/a/{token}").status_code == 200


def test_only_the_hash_of_the_link_is_stored(app: Flask) -> None:
    link, _ = agency(app)
    with app.extensions["selfcheck"].database.reader() as session:
        [found] = agencies.listed(session)
        assert link.removeprefix("/a/") not in {found.token_hash, found.id, found.name}


def test_the_start_page_leads_to_what_an_area_is_and_how_to_get_one(app: Flask) -> None:
    person = Person(app.test_client())
    assert 'href="/agencies"' in person.get("/").text
    assert "selfcheck agency add" in person.get("/agencies").text


# --------------------------------------------------------------------------------------------------- what is taken
def test_the_empty_file_is_refused_and_names_everything_that_is_to_be_filled_in(app: Flask) -> None:
    for language in ("de", "en"):
        person, place = entered(app, f"Agentur {language}")
        person.language = language
        empty = person.get(f"{place}examples/template.yaml")
        assert "attachment" in empty.headers["Content-Disposition"]
        answer = hand_in(person, place, empty.data)
        assert answer.status_code == 422
        for named in ("practices[0].id", "practices[0].source.year", "practices[0].limits.de"):
            assert named in answer.text


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
BAD: dict[str, tuple[str | bytes, str]] = {
    "a bomb of anchors": (BOMB, "Anker"),
    "a very deep file": ("[" * 200, "YAML"),
    "no YAML": ("practices: [", "kein gültiges YAML"),
    "no UTF-8": (FILE.encode("utf-16"), "UTF-8"),
    "too large": (FILE + "#" * example_files.LIMIT, "500 000"),
    "another version": (FILE.replace('"2026-1"', '"1999-1"'), "gibt es hier nicht"),
    "no version": (FILE.replace('version: "2026-1"', ""), "version"),
    "an unknown format": (FILE.replace("selfcheck-examples: 1", "selfcheck-examples: 2"), "eins von: 1"),
    "an id of the questionnaire": (FILE.replace("id: musterkreis-planning-round", "id: jena-department"), "vergeben"),
    "a score": (FILE.replace("    limits:", "    score: 3\n    limits:"), "score"),
    "an unknown item": (FILE.replace("item: P2.1", "item: P2.99"), "P2.99"),
    "nothing": ("", "Zuordnung"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_changes_nothing_and_says_what_is_wrong(case: str, app: Flask) -> None:
    content, says = BAD[case]
    person, place = entered(app)
    answer = hand_in(person, place, content)
    assert answer.status_code == 422
    assert says in answer.text
    with app.extensions["selfcheck"].database.reader() as session:
        assert session.scalars(select(OwnPractices)).all() == []


def test_without_a_file_the_page_asks_for_one(app: Flask) -> None:
    person, place = entered(app)
    answer = person.post(f"{place}examples", {}, token_from=place)
    assert answer.status_code == 422
    assert "zuerst eine Datei auswählen" in answer.text


def test_two_agencies_cannot_use_the_same_id(app: Flask) -> None:
    person, place = entered(app)
    assert hand_in(person, place, FILE).status_code == 302
    other, there = entered(app, "Andere Agentur")
    answer = hand_in(other, there, FILE)
    assert answer.status_code == 422
    assert "musterkreis-planning-round" in answer.text
    assert "musterkreis-page" in answer.text


def test_a_file_comes_back_as_it_was_handed_in_is_replaced_and_deleted(app: Flask) -> None:
    person, place = entered(app)
    hand_in(person, place, FILE)
    assert person.get(f"{place}examples/integrated-planning/2026-1.yaml").text == FILE
    hand_in(person, place, FILE.replace("Monatliche Planungsrunde", "Wöchentliche Planungsrunde"))
    assert "Wöchentliche Planungsrunde" in person.get("/practices").text
    assert "Monatliche Planungsrunde" not in person.get("/practices").text
    delete = f"{place}examples/integrated-planning/2026-1/delete"
    person.post(delete, {}, token_from=place)
    assert "Wöchentliche" in person.get("/practices").text, "without the tick nothing happens"
    assert person.post(delete, {"sure": "y"}, token_from=place).status_code == 302
    assert "Wöchentliche" not in person.get("/practices").text
    assert person.get(f"{place}examples/integrated-planning/2026-1.yaml").status_code == 404


def test_markup_in_texts_is_shown_as_text(app: Flask) -> None:
    person, place = entered(app, "<i>Agentur</i>")
    script = "<script>alert(1)</script>"
    hand_in(person, place, FILE.replace("Die Runde trifft sich jeden Monat.", f"Die Runde {script}"))
    for path in ("/practices/musterkreis-planning-round", "/practices", place):
        page = person.get(path).text
        assert "<script>alert" not in page
        assert "<i>Agentur" not in page
    assert "&lt;script&gt;" in person.get("/practices/musterkreis-planning-round").text


@pytest.mark.parametrize("where", ["javascript:alert(1)", "data:text/html,x", "//example.org"])
def test_only_web_addresses_become_links(where: str, app: Flask) -> None:
    person, place = entered(app)
    hand_in(person, place, FILE.replace("https://example.org/planungsbericht.pdf", f'"{where}"'))
    page = person.get("/practices/musterkreis-planning-round").text
    assert where in page
    assert f'href="{where}' not in page


# --------------------------------------------------------------------------------------------------------- where it shows
@pytest.fixture
def with_examples(app: Flask) -> Flask:
    person, place = entered(app)
    assert hand_in(person, place, FILE).status_code == 302
    return app


def test_an_own_example_stands_in_the_atlas_marked_with_its_source_and_pages(with_examples: Flask) -> None:
    person = Person(with_examples.test_client())
    assert MARK in person.get("/practices").text
    page = person.get("/practices/musterkreis-planning-round").text
    for said in (MARK, "Planungsbericht des Musterkreises", "(2024)", "Seite 12, 13", "Stand 01.03.2024", "Jugendamt"):
        assert said in page
    assert "Zeile" not in page
    person.language = "en"
    page = person.get("/practices/musterkreis-planning-round").text
    assert "not part of the questionnaire" in page
    assert "page 12" in page


def test_it_can_be_found_by_perspective_and_structure_like_the_others(with_examples: Flask) -> None:
    person = Person(with_examples.test_client())
    assert "musterkreis-planning-round" in person.get("/practices?perspective=P2&K3=100-250").text
    assert "musterkreis-planning-round" not in person.get("/practices?perspective=P8").text


def test_it_stands_beside_the_answers_on_the_result_and_in_report_and_table(with_examples: Flask) -> None:
    person = Person(with_examples.test_client())
    place = person.start()
    person.post(f"{place}P2", {item.id: "1" for item in SHIPPED.perspective("P2").items})
    for page in ("examples", "result", "report.html?length=full"):
        text = person.get(f"{place}{page}").text
        assert "Monatliche Planungsrunde mit festem Ort" in text, page
        assert "nicht Teil des Fragebogens" in text, page
    assert person.get(f"{place}table.xlsx").status_code == 200
    marked = person.get(f"{place}chart.svg?practice=musterkreis-planning-round")
    assert marked.status_code == 200


def test_an_own_example_changes_no_value_no_fingerprint_and_no_snapshot(app: Flask) -> None:
    database = app.extensions["selfcheck"].database
    before = fingerprints.of_questionnaire(SHIPPED.id, SHIPPED.version)
    with database.writer() as session:
        for file in sorted(EXAMPLES.glob("*.yaml")):
            assessments.adopt(session, *answer_files.read(file))
        session.commit()

    def everything() -> list[object]:
        with database.reader() as session:
            found = session.scalars(select(Assessment).order_by(Assessment.id)).all()
            return [(snapshots.content_of(one), transfer.parcel(one)) for one in found]

    earlier = everything()
    person, place = entered(app)
    hand_in(person, place, FILE)
    assert everything() == earlier
    fingerprints.of_questionnaire.cache_clear()
    assert fingerprints.of_questionnaire(SHIPPED.id, SHIPPED.version) == before
    with database.reader() as session:
        extended = practices.with_own(session, SHIPPED, "de")
        assert len(extended.practices) == len(SHIPPED.practices) + 1
        for one in session.scalars(select(Assessment)):
            sheet = assessments.sheet_of(one)
            assert assess(extended, sheet) == assess(SHIPPED, sheet)
    assert catalogue.load(SHIPPED.id, SHIPPED.version) is SHIPPED


def test_a_kept_file_that_no_longer_fits_vanishes_from_pages_and_is_named_on_the_desk(app: Flask) -> None:
    person, place = entered(app)
    hand_in(person, place, FILE)
    with app.extensions["selfcheck"].database.writer() as session:
        kept = session.scalars(select(OwnPractices)).one()
        kept.content = kept.content.replace("P2.1", "P2.99")
        session.commit()
    assert person.get("/practices").status_code == 200
    assert "musterkreis-planning-round" not in person.get("/practices").text
    assert "passt nicht mehr zum Fragebogen" in person.get(place).text


def test_deleting_an_agency_takes_its_examples_along(with_examples: Flask) -> None:
    with with_examples.extensions["selfcheck"].database.writer() as session:
        [found] = agencies.listed(session)
        agencies.delete(session, found)
        session.commit()
        assert session.scalars(select(OwnPractices)).all() == []
    assert "musterkreis-planning-round" not in Person(with_examples.test_client()).get("/practices").text
