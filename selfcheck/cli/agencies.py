"""`selfcheck agency` and `selfcheck practices add`: areas of transfer agencies and their examples, for the operator."""

import json
import sys
from pathlib import Path

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scoring.model.wording import Language
from selfcheck.cli.assessments import open_database, wanted_language
from selfcheck.cli.terminal import console
from selfcheck.ground.days import day_of
from selfcheck.ground.i18n import Translate, translator
from selfcheck.ground.written import written_day
from selfcheck.models import Agency, OwnPractices, Proposal
from selfcheck.reading.example_files import LIMIT
from selfcheck.reading.files import read_whole
from selfcheck.services import agencies, practices

LONGEST_NAME = 200


def add(name: str, language: str) -> None:
    """Make the area of an agency and print the way in, which cannot be printed again."""
    wanted = wanted_language(language)
    _ = translator(wanted)
    clean = " ".join(name.split())
    if not clean.isprintable() or not 0 < len(clean) <= LONGEST_NAME:
        message = _("please give a name of 1 to {longest} characters")
        raise click.BadParameter(message.format(longest=LONGEST_NAME), param_hint="NAME")
    with open_database(wanted, writes=True) as (_database, session):
        agency, token = agencies.add(session, clean)
        session.commit()
        id = agency.id
    click.echo(_("Agency: {id}").format(id=id))
    _hand_over(token, _)


def show(*, as_json: bool, language: str) -> None:
    """All agencies by name, with how much is kept for each."""
    wanted = wanted_language(language)
    with open_database(wanted) as (_database, session):
        rows = [_row(session, one) for one in agencies.listed(session)]
    if as_json:
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        _table(rows, wanted)


def _row(session: Session, agency: Agency) -> dict[str, str | int]:
    def count(table: type[OwnPractices | Proposal]) -> int:
        return session.scalar(select(func.count()).select_from(table).where(table.agency_id == agency.id)) or 0

    return {
        "id": agency.id,
        "name": agency.name,
        "created": day_of(agency.created).isoformat(),
        "files": count(OwnPractices),
        "proposals": count(Proposal),
    }


def _table(rows: list[dict[str, str | int]], language: Language) -> None:
    from datetime import date

    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    _ = translator(language)
    if not rows:
        click.echo(_("No agency has an area here."))
        return
    table = Table(header_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(_("Id"), no_wrap=True)
    for heading in (_("Name"), _("Since"), _("Files with examples"), _("Proposals")):
        table.add_column(heading)
    for row in rows:
        since = written_day(date.fromisoformat(str(row["created"])), language)
        table.add_row(str(row["id"]), escape(str(row["name"])), since, str(row["files"]), str(row["proposals"]))
    console().print(table)


def link(id: str, language: str) -> None:
    """Make a new link; the old one opens nothing any more."""
    wanted = wanted_language(language)
    _ = translator(wanted)
    with open_database(wanted, writes=True) as (_database, session):
        token = agencies.renew(session, _found(session, id, wanted))
        session.commit()
    _hand_over(token, _)


def delete(id: str, *, sure: bool, language: str) -> None:
    """Delete an agency after saying what that means."""
    wanted = wanted_language(language)
    _ = translator(wanted)
    with open_database(wanted) as (database, session):
        row = _row(session, _found(session, id, wanted))
        said = _("“{name}”: files with examples: {files}, proposals of municipalities: {proposals}")
        click.echo(said.format(**row))
        session.rollback()
        if not sure and not click.confirm(_("Delete for good? This cannot be undone")):
            click.echo(_("Nothing was deleted."))
            return
        with database.writer() as writing:
            agencies.delete(writing, _found(writing, id, wanted))
            writing.commit()
        database.empty_log()
    click.echo(_("Deleted: {id}").format(id=id))


def add_examples(file: Path, id: str, language: str) -> None:
    """Keep a file of examples for an agency, in place of its earlier one for the same version."""
    wanted = wanted_language(language)
    _ = translator(wanted)
    raw = read_whole(file, LIMIT)
    with open_database(wanted, writes=True) as (_database, session):
        kept = practices.keep(session, _found(session, id, wanted), raw, str(file))
        found = practices.examples_in(kept)
        session.commit()
        version = f"{kept.questionnaire} {kept.version}"
    said = _("kept for {version}: {count} examples")
    click.echo(said.format(version=version, count=len(found.practices) if found else 0))


def _hand_over(token: str, _: Translate) -> None:
    click.echo(_("Private link: {path}").format(path=f"/a/{token}"))
    click.echo(
        _("The link is shown only now. Put the address of your installation before it and keep it like a password.")
    )


def _found(session: Session, id: str, language: Language) -> Agency:
    _ = translator(language)
    found = session.get(Agency, id)
    if found is None:
        message = _("there is no agency {id}; “selfcheck agency list” shows all")
        raise click.BadParameter(message.format(id=id), param_hint="ID")
    return found
