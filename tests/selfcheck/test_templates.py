"""Templates can be read: short lines, one frame for all tables, and nothing that hangs on the name of a class."""

from itertools import pairwise

from selfcheck.ground import resources

TEMPLATES = resources.templates()
SOURCES = {
    file.relative_to(TEMPLATES).as_posix(): file.read_text(encoding="utf-8")
    for file in sorted(TEMPLATES.rglob("*"))
    if file.suffix in {".html", ".jinja", ".typ"}
}
OWN_FRAME = {
    "table.html",  # the frame of all others
    "report/report.html.jinja",  # a file that carries its own look and takes nothing from the pages
}


def test_no_line_is_longer_than_a_reader_sees() -> None:
    assert [
        f"{name}:{number}"
        for name, text in SOURCES.items()
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > 160
    ] == []


def test_no_template_asks_for_the_name_of_a_class() -> None:
    assert [name for name, text in SOURCES.items() if "__class__" in text or "__name__" in text] == []


def test_every_table_has_the_same_frame() -> None:
    assert {name for name, text in SOURCES.items() if "<table" in text} == OWN_FRAME


def test_no_link_underlines_a_blank_at_its_end() -> None:
    assert [
        f"{name}:{number}"
        for name, text in SOURCES.items()
        for number, (before, line) in enumerate(pairwise(text.splitlines()), 2)
        if line.strip().startswith("</a>") and before.endswith(" }}")
    ] == []
