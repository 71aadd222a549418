"""Several municipalities side by side: what may be compared, who can show what, who could learn from whom."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from scoring.model.answers import Answer, Context, Sheet, Target
from scoring.model.conditions import ContextIs
from scoring.model.questionnaire import Questionnaire
from scoring.model.rules import Rule
from scoring.model.spreads import Spread
from scoring.model.wording import LANGUAGES
from scoring.workshop import words
from scoring.workshop.comparable import (
    Age,
    Comparability,
    DoesNotApply,
    MostlyNotApplicable,
    Note,
    NotPart,
    NotYetAgreed,
    NoValue,
    OtherItems,
    OtherVersion,
    PartlyAnswered,
    RatedIndividually,
    ReasonAgainst,
    SomeNotApplicable,
    TooOld,
    age_in_months,
    comparability,
)
from scoring.workshop.disclosure import Derivable, GroupTooSmall
from scoring.workshop.members import Member, Shown, in_order
from scoring.workshop.tandems import Benefit, task, wishes
from scoring.workshop.views import RoleGap, role_gaps, shared_gaps, strengths, values
from scoring.workshop.vignettes import Strictness, strictness
from tests.builders import applicability, choice_question, item, perspective, questionnaire

TODAY = date(2027, 3, 4)


def instrument(*rules: Rule) -> Questionnaire:
    """Two perspectives with three items each, of which one is a core item."""
    return questionnaire(
        perspective("P1", item("P1.1", core=True), item("P1.2"), item("P1.3")),
        perspective("P2", item("P2.1", core=True), item("P2.2"), item("P2.3")),
        context=[choice_question("K1", "county", "city")],
        rules=rules,
    )


PLAIN = instrument()
FULL = {"P1.1": 1, "P1.2": 2, "P1.3": 3, "P2.1": 4, "P2.2": 4, "P2.3": 4}


def member(
    id: str = "a",
    stages: Mapping[str, int] = FULL,
    shown: Shown = "named",
    of: Questionnaire = PLAIN,
    alias: str = "",
    **sheet: object,
) -> Member:
    given = Sheet(
        of.id,
        of.version,
        date="2027-01-04",
        answers={item: Answer(stage) for item, stage in stages.items()},
    )
    return Member(id, f"Name {id}", alias or id.upper(), shown, of, replace(given, **sheet), tandems=True)  # type: ignore[arg-type]


def found(*members: Member, of: Questionnaire = PLAIN) -> Mapping[str, Comparability]:
    return comparability(of, members, TODAY)


def test_a_full_recent_check_of_the_same_version_may_be_compared() -> None:
    here = found(member())["a"]
    assert here.against == {}
    assert here.notes == (("", Age(2)),)


def test_another_version_may_not_be_compared_at_all() -> None:
    other = replace(PLAIN, version="2020-1")
    here = found(member("a", of=other), member("b"))
    assert set(here["a"].against.values()) == {OtherVersion("2020-1")}
    assert here["b"].against == {}


def test_answers_of_more_than_two_years_may_not_be_compared() -> None:
    assert set(found(member(date="2025-03-03"))["a"].against.values()) == set()
    assert set(found(member(date="2025-02-03"))["a"].against.values()) == {TooOld(25)}


def test_a_short_check_does_not_stand_beside_full_ones_but_beside_other_short_ones() -> None:
    short = member("short", {"P1.1": 1, "P2.1": 2}, scope="short")
    assert found(short, member("b"), member("c"))["short"].against["P1"] == OtherItems(1, 3)
    assert found(short, replace(short, id="b"))["short"].against == {}
    assert found(short, member("b"))["short"].against["P1"] == OtherItems(1, 3), "the larger set of two"


def test_a_perspective_that_was_not_chosen_is_no_part() -> None:
    assert found(member("a", scope=("P1",)), member("b"))["a"].against == {"P2": NotPart()}


def test_a_perspective_without_a_value_says_how_many_items_are_answered() -> None:
    assert found(member(stages={"P1.1": 1, "P2.1": 4, "P2.2": 4, "P2.3": 4}))["a"].against == {"P1": NoValue(1, 3)}


def test_what_rules_take_out_is_named_as_a_note_or_as_a_reason_when_it_is_most() -> None:
    def taken_out(*items: str) -> Comparability:
        of = instrument(applicability("R1", ContextIs("K1", ("city",)), *items))
        return comparability(of, [member(of=of, context=Context({"K1": "city"}))], TODAY)["a"]

    assert ("P1", SomeNotApplicable(1)) in taken_out("P1.3").notes
    assert taken_out("P1.2", "P1.3").against == {"P1": MostlyNotApplicable(2, 3)}
    assert taken_out("P1").against == {"P1": DoesNotApply()}


def test_open_answers_and_medians_of_individual_ratings_are_noted() -> None:
    spread = Spread({Fraction(2): 5})
    partly = {id: stage for id, stage in FULL.items() if id != "P1.3"}
    assert ("P1", PartlyAnswered(2, 3)) in found(member(stages=partly))["a"].notes
    assert ("P1", NotYetAgreed(1)) in found(member(stages=partly, spreads={"P1.3": spread}))["a"].notes


def test_items_that_people_rated_for_themselves_first_are_noted_where_they_are_compared() -> None:
    spread = Spread({Fraction(2): 5})
    rated = member(spreads={"P1.1": spread, "P1.2": spread, "P2.1": spread})
    assert ("", RatedIndividually(3)) in found(rated)["a"].notes
    of_one = replace(rated, sheet=replace(rated.sheet, scope=("P1",)))
    assert ("", RatedIndividually(2)) in found(of_one, member("b"))["a"].notes


@pytest.mark.parametrize(
    ("day", "months"), [("2027-03-04", 0), ("2027-02-05", 0), ("2027-02-04", 1), ("2025-03-05", 23), ("soon", None)]
)
def test_the_age_counts_whole_months(day: str, months: int | None) -> None:
    assert age_in_months(day, TODAY) == months


def test_names_come_first_by_the_alphabet_then_aliases_and_covered_ones_never() -> None:
    people = [
        member("z", shown="alias", alias="K"),
        member("b", shown="named"),
        member("c", shown="aggregate"),
        member("y", shown="alias", alias="B"),
        member("a", shown="named"),
    ]
    assert [one.id for one in in_order(people)] == ["a", "b", "y", "z"]


def test_only_values_that_may_be_compared_are_taken() -> None:
    people = [member("a"), member("b", scope=("P1",)), member("c")]
    here = found(*people)
    assert [one.id for one, _ in values("P2", people, here, PLAIN)] == ["a", "c"]
    assert [value for _, value in values("P1.3", people, here, PLAIN)] == [3, 3, 3]


def test_a_strength_stands_at_stage_three_where_another_one_stands_lower() -> None:
    strong, weak = member("a", FULL | {"P1.1": 3}), member("b", FULL | {"P1.3": 2})
    here = found(strong, weak)
    assert [(one.member.id, one.items) for one in strengths(PLAIN, "P1", [strong, weak], here)] == [
        ("a", ("P1.1", "P1.3"))
    ]
    assert strengths(PLAIN, "P2", [strong, weak], here) == (), "all stand at the top: nobody learns"
    covered = replace(strong, shown="aggregate")
    assert strengths(PLAIN, "P1", [covered, weak], here) == (), "a covered one shows nothing"


def test_a_shared_gap_is_a_middle_below_stage_two() -> None:
    assert shared_gaps({"P1": Fraction(3, 2), "P2": Fraction(2)}) == ("P1",)


def test_role_groups_that_see_an_item_a_stage_apart_are_named() -> None:
    spread = Spread(
        {Fraction(1): 5, Fraction(3): 5}, roles={"planning": {Fraction(1): 5}, "leadership": {Fraction(3): 5}}
    )
    here = member(spreads={"P1.2": spread})
    assert role_gaps(here, "P1") == (RoleGap("P1.2", "planning", "leadership", Fraction(2)),)
    assert role_gaps(here, "P2") == ()


def test_with_a_target_a_municipality_wishes_to_reach_it_and_nothing_else() -> None:
    here = member(target=Target(2029, {"P1": 3, "P2": 3}))
    assert wishes(PLAIN, here, found(here)["a"]) == (("P1", Fraction(3)),)


def test_without_a_target_the_lowest_perspectives_count_up_to_the_top() -> None:
    here = member()
    assert wishes(PLAIN, here, found(here)["a"]) == (("P1", Fraction(3)),), "P2 stands at the top already"


def test_help_comes_from_whoever_stands_where_another_one_wants_to_go() -> None:
    low, high = member("low"), member("high", dict.fromkeys(FULL, 4))
    (pairing,) = task(PLAIN, [low, high], found(low, high)).pairings
    assert pairing.benefits == (Benefit("high", "low", "P1"),)
    assert pairing.takers == {"low"}


def test_nobody_without_consent_and_nothing_that_may_not_be_compared_is_matched() -> None:
    low, high = member("low"), member("high", dict.fromkeys(FULL, 4))
    silent = replace(high, tandems=False)
    assert task(PLAIN, [low, silent], found(low, silent)).places == {"low": 1}
    old = member("old", dict.fromkeys(FULL, 4), date="2020-01-01")
    assert task(PLAIN, [low, old], found(low, old)).pairings == ()


def test_strictness_is_the_middle_of_a_municipality_beside_that_of_all() -> None:
    votes = {"a": [Fraction(1), Fraction(1)], "b": [Fraction(3), Fraction(3), Fraction(2)], "c": [Fraction(4)]}
    assert strictness(votes) == (
        Strictness("a", 2, Fraction(1), Fraction(-1)),
        Strictness("b", 3, Fraction(3), Fraction(1)),
    ), "one vote alone is one person's and not shown, but counts for the middle of all"
    assert strictness({"a": []}) == ()


def test_everything_has_words_in_both_languages() -> None:
    reasons: list[ReasonAgainst] = [
        *(OtherVersion("1"), TooOld(30), NotPart(), OtherItems(1, 3), DoesNotApply(), MostlyNotApplicable(2, 3)),
        NoValue(1, 3),
    ]
    notes: list[Note] = [PartlyAnswered(1, 2), SomeNotApplicable(1), NotYetAgreed(2), RatedIndividually(2), Age(3)]
    said = [words.reason(one) for one in reasons] + [words.note(one) for one in notes]
    said += [words.withheld(one) for one in (GroupTooSmall(3), Derivable(3))]
    said += [words.label(member("a")), words.label(member("b", shown="alias", alias="K"))]
    for language in LANGUAGES:
        assert len({one.text(language) for one in said}) == len(said)
    assert words.label(member("b", shown="alias", alias="K")).de == "Kommune K"
