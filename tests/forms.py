"""Forms as a browser reads them from a page and sends them back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

File = tuple[bytes, str]
"""Content and name of a file that is chosen."""


@dataclass
class Form:
    """A form with what stands in it."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    several: bool = False
    """It takes files."""

    def __getitem__(self, name: str) -> str:
        return next((value for known, value in self.fields if known == name), "")

    def send(self, client: FlaskClient, changes: Mapping[str, str | File] | None = None) -> TestResponse:
        """Send it with changes, once."""
        changed = dict(changes or {})
        data: MultiDict[str, object] = MultiDict((name, text) for name, text in self.fields if name not in changed)
        for name, entry in changed.items():
            data.add(name, entry if isinstance(entry, str) else (BytesIO(entry[0]), entry[1]))
        kind = "multipart/form-data" if self.several else "application/x-www-form-urlencoded"
        return client.post(self.action, data=data, content_type=kind, headers={"Accept-Language": "de"})


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.forms = path, list[Form]()
        self.inside = False
        self.select, self.text, self.options = "", "", list[tuple[str, bool]]()
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name, value = found.get("name") or "", found.get("value")
        if tag == "form" and found.get("method") == "post":
            several = found.get("enctype") == "multipart/form-data"
            self.forms.append(Form(found.get("action") or self.path, several=several))
            self.inside = True
        elif not self.inside or (not name and tag != "option"):
            return
        elif tag == "input" and found.get("type") in ("checkbox", "radio"):
            if "checked" in found:
                self.forms[-1].fields.append((name, "on" if value is None else value))
        elif tag == "input" and found.get("type") != "file":
            self.forms[-1].fields.append((name, value or ""))
        elif tag == "select":
            self.select, self.options = name, []
        elif tag == "option" and self.select:
            self.options.append((value or "", "selected" in found))
        elif tag == "textarea":
            self.area, self.text = name, ""

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select" and self.select:
            chosen = [value for value, selected in self.options if selected] or [value for value, _ in self.options[:1]]
            self.forms[-1].fields.extend((self.select, value) for value in chosen)
            self.select = ""
        elif tag == "textarea" and self.area is not None:
            text = self.text.removeprefix("\r\n").removeprefix("\n")
            self.forms[-1].fields.append((self.area, text.replace("\r\n", "\n").replace("\n", "\r\n")))
            self.area = None


def forms_in(page: str, path: str) -> list[Form]:
    """Every form of a page that stands at a path."""
    reader = _Reader(path)
    reader.feed(page)
    return reader.forms


def form_in(page: str, path: str, action: str) -> Form:
    """The form of a page whose address ends so."""
    found = [one for one in forms_in(page, path) if one.action.endswith(action)]
    assert found, f"no form for {action}"
    return found[0]
