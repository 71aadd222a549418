"""A council paper and its annex as files."""

import json

from selfcheck.council.annex import annex
from selfcheck.council.draft import Draft
from selfcheck.council.oparl import oparl
from selfcheck.council.paper import StillOpen, open_points, paper
from selfcheck.findings import Findings
from selfcheck.reports.formats import FORMATS

__all__ = ["FORMATS", "annex_file", "paper_file"]


def paper_file(draft: Draft, findings: Findings, ending: str, *, final: bool = False) -> bytes:
    """The paper in a format, or as an OParl draft. A final one raises StillOpen while anything is open."""
    if final and (points := open_points(draft, findings)):
        raise StillOpen(points)
    if ending == "json":
        return (json.dumps(oparl(draft, findings), ensure_ascii=False, indent=2) + "\n").encode()
    return FORMATS[ending].write(paper(draft, findings, marked=not final))


def annex_file(draft: Draft, findings: Findings, ending: str) -> bytes:
    """Annex 1 in a format."""
    return FORMATS[ending].write(annex(draft, findings))
