"""Templates of files that are made outside a page: drawings, reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selfcheck.ground import resources

if TYPE_CHECKING:
    from jinja2 import Environment


def environment() -> Environment:
    """A new environment: what is written into a file is escaped, and a name that is missing is an error.

    Jinja is imported only when something is written.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(resources.templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
