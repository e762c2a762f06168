"""The quantiles of values that come in parts, to the bit, though few of the values are kept.

After some parts it is known between which bounds a quantile of all values will be (Floyd and Rivest
1975, "Expected time bounds for selection"), and of the values that are outside of the bounds only
the number is kept. What is kept grows with the root of the number of values.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import LEVELS, Floats, Ints
from workbook.simulate.tally import ranks_of

Values = NDArray[Any]
Counts = NDArray[np.signedinteger[Any]]
SAFE = 6.0
"""Standard errors between a quantile of the runs so far and the bounds for that of all runs."""
FEW = 16_000
"""Of so many values of a week all are kept."""


class OutOfBoundsError(Exception):
    """A quantile of all runs is among the values of which only the number has been kept."""


class Quantiles:
    """The quantiles (`LEVELS`) of whole numbers, or of others, that come in parts.

    By quantile: all values from `_low` to `_high` are kept; `_below` is how many are lower.
    """

    def __init__(self, kind: np.dtype[Any], safe: float) -> None:
        self.count, self._safe, self._most, self._held = 0, safe, FEW, 0
        whole = np.issubdtype(kind, np.integer)
        most: Any = np.iinfo(np.int64).max if whole else np.inf
        self._kind = np.dtype(np.int64 if whole else np.float64)
        self._low = np.full(len(LEVELS), -most, dtype=self._kind)
        self._high = np.full(len(LEVELS), most, dtype=self._kind)
        self._below = np.zeros(len(LEVELS), dtype=np.int64)
        self._values: list[Values] = []
        self._runs: list[Counts] = []

    def add(self, values: Values, runs: Counts | None) -> None:
        """Add values in ascending order; `runs` is how many runs have each (default: one)."""
        values = values.astype(self._kind, copy=False)
        begins = values.searchsorted(self._low)
        if runs is None:
            self.count += len(values)
            self._below += begins
        else:
            so_far = np.concatenate([[0], runs.cumsum()])
            self.count += int(so_far[-1])
            self._below += so_far[begins]
        self._keep(*distinct(*self._between(values, runs, begins)))
        if self._held > self._most and self._safe < np.inf:
            self._narrow()

    def _between(
        self, values: Values, runs: Counts | None, begins: Ints
    ) -> tuple[Values, Counts | None]:
        """Return the values between the bounds of some quantile, each once."""
        ends = values.searchsorted(self._high, side="right")
        begins[1:] = np.maximum(begins[1:], ends[:-1])
        some = [slice(*part) for part in zip(begins.tolist(), ends.tolist(), strict=True)]
        each = None if runs is None else np.concatenate([runs[part] for part in some])
        return np.concatenate([values[part] for part in some]), each

    def _keep(self, values: Values, runs: Counts) -> None:
        self._values.append(values)
        self._runs.append(runs)
        self._held += len(values)

    def _together(self) -> tuple[Values, Ints, Ints]:
        """Lay all parts together; return values and runs, and how many are below each `_low`."""
        values, runs = np.concatenate(self._values), np.concatenate(self._runs)
        order = np.argsort(values, kind="stable")  # quick: the parts are in order
        values, runs = distinct(values[order], runs[order])
        so_far = np.concatenate([[0], runs.cumsum(dtype=np.int64)])
        self._values, self._runs, self._held = [values], [runs], len(values)
        return values, so_far[1:], so_far[values.searchsorted(self._low)]

    def _narrow(self) -> None:
        """Draw the bounds of the quantiles closer, and let go what is outside them."""
        values, so_far, before = self._together()
        shares = np.array(LEVELS)
        error = np.ceil(self._safe * np.sqrt(shares * (1 - shares) * self.count)).astype(np.int64)
        target = before + ranks_of(LEVELS, self.count) - self._below
        least, most = target - error, target + error
        last = np.append(0, so_far)[values.searchsorted(self._high, side="right")]
        places = np.minimum(so_far.searchsorted([least, most]), len(values) - 1)
        low = np.where(least > before, values[places[0]], self._low)
        self._below += np.append(0, so_far)[values.searchsorted(low)] - before
        self._low, self._high = low, np.where(most <= last, values[places[1]], self._high)
        runs = self._runs[0]
        self._values, self._runs, self._held = [], [], 0
        self._keep(*distinct(*self._between(values, runs, values.searchsorted(low))))
        self._most = max(FEW, 2 * self._held)

    def at(self, ranks: Sequence[int]) -> Floats:
        """Return the values of these ranks, from 1, one of each quantile; NaN without values."""
        if not self.count:
            return np.full(len(ranks), np.nan)
        values, so_far, before = self._together()
        target = before + np.array(ranks) - self._below
        places = np.minimum(so_far.searchsorted(target), len(values) - 1)
        found = values[places]
        if (target <= before).any() or (target > so_far[-1]).any() or (found > self._high).any():
            raise OutOfBoundsError
        return np.asarray(found, dtype=np.float64)


def distinct(values: Values, runs: Counts | None) -> tuple[Values, Counts]:
    """Return ascending values without repetition, and how many runs have each."""
    first = np.append(True, values[1:] != values[:-1])[: len(values)].nonzero()[0]
    if runs is None or not len(runs):
        return values[first], np.diff(np.append(first, len(values))).astype(np.int32)
    return values[first], np.add.reduceat(runs, first).astype(np.int32)
