"""The tables of a leg: from which point to which point, with what chance, read both ways.

Read forward they carry the shares of lives that stand at each point; read backward they say what
each point is worth, given what the points after the leg are worth. On the way lives halt before
each attempt; those who halt in the same week with the same cash are one from then on, so a leg has
hardly more places than points to start from, however many attempts it takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workbook.exact.stages import Stage
from workbook.outcomes import Floats

Places = NDArray[np.int32]


@dataclass(frozen=True)
class Hop:
    """From places of one halt to places of a later one, all with one chance.

    Places are counted over the whole leg; those of the later halt are `first` … `first + count`.
    No place is left twice.
    """

    src: Places
    dst: Places
    chance: float
    first: int
    count: int


@dataclass(frozen=True)
class Passage:
    """The ways out of a leg to one stage: from place, to numbered point, with a chance."""

    end: Stage
    src: Places
    dst: Places
    chance: Floats

    def forward(self, shares: Floats, points: int) -> Floats:
        """Shares of lives by place, shape (orders, places), carried to the points after."""
        order = np.argsort(self.dst, kind="stable")
        dst = self.dst[order]
        first = np.flatnonzero(np.diff(dst, prepend=-1))
        result = np.zeros((len(shares), points))
        moved = shares[:, self.src[order]] * self.chance[order]
        result[:, dst[first]] = np.add.reduceat(moved, first, axis=1)
        return result

    def backward(self, worth: Floats, value: Floats) -> None:
        """Add to the value of places, shape (places, orders), what the points after are worth."""
        order = np.argsort(self.src, kind="stable")
        src = self.src[order]
        first = np.flatnonzero(np.diff(src, prepend=-1))
        moved = worth[self.dst[order]] * self.chance[order][:, None]
        value[src[first]] += np.add.reduceat(moved, first, axis=0)


@dataclass
class Crossing:
    """A leg from one stage: its places (the points to start from, then halt by halt) and ways.

    `goal` and `gained` tell for each place the chance that the goal is reached in the next step,
    and the cents that it brings, less those that it takes; `reach` a chance of getting there that
    no order exceeds.
    """

    starts: int
    goal: Floats
    gained: Floats
    reach: Floats
    hops: list[Hop] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    def forward(
        self, shares: Floats, points: Mapping[Stage, int]
    ) -> tuple[Floats, dict[Stage, Floats]]:
        """Shares of lives at the start, (orders, starts), carried through.

        Returns goal and cents on this leg, (2, orders), and by stage the shares at its points.
        """
        there = np.zeros((len(shares), len(self.goal)))
        there[:, : self.starts] = shares
        for hop in self.hops:
            here = there[:, hop.first : hop.first + hop.count]
            for row, share in enumerate(there[:, hop.src] * hop.chance):
                here[row] += np.bincount(hop.dst - hop.first, share, hop.count)
        totals = np.stack([there @ self.goal, there @ self.gained])
        return totals, {p.end: p.forward(there, points[p.end]) for p in self.passages}

    def backward(self, worth: Mapping[Stage, Floats], orders: int) -> Floats:
        """What the points to start from are worth, (2, starts, orders): goal and cents.

        `worth` has by stage the same of the points after, shape (2, points, orders).
        """
        value = np.empty((2, len(self.goal), orders))
        value[0], value[1] = self.goal[:, None], self.gained[:, None]
        for passage in self.passages:
            for channel in (0, 1):
                passage.backward(worth[passage.end][channel], value[channel])
        for hop in reversed(self.hops):
            for channel in (0, 1):
                value[channel, hop.src] += value[channel, hop.dst] * hop.chance
        return value[:, : self.starts]


Leg = dict[Stage, Crossing]
