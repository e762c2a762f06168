"""The table of a leg: from which point to which point, with what chance, both ways.

Read forward it carries the shares of lives that stand at each point; read backward it says what
each point is worth, given what the points after it are worth.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workbook.exact.stages import Stage
from workbook.outcomes import Floats

Places = NDArray[np.int32]


@dataclass(frozen=True)
class Passage:
    """The ways of a leg from one stage to another: from point, to point, with a chance."""

    start: Stage
    end: Stage
    src: Places
    dst: Places
    chance: Floats

    def forward(self, shares: Floats, points: int) -> Floats:
        """Shares of lives by point, shape (orders, points before), carried to the points after."""
        order = np.argsort(self.dst, kind="stable")
        dst = self.dst[order]
        first = np.flatnonzero(np.diff(dst, prepend=-1))
        result = np.zeros((len(shares), points))
        moved = shares[:, self.src[order]] * self.chance[order]
        result[:, dst[first]] = np.add.reduceat(moved, first, axis=1)
        return result

    def backward(self, worth: Floats, points: int) -> Floats:
        """What the points after are worth, shape (points after, orders), seen from before."""
        order = np.argsort(self.src, kind="stable")
        src = self.src[order]
        first = np.flatnonzero(np.diff(src, prepend=-1))
        result = np.zeros((points, worth.shape[1]))
        moved = worth[self.dst[order]] * self.chance[order][:, None]
        result[src[first]] = np.add.reduceat(moved, first, axis=0)
        return result


@dataclass(frozen=True)
class Leg:
    """All ways of one milestone after one set.

    `goal` and `paid` tell by stage, for each point, the chance that the goal is reached on this
    leg and the cents paid out on it.
    """

    passages: list[Passage] = field(default_factory=list)
    goal: dict[Stage, Floats] = field(default_factory=dict)
    paid: dict[Stage, Floats] = field(default_factory=dict)
