"""The kept roadmap in the report, as a file of everything, and by the command line."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import Result
from docx import Document
from icalendar import Calendar
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from scoring.model.answers import Target
from scoring.model.wording import LANGUAGES, Language
from scoring.roadmap.entries import RoadmapEntries, problem_asked, read_entries
from scoring.roadmap.kept import KeptRoadmap, beginnings, reopened
from scoring.roadmap.plan import RoadmapPlan
from selfcheck.ground.database import Database
from selfcheck.models import Assessment
from selfcheck.planning.solver import Progress, solve
from selfcheck.reading import answer_files
from selfcheck.reading.files import UnusableFile, read_bytes
from selfcheck.reports.blocks import Callout, FactList, Figure, Heading, Table
from selfcheck.reports.formats import write
from selfcheck.reports.outline import outline
from selfcheck.services import assessments, roadmaps, transfer
from selfcheck.words.findings import Findings
from tests.commands import run

EXAMPLE = Path(__file__).parents[2] / "examples" / "anfaengerkreis.yaml"
ENTRIES = RoadmapEntries(
    first="2027-1",
    count="6",
    staff="40, 40, 20",
    bound="5",
    dates="24.03.2027 22.09.2027",
    deadline="30.06.",
    money=("P5-1-2",),
    after={"P7-1-2": "2027-2"},
)
KEPT = datetime(2026, 11, 23, 12, tzinfo=UTC)
TARGET = Target(2029, dict.fromkeys(("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8"), 2))


@lru_cache
def found(language: Language = "de", wanted: int = 2) -> Findings:
    """A municipality with a target, without a roadmap."""
    questionnaire, sheet = answer_files.read(EXAMPLE)
    target = Target(2029, dict.fromkeys(TARGET.stages, wanted))
    return Findings(questionnaire, replace(sheet, target=target), language)


@lru_cache
def planned() -> RoadmapPlan:
    return solve(problem_asked(found().questionnaire, found().result, TARGET, asked()))


def asked() -> Any:
    return read_entries(ENTRIES, [step.id for step in found().questionnaire.recommendations], KEPT.date())


def with_roadmap(language: Language = "de", wanted: int = 2) -> Findings:
    """The same with a kept roadmap; with another target than 2 it no longer fits."""
    here = found(language, wanted)
    kept = reopened(here.questionnaire, here.result, here.sheet.target, asked(), beginnings(planned()), KEPT)
    return replace(here, roadmap=kept)


# ------------------------------------------------------------------------------------------------ report
def chapter(findings: Findings) -> list[Any]:
    """The blocks from the heading of the roadmap to the next chapter."""
    blocks = list(outline(findings).blocks)
    name = {"de": "Fahrplan", "en": "Roadmap"}[findings.language]
    starts = [at for at, block in enumerate(blocks) if block == Heading(1, name)]
    if not starts:
        return []
    ends = [at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1 and at > starts[0]]
    return blocks[starts[0] : ends[0]]


def test_without_a_kept_roadmap_the_report_has_no_such_chapter() -> None:
    assert chapter(found()) == []
    assert outline(with_roadmap(), length="short") == outline(found(), length="short")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapter_tells_entries_picture_steps_reasons_and_what_is_not_reached(language: Language) -> None:
    findings = with_roadmap(language)
    kept = findings.roadmap
    assert kept is not None
    plan = kept.plan
    assert plan is not None
    blocks = chapter(findings)
    facts = next(block for block in blocks if isinstance(block, FactList))
    said = " ".join(text for _, text in facts.entries)
    for entry in ("40, 40, 20, 20, 20, 20", "5, 5, 5, 5, 5, 5", "30.06.", "P5-1-2", "P7-1-2"):
        assert entry in said
    assert any(isinstance(block, Figure) for block in blocks)
    steps, reasons, stages = [block for block in blocks if isinstance(block, Table)]
    assert [row[0].split()[0] for row in steps.rows] == [one.step.id for one in plan.scheduled]
    assert [row[2] for row in steps.rows] == [str(one.step.size.days) for one in plan.scheduled]
    assert all(all(row) for row in steps.rows), "half-years, person-days and who decides stand in every row"
    assert [row[0] for row in reasons.rows] == [one.step.id for one in plan.scheduled if one.delays]
    assert all(row[1] for row in reasons.rows)
    assert [row[2] for row in stages.rows] == [str(plan.reached[-1][goal.perspective]) for goal in plan.problem.goals]
    whole = " ".join(str(block) for block in blocks)
    for one in plan.unscheduled:
        assert f"{one.step.id}: " in whole
    assert {"de": "Schätzungen", "en": "estimates"}[language] in whole


def test_a_roadmap_that_no_longer_fits_is_not_printed_and_the_report_says_so() -> None:
    blocks = chapter(with_roadmap(wanted=3))
    assert not any(isinstance(block, Figure | Table | FactList) for block in blocks)
    notes = [block for block in blocks if isinstance(block, Callout)]
    assert len(notes) == 1
    assert "passt nicht mehr" in notes[0].title
    assert "Neu zu planen: " in notes[0].text


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_holds_the_chapter_with_its_picture(language: Language) -> None:
    report = outline(with_roadmap(language))
    caption = {"de": "Der Fahrplan in Halbjahren", "en": "The roadmap in half-years"}[language]
    pdf = pypdfium2.PdfDocument(write(report, "pdf", None))
    assert any(caption in page.get_textpage().get_text_range() for page in pdf)
    word = Document(BytesIO(write(report, "docx", None)))
    assert any(caption in paragraph.text for paragraph in word.paragraphs)
    alternatives = [node.get("descr") for node in word.element.iter("{*}docPr")]
    assert any("P1-1-2: " in said for said in alternatives)
    html = write(report, "html", None).decode()
    assert caption in html
    assert 'class="chart chart-timeline"' in html


# ------------------------------------------------------------------------------------------------ the file of everything
@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    made = Database(f"sqlite:///{tmp_path_factory.mktemp('roadmaps') / 'test.sqlite3'}")
    made.upgrade()
    return made


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Nothing of a test stays."""
    with database.writer() as session:
        yield session
        session.rollback()


@pytest.fixture
def parcel(session: Session) -> dict[str, Any]:
    """The file of a self-check with a kept roadmap that is no longer there."""
    assessment = assessments.adopt(session, found().questionnaire, found().sheet)
    session.refresh(assessment)
    roadmaps.keep(assessment, found(), ENTRIES, beginnings(planned()))
    session.flush()
    data = json.loads(transfer.as_json(transfer.parcel(assessment)))
    session.delete(assessment)
    session.flush()
    return dict(data)


def taken_in(session: Session, data: dict[str, Any]) -> Assessment:
    return transfer.adopt_file(session, read_bytes(transfer.as_json(data), "everything.json"))[0]


def kept_in(assessment: Assessment) -> KeptRoadmap | None:
    here = Findings(assessments.questionnaire_of(assessment), assessments.sheet_of(assessment), "de")
    return roadmaps.kept(assessment, here)


def test_the_kept_roadmap_goes_into_the_file_of_everything_and_comes_back(
    session: Session, parcel: dict[str, Any]
) -> None:
    again = taken_in(session, parcel)
    kept = kept_in(again)
    assert kept is not None
    assert kept.plan is not None
    assert kept.plan.begins == planned().begins
    assert json.loads(transfer.as_json(transfer.parcel(again)))["roadmap"] == parcel["roadmap"]


def test_a_file_without_a_roadmap_is_read_as_before(session: Session, parcel: dict[str, Any]) -> None:
    del parcel["roadmap"]
    again = taken_in(session, parcel)
    assert again.roadmap is None
    assert "roadmap" not in transfer.parcel(again)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda r: r.update(begins={"P9-9-9": "2027-1"}), "roadmap.begins.P9-9-9"),
        (lambda r: r.update(begins={"P1-1-2": "bald"}), "roadmap.begins.P1-1-2"),
        (lambda r: r.update(begins=None), "roadmap.begins"),
        (lambda r: r.update(kept="gestern"), "roadmap.kept"),
        (lambda r: r["entries"].update(staff="viele"), "roadmap.entries.staff"),
        (lambda r: r["entries"].update(staff=40), "roadmap.entries.staff"),
        (lambda r: r["entries"].update(stuff="40"), "roadmap.entries.stuff"),
        (lambda r: r["entries"].update(by={"P9-9-9": "2027-1"}), "roadmap.entries.by-P9-9-9"),
        (lambda r: r.pop("entries"), "roadmap"),
    ],
)
def test_a_damaged_roadmap_in_a_file_is_named_and_nothing_is_begun(
    session: Session, parcel: dict[str, Any], change: Any, place: str
) -> None:
    change(parcel["roadmap"])
    with pytest.raises(UnusableFile) as caught:
        taken_in(session, parcel)
    assert place in {problem.path for problem in caught.value.problems}
    assert session.scalars(select(Assessment)).all() == []


def test_beginnings_that_break_a_rule_are_taken_in_and_never_shown(session: Session, parcel: dict[str, Any]) -> None:
    parcel["roadmap"]["begins"] = dict.fromkeys(parcel["roadmap"]["begins"], "2027-1")
    kept = kept_in(taken_in(session, parcel))
    assert kept is not None
    assert kept.plan is None
    assert kept.broken


# ------------------------------------------------------------------------------------------------ command
@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """An answer file with a target."""
    file = tmp_path / "musterau.yaml"
    file.write_text(answer_files.as_yaml(found().sheet), encoding="utf-8")
    return file


def roadmap(*arguments: object) -> Result:
    return run("roadmap", *arguments)


SAME = ("--first", "2027-1", "--staff", "40,40,20", "--bound", "5", "--dates", "24.03.2027,22.09.2027")
FIXED = ("--deadline", "30.06.", "--money", "P5-1-2", "--after", "P7-1-2=2027-2")


def test_the_command_makes_the_same_plan_as_the_page_and_prints_every_reason(answers: Path) -> None:
    data = json.loads(roadmap(answers, *SAME, *FIXED, "--json").stdout)
    assert {step["step"]: step["begins"] for step in data["steps"]} == {
        one.step.id: planned().problem.calendar.half_year(one.begin).written for one in planned().scheduled
    }
    assert [one["step"] for one in data["not_planned"]] == [one.step.id for one in planned().unscheduled]
    assert data["status"] == "optimal"
    printed = " ".join(roadmap(answers, *SAME, *FIXED).stdout.split())
    for step in data["steps"]:
        assert step["step"] in printed
        assert step["why_not_earlier"] in printed
    for one in data["not_planned"]:
        assert f"{one['step']}: {one['why']}" in printed
    assert "Schätzungen" in printed


def test_the_command_writes_calendar_picture_and_workbook(answers: Path, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("plan.ics", "plan.svg", "plan.xlsx")]
    options = [part for file in files for part in (f"--{'chart' if file.suffix == '.svg' else file.suffix[1:]}", file)]
    done = roadmap(answers, *SAME, *FIXED, *options, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["steps"], "what was written is said on standard error"
    events = Calendar.from_ical(files[0].read_bytes()).walk("VEVENT")
    assert len(events) == len(planned().scheduled) + 2 + 3, "steps, meetings, deadlines"
    assert b"data-step" in files[1].read_bytes()
    assert "Fahrplan" in load_workbook(files[2]).sheetnames


def test_a_step_in_the_calendar_lasts_from_its_first_to_its_last_day(answers: Path, tmp_path: Path) -> None:
    file = tmp_path / "plan.ics"
    roadmap(answers, *SAME, *FIXED, "--ics", file)
    events: list[Any] = list(Calendar.from_ical(file.read_bytes()).walk("VEVENT"))
    spans = {str(e["summary"]).split()[0]: (e["dtstart"].dt, e["dtend"].dt) for e in events}
    long = next(one for one in planned().scheduled if one.end > one.begin)
    assert (long.begin, long.end) == (0, 1)
    assert spans[long.step.id] == (date(2027, 1, 1), date(2028, 1, 1)), "the end is exclusive in this format"
    again = tmp_path / "again.ics"
    roadmap(answers, *SAME, *FIXED, "--ics", again)
    ids = [[str(e["uid"]) for e in Calendar.from_ical(f.read_bytes()).walk("VEVENT")] for f in (file, again)]
    assert ids[0] == ids[1], "a later import replaces the entries of the first"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--staff", "viele"), "--staff: Bitte ganze Zahlen"),
        (("--staff", "40", "--bound", "x"), "--bound: Bitte ganze Zahlen"),
        (("--staff", "40", "--count", "20"), "--count: Bitte eine Zahl von 1 bis 12"),
        (("--staff", "40", "--dates", "morgen"), "--dates: "),
        (("--staff", "40", "--money", "P1-1-2"), "--deadline: "),
        (("--staff", "40", "--by", "P9-1-2=2028-1"), "--by: „P9-1-2“ ist kein Schritt"),
        (("--staff", "40", "--after", "P1-1-2=bald"), "--after: „bald“ ist kein Halbjahr"),
        (("--staff", "40", "--by", "P1-1-2"), "Ungültiger Wert für --by"),
        (("--staff", "40", "--ics", "plan.txt"), "Ungültiger Wert für --ics"),
        (("--staff", "40", "--seconds", "0"), "Ungültiger Wert für '--seconds'"),
        ((), "Es fehlt die Option '--staff'"),
    ],
)
def test_a_mistake_on_the_command_line_is_named_with_its_option_and_ends_with_status_2(
    answers: Path, options: tuple[str, ...], said: str
) -> None:
    done = roadmap(answers, *options)
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr


def test_an_answer_file_without_a_target_is_refused_with_status_2() -> None:
    done = roadmap(EXAMPLE, "--staff", "40")
    assert done.exit_code == 2
    assert f"{EXAMPLE}: ein Fahrplan braucht ein Soll" in done.stderr
    english = roadmap(EXAMPLE, "--staff", "40", "--lang", "en")
    assert (english.exit_code, english.stderr) == (2, f"{EXAMPLE}: a roadmap needs a target\n")


def test_entries_that_contradict_each_other_end_with_status_1_and_are_explained(answers: Path, tmp_path: Path) -> None:
    done = roadmap(answers, "--first", "2027-1", "--staff", "40", "--bound", "50", "--ics", tmp_path / "plan.ics")
    assert done.exit_code == 1
    assert "50 Personentage gebunden, es gibt aber nur 40" in " ".join(done.stdout.split())
    assert not (tmp_path / "plan.ics").exists()


# ------------------------------------------------------------------------------------------------ a search that is ended
class Enough(Exception):
    """Somebody wants no more."""


def hard() -> Any:
    """Takes some seconds: every stage of all perspectives in twelve half-years with few people."""
    target = Target(2032, dict.fromkeys(TARGET.stages, 4))
    steps = [step.id for step in found().questionnaire.recommendations]
    entries = read_entries(RoadmapEntries(first="2027-1", count="12", staff="25"), steps, KEPT.date())
    return problem_asked(found().questionnaire, found().result, target, entries)


def test_whoever_is_told_of_the_progress_can_end_the_search() -> None:
    def told(now: Progress) -> None:
        if now.seconds > 0.3:
            raise Enough

    begun = time.monotonic()
    with pytest.raises(Enough):
        solve(hard(), 30, told)
    assert time.monotonic() - begun < 2


@pytest.mark.thorough
def test_ctrl_c_ends_the_command_with_a_clear_word_and_status_1(tmp_path: Path) -> None:
    file = tmp_path / "musterau.yaml"
    target = Target(2032, dict.fromkeys(TARGET.stages, 4))
    file.write_text(answer_files.as_yaml(replace(found().sheet, target=target)), encoding="utf-8")
    command = [sys.executable, "-m", "selfcheck", "roadmap", str(file), "--first", "2027-1", "--count", "12"]
    process = subprocess.Popen(
        [*command, "--staff", "25"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        text=True,
    )
    time.sleep(2.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert process.returncode == 1, err
    assert "abgebrochen; es wurde kein Plan gemacht" in err
    assert "Traceback" not in err
    assert out == ""
