"""Points where lives can stand: numbered, and let go where no order makes them likely."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import Floats, Ints
from workbook.sequence.passages import Crossing
from workbook.sequence.walk import Walkers

LET_GO = 1e-7
"""Largest chance that any order loses at one set of milestones, as too small to follow."""
LARGEST_KEY = 2**62


def most_likely(
    leaving: Sequence[tuple[int, Crossing, Walkers]], numbers: Sequence[Ints], points: int
) -> Floats:
    """For each point, a chance that no order exceeds: the largest over what came last."""
    by_set: dict[int, Floats] = {}
    for (done, crossing, walkers), number in zip(leaving, numbers, strict=True):
        weights = walkers.chance * crossing.reach[walkers.origin]
        by_set.setdefault(done, np.zeros(points))
        by_set[done] += np.bincount(number, weights=weights, minlength=points)
    return np.asarray(np.max(list(by_set.values()), axis=0), dtype=np.float64)


def kept(reach: Floats) -> NDArray[np.bool_]:
    """All points but the unlikeliest, which any order loses `LET_GO` with at most."""
    order = np.argsort(reach)
    likely = np.ones(len(reach), dtype=bool)
    likely[order[np.cumsum(reach[order]) < LET_GO]] = False
    return likely


def numbered(state: Ints) -> tuple[Ints, Ints]:
    """The different columns, and for each column the position of its like."""
    low = state.min(axis=1)
    sizes = [int(size) for size in state.max(axis=1) - low + 1]
    if np.prod(sizes, dtype=object) >= LARGEST_KEY:
        points, number = np.unique(state, axis=1, return_inverse=True)
        return points, number.reshape(-1)
    keys = np.zeros(state.shape[1], dtype=np.int64)
    for row, size in enumerate(sizes):
        keys = keys * size + (state[row] - low[row])
    _, first, number = np.unique(keys, return_index=True, return_inverse=True)
    return state[:, first], number.reshape(-1)
