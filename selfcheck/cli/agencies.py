"""`selfcheck agency` and `selfcheck practices add`: areas of transfer agencies and their examples, for the operator."""

from pathlib import Path

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scoring.model.texts import line
from scoring.model.wording import Language
from selfcheck.cli.database import ask_before_deleting, hand_over, open_database
from selfcheck.cli.options import ID, JSON, LANGUAGE, ONE_FILE, SURE
from selfcheck.cli.terminal import console, write_json
from selfcheck.ground.days import day_of
from selfcheck.ground.i18n import N_, Translate, translator
from selfcheck.ground.written import written_day
from selfcheck.models import Agency, OwnPractices, Proposal
from selfcheck.reading.example_files import LIMIT
from selfcheck.reading.files import read_whole
from selfcheck.services import agencies, practices

LONGEST_NAME = 200


@click.command()
@click.argument("name")
@LANGUAGE
def add(name: str, language: Language) -> None:
    """Make an area for an agency; prints its link."""
    _ = translator(language)
    clean = line(name)
    if not clean.isprintable() or not 0 < len(clean) <= LONGEST_NAME:
        message = _("please give a name of 1 to {longest} characters")
        raise click.BadParameter(message.format(longest=LONGEST_NAME), param_hint=_("NAME"))
    with open_database(language, writes=True) as (_database, session):
        agency, token = agencies.add(session, clean)
        session.commit()
        id = agency.id
    click.echo(_("Agency: {id}").format(id=id))
    hand_over(f"/a/{token}", _)


@click.command("list")
@JSON
@LANGUAGE
def show(as_json: bool, language: Language) -> None:
    """List all agencies."""
    with open_database(language) as (_database, session):
        rows = [_row(session, one) for one in agencies.listed(session)]
    if as_json:
        write_json(rows)
    else:
        _table(rows, language)


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


@click.command()
@ID
@LANGUAGE
def link(id: str, language: Language) -> None:
    """Make a new link for an agency; the old one opens nothing any more."""
    _ = translator(language)
    with open_database(language, writes=True) as (_database, session):
        token = agencies.renew(session, _found(session, id, language))
        session.commit()
    hand_over(f"/a/{token}", _)


@click.command()
@ID
@SURE
@LANGUAGE
def delete(id: str, sure: bool, language: Language) -> None:
    """Delete an agency with its examples and the proposals sent to it."""
    ask_before_deleting(id, _found, _summary, agencies.delete, language, sure=sure)


def _summary(session: Session, agency: Agency, _: Translate) -> str:
    said = _("“{name}”: files with examples: {files}, proposals of municipalities: {proposals}")
    return said.format(**_row(session, agency))


@click.command("add")
@ONE_FILE
@click.option("--agency", "id", metavar=N_("ID"), required=True, help=N_("Agency whose examples these are."))
@LANGUAGE
def add_examples(file: Path, id: str, language: Language) -> None:
    """Keep a file with an agency's own examples, in place of its earlier one."""
    _ = translator(language)
    raw = read_whole(file, LIMIT)
    with open_database(language, writes=True) as (_database, session):
        kept = practices.keep(session, _found(session, id, language), raw, str(file))
        found = practices.examples_in(kept)
        session.commit()
        version = f"{kept.questionnaire} {kept.version}"
    said = _("kept for {version}: {count} examples")
    click.echo(said.format(version=version, count=len(found.practices) if found else 0))


def _found(session: Session, id: str, language: Language) -> Agency:
    _ = translator(language)
    found = session.get(Agency, id)
    if found is None:
        message = _("there is no agency {id}; “selfcheck agency list” shows all")
        raise click.BadParameter(message.format(id=id), param_hint=_("ID"))
    return found
