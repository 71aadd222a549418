"""Who may see what: every route below an assessment, whichever will be added."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from selfcheck.ground.days import day_of, end_of
from selfcheck.models import Assessment, Link
from selfcheck.services import links
from selfcheck.views.doors import READABLE
from tests.web import Person

HARMLESS = {"HEAD", "OPTIONS"}


@pytest.fixture
def person(client: FlaskClient) -> Person:
    return Person(client)


def below(app: Flask, place: str) -> Iterator[tuple[str, str, str]]:
    """Endpoint, method and address of every route below the assessment."""
    with app.extensions["selfcheck"].database.reader() as session:
        link = session.scalars(select(Link.id)).first()
    known = {
        "code": "AAAAAA",
        "perspective_id": "P1",
        "item_id": "P1.1",
        "ending": "pdf",
        "link_id": link,
        "snapshot_id": "x",
        "module_id": "spaces",
        "section_id": "plans",
        "package_id": "0" * 32,
        "proposal_id": "x",
        "measure_id": "x",
    }
    for rule in app.url_map.iter_rules():
        if "assessment_id" not in rule.arguments:
            continue
        unknown = rule.arguments - known.keys() - {"assessment_id"}
        assert not unknown, f"the test does not know how to fill {rule.rule}"
        path = rule.rule.replace("<assessment_id>", place.split("/")[2])
        if rule.endpoint == "papers.table":
            path = path.replace("<ending>", "csv")
        for name, value in known.items():
            path = path.replace(f"<{name}>", str(value))
        assert "<" not in path, f"the test does not know how to fill {rule.rule}"
        for method in sorted((rule.methods or set()) - HARMLESS):
            yield rule.endpoint, method, path


def share(app: Flask, days: int = 7) -> str:
    """The path of a link that only reads."""
    with app.extensions["selfcheck"].database.writer() as session:
        assessment = session.scalars(select(Assessment)).one()
        _, token = links.share(session, assessment, "Ausschuss", days)
        session.commit()
    return f"/l/{token}"


def test_no_page_of_an_assessment_opens_without_its_link(person: Person, app: Flask) -> None:
    place = person.start()
    stranger = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    routes = list(below(app, place))
    assert len(routes) > 20
    for _, method, path in routes:
        answer = stranger.open(path, method=method)
        assert answer.status_code == 404, f"{method} {path}"
        assert "Musterkreis" not in answer.text


def test_the_link_to_another_assessment_opens_no_page_either(person: Person, app: Flask) -> None:
    place = person.start()
    other = Person(app.test_client())
    other.start(municipality="Anderswo")
    app.config["WTF_CSRF_ENABLED"] = False
    for _, method, path in below(app, place):
        assert other.client.open(path, method=method).status_code == 404, f"{method} {path}"


def test_a_read_only_link_opens_the_result_and_public_papers_and_nothing_else(person: Person, app: Flask) -> None:
    place = person.start()
    reader = app.test_client()
    reader.get(share(app))
    app.config["WTF_CSRF_ENABLED"] = False
    opened = set()
    for endpoint, method, path in below(app, place):
        answer = reader.open(path, method=method)
        if endpoint in READABLE:
            assert answer.status_code == 200, f"{method} {path}"
            opened.add(endpoint)
        else:
            assert answer.status_code == 404, f"{method} {path}"
    assert opened == READABLE


def test_whoever_reads_sees_no_way_to_a_page_that_is_closed_to_them(person: Person, app: Flask) -> None:
    place = person.start()
    person.answer(place, "P1.1", "3")
    reader = Person(app.test_client())
    page = reader.get(share(app)).text
    assert "Nur-Lese-Ansicht, bis einschließlich" in page
    readable = {path for endpoint, _, path in below(app, place) if endpoint in READABLE}
    ways = {part.partition('"')[0].partition("#")[0] for part in page.split('href="')[1:]}
    inside = {way for way in ways if way.startswith(place)}
    assert {way.rpartition(".")[0] or way for way in inside} <= {way.rpartition(".")[0] or way for way in readable}
    assert all(reader.get(way).status_code == 200 for way in inside)
    assert "action=" not in page.partition("<main")[2]


def test_a_link_that_has_expired_says_so_and_opens_nothing(person: Person, app: Flask) -> None:
    place = person.start()
    way_in = share(app)
    reader = Person(app.test_client())
    assert reader.get(way_in).status_code == 200
    with app.extensions["selfcheck"].database.writer() as session:
        link = session.scalars(select(Link).where(Link.kind == links.READER)).one()
        link.expires = link.created
        session.commit()
    for path in (way_in, f"{place}result", f"{place}report.pdf"):
        answer = reader.get(path)
        assert answer.status_code == 404
        assert "ist abgelaufen" in answer.text


def test_a_link_that_was_revoked_says_so_and_opens_nothing(person: Person, app: Flask) -> None:
    place = person.start()
    way_in = share(app)
    reader = Person(app.test_client())
    assert reader.get(way_in).status_code == 200
    with app.extensions["selfcheck"].database.writer() as session:
        link = session.scalars(select(Link).where(Link.kind == links.READER)).one()
        session.get_one(Link, link.id).revoked = link.created
        session.commit()
    for path in (way_in, f"{place}result"):
        answer = reader.get(path)
        assert answer.status_code == 404
        assert "wurde zurückgezogen" in answer.text


def test_a_read_only_link_lasts_to_the_end_of_its_last_day(person: Person, app: Flask) -> None:
    person.start()
    share(app, days=30)
    with app.extensions["selfcheck"].database.reader() as session:
        link = session.scalars(select(Link).where(Link.kind == links.READER)).one()
        last = links.last_day(link)
        assert last is not None
        assert (last - day_of(link.created)).days == 30
        assert link.expires is not None
        assert link.expires == end_of(last)
