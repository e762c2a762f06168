"""Probability in NumPy arrays: one entry for each week, cash and money on its way.

Entries that agree in everything are merged; that is what keeps their number down. Cash moves in
steps of a *grain*, the greatest common divisor of all amounts met so far, so that a week and a
cash usually make a small whole number and merging is one `bincount` instead of a sort.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

WEEK, CASH, CHEQUES, DUES = 0, 1, 2, 3
LARGEST_KEY = 2**62


@dataclass(frozen=True)
class Entries:
    """What is carried: columns of whole numbers, and the probability of each.

    Attributes
    ----------
    state
        Shape (rows, entries): week that has ended, cash at its end, cheques received so far (both
        in cents), then for each sender or lender the week in which its money is due, 0 for none.
    chance
        Shape (entries,).
    """

    state: Ints
    chance: Floats

    def __len__(self) -> int:
        return len(self.chance)

    def where(self, chosen: NDArray[np.bool_] | slice) -> Entries:
        """The entries chosen by a mask or a slice."""
        return Entries(self.state[:, chosen], self.chance[chosen])

    def with_rows(self, rows: int) -> Entries:
        """The same entries with at least so many rows; new ones are 0: nothing due."""
        missing = rows - len(self.state)
        if missing <= 0:
            return self
        return Entries(np.pad(self.state, ((0, missing), (0, 0))), self.chance)

    def times(self, share: float) -> Entries:
        """The same entries with a share of their chance."""
        return self if share == 1.0 else Entries(self.state, self.chance * share)


def start(cash: int) -> Entries:
    """One entry of certainty: week 0 with this cash."""
    return Entries(np.array([[0], [cash], [0]], dtype=np.int64), np.ones(1))


def merged(parts: Sequence[Entries], grain: int) -> Entries:
    """All parts in one, sorted by week, then cash, each state once."""
    rows = max((len(part.state) for part in parts), default=DUES)
    if not parts:
        return Entries(np.empty((rows, 0), dtype=np.int64), np.empty(0))
    if len(parts) == 1:
        state, chance = parts[0].state, parts[0].chance
    else:
        state = np.concatenate([part.with_rows(rows).state for part in parts], axis=1)
        chance = np.concatenate([part.chance for part in parts])
    if len(chance) < 2:
        return Entries(state, chance)
    low = state.min(axis=1)
    steps = np.ones(rows, dtype=np.int64)
    steps[CASH:DUES] = max(grain, 1)
    sizes = [int(size) for size in (state.max(axis=1) - low) // steps + 1]
    keys = _packed(state, low, steps, sizes)
    if keys is None:
        return _merged_by_columns(state, chance)
    size = prod(sizes)
    if size <= 8 * len(keys) + 4096:
        sums = np.bincount(keys, weights=chance, minlength=size)
        keys = np.flatnonzero(sums)
        return Entries(_unpacked(keys, low, steps, sizes), sums[keys])
    keys, sums = _summed(keys, chance)
    return Entries(_unpacked(keys, low, steps, sizes), sums)


def _packed(state: Ints, low: Ints, steps: Ints, sizes: list[int]) -> Ints | None:
    """Each column of the state as one whole number; None where it does not fit."""
    if prod(sizes) >= LARGEST_KEY:
        return None
    keys = state[0] - low[0]
    for row in range(1, len(sizes)):
        if sizes[row] == 1:
            continue
        place = state[row] - low[row]
        if steps[row] != 1:
            place //= steps[row]
        keys = keys * sizes[row] + place
    return keys


def _unpacked(keys: Ints, low: Ints, steps: Ints, sizes: list[int]) -> Ints:
    state = np.empty((len(sizes), len(keys)), dtype=np.int64)
    for row in range(len(sizes) - 1, 0, -1):
        if sizes[row] == 1:
            state[row] = low[row]
        else:
            keys, place = np.divmod(keys, sizes[row])
            state[row] = low[row] + steps[row] * place
    state[0] = low[0] + keys
    return state


def _summed(keys: Ints, chance: Floats) -> tuple[Ints, Floats]:
    """Each key once, in order, with the sum of its chances."""
    order = np.argsort(keys)
    keys = keys[order]
    first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    return keys[first], np.add.reduceat(chance[order], first)


def _merged_by_columns(state: Ints, chance: Floats) -> Entries:
    order = np.lexsort(state[::-1])
    state = state[:, order]
    new = np.concatenate([[True], (state[:, 1:] != state[:, :-1]).any(axis=0)])
    first = np.flatnonzero(new)
    return Entries(state[:, first], np.add.reduceat(chance[order], first))
