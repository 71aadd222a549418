"""What commands on the stored data share: the database that the settings name, new links, and the question before deleting."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from scoring.model.wording import Language
from selfcheck.ground.config import BadSetting, from_environment
from selfcheck.ground.database import Database
from selfcheck.ground.i18n import Translate, translator

T = TypeVar("T")


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


def hand_over(path: str, _: Translate) -> None:
    """Print a private link, which cannot be printed again."""
    click.echo(_("Private link: {path}").format(path=path))
    click.echo(
        _("The link is shown only now. Put the address of your installation before it and keep it like a password.")
    )


def ask_before_deleting(
    id: str,
    find: Callable[[Session, str, Language], T],
    what_goes: Callable[[Session, T, Translate], str],
    delete: Callable[[Session, T], None],
    language: Language,
    *,
    sure: bool,
) -> None:
    """Delete for good after saying what goes. While it asks, nobody has to wait for the database."""
    _ = translator(language)
    with open_database(language) as (database, session):
        click.echo(what_goes(session, find(session, id, language), _))
        session.rollback()
        if not sure and not click.confirm(_("Delete for good? This cannot be undone")):
            click.echo(_("Nothing was deleted."))
            return
        with database.writer() as writing:
            delete(writing, find(writing, id, language))
            writing.commit()
        database.empty_log()
    click.echo(_("Deleted: {id}").format(id=id))
