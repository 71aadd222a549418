"""Problems of files on the terminal: one line each, with file, line, place and what is allowed."""

import click

from scoring.model.wording import Language
from selfcheck.reading.files import FileProblem, UnusableFile


def show(error: UnusableFile, language: Language) -> None:
    """Write every problem to standard error."""
    for problem in error.problems:
        click.echo(sentence(problem, language), err=True)


def sentence(problem: FileProblem, language: Language) -> str:
    """One problem as `file:line: place: message`."""
    where = f"{problem.file}:{problem.line}" if problem.line else problem.file
    place = f"{problem.path}: " if problem.path else ""
    return f"{where}: {place}{problem.message.text(language)}"
