"""Papers of a comparative workshop: what they say, and above all what they never say, in whichever version."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from zipfile import ZipFile

import docx
import page as pdf_rules
import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from scoring.model.answers import Answer, Sheet, Target
from scoring.model.wording import LANGUAGES, Language
from scoring.workshop.disclosure import Ledger, pieces
from scoring.workshop.members import Shown
from selfcheck.charts.radar import Radar
from selfcheck.models import Participation, Workshop
from selfcheck.protocol.data import files
from selfcheck.protocol.everything import everything, file_name
from selfcheck.protocol.minutes import Minutes
from selfcheck.protocol.outline import protocol
from selfcheck.protocol.own_page import OwnPage
from selfcheck.reading.vignettes_catalogue import load as vignettes
from selfcheck.reports.blocks import Figure, Outline, Table
from selfcheck.reports.invitation import Occasion, about
from selfcheck.reports.paper_set import paper_set
from selfcheck.reports.team_cards import TeamCard, team_cards
from selfcheck.services import copies, ledgers, live, looking, membership, protocols, tandems, ways_in, workshops
from selfcheck.services.copies import Consent
from selfcheck.services.looking import NotReleased, Together
from selfcheck.services.protocols import Entries, KnowsItself, NextStep, marked, named_in, spoken
from selfcheck.words.findings import Findings
from tests.drawn import examples
from tests.selfcheck.rooms import PLAN, QUESTIONNAIRE
from tests.web import Person

TODAY = date.today()
OCCASION = Occasion(PLAN.title, PLAN.purpose, PLAN.day, PLAN.start, PLAN.keep_until, PLAN.threshold)
LETTERS = ("Alba", "Birk", "Carp", "Dorn", "Esch", "Farn", "Gran", "Hirt", "Ilme", "Jura", "Kolk", "Lohe")
K = 3


def sheet(stage: int, target: int | None = None, **stages: int) -> Sheet:
    """A full check in which every item stands at one stage, apart from those named, with a remark on each."""
    answers = {
        id: Answer(stages.get(id.replace(".", "_"), stage), remark="GEHEIME ANMERKUNG") for id in QUESTIONNAIRE.items
    }
    wanted = None if target is None else Target(2030, {one.id: target for one in QUESTIONNAIRE.perspectives})
    return Sheet(QUESTIONNAIRE.id, QUESTIONNAIRE.version, date=TODAY.isoformat(), answers=answers, target=wanted)


def room(session: Session, *people: tuple[Shown, bool, Sheet], with_tandems: bool = True) -> tuple[Workshop, str]:
    """A workshop of municipalities by how they appear, whether they agree to the protocol, and what they share.

    Their names are "Kreis Alba", "Kreis Birk" and so on.
    """
    made, token = workshops.prepare(session, QUESTIONNAIRE, PLAN)
    made.threshold = K
    for letter, (shown, agrees, content) in zip(LETTERS, people, strict=False):
        membership.enter_on_paper(
            session, made, content, Consent(shown, f"Kreis {letter}", tandems=with_tandems, protocol=agrees)
        )
    session.flush()
    return made, token


PEOPLE: list[tuple[Shown, bool, Sheet]] = [
    ("named", True, sheet(1, target=3)),
    ("alias", True, sheet(3)),
    ("named", False, sheet(4, target=4)),
    ("alias", False, sheet(2)),
    ("aggregate", True, sheet(0, target=2)),
    ("aggregate", False, sheet(1)),
    ("aggregate", False, sheet(2)),
    ("aggregate", False, sheet(3)),
]
HIDDEN = [f"Kreis {letter}" for letter in LETTERS[1 : len(PEOPLE)]]
"""All but the first appear without a name, or do not agree to the protocol."""


@pytest.fixture
def session(app: Flask) -> Session:
    return app.extensions["selfcheck"].database.writer()  # type: ignore[no-any-return]


@pytest.fixture
def moderation(client: FlaskClient) -> Person:
    return Person(client)


def enter(person: Person, app: Flask, *people: tuple[Shown, bool, Sheet], release: bool = True) -> str:
    """Prepare a room for a moderation in the browser; returns the path of its overview."""
    with app.extensions["selfcheck"].database.writer() as session:
        made, token = room(session, *people)
        if release:
            looking.release(made, {}, TODAY)
        tandems.propose(made, TODAY)
        session.commit()
    return person.client.get(f"/w/{token}").location


def member(made: Workshop, letter: str) -> Participation:
    return next(one for one in made.members if one.name == f"Kreis {letter}")


def text_of(content: bytes) -> str:
    """What a PDF or a Word document says; of words that are divided at the end of a line, the whole."""
    if content.startswith(b"%PDF"):
        file = pypdfium2.PdfDocument(content)
        raw = "\n".join(file[place].get_textpage().get_text_range() for place in range(len(file)))
        return re.sub(r"[\u00ad\ufffe\x02]\s*|-\s*\n", "", raw)
    document = docx.Document(io.BytesIO(content))
    parts = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    heads = [
        one.text for section in document.sections for one in (*section.header.paragraphs, *section.footer.paragraphs)
    ]
    return "\n".join((*parts, *cells, *heads))


def squeezed(text: str) -> str:
    """Without blanks and hyphens, for what a line end may divide."""
    return re.sub(r"[\s\u00ad\ufffe\x02\u200b-]", "", text)


def texts_in(outline: Outline) -> str:
    return json.dumps([repr(block) for block in outline.blocks], ensure_ascii=False)


def table(outline: Outline, caption: str) -> Table:
    return next(block for block in outline.blocks if isinstance(block, Table) and block.caption == caption)


# --- the paper set ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_set_and_cards_are_tagged_and_can_be_archived(language: Language) -> None:
    long = replace(OCCASION, title="Werkstatt " * 19, purpose="Donaudampfschifffahrt🙂 " * 80)
    cards = [
        TeamCard("Landkreis Musterau an der Donaudampfschifffahrt" * 4, "ABCDEFGH", "https://x.example/p/ABCDEFGH")
    ]
    for made in (
        paper_set(long, QUESTIONNAIRE, language),
        team_cards("Werkstatt", TODAY, "https://x.example/p", cards * 3, 12, language),
        team_cards("Werkstatt", TODAY, "https://x.example/p", [], 12, language),
    ):
        failures = [
            failure.rule_id
            for profile in ("ua1", "2a")
            for failure in pdf_rules.validate_pdf_bytes(made, profile=profile).failures
            if failure.rule_id != "PDFA2A-STREAM-LENGTH-001"  # a stream that ends as its length says
        ]
        assert failures == []


def test_the_paper_set_asks_in_the_order_of_the_page_where_it_is_entered(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app)
    made = moderation.get(f"{place}paper-set.pdf")
    assert made.content_type == "application/pdf"
    fields = re.findall(
        r'<(?:input|select)[^>]*name="([PK]\d+(?:\.\d+)?)"', moderation.get(f"{place}members/paper").text
    )
    assert len(fields) == len(QUESTIONNAIRE.items) + 6
    printed = re.findall(r"^([PK]\d+(?:\.\d+)?) +\S", text_of(made.data), re.MULTILINE)
    assert [id for id in printed if "." in id or id.startswith("K")] == fields


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_set_holds_every_statement_and_every_anchor(language: Language) -> None:
    said = squeezed(text_of(paper_set(OCCASION, QUESTIONNAIRE, language)))
    blank = Findings(QUESTIONNAIRE, Sheet(QUESTIONNAIRE.id, QUESTIONNAIRE.version), language)
    for item in QUESTIONNAIRE.items.values():
        anchors = (blank.anchor(item, option.key) for option in item.scale.options)
        for text in (blank.say.item(item.id), blank.statement(item), *anchors):
            assert squeezed(text) in said, item.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_cover_and_consent_of_the_paper_set_use_the_words_of_the_pages(
    moderation: Person, app: Flask, language: Language
) -> None:
    moderation.language = language
    place = enter(moderation, app)
    with app.extensions["selfcheck"].database.reader() as session:
        made = session.scalars(select(Workshop)).one()
        occasion = replace(OCCASION, threshold=made.threshold)
        code = made.code
    invited = squeezed(moderation.get(f"/join/{code}").text)
    entered = squeezed(moderation.get(f"{place}members/paper").text)
    papers = squeezed(text_of(moderation.get(f"{place}paper-set.pdf").data))
    for term, said in about(occasion, language):
        assert squeezed(term) in invited
        assert squeezed(said) in invited, term
    for term, said in about(occasion, language, on_paper=True):
        assert squeezed(term) in papers
        assert squeezed(said) in papers, term
    ways = {
        "de": ("Mit Namen", "mit einem ausgelosten Buchstaben", "Nur in gemeinsamen Zahlen"),
        "en": ("By name", "with a letter that is drawn", "Only in numbers of several municipalities"),
    }[language]
    assert all(squeezed(way) in papers and squeezed(way) in entered for way in ways)


def test_cards_name_the_municipality_and_never_its_alias(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app, *PEOPLE)
    said = text_of(moderation.get(f"{place}team-cards.pdf").data)
    with app.extensions["selfcheck"].database.reader() as session:
        for one in session.scalars(select(Participation)):
            assert one.name in said
            assert f"{one.team_code[:4]} {one.team_code[4:]}" in said
            assert f"Kommune {one.alias}" not in said
    assert "Decknamen" not in said


# --- what the moderation writes down ----------------------------------------------------------------------------------


def entry(**further: str) -> dict[str, object]:
    return {"themes": "Räume zuschneiden", "support": "", **further}


def test_what_was_agreed_is_written_down_and_stands_in_the_protocol(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app, *PEOPLE)
    with app.extensions["selfcheck"].database.reader() as session:
        alba = session.scalars(select(Participation.id).where(Participation.name == "Kreis Alba")).one()
    soon = TODAY + timedelta(days=40)
    sent = entry(
        themes="Räume zuschneiden\n\nKreis Alba lädt ein",
        support="Beratung zu Daten",
        what_0="Muster teilen",
        who_0=alba,
        by_0=soon.isoformat(),
        what_1="Nachtreffen",
        who_1="agency",
    )
    answer = moderation.post(f"{place}protocol", sent)
    assert answer.status_code == 302
    page = moderation.get(f"{place}protocol").text
    assert "Kreis Alba lädt ein" in page
    said = text_of(moderation.get(f"{place}protocol.pdf").data)
    for words in ("Räume zuschneiden", "Kreis Alba lädt ein", "Muster teilen", "Beratung zu Daten", "die Agentur"):
        assert words in said
    assert f"{soon:%d.%m.%Y}" in said
    with app.extensions["selfcheck"].database.reader() as session:
        notes = session.scalars(select(Workshop)).one().notes
    assert notes["themes"] == ["Räume zuschneiden", f"{{{alba}}} lädt ein"], (
        "the name goes when the municipality leaves"
    )
    assert notes["next"][0] == {"what": "Muster teilen", "who": alba, "by": soon.isoformat()}
    assert notes["tandems"], "the tandems stay"
    assert "start" in notes, "what was planned stays"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"what_0": "", "who_0": "agency"}, "Bitte sagen, was zu tun ist, oder die Zeile leeren."),
        ({"what_0": "", "by_0": "2030-01-01"}, "Bitte sagen, was zu tun ist, oder die Zeile leeren."),
        ({"what_0": "Etwas tun", "who_0": ""}, "Bitte wählen, wer es tut."),
        ({"what_0": "Etwas tun", "who_0": "Frau Muster"}, "kern-error"),
        ({"what_0": "Etwas tun", "who_0": "agency", "by_0": "morgen"}, "Bitte ein Datum eingeben."),
        (
            {"what_0": "Etwas tun", "who_0": "agency", "by_0": "2001-01-01"},
            "Bitte einen Tag ab dem Werkstatttag wählen.",
        ),
        ({"what_0": "x" * 301, "who_0": "agency"}, "kern-error"),
        ({"what_4": "Kreis Birk zeigt es", "who_4": "agency"}, "„Kreis Birk“ erscheint im Protokoll nicht"),
        ({"themes": "Besuch beim KREIS ESCH"}, "„Kreis Esch“ erscheint im Protokoll nicht"),
        ({"support": "Wie in Kreis Carps Satzung"}, "„Kreis Carp“ erscheint im Protokoll nicht"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(
    moderation: Person, app: Flask, wrong: dict[str, str], said: str
) -> None:
    place = enter(moderation, app, *PEOPLE)
    answer = moderation.post(f"{place}protocol", entry() | wrong)
    assert answer.status_code == 422
    form = answer.text.partition("novalidate")[2].partition("</form>")[0]
    assert said in form
    assert all(value[:100] in form for key, value in wrong.items() if value and key != "who_0")
    with app.extensions["selfcheck"].database.reader() as session:
        assert "themes" not in session.scalars(select(Workshop)).one().notes


def test_more_rows_appear_with_every_step(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app, *PEOPLE)
    assert moderation.get(f"{place}protocol").text.count('name="what_') == 3
    moderation.post(f"{place}protocol", entry(what_2="Etwas tun", who_2="all"))
    assert moderation.get(f"{place}protocol").text.count('name="what_') == 4, "the step moved up to the first row"


def test_whoever_leaves_or_takes_the_consent_back_is_named_in_no_text_any_more(session: Session) -> None:
    made, _ = room(session, ("named", True, sheet(1)), ("named", True, sheet(2)), ("named", True, sheet(3)))
    alba, birk = member(made, "Alba"), member(made, "Birk")
    labels = {alba.id: ("Kreis Alba",), birk.id: ("Kreis Birk",)}
    theme = marked("Kreis Alba und Kreis Birk laden ein", labels)
    protocols.record(made, Entries((theme,), (NextStep("Einladen", alba.id), NextStep("Zusagen", birk.id))))
    before = Minutes(made, "de", TODAY)
    assert before.entries.themes == ("Kreis Alba und Kreis Birk laden ein",)
    assert [before.who(step) for step in before.entries.steps] == ["Kreis Alba", "Kreis Birk"]
    membership.agree(birk, Consent("named", "Kreis Birk"))
    membership.leave(session, alba)
    session.expire_all()
    after = Minutes(made, "de", TODAY)
    instead = "[eine hier nicht genannte Kommune]"
    assert after.entries.themes == (f"{instead} und {instead} laden ein",)
    assert [after.who(step) for step in after.entries.steps] == ["eine hier nicht genannte Kommune"] * 2
    assert "Alba" not in json.dumps(made.notes)


def test_a_name_is_found_as_a_word_of_its_own_and_the_longest_one_first() -> None:
    labels = {"a" * 32: ("Musterkreis",), "b" * 32: ("Musterkreis Nord",)}
    kept = marked("Musterkreis Nord, des Musterkreises, Großmusterkreis, musterkreis", labels)
    assert kept == f"{{{'b' * 32}}}, des {{{'a' * 32}}}es, Großmusterkreis, {{{'a' * 32}}}"
    assert spoken(kept, {"a" * 32: "Musterkreis"}, (), "[?]") == "[?], des Musterkreises, Großmusterkreis, Musterkreis"
    assert named_in("Musterkreis Nord", ("Musterkreis",), ("Musterkreis Nord",)) == ()
    assert named_in("im Musterkreis", ("Musterkreis",), ("Musterkreis Nord",)) == ("Musterkreis",)
    assert named_in("A und .*", ("A", ".*"), ()) == (), "short names and signs are no patterns"


# --- what the protocol never says -------------------------------------------------------------------------------------


def content_of(made: Workshop, language: Language) -> dict[str, bytes]:
    return {name: make() for name, make in everything(Minutes(made, language, TODAY))}


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_file_names_anybody_that_does_not_appear_in_it(session: Session, language: Language) -> None:
    made, _ = room(session, *PEOPLE)
    looking.release(made, {}, TODAY)
    tandems.propose(made, TODAY)
    talked = live.begin(session, made, "P1.1")
    for one in (live.seat_of(session, member) for member in made.members):
        live.vote(session, one, talked, 1, 4)
    live.reveal(session, talked)
    live.agree(session, talked, 4, "Kreis Esch und Kreis Alba sehen es anders")
    protocols.record(made, Entries(("Wie in Kreis Farn",), (NextStep("Treffen", member(made, "Carp").id),)))
    own = Minutes(made, language, TODAY)
    secrets = [*HIDDEN, own.translate("GEHEIME ANMERKUNG"), "GEHEIM"]
    found = content_of(made, language)
    birk = own.look.seen[1]
    assert {name.rpartition(".")[2] for name in found} == {"pdf", "docx", "svg", "png", "csv", "json", "txt"}
    for name, content in found.items():
        if name.endswith(".png"):
            continue
        said = text_of(content) if name.endswith((".pdf", ".docx")) else content.decode("utf-8-sig")
        wrong = [secret for secret in secrets if secret in f"{name} {said}"]
        assert not re.search(rf"Kommune {member(made, 'Dorn').alias}\b", f"{name} {said}"), name
        assert wrong == [], name
        assert not any(file_name(hidden) in name for hidden in HIDDEN), name
    said = text_of(found[next(name for name in found if name.endswith(".docx") and "/" not in name)])
    assert "Kreis Alba" in said
    assert own.label(birk) in said
    assert (", ".join(("[eine hier nicht genannte Kommune] und Kreis Alba sehen es anders",)) in said) == (
        language == "de"
    )


def test_the_preview_shows_the_same_as_the_files(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app, *PEOPLE)
    page = moderation.get(f"{place}protocol").text
    preview = page.partition('id="preview"')[2]
    assert "Kreis Alba" in preview
    assert not any(name in page for name in HIDDEN)
    word = squeezed(text_of(moderation.get(f"{place}protocol.docx").data))
    cells = re.findall(r"<t[hd][^>]*>([^<]+)</t[hd]>", preview)
    assert len(cells) > 40
    assert [cell for cell in cells if squeezed(cell.replace("&#39;", "'").replace("&amp;", "&")) not in word] == []


def test_the_protocol_shows_no_number_that_was_not_released(session: Session) -> None:
    made, _ = room(session, *PEOPLE)
    here = Minutes(made, "de", TODAY)
    rows = table(protocol(here), "Die Mitte aller gezählten Kommunen").rows
    assert {row[1:] for row in rows} == {("–", "noch nicht freigegeben")}
    assert "Gemeinsame Lücken" not in texts_in(protocol(here))
    looking.release(made, {}, TODAY)
    after = table(protocol(Minutes(made, "de", TODAY)), "Die Mitte aller gezählten Kommunen").rows
    assert {row[1:] for row in after} == {("1", "6")}, "named and alias with consent, and four covered ones"


def test_whoever_leaves_takes_the_numbers_of_the_protocol_along(session: Session) -> None:
    made, _ = room(session, *PEOPLE)
    looking.release(made, {}, TODAY)
    membership.leave(session, member(made, "Farn"))
    session.expire_all()
    rows = table(protocol(Minutes(made, "de", TODAY)), "Die Mitte aller gezählten Kommunen").rows
    assert all(row[1] == "–" and "herausrechnen" in row[2] for row in rows)


def test_whoever_does_not_agree_is_in_no_number_of_the_protocol(session: Session) -> None:
    """Two versions of a protocol laid side by side must not tell the values of somebody who appears in neither."""
    made, _ = room(session, *PEOPLE)
    looking.release(made, {}, TODAY)
    before = {quantity: protocols.look(made, TODAY).together(quantity) for quantity in ("P1", "P1.1", "P5")}
    membership.leave(session, member(made, "Carp"))
    membership.leave(session, member(made, "Dorn"))
    session.expire_all()
    assert {quantity: protocols.look(made, TODAY).together(quantity) for quantity in before} == before
    assert all(isinstance(state, Together) for state in before.values())


people = st.lists(
    st.tuples(st.sampled_from(("named", "alias", "aggregate", "aggregate")), st.booleans(), st.integers(0, 4)),
    min_size=1,
    max_size=9,
)


@pytest.mark.thorough
@given(people, st.data())
@examples(15, one_fixture=True)
def test_a_reader_who_subtracts_all_that_is_named_is_left_with_nobody_or_with_enough(
    session: Session, chosen: Sequence[tuple[Shown, bool, int]], draw: st.DataObject
) -> None:
    made, _ = room(session, *((shown, agrees, sheet(stage)) for shown, agrees, stage in chosen), with_tandems=False)
    looking.release(made, {}, TODAY)
    known: list[Counter[Fraction]] = []
    for _version in range(3):
        here = Minutes(made, "de", TODAY)
        rows = next(json.loads(file.content) for file in files(here) if file.name.endswith(".json"))
        for quantity in ("P1", "P1.1"):
            shown = Counter(row["value"] for row in rows["values"] if row["id"] == quantity)
            counted = Counter(
                {r["place"]: r["count"] for r in rows["together"] if r["id"] == quantity and r["counted"]}
            )
            if counted:
                rest = counted - shown
                assert shown - counted == Counter()
                assert rest.total() == 0 or rest.total() >= K
                assert counted.total() >= K
                known.append(rest)
        leaver = draw.draw(st.sampled_from([*made.members, None]))
        if leaver is not None and len(made.members) > 1:
            membership.leave(session, leaver)
            session.expire_all()
    for one, other in ((a, b) for a in known for b in known):
        apart = (one - other).total()
        assert apart == 0 or apart >= K or one.total() == 0 or other.total() == 0, "a difference tells about too few"
    session.rollback()


def test_votes_stand_in_the_protocol_from_five_on_and_no_strictness(session: Session) -> None:
    made, _ = room(session, *PEOPLE)
    vignette = vignettes(QUESTIONNAIRE.id, QUESTIONNAIRE.version)[0]
    asked = live.begin(session, made, vignette.item, vignette.id)
    seats = [live.seat_of(session, member) for member in made.members for _ in range(2)]
    for number, seat in enumerate(seats):
        live.vote(session, seat, asked, 1, number % 5)
    live.reveal(session, asked)
    live.vote_again(session, asked)
    for seat in seats[:4]:
        live.vote(session, seat, asked, 2, 7)
    live.reveal(session, asked)
    live.agree(session, asked, 3, "Zwei lesen es strenger")
    here = protocol(Minutes(made, "de", TODAY))
    first, second = table(here, "Wie sich die Stimmen verteilen").rows
    assert first == ("Erste Abstimmung", "4", "3", "3", "3", "3", "", "", "", "", "", "16")
    assert second == ("Zweite Abstimmung", *"·········", "·", "nicht gezeigt")
    said = texts_in(here)
    assert "Stufe 1,5" in said
    assert "Zwei lesen es strenger" in said
    assert "3,5" not in json.dumps(second, ensure_ascii=False)
    assert vignette.text.de in said
    assert "bleibt im Raum" in said


def test_a_vote_that_is_not_revealed_is_not_in_the_protocol(session: Session) -> None:
    made, _ = room(session, *PEOPLE)
    asked = live.begin(session, made, "P1.1")
    for seat in [live.seat_of(session, one) for one in made.members]:
        live.vote(session, seat, asked, 1, 4)
    assert "Live-Runden" not in texts_in(protocol(Minutes(made, "de", TODAY)))


def test_tandems_in_the_protocol_tell_only_of_those_that_appear_by_name(session: Session) -> None:
    made, _ = room(
        session,
        ("named", True, sheet(1, target=3)),
        ("named", True, sheet(3)),
        ("alias", True, sheet(4)),
        ("named", True, sheet(1, target=3)),
    )
    for pair in (("Alba", "Birk"), ("Dorn", "Carp")):
        tandems.fix(made, member(made, pair[0]).id, member(made, pair[1]).id, together=True)
    tandems.propose(made, TODAY)
    here = Minutes(made, "de", TODAY)
    ((names, helps),) = table(protocol(here), "Vorgeschlagene Lerntandems").rows
    assert names == "Kreis Alba – Kreis Birk", "a partner would find the alias of the other by its tandem"
    assert "Kreis Birk kann Kreis Alba zeigen" in helps
    assert "Weitere Tandems, in denen eine Kommune nicht mit Namen erscheint: 1" in repr(protocol(here).blocks)
    membership.leave(session, member(made, "Birk"))
    session.expire_all()
    assert "Vorgeschlagene Lerntandems" not in repr(protocol(Minutes(made, "de", TODAY)).blocks)


def test_whoever_did_not_agree_to_the_protocol_stands_nowhere_in_it_and_it_says_what_numbers_hold(
    session: Session,
) -> None:
    made, _ = room(session, *[("aggregate", False, sheet(stage)) for stage in (0, 1, 2)], ("named", False, sheet(4)))
    looking.release(made, {}, TODAY)
    here = repr(protocol(Minutes(made, "de", TODAY)).blocks)
    assert not any(name in here for name in ("Alba", "Birk", "Carp", "Dorn"))
    assert "in den freigegebenen Zahlen mehrerer gemeinsam mit, auch ohne diese Zustimmung" in here


def test_what_cannot_be_compared_is_said_of_those_named_and_left_out_of_strengths(session: Session) -> None:
    old = replace(sheet(4), date=(TODAY - timedelta(days=1200)).isoformat())
    made, _ = room(session, ("named", True, old), ("named", True, sheet(1)), ("named", False, old))
    here = protocol(Minutes(made, "de", TODAY))
    rows = table(here, "Was sich von den hier genannten Kommunen nicht vergleichen lässt").rows
    assert {row[0] for row in rows} == {"Kreis Alba"}
    assert all("Monate alt" in row[2] for row in rows)
    side = table(here, "Nebeneinander; die Reihenfolge ist die der Namen, dann der Decknamen").rows
    assert side == (("Kreis Alba", *("–",) * 8), ("Kreis Birk", *("1",) * 8))


def test_an_empty_workshop_has_a_protocol_too(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app)
    for path in ("protocol", "protocol.pdf", "protocol.docx", "everything.zip", "team-cards.pdf"):
        assert moderation.get(f"{place}{path}").status_code == 200, path
    assert moderation.get(f"{place}protocol.html").status_code == 404


def test_the_protocol_speaks_english_too(moderation: Person, app: Flask) -> None:
    moderation.language = "en"
    place = enter(moderation, app, *PEOPLE)
    said = text_of(moderation.get(f"{place}protocol.docx").data)
    assert "Who can show what" in said
    assert "Municipality " in said
    german = re.findall(r"\b(?:Kommunen?|nicht|Merkmal|wurde|eine[rs]?)\b", said)
    assert german == []


# --- the page of one municipality -------------------------------------------------------------------------------------


def own_page(made: Workshop, letter: str) -> OwnPage:
    found = copies.member_of(member(made, letter))
    return OwnPage(Minutes(made, "de", TODAY), found, private=True)


def test_a_covered_municipality_is_shown_a_number_only_if_enough_others_are_left(session: Session) -> None:
    for covered, expected in ((K, KnowsItself(K)), (K + 1, Together)):
        made, _ = room(session, *[("aggregate", False, sheet(stage)) for stage in range(covered)])
        looking.release(made, {}, TODAY)
        state = own_page(made, "Alba").states["P1"]
        assert state == expected or isinstance(state, type(expected) if isinstance(expected, KnowsItself) else expected)
        assert isinstance(looking.look(made, {}, TODAY).together("P1"), Together), "the room sees it all the same"
        median = [s for s in own_page(made, "Alba").radar.series if s.kind == "earlier"]
        assert bool(median) == (covered > K)


def test_a_covered_municipality_that_changed_its_value_knows_both(session: Session) -> None:
    """Three of six change, one joins: each of the three knows itself among the old three, and among the new four."""
    made, _ = room(session, *[("aggregate", False, sheet(stage)) for stage in (0, 0, 0, 1, 1, 1)])
    looking.release(made, {}, TODAY)
    for letter in LETTERS[:K]:
        membership.correct(member(made, letter), sheet(4))
    membership.enter_on_paper(session, made, sheet(3), Consent("aggregate", "Kreis Neu"))
    session.flush()
    session.expire_all()
    assert looking.release(made, {}, TODAY) > 0
    assert isinstance(looking.look(made, {}, TODAY).together("P1"), Together)
    assert own_page(made, "Alba").states["P1"] == KnowsItself(K), "without it only two of the old three are left"
    assert own_page(made, "Dorn").states["P1"] == KnowsItself(K), "without it only two of those are left that stayed"
    assert isinstance(own_page(made, "Neu").states["P1"], Together), "without it three of the new four are left"
    for letter, ever in (("Alba", (0, 4)), ("Dorn", (1,)), ("Neu", (3,))):
        _attack(made, own_page(made, letter), ever)


def _attack(made: Workshop, page: OwnPage, ever: Iterable[int]) -> None:
    """Take out of all that was ever shown what this municipality knows of itself: enough others must be left."""
    ledger = Ledger.read(made.ledger)
    for quantity, state in page.states.items():
        if isinstance(state, Together):
            own = {ledgers.mark_of(made, page.member.id, quantity, Fraction(stage)) for stage in ever}
            parts = ledger.shown.get(quantity, frozenset())
            mine = pieces(part - own - ledger.known.get(quantity, frozenset()) for part in parts)
            assert min(mine.values(), default=K) >= K, quantity


@pytest.mark.thorough
@given(people, st.data())
@examples(12, one_fixture=True)
def test_no_page_tells_a_covered_municipality_about_fewer_than_the_threshold(
    session: Session, chosen: Sequence[tuple[Shown, bool, int]], draw: st.DataObject
) -> None:
    made, _ = room(session, *((shown, agrees, sheet(stage)) for shown, agrees, stage in chosen), with_tandems=False)
    ever = {one.id: [stage] for one, (_, _, stage) in zip(_by_name(made), chosen, strict=True)}
    for step in range(3):
        looking.release(made, {}, TODAY)
        for one in made.members:
            if one.shown == "aggregate":
                found = copies.member_of(one)
                _attack(made, OwnPage(Minutes(made, "de", TODAY), found, private=True), ever[one.id])
        one, stage = draw.draw(st.sampled_from(_by_name(made))), draw.draw(st.integers(0, 4))
        try:
            membership.correct(one, sheet(stage))
            ever[one.id].append(stage)
        except ledgers.StaysCovered:
            pass
        if step == 1 and len(made.members) < 12:
            name = f"Neu {len(made.members)}"
            added, _ = membership.enter_on_paper(session, made, sheet(stage), Consent("aggregate", name))
            ever[added.id] = [stage]
            session.flush()
            session.expire(made, ["members"])
    session.rollback()


def _by_name(made: Workshop) -> list[Participation]:
    return sorted(made.members, key=lambda one: one.name)


def test_a_municipality_finds_its_page_with_the_names_of_its_partners_and_no_alias(app: Flask) -> None:
    with app.extensions["selfcheck"].database.writer() as session:
        made, _ = room(session, *PEOPLE)
        looking.release(made, {}, TODAY)
        tandems.fix(made, member(made, "Birk").id, member(made, "Esch").id, together=True)
        tandems.propose(made, TODAY)
        birk, ways = member(made, "Birk"), {one.name: ways_in.way_back(session, one) for one in made.members}
        id, alias = birk.id, birk.alias
        partners = {one.name for tandem in tandems.of_member(made, id) for one in tandem.members} - {"Kreis Birk"}
        session.commit()
    person = Person(app.test_client())
    page = person.get(f"/k/{ways['Kreis Birk']}").text
    assert f"/participation/{id}/page.pdf" in page
    place = f"/participation/{id}/"
    for ending in ("pdf", "docx"):
        made_file = person.get(f"{place}page.{ending}")
        assert made_file.status_code == 200
        said = text_of(made_file.data)
        assert "Kreis Birk" in said
        assert f"Kommune {alias}" not in said, "never name and alias on one paper"
        named = {f"Kreis {letter}" for letter in LETTERS} - {"Kreis Birk"}
        assert {name for name in named if name in said} == partners
        assert "GEHEIM" not in said
    assert "Kreis Esch" in partners
    assert person.get(f"{place}page.svg").data.startswith(b"<svg")
    assert person.get(f"{place}page.png").data.startswith(b"\x89PNG")
    assert person.get(f"{place}page.html").status_code == 404
    other = Person(app.test_client())
    other.get(f"/k/{ways['Kreis Alba']}")
    for ending in ("pdf", "docx", "svg", "png"):
        assert other.get(f"{place}page.{ending}").status_code == 404
    with app.extensions["selfcheck"].database.writer() as session:
        membership.leave(session, session.scalars(select(Participation).where(Participation.id == id)).one())
        session.commit()
    assert person.get(f"{place}page.pdf").status_code == 404


def test_the_page_of_a_municipality_shows_its_own_values_beside_the_released_middle(session: Session) -> None:
    made, _ = room(session, *PEOPLE)
    before = own_page(made, "Alba")
    assert {type(state) for state in before.states.values()} == {NotReleased}
    assert "Merkmal für Merkmal" not in texts_in(before.outline)
    looking.release(made, {}, TODAY)
    outline = own_page(made, "Alba").outline
    rows = table(outline, "Wo wir neben der Mitte aller stehen").rows
    assert {row[1:] for row in rows} == {("1", "2", "8")}
    chart = next(block.chart for block in outline.blocks if isinstance(block, Figure))
    assert isinstance(chart, Radar)
    assert [series.kind for series in chart.series] == ["result", "target", "earlier"]
    assert "Mitte aller gezählten" in chart.description
    assert "P1 Auftrag durch Ratsgremien: von 1 auf 3" in texts_in(outline)


def test_a_value_that_is_not_counted_says_so_on_the_own_page(session: Session) -> None:
    old = replace(sheet(4), date=(TODAY - timedelta(days=1200)).isoformat())
    made, _ = room(session, ("named", True, old), *PEOPLE[1:])
    rows = table(own_page(made, "Alba").outline, "Wo wir neben der Mitte aller stehen").rows
    assert all("unser Wert zählt nicht mit: Antworten" in row[3] for row in rows)


# --- everything -------------------------------------------------------------------------------------------------------


def test_everything_is_sent_while_it_is_made_and_can_be_cancelled(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app, *PEOPLE)
    answer = moderation.client.get(f"{place}everything.zip", buffered=False)
    assert answer.is_streamed
    pieces_of_it = iter(answer.response)
    assert next(pieces_of_it)[:2] == b"PK"
    answer.close()


@pytest.mark.thorough
def test_the_zip_holds_protocol_pages_charts_and_data_with_what_they_mean(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app, *PEOPLE)
    with ZipFile(io.BytesIO(moderation.get(f"{place}everything.zip").data)) as file:
        assert file.testzip() is None
        found = {name: file.read(name) for name in file.namelist()}
    folders = {name.split("/")[1] for name in found if name.startswith("kommunen/")}
    assert len(folders) == 2, "of those that appear by themselves and agree to the protocol"
    assert "kreis-alba" in folders
    values = list(csv.DictReader(io.StringIO(found["daten/werte.csv"].decode("utf-8-sig")), delimiter=";"))
    assert {row["Kommune"] for row in values} == {
        "Kreis Alba",
        *(row["Kommune"] for row in values if "Kommune " in row["Kommune"]),
    }
    assert len(values) == 2 * (len(QUESTIONNAIRE.items) + len(QUESTIONNAIRE.perspectives))
    together = list(csv.DictReader(io.StringIO(found["daten/gemeinsam.csv"].decode("utf-8-sig")), delimiter=";"))
    assert {row["Gezählte Kommunen"] for row in together} == {"6"}
    plain = json.loads(found["daten/werkstatt.json"])
    assert plain["workshop"]["delete_after"] == PLAN.keep_until.isoformat()
    assert len(plain["together"]) == len(together)
    assert set(plain["columns"]) >= set(plain["values"][0]) | set(plain["together"][0])
    read_me = found["daten/liesmich.txt"].decode()
    assert PLAN.purpose in read_me
    assert f"{PLAN.keep_until:%d.%m.%Y}" in read_me
    assert all(column in read_me for column in (*values[0], *together[0]))


def test_the_data_betray_nothing_about_how_an_alias_is_built(session: Session) -> None:
    made, _ = room(session, *PEOPLE)
    for file in files(Minutes(made, "de", TODAY)):
        assert "K1" not in file.content.decode("utf-8-sig")
        assert "K2" not in file.content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("name", "expected"), [("Kreis Über-See", "kreis-ueber-see"), ("../..", "x"), ("Straße/Å", "strasse-a"), ("", "x")]
)
def test_a_municipality_is_a_folder_that_every_file_system_takes(name: str, expected: str) -> None:
    assert file_name(name) == expected


def test_papers_of_the_moderation_open_for_nobody_else(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app, *PEOPLE)
    stranger = app.test_client()
    for path in ("protocol", "protocol.pdf", "everything.zip", "paper-set.pdf", "team-cards.pdf"):
        assert stranger.get(f"{place}{path}").status_code == 404


def test_the_page_for_all_tells_nothing_that_may_not_be_compared(session: Session) -> None:
    partly = sheet(2)
    rest = {id: answer for id, answer in partly.answers.items() if not id.startswith("P2.")}
    partly = replace(partly, answers=rest | {"P2.1": Answer(4)})
    old = replace(sheet(3), date=(TODAY - timedelta(days=1000)).isoformat())
    made, _ = room(session, ("alias", True, partly), ("alias", True, old), ("named", True, sheet(1)))
    here = Minutes(made, "de", TODAY)
    for one in here.shown:
        if one.shown == "named":
            continue
        page = OwnPage(here, one, private=False)
        against = here.look.comparable[one.id].against
        result = next(series for series in page.radar.series if series.kind == "result")
        drawn = zip((axis.id for axis in page.radar.axes), result.values, strict=True)
        assert all(value is None for axis, value in drawn if axis in against)
        if "P2" in against:
            assert page.own("P2.1") is None
            assert here.say.item("P2.1") not in repr(
                [block for block in page.outline.blocks if "zeigen" in repr(block)]
            )


def test_two_people_at_the_protocol_never_overwrite_each_other_silently(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app, *PEOPLE)
    seen = seen_on(moderation.get(f"{place}protocol").text)
    first = entry(themes="Kreis Alba lädt ein", what_0="Muster teilen", who_0="agency", seen=seen)
    assert moderation.post(f"{place}protocol", first).status_code == 302
    second = entry(themes="Daten", support="Beratung", what_0="Nachtreffen", who_0="all", seen=seen)
    answer = moderation.post(f"{place}protocol", second)
    assert answer.status_code == 409
    form = answer.text.partition("novalidate")[2].partition("</form>")[0]
    assert "Jemand anderes hat diese Seite inzwischen geändert" in answer.text
    assert f'href="{place}protocol"' in answer.text.partition("novalidate")[0].partition('role="alert"')[2]
    assert all(typed in form for typed in ("Daten", "Beratung", "Nachtreffen"))
    assert notes_in(app)["themes"] != ["Daten"], "nothing was overwritten"
    again = moderation.post(f"{place}protocol", second | {"seen": seen_on(answer.text)})
    assert again.status_code == 302
    assert notes_in(app)["themes"] == ["Daten"]
    assert [step["what"] for step in notes_in(app)["next"]] == ["Nachtreffen"]


def seen_on(page: str) -> str:
    found = re.search(r'name="seen"[^>]*value="([^"]+)"', page)
    assert found, "the form says what it was filled with"
    return found[1]


def notes_in(app: Flask) -> dict[str, Any]:
    with app.extensions["selfcheck"].database.reader() as session:
        return dict(session.scalars(select(Workshop)).one().notes)


def test_what_was_written_down_is_the_same_in_every_language(moderation: Person, app: Flask) -> None:
    place = enter(moderation, app, *PEOPLE)
    moderation.post(f"{place}protocol", entry(what_0="Muster teilen", who_0="agency"))
    german = seen_on(moderation.get(f"{place}protocol").text)
    moderation.language = "en"
    assert seen_on(moderation.get(f"{place}protocol").text) == german
