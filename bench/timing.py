"""Interleaved rounds and medians: what else the machine does then hits every candidate alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Job = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what was done, how long it took (seconds), and what has to be said about it."""

    name: str
    seconds: float
    note: str = ""


def medians(jobs: Mapping[str, Job], *, rounds: int, slice: float = 0.02) -> dict[str, float]:
    """Seconds per call of every job: the median over rounds in which each job runs for about `slice` seconds.

    Every job is warm before the first round. The order turns from round to round.
    """
    for job in jobs.values():
        job()
    calls = {name: max(1, int(slice / max(_seconds(job, 1), 1e-7))) for name, job in jobs.items()}
    times: dict[str, list[float]] = {name: [] for name in jobs}
    names = list(jobs)
    for turn in range(rounds):
        start = turn % len(names)
        for name in names[start:] + names[:start]:
            times[name].append(_seconds(jobs[name], calls[name]))
    return {name: median(found) for name, found in times.items()}


def _seconds(job: Job, calls: int) -> float:
    begin = perf_counter()
    for _ in range(calls):
        job()
    return (perf_counter() - begin) / calls


def show(title: str, rows: list[Row], *, base: str, compared: str) -> None:
    """Print the rows with their ratio to the row named `base`, below what was compared."""
    one = next(row.seconds for row in rows if row.name == base)
    width = max(len(row.name) for row in rows)
    print(f"\n{title}\n  {compared}")
    for row in rows:
        print(f"  {row.name:<{width}}  {written(row.seconds):>9}  {_ratio(row.seconds / one):>8}  {row.note}".rstrip())


def written(seconds: float) -> str:
    """The time with three digits and a unit that fits."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:#.3g} {unit}".replace(". ", " ")
    return f"{seconds * 1e6:#.3g} µs".replace(". ", " ")


def _ratio(ratio: float) -> str:
    return f"{ratio:.0f} ×" if ratio >= 20 else f"{ratio:.1f} ×" if ratio >= 0.95 else f"{ratio:.2g} ×"
