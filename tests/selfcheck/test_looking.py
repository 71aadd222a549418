"""Look together and learning tandems: what the pages and the screen show of whom, and what they never show."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from scoring.model.answers import Answer, Context, Sheet, Target
from scoring.workshop import words
from scoring.workshop.disclosure import Derivable, GroupTooSmall
from scoring.workshop.members import Shown
from selfcheck.models import Participation, Workshop
from selfcheck.reading import answer_files
from selfcheck.services import assessments, ledgers, looking, membership, tandems, workshops
from selfcheck.services.copies import Consent
from selfcheck.services.looking import NotReleased, Together
from tests.selfcheck.rooms import PLAN, QUESTIONNAIRE
from tests.web import Person, token_in

TODAY = date.today()


def sheet(stage: int, kind: str = "county", target: int | None = None, **stages: int) -> Sheet:
    """A full check in which every item stands at one stage, apart from those named."""
    answers = {id: Answer(stages.get(id.replace(".", "_"), stage)) for id in QUESTIONNAIRE.items}
    wanted = None if target is None else Target(2030, {one.id: target for one in QUESTIONNAIRE.perspectives})
    return Sheet(
        QUESTIONNAIRE.id,
        QUESTIONNAIRE.version,
        date=TODAY.isoformat(),
        context=Context({"K1": kind}),
        answers=answers,
        target=wanted,
    )


def room(session: Session, *people: tuple[Shown, Sheet], tandems: bool = False) -> tuple[Workshop, str]:
    made, token = workshops.prepare(session, QUESTIONNAIRE, PLAN)
    made.threshold = 3
    for number, (shown, given) in enumerate(people, 1):
        membership.enter_on_paper(session, made, given, Consent(shown, f"GEHEIM-{number}", tandems=tandems))
    session.flush()
    return made, token


@pytest.fixture
def session(app: Flask) -> Session:
    return app.extensions["selfcheck"].database.writer()  # type: ignore[no-any-return]


def covered(stages: Sequence[int]) -> list[tuple[Shown, Sheet]]:
    return [("aggregate", sheet(stage)) for stage in stages]


def test_numbers_of_covered_municipalities_are_shown_only_after_their_release(session: Session) -> None:
    made, _ = room(session, *covered((0, 1, 2, 3)))
    assert looking.look(made, {}, TODAY).together("P1") == NotReleased()
    assert looking.release(made, {}, TODAY) == len(QUESTIONNAIRE.perspectives) + len(QUESTIONNAIRE.items)
    found = looking.look(made, {}, TODAY).together("P1")
    assert isinstance(found, Together)
    assert found.size == 4
    assert found.median == 1
    assert looking.release(made, {}, TODAY) == 0, "there is nothing new to release"


def test_numbers_of_those_that_appear_anyway_need_no_release(session: Session) -> None:
    made, _ = room(session, ("named", sheet(1)), ("alias", sheet(2)), ("named", sheet(3)))
    found = looking.look(made, {}, TODAY).together("P1")
    assert isinstance(found, Together)
    assert found.median == 2


def test_whoever_leaves_takes_the_numbers_along_until_enough_has_changed(session: Session) -> None:
    made, _ = room(session, *covered((0, 1, 2, 3)))
    looking.release(made, {}, TODAY)
    membership.leave(session, made.members[0])
    session.expire_all()
    assert looking.look(made, {}, TODAY).together("P1") == Derivable(3)
    for stage in (0, 1, 2):
        membership.enter_on_paper(session, made, sheet(stage), Consent("aggregate", "Neu"))
    session.flush()
    session.expire_all()
    assert looking.look(made, {}, TODAY).together("P1") == Derivable(3), (
        "the one who left is still alone in the difference"
    )


def test_too_few_and_too_few_covered_are_not_told_apart(session: Session) -> None:
    made, _ = room(session, ("named", sheet(1)), ("named", sheet(1)))
    assert looking.look(made, {}, TODAY).together("P1") == GroupTooSmall(3)
    made, _ = room(session, ("named", sheet(1)), ("named", sheet(1)), *covered((1, 2)))
    assert looking.look(made, {}, TODAY).together("P1") == GroupTooSmall(3)


def test_a_filter_neither_shows_nor_counts_aliases(session: Session) -> None:
    people: list[tuple[Shown, Sheet]] = [("named", sheet(1)), ("alias", sheet(4)), ("named", sheet(1, "city"))]
    made, _ = room(session, *people, *covered((1, 2, 3)))
    here = looking.look(made, {"K1": "county"}, TODAY)
    assert [one.name for one in here.seen] == ["GEHEIM-1"]
    looking.release(made, {"K1": "county"}, TODAY)
    found = looking.look(made, {"K1": "county"}, TODAY).together("P1")
    assert isinstance(found, Together)
    assert found.size == 4, "one named and three covered; not the alias, not the city"


def test_a_choice_that_the_questionnaire_does_not_know_is_no_filter(session: Session) -> None:
    made, _ = room(session, ("named", sheet(1)))
    assert looking.look(made, {"K1": "castle", "K9": "x"}, TODAY).filter == {}


def test_the_nearest_larger_group_is_named(session: Session) -> None:
    made, _ = room(session, ("named", sheet(1)), *covered((1, 2)), ("aggregate", sheet(1, "city")))
    here = looking.look(made, {"K1": "county"}, TODAY)
    assert here.together("P1") == GroupTooSmall(3)
    assert here.larger("P1") == {}


def test_whoever_was_counted_among_few_cannot_appear_afterwards(session: Session) -> None:
    made, _ = room(session, *covered((0, 1, 2)))
    looking.release(made, {}, TODAY)
    member = made.members[0]
    with pytest.raises(ledgers.StaysCovered):
        membership.agree(member, Consent("named", member.name))
    assert member.shown == "aggregate"


def test_whoever_was_counted_among_covered_ones_gets_no_alias_that_a_filter_could_tell(session: Session) -> None:
    made, _ = room(session, *[("aggregate", sheet(stage, "city")) for stage in (0, 1, 2, 3)], *covered((1, 1, 2)))
    looking.release(made, {}, TODAY)
    looking.release(made, {"K1": "city"}, TODAY)
    member = next(one for one in made.members if one.content["answers"]["P1.1"] == 3)
    with pytest.raises(ledgers.StaysCovered):
        membership.agree(member, Consent("alias", member.name))


def test_a_former_alias_is_not_counted_under_a_filter_that_could_tell_it(session: Session) -> None:
    cities: list[tuple[Shown, Sheet]] = [("aggregate", sheet(stage, "city")) for stage in (0, 1, 2)]
    made, _ = room(session, *cities, ("alias", sheet(4, "city")), *covered((1, 1, 2)))
    looking.release(made, {"K1": "city"}, TODAY)
    before = looking.look(made, {"K1": "city"}, TODAY).together("P1")
    alias = next(one for one in made.members if one.shown == "alias")
    membership.agree(alias, Consent("aggregate", alias.name))
    session.flush()
    assert looking.release(made, {"K1": "city"}, TODAY) == 0
    assert looking.look(made, {"K1": "city"}, TODAY).together("P1") == before


def test_whoever_leaves_and_comes_back_is_no_newcomer(session: Session) -> None:
    made, _ = room(session)
    checks = [assessments.adopt(session, QUESTIONNAIRE, sheet(stage)) for stage in (0, 1, 2)]
    for one in checks:
        membership.join(session, made, one, Consent("aggregate", "GEHEIM"))
    session.flush()
    session.expire_all()
    looking.release(made, {}, TODAY)
    gone = made.members[0].assessment
    assert gone
    membership.leave(session, made.members[0])
    session.expire_all()
    with pytest.raises(ledgers.StaysCovered):
        membership.join(session, made, gone, Consent("named", "GEHEIM"))


def test_old_answers_are_named_and_not_drawn(session: Session) -> None:
    old = sheet(1)
    old = Sheet(**{**{f: getattr(old, f) for f in Sheet.__slots__}, "date": (TODAY - timedelta(days=1000)).isoformat()})
    made, _ = room(session, ("named", old), ("named", sheet(1)))
    here = looking.look(made, {}, TODAY)
    assert here.own(here.seen[0], "P1") is None
    assert here.own(here.seen[1], "P1") == 1


def enter(person: Person, app: Flask, *people: tuple[Shown, Sheet], tandems: bool = False) -> str:
    """Prepare a room for a moderation in the browser; returns the path of its overview."""
    with app.extensions["selfcheck"].database.writer() as session:
        _, token = room(session, *people, tandems=tandems)
        session.commit()
    return person.client.get(f"/w/{token}").location


@pytest.fixture
def moderation(client: FlaskClient) -> Person:
    return Person(client)


PEOPLE: list[tuple[Shown, Sheet]] = [
    ("named", sheet(1, target=3)),
    ("alias", sheet(3)),
    ("alias", sheet(1, P1_1=4)),
    *covered((0, 1, 2, 4)),
]


def test_pages_and_screen_show_names_of_nobody_but_those_that_appear_by_name(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app, *PEOPLE)
    moderation.post(f"{place}compare/release", {}, token_from=f"{place}compare/")
    for path in ("compare/", "compare/P1", "compare/screen", "compare/screen/P1", "compare/?K1=county", "live/screen"):
        page = moderation.get(f"{place}{path}").text
        assert "GEHEIM-2" not in page, path
        assert not any(f"GEHEIM-{number}" in page for number in range(3, 8)), path
    assert "GEHEIM-1" in moderation.get(f"{place}compare/").text
    assert "Kommune " in moderation.get(f"{place}compare/").text


def test_the_order_is_that_of_names_and_letters_never_of_values(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app, *PEOPLE)
    with app.extensions["selfcheck"].database.reader() as session:
        made = session.scalars(select(Workshop)).one()
        seen = looking.look(made, {}, TODAY).seen
    assert [one.name for one in seen][:1] == ["GEHEIM-1"]
    assert [one.alias for one in seen[1:]] == sorted(one.alias for one in seen[1:])
    page = moderation.get(f"{place}compare/").text
    assert (
        page.index(">GEHEIM-1<") < page.index(f">Kommune {seen[1].alias}<") < page.index(f">Kommune {seen[2].alias}<")
    )


def test_the_release_is_offered_once_and_explained(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app, *PEOPLE)
    before = moderation.get(f"{place}compare/").text
    assert "Zahlen (zu Perspektiven und Merkmalen) lassen sich freigeben" in before
    assert "noch nicht freigegeben" in before
    moderation.post(f"{place}compare/release", {}, token_from=f"{place}compare/")
    after = moderation.get(f"{place}compare/").text
    assert "lassen sich freigeben" not in after
    assert "Mitte 1 (7 Kommunen)" in after


def test_what_the_moderation_puts_on_the_screen_is_what_the_projector_shows(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app, *PEOPLE)
    moderation.post(f"{place}compare/screen", {"perspective": "P3"}, token_from=f"{place}compare/P3")
    assert "P3 (Dezernenten-)Verfügung</h1>" in moderation.get(f"{place}live/screen").text
    moderation.post(f"{place}compare/screen", {"perspective": ""}, token_from=f"{place}compare/")
    assert "Gemeinsam ansehen</h1>" in moderation.get(f"{place}live/screen").text


def test_a_dot_in_place_of_a_middle_is_explained(moderation: Person, app: Flask) -> None:
    first = {id: answer for id, answer in sheet(1).answers.items() if id.startswith("P1.")}
    place = enter(
        moderation, app, ("named", sheet(1)), ("named", sheet(2)), ("named", replace(sheet(1), answers=first))
    )
    page = moderation.get(f"{place}compare/screen").text
    assert "<strong>1</strong></td>" in page
    assert ">·<span" in page
    assert "· keine Mitte aller gezeigt: P2: zu wenige: gezeigt ab 3 Kommunen; P3: " in page
    assert "keine Mitte aller gezeigt: P1" not in page


def test_the_screen_follows_a_withdrawal_at_the_next_look(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app, *PEOPLE)
    pulse = moderation.get(f"{place}live/pulse").json
    assert pulse
    with app.extensions["selfcheck"].database.writer() as session:
        member = session.scalars(select(Participation).where(Participation.name == "GEHEIM-1")).one()
        membership.leave(session, member)
        session.commit()
    after = moderation.get(f"{place}live/pulse").json
    assert after
    assert after["now"] != pulse["now"]
    assert "GEHEIM-1" not in moderation.get(f"{place}compare/screen").text


def test_tandems_are_proposed_with_reasons_and_keep_what_is_fixed(moderation: Person, app: Flask) -> None:
    people: list[tuple[Shown, Sheet]] = [
        ("named", sheet(1, target=3)),
        ("alias", sheet(3)),
        ("aggregate", sheet(4)),
        ("named", sheet(1, target=3)),
    ]
    place = enter(moderation, app, *people, tandems=True)
    page = f"{place}tandems/"
    with app.extensions["selfcheck"].database.reader() as session:
        ids = {one.name: one.id for one in session.scalars(select(Participation))}
    fixed = {"one": ids["GEHEIM-1"], "other": ids["GEHEIM-3"], "together": "y"}
    assert moderation.post(f"{page}fix", fixed, token_from=page).status_code == 302
    assert moderation.post(f"{page}propose", {}, token_from=page).status_code == 302
    shown = moderation.get(page).text
    assert "GEHEIM-3 kann GEHEIM-1 zeigen:" in shown
    assert "GEHEIM-2 kann GEHEIM-4 zeigen:" in shown
    screen = moderation.get(f"{page}screen").text
    assert "GEHEIM-2" not in screen
    assert "GEHEIM-3" not in screen
    assert "eine verdeckte Kommune kann" not in screen, "what a covered one can show stays between the partners"
    moderation.post(f"{page}free", fixed, token_from=page)
    assert "GEHEIM-1 – GEHEIM-3: zusammenarbeiten" not in moderation.get(page).text


def test_fixing_the_same_twice_or_somebody_with_themselves_is_refused_with_a_word(
    moderation: Person, app: Flask
) -> None:
    place = enter(moderation, app, *PEOPLE, tandems=True)
    page = f"{place}tandems/"
    with app.extensions["selfcheck"].database.reader() as session:
        id = session.scalars(select(Participation.id)).first()
    answer = moderation.post(f"{page}fix", {"one": id, "other": id, "together": "y"}, token_from=page)
    assert answer.status_code == 422
    assert "Bitte zwei verschiedene Kommunen wählen." in answer.text


def test_whoever_takes_the_consent_back_is_in_no_tandem_any_more(session: Session) -> None:
    made, _ = room(session, ("named", sheet(1, target=3)), ("named", sheet(3)), tandems=True)
    tandems.propose(made, TODAY)
    assert len(tandems.proposed(made)) == 1
    member = made.members[0]
    membership.agree(member, Consent("named", member.name, tandems=False))
    assert tandems.proposed(made) == ()


def test_what_can_be_compared_is_told_on_the_page_of_the_municipalities(moderation: Person, app: Flask) -> None:
    partly = Sheet(QUESTIONNAIRE.id, QUESTIONNAIRE.version, date=TODAY.isoformat(), answers={"P1.1": Answer(2)})
    place = enter(moderation, app, ("named", sheet(1)), ("named", partly))
    page = moderation.get(f"{place}members").text
    assert "alles lässt sich vergleichen" in page
    assert "P2: zu wenig beantwortet: 0 von 6" in page


def test_a_late_covered_municipality_leaves_what_was_released_as_it_is(session: Session) -> None:
    made, _ = room(session, *covered((0, 1, 2, 3)), ("named", sheet(4)))
    looking.release(made, {}, TODAY)
    before = looking.look(made, {}, TODAY).together("P1")
    membership.enter_on_paper(session, made, sheet(4), Consent("aggregate", "Später"))
    session.flush()
    session.expire_all()
    after = looking.look(made, {}, TODAY).together("P1")
    assert isinstance(before, Together)
    assert after == Together(before.counts, earlier=True)


def test_once_enough_have_come_late_they_are_counted_with_the_next_release(session: Session) -> None:
    made, _ = room(session, *covered((0, 1, 2, 3)))
    looking.release(made, {}, TODAY)
    for stage in (4, 4, 4):
        membership.enter_on_paper(session, made, sheet(stage), Consent("aggregate", "Später"))
    session.flush()
    session.expire_all()
    still = looking.look(made, {}, TODAY).together("P1")
    assert isinstance(still, Together)
    assert (still.size, still.earlier) == (4, True)
    looking.release(made, {}, TODAY)
    found = looking.look(made, {}, TODAY).together("P1")
    assert isinstance(found, Together)
    assert (found.size, found.earlier) == (7, False)


def test_what_is_too_few_says_no_number_below_the_threshold(session: Session) -> None:
    said = set()
    for stages in ((), (1,), (1, 2)):
        made, _ = room(session, *covered(stages))
        said.add(looking.look(made, {}, TODAY).together("P1"))
    assert said == {GroupTooSmall(3)}
    assert not any(digit in words.withheld(GroupTooSmall(3)).de for digit in "012456789")


def test_whoever_was_counted_and_comes_back_by_name_is_refused_in_words_and_nothing_changes(
    moderation: Person, app: Flask
) -> None:
    place = enter(moderation, app, *covered((0, 1)))
    with app.extensions["selfcheck"].database.reader() as session:
        code = session.scalars(select(Workshop)).one().code
    person = Person(app.test_client())
    upload = {
        "csrf_token": token_in(person.get("/").text),
        "file": (BytesIO(answer_files.as_yaml(sheet(2)).encode()), "x.yaml"),
    }
    sent = person.client.post("/assessments/from-file", data=upload, content_type="multipart/form-data")
    page = f"{person.client.get(sent.location).location}workshops/{code}"
    covered_consent = {"name": "Spätdorf", "shown": "aggregate", "capacity": "1"}
    assert person.post(page, covered_consent, token_from=page).status_code == 302
    moderation.post(f"{place}compare/release", {}, token_from=f"{place}compare/")
    person.post(f"{page}/leave", {}, token_from=page)
    refused = person.post(page, covered_consent | {"shown": "named"}, token_from=page)
    assert refused.status_code == 422
    assert "unter verdeckten mitgezählt" in refused.text
    with app.extensions["selfcheck"].database.reader() as session:
        assert len(session.scalars(select(Workshop)).one().members) == 2


def test_the_screen_tells_no_tandem_by_which_an_alias_could_be_found(moderation: Person, app: Flask) -> None:
    people: list[tuple[Shown, Sheet]] = [
        ("named", sheet(1, target=3)),
        ("named", sheet(3)),
        ("named", sheet(1, target=3)),
        ("alias", sheet(3)),
    ]
    place = enter(moderation, app, *people, tandems=True)
    with app.extensions["selfcheck"].database.writer() as session:
        made = session.scalars(select(Workshop)).one()
        ids = {one.name: one.id for one in made.members}
        tandems.fix(made, ids["GEHEIM-1"], ids["GEHEIM-2"], together=True)
        tandems.fix(made, ids["GEHEIM-3"], ids["GEHEIM-4"], together=True)
        session.commit()
    moderation.post(f"{place}tandems/propose", {}, token_from=f"{place}tandems/")
    screen = moderation.get(f"{place}tandems/screen").text
    assert "GEHEIM-1" in screen
    assert "GEHEIM-3" not in screen
    assert "Kommune " not in screen.split("<h1")[1].replace("Kommunen", "")
    assert "1 Tandem mit Kommunen, die nicht mit Namen erscheinen" in screen


def test_a_proposal_older_than_what_is_fixed_says_so_until_the_next_one(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app, ("named", sheet(1, target=3)), ("named", sheet(3)), tandems=True)
    page = f"{place}tandems/"
    moderation.post(f"{page}propose", {}, token_from=page)
    before = moderation.get(page).text
    assert "Dieser Vorschlag ist älter" not in before
    one, other = re.findall(r'<option value="([0-9a-f]{32})">', before)[:2]
    moderation.post(f"{page}fix", {"one": one, "other": other, "together": "n"}, token_from=page)
    assert "Dieser Vorschlag ist älter" in moderation.get(page).text
    moderation.post(f"{page}propose", {}, token_from=page)
    assert "Dieser Vorschlag ist älter" not in moderation.get(page).text


def test_a_self_check_in_which_nothing_is_rated_says_so_before_it_joins(moderation: Person, app: Flask) -> None:
    enter(moderation, app)
    with app.extensions["selfcheck"].database.reader() as session:
        code = session.scalars(select(Workshop)).one().code
    person = Person(app.test_client())
    place = person.start()
    assert "noch nichts eingeschätzt" in person.get(f"{place}workshops/{code}").text
    person.answer(place, "P1.1", "2")
    assert "noch nichts eingeschätzt" not in person.get(f"{place}workshops/{code}").text
