"""Answers that are no page."""

from flask import Response


def download(content: bytes, type: str, name: str) -> Response:
    """A file to keep; its name begins with that of the product, in ASCII."""
    headers = {"Content-Disposition": f'attachment; filename="selbstcheck-{name}"'}
    return Response(content, mimetype=type, headers=headers)
