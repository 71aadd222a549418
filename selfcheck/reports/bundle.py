"""Several files in one ZIP, the same bytes for the same files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


@dataclass(frozen=True, slots=True)
class Member:
    """One file by the name it shall have."""

    name: str
    content: bytes


def bundle(members: Iterable[Member]) -> bytes:
    """The ZIP; of files with the same name all but the first get a number."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for member in _numbered(members):
            info = ZipInfo(member.name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            file.writestr(info, member.content, compresslevel=6)
    return made.getvalue()


def _numbered(members: Iterable[Member]) -> Iterator[Member]:
    taken: set[str] = set()
    for member in members:
        name, number = PurePosixPath(member.name), 1
        while str(name).casefold() in taken:
            number += 1
            name = name.with_name(f"{PurePosixPath(member.name).stem}-{number}{name.suffix}")
        taken.add(str(name).casefold())
        yield Member(str(name), member.content)
