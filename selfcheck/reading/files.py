"""Strict reading of YAML and JSON: plain data with the line of every value, or every problem with its line.

YAML is read as its 1.2 core says (`yes` and `no` are texts), without anchors, aliases, tags or repeated keys, to a
limited depth and size, so that a file from outside can neither surprise nor exhaust the reader.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from scoring.model.wording import Wording
from scoring.plain.problems import Invalid, Place, Problem
from scoring.plain.reading import shown

ANSWER_FILE_LIMIT = 2_000_000
"""Bytes of an answer file; 49 items with remarks of 5,000 characters stay below half of it."""
DEEPEST = 20
MOST_VALUES = 200_000

INTEGER = re.compile(r"[-+]?[0-9]+")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Document:
    """The data of one file, and the line on which each value begins."""

    name: str
    data: Any
    lines: Mapping[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int | None:
        """The line of a value, or of the nearest value around it."""
        for end in range(len(place), -1, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return None


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One problem of one file, ready to be shown."""

    file: str
    line: int | None
    path: str
    message: Wording


class UnusableFile(Exception):
    """A file that cannot be used, with every problem found."""

    def __init__(self, problems: list[FileProblem]) -> None:
        super().__init__("; ".join(f"{p.file}:{p.line}: {p.path}: {p.message.en}" for p in problems))
        self.problems = tuple(problems)


def unusable(name: str, line: int | None, de: str, en: str) -> UnusableFile:
    """A file with one problem that belongs to no single value."""
    return UnusableFile([FileProblem(name, line, "", Wording(de, en))])


def located(document: Document, invalid: Invalid) -> UnusableFile:
    """The problems of data with the lines of the file they were read from."""
    problems = [_located(document, problem) for problem in invalid.problems]
    return UnusableFile(sorted(problems, key=lambda problem: problem.line or 0))


def _located(document: Document, problem: Problem) -> FileProblem:
    return FileProblem(document.name, document.line(problem.place), problem.path, problem.message)


def read_file(path: Path, limit: int = ANSWER_FILE_LIMIT) -> Document:
    """The document in a file; `.json` is read as JSON, everything else as YAML. Raises UnusableFile."""
    return read_bytes(read_whole(path, limit), str(path))


def read_whole(path: Path, limit: int) -> bytes:
    """The bytes of a file that is not larger than allowed. Raises UnusableFile."""
    try:
        size = path.stat().st_size
        if size > limit:
            de = f"die Datei ist {size:,} Bytes groß; erlaubt sind {limit:,}".replace(",", " ")
            raise unusable(str(path), None, de, f"the file has {size:,} bytes; at most {limit:,} are allowed")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise unusable(str(path), None, "diese Datei gibt es nicht", "this file does not exist") from error
    except IsADirectoryError as error:
        raise unusable(str(path), None, "ist ein Ordner, keine Datei", "is a folder, not a file") from error
    except OSError as error:
        raise unusable(
            str(path), None, f"lässt sich nicht lesen ({error.strerror})", f"cannot be read ({error.strerror})"
        ) from error


def read_bytes(raw: bytes, name: str) -> Document:
    """The document in the bytes of a file. A UTF-8 mark at the beginning is accepted. Raises UnusableFile."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        de = "ist nicht in UTF-8 gespeichert; im Editor „Speichern unter … UTF-8“ wählen"
        raise unusable(name, line, de, 'is not saved as UTF-8; choose "Save as … UTF-8" in the editor') from error
    return _json(text, name) if name.lower().endswith(".json") else Document(name, *_Builder(name).build(text))


def _json(text: str, name: str) -> Document:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in pairs:
            if key in made:
                raise _doubled(name, None, key)
            made[key] = value
        return made

    def refuse(constant: str) -> Any:
        raise unusable(name, None, f"„{constant}“ ist keine erlaubte Zahl", f'"{constant}" is no allowed number')

    if sum(text.count(part) for part in ",[{") > MOST_VALUES:
        raise unusable(name, None, TOO_MANY.de, TOO_MANY.en)
    try:
        data = json.loads(text, object_pairs_hook=unique, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise unusable(
            name,
            error.lineno,
            "ist kein gültiges JSON: Hier fehlt ein Zeichen, oder eines steht zu viel da",
            f"is no valid JSON ({error.msg})",
        ) from error
    except RecursionError as error:
        raise _too_deep(name, None) from error
    except ValueError as error:  # a whole number with thousands of digits
        raise unusable(name, None, "enthält eine viel zu lange Zahl", "holds a number that is far too long") from error
    try:  # JSON is YAML as well, nearly always; what differs only loses its line numbers
        return Document(name, data, _Builder(name).build(text)[1])
    except UnusableFile as error:
        if any(problem.message == TOO_DEEP for problem in error.problems):
            raise
        if _is_too_deep(data):
            raise _too_deep(name, None) from error
        return Document(name, data)


def _is_too_deep(data: Any, left: int = DEEPEST) -> bool:
    if not isinstance(data, dict | list):
        return False
    return left == 0 or any(_is_too_deep(one, left - 1) for one in (data.values() if isinstance(data, dict) else data))


TOO_DEEP = Wording(
    f"ist tiefer verschachtelt als erlaubt ({DEEPEST} Ebenen)", f"is nested deeper than allowed ({DEEPEST} levels)"
)
TOO_MANY = Wording(
    f"enthält mehr Einträge als erlaubt ({MOST_VALUES})", f"holds more entries than allowed ({MOST_VALUES})"
)


def _too_deep(name: str, line: int | None) -> UnusableFile:
    return unusable(name, line, TOO_DEEP.de, TOO_DEEP.en)


def _doubled(name: str, line: int | None, key: str) -> UnusableFile:
    de = f"„{shown(key)}“ steht zweimal da; bitte einen der beiden Einträge löschen"
    return unusable(name, line, de, f'"{shown(key)}" occurs twice; please delete one of the two entries')


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read."""

    content: Any
    place: Place
    key: Any = None
    has_key: bool = False


def _likely(text: str, line: int | None) -> str:
    """What is probably wrong, for people who read German: the parser says it in English alone."""
    if line and any("\t" in one for one in text.splitlines()[line - 1 : line]):
        return "zum Einrücken bitte Leerzeichen verwenden, keine Tabulatoren"
    return "Einrückung, Doppelpunkt mit Leerzeichen oder Anführungszeichen stimmen hier oder in der Zeile davor nicht"


class _Builder:
    """Builds plain data from the events of the YAML parser, without recursion."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Place, int] = {}
        self.open: list[_Open] = []
        self.result: Any = None
        self.documents = 0

    def build(self, text: str) -> tuple[Any, Mapping[Place, int]]:
        """The data and its lines."""
        try:
            for event in _events(text):
                self._take(event, event.start_mark.line + 1)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            what = getattr(error, "problem", None) or str(error)
            line = mark.line + 1 if mark else None
            raise unusable(
                self.name, line, f"ist kein gültiges YAML: {_likely(text, line)}", f"is no valid YAML ({what})"
            ) from error
        return self.result, self.lines

    def _take(self, event: Any, line: int) -> None:
        if getattr(event, "anchor", None) or getattr(event, "tag", None) or isinstance(event, yaml.AliasEvent):
            de, en = (
                "Anker, Verweise und Typangaben (&, *, !) sind nicht erlaubt",
                "anchors, aliases and tags (&, *, !) are not allowed",
            )
            raise unusable(self.name, line, de, en)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise unusable(
                    self.name, line, "enthält mehr als ein Dokument (---)", "holds more than one document (---)"
                )
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._begin({} if isinstance(event, yaml.MappingStartEvent) else [], line)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.open.pop()

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        inside = self.open[-1] if self.open else None
        if inside and isinstance(inside.content, dict) and not inside.has_key:
            key = event.value if event.style else _key(event.value)
            if key in inside.content:
                raise _doubled(self.name, line, str(key))
            inside.key, inside.has_key = key, True
        else:
            self._put(event.value if event.style else plain(event.value), line)

    def _begin(self, content: Any, line: int) -> None:
        inside = self.open[-1] if self.open else None
        if inside and isinstance(inside.content, dict) and not inside.has_key:
            raise unusable(
                self.name, line, "ein Schlüssel muss ein Wort oder eine Zahl sein", "a key must be a word or a number"
            )
        if len(self.open) >= DEEPEST:
            raise _too_deep(self.name, line)
        self.open.append(_Open(content, self._put(content, line)))

    def _put(self, value: Any, line: int) -> Place:
        """Store a value where it belongs and note its line."""
        if len(self.lines) >= MOST_VALUES:
            raise unusable(self.name, line, TOO_MANY.de, TOO_MANY.en)
        place: Place = ()
        if not self.open:
            self.result = value
        else:
            inside = self.open[-1]
            if isinstance(inside.content, dict):
                place = (*inside.place, inside.key)
                inside.content[inside.key] = value
                inside.has_key = False
            else:
                place = (*inside.place, len(inside.content))
                inside.content.append(value)
        self.lines[place] = line
        return place


def _events(text: str) -> Iterator[Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return iter(yaml.parse(text, Loader=loader))


def _key(text: str) -> str | int:
    """A key keeps its spelling; only a plain whole number is a number."""
    return int(text) if len(text) < 19 and INTEGER.fullmatch(text) and str(int(text)) == text else text


def plain(text: str) -> Any:
    """The value of an unquoted scalar: nothing, true or false, a number, else the text."""
    if text in CONSTANTS:
        return CONSTANTS[text]
    if INTEGER.fullmatch(text):
        return int(text) if len(text) < 19 else text
    return float(text) if DECIMAL.fullmatch(text) else text
