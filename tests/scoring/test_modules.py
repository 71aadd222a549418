"""What entries in a module amount to."""

from dataclasses import fields
from fractions import Fraction
from math import prod

from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.model.logic import AllOf, AnyOf, Not, Truth
from scoring.modules.assess import assess_module
from scoring.modules.checks import check_module
from scoring.modules.conditions import GroupsBetween, RowIs, RowsBetween, Selection, Wanted
from scoring.modules.entries import ModuleSheet, OwnRow
from scoring.modules.model import ColumnGate, Module
from scoring.modules.result import CaseComparison, Coverage, EntryComparison, ModuleResult, Range
from tests.builders import perspective, questionnaire
from tests.drawn import examples
from tests.scoring.module_strategies import (
    choice,
    completions,
    documented,
    filled_in,
    finding,
    group,
    module,
    modules,
    open_cells,
    row,
    section,
    several,
    sheet,
    sheets,
    shown,
    text,
    values_of,
    where,
)

HELD = choice("held")
SMALL = choice("small", asked_if=ColumnGate("held", ("yes", "partly")))
TABLE = section("table", [HELD, SMALL], group("one", "a", "b"), group("two", "c"))
HOME = questionnaire(perspective("P1", "P1.1"))

ALL_OPEN = Range(Fraction(0), Fraction(1))


def coverage(on: ModuleSheet, column: str = "held", among: str | None = None) -> Coverage:
    found = assess_module(module(TABLE), on).section("table")
    return (found.groups[among] if among else found.coverage)[column]


def truth(condition: object, on: ModuleSheet) -> Truth:
    made = module(TABLE, findings=[finding("f", condition)])  # type: ignore[arg-type]
    return assess_module(made, on).finding("f").holds


# coverage


def test_nothing_entered_is_a_range_from_none_to_all_and_never_a_no() -> None:
    found = coverage(sheet())
    assert (found.no, found.open, found.full, found.some) == ((), ("a", "b", "c"), ALL_OPEN, ALL_OPEN)


def test_a_share_is_exact() -> None:
    found = coverage(sheet(a={"held": "yes"}, b={"held": "partly"}, c={"held": "no"}))
    assert found.full == Range(Fraction(1, 3), Fraction(1, 3))
    assert found.some == Range(Fraction(2, 3), Fraction(2, 3))


def test_what_stands_apart_is_in_no_share() -> None:
    found = coverage(sheet(a={"held": "yes"}, b={"held": "not-here"}, c={"held": "not-here"}))
    assert (found.apart, found.full) == (("b", "c"), Range(Fraction(1), Fraction(1)))


def test_a_share_of_nothing_is_no_number() -> None:
    found = coverage(sheet(c={"held": "not-here"}), among="two")
    assert (found.full, found.some) == (None, None)


def test_a_group_has_a_coverage_of_its_own() -> None:
    assert coverage(sheet(a={"held": "yes"}, b={"held": "yes"}), among="one").yes == ("a", "b")
    assert coverage(sheet(a={"held": "yes"}, b={"held": "yes"}), among="two").open == ("c",)


def test_what_is_not_held_is_not_asked_further() -> None:
    found = coverage(sheet(a={"held": "no"}, b={"held": "yes", "small": "no"}), "small")
    assert (found.apart, found.no, found.open) == (("a",), ("b",), ("c",))


def test_an_entry_that_hangs_on_an_open_one_is_not_settled_yet() -> None:
    assert coverage(sheet(a={"small": "yes"}), "small").open == ("a", "b", "c")


def test_a_yes_that_may_turn_out_not_asked_does_not_lift_the_lowest_share() -> None:
    found = coverage(sheet(a={"small": "yes"}, b={"held": "yes", "small": "no"}, c={"held": "no"}), "small")
    assert found.full == Range(Fraction(0), Fraction(1, 2))


def test_an_entry_left_behind_by_another_is_not_counted() -> None:
    assert coverage(sheet(a={"held": "no", "small": "yes"}), "small").apart == ("a",)


def test_a_row_is_not_asked_for_a_column_it_skips() -> None:
    made = module(section("table", [HELD, SMALL], group("one", row("a", "small"), "b")))
    assert assess_module(made, sheet()).section("table").coverage["small"].apart == ("a",)


def test_a_row_of_ones_own_counts_in_its_group() -> None:
    found = coverage(sheet({"own-1": OwnRow("table", "two", "Our own", {"held": "yes"})}), among="two")
    assert (found.yes, found.open) == (("own-1",), ("c",))


def test_a_row_without_anything_is_a_gap_only_when_nothing_in_it_can_still_count() -> None:
    found = assess_module(module(TABLE), sheet(a={"held": "no"}, b={"held": "not-here"})).section("table")
    assert found.without == ("a",)


def test_a_group_is_empty_only_when_it_certainly_is() -> None:
    made = module(TABLE)
    certainly = assess_module(made, sheet(a={"held": "no"}, b={"held": "no"})).section("table")
    perhaps = assess_module(made, sheet(a={"held": "no"})).section("table")
    assert (certainly.empty_groups["held"], perhaps.empty_groups["held"]) == (("one",), ())
    may_not_be_asked = assess_module(made, sheet(c={"small": "no"})).section("table")
    assert may_not_be_asked.empty_groups["small"] == ()


def test_several_options_are_tallied_and_none_of_them_is_an_entry_too() -> None:
    made = module(section("table", [several("users", "x", "y")], group("one", "a", "b", "c")))
    found = assess_module(made, sheet(a={"users": ("x", "y")}, b={"users": ()})).section("table").tallies["users"]
    assert (dict(found.options), found.nothing, found.open) == ({"x": ("a",), "y": ("a",)}, ("b",), ("c",))


def test_progress_counts_what_is_asked_so_far_and_no_texts() -> None:
    made = module(section("table", [HELD, SMALL, text("word")], group("one", "a", "b")))
    result = assess_module(made, sheet(a={"held": "yes", "word": "Ours"}))
    assert (result.settled, result.asked) == (1, 3)


def test_a_result_has_no_total() -> None:
    assert {"total", "score", "value", "share"}.isdisjoint(dir(assess_module(module(TABLE), sheet())))


# findings


def test_a_count_of_rows_is_unknown_while_open_entries_can_decide_it() -> None:
    none_held = RowsBetween(Selection(groups=("one",)), where(held="yes"), at_most=0)
    assert truth(none_held, sheet()) is None
    assert truth(none_held, sheet(a={"held": "no"}, b={"held": "partly"})) is True
    assert truth(none_held, sheet(a={"held": "yes"})) is False


def test_groups_are_counted_by_at_least_one_row() -> None:
    both = GroupsBetween(Selection(section="table"), where(held=("yes", "partly")), at_least=2)
    assert truth(both, sheet(b={"held": "partly"}, c={"held": "yes"})) is True
    assert truth(both, sheet(a={"held": "yes"}, b={"held": "yes"})) is None
    assert truth(both, sheet(c={"held": "no"})) is False


def test_a_row_of_ones_own_fills_a_group() -> None:
    missing = RowsBetween(Selection(groups=("two",)), where(held="yes"), at_most=0)
    ours = {"own-1": OwnRow("table", "two", "Our own", {"held": "yes"})}
    assert truth(missing, sheet(ours)) is False


def test_two_columns_of_one_row_are_read_together() -> None:
    held_but_not_small = RowIs("a", where(held="yes", small="no"))
    assert truth(held_but_not_small, sheet(a={"held": "yes"})) is None
    assert truth(held_but_not_small, sheet(a={"held": "no"})) is False
    assert truth(held_but_not_small, sheet(a={"held": "yes", "small": "no"})) is True


def test_what_is_not_asked_passes_no_test_not_even_none() -> None:
    assert truth(RowIs("a", {"small": Wanted("none", ("yes",))}), sheet(a={"held": "no"})) is False


def test_all_any_and_not_leave_unknown_unknown() -> None:
    a, b = RowIs("a", where(held="yes")), RowIs("b", where(held="yes"))
    here = sheet(a={"held": "yes"})
    assert truth(AllOf((a, b)), here) is None
    assert truth(AnyOf((a, b)), here) is True
    assert truth(Not(b), here) is None


def test_a_finding_shows_the_entries_behind_it() -> None:
    made = module(
        TABLE, findings=[finding("f", RowsBetween(Selection(section="table"), where(held="yes"), at_least=1))]
    )
    (look,) = assess_module(made, sheet(a={"held": "yes"}, b={"held": "no"})).finding("f").looks
    assert (look.holds, look.passing, look.undecided, look.failing) == (True, ("a",), ("c",), ("b",))


# documented cases


def statuses(on: ModuleSheet, **shows: str | tuple[str, ...]) -> dict[str, str]:
    made = module(TABLE, documented=[documented("there", shown(Selection(section="table"), **shows))])
    return dict(assess_module(made, on).case("there").entries[0].statuses)


def test_beside_a_case_each_row_is_met_missing_or_unknown_here() -> None:
    found = statuses(sheet(a={"held": "yes"}, b={"held": "no"}), held=("yes", "partly"))
    assert found == {"a": "met", "b": "missing", "c": "unknown"}


def test_what_does_not_arise_here_is_not_missing() -> None:
    assert statuses(sheet(a={"held": "not-here"}), held="yes")["a"] == "not-applicable"


def test_what_is_not_held_is_missing_also_where_more_is_documented() -> None:
    assert statuses(sheet(a={"held": "no"}), held="yes", small="yes")["a"] == "missing"
    assert statuses(sheet(a={"held": "no"}), small="yes")["a"] == "not-applicable"


def test_a_row_of_ones_own_is_compared_with_no_case() -> None:
    ours = {"own-1": OwnRow("table", "two", "Our own", {"held": "yes"})}
    assert "own-1" not in statuses(sheet(ours), held="yes")


def test_a_case_has_entries_and_no_value_of_its_own() -> None:
    assert [field.name for field in fields(CaseComparison)] == ["case", "entries"]
    assert [field.name for field in fields(EntryComparison)] == ["documented", "statuses"]


# properties


@examples(30)
@given(modules(), st.data())
def test_ranges_are_exactly_what_completions_reach(made: Module, data: st.DataObject) -> None:
    here = data.draw(few_open(made))
    reached = [assess_module(made, complete) for complete in completions(made, here)]
    for name, column, found in coverages(assess_module(made, here)):
        for kind in ("full", "some"):
            shares = [one for whole in reached if (one := getattr(coverage_in(whole, name, column), kind)) is not None]
            bounds = Range(min(s.lowest for s in shares), max(s.highest for s in shares)) if shares else None
            assert getattr(found, kind) == bounds


@examples(30)
@given(modules(), st.data())
def test_a_finding_is_unknown_exactly_when_completions_disagree(made: Module, data: st.DataObject) -> None:
    here = data.draw(few_open(made))
    reached = [assess_module(made, complete) for complete in completions(made, here)]
    for found in assess_module(made, here).findings:
        outcomes = {whole.finding(found.finding.id).holds for whole in reached}
        assert found.holds is (outcomes.pop() if len(outcomes) == 1 else None)


@examples(30)
@given(modules(), st.data())
def test_one_more_entry_never_widens_a_range_and_never_turns_what_is_known(made: Module, data: st.DataObject) -> None:
    here = data.draw(sheets(made))
    assume(missing := open_cells(made, here))
    id, column = data.draw(st.sampled_from(missing))
    before = assess_module(made, here)
    after = assess_module(made, filled_in(here, id, column.id, data.draw(st.sampled_from(values_of(column)))))
    for name, of, earlier in coverages(before):
        later = coverage_in(after, name, of)
        for kind in ("full", "some"):
            was, is_ = getattr(earlier, kind), getattr(later, kind)
            assert is_ is None or (was is not None and was.lowest <= is_.lowest <= is_.highest <= was.highest)
        for grade in ("yes", "partly", "no", "apart"):
            assert set(getattr(earlier, grade)) <= set(getattr(later, grade))
    for found in before.findings:
        assert found.holds is None or after.finding(found.finding.id).holds is found.holds


@examples(30)
@given(modules(), st.data())
def test_every_row_stands_in_every_coverage_exactly_once(made: Module, data: st.DataObject) -> None:
    result = assess_module(made, data.draw(sheets(made)))
    for found in result.sections:
        for column in found.coverage.values():
            rows = [*column.yes, *column.partly, *column.no, *column.apart, *column.open]
            assert sorted(rows) == sorted(line.id for line in found.lines)


@examples(30)
@given(modules())
def test_conditions_that_look_at_nothing_twice_are_let_through(made: Module) -> None:
    problems = [problem.message.en for problem in check_module(made, HOME)]
    assert not any("more than once" in message for message in problems)


@st.composite
def few_open(draw: st.DrawFn, made: Module) -> ModuleSheet:
    """A sheet that can be completed in a manageable number of ways."""
    here = draw(sheets(made, share_open=5))
    assume(prod(len(values_of(column)) for _, column in open_cells(made, here)) <= 96)
    return here


def coverages(result: ModuleResult) -> list[tuple[str, str, Coverage]]:
    """Every coverage with the section or group it belongs to, and its column."""
    whole = [(found.section.id, of, one) for found in result.sections for of, one in found.coverage.items()]
    parts = [(g, of, one) for f in result.sections for g, columns in f.groups.items() for of, one in columns.items()]
    return whole + parts


def coverage_in(result: ModuleResult, name: str, column: str) -> Coverage:
    return next(one for home, of, one in coverages(result) if (home, of) == (name, column))
