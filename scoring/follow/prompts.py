"""What the spread of an item gives reason to ask, before one stage is agreed. The patterns go beyond the source."""

from fractions import Fraction
from itertools import pairwise
from typing import Literal, get_args

from scoring.model.spreads import TO_DISCUSS, Counts, Spread, lower_median

Prompt = Literal["roles-apart", "two-groups", "far-off", "unclear", "cannot-judge", "between"]
PROMPTS: tuple[Prompt, ...] = get_args(Prompt)

MANY = Fraction(1, 3)
"""From this share on, people who cannot judge, or who stand between two stages, are many."""


def prompts(spread: Spread) -> tuple[Prompt, ...]:
    """The questions that a spread gives reason to, most telling first.

    roles-apart: the medians of two role groups that may be shown lie at least two stages apart. two-groups: no rating
    for more than a whole stage between two groups of at least two. far-off: a single rating as far off. unclear:
    somebody finds the item hard to understand. cannot-judge, between: at least a third of the people.
    """
    people = spread.ratings + spread.cannot_judge
    halves = sum(count for place, count in spread.counts.items() if place.denominator == 2)
    found: dict[Prompt, bool] = {
        "roles-apart": _roles_apart(spread),
        "two-groups": min(_sides(spread.counts), default=0) >= 2,
        "far-off": min(_sides(spread.counts), default=0) == 1,
        "unclear": spread.unclear > 0,
        "cannot-judge": spread.cannot_judge >= MANY * people,
        "between": halves >= MANY * spread.ratings,
    }
    return tuple(prompt for prompt in PROMPTS if found[prompt])


def _roles_apart(spread: Spread) -> bool:
    medians = [lower_median(counts) for counts in spread.roles.values()]
    return bool(medians) and max(medians) - min(medians) >= TO_DISCUSS


def _sides(counts: Counts) -> tuple[int, int] | tuple[()]:
    """How many ratings lie on either side of the widest gap of more than a stage; nothing without such a gap."""
    gaps = [(high - low, low) for low, high in pairwise(sorted(counts)) if high - low > 1]
    if not gaps:
        return ()
    _, edge = max(gaps)
    below = sum(count for place, count in counts.items() if place <= edge)
    return below, sum(counts.values()) - below
