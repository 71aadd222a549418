"""The bricks of a Word document: elements, runs of text and fields."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from selfcheck.office.text import clean

_SPECIAL = {"\n": "w:br", "\u00ad": "w:softHyphen", "\u2010": "w:noBreakHyphen", "\u2011": "w:noBreakHyphen"}
_PARTS = re.compile("([\n\u00ad\u2010\u2011])")


def element(tag: str, /, *children: Any, **attributes: str | int) -> Any:
    """An element; attributes belong to Word's own namespace."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key.rstrip('_')}"), str(value))
    made.extend(children)
    return made


def parsed(xml: str) -> Any:
    """An element written as XML of Word's own namespace."""
    end = re.search(r"[\s/>]", xml)
    assert end is not None
    return parse_xml(f"{xml[: end.start()]} {nsdecls('w')}{xml[end.start() :]}")


def run(text: str, style: str | None = None) -> Any:
    """Words in one style of characters; line ends and optional hyphens become Word's own."""
    parts = (_part(part) for part in _PARTS.split(clean(text)) if part)
    look = (element("w:rPr", element("w:rStyle", val=style)),) if style else ()
    return element("w:r", *look, *parts)


def _part(part: str) -> Any:
    if part in _SPECIAL:
        return element(_SPECIAL[part])
    made = element("w:t")
    made.text = part
    made.set(qn("xml:space"), "preserve")
    return made


def tab() -> Any:
    """A step to the next tab stop."""
    return element("w:r", element("w:tab"))


def line_end() -> Any:
    """A new line in the same paragraph."""
    return element("w:r", element("w:br"))


def computed(code: str, shown: str) -> list[Any]:
    """A field with what it shows until Word computes it anew."""
    return [*field_start(code), run(shown), field_end()]


def field_start(code: str) -> list[Any]:
    """The beginning of a field, up to what it shows."""
    instruction = element("w:instrText")
    instruction.text = f" {code} "
    instruction.set(qn("xml:space"), "preserve")
    return [
        element("w:r", element("w:fldChar", fldCharType="begin")),
        element("w:r", instruction),
        element("w:r", element("w:fldChar", fldCharType="separate")),
    ]


def field_end() -> Any:
    """The end of a field."""
    return element("w:r", element("w:fldChar", fldCharType="end"))


def filled(pattern: str, contents: dict[str, Iterable[Any]]) -> list[Any]:
    """The runs of a sentence in which {names} stand for runs of their own."""
    made: list[Any] = []
    for part in re.split(r"(\{\w+\})", pattern):
        name = part.strip("{}")
        if part.startswith("{") and name in contents:
            made.extend(contents[name])
        elif part:
            made.append(run(part))
    return made


_GAP = re.compile("(⟦[^⟦⟧]+⟧)")


def words(text: str, roles: Mapping[str, str], role: str | None = None) -> list[Any]:
    """The text as runs; a gap that people have to fill is marked."""
    parts = (part for part in _GAP.split(text) if part)
    return [run(part, roles["gap"] if _GAP.fullmatch(part) else roles[role] if role else None) for part in parts]
