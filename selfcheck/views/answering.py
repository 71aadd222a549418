"""Answers that are no page."""

from flask import Response, current_app, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError

from selfcheck.extensions import database_session


def faster_elsewhere(error: StaleDataError) -> ResponseReturnValue:
    """Answer once more from the beginning: a row changed while this request was at it.

    Then the request finds what is stored by now, and its own page asks what shall hold. On SQLite, where one writes at a
    time, it does not come to this.
    """
    if g.get("answered_before"):
        raise error
    g.answered_before = True
    database_session.rollback()
    for file in request.files.values():
        file.stream.seek(0)
    answer: Response = current_app.make_response(
        current_app.ensure_sync(current_app.view_functions[str(request.endpoint)])(**(request.view_args or {}))
    )
    return answer


def download(content: bytes, type: str, name: str) -> Response:
    """A file to keep; its name begins with that of the product, in ASCII."""
    headers = {"Content-Disposition": f'attachment; filename="selbstcheck-{name}"'}
    return Response(content, mimetype=type, headers=headers)
