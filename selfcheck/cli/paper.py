"""`selfcheck paper`: a council paper, its annex and its draft file. Nothing is written before everything is ready."""

from dataclasses import dataclass, replace
from pathlib import Path

import click

from selfcheck.cli.papers import ending_of, house_template, save
from selfcheck.council.draft import Draft, Kind, Proposal, begin
from selfcheck.council.paper import OpenPoint, StillOpen, open_points
from selfcheck.ground.i18n import Translate, translator
from selfcheck.reading import answer_files
from selfcheck.reading.files import read_file
from selfcheck.words.findings import Findings

DRAFT_LIMIT = 200_000
DRAFT_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for."""

    output: Path | None
    annex: Path | None
    write_draft: Path | None
    kind: Kind | None
    proposal: Proposal | None
    draft: Path | None
    final: bool
    template: Path | None


def run(answers: Path, wanted: Wanted, language: str) -> None:
    """Write everything that is wanted."""
    findings = answer_files.findings(answers, language)
    _ = translator(findings.language)
    files = list(_made(_draft(wanted, findings), wanted, findings, _))
    if not files:
        raise click.UsageError(_("nothing to write: use -o, --annex or --write-draft"))
    for file, content in files:
        save(file, content, _)


def _draft(wanted: Wanted, findings: Findings) -> Draft:
    """The draft file, else a first draft; options of the command line come before what the file says."""
    if wanted.draft is None:
        return begin(findings, wanted.kind or "information", wanted.proposal)
    from selfcheck.council.draft_files import read_draft

    draft = read_draft(read_file(wanted.draft, DRAFT_LIMIT), findings)
    return replace(draft, kind=wanted.kind or draft.kind, proposal=wanted.proposal or draft.proposal)


def _made(draft: Draft, wanted: Wanted, findings: Findings, _: Translate) -> list[tuple[Path, bytes]]:
    from selfcheck.council.draft_files import write_draft
    from selfcheck.council.files import FORMATS, annex_file, paper_file

    made: list[tuple[Path, bytes]] = []
    template = house_template(wanted.template)
    if wanted.write_draft:
        ending_of(wanted.write_draft, DRAFT_ENDINGS, _)
        made.append((wanted.write_draft, write_draft(draft, findings).encode()))
    if wanted.output:
        ending = ending_of(wanted.output, (*(f".{known}" for known in FORMATS), ".json"), _)
        try:
            content = paper_file(draft, findings, ending.removeprefix("."), final=wanted.final, template=template)
        except StillOpen as error:
            raise click.ClickException(_refusal(error.points, _)) from error
        made.append((wanted.output, content))
        if not wanted.final and (points := open_points(draft, findings)):
            click.echo(_("Still open: {count}; they stand in ⟦ ⟧.").format(count=len(points)), err=True)
    if wanted.annex:
        ending = ending_of(wanted.annex, tuple(f".{known}" for known in FORMATS), _)
        made.append((wanted.annex, annex_file(draft, findings, ending.removeprefix("."), template=template)))
    return made


def _refusal(points: tuple[OpenPoint, ...], _: Translate) -> str:
    lead = _("no final paper was written, because this is still open:")
    return "\n".join([lead, *(f"  {point.section}: {point.gap}" for point in points)])
