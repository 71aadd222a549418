"""What comes before what."""

from collections.abc import Mapping, Set


def cycle_in(needs: Mapping[str, Set[str]]) -> tuple[str, ...]:
    """A circle of needs, first step again at the end; empty when there is none."""
    finished: set[str] = set()

    def walk(step: str, path: tuple[str, ...]) -> tuple[str, ...]:
        if step in path:
            return (*path[path.index(step) :], step)
        if step in finished:
            return ()
        for needed in sorted(needs.get(step, ())):
            if cycle := walk(needed, (*path, step)):
                return cycle
        finished.add(step)
        return ()

    for step in sorted(needs):
        if cycle := walk(step, ()):
            return cycle
    return ()
