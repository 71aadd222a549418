"""Live rounds: the moderation puts a question, phones vote, hidden until it is revealed; a talk; a second vote.

A round goes first → first-shown → second → second-shown, and from either shown state to done. What people voted is
told to nobody before it is revealed, the moderation included; then only all phones together, and only where
`may_be_shown` allows it. A vote counts when it is stored before the reveal; a later one is refused, never dropped in
silence.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from sqlalchemy import and_, func, select
from sqlalchemy import delete as deletion
from sqlalchemy.orm import Session

from scoring.model.spreads import SMALLEST_GROUP, Spread
from selfcheck.models import LiveRound, Participation, Seat, Vote, Workshop
from selfcheck.services.membership import Closed
from selfcheck.services.workshops import touch

MOST_SEATS = 12
"""Phones of one municipality."""
FEWEST_OTHERS = 2
"""So many votes must be left when any one municipality takes its own out of what is shown."""

State = Literal["first", "first-shown", "second", "second-shown", "done"]
Turn = Literal[1, 2]
LIVE = "live"
"""The view of the screen that follows the rounds."""


class WrongMoment(Exception):
    """The round does not stand where this step is possible; nothing was changed."""


class NoSeat(Exception):
    """The municipality has as many phones as it may have."""


class Hidden(Exception):
    """The votes have not been revealed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may be shown of one revealed turn: how many voted and, where it `may_be_shown`, how their votes spread."""

    votes: int
    spread: Spread | None


def seat_of(session: Session, member: Participation) -> Seat:
    """A place for one more device of a municipality. Raises Closed and NoSeat."""
    if member.workshop.closed:
        raise Closed
    if len(member.seats) >= MOST_SEATS:
        raise NoSeat
    seat = Seat(member=member)
    session.add(seat)
    touch(member.workshop)
    session.flush()
    return seat


def member_with(session: Session, team_code: str) -> Participation | None:
    """The municipality whose phones come in with this code, as it is stored."""
    return session.scalar(select(Participation).where(Participation.team_code == team_code))


def present(session: Session, workshop: Workshop) -> LiveRound | None:
    """The round that is running."""
    running = (LiveRound.workshop_id == workshop.id, LiveRound.state != "done")
    return session.scalar(select(LiveRound).where(*running).order_by(LiveRound.number.desc()).limit(1))


def finished(session: Session, workshop: Workshop) -> Sequence[LiveRound]:
    """The rounds that are over, the last one first."""
    over = (LiveRound.workshop_id == workshop.id, LiveRound.state == "done")
    return session.scalars(select(LiveRound).where(*over).order_by(LiveRound.number.desc())).all()


def round_of(session: Session, workshop: Workshop, id: str) -> LiveRound:
    """A round of this workshop. Raises WrongMoment when it was taken back."""
    found = session.get(LiveRound, id)
    if found is None or found.workshop_id != workshop.id:
        raise WrongMoment
    return found


Standing = tuple[str, int | None, str]
"""The state of a round, twice the stage that is recorded as agreed, and the dissent."""


def standing(round: LiveRound) -> Standing:
    """How a round stands: whoever takes a step in it must have seen it like this."""
    return round.state, round.agreed, round.dissent


def held(session: Session, workshop: Workshop, id: str) -> LiveRound:
    """A round of this workshop that nobody else changes until this step is taken. Raises Closed, WrongMoment."""
    return _locked(session, round_of(session, workshop, id))


def begin(session: Session, workshop: Workshop, item: str, vignette: str = "") -> LiveRound:
    """Put an item, or a vignette about one, to the phones and the screen. Raises Closed; WrongMoment while one runs."""
    if workshop.closed:
        raise Closed
    if present(session, workshop):
        raise WrongMoment
    last = session.scalar(select(func.max(LiveRound.number)).where(LiveRound.workshop_id == workshop.id))
    round = LiveRound(
        workshop_id=workshop.id, number=(last or 0) + 1, item=item, vignette=vignette, state="first", shown={}
    )
    session.add(round)
    show(workshop, LIVE)
    session.flush()
    return round


def open_turn(round: LiveRound) -> Turn | None:
    """The turn in which votes are taken at present."""
    return 1 if round.state == "first" else 2 if round.state == "second" else None


def vote(session: Session, seat: Seat, round: LiveRound, turn: int, half_steps: int | None) -> None:
    """Record what one device says in a turn, in place of what it said before; None is *cannot judge*.

    Raises Closed, and WrongMoment when this turn of this round takes no votes (any more).
    """
    workshop = seat.member.workshop
    session.refresh(round, with_for_update=True)  # where writers run side by side, a reveal waits for this vote
    if workshop.closed:
        raise Closed
    if round.workshop_id != workshop.id or open_turn(round) != turn:
        raise WrongMoment
    stored = session.get(Vote, (round.id, seat.id, turn))
    if stored is None:
        session.add(Vote(round_id=round.id, seat_id=seat.id, turn=turn, half_steps=half_steps))
    else:
        stored.half_steps = half_steps
    session.flush()


def own_vote(session: Session, seat: Seat, round: LiveRound, turn: Turn) -> Vote | None:
    """What this device said."""
    return session.get(Vote, (round.id, seat.id, turn))


def reveal(session: Session, round: LiveRound) -> None:
    """Show all votes of the turn together; none can be given or changed from now on. Raises Closed, WrongMoment."""
    turn = open_turn(_locked(session, round))
    _step(session, round, {"first": "first-shown", "second": "second-shown"})
    votes = select(Seat.member_id, Vote.half_steps).join(Seat, Seat.id == Vote.seat_id)
    said = session.execute(votes.where(Vote.round_id == round.id, Vote.turn == turn)).all()
    rated = Counter(member for member, half in said if half is not None)
    kept = Counter(half for _, half in said) if may_be_shown(rated) else Counter({None: len(said)})
    round.shown = round.shown | {str(turn): [[half, count] for half, count in kept.items()]}
    show(round.workshop, LIVE)
    session.flush()


def may_be_shown(rated: Mapping[str, int]) -> bool:
    """Whether it may be told which stages were chosen, by how many votes with a stage each municipality gave.

    There are at least SMALLEST_GROUP, and at least FEWEST_OTHERS without those of any one municipality: whoever takes the
    votes of its own table out, or comes in with several phones by one code, is left with those of several people together.
    """
    votes = sum(rated.values())
    return votes >= SMALLEST_GROUP and votes - max(rated.values()) >= FEWEST_OTHERS


def vote_again(session: Session, round: LiveRound) -> None:
    """Take votes a second time, after the talk. Raises Closed, WrongMoment."""
    _step(session, round, {"first-shown": "second"})
    show(round.workshop, LIVE)
    session.flush()


def finish(session: Session, round: LiveRound) -> None:
    """End a round whose votes are revealed. Raises Closed, WrongMoment."""
    _step(session, round, {"first-shown": "done", "second-shown": "done"})


def take_back(session: Session, round: LiveRound) -> None:
    """Undo the beginning of a vote that is not revealed: of the first the whole round, of the second its votes alone.

    Raises Closed, WrongMoment.
    """
    if _locked(session, round).state == "first":
        touch(round.workshop)
        session.delete(round)
    else:
        _step(session, round, {"second": "first-shown"})
        session.execute(deletion(Vote).where(Vote.round_id == round.id, Vote.turn == 2))
    session.flush()


def agree(session: Session, round: LiveRound, half_steps: int | None, dissent: str) -> None:
    """Record the stage agreed on after the talk (None: no agreement) and what those say who do not share it.

    Raises Closed; WrongMoment before the first votes are revealed and while a vote runs.
    """
    if _locked(session, round).state not in ("first-shown", "second-shown", "done"):
        raise WrongMoment
    round.agreed, round.dissent = half_steps, dissent
    if round.state == "done":
        touch(round.workshop)
    else:
        show(round.workshop, LIVE)
    session.flush()


def _step(session: Session, round: LiveRound, steps: dict[State, State]) -> None:
    after = {str(state): next for state, next in steps.items()}.get(_locked(session, round).state)
    if after is None:
        raise WrongMoment
    round.state = after
    touch(round.workshop)
    session.flush()


def _locked(session: Session, round: LiveRound) -> LiveRound:
    session.refresh(round, with_for_update=True)
    if round.workshop.closed:
        raise Closed
    return round


def voted(session: Session, round: LiveRound, turn: Turn) -> int:
    """How many devices have voted in a turn.

    Nobody knows how many could: a browser that was closed leaves its place behind, and no time is kept of any.
    """
    votes = select(func.count()).select_from(Vote).where(Vote.round_id == round.id, Vote.turn == turn)
    return session.scalar(votes) or 0


def seats(session: Session, workshop_id: str) -> int:
    """How many places devices have taken so far; one that came in anew has several."""
    here = select(func.count()).select_from(Seat).join(Participation).where(Participation.workshop_id == workshop_id)
    return session.scalar(here) or 0


def shown_turns(round: LiveRound) -> tuple[Turn, ...]:
    """The turns whose votes have been revealed."""
    turns: tuple[Turn, ...] = (1, 2)
    return tuple(turn for turn in turns if str(turn) in round.shown)


def distribution(round: LiveRound, turn: Turn) -> Outcome:
    """The votes of a turn, of all devices together. Raises Hidden before they are revealed."""
    if turn not in shown_turns(round):
        raise Hidden
    votes = [(half, count or 0) for half, count in round.shown[str(turn)]]
    counts = {Fraction(half, 2): count for half, count in votes if half is not None}
    cannot_judge = sum(count for half, count in votes if half is None)
    rated = sum(counts.values())
    return Outcome(rated + cannot_judge, Spread(counts, cannot_judge) if rated >= SMALLEST_GROUP else None)


def votes_by_member(session: Session, round: LiveRound) -> dict[str, list[Fraction]]:
    """The rated first votes of a round by municipality, for its middle alone. Raises Hidden before they are revealed."""
    if 1 not in shown_turns(round):
        raise Hidden
    votes = select(Seat.member_id, Vote.half_steps).join(Seat, Seat.id == Vote.seat_id)
    found: dict[str, list[Fraction]] = {}
    for member, half in session.execute(votes.where(Vote.round_id == round.id, Vote.turn == 1)):
        if half is not None:
            found.setdefault(member, []).append(Fraction(half, 2))
    return found


def show(workshop: Workshop, view: str, **details: Any) -> None:
    """Put a view on the screen: LIVE, or the endpoint of another page for the screen with what its address needs."""
    workshop.screen = {"view": view, **details}
    touch(workshop)


def on_screen(workshop: Workshop) -> tuple[str, dict[str, Any]]:
    """The view on the screen, and what else its address needs."""
    shown = workshop.screen or {}
    return shown.get("view", LIVE), {key: value for key, value in shown.items() if key != "view"}


def pulse_of_seat(session: Session, seat_id: str) -> str | None:
    """What changes exactly when a phone has something new to see; None when the seat is gone. One query."""
    found = session.execute(
        select(Workshop.closed, LiveRound.id, LiveRound.state, LiveRound.agreed)
        .select_from(Seat)
        .join(Participation, Participation.id == Seat.member_id)
        .join(Workshop, Workshop.id == Participation.workshop_id)
        .outerjoin(LiveRound, and_(LiveRound.workshop_id == Workshop.id, LiveRound.state != "done"))
        .where(Seat.id == seat_id)
        .order_by(LiveRound.number.desc())
        .limit(1)
    ).one_or_none()
    return None if found is None else _pulse(bool(found[0]), found[1], found[2], found[3])


def _pulse(closed: bool, round: str | None, state: str | None, agreed: int | None) -> str:
    if closed or round is None:
        return "closed" if closed else "none"
    return f"{round[:8]}-{state}-{'' if agreed is None else agreed}"
