"""Live rounds as use cases: what can happen when, what is told to whom, and that no vote is lost."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from scoring.model.spreads import SMALLEST_GROUP
from selfcheck.ground.database import Database
from selfcheck.models import LiveRound, Seat, Vote, Workshop
from selfcheck.services import live, membership, workshops
from tests.drawn import examples
from tests.selfcheck import rooms


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    made = Database(f"sqlite:///{tmp_path_factory.mktemp('live') / Path('data.sqlite')}")
    made.upgrade()
    return made


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writer() as opened:
        yield opened


def seats(session: Session, count: int) -> tuple[Workshop, list[Seat]]:
    made, _, members = rooms.workshop(session)
    return made, [live.seat_of(session, members[number % 3]) for number in range(count)]


def all_vote(session: Session, voting: list[Seat], round: LiveRound, turn: int, *half_steps: int | None) -> None:
    for seat, said in zip(voting, half_steps, strict=True):
        live.vote(session, seat, round, turn, said)


def test_a_round_is_voted_revealed_talked_over_voted_again_agreed_and_ended(session: Session) -> None:
    made, voting = seats(session, 6)
    round = live.begin(session, made, "P1.1")
    all_vote(session, voting, round, 1, 0, 2, 3, 8, 4, None)
    assert live.voted(session, round, 1) == 6
    live.reveal(session, round)
    first = live.distribution(round, 1)
    assert first.votes == 6
    assert first.spread is not None
    assert first.spread.counts == {Fraction(half, 2): 1 for half in (0, 2, 3, 8, 4)}
    assert first.spread.cannot_judge == 1
    live.vote_again(session, round)
    all_vote(session, voting, round, 2, 4, 4, 4, 6, 4, 4)
    live.reveal(session, round)
    live.agree(session, round, 4, "Eine Kommune sieht Stufe 3.")
    live.finish(session, round)
    second = live.distribution(round, 2)
    assert second.spread is not None
    assert second.spread.counts == {Fraction(2): 5, Fraction(3): 1}
    assert live.distribution(round, 1) == first
    assert (round.agreed, round.dissent) == (4, "Eine Kommune sieht Stufe 3.")
    assert live.present(session, made) is None
    assert list(live.finished(session, made)) == [round]


def test_below_five_rated_votes_only_their_number_is_told(session: Session) -> None:
    made, voting = seats(session, SMALLEST_GROUP)
    round = live.begin(session, made, "P1.1")
    all_vote(session, voting, round, 1, 0, 2, 3, 8, None)  # five have voted, four of them with a stage
    live.reveal(session, round)
    assert live.distribution(round, 1) == live.Outcome(SMALLEST_GROUP, None)


@given(votes=st.dictionaries(st.sampled_from("abcd"), st.integers(0, 6)))
def test_which_stages_were_chosen_is_told_only_if_no_municipality_that_takes_its_own_out_is_left_with_fewer_than_two(
    votes: dict[str, int],
) -> None:
    others = [sum(votes.values()) - own for own in votes.values()]
    wanted = sum(votes.values()) >= SMALLEST_GROUP and min(others) >= 2
    assert live.may_be_shown(votes) == wanted


@pytest.mark.parametrize(("of_others", "drawn"), [(0, False), (1, False), (2, True)])
def test_a_municipality_with_many_phones_does_not_find_a_single_vote_of_another(
    session: Session, of_others: int, drawn: bool
) -> None:
    made, _, members = rooms.workshop(session)
    own = [live.seat_of(session, members[0]) for _ in range(5)]
    others = [live.seat_of(session, member) for member in members[1:]]
    round = live.begin(session, made, "P1.1")
    all_vote(session, own, round, 1, *(0,) * 5)
    all_vote(session, others, round, 1, *(6,) * of_others, *(None,) * (2 - of_others))
    live.reveal(session, round)
    outcome = live.distribution(round, 1)
    assert outcome.votes == 7
    assert (outcome.spread is not None) == drawn
    assert drawn or round.shown == {"1": [[None, 7]]}, "stages that may not be shown are not kept"


def test_a_vote_can_be_changed_until_the_reveal_and_counts_once(session: Session) -> None:
    made, voting = seats(session, 5)
    round = live.begin(session, made, "P1.1")
    all_vote(session, voting, round, 1, 0, 0, 0, 0, 0)
    for said in (8, None, 6, 6):
        live.vote(session, voting[0], round, 1, said)
    live.reveal(session, round)
    with pytest.raises(live.WrongMoment):
        live.vote(session, voting[0], round, 1, 0)
    shown = live.distribution(round, 1)
    assert shown.spread is not None
    assert shown.spread.counts == {Fraction(0): 4, Fraction(3): 1}


def test_a_first_vote_that_arrives_during_the_second_is_refused_not_taken_for_the_second(session: Session) -> None:
    made, voting = seats(session, 1)
    round = live.begin(session, made, "P1.1")
    live.reveal(session, round)
    live.vote_again(session, round)
    with pytest.raises(live.WrongMoment):
        live.vote(session, voting[0], round, 1, 4)
    assert live.voted(session, round, 2) == 0


def test_nobody_votes_in_the_round_of_another_workshop(session: Session) -> None:
    made, _ = seats(session, 1)
    _, strangers = seats(session, 1)
    round = live.begin(session, made, "P1.1")
    with pytest.raises(live.WrongMoment):
        live.vote(session, strangers[0], round, 1, 4)
    with pytest.raises(live.WrongMoment):
        live.round_of(session, strangers[0].member.workshop, round.id)


def test_taking_back_the_second_vote_leaves_the_first_as_it_was(session: Session) -> None:
    made, voting = seats(session, 5)
    round = live.begin(session, made, "P1.1")
    all_vote(session, voting, round, 1, 0, 2, 4, 6, 8)
    live.reveal(session, round)
    before = live.distribution(round, 1)
    live.vote_again(session, round)
    live.vote(session, voting[0], round, 2, 8)
    live.take_back(session, round)
    assert (round.state, live.distribution(round, 1)) == ("first-shown", before)
    live.vote_again(session, round)
    assert live.voted(session, round, 2) == 0


def test_what_was_shown_stays_as_it_was_when_a_municipality_leaves_so_that_no_difference_tells_its_votes(
    session: Session,
) -> None:
    made, voting = seats(session, 6)
    round = live.begin(session, made, "P1.1")
    all_vote(session, voting, round, 1, 0, 2, 3, 8, 4, None)
    live.reveal(session, round)
    before = live.distribution(round, 1)
    gone = voting[0].member_id
    membership.leave(session, voting[0].member)
    session.expire_all()
    left = select(Vote).join(Seat, Seat.id == Vote.seat_id).where(Seat.member_id == gone)
    assert session.scalars(left).all() == [], "the votes themselves are gone"
    assert live.distribution(round, 1) == before


def test_taking_back_the_first_vote_deletes_the_round_and_another_can_begin(session: Session) -> None:
    made, voting = seats(session, 1)
    round = live.begin(session, made, "P1.1")
    live.vote(session, voting[0], round, 1, 4)
    live.take_back(session, round)
    assert live.present(session, made) is None
    assert live.begin(session, made, "P1.2").number == 1


def test_only_one_round_runs_at_a_time(session: Session) -> None:
    made, _ = seats(session, 1)
    live.begin(session, made, "P1.1")
    with pytest.raises(live.WrongMoment):
        live.begin(session, made, "P1.2")


def test_a_closed_workshop_takes_no_seat_no_round_no_step_and_no_vote(session: Session) -> None:
    made, voting = seats(session, 1)
    round = live.begin(session, made, "P1.1")
    workshops.close(made)
    session.flush()
    for step in (live.reveal, live.vote_again, live.finish, live.take_back):
        with pytest.raises(membership.Closed):
            step(session, round)
    with pytest.raises(membership.Closed):
        live.vote(session, voting[0], round, 1, 4)
    with pytest.raises(membership.Closed):
        live.seat_of(session, voting[0].member)
    with pytest.raises(membership.Closed):
        live.begin(session, made, "P1.2")
    assert round.state == "first"


def test_a_municipality_has_at_most_twelve_phones(session: Session) -> None:
    _, _, members = rooms.workshop(session)
    for _number in range(live.MOST_SEATS):
        live.seat_of(session, members[0])
        session.expire(members[0])
    with pytest.raises(live.NoSeat):
        live.seat_of(session, members[0])
    assert live.seat_of(session, members[1])


def test_votes_change_nothing_that_phones_look_at_and_steps_do(session: Session) -> None:
    made, voting = seats(session, 2)

    def looked() -> tuple[int, str | None]:
        session.refresh(made)
        return made.revision, live.pulse_of_seat(session, voting[1].id)

    before = looked()
    round = live.begin(session, made, "P1.1")
    asked = looked()
    assert asked[0] > before[0]
    assert asked[1] != before[1]
    live.vote(session, voting[0], round, 1, 4)
    assert looked() == asked
    seen = [asked]
    for step in (live.reveal, live.vote_again, live.reveal):
        step(session, round)
        seen.append(looked())
    live.agree(session, round, 4, "")
    seen.append(looked())
    live.finish(session, round)
    seen.append(looked())
    assert len({revision for revision, _ in seen}) == len({pulse for _, pulse in seen}) == len(seen)


def test_who_leaves_takes_phones_and_votes_along(session: Session) -> None:
    made, voting = seats(session, 6)
    round = live.begin(session, made, "P1.1")
    all_vote(session, voting, round, 1, 0, 2, 4, 6, 8, 8)
    gone = voting[0].id
    membership.leave(session, voting[0].member)
    session.expire_all()
    assert live.voted(session, round, 1) == 4
    assert live.pulse_of_seat(session, gone) is None


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("vote"), st.integers(0, 6), st.sampled_from((1, 2)), st.sampled_from((None, *range(9)))),
        st.tuples(st.sampled_from(("begin", "reveal", "again", "finish", "back", "agree"))),
    ),
    max_size=40,
)
NEXT = {
    ("reveal", "first"): "first-shown",
    ("reveal", "second"): "second-shown",
    ("again", "first-shown"): "second",
    ("finish", "first-shown"): "done",
    ("finish", "second-shown"): "done",
    ("back", "second"): "first-shown",
}
SHOWN = {"first-shown": (1,), "second": (1,), "second-shown": (1, 2)}


@examples(60)
@given(actions=ACTIONS)
def test_whatever_happens_no_vote_shows_before_the_reveal_and_each_acknowledged_one_counts_once(
    database: Database, actions: list[tuple[Any, ...]]
) -> None:
    with database.writer() as session:
        made, voting = seats(session, 7)
        round, state = None, ""
        acknowledged: dict[tuple[int, int], int | None] = {}
        for action, *details in actions:
            if round is None:
                if action == "begin":
                    round, state, acknowledged = live.begin(session, made, "P1.1"), "first", {}
                continue
            wanted = _wanted(action, state, details)
            try:
                _act(session, made, voting, round, action, details)
                assert wanted is not None, f"{action} in {state}"
            except live.WrongMoment:
                assert wanted is None, f"{action} in {state}"
                continue
            if action == "vote":
                acknowledged[details[0], details[1]] = details[2]
            if action == "back":
                acknowledged = {key: said for key, said in acknowledged.items() if key[1] == 1}
            if wanted in ("deleted", "done"):
                round, state = None, ""
                continue
            state = wanted or state
            assert round.state == state
            _shows_what_is_revealed(session, round, SHOWN.get(state, ()), acknowledged)
        session.rollback()


def _wanted(action: str, state: str, details: list[Any]) -> str | None:
    """The state after an action; None when it must be refused."""
    if action == "vote":
        return state if {"first": 1, "second": 2}.get(state) == details[1] else None
    if action == "agree":
        return state if state in ("first-shown", "second-shown") else None
    return "deleted" if (action, state) == ("back", "first") else NEXT.get((action, state))


def _act(
    session: Session, made: Workshop, voting: list[Seat], round: LiveRound, action: str, details: list[Any]
) -> None:
    match action:
        case "vote":
            live.vote(session, voting[details[0]], round, details[1], details[2])
        case "begin":
            live.begin(session, made, "P1.2")
        case "reveal":
            live.reveal(session, round)
        case "again":
            live.vote_again(session, round)
        case "finish":
            live.finish(session, round)
        case "back":
            live.take_back(session, round)
        case _:
            live.agree(session, round, 3, "")


def _shows_what_is_revealed(
    session: Session, round: LiveRound, shown: tuple[int, ...], acknowledged: dict[tuple[int, int], int | None]
) -> None:
    turns: tuple[live.Turn, live.Turn] = (1, 2)
    for turn in turns:
        said = [half for (_, of), half in acknowledged.items() if of == turn]
        assert live.voted(session, round, turn) == len(said)
        if turn not in shown:
            with pytest.raises(live.Hidden):
                live.distribution(round, turn)
            continue
        outcome = live.distribution(round, turn)
        rated = Counter(Fraction(half, 2) for half in said if half is not None)
        assert outcome.votes == len(said)
        assert (outcome.spread is None) == (rated.total() < SMALLEST_GROUP)
        if outcome.spread:
            assert outcome.spread.counts == dict(rated)
            assert outcome.spread.cannot_judge == len(said) - rated.total()
