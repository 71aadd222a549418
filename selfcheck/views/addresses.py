"""How addresses are read: below a path of the host, and with what a text has put behind a link."""

import re
from typing import TYPE_CHECKING

from werkzeug.routing import BaseConverter, Map

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SIGNS = re.compile(r"[A-Za-z0-9_-]+")
OF_A_LINK = 22
"""Signs of the token in a private link: 128 random bits in letters, digits, - and _."""


class TokenConverter(BaseConverter):
    """The token in a private link, whatever a sentence or a mail programme has put behind it.

    A dot, a bracket, a blank, a line end, a sign of no width, further parameters: no token holds them. `length` is that
    of the token: a dash or underscore may be part of it or come from the text around it.
    """

    regex = r"[^?#]+"
    part_isolating = False

    def __init__(self, map: Map, length: int = OF_A_LINK) -> None:
        super().__init__(map)
        self._length = length

    def to_python(self, value: str) -> str:
        """The token alone; where there is none, what stands there, which opens nothing."""
        found = _SIGNS.search(value)
        return found[0][: self._length] if found else value


class BelowAPath:
    """Serves the application below a path of the host, whether the proxy in front cuts the path off or hands it on."""

    def __init__(self, application: "WSGIApplication", path: str) -> None:
        self._application, self._path = application, path

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        """Serve one request."""
        asked = environ.get("PATH_INFO", "")
        if asked == self._path or asked.startswith(f"{self._path}/"):
            environ["PATH_INFO"] = asked.removeprefix(self._path) or "/"
        environ["SCRIPT_NAME"] = self._path
        return self._application(environ, start_response)
