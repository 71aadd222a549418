"""What is wrong with data from outside, where, and what is allowed instead."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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


Problems = Iterator[Problem]


class Invalid(ValueError):
    """Data that cannot be used; carries every problem found, never only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.path}: {problem.message.en}" for problem in problems))
        self.problems = tuple(problems)


def problem(place: Place, de: str, en: str) -> Problem:
    """A mistake, said in both languages."""
    return Problem(place, Wording(de, en))


def empty(place: Place) -> Problem:
    """Nothing stands where something must."""
    return problem(place, "darf nicht leer sein", "must not be empty")


def unknown(place: Place, what_de: str, what_en: str, id: object) -> Problem:
    """Something is named that does not exist."""
    return problem(place, f"{what_de} „{id}“ gibt es nicht", f'there is no {what_en} "{id}"')


def doubled(place: Place, ids: Iterable[str]) -> Problems:
    """Ids that stand there more than once."""
    for id, count in Counter(ids).items():
        if count > 1:
            yield problem(place, f"die Kennung „{id}“ kommt {count}-mal vor", f'the id "{id}" occurs {count} times')
