"""The command line as a whole: its table, what it loads, and the language it speaks."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from click.testing import CliRunner, Result

from scoring.model.wording import Language
from selfcheck.cli import click_words
from selfcheck.cli import main as table
from selfcheck.cli.group import Deferred
from selfcheck.cli.main import COMMANDS, main
from selfcheck.cli.speaking import in_language, language_asked
from selfcheck.ground.i18n import translator

ROOT = Path(__file__).parents[2]
PLACES = {words: entry.place for words, entry in COMMANDS.items() if entry.place}
HEAVY = {
    "flask",
    "sqlalchemy",
    "wtforms",
    "plotly",
    "pandas",
    "typst",
    "docx",
    "pptx",
    "babel",
    "jinja2",
    "rich",
}
WITH_DATABASE = {"agencies", "assessments", "database", "received", "register", "serve"}
ENGLISH = re.compile(r"\b([Tt]he|of|and|or|Write|Show|Usage|Options|Commands|Error|default|required|PATH|FILE)\b")
THE_SAME = {"NAME", "TEXT"}
BOTH: list[Language] = ["de", "en"]


def called(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def loaded_by(program: str, *arguments: str) -> set[str]:
    """The modules in a process of its own after a program has run."""
    command = [sys.executable, "-c", f"import sys\n{program}\nprint(*sys.modules, file=sys.stderr)", *arguments]
    return set(subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stderr.split())


def commands(group: click.Group = main, *words: str) -> Iterator[tuple[str, click.Command]]:
    """Every command with its words, groups too."""
    yield " ".join(words), group
    for name, one in group.commands.items():
        if isinstance(one, click.Group):
            yield from commands(one, *words, name)
        else:
            assert isinstance(one, Deferred)
            yield " ".join((*words, name)), one.load()


ALL = dict(commands())


def test_the_table_is_no_more_than_a_table() -> None:
    assert len(Path(table.__file__).read_text(encoding="utf-8").splitlines()) < 100
    assert set(ALL) == {"", *COMMANDS}


@pytest.mark.parametrize("words", PLACES)
def test_the_table_says_of_a_command_what_it_says_itself(words: str) -> None:
    assert COMMANDS[words].text == ALL[words].help
    assert words.rpartition(" ")[-1] == ALL[words].name


@pytest.mark.parametrize("arguments", [["--help"], ["agency", "--help"], ["--lang", "en", "practices", "-h"]])
def test_help_about_commands_loads_none_of_them_and_nothing_heavy(arguments: list[str]) -> None:
    run = "from selfcheck.cli.main import main\ntry: main()\nexcept SystemExit: pass"
    loaded = loaded_by(run, *arguments)
    assert "selfcheck.cli.main" in loaded
    assert not loaded & HEAVY
    assert not loaded & {f"selfcheck.cli.{place.partition(':')[0]}" for place in PLACES.values()}


def test_only_serve_loads_a_web_framework_and_only_commands_on_stored_data_a_database() -> None:
    modules = {place.partition(":")[0] for place in PLACES.values()}
    light, stored = modules - WITH_DATABASE, modules & WITH_DATABASE
    assert len(light) == 8
    assert not loaded_by(f"import {', '.join(f'selfcheck.cli.{name}' for name in light)}") & {"flask", "sqlalchemy"}
    assert not loaded_by(f"import {', '.join(f'selfcheck.cli.{name}' for name in stored)}") & {"flask", "wtforms"}


@pytest.mark.parametrize("words", ALL)
def test_help_is_german_unless_another_language_is_asked_for(words: str) -> None:
    german = called(*words.split(), "--help")
    assert german.exit_code == 0
    assert german.output.startswith(f"Aufruf: {' '.join(['selfcheck', *words.split()])} [OPTIONEN]")
    assert ENGLISH.findall(german.output) == []
    assert called(*words.split(), "--help", "--lang", "de").output == german.output
    english = called(*words.split(), "--help", "--lang", "en")
    assert english.output.startswith("Usage: selfcheck ")
    assert not set("äöüß„") & set(english.output)
    assert called("--lang=en", *words.split(), "--help").output == english.output


@pytest.mark.parametrize("words", ALL)
def test_every_text_of_a_command_is_translated(words: str) -> None:
    _ = translator("de")
    command = ALL[words]
    helps = [command.help, *(one.help for one in command.params)]
    metavars = [one.metavar for one in command.params if one.metavar]
    names = [one.name.upper() for one in command.params if isinstance(one, click.Argument)]
    texts = [text for text in [*helps, *metavars, *names] if text]
    assert [text for text in texts if _(text) == text and text not in THE_SAME] == []
    assert all(one.help for one in command.params if isinstance(one, click.Option))


@pytest.mark.parametrize(
    ("arguments", "german", "english"),
    [
        (["scor"], "Fehler: Den Befehl 'scor' gibt es nicht. Meinten Sie 'score'?", "Error: No such command 'scor'."),
        (["agency", "lst"], "Meinten Sie 'list'?", "Did you mean 'list'?"),
        (["nothing-alike"], "'nothing-alike' gibt es nicht.\n", "No such command 'nothing-alike'.\n"),
        (["score"], "Es fehlt die Angabe 'ANTWORTEN...'.", "Missing argument 'ANSWERS...'."),
        (["report", "x"], "Es fehlt die Option '-o' / '--output'.", "Missing option '-o' / '--output'."),
        (["score", "x", "--jso"], "Die Option '--jso' gibt es nicht. Meinten Sie", "No such option '--jso'. Did you"),
        (["score", "x", "--explain"], "'--explain' braucht einen Wert.", "'--explain' requires an argument."),
        (["score", "x", "--json=y"], "'--json' nimmt keinen Wert an.", "'--json' does not take a value."),
        (["chart", "x", "-o", "y", "--kind", "z"], "'z' ist keines von 'radar',", "'z' is not one of 'radar',"),
        (["serve", "--port", "x"], "'x' ist kein gültiger Wert (ganze Zahl).", "'x' is not a valid integer range."),
        (["serve", "--port", "0"], "0 liegt nicht im Bereich 1<=x<=65535.", "0 is not in the range 1<=x<=65535."),
        (["package", "key", "x"], "Eine Angabe ist zu viel (x)", "Got unexpected extra argument (x)"),
        (["package", "key", "x", "y"], "Diese Angaben sind zu viel (x y)", "unexpected extra arguments (x y)"),
        (["score", "x", "--lang", "fr"], "'fr' ist keines von 'de', 'en'.", "'fr' is not one of 'de', 'en'."),
    ],
)
def test_a_wrong_call_is_refused_in_both_languages(arguments: list[str], german: str, english: str) -> None:
    for said, line in (
        (german, arguments),
        (english, ["--lang", "en", *arguments]),
        (german, ["--lang=de", *arguments]),
    ):
        answer = called(*line)
        assert answer.exit_code == 2
        assert said in answer.stderr
        assert answer.stdout == ""
    assert ENGLISH.findall(called(*arguments).stderr) == []


def test_a_group_without_a_command_shows_its_help() -> None:
    answer = called("agency")
    assert answer.exit_code == 2
    assert "Einen Bereich für eine Agentur anlegen" in answer.stderr


@pytest.mark.parametrize(
    ("line", "language", "others"),
    [
        ("score x", "de", "score x"),
        ("--lang en score x", "en", "score x"),
        ("score --lang=en x --lang de", "de", "score x"),
        ("score --lang fr --lang=en", "en", "score --lang fr"),
        ("score -- --lang en", "de", "score -- --lang en"),
        ("score --lang", "de", "score --lang"),
    ],
)
def test_the_language_may_stand_anywhere_before_two_dashes(line: str, language: str, others: str) -> None:
    assert language_asked(line.split()) == (language, others.split())


@pytest.mark.parametrize("language", BOTH)
def test_the_declared_command_stays_as_it_is(language: Language) -> None:
    before = [(one.help, one.metavar, one.type.name) for one in ALL["roadmap"].params]
    assert in_language(ALL["roadmap"], language) is not ALL["roadmap"]
    assert [(one.help, one.metavar, one.type.name) for one in ALL["roadmap"].params] == before


@pytest.mark.parametrize("before", ["fr", None])
def test_the_environment_is_afterwards_as_it_was(before: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", before) if before else monkeypatch.delenv("LANGUAGE", raising=False)
    called("--help")
    assert os.environ.get("LANGUAGE") == before


def test_the_marked_words_are_those_of_click() -> None:
    """Whoever updates Click learns here which of its words are said in another way now."""
    said: set[str] = {"required"}
    for _, _, message, _, _ in extract_from_dir(
        Path(click.__file__).parent, [("**.py", "python")], keywords=DEFAULT_KEYWORDS
    ):
        said.update((message,) if isinstance(message, str) else message)
    assert set(click_words.WORDS) - said == set()
    assert set(click_words.WITH_PLURALS) - said == set()
