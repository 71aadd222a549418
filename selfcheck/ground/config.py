"""Settings, from the environment with the prefix SELFCHECK_; the table of all of them stands in docs/operation.md."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from selfcheck.ground.outbox import Outbox, read_outbox

PREFIX = "SELFCHECK_"
KEY_FILE = "secret-key"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can set."""

    database_url: str
    secret_key: str
    secure_cookies: bool
    operator: str
    proxies: int
    """How many trusted proxies stand in front and set X-Forwarded-For, -Proto and -Host."""
    path: str = ""
    """The folder of the address below which everything lies, such as /selbstcheck; empty at the top."""
    outbox: Outbox | None = None
    """Where e-mail goes out; without one nothing is sent and no page speaks of it."""
    home: Path = Path("instance")
    """The folder in which the keys of the installation are kept."""


class BadSetting(ValueError):
    """A setting that cannot be used; the message names it and what is allowed."""


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process; a secret key is made and kept at the first start. Raises BadSetting."""
    home = Path(environment.get(f"{PREFIX}HOME", "instance"))
    return Settings(
        database_url=environment.get(f"{PREFIX}DATABASE_URL")
        or f"sqlite:///{_made(home).resolve() / 'selfcheck.sqlite3'}",
        secret_key=environment.get(f"{PREFIX}SECRET_KEY") or _kept_key(_made(home)),
        secure_cookies=_flag(environment, "SECURE_COOKIES"),
        operator=environment.get(f"{PREFIX}OPERATOR", ""),
        proxies=_count(environment, "PROXIES"),
        path=_path(environment),
        outbox=_outbox(environment),
        home=home,
    )


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _kept_key(home: Path) -> str:
    file = home / KEY_FILE
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_hex(32))
    return file.read_text().strip()


def _count(environment: Mapping[str, str], name: str) -> int:
    value = environment.get(f"{PREFIX}{name}", "0")
    if not value.isdecimal() or int(value) > 9:
        raise BadSetting(f"{PREFIX}{name}={value!r}: 0–9")
    return int(value)


def _path(environment: Mapping[str, str]) -> str:
    value = environment.get(f"{PREFIX}PATH", "").rstrip("/")
    if value and not re.fullmatch(r"(/[A-Za-z0-9._~-]+)+", value):
        raise BadSetting(f"{PREFIX}PATH={value!r}: /…")
    return value


def _outbox(environment: Mapping[str, str]) -> Outbox | None:
    written = environment.get(f"{PREFIX}OUTBOX", "")
    try:
        return read_outbox(written) if written else None
    except ValueError as error:  # what was written may hold a password: it is not repeated
        raise BadSetting(f"{PREFIX}OUTBOX: {error}") from None


def _flag(environment: Mapping[str, str], name: str) -> bool:
    value = environment.get(f"{PREFIX}{name}", "0")
    if value not in ("0", "1"):
        raise BadSetting(f"{PREFIX}{name}={value!r}: 0 oder 1 / 0 or 1")
    return value == "1"
