"""E-mail by way of the operator's own server: one message, one address, nothing kept."""

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import parse_qs, unquote, urlsplit

from scoring.model.texts import visible

SECONDS = 10
"""How long the server may take for each step."""

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
FORM = "smtp://user:password@host:port?from=name@example.org"
PORTS = {"smtp": 587, "smtps": 465}
LONGEST_ADDRESS = 254
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)


class BadAddress(ValueError):
    """Not an e-mail address, or more than one."""


class NotSent(Exception):
    """The server was not reached or refused; the message may be shown to an operator and holds no password."""


@dataclass(frozen=True, slots=True)
class Outbox:
    """The server that sends, and the address it sends from. Without TLS only on the same machine."""

    host: str
    port: int
    sender: str
    tls_at_once: bool = False
    user: str = ""
    password: str = ""


def read_outbox(written: str) -> Outbox:
    """The outbox in smtp://user:password@host:port?from=address or smtps://…; raises ValueError without the password."""
    try:
        url = urlsplit(written)
        port, query = url.port, parse_qs(url.query, strict_parsing=bool(url.query))
    except ValueError:
        raise ValueError(FORM) from None
    if url.scheme not in PORTS or not url.hostname or url.path not in ("", "/") or query.keys() - {"from"}:
        raise ValueError(FORM)
    user, password = unquote(url.username or ""), unquote(url.password or "")
    if bool(user) != bool(password):
        raise ValueError("Name und Passwort gehören zusammen / user and password belong together")
    if not f"{user}{password}".isascii():  # a limit of smtplib
        raise ValueError("Name und Passwort ohne Umlaute / user and password in ASCII")
    try:
        sender = address(query.get("from", [user])[-1])
    except BadAddress:
        raise ValueError("Absenderadresse fehlt / sender is missing: ?from=name@example.org") from None
    return Outbox(url.hostname, port or PORTS[url.scheme], sender, url.scheme == "smtps", user, password)


def address(written: str) -> str:
    """One address as mail servers take it; a domain with umlauts is spelled out. Raises BadAddress."""
    local, at, domain = visible(written).strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise BadAddress(written) from None
    whole = f"{local}@{domain}"
    if not at or len(whole) > LONGEST_ADDRESS or not _LOCAL_PART.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise BadAddress(written)
    return whole


def send(outbox: Outbox, to: str, subject: str, text: str) -> None:
    """Send one message; returns when the server has taken it. Raises BadAddress and NotSent."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = outbox.sender, address(to), subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=outbox.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    try:
        with _connected(outbox) as server:
            if outbox.user:
                server.login(outbox.user, outbox.password)
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(f"{outbox.host}:{outbox.port}: {type(error).__name__}") from error


def _connected(outbox: Outbox) -> smtplib.SMTP:
    if outbox.tls_at_once:
        return smtplib.SMTP_SSL(outbox.host, outbox.port, timeout=SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(outbox.host, outbox.port, timeout=SECONDS)
    if outbox.host not in LOCAL:
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server
