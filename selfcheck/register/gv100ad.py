"""Reads the official file GV100AD: lines of 220 characters, one territory each, in the order of their keys.

Inhabitants and area stand only with municipalities and are summed up for everything above. A county-free city stands in
the file as a county and as a municipality with the same key; here it is one entry. Nothing is guessed: a line that does
not fit makes the whole file unusable.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from scoring.model.wording import Wording
from selfcheck.reading.files import FileProblem, UnusableFile, unusable
from selfcheck.register.edition import Edition, Entry, TerritoryLevel

LIMIT = 20_000_000
"""Bytes of a file; the official one has 3.5 million."""
WIDTH = 220
MOST_SHOWN = 20
"""So many problems are named; a file with more of them is the wrong file."""

STATE, GOVERNMENT, REGION, COUNTY, ASSOCIATION, MUNICIPALITY = "10", "20", "30", "40", "50", "60"
KEY_DIGITS = {STATE: 2, GOVERNMENT: 3, REGION: 4, COUNTY: 5}
KINDS_OF = {
    COUNTY: frozenset({"41", "42", "43", "44", "45"}),
    ASSOCIATION: frozenset({"50", "51", "52", "53", "54", "55", "56", "57", "58"}),
    MUNICIPALITY: frozenset({"60", "61", "62", "63", "64", "65", "66", "67"}),
}
WITHOUT_COUNTY = frozenset({"41", "42"})
UNINCORPORATED = frozenset({"65", "66"})
NO_ASSOCIATION = "50"
LEVEL_OF: dict[str, TerritoryLevel] = {STATE: "state", GOVERNMENT: "government", REGION: "region"}
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
AS_ISSUED = (
    "bitte die Datei GV100AD unverändert verwenden, so wie sie herausgegeben wird",
    "please use the file GV100AD unchanged, as it is issued",
)


@dataclass(frozen=True, slots=True)
class _Record:
    """One line: the kind of record, the 12-digit key filled up with zeros, and what stands with it."""

    line: int
    type: str
    ars: str
    name: str
    kind: str
    population: int
    area: int


def read_edition(raw: bytes, name: str) -> Edition:
    """What a file of the register says. Raises UnusableFile with line numbers."""
    text, encoding = _decoded(raw, name)
    lines = text.removesuffix("\n").split("\n")
    reader = _Reader(name)
    as_of = reader.as_of(lines[0].removesuffix("\r"))
    records = [record for number, line in enumerate(lines, 1) if (record := reader.record(number, line))]
    reader.finish()
    entries = tuple(_Joined(reader, records).entries())
    reader.finish()
    assert as_of is not None
    return Edition(as_of, encoding, sha256(raw).hexdigest(), entries)


def _decoded(raw: bytes, name: str) -> tuple[str, str]:
    """The text and how its letters are written: UTF-8, or Latin-1 in older files."""
    try:
        return raw.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError as error:
        text = raw.decode("latin-1")
        if found := re.search("[\x80-\x9f]", text):
            line = text.count("\n", 0, found.start()) + 1
            de = f"Byte {ord(found[0]):#04x} ist weder UTF-8 noch Latin-1; {AS_ISSUED[0]}"
            en = f"byte {ord(found[0]):#04x} is neither UTF-8 nor Latin-1; {AS_ISSUED[1]}"
            raise unusable(name, line, de, en) from error
        return text, "Latin-1"


@dataclass(slots=True)
class _Reader:
    """Reads line by line and notes what does not fit."""

    name: str
    problems: list[FileProblem] = field(default_factory=list)
    written: str = ""

    def wrong(self, line: int, de: str, en: str) -> None:
        """Note a problem; after the twentieth nothing more is read."""
        self.problems.append(FileProblem(self.name, line, "", Wording(de, en)))
        if len(self.problems) >= MOST_SHOWN:
            self.finish()

    def finish(self) -> None:
        """Raise what was noted."""
        if self.problems:
            raise UnusableFile(self.problems)

    def as_of(self, first: str) -> date | None:
        """The date for which the file holds, as its first line says."""
        self.written = first[2:10]
        try:
            return date(int(self.written[:4]), int(self.written[4:6]), int(self.written[6:]))
        except ValueError:
            self.wrong(
                1,
                "am Anfang steht kein Gebietsstand (Stellen 3 bis 10, JJJJMMTT); dies ist keine Datei GV100AD",
                "it does not begin with a date (characters 3 to 10, YYYYMMDD); this is no file GV100AD",
            )
        self.finish()
        return None

    def record(self, number: int, line: str) -> _Record | None:
        """One line as a record, or none with its problem noted."""
        line = line.removesuffix("\r")
        if len(line) != WIDTH:
            self.wrong(
                number,
                f"die Zeile hat {len(line)} Zeichen statt {WIDTH}; {AS_ISSUED[0]}",
                f"the line has {len(line)} characters instead of {WIDTH}; {AS_ISSUED[1]}",
            )
            return None
        type, kind, name = line[:2], line[122:124].strip(), line[22:72].strip()
        if type not in KEY_DIGITS and type not in KINDS_OF:
            de = f"die Satzart „{type}“ gibt es in GV100AD nicht (10, 20, 30, 40, 50, 60); {AS_ISSUED[0]}"
            en = f'there is no record type "{type}" in GV100AD (10, 20, 30, 40, 50, 60); {AS_ISSUED[1]}'
            self.wrong(number, de, en)
            return None
        if line[2:10] != self.written:
            de = f"der Gebietsstand „{line[2:10]}“ ist nicht der der ersten Zeile ({self.written}); bitte je Stand eine Datei"
            en = f'the date "{line[2:10]}" is not that of the first line ({self.written}); one file for each date, please'
            self.wrong(number, de, en)
        if not name or CONTROL.search(line):
            self.wrong(
                number,
                f"der Name fehlt oder enthält Steuerzeichen; {AS_ISSUED[0]}",
                f"the name is missing or holds control characters; {AS_ISSUED[1]}",
            )
        if kind not in KINDS_OF.get(type, {""}):
            de = f"das Kennzeichen „{kind}“ ist bei Satzart {type} nicht bekannt; {AS_ISSUED[0]}"
            en = f'the code "{kind}" is not known for record type {type}; {AS_ISSUED[1]}'
            self.wrong(number, de, en)
        area, population = (self._number(number, line, *at) for at in ((128, 139), (139, 150)))
        return _Record(number, type, self._key(number, type, line), name, kind, population, area)

    def _key(self, number: int, type: str, line: str) -> str:
        """The 12-digit key, filled up with zeros."""
        if type in KEY_DIGITS:
            digits, rest = line[10 : 10 + KEY_DIGITS[type]], line[10 + KEY_DIGITS[type] : 22]
        elif type == ASSOCIATION:
            digits, rest = line[10:15] + line[18:22], line[15:18]
        else:
            digits, rest = line[10:15] + line[18:22] + line[15:18], ""
        if not (digits.isascii() and digits.isdecimal()) or rest.strip():
            de = f"der Schlüssel „{line[10:22].strip()}“ passt nicht zu Satzart {type}; {AS_ISSUED[0]}"
            en = f'the key "{line[10:22].strip()}" does not fit record type {type}; {AS_ISSUED[1]}'
            self.wrong(number, de, en)
        return digits.ljust(12, "0")

    def _number(self, number: int, line: str, first: int, end: int) -> int:
        """A number, which only municipalities have."""
        digits = line[first:end]
        if line[:2] == MUNICIPALITY and digits.isascii() and digits.isdecimal():
            return int(digits)
        if line[:2] == MUNICIPALITY or digits.strip():
            wanted = ("Ziffern", "digits") if line[:2] == MUNICIPALITY else ("Leerzeichen", "blanks")
            de = f"an den Stellen {first + 1} bis {end} steht „{digits.strip()}“ statt {wanted[0]}; {AS_ISSUED[0]}"
            en = f'characters {first + 1} to {end} hold "{digits.strip()}" instead of {wanted[1]}; {AS_ISSUED[1]}'
            self.wrong(number, de, en)
        return 0


class _Joined:
    """The records of a file put together: sums, and county-free cities once."""

    def __init__(self, reader: _Reader, records: Iterable[_Record]) -> None:
        self.reader = reader
        self.records = tuple(records)
        self.found: dict[tuple[str, str], _Record] = {}
        self.people: dict[str, int] = defaultdict(int)
        self.hectares: dict[str, int] = defaultdict(int)
        self.inside: dict[str, list[_Record]] = defaultdict(list)
        for record in self.records:
            self._note(record)

    def _note(self, record: _Record) -> None:
        if (record.type, record.ars) in self.found:
            self._wrong(
                record,
                f"den Schlüssel {record.ars} gibt es in Satzart {record.type} zweimal",
                f"the key {record.ars} occurs twice in record type {record.type}",
            )
        self.found[record.type, record.ars] = record
        if record.type == MUNICIPALITY:
            self.inside[record.ars[:5]].append(record)
            for digits in (2, 3, 4, 5, 9):
                self.people[record.ars[:digits]] += record.population
                self.hectares[record.ars[:digits]] += record.area

    def _wrong(self, record: _Record, de: str, en: str) -> None:
        self.reader.wrong(record.line, f"{de}; {AS_ISSUED[0]}", f"{en}; {AS_ISSUED[1]}")

    def entries(self) -> Iterator[Entry]:
        """Every entry once."""
        cities = {one.ars[:5] for one in self.records if one.type == COUNTY and one.kind in WITHOUT_COUNTY}
        for record in self.records:
            self._check_whole(record)
            within = record.ars[:5]
            if record.type in LEVEL_OF:
                digits = KEY_DIGITS[record.type]
                ags = record.ars[:8] if record.type == STATE else ""
                yield self._summed(record, LEVEL_OF[record.type], ags, digits)
            elif record.type == COUNTY and within in cities:
                yield from self._city(record)
            elif record.type == COUNTY:
                yield self._summed(record, "county", f"{within}000", 5)
            elif record.type == ASSOCIATION and record.kind != NO_ASSOCIATION:
                yield self._summed(record, "association", "", 9)
            elif record.type == MUNICIPALITY and within not in cities:
                level: TerritoryLevel = "unincorporated" if record.kind in UNINCORPORATED else "municipality"
                ags = within + record.ars[9:]
                yield Entry(level, record.ars, ags, record.name, record.kind, record.population, record.area)

    def _check_whole(self, record: _Record) -> None:
        """Everything lies in something, and no county is empty; the sea and areas shared with others have no county."""
        above = STATE if record.type == COUNTY or record.kind in UNINCORPORATED else COUNTY
        digits = KEY_DIGITS[above]
        needed = record.type in (COUNTY, MUNICIPALITY) or record.kind not in ("", NO_ASSOCIATION)
        if needed and (above, record.ars[:digits].ljust(12, "0")) not in self.found:
            de = f"„{record.name}“ liegt in {record.ars[:digits]}, das in der Datei fehlt; sie ist nicht vollständig"
            en = f'"{record.name}" lies in {record.ars[:digits]}, which the file lacks; it is not complete'
            self._wrong(record, de, en)
        if record.type == COUNTY and record.kind not in WITHOUT_COUNTY and not self.inside[record.ars[:5]]:
            de = f"„{record.name}“ hat in der Datei keine Gemeinde; sie ist nicht vollständig"
            self._wrong(record, de, f'"{record.name}" has no municipality in the file; it is not complete')

    def _city(self, record: _Record) -> Iterator[Entry]:
        """A county-free city, by the name it has as a municipality."""
        inside = self.inside[record.ars[:5]]
        if len(inside) == 1 and inside[0].ars == record.ars:
            one = inside[0]
            yield Entry("city", one.ars, one.ars[:5] + "000", one.name, record.kind, one.population, one.area)
            return
        de = f"zur kreisfreien Stadt „{record.name}“ gehört genau ein Satz 60 mit demselben Schlüssel, hier sind es {len(inside)}"
        en = f'the county-free city "{record.name}" needs one record 60 with the same key; here there are {len(inside)}'
        self._wrong(record, de, en)

    def _summed(self, record: _Record, level: TerritoryLevel, ags: str, digits: int) -> Entry:
        within = record.ars[:digits]
        return Entry(level, record.ars, ags, record.name, record.kind, self.people[within], self.hectares[within])
