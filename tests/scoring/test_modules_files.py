"""The data of modules, their answer files, and what the checks find."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.modules.cases import failed_cases
from scoring.modules.checks import check_module
from scoring.modules.entries import ModuleSheet, OwnRow
from scoring.modules.model import Module
from scoring.modules.parse import parse_module
from scoring.modules.sheets import module_identity, parse_module_sheet, write_module_sheet
from scoring.plain.problems import Invalid
from selfcheck.reading import module_files
from selfcheck.reading.files import read_bytes
from tests.builders import perspective, questionnaire, term, terms_question, word
from tests.drawn import examples
from tests.scoring.module_strategies import modules, sheets

HOME = questionnaire(perspective("P1", "P1.1", "P1.2"), context=[terms_question("K6", term("council", word("rat")))])


def both(text: str) -> dict[str, str]:
    return {"de": f"{text} auf Deutsch", "en": f"{text} in English"}


SOURCE: dict[str, Any] = {"kind": "source", "lines": [1]}

DATA: dict[str, Any] = {
    "id": "sample",
    "version": "1",
    "questionnaire": "example",
    "title": both("Sample"),
    "about": both("About {council:gen}"),
    "perspective": "P1",
    "items": ["P1.1"],
    "options": {
        "degree": [
            {"key": "yes", "name": both("Yes"), "counts": "yes"},
            {"key": "partly", "name": both("Partly"), "counts": "partly"},
            {"key": "no", "name": both("No"), "counts": "no"},
        ],
        "users": [{"key": "x", "name": both("X")}, {"key": "y", "name": both("Y")}],
    },
    "sections": [
        {
            "id": "table",
            "name": both("Table"),
            "about": both("About the table"),
            "own": both("Own row"),
            "columns": [
                {
                    "id": "held",
                    "name": both("Held"),
                    "question": both("Held?"),
                    "kind": "choice",
                    "options": "degree",
                    "origin": SOURCE,
                },
                {
                    "id": "users",
                    "name": both("Users"),
                    "question": both("Used by?"),
                    "kind": "several",
                    "options": "users",
                    "asked_if": {"column": "held", "is": ["yes", "partly"]},
                    "origin": {"kind": "beyond"},
                },
                {
                    "id": "word",
                    "name": both("Word"),
                    "question": both("Word?"),
                    "kind": "text",
                    "origin": {"kind": "beyond"},
                },
            ],
            "groups": [
                {"id": "one", "name": both("One"), "rows": [{"id": "a", "name": both("A"), "origin": SOURCE}]},
                {
                    "id": "two",
                    "name": both("Two"),
                    "rows": [
                        {
                            "id": "b",
                            "name": both("B"),
                            "origin": SOURCE,
                            "reading": {"status": "corrected", "note": both("A letter was missing")},
                            "skips": ["word"],
                        }
                    ],
                },
            ],
        }
    ],
    "pictures": [{"kind": "groups", "section": "table"}],
    "documented": [
        {
            "id": "there",
            "municipality": "There",
            "title": both("There"),
            "as_of": both("Long ago"),
            "limits": both("Much is unknown"),
            "entries": [
                {"in": {"groups": ["one"]}, "shows": {"held": "yes"}, "text": both("Held there"), "lines": [2]}
            ],
        }
    ],
    "findings": [
        {
            "id": "nobody",
            "kind": "gap",
            "when": {"rows": {"in": {"section": "table"}, "where": {"users": {"all": ["x", "y"]}}, "at_most": 0}},
            "text": both("Nobody"),
            "items": ["P1.1"],
            "origin": SOURCE,
        }
    ],
}
CASES: list[dict[str, Any]] = [
    {
        "name": both("One held"),
        "all": {"held": "no"},
        "entries": {"a": {"held": "yes", "users": ["x", "y"]}},
        "own": {"ours": {"section": "table", "group": "two", "name": "Ours", "entries": {"held": "partly"}}},
        "expect": {
            "coverage": {
                "table": {"held": {"yes": 1, "partly": 1, "no": 1, "full": "1/3"}},
                "two": {"held": {"some": "1/2"}},
            },
            "tallies": {"table": {"users": {"x": 1, "open": 1, "apart": 1}}},
            "findings": {"nobody": "not-met"},
            "documented": {"there": {"met": ["a"]}},
            "without": {"table": ["b"]},
            "empty_groups": {"table": {"held": []}},
        },
    }
]
SAMPLE = parse_module(DATA, HOME)


def test_a_sound_module_is_read_and_has_no_problem() -> None:
    assert check_module(SAMPLE, HOME, CASES) == []


Change = Callable[[Any], object]


def column(data: Any, at: int) -> Any:
    return data["sections"][0]["columns"][at]


def first_row(data: Any) -> Any:
    return data["sections"][0]["groups"][0]["rows"][0]


def condition(data: Any, **when: Any) -> None:
    data["findings"][0]["when"] = when


def counted(**changes: Any) -> dict[str, Any]:
    return {"in": {"section": "table"}, "where": {"users": ["x"]}, "at_most": 0} | changes


MISTAKES: dict[str, tuple[Change, str, str]] = {
    "a missing translation": (lambda d: d["title"].pop("en"), "title", '"en" is missing'),
    "an empty translation": (lambda d: d["title"].update(en=" "), "title.en", "a text"),
    "a local word that is none": (lambda d: d["title"].update(en="{mayor:gen}"), "", "no local word"),
    "a row without origin": (
        lambda d: first_row(d).pop("origin"),
        "sections[0].groups[0].rows[0]",
        '"origin" is missing',
    ),
    "an origin without lines": (
        lambda d: first_row(d).update(origin={"kind": "source"}),
        "rows[0].origin",
        "without lines",
    ),
    "a finding without origin": (lambda d: d["findings"][0].pop("origin"), "findings[0]", '"origin" is missing'),
    "an unknown publication": (
        lambda d: first_row(d).update(origin={"kind": "beyond", "references": ["nowhere"]}),
        "origin.references",
        'no reference "nowhere"',
    ),
    "a reading of no source": (
        lambda d: first_row(d).update(origin={"kind": "beyond"}, reading={"status": "corrected", "note": both("?")}),
        "reading",
        "the row does not have",
    ),
    "a row that occurs twice": (lambda d: first_row(d).update(id="b"), "sections", 'the id "b" occurs 2 times'),
    "a row named like a group": (lambda d: first_row(d).update(id="two"), "sections", 'the id "two" occurs 2 times'),
    "an id that no file can carry": (lambda d: first_row(d).update(id="A b"), "sections", "only small letters"),
    "a column that occurs twice": (lambda d: column(d, 2).update(id="held"), "columns", 'the id "held" occurs'),
    "an option that occurs twice": (lambda d: d["options"]["users"][1].update(key="x"), "options", 'the id "x" occurs'),
    "a finding that occurs twice": (lambda d: d["findings"].append(d["findings"][0]), "findings", '"nobody" occurs'),
    "a case that occurs twice": (lambda d: d["documented"].append(d["documented"][0]), "documented", '"there" occurs'),
    "a group without rows": (
        lambda d: d["sections"][0]["groups"][0].update(rows=[]),
        "groups[0].rows",
        "must not be empty",
    ),
    "an unknown list of options": (
        lambda d: column(d, 0).update(options="stars"),
        "columns[0].options",
        "one of: degree",
    ),
    "a text with options": (lambda d: column(d, 2).update(options="degree"), "columns[2]", "needs options, unless"),
    "a choice without options": (lambda d: column(d, 0).pop("options"), "columns[0]", "needs options, unless"),
    "options without a no": (
        lambda d: d["options"]["degree"].pop(),
        "columns[0].options",
        "at least one yes and one no",
    ),
    "options that count in part": (
        lambda d: d["options"]["degree"][1].pop("counts"),
        "columns[0].options",
        "either every",
    ),
    "several options that count": (
        lambda d: column(d, 1).update(options="degree"),
        "columns[1].options",
        "several options cannot count",
    ),
    "a gate that does not exist": (
        lambda d: column(d, 1)["asked_if"].update(column="gate"),
        "columns[1].asked_if",
        "names no other column",
    ),
    "a gate with an unknown option": (
        lambda d: column(d, 1)["asked_if"].update({"is": ["yes", "maybe"]}),
        "asked_if.is",
        'no option "maybe"',
    ),
    "a gate that is always open": (
        lambda d: column(d, 1)["asked_if"].update({"is": ["yes", "partly", "no"]}),
        "asked_if.is",
        "not all",
    ),
    "a row that skips an unknown column": (lambda d: first_row(d).update(skips=["size"]), "skips", 'no column "size"'),
    "a row that skips everything": (
        lambda d: first_row(d).update(skips=["held", "users", "word"]),
        "skips",
        "nothing is asked",
    ),
    "an unknown section": (lambda d: condition(d, rows=counted(**{"in": {"section": "s"}})), "when", 'no section "s"'),
    "an unknown group": (lambda d: condition(d, rows=counted(**{"in": {"groups": ["g"]}})), "when", 'no group "g"'),
    "an unknown row": (lambda d: condition(d, row={"id": "z", "where": {"held": "yes"}}), "when", 'no row "z"'),
    "an unknown column": (
        lambda d: condition(d, rows=counted(where={"size": ["x"]})),
        "when",
        'no column with options "size"',
    ),
    "a text in a condition": (lambda d: condition(d, rows=counted(where={"word": ["x"]})), "when", '"word" here'),
    "an unknown option": (
        lambda d: condition(d, rows=counted(where={"users": ["z"]})),
        "when",
        'no option of users "z"',
    ),
    "no option at all": (lambda d: condition(d, rows=counted(where={"users": []})), "when", "names no option"),
    "no column at all": (lambda d: condition(d, rows=counted(where={})), "when", "looks at no column"),
    "all of one option": (
        lambda d: condition(d, rows=counted(where={"held": {"all": ["yes"]}})),
        "when",
        "all needs several",
    ),
    "no bound": (
        lambda d: condition(d, rows={"in": {"section": "table"}, "where": {"held": "yes"}}),
        "rows",
        "needs at_least",
    ),
    "bounds the wrong way round": (
        lambda d: condition(d, rows=counted(at_least=1)),
        "when",
        "at_least exceeds at_most",
    ),
    "two ways to select": (
        lambda d: condition(d, rows=counted(**{"in": {"section": "table", "groups": ["one"]}})),
        "rows.in",
        "exactly one of: section, groups, rows",
    ),
    "a kind of condition that does not exist": (lambda d: condition(d, eval="1"), "when", "exactly one of: row, rows"),
    "a condition of nothing": (lambda d: condition(d, all=[]), "when", "must not be empty"),
    "a finding that always holds": (lambda d: condition(d, rows=counted(at_most=9)), "when", "always or never"),
    "a finding that looks twice": (
        lambda d: condition(d, any=[{"rows": counted()}, {"row": {"id": "a", "where": {"users": ["y"]}}}]),
        "when",
        "looks at a/users more than once",
    ),
    "a finding that looks twice through a gate": (
        lambda d: condition(d, any=[{"rows": counted()}, {"row": {"id": "a", "where": {"held": "no"}}}]),
        "when",
        "looks at a/held more than once",
    ),
    "a finding about another item": (
        lambda d: d["findings"][0].update(items=["P1.2"]),
        "items",
        'item of the module "P1.2"',
    ),
    "a finding about no item": (lambda d: d["findings"][0].update(items=[]), "items", "must not be empty"),
    "an item no finding bears on": (lambda d: d["items"].append("P1.2"), "items", "no finding bears on P1.2"),
    "an unknown item": (lambda d: d.update(items=["P1.1", "P9.9"]), "items", 'no item "P9.9"'),
    "an unknown perspective": (lambda d: d.update(perspective="P9"), "perspective", 'no perspective "P9"'),
    "another questionnaire": (lambda d: d.update(questionnaire="kitchen"), "questionnaire", '"kitchen"'),
    "a case about an unknown option": (
        lambda d: d["documented"][0]["entries"][0].update(shows={"held": "maybe"}),
        "documented[0].entries[0]",
        'no option of held "maybe"',
    ),
    "a case without lines": (lambda d: d["documented"][0]["entries"][0].update(lines=[]), "lines", "must not be empty"),
    "a column that serves nothing": (
        lambda d: d["sections"][0]["columns"].append(column(d, 0) | {"id": "idle"}),
        "columns[3]",
        '"idle" serves no finding',
    ),
    "no picture": (lambda d: d.update(pictures=[]), "pictures", "must not be empty"),
    "a picture of an unknown section": (
        lambda d: d["pictures"][0].update(section="s"),
        "pictures[0].section",
        'no section "s"',
    ),
    "a picture of an unknown kind": (
        lambda d: d["pictures"][0].update(kind="cake"),
        "pictures[0].kind",
        "one of: rows",
    ),
    "a picture of groups without a column that counts": (
        lambda d: (d["sections"][0].update(columns=d["sections"][0]["columns"][2:]), d["findings"].clear()),
        "pictures[0].section",
        "no column that counts",
    ),
    "a key that does not exist": (lambda d: d.update(author="?"), "author", "is not expected here"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_the_check_finds(name: str) -> None:
    change, place, message = MISTAKES[name]
    data = deepcopy(DATA)
    change(data)
    with pytest.raises(Invalid) as caught:
        parse_module(data, HOME)
    found = [(problem.path, problem.message.en) for problem in caught.value.problems]
    assert any(place in path and message in text for path, text in found), found
    assert all(problem.message.de for problem in caught.value.problems)


WRONG: dict[str, tuple[Change, str, str]] = {
    "a count": (lambda e: e["coverage"]["table"]["held"].update(yes=2), "coverage.table.held.yes", "found is 1"),
    "a share": (
        lambda e: e["coverage"]["two"]["held"].update(some="1/3"),
        "coverage.two.held.some",
        "found is ['1/2']",
    ),
    "a range that is settled": (lambda e: e["coverage"]["two"]["held"].update(some=[0, 1]), "some", "found is ['1/2']"),
    "a tally": (lambda e: e["tallies"]["table"]["users"].update(x=2), "tallies.table.users.x", "found is 1"),
    "a finding": (lambda e: e["findings"].update(nobody="met"), "findings.nobody", "found is not-met"),
    "a case beside": (lambda e: e["documented"]["there"].update(met=[]), "documented.there.met", "found is ['a']"),
    "a row without": (lambda e: e["without"].update(table=[]), "without.table", "found is ['b']"),
    "an empty group": (
        lambda e: e["empty_groups"]["table"].update(held=["one"]),
        "empty_groups.table.held",
        "found is []",
    ),
    "an unknown finding": (lambda e: e["findings"].update(somebody="met"), "findings.somebody", "is not expected here"),
    "an unknown section": (lambda e: e["coverage"].update(three={}), "coverage.three", "is not expected here"),
    "an unknown column": (
        lambda e: e["coverage"]["table"].update(size={}),
        "coverage.table.size",
        "is not expected here",
    ),
    "an unknown case": (lambda e: e["documented"].update(here={}), "documented.here", "is not expected here"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_worked_example_that_does_not_come_out_is_found(name: str) -> None:
    change, place, message = WRONG[name]
    cases = deepcopy(CASES)
    change(cases[0]["expect"])
    (problem,) = check_module(SAMPLE, HOME, cases)
    assert problem.path.startswith("cases[0].expect.")
    assert problem.path.endswith(place)
    assert message in problem.message.en


def test_a_worked_example_with_entries_that_do_not_exist_is_found() -> None:
    (problem,) = failed_cases(SAMPLE, [CASES[0] | {"entries": {"z": {"held": "yes"}}}])
    assert problem.path == "[0].entries.z"


def test_a_module_needs_a_worked_example() -> None:
    assert [problem.message.en for problem in failed_cases(SAMPLE, [])] == ["at least one worked example is missing"]


# answer files


def read(**given: Any) -> ModuleSheet:
    return parse_module_sheet({"module": "sample", "version": "1"} | given, SAMPLE)


def mistakes(**given: Any) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        read(**given)
    return [(problem.path, problem.message.en) for problem in caught.value.problems]


def test_an_answer_file_says_what_it_belongs_to() -> None:
    assert module_identity({"module": "sample", "version": "1"}) == ("sample", "1")
    with pytest.raises(Invalid):
        module_identity({"entries": {}})


def test_an_answer_file_holds_entries_own_rows_and_remarks() -> None:
    found = read(
        municipality="Musterau",
        entries={"a": {"held": "yes", "users": ["y", "x"], "word": "Rat"}, "b": None},
        own={"ours": {"section": "table", "group": "two", "name": "Ours", "entries": {"held": "no"}}},
        remarks={"a": "See the minutes", "ours": "New"},
        remark="First try",
    )
    assert found == ModuleSheet(
        "sample",
        "1",
        municipality="Musterau",
        entries={"a": {"held": "yes", "users": ("x", "y"), "word": "Rat"}},
        own={"ours": OwnRow("table", "two", "Ours", {"held": "no"})},
        remarks={"a": "See the minutes", "ours": "New"},
        remark="First try",
    )


def test_what_is_left_empty_is_open_but_an_empty_list_says_none_of_them() -> None:
    assert read(entries={"a": {"held": None, "users": [], "word": " "}}).entries == {"a": {"users": ()}}


@pytest.mark.parametrize(
    ("given", "place", "message"),
    [
        ({"version": "2"}, "version", 'belongs to "sample 2"'),
        ({"entries": {"z": {}}}, "entries.z", 'no row "z"'),
        ({"entries": {"a": {"size": "yes"}}}, "entries.a.size", "allowed are: held, users, word"),
        ({"entries": {"b": {"word": "Rat"}}}, "entries.b.word", "allowed are: held, users"),
        ({"entries": {"a": {"held": "maybe"}}}, "entries.a.held", "one of: yes, partly, no"),
        ({"entries": {"a": {"held": True}}}, "entries.a.held", "one of: yes"),
        ({"entries": {"a": {"users": "x"}}}, "entries.a.users", "a list"),
        ({"entries": {"a": {"users": ["x", "x"]}}}, "entries.a.users", "twice"),
        ({"entries": {"a": {"word": 7}}}, "entries.a.word", "in quotation marks"),
        ({"entries": {"a": {"word": "x" * 501}}}, "entries.a.word", "at most 500"),
        ({"own": {"a": {"section": "table", "group": "one", "name": "A"}}}, "own.a", "is taken"),
        ({"own": {"Our row": {"section": "table", "group": "one", "name": "A"}}}, "own.Our row", "no id"),
        ({"own": {"ours": {"section": "table", "group": "three", "name": "A"}}}, "own.ours.group", "one of: one, two"),
        ({"own": {"ours": {"section": "table", "group": "one"}}}, "own.ours", '"name" is missing'),
        ({"remarks": {"z": "?"}}, "remarks.z", 'no row "z"'),
        ({"score": 3}, "score", "is not expected here"),
    ],
)
def test_a_mistake_in_an_answer_file_is_named_with_its_place(given: Any, place: str, message: str) -> None:
    found = mistakes(**given)
    assert any(path == place and message in text for path, text in found), found


def test_rows_of_ones_own_are_refused_where_no_section_takes_them() -> None:
    data = deepcopy(DATA)
    del data["sections"][0]["own"]
    own = {"ours": {"section": "table", "group": "one", "name": "A"}}
    with pytest.raises(Invalid) as caught:
        parse_module_sheet({"module": "sample", "version": "1", "own": own}, parse_module(data, HOME))
    assert "no rows of one's own" in caught.value.problems[0].message.en


@examples(40)
@given(modules(), st.data())
def test_a_sheet_that_is_written_and_read_is_the_same_sheet(made: Module, data: st.DataObject) -> None:
    here = data.draw(sheets(made))
    assert parse_module_sheet(write_module_sheet(here), made) == here
    for written, name in ((module_files.as_yaml(here), "a.yaml"), (module_files.as_json(here), "a.json")):
        assert parse_module_sheet(read_bytes(written.encode(), name).data, made) == here
