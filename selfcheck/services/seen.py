"""Somebody changed this meanwhile: what a person saw, against what is stored now."""

from typing import Protocol


class Counted(Protocol):
    """Something stored that counts its changes."""

    @property
    def revision(self) -> int:
        """How often it was changed."""


class ChangedMeanwhile(Exception):
    """Something else is stored than this person saw; nothing was recorded.

    `stored` is what is stored now, so that both can be shown; None when it is there no longer.
    """

    def __init__(self, stored: Counted | None) -> None:
        super().__init__(stored)
        self.stored = stored


def expect(stored: Counted | None, seen: int | None) -> None:
    """Go on only when `seen` is the revision that is stored (0: nothing is); without `seen` nothing is compared.

    Raises ChangedMeanwhile.
    """
    if seen is not None and seen != (stored.revision if stored else 0):
        raise ChangedMeanwhile(stored)
