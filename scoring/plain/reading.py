"""Strict reading of plain data: every mistake is noted with its place, and reading goes on to find the next one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeVar, cast

from scoring.model import texts
from scoring.model.wording import LANGUAGES, Wording
from scoring.plain.problems import Invalid, Place, Problem

T = TypeVar("T")

LONGEST_SHOWN = 60
LONGEST_TEXT = 5000


@dataclass(frozen=True, slots=True)
class Node:
    """A value at its place. Each method returns the value in the wanted shape, or notes the problem and a stand-in."""

    value: Any
    place: Place = ()
    problems: list[Problem] = field(default_factory=list)

    def problem(self, de: str, en: str) -> None:
        """Note a mistake at this place."""
        self.problems.append(Problem(self.place, Wording(de, en)))

    def at(self, key: str | int, value: Any) -> "Node":
        """A value inside this one."""
        return Node(value, (*self.place, key), self.problems)

    def raise_problems(self) -> None:
        """Raise Invalid with everything noted so far; return when there is nothing."""
        if self.problems:
            raise Invalid(self.problems)

    def fields(self, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, "Node"]:
        """The entries of a mapping with exactly these keys; a missing required one is a node of None."""
        given = self.entries()
        if not isinstance(self.value, Mapping):
            return {key: Node(None, (*self.place, key), []) for key in required}  # the whole is noted already
        allowed = [*required, *optional]
        for key, node in given.items():
            if key not in allowed:
                node.problem(
                    f"„{shown(key)}“ ist hier nicht vorgesehen; erlaubt sind: {', '.join(allowed)}",
                    f'"{shown(key)}" is not expected here; allowed are: {", ".join(allowed)}',
                )
        for key in required:
            if key not in given:
                self.problem(f"„{key}“ fehlt", f'"{key}" is missing')
                given[key] = Node(None, (*self.place, key), [])  # already noted: say nothing more about it
        return {key: node for key, node in given.items() if key in allowed}

    def entries(self) -> dict[str, "Node"]:
        """The entries of a mapping with text keys, whatever they are; numbers as keys are taken as text."""
        if not self.is_mapping():
            return {}
        return {str(key): self.at(cast("str | int", key), value) for key, value in self.value.items()}

    def is_mapping(self) -> bool:
        """Whether it is a mapping; noted when it is not."""
        if not isinstance(self.value, Mapping):
            self.expected("eine Zuordnung (Schlüssel: Wert)", "a mapping (key: value)")
            return False
        return True

    def sequence(self) -> Iterator["Node"]:
        """The elements of a list."""
        if not isinstance(self.value, Sequence) or isinstance(self.value, str):
            self.expected("eine Liste", "a list")
            return
        for index, value in enumerate(self.value):
            yield self.at(index, value)

    def each(self, read: Callable[["Node"], T]) -> tuple[T, ...]:
        """The elements of a list, each read in the same way."""
        return tuple(read(node) for node in self.sequence())

    def text(self) -> str:
        """A text that is not empty, its letters and line ends in one form."""
        if isinstance(self.value, str) and self.value.strip():
            return texts.composed(self.value)
        if isinstance(self.value, int | float):
            self.expected("ein Text, also in Anführungszeichen", "a text, so in quotation marks")
        else:
            self.expected("ein Text", "a text")
        return ""

    def writing(self, longest: int = LONGEST_TEXT) -> str:
        """A text that people wrote and that a report can print; its length is counted as it is kept."""
        return self._meant(texts.paragraphs, longest)

    def line(self, longest: int = LONGEST_TEXT) -> str:
        """A name, title or label that people wrote, on one line and without signs that nobody sees."""
        text = self._meant(texts.line, longest)
        if not text and isinstance(self.value, str) and self.value.strip():
            self.expected("ein Text, der zu sehen ist", "a text that can be seen")
        return text

    def _meant(self, read: Callable[[str], str], longest: int) -> str:
        given = self.text()
        text = read(given)
        if texts.UNPRINTABLE.search(given):
            self.problem(
                "enthält Steuerzeichen, die sich nicht drucken lassen; bitte löschen",
                "holds control characters that cannot be printed; please delete them",
            )
        if len(text) > longest:
            de = f"ist {len(text)} Zeichen lang; höchstens {longest} sind möglich"
            self.problem(de, f"is {len(text)} characters long; at most {longest} are possible")
        return text

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return self.each(Node.text)

    def whole(self, lowest: int | None = None, highest: int | None = None) -> int:
        """A whole number within bounds; true and false are no numbers."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.expected("eine ganze Zahl", "a whole number")
            return lowest or 0
        if (lowest is not None and self.value < lowest) or (highest is not None and self.value > highest):
            bounds = f"{'' if lowest is None else lowest}–{'' if highest is None else highest}"
            self.expected(f"eine ganze Zahl von {bounds}", f"a whole number of {bounds}")
            return lowest or 0
        return self.value

    def wholes(self) -> tuple[int, ...]:
        """A list of whole numbers from 1."""
        return self.each(lambda node: node.whole(lowest=1))

    def number(self) -> Fraction:
        """An exact number: whole, decimal or a fraction written as text, such as "1/2"."""
        if isinstance(self.value, int | float | str) and not isinstance(self.value, bool):
            try:
                return Fraction(str(self.value))
            except (ValueError, ZeroDivisionError):
                pass
        self.expected("eine Zahl", "a number")
        return Fraction(0)

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            self.expected("true oder false", "true or false")
            return False
        return self.value

    def one_of(self, allowed: Sequence[T]) -> T:
        """One of these values, of the same type."""
        given = texts.visible(self.value) if isinstance(self.value, str) else self.value
        for value in allowed:
            if value == given and type(value) is type(given):
                return value
        listed = ", ".join(str(value) for value in allowed)
        if isinstance(self.value, str) and self.value in [str(value) for value in allowed]:
            self.expected(f"eins von: {listed} – ohne Anführungszeichen", f"one of: {listed} – without quotation marks")
        else:
            self.expected(f"eins von: {listed}", f"one of: {listed}")
        return allowed[0]

    def wording(self) -> Wording:
        """A text in every language."""
        entries = self.fields(LANGUAGES)
        return Wording(entries["de"].text(), entries["en"].text()) if entries else Wording("", "")

    def expected(self, de: str, en: str) -> None:
        """Note that something else stands here than was expected."""
        if self.value is None:
            self.problem(f"hier fehlt etwas; erwartet wird {de}", f"something is missing here; expected is {en}")
        else:
            self.problem(
                f"„{shown(self.value)}“ passt nicht; erwartet wird {de}",
                f'"{shown(self.value)}" does not fit; expected is {en}',
            )


def shown(value: object) -> str:
    """A value as it may stand in a message: short, on one line."""
    written = str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())
    written = written if len(written) <= LONGEST_SHOWN else written[:LONGEST_SHOWN] + "…"
    return written.encode(errors="replace").decode()  # half a character could not be shown anywhere
