"""The six modules that ship with the product."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model.wording import LocalWords, Wording
from scoring.modules.assess import assess_module
from scoring.modules.entries import ModuleSheet
from scoring.modules.model import Module
from scoring.modules.result import Range
from scoring.modules.sheets import parse_module_sheet
from selfcheck.reading import module_files, modules_catalogue
from selfcheck.reading.files import UnusableFile, read_bytes, read_file
from tests.drawn import examples
from tests.scoring.module_strategies import sheets
from tests.scoring.strategies import REAL

MODULES = {module.id: module for module in modules_catalogue.all_newest()}
each = pytest.mark.parametrize("module", MODULES.values(), ids=MODULES.keys())


def test_there_are_six_modules_each_for_its_perspective() -> None:
    assert {id: module.perspective for id, module in MODULES.items()} == {
        "paper-route": "P1",
        "action-fields": "P4",
        "spaces": "P5",
        "indicators": "P6",
        "steering-bodies": "P7",
        "network": "P8",
    }


@each
def test_a_module_is_sound_and_its_worked_examples_come_out(module: Module) -> None:
    _, cases = modules_catalogue.check(modules_catalogue.folder(module.id, module.version))
    assert cases >= 3


@each
def test_with_nothing_entered_everything_is_open_and_every_finding_unknown(module: Module) -> None:
    result = assess_module(module, ModuleSheet(module.id, module.version))
    assert result.found(None) == result.findings
    for found in result.sections:
        for coverage in found.coverage.values():
            assert coverage.full == coverage.some == Range(Fraction(0), Fraction(1))


@each
@examples(8)
@given(data=st.data())
def test_entries_survive_their_answer_file(module: Module, data: st.DataObject) -> None:
    here = data.draw(sheets(module, share_open=2))
    document = read_bytes(module_files.as_yaml(here).encode(), "answers.yaml")
    assert module_files.interpret(document) == (module, here)


@each
def test_the_worked_examples_show_every_finding_met_and_not_met(module: Module) -> None:
    cases = read_file(modules_catalogue.folder(module.id, module.version) / "cases.yaml").data
    expected = {pair for case in cases for pair in case["expect"].get("findings", {}).items()}
    shown = {(finding.id, word) for finding in module.findings for word in ("met", "not-met")}
    assert shown - expected == set()


@each
def test_every_text_can_be_said_in_the_words_of_every_municipality(module: Module) -> None:
    for number in range(8):
        chosen = {id: term.words[number % len(term.words)] for id, term in REAL.terms.items()}
        words = LocalWords(chosen)
        for wording in wordings(module):
            for said in (words.fill(wording, "de"), words.fill(wording, "en")):
                assert "{" not in said
                assert "  " not in said


@each
def test_nothing_garbled_and_no_firm_is_shown(module: Module) -> None:
    garbled = ("Abkürzung", "jurfer", "Wohngeleit", "Vorzugstatus", "Haupterdiener", "SchichtE", "Zusammengesetzte")
    firms = (
        "con_sens",
        "mehrwerte",
        "linkFISH",
        "Lüttringhaus",
        "Format Comm",
        "PHINEO",
        "Regio Kliniken",
        "CDU",
        "SPD",
    )
    said = " ".join(wording.de + wording.en for wording in wordings(module))
    assert [word for word in (*garbled, *firms) if word in said] == []


def test_the_indicators_are_the_79_numbers_of_the_source_in_13_domains() -> None:
    (section,) = MODULES["indicators"].sections
    assert [row.id for row in section.rows] == [f"i-{number:02}" for number in range(1, 80)]
    assert [len(group.rows) for group in section.groups] == [6, 13, 10, 6, 11, 5, 7, 5, 5, 2, 3, 4, 2]
    for line, group in enumerate(section.groups, 219):
        assert {row.origin.lines for row in group.rows} == {(line,)}


def test_a_reconstructed_indicator_is_never_called_a_statement_of_the_source() -> None:
    readings = {
        row.id: (row.reading.status, row.origin.kind) for row in MODULES["indicators"].rows.values() if row.reading
    }
    assert {id for id, (status, _) in readings.items() if status == "reconstructed"} == {
        f"i-{number:02}" for number in (9, 10, 14, 17, 29, 38, 45, 54)
    }
    assert all(kind == "derived" for status, kind in readings.values() if status == "reconstructed")
    assert all(kind == "source" for status, kind in readings.values() if status == "corrected")


def test_the_network_covers_every_partner_line_of_the_source() -> None:
    partners = MODULES["network"].section("partners")
    lines = [line for row in partners.rows for line in row.origin.lines]
    groups = [range(289, 319), [*range(322, 328), *range(329, 338)], range(341, 353), range(356, 372)]
    assert sorted(lines) == [line for group in groups for line in group]
    assert len(lines) == 73


def test_pinneberg_has_eleven_fields_and_emden_a_chain_of_six() -> None:
    fields_, chain = MODULES["action-fields"].sections
    assert (len(fields_.rows), len(chain.rows)) == (11, 6)


def test_a_module_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UnusableFile) as caught:
        modules_catalogue.folder("weather", "1")
    assert "network 2026-1" in caught.value.problems[0].message.en


def test_a_broken_module_file_is_named_with_its_line(tmp_path: Path) -> None:
    source = modules_catalogue.folder("network", "2026-1") / "module.yaml"
    (tmp_path / "module.yaml").write_text(source.read_text().replace("kind: several", "kind: multiple"))
    with pytest.raises(UnusableFile) as caught:
        modules_catalogue.read(tmp_path)
    assert caught.value.problems[0].line


def test_a_mistake_in_an_answer_file_is_named_with_its_line() -> None:
    text = "module: network\nversion: 2026-1\nentries:\n  job-centre:\n    involved: maybe\n"
    with pytest.raises(UnusableFile) as caught:
        module_files.interpret(read_bytes(text.encode(), "a.yaml"))
    assert [(problem.line, problem.path) for problem in caught.value.problems] == [(5, "entries.job-centre.involved")]


def test_an_answer_file_may_be_empty_but_for_its_module() -> None:
    module = MODULES["network"]
    assert parse_module_sheet({"module": module.id, "version": module.version}, module).entries == {}


def wordings(value: Any) -> Iterator[Wording]:
    """Every wording inside."""
    if isinstance(value, Wording):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from wordings(getattr(value, field.name))
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from wordings(part)
