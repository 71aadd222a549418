"""The route of a council paper, from the first draft to the resolution (source, lines 36–39)."""

from selfcheck.council.proposal import said
from selfcheck.ground.i18n import translator
from selfcheck.words.findings import Findings

LINES = (36, 37, 38, 39)
"""Lines of the source text the route is taken from."""


def route(findings: Findings) -> tuple[str, ...]:
    """Who drafts, who agrees, who deliberates, who decides: a checklist in the municipality's own words."""
    _ = translator(findings.language)
    steps = (
        _("Planning professionals draft {paper:acc} together with the heads of division."),
        _("The draft is agreed with the heads in charge {department:pl-gen} or with the executive board."),
        _("The responsible committees discuss and assess it and pass a resolution on it."),
        _("An information paper ends with being noted, a paper for decision with the approval {council:gen}."),
    )
    return tuple(said(findings, step) for step in steps)
