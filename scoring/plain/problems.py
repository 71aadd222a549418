"""What is wrong with data from outside, where, and what is allowed instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.model.wording import Wording

Place = tuple[str | int, ...]
"""The keys and positions that lead to a value, for instance ("answers", "P1.1", "stage")."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake at one place."""

    place: Place
    message: Wording

    @property
    def path(self) -> str:
        """The place as people write it: `perspectives[1].items[3].anchors`."""
        written = ""
        for key in self.place:
            written += f"[{key}]" if isinstance(key, int) else f".{key}" if written else key
        return written.encode(errors="replace").decode()  # half a character could not be shown anywhere


class Invalid(ValueError):
    """Data that cannot be used; carries every problem found, never only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.path}: {problem.message.en}" for problem in problems))
        self.problems = tuple(problems)
