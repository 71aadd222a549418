"""A council paper and its annex as files."""

import json

from selfcheck.council.annex import annex
from selfcheck.council.draft import Draft
from selfcheck.council.oparl import oparl
from selfcheck.council.paper import StillOpen, open_points, paper
from selfcheck.reports.formats import FORMATS, write
from selfcheck.words.findings import Findings

__all__ = ["FORMATS", "annex_file", "paper_file"]


def paper_file(
    draft: Draft, findings: Findings, ending: str, *, final: bool = False, template: bytes | None = None
) -> bytes:
    """The paper in a format, or as an OParl draft. A final one raises StillOpen while anything is open."""
    if final and (points := open_points(draft, findings)):
        raise StillOpen(points)
    if ending == "json":
        return (json.dumps(oparl(draft, findings), ensure_ascii=False, indent=2) + "\n").encode()
    return write(paper(draft, findings, marked=not final), ending, template)


def annex_file(draft: Draft, findings: Findings, ending: str, *, template: bytes | None = None) -> bytes:
    """Annex 1 in a format."""
    return write(annex(draft, findings), ending, template)
