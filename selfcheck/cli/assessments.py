"""`selfcheck assessments`: the self-checks stored in this installation, for whoever operates it. Shows no answers."""

import os
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from scoring.model.wording import Language
from scoring.plain.problems import Invalid
from selfcheck.cli.database import ask_before_deleting, hand_over, open_database
from selfcheck.cli.options import FILE, ID, JSON, LANGUAGE, ONE_FILE, SURE
from selfcheck.cli.terminal import console, write_json
from selfcheck.ground.days import day_of
from selfcheck.ground.i18n import N_, Translate, translator
from selfcheck.ground.written import written_day
from selfcheck.models import Assessment
from selfcheck.reading.files import UnusableFile, read_file
from selfcheck.services import assessments, links, transfer
from selfcheck.words.findings import Findings

LIMIT = 8 * transfer.PARCEL_LIMIT
"""Bytes of a file that the operator takes in; pages take less from strangers."""


@click.command("list")
@JSON
@LANGUAGE
def show(as_json: bool, language: Language) -> None:
    """List all self-checks with how far they are; no answers."""
    with open_database(language) as (_database, session):
        rows = [_row(one) for one in session.scalars(select(Assessment).order_by(Assessment.changed, Assessment.id))]
    if as_json:
        write_json(rows)
    else:
        _table(rows, language)


def _row(assessment: Assessment) -> dict[str, Any]:
    """What may be known of a self-check without opening it; a questionnaire that is not here leaves the counts open."""
    try:
        sheet = assessments.sheet_of(assessment)
        asked = Findings(assessments.questionnaire_of(assessment), sheet, "de").asked
        answered = sum(one.id in sheet.answers and not sheet.answers[one.id].is_open for one in asked)
        counts: dict[str, int | None] = {"answered": answered, "asked": len(asked)}
    except (UnusableFile, Invalid):
        counts = {"answered": None, "asked": None}
    return {
        "id": assessment.id,
        "municipality": assessment.municipality,
        "questionnaire": assessment.questionnaire,
        "version": assessment.version,
        "scope": assessment.scope,
        **counts,
        "mode": assessment.mode,
        "changed": assessment.changed.isoformat(timespec="seconds"),
    }


def _table(rows: list[dict[str, Any]], language: Language) -> None:
    from datetime import datetime

    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    _ = translator(language)
    if not rows:
        click.echo(_("No self-check is stored here."))
        return
    scopes = {"full": _("full"), "short": _("short")}
    modes = {"open": _("open round"), "covert": _("covert ratings")}
    table = Table(header_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(_("Id"), no_wrap=True)
    table.add_column(_("Municipality"))
    for heading in (_("Version"), _("Scope"), _("Answered"), _("Mode"), _("Last changed")):
        table.add_column(heading, no_wrap=True)
    for row in rows:
        scope = scopes[row["scope"]] if isinstance(row["scope"], str) else " ".join(row["scope"])
        answered = "?" if row["asked"] is None else f"{row['answered']}/{row['asked']}"
        changed = written_day(day_of(datetime.fromisoformat(row["changed"])), language)
        table.add_row(
            row["id"], escape(row["municipality"]), row["version"], scope, answered, modes[row["mode"]], changed
        )
    console().print(table)


@click.command()
@ID
@click.option("-o", "--output", type=FILE, help=N_("File to write; without it, standard output."))
@click.option("--force", is_flag=True, help=N_("Write over an existing file."))
@LANGUAGE
def export(id: str, output: Path | None, force: bool, language: Language) -> None:
    """Write everything of one self-check as one JSON file."""
    with open_database(language) as (_database, session):
        content = transfer.as_json(transfer.parcel(_found(session, id, language)))
    if output is None:
        click.echo(content, nl=False)
    else:
        _save(output, content, force=force, _=translator(language))


def _save(output: Path, content: bytes, *, force: bool, _: Translate) -> None:
    """Readable by its owner alone; nothing is written over unasked."""
    if output.exists() and not force:
        message = _("{file} is there already; --force writes over it")
        raise click.ClickException(message.format(file=output))
    try:
        with os.fdopen(
            os.open(output, os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if force else os.O_EXCL), 0o600), "wb"
        ) as out:
            out.write(content)
    except OSError as error:
        message = _("{file} cannot be written ({reason})")
        raise click.ClickException(message.format(file=output, reason=error.strerror)) from error
    click.echo(_("written: {file} ({size} KB)").format(file=output, size=max(1, len(content) // 1024)))


@click.command("import")
@ONE_FILE
@LANGUAGE
def take_in(file: Path, language: Language) -> None:
    """Begin a self-check with an exported file or an answer file; prints its link."""
    _ = translator(language)
    document = read_file(file, LIMIT)
    with open_database(language, writes=True) as (_database, session):
        assessment, warnings = transfer.adopt_file(session, document)
        _link, token = links.issue(session, assessment)
        session.commit()
        id = assessment.id
    for warning in warnings:
        click.echo(warning.text(language), err=True)
    click.echo(_("Self-check: {id}").format(id=id))
    hand_over(f"/l/{token}", _)


@click.command()
@ID
@SURE
@LANGUAGE
def delete(id: str, sure: bool, language: Language) -> None:
    """Delete a self-check with everything that belongs to it."""
    ask_before_deleting(id, _found, _summary, assessments.delete, language, sure=sure)


def _summary(_session: Session, assessment: Assessment, _: Translate) -> str:
    return _(
        "“{name}”: answers to {answers} items, snapshots: {snapshots}, links: {links}, people with individual ratings: {people}"
    ).format(
        name=assessment.municipality or assessment.id,
        answers=len(assessment.answers),
        snapshots=len(assessment.snapshots),
        links=len(assessment.links),
        people=len(assessment.respondents),
    )


def _found(session: Session, id: str, language: Language) -> Assessment:
    _ = translator(language)
    found = session.get(Assessment, id)
    if found is None:
        message = _("there is no self-check {id}; “selfcheck assessments list” shows all")
        raise click.BadParameter(message.format(id=id), param_hint=_("ID"))
    return found
