"""A municipality proposes itself: what is sent, what the agency can do, what everybody sees, and taking it back."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from selfcheck.models import Assessment, Proposal
from selfcheck.services import agencies, links, proposals
from tests.web import Person, agency, token_in

ROOT = Path(__file__).parents[2]
FINISHED = ROOT / "examples" / "stadt-ein-dezernat.yaml"
NAME = "Stadt Beispielhafen (fiktiv)"
TEXT = {
    "items": ["P2.1", "P2.2"],
    "title": "Planungsrunde mit vier Feldern",
    "who": "Vier Felder treffen sich alle zwei Wochen.\nDas Planungsteam lädt ein.",
    "conditions": "Eine Organisationsverfügung.",
    "limits": "Die Jugendhilfeplanung bleibt im Jugendamt.",
    "since": "2021",
    "link": "https://example.org/runde",
    "contact": "Planungsteam im Dezernat",
    "shown": "name",
}


def coordinator(app: Flask, file: Path = FINISHED) -> tuple[Person, str]:
    """Somebody with a finished self-check, and its path."""
    person = Person(app.test_client())
    data = {"csrf_token": token_in(person.get("/").text), "file": (BytesIO(file.read_bytes()), file.name)}
    answer = person.client.post("/assessments/from-file", data=data)
    return person, person.client.get(answer.location).location


class Both:
    """A municipality with a finished self-check, and an agency on the same installation."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.person, self.place = coordinator(app)
        link, self.id = agency(app)
        self.agency = Person(app.test_client())
        self.agency.get(link)
        self.desk = f"/agency/{self.id}/"
        self.stranger = Person(app.test_client())

    def send(self, **changed: object) -> str:
        """Send a proposal; returns its path on the side of the municipality."""
        tell = f"{self.place}proposals/new/P2"
        answer = self.person.post(tell, {**TEXT, "agency": self.id, "step": "send", **changed})
        assert answer.status_code == 302, answer.text
        return str(answer.location)

    def stored(self) -> Proposal:
        with self.app.extensions["selfcheck"].database.reader() as session:
            found: Proposal = session.scalars(select(Proposal)).one()
            return found

    def answer(self, answer: str, reason: str = "", seen: int | None = None) -> int:
        stored = self.stored()
        page = f"{self.desk}proposals/{stored.id}"
        data = {"answer": answer, "reason": reason, "seen": str(stored.revision if seen is None else seen)}
        return self.agency.post(page, data).status_code

    def in_atlas(self) -> bool:
        return str(TEXT["title"]) in self.stranger.get("/practices").text


@pytest.fixture
def both(app: Flask) -> Both:
    return Both(app)


# ------------------------------------------------------------------------------------------------------------- telling
def test_only_a_finished_self_check_can_be_told_of(app: Flask) -> None:
    _, id = agency(app)
    person = Person(app.test_client())
    place = person.start()
    person.post(f"{place}P2", {f"P2.{number}": "3" for number in range(1, 7)})
    page = person.get(f"{place}proposals/").text
    assert "sobald der Selbstcheck fertig ist" in page
    assert "P1, P3" in page
    assert person.get(f"{place}proposals/new/P2").status_code == 404
    assert id


def test_without_an_agency_there_is_nobody_to_send_to(app: Flask) -> None:
    person, place = coordinator(app)
    assert "proposals/" not in person.get(f"{place}examples").text
    assert "niemanden" in person.get(f"{place}proposals/").text
    assert person.get(f"{place}proposals/new/P2").status_code == 404


def test_the_examples_page_leads_there(both: Both) -> None:
    assert "Als gutes Beispiel vorschlagen" in both.person.get(f"{both.place}examples").text


def test_only_items_at_stage_three_or_higher_can_be_chosen(both: Both) -> None:
    page = both.person.get(f"{both.place}proposals/new/P2").text
    assert 'value="P2.1"' in page
    assert 'value="P2.5"' not in page, "it stands lower there"
    answer = both.person.post(
        f"{both.place}proposals/new/P2", {**TEXT, "items": ["P2.5"], "agency": both.id, "step": "send"}
    )
    assert answer.status_code == 422
    assert both.person.get(f"{both.place}proposals/new/P1").status_code == 404, "nothing stands high enough"
    assert both.person.get(f"{both.place}proposals/new/P99").status_code == 404


WRONG = {
    "items": ([], "mindestens ein Merkmal"),
    "title": ("", "in einer Zeile"),
    "who": (" ", "wer was macht"),
    "conditions": ("", "was es gebraucht hat"),
    "limits": ("", "wo die Grenzen liegen"),
    "since": ("1800", "von 1990"),
    "link": ("javascript:alert(1)", "https://"),
    "contact": ("", "nennen Sie eine Stelle"),
    "shown": ("", "wie Sie erscheinen"),
}


@pytest.mark.parametrize("field", WRONG)
def test_what_is_missing_or_wrong_is_said_at_its_field_and_the_entries_stay(field: str, both: Both) -> None:
    given, says = WRONG[field]
    answer = both.person.post(
        f"{both.place}proposals/new/P2", {**TEXT, "agency": both.id, "step": "send", field: given}
    )
    assert answer.status_code == 422
    assert says in answer.text
    kept = "limits" if field == "who" else "who"
    assert str(TEXT[kept]).partition("\n")[0] in answer.text
    with both.app.extensions["selfcheck"].database.reader() as session:
        assert session.scalars(select(Proposal)).all() == []


@pytest.mark.parametrize("text", ["{council:nom}", "{x:y}", "{"])
def test_braces_are_refused_because_they_mark_local_words(text: str, both: Both) -> None:
    answer = both.person.post(f"{both.place}proposals/new/P2", {**TEXT, "agency": both.id, "step": "send", "who": text})
    assert answer.status_code == 422
    assert "geschweifte Klammern" in answer.text


def test_before_anything_is_sent_the_page_shows_exactly_what_goes_out(both: Both) -> None:
    looked = both.person.post(f"{both.place}proposals/new/P2", {**TEXT, "agency": both.id, "step": "look"})
    assert looked.status_code == 200
    for said in ("title", "limits", "conditions", "contact", "link"):
        assert str(TEXT[said]) in looked.text
    assert "Stufe 3" not in looked.text
    again = both.person.post(f"{both.place}proposals/new/P2", {**TEXT, "agency": both.id, "step": "back"})
    assert str(TEXT["title"]) in again.text
    with both.app.extensions["selfcheck"].database.reader() as session:
        assert session.scalars(select(Proposal)).all() == []


def test_no_stage_no_value_and_no_remark_is_sent(both: Both) -> None:
    both.send()
    content = both.stored().content
    assert set(content) == {
        *("perspective", "items", "title", "who", "conditions", "limits", "since", "contact", "language", "link"),
        *("municipality", "structure"),
    }
    assert content["items"] == ["P2.1", "P2.2"]
    assert "Organigramm" not in json.dumps(content), "evidence of the item stays at home"
    page = both.agency.get(f"{both.desk}proposals/{both.stored().id}").text
    assert "Stufe" not in page.partition("<main")[2].partition("<form")[0]


def test_without_a_name_nothing_that_would_give_it_away_is_public(both: Both) -> None:
    both.send(shown="kind")
    content = both.stored().content
    assert content["municipality"] == ""
    assert content["structure"] == {"K1": "city"}
    read = both.agency.get(f"{both.desk}proposals/{both.stored().id}").text
    assert str(TEXT["contact"]) in read, "the agency can ask back"
    assert NAME not in read
    both.answer("accept")
    public = both.stranger.get(f"/practices/proposal-{both.stored().id[:12]}").text
    assert "Kreisfreie Stadt (ohne Namen)" in public
    for secret in (NAME, str(TEXT["contact"]), str(TEXT["link"])):
        assert secret not in public
    assert "über die Agentur" in public
    assert "unnamed" in Person(both.app.test_client(), "en").get("/practices").text


def test_who_has_no_name_entered_can_only_appear_without_one(both: Both) -> None:
    with both.app.extensions["selfcheck"].database.writer() as session:
        session.scalars(select(Assessment)).one().municipality = ""
        session.commit()
    assert 'value="name"' not in both.person.get(f"{both.place}proposals/new/P2").text


# ---------------------------------------------------------------------------------------------------------- the answer
def test_what_is_accepted_stands_in_the_atlas_and_beside_answers_and_is_marked(both: Both) -> None:
    both.send()
    assert not both.in_atlas(), "not before it was read"
    assert both.answer("accept") == 302
    assert both.in_atlas()
    page = both.stranger.get(f"/practices/proposal-{both.stored().id[:12]}").text
    for said in (NAME, "Selbst vorgeschlagen, von der Agentur „Transferagentur Musterland“ geprüft am", "seit 2021"):
        assert said in page
    assert f'href="{TEXT["link"]}"' in page
    english = Person(both.app.test_client(), "en").get(f"/practices/proposal-{both.stored().id[:12]}").text
    assert "Proposed by the municipality itself" in english
    assert '<p class="kern-body written" lang="de">' in english
    other = Person(both.app.test_client())
    place = other.start(municipality="Anderswo")
    other.post(f"{place}P2", {f"P2.{number}": "1" for number in range(1, 7)})
    for path in ("examples", "result", "report.html?length=full", "report.pdf?length=full", "table.csv"):
        assert other.get(f"{place}{path}").status_code == 200
    beside = other.get(f"{place}examples").text
    assert str(TEXT["title"]) in beside
    assert "bitte selbst beurteilen" in beside, "free words cannot be tested on answers"
    assert "Selbst vorgeschlagen" in other.get(f"{place}report.html?length=full").text


def test_nobody_is_an_example_for_themselves(both: Both) -> None:
    both.send()
    both.answer("accept")
    assert both.in_atlas()
    for page in ("examples", "result", "report.html?length=full"):
        assert str(TEXT["title"]) not in both.person.get(f"{both.place}{page}").text


def test_whoever_asks_back_or_declines_says_why_and_the_municipality_reads_it(both: Both) -> None:
    mine = both.send()
    assert both.answer("ask") == 422
    assert both.answer("decline") == 422
    assert both.answer("") == 422
    assert both.answer("ask", "Wer lädt ein?") == 302
    assert "Wer lädt ein?" in both.person.get(mine).text
    assert not both.in_atlas()
    assert both.answer("decline", "Zu knapp.") == 302
    page = both.person.get(mine).text
    assert "Zu knapp." in page
    assert "Abgelehnt am" in page
    changed = both.person.post(f"{mine}/change", {**TEXT, "title": "Länger", "agency": both.id, "step": "send"})
    assert changed.status_code == 302
    assert (both.stored().state, both.stored().reason) == (proposals.PROPOSED, "")


def test_an_agency_decides_only_on_the_text_it_has_read(both: Both) -> None:
    mine = both.send()
    read = both.stored().revision
    both.person.post(f"{mine}/change", {**TEXT, "who": "Etwas anderes.", "agency": both.id, "step": "send"})
    assert both.answer("accept", seen=read) == 409
    assert not both.in_atlas()
    assert both.answer("accept") == 302


def test_a_changed_text_vanishes_until_it_is_accepted_again(both: Both) -> None:
    mine = both.send()
    both.answer("accept")
    assert both.in_atlas()
    assert "nicht gezeigt" in both.person.get(f"{mine}/change").text
    both.person.post(f"{mine}/change", {**TEXT, "agency": both.id, "step": "send"})
    assert not both.in_atlas()


def test_no_other_agency_and_no_reader_sees_a_proposal(both: Both) -> None:
    mine = both.send()
    link, other = agency(both.app, "Andere Agentur")
    person = Person(both.app.test_client())
    person.get(link)
    assert str(TEXT["title"]) not in person.get(f"/agency/{other}/").text
    assert person.get(f"/agency/{other}/proposals/{both.stored().id}").status_code == 404
    with both.app.extensions["selfcheck"].database.writer() as session:
        _, token = links.share(session, session.scalars(select(Assessment)).one(), "Ausschuss", 7)
        session.commit()
    reader = Person(both.app.test_client())
    assert "proposals" not in reader.get(f"/l/{token}").text
    assert "vorschlagen" not in reader.get(f"{both.place}examples").text
    assert reader.get(mine).status_code == 404
    assert both.agency.get(mine).status_code == 404
    elsewhere, there = coordinator(both.app)
    assert elsewhere.get(f"{there}proposals/{both.stored().id}").status_code == 404


def test_markup_in_a_proposal_is_shown_as_text(both: Both) -> None:
    both.send(who="<b>fett</b> & <script>x</script>", title="<i>kursiv</i>")
    both.answer("accept")
    for page in (
        both.stranger.get("/practices").text,
        both.stranger.get(f"/practices/proposal-{both.stored().id[:12]}").text,
        both.agency.get(both.desk).text,
    ):
        assert "<script>x" not in page
        assert "<i>kursiv" not in page


# --------------------------------------------------------------------------------------------------------- taking it back
def test_a_withdrawn_proposal_is_gone_with_the_next_request_and_its_text_on_both_sides(both: Both) -> None:
    mine = both.send()
    both.answer("accept")
    assert both.in_atlas()
    answer = both.person.post(f"{mine}/withdraw", {}, token_from=mine)
    assert answer.status_code == 302
    assert not both.in_atlas()
    assert both.stored().content == {}
    assert both.person.get(mine).status_code == 404
    assert "Text gelöscht" in both.person.get(f"{both.place}proposals/").text
    desk = both.agency.get(both.desk).text
    assert str(TEXT["title"]) not in desk
    assert "zurückgezogen; der Text ist gelöscht" in desk
    assert both.agency.get(f"{both.desk}proposals/{both.stored().id}").status_code == 404


def test_nothing_of_a_withdrawn_text_stays_in_the_files_of_the_database(both: Both, tmp_path: Path) -> None:
    secret = "Unverwechselbarer Satz vierundvierzig"
    mine = both.send(who=secret)
    both.person.post(f"{mine}/withdraw", {}, token_from=mine)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert files
    assert all(secret.encode() not in file.read_bytes() for file in files)


def test_deleting_the_self_check_or_the_agency_takes_the_proposal_along(both: Both) -> None:
    both.send()
    both.answer("accept")
    both.person.post(f"{both.place}delete", {"sure": "y"}, token_from=f"{both.place}manage")
    assert not both.in_atlas()
    second, place = coordinator(both.app)
    second.post(f"{place}proposals/new/P2", {**TEXT, "agency": both.id, "step": "send"})
    with both.app.extensions["selfcheck"].database.writer() as session:
        agencies.delete(session, agencies.listed(session)[0])
        session.commit()
        assert session.scalars(select(Proposal)).all() == []
    assert second.get(f"{place}proposals/").status_code == 200


def test_the_file_of_everything_holds_the_text_and_putting_it_back_in_sends_nothing(both: Both) -> None:
    both.send()
    file = both.person.get(f"{both.place}everything.json")
    [written] = json.loads(file.data)["proposals"]
    assert (written["title"], written["state"]) == (TEXT["title"], "proposed")
    other = Person(both.app.test_client())
    data = {"csrf_token": token_in(other.get("/").text), "file": (BytesIO(file.data), "everything.json")}
    assert other.client.post("/assessments/from-file", data=data).status_code == 302
    assert both.stored().content["title"] == TEXT["title"], "there is still one, the first"


def test_a_self_check_has_a_limited_number_of_proposals(both: Both) -> None:
    both.send()
    with both.app.extensions["selfcheck"].database.writer() as session:
        one = session.scalars(select(Assessment)).one()
        found = agencies.listed(session)[0]
        for _ in range(proposals.MOST - 1):
            proposals.propose(session, one, found, proposals.told(one.proposals[0]))
        with pytest.raises(proposals.TooMany):
            proposals.propose(session, one, found, proposals.told(one.proposals[0]))
        proposals.withdraw(one.proposals[0])
        proposals.propose(session, one, found, proposals.told(one.proposals[1]))
