"""Options and arguments that several commands share, each declared once."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec

import click

from scoring.model.wording import LANGUAGES, Language
from selfcheck.ground.i18n import DEFAULT, N_

if TYPE_CHECKING:
    from selfcheck.words.findings import Findings

P = ParamSpec("P")


def _asked(ctx: click.Context, _parameter: click.Parameter, _value: str) -> Language:
    """The language asked for anywhere on the line, which the outermost command has read."""
    return "en" if ctx.obj == "en" else "de"


FILE = click.Path(path_type=Path)
ANSWERS = click.argument("answers", type=FILE)
SEVERAL_ANSWERS = click.argument("answers", nargs=-1, required=True, type=FILE)
ONE_FILE = click.argument("file", type=FILE)
ID = click.argument("id")
OUTPUT = click.option("-o", "--output", type=FILE, required=True, help=N_("File to write."))
JSON = click.option("--json", "as_json", is_flag=True, help=N_("Write JSON."))
SURE = click.option("--yes", "sure", is_flag=True, help=N_("Do not ask."))
LANGUAGE = click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default=DEFAULT,
    show_default=True,
    callback=_asked,
    help=N_("Language of the output."),
)
VARIANT = click.option(
    "--variant",
    type=click.Choice(["public", "internal"]),
    default="public",
    show_default=True,
    help=N_("For the public, or with remarks, evidence, dissent and individual ratings."),
)
LENGTH = click.option(
    "--length",
    type=click.Choice(["short", "full"]),
    default="full",
    show_default=True,
    help=N_("A few pages for councillors, or everything."),
)
TEMPLATE = click.option("--template", type=FILE, help=N_("House template for Word: a .docx with your styles."))


def with_findings(command: "Callable[Concatenate[Findings, P], None]") -> Callable[..., None]:
    """A command that begins with reading one answer file and is given what follows from it. Raises UnusableFile."""

    @ANSWERS
    @LANGUAGE
    @wraps(command)
    def read_first(answers: Path, language: Language, *args: P.args, **kwargs: P.kwargs) -> None:
        from selfcheck.reading import answer_files

        command(answer_files.findings(answers, language), *args, **kwargs)

    return read_first
