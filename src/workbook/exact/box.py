"""Weeks × cash laid out as one row of places, so that what stands at the same place adds up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from workbook.exact.mass import Floats, Ints


class Box(NamedTuple):
    """Weeks from `first` to `last`, each with `width` amounts of cash (cents) from `low` up."""

    first: int
    last: int
    low: int
    width: int
    grain: int

    @classmethod
    def holding(cls, weeks: Ints, cash: Ints, grain: int) -> Box:
        """Return the smallest box that contains all these weeks and amounts of cash."""
        low, high = int(cash.min()), int(cash.max())
        return cls(int(weeks.min()), int(weeks.max()), low, (high - low) // grain + 1, grain)

    def places(self, weeks: Ints | int, cash: Ints) -> Ints:
        """Return their positions: by week, then cash."""
        places = cash - self.low
        if self.grain != 1:
            places //= self.grain
        places += (weeks - self.first) * self.width
        return places

    def way(self, weeks: int, cash: int) -> int:
        """Return the distance in positions for a number of weeks and an amount of cash."""
        return weeks * self.width + cash // self.grain

    def merged(self, parts: Iterable[tuple[Ints, Floats]], count: int) -> tuple[Ints, Ints, Floats]:
        """Return weeks, cash and total probability of all positions used, in order.

        The parts, positions and probabilities, are `count` in total: they are added to one array if
        that is not much larger.
        """
        size = (self.last - self.first + 1) * self.width
        if size <= 8 * count + 4096:
            sums = np.zeros(size)
            for places, chance in parts:
                np.add.at(sums, places, chance)
            found = (sums != 0.0).nonzero()[0]
            sums = sums[found]
        else:
            found, sums = added(*(np.concatenate(column) for column in zip(*parts, strict=True)))
        rows = found // self.width
        cash = self.low + self.grain * (found - rows * self.width)
        return self.first + rows, cash, sums


def added(places: Ints, chances: Floats) -> tuple[Ints, Floats]:
    """Return each position once, in order, with its total probability."""
    order = np.argsort(places)
    places = places[order]
    first = np.flatnonzero(np.concatenate([[True], places[1:] != places[:-1]]))
    return places[first], np.add.reduceat(chances[order], first)
