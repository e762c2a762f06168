"""The difference between two plans with common random numbers, and whether it is more than noise.

If both were played exactly the gap has no error. If both are simulated with one seed, run i of
one is paired with run i of the other, and the error is that of the pairs: far smaller than that
of either plan alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np

from workbook.outcomes import FATES, Floats, Outcomes, share_error

STANDARD_ERRORS = 2.0
NOTHING = 1e-9
EQUAL = 0.03
"""Chances of the goal closer than this count as equal: the figures of a plan are too rough to tell
them apart, however many runs are simulated.
"""


@dataclass(frozen=True)
class Gap:
    """A difference and its standard error (0 where exact), in the unit of the quantity."""

    value: float
    error: float = 0.0

    @property
    def clear(self) -> bool:
        """Whether it is more than two standard errors, and not zero."""
        return abs(self.value) > max(STANDARD_ERRORS * self.error, NOTHING)

    @property
    def decides(self) -> bool:
        """Whether a gap between two chances is large enough to decide: clear, at least `EQUAL`."""
        return self.clear and abs(self.value) >= EQUAL


def goal_gap(before: Outcomes, after: Outcomes) -> Gap:
    """Return how much more likely the goal is after than before, as a share."""
    value = after.fates["goal"] - before.fates["goal"]
    if before.lives is None or after.lives is None or not same_luck(before, after):
        return Gap(value, hypot(_noise(before), _noise(after)))
    goal = FATES.index("goal")
    reached, had = after.lives.fate == goal, before.lives.fate == goal
    moved = _error(reached.astype(np.float64) - had)
    return Gap(value, moved or share_error(0.0, after.runs))


def cash_gap(before: Outcomes, after: Outcomes) -> Gap:
    """Return how much more money is left at the verdict after than before."""
    value = cash_left(after) - cash_left(before)
    if before.lives is None or after.lives is None or not same_luck(before, after):
        return Gap(value, hypot(cash_error(before), cash_error(after)))
    return Gap(value, _error(after.lives.cash - before.lives.cash))


def cash_left(outcomes: Outcomes) -> float:
    """Return the mean money at the verdict, over all runs: start cash and income minus bills.

    The debts of a ruined run count against it. Without cash in the plan it starts at 0.
    """
    return outcomes.mean.cash


def cash_error(outcomes: Outcomes) -> float:
    """Return the standard error of `cash_left`; 0 where exact."""
    return 0.0 if outcomes.lives is None else _error(outcomes.lives.cash)


def same_luck(one: Outcomes, other: Outcomes) -> bool:
    """Whether run i of both has the same random numbers."""
    return one.how == other.how and one.seed == other.seed and one.runs == other.runs


def _noise(outcomes: Outcomes) -> float:
    """Return the standard error of the goal's chance; mass pruned by an exact play is not noise."""
    return outcomes.fates_error["goal"] if outcomes.how == "simulated" else 0.0


def _error(values: Floats) -> float:
    """Return the standard error of a mean."""
    return float(values.std() / sqrt(max(1, len(values))))
