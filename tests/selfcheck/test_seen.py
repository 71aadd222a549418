"""Nobody changes what they have not seen: fields nobody touched are left alone, what two people changed is asked.

Every form is sent once from a page that is out of date. Nothing that is stored gets lost by it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from selfcheck.models import StoredAnswer
from selfcheck.services import register
from tests.forms import File, Form, form_in
from tests.selfcheck.rooms import QUESTIONNAIRE
from tests.selfcheck.test_house_pages import letterhead
from tests.selfcheck.test_live_pages import entered_room
from tests.selfcheck.test_own_examples import FILE, entered
from tests.selfcheck.test_proposals import Both
from tests.selfcheck.test_register import edition
from tests.selfcheck.test_together import collect, take_part
from tests.selfcheck.test_workshops import joined, members, paper, prepared
from tests.web import Person

UNSEEN = {
    "assessment.item": "one item at once, by script; carries its revision (tests of the assessment pages)",
    "cockpit.release": "adds numbers as things stand now; nothing released before is taken back",
    "comparison.onto_screen": "puts a view on the screen; the last one holds, as with a hand on a projector",
    "comparison.release": "adds numbers as things stand now; nothing released before is taken back",
    "council.load": "stores nothing",
    "council.make": "stores nothing",
    "history.delete": "deletes a sealed snapshot by its id",
    "history.repeat": "seals what is there and asks again; refused while an earlier one is under way",
    "history.take": "creates",
    "invited.invitation": "creates",
    "joined.find": "stores nothing",
    "devices.leave": "ends one's own access on this device",
    "devices.leave_one": "ends one's own access on this device",
    "joined.leave": "deletes one's own participation",
    "joined.renew": "copies the present answers; nothing is typed",
    "joining.leave_by_link": "deletes one's own participation",
    "live.begin": "creates; refused while a round runs",
    "live.onto_screen": "puts a view on the screen; the last one holds",
    "measures.add": "creates",
    "measures.delete": "deletes by its id",
    "measures.take": "creates",
    "packages.preview": "stores nothing",
    "packages.revoke": "ends one package by its id, for good",
    "people.adopt_medians": "agrees only where nothing is agreed yet",
    "people.discard": "deletes after a tick",
    "people.evaluate": "happens once; what came in by then counts",
    "people.invite": "creates",
    "people.withdraw": "deletes what nobody has used",
    "phones.invitation": "creates",
    "phones.typed": "stores nothing",
    "proposals.tell": "creates",
    "proposals.withdraw": "deletes by its id",
    "rating.done": "says that one is done; the same every time",
    "rating.leave_device": "ends one's own access on this device",
    "rating.link_kept": "stores nothing but in the browser",
    "rating.withdraw": "deletes one's own ratings",
    "received.delete": "deletes by its id, after a tick",
    "received.receive": "stores nothing; a revocation is carried out once",
    "received.take": "takes in by the id of a package; the same every time",
    "received.trust": "trusts a key once; what is known of it stays",
    "seat.leave_device": "ends one's own access on this device",
    "seat.vote": "one's own vote, with the turn it was asked in",
    "sharing.add_link": "creates",
    "sharing.delete": "deletes after a tick",
    "sharing.link_kept": "stores nothing but in the browser",
    "sharing.mail_link": "stores nothing",
    "sharing.replace_link": "replaces the link one came by; whoever comes by an older one is let in no more",
    "sharing.revoke_link": "ends one link by its id",
    "start.begin": "creates",
    "start.begin_from_file": "creates",
    "start.choose_language": "stores nothing but in the browser",
    "tandems.fix": "fixes one pair, in place of what was fixed about it; nothing is typed",
    "tandems.free": "frees one pair by its members",
    "tandems.onto_screen": "puts a view on the screen; the last one holds",
    "tandems.propose": "computed again from what is fixed; nothing is typed",
    "workshop.close": "a switch; the same every time",
    "workshop.delete": "deletes after a tick",
    "workshop.link_kept": "stores nothing but in the browser",
    "workshop.paper": "creates",
    "workshop.remove": "deletes by its id, after a tick",
    "workshop.reopen": "a switch; the same every time",
    "workshop.replace_link": "replaces the link; an older one opens nothing any more",
    "workshop.take_package": "creates, by the id of a package",
    "workshop.way_back": "replaces one link; an older one opens nothing any more",
    "workshop.ways_back_kept": "stores nothing but in the browser",
    "workshops.join": "stores nothing",
    "workshops.prepare": "creates",
    "agency.prepare": "creates",
}
"""Forms that change nothing which could have been seen, each with the reason."""


@dataclass
class Two:
    """Two people (or two devices of one) at the same page, and the form that both have open."""

    first: Person
    second: Person
    page: str
    action: str
    shown: str = ""
    """The page itself, where it is the answer to a form."""

    def form(self, person: Person) -> Form:
        return form_in(person.get(self.page).text, self.page, self.action)


Entries = Mapping[str, "str | File"]


@dataclass
class Case:
    """What both send from the same page; `both` is what the page says that asks.

    The first sends the same form, or does something else. `apart` is sent by the second in another case, where it touches
    something else: then it is kept beside the first.
    """

    endpoint: str
    make: Callable[[Flask], Two]
    theirs: "Entries | Callable[[Two], object]"
    mine: Entries
    both: tuple[str, ...]
    apart: Entries = field(default_factory=dict)

    def first(self, two: Two) -> None:
        if callable(self.theirs):
            self.theirs(two)
        else:
            assert two.form(two.first).send(two.first.client, self.theirs).status_code == 302


def on(app: Flask, path: str, action: str = "", *before: Callable[[Person], object]) -> Two:
    """Two people with links to the same self-check, at one of its pages."""
    first, second = Person(app.test_client()), Person(app.test_client())
    place = first.start()
    second.get(first.link)
    first.place = place
    for step in before:
        step(first)
    return Two(first, second, f"{place}{path}", action or path)


def measure(app: Flask) -> Two:
    two = on(app, "measures/new")
    answer = two.form(two.first).send(two.first.client, {"title": "Auftrag", "status": "planned"})
    page = two.page.replace("new", answer.location.rpartition("measure-")[2])
    return Two(two.first, two.second, page, page)


def own_row(person: Person) -> None:
    page = f"{person.place}modules/spaces"
    form_in(person.get(page).text, page, "spaces").send(person.client, {"own--plans": "Eigene Zeile"})


def proposed(app: Flask) -> Two:
    both = Both(app)
    page = f"{both.send()}/change"
    return Two(both.person, both.person, page, "/change")


def settings(app: Flask) -> Two:
    person = Person(app.test_client())
    page = f"{prepared(person)}settings"
    return Two(person, person, page, "/settings")


def protocol(app: Flask) -> Two:
    person = Person(app.test_client())
    page = f"{prepared(person)}protocol"
    return Two(person, person, page, "/protocol")


def on_paper(app: Flask) -> Two:
    person = Person(app.test_client())
    place = prepared(person)
    person.post(f"{place}members/paper", paper(**{"P1.1": "3"}))
    page = f"{place}members/{members(app)[0].id}/paper"
    return Two(person, person, page, "/paper")


def by_link(app: Flask) -> Two:
    two = on_paper(app)
    page = two.first.get(two.page.rpartition("members/")[0] + "members").text
    way_back = re.search(r"/k/[\w-]+", page)
    assert way_back
    own = Person(app.test_client())
    own.get(way_back[0])
    page = f"/participation/{members(app)[0].id}/"
    return Two(own, own, page, page)


def consent(app: Flask) -> Two:
    prepared(Person(app.test_client()))
    person, _, page = joined(app, "Musterkreis")
    return Two(person, person, page, page)


def rating(app: Flask, path: str) -> Two:
    """One person with two devices."""
    coordinator = Person(app.test_client())
    coordinator.place = coordinator.start()
    first = take_part(app, collect(coordinator, none=1)[0])
    second = Person(app.test_client())
    second.get(first.link)
    return Two(first, second, f"{first.place}{path}", path)


def registered(app: Flask, path: str, action: str, *before: Callable[[Person], object]) -> Two:
    with app.extensions["selfcheck"].database.writer() as session:
        register.take_in(session, edition())
        session.commit()
    return on(app, path, action, *before)


def link_to(person: Person, ars: str = "010520001001") -> None:
    assert person.post(f"{person.place}register/", {"ars": ars}).status_code == 302


def template(person: Person, name: str = "Erster.docx") -> None:
    page = f"{person.place}papers"
    form = form_in(person.get(page).text, page, "/template")
    assert form.send(person.client, {"template": (letterhead(), name)}).status_code == 302


def examples(app: Flask, action: str) -> Two:
    person, place = entered(app)
    form_in(person.get(place).text, place, "/examples").send(person.client, {"file": (FILE.encode(), "a.yaml")})
    return Two(person, person, place, action)


def planned_way(app: Flask, action: str, shown: str = "") -> Two:
    """A way to a target; `shown` is the page on which a kept plan is shown."""
    person = Person(app.test_client())
    person.place = person.start()
    person.post(f"{person.place}P2", {one.id: "1" for one in QUESTIONNAIRE.perspective("P2").items})
    person.post(f"{person.place}target", {"year": str(date.today().year + 3), "P2": "2"})
    page = f"{person.place}roadmap?staff=100&count=6"
    if shown:
        form_in(person.get(page).text, page, "/roadmap/keep").send(person.client)
        page = f"{person.place}{shown}"
    return Two(person, person, page, action)


def talk(app: Flask, action: str) -> Two:
    room = entered_room(app)
    room.begin()
    room.step("reveal")
    return Two(room.moderation, room.moderation, room.place, action)


LINE = QUESTIONNAIRE.perspectives[0].items[0].id
OTHER = QUESTIONNAIRE.perspectives[0].items[1].id
OTHER_FILE = FILE.replace("\n", "\n# neu\n", 1).encode()
MODULE = b"module: spaces\nversion: 2026-1\nentries: {small-unit: {exists: 'yes'}}\n"


def other_form(action: str, entries: Entries, page: str = "") -> Callable[[Two], None]:
    """The first does something else on the page, or on another one of the same place."""

    def sent(two: Two) -> None:
        path = f"{two.first.place}{page}" if page else two.page
        form = form_in(two.first.get(path).text, path, action)
        assert form.send(two.first.client, entries).status_code == 302

    return sent


IN_USE = {"P1.1": "2", "agreed": "y"}
SPACES = "modules/spaces"
CASES = [
    Case(
        "history.target",
        lambda app: on(app, "target"),
        {"P1": "3"},
        {"P1": "4"},
        ("geantwortet: 3 ", 'selected value="4"'),
        {"P2": "2"},
    ),
    Case(
        "history.target",
        lambda app: on(app, "target"),
        {"year": "2040", "P1": "3"},
        {"year": "2041"},
        ("geantwortet: 2040", 'value="2041"'),
    ),
    Case(
        "assessment.context",
        lambda app: on(app, "context"),
        {"municipality": "Kreis A"},
        {"municipality": "Kreis B"},
        ("geantwortet: Kreis A", "Kreis B"),
        {"K1": "county"},
    ),
    Case(
        "assessment.perspective",
        lambda app: on(app, "P1"),
        {LINE: "3"},
        {LINE: "1"},
        ("<strong>3 ", 'value="1" checked'),
        {OTHER: "2"},
    ),
    Case(
        "people.room",
        lambda app: on(app, f"together/room/{LINE}"),
        {LINE: "3"},
        {LINE: "1"},
        ("<strong>3 ", 'value="1" checked'),
    ),
    Case(
        "measures.change",
        measure,
        {"title": "Von der einen"},
        {"title": "Von der anderen"},
        ("geantwortet: Von der einen", 'value="Von der anderen"'),
        {"note": "Notiz", "due": "2027-05-04"},
    ),
    Case(
        "measures.change",
        measure,
        {"due": "2027-05-04"},
        {"due": "2027-06-05"},
        ("geantwortet: 04.05.2027", 'value="2027-06-05"'),
        {"status": "running"},
    ),
    Case(
        "modules.show",
        lambda app: on(app, SPACES, "spaces"),
        {"small-unit--exists": "yes"},
        {"small-unit--exists": "no"},
        ("geantwortet: ", 'selected value="no"'),
        {"statistical-district--word": "Quartier"},
    ),
    Case(
        "modules.show",
        lambda app: on(app, SPACES, "spaces", own_row),
        {"own-name--own-1": "Meine"},
        {"own-name--own-1": "Deine"},
        ("geantwortet: Meine", 'value="Deine"'),
        {"small-unit--exists": "no"},
    ),
    Case(
        "modules.show",
        lambda app: on(app, SPACES, "spaces", own_row),
        {"own-gone--own-1": "y"},
        {"own-name--own-1": "Wichtig"},
        ("wurde inzwischen von anderer Seite entfernt", "Wichtig"),
    ),
    Case(
        "modules.load",
        lambda app: on(app, SPACES, "/file"),
        {"file": (MODULE, "eine.yaml")},
        {"file": (MODULE.replace(b"yes", b"no"), "andere.yaml")},
        ("andere.yaml", 'selected value="yes"'),
    ),
    Case(
        "modules.remove",
        lambda app: on(app, SPACES, "/remove", own_row),
        other_form("spaces", {"small-unit--exists": "yes"}, SPACES),
        {"sure": "y"},
        ("Nichts wurde geändert", 'selected value="yes"'),
    ),
    Case(
        "workshop.settings",
        settings,
        {"title": "Süd"},
        {"title": "West"},
        ("geantwortet: Süd", 'value="West"'),
        {"agenda": "30 Pause"},
    ),
    Case(
        "protocol.show",
        protocol,
        {"themes": "Wohnen"},
        {"themes": "Daten"},
        ("geantwortet: Wohnen", "Daten</textarea>"),
        {"support": "Beratung"},
    ),
    Case(
        "protocol.show",
        protocol,
        {"what_0": "Einladen", "who_0": "all"},
        {"what_0": "Zählen", "who_0": "agency"},
        ("geantwortet: Einladen, ", 'value="Zählen"'),
        {"themes": "Daten"},
    ),
    Case(
        "workshop.correct",
        on_paper,
        IN_USE,
        IN_USE | {"P1.1": "4"},
        ("geantwortet: 2", 'value="4"'),
        {"P1.2": "1", "agreed": "y"},
    ),
    Case(
        "joining.own",
        by_link,
        {"shown": "named"},
        {"shown": "aggregate"},
        ("geantwortet: Mit Namen", 'value="aggregate"'),
        {"tandems": "y"},
    ),
    Case(
        "joined.consent",
        consent,
        {"name": "Kreis A"},
        {"name": "Kreis B"},
        ("geantwortet: Kreis A", 'value="Kreis B"'),
        {"later": "y"},
    ),
    Case(
        "sharing.change_scope",
        lambda app: on(app, "manage", "/scope"),
        {"scope": "short"},
        {"scope": "chosen", "perspectives": "P4"},
        ("geantwortet: ", 'checked class="choice__input" id="scope-2"'),
    ),
    Case(
        "proposals.change",
        proposed,
        {"title": "Erster Titel", "step": "send"},
        {"title": "Zweiter Titel", "step": "send"},
        ("geantwortet: Erster Titel", 'value="Zweiter Titel"'),
        {"since": "2019", "step": "send"},
    ),
    Case(
        "rating.perspective",
        lambda app: rating(app, "P1"),
        {LINE: "3"},
        {LINE: "1.5"},
        ("<strong>3 ", 'value="1.5" checked'),
        {OTHER: "2"},
    ),
    Case(
        "register.link",
        lambda app: registered(app, "register/?q=neudorf", "/register/"),
        {"ars": "010520001001"},
        {"ars": "010520001001"},
        ("Nichts wurde geändert", "Verknüpft mit dem Gemeindeverzeichnis"),
    ),
    Case(
        "register.unlink",
        lambda app: registered(app, "context", "/unlink", link_to),
        lambda two: link_to(two.first, "010515001001"),
        {},
        ("Nichts wurde geändert", "010515001001"),
    ),
    Case(
        "papers.keep_template",
        lambda app: on(app, "papers", "/template"),
        {"template": (letterhead(), "Eins.docx")},
        {"template": (letterhead(), "Zwei.docx")},
        ("Eins.docx", "Zwei.docx"),
    ),
    Case(
        "papers.remove_template",
        lambda app: on(app, "papers", "/template/remove", template),
        lambda two: template(two.first, "Neu.docx"),
        {},
        ("Nichts wurde geändert", "Neu.docx"),
    ),
    Case(
        "agency.load",
        lambda app: examples(app, "/examples"),
        {"file": (OTHER_FILE, "eins.yaml")},
        {"file": (FILE.encode(), "zwei.yaml")},
        ("zwei.yaml", "Nichts wurde geändert"),
    ),
    Case(
        "agency.remove",
        lambda app: examples(app, "/delete"),
        other_form("/examples", {"file": (OTHER_FILE, "eins.yaml")}),
        {"sure": "y"},
        ("Nichts wurde geändert",),
    ),
    Case("live.agree", lambda app: talk(app, "/agree"), {"stage": "2"}, {"stage": "3"}, ("Stufe 2", "Stufe 3")),
    Case("live.take", lambda app: talk(app, "/again"), {}, {}, ("Jemand war schneller",)),
    Case(
        "people.begin",
        lambda app: on(app, "together/", "/begin"),
        {"purpose": "Lagebericht"},
        {"purpose": "Haushalt"},
        ("Nichts wurde geändert", "Haushalt"),
    ),
    Case(
        "roadmap.keep",
        lambda app: planned_way(app, "/roadmap/keep"),
        other_form("/roadmap/keep", {}, "roadmap?staff=90&count=4"),
        {},
        ("Nichts wurde geändert", "Meinen Plan statt diesem behalten"),
    ),
    Case(
        "roadmap.discard",
        lambda app: planned_way(app, "/roadmap/discard", "roadmap"),
        other_form("/roadmap/keep", {}, "roadmap?staff=90&count=4"),
        {},
        ("Nichts wurde geändert",),
    ),
]
ELSEWHERE = {"rating.item", "agency.proposal", "packages.sign"}
"""Forms with tests of their own: below, of proposals, and of packages."""


def name(case: Case) -> str:
    return f"{case.endpoint}-{'-'.join(case.mine)}"


def test_every_form_carries_what_was_seen_or_changes_nothing_that_could_have_been(app: Flask) -> None:
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    carrying = {case.endpoint for case in CASES} | ELSEWHERE
    assert carrying | UNSEEN.keys() == posts
    assert carrying & UNSEEN.keys() == set()
    assert all(UNSEEN.values())


@pytest.mark.parametrize("case", CASES, ids=name)
def test_what_two_people_changed_is_asked_with_both_shown_and_nothing_is_lost(case: Case, app: Flask) -> None:
    two = case.make(app)
    late = two.form(two.second)
    case.first(two)
    stored = everything(app)
    answer = late.send(two.second.client, case.mine)
    assert answer.status_code == 409, answer.text
    page = unescape(answer.text)
    assert [said for said in case.both if said not in page] == []
    assert everything(app) == stored, "nothing was overwritten"


@pytest.mark.parametrize("case", [case for case in CASES if case.apart], ids=name)
def test_what_only_one_of_them_touched_is_kept_beside_the_other(case: Case, app: Flask) -> None:
    two = case.make(app)
    late = two.form(two.second)
    case.first(two)
    assert late.send(two.second.client, case.apart).status_code == 302
    again = two.form(two.first)
    assert not callable(case.theirs)
    for name, entry in (*case.theirs.items(), *case.apart.items()):
        if name not in ("agreed", "step"):
            assert str(entry) in [value for known, value in again.fields if known == name], name


@pytest.mark.parametrize("case", [case for case in CASES if "geantwortet" in "".join(case.both)], ids=name)
def test_whoever_was_asked_and_sends_again_has_seen_it(case: Case, app: Flask) -> None:
    two = case.make(app)
    late = two.form(two.second)
    case.first(two)
    asked = late.send(two.second.client, case.mine)
    again = form_in(asked.text, two.page, two.action)
    assert again.send(two.second.client, {"agreed": "y", "step": "send"}).status_code == 302


def everything(app: Flask) -> dict[str, list[dict[str, object]]]:
    """Every row of every table, but for when it was changed."""
    with app.extensions["selfcheck"].database.reader() as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        rows = {one: session.execute(text(f'SELECT * FROM "{one}"')).mappings() for one in tables}
        return {one: [{**row, "changed": ""} for row in found] for one, found in rows.items()}


def test_a_form_without_a_mark_that_is_known_asks_rather_than_overwrites_or_drops(app: Flask) -> None:
    two = on(app, "target")
    form = two.form(two.first)
    assert form.send(two.first.client, {"seen": "0", "P1": "3"}).status_code == 302, "nothing was stored before"
    assert 'selected value="3"' in two.second.get(two.page).text
    assert form.send(two.first.client, {"seen": "0", "P1": "4"}).status_code == 409
    assert 'selected value="3"' in two.second.get(two.page).text


def test_two_devices_of_one_person_by_script_are_asked_and_both_are_shown(app: Flask) -> None:
    two = rating(app, "P1")
    pages = [form_in(one.get(two.page).text, two.page, "P1") for one in (two.first, two.second)]
    save = f"{two.first.place}items/{LINE}"
    sent = [
        one.client.post(save, data={"csrf_token": page["csrf_token"], f"{LINE}-seen": page[f"{LINE}-seen"], LINE: said})
        for one, page, said in zip((two.first, two.second), pages, ("3", "1.5"), strict=True)
    ]
    assert [one.status_code for one in sent] == [200, 409]
    assert sent[1].json is not None
    assert sent[1].json["theirs"] == "3"
    seen = {f"{LINE}-seen": sent[1].json["revision"], LINE: "1.5", "csrf_token": pages[1]["csrf_token"]}
    assert two.second.client.post(save, data=seen).status_code == 200
    assert re.search(rf'name="{LINE}" value="1.5" checked', two.first.get(two.page).text)


def test_a_row_that_changes_while_it_is_written_ends_in_the_same_question(app: Flask) -> None:
    """As where writers run side by side: another one commits between this one's reading and its writing."""
    two = on(app, "P1")
    case = next(case for case in CASES if case.endpoint == "assessment.perspective")
    two.form(two.first).send(two.first.client, {LINE: "0"})
    late = two.form(two.second)
    meanwhile: list[str] = []

    def faster(session: Session, *_: object) -> None:
        if not meanwhile and any(isinstance(one, StoredAnswer) for one in session.dirty):
            meanwhile.append("once")
            session.connection().exec_driver_sql("UPDATE answer SET revision = revision + 1")

    def committed(session: Session) -> None:
        if meanwhile == ["once"]:
            meanwhile.append("committed")
            with app.extensions["selfcheck"].database.writer() as other:
                other.execute(text("UPDATE answer SET choice = '3', revision = revision + 1"))
                other.commit()

    event.listen(Session, "before_flush", faster)
    event.listen(Session, "after_rollback", committed)
    try:
        answer = late.send(two.second.client, case.mine)
    finally:
        event.remove(Session, "before_flush", faster)
        event.remove(Session, "after_rollback", committed)
    assert meanwhile == ["once", "committed"]
    assert answer.status_code == 409
    assert all(said in answer.text for said in case.both)
