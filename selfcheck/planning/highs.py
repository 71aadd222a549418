"""HiGHS solves integer programmes. The only module that knows it, and slow to import: import it only to solve."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, isfinite
from time import monotonic

import highspy
import numpy as np

from selfcheck.planning.formulation import Constraint, Cost, Rows

Seen = Callable[[int | None, int | None], None]
"""Told the best value and the best bound so far, about five times a second; None while there is none.

Whatever it raises ends the search and is raised again by `minimise`.
"""

_ROUNDING = 1e-6
_SECONDS_BETWEEN = 0.2
_ASKED_OFTEN = highspy.cb.HighsCallbackType.kCallbackMipInterrupt


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found: the values of the variables (None: none), whether they are the best, and the best conceivable.

    Without values `proven` says that there cannot be any.
    """

    values: list[int] | None
    proven: bool
    best: int | None


class Programme:
    """A programme in the solver; each solve begins where the last one ended."""

    def __init__(self, formulation: Rows) -> None:
        self._size = formulation.size
        self._columns = np.arange(self._size, dtype=np.int32)
        self._solver = _quiet_solver()
        self._solver.addVars(self._size, np.zeros(self._size), np.ones(self._size))
        integers = np.full(self._size, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self._solver.changeColsIntegrality(self._size, self._columns, integers)
        for row in formulation.rows():
            self.add(row)

    def add(self, row: Constraint) -> None:
        """From now on this row is kept too."""
        lower = -highspy.kHighsInf if row.lower is None else row.lower
        upper = highspy.kHighsInf if row.upper is None else row.upper
        columns, values = np.array(list(row.of), dtype=np.int32), np.array(list(row.of.values()), dtype=np.double)
        self._solver.addRow(lower, upper, len(columns), columns, values)

    def minimise(self, cost: Cost, seconds: float, start: list[int] | None, seen: Seen | None) -> Outcome:
        """Make the cost as small as possible within so many seconds, beginning with these values if they are allowed."""
        costs = np.zeros(self._size)
        for column, value in cost.of.items():
            costs[column] = value
        self._solver.changeColsCost(self._size, self._columns, costs)
        self._solver.changeObjectiveOffset(cost.constant)
        if start is not None:
            self._solver.setSolution(self._size, self._columns, np.array(start, dtype=np.double))
        self._run(seconds, seen)
        return self._outcome()

    def _run(self, seconds: float, seen: Seen | None) -> None:
        self._solver.setOptionValue("time_limit", seconds)
        if seen is None:
            self._solver.run()
            return
        listener = _Listener(seen)
        self._solver.setCallback(listener.asked, None)
        self._solver.startCallback(_ASKED_OFTEN)
        self._solver.run()
        self._solver.stopCallback(_ASKED_OFTEN)
        if listener.raised is not None:
            raise listener.raised

    def _outcome(self) -> Outcome:
        status, info = self._solver.getModelStatus(), self._solver.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Outcome(None, True, None)
        proven = status == highspy.HighsModelStatus.kOptimal
        best = _bound(info.mip_dual_bound)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Outcome(None, False, best)
        return Outcome([round(value) for value in self._solver.getSolution().col_value], proven, best)


def _quiet_solver() -> highspy.Highs:
    """One thread and a fixed seed: the same programme always gives the same plan."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", 0),
        ("mip_rel_gap", 0.0),
    ):
        solver.setOptionValue(name, value)
    return solver


class _Listener:
    """The solver asks all the time whether to go on; five times a second is often enough to tell anybody.

    An exception must not pass through the solver, whose code is not made for it: it is kept, and the search ends.
    """

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._last = monotonic()
        self.raised: BaseException | None = None

    def asked(
        self,
        _kind: object,
        _message: str,
        found: highspy.cb.HighsCallbackOutput,
        answer: highspy.cb.HighsCallbackInput,
        *_rest: object,
    ) -> None:
        """Tell what there is, and end the search if whoever is told wants no more."""
        try:
            if self.raised is None and monotonic() - self._last >= _SECONDS_BETWEEN:
                self._last = monotonic()
                self._seen(_whole(found.mip_primal_bound), _bound(found.mip_dual_bound))
        except BaseException as error:  # also Ctrl+C
            self.raised = error
        answer.user_interrupt = self.raised is not None


def _whole(value: float) -> int | None:
    return round(value) if isfinite(value) else None


def _bound(value: float) -> int | None:
    """A bound from below, rounded up because every cost is whole."""
    return ceil(value - _ROUNDING) if isfinite(value) else None
