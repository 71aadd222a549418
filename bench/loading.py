"""Loading the questionnaire: reading its files, making frozen data of them, checking that data."""

from bench.timing import Row, medians, show
from scoring.plain.questionnaire import parse
from selfcheck.reading import catalogue
from selfcheck.reading.files import read_file


def run() -> None:
    """What a process pays once."""
    folder = catalogue.folder(catalogue.DEFAULT, catalogue.newest())
    files = [folder / f"{part}.yaml" for part in catalogue.PARTS]

    def read() -> dict[str, object]:
        return {file.stem: read_file(file, catalogue.LIMIT).data for file in files}

    data = read()
    assert parse(data, checked=True) == parse(data, checked=False)
    jobs = {
        "parse": lambda: parse(data, checked=False),
        "parse + checks": lambda: parse(data, checked=True),
        "read the YAML files": read,
        "load again": lambda: catalogue.load(catalogue.DEFAULT, catalogue.newest()),
    }
    notes = {
        "parse + checks": "checks run when a questionnaire is written, not when it is loaded",
        "read the YAML files": f"{sum(file.stat().st_size for file in files) / 1000:.0f} KB",
        "load again": "kept in memory; looks up the newest version",
    }
    show(
        "Loading the questionnaire",
        [Row(name, seconds, notes.get(name, "")) for name, seconds in medians(jobs, rounds=9).items()],
        base="parse",
        compared="the same questionnaire with and without checks (equal); once a process",
    )
