"""The words of Click that people can meet here, marked for our catalogue, where `speaking.click_speaks` lets it find them."""

from gettext import ngettext

from selfcheck.ground.i18n import N_

WORDS = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("required"),
    N_("default: {default}"),
    N_("Show this message and exit."),
    N_("Try '{command} {option}' for help."),
    N_("Error: {message}"),
    N_("Error: invalid input"),
    N_("Aborted!"),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Option {name!r} does not take a value."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
)
WITH_PLURALS = (
    ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
    ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
    ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
    ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
)
PLACEHOLDERS = (
    N_("[OPTIONS]"),
    N_("COMMAND [ARGS]..."),
    N_("ANSWERS"),
    N_("FILE"),
    N_("PATH"),
    N_("path"),
    N_("text"),
    N_("integer range"),
    N_("float range"),
)
"""What stands in usage lines: Click's marks, names of our arguments in capitals, and Click's names of types."""
