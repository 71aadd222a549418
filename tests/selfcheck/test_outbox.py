"""A link by e-mail, through a real mail server on this machine."""

import asyncio
import os
import re
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from flask import Flask

from selfcheck.ground.config import BadSetting, Settings, from_environment
from selfcheck.ground.outbox import BadAddress, NotSent, Outbox, address, read_outbox, send
from tests.web import Person


@dataclass
class Inbox:
    """What a mail server received."""

    messages: list[Any] = field(default_factory=list)
    refuses: bool = False

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802
        if self.refuses:
            return "554 no"
        self.messages.append(envelope)
        return "250 OK"

    def text(self) -> str:
        return str(message_from_bytes(self.messages[-1].content, policy=policy.default).get_content())


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def server(inbox: Inbox) -> Iterator[Controller]:
    yield from serve(Controller(inbox, hostname="127.0.0.1", port=free_port()))


def serve(running: Controller) -> Iterator[Controller]:
    running.start()
    yield running
    running.stop()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def settings(settings: Settings, server: Controller) -> Settings:
    outbox = f"smtp://127.0.0.1:{server.port}?from=selbstcheck@kreis.example"
    return from_environment({"SELFCHECK_HOME": str(settings.home), "SELFCHECK_OUTBOX": outbox})


@pytest.fixture
def person(app: Flask) -> Person:
    return Person(app.test_client())


def mail_form(person: Person, page: str) -> str:
    found = re.search(r'action="([^"]+/mail)"', person.get(page).text)
    assert found
    return found[1]


def test_a_new_link_can_be_sent_once_and_its_address_is_stored_nowhere(
    person: Person, app: Flask, inbox: Inbox
) -> None:
    place = person.start(municipality="Gewinnen Sie http://evil.example")
    form = mail_form(person, place)
    answer = person.post(form, {"address": "vertretung@kreis.example"}, token_from=place)
    assert answer.status_code == 302
    page = person.get(place).text
    assert "Die Adresse wurde nicht gespeichert" in page
    assert person.link in page
    sent = inbox.messages[0]
    assert (sent.mail_from, sent.rcpt_tos) == ("selbstcheck@kreis.example", ["vertretung@kreis.example"])
    assert person.link in inbox.text()
    assert "evil.example" not in inbox.text()
    assert person.post(form, {"address": "a@kreis.example"}, token_from=place).status_code == 404
    with app.extensions["selfcheck"].database.engine.connect() as connection:
        stored = "\n".join(connection.connection.driver_connection.iterdump())
    assert "vertretung@kreis.example" not in stored
    assert "vertretung" not in str(person.client.get_cookie("selfcheck"))


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "kreis.example",
        "a@",
        "@kreis.example",
        "a@b",
        "a@kreis.example, b@kreis.example",
        "a@kreis.example\r\nBcc: b@kreis.example",
        "a@kreis.example\nSubject: x",
        "<a@kreis.example>",
        "a b@kreis.example",
        "a\x00@kreis.example",
        "a..b@kreis.example",
        f"{'a' * 250}@kreis.example",
    ],
)
def test_what_is_not_one_address_sends_nothing_and_the_link_is_still_shown(
    person: Person, inbox: Inbox, wrong: str
) -> None:
    place = person.start()
    answer = person.post(mail_form(person, place), {"address": wrong}, token_from=place)
    assert answer.status_code == 422
    assert "keine einzelne, vollständige E-Mail-Adresse" in answer.text
    assert person.link in answer.text
    assert inbox.messages == []


def test_when_the_mail_server_refuses_the_page_says_so_and_the_link_is_still_shown(
    person: Person, inbox: Inbox
) -> None:
    place = person.start()
    inbox.refuses = True
    form = mail_form(person, place)
    answer = person.post(form, {"address": "a@kreis.example"}, token_from=place)
    assert answer.status_code == 502
    assert "hat die Nachricht nicht angenommen" in answer.text
    assert person.link in answer.text
    inbox.refuses = False
    assert person.post(form, {"address": "a@kreis.example"}, token_from=place).status_code == 302


def test_while_mail_is_sent_others_can_save(person: Person, app: Flask, inbox: Inbox) -> None:
    place = person.start()
    other = Person(app.test_client())
    other.get(person.link)
    saved: list[int] = []

    async def meanwhile(_server: object, _session: object, envelope: Any) -> str:
        answer = await asyncio.to_thread(other.answer, place, "P1.1", "3")
        saved.append(answer.status_code)
        return "250 OK"

    inbox.handle_DATA = meanwhile  # type: ignore[method-assign]
    person.post(mail_form(person, place), {"address": "a@kreis.example"}, token_from=place)
    assert saved == [200]


def test_a_domain_with_umlauts_is_spelled_out() -> None:
    assert address(" amt@landkreis-köthen.example ") == "amt@xn--landkreis-kthen-jtb.example"
    with pytest.raises(BadAddress):
        address("ämt@kreis.example")


def test_a_server_that_is_not_there_is_said_clearly() -> None:
    with pytest.raises(NotSent, match=r"127\.0\.0\.1:9"):
        send(Outbox("127.0.0.1", 9, "a@kreis.example"), "b@kreis.example", "x", "y")


def test_to_another_machine_nothing_goes_without_encryption(inbox: Inbox) -> None:
    """127.0.0.2 stands for another machine: it is not one of the names of this one."""
    for running in serve(Controller(inbox, hostname="127.0.0.2", port=free_port())):
        with pytest.raises(NotSent):
            send(Outbox("127.0.0.2", running.port, "a@kreis.example"), "b@kreis.example", "x", "y")
    assert inbox.messages == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1,IP:127.0.0.2", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", "req", *made, *names], check=True, capture_output=True)
    return certificate, key


class Encrypted(Controller):
    """TLS from the first byte."""

    def _trigger_server(self) -> None:
        """Knock as a client that trusts the certificate; the base class cannot."""
        tls = ssl.create_default_context(cafile=os.environ["SSL_CERT_FILE"])
        with socket.create_connection((self.hostname, self.port), 1) as plain:
            tls.wrap_socket(plain, server_hostname=self.hostname).close()


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # the server counts only STARTTLS as TLS
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_with_encryption_and_password_the_message_arrives(
    inbox: Inbox, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*certificate)

    def authenticate(_server: object, _session: object, _envelope: object, _mechanism: str, data: Any) -> AuthResult:
        wanted = LoginPassword(b"amt@kreis.example", b"p@/ss:w")
        return AuthResult(success=data == wanted, handled=False)

    login: dict[str, Any] = {"authenticator": authenticate, "auth_required": True}
    host = "127.0.0.1" if scheme == "smtps" else "127.0.0.2"
    running = (
        Encrypted(inbox, hostname=host, port=free_port(), ssl_context=tls, auth_require_tls=False, **login)
        if scheme == "smtps"
        else Controller(inbox, hostname=host, port=free_port(), tls_context=tls, require_starttls=True, **login)
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    for server in serve(running):
        outbox = read_outbox(f"{scheme}://amt%40kreis.example:p%40%2Fss%3Aw@{host}:{server.port}")
        send(outbox, "b@kreis.example", "Betreff", "Grüße")
        assert inbox.text().strip() == "Grüße"
        monkeypatch.delenv("SSL_CERT_FILE")
        with pytest.raises(NotSent):  # a certificate nobody vouches for
            send(outbox, "b@kreis.example", "Betreff", "Grüße")


@pytest.mark.parametrize(
    "wrong",
    [
        "mail.kreis.example",
        "http://mail.kreis.example?from=a@kreis.example",
        "smtp://mail.kreis.example",
        "smtp://mail.kreis.example?from=nobody",
        "smtp://mail.kreis.example?from=a@kreis.example%0aBcc:x@y.example",
        "smtp://mail.kreis.example:mail?from=a@kreis.example",
        "smtp://user@mail.kreis.example?from=a@kreis.example",
        "smtp://mail.kreis.example/path?from=a@kreis.example",
        "smtp://mail.kreis.example?form=a@kreis.example",
        "smtps://amt:geheim123@?from=a@kreis.example",
        "smtp://amt:geheim123ä@mail.kreis.example?from=a@kreis.example",
    ],
)
def test_an_outbox_that_cannot_be_used_is_named_without_its_password(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(BadSetting, match="SELFCHECK_OUTBOX") as raised:
        from_environment({"SELFCHECK_HOME": str(tmp_path), "SELFCHECK_OUTBOX": wrong})
    assert "geheim123" not in str(raised.value)


def test_the_user_is_the_sender_unless_another_is_named_and_ports_are_the_usual_ones() -> None:
    assert read_outbox("smtp://amt%40kreis.example:x@mail.example") == Outbox(
        "mail.example", 587, "amt@kreis.example", False, "amt@kreis.example", "x"
    )
    assert read_outbox("smtps://u:x@mail.example?from=amt@kreis.example").port == 465
