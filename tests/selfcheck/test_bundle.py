"""Several files in one ZIP, sent while they are made."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from flask import Flask

from selfcheck.office.bundle import ZipMember, bundle, streamed
from tests.web import Person


def test_every_file_is_in_the_zip_and_equal_names_get_numbers() -> None:
    made = bundle(
        [ZipMember("a.pdf", b"1"), ZipMember("A.pdf", b"2"), ZipMember("a.pdf", b"3"), ZipMember("b.csv", b"")]
    )
    with ZipFile(BytesIO(made)) as file:
        assert file.testzip() is None
        assert {name: file.read(name) for name in file.namelist()} == {
            "a.pdf": b"1",
            "A-2.pdf": b"2",
            "a-3.pdf": b"3",
            "b.csv": b"",
        }


def test_the_same_files_are_the_same_bytes() -> None:
    members = [ZipMember("a.txt", b"x" * 10_000), ZipMember("b.txt", b"y")]
    assert bundle(members) == bundle(members)


def test_nothing_is_made_after_somebody_cancels() -> None:
    made: list[int] = []

    def members() -> Iterator[ZipMember]:
        for number in range(5):
            made.append(number)
            yield ZipMember(f"{number}.txt", b"x")

    sending = streamed(members())
    assert next(sending).startswith(b"PK")
    assert made == [0]
    next(sending)
    sending.close()  # type: ignore[attr-defined]
    assert made == [0, 1]


def test_all_public_papers_come_in_one_file(app: Flask) -> None:
    person = Person(app.test_client())
    place = person.start()
    person.answer(place, "P1.1", "2", remark="Bemerkung nur für uns")
    with ZipFile(BytesIO(person.get(f"{place}papers.zip").data)) as file:
        assert file.testzip() is None
        names = set(file.namelist())
        assert {"bericht.pdf", "bericht.docx", "bericht-kurz.pdf", "folien.pptx", "werte.xlsx", "radar.svg"} <= names
        assert "Bemerkung nur für uns" not in file.read("bericht.html").decode()
