"""The slides for a committee: five, each with a statement as its title, real texts, and nothing that does not fit."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import Phase, given, settings
from hypothesis import example as example_of
from hypothesis import strategies as st
from pptx import Presentation
from pptx.oxml.ns import qn

from scoring.follow.trend import DatedCheck
from scoring.model.answers import Answer, Context, Sheet, Target
from scoring.model.declension import OwnNoun
from scoring.model.spreads import Spread
from scoring.model.wording import Language
from selfcheck.reading import answer_files
from selfcheck.slides import design, pptx
from selfcheck.slides.deck import PictureBody, Plain, ProposalBody, SlideParagraph, Steps, ValuesBody, deck, priorities
from selfcheck.slides.fit import Frame, fitted, height_of, lines_of, text_height
from selfcheck.words.findings import Findings
from tests.drawn import examples

pytestmark = pytest.mark.thorough

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
WORDS = "Bemerkung⟦1⟧", "Nachweis⟦2⟧", "Sicht⟦3⟧", "Einzeln⟦4⟧"
LONG = "Verbandsgemeinde Donaudampfschifffahrtsgesellschaftshausen an der Oberweißbacher-Schwarzatalbrücke 👩‍👩‍👧 " * 2


def example(stem: str, language: Language = "de") -> Findings:
    path = next(path for path in EXAMPLES if path.stem == stem)
    return Findings(*answer_files.read(path), language)


def scattered(language: Language = "de", **changes: Any) -> Findings:
    """An invented county with some changes to its answers."""
    plain = example("zersplitterter-kreis", language)
    return Findings(plain.questionnaire, replace(plain.sheet, **changes), language)


def everything(stage: int) -> dict[str, Answer]:
    return {id: Answer(stage) for id in example("leer").questionnaire.items}


def only(*perspectives: str) -> dict[str, Answer]:
    answers = example("zersplitterter-kreis").sheet.answers
    return {id: answer for id, answer in answers.items() if id.split(".")[0] in perspectives}


def thinned() -> dict[str, Answer]:
    answers = example("zersplitterter-kreis").sheet.answers
    return {id: answer for place, (id, answer) in enumerate(answers.items()) if place % 3}


def long_words() -> Context:
    """The longest words that a municipality may have of its own."""
    context = example("zersplitterter-kreis").sheet.context
    noun = OwnNoun("Bildungslandschaftsentwicklungskoordinierungssteuerungsgruppenkonferenz", "die", "Konferenzen")
    return replace(context, words={key: dict.fromkeys(words, noun) for key, words in context.words.items()})


FULL_TARGET = Target(2029, {f"P{number}": 4 for number in range(1, 9)})
CASES: dict[str, Findings] = {
    **{f"{path.stem}-de": example(path.stem) for path in EXAMPLES},
    **{f"{stem}-en": example(stem, "en") for stem in ("anfaengerkreis", "leer", "stadt-ein-dezernat")},
    "target": scattered(target=Target(2029, {"P1": 3, "P2": 3, "P3": 2, "P6": 1})),
    "short": scattered(scope="short"),
    "part": scattered("en", scope=("P1", "P5")),
    "highest": scattered(answers=everything(4)),
    "lowest": scattered(answers=everything(0)),
    "one": scattered(answers=only("P7")),
    "thinned": scattered(answers=thinned()),
    "nightmare": scattered(municipality=LONG[:200], target=FULL_TARGET, answers=thinned(), context=long_words()),
}
every = pytest.mark.parametrize("name", CASES)


@cache
def written(name: str) -> bytes:
    return pptx(CASES[name])


@cache
def opened(name: str) -> Any:
    """The file as another program reads it; only looked at, so read once."""
    return Presentation(BytesIO(written(name)))


def words_in(content: bytes) -> str:
    """Every text of the file: slides, notes, layouts, text alternatives."""
    with ZipFile(BytesIO(content)) as file:
        return "\n".join(file.read(part).decode() for part in file.namelist() if part.endswith((".xml", ".svg")))


def table_of(slide: Any) -> list[list[str]]:
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    return [[cell.text for cell in row.cells] for row in table.rows]


# --- what a deck consists of -----------------------------------------------------------------------------------------


@every
def test_there_are_five_slides_sixteen_to_nine_each_with_a_title_of_its_own(name: str) -> None:
    presentation = opened(name)
    titles = [slide.shapes.title.text for slide in presentation.slides]
    assert len(titles) == len(set(titles)) == 5
    assert all(titles)
    assert presentation.slide_width * 9 == presentation.slide_height * 16


@every
def test_a_screen_reader_meets_the_title_first_and_the_page_number_last(name: str) -> None:
    for place, slide in enumerate(opened(name).slides):
        kinds = [node.get("type") for node in slide.element.iter(qn("p:ph"))]
        assert kinds[0] in {"title", "ctrTitle"}
        assert place == 0 or kinds[-2:] == ["ftr", "sldNum"]


@every
def test_texts_stand_in_the_places_of_the_layouts_and_none_is_left_empty(name: str) -> None:
    for slide in opened(name).slides:
        for shape in slide.shapes:
            assert shape.is_placeholder or shape.element.tag == qn("p:grpSp")
            assert not shape.has_text_frame or shape.text_frame.text.strip()


@every
def test_pictures_and_tables_have_a_text_alternative_and_that_of_the_radar_holds_the_values(name: str) -> None:
    findings = CASES[name]
    for slide in opened(name).slides:
        for shape in slide.shapes:
            if not shape.has_text_frame:
                assert next(shape.element.iter(qn("p:cNvPr"))).get("descr")
    picture = next(shape for shape in opened(name).slides[1].shapes if shape.element.tag == qn("p:pic"))
    said = next(picture.element.iter(qn("p:cNvPr"))).get("descr")
    for result in findings.result.perspectives:
        if result.value is not None:
            assert findings.value(result) in said


@every
def test_the_table_holds_the_numbers_of_the_findings(name: str) -> None:
    findings = CASES[name]
    _head, *rows = table_of(opened(name).slides[2])
    assert len(rows) == len(findings.result.perspectives)
    for result, row in zip(findings.result.perspectives, rows, strict=True):
        assert row[0].startswith(f"{result.perspective} ")
        if result.value is None:
            assert row[1:3] == [findings.value(result), "–"]
        else:
            assert row[1:3] == [findings.stage_name(result.value), findings.value(result)]
        assert row[3] == findings.range(result)
        if way := findings.towards.get(result.perspective):
            assert row[4] == str(way.wanted)


def test_without_a_target_the_table_has_no_column_for_it() -> None:
    assert len(table_of(opened("short").slides[2])[0]) + 1 == len(table_of(opened("target").slides[2])[0])


def test_a_dot_stands_where_its_value_lies_on_the_scale() -> None:
    slide = opened("target").slides[2]
    group = next(shape for shape in slide.shapes if shape.element.tag == qn("p:grpSp"))
    dots = [shape for shape in group.shapes if shape.name == "ellipse"]
    values = [result.value for result in CASES["target"].result.perspectives]
    middles = [dot.left + dot.width / 2 for dot in dots]
    for one, value in zip(middles, values, strict=True):
        for other, other_value in zip(middles, values, strict=True):
            assert value is not None
            assert other_value is not None
            assert (one > other) == (value > other_value) or abs(one - other) < 10
    assert sum(shape.name == "diamond" for shape in group.shapes) == 4


def test_the_steps_are_those_that_the_report_names_as_next() -> None:
    findings = CASES["zersplitterter-kreis-de"]
    head, *rows = table_of(opened("zersplitterter-kreis-de").slides[3])
    chosen = priorities(findings)
    assert 1 <= len(chosen) <= 3
    for column, step in enumerate(chosen, 1):
        cells = [row[column] for row in rows]
        assert head[column].startswith(step.recommendation.perspective)
        assert cells[2] == findings.say.say(step.recommendation.prepares)
        assert cells[3] == findings.say.say(step.recommendation.decides)
        assert cells[4] == findings.say.say(step.recommendation.effort.estimate)
        whole = findings.say.say(step.recommendation.step)
        assert all(part.strip() in whole for part in cells[1].split("…"))


@every
def test_the_notes_say_where_the_numbers_come_from_and_every_step_in_full(name: str) -> None:
    findings, slides = CASES[name], list(opened(name).slides)
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides]
    assert all(notes)
    for result in findings.result.perspectives:
        perspective = findings.questionnaire.perspective(result.perspective)
        assert str(perspective.origin.lines[0]) in notes[2]
        assert f"{result.perspective} " in notes[2]
    for step in priorities(findings):
        assert findings.say.say(step.recommendation.step) in notes[3]


@every
def test_the_deck_says_that_it_is_no_audit_and_how_much_was_rated(name: str) -> None:
    findings, cover = CASES[name], opened(name).slides[0]
    said = " ".join(shape.text_frame.text for shape in cover.shapes)
    answered = sum(result.answered for result in findings.result.perspectives)
    asked = sum(result.asked for result in findings.result.perspectives)
    assert str(answered) in said
    assert str(asked) in said
    assert findings.questionnaire.version in said


# --- headlines -------------------------------------------------------------------------------------------------------


def titles(findings: Findings) -> list[str]:
    return [slide.title for slide in deck(findings).slides]


def english(**changes: Any) -> Findings:
    return scattered("en", **changes)


def test_the_perspective_that_has_come_furthest_is_named() -> None:
    assert titles(example("zersplitterter-kreis", "en"))[1] == "We have come furthest in “Mandate”"


def test_a_headline_is_guarded_while_open_answers_could_make_it_untrue() -> None:
    assert titles(english(answers=thinned()))[1].startswith("By the ratings so far")


def test_many_perspectives_at_the_same_height_are_counted() -> None:
    assert titles(example("stadt-ein-dezernat", "en"))[1] == "We have come furthest in 4 perspectives: “Lived practice”"


def test_with_nothing_answered_the_slides_say_so() -> None:
    assert titles(example("leer", "en"))[1:] == [
        "For a profile there are too few ratings yet",
        "No perspective has a value yet",
        "For recommendations there are too few ratings yet",
        "Proposal: complete the rating first",
    ]


def test_all_zeros_are_a_beginning_and_all_fours_ask_for_no_step() -> None:
    assert titles(english(answers=everything(0)))[1].startswith("We are at the beginning")
    highest = titles(english(answers=everything(4)))
    assert highest[1] == "All perspectives with a value are level: 4"
    assert highest[3] == "No step is due: what has been reached has to be kept"


def test_one_value_alone_is_not_called_the_furthest() -> None:
    assert titles(english(answers=only("P7")))[1] == "The only perspective with a value is “Senior managers”: 2"


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        ({"P1": 4, "P2": 4}, "The target for 2029 is not reached in any perspective yet"),
        ({"P1": 3, "P2": 4}, "The target for 2029 is reached in 1 of 2 perspectives"),
        ({"P1": 3, "P2": 2}, "The target for 2029 is reached in all perspectives that have one"),
    ],
)
def test_where_there_is_a_target_the_values_are_read_by_it(stages: dict[str, int], said: str) -> None:
    assert titles(english(target=Target(2029, stages)))[2] == said


def test_a_target_of_a_perspective_that_does_not_apply_is_no_gap() -> None:
    plain = example("stadt-ein-dezernat", "en")
    findings = Findings(plain.questionnaire, replace(plain.sheet, target=Target(2029, {"P2": 3, "P3": 4})), "en")
    assert titles(findings)[2] == "The target for 2029 is reached in all perspectives that have one"


def test_the_step_that_most_others_wait_for_is_named_first() -> None:
    assert titles(example("anfaengerkreis", "en"))[3] == "First “Senior managers”: one further step waits for it"


@every
def test_nobody_is_given_a_total_or_a_rank(name: str) -> None:
    said = " ".join(titles(CASES[name])).lower()
    assert not re.search(r"gesamt|platz|durchschnitt|rang|overall|rank|average|punkte|points|%", said)


# --- nothing is cut or overlaps --------------------------------------------------------------------------------------


def size_of(paragraph: Any, usual: float) -> float:
    sizes = [run.font.size.pt for run in paragraph.runs if run.font.size]
    return min(sizes, default=usual)


def usual_size(shape: Any) -> float:
    """The size that the layout gives to a place."""
    layouts = {design.BODY: design.TEXT_SIZE, design.BESIDE_PLACE: design.TEXT_SIZE, design.BELOW_PLACE: design.SMALL}
    idx = shape.placeholder_format.idx
    if idx == 0:
        return design.COVER_SIZE if shape.placeholder_format.type == 3 else design.TITLE_SIZE
    named = {1: design.NAME_SIZE, design.FOOTER_PLACE: design.SMALL, design.NUMBER_PLACE: design.SMALL}
    if shape.name in {"Legende", "Legend"}:
        return design.SMALL
    return named.get(idx) or layouts[idx]


def read(shape: Any) -> tuple[list[SlideParagraph], float]:
    """What stands in a place, as it would be measured."""
    usual, paragraphs, sizes = usual_size(shape), [], []
    for paragraph in shape.text_frame.paragraphs:
        properties = paragraph._p.pPr
        heavy = shape.placeholder_format.idx == 0 or any(run.font.bold for run in paragraph.runs)
        paragraphs.append(SlideParagraph(paragraph.text, "lead" if heavy else "text"))
        if properties is not None and properties.get("marL"):
            paragraphs[-1] = SlideParagraph(paragraph.text, "legend")
        if paragraph.level:
            paragraphs[-1] = SlideParagraph(paragraph.text, "bullet")
        sizes.append(size_of(paragraph, usual))
    return paragraphs, max(sizes)


def texts(name: str) -> Iterator[tuple[Any, list[SlideParagraph], float]]:
    for slide in opened(name).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield (shape, *read(shape))


@every
def test_no_text_is_higher_than_its_place(name: str) -> None:
    for shape, paragraphs, size in texts(name):
        assert height_of(paragraphs, shape.width.pt, size) <= shape.height.pt + 0.01, shape.text_frame.text


@every
def test_no_cell_needs_more_than_its_row_and_no_table_reaches_the_footer(name: str) -> None:
    for slide in opened(name).slides:
        for shape in (shape for shape in slide.shapes if shape.has_table):
            table = shape.table
            assert shape.top + sum(row.height for row in table.rows) <= design.FOOTER.y * design.PER_POINT
            assert sum(column.width for column in table.columns) <= (design.INNER + 1) * design.PER_POINT
            for line, row in enumerate(table.rows):
                for column, cell in zip(table.columns, row.cells, strict=True):
                    room = (column.width - cell.margin_left - cell.margin_right) / design.PER_POINT
                    size = size_of(cell.text_frame.paragraphs[0], 18)
                    needed = text_height(cell.text, room, size, bold=line == 0)
                    margins = (cell.margin_top + cell.margin_bottom) / design.PER_POINT
                    assert needed + margins <= row.height.pt + 0.01, cell.text


@every
def test_nothing_overlaps_and_everything_stands_on_the_slide(name: str) -> None:
    presentation = opened(name)
    for slide in presentation.slides:
        shapes = [shape for shape in slide.shapes if shape.element.tag != qn("p:grpSp")]
        for place, one in enumerate(shapes):
            assert one.left >= 0
            assert one.left + one.width <= presentation.slide_width
            assert one.top + one.height <= presentation.slide_height
            for other in shapes[place + 1 :]:
                beside = one.left + one.width <= other.left or other.left + other.width <= one.left
                assert beside or one.top + one.height <= other.top or other.top + other.height <= one.top


@pytest.mark.parametrize("name", [name for name in CASES if name != "nightmare"])
def test_letters_can_be_read_from_afar(name: str) -> None:
    assert all(size >= 16 for _shape, _paragraphs, size in texts(name))
    for slide in opened(name).slides:
        for shape in (shape for shape in slide.shapes if shape.has_table):
            for cell in shape.table.iter_cells():
                assert size_of(cell.text_frame.paragraphs[0], 18) >= 14


@pytest.mark.parametrize("name", ["zersplitterter-kreis-de", "anfaengerkreis-en", "highest", "part"])
def test_nothing_of_a_real_municipality_is_cut(name: str) -> None:
    findings = CASES[name]
    for slide, said in zip(opened(name).slides, deck(findings).slides, strict=True):
        everything = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert said.title == slide.shapes.title.text
        match said.body:
            case ProposalBody(proposed=proposed):
                assert all(one.text in everything for one in proposed[0])
            case Plain(paragraphs):
                assert all(one.text in everything for one in paragraphs[0])
            case PictureBody(sentences=sentences):
                assert any(all(one.text in everything for one in version) for version in sentences)
            case ValuesBody(tables=tables):
                assert [row[:-1] for row in table_of(slide)[1:]] in [[list(row) for row in one.rows] for one in tables]
            case Steps(tables=tables):
                assert table_of(slide)[1:] in [[list(row) for row in one.rows] for one in tables]


def test_a_text_gets_smaller_letters_before_fewer_words_and_is_cut_last() -> None:
    frame = Frame(0, 0, 200, 60)
    long, short = (SlideParagraph("Wort " * 30),), (SlideParagraph("Wort " * 8),)
    assert fitted((short,), frame, (20, 16), 8) == (short, 20)
    assert fitted((long, short), frame, (20, 16), 8) == (short, 20)
    cut, size = fitted(((SlideParagraph("Wort " * 500),),), frame, (20, 16), 8)
    assert size == 8
    assert cut[0].text.endswith("…")


def test_a_word_wider_than_its_place_takes_several_lines() -> None:
    assert lines_of("Donaudampfschifffahrtsgesellschaft", 60, 20) > 4
    assert lines_of("kurz und gut", 500, 20) == 1


# --- public, internal ------------------------------------------------------------------------------------------------


def outspoken() -> Findings:
    """Answers with own words everywhere, a spread by role groups, and a last time."""
    plain = example("zersplitterter-kreis")
    remark, evidence, dissent, rating = WORDS
    answers = {id: replace(answer, remark=remark, evidence=evidence) for id, answer in plain.sheet.answers.items()}
    answers["P1.1"] = Answer(3, remark=remark, evidence=evidence, dissent=dissent, unclear=True)
    del answers["P5.1"]
    counts = {Fraction(0): 5, Fraction(1): 1, Fraction(5, 2): 5}
    spread = Spread(counts, cannot_judge=2, unclear=1, roles={"leadership": {Fraction(0): 5}}, remarks=(rating,))
    sheet = replace(plain.sheet, answers=answers, spreads={"P5.1": spread}, target=FULL_TARGET)
    return Findings(plain.questionnaire, sheet, "de", DatedCheck("2024-05-01", plain.questionnaire, plain.sheet))


def test_the_public_deck_holds_nobodys_own_words() -> None:
    said = words_in(pptx(outspoken()))
    assert not any(word in said for word in WORDS)


def test_the_internal_deck_names_who_may_see_it_and_holds_dissent_in_the_notes_only() -> None:
    presentation = Presentation(BytesIO(pptx(outspoken(), "internal")))
    slides = list(presentation.slides)
    shown = " ".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
    assert WORDS[2] not in shown
    assert WORDS[2] in slides[4].notes_slide.notes_text_frame.text
    assert len({slide.shapes.title.text for slide in slides}) == 5
    assert shown.count(deck(outspoken(), "internal").footer) == 4


# --- the file --------------------------------------------------------------------------------------------------------


def test_the_same_answers_give_the_same_bytes() -> None:
    assert pptx(example("anfaengerkreis")) == pptx(example("anfaengerkreis"))


def test_the_file_carries_no_person_and_no_clock() -> None:
    about = opened("anfaengerkreis-de").core_properties
    assert (about.author, about.last_modified_by, about.comments, about.keywords) == ("", "", "", "")
    assert about.created.year == 2000
    assert about.title == deck(CASES["anfaengerkreis-de"]).title
    with ZipFile(BytesIO(written("anfaengerkreis-de"))) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [part for part in file.namelist() if "printer" in part or "thumbnail" in part]


@pytest.mark.parametrize(("name", "locale"), [("anfaengerkreis-de", "de-DE"), ("anfaengerkreis-en", "en-GB")])
def test_every_text_says_in_which_language_it_is(name: str, locale: str) -> None:
    with ZipFile(BytesIO(written(name))) as file:
        parts = [part for part in file.namelist() if part.endswith(".xml")]
        assert {found for part in parts for found in re.findall(r' lang="([^"]*)"', file.read(part).decode())} == {
            locale
        }
    for slide in opened(name).slides:
        for node in slide.element.iter(qn("a:r"), qn("a:fld")):
            assert node.find(qn("a:rPr")).get("lang") == locale


def test_colours_and_fonts_are_named_in_the_theme_only() -> None:
    with ZipFile(BytesIO(written("target"))) as file:
        for part in file.namelist():
            content = file.read(part).decode("utf-8", "replace")
            if part.endswith(".xml") and "/theme/" not in part:
                assert "srgbClr" not in content, part
                assert not re.search(r'<a:latin typeface="[^+]', content), part
            elif "/theme/" in part:
                assert 'typeface="Arial"' in content
                assert "1B3A6B" in content
                assert "Calibri" not in content


def test_nothing_moves_and_nothing_is_fetched() -> None:
    said = words_in(written("nightmare"))
    assert "<p:timing" not in said
    assert "<p:transition" not in said
    assert 'TargetMode="External"' not in said


def test_the_municipality_and_the_page_stand_on_every_slide_but_the_first() -> None:
    cover, *others = opened("anfaengerkreis-de").slides
    assert not [shape for shape in cover.placeholders if shape.placeholder_format.idx == design.FOOTER_PLACE]
    for place, slide in enumerate(others, 2):
        footer, number = list(slide.placeholders)[-2:]
        assert footer.text_frame.text == CASES["anfaengerkreis-de"].sheet.municipality
        assert number.element.find(f".//{qn('a:fld')}").get("type") == "slidenum"
        assert number.text_frame.text in {str(place), ""}


hostile = st.text(st.characters(codec=None, categories=None), max_size=300) | st.sampled_from(
    [
        "\ud800",
        "\x00\x1b",
        "\u202e\u2066",
        "<&>\"'",
        "=cmd()",
        "{name}",
        "\u00ad" * 50,
        "W" * 300,
        "😀" * 200,
        "a\n\nb\tc",
    ]
)


@settings(examples(3), phases=(Phase.explicit, Phase.generate))
@example_of(municipality="\ud800", remark="\ud800\x00", date="\ud800")
@given(municipality=hostile, remark=hostile, date=hostile)
def test_no_text_whatever_breaks_the_file(municipality: str, remark: str, date: str) -> None:
    plain = example("anfaengerkreis")
    answers = {**plain.sheet.answers, "P1.1": Answer(1, remark=remark, dissent=remark)}
    sheet: Sheet = replace(plain.sheet, municipality=municipality, date=date, answers=answers)
    content = pptx(Findings(plain.questionnaire, sheet, "de"), "internal")
    presentation = Presentation(BytesIO(content))
    assert len(list(presentation.slides)) == 5
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                paragraphs, size = read(shape)
                assert height_of(paragraphs, shape.width.pt, size) <= shape.height.pt + 0.01
