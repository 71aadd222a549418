"""The data dictionary: every column of every sheet, its own included."""

from collections.abc import Iterable

from selfcheck.ground.i18n import Translate
from selfcheck.tables.columns import Cell, CellKind, ColumnOrigin, DataColumn, DataTable, ours


def dictionary(tables: Iterable[DataTable], last: DataTable, _: Translate) -> DataTable:
    """What the columns of these tables mean, of the dictionary itself, and of the table that stands after it."""
    own = DataTable(_("Dictionary"), _("What every column of every sheet means."), _columns(_), (), heads=2)
    rows = tuple(_row(table, column, _) for table in (*tables, own, last) for column in table.columns)
    return DataTable(own.name, own.about, own.columns, rows, heads=2)


def origins(_: Translate) -> dict[ColumnOrigin, str]:
    """Where contents come from, in words."""
    return {
        "answers": _("answers of the municipality"),
        "ratings": _("individual ratings"),
        "questionnaire": _("questionnaire"),
        "computed": _("computed"),
        "product": _("this program"),
    }


def kinds(_: Translate) -> dict[CellKind, str]:
    """What cells hold, in words."""
    return {
        "text": _("text"),
        "stage": _("number"),
        "number": _("number"),
        "count": _("whole number"),
        "share": _("share"),
        "change": _("number with sign"),
        "fact": _("text, number or date"),
    }


def _columns(_: Translate) -> tuple[DataColumn, ...]:
    return (
        ours("sheet", _("Sheet"), 23, _("The sheet that holds the column.")),
        ours("column", _("Column"), 23, _("The heading of the column.")),
        ours("meaning", _("Meaning"), 42, _("What its cells say.")),
        ours("kind", _("Kind"), 13, _("What its cells hold."), range="; ".join(dict.fromkeys(kinds(_).values()))),
        ours("unit", _("Unit"), 12, _("What numbers count.")),
        ours("range", _("Possible values"), 30, _("What can stand in a cell.")),
        ours("computed", _("How it is computed"), 34, _("How the content comes about.")),
        ours("origin", _("Origin"), 20, _("Where the content comes from."), range="; ".join(origins(_).values())),
    )


def _row(table: DataTable, column: DataColumn, _: Translate) -> tuple[Cell, ...]:
    return (
        table.name,
        column.title,
        column.meaning,
        kinds(_)[column.kind],
        column.unit or None,
        column.range or None,
        column.computed or None,
        origins(_)[column.origin],
    )
