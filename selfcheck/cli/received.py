"""`selfcheck package receive`, `list`, `revoke`: packages of other installations, for whoever operates an agency's one."""

import os
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from scoring.model.texts import line
from scoring.model.wording import Language
from selfcheck.cli.database import open_database
from selfcheck.cli.options import ID, JSON, LANGUAGE, ONE_FILE, OUTPUT
from selfcheck.cli.package import describe, key_here, shown_as
from selfcheck.cli.terminal import console, write_json
from selfcheck.ground.days import today
from selfcheck.ground.i18n import N_, Translate, translator
from selfcheck.ground.written import written_day
from selfcheck.models import IssuedPackage, ReceivedPackage, now
from selfcheck.packages import contents
from selfcheck.packages.keys import fingerprint, same_fingerprint
from selfcheck.packages.package import Package, Revocation
from selfcheck.packages.refusals import Refused, UnknownSigner, sentence
from selfcheck.packages.sealed import LIMIT, opened
from selfcheck.reading.files import read_whole
from selfcheck.services import packages


@click.command()
@ONE_FILE
@click.option("--agency", metavar=N_("NAME"), default="", help=N_("A name by which this installation is meant too."))
@click.option(
    "--trust", "trusted", metavar=N_("FINGERPRINT"), default="", help=N_("Confirm a new key without being asked.")
)
@click.option("--label", metavar=N_("TEXT"), default="", help=N_("Whose key it is."))
@LANGUAGE
def receive(file: Path, agency: str, trusted: str, label: str, language: Language) -> None:
    """Take in a package or a revocation."""
    _ = translator(language)
    raw = read_whole(file, LIMIT)
    here = packages.Here(key_here(_).public, frozenset({agency} if agency else ()), own_label=_("this installation"))
    try:
        with open_database(language, writes=True) as (database, session):
            try:
                taken = packages.receive(session, raw, file.name, today(), here)
            except Refused as refused:
                if not isinstance(refused.refusal, UnknownSigner):
                    raise
                session.rollback()
                name = _confirmed(refused.refusal, trusted, label, language)
                packages.trust(session, opened(raw, file.name).key, name)
                taken = packages.receive(session, raw, file.name, today(), here)
            session.commit()
        database.empty_log()
    except Refused as refused:
        raise click.ClickException(sentence(refused.refusal, language)) from refused
    if taken.package:
        describe(taken.package, language)
    said = (
        _("Received from {signer}.")
        if taken.package
        else _("Revoked by {signer}; what the package brought is deleted.")
    )
    click.echo(said.format(signer=taken.signer))


def _confirmed(refusal: UnknownSigner, trusted: str, label: str, language: Language) -> str:
    """Whose key it is, after somebody has compared the fingerprint. While that is asked, nobody waits for the database."""
    _ = translator(language)
    click.echo(sentence(refusal, language))
    if trusted:
        if not same_fingerprint(trusted, refusal.fingerprint):
            raise click.ClickException(_("The fingerprint given is another one; nothing was taken in."))
    else:
        click.echo(_("Please have the municipality read it out on the telephone, from its page about packages."))
        if not click.confirm(_("Is the fingerprint the same?")):
            raise click.ClickException(_("Not confirmed; nothing was taken in."))
    if label or trusted:
        return _name(label or refusal.fingerprint, _)
    return str(click.prompt(_("Whose key is it?"), value_proc=lambda given: _name(given, _)))


def _name(given: str, _: Translate) -> str:
    """What is entered as the name of whoever has a key. Raises BadParameter."""
    name = line(given)
    if not 0 < len(name) <= packages.LONGEST_LABEL:
        message = _("please give a name of 1 to {longest} characters")
        raise click.BadParameter(message.format(longest=packages.LONGEST_LABEL), param_hint="--label")
    return name


@click.command("list")
@JSON
@LANGUAGE
def show(as_json: bool, language: Language) -> None:
    """List the packages that can be used; deletes expired ones."""
    with open_database(language, writes=True) as (database, session):
        found = [_row(row, package, language) for row, package in packages.usable(session, today())]
        gone = [{"id": row.id, "from": row.signer.label, "state": row.state} for row in packages.revoked(session)]
        session.commit()
    database.empty_log()
    if as_json:
        write_json([*found, *gone])
    else:
        _table(found, gone, language)


def _row(row: ReceivedPackage, package: Package, language: Language) -> dict[str, Any]:
    return {
        "id": row.id,
        "from": row.signer.label,
        "fingerprint": fingerprint(row.key),
        "state": row.state,
        "appears": shown_as(package, translator(language)),
        "purpose": package.purpose,
        "expires": package.expires.isoformat(),
        "stages": package.stages is not None,
    }


def _table(found: list[dict[str, Any]], gone: list[dict[str, Any]], language: Language) -> None:
    from datetime import date

    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    _ = translator(language)
    if not found:
        click.echo(_("No package can be used here at present."))
    else:
        table = Table(header_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
        table.add_column(_("Id"), no_wrap=True)
        for heading in (_("From"), _("Appears"), _("Purpose")):
            table.add_column(heading)
        table.add_column(_("Usable until"), no_wrap=True)
        for row in found:
            texts = (escape(str(row[name])) for name in ("id", "from", "appears", "purpose"))
            table.add_row(*texts, written_day(date.fromisoformat(row["expires"]), language))
        console().print(table)
    for row in gone:
        click.echo(_("Revoked: {id} ({signer})").format(id=row["id"], signer=row["from"]))


@click.command()
@ID
@OUTPUT
@LANGUAGE
def revoke(id: str, output: Path, language: Language) -> None:
    """Write the file that takes back a package signed here, also when its self-check is deleted."""
    _ = translator(language)
    if not contents.ID.fullmatch(id):
        message = _("{id} is no id of a package; it has 32 digits and letters and stands in the name of the file")
        raise click.BadParameter(message.format(id=id), param_hint=_("ID"))
    with open_database(language, writes=True) as (_database, session):
        at = _taken_back(session, id)
        session.commit()
    content = packages.signed_revocation(at, key_here(_))
    try:
        with os.fdopen(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
    except OSError as error:
        message = _("{file} cannot be written ({reason})")
        raise click.ClickException(message.format(file=output, reason=error.strerror)) from error
    click.echo(_("Written: {file}. Pass it on to everybody who has got the package.").format(file=output))


def _taken_back(session: Session, id: str) -> Revocation:
    issued = session.get(IssuedPackage, id)
    if issued is None:
        return Revocation(id, now().replace(microsecond=0))
    packages.revoke(issued)
    assert issued.revoked is not None
    return Revocation(issued.id, issued.revoked)
