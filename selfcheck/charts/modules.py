"""What the entries of a module look like: the pictures its data asks for."""

from collections.abc import Callable, Mapping, Sequence
from typing import assert_never

from scoring.modules.entries import Line
from scoring.modules.model import Column, Picture
from scoring.modules.result import ModuleResult, SectionResult
from selfcheck.charts.marks import MarkGroup, MarkRow, Marks
from selfcheck.charts.network import Network, Partner, Sector
from selfcheck.charts.profile import whose
from selfcheck.ground.i18n import translator
from selfcheck.words.findings import Findings
from selfcheck.words.modules import MARKS, Mark, mark_of, mark_words, row_name, ticks_of

ModuleChart = Marks | Network
CellsOf = Callable[[Line], tuple[tuple[Mark, ...], ...]]


def pictures(findings: Findings, result: ModuleResult, *, own_words: bool) -> tuple[tuple[Picture, ModuleChart], ...]:
    """Every picture of a module. With `own_words` rows that were added have their names, and short texts stand beside."""
    return tuple(
        (picture, _Drawer(findings, result, result.section(picture.section), own_words).chart(picture))
        for picture in result.module.pictures
    )


class _Drawer:
    """Draws one section of one result."""

    def __init__(self, findings: Findings, result: ModuleResult, section: SectionResult, own_words: bool) -> None:
        self.findings, self.result, self.section, self.own_words = findings, result, section, own_words
        self.say, self._ = findings.say, translator(findings.language)
        self.graded = tuple(column for column in section.section.columns if column.is_graded)
        self.drawn = tuple(c for c in section.section.columns if c.is_graded or c.kind == "several")

    def chart(self, picture: Picture) -> ModuleChart:
        """The picture of this section."""
        match picture.kind:
            case "rows":
                return self._marks(self._columns(), self._groups(self._cells), self._names(self.drawn))
            case "groups":
                heads = tuple(self.say.say(column.name) for column in self.graded)
                return self._marks(heads, self._groups_as_rows(), self._names(self.graded))
            case "route":
                column = self.graded[0]
                groups = self._groups(lambda line: ((mark_of(line, column),),))
                return self._marks((self.say.say(column.name),), groups, self._names((column,)), joined=True)
            case "network":
                return self._network(self.graded[0])
            case _:
                assert_never(picture.kind)

    def _marks(
        self, columns: tuple[str, ...], groups: tuple[MarkGroup, ...], names: Mapping[Mark, str], joined: bool = False
    ) -> Marks:
        return Marks(
            title=self._title(),
            columns=columns,
            groups=groups,
            names=names,
            joined=joined,
            subtitle=whose(self.findings),
            source=self._source(),
            language=self.findings.language,
        )

    def _network(self, column: Column) -> Network:
        sectors = (
            Sector(
                self.say.say(group.name),
                tuple(Partner(line.id, self._label(line), mark_of(line, column)) for line in self._lines(group.id)),
            )
            for group in self.section.section.groups
        )
        return Network(
            title=self._title(),
            centre=self._("Integrated planning"),
            sectors=tuple(sectors),
            names=self._names((column,)),
            subtitle=whose(self.findings),
            source=self._source(),
            language=self.findings.language,
        )

    def _title(self) -> str:
        return f"{self.say.say(self.result.module.title)}: {self.say.say(self.section.section.name)}"

    def _source(self) -> str:
        text = self._("Entries of the municipality, module {title}, version {version}. Not an audit; changes no value.")
        return text.format(title=self.say.say(self.result.module.title), version=self.result.module.version)

    def _names(self, columns: Sequence[Column]) -> Mapping[Mark, str]:
        """What the marks mean: the options of the column, or in general where columns differ."""
        names = mark_words(self._)
        lists = {column.options for column in columns}
        if len(lists) == 1 and (options := lists.pop()) and columns[0].is_graded:
            for mark in MARKS:
                named = [self.say.say(option.name) for option in options if option.counts == mark]
                names |= {mark: ", ".join(named)} if named else {}
        return names

    def _columns(self) -> tuple[str, ...]:
        """Graded columns by their name, columns with several options by the names of these."""
        return tuple(
            self.say.say(named)
            for column in self.drawn
            for named in ((column.name,) if column.is_graded else (option.name for option in column.options))
        )

    def _cells(self, line: Line) -> tuple[tuple[Mark, ...], ...]:
        found = ((mark_of(line, column),) if column.is_graded else ticks_of(line, column) for column in self.drawn)
        return tuple((mark,) for marks in found for mark in marks)

    def _groups(self, cells: CellsOf) -> tuple[MarkGroup, ...]:
        groups = self.section.section.groups
        return tuple(
            MarkGroup(
                self.say.say(group.name) if len(groups) > 1 else "",
                tuple(
                    MarkRow(line.id, self._label(line), cells(line), self._aside(line))
                    for line in self._lines(group.id)
                ),
            )
            for group in groups
        )

    def _groups_as_rows(self) -> tuple[MarkGroup, ...]:
        rows = (
            MarkRow(
                group.id,
                self.say.say(group.name),
                tuple(tuple(mark_of(line, column) for line in self._lines(group.id)) for column in self.graded),
            )
            for group in self.section.section.groups
        )
        return (MarkGroup("", tuple(rows)),)

    def _lines(self, group: str) -> list[Line]:
        return [line for line in self.section.lines if line.group == group]

    def _label(self, line: Line) -> str:
        return row_name(self.findings, self.result, line, own_words=self.own_words)

    def _aside(self, line: Line) -> str:
        if not self.own_words:
            return ""
        texts = (line.values.get(c.id) for c in self.section.section.columns if c.kind == "text")
        return "\u00a0· ".join(text for text in texts if isinstance(text, str) and text)
