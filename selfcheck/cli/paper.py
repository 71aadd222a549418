"""`selfcheck paper`: a council paper, its annex and its draft file. Nothing is written before everything is ready."""

from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

import click

from selfcheck.cli.options import FILE, TEMPLATE, with_findings
from selfcheck.cli.papers import ending_of, house_template, save
from selfcheck.council.draft import Draft, PaperKind, PaperProposal, begin
from selfcheck.council.paper import OpenPoint, StillOpen, open_points
from selfcheck.ground.i18n import N_, Translate, translator
from selfcheck.reading.files import read_file
from selfcheck.words.findings import Findings

DRAFT_LIMIT = 200_000
DRAFT_ENDINGS = (".yaml", ".yml")


class Wanted(TypedDict):
    """What the command line asks for."""

    output: Path | None
    annex: Path | None
    kind: PaperKind | None
    proposal: PaperProposal | None
    draft: Path | None
    write_draft: Path | None
    final: bool
    template: Path | None


@click.command()
@click.option("-o", "--output", type=FILE, help=N_("Paper: .docx, .pdf, .html or .json (OParl)."))
@click.option("--annex", type=FILE, help=N_("Annex 1 to write: profile with radar chart and values."))
@click.option(
    "--kind", type=click.Choice(["information", "decision"]), help=N_("Kind of paper. [default: information]")
)
@click.option(
    "--proposal",
    type=click.Choice(["note", "order", "decide"]),
    help=N_("What is proposed, whatever the kind. [default: note, or decide for a decision]"),
)
@click.option("--draft", type=FILE, help=N_("File with what people have filled in (YAML)."))
@click.option("--write-draft", type=FILE, help=N_("Write such a file with all gaps to fill in."))
@click.option("--final", is_flag=True, help=N_("Without the mark of a draft; refused while anything is open."))
@TEMPLATE
@with_findings
def paper(findings: Findings, **wanted: Unpack[Wanted]) -> None:
    """Write a paper for the council and its committees."""
    _ = translator(findings.language)
    files = _made(_draft(wanted, findings), wanted, findings, _)
    if not files:
        raise click.UsageError(_("nothing to write: use -o, --annex or --write-draft"))
    for file, content in files:
        save(file, content, _)


def _draft(wanted: Wanted, findings: Findings) -> Draft:
    """The draft file, else a first draft; options of the command line come before what the file says."""
    if wanted["draft"] is None:
        return begin(findings, wanted["kind"] or "information", wanted["proposal"])
    from selfcheck.council.draft_files import read_draft

    draft = read_draft(read_file(wanted["draft"], DRAFT_LIMIT), findings)
    return replace(draft, kind=wanted["kind"] or draft.kind, proposal=wanted["proposal"] or draft.proposal)


def _made(draft: Draft, wanted: Wanted, findings: Findings, _: Translate) -> list[tuple[Path, bytes]]:
    from selfcheck.council.draft_files import write_draft
    from selfcheck.council.files import FORMATS, annex_file, paper_file

    made: list[tuple[Path, bytes]] = []
    template = house_template(wanted["template"])
    if wanted["write_draft"]:
        ending_of(wanted["write_draft"], DRAFT_ENDINGS, _)
        made.append((wanted["write_draft"], write_draft(draft, findings).encode()))
    if wanted["output"]:
        ending = ending_of(wanted["output"], (*(f".{known}" for known in FORMATS), ".json"), _)
        try:
            content = paper_file(draft, findings, ending.removeprefix("."), final=wanted["final"], template=template)
        except StillOpen as error:
            raise click.ClickException(_refusal(error.points, _)) from error
        made.append((wanted["output"], content))
        if not wanted["final"] and (points := open_points(draft, findings)):
            click.echo(_("Still open: {count}; they stand in ⟦ ⟧.").format(count=len(points)), err=True)
    if wanted["annex"]:
        ending = ending_of(wanted["annex"], tuple(f".{known}" for known in FORMATS), _)
        made.append((wanted["annex"], annex_file(draft, findings, ending.removeprefix("."), template=template)))
    return made


def _refusal(points: tuple[OpenPoint, ...], _: Translate) -> str:
    lead = _("no final paper was written, because this is still open:")
    return "\n".join([lead, *(f"  {point.section}: {point.gap}" for point in points)])
