"""Forms that were refused because access or protection was lost: what they have sent comes back and can be sent again."""

from urllib.parse import urlsplit

from flask import render_template, request

OF_ITSELF = "csrf_token"


def page(*, lost: bool) -> str:
    """The page that holds what the refused form has sent; empty when there is nothing to send again.

    `lost`: the private link has to be opened first. A form that another site has sent never comes back: somebody might
    be talked into sending it on.
    """
    if request.method != "POST" or not _from_here():
        return ""
    sent = [(name, value) for name, value in request.form.items(multi=True) if name != OF_ITSELF]
    if not sent and not request.files:
        return ""
    return render_template(
        "device/refused_form.html",
        lost=lost,
        texts=[(name, value) for name, value in sent if _was_written(value)],
        others=[(name, value) for name, value in sent if not _was_written(value)],
        files=bool(request.files),
    )


def _from_here() -> bool:
    """Whether the form stood on a page of this installation."""
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def _was_written(value: str) -> bool:
    """Whether people have written the value, rather than chosen it."""
    return any(sign.isspace() for sign in value.strip())
