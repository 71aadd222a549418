"""Covert individual rating: invitations, respondents, their ratings, and the one evaluation that deletes them.

Nothing ties an invitation to the person who used it, no moment is stored, and nobody can look into a rating by its
invitation: the first to open it gets a return link that nobody else knows.
"""

import hmac
import secrets
from base64 import b32encode
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from scoring.model.spreads import Rating, Ratings, evaluate
from scoring.plain.spreads import write_spread
from selfcheck.ground.days import day_of
from selfcheck.ground.tokens import TOKEN_BYTES, hashed, new_token
from selfcheck.models import Assessment, Invitation, Respondent, StoredRating, now

OPEN, COVERT = "open", "covert"
KEPT_DAYS = 90
"""Ratings that nobody has evaluated are deleted this many days after the round began."""
MOST_INVITATIONS = 60


class RoundClosed(Exception):
    """The round is not running (any more): nothing is recorded."""


def is_running(assessment: Assessment) -> bool:
    """Individual ratings are being collected."""
    return assessment.round_begun is not None


def begin(assessment: Assessment, purpose: str = "") -> None:
    """Collect individual ratings from now on."""
    assessment.mode, assessment.purpose, assessment.round_begun = COVERT, purpose, now()
    assessment.changed = now()


def deleted_after(assessment: Assessment) -> date:
    """The day on which the ratings are deleted at the latest."""
    assert assessment.round_begun is not None
    return day_of(assessment.round_begun + timedelta(days=KEPT_DAYS))


def invite(session: Session, assessment: Assessment, role: str, count: int, key: str) -> None:
    """Make invitations for people of one role group. Raises RoundClosed."""
    if not is_running(assessment):
        raise RoundClosed
    for _ in range(min(count, MOST_INVITATIONS - len(assessment.invitations))):
        invitation = Invitation(assessment=assessment, id=secrets.token_hex(16), role=role)
        invitation.token_hash = hashed(token_of(invitation, key))
        session.add(invitation)
    session.flush()


def token_of(invitation: Invitation, key: str) -> str:
    """The token of an invitation: made anew from the installation's key whenever it is wanted, never stored.

    Letters and the digits 2 to 7 alone: nothing to be mistaken when somebody types it from a card.
    """
    made = hmac.digest(key.encode(), f"invitation {invitation.id}".encode(), "sha256")
    return b32encode(made[:TOKEN_BYTES]).rstrip(b"=").decode().lower()


def unused(assessment: Assessment) -> list[Invitation]:
    """The invitations nobody has used yet, by role group."""
    return sorted((one for one in assessment.invitations if not one.used), key=lambda one: (one.role, one.id))


def withdraw_invitations(session: Session, assessment: Assessment) -> None:
    """Delete the invitations nobody has used; they open nothing from now on."""
    session.execute(delete(Invitation).where(Invitation.assessment_id == assessment.id, Invitation.used.is_(False)))
    session.expire(assessment, ["invitations"])


def invited(session: Session, token: str) -> Invitation | None:
    """The invitation with this token, used or not, while its round is running."""
    found = session.scalar(select(Invitation).where(Invitation.token_hash == hashed(token.lower())))
    return found if found and is_running(found.assessment) else None


def take_part(session: Session, invitation: Invitation, token: str = "") -> tuple[Respondent, str] | None:
    """Use an invitation; returns the respondent with the token of the return link, or nothing if it was used before."""
    claimed = session.execute(
        update(Invitation).where(Invitation.id == invitation.id, Invitation.used.is_(False)).values(used=True)
    )
    if claimed.rowcount != 1:  # type: ignore[attr-defined]
        return None
    token = token or new_token()
    respondent = Respondent(
        id=secrets.token_hex(16),
        assessment_id=invitation.assessment_id,
        role=invitation.role,
        token_hash=hashed(token),
    )
    session.add(respondent)
    session.flush()
    return respondent, token


def returning(session: Session, token: str) -> Respondent | None:
    """The respondent with this return link."""
    return session.scalar(select(Respondent).where(Respondent.token_hash == hashed(token)))


def rate(session: Session, respondent: Respondent, item: str, rating: Rating) -> None:
    """Record what a respondent says of one item, in place of what they said before."""
    stored = session.get(StoredRating, (respondent.id, item))
    if stored is None:
        stored = StoredRating(respondent_id=respondent.id, item=item)
        session.add(stored)
    stored.half_steps = None if rating.place is None else int(rating.place * 2)
    stored.cannot_judge = rating.cannot_judge
    stored.remark = rating.remark
    stored.unclear = rating.unclear
    session.flush()


def ratings_of(respondent: Respondent) -> Ratings:
    """The ratings of one person as the domain sees them."""
    return Ratings(
        respondent.role,
        {
            one.item: Rating(
                None if one.half_steps is None else Fraction(one.half_steps, 2),
                bool(one.cannot_judge),
                one.remark,
                bool(one.unclear),
            )
            for one in respondent.ratings
        },
    )


def withdraw(session: Session, respondent: Respondent) -> None:
    """Delete a respondent with every rating."""
    session.delete(respondent)


@dataclass(frozen=True, slots=True)
class Participation:
    """How many people were invited, have begun, have rated anything, and say they are done. Never who."""

    invited: int
    begun: int
    rated: int
    finished: int


def participation(assessment: Assessment) -> Participation:
    """Numbers of people, over all role groups together."""
    rated = [one for one in assessment.respondents if any(_says_something(rating) for rating in one.ratings)]
    return Participation(
        len(assessment.invitations),
        len(assessment.respondents),
        len(rated),
        sum(bool(one.finished) for one in assessment.respondents),
    )


def _says_something(rating: StoredRating) -> bool:
    return rating.half_steps is not None or rating.cannot_judge


def evaluate_once(session: Session, assessment: Assessment) -> None:
    """Keep the spread of every item with enough ratings; delete the ratings, respondents and invitations.

    Raises TooFewRatings, and RoundClosed when it has been done already; then nothing changes.
    """
    if not is_running(assessment):
        raise RoundClosed
    spreads = evaluate(ratings_of(respondent) for respondent in assessment.respondents)
    assessment.spreads = assessment.spreads | {item: write_spread(spread) for item, spread in spreads.items()}
    _forget(session, assessment)


def discard(session: Session, assessment: Assessment) -> None:
    """Delete all individual ratings without an evaluation and go on with the open round."""
    _forget(session, assessment)
    assessment.mode = OPEN


def forget_old(session: Session) -> int:
    """Delete the ratings of rounds that were never evaluated in time; returns how many rounds it were."""
    old = session.scalars(select(Assessment).where(Assessment.round_begun < now() - timedelta(days=KEPT_DAYS))).all()
    for assessment in old:
        discard(session, assessment)
    return len(old)


def _forget(session: Session, assessment: Assessment) -> None:
    assessment.invitations.clear()
    assessment.respondents.clear()
    assessment.round_begun = None
    assessment.changed = now()
    session.flush()
