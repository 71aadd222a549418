"""Tables as files: the numbers of the findings, texts that stay texts, and what every column means."""

import csv as csv_files
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import lru_cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from scoring.follow.trend import DatedCheck
from scoring.model.answers import Answer, Sheet, Target
from scoring.model.conditions import ContextIs
from scoring.model.spreads import Spread
from scoring.model.wording import LANGUAGES, Language
from selfcheck.ground.i18n import translator
from selfcheck.reading import answer_files, fingerprints
from selfcheck.tables import result_data
from selfcheck.tables.answers import answers
from selfcheck.tables.columns import Cell, DataTable
from selfcheck.tables.files import csv, tables, xlsx
from selfcheck.tables.flat import decimal
from selfcheck.tables.profile import profile
from selfcheck.tables.texts import LONGEST_CELL, cleaned, cut, harmless, lines_of, parts, units
from selfcheck.tables.workbook import MOST_ASIDE, MOST_LINES
from selfcheck.words.findings import Findings, Variant
from tests import builders as b
from tests.drawn import examples

pytestmark = pytest.mark.thorough

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
SCATTERED = next(path for path in EXAMPLES if path.stem == "zersplitterter-kreis")
BOTH: tuple[Variant, ...] = ("public", "internal")
HALF = Fraction(1, 2)
FORMULA = re.compile(r"[\s\"]*[=+\-@＝＋－＠]")
WORDS = {"remark": "Remark⟦1⟧", "evidence": "Evidence⟦2⟧", "dissent": "Dissent⟦3⟧", "rating": "Single⟦4⟧"}


read = lru_cache(answer_files.read)


def example(path: Path = SCATTERED, language: Language = "en") -> Findings:
    return Findings(*read(path), language)


def sheet_with(**words: str) -> Sheet:
    """Answers with everything that people may write, ratings of role groups and a target."""
    said = WORDS | words
    sheet = example().sheet
    texts = Answer(3, remark=said["remark"], evidence=said["evidence"], dissent=said["dissent"], unclear=True)
    spread = Spread(
        {Fraction(0): 5, 3 * HALF: 6},
        2,
        1,
        {"leadership": {Fraction(0): 5}, "planning": {3 * HALF: 6}},
        (said["rating"],),
    )
    left = {id: answer for id, answer in sheet.answers.items() if id != "P5.1"}
    return replace(
        sheet,
        municipality=said.get("municipality", sheet.municipality),
        answers={**left, "P1.1": texts},
        spreads={"P5.1": spread, "P1.2": spread},
        target=Target(2029, {"P1": 4, "P2": 0}),
    )


def busy(language: Language = "en", **words: str) -> Findings:
    """Findings with everything there can be."""
    questionnaire, sheet = example().questionnaire, sheet_with(**words)
    before = replace(sheet, date="2024-05-01", answers={**sheet.answers, "P3.1": Answer(3), "P7.1": Answer()})
    return Findings(
        questionnaire, sheet, language, DatedCheck("2024-05-01", questionnaire, before), frozenset({"P2.2"})
    )


def opened(findings: Findings, variant: Variant = "public") -> Any:
    return load_workbook(BytesIO(xlsx(findings, variant)))


def records(worksheet: Any) -> list[dict[str, Any]]:
    headings, *rows = ([cell.value for cell in row] for row in worksheet.iter_rows())
    return [dict(zip(headings, row, strict=True)) for row in rows]


def by_id(table: DataTable) -> dict[Cell, dict[str, Cell]]:
    return {row[0]: {c.key: row[at] for at, c in table.numbered} for row in table.rows}


def flat(findings: Findings, variant: Variant = "public") -> list[dict[str, str]]:
    separator = ";" if findings.language == "de" else ","
    return list(csv_files.DictReader(StringIO(csv(findings, variant).decode("utf-8-sig")), delimiter=separator))


def contents(file: bytes) -> str:
    with ZipFile(BytesIO(file)) as parts_:
        return "\n".join(parts_.read(name).decode() for name in parts_.namelist())


# --- numbers


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("variant", BOTH)
def test_every_number_of_the_profile_is_that_of_the_findings(path: Path, variant: Variant) -> None:
    findings = example(path)
    for result, row in zip(findings.result.perspectives, records(opened(findings, variant)["Profile"]), strict=True):
        assert row["Id"] == result.perspective
        assert row["Value"] == result.value
        assert row["Throughout"] == result.minimum
        assert (row["Lowest possible"], row["Highest possible"]) == (result.lowest, result.highest)
        assert (row["Rated"], row["Asked"]) == (result.answered, result.asked)
        assert row["Share rated"] == (None if result.coverage is None else pytest.approx(float(result.coverage)))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_stage_and_its_meaning_are_those_of_the_findings(path: Path) -> None:
    findings = example(path)
    rows = {row["Id"]: row for row in records(opened(findings)["Answers"])}
    assert list(rows) == list(findings.questionnaire.items)
    for item in findings.asked:
        key, _median = findings.sheet.standing(item)
        assert rows[item.id]["Stage"] == key
        assert rows[item.id]["Statement"] == findings.statement(item)
        assert rows[item.id]["What this means"] == (None if key is None else findings.anchor(item, key))


def test_target_and_last_time_are_those_of_the_findings() -> None:
    findings = busy()
    for row in records(opened(findings)["Profile"]):
        way, since = findings.towards.get(row["Id"]), findings.since[row["Id"]]
        assert row["Target"] == (way.wanted if way else None)
        assert row["Target reached"] == (None if way is None or way.share is None else pytest.approx(float(way.share)))
        assert row["Last time"] == findings.last_value(row["Id"])
        assert row["Change"] == since.pairs[0].change


def test_the_flat_file_holds_the_numbers_of_the_interface_for_programs() -> None:
    findings = example(EXAMPLES[0])
    data = result_data(findings)["perspectives"]
    for row in flat(findings):
        if row["Kind"] == "perspective" and row["Key"] in {
            "value",
            "minimum",
            "lowest",
            "highest",
            "coverage",
            "asked",
        }:
            number = data[row["Id"]][row["Key"]]
            assert row["Numeric value"] == ("" if number is None else decimal(Fraction(number), "en"))


def test_ratings_are_those_that_were_released() -> None:
    findings = busy()
    rows = [row for row in records(opened(findings, "internal")["Individual ratings"]) if row["Id"] == "P5.1"]
    assert [row["Ratings"] for row in rows] == [11, 5, 6]
    assert [row["at 1.5"] for row in rows] == [6, 0, 6]
    assert [row["Cannot judge"] for row in rows] == [2, None, None]


def test_numbers_are_exact_and_only_shown_rounded() -> None:
    third = b.scale("thirds", {"a": 0, "b": "1/3", "c": 1})
    questionnaire = b.questionnaire(b.perspective("P1", b.item("x", on=third), b.item("y", on=third)))
    findings = Findings(questionnaire, b.sheet(questionnaire, {"x": "b", "y": "b"}), "en")
    assert by_id(profile(findings, translator("en")))["P1"]["value"] == Fraction(1, 3)
    assert by_id(answers(findings, "public", translator("en")))["x"]["stage"] == Fraction(1, 3)
    assert float(decimal(Fraction(1, 3), "en")) == 1 / 3


def test_there_is_no_row_over_all_perspectives_and_no_score_of_an_example() -> None:
    book = opened(example())
    assert [row["Id"] for row in records(book["Profile"])] == [f"P{number}" for number in range(1, 9)]
    comparison = records(book["Comparison"])
    assert all(isinstance(value, str) or value is None for row in comparison for value in row.values())
    assert {row["Here"] for row in comparison} <= {"met here", "missing here", "unknown here"}


def test_every_condition_of_every_example_stands_in_the_comparison() -> None:
    findings = example()
    said = [(row["Example"], row["Condition"]) for row in records(opened(findings)["Comparison"])]
    assert said == [
        (one.practice.municipality, findings.say.say(condition.condition.text))
        for one in findings.comparisons
        for condition in one.conditions
    ]


def test_steps_stand_in_their_order_with_reasons() -> None:
    findings = example()
    rows = records(opened(findings)["Next steps"])
    assert [row["Step"] for row in rows] == [step.recommendation.id for step in findings.steps]
    for row, step in zip(rows, findings.steps, strict=True):
        assert row["Why now"] == " ".join(findings.say.reason(reason) for reason in step.reasons)
        assert row["Decides"] == findings.say.say(step.recommendation.decides)
        assert bool(row["Priority"]) == step.priority


def test_without_a_step_the_sheet_says_why() -> None:
    empty = example(next(path for path in EXAMPLES if path.stem == "leer"))
    [row] = records(opened(empty)["Next steps"])
    assert "too few answers" in row["What to do"]


# --- what is missing


def test_an_open_item_one_that_cannot_be_judged_and_a_median_are_told_apart() -> None:
    findings = busy()
    sheet = replace(
        findings.sheet, answers={**findings.sheet.answers, "P1.3": Answer(), "P1.4": Answer(cannot_judge=True)}
    )
    rows = by_id(answers(replace(findings, sheet=sheet), "public", translator("en")))
    assert rows["P1.1"]["state"] == "agreed"
    assert rows["P2.2"]["state"] == "as last time, not rated anew yet"
    assert (rows["P1.3"]["state"], rows["P1.3"]["stage"]) == ("open", None)
    assert (rows["P1.4"]["state"], rows["P1.4"]["stage"]) == ("cannot be judged", None)
    assert rows["P5.1"]["state"] == "median of ratings, not agreed yet"
    assert rows["P5.1"]["note"] == "Median of 11 ratings"


def test_what_does_not_apply_is_empty_and_says_why() -> None:
    rule = b.applicability("R1", ContextIs("K1", ("a",)), "P1")
    questionnaire = b.questionnaire(
        b.perspective("P1", "x"), b.perspective("P2", "y"), context=[b.choice_question("K1", "a", "b")], rules=[rule]
    )
    findings = Findings(questionnaire, b.sheet(questionnaire, {"x": 3, "y": 2}, choices={"K1": "a"}), "en")
    row = by_id(profile(findings, translator("en")))["P1"]
    assert (row["value"], row["lowest"], row["coverage"]) == (None, None, None)
    assert row["note"] == "Not applicable here. Rule R1 in English (R1)"
    item = by_id(answers(findings, "internal", translator("en")))["x"]
    assert (item["state"], item["stage"], item["note"]) == ("not applicable", None, "Rule R1 in English (R1)")


def test_what_is_not_part_of_the_check_is_neither_open_nor_zero() -> None:
    findings = replace(example(), sheet=replace(sheet_with(), scope=("P2",)))
    rows = by_id(answers(findings, "internal", translator("en")))
    assert (rows["P1.1"]["state"], rows["P1.1"]["stage"]) == ("not part of this check", None)
    assert not any(cell in WORDS.values() for row in rows.values() for cell in row.values())
    assert by_id(profile(findings, translator("en")))["P1"]["note"] == "Not part of this check."


def test_where_last_time_cannot_be_compared_the_note_says_why() -> None:
    findings = busy()
    earlier = DatedCheck("2024-05-01", findings.questionnaire, replace(findings.sheet, scope="short"))
    row = by_id(profile(replace(findings, earlier=earlier), translator("en")))["P1"]
    assert row["note"] == "Not comparable with last time: other items were asked."


# --- the dictionary


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", BOTH)
@pytest.mark.parametrize("make", [example, busy])
def test_every_column_of_every_sheet_has_an_entry_in_the_dictionary(
    language: Language, variant: Variant, make: Callable[..., Findings]
) -> None:
    _ = translator(language)
    book = opened(make(language=language), variant)
    entries = records(book[_("Dictionary")])
    described = [(entry[_("Sheet")], entry[_("Column")]) for entry in entries]
    assert described == [(sheet.title, cell.value) for sheet in book.worksheets for cell in sheet[1]]
    assert all(entry[_("Meaning")] and entry[_("Origin")] for entry in entries)


def test_what_is_computed_says_how_and_numbers_say_what_they_count() -> None:
    for table in tables(busy(), "internal"):
        for column in table.columns:
            if column.origin == "computed" and column.kind != "text":
                assert column.computed, column.key
            if column.kind not in {"text", "fact"} and column.key not in {"place", "part"}:
                assert column.unit, column.key


def test_about_says_what_the_values_rest_on() -> None:
    findings = example(language="de")
    _ = translator("de")
    rows = dict(row[:2] for row in opened(findings)[_("About")].iter_rows(values_only=True))
    assert rows[_("Hash of the answers")] == fingerprints.of_answers(findings.sheet)
    assert rows[_("Questionnaire")] == "integrated-planning 2026-1"
    assert rows[_("Date of the answers")] == datetime.fromisoformat(findings.sheet.date)
    assert "keine Prüfung" in rows[_("Limits")]


# --- whom it is for


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_public_file_holds_nothing_that_people_wrote_and_nothing_of_role_groups(language: Language) -> None:
    findings = busy(language)
    roles = [findings.say.say(role.label) for role in findings.questionnaire.roles]
    for text in (contents(xlsx(findings)), csv(findings).decode()):
        assert "⟦" not in text
        assert not any(f">{role}<" in text or f'"{role}"' in text for role in roles)
        assert "ratings_lowest" not in text
    assert translator(language)("Individual ratings") not in opened(findings).sheetnames


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_internal_file_holds_all_that_people_wrote(language: Language) -> None:
    findings = busy(language)
    assert all(word in contents(xlsx(findings, "internal")) for word in WORDS.values())
    said = [row[translator(language)("Text")] for row in flat(findings, "internal")]
    assert all(WORDS[kind] in said for kind in ("remark", "evidence", "dissent"))


def test_words_of_people_change_nothing_else_in_a_public_file() -> None:
    def body(findings: Findings) -> list[Any]:
        book = opened(findings)
        return [[cell.value for cell in row] for sheet in book.worksheets[:-1] for row in sheet.iter_rows()]

    assert body(busy()) == body(busy(remark="x", evidence="y", dissent="z", rating=""))


# --- texts stay texts

hostile = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(codec=None, categories=["Cc", "Cf", "Co", "Cn", "Zl", "Zp", "So"]), max_size=20),
    st.builds(
        lambda before, sign, after: before + sign + after,
        st.sampled_from(["", " ", "\t", "\r", "\n", ",", ";", '"', '",', "a;\n", "\N{NO-BREAK SPACE}"]),
        st.sampled_from(
            ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "{=1}"]
        ),
        st.text(max_size=10),
    ),
    st.sampled_from(
        ["_x0041_", "<f>1</f>", "&amp;", "]]>", "https://example.org", "mailto:x@y", "1e5", "TRUE", "#REF!"]
    ),
)


@examples(8)
@given(st.lists(hostile, min_size=5, max_size=12))
def test_no_cell_is_a_formula_or_a_link_whatever_people_write(said: list[str]) -> None:
    findings = busy("de", remark=said[0], evidence=said[1], dissent=said[2], rating=said[3], municipality=said[4])
    items = [item.id for item in findings.asked if item.id not in findings.sheet.spreads]
    remarks = dict(zip(items, said, strict=False))
    written = {id: replace(findings.sheet.answers[id], remark=remark) for id, remark in remarks.items()}
    findings = replace(findings, sheet=replace(findings.sheet, answers={**findings.sheet.answers, **written}))
    file = xlsx(findings, "internal")
    with ZipFile(BytesIO(file)) as parts_:
        sheets = [parts_.read(name).decode() for name in parts_.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any("<f" in sheet or "<hyperlink" in sheet for sheet in sheets)
    book = load_workbook(BytesIO(file))
    assert not any(cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    _ = translator("de")
    rows = {row[_("Id")]: row for row in records(book[_("Answers")])}
    for id, remark in remarks.items():
        if lines_of(cleaned(remark), 60) <= MOST_ASIDE:
            assert decoded(rows[id][_("Remark")] or "") == cleaned(remark)


def decoded(text: str) -> str:
    """What Excel shows: it reads _x005F_ as an underscore; openpyxl leaves it."""
    return text.replace("_x005F_", "_")


def test_a_text_that_looks_like_a_formula_stays_one_when_somebody_edits_it() -> None:
    sheet = opened(busy(remark="=1+1", evidence="plain"), "internal")["Answers"]
    quoted = {cell.value: cell.quotePrefix for cell in sheet[2]}
    assert quoted["=1+1"]
    assert not quoted["plain"]


@examples(60)
@given(hostile)
def test_no_cell_of_a_flat_file_begins_like_a_formula_however_it_is_split(text: str) -> None:
    written = StringIO()
    csv_files.writer(written, delimiter=";", quoting=csv_files.QUOTE_ALL).writerow(["a", harmless(text), "b"])
    line = written.getvalue()
    for separator in ";,\t|":
        for row in csv_files.reader(StringIO(line, newline=""), delimiter=separator):
            assert not any(FORMULA.match(field.lstrip(' \xa0"')) for field in row if field.strip()), row


@examples(60)
@given(hostile)
def test_making_a_text_harmless_twice_changes_nothing_more(text: str) -> None:
    assert harmless(harmless(text)) == harmless(text)


def test_ordinary_texts_stay_as_they_are_in_a_flat_file() -> None:
    for text in ("Fach- und Sozialplanung", "„Wir – gemeinsam“", "P1-0-1", "50 % (=die Hälfte)", "a@b.de", "3:0"):
        assert harmless(text) == text
    assert harmless("- erstens\n- zweitens") == "'- erstens\n'- zweitens"


# --- long texts


@examples(60)
@given(st.text(st.sampled_from("aW .-\n👩\u200dé\u0301"), max_size=400), st.integers(8, 30), st.integers(1, 6))
def test_the_parts_of_a_text_are_the_text(text: str, width: int, most: int) -> None:
    pieces = list(parts(text, width, most))
    assert "".join(pieces) == text
    assert all(pieces)


def test_a_long_remark_is_cut_in_its_row_and_stands_whole_in_a_sheet_of_its_own() -> None:
    remark = " ".join(f"Donaudampfschifffahrt{number}" for number in range(250))
    book = opened(busy(remark=remark), "internal")
    row = records(book["Answers"])[0]
    assert row["Remark"].endswith("… (cut here; whole in the sheet “Remarks and evidence”)")
    pieces = [one for one in records(book["Remarks and evidence"]) if one["Id"] == "P1.1" and one["Kind"] == "remark"]
    assert [piece["Part"] for piece in pieces] == list(range(1, len(pieces) + 1))
    assert " ".join(piece["Text"] for piece in pieces) == remark


@pytest.mark.parametrize("text", ["x" * 40_000, "\u0301" * 40_000, "👩" * 40_000, "\n" * 20_000, "i \n" * 10_000])
def test_no_cell_is_longer_or_higher_than_excel_shows(text: str) -> None:
    pieces = list(parts(cleaned(text), 95, 12))
    assert max(map(units, pieces)) < LONGEST_CELL
    assert max(piece.count("\n") for piece in pieces) < 253
    shown = opened(busy(remark=text[:5000], municipality=text[:5000] + "."), "internal")
    for sheet in shown.worksheets:
        heights = [dimension.height for dimension in sheet.row_dimensions.values() if dimension.height]
        assert max(heights) <= 409
        for row in sheet.iter_rows(values_only=True):
            assert all(lines_of(cell, 112) <= MOST_LINES for cell in row if isinstance(cell, str))


def test_a_text_cut_at_the_limit_of_a_cell_says_so() -> None:
    assert cut("short", "…") == "short"
    for text in ("x" * 40_000, "👩" * 40_000, "a👩" * 20_000):
        found = cut(text, " … (cut)")
        assert found.endswith(" … (cut)")
        assert LONGEST_CELL - 2 <= units(found) <= LONGEST_CELL


def test_signs_that_cannot_be_written_do_not_break_a_file() -> None:
    said = "a\x00b\x0cc\ufffe\u202ed\x85e"
    assert cleaned(said + "\ud83d") == "ab\ncd\ne\N{REPLACEMENT CHARACTER}"
    notes = records(opened(busy(remark=said), "internal")["Remarks and evidence"])
    assert notes[0]["Text"] == "ab\ncd\ne"


# --- the workbook as an office knows it


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", BOTH)
def test_every_sheet_is_one_table_that_prints_on_a4(language: Language, variant: Variant) -> None:
    book = opened(busy(language), variant)
    for sheet in book.worksheets:
        [table] = sheet.tables.values()
        assert table.ref == sheet.dimensions
        assert table.autoFilter.ref == table.ref
        assert re.fullmatch(r"\w+", table.name)
        assert sheet["A1"].value
        assert sheet.freeze_panes.endswith("2")
        assert not sheet.merged_cells.ranges
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.oddFooter.right.text.endswith("&N")
    mark = translator(language)("For the public" if variant == "public" else "Internal – not for publication")
    assert mark in book.worksheets[0].oddHeader.right.text


def test_the_printed_columns_fit_a_page_in_a_readable_size() -> None:
    for variant in BOTH:
        for table in tables(busy("de"), variant):
            assert sum(column.width for column in table.columns if column.printed) <= 215, table.name


def test_title_and_language_stand_in_the_properties_and_no_person() -> None:
    book = opened(example(language="de"))
    assert (
        book.properties.title == "Selbstcheck integrierte Planung · Landkreis Vierwalden-Seemark (fiktiv) · 11.06.2026"
    )
    assert book.properties.language == "de-DE"
    assert not book.properties.creator
    assert not book.properties.lastModifiedBy


def test_numbers_and_dates_are_real_ones() -> None:
    book = opened(example())
    value = book["Profile"]["C2"]
    assert (value.data_type, value.number_format) == ("n", "0.0#")
    assert book["About"]["B4"].value == datetime(2026, 6, 11)
    assert book["About"]["B4"].number_format == "d mmmm yyyy"


def test_a_date_that_is_none_stays_as_it_was_written() -> None:
    findings = replace(example(), sheet=replace(example().sheet, date="Frühjahr 2026"))
    assert opened(findings)["About"]["B4"].value == "Frühjahr 2026"


def test_the_same_answers_give_the_same_bytes() -> None:
    assert xlsx(busy(), "internal") == xlsx(busy(), "internal")
    assert csv(busy(), "internal") == csv(busy(), "internal")
    assert xlsx(example()) != xlsx(example(), created=datetime(2026, 11, 23, tzinfo=UTC))
    with ZipFile(BytesIO(xlsx(example()))) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# --- the flat file


@pytest.mark.parametrize(("language", "separator", "number"), [("de", ";", "2,5"), ("en", ",", "2.5")])
def test_the_flat_file_is_as_the_language_expects_it(language: Language, separator: str, number: str) -> None:
    file = csv(example(language=language))
    assert file.startswith(b"\xef\xbb\xbf")
    lines = file.decode("utf-8-sig").split("\r\n")
    assert lines[-1] == ""
    assert all(line.count(f'"{separator}"') >= 10 for line in lines[:-1])
    assert f'"{number}"' in file.decode()


def test_the_flat_file_says_of_every_row_whence_it_comes_and_what_it_is() -> None:
    findings = busy()
    rows = flat(findings, "internal")
    assert {row["Version"] for row in rows} == {"2026-1"}
    assert {row["Date"] for row in rows} == {findings.sheet.date}
    assert len({(row["Kind"], row["Id"], row["Key"]) for row in rows}) == len(rows)
    assert all(not (row["Numeric value"] and row["Text"]) for row in rows)
    assert {row["Id"] for row in rows if row["Key"] == "stage"} == set(findings.questionnaire.items)


def walked(tables_: tuple[DataTable, ...]) -> Iterator[Cell]:
    for table in tables_:
        for row in table.rows:
            assert len(row) == len(table.columns), table.name
            yield from row


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_cell_of_every_example_holds_something_or_nothing_but_no_gap_in_words(
    path: Path, language: Language
) -> None:
    for cell in walked(tables(example(path, language), "internal")):
        assert cell is None or isinstance(cell, Fraction | int | date) or (cell.strip() and "{" not in cell), cell
