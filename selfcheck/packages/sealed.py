"""The signed file: {"package": …, "key": …, "signature": …}, byte for byte in one form."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from scoring.model.wording import Wording
from selfcheck.packages.keys import SigningKey, is_signed
from selfcheck.packages.refusals import Altered, NotAPackage, Refused, UnknownFormat
from selfcheck.reading.files import FileProblem, UnusableFile, read_bytes

MARK, FORMAT = "selfcheck-package", 1
LIMIT = 500_000
"""Bytes of a file; a package with the stages of 49 items has about five thousand."""
Kind = Literal["package", "revocation"]
KINDS: tuple[Kind, ...] = ("package", "revocation")
KEY, SIGNATURE = re.compile("[0-9a-f]{64}"), re.compile("[0-9a-f]{128}")


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """What a file holds whose signature fits; whether the key may be trusted is another question."""

    name: str
    kind: Kind
    content: Mapping[str, Any]
    key: str


def canonical(data: Any) -> bytes:
    """The one form in which data are signed: sorted keys, no blanks, UTF-8."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _message(kind: Kind, content: Any) -> bytes:
    """A package can never be taken for a revocation or for anything else that is signed."""
    return f"{MARK} {kind}\n".encode() + canonical(content)


def _file(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()


def sealed(kind: Kind, content: Mapping[str, Any], key: SigningKey) -> bytes:
    """The bytes of a signed file."""
    marked = {MARK: FORMAT, **content}
    return _file({kind: marked, "key": key.public, "signature": key.sign(_message(kind, marked))})


def opened(raw: bytes, name: str) -> OpenedFile:
    """What a signed file holds. Raises Refused with NotAPackage, UnknownFormat or Altered."""
    if len(raw) > LIMIT:
        raise Refused(_no_package(name, f"mehr als {LIMIT} Bytes", f"more than {LIMIT} bytes"))
    try:
        document = read_bytes(raw, f"{name}.json").data
    except UnusableFile as error:
        raise Refused(NotAPackage(error.problems)) from error
    kind = next((one for one in KINDS if isinstance(document, dict) and one in document), None)
    if kind is None or document.keys() != {kind, "key", "signature"} or not isinstance(document[kind], dict):
        wanted = '{"package": …, "key": …, "signature": …}'
        raise Refused(_no_package(name, f"erwartet wird {wanted}", f"expected is {wanted}"))
    content, key, signature = document[kind], document["key"], document["signature"]
    if MARK in content and not (type(content[MARK]) is int and content[MARK] == FORMAT):
        raise Refused(UnknownFormat(repr(content[MARK])[:20]))
    if not _is_whole(raw, document, kind) or MARK not in content:
        raise Refused(Altered())
    assert isinstance(key, str)
    assert isinstance(signature, str)
    return OpenedFile(name, kind, {entry: value for entry, value in content.items() if entry != MARK}, key)


def _is_whole(raw: bytes, document: Mapping[str, Any], kind: Kind) -> bool:
    """Whether the file is byte for byte what was signed."""
    key, signature = document["key"], document["signature"]
    if not (
        isinstance(key, str) and KEY.fullmatch(key) and isinstance(signature, str) and SIGNATURE.fullmatch(signature)
    ):
        return False
    try:
        return raw == _file(document) and is_signed(_message(kind, document[kind]), key, signature)
    except UnicodeEncodeError:  # half a character
        return False


def _no_package(name: str, de: str, en: str) -> NotAPackage:
    return NotAPackage((FileProblem(name, None, "", Wording(de, en)),))
