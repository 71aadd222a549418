"""A group of commands made from a table; a command is imported when it is called, not when it is listed."""

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

import click

from selfcheck.cli.options import LANGUAGE
from selfcheck.cli.speaking import click_speaks, in_language, language_asked
from selfcheck.ground.i18n import N_

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Entry(NamedTuple):
    """What the table says of a command, or of a group: which of its commands runs when none is named."""

    text: str
    place: str = ""
    default: str = ""


Table = Mapping[str, Entry]
"""The entries by the words that call them; the words of a group begin those of its commands."""


class Deferred(click.Command):
    """Stands for a command in lists until it is called."""

    def __init__(self, name: str, entry: Entry) -> None:
        super().__init__(name, short_help=entry.text)
        self.place = entry.place

    def load(self) -> click.Command:
        """The command itself, as it is declared in its module: in English."""
        module, _, name = self.place.partition(":")
        with click_speaks("en"):
            found = getattr(import_module(f"selfcheck.cli.{module}"), name)
        assert isinstance(found, click.Command)
        return found


class Commands(click.Group):
    """The commands of a table."""

    def __init__(self, name: str, entry: Entry, table: Table) -> None:
        within = {one: self._below(one, table) for one in table if " " not in one}
        commands = [
            Deferred(one, table[one]) if table[one].place else Commands(one, table[one], below)
            for one, below in within.items()
        ]
        super().__init__(name, commands, help=entry.text, short_help=entry.text, context_settings=HELP)
        self.default = entry.default

    @staticmethod
    def _below(name: str, table: Table) -> Table:
        return {one.removeprefix(f"{name} "): entry for one, entry in table.items() if one.startswith(f"{name} ")}

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the default command before what are its own arguments."""
        named = args and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named or not self.default else [self.default, *args])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Import the command that is called."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, in_language(command.load(), ctx.obj) if isinstance(command, Deferred) else command, rest


class Selfcheck(Commands):
    """The whole command line, which speaks the language asked for and shows every problem of a file with status 2."""

    def __init__(self, text: str, table: Table) -> None:
        super().__init__("selfcheck", Entry(text), table)
        LANGUAGE(self)
        click.version_option(package_name="selbstcheck", prog_name="selfcheck", help=N_("Show the version and exit."))(
            self
        )

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the command that is asked for, in its language."""
        language, others = language_asked(sys.argv[1:] if args is None else args)
        with click_speaks(language):
            return super(Selfcheck, in_language(self, language)).main(others, *rest, obj=language, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        from selfcheck.reading.files import UnusableFile

        try:
            return super().invoke(ctx)
        except UnusableFile as error:
            from selfcheck.cli.problems import show

            show(error, ctx.obj)
            ctx.exit(2)
