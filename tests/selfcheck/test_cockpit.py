"""The cockpit of an agency: only aggregates, attacked over workshops and over time; packages from there to here."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from io import BytesIO
from itertools import combinations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from scoring.model.answers import Answer, Context, Sheet, Target
from scoring.workshop.disclosure import MemberGroup, element
from scoring.workshop.members import Shown
from scoring.workshop.over_time import DOWN, FEWEST, MORE_WANTED, SAME, UP, Copy, Releasable, Released, changes
from selfcheck.models import Agency, Assessment, Participation, ReceivedPackage, Workshop, now
from selfcheck.packages.contents import written
from selfcheck.packages.fitting import Wish, package_of
from selfcheck.packages.keys import fingerprint, own_key
from selfcheck.packages.package import Address, Consents
from selfcheck.register.gv100ad import read_edition
from selfcheck.services import (
    agencies,
    assessments,
    cockpit,
    copies,
    ledgers,
    looking,
    membership,
    packages,
    protocols,
    register,
    workshops,
)
from selfcheck.services.copies import Consent
from selfcheck.services.workshops import Plan
from tests.register_lines import register_file
from tests.scoring.linear import follows, reduced
from tests.selfcheck.rooms import QUESTIONNAIRE, TODAY
from tests.web import Person, agency, municipality, token_in

LANDS, KINDS = ("SN", "TH", "NI"), ("county", "city")
AGENCY = "Transferagentur Musterland"


def sheet(stage: int, land: str = "SN", kind: str = "county", target: int | None = None, day: int = 0) -> Sheet:
    """A full check in which every item stands at one stage, answered so many days after the first possible day."""
    wanted = None if target is None else Target(2030, {one.id: target for one in QUESTIONNAIRE.perspectives})
    return Sheet(
        QUESTIONNAIRE.id,
        QUESTIONNAIRE.version,
        date=(TODAY - timedelta(days=200 - day)).isoformat(),
        context=Context({"K1": kind, "K2": land}),
        answers={id: Answer(stage) for id in QUESTIONNAIRE.items},
        target=wanted,
    )


def plan(number: int) -> Plan:
    day = TODAY + timedelta(days=number)
    return Plan(f"Werkstatt {number}", "Voneinander lernen", day, day + timedelta(days=90), 5, "09:00", ())


def room(session: Session, owner: Agency, number: int) -> Workshop:
    return workshops.prepare(session, QUESTIONNAIRE, plan(number), owner.id)[0]


def join(
    session: Session,
    made: Workshop,
    assessment: Assessment,
    given: Sheet,
    shown: Shown = "aggregate",
    later: bool = True,
) -> Participation:
    """A municipality joins with these answers, whatever its self-check said before."""
    fill(session, assessment, given)
    member = membership.join(session, made, assessment, Consent(shown, f"GEHEIM-{assessment.id[:6]}", later=later))
    member.content = copies.shared(given)
    membership.agree(member, copies.consent_of(member))
    session.flush()
    return member


def fill(session: Session, assessment: Assessment, given: Sheet) -> None:
    assessment.context = {"K1": given.context.choices["K1"], "K2": given.context.choices["K2"]}
    session.flush()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.extensions["selfcheck"].database.writer() as session:
        yield session
        session.rollback()


@pytest.fixture
def owner(session: Session) -> Agency:
    return agencies.add(session, AGENCY)[0]


def municipalities(session: Session, count: int) -> list[Assessment]:
    return [assessments.start(session, QUESTIONNAIRE) for _ in range(count)]


def on_paper(
    session: Session, made: Workshop, given: Sheet, shown: Shown = "aggregate", later: bool = True
) -> Participation:
    return membership.enter_on_paper(session, made, given, Consent(shown, "GEHEIM-Papier", later=later))[0]


def seen(session: Session, owner: Agency, key: str) -> object:
    session.flush()
    session.expire_all()
    return cockpit.cockpit(session, owner, TODAY).seen(key)


# ----------------------------------------------------------------------------------------------- what is counted, and how
def test_numbers_are_shown_after_their_release_and_count_each_municipality_once(
    session: Session, owner: Agency
) -> None:
    first, second = room(session, owner, 1), room(session, owner, 2)
    people = municipalities(session, 6)
    for number, one in enumerate(people):
        join(session, first, one, sheet(number % 3))
    for one in people[:5]:
        join(session, second, one, sheet(3, day=100))
    assert seen(session, owner, "P1") == Releasable()
    assert cockpit.release(session, owner, TODAY) > 0
    found = seen(session, owner, "P1")
    assert isinstance(found, Released)
    assert found.counts == {Fraction(3): 5, Fraction(2): 1}, "the newest copy of each"


def test_a_change_is_counted_only_between_two_workshops_and_with_newer_answers(session: Session, owner: Agency) -> None:
    first, second = room(session, owner, 1), room(session, owner, 2)
    people = municipalities(session, 9)
    for one in people:
        join(session, first, one, sheet(2))
    for number, one in enumerate(people):
        join(session, second, one, sheet((1, 2, 3)[number % 3], day=0 if number == 8 else 100))
    session.expire_all()
    cockpit.release(session, owner, TODAY)
    found = seen(session, owner, "P1 change")
    assert isinstance(found, Released)
    assert found.counts == {UP: 2, SAME: 3, DOWN: 3}, "the ninth shared the same answers again"


def test_one_workshop_or_no_newer_answers_is_no_change() -> None:
    def copy(workshop: str, day: str, answered: str, value: int) -> Copy:
        return Copy("a", workshop, day, answered, {"P1": Fraction(value)})

    once, again = copy("w", "2026-01-01", "2025-12-01", 1), copy("v", "2026-06-01", "2026-05-01", 2)
    assert changes([once], "P1") == {}
    assert changes([once, copy("v", "2026-06-01", "2025-12-01", 1)], "P1") == {}
    assert changes([again, once], "P1") == {"a": UP}
    assert changes([once, copy("", "2026-06-01", "2026-05-01", 2)], "P1") == {}, "a package by itself is no workshop"


def test_demand_counts_targets_above_the_value_among_those_with_a_target(session: Session, owner: Agency) -> None:
    made = room(session, owner, 1)
    for target in (3, 3, 3, 1, 1, None, None):
        on_paper(session, made, sheet(1, target=target))
    session.expire_all()
    cockpit.release(session, owner, TODAY)
    found = seen(session, owner, "P2 demand")
    assert isinstance(found, Released)
    assert (found.size, found.counts[MORE_WANTED]) == (5, 3)


def test_who_does_not_agree_to_later_evaluations_is_not_counted_and_taking_it_back_works_at_once(
    session: Session, owner: Agency
) -> None:
    made = room(session, owner, 1)
    members = [on_paper(session, made, sheet(1)) for _ in range(6)]
    on_paper(session, made, sheet(4), later=False)
    session.expire_all()
    cockpit.release(session, owner, TODAY)
    found = seen(session, owner, "P1")
    assert isinstance(found, Released)
    assert found.counts == {Fraction(1): 6}
    membership.agree(members[0], Consent("aggregate", "GEHEIM", later=False))
    session.flush()
    session.expire_all()
    after = cockpit.cockpit(session, owner, TODAY)
    assert not any(isinstance(after.seen(key), Released) for key in after.views), "no number that counted it is shown"
    assert not any(after.views[key].values.get(members[0].id) for key in after.views)


def test_who_joins_after_the_release_waits_until_five_have_done_so(session: Session, owner: Agency) -> None:
    made = room(session, owner, 1)
    for _ in range(5):
        on_paper(session, made, sheet(1))
    session.expire_all()
    cockpit.release(session, owner, TODAY)
    for number in range(1, 6):
        on_paper(session, made, sheet(3))
        session.expire_all()
        cockpit.release(session, owner, TODAY)
        found = seen(session, owner, "P1")
        assert isinstance(found, Released)
        assert found.counts == ({Fraction(1): 5} if number < 5 else {Fraction(1): 5, Fraction(3): 5})
        assert found.earlier == (number < 5)


def test_while_few_are_covered_those_alone_are_counted_that_appear_anyway(session: Session, owner: Agency) -> None:
    made = room(session, owner, 1)
    for stage in (1, 1, 2, 2, 3):
        on_paper(session, made, sheet(stage), "named")
    on_paper(session, made, sheet(4))
    session.expire_all()
    cockpit.release(session, owner, TODAY)
    found = seen(session, owner, "P1")
    assert isinstance(found, Released)
    assert found.size == 5


def test_a_workshop_and_the_cockpit_know_of_each_other(session: Session, owner: Agency) -> None:
    """Six in the workshop, five of them in the cockpit: the difference would be the sixth."""
    made = room(session, owner, 1)
    for _ in range(5):
        on_paper(session, made, sheet(1))
    on_paper(session, made, sheet(4), later=False)
    session.expire_all()
    looking.release(made, {}, TODAY)
    cockpit.release(session, owner, TODAY)
    assert isinstance(looking.look(made, {}, TODAY).together("P1"), looking.Together)
    assert not isinstance(seen(session, owner, "P1"), Released)


def test_coverage_hides_small_cells_and_what_would_betray_them(session: Session, owner: Agency) -> None:
    made = room(session, owner, 1)
    for land in ("SN",) * 6 + ("TH",) * 5 + ("NI",) * 2:
        on_paper(session, made, sheet(1, land))
    session.expire_all()
    cockpit.release(session, owner, TODAY)
    whole = seen(session, owner, "K2")
    assert isinstance(whole, Released)
    assert whole.size == 13
    assert isinstance(seen(session, owner, "K2 SN"), Released)
    assert not isinstance(seen(session, owner, "K2 TH"), Released), "13 − 6 − 5 would be the two of the third"
    assert not isinstance(seen(session, owner, "K2 NI"), Released)


def test_a_threshold_below_five_cannot_be_chosen_for_an_agencys_workshop(session: Session, owner: Agency) -> None:
    lower = Plan(**{**{name: getattr(plan(1), name) for name in Plan.__slots__}, "threshold": 3})
    assert workshops.prepare(session, QUESTIONNAIRE, lower, owner.id)[0].threshold == FEWEST
    assert workshops.prepare(session, QUESTIONNAIRE, lower)[0].threshold == 3


def test_what_was_shown_stays_known_when_the_agency_is_deleted(session: Session, owner: Agency) -> None:
    made = room(session, owner, 1)
    members = [on_paper(session, made, sheet(1)) for _ in range(5)]
    session.expire_all()
    looking.release(made, {}, TODAY)
    agencies.delete(session, owner)
    session.flush()
    session.expire_all()
    assert made.agency is None
    assert isinstance(looking.look(made, {}, TODAY).together("P1"), looking.Together)
    with pytest.raises(ledgers.StaysCovered):
        membership.agree(members[0], Consent("named", "Musterkreis"))


# ------------------------------------------------------------------------------------------------------------- the attack
@dataclass
class Attack:
    """Somebody who sees every workshop and the cockpit after every change, and remembers all of it."""

    session: Session
    owner: Agency
    rnd: random.Random
    careless: bool = False
    people: list[Assessment] = field(default_factory=list)
    rooms: list[Workshop] = field(default_factory=list)
    shown: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    known: dict[str, set[str]] = field(default_factory=dict)

    def mark(self, who: str, quantity: str, value: Fraction) -> str:
        return element(self.owner.id.encode(), who, quantity, value)

    def given(self) -> Sheet:
        rnd = self.rnd
        return sheet(
            rnd.randint(1, 3), rnd.choice(LANDS), rnd.choice(KINDS), rnd.choice((None, 2, 3, 3)), rnd.randint(0, 199)
        )

    def change(self) -> None:
        """Somebody joins, leaves, renews, or decides anew – where that may be."""
        members = [one for made in self.rooms for one in made.members]
        what = self.rnd.choice(("join", "join", "leave", "renew", "later", "appear", "delete"))
        try:
            with self.session.begin_nested():
                self.do(what, members)
        except (ledgers.StaysCovered, membership.Full):
            pass
        self.session.expire_all()

    def do(self, what: str, members: list[Participation]) -> None:
        if what == "join" or not members:
            shown: Shown = self.rnd.choice(("named", "alias", *["aggregate"] * 8))  # type: ignore[arg-type]
            made, one = self.rnd.choice(self.rooms), self.rnd.choice(self.people)
            if one.id not in {member.assessment_id for member in made.members}:
                join(self.session, made, one, self.given(), shown, self.rnd.random() < 0.95)
            return
        member = self.rnd.choice(members)
        agreed = copies.consent_of(member)
        match what:
            case "leave":
                membership.leave(self.session, member)
            case "renew":
                membership.correct(member, self.given())
            case "later":
                membership.agree(member, Consent(agreed.shown, agreed.name, later=not agreed.later))
            case "appear":
                membership.agree(member, Consent("named", agreed.name, later=agreed.later))
            case "delete":
                self.session.delete(member.assessment)
                self.people = [one for one in self.people if one is not member.assessment]
                self.people += municipalities(self.session, 1)
        self.session.flush()

    def look(self) -> None:
        """Release whatever may be released, see it, and see who appears by themselves."""
        self.session.flush()
        self.session.expire_all()
        releasing: list[Workshop | None] = [None, *self.rooms]
        self.rnd.shuffle(releasing)
        for made in releasing:
            if made is None:
                cockpit.release(self.session, self.owner, TODAY)
            else:
                looking.release(made, {}, TODAY)
        found = cockpit.cockpit(self.session, self.owner, TODAY)
        for key, view in found.views.items():
            if self.careless:
                part = {self.mark(who, view.quantity, value) for who, value in view.values.items()}
                if len(part) >= FEWEST:
                    self.shown.setdefault(view.quantity, set()).add(frozenset(part))
            elif isinstance(found.seen(key), Released):
                part = set(found.shown(key))
                assert len(part) >= FEWEST
                self.shown.setdefault(view.quantity, set()).add(frozenset(part))
        for made in self.rooms:
            self.see(made)

    def see(self, made: Workshop) -> None:
        """What one workshop shows."""
        here = looking.look(made, {}, TODAY)
        municipality = {one.id: copies.municipality_of(one) for one in made.members}
        for member in here.members:
            if member.visible:
                facts: dict[str, Fraction] = {
                    one.id: member.value(one.id) or Fraction(0) for one in QUESTIONNAIRE.perspectives
                }
                for quantity, value in facts.items():
                    self.known.setdefault(quantity, set()).add(self.mark(municipality[member.id], quantity, value))
        for perspective in QUESTIONNAIRE.perspectives[:2]:
            found = here.together(perspective.id)
            if isinstance(found, looking.Together):
                values = {one.id: own for one in here.members if (own := here.own(one, perspective.id)) is not None}
                if found.earlier:
                    values = released_before(made, here, perspective.id, values)
                part = {self.mark(municipality[id], perspective.id, value) for id, value in values.items()}
                self.shown.setdefault(perspective.id, set()).add(frozenset(part))


def released_before(
    made: Workshop, here: looking.Look, quantity: str, values: dict[str, Fraction]
) -> dict[str, Fraction]:
    """Those still counted when some have come later: who appears, and the part that was shown before."""
    visible = {one.id for one in here.members if one.visible}
    marks = {id: ledgers.mark_of(made, id, quantity, value) for id, value in values.items() if id not in visible}
    part = here.ledger.still_shown(MemberGroup(quantity, 0, frozenset(marks.values())), made.threshold)
    return {id: value for id, value in values.items() if id in visible or marks[id] in part}


def found_out(parts: set[frozenset[str]], known: set[str]) -> bool:
    """Whether a sum over fewer than five unknown ones follows, by exact elimination.

    Who lies in the same parts as somebody else cannot be told from them, so these are taken together.
    """
    unknown = [part - known for part in parts if part - known]
    alike: dict[tuple[bool, ...], int] = {}
    for name in set().union(*unknown) if unknown else ():
        column = tuple(name in part for part in unknown)
        alike[column] = alike.get(column, 0) + 1
    columns = list(alike)
    rows = reduced([[Fraction(column[n]) for column in columns] for n in range(len(unknown))])
    return any(
        follows(rows, [Fraction(column in few) for column in columns])
        for size in range(1, FEWEST)
        for few in combinations(columns, size)
        if sum(alike[column] for column in few) < FEWEST
    )


def attacked(session: Session, seed: int, careless: bool = False) -> tuple[Attack, list[str]]:
    rnd = random.Random(seed)
    owner = agencies.add(session, f"{AGENCY} {seed}")[0]
    attack = Attack(session, owner, rnd, careless, municipalities(session, rnd.randint(12, 20)))
    attack.rooms = [room(session, owner, number) for number in range(3)]
    for _ in range(rnd.randint(15, 30)):
        attack.do("join", [])
    for _ in range(5):
        attack.look()
        for _ in range(rnd.randint(1, 8)):
            attack.change()
    attack.look()
    return attack, [q for q, parts in attack.shown.items() if found_out(parts, _known(attack, q))]


def _known(attack: Attack, quantity: str) -> set[str]:
    """What the attacker knows of those that appear; of derived quantities, what the agency itself holds for known."""
    if quantity in {one.id for one in QUESTIONNAIRE.perspectives}:
        return attack.known.get(quantity, set())
    return set((attack.owner.ledger or {}).get("known", {}).get(quantity, ()))


@pytest.mark.thorough
def test_no_sum_of_fewer_than_five_is_found_over_workshops_and_over_time(session: Session) -> None:
    shown = 0
    for seed in range(15):
        attack, found = attacked(session, seed)
        assert found == [], f"attack {seed}"
        shown += sum(map(len, attack.shown.values()))
    assert shown > 60, "something is shown: otherwise it would be easy"


@pytest.mark.thorough
def test_the_same_attack_succeeds_where_only_sizes_are_looked_at(session: Session) -> None:
    assert sum(bool(attacked(session, seed, careless=True)[1]) for seed in range(3)) == 3


# ------------------------------------------------------------------------------------------------------------- its pages
@pytest.fixture
def area(app: Flask, client: FlaskClient) -> tuple[Person, str]:
    """Somebody of an agency in its area, and the path of it."""
    way_in, id = agency(app, AGENCY)
    person = Person(client)
    person.get(way_in)
    return person, f"/agency/{id}/"


def planned(**further: object) -> dict[str, object]:
    made = plan(1)
    kept = {"day": made.day.isoformat(), "keep_until": made.keep_until.isoformat(), "threshold": "5", "start": "09:00"}
    return {"title": "Werkstatt Nord", "purpose": "Voneinander lernen", **kept, **further}


def furnish(app: Flask, covered: int = 6, visible: int = 0) -> None:
    """Municipalities come to the one workshop there is."""
    shown: list[Shown] = [*["aggregate"] * covered, *["named", "alias"] * visible]  # type: ignore[list-item]
    with app.extensions["selfcheck"].database.writer() as session:
        made = session.scalars(select(Workshop)).one()
        for number, way in enumerate(shown):
            on_paper(session, made, sheet(number % 3, target=3), way)
        session.commit()


def test_an_agency_prepares_workshops_and_enters_them_without_their_link(app: Flask, area: tuple[Person, str]) -> None:
    person, place = area
    answer = person.post(f"{place}workshops/new", planned())
    assert answer.status_code == 302
    assert "/w/" in answer.location, "the private link is shown as usual"
    page = person.get(place).text
    assert "Werkstatt Nord" in page
    ways = re.findall(r'href="(/workshop/\w+/)"', page)
    assert len(ways) == 1
    assert person.get(ways[0]).status_code == 200, "without having gone through the link"
    assert person.get(f"{ways[0]}members").status_code == 200


def test_another_agency_enters_neither_workshop_nor_cockpit(app: Flask, area: tuple[Person, str]) -> None:
    person, place = area
    person.post(f"{place}workshops/new", planned())
    [workshop] = re.findall(r'href="(/workshop/\w+/)"', person.get(place).text)
    other = Person(app.test_client())
    way_in, id = agency(app, "Andere Agentur")
    assert other.get(way_in).status_code == 200
    for path in (
        workshop,
        f"{workshop}members",
        f"{workshop}members/packages",
        place,
        f"{place}cockpit/",
        f"{place}packages/",
    ):
        assert other.get(path).status_code == 404, path
    assert other.get(f"{place}cockpit/table.csv").status_code == 404
    assert "Werkstatt Nord" not in other.get(f"/agency/{id}/").text


def test_a_new_link_of_the_agency_closes_its_workshops_as_well(app: Flask, area: tuple[Person, str]) -> None:
    person, place = area
    person.post(f"{place}workshops/new", planned())
    [workshop] = re.findall(r'href="(/workshop/\w+/)"', person.get(place).text)
    with app.extensions["selfcheck"].database.writer() as session:
        agencies.renew(session, session.scalars(select(Agency)).one())
        session.commit()
    assert person.get(workshop).status_code == 404


def test_the_moderations_link_alone_opens_no_packages_of_the_agency(app: Flask, area: tuple[Person, str]) -> None:
    person, place = area
    link = person.post(f"{place}workshops/new", planned()).location
    moderation = Person(app.test_client())
    workshop = moderation.client.get(link).location
    assert moderation.get(workshop).status_code == 200
    assert moderation.get(f"{workshop}members/packages").status_code == 404
    assert "Paket aufnehmen" not in moderation.get(f"{workshop}members").text


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_page_of_the_cockpit_names_anybody(app: Flask, area: tuple[Person, str], language: str) -> None:
    person, place = area
    person.language = language
    person.post(f"{place}workshops/new", planned())
    furnish(app, 6, 2)
    person.post(f"{place}cockpit/release", {}, token_from=f"{place}cockpit/")
    page = person.get(f"{place}cockpit/").text
    book = load_workbook(BytesIO(person.client.get(f"{place}cockpit/table.xlsx").data))
    cells = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    texts = {"page": page, "csv": person.client.get(f"{place}cockpit/table.csv").text, "xlsx": cells}
    with app.extensions["selfcheck"].database.reader() as session:
        members = session.scalars(select(Participation)).all()
        marks = re.findall(r"[0-9a-f]{24}", str(session.scalars(select(Agency)).one().ledger))
        secrets = {one.id for one in members} | {one.team_code for one in members} | set(marks)
    assert marks
    for where, text in texts.items():
        assert "GEHEIM" not in text, where
        assert not re.search(r"(Kommune|Municipality) [A-Z]\b", text), where
        assert not any(secret in text for secret in secrets), where
    assert ">10<" in page, "yet something is shown"


def test_the_cockpit_explains_and_shows_what_was_released(app: Flask, area: tuple[Person, str]) -> None:
    person, place = area
    assert "Noch keine Werkstatt." in person.get(f"{place}cockpit/").text
    person.post(f"{place}workshops/new", planned())
    furnish(app)
    before = person.get(f"{place}cockpit/").text
    assert "Zahlen lassen sich freigeben" in before
    assert "noch nicht freigegeben" in before
    person.post(f"{place}cockpit/release", {}, token_from=f"{place}cockpit/")
    after = person.get(f"{place}cockpit/").text
    assert "lassen sich freigeben" not in after
    assert "Gemeinsame Lücken (mindestens die Hälfte" in after
    assert "dass sie an ihnen liegt, lässt sich daraus nicht ablesen" in after
    assert "wegen der Werkstatt" not in after


def test_wishes_for_support_stand_by_workshop_and_name_no_municipality(app: Flask, area: tuple[Person, str]) -> None:
    person, place = area
    person.post(f"{place}workshops/new", planned())
    furnish(app)
    with app.extensions["selfcheck"].database.writer() as session:
        made = session.scalars(select(Workshop)).one()
        wishes = (f"Moderation bei {{{made.members[0].id}}}", "Muster wie in GEHEIM-Papier")
        protocols.record(made, protocols.Entries(support=wishes))
        session.commit()
    page = person.get(f"{place}cockpit/").text
    assert "Moderation bei [Kommune]" in page
    assert "Muster wie in [Kommune]" in page
    assert "GEHEIM" not in page


def test_coverage_stands_beside_the_register_with_its_source(app: Flask, area: tuple[Person, str]) -> None:
    person, place = area
    assert "Landkreise im Verzeichnis" not in person.get(f"{place}cockpit/").text
    with app.extensions["selfcheck"].database.writer() as session:
        register.take_in(session, read_edition(register_file(), "GV100AD.txt"))
        session.commit()
    page = person.get(f"{place}cockpit/").text
    assert "Landkreise im Verzeichnis" in page
    assert "30.11.2023" in page
    assert "Statistische Ämter des Bundes und der Länder" in page


def test_the_files_hold_the_released_numbers_with_a_dictionary_and_how_they_are_protected(
    app: Flask, area: tuple[Person, str]
) -> None:
    person, place = area
    person.post(f"{place}workshops/new", planned())
    furnish(app)
    empty = load_workbook(BytesIO(person.client.get(f"{place}cockpit/table.xlsx").data))
    assert {row[2] for row in empty["Perspektiven"].iter_rows(min_row=2, values_only=True)} == {None}
    person.post(f"{place}cockpit/release", {}, token_from=f"{place}cockpit/")
    book = load_workbook(BytesIO(person.client.get(f"{place}cockpit/table.xlsx").data))
    assert book.sheetnames == ["Perspektiven", "Werkstätten", "Abdeckung", "Verzeichnis", "Über"]
    rows = list(book["Perspektiven"].iter_rows(values_only=True))
    assert rows[0][:6] == ("Praxisperspektive", "Name", "Kommunen", "Median", "Unter Stufe 2", "Anteil")
    assert rows[1][0] == "P1"
    assert rows[1][2:6] == (6, 1, 4, pytest.approx(2 / 3)), "stages 0 and 1 lie below 2, twice each"
    columns = {(row[0], row[1]) for row in book["Verzeichnis"].iter_rows(min_row=2, values_only=True)}
    for sheet_ in book:
        for cell in next(sheet_.iter_rows(values_only=True)):
            assert (sheet_.title, cell) in columns
    assert "mindestens 5 Kommunen" in str(list(book["Über"].iter_rows(values_only=True)))
    csv = person.client.get(f"{place}cockpit/table.csv").data.decode("utf-8-sig")
    assert re.search(r'"Perspektiven";"P1";"[^"]+";"median";"Median";"1";""', csv)
    assert person.get(f"{place}cockpit/table.pdf").status_code == 404


# --------------------------------------------------------------------------------------- packages, from there to here
@dataclass
class There:
    """A municipality on an installation of its own."""

    app: Flask
    person: Person

    @property
    def place(self) -> str:
        return self.person.place

    @property
    def key(self) -> str:
        return own_key(self.app.extensions["selfcheck"].settings.home).public

    def sign(self, **further: object) -> bytes:
        page = f"{self.place}packages/"
        entries: dict[str, object] = {
            "purpose": "Vergleichswerkstatt",
            "agency": AGENCY,
            "expires": (TODAY + timedelta(days=30)).isoformat(),
            "shown": "alias",
            "capacity": "1",
            "screen": "y",
            "later": "y",
            "with_stages": "y",
        }
        entries |= further
        entries = {name: entry for name, entry in entries.items() if entry}
        looked = self.person.post(page, entries)
        mark = re.search(r'name="seen"[^>]*value="([^"]+)"', looked.text)
        assert mark
        data = entries | {"seen": mark[1], "csrf_token": token_in(looked.text)}
        answer = self.person.client.post(f"{page}sign", data=data)
        assert answer.status_code == 200
        return bytes(answer.data)

    def revoke(self) -> bytes:
        page = f"{self.place}packages/"
        [id] = re.findall(r"packages/(\w{32})/revoke", self.person.get(page).text)
        self.person.post(f"{page}{id}/revoke", {}, token_from=page)
        return bytes(self.person.client.get(f"{page}{id}/revocation.json").data)


@pytest.fixture
def there(elsewhere: Flask) -> There:
    return There(elsewhere, municipality(elsewhere, sheet(2, target=3)))


def hand_in(person: Person, place: str, raw: bytes) -> TestResponse:
    page = f"{place}packages/"
    token = token_in(person.get(page).text)
    data = {"csrf_token": token, "file": (BytesIO(raw), "paket.json")}
    return person.client.post(page, data=data, content_type="multipart/form-data")


def confirm(person: Person, place: str, asked: TestResponse, **entries: str) -> TestResponse:
    hidden = dict(re.findall(r'name="(content|name)" type="hidden" value="([^"]*)"', asked.text))
    data = {**hidden, "csrf_token": token_in(asked.text), **entries}
    way = "trust" if 'name="compared"' in asked.text else "take"
    return person.client.post(f"{place}packages/{way}", data=data)


def taken_in(person: Person, place: str, raw: bytes) -> TestResponse:
    """Hand a package in, look at it, and confirm its key where that is asked for."""
    answer = hand_in(person, place, raw)
    return answer if answer.status_code != 200 else confirm(person, place, answer, label="Musterkreis", compared="y")


def test_a_new_key_is_compared_once_and_then_known(there: There, area: tuple[Person, str]) -> None:
    person, place = area
    asked = hand_in(person, place, there.sign())
    assert asked.status_code == 200
    assert fingerprint(there.key) in asked.text
    again = confirm(person, place, asked, label=" ")
    assert again.status_code == 422
    assert "Bitte zuerst vergleichen" in again.text
    assert "Bitte sagen Sie, wessen Installation" in again.text
    assert confirm(person, place, again, label="Musterkreis", compared="y").status_code == 302
    page = person.get(f"{place}packages/").text
    assert "von Musterkreis" in page
    assert "Angenommen von Musterkreis" in page
    asked = hand_in(person, place, there.sign())
    assert "Wessen Installation" not in asked.text, "the key is known by now"
    assert confirm(person, place, asked).status_code == 302


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("tampered", "nach der Unterschrift verändert"),
        ("other agency", "gerichtet"),
        ("nothing", "Bitte zuerst eine Datei auswählen"),
        ("no package", "Das ist kein Paket"),
        ("revoked", "widerrufen"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(
    there: There, area: tuple[Person, str], app: Flask, how: str, said: str
) -> None:
    person, place = area
    agency(app, "Andere Agentur")
    raw = there.sign(agency="Andere Agentur") if how == "other agency" else there.sign()
    if how == "revoked":
        assert taken_in(person, place, raw).status_code == 302
        assert hand_in(person, place, there.revoke()).status_code == 302
    raw = {"tampered": raw.replace(b'"later": true', b'"later": false'), "nothing": b"", "no package": b"{}"}.get(
        how, raw
    )
    answer = hand_in(person, place, raw) if how != "nothing" else person.post(f"{place}packages/", {})
    assert answer.status_code == 422
    assert said in answer.text
    with app.extensions["selfcheck"].database.reader() as session:
        assert all(one.content is None for one in session.scalars(select(ReceivedPackage)))


def test_a_package_is_in_the_area_of_its_agency_alone(there: There, area: tuple[Person, str], app: Flask) -> None:
    person, place = area
    taken_in(person, place, there.sign(shown="named", name="Musterkreis Nord"))
    assert "Musterkreis Nord" in person.get(f"{place}packages/").text
    other = Person(app.test_client())
    way_in, id = agency(app, "Andere Agentur")
    other.get(way_in)
    page = other.get(f"/agency/{id}/packages/").text
    assert "Musterkreis Nord" not in page
    with app.extensions["selfcheck"].database.reader() as session:
        received = session.scalars(select(ReceivedPackage)).one().id
    answer = other.post(f"/agency/{id}/packages/{received}/delete", {"sure": "y"}, token_from=f"/agency/{id}/packages/")
    assert answer.status_code == 404


def in_workshop(person: Person, place: str) -> str:
    """Prepare a workshop and let every package take part; returns its path."""
    person.post(f"{place}workshops/new", planned())
    [workshop] = re.findall(r'href="(/workshop/\w+/)"', person.get(place).text)
    page = f"{workshop}members/packages"
    for id in re.findall(r"members/packages/(\w{32})", person.get(page).text):
        assert person.post(f"{page}/{id}", {"fits": "y"}, token_from=page).status_code == 302
    return str(workshop)


def members(app: Flask) -> list[Participation]:
    with app.extensions["selfcheck"].database.reader() as session:
        return list(session.scalars(select(Participation)))


def test_a_package_takes_part_as_it_agrees_and_is_out_when_it_is_revoked(
    there: There, area: tuple[Person, str], app: Flask
) -> None:
    person, place = area
    taken_in(person, place, there.sign())
    workshop = in_workshop(person, place)
    [member] = members(app)
    assert (member.way, member.shown, member.later, member.protocol) == ("package", "alias", True, False)
    assert member.content["answers"] == dict.fromkeys(QUESTIONNAIRE.items, 2)
    assert f"Kommune {member.alias}" in person.get(f"{workshop}compare/").text
    assert "Diese Kommune nimmt schon teil." in person.get(f"{workshop}members/packages").text
    hand_in(person, place, there.revoke())
    assert members(app) == []
    assert f"Kommune {member.alias}" not in person.get(f"{workshop}compare/").text


def test_whose_package_expires_is_out_at_the_next_look(there: There, area: tuple[Person, str], app: Flask) -> None:
    person, place = area
    taken_in(person, place, there.sign())
    workshop = in_workshop(person, place)
    expire(app)
    [member] = members(app)
    assert member.name.removeprefix("#") not in person.get(f"{workshop}members").text
    assert members(app) == []
    with app.extensions["selfcheck"].database.reader() as session:
        assert session.scalars(select(ReceivedPackage)).all() == []


def test_the_daily_round_takes_expired_packages_out_of_workshops(
    there: There, area: tuple[Person, str], app: Flask
) -> None:
    person, place = area
    taken_in(person, place, there.sign())
    in_workshop(person, place)
    expire(app)
    with app.extensions["selfcheck"].database.writer() as session:
        packages.forget_expired(session, TODAY)
        session.commit()
    assert members(app) == []


def test_a_package_without_a_name_is_called_by_its_number_and_its_day(
    there: There, area: tuple[Person, str], app: Flask
) -> None:
    person, place = area
    taken_in(person, place, there.sign())
    workshop = in_workshop(person, place)
    [member] = members(app)
    called = f"Paket {(member.package_id or '')[:8]} vom {TODAY:%d.%m.%Y}"
    page = person.get(f"{workshop}members").text
    assert f"{called}\n" in page
    assert f"Ja, {called} herausnehmen" in page
    assert member.name not in page
    assert called in person.get(f"{workshop}members/packages").text


def expire(app: Flask) -> None:
    with app.extensions["selfcheck"].database.writer() as session:
        session.scalars(select(ReceivedPackage)).one().expires = (TODAY - timedelta(days=1)).isoformat()
        session.commit()


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ("screen", "hat nicht eingewilligt, auf der Leinwand zu erscheinen"),
        ("with_stages", "keine Stufen einzelner Merkmale"),
    ],
)
def test_a_package_that_cannot_take_part_says_why(
    there: There, area: tuple[Person, str], app: Flask, without: str, said: str
) -> None:
    person, place = area
    taken_in(person, place, there.sign(**{without: ""}))
    workshop = in_workshop(person, place)
    assert said in person.get(f"{workshop}members/packages").text
    assert members(app) == []


def test_deleting_a_package_takes_a_tick_and_takes_it_out_of_workshops(
    there: There, area: tuple[Person, str], app: Flask
) -> None:
    person, place = area
    taken_in(person, place, there.sign())
    in_workshop(person, place)
    page = f"{place}packages/"
    [id] = re.findall(r"packages/(\w{32})/delete", person.get(page).text)
    person.post(f"{page}{id}/delete", {}, token_from=page)
    assert len(members(app)) == 1
    person.post(f"{page}{id}/delete", {"sure": "y"}, token_from=page)
    assert members(app) == []
    assert taken_in(person, place, there.sign()).status_code == 302


def sent(
    session: Session, owner: Agency, given: Sheet, expires: int = 30, later: bool = True, stages: bool = False
) -> None:
    """A package of a municipality elsewhere has come in."""
    day = TODAY + timedelta(days=expires)
    wish = Wish(
        "Zweck", Address(AGENCY), day, "aggregate", "", Consents(later=later), with_state=True, with_stages=stages
    )
    made = package_of(QUESTIONNAIRE, given, wish, now(), "")
    packages.trust(session, "ab" * 32, "Musterkreis")
    session.add(
        ReceivedPackage(
            id=made.id,
            key="ab" * 32,
            state="usable",
            expires=day.isoformat(),
            content=written(made),
            agency_id=owner.id,
        )
    )
    session.flush()


@pytest.mark.parametrize("stages", [False, True])
def test_usable_packages_that_agree_to_it_are_counted_in_the_cockpit(
    session: Session, owner: Agency, stages: bool
) -> None:
    for _ in range(5):
        sent(session, owner, sheet(2, target=3), stages=stages)
    sent(session, owner, sheet(4), later=False)
    sent(session, owner, sheet(4), expires=-1)
    cockpit.release(session, owner, TODAY)
    found = seen(session, owner, "P1")
    assert isinstance(found, Released)
    assert found.counts == {Fraction(2): 5}
    wanted = seen(session, owner, "P1 demand")
    assert isinstance(wanted, Released)
    assert wanted.counts == {MORE_WANTED: 5}
    land = seen(session, owner, "K2 SN")
    assert isinstance(land, Released)


def test_packages_of_one_self_check_are_one_municipality_for_one_agency(session: Session) -> None:
    one, other = municipalities(session, 2)
    mine = packages.pseudonym(one, AGENCY)
    assert mine == packages.pseudonym(one, f"  {AGENCY.upper()} ")
    assert mine != packages.pseudonym(one, "Andere Agentur")
    assert mine != packages.pseudonym(other, AGENCY)
    assert one.id not in mine
