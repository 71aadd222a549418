"""What people wrote, whole: one row for each text, in parts where it would not fit a cell."""

from collections.abc import Iterator

from scoring.model.answers import Answer
from selfcheck.ground.i18n import Translate
from selfcheck.tables.columns import Cell, DataColumn, DataTable, answered, ours, shipped
from selfcheck.tables.texts import cleaned, parts
from selfcheck.words.findings import Findings

WIDTH = 95
"""Characters of the column that holds the texts."""
MOST_LINES = 12
"""Lines of one part: rows this high fill pages well."""


def notes(findings: Findings, _: Translate) -> DataTable | None:
    """Remarks, evidence, dissent and the remarks of individual ratings; nothing where nobody wrote anything."""
    rows = tuple(row for item, kind, text in _texts(findings, _) for row in _rows(findings, item, kind, text))
    if not rows:
        return None
    about = _("What people wrote in their own words, whole. Not for publication.")
    return DataTable(_("Remarks and evidence"), about, tuple(_columns(_)), rows, heads=2).without_empty()


def _columns(_: Translate) -> Iterator[DataColumn]:
    yield shipped("id", _("Id"), 10, _("The id of the item; it begins with that of its perspective."))
    yield shipped("name", _("Item"), 28, _("The item in short."))
    kinds = _("remark, evidence, dissent, individual remark")
    yield answered("kind", _("Kind"), 18, _("What kind of text it is."), range=kinds)
    yield ours(
        "part",
        _("Part"),
        9,
        _("Which part of a long text this is; the parts together are the whole text."),
        kind="count",
        optional=True,
    )
    yield answered("text", _("Text"), WIDTH, _("As people wrote it."))


def _texts(findings: Findings, _: Translate) -> Iterator[tuple[str, str, str]]:
    for item in findings.asked:
        answer = findings.sheet.answers.get(item.id, Answer())
        yield item.id, _("remark"), answer.remark
        yield item.id, _("evidence"), answer.evidence
        yield item.id, _("dissent"), answer.dissent
        spread = findings.sheet.spreads.get(item.id)
        for remark in spread.remarks if spread else ():
            yield item.id, _("individual remark"), remark


def _rows(findings: Findings, item: str, kind: str, text: str) -> Iterator[tuple[Cell, ...]]:
    name = findings.say.say(findings.questionnaire.items[item].name)
    pieces = list(parts(cleaned(text), WIDTH, MOST_LINES))
    for place, piece in enumerate(pieces, 1):
        yield item, name, kind, place if len(pieces) > 1 else None, piece.rstrip()
