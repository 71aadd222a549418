"""The variants of the report: the same numbers in all of them, nobody's own words in the public ones."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import get_args

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from scoring.assess.result import Counted, LeftOut
from scoring.follow.trend import DatedCheck
from scoring.model.answers import Answer, Sheet, Target
from scoring.model.spreads import Spread
from scoring.model.wording import LANGUAGES, Language
from selfcheck.reading import answer_files
from selfcheck.reports.blocks import Block, Bullets, FactList, Heading, Length, Outline, Table
from selfcheck.reports.html import html
from selfcheck.reports.outline import outline, profile_table
from selfcheck.reports.pdf import pdf
from selfcheck.words.findings import Findings, Variant
from tests.commands import run
from tests.drawn import examples
from tests.selfcheck.test_access import share
from tests.selfcheck.test_reports import complaints, outside, texts
from tests.web import Person, token_in

EXAMPLES = Path(__file__).parents[2] / "examples"
SCATTERED = EXAMPLES / "zersplitterter-kreis.yaml"
VARIANTS: tuple[Variant, ...] = get_args(Variant)
LENGTHS: tuple[Length, ...] = get_args(Length)
EVERY = [(variant, length) for variant in VARIANTS for length in LENGTHS]
LONG = (
    "Donaudampfschifffahrtsgesellschaftskapitän 👩‍👩‍👧 „Ärger“ https://example.org/ein/langer/pfad?mit=teilen\n\n" * 50
)
HALF = Fraction(1, 2)


def plain() -> Findings:
    return Findings(*answer_files.read(SCATTERED), "de")


def full_sheet(words: Mapping[str, str] | None = None, roles: bool = True) -> Sheet:
    """Answers with everything that may be written down beside a stage; the words are the same unless given."""
    said = {"remark": "Bemerkung⟦1⟧", "evidence": "Nachweis⟦2⟧", "dissent": "Sicht⟦3⟧", "rating": "Einzeln⟦4⟧"}
    said |= words or {}
    sheet = plain().sheet
    answers = {id: replace(answer, remark=said["remark"], evidence="") for id, answer in sheet.answers.items()}
    answers["P1.1"] = Answer(3, remark=said["remark"], evidence=said["evidence"], dissent=said["dissent"], unclear=True)
    del answers["P5.1"]
    counts = {Fraction(0): 5, Fraction(1): 1, 5 * HALF: 5}
    shown = {"leadership": {Fraction(0): 5}, "planning": {Fraction(1): 1, 5 * HALF: 5}} if roles else {}
    spreads = {"P5.1": Spread(counts, cannot_judge=2, unclear=1, roles=shown, remarks=(said["rating"],))}
    return replace(sheet, answers=answers, spreads=spreads, target=Target(2029, {"P1": 4, "P5": 3}))


def busy(language: Language = "de", sheet: Sheet | None = None) -> Findings:
    """Findings with a target, a last time, medians that are not agreed, dissent and everything else."""
    now = plain()
    before = replace(now.sheet, date="2024-05-01", answers={**now.sheet.answers, "P3.1": Answer(1), "P7.1": Answer()})
    earlier = DatedCheck("2024-05-01", now.questionnaire, before)
    return Findings(now.questionnaire, sheet or full_sheet(), language, earlier)


def tables(report: Outline) -> Iterator[Table]:
    return (block for block in report.blocks if isinstance(block, Table))


def cells(rows: str) -> list[list[str]]:
    """The rows of a table in HTML as texts."""
    found = (
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr.*?</tr>", rows, re.DOTALL)
    )
    return [[" ".join(unescape(re.sub(r"<[^>]+>", "", cell)).split()) for cell in row] for row in found]


def upload(person: Person, sheet: Sheet) -> str:
    """Begin with an answer file; returns the path of the overview."""
    data = {
        "csrf_token": token_in(person.get("/").text),
        "file": (BytesIO(answer_files.as_yaml(sheet).encode()), "answers.yaml"),
    }
    answer = person.client.post("/assessments/from-file", data=data, content_type="multipart/form-data")
    return person.client.get(answer.location).location


@pytest.fixture
def person(client: FlaskClient) -> Person:
    return Person(client)


# --- numbers


@pytest.mark.parametrize(("variant", "length"), EVERY)
def test_every_value_of_every_variant_is_that_of_the_result_page(
    person: Person, variant: Variant, length: Length
) -> None:
    place = upload(person, full_sheet())
    on_page = cells(person.get(f"{place}result").text.partition("<thead>")[2].partition("</table>")[0])
    report = person.get(f"{place}report.html?variant={variant}&length={length}").text
    in_report = cells(report.partition("Werte des Profils")[2].partition("</table>")[0])
    assert len(in_report) == 9
    assert on_page == in_report


def test_every_step_of_the_trace_stands_in_the_full_report_and_on_the_result_page(person: Person) -> None:
    place = upload(person, full_sheet())
    page = " ".join(unescape(person.get(f"{place}result").text).split())
    findings = Findings(plain().questionnaire, full_sheet(), "de")
    for variant in VARIANTS:
        report = outline(findings, variant)
        lines = {item for block in report.blocks if isinstance(block, Bullets) for item in block.items}
        rows = {row[0]: row for table in tables(report) if table.columns[1].title == "Stufe" for row in table.rows}
        for step in (step for result in findings.result.perspectives for step in result.trace):
            assert findings.say.step(step) in page
            if isinstance(step, Counted):
                assert rows[findings.say.item(step.item)][1].startswith(findings.say.number(step.points))
            elif isinstance(step, LeftOut):
                assert rows[findings.say.item(step.item)][2] == "–"
            else:
                assert findings.say.step(step) in lines


def test_way_to_the_target_and_last_time_say_the_numbers_of_the_profile() -> None:
    findings = busy()
    report = outline(findings, "internal", "short")
    profile = {row[0]: row for row in profile_table(findings).rows}
    target, since = (next(table for table in tables(report) if text in table.caption) for text in ("2029", "verändert"))
    for name, value, wanted, gap, part in target.rows:
        assert value == profile[name][1]
        assert profile[name][6] == f"{wanted} ({part})"
        assert findings.towards[name[:2]].gap == Fraction(gap.replace(",", "."))
    for name, before, value, change in since.rows:
        assert value == profile[name][1]
        assert profile[name][7] == ("–" if before == "–" else f"{before} ({change})")


# --- words


own_words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40)


@given(said=st.fixed_dictionaries(dict.fromkeys(("remark", "evidence", "dissent", "rating"), own_words)))
@examples(25)
def test_what_people_write_changes_nothing_in_a_public_report_and_stands_in_the_internal_one(
    said: dict[str, str],
) -> None:
    marked = {kind: f"⟦{text}⟧" for kind, text in said.items()}
    findings = busy(sheet=full_sheet(marked))
    for length in LENGTHS:
        public = outline(findings, "public", length)
        assert "⟦" not in "".join(texts(public))
        assert without_hashes(public) == without_hashes(outline(busy(), "public", length))
    assert set(marked.values()) <= set(texts(outline(findings, "internal")))


def without_hashes(report: Outline) -> list[Block]:
    return [block for block in report.blocks if not isinstance(block, FactList) or "Prüfsumme" not in str(block)]


@pytest.mark.parametrize("length", LENGTHS)
def test_a_public_report_says_nothing_of_role_groups(length: Length) -> None:
    with_roles, without = busy(), busy(sheet=full_sheet(roles=False))
    assert without_hashes(outline(with_roles, "public", length)) == without_hashes(outline(without, "public", length))
    assert outline(with_roles, "internal") != outline(without, "internal")


def test_where_not_everybody_agrees_is_only_a_number_in_public() -> None:
    public, internal = (outline(busy(), variant, "short") for variant in VARIANTS)
    for report in (public, internal):
        assert any("Merkmale, bei denen nicht alle zustimmen: 1." in text for text in texts(report))
    assert "Sicht⟦3⟧" not in set(texts(public))
    assert "Sicht⟦3⟧" in set(texts(internal))


def test_a_median_that_is_not_agreed_yet_is_named_as_such_wherever_it_counts() -> None:
    for variant in VARIANTS:
        said = " ".join(texts(outline(busy(), variant)))
        assert "1 Einzelne Ansätze (Median aus 11 Einschätzungen, noch nicht vereinbart)" in said
        assert "noch nicht vereinbart: 1" in said


def test_the_internal_report_says_how_many_rated_from_where_to_where_and_the_median() -> None:
    found = next(table for table in tables(outline(busy(), "internal")) if "Einzeleinschätzungen" in table.caption)
    (row,) = found.rows
    assert row[1:5] == ("11", "0–2,5", "1", "2")
    assert row[5] == "Führung (5: 0); Planung (6: 1–2,5)"


# --- shape


def test_the_short_report_has_at_most_four_pages_and_the_full_one_of_the_examples_seventeen() -> None:
    for file in sorted(EXAMPLES.glob("*.yaml")):
        findings = answer_files.findings(file, "de")
        assert 2 <= len(pypdfium2.PdfDocument(pdf(outline(findings, "public", "short")))) <= 4
        assert len(pypdfium2.PdfDocument(pdf(outline(findings)))) <= 17


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_example_that_a_perspective_names_is_described_once(file: Path) -> None:
    findings = answer_files.findings(file, "de")
    said = list(texts(outline(findings)))
    named = {
        comparison.practice.id: comparison.practice
        for result in findings.result.perspectives
        if result.applicable
        for comparison in (*findings.suitable(result.perspective), *findings.not_yet_suitable(result.perspective))
    }
    for practice in named.values():
        assert sum(findings.say.say(practice.title) in text for text in said) == 1
        assert sum(findings.say.say(practice.summary) in text for text in said) <= 1


@pytest.mark.parametrize(("variant", "length"), EVERY)
def test_cover_and_every_page_say_whom_the_report_is_for(variant: Variant, length: Length) -> None:
    report = outline(busy(), variant, length)
    wanted = {"public": "Für die Öffentlichkeit", "internal": "Intern – nicht für die Veröffentlichung"}[variant]
    assert f'<p class="variant">{wanted}</p>' in html(report)
    for sheet in pypdfium2.PdfDocument(pdf(report)):
        assert wanted in sheet.get_textpage().get_text_bounded()


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_internal_report_passes_the_checkers_whatever_people_wrote(language: Language) -> None:
    words = dict.fromkeys(("remark", "evidence", "dissent", "rating"), LONG[:5000])
    report = outline(busy(language, full_sheet(words)), "internal")
    data = pdf(report)
    assert complaints(data) == []
    assert outside(data) == []


def test_chapters_follow_each_other_without_an_empty_one() -> None:
    for variant, length in EVERY:
        for findings in (busy(), plain(), answer_files.findings(EXAMPLES / "leer.yaml", "de")):
            blocks = [block for block in outline(findings, variant, length).blocks if type(block).__name__ != "NewPage"]
            for block, after in zip(blocks, [*blocks[1:], Heading(1, "")], strict=True):
                if isinstance(block, Heading):
                    assert not isinstance(after, Heading) or after.level == block.level + 1


# --- pages and commands


def test_the_papers_page_offers_every_variant_and_format(person: Person) -> None:
    place = person.start()
    page = person.get(f"{place}papers").text
    assert re.findall(r'name="variant" value="(\w+)"', page) == ["public", "internal"]
    assert re.findall(r'name="length" value="(\w+)"', page) == ["short", "full"]
    assert f'href="{place}papers"' in person.get(f"{place}result").text
    for file in (
        "chart.svg",
        "chart.png",
        "chart.pdf",
        "slides.pptx",
        "table.xlsx",
        "table.csv",
        "answers.yaml",
        "answers.json",
    ):
        assert re.search(rf'(href|formaction)="{place}{file}"', page), file


def test_the_name_of_a_file_says_that_it_is_internal(person: Person) -> None:
    place = person.start()
    for query, name in (
        ("", "bericht"),
        ("?variant=internal", "bericht-intern"),
        ("?variant=internal&length=short", "bericht-intern-kurz"),
    ):
        answer = person.get(f"{place}report.html{query}")
        assert f'filename="selbstcheck-{name}.html"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("query", ["variant=secret", "length=endless", "variant="])
def test_a_variant_that_does_not_exist_is_not_found(person: Person, query: str) -> None:
    assert person.get(f"{person.start()}report.html?{query}").status_code == 404


def test_whoever_only_reads_gets_the_public_variant_and_no_other(person: Person, app: Flask) -> None:
    place = upload(person, full_sheet())
    reader = Person(app.test_client())
    reader.get(share(app))
    page = reader.get(f"{place}papers").text
    assert "internal" not in page
    assert "answers." not in page
    for length in LENGTHS:
        assert "⟦" not in reader.get(f"{place}report.html?length={length}").text
        assert reader.get(f"{place}report.pdf?variant=internal&length={length}").status_code == 404
    assert "⟦" in person.get(f"{place}report.html?variant=internal").text


@pytest.mark.parametrize(("variant", "length"), EVERY)
def test_the_command_writes_the_variant_asked_for(variant: str, length: str, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    answer = run("report", SCATTERED, "-o", file, "--variant", variant, "--length", length)
    assert answer.exit_code == 0, answer.stderr
    text = file.read_text(encoding="utf-8")
    assert ("Drei Planungsfelder haben" in text) == (variant == "internal" and length == "full")
    assert ("Wie der Wert entsteht" in text) == (length == "full")
