"""The command line in the language asked for: its help, its mistakes, and the words of the library that reads it."""

import gettext
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from typing import TypeVar

import click

from scoring.model.wording import Language
from selfcheck.ground import resources
from selfcheck.ground.i18n import DEFAULT, Translate, translator

C = TypeVar("C", bound=click.Command)
P = TypeVar("P", bound=click.Parameter)


def language_asked(arguments: Sequence[str]) -> tuple[Language, list[str]]:
    """The language named by `--lang` anywhere before `--`, the last one if there are several; and all other arguments."""
    language, others, rest = DEFAULT, list[str](), list(arguments)
    while rest and rest[0] != "--":
        match rest:
            case ["--lang", "de" | "en" as named, *rest] | ["--lang=de" | "--lang=en" as named, *rest]:
                language = "en" if named.endswith("en") else "de"
            case [other, *rest]:
                others.append(other)
    return language, [*others, *rest]


@contextmanager
def click_speaks(language: Language) -> Iterator[None]:
    """Let Click find its own words in our catalogue: it asks gettext, and gettext asks the environment for the language."""
    gettext.bindtextdomain("messages", str(resources.translations()))
    gettext.textdomain("messages")
    before = os.environ.get("LANGUAGE")
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        os.environ.pop("LANGUAGE")
        if before is not None:
            os.environ["LANGUAGE"] = before


def in_language(command: C, language: Language) -> C:
    """The same command with all its texts in the language; those of a group with its commands."""
    _ = translator(language)
    spoken = copy(command)
    spoken.help, spoken.short_help = _said(command.help, _), _said(command.short_help, _)
    spoken.options_metavar = _said(command.options_metavar, _)
    spoken.params = [_parameter(one, _) for one in command.params]
    if isinstance(spoken, click.Group):
        spoken.subcommand_metavar = _(spoken.subcommand_metavar)
        spoken.commands = {name: in_language(one, language) for name, one in spoken.commands.items()}
    return spoken


def _parameter(parameter: P, _: Translate) -> P:
    spoken = copy(parameter)
    spoken.type = copy(parameter.type)
    spoken.type.name = _(parameter.type.name)
    spoken.metavar = _said(parameter.metavar, _)
    if isinstance(spoken, click.Option):
        spoken.help = _said(spoken.help, _)
    elif isinstance(spoken, click.Argument):
        word = _(spoken.name.upper())
        spoken.metavar = (word if spoken.required else f"[{word}]") + ("..." if spoken.nargs != 1 else "")
    return spoken


def _said(text: str | None, _: Translate) -> str | None:
    return _(text) if text else text
