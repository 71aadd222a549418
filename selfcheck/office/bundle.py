"""Several files in one ZIP, the same bytes for the same files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import RawIOBase
from pathlib import PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


@dataclass(frozen=True, slots=True)
class ZipMember:
    """One file by the name it shall have."""

    name: str
    content: bytes


def bundle(members: Iterable[ZipMember]) -> bytes:
    """The ZIP; of files with the same name all but the first get a number."""
    return b"".join(streamed(members))


def streamed(members: Iterable[ZipMember]) -> Iterator[bytes]:
    """The ZIP piece by piece: each file is made when the one before is on its way, and none after somebody cancels."""
    made = _Pieces()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for member in _numbered(members):
            info = ZipInfo(member.name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            file.writestr(info, member.content, compresslevel=6)
            yield made.taken()
    yield made.taken()


class _Pieces(RawIOBase):
    """What a ZIP is written to when it is sent on at once: nothing written can be changed any more."""

    def __init__(self) -> None:
        super().__init__()
        self._written = bytearray()

    def writable(self) -> bool:
        """It takes everything."""
        return True

    def write(self, content: Any) -> int:
        """Take the next piece."""
        self._written += content
        return len(content)

    def taken(self) -> bytes:
        """Everything written since the last time."""
        piece, self._written = bytes(self._written), bytearray()
        return piece


def _numbered(members: Iterable[ZipMember]) -> Iterator[ZipMember]:
    taken: set[str] = set()
    for member in members:
        name, number = PurePosixPath(member.name), 1
        while str(name).casefold() in taken:
            number += 1
            name = name.with_name(f"{PurePosixPath(member.name).stem}-{number}{name.suffix}")
        taken.add(str(name).casefold())
        yield ZipMember(str(name), member.content)
