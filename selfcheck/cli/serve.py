"""`selfcheck serve`: the web application on this machine."""

import os
import threading
from typing import TYPE_CHECKING

import click

from selfcheck.ground.days import today
from selfcheck.ground.i18n import N_

if TYPE_CHECKING:
    from selfcheck.ground.database import Database

DAY = 24 * 60 * 60
MANY_PHONES = {"connection_limit": 800, "channel_timeout": 60, "asyncore_use_poll": True}
"""A room of 75 phones keeps several connections each open; waitress would stop listening at its usual hundred."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help=N_("Address to listen on."))
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    envvar="PORT",
    help=N_("Port to listen on."),
)
def serve(host: str, port: int) -> None:
    """Serve the self-assessment in the browser."""
    from sqlalchemy.exc import SQLAlchemyError
    from waitress import create_server

    from selfcheck.app import create_app
    from selfcheck.ground.config import BadSetting

    os.umask(0o077)  # what people enter is for the owner of the process alone
    try:
        app = create_app()
    except (BadSetting, OSError, SQLAlchemyError, ModuleNotFoundError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise click.ClickException(
            f"Eine Einstellung passt nicht ({reason}); siehe docs/operation.md · a setting does not fit ({reason})"
        ) from error
    try:
        # looking ahead is how the server notices that a browser has gone, so that nothing is looked for in vain
        server = create_server(
            app, host=host, port=port, threads=4, ident=None, channel_request_lookahead=1, **MANY_PHONES
        )
    except OSError as error:
        raise click.ClickException(
            f"Port {port} auf {host} ist nicht frei ({error.strerror}); anderer Port: PORT=8001 · "
            f"port {port} on {host} is not free; another port: PORT=8001"
        ) from error
    database = app.extensions["selfcheck"].database
    threading.Thread(target=_forget_daily, args=(database,), daemon=True).start()
    click.echo(f"Daten/data: {database.engine.url.render_as_string(hide_password=True)}")
    click.echo(f"Selbstcheck: http://{host}:{port}  (Ende/stop: Strg+C / Ctrl+C)")
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()


def _forget_daily(database: "Database") -> None:
    """Keep the promise that individual ratings which nobody evaluates, old workshops, expired packages are deleted in time."""
    from contextlib import suppress

    from sqlalchemy.exc import OperationalError

    from selfcheck.services import doors, packages, rounds, sent, workshops

    waiting = threading.Event()
    while True:
        with suppress(OperationalError), database.writer() as session:  # busy: tomorrow is another day
            rounds.forget_old(session)
            workshops.forget_old(session)
            packages.forget_expired(session, today())
            doors.forget_old(session)
            sent.forget_old(session)
            session.commit()
        database.empty_log()
        waiting.wait(DAY)
