"""What a report is made of. The outline says what stands there; a writer decides how it looks in its format."""

from dataclasses import dataclass
from typing import Literal, assert_never

from selfcheck.charts.looks import Chart

Length = Literal["short", "full"]
"""The short report is for councillors: what matters and the profile."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 begins a chapter."""

    level: Literal[1, 2, 3]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `lead` opens a chapter, `note` is small print."""

    text: str
    style: Literal["normal", "lead", "note"] = "normal"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; numbered where the order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column with its share of the width; numbers are set to the right."""

    title: str
    share: int = 1
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts; the first column names the row. The caption says what the table shows."""

    caption: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its caption; the text alternative is the chart's description."""

    chart: Chart
    caption: str


@dataclass(frozen=True, slots=True)
class FactList:
    """Short labelled statements: who prepares, who decides, how much work."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """Something set apart: a step to take, a question to think about, or a note."""

    kind: Literal["step", "question", "note"]
    title: str
    text: str
    facts: FactList | None = None


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page, in formats that have pages."""


Block = Heading | Paragraph | Bullets | Table | Figure | FactList | Callout | NewPage
Kind = Literal["heading", "paragraph", "bullets", "table", "figure", "facts", "callout", "new page"]


def kind_of(block: Block) -> Kind:
    """What a block is, for templates: they cannot tell classes apart."""
    match block:
        case Heading():
            return "heading"
        case Paragraph():
            return "paragraph"
        case Bullets():
            return "bullets"
        case Table():
            return "table"
        case Figure():
            return "figure"
        case FactList():
            return "facts"
        case Callout():
            return "callout"
        case NewPage():
            return "new page"
        case _:
            assert_never(block)


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole report: what the title page says and the blocks that follow."""

    language: Literal["de", "en"]
    title: str
    subtitle: str
    municipality: str
    date: str
    imprint: str
    """One line that says what the values rest on; stands on the title page and in the footer."""
    blocks: tuple[Block, ...]
    variant: str = ""
    """Whom the report is for; stands on the title page and on every other page."""
    cover: bool = True
    """Whether the title has a page of its own, with the contents; a council paper begins with its head."""

    @property
    def parts(self) -> tuple[tuple[Kind, Block], ...]:
        """The blocks, each with what it is."""
        return tuple((kind_of(block), block) for block in self.blocks)
