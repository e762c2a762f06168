"""Two plans on the same luck: how far apart they are, and whether that is more than noise.

Where both were played exactly the gap has no error. Where both are simulated from one seed, life
i of the one is paired with life i of the other, and the error is that of the pairs: far smaller
than that of either plan alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np

from workbook.outcomes import FATES, Floats, Outcomes

STANDARD_ERRORS = 2.0
NOTHING = 1e-9
EQUAL = 0.03
"""Chances of the goal closer than this are equal to whoever must choose: figures as rough as a
plan's cannot tell them apart, however often they are played."""


@dataclass(frozen=True)
class Gap:
    """A difference and its standard error (0 where exact), in the unit of what is compared."""

    value: float
    error: float = 0.0

    @property
    def clear(self) -> bool:
        """Whether it is more than two standard errors, and more than nothing."""
        return abs(self.value) > max(STANDARD_ERRORS * self.error, NOTHING)

    @property
    def decides(self) -> bool:
        """Whether a gap between two chances is one to choose by: clear, and `EQUAL` at least."""
        return self.clear and abs(self.value) >= EQUAL


def goal_gap(before: Outcomes, after: Outcomes) -> Gap:
    """How much more likely the goal is after than before, as a share."""
    value = after.fates["goal"] - before.fates["goal"]
    if before.lives is None or after.lives is None or not same_luck(before, after):
        return Gap(value, hypot(_noise(before), _noise(after)))
    goal = FATES.index("goal")
    reached, had = after.lives.fate == goal, before.lives.fate == goal
    return Gap(value, _error(reached.astype(np.float64) - had))


def outlay_gap(before: Outcomes, after: Outcomes) -> Gap:
    """How much more is paid out until the verdict after than before, in money."""
    value = outlay(after) - outlay(before)
    if before.lives is None or after.lives is None or not same_luck(before, after):
        return Gap(value, hypot(outlay_error(before), outlay_error(after)))
    return Gap(value, _error(_outlays(after) - _outlays(before)))


def outlay(outcomes: Outcomes) -> float:
    """What is paid out until the verdict on average: attempts, redesigns, and the burn.

    Burn is counted at the rate that the plan starts with, and the week of a ruin as a whole one.
    """
    weeks = float(outcomes.weekly.under_way[:-1].sum())
    return outcomes.mean.spend + outcomes.plan.burn_per_week * weeks


def outlay_error(outcomes: Outcomes) -> float:
    """Standard error of `outlay`; 0 where exact."""
    return 0.0 if outcomes.lives is None else _error(_outlays(outcomes))


def same_luck(one: Outcomes, other: Outcomes) -> bool:
    """Whether life i of the one has the luck of life i of the other."""
    return one.how == other.how and one.seed == other.seed and one.runs == other.runs


def _noise(outcomes: Outcomes) -> float:
    """Standard error of the goal's chance; what an exact play let go is no noise."""
    return outcomes.fates_error["goal"] if outcomes.how == "simulated" else 0.0


def _outlays(outcomes: Outcomes) -> Floats:
    assert outcomes.lives is not None
    lives = outcomes.lives
    return np.asarray(lives.spent + lives.end_week * outcomes.plan.burn_per_week, dtype=np.float64)


def _error(values: Floats) -> float:
    """Standard error of a mean."""
    return float(values.std() / sqrt(max(1, len(values))))
