"""`selfcheck assessments`: the self-checks stored in this installation, for whoever operates it. Shows no answers."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from scoring.model.wording import Language
from scoring.plain.problems import Invalid
from selfcheck.cli.terminal import console
from selfcheck.ground.config import BadSetting, from_environment
from selfcheck.ground.database import Database
from selfcheck.ground.days import day_of
from selfcheck.ground.i18n import Translate, translator
from selfcheck.ground.written import written_day
from selfcheck.models import Assessment
from selfcheck.reading.files import UnusableFile, read_file
from selfcheck.services import assessments, links, transfer
from selfcheck.words.findings import Findings

LIMIT = 8 * transfer.PARCEL_LIMIT
"""Bytes of a file that the operator takes in; pages take less from strangers."""


def show(*, as_json: bool, language: str) -> None:
    """All self-checks, the latest change last."""
    wanted = wanted_language(language)
    with open_database(wanted) as (_database, session):
        rows = [_row(one) for one in session.scalars(select(Assessment).order_by(Assessment.changed, Assessment.id))]
    if as_json:
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        _table(rows, wanted)


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


def export(id: str, output: Path | None, *, force: bool, language: str) -> None:
    """Everything of one self-check as one file, readable by its owner alone; nothing is written over unasked."""
    wanted = wanted_language(language)
    with open_database(wanted) as (_database, session):
        content = transfer.as_json(transfer.parcel(_found(session, id, wanted)))
    if output is None:
        click.echo(content, nl=False)
    else:
        _save(output, content, force=force, _=translator(wanted))


def _save(output: Path, content: bytes, *, force: bool, _: Translate) -> None:
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


def take_in(file: Path, language: str) -> None:
    """Begin a self-check with a file and print the way in, which cannot be printed again."""
    wanted = wanted_language(language)
    _ = translator(wanted)
    document = read_file(file, LIMIT)
    with open_database(wanted, writes=True) as (_database, session):
        assessment, warnings = transfer.adopt_file(session, document)
        _link, token = links.issue(session, assessment)
        session.commit()
        id = assessment.id
    for warning in warnings:
        click.echo(warning.text(wanted), err=True)
    click.echo(_("Self-check: {id}").format(id=id))
    click.echo(_("Private link: {path}").format(path=f"/l/{token}"))
    click.echo(
        _("The link is shown only now. Put the address of your installation before it and keep it like a password.")
    )


def delete(id: str, *, sure: bool, language: str) -> None:
    """Delete a self-check after saying what that means. While it asks, nobody has to wait for the database."""
    wanted = wanted_language(language)
    _ = translator(wanted)
    with open_database(wanted) as (database, session):
        found = _found(session, id, wanted)
        click.echo(_summary(found, _))
        session.rollback()
        if not sure and not click.confirm(_("Delete for good? This cannot be undone")):
            click.echo(_("Nothing was deleted."))
            return
        with database.writer() as writing:
            assessments.delete(writing, _found(writing, id, wanted))
            writing.commit()
        database.empty_log()
    click.echo(_("Deleted: {id}").format(id=id))


def _summary(assessment: Assessment, _: Translate) -> str:
    return _(
        "“{name}”: answers to {answers} items, snapshots: {snapshots}, links: {links}, people with individual ratings: {people}"
    ).format(
        name=assessment.municipality or assessment.id,
        answers=len(assessment.answers),
        snapshots=len(assessment.snapshots),
        links=len(assessment.links),
        people=len(assessment.respondents),
    )


@contextmanager
def open_database(language: Language, *, writes: bool = False) -> Iterator[tuple[Database, Session]]:
    """The database that the settings name, beside a running server if there is one."""
    _ = translator(language)
    os.umask(0o077)  # what people entered is for the owner of the process alone
    try:
        database = Database(from_environment().database_url)
        database.upgrade()
        with database.writer() if writes else database.reader() as session:
            yield database, session
    except (BadSetting, OSError, SQLAlchemyError, ModuleNotFoundError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        message = _("The database cannot be used ({reason}); see docs/operation.md")
        raise click.ClickException(message.format(reason=reason)) from error


def _found(session: Session, id: str, language: Language) -> Assessment:
    _ = translator(language)
    found = session.get(Assessment, id)
    if found is None:
        message = _("there is no self-check {id}; “selfcheck assessments list” shows all")
        raise click.BadParameter(message.format(id=id), param_hint="ID")
    return found


def wanted_language(language: str) -> Language:
    """The language asked for on the command line."""
    return "en" if language == "en" else "de"
