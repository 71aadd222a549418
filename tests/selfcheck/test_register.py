"""The official register: read strictly, taken in whole, closed instead of deleted, found and linked."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from scoring.model.answers import Context
from selfcheck.ground.database import Database
from selfcheck.models import Assessment, RegisterEdition, RegisterEntry
from selfcheck.reading import catalogue
from selfcheck.reading.files import UnusableFile, read_bytes
from selfcheck.register.edition import SOURCE, Edition, Entry
from selfcheck.register.gv100ad import read_edition
from selfcheck.services import assessments, register, transfer
from tests.commands import run
from tests.register_lines import MADE_UP, city, municipality, register_file, state, without
from tests.web import Person

ROOT = Path(__file__).parents[2]
LATER = "20241231"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    made = Database(f"sqlite:///{tmp_path_factory.mktemp('register') / 'test.sqlite3'}")
    made.upgrade()
    return made


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Nothing of a test stays."""
    with database.writer() as session:
        yield session
        session.rollback()


def edition(*lines: str, day: str = "20231130", encoding: str = "utf-8") -> Edition:
    return read_edition(register_file(*lines, day=day, encoding=encoding), "GV100AD.txt")


def by_name(entries: tuple[Entry, ...]) -> dict[tuple[str, str], Entry]:
    return {(one.level, one.name): one for one in entries}


def mistake(raw: bytes) -> tuple[int | None, str]:
    """Line and words of the first problem of a file."""
    with pytest.raises(UnusableFile) as caught:
        read_edition(raw, "GV100AD.txt")
    first = caught.value.problems[0]
    assert first.message.de != first.message.en
    return first.line, first.message.en


# --------------------------------------------------------------------------------------------------------- reading
def test_a_county_free_city_is_one_entry_though_the_file_holds_it_three_times() -> None:
    found = [one for one in edition().entries if "Musterstadt" in one.name]
    assert found == [Entry("city", "010010000000", "01001000", "Musterstadt, Stadt", "41", 120_000, 5_000)]


def test_a_state_that_is_a_city_has_the_same_key_on_two_levels() -> None:
    levels = {one.level: one.name for one in edition().entries if one.ars == "020000000000"}
    assert levels == {"state": "Stadtland", "city": "Stadtland, Stadt"}


def test_keys_are_put_together_from_state_county_association_and_municipality() -> None:
    found = by_name(edition().entries)
    assert found["municipality", "Überdorf"] == Entry(
        "municipality", "010515001001", "01051001", "Überdorf", "64", 900, 70
    )
    assert (found["association", "Musteramt"].ars, found["association", "Musteramt"].ags) == ("010515001000", "")
    assert (found["county", "Musterkreis"].ars, found["county", "Musterkreis"].ags) == ("010510000000", "01051000")


def test_inhabitants_and_hectares_are_summed_up_over_everything_inside() -> None:
    found = by_name(edition().entries)
    sums = {name: (found[level, name].population, found[level, name].area) for level, name in found}
    assert sums["Musteramt"] == (2_000, 150)
    assert sums["Musterkreis"] == (23_000, 280), "with the unincorporated area"
    assert sums["Beispielland"] == (443_000, 5_345), "with the sea, which lies in no county"


def test_what_belongs_to_no_association_makes_no_association() -> None:
    assert [one.name for one in edition().entries if one.level == "association"] == ["Musteramt"]


@pytest.mark.parametrize(("encoding", "said"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("latin-1", "Latin-1")])
def test_how_the_letters_are_written_is_found_out_and_said(encoding: str, said: str) -> None:
    read = edition(encoding=encoding)
    assert read.encoding == said
    assert ("municipality", "Überdorf") in by_name(read.entries)


def test_lines_may_end_as_on_windows() -> None:
    raw = register_file().replace(b"\n", b"\r\n")
    assert read_edition(raw, "x").entries == edition().entries


def changed(number: int, line: str) -> bytes:
    """The made-up file with another line in one place, counted from 1."""
    return register_file(*MADE_UP[: number - 1], line, *MADE_UP[number:])


@pytest.mark.parametrize(
    ("raw", "line", "says"),
    [
        (b"Gemeinde;ARS\n", 1, "this is no file GV100AD"),
        (b"", 1, "this is no file GV100AD"),
        (register_file()[:-50], 21, "171 characters instead of 220"),
        (changed(6, MADE_UP[5] + " "), 6, "221 characters instead of 220"),
        (changed(7, "70" + MADE_UP[6][2:]), 7, 'no record type "70"'),
        (changed(7, MADE_UP[6][:10] + "0105x" + MADE_UP[6][15:]), 7, "does not fit record type 60"),
        (changed(7, MADE_UP[6][:140] + "viele" + MADE_UP[6][145:]), 7, "instead of digits"),
        (changed(7, MADE_UP[6][:122] + "99" + MADE_UP[6][124:]), 7, 'code "99" is not known'),
        (changed(5, MADE_UP[4][:139] + "1" + MADE_UP[4][140:]), 5, "instead of blanks"),
        (register_file().replace(b"20231130", b"20231131"), 1, "this is no file GV100AD"),
        (register_file().replace(b"1020231130", b"1020231129", 1), 2, "is not that of the first line"),
        (register_file(*MADE_UP, MADE_UP[6]), 22, "occurs twice"),
        (register_file(*without("Musterkreis")), 5, '"Musteramt" lies in 01051, which the file lacks'),
        (register_file(*without("Neudorf")), 12, '"Region Beispiel" has no municipality'),
        (register_file(*MADE_UP[:3], *MADE_UP[4:]), 2, "needs one record 60"),
        (register_file(encoding="cp1252").replace(b"Neudorf", b"Neud\x80rf"), 8, "neither UTF-8 nor Latin-1"),
    ],
)
def test_a_line_that_does_not_fit_makes_the_file_unusable_and_is_named(raw: bytes, line: int, says: str) -> None:
    where, said = mistake(raw)
    assert says in said
    assert where == line


def test_of_a_wrong_file_only_the_first_problems_are_named() -> None:
    with pytest.raises(UnusableFile) as caught:
        read_edition(register_file() + b"kurz\n" * 500, "x")
    assert len(caught.value.problems) == 20


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**5)), min_size=1, max_size=30))
def test_no_inhabitant_is_lost_or_counted_twice(sizes: list[tuple[int, int]]) -> None:
    lines = [state("01", "Beispielland"), MADE_UP[4]]
    lines += [municipality("01051", f"{n:03}", f"Dorf {n}", *size) for n, size in enumerate(sizes, 1)]
    for one in edition(*lines, *city("01002", "Stadt", 7, 3)).entries:
        if one.level == "state":
            assert one.population == sum(people for people, _ in sizes) + 7
            assert one.area == sum(area for _, area in sizes) + 3


# ------------------------------------------------------------------------------------------------------- taking in
def counted(taken: register.TakenIn, level: str) -> tuple[int, int, int, int]:
    counts = {str(key): value for key, value in taken.counts.items()}[level]
    return counts.new, counts.changed, counts.closed, counts.unchanged


def stored(session: Session) -> list[tuple[str, str, str | None]]:
    rows = session.scalars(select(RegisterEntry).order_by(RegisterEntry.name, RegisterEntry.valid_from))
    return [(row.name, row.valid_from, row.valid_to) for row in rows]


def test_taking_in_a_file_says_how_many_of_each_level_and_how_many_inhabitants(session: Session) -> None:
    taken = register.take_in(session, edition())
    assert taken.population == 1_043_000
    assert {level: counts.now for level, counts in taken.counts.items()} == {
        "state": 2,
        "government": 0,
        "region": 0,
        "county": 2,
        "city": 2,
        "association": 1,
        "municipality": 4,
        "unincorporated": 2,
    }


def test_the_same_file_twice_changes_nothing(session: Session) -> None:
    register.take_in(session, edition())
    before = stored(session)
    again = register.take_in(session, edition())
    assert again.repeated
    assert counted(again, "municipality") == (0, 0, 0, 4)
    assert stored(session) == before
    assert len(session.scalars(select(RegisterEdition)).all()) == 1


def test_a_newer_file_closes_what_it_does_not_hold_and_deletes_nothing(session: Session) -> None:
    register.take_in(session, edition())
    newer = (*without("Überdorf"), municipality("01051", "007", "Neustadt", 50, within="5001"))
    taken = register.take_in(session, edition(*newer, day=LATER))
    assert counted(taken, "municipality") == (1, 0, 1, 3)
    assert counted(taken, "association") == (0, 1, 0, 0), "its sum has changed"
    assert ("Überdorf", "2023-11-30", "2024-12-31") in stored(session)
    assert ("Neustadt", "2024-12-31", None) in stored(session)
    found = register.entry(session, "010515001001")
    assert found is not None
    assert (found.name, found.valid_to) == ("Überdorf", date(2024, 12, 31))
    assert register.find(session, "Überdorf") == (), "nobody can link to it any more"
    assert [one.name for one in register.look_up(session, "Überdorf")] == ["Überdorf"]


def test_what_reappears_begins_a_new_validity(session: Session) -> None:
    for day, lines in (("20231130", MADE_UP), (LATER, without("Überdorf")), ("20251231", MADE_UP)):
        register.take_in(session, edition(*lines, day=day))
    validities = [times for name, *times in stored(session) if name == "Überdorf"]
    assert validities == [["2023-11-30", "2024-12-31"], ["2025-12-31", None]]
    found = register.entry(session, "010515001001")
    assert found is not None
    assert found.valid_to is None


def test_a_corrected_file_of_the_same_date_takes_back_what_the_first_one_closed(session: Session) -> None:
    register.take_in(session, edition())
    register.take_in(session, edition(*without("Überdorf"), day=LATER))
    register.take_in(session, edition(day=LATER))
    assert [times for name, *times in stored(session) if name == "Überdorf"] == [["2023-11-30", None]]


def test_an_older_file_is_refused(session: Session) -> None:
    register.take_in(session, edition(day=LATER))
    before = stored(session)
    with pytest.raises(register.Older) as caught:
        register.take_in(session, edition())
    assert caught.value.newest == date(2024, 12, 31)
    assert stored(session) == before


def test_a_file_that_lacks_a_whole_state_is_refused(session: Session) -> None:
    register.take_in(session, edition())
    half = tuple(one for one in MADE_UP if one[10:12] != "02")
    with pytest.raises(register.Incomplete) as caught:
        register.take_in(session, edition(*half, day=LATER))
    assert caught.value.missing == ("Stadtland",)


@given(st.lists(st.sets(st.sampled_from(["Überdorf", "Große Stadt, Stadt", "Musterwald, gemfr.Geb."])), max_size=5))
def test_after_any_row_of_files_exactly_the_last_one_exists_and_nothing_was_deleted(
    database: Database, left_out: list[set[str]]
) -> None:
    with database.writer() as session:
        seen: set[str] = set()
        for year, names in enumerate([set[str](), *left_out], 2023):
            lines = without(*names)
            read = edition(*lines, day=f"{year}1231")
            register.take_in(session, read)
            seen |= {one.ars + one.level for one in read.entries}
            rows = session.scalars(select(RegisterEntry)).all()
            existing = sorted(row.ars + row.level for row in rows if row.valid_to is None)
            assert existing == sorted(one.ars + one.level for one in read.entries)
            assert {row.ars + row.level for row in rows} == seen
        session.rollback()


# --------------------------------------------------------------------------------------------------------- finding
def names(found: tuple[register.Found, ...]) -> list[str]:
    return [one.name for one in found]


@pytest.mark.parametrize("asked", ["Überdorf", "überdorf", "UEBERDORF", "ueber", "Uberdorf", "u\u0308berdorf"])
def test_capital_letters_and_umlauts_do_not_matter(session: Session, asked: str) -> None:
    register.take_in(session, edition())
    assert names(register.find(session, asked)) == ["Überdorf"]


def test_equal_names_are_told_apart_by_what_they_lie_in(session: Session) -> None:
    register.take_in(session, edition())
    found = register.find(session, "Neudorf")
    assert [one.place for one in found] == ["Musteramt, Musterkreis, Beispielland", "Region Beispiel, Beispielland"]


def test_a_whole_name_comes_before_its_beginning_and_that_before_a_part(session: Session) -> None:
    more = (municipality("01051", "020", "Alt Neudorf", 5), municipality("01051", "021", "Neudorfer Heide", 5))
    register.take_in(session, edition(*MADE_UP, *more))
    assert names(register.find(session, "neudorf")) == ["Neudorf", "Neudorf", "Neudorfer Heide", "Alt Neudorf"]
    assert names(register.find(session, "neudorf", 3)) == ["Neudorf", "Neudorf", "Neudorfer Heide"]


@pytest.mark.parametrize("asked", ["Landkreis Musterkreis", "01051", "01 0 51", "01051000", "010510000000"])
def test_a_county_is_found_by_its_title_and_by_every_form_of_its_key(session: Session, asked: str) -> None:
    register.take_in(session, edition())
    assert names(register.find(session, asked)) == ["Musterkreis"]


@pytest.mark.parametrize("asked", ["", " ", "x", "%", "__", "100%", "'; --", "99999", "Musterwald", "Beispielland"])
def test_nothing_is_found_where_nothing_can_be_linked(session: Session, asked: str) -> None:
    register.take_in(session, edition())
    assert register.find(session, asked) == ()


@pytest.mark.parametrize(
    ("ars", "context"),
    [
        ("010010000000", {"K1": "city", "K2": "SH", "K3": "100-250"}),
        ("010510000000", {"K1": "county", "K2": "SH", "K3": "20-50"}),
        ("010520000000", {"K1": "region", "K2": "SH", "K3": "250-500"}),
        ("010510003003", {"K1": "county-town", "K2": "SH", "K3": "20-50"}),
        ("010515001000", {"K2": "SH", "K3": "under-20"}),
        ("020000000000", {"K1": "city", "K2": "HH", "K3": "over-500"}),
    ],
)
def test_kind_state_and_size_are_choices_of_the_questionnaire(
    session: Session, ars: str, context: dict[str, str]
) -> None:
    register.take_in(session, edition())
    found = register.entry(session, ars)
    assert found is not None
    assert register.kind_and_size(found) == context
    real = catalogue.load(catalogue.DEFAULT, catalogue.newest())
    for question in real.context:
        assert context.get(question.id) in {None, *(one.key for one in getattr(question, "choices", ()))}


# --------------------------------------------------------------------------------------------------------- linking
def test_a_link_answers_what_is_open_and_leaves_what_people_answered(session: Session) -> None:
    register.take_in(session, edition())
    assessment = assessments.start(session, catalogue.load(catalogue.DEFAULT, catalogue.newest()), municipality="Wir")
    assessments.describe(assessment, "Wir", "full", Context({"K3": "50-100"}))
    found = register.entry(session, "010510000000")
    assert found is not None
    assert register.link(assessment, found) == ("K1", "K2")
    assert assessment.context == {"K1": "county", "K2": "SH", "K3": "50-100"}
    assert (assessment.municipality, assessment.ars) == ("Wir", "010510000000")


def test_the_link_travels_in_the_file_with_everything(session: Session) -> None:
    assessment = assessments.start(session, catalogue.load(catalogue.DEFAULT, catalogue.newest()))
    assert "ars" not in transfer.parcel(assessment)
    assessment.ars = "010510000000"
    data = transfer.parcel(assessment)
    second, _ = transfer.adopt_file(session, read_bytes(transfer.as_json(data), "x.json"))
    assert second.ars == "010510000000"
    for wrong in ("01051", 10510000000, "0105100000xx"):
        with pytest.raises(UnusableFile, match="a key \\(ARS\\) of 12 digits"):
            transfer.adopt_file(session, read_bytes(transfer.as_json(data | {"ars": wrong}), "x.json"))


@pytest.fixture
def registered(app: Flask) -> Person:
    """Somebody on an installation with a register."""
    with app.extensions["selfcheck"].database.writer() as session:
        register.take_in(session, edition())
        session.commit()
    return Person(app.test_client())


def kept(app: Flask) -> Assessment:
    with app.extensions["selfcheck"].database.reader() as session:
        one: Assessment = session.scalars(select(Assessment)).one()
        return one


def test_without_a_register_no_page_asks_for_it(app: Flask) -> None:
    person = Person(app.test_client())
    place = person.start()
    assert "register-q" not in person.get(f"{place}context").text
    assert "hat kein Gemeindeverzeichnis" in person.get(f"{place}register/").text


def test_a_municipality_finds_and_links_itself_and_takes_it_back(registered: Person, app: Flask) -> None:
    place = registered.start(municipality="Unser Name")
    assert "register-q" in registered.get(f"{place}context").text
    page = registered.get(f"{place}register/?q=neudorf").text
    assert page.count("Das sind wir") == 2
    for said in ("Musteramt, Musterkreis, Beispielland", "Gebietsstand 30.11.2023", SOURCE):
        assert said in page
    answer = registered.post(f"{place}register/", {"ars": "010520001001"})
    assert answer.status_code == 302
    page = registered.get(answer.location).text
    for said in ("Art der Kommune, Land, Einwohnerzahl", "Neudorf", "300\xa0000", SOURCE, "Gebietsstand 30.11.2023"):
        assert said in page
    assert (kept(app).ars, kept(app).municipality) == ("010520001001", "Unser Name")
    assert kept(app).context == {"K1": "county-town", "K2": "SH", "K3": "250-500"}
    registered.post(f"{place}register/unlink", {}, token_from=f"{place}context")
    assert kept(app).ars is None
    assert kept(app).context["K1"] == "county-town"


@pytest.mark.parametrize("ars", ["", "999999999999", "010000000000", "010519105105"])
def test_only_what_the_register_offers_can_be_linked(registered: Person, app: Flask, ars: str) -> None:
    place = registered.start()
    assert registered.post(f"{place}register/", {"ars": ars}).status_code == 404
    assert kept(app).ars is None


def test_what_is_searched_is_shown_as_text(registered: Person) -> None:
    place = registered.start()
    assert "<script>" not in registered.get(f"{place}register/?q=<script>alert(1)</script>").text.partition("<main")[2]


# ------------------------------------------------------------------------------------------------------- commands
def command(home: Path, *arguments: object) -> Result:
    return run("register", *arguments, folder=home.parent, home=home)


@pytest.mark.thorough
def test_an_operator_takes_files_in_and_looks_things_up(tmp_path: Path) -> None:
    home, file, newer = tmp_path / "instance", tmp_path / "GV100AD.txt", tmp_path / "newer.txt"
    file.write_bytes(register_file())
    newer.write_bytes(register_file(*without("Überdorf"), day=LATER))
    assert "noch kein Gemeindeverzeichnis" in command(home, "status").stderr
    tried = command(home, "import", file, "--dry-run").stdout
    assert "nichts gespeichert" in tried
    assert command(home, "status").exit_code == 1
    said = command(home, "import", file).stdout
    for part in ("Gebietsstand 30.11.2023, Zeichen in UTF-8", "Gemeinden, mit kreisfreien Städten: 6", SOURCE):
        assert part in said
    assert "Einwohnerzahl: 1\xa0043\xa0000" in said
    assert "schon übernommen" in command(home, "import", file).stdout
    assert command(home, "import", newer).exit_code == 0
    older = command(home, "import", file, "--lang", "en")
    assert (older.exit_code, older.stdout) == (1, "")
    assert "the file is of 30 November 2023, the register here of 31 December 2024" in older.stderr
    said = command(home, "show", "neudorf").stdout
    assert said.count("Neudorf") == 2
    assert SOURCE in said
    data = json.loads(command(home, "show", "ueberdorf", "--json").stdout)
    assert (data["source"], data["entries"][0]["valid_to"]) == (SOURCE, "2024-12-31")
    assert "Kreisangehörige Gemeinde: 3, geschlossen: 1" in command(home, "status").stdout


@pytest.mark.thorough
def test_a_bad_file_is_named_with_its_line_and_nothing_is_taken_in(tmp_path: Path) -> None:
    home, file = tmp_path / "instance", tmp_path / "GV100AD.txt"
    file.write_bytes(register_file() + b"60kurz\n")
    answer = command(home, "import", file, "--lang", "en")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "GV100AD.txt:22: the line has 6 characters instead of 220" in answer.stderr
    assert command(home, "status").exit_code == 1
    assert "this file does not exist" in command(home, "import", tmp_path / "nowhere", "--lang", "en").stderr
