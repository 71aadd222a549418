"""`selfcheck serve`: the web application on this machine."""

import click


def run(host: str, port: int) -> None:
    """Bring the database up to date and serve until interrupted."""
    from waitress import create_server

    from selfcheck.app import create_app

    app = create_app()
    try:
        server = create_server(app, host=host, port=port, threads=4, ident=None)
    except OSError as error:
        raise click.ClickException(
            f"Port {port} auf {host} ist nicht frei ({error.strerror}); anderer Port: PORT=8001 · "
            f"port {port} on {host} is not free; another port: PORT=8001"
        ) from error
    click.echo(f"Selbstcheck: http://{host}:{port}  (Ende/stop: Strg+C / Ctrl+C)")
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()
