"""The commands and their options; what they do stands in the modules beside this one."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from selfcheck.charts.files import Kind as ChartKind
    from selfcheck.charts.sheet import Size
    from selfcheck.council.draft import Kind, Proposal
    from selfcheck.reports.blocks import Length, Variant

ANSWERS = click.argument("answers", type=click.Path(path_type=Path))
OUTPUT = click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File to write.")
LANGUAGE = click.option(
    "--lang",
    "language",
    type=click.Choice(["de", "en"]),
    default="de",
    show_default=True,
    help="Language of the output.",
)


VARIANT = click.option(
    "--variant",
    type=click.Choice(["public", "internal"]),
    default="public",
    show_default=True,
    help="For the public, or with remarks, evidence, dissent and individual ratings.",
)
LENGTH = click.option(
    "--length",
    type=click.Choice(["short", "full"]),
    default="full",
    show_default=True,
    help="A few pages for councillors, or everything.",
)
TEMPLATE = click.option(
    "--template", type=click.Path(path_type=Path), help="House template for Word: a .docx with your styles."
)


class Commands(click.Group):
    """Shows every problem of a file and ends with status 2, whichever command met it."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        from selfcheck.reading.files import UnusableFile

        try:
            return super().invoke(ctx)
        except UnusableFile as error:
            from selfcheck.cli.problems import show

            show(error, _language_wanted(sys.argv))
            ctx.exit(2)


def _language_wanted(arguments: list[str]) -> str:
    """The language asked for on the command line, before any command has read it."""
    joined = " ".join(arguments)
    return "en" if "--lang en" in joined or "--lang=en" in joined else "de"


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="selbstcheck", prog_name="selfcheck")
def main() -> None:
    """Self-assessment of integrated planning: from answers to a recommendation report."""


@main.command()
@click.argument("answers", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write JSON with every number and its trace.")
@click.option("--explain", metavar="PERSPECTIVE", help="Show how the value of one perspective comes about.")
@LANGUAGE
def score(answers: tuple[Path, ...], as_json: bool, explain: str | None, language: str) -> None:
    """Score answer files and show values, ranges, questions and next steps."""
    from selfcheck.cli import score as command

    command.run(answers, as_json=as_json, explain=explain, language=language)


@main.command()
@ANSWERS
@OUTPUT
@click.option(
    "--kind",
    type=click.Choice(["radar", "dots", "heat"]),
    default="radar",
    show_default=True,
    help="Radar, values as dots on one scale, or every item as a table of shades.",
)
@click.option(
    "--size",
    type=click.Choice(["half", "full", "slide"]),
    default="full",
    show_default=True,
    help="Half or all of the width of a page of text, or a slide.",
)
@click.option("--transparent", is_flag=True, help="Leave out the white ground (SVG, PNG).")
@click.option("--practice", metavar="EXAMPLE", default="", help="Mark what a documented example shows (radar, dots).")
@LANGUAGE
def chart(
    answers: Path, output: Path, kind: "ChartKind", size: "Size", transparent: bool, practice: str, language: str
) -> None:
    """Draw a chart as .svg, .png or .pdf."""
    from selfcheck.cli import papers

    papers.chart(answers, output, language, kind, size, transparent, practice)


@main.command()
@ANSWERS
@OUTPUT
@VARIANT
@LENGTH
@TEMPLATE
@LANGUAGE
def report(
    answers: Path, output: Path, variant: "Variant", length: "Length", template: Path | None, language: str
) -> None:
    """Write the recommendation report as .pdf, .docx or .html."""
    from selfcheck.cli import papers

    papers.report(answers, output, language, variant, length, template)


@main.command()
@click.argument("answers", nargs=-1, required=True, type=click.Path(path_type=Path))
@OUTPUT
@click.option(
    "--format", "ending", type=click.Choice(["pdf", "docx", "html"]), default="pdf", show_default=True, help="Format."
)
@VARIANT
@LENGTH
@LANGUAGE
def reports(
    answers: tuple[Path, ...], output: Path, ending: str, variant: "Variant", length: "Length", language: str
) -> None:
    """Write the reports of several municipalities into one .zip; Ctrl+C cancels."""
    from selfcheck.cli import papers

    papers.reports(answers, output, ending, language, variant, length)


@main.command()
@ANSWERS
@OUTPUT
@VARIANT
@LANGUAGE
def slides(answers: Path, output: Path, variant: "Variant", language: str) -> None:
    """Write slides for a meeting as .pptx."""
    from selfcheck.cli import papers

    papers.slides(answers, output, language, variant)


@main.command()
@ANSWERS
@OUTPUT
@VARIANT
@LANGUAGE
def table(answers: Path, output: Path, variant: "Variant", language: str) -> None:
    """Write all values as .xlsx or .csv, with a data dictionary."""
    from selfcheck.cli import papers

    papers.table(answers, output, language, variant)


@main.command()
@ANSWERS
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Paper: .docx, .pdf, .html or .json (OParl).")
@click.option("--annex", type=click.Path(path_type=Path), help="Annex 1 to write: profile with radar chart and values.")
@click.option("--kind", type=click.Choice(["information", "decision"]), help="Kind of paper.  [default: information]")
@click.option(
    "--proposal",
    type=click.Choice(["note", "order", "decide"]),
    help="What is proposed, whatever the kind.  [default: note, or decide for a decision]",
)
@click.option("--draft", type=click.Path(path_type=Path), help="File with what people have filled in (YAML).")
@click.option("--write-draft", type=click.Path(path_type=Path), help="Write such a file with all gaps to fill in.")
@click.option("--final", is_flag=True, help="Without the mark of a draft; refused while anything is open.")
@TEMPLATE
@LANGUAGE
def paper(  # noqa: PLR0913, PLR0917
    answers: Path,
    output: Path | None,
    annex: Path | None,
    kind: "Kind | None",
    proposal: "Proposal | None",
    draft: Path | None,
    write_draft: Path | None,
    final: bool,
    template: Path | None,
    language: str,
) -> None:
    """Write a paper for the council and its committees."""
    from selfcheck.cli import paper as command

    wanted = command.Wanted(output, annex, write_draft, kind, proposal, draft, final, template)
    command.run(answers, wanted, language)


@main.command()
@ANSWERS
@click.option("--staff", metavar="DAYS", required=True, help="Person-days in each half-year: 40, or 40,40,20.")
@click.option("--bound", metavar="DAYS", default="", help="Of these bound by other work: 10, or 10,10,0.")
@click.option(
    "--first", metavar="HALF-YEAR", default="", help="First half-year, such as 2027-1.  [default: the next one]"
)
@click.option("--count", metavar="NUMBER", default="", help="How many half-years.  [default: 6]")
@click.option("--dates", metavar="DATES", default="", help="Meetings that can decide: 24.03.2027,22.09.2027.")
@click.option(
    "--deadline", metavar="DAY", default="", help="Money is applied for by, such as 30.06. of the year before."
)
@click.option("--double", is_flag=True, help="The budget covers two years.")
@click.option("--money", metavar="STEP", multiple=True, help="This step needs money from the budget.")
@click.option("--by", metavar="STEP=HALF-YEAR", multiple=True, help="The step is finished by then: P2-1-2=2027-2.")
@click.option("--after", metavar="STEP=HALF-YEAR", multiple=True, help="The step does not begin before: P2-1-2=2027-2.")
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 3600),
    default=30.0,
    show_default=True,
    help="How long to look for the best.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.option("--ics", type=click.Path(path_type=Path), help="Write the plan for a calendar (.ics).")
@click.option("--chart", type=click.Path(path_type=Path), help="Draw the plan as .svg, .png or .pdf.")
@click.option("--xlsx", type=click.Path(path_type=Path), help="Write all values with the plan as a workbook (.xlsx).")
@LANGUAGE
def roadmap(  # noqa: PLR0913, PLR0917
    answers: Path,
    staff: str,
    bound: str,
    first: str,
    count: str,
    dates: str,
    deadline: str,
    double: bool,
    money: tuple[str, ...],
    by: tuple[str, ...],
    after: tuple[str, ...],
    seconds: float,
    as_json: bool,
    ics: Path | None,
    chart: Path | None,
    xlsx: Path | None,
    language: str,
) -> None:
    """Plan the steps towards the target in half-years; Ctrl+C cancels. Status 1: no plan keeps all entries."""
    from scoring.roadmap.entries import RoadmapEntries
    from selfcheck.cli import roadmap as command

    fixed = (command.named_steps(by, "--by"), command.named_steps(after, "--after"))
    entries = RoadmapEntries(first, count, staff, bound, dates, deadline, double, money, *fixed)
    command.run(answers, entries, command.Wanted(as_json, seconds, ics, chart, xlsx), language)


@main.command()
@click.argument("answers", required=False, type=click.Path(path_type=Path))
@click.option("--empty", metavar="MODULE", default="", help="Print an empty answer file of this module.")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), help="Folder for pictures (svg, png, pdf) and entries (csv)."
)
@LANGUAGE
def module(answers: Path | None, empty: str, folder: Path | None, language: str) -> None:
    """Show what an answer file of an in-depth module amounts to; without one, list the modules."""
    from selfcheck.cli import module as command

    command.run(answers, empty, folder, language)


class Practices(click.Group):
    """Lists examples unless another of its commands is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the listing command before what are its own arguments."""
        named = args and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else ["list", *args])


@main.group(cls=Practices)
def practices() -> None:
    """List documented good examples (also without “list”), or add those of an agency."""


@practices.command("list")
@click.argument("answers", required=False, type=click.Path(path_type=Path))
@click.option("--perspective", metavar="PERSPECTIVE", help="Only examples that bear on this perspective.")
@LANGUAGE
def list_practices(answers: Path | None, perspective: str | None, language: str) -> None:
    """List documented good examples; with ANSWERS also what is met, missing or unknown here."""
    from selfcheck.cli import practices as command

    command.run(answers, perspective, language)


@practices.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--agency", "id", metavar="ID", required=True, help="Agency whose examples these are.")
@LANGUAGE
def add_practices(file: Path, id: str, language: str) -> None:
    """Keep a file with an agency's own examples, in place of its earlier one."""
    from selfcheck.cli import agencies as command

    command.add_examples(file, id, language)


@main.group()
def agency() -> None:
    """Work with the areas of transfer agencies on this installation."""


@agency.command("add")
@click.argument("name")
@LANGUAGE
def add_agency(name: str, language: str) -> None:
    """Make an area for an agency; prints its link."""
    from selfcheck.cli import agencies as command

    command.add(name, language)


@agency.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@LANGUAGE
def list_agencies(as_json: bool, language: str) -> None:
    """List all agencies."""
    from selfcheck.cli import agencies as command

    command.show(as_json=as_json, language=language)


@agency.command("link")
@click.argument("id")
@LANGUAGE
def renew_agency_link(id: str, language: str) -> None:
    """Make a new link for an agency; the old one opens nothing any more."""
    from selfcheck.cli import agencies as command

    command.link(id, language)


@agency.command("delete")
@click.argument("id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@LANGUAGE
def delete_agency(id: str, yes: bool, language: str) -> None:
    """Delete an agency with its examples and the proposals sent to it."""
    from selfcheck.cli import agencies as command

    command.delete(id, sure=yes, language=language)


@main.group()
def questionnaires() -> None:
    """Work with questionnaires."""


@questionnaires.command("check")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@LANGUAGE
def check_questionnaires(path: Path | None, language: str) -> None:
    """Check a questionnaire folder (or all that ship with the product) and its worked examples."""
    from selfcheck.cli import check

    sys.exit(check.run(path, language))


@main.group()
def assessments() -> None:
    """Work with the self-checks stored in this installation."""


@assessments.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@LANGUAGE
def list_assessments(as_json: bool, language: str) -> None:
    """List all self-checks with how far they are; no answers."""
    from selfcheck.cli import assessments as command

    command.show(as_json=as_json, language=language)


@assessments.command("export")
@click.argument("id")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; without it, standard output.")
@click.option("--force", is_flag=True, help="Write over an existing file.")
@LANGUAGE
def export_assessment(id: str, output: Path | None, force: bool, language: str) -> None:
    """Write everything of one self-check as one JSON file."""
    from selfcheck.cli import assessments as command

    command.export(id, output, force=force, language=language)


@assessments.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@LANGUAGE
def import_assessment(file: Path, language: str) -> None:
    """Begin a self-check with an exported file or an answer file; prints its link."""
    from selfcheck.cli import assessments as command

    command.take_in(file, language)


@assessments.command("delete")
@click.argument("id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@LANGUAGE
def delete_assessment(id: str, yes: bool, language: str) -> None:
    """Delete a self-check with everything that belongs to it."""
    from selfcheck.cli import assessments as command

    command.delete(id, sure=yes, language=language)


@main.group()
def register() -> None:
    """Work with the official register of municipalities (file GV100AD)."""


@register.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@LANGUAGE
def import_register(file: Path, dry_run: bool, language: str) -> None:
    """Take in a file GV100AD; what it does not hold any more is closed, never deleted."""
    from selfcheck.cli import register as command

    command.take_in(file, dry_run=dry_run, language=language)


@register.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@LANGUAGE
def show_register(name: str, as_json: bool, language: str) -> None:
    """Show everything with a NAME or key (ARS, AGS), closed entries too."""
    from selfcheck.cli import register as command

    command.show(name, as_json=as_json, language=language)


@register.command("status")
@LANGUAGE
def register_status(language: str) -> None:
    """Show what the register holds, and of which date."""
    from selfcheck.cli import register as command

    command.status(language)


@main.group()
def package() -> None:
    """Work with signed packages from or for other installations."""


@package.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@LANGUAGE
def check_package(file: Path, language: str) -> None:
    """Say whether a package is sound and what it holds; needs no database."""
    from selfcheck.cli import package as command

    command.check(file, language)


@package.command("key")
@LANGUAGE
def package_key(language: str) -> None:
    """Show the fingerprint of this installation's key, to be compared on the telephone."""
    from selfcheck.cli import package as command

    command.key(language)


@package.command("receive")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--agency", metavar="NAME", default="", help="A name by which this installation is meant too.")
@click.option("--trust", "trusted", metavar="FINGERPRINT", default="", help="Confirm a new key without being asked.")
@click.option("--label", metavar="TEXT", default="", help="Whose key it is.")
@LANGUAGE
def receive_package(file: Path, agency: str, trusted: str, label: str, language: str) -> None:
    """Take in a package or a revocation."""
    from selfcheck.cli import received as command

    command.receive(file, agency, trusted, label, language)


@package.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@LANGUAGE
def list_packages(as_json: bool, language: str) -> None:
    """List the packages that can be used; deletes expired ones."""
    from selfcheck.cli import received as command

    command.show(as_json=as_json, language=language)


@package.command("revoke")
@click.argument("id")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File to write.")
@LANGUAGE
def revoke_package(id: str, output: Path, language: str) -> None:
    """Write the file that takes back a package signed here, also when its self-check is deleted."""
    from selfcheck.cli import received as command

    command.revoke(id, output, language)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, envvar="PORT", help="Port to listen on."
)
def serve(host: str, port: int) -> None:
    """Serve the self-assessment in the browser."""
    from selfcheck.cli import serve as command

    command.run(host, port)
