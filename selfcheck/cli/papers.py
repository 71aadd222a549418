"""Files made of answers: chart, report, slides, table. Nothing is written before everything is ready."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scoring.model.wording import Language
from selfcheck.cli.options import LANGUAGE, LENGTH, OUTPUT, SEVERAL_ANSWERS, TEMPLATE, VARIANT, with_findings
from selfcheck.cli.terminal import console
from selfcheck.ground.i18n import N_, Translate, translator
from selfcheck.reading import answer_files
from selfcheck.words.findings import Findings

if TYPE_CHECKING:
    from selfcheck.charts.files import ChartKind, Format
    from selfcheck.charts.sheet import Size
    from selfcheck.reports.blocks import Length
    from selfcheck.words.findings import Variant

CHARTS: "dict[str, Format]" = {".svg": "svg", ".png": "png", ".pdf": "pdf"}


@click.command()
@OUTPUT
@click.option(
    "--kind",
    type=click.Choice(["radar", "dots", "heat"]),
    default="radar",
    show_default=True,
    help=N_("Radar, values as dots on one scale, or every item as a table of shades."),
)
@click.option(
    "--size",
    type=click.Choice(["half", "full", "slide"]),
    default="full",
    show_default=True,
    help=N_("Half or all of the width of a page of text, or a slide."),
)
@click.option("--transparent", is_flag=True, help=N_("Leave out the white ground (SVG, PNG)."))
@click.option(
    "--practice",
    metavar=N_("EXAMPLE"),
    default="",
    help=N_("Mark what a documented example shows (radar, dots)."),
)
@with_findings
def chart(findings: Findings, output: Path, kind: "ChartKind", size: "Size", transparent: bool, practice: str) -> None:
    """Draw a chart as .svg, .png or .pdf."""
    _ = translator(findings.language)
    ending = ending_of(output, tuple(CHARTS), _)
    known = [one.id for one in findings.questionnaire.practices]
    if practice and practice not in known:
        message = _("there is no example {id}; there are: {known}")
        raise click.BadParameter(message.format(id=practice, known=", ".join(known)), param_hint="--practice")
    from selfcheck.charts.files import chart_file

    made = chart_file(findings, kind, size, CHARTS[ending], transparent=transparent, practice=practice)
    save(output, made, _)


@click.command()
@OUTPUT
@VARIANT
@LENGTH
@TEMPLATE
@with_findings
def report(findings: Findings, output: Path, variant: "Variant", length: "Length", template: Path | None) -> None:
    """Write the recommendation report as .pdf, .docx or .html."""
    _ = translator(findings.language)
    from selfcheck.reports.formats import FORMATS, write
    from selfcheck.reports.outline import outline

    ending = ending_of(output, tuple(f".{known}" for known in FORMATS), _)
    house = house_template(template)
    save(output, write(outline(findings, variant, length), ending.removeprefix("."), house), _)


@click.command()
@SEVERAL_ANSWERS
@OUTPUT
@click.option(
    "--format",
    "ending",
    type=click.Choice(["pdf", "docx", "html"]),
    default="pdf",
    show_default=True,
    help=N_("Format."),
)
@VARIANT
@LENGTH
@LANGUAGE
def reports(
    answers: tuple[Path, ...], output: Path, ending: str, variant: "Variant", length: "Length", language: Language
) -> None:
    """Write the reports of several municipalities into one .zip; Ctrl+C cancels."""
    wanted = [(path, answer_files.findings(path, language)) for path in answers]
    _ = translator(wanted[0][1].language)
    ending_of(output, (".zip",), _)
    from rich.progress import track

    from selfcheck.office.bundle import ZipMember, bundle
    from selfcheck.reports.formats import write
    from selfcheck.reports.outline import outline

    steps = track(wanted, description=_("Reports"), console=console(stderr=True), transient=True)
    try:
        members = [
            ZipMember(f"{path.stem}.{ending}", write(outline(findings, variant, length), ending))
            for path, findings in steps
        ]
    except KeyboardInterrupt as error:
        raise click.ClickException(_("interrupted; nothing was written")) from error
    save(output, bundle(members), _)


@click.command()
@OUTPUT
@VARIANT
@with_findings
def slides(findings: Findings, output: Path, variant: "Variant") -> None:
    """Write slides for a meeting as .pptx."""
    _ = translator(findings.language)
    ending_of(output, (".pptx",), _)
    from selfcheck.slides import pptx

    save(output, pptx(findings, variant), _)


@click.command()
@OUTPUT
@VARIANT
@with_findings
def table(findings: Findings, output: Path, variant: "Variant") -> None:
    """Write all values as .xlsx or .csv, with a data dictionary."""
    _ = translator(findings.language)
    ending = ending_of(output, (".xlsx", ".csv"), _)
    from selfcheck.tables import files

    save(output, {".xlsx": files.xlsx, ".csv": files.csv}[ending](findings, variant), _)


def house_template(path: Path | None) -> bytes | None:
    """The house template in a file, if one is wanted."""
    if path is None:
        return None
    from selfcheck.reports.word.house_template import read_template

    return read_template(path)


def ending_of(output: Path, known: tuple[str, ...], _: Translate, option: str = "--output") -> str:
    """The ending of the output, when it is one of these."""
    ending = output.suffix.lower()
    if ending not in known:
        message = _("the ending {ending} is unknown here; possible are {known}")
        raise click.BadParameter(message.format(ending=ending or "–", known=", ".join(known)), param_hint=option)
    return ending


def save(output: Path, content: bytes, _: Translate, *, aside: bool = False) -> None:
    """Write the file and say so, `aside` on standard error where standard output holds data."""
    try:
        output.write_bytes(content)
    except OSError as error:
        message = _("{file} cannot be written ({reason})")
        raise click.ClickException(message.format(file=output, reason=error.strerror)) from error
    click.echo(_("written: {file} ({size} KB)").format(file=output, size=max(1, len(content) // 1024)), err=aside)
