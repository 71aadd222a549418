"""Commands as people call them: in this process, or in one of its own where the process is what a test is about."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from selfcheck.cli.main import main

ROOT = Path(__file__).parents[1]


def run(*arguments: object, folder: Path = ROOT, home: Path | None = None, keys: str = "") -> Result:
    """Call `selfcheck` with nothing of this machine's settings; what it does not catch itself fails the test."""
    words = list(map(str, arguments))
    settings = {name: None for name in os.environ if name.startswith("SELFCHECK_")}
    environment = settings | ({"SELFCHECK_HOME": str(home)} if home else {})
    with pytest.MonkeyPatch.context() as here:
        here.chdir(folder)
        here.setattr(sys, "argv", ["selfcheck", *words])
        return CliRunner(env=environment).invoke(main, words, input=keys, catch_exceptions=False)


def started(*arguments: object, folder: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    """Start `selfcheck` in a process of its own."""
    command = [sys.executable, "-m", "selfcheck", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, check=False)
