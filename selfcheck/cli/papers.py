"""`selfcheck chart` and `selfcheck report`: files made of answers. Nothing is written before everything is ready."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfcheck import answer_files
from selfcheck.i18n import Translate, translator

if TYPE_CHECKING:
    from selfcheck.charts.radar import Radar
    from selfcheck.reports.blocks import Length, Variant

CHART_ENDINGS = (".svg", ".png", ".pdf")


def chart(answers: Path, output: Path, language: str) -> None:
    """The radar chart in the format that the ending of the output names."""
    findings = answer_files.findings(answers, language)
    _ = translator(findings.language)
    ending = ending_of(output, CHART_ENDINGS, _)
    from selfcheck.charts import files
    from selfcheck.charts.profile import profile

    writers: dict[str, Callable[[Radar], bytes]] = {
        ".svg": files.svg_file,
        ".png": files.png_file,
        ".pdf": files.pdf_file,
    }
    save(output, writers[ending](profile(findings)), _)


def report(answers: Path, output: Path, language: str, variant: "Variant", length: "Length") -> None:
    """The recommendation report in the format that the ending of the output names."""
    findings = answer_files.findings(answers, language)
    _ = translator(findings.language)
    from selfcheck.reports.formats import FORMATS
    from selfcheck.reports.outline import outline

    ending = ending_of(output, tuple(f".{known}" for known in FORMATS), _)
    save(output, FORMATS[ending.removeprefix(".")].write(outline(findings, variant, length)), _)


def ending_of(output: Path, known: tuple[str, ...], _: Translate) -> str:
    """The ending of the output, when it is one of these."""
    ending = output.suffix.lower()
    if ending not in known:
        message = _("the ending {ending} is unknown here; possible are {known}")
        raise click.BadParameter(message.format(ending=ending or "–", known=", ".join(known)), param_hint="--output")
    return ending


def save(output: Path, content: bytes, _: Translate) -> None:
    """Write the file and say so."""
    try:
        output.write_bytes(content)
    except OSError as error:
        message = _("{file} cannot be written ({reason})")
        raise click.ClickException(message.format(file=output, reason=error.strerror)) from error
    click.echo(_("written: {file} ({size} KB)").format(file=output, size=max(1, len(content) // 1024)))
