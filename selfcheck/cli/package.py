"""`selfcheck package check` and `key`: packages without any database."""

from pathlib import Path

import click

from scoring.model.wording import Language
from selfcheck.cli.options import LANGUAGE, ONE_FILE
from selfcheck.cli.terminal import console
from selfcheck.ground.config import BadSetting, from_environment
from selfcheck.ground.days import day_of, today
from selfcheck.ground.i18n import Translate, translator
from selfcheck.ground.written import written_day
from selfcheck.packages.contents import read_package, read_revocation
from selfcheck.packages.fitting import refusal_of
from selfcheck.packages.keys import SigningKey, fingerprint, own_key
from selfcheck.packages.package import Package
from selfcheck.packages.refusals import Refused, sentence
from selfcheck.packages.sealed import LIMIT, opened
from selfcheck.reading.files import read_whole


@click.command()
@ONE_FILE
@LANGUAGE
def check(file: Path, language: Language) -> None:
    """Say whether a package is sound and what it holds; needs no database."""
    _ = translator(language)
    raw = read_whole(file, LIMIT)
    try:
        found = opened(raw, file.name)
        if found.kind == "revocation":
            revocation = read_revocation(found)
            day = written_day(day_of(revocation.revoked), language)
            click.echo(_("Revocation of the package {id}, of {day}").format(id=revocation.id, day=day))
        else:
            package = read_package(found)
            if refusal := refusal_of(package, today()):
                raise Refused(refusal)
            describe(package, language)
    except Refused as refused:
        raise click.ClickException(sentence(refused.refusal, language)) from refused
    click.echo(
        _("Signed and unchanged. Fingerprint of the key: {fingerprint}").format(fingerprint=fingerprint(found.key))
    )
    click.echo(_("Whether the key is trusted and the package revoked, only “selfcheck package receive” can say."))


@click.command()
@LANGUAGE
def key(language: Language) -> None:
    """Show the fingerprint of this installation's key, to be compared on the telephone."""
    _ = translator(language)
    said = _("Fingerprint of this installation: {fingerprint}")
    click.echo(said.format(fingerprint=fingerprint(key_here(_).public)))


def key_here(_: Translate) -> SigningKey:
    """The key pair of this installation."""
    try:
        return own_key(from_environment().home)
    except (BadSetting, OSError, ValueError) as error:
        message = _("The key of this installation cannot be used ({reason}); see docs/packages.md")
        raise click.ClickException(message.format(reason=error)) from error


def describe(package: Package, language: Language) -> None:
    """What a package is for and what it holds, without its values."""
    from rich.table import Table

    _ = translator(language)
    consents = package.consents
    ticks = (
        (consents.screen, _("projector")),
        (consents.tandems, _("learning tandems")),
        (consents.protocol, _("protocol")),
        (consents.later, _("later evaluation")),
    )
    rows = (
        (_("Package"), package.id),
        (_("Purpose"), package.purpose),
        (_("Addressed to"), package.addressed_to.agency),
        (_("Signed on"), written_day(day_of(package.issued), language)),
        (_("Usable until"), written_day(package.expires, language)),
        (_("Questionnaire"), f"{package.questionnaire} {package.version}"),
        (_("Appears"), shown_as(package, _)),
        (_("Agreed to"), ", ".join(said for agreed, said in ticks if agreed) or "–"),
        (_("Answers of"), written_day(package.answered, language)),
        (_("Stages of items"), _("no") if package.stages is None else _("yes")),
    )
    table = Table.grid(padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*row)
    console().print(table, markup=False)


def shown_as(package: Package, _: Translate) -> str:
    """How the municipality appears beside the others."""
    if package.shown == "named":
        return _("by name: {name}").format(name=package.name)
    return _("under an alias") if package.shown == "alias" else _("only in numbers together with others")
