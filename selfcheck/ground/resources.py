"""Where the files that are not code lie, in a checkout and in an installed wheel alike."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def templates() -> Path:
    """The Jinja templates: pages, report parts, the chart drawing."""
    return _beside_or_inside("templates")


def questionnaires() -> Path:
    """The questionnaires that come with the product."""
    return _beside_or_inside("questionnaires")


def translations() -> Path:
    """The gettext catalogues of the interface."""
    return _beside_or_inside("translations")


def static() -> Path:
    """What browsers fetch, and the fonts; always part of the package."""
    return _PACKAGE / "static"


def _beside_or_inside(name: str) -> Path:
    """The folder inside the package (a wheel carries it there), else beside it (a checkout).

    Inside comes first: beside an installed package lie the packages of others.
    """
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no folder {name!r}: neither in {_PACKAGE} nor in {_PACKAGE.parent}")
