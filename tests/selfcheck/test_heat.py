"""The heat table: a number in every cell, a shade that grows with the stage, and gaps that are never zero."""

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model.spreads import Spread
from selfcheck.charts.heat import SHADES, Absence, Gap, Heat, HeatCell, HeatRow
from selfcheck.charts.looks import on_page, on_sheet
from selfcheck.charts.profile import heat
from selfcheck.reading import answer_files
from selfcheck.words.findings import Findings

SVG = "{http://www.w3.org/2000/svg}"
EXAMPLES = Path(__file__).parents[2] / "examples"
HOSTILE = '<script>alert("1")</script> & \' ]]> \x00\ud800'
STAGES = ("Noch nicht begonnen", "Einzelne Ansätze", "Vereinbart", "Gelebte Praxis", "Verankert und überprüft")
GAPS: dict[Absence, str] = {
    "open": "offen",
    "cannot judge": "nicht zu beurteilen",
    "not applicable": "nicht anwendbar",
    "not asked": "nicht gefragt",
}


def table(*cells: HeatCell, **more: object) -> Heat:
    """One row of cells, which get labels unless there are columns."""
    labelled = [
        cell if "columns" in more or cell.label else replace(cell, label=f"P1.{n}") for n, cell in enumerate(cells)
    ]
    return Heat("Selbstcheck", (HeatRow("P1", "Auftrag", tuple(labelled)),), **more)  # type: ignore[arg-type]


def value(points: float, **more: object) -> HeatCell:
    return HeatCell(Fraction(points), **more)  # type: ignore[arg-type]


def drawn(chart: Heat, width: int = 700) -> ElementTree.Element:
    return ElementTree.fromstring(on_page(chart, width))


def cells(svg: ElementTree.Element) -> list[ElementTree.Element]:
    """The cells of the table; the samples of the legend do not count."""
    rows = [one for one in svg.iter(f"{SVG}g") if one.get("class") == "chart-row"]
    return [one for row in rows for one in row.iter(f"{SVG}g") if one.get("class") == "chart-cell"]


def written(part: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in part.iter(f"{SVG}text")]


def described(svg: ElementTree.Element) -> str:
    return svg.findtext(f"{SVG}desc") or ""


def example(name: str) -> Findings:
    return answer_files.findings(EXAMPLES / f"{name}.yaml", "de")


# --- numbers and shades ------------------------------------------------------------------------------------------


def test_every_value_stands_as_a_number_in_its_cell() -> None:
    svg = drawn(table(value(0), value(1), value(2.5), value(4)))

    assert [written(cell)[-1] for cell in cells(svg)] == ["0", "1", "2,5", "4"]


def luminance(colour: str) -> float:
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    return float(116 * luminance(colour) ** (1 / 3) - 16)


def test_letters_can_be_read_on_every_shade() -> None:
    assert min(contrast(shade, letters) for shade, letters in SHADES) >= 4.5


def test_shades_stay_apart_on_a_grey_printer() -> None:
    steps = [lightness(paler) - lightness(darker) for (paler, _), (darker, _) in pairwise(SHADES)]

    assert min(steps) > 11


def test_the_drawn_cell_has_the_shade_and_the_letters_that_belong_together() -> None:
    sheet = ElementTree.fromstring(on_sheet(table(*map(value, range(5))), "full").svg)

    for cell, (shade, letters) in zip(cells(sheet), SHADES, strict=True):
        [rect] = cell.iter(f"{SVG}rect")
        assert rect.get("fill") == shade
        assert {text.get("fill") for text in cell.iter(f"{SVG}text")} == {letters}


def shade_of(points: float, maximum: int = 4) -> int:
    [cell] = cells(drawn(table(value(points), maximum=maximum)))
    [rect] = cell.iter(f"{SVG}rect")
    found = re.match(r"var\(--chart-heat-(\d),", rect.get("fill", ""))
    assert found
    return int(found[1])


def test_the_shade_is_that_of_the_stage_reached_in_full() -> None:
    assert [shade_of(points) for points in (0, 0.5, 1, 2.5, 3.75, 4)] == [0, 0, 1, 2, 3, 4]


@given(st.integers(1, 12), st.data())
def test_a_higher_value_is_never_paler(maximum: int, data: st.DataObject) -> None:
    values = st.integers(0, 4 * maximum).map(lambda quarter: quarter / 4)
    low, high = sorted((data.draw(values), data.draw(values)))

    assert shade_of(low, maximum) <= shade_of(high, maximum)
    assert (shade_of(0, maximum), shade_of(maximum, maximum)) == (0, 4)


# --- what is missing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", GAPS)
def test_a_gap_has_no_shade_and_no_number_and_is_said_in_words(kind: Absence) -> None:
    svg = drawn(table(HeatCell(Gap(kind, "Weil es so ist."))))
    [cell] = cells(svg)

    assert not [one for one in cell.iter() if one.get("class") == "chart-shade"]
    assert not any(character.isdigit() for character in "".join(written(cell)[1:]))
    assert GAPS[kind] in written(svg)
    assert f"{GAPS[kind]} (Weil es so ist.)" in described(svg)


def test_the_four_kinds_of_gap_look_different_without_colour() -> None:
    looks = set()
    for kind in GAPS:
        [cell] = cells(drawn(table(HeatCell(Gap(kind)))))
        shapes = [(one.get("class"), one.get("stroke-dasharray")) for one in cell if one.tag != f"{SVG}text"]
        looks.add((str(shapes[-1:]), "".join(written(cell)[1:])))

    assert len(looks) == 4


def test_the_legend_names_only_the_gaps_that_occur() -> None:
    said = written(drawn(table(value(1), HeatCell(Gap("open")))))

    assert "offen" in said
    assert not {"nicht zu beurteilen", "nicht anwendbar", "nicht gefragt"} & set(said)


def test_a_reason_stands_once_below_the_table_with_all_its_cells() -> None:
    gap = Gap("not applicable", "Es gibt kein eigenes Jugendamt.")
    said = " ".join(written(drawn(table(HeatCell(gap), value(2), HeatCell(gap)))))

    assert "P1.0, P1.2: Es gibt kein eigenes Jugendamt." in said
    assert said.count("Es gibt kein eigenes Jugendamt.") == 1


def test_a_median_that_nobody_agreed_on_stands_in_brackets() -> None:
    svg = drawn(table(value(2, agreed=False), value(2)))

    assert [written(cell)[-1] for cell in cells(svg)] == ["(2)", "2"]
    assert "Median, noch nicht vereinbart" in written(svg)
    assert "P1.0: 2 (Median, noch nicht vereinbart); P1.1: 2." in described(svg)


def test_where_a_row_has_no_cell_nothing_is_drawn() -> None:
    rows = (
        HeatRow("a", "Kreis A", (value(1), None, value(3))),
        HeatRow("b", "Kreis B", (value(1), value(2), value(3))),
    )
    svg = drawn(Heat("Vergleich", rows, ("eins", "zwei", "drei")))

    assert len(cells(svg)) == 5
    assert "Kreis A: eins: 1; drei: 3." in described(svg)


# --- columns -----------------------------------------------------------------------------------------------------


def test_columns_are_named_above_them_where_there_is_room() -> None:
    said = written(drawn(table(value(1), value(2), columns=("Auftrag", "Netz"))))

    assert {"Auftrag", "Netz"} <= set(said)
    assert "1 Auftrag" not in said


def test_columns_with_long_names_are_numbered_and_listed_below() -> None:
    names = ("Gegenstromprinzip", "Planungsphilosophie")
    said = written(drawn(table(value(3), value(3), columns=names, stage_names=STAGES)))

    assert {"1", "2", "1 Gegenstromprinzip", "2 Planungsphilosophie"} <= set(said)


# --- one municipality --------------------------------------------------------------------------------------------


def test_every_item_has_a_cell_in_the_row_of_its_perspective_with_the_stage_that_stands() -> None:
    findings = example("zersplitterter-kreis")
    svg = drawn(heat(findings))
    shown = {written(cell)[0]: written(cell)[-1] for cell in cells(svg)}

    assert set(shown) == set(findings.questionnaire.items)
    for item in findings.questionnaire.items.values():
        choice, _ = findings.sheet.standing(item)
        assert shown[item.id] == ("?" if choice is None else str(choice))


def test_what_a_rule_takes_out_is_not_applicable_and_says_which_rule() -> None:
    findings = example("stadt-ein-dezernat")
    [row] = [row for row in heat(findings).rows if row.id == "P3"]

    for cell in row.cells:
        assert cell is not None
        assert isinstance(cell.content, Gap)
        assert cell.content.kind == "not applicable"
        assert cell.content.why.startswith("Alle vorhandenen Planungsfelder")


def test_items_outside_the_chosen_check_are_not_asked_and_not_open() -> None:
    findings = example("leer")
    short = replace(findings, sheet=replace(findings.sheet, scope=("P1",)))
    kinds = {
        row.id: {cell.content.kind for cell in row.cells if cell and isinstance(cell.content, Gap)}
        for row in heat(short).rows
    }

    assert kinds.pop("P1") == {"open"}
    assert set(map(frozenset, kinds.values())) == {frozenset({"not asked"})}
    assert "nicht Teil dieses Selbstchecks" in written(drawn(heat(short)))


def test_the_median_of_individual_ratings_is_not_yet_agreed() -> None:
    findings = example("leer")
    spreads = {"P1.1": Spread({Fraction(1): 1, Fraction(2): 4})}
    rated = replace(findings, sheet=replace(findings.sheet, spreads=spreads))
    [cell] = [cell for cell in heat(rated).cells() if cell.label == "P1.1"]

    assert (cell.content, cell.agreed) == (Fraction(2), False)


def test_a_whole_page_names_every_item_and_smaller_ones_do_not() -> None:
    chart = heat(example("zersplitterter-kreis"))
    page, half = (written(ElementTree.fromstring(on_sheet(chart, size).svg)) for size in ("full", "half"))

    assert "Politischer Beschluss" in page
    assert "Politischer Beschluss" not in half


# --- the drawing -------------------------------------------------------------------------------------------------


def test_on_a_page_every_colour_can_be_replaced_and_no_style_is_needed() -> None:
    gaps = [HeatCell(Gap(kind)) for kind in GAPS]
    source = on_page(table(*map(value, range(5)), *gaps))

    assert "style" not in source.replace("font-style", "")
    colours = re.findall(r'(?:fill|stroke)="([^"]*)"', source)
    assert all(colour == "none" or re.fullmatch(r"var\(--chart-[\w-]+, .+\)", colour) for colour in colours)
    assert {f"var(--chart-heat-text-{n}" in source for n in range(5)} == {True}


def test_the_drawing_is_an_image_with_name_description_and_language() -> None:
    svg = drawn(table(value(1), language="en"))
    names = [svg.find(f"{SVG}{part}") for part in ("title", "desc")]

    assert (svg.get("role"), svg.get("lang")) == ("img", "en")
    assert (svg.get("aria-labelledby") or "").split() == [one.get("id") for one in names if one is not None]
    assert described(svg).startswith("Table with stages 0 to 4. Auftrag: P1.0: 1.")


def test_hostile_words_stay_words() -> None:
    cell = HeatCell(Gap("not applicable", HOSTILE), HOSTILE, HOSTILE)
    svg = drawn(Heat(HOSTILE, (HeatRow(HOSTILE, HOSTILE, (cell,)),), stage_names=(HOSTILE,) * 5))

    assert not list(svg.iter(f"{SVG}script"))
    assert '<script>alert("1")</script> & \' ]]>' in described(svg)


def test_the_same_table_is_the_same_bytes_and_another_has_ids_of_its_own() -> None:
    one, other = on_page(table(value(1))), on_page(table(value(2)))

    assert one == on_page(table(value(1)))
    assert not set(re.findall(r' id="([^"]+)"', one)) & set(re.findall(r' id="([^"]+)"', other))


@pytest.mark.parametrize(
    ("cell", "more", "said"),
    [
        (value(5), {}, "P1: 5 does not lie between 0 and 4"),
        (value(1), {"maximum": 0}, "must be at least 1"),
        (value(1), {"stage_names": ("one",)}, "expected 5, there are 1"),
        (value(1), {"columns": ()}, "every cell needs a label"),
    ],
)
def test_a_table_that_could_only_be_drawn_wrongly_is_refused(
    cell: HeatCell, more: dict[str, object], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        table(cell, **more)


def test_more_cells_than_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="2 cells stand in a row, and 1 columns have a name"):
        table(value(1), value(2), columns=("eins",))
